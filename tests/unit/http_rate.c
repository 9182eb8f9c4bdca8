/* SPDX-License-Identifier: MIT */
/* http_rate.c - the table of counters alone: its exact end, its window, its bound, its order. */
#include "http/rate.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct ff_rate *rate;

static void setup(void)
{
    rate = ff_rate_new();
    ck_assert_ptr_nonnull(rate);
}

static void teardown(void)
{
    ff_rate_free(rate);
    ff_rate_free(NULL);
}

static struct ff_rate_key key_of(unsigned char kind, uint32_t id)
{
    struct ff_rate_key key = {.kind = kind};
    memcpy(key.id + 4, &id, sizeof id);
    return key;
}

static struct ff_rate_state count(unsigned char kind, uint32_t id, int64_t limit, int64_t now_ms)
{
    struct ff_rate_key key = key_of(kind, id);
    return ff_rate_count(rate, &key, limit, now_ms);
}

START_TEST(the_limit_itself_is_allowed_and_one_more_is_not)
{
    for (int i = 1; i <= 100; i++) {
        struct ff_rate_state s = count(1, 7, 100, 5000);
        ck_assert(!s.is_over && !s.is_news);
        ck_assert_int_eq(s.remaining, 100 - i);
        ck_assert_int_eq(s.limit, 100);
    }
    struct ff_rate_state over = count(1, 7, 100, 5000);
    ck_assert(over.is_over && over.is_news);
    ck_assert_int_eq(over.remaining, 0);
    over = count(1, 7, 100, 5000);
    ck_assert(over.is_over && !over.is_news);
}
END_TEST

START_TEST(the_window_begins_with_the_first_and_ends_on_time)
{
    const int64_t began = 1000, end = began + FF_RATE_WINDOW_MS;
    ck_assert_int_eq(count(1, 1, 1, began).reset_s, 900);
    ck_assert_int_eq(count(1, 1, 1, began + 1).reset_s, 900);
    struct ff_rate_state late = count(1, 1, 1, end - 1);
    ck_assert(late.is_over);
    ck_assert_int_eq(late.reset_s, 1);
    struct ff_rate_state anew = count(1, 1, 1, end);
    ck_assert(!anew.is_over);
    ck_assert_int_eq(anew.reset_s, 900);
}
END_TEST

START_TEST(kinds_and_ids_are_counted_apart)
{
    ck_assert(!count(1, 1, 1, 0).is_over);
    ck_assert(!count(2, 1, 1, 0).is_over);
    ck_assert(!count(1, 2, 1, 0).is_over);
    ck_assert(count(1, 1, 1, 0).is_over);
    ck_assert_uint_eq(ff_rate_keys(rate), 3);
}
END_TEST

START_TEST(the_table_is_bounded_and_the_least_recent_goes)
{
    for (uint32_t id = 0; id < FF_RATE_KEYS; id++)
        count(1, id, 1, 0);
    ck_assert_uint_eq(ff_rate_keys(rate), FF_RATE_KEYS);
    ck_assert(count(1, 0, 1, 0).is_over); /* now the most recent */
    count(1, FF_RATE_KEYS, 1, 0);         /* takes the place of 1 */
    ck_assert_uint_eq(ff_rate_keys(rate), FF_RATE_KEYS);
    ck_assert(count(1, 0, 1, 0).is_over);
    ck_assert(count(1, 2, 1, 0).is_over);
    ck_assert(!count(1, 1, 1, 0).is_over);
    for (uint32_t id = 0; id < 10 * FF_RATE_KEYS; id++)
        count(2, id * 2654435761u, 1, 0);
    ck_assert_uint_eq(ff_rate_keys(rate), FF_RATE_KEYS);
    ck_assert(!count(1, 0, 1, 0).is_over);
}
END_TEST

static void *count_many(void *arg)
{
    for (uint32_t i = 0; i < 20000; i++)
        count(1, i % 5000, INT64_C(1) << 40, 0);
    return arg;
}

START_TEST(many_threads_count_right)
{
    pthread_t threads[4];
    struct ff_rate_key key = key_of(9, 9);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, count_many, NULL), 0);
    for (int i = 0; i < 1000; i++)
        ck_assert(!ff_rate_count(rate, &key, 1000, 0).is_over);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_uint_eq(ff_rate_keys(rate), FF_RATE_KEYS);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("http_rate");
    TCase *t = tcase_create("rate");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, the_limit_itself_is_allowed_and_one_more_is_not);
    tcase_add_test(t, the_window_begins_with_the_first_and_ends_on_time);
    tcase_add_test(t, kinds_and_ids_are_counted_apart);
    tcase_add_test(t, the_table_is_bounded_and_the_least_recent_goes);
    tcase_add_test(t, many_threads_count_right);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
