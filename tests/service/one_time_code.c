/* SPDX-License-Identifier: MIT */
/* one_time_code.c - secrets that work once. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/code/one_time_code.h"

enum { HOUR_MS = 3600000 };

static struct ff_fixture fx;
static int64_t anna, bela;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_test_user(&fx, "anna@example.com", "manager", 0);
    bela = ff_fixture_person(&fx, "EMP001", "Béla Szabó", 0);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_code issue(enum ff_code_purpose purpose, int64_t user, int64_t employee,
                            bool typed)
{
    const struct ff_code_new in = {.purpose = purpose,
                                   .holder = {.user_id = user, .employee_id = employee},
                                   .valid_ms = HOUR_MS,
                                   .is_typed = typed};
    struct ff_code code;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_code_issue(&fx.cx, &in, &code), FF_OK);
    return code;
}

static enum ff_rc spend(enum ff_code_purpose purpose, const char *text, struct ff_code_holder *out)
{
    ff_fixture_again(&fx);
    return ff_code_spend(&fx.cx, purpose, text, out);
}

START_TEST(a_code_works_once_and_names_its_holder)
{
    const struct ff_code code = issue(FF_CODE_RESET, anna, 0, false);
    struct ff_code_holder holder;
    ck_assert_uint_eq(strlen(code.text), 43);
    ck_assert_int_eq(code.expires_at_ms, FF_TEST_NOW + HOUR_MS);
    ck_assert_int_eq(ff_code_look(&fx.cx, FF_CODE_RESET, code.text, &holder), FF_OK);
    ck_assert_int_eq(spend(FF_CODE_RESET, code.text, &holder), FF_OK);
    ck_assert_int_eq(holder.user_id, anna);
    ck_assert_int_eq(holder.employee_id, 0);
    ck_assert_int_eq(spend(FF_CODE_RESET, code.text, &holder), FF_CODE_INVALID);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_code_look(&fx.cx, FF_CODE_RESET, code.text, &holder), FF_CODE_INVALID);
}
END_TEST

START_TEST(a_code_is_good_for_its_purpose_only)
{
    const struct ff_code code = issue(FF_CODE_RESET, anna, 0, false);
    struct ff_code_holder holder;
    ck_assert_int_eq(spend(FF_CODE_OTP, code.text, &holder), FF_CODE_INVALID);
    ck_assert_int_eq(spend(FF_CODE_RESET, "", &holder), FF_CODE_INVALID);
    ck_assert_int_eq(spend(FF_CODE_RESET, code.text, &holder), FF_OK);
}
END_TEST

START_TEST(a_code_ends_with_its_hour)
{
    const struct ff_code code = issue(FF_CODE_RESET, anna, 0, false);
    struct ff_code_holder holder;
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR_MS - 1));
    ck_assert_int_eq(ff_code_look(&fx.cx, FF_CODE_RESET, code.text, &holder), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR_MS));
    ck_assert_int_eq(spend(FF_CODE_RESET, code.text, &holder), FF_CODE_INVALID);
    issue(FF_CODE_RESET, anna, 0, false);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM one_time_code"), 1);
}
END_TEST

START_TEST(a_newer_code_replaces_the_older_of_the_same_purpose)
{
    const struct ff_code first = issue(FF_CODE_INVITE, 0, bela, true);
    const struct ff_code link = issue(FF_CODE_BADGE_LINK, 0, bela, true);
    const struct ff_code second = issue(FF_CODE_INVITE, 0, bela, true);
    struct ff_code_holder holder;
    ck_assert_int_eq(spend(FF_CODE_INVITE, first.text, &holder), FF_CODE_INVALID);
    ck_assert_int_eq(spend(FF_CODE_INVITE, second.text, &holder), FF_OK);
    ck_assert_int_eq(holder.employee_id, bela);
    ck_assert_int_eq(spend(FF_CODE_BADGE_LINK, link.text, &holder), FF_OK);
}
END_TEST

START_TEST(what_is_typed_is_read_generously)
{
    const struct ff_code code = issue(FF_CODE_OTP, anna, 0, true);
    struct ff_code_holder holder;
    char typed[64] = " ";
    size_t n = 1;
    ck_assert_uint_eq(strlen(code.text), 14);
    for (const char *c = code.text; *c; c++) {
        const char one = *c == '0' ? 'o' : *c == '1' ? 'l' : *c;
        typed[n++] = one == '-' ? ' ' : one >= 'A' && one <= 'Z' ? (char)(one - 'A' + 'a') : one;
    }
    ck_assert_int_eq(spend(FF_CODE_OTP, typed, &holder), FF_OK);
}
END_TEST

START_TEST(revoked_codes_are_gone)
{
    const struct ff_code code = issue(FF_CODE_OTP, anna, 0, true);
    const struct ff_code_holder whose = {.user_id = anna};
    struct ff_code_holder holder;
    ck_assert_int_eq(ff_code_revoke(&fx.cx, FF_CODE_OTP, &whose), FF_OK);
    ck_assert_int_eq(spend(FF_CODE_OTP, code.text, &holder), FF_CODE_INVALID);
}
END_TEST

START_TEST(the_database_does_not_hold_the_code)
{
    const struct ff_code code = issue(FF_CODE_OTP, anna, 0, true);
    unsigned char unkeyed[32];
    char hex[65];
    ff_auth_token_hash(code.text, unkeyed);
    ff_hex(unkeyed, sizeof unkeyed, hex);
    ck_assert_int_eq(ff_test_number(&fx, ff_arena_printf(fx.arena,
                                                         "SELECT COUNT(*) FROM one_time_code WHERE "
                                                         "lower(hex(code_hash)) = '%s'",
                                                         hex)),
                     0);
}
END_TEST

/* ---- two with one code ---- */

struct racer {
    const char *text;
    enum ff_rc rc;
};

static void *race(void *arg)
{
    struct racer *r = arg;
    struct ff_arena *arena = ff_arena_new(0);
    struct ff_code_holder holder;
    struct ff_ctx cx;
    ff_ctx_init(&cx, arena, fx.clock);
    cx.db = fx.db;
    cx.auth = fx.auth;
    cx.site = fx.site;
    r->rc = ff_code_spend(&cx, FF_CODE_RESET, r->text, &holder);
    ff_db_release(&cx);
    ff_arena_free(arena);
    return NULL;
}

START_TEST(of_many_with_one_code_one_succeeds)
{
    enum { RACERS = 16 };
    const struct ff_code code = issue(FF_CODE_RESET, anna, 0, false);
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    int won = 0;
    for (int i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){.text = code.text};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].rc == FF_OK;
        ck_assert(racers[i].rc == FF_OK || racers[i].rc == FF_CODE_INVALID);
    }
    ck_assert_int_eq(won, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("one_time_code");
    TCase *cases = tcase_create("codes");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_code_works_once_and_names_its_holder);
    tcase_add_test(cases, a_code_is_good_for_its_purpose_only);
    tcase_add_test(cases, a_code_ends_with_its_hour);
    tcase_add_test(cases, a_newer_code_replaces_the_older_of_the_same_purpose);
    tcase_add_test(cases, what_is_typed_is_read_generously);
    tcase_add_test(cases, revoked_codes_are_gone);
    tcase_add_test(cases, the_database_does_not_hold_the_code);
    tcase_add_test(cases, of_many_with_one_code_one_succeeds);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
