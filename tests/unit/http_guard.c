/* SPDX-License-Identifier: MIT */
/* http_guard.c - the request guard as a function over plain data: spelling, sizes, framing, Host.
 */
#include "http/guard.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define H "Host: localhost\n"

struct guard_case {
    const char *name, *method, *target, *version;
    const char *headers; /* "Name: value\n..." */
    enum ff_rc rc;
    size_t length; /* with FF_OK */
};

/* clang-format off */
static const struct guard_case cases[] = {
    {"plain get", "GET", "/", "1.1", H, FF_OK, 0},
    {"old version", "GET", "/", "1.0", H, FF_OK, 0},
    {"version 2", "GET", "/", "2.0", H, FF_BAD_REQUEST, 0},
    {"version 1.2", "GET", "/", "1.2", H, FF_BAD_REQUEST, 0},
    {"empty version", "GET", "/", "", H, FF_BAD_REQUEST, 0},
    {"version with a tail", "GET", "/", "1.10", H, FF_BAD_REQUEST, 0},
    {"any token is a method here", "BREW", "/", "1.1", H, FF_OK, 0},
    {"empty method", "", "/", "1.1", H, FF_BAD_REQUEST, 0},
    {"method with a space", "GE T", "/", "1.1", H, FF_BAD_REQUEST, 0},
    {"method with a bracket", "GET(", "/", "1.1", H, FF_BAD_REQUEST, 0},
    {"method of 16", "ABCDEFGHIJKLMNOP", "/", "1.1", H, FF_OK, 0},
    {"method of 17", "ABCDEFGHIJKLMNOPQ", "/", "1.1", H, FF_BAD_REQUEST, 0},
    {"target without a slash", "GET", "x", "1.1", H, FF_BAD_REQUEST, 0},
    {"empty target", "GET", "", "1.1", H, FF_BAD_REQUEST, 0},
    {"absolute target", "GET", "http://localhost/", "1.1", H, FF_BAD_REQUEST, 0},
    {"asterisk", "OPTIONS", "*", "1.1", H, FF_BAD_REQUEST, 0},
    {"space in the target", "GET", "/a b", "1.1", H, FF_BAD_REQUEST, 0},
    {"tab in the target", "GET", "/a\tb", "1.1", H, FF_BAD_REQUEST, 0},
    {"fragment", "GET", "/a#b", "1.1", H, FF_BAD_REQUEST, 0},
    {"high byte", "GET", "/\xc3\xa1", "1.1", H, FF_BAD_REQUEST, 0},
    {"delete character", "GET", "/\x7f", "1.1", H, FF_BAD_REQUEST, 0},
    {"escapes are left to the path", "GET", "/%00", "1.1", H, FF_OK, 0},
    {"host in capitals", "GET", "/", "1.1", "HOST: LocalHost\n", FF_OK, 0},
    {"host with a port", "GET", "/", "1.1", "Host: localhost:8080\n", FF_OK, 0},
    {"host by number", "GET", "/", "1.1", "Host: 127.0.0.1:65535\n", FF_OK, 0},
    {"host v6", "GET", "/", "1.1", "Host: [::1]:8080\n", FF_OK, 0},
    {"host v6 without a port", "GET", "/", "1.1", "Host: [::1]\n", FF_OK, 0},
    {"host configured", "GET", "/", "1.1", "Host: Canteen.Example:80\n", FF_OK, 0},
    {"second host configured", "GET", "/", "1.1", "Host: 10.0.0.7\n", FF_OK, 0},
    {"host foreign", "GET", "/", "1.1", "Host: evil.example\n", FF_MISDIRECTED, 0},
    {"host with our name as its beginning", "GET", "/", "1.1", "Host: localhost.evil\n", FF_MISDIRECTED, 0},
    {"host with our name as its end", "GET", "/", "1.1", "Host: evil.localhost\n", FF_MISDIRECTED, 0},
    {"host v6 foreign", "GET", "/", "1.1", "Host: [fe80::1]\n", FF_MISDIRECTED, 0},
    {"host any", "GET", "/", "1.1", "Host: 0.0.0.0\n", FF_MISDIRECTED, 0},
    {"host with a trailing dot", "GET", "/", "1.1", "Host: localhost.\n", FF_MISDIRECTED, 0},
    {"no host", "GET", "/", "1.1", "", FF_BAD_REQUEST, 0},
    {"no host in 1.0", "GET", "/", "1.0", "", FF_BAD_REQUEST, 0},
    {"empty host", "GET", "/", "1.1", "Host: \n", FF_BAD_REQUEST, 0},
    {"two hosts", "GET", "/", "1.1", H H, FF_BAD_REQUEST, 0},
    {"host with a path", "GET", "/", "1.1", "Host: localhost/x\n", FF_BAD_REQUEST, 0},
    {"host with a user", "GET", "/", "1.1", "Host: a@localhost\n", FF_BAD_REQUEST, 0},
    {"host with a space", "GET", "/", "1.1", "Host: localhost evil\n", FF_BAD_REQUEST, 0},
    {"host with an empty port", "GET", "/", "1.1", "Host: localhost:\n", FF_BAD_REQUEST, 0},
    {"host with a word as port", "GET", "/", "1.1", "Host: localhost:http\n", FF_BAD_REQUEST, 0},
    {"host with a long port", "GET", "/", "1.1", "Host: localhost:123456\n", FF_BAD_REQUEST, 0},
    {"host v6 not closed", "GET", "/", "1.1", "Host: [::1\n", FF_BAD_REQUEST, 0},
    {"host v6 with a tail", "GET", "/", "1.1", "Host: [::1]x\n", FF_BAD_REQUEST, 0},
    {"transfer encoding", "POST", "/", "1.1", H "Transfer-Encoding: chunked\n", FF_TRANSFER_ENCODING, 0},
    {"empty transfer encoding", "GET", "/", "1.1", H "Transfer-Encoding: \n", FF_TRANSFER_ENCODING, 0},
    {"transfer encoding and length", "POST", "/", "1.1", H "Content-Length: 2\ntransfer-encoding: x\n", FF_TRANSFER_ENCODING, 0},
    {"length", "POST", "/", "1.1", H "Content-Length: 12\n", FF_OK, 12},
    {"length zero", "POST", "/", "1.1", H "Content-Length: 0\n", FF_OK, 0},
    {"length with zeros", "POST", "/", "1.1", H "Content-Length: 0000012\n", FF_OK, 12},
    {"length of seven digits", "POST", "/", "1.1", H "Content-Length: 9999999\n", FF_OK, 9999999},
    {"length of eight digits", "POST", "/", "1.1", H "Content-Length: 10000000\n", FF_BODY_TOO_LARGE, 0},
    {"length of twenty digits", "POST", "/", "1.1", H "Content-Length: 18446744073709551618\n", FF_BODY_TOO_LARGE, 0},
    {"length with letters", "POST", "/", "1.1", H "Content-Length: 5abc\n", FF_BAD_REQUEST, 0},
    {"length with a plus", "POST", "/", "1.1", H "Content-Length: +5\n", FF_BAD_REQUEST, 0},
    {"length with a minus", "POST", "/", "1.1", H "Content-Length: -5\n", FF_BAD_REQUEST, 0},
    {"length empty", "POST", "/", "1.1", H "Content-Length: \n", FF_BAD_REQUEST, 0},
    {"length list", "POST", "/", "1.1", H "Content-Length: 5, 5\n", FF_BAD_REQUEST, 0},
    {"length twice, equal", "POST", "/", "1.1", H "Content-Length: 5\nContent-Length: 5\n", FF_BAD_REQUEST, 0},
    {"length twice, in odd case", "POST", "/", "1.1", H "Content-Length: 5\ncontent-length: 6\n", FF_BAD_REQUEST, 0},
    {"post without a length", "POST", "/", "1.1", H, FF_LENGTH_REQUIRED, 0},
    {"put without a length", "PUT", "/", "1.1", H, FF_LENGTH_REQUIRED, 0},
    {"patch without a length", "PATCH", "/", "1.1", H, FF_LENGTH_REQUIRED, 0},
    {"delete without a length", "DELETE", "/", "1.1", H, FF_OK, 0},
    {"get with a length", "GET", "/", "1.1", H "Content-Length: 5\n", FF_OK, 5},
    {"compressed", "POST", "/", "1.1", H "Content-Length: 5\nContent-Encoding: gzip\n", FF_UNSUPPORTED_MEDIA, 0},
    {"not compressed, and says so", "POST", "/", "1.1", H "Content-Length: 5\nContent-Encoding: identity\n", FF_OK, 5},
    {"expects to go on", "POST", "/", "1.1", H "Content-Length: 5\nExpect: 100-Continue\n", FF_OK, 5},
    {"expects something else", "POST", "/", "1.1", H "Content-Length: 5\nExpect: tea\n", FF_BAD_REQUEST, 0},
    {"two tokens", "GET", "/", "1.1", H "Authorization: Bearer a\nAuthorization: Bearer a\n", FF_BAD_REQUEST, 0},
    {"two keys", "GET", "/", "1.1", H "Idempotency-Key: a\nidempotency-key: b\n", FF_BAD_REQUEST, 0},
    {"two cookies", "GET", "/", "1.1", H "Cookie: a=b\nCookie: c=d\n", FF_BAD_REQUEST, 0},
    {"two types", "GET", "/", "1.1", H "Content-Type: a/b\nContent-Type: a/b\n", FF_BAD_REQUEST, 0},
    {"two of what may come twice", "GET", "/", "1.1", H "Via: a\nVia: b\n", FF_OK, 0},
    {"name with a space", "GET", "/", "1.1", H "Bad Name: x\n", FF_BAD_REQUEST, 0},
    {"name with a high byte", "GET", "/", "1.1", H "B\xc3\xa1: x\n", FF_BAD_REQUEST, 0},
    {"empty name", "GET", "/", "1.1", H ": x\n", FF_BAD_REQUEST, 0},
    {"name of many marks", "GET", "/", "1.1", H "!#$%&'*+-.^_`|~: x\n", FF_OK, 0},
    {"value with a high byte", "GET", "/", "1.1", H "X: \xc3\xa1\n", FF_OK, 0},
    {"value with a tab", "GET", "/", "1.1", H "X: a\tb\n", FF_OK, 0},
    {"value with a carriage return", "GET", "/", "1.1", H "X: a\rb\n", FF_BAD_REQUEST, 0},
    {"value with a bell", "GET", "/", "1.1", H "X: a\ab\n", FF_BAD_REQUEST, 0},
    {"value with a delete", "GET", "/", "1.1", H "X: a\x7f\n", FF_BAD_REQUEST, 0},
};
/* clang-format on */

