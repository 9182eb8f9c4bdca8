/* SPDX-License-Identifier: MIT */
/* cache_lru.c - the cache alone: what it keeps, what it lets go, and that it never gives what is no
 * longer true. */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cache/lru.h"

enum { KILO = 1024, BUDGET = 16 * KILO };

static atomic_uint_least64_t generations[64], newest;

static uint64_t generation_of(void *arg, ff_table_set tables)
{
    uint64_t last = 0;
    (void)arg;
    for (int i = 0; i < 64; i++) {
        uint64_t one = tables >> i & 1 ? atomic_load(&generations[i]) : 0;
        last = one > last ? one : last;
    }
    return last;
}

static void change(int table)
{
    atomic_store(&generations[table], atomic_fetch_add(&newest, 1) + 1);
}

static struct ff_lru_question question(const char *name, int64_t now_ms)
{
    return (struct ff_lru_question){
        .key = name, .key_len = strlen(name), .now_ms = now_ms, .generation = generation_of};
}

/* As of a look at the tables at `generation`. */
static bool put_as_of(struct ff_lru *lru, const char *name, size_t size, uint64_t tables,
                      uint64_t generation)
{
    static const char bytes[] = "abcdefghijklmnopqrstuvwxyz";
    static _Thread_local char body[BUDGET];
    struct ff_lru_question q = question(name, 0);
    ck_assert_uint_le(size, sizeof body);
    memset(body, name[0], size);
    return ff_lru_put(lru, &q, &(struct ff_lru_value){body, size, bytes},
                      &(struct ff_lru_stamp){tables, generation, 0, 0});
}

static bool put(struct ff_lru *lru, const char *name, size_t size, uint64_t tables)
{
    return put_as_of(lru, name, size, tables, atomic_load(&newest));
}

/* Bytes of the value, -1 when there is none, -2 when it is another's; and gives it back. */
static int64_t size_of(struct ff_lru_value *value, const char *name)
{
    if (!value)
        return -1;
    int64_t n = (int64_t)value->len;
    for (size_t i = 0; i < value->len; i++)
        n = value->body[i] == name[0] ? n : -2;
    ck_assert_str_eq(value->tag, "abcdefghijklmnopqrstuvwxyz");
    ff_lru_release(value);
    return n;
}

static int64_t get(struct ff_lru *lru, const char *name, int64_t now_ms)
{
    struct ff_lru_question q = question(name, now_ms);
    return size_of(ff_lru_find(lru, &q), name);
}

START_TEST(what_was_put_is_found_until_its_time_is_over)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    ck_assert_int_eq(get(lru, "a", 0), -1);
    put(lru, "a", 100, 1);
    ck_assert_int_eq(get(lru, "a", FF_LRU_TTL_MS - 1), 100);
    ck_assert_int_eq(get(lru, "a", FF_LRU_TTL_MS), -1);
    ck_assert_uint_eq(ff_lru_get_stats(lru).entries, 0);
    ck_assert_uint_eq(ff_lru_get_stats(lru).bytes, 0);
    ff_lru_free(lru);
}
END_TEST

START_TEST(a_changed_table_ends_what_was_read_from_it_and_nothing_else)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    put(lru, "products", 10, 1 << 3);
    put(lru, "categories", 20, 1 << 4);
    change(3);
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
        put(lru, name, BUDGET / 8 - 256, 1);
    ck_assert_int_gt(get(lru, "a", 0), 0);
    put(lru, "z", BUDGET / 8 - 256, 1);
    put(lru, "y", BUDGET / 8 - 256, 1);
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
    put(lru, "a", 10, 1);
    put(lru, "a", 30, 1);
    ck_assert_int_eq(get(lru, "a", 0), 30);
    ck_assert_uint_eq(ff_lru_get_stats(lru).entries, 1);
    ck_assert(!put(lru, "giant", BUDGET, 1));
    ck_assert_int_eq(get(lru, "giant", 0), -1);
    ck_assert(!put(lru, "empty", 0, 1));
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
        put(lru, name, (size_t)(i % 50) + 1, 1);
    }
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "k%d", i);
        ck_assert_int_eq(get(lru, name, 0), i % 50 + 1);
    }
    ck_assert_uint_eq(ff_lru_get_stats(lru).entries, 3000);
    ff_lru_free(lru);
}
END_TEST

START_TEST(what_was_read_before_a_change_is_never_found_after_it)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    uint64_t before = atomic_load(&newest);
    change(5);
    put_as_of(lru, "products", 10, 1 << 5, before);
    put_as_of(lru, "categories", 20, 1 << 6, before);
    ck_assert_int_eq(get(lru, "products", 0), -1);
    ck_assert_int_eq(get(lru, "categories", 0), 20);
    ff_lru_free(lru);
}
END_TEST

START_TEST(a_value_in_hand_outlives_its_place)
{
    struct ff_lru *lru = ff_lru_new(BUDGET);
    struct ff_lru_question q = question("a", 0);
    put(lru, "a", 100, 1);
    struct ff_lru_value *mine = ff_lru_find(lru, &q), *again = ff_lru_find(lru, &q);
    ck_assert_ptr_eq(mine, again);
    ff_lru_clear(lru);
    put(lru, "a", 50, 1);
    ck_assert_int_eq(size_of(mine, "a"), 100);
    ck_assert_int_eq(size_of(again, "a"), 100);
    ck_assert_int_eq(get(lru, "a", 0), 50);
    ff_lru_release(NULL);
    ff_lru_free(lru);
}
END_TEST

