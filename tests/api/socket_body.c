/* SPDX-License-Identifier: MIT */
/* socket_body.c - what follows the head, at a running server: bodies that are too deep, too long,
 * cut short, late or of the wrong kind; and what a connection is good for after a request. */
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define LIVE        "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"

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

/* The head of a sign-in with a body of `n` bytes and further header lines. */
static void send_head(int fd, size_t n, const char *lines)
{
    char head[512];
    int len = snprintf(head, sizeof head,
                       "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
                       "Content-Length: %zu\r\n%s\r\n",
                       n, lines);
    ff_raw_send(fd, head, (size_t)len);
}

#define JSON "Content-Type: application/json\r\n"

static void expect(int fd, int status, const char *code)
{
    ff_raw_read(fd, &reply);
    close(fd);
    ck_assert_msg(reply.status == status && strstr(reply.body, code), "%d, not %d %s\n%s%s",
                  reply.status, status, code, reply.head, reply.body);
    ck_assert(ff_serve_alive(&serve));
}

static const struct {
    char c;
    size_t n;
    int status;
    const char *code;
} floods[] = {
    {'[', 500, 400, "ERR_MALFORMED_JSON"},     {'[', 700, 400, "ERR_MALFORMED_JSON"},
    {'[', 1001, 400, "ERR_MALFORMED_JSON"},    {'[', 65536, 400, "ERR_MALFORMED_JSON"},
    {'{', 700, 400, "ERR_MALFORMED_JSON"},     {'"', 700, 400, "ERR_MALFORMED_JSON"},
    {' ', 65536, 400, "ERR_MALFORMED_JSON"},   {'\0', 16, 400, "ERR_MALFORMED_JSON"},
    {'[', 65537, 413, "ERR_BODY_TOO_LARGE"},   {'[', 66560, 413, "ERR_BODY_TOO_LARGE"},
    {'1', 9999999, 413, "ERR_BODY_TOO_LARGE"},
};

START_TEST(a_flood_of_one_character_is_refused)
{
    char *body = malloc(floods[_i].n);
    ck_assert_ptr_nonnull(body);
    memset(body, floods[_i].c, floods[_i].n);
    int fd = ff_raw_connect(serve.port);
    send_head(fd, floods[_i].n, JSON);
    if (floods[_i].n <= 66560)
        ff_raw_send(fd, body, floods[_i].n);
    expect(fd, floods[_i].status, floods[_i].code);
    free(body);
}
END_TEST

/* The client sends on while the server has long said no. A connection that is reset takes the reply
 * from many a client, so it must end in order. */
START_TEST(a_client_that_sends_on_can_read_the_refusal)
{
    enum { BLOCK = 65536, BLOCKS = 48 };
    char *block = calloc(1, BLOCK), byte;
    ck_assert_ptr_nonnull(block);
    int fd = ff_raw_connect(serve.port);
    send_head(fd, (size_t)BLOCK * BLOCKS, JSON);
    for (int i = 0; i < BLOCKS; i++)
        ck_assert(ff_raw_send(fd, block, BLOCK));
    ff_raw_read(fd, &reply);
    ck_assert_int_eq(reply.status, 413);
    ck_assert_int_eq(read(fd, &byte, 1), 0);
    close(fd);
    free(block);
}
END_TEST

static const char *const bad_json[] = {
    "",
    " ",
    "{",
    "}",
    "{}{}",
    "{} x",
    "{\"a\":",
    "{'a':1}",
    "[1,]",
    "{\"a\":1,}",
    "01",
    "1e999x",
    "nul",
    "\"\\u0000\"",
    "\"\xff\"",
    "\"\xc0\x80\"",
    "{\"a\":1,\"a\":2}",
    "\xef\xbb\xbf{}",
};

START_TEST(what_is_not_json_is_refused)
{
    int fd = ff_raw_connect(serve.port);
    send_head(fd, strlen(bad_json[_i]), JSON);
    ff_raw_text(fd, bad_json[_i]);
    expect(fd, 400, "ERR_MALFORMED_JSON");
}
END_TEST

