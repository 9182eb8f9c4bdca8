/* SPDX-License-Identifier: MIT */
/* socket_frame.c - requests that HTTP forbids or that two readers could take differently, sent byte
 * for byte to a running server: the right code, the connection's end, and a server that lives on.
 */
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOGIN "POST /api/v1/auth/login HTTP/1.1\r\n"
#define HOST  "Host: localhost\r\n"
#define JSON  "Content-Type: application/json\r\n"

struct probe {
    const char *name, *bytes;
    int status;
    const char *code;
};

/* Each ends the connection: after a doubt about where a request ends, nothing may follow it. */
static const struct probe refused[] = {
    {"transfer encoding and length",
     LOGIN HOST "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"length and transfer encoding",
     LOGIN HOST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"chunked alone", LOGIN HOST "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"chunked with a bad chunk", LOGIN HOST "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"identity", LOGIN HOST "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", 501,
     "ERR_TRANSFER_ENCODING"},
    {"gzip, chunked", LOGIN HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"encoding of no name", LOGIN HOST "Transfer-Encoding: xchunked\r\n\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"encoding in odd case", LOGIN HOST "tRANSFER-eNCODING: Chunked\r\n\r\n0\r\n\r\n", 501,
     "ERR_TRANSFER_ENCODING"},
    {"two lengths", LOGIN HOST "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400,
     "ERR_BAD_REQUEST"},
    {"two equal lengths", LOGIN HOST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400,
     "ERR_BAD_REQUEST"},
    {"a list of lengths", LOGIN HOST "Content-Length: 2, 2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"letters after the length", LOGIN HOST "Content-Length: 5abc\r\n\r\n{}   ", 400,
     "ERR_BAD_REQUEST"},
    {"a plus sign", LOGIN HOST "Content-Length: +2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"a minus sign", LOGIN HOST "Content-Length: -2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"hexadecimal", LOGIN HOST "Content-Length: 0x2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"a fraction", LOGIN HOST "Content-Length: 2.0\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"an empty length", LOGIN HOST "Content-Length: \r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"ten gigabytes", LOGIN HOST JSON "Content-Length: 10000000000\r\n\r\n", 413,
     "ERR_BODY_TOO_LARGE"},
    {"two to the 64th", LOGIN HOST JSON "Content-Length: 18446744073709551618\r\n\r\n", 413,
     "ERR_BODY_TOO_LARGE"},
    {"a space before the colon", LOGIN HOST "Content-Length : 2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"a space before another colon", "GET /health/live HTTP/1.1\r\nHost : localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"a bare line feed", "GET /health/live HTTP/1.1\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"bare line feeds", "GET /health/live HTTP/1.1\nHost: localhost\n\n", 400, "ERR_BAD_REQUEST"},
    {"a bare line feed between headers",
     "GET /health/live HTTP/1.1\r\nHost: localhost\nAccept: */*\r\n\r\n", 400, "ERR_BAD_REQUEST"},
    {"a folded header", "GET /health/live HTTP/1.1\r\nHost: localhost\r\n x: y\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"a fold that hides the length",
     LOGIN HOST "Accept: */*\r\n folded\r\nContent-Length: 2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"a fold right after the first line", "GET /health/live HTTP/1.1\r\n Host: localhost\r\n\r\n",
     400, "ERR_BAD_REQUEST"},
    {"an empty name", LOGIN HOST ": x\r\nContent-Length: 2\r\n\r\n{}", 400, "ERR_BAD_REQUEST"},
    {"a header without a colon", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nAccept\r\n\r\n",
     400, "ERR_BAD_REQUEST"},
    {"a name with a space", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nA b: c\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"a name with a bracket", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nA(b: c\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"two spaces in the first line", "GET  /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"two spaces before the version", "GET /health/live  HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"no host", "GET /health/live HTTP/1.1\r\nAccept: */*\r\n\r\n", 400, "ERR_BAD_REQUEST"},
    {"no headers", "GET /health/live HTTP/1.1\r\n\r\n", 400, "ERR_BAD_REQUEST"},
    {"two hosts", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"an empty host", "GET /health/live HTTP/1.1\r\nHost: \r\n\r\n", 400, "ERR_BAD_REQUEST"},
    {"a foreign host", "GET /health/live HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421,
     "ERR_MISDIRECTED"},
    {"a host that begins like ours",
     "GET /health/live HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421, "ERR_MISDIRECTED"},
    {"an unknown version", "GET /health/live HTTP/2.0\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"no version", "GET /health/live\r\nHost: localhost\r\n\r\n", 400, "ERR_BAD_REQUEST"},
    {"an unknown method", "BREW /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"an address that is no path", "GET health HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"an encoded NUL", "GET /health%00/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"an encoded slash", "GET /health%2Flive HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"an encoded line end", "GET /health%0d%0aX:y HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"a way up", "GET /api/../health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"an encoded way up", "GET /api/%2e%2e/health HTTP/1.1\r\nHost: localhost\r\n\r\n", 400,
     "ERR_BAD_REQUEST"},
    {"a post without a length", LOGIN HOST JSON "\r\n{}", 411, "ERR_LENGTH_REQUIRED"},
    {"two tokens",
     "GET /health/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\n"
     "Authorization: Bearer b\r\n\r\n",
     400, "ERR_BAD_REQUEST"},
    {"a compressed body", LOGIN HOST JSON "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
     415, "ERR_UNSUPPORTED_MEDIA_TYPE"},
    {"a body where none is taken",
     "GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 400,
     "ERR_BAD_REQUEST"},
    {"an unknown expectation", LOGIN HOST JSON "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}", 400,
     "ERR_BAD_REQUEST"},
};

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

static void expect_problem(const char *name, int status, const char *code)
{
    ck_assert_msg(reply.status == status, "%s: %d\n%s%s", name, reply.status, reply.head,
                  reply.body);
    ck_assert_msg(strstr(reply.head, "application/problem+json") != NULL, "%s: %s", name,
                  reply.head);
    ck_assert_msg(strstr(reply.body, code) != NULL, "%s: %s", name, reply.body);
}

START_TEST(a_doubtful_request_is_refused_and_nothing_follows_it)
{
    const struct probe *p = &refused[_i];
    static const char second[] = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, p->bytes);
    ff_raw_text(fd, second);
    ff_raw_read(fd, &reply);
    expect_problem(p->name, p->status, p->code);
    ck_assert_msg(strstr(reply.head, "Connection: close") != NULL, "%s: %s", p->name, reply.head);
    ck_assert_msg(ff_raw_ends(fd), "%s: the next request was answered", p->name);
    close(fd);
    ck_assert_msg(ff_serve_alive(&serve), "%s: the server is gone", p->name);
}
END_TEST

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

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static Suite *suite(void)
{
    Suite *s = suite_create("socket_frame");
    TCase *t = tcase_create("frame");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, a_doubtful_request_is_refused_and_nothing_follows_it, 0, COUNT(refused));
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
