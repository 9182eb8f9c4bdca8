/* SPDX-License-Identifier: MIT */
/* auth_visit.c - visits: found by their token only, ended by leaving, idling and crowding. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/store.h"
#include "auth/private.h"

enum { KIOSK = 3, IDLE_MS = 60000 };

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

/* The person of a token at `now`, 0 for none, -1 for one that just ended by idling. */
static int64_t person_of(const char *token, int64_t now)
{
    int64_t device = 0, person = 0;
    bool idle;
    if (!ff_visit_find(auth, token, now, &device, &person, &idle))
        return idle ? -1 : 0;
    ck_assert_int_eq(device, KIOSK);
    return person;
}

START_TEST(a_visit_is_found_by_its_token_and_by_no_other)
{
    char token[FF_SECRET_CAP], wrong[FF_SECRET_CAP];
    ff_visit_begin(auth, KIOSK, 7, 1000, IDLE_MS, token);
    ck_assert_int_eq(person_of(token, 1000), 7);
    memcpy(wrong, token, sizeof wrong);
    wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
    ck_assert_int_eq(person_of(wrong, 1000), 0);
    ck_assert_int_eq(person_of("", 1000), 0);
}
END_TEST

START_TEST(the_table_keeps_no_token)
{
    char token[FF_SECRET_CAP];
    ff_visit_begin(auth, KIOSK, 7, 1000, IDLE_MS, token);
    const char *bytes = (const char *)&auth->visits;
    for (size_t i = 0; i + 43 <= sizeof auth->visits; i++)
        ck_assert(bytes[i] != token[0] || memcmp(bytes + i, token, 43) != 0);
}
END_TEST

START_TEST(silence_ends_a_visit_and_a_touch_prolongs_it)
{
    char token[FF_SECRET_CAP];
    ff_visit_begin(auth, KIOSK, 7, 0, IDLE_MS, token);
    ck_assert_int_eq(person_of(token, IDLE_MS - 1), 7);
    ff_visit_touch(auth, token, IDLE_MS - 1);
    ck_assert_int_eq(person_of(token, 2 * IDLE_MS - 2), 7);
    ck_assert_int_eq(person_of(token, 2 * IDLE_MS - 1), -1);
    ck_assert_int_eq(person_of(token, 2 * IDLE_MS - 1), 0);
}
END_TEST

START_TEST(looking_does_not_prolong_a_visit)
{
    char token[FF_SECRET_CAP];
    ff_visit_begin(auth, KIOSK, 7, 0, IDLE_MS, token);
    ck_assert_int_eq(person_of(token, IDLE_MS - 1), 7);
    ck_assert_int_eq(person_of(token, IDLE_MS), -1);
}
END_TEST

START_TEST(leaving_ends_a_visit_and_may_be_said_twice)
{
    char token[FF_SECRET_CAP], other[FF_SECRET_CAP];
    ff_visit_begin(auth, KIOSK, 7, 0, IDLE_MS, token);
    ff_visit_begin(auth, KIOSK, 8, 0, IDLE_MS, other);
    ff_visit_end(auth, token);
    ff_visit_end(auth, token);
    ff_visit_touch(auth, token, 1);
    ck_assert_int_eq(person_of(token, 1), 0);
    ck_assert_int_eq(person_of(other, 1), 8);
}
END_TEST

START_TEST(a_full_table_drops_the_visit_that_was_unused_longest)
{
    char first[FF_SECRET_CAP], second[FF_SECRET_CAP], token[FF_SECRET_CAP];
    ff_visit_begin(auth, KIOSK, 1, 10, IDLE_MS, first);
    ff_visit_begin(auth, KIOSK, 2, 11, IDLE_MS, second);
    for (int64_t i = 2; i < FF_VISITS_MAX; i++)
        ff_visit_begin(auth, KIOSK, i + 1, 20, IDLE_MS, token);
    ff_visit_touch(auth, first, 30);
    ck_assert_int_eq(person_of(second, 30), 2);
    ff_visit_begin(auth, KIOSK, 9999, 31, IDLE_MS, token);
    ck_assert_int_eq(person_of(token, 31), 9999);
    ck_assert_int_eq(person_of(first, 31), 1);
    ck_assert_int_eq(person_of(second, 31), 0);
}
END_TEST

START_TEST(a_full_table_sheds_all_that_idle)
{
    char old[FF_SECRET_CAP], token[FF_SECRET_CAP];
    for (int64_t i = 1; i < FF_VISITS_MAX; i++)
        ff_visit_begin(auth, KIOSK, i, 0, IDLE_MS, old);
    ff_visit_begin(auth, KIOSK, 5000, 1, 2 * IDLE_MS, token);
    for (int64_t i = 1; i < FF_VISITS_MAX; i++)
        ff_visit_begin(auth, KIOSK, 6000 + i, IDLE_MS, IDLE_MS, old);
    ck_assert_int_eq(person_of(token, IDLE_MS), 5000);
    ck_assert_int_eq(person_of(old, IDLE_MS), 6000 + FF_VISITS_MAX - 1);
}
END_TEST

enum { THREADS = 8, ROUNDS = 1000 };

static void *visit_often(void *arg)
{
    const int64_t person = *(const int64_t *)arg;
    char token[FF_SECRET_CAP];
    int64_t device, found;
    bool idle, all_well = true;
    for (int i = 0; i < ROUNDS; i++) {
        ff_visit_begin(auth, KIOSK, person, i, IDLE_MS, token);
        all_well &= ff_visit_find(auth, token, i, &device, &found, &idle) && found == person;
        ff_visit_touch(auth, token, i);
        ff_visit_end(auth, token);
        all_well &= !ff_visit_find(auth, token, i, &device, &found, &idle);
    }
    return all_well ? arg : NULL;
}

START_TEST(many_threads_come_and_go_without_meeting_each_others_visits)
{
    pthread_t threads[THREADS];
    int64_t people[THREADS];
    for (int i = 0; i < THREADS; i++) {
        people[i] = i + 1;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, visit_often, &people[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *all_well = NULL;
        pthread_join(threads[i], &all_well);
        ck_assert_ptr_eq(all_well, &people[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_visit");
    TCase *cases = tcase_create("visit");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_visit_is_found_by_its_token_and_by_no_other);
    tcase_add_test(cases, the_table_keeps_no_token);
    tcase_add_test(cases, silence_ends_a_visit_and_a_touch_prolongs_it);
    tcase_add_test(cases, looking_does_not_prolong_a_visit);
    tcase_add_test(cases, leaving_ends_a_visit_and_may_be_said_twice);
    tcase_add_test(cases, a_full_table_drops_the_visit_that_was_unused_longest);
    tcase_add_test(cases, a_full_table_sheds_all_that_idle);
    tcase_add_test(cases, many_threads_come_and_go_without_meeting_each_others_visits);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
