/* SPDX-License-Identifier: MIT */
/* auth_api.c - signing in over the wire: what a program gets, what a browser gets, and what the
 * next request of a demoted, disabled or signed-out account gets. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "auth/private.h"

#define LOGIN_BODY "{\"email\":\"Anna@Example.com\",\"password\":\"" FF_TEST_PASSWORD "\"}"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_test_user(&fx, "anna@example.com", "admin", 0);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer post(const char *target, const char *body, bool browser,
                             const char *refresh_cookie)
{
    const char *cookie =
        refresh_cookie ? ff_arena_printf(fx.arena, "ff_refresh=%s", refresh_cookie) : NULL;
    const struct ff_call call = {.method = "POST",
                                 .target = target,
                                 .body = browser && !body ? "{}" : body,
                                 .browser = browser,
                                 .more = {{cookie ? "Cookie" : NULL, cookie}}};
    return ff_call(&fx, &call);
}

static struct ff_answer get(const char *target, const char *bearer)
{
    const struct ff_call call = {.method = "GET", .target = target, .bearer = bearer};
    return ff_call(&fx, &call);
}

static const char *code(const struct ff_answer *a)
{
    return ff_answer_member(&fx, a, "code");
}

/* The value of the cookie that the reply sets; fails the test when there is none. */
static const char *set_cookie(const struct ff_answer *a)
{
    const char *header = ff_answer_header(&fx, a, "Set-Cookie");
    ck_assert_msg(header && strncmp(header, "ff_refresh=", 11) == 0, "%s", a->head);
    return ff_arena_strndup(fx.arena, header + 11, strcspn(header + 11, ";"));
}

START_TEST(a_program_gets_both_tokens_in_the_body_and_no_cookie)
{
    struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, false, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "expiresIn"), 900);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "role"), "admin");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "email"), "anna@example.com");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "employeeId"), "null");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Cache-Control"), "no-store");
    const char *access = ff_answer_member(&fx, &a, "accessToken");
    const char *refresh = ff_answer_member(&fx, &a, "refreshToken");
    a = get("/api/v1/auth/me", access);
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.statements, 2);
    a = post("/api/v1/auth/refresh",
             ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}", refresh), false, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_ne(ff_answer_member(&fx, &a, "refreshToken"), refresh);
}
END_TEST

START_TEST(a_browser_gets_its_refresh_token_as_a_closed_cookie)
{
    struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, true, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "refreshToken"), "null");
    const char *cookie = set_cookie(&a);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Set-Cookie"),
                     ff_arena_printf(fx.arena,
                                     "ff_refresh=%s; Path=/api/v1/auth; Max-Age=604800; HttpOnly; "
                                     "SameSite=Strict",
                                     cookie));
    a = post("/api/v1/auth/refresh", NULL, true, cookie);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "refreshToken"), "null");
    const char *next = set_cookie(&a);
    ck_assert_str_ne(next, cookie);
    a = post("/api/v1/auth/refresh", NULL, true, cookie);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(set_cookie(&a), next);
    ck_assert_int_eq(post("/api/v1/auth/refresh", NULL, true, next).status, 200);
    a = post("/api/v1/auth/refresh", NULL, true, cookie);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_REFRESH_REUSED");
}
END_TEST

START_TEST(under_tls_the_cookie_is_secure)
{
    struct ff_message m = {.method = "POST",
                           .target = "/api/v1/auth/login",
                           .version = "1.1",
                           .peer = "127.0.0.1",
                           .is_tls = true,
                           .body = LOGIN_BODY,
                           .body_len = strlen(LOGIN_BODY),
                           .headers = {{"Host", "127.0.0.1"},
                                       {"X-FF-Request", "1"},
                                       {"Sec-Fetch-Site", "same-origin"},
                                       {"Content-Type", "application/json"}},
                           .n_headers = 5};
    struct ff_response rp;
    m.headers[4] =
        (struct ff_header){"Content-Length", ff_arena_printf(fx.arena, "%zu", strlen(LOGIN_BODY))};
    ff_response_init(&rp);
    ff_dispatch(&fx.cx, &m, &rp);
    ck_assert_int_eq(rp.status, 200);
    ck_assert_ptr_nonnull(strstr(rp.head.data, "SameSite=Strict; Secure\r\n"));
    ff_response_free(&rp);
}
END_TEST

