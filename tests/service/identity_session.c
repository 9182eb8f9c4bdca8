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
#include "domain/identity/identity.h"
#include "domain/identity/session.h"

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

START_TEST(each_refresh_spends_its_token)
{
    struct ff_signed_in in;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *spent = copy(in.refresh_token);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(refresh(spent, &in), FF_OK);
        ck_assert_int_eq(in.user.id, anna);
        const char *next = copy(in.refresh_token), *access = copy(in.access_token);
        ck_assert_str_ne(spent, next);
        ck_assert_int_eq(refresh(spent, &in), FF_TOKEN_REVOKED);
        ck_assert_int_eq(use(access), FF_OK);
        spent = next;
    }
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session"), 1);
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
    enum ff_rc rc;
};

static void *refresh_beside(void *arg)
{
    struct twin *twin = arg;
    struct ff_signed_in in;
    struct ff_ctx cx;
    ff_test_caller(&fx, &cx);
    twin->rc = ff_session_refresh(&cx, twin->token, &in);
    ff_test_no_caller(&cx);
    return NULL;
}

START_TEST(of_many_refreshes_with_one_token_one_succeeds)
{
    struct ff_signed_in in;
    struct twin twins[TWINS];
    int won = 0;
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD, &in), FF_OK);
    const char *token = copy(in.refresh_token);
    ff_fixture_again(&fx);
    for (int i = 0; i < TWINS; i++) {
        twins[i].token = token;
        ck_assert_int_eq(pthread_create(&twins[i].thread, NULL, refresh_beside, &twins[i]), 0);
    }
    for (int i = 0; i < TWINS; i++) {
        pthread_join(twins[i].thread, NULL);
        ck_assert(twins[i].rc == FF_OK || twins[i].rc == FF_TOKEN_REVOKED);
        won += twins[i].rc == FF_OK;
    }
    ck_assert_int_eq(won, 1);
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
        tokens[i].access = strdup(token);
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
    tcase_add_test(cases, each_refresh_spends_its_token);
    tcase_add_test(cases, a_session_ends_seven_days_after_signing_in_however_often_it_is_refreshed);
    tcase_add_test(cases, sessions_that_ran_out_are_swept_at_the_next_sign_in);
    tcase_add_test(cases, what_is_no_refresh_token_refreshes_nothing);
    tcase_add_test(cases, a_disabled_account_gets_no_new_tokens_and_keeps_its_old_one_unspent);
    tcase_add_test(cases, the_new_access_token_names_the_role_of_now);
    tcase_add_test(cases, of_many_refreshes_with_one_token_one_succeeds);
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
