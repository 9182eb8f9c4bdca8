/* SPDX-License-Identifier: MIT */
/* cache_lru.c - the cache alone: what it keeps, what it lets go, and that it never gives what is no
 * longer true. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "cache/lru.h"

enum { KILO = 1024, BUDGET = 16 * KILO };

static uint64_t generations[64];

static uint64_t generation_of(void *arg, ff_table_set tables)
{
    uint64_t sum = 0;
    (void)arg;
    for (int i = 0; i < 64; i++)
        sum += tables >> i & 1 ? generations[i] : 0;
    return sum;
}

static void put(struct ff_lru *lru, const char *name, size_t size, uint64_t tables, int64_t at_ms)
{
    struct ff_buf key, value;
    struct ff_lru_stamp stamp = {tables, generation_of(NULL, tables), at_ms, 0};
    ff_buf_init(&key, KILO);
    ff_buf_init(&value, 4 * BUDGET);
    ff_buf_str(&key, name);
    for (size_t i = 0; i < size; i++)
        ff_buf_char(&value, name[0]);
    ff_lru_put(lru, &key, &value, &stamp);
    ff_buf_free(&key);
    ff_buf_free(&value);
}

/* Bytes of the value, -1 when there is none. */
static int64_t get(struct ff_lru *lru, const char *name, int64_t now_ms)
{
    struct ff_buf key, value;
    ff_buf_init(&key, KILO);
    ff_buf_init(&value, 4 * BUDGET);
    ff_buf_str(&key, name);
    int64_t n = -1;
    if (ff_lru_get(lru, &key, now_ms, generation_of, NULL, &value)) {
        n = (int64_t)value.len;
        for (size_t i = 0; i < value.len; i++)
            n = value.data[i] == name[0] ? n : -2;
    }
    ff_buf_free(&key);
    ff_buf_free(&value);
    return n;
}

START_TEST(what_was_put_is_found_until_its_time_is_over)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    ck_assert_int_eq(get(lru, "a", 0), -1);
    put(lru, "a", 100, 1, 1000);
    ck_assert_int_eq(get(lru, "a", 1000 + FF_LRU_TTL_MS - 1), 100);
    ck_assert_int_eq(get(lru, "a", 1000 + FF_LRU_TTL_MS), -1);
    ck_assert_uint_eq(ff_lru_get_stats(lru).entries, 0);
    ck_assert_uint_eq(ff_lru_get_stats(lru).bytes, 0);
    ff_lru_free(lru);
}
END_TEST

START_TEST(a_changed_table_ends_what_was_read_from_it_and_nothing_else)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    put(lru, "products", 10, 1 << 3, 0);
    put(lru, "categories", 20, 1 << 4, 0);
    generations[3]++;
    ck_assert_int_eq(get(lru, "products", 1), -1);
    ck_assert_int_eq(get(lru, "categories", 1), 20);
    ff_lru_free(lru);
}
END_TEST

START_TEST(the_least_recently_used_goes_first)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    char name[] = "a";
    for (int i = 0; i < 8; i++, name[0]++)
        put(lru, name, BUDGET / 8 - 256, 1, 0);
    ck_assert_int_gt(get(lru, "a", 0), 0);
    put(lru, "z", BUDGET / 8 - 256, 1, 0);
    put(lru, "y", BUDGET / 8 - 256, 1, 0);
    ck_assert_int_gt(get(lru, "a", 0), 0);
    ck_assert_int_eq(get(lru, "b", 0), -1);
    ck_assert_int_gt(get(lru, "z", 0), 0);
    struct ff_lru_stats stats = ff_lru_get_stats(lru);
    ck_assert_uint_le(stats.bytes, BUDGET);
    ck_assert_uint_ge(stats.evictions, 1);
    ff_lru_free(lru);
}
END_TEST

START_TEST(a_second_value_replaces_and_a_giant_is_not_kept)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    put(lru, "a", 10, 1, 0);
    put(lru, "a", 30, 1, 0);
    ck_assert_int_eq(get(lru, "a", 0), 30);
    ck_assert_uint_eq(ff_lru_get_stats(lru).entries, 1);
    put(lru, "giant", BUDGET, 1, 0);
    ck_assert_int_eq(get(lru, "giant", 0), -1);
    put(lru, "empty", 0, 1, 0);
    ck_assert_int_eq(get(lru, "empty", 0), -1);
    ff_lru_free(lru);
    ff_lru_free(NULL);
}
END_TEST

START_TEST(thousands_of_keys_stay_apart)
{
    struct ff_lru *lru = ff_lru_new(64 * BUDGET);
    char name[16];
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "k%d", i);
        put(lru, name, (size_t)(i % 50) + 1, 1, 0);
    }
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "k%d", i);
        ck_assert_int_eq(get(lru, name, 0), i % 50 + 1);
    }
    ck_assert_uint_eq(ff_lru_get_stats(lru).entries, 3000);
    ff_lru_free(lru);
}
END_TEST

static void *crowd(void *arg)
{
    struct ff_lru *lru = arg;
    for (int i = 0; i < 2000; i++) {
        char name[] = {(char)('a' + i % 26), 0};
        if (get(lru, name, 0) < 0)
            put(lru, name, (size_t)(i % 26) * 40 + 1, 1, 0);
    }
    return NULL;
}

START_TEST(a_crowd_of_threads_never_reads_a_torn_value)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, crowd, lru), 0);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
    struct ff_lru_stats stats = ff_lru_get_stats(lru);
    ck_assert_uint_eq(stats.hits + stats.misses, 16000);
    ck_assert_uint_le(stats.bytes, BUDGET);
    ff_lru_free(lru);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cache_lru");
    TCase *tc = tcase_create("lru");
    tcase_add_test(tc, what_was_put_is_found_until_its_time_is_over);
    tcase_add_test(tc, a_changed_table_ends_what_was_read_from_it_and_nothing_else);
    tcase_add_test(tc, the_least_recently_used_goes_first);
    tcase_add_test(tc, a_second_value_replaces_and_a_giant_is_not_kept);
    tcase_add_test(tc, thousands_of_keys_stay_apart);
    tcase_add_test(tc, a_crowd_of_threads_never_reads_a_torn_value);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
