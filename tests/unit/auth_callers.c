/* SPDX-License-Identifier: MIT */
/* auth_callers.c - what is kept of callers: found as of its own state only, bounded, and whole
 * while others write. */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/store.h"
#include "auth/auth.h"
#include "auth/callers.h"

enum { PLACES = 4096, THREADS = 4, TURNS = 20000, NUMBERS = FF_CALLER_BYTES / sizeof(uint64_t) };

static struct ff_store store;
static struct ff_auth *auth;

static void setup(void)
{
    ff_store_dir(&store);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &auth), FF_OK);
}

static void teardown(void)
{
    ff_auth_free(auth);
    ff_store_close(&store);
}

static void keep(int64_t user, int64_t session, uint64_t generation, uint64_t value)
{
    const struct ff_caller_key key = ff_caller_of_session(user, session);
    ff_caller_keep(auth, &key, generation, &value, sizeof value);
}

/* What is kept; 0: nothing. */
static uint64_t find(int64_t user, int64_t session, uint64_t generation)
{
    const struct ff_caller_key key = ff_caller_of_session(user, session);
    uint64_t value = 0;
    return ff_caller_find(auth, &key, generation, &value, sizeof value) ? value : 0;
}

START_TEST(a_caller_is_found_as_of_the_state_it_was_kept_of)
{
    ck_assert_uint_eq(find(1, 2, 0), 0);
    keep(1, 2, 7, 70);
    ck_assert_uint_eq(find(1, 2, 7), 70);
    ck_assert_uint_eq(find(1, 2, 6), 0);
    ck_assert_uint_eq(find(1, 2, 8), 0);
    ck_assert_uint_eq(find(2, 1, 7), 0);
    ck_assert_uint_eq(find(1, 3, 7), 0);
}
END_TEST

START_TEST(a_newer_state_takes_the_place_of_the_older)
{
    keep(1, 2, 7, 70);
    keep(1, 2, 8, 80);
    ck_assert_uint_eq(find(1, 2, 8), 80);
    ck_assert_uint_eq(find(1, 2, 7), 0);
}
END_TEST

START_TEST(a_cookie_is_told_from_others_and_from_sessions)
{
    const struct ff_caller_key keys[] = {
        ff_caller_of_device(auth, "cookie", 0),
        ff_caller_of_device(auth, "cookie", 1),
        ff_caller_of_device(auth, "cookiE", 1),
        ff_caller_of_device(auth, "", 1),
        ff_caller_of_session(1, 1),
    };
    const size_t n = sizeof keys / sizeof keys[0];
    for (size_t i = 0; i < n; i++)
        ff_caller_keep(auth, &keys[i], 1, &i, sizeof i);
    for (size_t i = 0; i < n; i++) {
        size_t value = n;
        ck_assert(ff_caller_find(auth, &keys[i], 1, &value, sizeof value));
        ck_assert_uint_eq(value, i);
    }
}
END_TEST

START_TEST(more_callers_than_places_push_each_other_out_and_the_last_stay)
{
    unsigned found = 0;
    for (int64_t i = 1; i <= 3 * PLACES; i++) {
        keep(i, i, 1, (uint64_t)i);
        ck_assert_uint_eq(find(i, i, 1), (uint64_t)i);
    }
    for (int64_t i = 1; i <= 3 * PLACES; i++)
        found += find(i, i, 1) == (uint64_t)i;
    ck_assert_uint_le(found, PLACES);
    ck_assert_uint_gt(found, PLACES / 2); /* ids that follow each other are spread */
}
END_TEST

/* Writes and reads a few callers; what is read was written by one, whole, of that state. */
static void *use(void *arg)
{
    const uint64_t seed = (uint64_t)(uintptr_t)arg;
    uint64_t well = 1;
    for (uint64_t i = 0; i < TURNS; i++) {
        const struct ff_caller_key key = ff_caller_of_session(1, (int64_t)(i % 8));
        const uint64_t generation = i / 8 % 3;
        uint64_t numbers[NUMBERS];
        for (size_t k = 0; k < NUMBERS; k++)
            numbers[k] = generation << 32 | seed;
        if (i % 4 == seed % 4)
            ff_caller_keep(auth, &key, generation, numbers, sizeof numbers);
        if (!ff_caller_find(auth, &key, generation, numbers, sizeof numbers))
            continue;
        well &= numbers[0] >> 32 == generation;
        for (size_t k = 1; k < NUMBERS; k++)
            well &= numbers[k] == numbers[0];
    }
    return (void *)(uintptr_t)well;
}

START_TEST(what_is_read_is_whole_while_others_write)
{
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, use, (void *)(i + 1)), 0);
    for (int i = 0; i < THREADS; i++) {
        void *well = NULL;
        pthread_join(threads[i], &well);
        ck_assert_ptr_nonnull(well);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_callers");
    TCase *tc = tcase_create("callers");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_caller_is_found_as_of_the_state_it_was_kept_of);
    tcase_add_test(tc, a_newer_state_takes_the_place_of_the_older);
    tcase_add_test(tc, a_cookie_is_told_from_others_and_from_sessions);
    tcase_add_test(tc, more_callers_than_places_push_each_other_out_and_the_last_stay);
    tcase_add_test(tc, what_is_read_is_whole_while_others_write);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
