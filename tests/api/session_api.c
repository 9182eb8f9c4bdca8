/* SPDX-License-Identifier: MIT */
/* session_api.c - where one is signed in, ending that, proving the password again, and the fence
 * around the cookie: what a page of another site can make a browser send changes nothing. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "api/route.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))
#define FIREFOX     "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"

static struct ff_fixture fx;
static struct ff_test_tokens anna, bela;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_test_user(&fx, "anna@example.com", "admin", 0);
    ff_test_user(&fx, "bela@example.com", "employee", 0);
    anna = ff_test_sign_in(&fx, "anna@example.com");
    bela = ff_test_sign_in(&fx, "bela@example.com");
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer ask(const char *method, const char *target, const char *bearer,
                            const char *body)
{
    const struct ff_call call = {
        .method = method, .target = target, .bearer = bearer, .body = body};
    return ff_call(&fx, &call);
}

static void must_be(const struct ff_answer *a, int status, const char *code)
{
    ck_assert_msg(a->status == status, "%d %s", a->status, a->body);
    ck_assert_str_eq(ff_answer_member(&fx, a, "code"), code);
}

static void later(int64_t seconds)
{
    ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + seconds * 1000);
}

/* Signs in over the wire with a User-Agent, and gives the access token. */
static const char *sign_in(const char *email, const char *user_agent)
{
    const struct ff_call call = {
        .method = "POST",
        .target = "/api/v1/auth/login",
        .body = ff_arena_printf(fx.arena,
                                "{\"email\":\"%s\",\"password\":\"" FF_TEST_PASSWORD "\"}", email),
        .more = {{"User-Agent", user_agent}}};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    return ff_answer_member(&fx, &a, "accessToken");
}

/* ---- sessions ---- */

START_TEST(the_list_tells_each_device_and_marks_this_one)
{
    const char *here = sign_in("bela@example.com", FIREFOX);
    later(60);
    struct ff_answer a = ask("GET", "/api/v1/auth/sessions", here, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.statements, 3);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 2);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "label"), "Firefox, Windows");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "address"), "127.0.0.1");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "current"), "true");
    ck_assert_ptr_null(strstr(a.body, "hash"));
    a = ask("GET", "/api/v1/auth/sessions?limit=1&page=2", here, NULL);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "current"), "false");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "label"), "");
}
END_TEST

START_TEST(a_session_is_ended_by_its_owner_and_by_nobody_else)
{
    const char *phone = sign_in("bela@example.com", "curl/8.4.0");
    struct ff_answer a = ask("GET", "/api/v1/auth/sessions", phone, NULL);
    const char *target = ff_arena_printf(fx.arena, "/api/v1/auth/sessions/%lld",
                                         (long long)ff_answer_int(&fx, &a, "id"));
    a = ask("DELETE", target, anna.access, NULL);
    must_be(&a, 404, "ERR_NOT_FOUND");
    ck_assert_int_eq(ask("DELETE", target, bela.access, NULL).status, 204);
    a = ask("GET", "/api/v1/auth/me", phone, NULL);
    must_be(&a, 401, "ERR_TOKEN_REVOKED");
    a = ask("DELETE", target, bela.access, NULL);
    must_be(&a, 404, "ERR_NOT_FOUND");
    ck_assert_int_eq(ask("GET", "/api/v1/auth/me", bela.access, NULL).status, 200);
}
END_TEST

