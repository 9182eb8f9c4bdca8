/* SPDX-License-Identifier: MIT */
/* attempt.c - too many failures: when the wait begins, how long it is, and whom it does not
 * concern. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "auth/auth.h"
#include "domain/attempt/attempt.h"
#include "domain/site/site.h"

enum { MINUTE_MS = 60000, LIMIT = 5 };

#define ANNA "anna@example.com"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc check(enum ff_attempt_kind kind, const char *key)
{
    ff_fixture_again(&fx);
    return ff_attempt_check(&fx.cx, kind, key);
}

static bool fails(enum ff_attempt_kind kind, const char *key)
{
    bool locked;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_attempt_failed(&fx.cx, kind, key, &locked), FF_OK);
    return locked;
}

static void fail_times(enum ff_attempt_kind kind, const char *key, int n)
{
    for (int i = 0; i < n; i++)
        ck_assert(!fails(kind, key));
}

static void wait_minutes(int64_t minutes)
{
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + minutes * MINUTE_MS));
}

START_TEST(the_fifth_failure_begins_a_wait_of_15_minutes)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_OK);
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_ACCOUNT_LOCKED);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 900);
    ck_assert_str_eq(fx.cx.err.params[0].name, "minutes");
    ck_assert_int_eq(fx.cx.err.params[0].number, 15);
    wait_minutes(14);
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_ACCOUNT_LOCKED);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 60);
    ck_assert_int_eq(fx.cx.err.params[0].number, 1);
    wait_minutes(1);
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_OK);
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
}
END_TEST

START_TEST(the_window_slides)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, 1);
    wait_minutes(10);
    fail_times(FF_ATTEMPT_LOGIN, ANNA, 3);
    wait_minutes(5);
    fail_times(FF_ATTEMPT_LOGIN, ANNA, 1); /* the first one is 15 minutes old: 4 count */
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
}
END_TEST

START_TEST(slow_failures_never_add_up)
{
    for (int i = 0; i < 40; i++) {
        fail_times(FF_ATTEMPT_LOGIN, ANNA, 1);
        wait_minutes(4);
    }
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_OK);
}
END_TEST

START_TEST(failures_while_waiting_do_not_prolong_it)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
    wait_minutes(10);
    fail_times(FF_ATTEMPT_LOGIN, ANNA, 20);
    wait_minutes(5);
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_OK);
}
END_TEST

START_TEST(names_and_kinds_are_counted_apart)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    fail_times(FF_ATTEMPT_LOGIN, "bela@example.com", LIMIT - 1);
    fail_times(FF_ATTEMPT_PIN, ANNA, LIMIT - 1);
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, "bela@example.com"), FF_OK);
    ck_assert_int_eq(check(FF_ATTEMPT_PIN, ANNA), FF_OK);
}
END_TEST

START_TEST(success_forgets_and_ends_a_wait)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    ck_assert_int_eq(ff_attempt_clear(&fx.cx, FF_ATTEMPT_LOGIN, ANNA), FF_OK);
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
    ck_assert_int_eq(ff_attempt_clear(&fx.cx, FF_ATTEMPT_LOGIN, ANNA), FF_OK);
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_OK);
    ck_assert_int_eq(ff_attempt_clear(&fx.cx, FF_ATTEMPT_LOGIN, "nobody@example.com"), FF_OK);
}
END_TEST

START_TEST(a_device_may_fail_30_times)
{
    fail_times(FF_ATTEMPT_DEVICE, "1", FF_ATTEMPT_MAX - 1);
    ck_assert(fails(FF_ATTEMPT_DEVICE, "1"));
    ck_assert_int_eq(check(FF_ATTEMPT_DEVICE, "1"), FF_ACCOUNT_LOCKED);
}
END_TEST

