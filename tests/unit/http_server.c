/* SPDX-License-Identifier: MIT */
/* http_server.c - what the server gives CivetWeb, how it reads the gaps of a parsed head, where it
 * listens, and the refusals of its start. */
#include "http/server.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/frame.h"
#include "http/listen.h"
#include "http/message.h"
#include "http/options.h"

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char *const wanted[][2] = {
    {"listening_ports", "127.0.0.1:8080,10.0.0.7:80"},
    {"num_threads", "256"},
    {"enable_keep_alive", "yes"},
    {"keep_alive_timeout_ms", "15000"},
    {"request_timeout_ms", "10000"},
    {"tcp_nodelay", "1"},
    {"listen_backlog", "1024"},
    {"decode_url", "no"},
    {"enable_directory_listing", "no"},
    {"enable_auth_domain_check", "no"},
    {"cgi_pattern", "\n"},
    {"ssi_pattern", "\n"},
    {"access_control_allow_origin", ""},
    {"access_control_allow_methods", ""},
    {"access_control_allow_headers", ""},
    {"document_root", NULL},
    {"error_pages", NULL},
    {"put_delete_auth_file", NULL},
    {"cgi2_pattern", NULL},
};

START_TEST(each_setting_is_as_it_must_be)
{
    struct ff_server_options from = {.listen = {"127.0.0.1:8080", "10.0.0.7:80"}, .n_listen = 2};
    struct ff_http_options options;
    ck_assert(ff_http_options_fill(&from, &options));
    ck_assert_pstr_eq(ff_http_option(&options, wanted[_i][0]), wanted[_i][1]);
}
END_TEST

START_TEST(settings_follow_the_options)
{
    struct ff_server_options from = {.listen = {"127.0.0.1:0"},
                                     .n_listen = 1,
                                     .threads = 7,
                                     .request_timeout_ms = 300,
                                     .keep_alive_ms = 200};
    struct ff_http_options options;
    ck_assert(ff_http_options_fill(&from, &options));
    ck_assert_str_eq(ff_http_option(&options, "num_threads"), "7");
    ck_assert_str_eq(ff_http_option(&options, "request_timeout_ms"), "300");
    ck_assert_str_eq(ff_http_option(&options, "keep_alive_timeout_ms"), "200");
    from.threads = 4096;
    ck_assert(!ff_http_options_fill(&from, &options));
    from.threads = 0;
    from.n_listen = 0;
    ck_assert(!ff_http_options_fill(&from, &options));
    from.n_listen = FF_MAX_LISTEN + 1;
    ck_assert(!ff_http_options_fill(&from, &options));
}
END_TEST

static const struct {
    int threads;
    struct ff_http_shares shares;
} shares[] = {
    {8, {2, 2, 4, 6}},
    {256, {64, 64, 128, 192}},
    {1128, {64, 282, 1000, 1064}}, /* a thousand through one proxy */
    {2048, {64, 512, 1920, 1984}},
};

START_TEST(workers_are_shared)
{
    const struct ff_http_shares got = ff_http_shares(shares[_i].threads);
    ck_assert_int_eq(got.spare, shares[_i].shares.spare);
    ck_assert_int_eq(got.address, shares[_i].shares.address);
    ck_assert_int_eq(got.house, shares[_i].shares.house);
    ck_assert_int_eq(got.everyone, shares[_i].shares.everyone);
}
END_TEST

START_TEST(an_address_too_long_is_no_address)
{
    static char text[400];
    struct ff_server_options from = {.listen = {text}, .n_listen = 1};
    struct ff_http_options options;
    struct ff_listen listen;
    memset(text, '1', sizeof text - 1);
    ck_assert(!ff_http_options_fill(&from, &options));
    text[350] = ':';
    ff_listen_fill(&listen, &from);
    ck_assert_str_eq(listen.addresses[0], "");
    ck_assert_ptr_null(listen.hosts[0]);
}
END_TEST