START_TEST(all_others_end_and_this_one_stays)
{
    const char *phone = sign_in("bela@example.com", "curl/8.4.0");
    struct ff_answer a =
        ask("POST", "/api/v1/auth/logout-all", bela.access, "{\"keepCurrent\":true}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "ended"), 1);
    ck_assert_int_eq(ask("GET", "/api/v1/auth/me", phone, NULL).status, 401);
    ck_assert_int_eq(ask("GET", "/api/v1/auth/me", bela.access, NULL).status, 200);
    ck_assert_int_eq(ask("GET", "/api/v1/auth/me", anna.access, NULL).status, 200);
}
END_TEST

START_TEST(all_end_this_one_too_and_a_browser_loses_its_cookie)
{
    const struct ff_call call = {.method = "POST",
                                 .target = "/api/v1/auth/logout-all",
                                 .bearer = bela.access,
                                 .browser = true,
                                 .body = "{}"};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "ended"), 1);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Set-Cookie"),
                     "ff_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict");
    a = ask("GET", "/api/v1/auth/me", bela.access, NULL);
    must_be(&a, 401, "ERR_TOKEN_REVOKED");
}
END_TEST

START_TEST(an_administrator_sees_and_ends_the_sessions_of_an_account)
{
    struct ff_answer a = ask("GET", "/api/v1/users/2/sessions", anna.access, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 1);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "current"), "false");
    a = ask("POST", "/api/v1/users/2/sessions/end", anna.access, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "ended"), 1);
    a = ask("GET", "/api/v1/auth/me", bela.access, NULL);
    must_be(&a, 401, "ERR_TOKEN_REVOKED");
    a = ask("POST", "/api/v1/users/2/sessions/end", anna.access, NULL);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "ended"), 0);
    a = ask("POST", "/api/v1/users/99/sessions/end", anna.access, NULL);
    must_be(&a, 404, "ERR_NOT_FOUND");
    a = ask("GET", "/api/v1/users/99/sessions", anna.access, NULL);
    must_be(&a, 404, "ERR_NOT_FOUND");
}
END_TEST

START_TEST(sessions_that_ran_out_are_not_shown)
{
    const char *here = sign_in("bela@example.com", FIREFOX);
    ff_test_change(&fx, "UPDATE session SET expires_at_ms = 0 WHERE label = ''");
    const struct ff_answer a = ask("GET", "/api/v1/auth/sessions", here, NULL);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 1);
}
END_TEST

static const struct {
    const char *user_agent, *label;
} agents[] = {
    {FIREFOX, "Firefox, Windows"},
    {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
     "Mobile Safari/537.36",
     "Chrome, Android"},
    {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
     "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
     "Safari, iPhone"},
    {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
     "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
     "Edge, macOS"},
    {"curl/8.4.0", "curl/8.4.0"},
    {"canteen-import (night run)", "canteen-import"},
    {"<script>alert(1)</script>", ""},
    {"\xe2\x80\xaegnp.exe", ""},
    {"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee",
     "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"},
};

START_TEST(a_device_is_named_in_plain_words)
{
    const char *here = sign_in("bela@example.com", agents[_i].user_agent);
    later(1);
    const struct ff_answer a = ask("GET", "/api/v1/auth/sessions?limit=1", here, NULL);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "label"), agents[_i].label);
}
END_TEST

/* ---- step-up ---- */

#define CHANGE_SITE "{\"siteName\":\"Canteen\"}"
#define PASSWORD    "{\"password\":\"" FF_TEST_PASSWORD "\"}"
#define WRONG       "{\"password\":\"Lunch2027\"}"

START_TEST(after_five_minutes_the_password_is_asked_for_again)
{
    later(299);
    ck_assert_int_eq(ask("PATCH", "/api/v1/site", anna.access, CHANGE_SITE).status, 200);
    later(1);
    struct ff_answer a = ask("PATCH", "/api/v1/site", anna.access, CHANGE_SITE);
    must_be(&a, 403, "ERR_STEP_UP_REQUIRED");
    ck_assert_int_eq(ask("GET", "/api/v1/site", anna.access, NULL).status, 200);
    a = ask("POST", "/api/v1/auth/step-up", anna.access, PASSWORD);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "expiresIn"), 300);
    later(299);
    ck_assert_int_eq(ask("PATCH", "/api/v1/site", anna.access, CHANGE_SITE).status, 200);
    later(1);
    a = ask("PATCH", "/api/v1/site", anna.access, CHANGE_SITE);
    must_be(&a, 403, "ERR_STEP_UP_REQUIRED");
}
END_TEST

