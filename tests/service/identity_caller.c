/* SPDX-License-Identifier: MIT */
/* identity_caller.c - who asks: every kind of caller, and that the database decides at each
 * request what they may be. */
#include <stdlib.h>
#include <string.h>

#include "../lib/identity.h"
#include "../lib/money.h"
#include "auth/token.h"
#include "domain/identity/identity.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"

enum { IDLE_MS = 60000 };

static struct ff_fixture fx;
static int64_t person;
static struct ff_test_tokens manager;

static void setup(void)
{
    ff_fixture_open(&fx);
    person = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 0);
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES "
                        "(1, 'Kitchen', 'kitchen'), (2, 'Finance', 'finance')");
    ff_test_change(&fx, "UPDATE employee SET department_id = 1");
    ff_test_user(&fx, "anna@example.com", "manager", person);
    manager = ff_test_sign_in(&fx, "anna@example.com");
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc call(const char *bearer, const char *device)
{
    const struct ff_credentials c = {.bearer = bearer, .device_cookie = device};
    ff_fixture_again(&fx);
    return ff_identity_authenticate(&fx.cx, &c);
}

/* A kiosk where Anna, with badge FF-0001, has identified herself. */
static const char *visit(const char **device)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, person, "FF-0001", NULL, NULL), FF_OK);
    *device = ff_test_kiosk(&fx, "Canteen kiosk");
    return ff_test_visit(&fx, *device, "FF-0001");
}

START_TEST(without_credentials_the_caller_is_nobody)
{
    ck_assert_int_eq(call(NULL, NULL), FF_OK);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_ANON);
    ck_assert_uint_eq(fx.cx.statements, 0);
}
END_TEST

START_TEST(the_command_line_is_an_administrator_of_no_account)
{
    const struct ff_credentials c = {.cli_secret = true, .bearer = "ignored"};
    ck_assert_int_eq(ff_identity_authenticate(&fx.cx, &c), FF_OK);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_ADMIN);
    ck_assert(fx.cx.who.is_cli);
    ck_assert_int_eq(fx.cx.who.user_id, 0);
}
END_TEST

START_TEST(a_signed_in_caller_is_known_by_one_statement_and_then_by_none)
{
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 0);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_MANAGER);
    ck_assert_int_eq(fx.cx.who.employee_id, person);
    ck_assert_int_eq(fx.cx.who.department_id, 1);
    ck_assert_int_gt(fx.cx.who.user_id, 0);
    ck_assert_int_eq(fx.cx.who.device_id, 0);
    ck_assert(!fx.cx.who.site_wide && !fx.cx.who.is_cli);
    ck_assert_int_eq(fx.cx.who.session_id, 1);
}
END_TEST

START_TEST(a_bad_token_costs_no_statement)
{
    ck_assert_int_eq(call("a.b.c", NULL), FF_TOKEN_INVALID);
    ck_assert_int_eq(call("", NULL), FF_TOKEN_INVALID);
    ck_assert_int_eq(call("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE", NULL), FF_TOKEN_INVALID);
    ck_assert_uint_eq(fx.cx.statements, 0);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_ANON);
}
END_TEST

START_TEST(a_refresh_token_is_no_bearer)
{
    ck_assert_int_eq(call(manager.refresh, NULL), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_role_is_that_of_the_account_and_not_of_the_token)
{
    ff_test_change(&fx, "UPDATE user_account SET role = 'employee'");
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_EMPLOYEE);
    ff_test_change(&fx, "UPDATE user_account SET role = 'admin'");
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_ADMIN);
}
END_TEST

START_TEST(department_and_site_wide_follow_the_account)
{
    ff_test_change(&fx, "UPDATE employee SET department_id = 2");
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_int_eq(fx.cx.who.department_id, 2);
    ff_test_change(&fx, "UPDATE user_account SET department_id = 1, is_site_wide = 1");
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_int_eq(fx.cx.who.department_id, 1);
    ck_assert(fx.cx.who.site_wide);
    ff_test_change(&fx, "UPDATE user_account SET department_id = NULL, employee_id = NULL");
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ck_assert_int_eq(fx.cx.who.department_id, 0);
    ck_assert_int_eq(fx.cx.who.employee_id, 0);
}
END_TEST

START_TEST(switching_an_account_off_acts_on_the_next_request)
{
    ck_assert_int_eq(call(manager.access, NULL), FF_OK);
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0");
    ck_assert_int_eq(call(manager.access, NULL), FF_EMPLOYEE_INACTIVE);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_ANON);
}
END_TEST

START_TEST(a_new_token_version_ends_all_older_tokens)
{
    ff_test_change(&fx, "UPDATE user_account SET token_version = token_version + 1");
    ck_assert_int_eq(call(manager.access, NULL), FF_TOKEN_REVOKED);
}
END_TEST

START_TEST(a_token_of_a_session_that_is_gone_is_worth_nothing)
{
    ff_test_change(&fx, "DELETE FROM session");
    ck_assert_int_eq(call(manager.access, NULL), FF_TOKEN_REVOKED);
}
END_TEST

START_TEST(a_session_serves_its_own_user_only)
{
    struct ff_access token = {
        .session_id = 1, .version = 1, .email = "bela@example.com", .role = "admin"};
    const char *text;
    token.user_id = ff_test_user(&fx, "bela@example.com", "admin", 0);
    ck_assert_int_eq(ff_access_sign(&fx.cx, &token, &text), FF_OK);
    char kept[2048];
    memcpy(kept, text, strlen(text) + 1);
    ck_assert_int_eq(call(kept, NULL), FF_TOKEN_REVOKED);
}
END_TEST

START_TEST(an_access_token_ends_after_fifteen_minutes)
{
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 930000);
    ck_assert_int_eq(call(manager.access, NULL), FF_TOKEN_EXPIRED);
}
END_TEST