static const char *const hosts[] = {"canteen.example", "10.0.0.7", NULL};
static struct ff_arena *arena;
static struct ff_clock *frozen;
static struct ff_ctx cx;
static struct ff_message m;

static void setup(void)
{
    arena = ff_arena_new(0);
    frozen = ff_clock_new_test(0);
    ff_ctx_init(&cx, arena, frozen);
    m = (struct ff_message){.method = "GET", .target = "/", .version = "1.1", .hosts = hosts};
}

static void teardown(void)
{
    ff_arena_free(arena);
    ff_clock_free(frozen);
}

static void add_lines(const char *lines)
{
    while (*lines) {
        size_t line = strcspn(lines, "\n"), name = strcspn(lines, ":");
        const char *value = lines + name + 2;
        ck_assert(ff_message_add(&m, ff_arena_strndup(arena, lines, name),
                                 ff_arena_strndup(arena, value, line - name - 2)));
        lines += line + 1;
    }
}

START_TEST(each_head_gets_its_verdict)
{
    const struct guard_case *c = &cases[_i];
    size_t length = 99;
    m.method = c->method;
    m.target = c->target;
    m.version = c->version;
    add_lines(c->headers);
    enum ff_rc rc = ff_guard(&cx, &m, &length);
    ck_assert_msg(rc == c->rc, "%s: %s", c->name, rc ? ff_err_info(rc)->code : "accepted");
    ck_assert_msg(rc == cx.err.rc, "%s: the error is not recorded", c->name);
    if (!rc)
        ck_assert_msg(length == c->length, "%s: %zu", c->name, length);
}
END_TEST

