/* SPDX-License-Identifier: MIT */
/* purchase_parallel.c - many at once: a balance for one, one key for all, and any order of many
 * customers giving the same sums. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"

enum { CALLERS = 64, ROUNDS = 12, PEOPLE = 5 };

static struct ff_fixture fx;
static int64_t anna, soup;
static pthread_barrier_t start;

struct caller {
    struct ff_ctx cx;
    pthread_t thread;
    int n;
    enum ff_rc rc;
    struct ff_purchase p;
    int64_t people[PEOPLE], spent[PEOPLE];
};
static struct caller callers[CALLERS];

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 500);
    soup = ff_fixture_product(&fx, "Soup", 350);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

/* Runs `work` in 64 threads that begin together. */
static void run(void *(*work)(void *))
{
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 512 * 1024);
    pthread_barrier_init(&start, NULL, CALLERS);
    for (int i = 0; i < CALLERS; i++) {
        callers[i].n = i;
        ff_test_caller(&fx, &callers[i].cx);
        ck_assert_int_eq(pthread_create(&callers[i].thread, &small, work, &callers[i]), 0);
    }
    for (int i = 0; i < CALLERS; i++)
        pthread_join(callers[i].thread, NULL);
    pthread_barrier_destroy(&start);
    pthread_attr_destroy(&small);
}

static void leave(void)
{
    for (int i = 0; i < CALLERS; i++)
        ff_test_no_caller(&callers[i].cx);
}

static void *buy_with_own_key(void *arg)
{
    struct caller *c = arg;
    pthread_barrier_wait(&start);
    c->rc = ff_test_buy(&c->cx, anna, soup, 1, ff_test_key(c->n), &c->p);
    return NULL;
}

START_TEST(balance_for_one_is_spent_by_one)
{
    int booked = 0, refused = 0;
    run(buy_with_own_key);
    for (int i = 0; i < CALLERS; i++) {
        struct caller *c = &callers[i];
        booked += c->rc == FF_OK;
        if (c->rc != FF_INSUFFICIENT_BALANCE)
            continue;
        refused++;
        ck_assert_int_eq(ff_test_param(&c->cx, "balance"), 150);
        ck_assert_int_eq(ff_test_param(&c->cx, "required"), 350);
        ck_assert_int_eq(ff_test_param(&c->cx, "missing"), 200);
    }
    leave();
    ck_assert_int_eq(booked, 1);
    ck_assert_int_eq(refused, CALLERS - 1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 150);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'purchase'"),
                     1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM purchase"), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM purchase_line"), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM entry"), 4);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT month_spent_minor FROM wallet"), 350);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

static void *buy_with_one_key(void *arg)
{
    struct caller *c = arg;
    pthread_barrier_wait(&start);
    c->rc = ff_test_buy(&c->cx, anna, soup, 1, ff_test_key(1), &c->p);
    return NULL;
}

START_TEST(one_key_books_once_and_all_get_the_same_answer)
{
    int first = 0;
    run(buy_with_one_key);
    for (int i = 0; i < CALLERS; i++) {
        const struct ff_purchase *p = &callers[i].p;
        const struct ff_purchase_line *line = p->items.items;
        ck_assert_int_eq(callers[i].rc, FF_OK);
        first += p->replayed == 0;
        ck_assert_int_eq(p->id, callers[0].p.id);
        ck_assert_int_eq(p->total, 350);
        ck_assert_int_eq(p->balance_after, 150);
        ck_assert_int_eq(p->recorded_at, callers[0].p.recorded_at);
        ck_assert_int_eq(p->undo_until, callers[0].p.undo_until);
        ck_assert_str_eq(p->receipt_code, callers[0].p.receipt_code);
        ck_assert_str_eq(p->employee_name, "Anna Nagy");
        ck_assert_int_eq((int)p->items.n, 1);
        ck_assert_str_eq(line->name, "Soup");
    }
    leave();
    ck_assert_int_eq(first, 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'purchase'"),
                     1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 150);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

static void *undo_with_own_key(void *arg)
{
    struct caller *c = arg;
    struct ff_undo u;
    pthread_barrier_wait(&start);
    c->rc = ff_test_undo(&c->cx, 2, ff_test_key(100 + c->n), &u);
    return NULL;
}

START_TEST(purchase_is_undone_by_one_of_many)
{
    struct ff_purchase p;
    int undone = 0, refused = 0;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.id, 2);
    run(undo_with_own_key);
    leave();
    for (int i = 0; i < CALLERS; i++) {
        undone += callers[i].rc == FF_OK;
        refused += callers[i].rc == FF_ALREADY_UNDONE;
    }
    ck_assert_int_eq(undone, 1);
    ck_assert_int_eq(refused, CALLERS - 1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 500);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

/* Each customer keeps the own account of what went through. */
static void *shop(void *arg)
{
    struct caller *c = arg;
    unsigned seed = (unsigned)c->n;
    pthread_barrier_wait(&start);
    for (int k = 0; k < ROUNDS; k++) {
        int who = rand_r(&seed) % PEOPLE;
        struct ff_undo u;
        ff_arena_reset(c->cx.arena);
        ff_err_clear(&c->cx);
        c->rc = ff_test_buy(&c->cx, c->people[who], soup, 1 + rand_r(&seed) % 3,
                            ff_test_key(1000 + c->n * 100 + k), &c->p);
        if (c->rc)
            continue;
        c->spent[who] += c->p.total;
        if (rand_r(&seed) % 4 == 0 &&
            ff_test_undo(&c->cx, c->p.id, ff_test_key(50000 + c->n * 100 + k), &u) == FF_OK)
            c->spent[who] -= c->p.total;
    }
    return NULL;
}

START_TEST(any_order_of_many_customers_gives_the_same_sums)
{
    int64_t people[PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
        char number[8];
        snprintf(number, sizeof number, "P%d", i);
        people[i] = ff_fixture_person(&fx, number, "Customer", 40000);
    }
    for (int i = 0; i < CALLERS; i++) {
        memcpy(callers[i].people, people, sizeof people);
        memset(callers[i].spent, 0, sizeof callers[i].spent);
    }
    run(shop);
    leave();
    for (int k = 0; k < PEOPLE; k++) {
        int64_t spent = 0;
        for (int i = 0; i < CALLERS; i++)
            spent += callers[i].spent[k];
        ck_assert_int_eq(ff_fixture_balance(&fx, people[k]), 40000 - spent);
        ck_assert_int_le(spent, 40000);
    }
    (void)ff_test_books(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_parallel");
    TCase *t = tcase_create("parallel");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, balance_for_one_is_spent_by_one);
    tcase_add_test(t, one_key_books_once_and_all_get_the_same_answer);
    tcase_add_test(t, purchase_is_undone_by_one_of_many);
    tcase_add_test(t, any_order_of_many_customers_gives_the_same_sums);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