/* ---- kiosks ---- */

START_TEST(a_cookie_alone_is_the_device)
{
    const char *device = ff_test_kiosk(&fx, "Canteen kiosk");
    ck_assert_int_eq(call(NULL, device), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_DEVICE);
    ck_assert_int_gt(fx.cx.who.device_id, 0);
    ck_assert_int_eq(fx.cx.who.employee_id, 0);
    ck_assert_ptr_null(fx.cx.who.session);
}
END_TEST

START_TEST(an_unknown_cookie_is_no_device)
{
    ck_assert_int_eq(call(NULL, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE"), FF_DEVICE_UNKNOWN);
    ck_assert_int_eq(call(NULL, ""), FF_DEVICE_UNKNOWN);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_ANON);
}
END_TEST

START_TEST(a_visit_is_the_person_at_the_device)
{
    const char *device, *token = visit(&device);
    ck_assert_int_eq(call(token, device), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_PERSON);
    ck_assert_int_eq(fx.cx.who.employee_id, person);
    ck_assert_int_eq(fx.cx.who.department_id, 1);
    ck_assert_int_gt(fx.cx.who.device_id, 0);
    ck_assert_int_eq(fx.cx.who.user_id, 0);
    ck_assert_str_eq(fx.cx.who.session, token);
}
END_TEST

START_TEST(a_visit_is_good_at_its_own_device_only)
{
    const char *device, *token = visit(&device), *other = ff_test_kiosk(&fx, "Second kiosk");
    ck_assert_int_eq(call(token, other), FF_TOKEN_INVALID);
    ck_assert_int_eq(call(token, NULL), FF_TOKEN_INVALID);
    ck_assert_int_eq(call(token, "unknown"), FF_DEVICE_UNKNOWN);
    ck_assert_int_eq(call(token, device), FF_OK);
}
END_TEST

START_TEST(another_device_does_not_keep_a_visit_alive)
{
    const char *device, *token = visit(&device), *other = ff_test_kiosk(&fx, "Second kiosk");
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + IDLE_MS - 1);
    ck_assert_int_eq(call(token, other), FF_TOKEN_INVALID);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + IDLE_MS);
    ck_assert_int_eq(call(token, device), FF_TOKEN_EXPIRED);
}
END_TEST

START_TEST(a_visit_idles_out_and_each_request_prolongs_it)
{
    const char *device, *token = visit(&device);
    for (int i = 1; i <= 3; i++) {
        ff_clock_advance_to(fx.clock, FF_TEST_NOW + i * (IDLE_MS - 1));
        ck_assert_int_eq(call(token, device), FF_OK);
    }
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 3 * (IDLE_MS - 1) + IDLE_MS);
    ck_assert_int_eq(call(token, device), FF_TOKEN_EXPIRED);
    ck_assert_int_eq(call(token, device), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_person_who_was_switched_off_is_stopped_at_the_next_tap)
{
    const char *device, *token = visit(&device);
    ff_test_change(&fx, "UPDATE employee SET is_active = 0");
    ck_assert_int_eq(call(token, device), FF_EMPLOYEE_INACTIVE);
}
END_TEST

START_TEST(a_device_that_was_removed_is_no_device)
{
    const char *device, *token = visit(&device);
    ff_test_change(&fx, "DELETE FROM device_token");
    ck_assert_int_eq(call(token, device), FF_DEVICE_UNKNOWN);
    ck_assert_int_eq(call(NULL, device), FF_DEVICE_UNKNOWN);
}
END_TEST

START_TEST(a_signed_in_user_at_a_kiosk_is_the_user)
{
    const char *device = ff_test_kiosk(&fx, "Canteen kiosk");
    ck_assert_int_eq(call(manager.access, device), FF_OK);
    ck_assert_int_eq(fx.cx.who.role, FF_ROLE_MANAGER);
    ck_assert_int_eq(fx.cx.who.device_id, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity_caller");
    TCase *cases = tcase_create("caller");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, without_credentials_the_caller_is_nobody);
    tcase_add_test(cases, the_command_line_is_an_administrator_of_no_account);
    tcase_add_test(cases, a_signed_in_caller_is_known_by_one_statement_and_then_by_none);
    tcase_add_test(cases, a_bad_token_costs_no_statement);
    tcase_add_test(cases, a_refresh_token_is_no_bearer);
    tcase_add_test(cases, a_role_is_that_of_the_account_and_not_of_the_token);
    tcase_add_test(cases, department_and_site_wide_follow_the_account);
    tcase_add_test(cases, switching_an_account_off_acts_on_the_next_request);
    tcase_add_test(cases, a_new_token_version_ends_all_older_tokens);
    tcase_add_test(cases, a_token_of_a_session_that_is_gone_is_worth_nothing);
    tcase_add_test(cases, a_session_serves_its_own_user_only);
    tcase_add_test(cases, an_access_token_ends_after_fifteen_minutes);
    tcase_add_test(cases, a_cookie_alone_is_the_device);
    tcase_add_test(cases, an_unknown_cookie_is_no_device);
    tcase_add_test(cases, a_visit_is_the_person_at_the_device);
    tcase_add_test(cases, a_visit_is_good_at_its_own_device_only);
    tcase_add_test(cases, another_device_does_not_keep_a_visit_alive);
    tcase_add_test(cases, a_visit_idles_out_and_each_request_prolongs_it);
    tcase_add_test(cases, a_person_who_was_switched_off_is_stopped_at_the_next_tap);
    tcase_add_test(cases, a_device_that_was_removed_is_no_device);
    tcase_add_test(cases, a_signed_in_user_at_a_kiosk_is_the_user);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
