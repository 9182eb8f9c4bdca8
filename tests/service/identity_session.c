/* SPDX-License-Identifier: MIT */
/* identity_session.c - signing in, trading refresh tokens, signing out. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/identity.h"
#include "../lib/money.h"
#include "auth/private.h"
#include "auth/token.h"
#include "domain/identity/family.h"
#include "domain/identity/identity.h"

enum { DAY_MS = 86400000 };

static struct ff_fixture fx;
static int64_t anna;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_test_user(&fx, "anna@example.com", "manager", 0);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc login(const char *email, const char *password, struct ff_signed_in *out)
{
    ff_fixture_again(&fx);
    return ff_session_login(&fx.cx, email, password, out);
}

static enum ff_rc refresh(const char *token, struct ff_signed_in *out)
{
    ff_fixture_again(&fx);
    return ff_session_refresh(&fx.cx, token, out);
}

/* Who an access token is taken for: FF_OK or the refusal. */
static enum ff_rc use(const char *access)
{
    const struct ff_credentials c = {.bearer = access};
    ff_fixture_again(&fx);
    return ff_identity_authenticate(&fx.cx, &c);
}

static char *copy(const char *text)
{
    static char kept[16][2048];
    static int n;
    char *to = kept[n++ % 16];
    ck_assert_uint_lt(strlen(text), sizeof kept[0]);
    memcpy(to, text, strlen(text) + 1);
    return to;
}

START_TEST(signing_in_gives_tokens_that_name_the_account)
{
    struct ff_signed_in in;
    struct ff_access access;
    struct ff_refresh token;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    ck_assert_int_eq(in.expires_in, 900);
    ck_assert_int_eq(in.user.id, anna);
    ck_assert_int_eq(ff_access_read(&fx.cx, in.access_token, &access), FF_OK);
    ck_assert_int_eq(access.user_id, anna);
    ck_assert_str_eq(access.role, "manager");
    ck_assert_int_eq(access.version, 1);
    ck_assert_int_eq(ff_refresh_read(&fx.cx, in.refresh_token, &token), FF_OK);
    ck_assert_int_eq(token.user_id, anna);
    ck_assert_int_eq(token.session_id, access.session_id);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT last_login_at_ms FROM user_account"), FF_TEST_NOW);
}
END_TEST

START_TEST(a_wrong_password_and_an_unknown_email_get_the_same_answer)
{
    struct ff_signed_in in;
    char detail[256];
    ck_assert_int_eq(login("anna@example.com", "Lunch2027", &in), FF_INVALID_CREDENTIALS);
    memcpy(detail, fx.cx.err.detail, sizeof detail);
    ck_assert_int_eq(login("nobody@example.com", FF_TEST_PASSWORD, &in), FF_INVALID_CREDENTIALS);
    ck_assert_str_eq(detail, fx.cx.err.detail);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session"), 0);
}
END_TEST

START_TEST(an_unknown_email_takes_a_slot_like_a_known_one)
{
    struct ff_slots *slots = &fx.auth->passwords;
    struct ff_signed_in in;
    slots->unused = 0;
    slots->wait_ms = 1;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_BUSY);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 2);
    ck_assert_int_eq(login("nobody@example.com", FF_TEST_PASSWORD, &in), FF_BUSY);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 2);
}
END_TEST

START_TEST(a_disabled_account_is_named_only_to_who_knows_its_password)
{
    struct ff_signed_in in;
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0");
    ck_assert_int_eq(login("anna@example.com", "Lunch2027", &in), FF_INVALID_CREDENTIALS);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_EMPLOYEE_INACTIVE);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session"), 0);
}
END_TEST