START_TEST(a_proof_is_of_one_session_and_a_refresh_is_none)
{
    later(301);
    const char *other = sign_in("anna@example.com", FIREFOX);
    struct ff_answer a = ask("PATCH", "/api/v1/site", anna.access, CHANGE_SITE);
    must_be(&a, 403, "ERR_STEP_UP_REQUIRED");
    ck_assert_int_eq(ask("PATCH", "/api/v1/site", other, CHANGE_SITE).status, 200);
    a = ask("POST", "/api/v1/auth/refresh", NULL,
            ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}", anna.refresh));
    ck_assert_int_eq(a.status, 200);
    a = ask("PATCH", "/api/v1/site", ff_answer_member(&fx, &a, "accessToken"), CHANGE_SITE);
    must_be(&a, 403, "ERR_STEP_UP_REQUIRED");
}
END_TEST

START_TEST(a_clock_set_back_is_no_proof)
{
    ff_test_change(&fx, "UPDATE session SET proven_at_ms = proven_at_ms + 31000");
    const struct ff_answer a = ask("PATCH", "/api/v1/site", anna.access, CHANGE_SITE);
    must_be(&a, 403, "ERR_STEP_UP_REQUIRED");
}
END_TEST

START_TEST(wrong_passwords_lock_the_account_as_at_sign_in)
{
    struct ff_answer a;
    for (int i = 0; i < 5; i++) {
        a = ask("POST", "/api/v1/auth/step-up", bela.access, WRONG);
        ck_assert_msg(a.status == 401 || a.status == 423, "%s", a.body);
    }
    a = ask("POST", "/api/v1/auth/step-up", bela.access, PASSWORD);
    must_be(&a, 423, "ERR_ACCOUNT_LOCKED");
    a = ask("POST", "/api/v1/auth/login", NULL,
            "{\"email\":\"bela@example.com\",\"password\":\"" FF_TEST_PASSWORD "\"}");
    must_be(&a, 423, "ERR_ACCOUNT_LOCKED");
    ck_assert_int_eq(ask("GET", "/api/v1/auth/me", bela.access, NULL).status, 200);
}
END_TEST

START_TEST(whoever_may_not_is_told_that_and_not_asked_for_a_password)
{
    later(301);
    const struct ff_answer a = ask("PATCH", "/api/v1/site", bela.access, CHANGE_SITE);
    must_be(&a, 403, "ERR_FORBIDDEN");
}
END_TEST

START_TEST(the_command_line_is_not_asked)
{
    const struct ff_call call = {
        .method = "PATCH", .target = "/api/v1/site", .cli = true, .body = CHANGE_SITE};
    later(3600);
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
}
END_TEST

/* Accounts and settings, as the role matrix says. */
START_TEST(whoever_changes_accounts_or_settings_proves_the_password)
{
    static const char *const areas[] = {"/api/v1/users", "/api/v1/site"};
    for (size_t i = 0; i < ff_n_routes; i++) {
        const struct ff_route *r = &ff_routes[i];
        for (size_t a = 0; a < sizeof areas / sizeof *areas; a++)
            if (strncmp(r->path, areas[a], strlen(areas[a])) == 0 && strcmp(r->method, "GET") != 0)
                ck_assert_msg(r->flags & (FF_R_STEP_UP | FF_R_CLI), "%s", r->operation);
    }
}
END_TEST

/* ---- the fence ---- */