START_TEST(the_addresses_listened_on_are_hosts)
{
    static const char *const names[] = {"canteen.example", NULL};
    struct ff_server_options from = {
        .listen = {"0.0.0.0:80", "10.0.0.7:8080", "8080"}, .n_listen = 3, .hosts = names};
    struct ff_listen listen;
    ff_listen_fill(&listen, &from);
    ck_assert_str_eq(listen.addresses[0], "0.0.0.0");
    ck_assert_str_eq(listen.hosts[0], "10.0.0.7");
    ck_assert_str_eq(listen.hosts[1], "canteen.example");
    ck_assert_ptr_null(listen.hosts[2]);
}
END_TEST

/* A head as CivetWeb leaves it: '~' stands for each NUL it wrote, '^' for CR. */
static const struct {
    const char *name, *text;
    size_t method, uri, query, version; /* offsets; query 0: none */
    size_t headers[4];                  /* name, value, name, value */
    size_t n_headers;
    bool strict;
} frames[] = {
    {"as it should be", "GET~/a~HTTP/1.1~~Host: x~~^~", 0, 4, 0, 12, {17, 23}, 1, false},
    {"strict", "GET~/a~HTTP/1.1~~Host~ x~~^~", 0, 4, 0, 12, {17, 23}, 1, true},
    {"no blank", "GET~/a~HTTP/1.1~~Host~x~~^~", 0, 4, 0, 12, {17, 22}, 1, true},
    {"query", "GET~/a~q~HTTP/1.1~~Host~x~~^~", 0, 4, 7, 14, {19, 24}, 1, true},
    {"two headers", "GET~/a~HTTP/1.1~~H~x~~I~y~~^~", 0, 4, 0, 12, {17, 19, 22, 24}, 2, true},
    {"bare line feed", "GET~/a~HTTP/1.1~~H~x~I~y~~^~", 0, 4, 0, 12, {17, 19, 21, 23}, 2, false},
    {"bare line feed first", "GET~/a~HTTP/1.1~H~x~~^~", 0, 4, 0, 12, {16, 18}, 1, false},
    {"space before colon", "GET~/a~HTTP/1.1~~H~~x~~^~", 0, 4, 0, 12, {17, 20}, 1, false},
    {"two spaces", "GET~~/a~HTTP/1.1~~H~x~~^~", 0, 5, 0, 13, {18, 20}, 1, false},
    {"two spaces later", "GET~/a~~HTTP/1.1~~H~x~~^~", 0, 4, 0, 13, {18, 20}, 1, false},
    {"folded", "GET~/a~HTTP/1.1~~H~x~~ f~~^~", 0, 4, 0, 12, {17, 19}, 1, false},
    {"ends with line feeds", "GET~/a~HTTP/1.1~~H~x~~~~", 0, 4, 0, 12, {17, 19}, 1, false},
    {"no headers", "GET~/a~HTTP/1.1~~^~", 0, 4, 0, 12, {0}, 0, false},
};

START_TEST(the_gaps_tell_what_was_there)
{
    char text[64] = "";
    struct ff_header headers[2] = {{NULL, NULL}, {NULL, NULL}};
    for (size_t i = 0; frames[_i].text[i]; i++) {
        char c = frames[_i].text[i];
        text[i] = c == '~' ? '\0' : c;
        if (c == '^')
            text[i] = '\r';
    }
    for (size_t i = 0; i < frames[_i].n_headers; i++)
        headers[i] = (struct ff_header){text + frames[_i].headers[2 * i],
                                        text + frames[_i].headers[2 * i + 1]};
    struct ff_frame frame = {.method = text + frames[_i].method,
                             .uri = text + frames[_i].uri,
                             .query = frames[_i].query ? text + frames[_i].query : NULL,
                             .version = text + frames[_i].version,
                             .headers = headers,
                             .n_headers = frames[_i].n_headers,
                             .buffer_bytes = sizeof text};
    ck_assert_msg(ff_frame_is_strict(&frame) == frames[_i].strict, "%s", frames[_i].name);
    frame.buffer_bytes = 8;
    ck_assert(!ff_frame_is_strict(&frame));
}
END_TEST