START_TEST(what_the_parser_let_pass_is_refused)
{
    size_t length;
    add_lines(H);
    m.is_lax = true;
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_BAD_REQUEST);
}
END_TEST

START_TEST(fifty_headers_are_taken_and_no_more)
{
    size_t length;
    add_lines(H);
    while (m.n_headers < FF_MAX_HEADERS)
        ck_assert(ff_message_add(&m, "X-Y", "z"));
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_OK);
    ck_assert(ff_message_add(&m, "X-Y", "z"));
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_HEADERS_TOO_LARGE);
    while (ff_message_add(&m, "X-Y", "z"))
        ;
    ck_assert_uint_eq(m.n_headers, 64);
}
END_TEST

static const char *filled(size_t n)
{
    char *text = ff_arena_alloc(arena, n + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', n);
    return text;
}

START_TEST(sizes_are_held_to_the_byte)
{
    size_t length;
    /* GET, a target of one byte and the version line: 3 + 1 + 12; Host: 4 + 9 + 4; X: 1 + 4. */
    size_t room = FF_MAX_HEAD_BYTES - 16 - 17 - 5;
    add_lines(H);
    ck_assert(ff_message_add(&m, "X", filled(room)));
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_OK);
    m.headers[1].value = filled(room + 1);
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_HEADERS_TOO_LARGE);
}
END_TEST

