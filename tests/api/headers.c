/* SPDX-License-Identifier: MIT */
/* headers.c - what every reply carries, whatever it is: each route as a stranger and as an admin,
 * pages, refusals of the guard, and what the HTTP parser itself refuses. Source: security.md
 * S54-S56. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/raw.h"
#include "../lib/serve.h"
#include "api/route.h"

static struct ff_fixture fx;
static const char *admin;

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

/* The policy, word for word. */
static const char *const always[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
     "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri "
     "'none'; "
     "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
     "trusted-types ff"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), "
                           "midi=(), display-capture=(), browsing-topics=()"},
};
static const char *const never[] = {
    "Server:",         "X-Powered-By:", "Strict-Transport-Security:",
    "Access-Control-", "unsafe-",       "Transfer-Encoding:"};

/* The value of a header in a head, copied to a static buffer; NULL: absent. *n: how often. */
static const char *find(const char *head, const char *name, int *n)
{
    static char value[1024];
    size_t len = strlen(name);
    const char *found = NULL;
    *n = 0;
    for (const char *line = strstr(head, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
        if (strncmp(line + 2, name, len) != 0 || line[2 + len] != ':')
            continue;
        ++*n;
        (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(line + len + 4, "\r"),
                       line + len + 4);
        found = value;
    }
    return found;
}

static void expect_all(const char *what, const char *head)
{
    int n;
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        const char *value = find(head, always[i][0], &n);
        ck_assert_msg(n == 1 && !strcmp(value, always[i][1]), "%s: %s: %s", what, always[i][0],
                      value ? value : "absent");
    }
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        ck_assert_msg(!strstr(head, never[i]), "%s: %s\n%s", what, never[i], head);
    (void)find(head, "Date", &n);
    ck_assert_msg(n == 1, "%s: no date", what);
    (void)find(head, "X-Request-Id", &n);
    ck_assert_msg(n == 1, "%s: no request id", what);
}

/* A path that fits the template: ids are 1, keys too short to be any. */
static const char *path_of(const char *template)
{
    struct ff_buf buf;
    ff_buf_init(&buf, 512);
    for (const char *p = template; *p; p++) {
        if (*p == '{') {
            ff_buf_str(&buf, "1");
            p = strchr(p, '}');
        } else {
            ff_buf_char(&buf, *p);
        }
    }
    const char *path = ff_arena_strndup(fx.arena, buf.data, buf.len);
    ff_buf_free(&buf);
    return path;
}

static void expect_caching(const struct ff_route *route, const struct ff_answer *a)
{
    int n;
    const char *value = find(a->head, "Cache-Control", &n);
    bool kept = (route->flags & FF_R_CACHEABLE) && (a->status == 200 || a->status == 304);
    ck_assert_msg(n == 1 && !strcmp(value, kept ? "private, no-cache" : "no-store"), "%s: %d %s",
                  route->operation, a->status, value ? value : "absent");
}

static void ask_route(const struct ff_route *route, const char *bearer)
{
    struct ff_call call = {
        .method = route->method, .target = path_of(route->path), .bearer = bearer};
    if (strcmp(route->method, "GET") != 0)
        call.body = "{}";
    struct ff_answer a = ff_call(&fx, &call);
    expect_all(route->operation, a.head);
    expect_caching(route, &a);
    if (a.status == 401) {
        int n;
        (void)find(a.head, "WWW-Authenticate", &n);
        ck_assert_int_eq(n, 1);
    }
}

START_TEST(every_route_carries_them_whoever_asks)
{
    for (size_t i = 0; i < ff_n_routes; i++) {
        ask_route(&ff_routes[i], NULL);
        ff_fixture_again(&fx);
        ask_route(&ff_routes[i], admin);
        ff_fixture_again(&fx);
    }
}
END_TEST

static const struct ff_call others[] = {
    {.method = "GET", .target = "/"},
    {.method = "GET", .target = "/login"},
    {.method = "HEAD", .target = "/"},
    {.method = "GET", .target = "/no-such-page"},
    {.method = "GET", .target = "/assets/nothing.js"},
    {.method = "POST", .target = "/"},
    {.method = "OPTIONS", .target = "/"},
    {.method = "OPTIONS", .target = "/api/v1/products"},
    {.method = "GET", .target = "/api/v1/nothing"},
    {.method = "PUT", .target = "/api/v1/products"},
    {.method = "GET", .target = "/api/v1/products/abc"},
    {.method = "GET", .target = "/%00"},
    {.method = "GET", .target = "/a//b"},
    {.method = "GET", .target = "/../etc/passwd"},
    {.method = "GET", .target = "/api/v1/products", .more = {{"Host", "x"}}},
    {.method = "GET", .target = "/api/v1/products", .more = {{"Transfer-Encoding", "chunked"}}},
};

START_TEST(pages_and_refusals_carry_them_too)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct ff_answer a = ff_call(&fx, &others[i]);
        expect_all(others[i].target, a.head);
        ff_fixture_again(&fx);
    }
}
END_TEST

/* ---- over a socket: what never reaches the dispatcher as a request ---- */

static const char *const broken[] = {
    "nonsense\r\n\r\n",
    "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "GET /\r\n\r\n",
    "GET / HTTP/1.1\r\n: empty\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\nHost: localhost\n\n",
    "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
};

START_TEST(what_the_parser_refuses_carries_them)
{
    static struct ff_serve serve;
    static struct ff_raw_reply reply;
    ff_serve_start(&serve, NULL);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        ck_assert_msg(ff_raw_ask(serve.port, broken[i], &reply) >= 400, "%s", broken[i]);
        expect_all(broken[i], reply.head);
        ck_assert_ptr_nonnull(strstr(reply.head, "application/problem+json"));
        ck_assert_ptr_nonnull(strstr(reply.head, "Connection: close"));
    }
    ff_serve_stop(&serve);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("headers");
    TCase *t = tcase_create("headers");
    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, every_route_carries_them_whoever_asks);
    tcase_add_test(t, pages_and_refusals_carry_them_too);
    tcase_add_test(t, what_the_parser_refuses_carries_them);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}