START_TEST(a_cookie_from_elsewhere_refreshes_nothing)
{
    struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, true, NULL);
    const char *cookie = set_cookie(&a);
    a = post("/api/v1/auth/refresh", NULL, false, cookie);
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_CSRF");
    const struct ff_call cross = {
        .method = "POST",
        .target = "/api/v1/auth/refresh",
        .more = {{"Cookie", ff_arena_printf(fx.arena, "ff_refresh=%s", cookie)},
                 {"X-FF-Request", "1"},
                 {"Sec-Fetch-Site", "cross-site"}}};
    a = ff_call(&fx, &cross);
    ck_assert_str_eq(code(&a), "ERR_CSRF");
    a = post("/api/v1/auth/refresh", NULL, true, cookie);
    ck_assert_int_eq(a.status, 200);
}
END_TEST

START_TEST(signing_out_clears_the_cookie_and_ends_the_access_token)
{
    struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, true, NULL);
    const char *cookie = set_cookie(&a), *access = ff_answer_member(&fx, &a, "accessToken");
    a = post("/api/v1/auth/logout", NULL, true, cookie);
    ck_assert_int_eq(a.status, 204);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Set-Cookie"),
                     "ff_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict");
    a = get("/api/v1/auth/me", access);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_REVOKED");
    a = post("/api/v1/auth/refresh", NULL, true, cookie);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_REVOKED");
}
END_TEST

START_TEST(a_program_signs_out_with_its_token_and_without_one_nothing_happens)
{
    struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, false, NULL);
    const char *access = ff_answer_member(&fx, &a, "accessToken");
    const char *body = ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}",
                                       ff_answer_member(&fx, &a, "refreshToken"));
    a = post("/api/v1/auth/logout", NULL, false, NULL);
    ck_assert_int_eq(a.status, 204);
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
    ck_assert_int_eq(get("/api/v1/auth/me", access).status, 200);
    ck_assert_int_eq(post("/api/v1/auth/logout", body, false, NULL).status, 204);
    ck_assert_int_eq(get("/api/v1/auth/me", access).status, 401);
}
END_TEST

START_TEST(refreshing_without_a_token_is_refused)
{
    const struct ff_answer a = post("/api/v1/auth/refresh", NULL, true, NULL);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_INVALID");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "retry"), "login");
}
END_TEST

START_TEST(wrong_credentials_differ_in_nothing_but_the_request_id)
{
    struct ff_answer known = post(
        "/api/v1/auth/login", "{\"email\":\"anna@example.com\",\"password\":\"x\"}", false, NULL);
    struct ff_answer unknown = post(
        "/api/v1/auth/login", "{\"email\":\"none@example.com\",\"password\":\"x\"}", false, NULL);
    ck_assert_int_eq(known.status, 401);
    ck_assert_str_eq(code(&known), "ERR_INVALID_CREDENTIALS");
    const char *id = ff_answer_member(&fx, &known, "requestId");
    const char *other = ff_answer_member(&fx, &unknown, "requestId");
    char *at = strstr(unknown.body, other);
    ck_assert_ptr_nonnull(at);
    ck_assert_uint_eq(strlen(id), strlen(other));
    memcpy(at, id, strlen(id));
    ck_assert_str_eq(known.body, unknown.body);
}
END_TEST

/* Tries n wrong passwords; the text of all replies without their request ids. */
static const char *replies_to(const char *email, int n)
{
    const char *body = ff_arena_printf(fx.arena, "{\"email\":\"%s\",\"password\":\"x\"}", email);
    const char *all = "";
    for (int i = 0; i < n; i++) {
        const struct ff_answer a = post("/api/v1/auth/login", body, false, NULL);
        const char *id = ff_answer_member(&fx, &a, "requestId");
        const char *retry = ff_answer_header(&fx, &a, "Retry-After");
        char *at = strstr(a.body, id);
        ck_assert_ptr_nonnull(at);
        memset(at, '-', strlen(id));
        all = ff_arena_printf(fx.arena, "%s%d %s %s", all, a.status, retry ? retry : "", a.body);
        ck_assert_int_eq(a.status, i < 5 ? 401 : 423);
    }
    return all;
}

