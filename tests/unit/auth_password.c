/* SPDX-License-Identifier: MIT */
/* auth_password.c - Argon2id with the named parameters, and the slots that bound it. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/argon.h"
#include "../lib/store.h"
#include "auth/auth.h"
#include "auth/private.h"

static struct ff_store store;

static void setup(void)
{
    ff_store_dir(&store);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &store.cx.auth), FF_OK);
}

static void teardown(void)
{
    ff_auth_free(store.cx.auth);
    ff_store_close(&store);
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

START_TEST(a_password_verifies_against_its_own_hash_only)
{
    char hash[FF_PASSWORD_HASH_CAP];
    bool ok;
    ck_assert_int_eq(ff_password_hash(&store.cx, "Employee123!", hash), FF_OK);
    ck_assert_msg(begins(hash, "$argon2id$v=19$m=65536,t=2,p=1$"), "%s", hash);
    ck_assert_int_eq(ff_password_verify(&store.cx, hash, "Employee123!", &ok), FF_OK);
    ck_assert(ok);
    ck_assert_int_eq(ff_password_verify(&store.cx, hash, "employee123!", &ok), FF_OK);
    ck_assert(!ok);
    ck_assert(!ff_password_is_stale(hash));
}
END_TEST

START_TEST(the_hash_that_fixtures_know_is_one_of_ours)
{
    bool ok;
    ck_assert_int_eq(ff_password_verify(&store.cx, ff_test_password_hash, FF_TEST_PASSWORD, &ok),
                     FF_OK);
    ck_assert(ok);
    ck_assert(!ff_password_is_stale(ff_test_password_hash));
}
END_TEST

START_TEST(a_pin_is_hashed_with_less_memory)
{
    char hash[FF_PASSWORD_HASH_CAP];
    bool ok;
    ck_assert_int_eq(ff_pin_hash(&store.cx, "1397", hash), FF_OK);
    ck_assert_msg(begins(hash, "$argon2id$v=19$m=19456,t=2,p=1$"), "%s", hash);
    ck_assert_int_eq(ff_pin_verify(&store.cx, hash, "1397", &ok), FF_OK);
    ck_assert(ok);
    ck_assert_int_eq(ff_pin_verify(&store.cx, hash, "1398", &ok), FF_OK);
    ck_assert(!ok);
    ck_assert(ff_password_is_stale(hash));
}
END_TEST

START_TEST(the_same_secret_has_another_hash_each_time)
{
    char a[FF_PASSWORD_HASH_CAP], b[FF_PASSWORD_HASH_CAP];
    ck_assert_int_eq(ff_pin_hash(&store.cx, "1397", a), FF_OK);
    ck_assert_int_eq(ff_pin_hash(&store.cx, "1397", b), FF_OK);
    ck_assert_str_ne(a, b);
}
END_TEST

START_TEST(the_dummies_cost_the_same_and_match_nothing)
{
    bool ok = true;
    ck_assert(begins(ff_password_dummy_hash(), "$argon2id$v=19$m=65536,t=2,p=1$"));
    ck_assert(begins(ff_pin_dummy_hash(), "$argon2id$v=19$m=19456,t=2,p=1$"));
    ck_assert(!ff_password_is_stale(ff_password_dummy_hash()));
    ck_assert_int_eq(ff_password_verify(&store.cx, ff_password_dummy_hash(), "", &ok), FF_OK);
    ck_assert(!ok);
    ck_assert_int_eq(ff_pin_verify(&store.cx, ff_pin_dummy_hash(), "0000", &ok), FF_OK);
    ck_assert(!ok);
}
END_TEST

START_TEST(a_damaged_hash_matches_nothing)
{
    bool ok = true;
    ck_assert_int_eq(ff_password_verify(&store.cx, "no hash", "Employee123!", &ok), FF_OK);
    ck_assert(!ok);
    ck_assert(ff_password_is_stale("no hash"));
}
END_TEST

/* Takes both slots of one kind, so that the next caller finds none. */
static void occupy(struct ff_slots *slots)
{
    slots->wait_ms = 20;
    ck_assert_int_eq(ff_slots_take(&store.cx, slots), FF_OK);
    ck_assert_int_eq(ff_slots_take(&store.cx, slots), FF_OK);
}