START_TEST(depth_seventeen_is_refused)
{
    char body[64] = "";
    memset(body, '[', 17);
    memset(body + 17, ']', 17);
    int fd = ff_raw_connect(serve.port);
    send_head(fd, 34, JSON);
    ff_raw_text(fd, body);
    expect(fd, 400, "ERR_MALFORMED_JSON");
}
END_TEST

static const char *const bad_types[] = {
    "",
    "Content-Type: text/plain\r\n",
    "Content-Type: application/x-www-form-urlencoded\r\n",
    "Content-Type: multipart/form-data; boundary=x\r\n",
    "Content-Type: text/csv\r\n",
    "Content-Type: application/jsonx\r\n",
    "Content-Type: application/json, text/plain\r\n",
    "Content-Type: application/json; charset=latin1\r\n",
    "Content-Type: application\r\n",
};

START_TEST(another_content_type_is_415)
{
    int fd = ff_raw_connect(serve.port);
    send_head(fd, 2, bad_types[_i]);
    ff_raw_text(fd, "{}");
    expect(fd, 415, "ERR_UNSUPPORTED_MEDIA_TYPE");
}
END_TEST

static const char *const good_types[] = {
    "Content-Type: application/json; charset=utf-8\r\n",
    "Content-Type: Application/JSON;charset=\"UTF-8\"\r\n",
    "Content-Type: application/json ; charset=utf-8\r\n",
    "Content-Type: application/json; version=1\r\n",
};

START_TEST(json_in_utf8_by_any_spelling_is_taken)
{
    int fd = ff_raw_connect(serve.port);
    send_head(fd, 2, good_types[_i]);
    ff_raw_text(fd, "{}"); /* both members are missing */
    expect(fd, 400, "ERR_VALIDATION");
}
END_TEST

/* The client goes away in the middle: nothing was carried out, the server says so to whoever still
 * listens. */
START_TEST(a_body_cut_short_is_refused)
{
    static const char body[] = "{\"email\":\"a@b.c\",\"password\":\"Lunch2026\"}";
    int fd = ff_raw_connect(serve.port);
    send_head(fd, sizeof body - 1, JSON);
    ff_raw_send(fd, body, (size_t)_i);
    ck_assert_int_eq(shutdown(fd, SHUT_WR), 0);
    ff_raw_read(fd, &reply);
    ck_assert_msg(reply.status == 400 && strstr(reply.body, "ERR_BAD_REQUEST"), "%d: %s", _i,
                  reply.body);
    ck_assert(ff_raw_ends(fd));
    close(fd);
}
END_TEST

START_TEST(a_body_that_does_not_come_is_408)
{
    int fd = ff_raw_connect(serve.port);
    send_head(fd, 100, JSON);
    ff_raw_text(fd, "{\"email\":");
    ff_raw_read(fd, &reply);
    ck_assert_int_eq(reply.status, 408);
    ck_assert_ptr_nonnull(strstr(reply.body, "ERR_REQUEST_TIMEOUT"));
    ck_assert_ptr_nonnull(strstr(reply.body, "same_key"));
    ck_assert(ff_raw_ends(fd));
    close(fd);
}
END_TEST

START_TEST(a_body_that_trickles_is_408)
{
    int fd = ff_raw_connect(serve.port);
    struct pollfd answered = {.fd = fd, .events = POLLIN};
    send_head(fd, 1000, JSON);
    for (int sent = 0; sent < 200 && poll(&answered, 1, 50) == 0; sent++)
        ff_raw_send(fd, " ", 1);
    ff_raw_read(fd, &reply);
    close(fd);
    ck_assert_int_eq(reply.status, 408);
}
END_TEST

