/* SPDX-License-Identifier: MIT */
/* pressure.c - more purchases than the writer takes: the queue's bound answers 503 with Retry-After
 * and "same key", nothing is lost, and the same key asked again books once. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../lib/ask.h"
#include "../lib/call.h"
#include "../lib/gate.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "base/log.h"
#include "db/engine.h"

#define BUY  "/api/v1/purchases"
#define KEY  "pressure-key-0001"
#define SOUP "{\"items\":[{\"productId\":1,\"quantity\":1}]}"

enum { PRICE = 350, OPENING = 100000 };

static struct ff_fixture fx;
static int64_t anna;
static const char *annas;

static void setup(void)
{
    ff_log_setup(FF_LOG_ERROR, FF_LOG_TEXT); /* a line for each refusal else */
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", OPENING);
    ck_assert_int_eq(ff_fixture_product(&fx, "Soup", PRICE), 1);
    (void)ff_test_user(&fx, "anna@example.com", "employee", anna);
    annas = ff_test_sign_in(&fx, "anna@example.com").access;
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static void bound_queue(size_t jobs)
{
    struct ff_writer *w = &fx.db->writer;
    pthread_mutex_lock(&w->lock);
    w->max = jobs;
    pthread_mutex_unlock(&w->lock);
}

static void start(struct ff_caller *w, ff_db_job fn, void *arg)
{
    ff_test_caller(&fx, &w->cx);
    w->write = NULL;
    ff_caller_start(w, fn, arg);
}

static void finish(struct ff_caller *w)
{
    pthread_join(w->thread, NULL);
    ck_assert_int_eq(w->rc, FF_OK);
    ff_test_no_caller(&w->cx);
}

static enum ff_rc nothing(struct ff_ctx *cx, void *arg)
{
    (void)cx, (void)arg;
    return FF_OK;
}

static struct ff_answer buy(void)
{
    return ff_call(&fx,
                   &(struct ff_call){
                       .method = "POST", .target = BUY, .bearer = annas, .key = KEY, .body = SOUP});
}

START_TEST(a_purchase_beyond_the_queue_is_503_and_booked_once_when_asked_again)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct ff_caller stalled, queued;
    struct ff_db_stats stats;
    bound_queue(1);
    start(&stalled, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    start(&queued, nothing, NULL);
    do {
        sched_yield();
        ff_db_get_stats(fx.db, &stats);
    } while (stats.queue_length != 1);
    struct ff_answer a = buy();
    ck_assert_int_eq(a.status, 503);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Retry-After"), "1");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_BUSY");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "retry"), "same_key");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), OPENING); /* and reading goes on */
    ff_gate_open(&gate);
    finish(&stalled);
    finish(&queued);
    ck_assert_int_eq(buy().status, 201);
    ck_assert_int_eq(buy().status, 200); /* the same key: told again, not booked again */
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), OPENING - PRICE);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- a crowd that does what the 503 says ---- */

enum { CROWD = 24, EACH = 8, QUEUE = 3 };
_Static_assert(CROWD *EACH *PRICE <= OPENING, "all can be paid");

struct buyer {
    pthread_t thread;
    int number;
    long refused, made, other;
};

static void *buy_and_ask_again(void *arg)
{
    struct buyer *b = arg;
    struct ff_asker asker;
    ff_asker_open(&asker, &fx);
    for (int i = 0; i < EACH; i++) {
        char key[40];
        int status;
        snprintf(key, sizeof key, "crowd-key-%04d-%04d", b->number, i);
        do {
            status = ff_ask(
                &asker,
                &(struct ff_ask){
                    .method = "POST", .target = BUY, .bearer = annas, .body = SOUP, .key = key});
            b->refused += status == 503;
            if (status == 503)
                nanosleep(&(struct timespec){.tv_nsec = 2000000},
                          NULL); /* not the second it says */
        } while (status == 503);
        b->made += status == 201;
        b->other += status != 201;
    }
    ff_asker_close(&asker);
    return NULL;
}

START_TEST(a_crowd_at_a_short_queue_books_each_purchase_once)
{
    static struct buyer b[CROWD];
    struct ff_gate gate = FF_GATE_INIT;
    struct ff_caller stalled;
    long refused = 0;
    bound_queue(QUEUE);
    start(&stalled, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    for (int i = 0; i < CROWD; i++) {
        b[i].number = i;
        ck_assert_int_eq(pthread_create(&b[i].thread, NULL, buy_and_ask_again, &b[i]), 0);
    }
    struct ff_db_stats stats;
    do {
        sched_yield();
        ff_db_get_stats(fx.db, &stats);
    } while (stats.queue_length != QUEUE); /* the others are refused from here on */
    ff_gate_open(&gate);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(b[i].thread, NULL);
        ck_assert_int_eq(b[i].made, EACH);
        ck_assert_int_eq(b[i].other, 0);
        refused += b[i].refused;
    }
    finish(&stalled);
    ck_assert_int_gt(refused, 0);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), OPENING - CROWD * EACH * PRICE);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM purchase"), CROWD * EACH);
    (void)ff_test_books(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pressure");
    TCase *t = tcase_create("a full queue");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_purchase_beyond_the_queue_is_503_and_booked_once_when_asked_again);
    tcase_add_test(t, a_crowd_at_a_short_queue_books_each_purchase_once);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