/* ---- one makes, the others wait ---- */

/* What each of a crowd does about one key; counted by turn. */
struct party {
    struct ff_lru *lru;
    pthread_barrier_t start;
    atomic_int turns[3], found_bytes;
    int to_wait; /* how many must be waiting before the value is made */
    bool fails, is_slow, is_outdated;
};

static void pause_ms(int64_t ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void make(struct party *p, struct ff_lru_question *q)
{
    uint64_t before = atomic_load(&newest);
    while (ff_lru_waiting(p->lru, q) < p->to_wait)
        pause_ms(1);
    if (p->is_slow)
        pause_ms(2 * FF_LRU_WAIT_MS);
    if (p->is_outdated)
        change(7);
    p->is_outdated = false;
    p->to_wait = 0;
    if (!p->fails)
        put_as_of(p->lru, "a", 100, UINT64_C(1) << 7, before);
    ff_lru_end(p->lru, q, !p->fails);
}

static void *guest(void *arg)
{
    struct party *p = arg;
    struct ff_lru_question q = question("a", 0);
    struct ff_lru_value *value;
    pthread_barrier_wait(&p->start);
    ck_assert_ptr_null(ff_lru_find(p->lru, &q));
    enum ff_lru_turn turn = ff_lru_join(p->lru, &q, &value);
    atomic_fetch_add(&p->turns[turn], 1);
    ck_assert_int_eq(value != NULL, turn == FF_LRU_FOUND);
    if (turn == FF_LRU_MAKE)
        make(p, &q);
    else if (turn == FF_LRU_FOUND)
        atomic_fetch_add(&p->found_bytes, (int)size_of(value, "a"));
    return NULL;
}

enum { GUESTS = 64 };

/* All ask at once; the first makes it when all others wait. */
static struct ff_lru_stats hold(struct party *p)
{
    pthread_t threads[GUESTS];
    p->lru = ff_lru_new(BUDGET);
    p->to_wait = GUESTS - 1;
    pthread_barrier_init(&p->start, NULL, GUESTS);
    for (int i = 0; i < GUESTS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, guest, p), 0);
    for (int i = 0; i < GUESTS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&p->start);
    struct ff_lru_stats stats = ff_lru_get_stats(p->lru);
    ff_lru_free(p->lru);
    return stats;
}

START_TEST(sixty_four_misses_are_one_making)
{
    struct party p = {0};
    struct ff_lru_stats stats = hold(&p);
    ck_assert_int_eq(p.turns[FF_LRU_MAKE], 1);
    ck_assert_int_eq(p.turns[FF_LRU_FOUND], GUESTS - 1);
    ck_assert_int_eq(p.found_bytes, (GUESTS - 1) * 100);
    ck_assert_uint_eq(stats.misses, 1);
    ck_assert_uint_eq(stats.hits, GUESTS - 1);
    ck_assert_uint_eq(stats.waits, GUESTS - 1);
}
END_TEST

START_TEST(when_the_maker_fails_each_goes_on_alone)
{
    struct party p = {.fails = true};
    struct ff_lru_stats stats = hold(&p);
    ck_assert_int_eq(p.turns[FF_LRU_MAKE], 1);
    ck_assert_int_eq(p.turns[FF_LRU_ALONE], GUESTS - 1);
    ck_assert_uint_eq(stats.misses, GUESTS);
    ck_assert_uint_eq(stats.waits, 0);
}
END_TEST

START_TEST(when_the_maker_is_slow_nobody_waits_for_ever)
{
    struct party p = {.is_slow = true};
    (void)hold(&p);
    ck_assert_int_eq(p.turns[FF_LRU_MAKE], 1);
    ck_assert_int_eq(p.turns[FF_LRU_ALONE], GUESTS - 1);
}
END_TEST

START_TEST(what_changed_meanwhile_is_made_once_more_by_one)
{
    struct party p = {.is_outdated = true};
    (void)hold(&p);
    ck_assert_int_eq(p.turns[FF_LRU_MAKE], 2);
    ck_assert_int_eq(p.turns[FF_LRU_FOUND], GUESTS - 2);
}
END_TEST

static void *crowd(void *arg)
{
    struct ff_lru *lru = arg;
    struct ff_lru_value *value;
    for (int i = 0; i < 2000; i++) {
        char name[] = {(char)('a' + i % 26), 0};
        struct ff_lru_question q = question(name, 0);
        if (get(lru, name, 0) >= 0)
            continue;
        enum ff_lru_turn turn = ff_lru_join(lru, &q, &value);
        if (turn == FF_LRU_FOUND)
            ck_assert_int_gt(size_of(value, name), 0);
        else
            put(lru, name, (size_t)(i % 26) * 40 + 1, 1);
        if (turn == FF_LRU_MAKE)
            ff_lru_end(lru, &q, true);
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
    tcase_add_test(tc, what_was_read_before_a_change_is_never_found_after_it);
    tcase_add_test(tc, a_value_in_hand_outlives_its_place);
    tcase_add_test(tc, sixty_four_misses_are_one_making);
    tcase_add_test(tc, when_the_maker_fails_each_goes_on_alone);
    tcase_add_test(tc, when_the_maker_is_slow_nobody_waits_for_ever);
    tcase_add_test(tc, what_changed_meanwhile_is_made_once_more_by_one);
    tcase_add_test(tc, a_crowd_of_threads_never_reads_a_torn_value);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
