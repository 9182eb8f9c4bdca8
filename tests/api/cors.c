/* SPDX-License-Identifier: MIT */
/* cors.c - which pages of others may read the API: those that are named exactly, and only where
 * some are named. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "http/cors.h"

static struct ff_fixture fx;
static const char *admin;

static const char *const named[] = {"https://intranet.example", "https://shop.example:8443",
                                    "http://10.0.0.7", NULL};

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_test_user(&fx, "admin@canteen.example", "admin", 0);
    admin = ff_test_sign_in(&fx, "admin@canteen.example").access;
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer ask(struct ff_call call, const char *origin)
{
    call.origins = named;
    if (origin)
        call.more[0] = (struct ff_header){"Origin", origin};
    return ff_call(&fx, &call);
}

static const struct {
    const char *origin;
    bool allowed;
} origins[] = {
    {"https://intranet.example", true},
    {"https://shop.example:8443", true},
    {"http://10.0.0.7", true},
    {"http://intranet.example", false},
    {"https://intranet.example:8443", false},
    {"https://intranet.example:443", false},
    {"https://shop.example", false},
    {"https://intranet.example.evil.example", false},
    {"https://evilintranet.example", false},
    {"https://evil.example/https://intranet.example", false},
    {"https://intranet.example@evil.example", false},
    {"https://a.intranet.example", false},
    {"https://intranet.example.", false},
    {"https://INTRANET.example", false},
    {"https://intranet.exampl", false},
    {"https://intranet.example/", false},
    {" https://intranet.example", false},
    {"https://intranet.example, https://evil.example", false},
    {"http://10.0.0.70", false},
    {"http://10.0.0.7:80", false},
    {"null", false},
    {"*", false},
    {"", false},
    {"file://", false},
};

START_TEST(an_origin_is_allowed_only_exactly)
{
    struct ff_call call = {.method = "GET", .target = "/api/v1/auth/me", .bearer = admin};
    struct ff_answer a = ask(call, origins[_i].origin);
    ck_assert_int_eq(a.status, 200);
    ck_assert_pstr_eq(ff_answer_header(&fx, &a, "Access-Control-Allow-Origin"),
                      origins[_i].allowed ? origins[_i].origin : NULL);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Vary"), "Origin");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Access-Control-Allow-Credentials"));
    ck_assert_ptr_null(strstr(a.head, "Access-Control-Allow-Origin: *"));
    ck_assert(!strstr(a.head, "Expose") == !origins[_i].allowed);
}
END_TEST

START_TEST(a_preflight_is_204_for_ten_minutes)
{
    struct ff_call call = {.method = "OPTIONS", .target = "/api/v1/products"};
    call.more[1] = (struct ff_header){"Access-Control-Request-Method", "POST"};
    struct ff_answer a = ask(call, named[0]);
    ck_assert_int_eq(a.status, 204);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Access-Control-Allow-Origin"), named[0]);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Access-Control-Max-Age"), "600");
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Access-Control-Allow-Methods"),
                     ff_answer_header(&fx, &a, "Allow"));
    ck_assert_ptr_nonnull(strstr(a.head, "Authorization, Content-Type, Idempotency-Key"));
    ck_assert_ptr_nonnull(strstr(a.head, "Vary: Origin, Access-Control-Request-Method"));
    a = ask(call, "https://evil.example");
    ck_assert_int_eq(a.status, 204);
    ck_assert_ptr_null(strstr(a.head, "Access-Control-Allow"));
    call.more[1].name = NULL;
    a = ask(call, named[0]);
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Access-Control-Max-Age"));
}
END_TEST

START_TEST(refusals_can_be_read_as_well)
{
    struct ff_answer a =
        ask((struct ff_call){.method = "GET", .target = "/api/v1/users"}, named[0]);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Access-Control-Allow-Origin"), named[0]);
    a = ask((struct ff_call){.method = "GET", .target = "/api/v1/nothing"}, named[0]);
    ck_assert_int_eq(a.status, 404);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Access-Control-Allow-Origin"), named[0]);
}
END_TEST

START_TEST(pages_and_health_are_for_nobody_else)
{
    static const char *const targets[] = {"/", "/health", "/health/live"};
    for (size_t i = 0; i < 3; i++) {
        struct ff_answer a = ask((struct ff_call){.method = "GET", .target = targets[i]}, named[0]);
        ck_assert_ptr_null(strstr(a.head, "Access-Control"));
    }
}
END_TEST

START_TEST(without_names_there_is_no_such_header)
{
    struct ff_call call = {.method = "OPTIONS", .target = "/api/v1/products"};
    call.more[0] = (struct ff_header){"Origin", named[0]};
    call.more[1] = (struct ff_header){"Access-Control-Request-Method", "GET"};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 204);
    ck_assert_ptr_null(strstr(a.head, "Access-Control"));
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Vary"));
}
END_TEST

START_TEST(what_is_an_origin)
{
    static const char *const good[] = {"https://a", "http://a.example:8080", "https://10.0.0.7",
                                       "http://a:443"};
    static const char *const bad[] = {
        "",           "*",           "null",         "a.example",   "https://",       "https://.a",
        "https://a.", "https://A",   "https://a/",   "https://a:0", "https://a:443",  "http://a:80",
        "https://a:", "https://a:x", "https://a:01", "ftp://a",     "https://u@a",    "https://-a",
        "https://*",  "https://a,b", "https://a b",  "HTTPS://a",   "https://a:65536"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        ck_assert_msg(ff_origin_ok(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!ff_origin_ok(bad[i]), "%s", bad[i]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cors");
    TCase *t = tcase_create("cors");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, an_origin_is_allowed_only_exactly, 0, FF_ROWS(origins));
    tcase_add_test(t, a_preflight_is_204_for_ten_minutes);
    tcase_add_test(t, refusals_can_be_read_as_well);
    tcase_add_test(t, pages_and_health_are_for_nobody_else);
    tcase_add_test(t, without_names_there_is_no_such_header);
    tcase_add_test(t, what_is_an_origin);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}