START_TEST(the_client_is_told_to_go_on)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    char got[sizeof go_on] = "";
    int fd = ff_raw_connect(serve.port);
    send_head(fd, 3, JSON "Expect: 100-continue\r\n");
    for (size_t n = 0; n < sizeof go_on - 1;) {
        ssize_t more = read(fd, got + n, sizeof go_on - 1 - n);
        ck_assert_int_gt(more, 0);
        n += (size_t)more;
    }
    ck_assert_str_eq(got, go_on);
    ff_raw_text(fd, "nul");
    expect(fd, 400, "ERR_MALFORMED_JSON");
}
END_TEST

START_TEST(the_client_is_not_told_to_go_on_for_nothing)
{
    int fd = ff_raw_connect(serve.port);
    send_head(fd, 66560, JSON "Expect: 100-continue\r\n");
    expect(fd, 413, "ERR_BODY_TOO_LARGE");
}
END_TEST

START_TEST(an_unread_body_is_not_the_next_request)
{
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, "POST /api/v1/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 57\r\n"
                    "Content-Type: application/json\r\n\r\n"
                    "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Trap: 1\r\n\r\n");
    ff_raw_read(fd, &reply);
    ck_assert_int_eq(reply.status, 401);
    ff_raw_text(fd, "GET /health/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ff_raw_read(fd, &reply);
    ck_assert_msg(reply.status == 404, "%d: %s", reply.status, reply.body);
    close(fd);
}
END_TEST

START_TEST(a_connection_serves_many_requests)
{
    int fd = ff_raw_connect(serve.port);
    for (int i = 0; i < 50; i++) {
        ff_raw_text(fd, LIVE);
        ff_raw_read(fd, &reply);
        ck_assert_int_eq(reply.status, 200);
        ck_assert_str_eq(reply.body, "{\"status\":\"alive\"}");
    }
    ff_raw_text(fd, LIVE LIVE "GET /health/x HTTP/1.1\r\nHost: localhost\r\n\r\n" LIVE);
    size_t answers = 0;
    static char text[16384];
    memset(text, 0, sizeof text);
    for (size_t n = 0; answers < 4 && n < sizeof text - 1;) {
        ssize_t more = read(fd, text + n, sizeof text - 1 - n);
        ck_assert_int_gt(more, 0);
        n += (size_t)more;
        answers = 0;
        for (const char *at = text; (at = strstr(at, "HTTP/1.1 ")); at++)
            answers++;
    }
    close(fd);
}
END_TEST

static const struct {
    const char *version, *connection;
    bool ends;
} endings[] = {
    {"1.1", NULL, false},   {"1.1", "keep-alive", false}, {"1.1", "close", true},
    {"1.1", "Close", true}, {"1.0", NULL, true},          {"1.0", "keep-alive", false},
};

START_TEST(the_connection_ends_when_the_client_says)
{
    char ask[256];
    const char *wish = endings[_i].connection;
    (void)snprintf(ask, sizeof ask, "GET /health/live HTTP/%s\r\nHost: localhost\r\n%s%s%s\r\n",
                   endings[_i].version, wish ? "Connection: " : "", wish ? wish : "",
                   wish ? "\r\n" : "");
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, ask);
    ff_raw_read(fd, &reply);
    ck_assert_int_eq(reply.status, 200);
    const char *said = ff_raw_header(&reply, "Connection");
    ck_assert_int_eq(said && !strcmp(said, "close"), endings[_i].ends);
    if (endings[_i].ends) {
        ck_assert(ff_raw_ends(fd));
    } else {
        ff_raw_text(fd, LIVE);
        ff_raw_read(fd, &reply);
        ck_assert_int_eq(reply.status, 200);
    }
    close(fd);
}
END_TEST

START_TEST(head_is_get_without_its_body)
{
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, "HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ff_raw_read_head(fd, &reply);
    ck_assert_int_eq(reply.status, 200);
    ck_assert_str_eq(ff_raw_header(&reply, "Content-Length"), "18");
    ck_assert_uint_eq(reply.body_len, 0);
    ff_raw_text(fd, LIVE);
    ff_raw_read(fd, &reply);
    ck_assert_int_eq(reply.status, 200);
    close(fd);
}
END_TEST