START_TEST(without_a_free_slot_the_answer_is_busy_and_nothing_was_looked_at)
{
    char hash[FF_PASSWORD_HASH_CAP] = "";
    bool ok = true;
    occupy(&store.cx.auth->passwords);
    ck_assert_int_eq(ff_password_hash(&store.cx, "Employee123!", hash), FF_BUSY);
    ck_assert_int_eq(store.cx.err.retry_after_s, 2);
    ck_assert_str_eq(hash, "");
    ff_err_clear(&store.cx);
    ck_assert_int_eq(ff_password_verify(&store.cx, ff_password_dummy_hash(), "x", &ok), FF_BUSY);
    ck_assert(ok);
    ff_err_clear(&store.cx);
    ck_assert_int_eq(ff_pin_verify(&store.cx, ff_pin_dummy_hash(), "0000", &ok), FF_OK);
}
END_TEST

START_TEST(a_queue_that_is_full_refuses_at_once)
{
    struct ff_slots *slots = &store.cx.auth->pins;
    occupy(slots);
    slots->wait_ms = INT64_C(3600000);
    slots->waiting_max = 0;
    ck_assert_int_eq(ff_slots_take(&store.cx, slots), FF_BUSY);
}
END_TEST

START_TEST(a_slot_that_is_given_back_can_be_taken)
{
    struct ff_slots *slots = &store.cx.auth->pins;
    occupy(slots);
    ff_slots_give(slots);
    ck_assert_int_eq(ff_slots_take(&store.cx, slots), FF_OK);
}
END_TEST

enum { THREADS = 8 };

struct worker {
    pthread_t thread;
    struct ff_store *store;
    int failures;
};

/* Counts how many hold a slot at the same time. */
static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;
static int holding, most;

static void note(int change)
{
    pthread_mutex_lock(&count_lock);
    holding += change;
    if (holding > most)
        most = holding;
    pthread_mutex_unlock(&count_lock);
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct ff_arena *arena = ff_arena_new(0);
    struct ff_ctx cx;
    ff_ctx_init(&cx, arena, w->store->clock);
    cx.auth = w->store->cx.auth;
    for (int i = 0; i < 200; i++) {
        if (ff_slots_take(&cx, &cx.auth->pins)) {
            w->failures++;
            ff_err_clear(&cx);
            continue;
        }
        note(1);
        note(-1);
        ff_slots_give(&cx.auth->pins);
    }
    ff_arena_free(arena);
    return NULL;
}

START_TEST(never_more_than_two_hold_a_slot_and_all_who_wait_get_one)
{
    struct worker workers[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) {
        workers[i].store = &store;
        ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        ck_assert_int_eq(workers[i].failures, 0);
    }
    ck_assert_int_le(most, 2);
    ck_assert_int_eq(store.cx.auth->pins.unused, 2);
    ck_assert_int_eq(store.cx.auth->pins.waiting, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_password");
    TCase *cases = tcase_create("password");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_password_verifies_against_its_own_hash_only);
    tcase_add_test(cases, the_hash_that_fixtures_know_is_one_of_ours);
    tcase_add_test(cases, a_pin_is_hashed_with_less_memory);
    tcase_add_test(cases, the_same_secret_has_another_hash_each_time);
    tcase_add_test(cases, the_dummies_cost_the_same_and_match_nothing);
    tcase_add_test(cases, a_damaged_hash_matches_nothing);
    tcase_add_test(cases, without_a_free_slot_the_answer_is_busy_and_nothing_was_looked_at);
    tcase_add_test(cases, a_queue_that_is_full_refuses_at_once);
    tcase_add_test(cases, a_slot_that_is_given_back_can_be_taken);
    tcase_add_test(cases, never_more_than_two_hold_a_slot_and_all_who_wait_get_one);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
