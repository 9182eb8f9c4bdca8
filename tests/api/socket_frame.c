/* SPDX-License-Identifier: MIT */
/* socket_frame.c - what the first line and the headers may measure, whom they may name, and what
 * every reply carries. The requests that HTTP forbids are in tests/golden/bad (bad_socket.c). */
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ff_serve serve;
static struct ff_raw_reply reply;

static void start(void)
{
    ff_serve_start(&serve, NULL);
}

static void stop(void)
{
    ff_serve_stop(&serve);
}

START_TEST(an_address_of_another_server_is_not_served)
{
    static const char *const asks[] = {
        "GET http://localhost/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example:80/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };
    int status = ff_raw_ask(serve.port, asks[_i], &reply);
    ck_assert_msg(status == 0 || status == 400, "%s: %d", asks[_i], status);
    ck_assert(ff_serve_alive(&serve));
}
END_TEST

static void send_headers(int fd, int n, size_t value_bytes)
{
    char *value = calloc(1, value_bytes + 1), line[64];
    ck_assert_ptr_nonnull(value);
    memset(value, 'v', value_bytes);
    ff_raw_text(fd, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = 1; i < n; i++) {
        (void)snprintf(line, sizeof line, "X-%d: ", i);
        ff_raw_text(fd, line);
        ff_raw_text(fd, value);
        ff_raw_text(fd, "\r\n");
    }
    ff_raw_text(fd, "\r\n");
    free(value);
}

START_TEST(too_many_or_too_large_headers_are_431)
{
    static const struct {
        int n;
        size_t bytes;
        int status;
    } cases[] = {{50, 1, 200},  {51, 1, 431},   {64, 1, 431},   {71, 1, 431},
                 {200, 1, 431}, {3, 8000, 200}, {3, 8170, 431}, {4, 20000, 431}};
    int fd = ff_raw_connect(serve.port);
    send_headers(fd, cases[_i].n, cases[_i].bytes);
    ff_raw_read(fd, &reply);
    close(fd);
    ck_assert_int_eq(reply.status, cases[_i].status);
    ck_assert(ff_serve_alive(&serve));
}
END_TEST

START_TEST(a_long_address_is_414)
{
    static const struct {
        size_t path, query;
        int status;
    } cases[] = {{2048, 0, 404}, {2049, 0, 414}, {8000, 0, 414}, {20, 1024, 404}, {20, 1025, 414}};
    static char line[10000];
    memset(line, 0, sizeof line);
    size_t n = 0;
    memcpy(line, "GET /api/", 9);
    n = 4 + cases[_i].path;
    memset(line + 9, 'a', n - 9);
    if (cases[_i].query) {
        line[n++] = '?';
        memset(line + n, 'q', cases[_i].query);
        n += cases[_i].query;
    }
    memcpy(line + n, " HTTP/1.1\r\nHost: localhost\r\n\r\n", 31);
    ck_assert_int_eq(ff_raw_ask(serve.port, line, &reply), cases[_i].status);
}
END_TEST

START_TEST(every_reply_carries_the_security_headers)
{
    static const char *const asks[] = {
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "DELETE /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil\r\n\r\n",
        "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };
    static const char *const wanted[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
         "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
         "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
         "require-trusted-types-for 'script'; trusted-types ff"},
    };
    ff_raw_ask(serve.port, asks[_i], &reply);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        const char *value = ff_raw_header(&reply, wanted[i][0]);
        ck_assert_msg(value && !strcmp(value, wanted[i][1]), "%s: %s", asks[_i], reply.head);
    }
    ck_assert_ptr_nonnull(strstr(reply.head, "Permissions-Policy: camera=(self)"));
    ck_assert_ptr_nonnull(ff_raw_header(&reply, "X-Request-Id"));
    ck_assert_ptr_nonnull(ff_raw_header(&reply, "Cache-Control"));
    ck_assert_ptr_nonnull(ff_raw_header(&reply, "Date"));
    ck_assert_ptr_null(ff_raw_header(&reply, "Server"));
    ck_assert_ptr_null(ff_raw_header(&reply, "Strict-Transport-Security"));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("socket_frame");
    TCase *t = tcase_create("frame");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, an_address_of_another_server_is_not_served, 0, 4);
    tcase_add_loop_test(t, too_many_or_too_large_headers_are_431, 0, 8);
    tcase_add_loop_test(t, a_long_address_is_414, 0, 5);
    tcase_add_loop_test(t, every_reply_carries_the_security_headers, 0, 7);
    tcase_set_timeout(t, 60);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    /* The server's threads do not survive a fork. */
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