START_TEST(an_account_is_off_while_its_person_is)
{
    struct ff_signed_in in;
    const int64_t person = ff_fixture_person(&fx, "EMP001", "Béla Nagy", 0);
    ff_test_user(&fx, "bela@example.com", "employee", person);
    ck_assert_int_eq(login("bela@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *access = copy(in.access_token);
    ff_test_change(&fx, "UPDATE employee SET is_active = 0");
    ck_assert_int_eq(use(access), FF_EMPLOYEE_INACTIVE);
    ck_assert_int_eq(login("bela@example.com", FF_TEST_PASSWORD, &in), FF_EMPLOYEE_INACTIVE);
}
END_TEST

START_TEST(a_hash_of_old_parameters_is_renewed_once)
{
    struct ff_signed_in in;
    char weaker[FF_PASSWORD_HASH_CAP];
    ck_assert_int_eq(ff_pin_hash(&fx.cx, FF_TEST_PASSWORD, weaker), FF_OK);
    char sql[256];
    ck_assert_int_lt(
        snprintf(sql, sizeof sql, "UPDATE user_account SET password_hash = '%s'", weaker),
        (int)sizeof sql);
    ff_test_change(&fx, sql);
    ck_assert_int_eq(login("anna@example.com", "Lunch2027", &in), FF_INVALID_CREDENTIALS);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account WHERE password_hash "
                                         "LIKE '%m=19456,%'"),
                     1);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account WHERE password_hash "
                                         "LIKE '%m=65536,%'"),
                     1);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
}
END_TEST

START_TEST(the_database_knows_no_token)
{
    struct ff_signed_in in;
    struct ff_refresh token;
    unsigned char hash[32];
    char hex[65];
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    ck_assert_int_eq(ff_refresh_read(&fx.cx, in.refresh_token, &token), FF_OK);
    ff_auth_token_hash(token.token_id, hash);
    ff_hex(hash, sizeof hash, hex);
    const char *sql = ff_arena_printf(
        fx.arena, "SELECT COUNT(*) FROM session WHERE lower(hex(token_hash)) = '%s'", hex);
    ck_assert_int_eq(ff_test_number(&fx, sql), 1);
}
END_TEST

/* ---- refresh ---- */

enum { GENERATIONS = 20 };

/* Signs in and refreshes: tokens[0] to tokens[GENERATIONS], of which the last is unspent. Each
 * refresh is a minute after the one before. */
static const char *grow(const char *tokens[GENERATIONS + 1])
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    tokens[0] = ff_test_keep(in.refresh_token);
    for (int i = 1; i <= GENERATIONS; i++) {
        ff_clock_advance_to(fx.clock, FF_TEST_NOW + (int64_t)i * 60000);
        ck_assert_int_eq(refresh(tokens[i - 1], &in), FF_OK);
        ck_assert_int_eq(in.user.id, anna);
        tokens[i] = ff_test_keep(in.refresh_token);
        ck_assert_str_ne(tokens[i], tokens[i - 1]);
    }
    return copy(in.access_token);
}

START_TEST(each_refresh_gives_the_next_generation_of_one_session)
{
    const char *tokens[GENERATIONS + 1];
    ck_assert_int_eq(use(grow(tokens)), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session"), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT generation FROM session"), GENERATIONS);
}
END_TEST

START_TEST(a_spent_token_used_again_ends_the_whole_family)
{
    const char *tokens[GENERATIONS + 1];
    struct ff_signed_in in;
    const char *access = grow(tokens);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + (GENERATIONS + 1) * INT64_C(60000));
    ck_assert_int_eq(refresh(tokens[_i], &in), FF_REFRESH_REUSED);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT is_revoked FROM session"), 1);
    ck_assert_int_eq(use(access), FF_TOKEN_REVOKED);
    ck_assert_int_eq(refresh(tokens[GENERATIONS], &in), FF_TOKEN_REVOKED);
    ck_assert_int_eq(refresh(tokens[_i], &in), FF_TOKEN_REVOKED);
}
END_TEST

START_TEST(a_lost_reply_is_given_again_and_is_the_same)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *spent = copy(in.refresh_token);
    ck_assert_int_eq(refresh(spent, &in), FF_OK);
    const char *next = copy(in.refresh_token);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + FF_LOST_REPLY_MS);
    ck_assert_int_eq(refresh(spent, &in), FF_OK);
    ck_assert_str_eq(in.refresh_token, next);
    ck_assert_int_eq(use(copy(in.access_token)), FF_OK);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + FF_LOST_REPLY_MS + 1);
    ck_assert_int_eq(refresh(spent, &in), FF_REFRESH_REUSED);
}
END_TEST