START_TEST(addresses_are_held_to_the_byte)
{
    static const struct {
        size_t path, query;
        enum ff_rc rc;
    } sizes[] = {{2048, 0, FF_OK},
                 {2049, 0, FF_URI_TOO_LONG},
                 {100, 1024, FF_OK},
                 {100, 1025, FF_URI_TOO_LONG},
                 {1500, 800, FF_URI_TOO_LONG}};
    size_t length;
    char *target = ff_arena_alloc(arena, 4096);
    ck_assert_ptr_nonnull(target);
    memset(target, 'a', sizes[_i].path);
    target[0] = '/';
    if (sizes[_i].query) {
        target[sizes[_i].path] = '?';
        memset(target + sizes[_i].path + 1, 'q', sizes[_i].query);
    }
    m.target = target;
    add_lines(H);
    ck_assert_int_eq(ff_guard(&cx, &m, &length), sizes[_i].rc);
}
END_TEST

START_TEST(long_names_and_hosts_are_refused)
{
    size_t length;
    add_lines(H);
    ck_assert(ff_message_add(&m, filled(FF_MAX_HEADER_NAME_BYTES), "x"));
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_OK);
    m.headers[1].name = filled(FF_MAX_HEADER_NAME_BYTES + 1);
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_BAD_REQUEST);
    ff_err_clear(&cx);
    m.headers[1].name = "X";
    m.headers[0].value = filled(255);
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_MISDIRECTED);
    ff_err_clear(&cx);
    m.headers[0].value = filled(256);
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_BAD_REQUEST);
}
END_TEST

/* What the guard must say of byte b, each by its own rule. */
static bool may_be_in_value(int b)
{
    return b == '\t' || (b >= 0x20 && b != 0x7f);
}

static bool may_be_in_name(int b)
{
    return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') ||
           (b && strchr("!#$%&'*+-.^_`|~", b));
}

static bool may_be_in_target(int b)
{
    return b > 0x20 && b < 0x7f && b != '#';
}

/* The value has every length that ends before, at and after a block, and the byte every place. */
START_TEST(each_byte_is_judged_wherever_it_stands)
{
    enum { LONGEST = 40 };
    char name[] = "X?Y", target[] = "/?a", value[LONGEST + 1];
    size_t length;
    add_lines(H);
    ck_assert(ff_message_add(&m, "X-Y", value));
    for (size_t at = 0; at < LONGEST * LONGEST; at++) {
        const size_t n = at / LONGEST + 1, place = at % LONGEST % n;
        memset(value, 'v', n);
        value[n] = '\0';
        value[place] = (char)_i;
        ck_assert_msg((ff_guard(&cx, &m, &length) == FF_OK) == may_be_in_value(_i), "%zu", at);
        ff_err_clear(&cx);
    }
    m.headers[1] = (struct ff_header){name, "v"};
    name[1] = target[1] = (char)_i;
    ck_assert_int_eq(ff_guard(&cx, &m, &length) == FF_OK, may_be_in_name(_i));
    ff_err_clear(&cx);
    m.headers[1].name = "X-Y";
    m.target = target;
    ck_assert_int_eq(ff_guard(&cx, &m, &length) == FF_OK, may_be_in_target(_i));
}
END_TEST

START_TEST(without_configured_names_only_loopback_is_served)
{
    size_t length;
    m.hosts = NULL;
    add_lines("Host: canteen.example\n");
    ck_assert_int_eq(ff_guard(&cx, &m, &length), FF_MISDIRECTED);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_guard");
    TCase *t = tcase_create("guard");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, each_head_gets_its_verdict, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(t, what_the_parser_let_pass_is_refused);
    tcase_add_test(t, fifty_headers_are_taken_and_no_more);
    tcase_add_test(t, sizes_are_held_to_the_byte);
    tcase_add_loop_test(t, addresses_are_held_to_the_byte, 0, 5);
    tcase_add_test(t, long_names_and_hosts_are_refused);
    tcase_add_loop_test(t, each_byte_is_judged_wherever_it_stands, 1, 256);
    tcase_add_test(t, without_configured_names_only_loopback_is_served);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