START_TEST(a_site_may_be_stricter)
{
    ff_site_set_run(fx.site,
                    (struct ff_run_flags){.lock_after = 2, .lock_for_ms = (int64_t)60 * MINUTE_MS});
    fail_times(FF_ATTEMPT_PIN, "7", 1);
    ck_assert(fails(FF_ATTEMPT_PIN, "7"));
    wait_minutes(59);
    ck_assert_int_eq(check(FF_ATTEMPT_PIN, "7"), FF_ACCOUNT_LOCKED);
    wait_minutes(1);
    ck_assert_int_eq(check(FF_ATTEMPT_PIN, "7"), FF_OK);
    fail_times(FF_ATTEMPT_DEVICE, "1", FF_ATTEMPT_MAX - 1);
}
END_TEST

START_TEST(a_clock_that_was_set_back_locks_nobody_for_long)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, LIMIT - 1);
    ck_assert(fails(FF_ATTEMPT_LOGIN, ANNA));
    ff_test_change(&fx, "UPDATE attempt SET locked_at_ms = locked_at_ms + 86400000");
    ck_assert_int_eq(check(FF_ATTEMPT_LOGIN, ANNA), FF_OK);
}
END_TEST

START_TEST(the_name_itself_is_nowhere_in_the_table)
{
    fail_times(FF_ATTEMPT_LOGIN, ANNA, 1);
    unsigned char hash[32], unkeyed[32];
    char hex[65];
    ff_auth_lookup_hash(fx.auth, "attempt/login", ANNA, hash);
    ff_auth_token_hash(ANNA, unkeyed);
    ck_assert_mem_ne(hash, unkeyed, sizeof hash);
    ff_hex(hash, sizeof hash, hex);
    ck_assert_int_eq(ff_test_number(&fx, ff_arena_printf(fx.arena,
                                                         "SELECT COUNT(*) FROM attempt WHERE "
                                                         "lower(hex(key_hash)) = '%s'",
                                                         hex)),
                     1);
}
END_TEST

START_TEST(of_10000_names_the_one_that_failed_longest_ago_goes)
{
    fail_times(FF_ATTEMPT_LOGIN, "first@example.com", LIMIT - 1);
    wait_minutes(1);
    fail_times(FF_ATTEMPT_LOGIN, "second@example.com", LIMIT - 1);
    wait_minutes(1);
    ff_test_change(&fx, ff_arena_printf(fx.arena,
                                        "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 "
                                        "FROM n WHERE i < 10000) INSERT INTO attempt (key_hash, "
                                        "failed_at, touched_at_ms) SELECT randomblob(32), "
                                        "zeroblob(240), %lld FROM n",
                                        (long long)ff_clock_now_ms(fx.clock)));
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM attempt"), FF_ATTEMPT_ROWS);
    fail_times(FF_ATTEMPT_LOGIN, "another@example.com", 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM attempt"), FF_ATTEMPT_ROWS);
    ck_assert(fails(FF_ATTEMPT_LOGIN, "second@example.com")); /* its fifth */
    fail_times(FF_ATTEMPT_LOGIN, "first@example.com", 1);     /* its first: it was forgotten */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("attempt");
    TCase *cases = tcase_create("attempts");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_fifth_failure_begins_a_wait_of_15_minutes);
    tcase_add_test(cases, the_window_slides);
    tcase_add_test(cases, slow_failures_never_add_up);
    tcase_add_test(cases, failures_while_waiting_do_not_prolong_it);
    tcase_add_test(cases, names_and_kinds_are_counted_apart);
    tcase_add_test(cases, success_forgets_and_ends_a_wait);
    tcase_add_test(cases, a_device_may_fail_30_times);
    tcase_add_test(cases, a_site_may_be_stricter);
    tcase_add_test(cases, a_clock_that_was_set_back_locks_nobody_for_long);
    tcase_add_test(cases, the_name_itself_is_nowhere_in_the_table);
    tcase_add_test(cases, of_10000_names_the_one_that_failed_longest_ago_goes);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