START_TEST(once_the_successor_was_used_the_spent_token_is_a_copy)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *spent = copy(in.refresh_token);
    ck_assert_int_eq(refresh(spent, &in), FF_OK);
    ck_assert_int_eq(refresh(copy(in.refresh_token), &in), FF_OK);
    ck_assert_int_eq(refresh(spent, &in), FF_REFRESH_REUSED);
}
END_TEST

START_TEST(other_sessions_of_the_person_go_on_when_one_is_ended_by_reuse)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *laptop = copy(in.refresh_token);
    const char *tokens[GENERATIONS + 1];
    (void)grow(tokens);
    ck_assert_int_eq(refresh(tokens[3], &in), FF_REFRESH_REUSED);
    ck_assert_int_eq(refresh(laptop, &in), FF_OK);
}
END_TEST

START_TEST(a_token_of_a_database_that_was_newer_is_over_and_accuses_nobody)
{
    const char *tokens[GENERATIONS + 1];
    struct ff_signed_in in;
    (void)grow(tokens);
    ff_test_change(&fx, "UPDATE session SET generation = 5, token_hash = zeroblob(32)");
    ck_assert_int_eq(refresh(tokens[GENERATIONS], &in), FF_TOKEN_REVOKED);
    ck_assert_int_eq(refresh(tokens[5], &in), FF_TOKEN_REVOKED);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT is_revoked FROM session"), 0);
}
END_TEST

START_TEST(a_session_from_before_there_were_families_becomes_one)
{
    const struct ff_refresh old = {.user_id = anna,
                                   .session_id = 1,
                                   .token_id = "0123456789012345678901234567890123456789abc",
                                   .issued_at_ms = FF_TEST_NOW,
                                   .expires_at_ms = FF_TEST_NOW + DAY_MS};
    unsigned char hash[32];
    char hex[65];
    struct ff_signed_in in;
    const char *token;
    ff_auth_token_hash(old.token_id, hash);
    ff_hex(hash, sizeof hash, hex);
    ff_test_change(&fx,
                   ff_arena_printf(fx.arena,
                                   "INSERT INTO session (user_id, token_hash, created_at_ms, "
                                   "used_at_ms, expires_at_ms) VALUES (%lld, x'%s', 0, 0, %lld)",
                                   (long long)anna, hex, (long long)old.expires_at_ms));
    ck_assert_int_eq(ff_refresh_sign(&fx.cx, &old, &token), FF_OK);
    token = copy(token);
    ck_assert_int_eq(refresh(token, &in), FF_OK);
    const char *next = copy(in.refresh_token);
    ck_assert_int_eq(refresh(token, &in), FF_OK);
    ck_assert_str_eq(in.refresh_token, next);
    ck_assert_int_eq(refresh(next, &in), FF_OK);
    ck_assert_int_eq(refresh(token, &in), FF_REFRESH_REUSED);
}
END_TEST

START_TEST(a_session_knows_its_device_and_its_key)
{
    struct ff_signed_in in;
    ff_fixture_again(&fx);
    fx.cx.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    fx.cx.address = "192.0.2.7";
    ck_assert_int_eq(ff_session_login(&fx.cx, "anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session WHERE label = "
                                         "'Firefox, Linux' AND address = '192.0.2.7' AND "
                                         "length(kid) = 16 AND proven_at_ms = used_at_ms"),
                     1);
}
END_TEST

START_TEST(a_session_ends_seven_days_after_signing_in_however_often_it_is_refreshed)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    for (int day = 1; day < 7; day++) {
        const char *token = copy(in.refresh_token);
        ff_clock_advance_to(fx.clock, FF_TEST_NOW + (int64_t)day * DAY_MS);
        ck_assert_int_eq(refresh(token, &in), FF_OK);
    }
    const char *last = copy(in.refresh_token);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + INT64_C(7) * DAY_MS);
    ck_assert_int_eq(refresh(last, &in), FF_TOKEN_REVOKED);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + INT64_C(7) * DAY_MS + 30000);
    ck_assert_int_eq(refresh(last, &in), FF_TOKEN_EXPIRED);
}
END_TEST

