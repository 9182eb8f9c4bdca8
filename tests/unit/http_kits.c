/* SPDX-License-Identifier: MIT */
/* http_kits.c - what requests are lent: the last one used comes first, few are kept, and a stop
 * waits until all are back. */
#define _GNU_SOURCE /* sched_setaffinity */
#include "http/kits.h"

#include <check.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

static struct ff_kits kits;

static int n_free(void)
{
    int n = 0;
    for (size_t i = 0; i < FF_KITS_STACKS; i++)
        n += kits.stack[i].n_free;
    return n;
}

/* On one processor, whose stack it is. */
static void setup(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
    ff_kits_init(&kits);
}

static void teardown(void)
{
    ff_kits_destroy(&kits);
}

START_TEST(the_last_one_used_comes_first_and_is_empty)
{
    struct ff_kit *first = ff_kits_take(&kits), *second = ff_kits_take(&kits);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(second);
    ck_assert_ptr_ne(first, second);
    ck_assert_int_eq(ff_kits_lent(&kits), 2);
    ck_assert_ptr_nonnull(ff_arena_alloc(second->arena, 100));
    ff_buf_str(&second->response.body, "somebody's balance");
    ff_kits_give(&kits, first);
    ff_kits_give(&kits, second);
    ck_assert_int_eq(ff_kits_lent(&kits), 0);
    ck_assert_ptr_eq(ff_kits_take(&kits), second);
    ck_assert_uint_eq(ff_arena_used(second->arena), 0);
    ck_assert_uint_eq(second->response.body.len, 0);
    ff_kits_give(&kits, second);
}
END_TEST

START_TEST(no_more_are_kept_than_a_few)
{
    enum { CROWD = FF_KITS_KEPT + 20 };
    struct ff_kit *all[CROWD];
    for (int i = 0; i < CROWD; i++)
        ck_assert_ptr_nonnull(all[i] = ff_kits_take(&kits));
    for (int i = 0; i < CROWD; i++)
        ff_kits_give(&kits, all[i]);
    ck_assert_int_eq(n_free(), FF_KITS_KEPT);
}
END_TEST

static void *give_later(void *kit)
{
    static const struct timespec moment = {.tv_nsec = 50 * 1000000L};
    (void)nanosleep(&moment, NULL);
    ff_kits_give(&kits, kit);
    return NULL;
}

START_TEST(waiting_ends_when_the_last_is_back_or_the_time_is_up)
{
    pthread_t thread;
    struct ff_kit *kit = ff_kits_take(&kits);
    ff_kits_wait(&kits, 20);
    ck_assert_int_eq(ff_kits_lent(&kits), 1);
    ck_assert_int_eq(pthread_create(&thread, NULL, give_later, kit), 0);
    ff_kits_wait(&kits, 60000);
    ck_assert_int_eq(ff_kits_lent(&kits), 0);
    pthread_join(thread, NULL);
    ff_kits_wait(&kits, 60000);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_kits");
    TCase *t = tcase_create("kits");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_last_one_used_comes_first_and_is_empty);
    tcase_add_test(t, no_more_are_kept_than_a_few);
    tcase_add_test(t, waiting_ends_when_the_last_is_back_or_the_time_is_up);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