/* What a browser sends beside the cookie; NULL: not at all. */
static const struct {
    const char *request, *type, *site, *origin, *host;
    int status;
} senders[] = {
    /* our own page */
    {"1", "application/json", "same-origin", "http://127.0.0.1", "127.0.0.1", 200},
    {"1", "application/json", "same-origin", NULL, "127.0.0.1", 200},
    {"1", "application/json", NULL, "http://127.0.0.1", "127.0.0.1", 200},
    {"1", "application/json; charset=utf-8", NULL, "http://127.0.0.1", "127.0.0.1", 200},
    {"1", "application/json", NULL, "http://localhost:8080", "localhost:8080", 200},
    {"1", "application/json", NULL, "HTTP://LOCALHOST:8080", "localhost:8080", 200},
    /* who does not say that it is our page, or not where from */
    {NULL, "application/json", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"0", "application/json", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"", "application/json", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", NULL, NULL, "127.0.0.1", 403},
    /* what a form can send */
    {"1", NULL, "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "text/plain", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/x-www-form-urlencoded", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "multipart/form-data; boundary=x", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/jsonp", "same-origin", "http://127.0.0.1", "127.0.0.1", 403},
    /* another site, by what the browser says of it */
    {"1", "application/json", "cross-site", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", "same-site", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", "none", "http://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", "", NULL, "127.0.0.1", 403},
    {"1", "application/json", "cross-site", NULL, "127.0.0.1", 403},
    /* another site, by its origin */
    {"1", "application/json", "same-origin", "http://evil.example", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://evil.example", "127.0.0.1", 403},
    {"1", "application/json", NULL, "null", "127.0.0.1", 403},
    {"1", "application/json", NULL, "", "127.0.0.1", 403},
    {"1", "application/json", NULL, "https://127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://127.0.0.1:8080", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://127.0.0.1.evil.example", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://evil.example/127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://127.0.0.1@evil.example", "127.0.0.1", 403},
    {"1", "application/json", NULL, "127.0.0.1", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://localhost", "127.0.0.1", 403},
    {"1", "application/json", NULL, "http://127.0.0.1/", "127.0.0.1", 403},
    /* a name that leads here and is not ours */
    {"1", "application/json", "same-origin", "http://evil.example", "evil.example", 421},
    {"1", "application/json", NULL, "http://evil.example:8080", "evil.example:8080", 421},
    {"1", "application/json", "same-origin", NULL, "127.0.0.1.evil.example", 421},
};

/* Sends row `i` to an address with the cookie. */
static struct ff_answer send_as(int i, const char *target, const char *cookie, const char *bearer)
{
    const char *body = "{}";
    struct ff_message m = {.method = "POST",
                           .target = target,
                           .version = "1.1",
                           .peer = "127.0.0.1",
                           .body = body,
                           .body_len = strlen(body)};
    struct ff_response rp;
    struct ff_ctx cx;
    const struct ff_header sent[] = {
        {"Host", senders[i].host},
        {"Content-Length", "2"},
        {"Cookie", cookie ? ff_arena_printf(fx.arena, "ff_refresh=%s", cookie) : NULL},
        {"Authorization", bearer ? ff_arena_printf(fx.arena, "Bearer %s", bearer) : NULL},
        {"X-FF-Request", senders[i].request},
        {"Content-Type", senders[i].type},
        {"Sec-Fetch-Site", senders[i].site},
        {"Origin", senders[i].origin}};
    for (size_t h = 0; h < sizeof sent / sizeof *sent; h++)
        if (sent[h].value)
            m.headers[m.n_headers++] = sent[h];
    cx = fx.cx;
    cx.who = (struct ff_actor){.role = FF_ROLE_ANON};
    ff_err_clear(&cx);
    ff_response_init(&rp);
    ff_dispatch(&cx, &m, &rp);
    struct ff_answer a = {
        .status = rp.status,
        .head = ff_arena_strndup(fx.arena, rp.head.data, rp.head.len),
        .body = ff_arena_strndup(fx.arena, rp.body.data ? rp.body.data : "", rp.body.len),
        .body_len = rp.body.len};
    ff_response_free(&rp);
    return a;
}

START_TEST(the_cookie_is_traded_for_our_own_page_only)
{
    struct ff_answer a = send_as(_i, "/api/v1/auth/refresh", bela.refresh, NULL);
    ck_assert_msg(a.status == senders[_i].status, "%d %s", a.status, a.body);
    if (senders[_i].status == 200)
        return;
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(generation) FROM session"), 0);
    if (senders[_i].status == 403)
        ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_CSRF");
}
END_TEST

START_TEST(signing_out_by_cookie_is_for_our_own_page_only)
{
    const bool ours = senders[_i].status == 200;
    static const char *const targets[] = {"/api/v1/auth/logout", "/api/v1/auth/logout-all"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const struct ff_test_tokens in = ff_test_sign_in(&fx, "bela@example.com");
        const struct ff_answer a = send_as(_i, targets[i], in.refresh, in.access);
        ck_assert_msg((a.status < 300) == ours, "%d %s", a.status, a.body);
        ck_assert_int_eq(ask("GET", "/api/v1/auth/me", in.access, NULL).status, ours ? 401 : 200);
    }
}
END_TEST

START_TEST(a_header_that_is_there_twice_is_nobodys_word)
{
    static const char *const doubled[] = {"Origin", "Sec-Fetch-Site"};
    static const char *const values[] = {"http://127.0.0.1", "same-origin"};
    for (int i = 0; i < 2; i++) {
        const struct ff_call call = {
            .method = "POST",
            .target = "/api/v1/auth/refresh",
            .body = "{}",
            .more = {{"Cookie", ff_arena_printf(fx.arena, "ff_refresh=%s", bela.refresh)},
                     {"X-FF-Request", "1"},
                     {doubled[i], values[i]},
                     {doubled[i], "http://evil.example"}}};
        const struct ff_answer a = ff_call(&fx, &call);
        ck_assert_msg(a.status == 403 || a.status == 400, "%s", a.body);
    }
}
END_TEST

START_TEST(another_site_cannot_sign_a_browser_in)
{
    const struct ff_call call = {
        .method = "POST",
        .target = "/api/v1/auth/login",
        .body = "{\"email\":\"bela@example.com\",\"password\":\"" FF_TEST_PASSWORD "\"}",
        .more = {{"X-FF-Request", "1"}, {"Origin", "http://evil.example"}}};
    const struct ff_answer a = ff_call(&fx, &call);
    must_be(&a, 403, "ERR_CSRF");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session_api");
    TCase *cases = tcase_create("session");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_list_tells_each_device_and_marks_this_one);
    tcase_add_test(cases, a_session_is_ended_by_its_owner_and_by_nobody_else);
    tcase_add_test(cases, all_others_end_and_this_one_stays);
    tcase_add_test(cases, all_end_this_one_too_and_a_browser_loses_its_cookie);
    tcase_add_test(cases, an_administrator_sees_and_ends_the_sessions_of_an_account);
    tcase_add_test(cases, sessions_that_ran_out_are_not_shown);
    tcase_add_loop_test(cases, a_device_is_named_in_plain_words, 0, ROWS(agents));
    tcase_add_test(cases, after_five_minutes_the_password_is_asked_for_again);
    tcase_add_test(cases, a_proof_is_of_one_session_and_a_refresh_is_none);
    tcase_add_test(cases, a_clock_set_back_is_no_proof);
    tcase_add_test(cases, wrong_passwords_lock_the_account_as_at_sign_in);
    tcase_add_test(cases, whoever_may_not_is_told_that_and_not_asked_for_a_password);
    tcase_add_test(cases, the_command_line_is_not_asked);
    tcase_add_test(cases, whoever_changes_accounts_or_settings_proves_the_password);
    tcase_add_loop_test(cases, the_cookie_is_traded_for_our_own_page_only, 0, ROWS(senders));
    tcase_add_loop_test(cases, signing_out_by_cookie_is_for_our_own_page_only, 0, ROWS(senders));
    tcase_add_test(cases, a_header_that_is_there_twice_is_nobodys_word);
    tcase_add_test(cases, another_site_cannot_sign_a_browser_in);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