START_TEST(the_sixth_try_is_locked_out_whether_or_not_the_account_exists)
{
    const char *known = replies_to("anna@example.com", 7);
    ck_assert_str_eq(known, replies_to("none@example.com", 7));
    ck_assert_ptr_nonnull(strstr(known, "423 900 {"));
    ck_assert_ptr_nonnull(strstr(known, "\"minutes\":15"));
    struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, false, NULL);
    ck_assert_int_eq(a.status, 423); /* the right password too */
    ck_assert_str_eq(code(&a), "ERR_ACCOUNT_LOCKED");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "retry"), "after");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 899999));
    a = post("/api/v1/auth/login", LOGIN_BODY, false, NULL);
    ck_assert_int_eq(a.status, 423);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Retry-After"), "1");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 900000));
    ck_assert_int_eq(post("/api/v1/auth/login", LOGIN_BODY, false, NULL).status, 200);
}
END_TEST

START_TEST(a_session_goes_on_while_the_account_is_locked)
{
    const struct ff_test_tokens anna = ff_test_sign_in(&fx, "anna@example.com");
    replies_to("anna@example.com", 6);
    ck_assert_int_eq(get("/api/v1/auth/me", anna.access).status, 200);
    const struct ff_answer a =
        post("/api/v1/auth/refresh",
             ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}", anna.refresh), false, NULL);
    ck_assert_int_eq(a.status, 200);
}
END_TEST

START_TEST(a_right_password_forgets_the_wrong_ones)
{
    for (int i = 0; i < 3; i++) {
        replies_to("anna@example.com", 4);
        ck_assert_int_eq(post("/api/v1/auth/login", LOGIN_BODY, false, NULL).status, 200);
    }
}
END_TEST

START_TEST(too_many_at_once_are_asked_to_come_back)
{
    fx.auth->passwords.unused = 0;
    fx.auth->passwords.wait_ms = 1;
    const struct ff_answer a = post("/api/v1/auth/login", LOGIN_BODY, false, NULL);
    ck_assert_uint_eq(a.statements, 0); /* decided before any look at the account */
    ck_assert_int_eq(a.status, 503);
    ck_assert_str_eq(code(&a), "ERR_BUSY");
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Retry-After"), "2");
}
END_TEST

static const struct {
    const char *body, *code;
} bad_logins[] = {
    {"{}", "ERR_VALIDATION"},
    {"{\"email\":\"anna@example.com\"}", "ERR_VALIDATION"},
    {"{\"email\":\"anna\",\"password\":\"x\"}", "ERR_VALIDATION"},
    {"{\"email\":\"anna@example.com\",\"password\":\"\"}", "ERR_VALIDATION"},
    {"{\"email\":\"anna@example.com\",\"password\":1}", "ERR_VALIDATION"},
    {"{\"email\":\"anna@example.com\",\"password\":\"x\",\"role\":\"admin\"}", "ERR_UNKNOWN_FIELD"},
    {"{\"email\":\"anna@example.com\",\"password\":\"x\",\"password\":\"y\"}",
     "ERR_MALFORMED_JSON"},
};

START_TEST(a_login_of_another_shape_is_a_bad_request)
{
    const struct ff_answer a = post("/api/v1/auth/login", bad_logins[_i].body, false, NULL);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(code(&a), bad_logins[_i].code);
}
END_TEST

START_TEST(a_demotion_acts_on_the_next_request)
{
    const struct ff_test_tokens anna = ff_test_sign_in(&fx, "anna@example.com");
    ck_assert_int_eq(get("/api/v1/users", anna.access).status, 200);
    ff_test_change(&fx, "UPDATE user_account SET role = 'manager'");
    const struct ff_answer a = get("/api/v1/users", anna.access);
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_FORBIDDEN");
    ck_assert_int_eq(get("/api/v1/auth/me", anna.access).status, 200);
}
END_TEST

START_TEST(a_disabled_account_is_out_on_the_next_request)
{
    const struct ff_test_tokens anna = ff_test_sign_in(&fx, "anna@example.com");
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0");
    struct ff_answer a = get("/api/v1/auth/me", anna.access);
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_EMPLOYEE_INACTIVE");
    a = post("/api/v1/auth/login", LOGIN_BODY, false, NULL);
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_EMPLOYEE_INACTIVE");
}
END_TEST