START_TEST(sessions_that_ran_out_are_swept_at_the_next_sign_in)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *access = copy(in.access_token);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + INT64_C(7) * DAY_MS);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session"), 1);
    ck_assert_int_eq(use(access), FF_TOKEN_EXPIRED);
}
END_TEST

START_TEST(what_is_no_refresh_token_refreshes_nothing)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *access = copy(in.access_token);
    ck_assert_int_eq(refresh(access, &in), FF_TOKEN_INVALID);
    ck_assert_int_eq(refresh("", &in), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_disabled_account_gets_no_new_tokens_and_keeps_its_old_one_unspent)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *token = copy(in.refresh_token);
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0");
    ck_assert_int_eq(refresh(token, &in), FF_EMPLOYEE_INACTIVE);
    ff_test_change(&fx, "UPDATE user_account SET is_active = 1");
    ck_assert_int_eq(refresh(token, &in), FF_OK);
}
END_TEST

START_TEST(the_new_access_token_names_the_role_of_now)
{
    struct ff_signed_in in;
    struct ff_access access;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *token = copy(in.refresh_token);
    ff_test_change(&fx, "UPDATE user_account SET role = 'employee', token_version = 2");
    ck_assert_int_eq(refresh(token, &in), FF_OK);
    ck_assert_int_eq(ff_access_read(&fx.cx, in.access_token, &access), FF_OK);
    ck_assert_str_eq(access.role, "employee");
    ck_assert_int_eq(access.version, 2);
}
END_TEST

enum { TWINS = 16 };

struct twin {
    pthread_t thread;
    const char *token;
    char next[2048];
    enum ff_rc rc;
};

static void *refresh_beside(void *arg)
{
    struct twin *twin = arg;
    struct ff_signed_in in;
    struct ff_ctx cx;
    ff_test_caller(&fx, &cx);
    twin->rc = ff_session_refresh(&cx, twin->token, &in);
    if (twin->rc == FF_OK)
        snprintf(twin->next, sizeof twin->next, "%s", in.refresh_token);
    ff_test_no_caller(&cx);
    return NULL;
}

START_TEST(many_refreshes_with_one_token_get_one_successor)
{
    struct ff_signed_in in;
    static struct twin twins[TWINS];
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *token = copy(in.refresh_token);
    ff_fixture_again(&fx);
    for (int i = 0; i < TWINS; i++) {
        twins[i].token = token;
        ck_assert_int_eq(pthread_create(&twins[i].thread, NULL, refresh_beside, &twins[i]), 0);
    }
    for (int i = 0; i < TWINS; i++) {
        pthread_join(twins[i].thread, NULL);
        ck_assert_int_eq(twins[i].rc, FF_OK);
        ck_assert_str_eq(twins[i].next, twins[0].next);
    }
    ck_assert_int_eq(ff_test_number(&fx, "SELECT generation FROM session"), 1);
    ck_assert_int_eq(refresh(copy(twins[0].next), &in), FF_OK);
}
END_TEST

/* ---- sign out ---- */

START_TEST(signing_out_ends_both_tokens_of_that_session_only)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *phone = copy(in.access_token), *phone_refresh = copy(in.refresh_token);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *laptop = copy(in.access_token);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_session_logout(&fx.cx, phone_refresh), FF_OK);
    ck_assert_int_eq(use(phone), FF_TOKEN_REVOKED);
    ck_assert_int_eq(refresh(phone_refresh, &in), FF_TOKEN_REVOKED);
    ck_assert_int_eq(use(laptop), FF_OK);
}
END_TEST

START_TEST(a_spent_token_still_signs_its_session_out)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *spent = copy(in.refresh_token);
    ck_assert_int_eq(refresh(spent, &in), FF_OK);
    const char *access = copy(in.access_token);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_session_logout(&fx.cx, spent), FF_OK);
    ck_assert_int_eq(use(access), FF_TOKEN_REVOKED);
}
END_TEST

START_TEST(signing_out_with_anything_else_ends_nothing_and_is_no_error)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *access = copy(in.access_token);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_session_logout(&fx.cx, access), FF_OK);
    ck_assert_int_eq(ff_session_logout(&fx.cx, "a.b.c"), FF_OK);
    ck_assert_int_eq(use(access), FF_OK);
}
END_TEST