START_TEST(unknown_addresses_and_methods_are_told_apart)
{
    static const struct {
        const char *ask;
        int status;
        const char *code, *allow;
    } cases[] = {
        {"GET /api/v1/nothing", 404, "ERR_NOT_FOUND", NULL},
        {"GET /api", 404, "ERR_NOT_FOUND", NULL},
        {"GET /health/nothing", 404, "ERR_NOT_FOUND", NULL},
        {"GET /nothing", 404, "ERR_NOT_FOUND", NULL},
        {"GET /assets/nothing-ABCDEFGH.js", 404, "ERR_NOT_FOUND", NULL},
        {"DELETE /health", 405, "ERR_METHOD_NOT_ALLOWED", "GET, HEAD, OPTIONS"},
        {"DELETE /", 405, "ERR_METHOD_NOT_ALLOWED", "GET, HEAD, OPTIONS"},
        {"LOCK /health", 405, "ERR_METHOD_NOT_ALLOWED", "GET, HEAD, OPTIONS"},
        {"GET /api/v1/auth/login", 405, "ERR_METHOD_NOT_ALLOWED", "POST, OPTIONS"},
        {"DELETE /api/v1/purchases/7", 405, "undo", "GET, HEAD, OPTIONS"},
        {"OPTIONS /api/v1/auth/login", 204, "", "POST, OPTIONS"},
        {"OPTIONS /", 204, "", "GET, HEAD, OPTIONS"},
        {"OPTIONS /api/v1/nothing", 404, "ERR_NOT_FOUND", NULL},
    };
    char ask[256];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)snprintf(ask, sizeof ask, "%s HTTP/1.1\r\nHost: localhost\r\n\r\n", cases[i].ask);
        int status = ff_raw_ask(serve.port, ask, &reply);
        ck_assert_msg(status == cases[i].status, "%s: %d", cases[i].ask, status);
        ck_assert_ptr_nonnull(strstr(reply.body, cases[i].code));
        ck_assert_pstr_eq(ff_raw_header(&reply, "Allow"), cases[i].allow);
    }
}
END_TEST

START_TEST(an_upgrade_is_not_taken)
{
    ff_raw_ask(serve.port,
               "GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
               "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
               &reply);
    ck_assert_int_eq(reply.status, 404);
    ck_assert(ff_serve_alive(&serve));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("socket_body");
    TCase *t = tcase_create("body");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, a_flood_of_one_character_is_refused, 0, ROWS(floods));
    tcase_add_test(t, a_client_that_sends_on_can_read_the_refusal);
    tcase_add_loop_test(t, what_is_not_json_is_refused, 0, ROWS(bad_json));
    tcase_add_test(t, depth_seventeen_is_refused);
    tcase_add_loop_test(t, another_content_type_is_415, 0, ROWS(bad_types));
    tcase_add_loop_test(t, json_in_utf8_by_any_spelling_is_taken, 0, ROWS(good_types));
    tcase_add_loop_test(t, a_body_cut_short_is_refused, 0, 40);
    tcase_add_test(t, a_body_that_does_not_come_is_408);
    tcase_add_test(t, a_body_that_trickles_is_408);
    tcase_add_test(t, the_client_is_told_to_go_on);
    tcase_add_test(t, the_client_is_not_told_to_go_on_for_nothing);
    tcase_add_test(t, an_unread_body_is_not_the_next_request);
    tcase_add_test(t, a_connection_serves_many_requests);
    tcase_add_loop_test(t, the_connection_ends_when_the_client_says, 0, ROWS(endings));
    tcase_add_test(t, head_is_get_without_its_body);
    tcase_add_test(t, unknown_addresses_and_methods_are_told_apart);
    tcase_add_test(t, an_upgrade_is_not_taken);
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
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