static const char *const no_tokens[] = {"eyJhbGciOiJub25lIn0.e30.", "a.b.c", "a.b.c.d", "x"};

START_TEST(what_is_no_token_is_401_and_says_sign_in)
{
    const struct ff_answer a = get("/api/v1/auth/me", no_tokens[_i]);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_INVALID");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "retry"), "login");
}
END_TEST

START_TEST(a_token_in_the_query_is_no_credential)
{
    const struct ff_test_tokens anna = ff_test_sign_in(&fx, "anna@example.com");
    const char *target = ff_arena_printf(fx.arena, "/api/v1/auth/me?token=%s", anna.access);
    const struct ff_answer a = get(target, NULL);
    ck_assert(a.status == 401 || a.status == 400);
}
END_TEST

/* ---- accounts and kiosks, for administrators ---- */

START_TEST(an_administrator_makes_and_lists_accounts)
{
    const struct ff_test_tokens anna = ff_test_sign_in(&fx, "anna@example.com");
    const struct ff_call make = {
        .method = "POST",
        .target = "/api/v1/users",
        .bearer = anna.access,
        .body = "{\"email\":\"bela@example.com\",\"name\":\"Béla\",\"role\":\"manager\","
                "\"password\":\"Lunch2026\",\"siteWide\":true}"};
    struct ff_answer a = ff_call(&fx, &make);
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), "/api/v1/users/2");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "siteWide"), "true");
    ck_assert_ptr_null(strstr(a.body, "argon2"));
    a = ff_call(&fx, &make);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_ALREADY_EXISTS");
    a = get("/api/v1/users?limit=1&page=2", anna.access);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 2);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "email"), "bela@example.com");
    ck_assert_ptr_null(strstr(a.body, "argon2"));
    ck_assert_uint_eq(a.statements, 2);
}
END_TEST

START_TEST(a_weak_password_is_named_with_its_bounds)
{
    const struct ff_call make = {
        .method = "POST",
        .target = "/api/v1/users",
        .cli = true,
        .body = "{\"email\":\"bela@example.com\",\"name\":\"Béla\",\"role\":\"manager\","
                "\"password\":\"Lunch26\"}"};
    const struct ff_answer a = ff_call(&fx, &make);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(code(&a), "ERR_PASSWORD_TOO_WEAK");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "min"), 8);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "max"), 128);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_api");
    TCase *cases = tcase_create("auth");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_program_gets_both_tokens_in_the_body_and_no_cookie);
    tcase_add_test(cases, a_browser_gets_its_refresh_token_as_a_closed_cookie);
    tcase_add_test(cases, under_tls_the_cookie_is_secure);
    tcase_add_test(cases, a_cookie_from_elsewhere_refreshes_nothing);
    tcase_add_test(cases, signing_out_clears_the_cookie_and_ends_the_access_token);
    tcase_add_test(cases, a_program_signs_out_with_its_token_and_without_one_nothing_happens);
    tcase_add_test(cases, refreshing_without_a_token_is_refused);
    tcase_add_test(cases, wrong_credentials_differ_in_nothing_but_the_request_id);
    tcase_add_test(cases, the_sixth_try_is_locked_out_whether_or_not_the_account_exists);
    tcase_add_test(cases, a_session_goes_on_while_the_account_is_locked);
    tcase_add_test(cases, a_right_password_forgets_the_wrong_ones);
    tcase_add_test(cases, too_many_at_once_are_asked_to_come_back);
    tcase_add_loop_test(cases, a_login_of_another_shape_is_a_bad_request, 0,
                        sizeof bad_logins / sizeof *bad_logins);
    tcase_add_test(cases, a_demotion_acts_on_the_next_request);
    tcase_add_test(cases, a_disabled_account_is_out_on_the_next_request);
    tcase_add_loop_test(cases, what_is_no_token_is_401_and_says_sign_in, 0,
                        sizeof no_tokens / sizeof *no_tokens);
    tcase_add_test(cases, a_token_in_the_query_is_no_credential);
    tcase_add_test(cases, an_administrator_makes_and_lists_accounts);
    tcase_add_test(cases, a_weak_password_is_named_with_its_bounds);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