START_TEST(a_hundred_sessions_live_side_by_side)
{
    enum { SESSIONS = 100 };
    static struct ff_test_tokens tokens[SESSIONS];
    const struct ff_user user = {.id = anna};
    struct ff_signed_in in;
    tokens[0] = ff_test_sign_in(&fx, "anna@example.com");
    for (int i = 1; i < SESSIONS; i++) { /* one hash is enough: the rest are rows like the first */
        const char *sql = ff_arena_printf(
            fx.arena,
            "INSERT INTO session (user_id, token_hash, created_at_ms, used_at_ms, expires_at_ms) "
            "VALUES (%lld, randomblob(32), 0, 0, %lld)",
            (long long)user.id, (long long)(FF_TEST_NOW + DAY_MS));
        ff_test_change(&fx, sql);
        const struct ff_access access = {.user_id = anna,
                                         .session_id = i + 1,
                                         .version = 1,
                                         .email = "anna@example.com",
                                         .role = "manager"};
        const char *token;
        ck_assert_int_eq(ff_access_sign(&fx.cx, &access, &token), FF_OK);
        tokens[i].access = ff_test_keep(token);
        ff_fixture_again(&fx);
    }
    for (int i = 0; i < SESSIONS; i++)
        ck_assert_int_eq(use(tokens[i].access), FF_OK);
    ck_assert_int_eq(ff_session_logout(&fx.cx, tokens[0].refresh), FF_OK);
    ck_assert_int_eq(use(tokens[0].access), FF_TOKEN_REVOKED);
    for (int i = 1; i < SESSIONS; i++)
        ck_assert_int_eq(use(tokens[i].access), FF_OK);
    ck_assert_int_eq(refresh(tokens[0].refresh, &in), FF_TOKEN_REVOKED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity_session");
    TCase *cases = tcase_create("session");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, signing_in_gives_tokens_that_name_the_account);
    tcase_add_test(cases, a_wrong_password_and_an_unknown_email_get_the_same_answer);
    tcase_add_test(cases, an_unknown_email_takes_a_slot_like_a_known_one);
    tcase_add_test(cases, a_disabled_account_is_named_only_to_who_knows_its_password);
    tcase_add_test(cases, an_account_is_off_while_its_person_is);
    tcase_add_test(cases, a_hash_of_old_parameters_is_renewed_once);
    tcase_add_test(cases, the_database_knows_no_token);
    tcase_add_test(cases, each_refresh_gives_the_next_generation_of_one_session);
    tcase_add_loop_test(cases, a_spent_token_used_again_ends_the_whole_family, 0, GENERATIONS);
    tcase_add_test(cases, a_lost_reply_is_given_again_and_is_the_same);
    tcase_add_test(cases, once_the_successor_was_used_the_spent_token_is_a_copy);
    tcase_add_test(cases, other_sessions_of_the_person_go_on_when_one_is_ended_by_reuse);
    tcase_add_test(cases, a_token_of_a_database_that_was_newer_is_over_and_accuses_nobody);
    tcase_add_test(cases, a_session_from_before_there_were_families_becomes_one);
    tcase_add_test(cases, a_session_knows_its_device_and_its_key);
    tcase_add_test(cases, a_session_ends_seven_days_after_signing_in_however_often_it_is_refreshed);
    tcase_add_test(cases, sessions_that_ran_out_are_swept_at_the_next_sign_in);
    tcase_add_test(cases, what_is_no_refresh_token_refreshes_nothing);
    tcase_add_test(cases, a_disabled_account_gets_no_new_tokens_and_keeps_its_old_one_unspent);
    tcase_add_test(cases, the_new_access_token_names_the_role_of_now);
    tcase_add_test(cases, many_refreshes_with_one_token_get_one_successor);
    tcase_add_test(cases, signing_out_ends_both_tokens_of_that_session_only);
    tcase_add_test(cases, a_spent_token_still_signs_its_session_out);
    tcase_add_test(cases, signing_out_with_anything_else_ends_nothing_and_is_no_error);
    tcase_add_test(cases, a_hundred_sessions_live_side_by_side);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