static struct ff_arena *arena;
static struct ff_clock *frozen;
static struct ff_ctx cx;

static void setup(void)
{
    arena = ff_arena_new(0);
    frozen = ff_clock_new_test(0);
    ff_ctx_init(&cx, arena, frozen);
}

static void teardown(void)
{
    ff_arena_free(arena);
    ff_clock_free(frozen);
}

START_TEST(a_busy_port_is_named)
{
    struct ff_server_options options = {.listen = {"127.0.0.1:0"}, .n_listen = 1, .threads = 4};
    struct ff_server *first = NULL, *second = NULL;
    char taken[32];
    int hint = 0;
    ck_assert_int_eq(ff_server_start(&cx, &options, &first, &hint), FF_OK);
    (void)snprintf(taken, sizeof taken, "127.0.0.1:%d", ff_server_port(first, 0));
    options.listen[0] = taken;
    ck_assert_int_eq(ff_server_start(&cx, &options, &second, &hint), FF_BUSY);
    ck_assert_int_eq(hint, 69);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, taken));
    ck_assert_msg(strstr(cx.err.detail, "in use") != NULL, "%s", cx.err.detail);
    ff_server_stop(first);
}
END_TEST

START_TEST(an_address_that_is_none_is_refused)
{
    static const char *const bad[] = {"nonsense", "127.0.0.1:99999", "[::1]:0"};
    struct ff_server_options options = {.listen = {bad[_i]}, .n_listen = 1, .threads = 4};
    struct ff_server *server = NULL;
    int hint = 0;
    ck_assert_int_eq(ff_server_start(&cx, &options, &server, &hint), FF_BUSY);
    ck_assert_int_eq(hint, 69);
    ck_assert_ptr_null(server);
}
END_TEST

START_TEST(a_large_reply_does_not_stay)
{
    struct ff_response rp;
    static const char block[4096];
    ff_response_init(&rp);
    ff_buf_add(&rp.body, block, sizeof block);
    ff_response_trim(&rp);
    ck_assert_ptr_nonnull(rp.body.data);
    for (int i = 0; i < 128; i++)
        ff_buf_add(&rp.head, block, sizeof block);
    ff_response_trim(&rp);
    ck_assert_ptr_null(rp.head.data);
    ff_buf_add(&rp.head, block, sizeof block);
    ck_assert(!rp.head.failed);
    ff_response_free(&rp);
}
END_TEST

START_TEST(a_reply_header_is_found_by_its_name)
{
    struct ff_response rp;
    char value[8];
    ff_response_init(&rp);
    ck_assert(!ff_response_header(&rp, "Allow", value, sizeof value));
    ff_buf_str(&rp.head, "HTTP/1.1 200 OK\r\nAllowed: no\r\nALLOW: GET, HEAD\r\n\r\n");
    ck_assert(ff_response_header(&rp, "Allow", value, sizeof value));
    ck_assert_str_eq(value, "GET, HE");
    ck_assert(!ff_response_header(&rp, "Date", value, sizeof value));
    ff_response_free(&rp);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_server");
    TCase *t = tcase_create("server");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, each_setting_is_as_it_must_be, 0, ROWS(wanted));
    tcase_add_test(t, settings_follow_the_options);
    tcase_add_loop_test(t, workers_are_shared, 0, ROWS(shares));
    tcase_add_test(t, an_address_too_long_is_no_address);
    tcase_add_test(t, the_addresses_listened_on_are_hosts);
    tcase_add_loop_test(t, the_gaps_tell_what_was_there, 0, ROWS(frames));
    tcase_add_test(t, a_busy_port_is_named);
    tcase_add_loop_test(t, an_address_that_is_none_is_refused, 0, 3);
    tcase_add_test(t, a_large_reply_does_not_stay);
    tcase_add_test(t, a_reply_header_is_found_by_its_name);
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
