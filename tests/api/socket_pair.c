/* SPDX-License-Identifier: MIT */
/* socket_pair.c - several requests on one connection, sent together or in pieces: each is answered
 * by what it says itself, whatever the one before it said. */
#include "../lib/identity.h"
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE "/api/v1/products?limit=5"

static struct ff_fixture fx;
static struct ff_serve serve;
static struct ff_raw_reply reply;
static char mine[2048], nobodys[256], text[8192];
static const char *token;

static void start(void)
{
    ff_fixture_open(&fx);
    (void)ff_fixture_product(&fx, "Soup", 350);
    (void)ff_test_user(&fx, "admin@x.example", "admin", 0);
    token = ff_test_sign_in(&fx, "admin@x.example").access;
    snprintf(mine, sizeof mine,
             "GET " PAGE " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", token);
    snprintf(nobodys, sizeof nobodys,
             "GET " PAGE " HTTP/1.1\r\nHost: localhost\r\nAuthorization: \r\n\r\n");
    ff_serve_canteen(&serve, &fx, NULL);
}

static void stop(void)
{
    ff_serve_stop(&serve);
    ff_fixture_close(&fx);
}

static void expect(int fd, int status)
{
    ff_raw_read(fd, &reply);
    ck_assert_msg(reply.status == status, "%s%s", reply.head, reply.body);
}

/* The statuses of all replies until the connection ends, as text. */
static const char *statuses(int fd)
{
    static char all[65536], found[64];
    size_t n = 0, len = 0;
    for (ssize_t got; n < sizeof all - 1 && (got = read(fd, all + n, sizeof all - 1 - n)) > 0;)
        n += (size_t)got;
    all[n] = '\0';
    for (const char *at = all; (at = strstr(at, "HTTP/1.1 ")) && len + 5 < sizeof found; at++)
        len += (size_t)snprintf(found + len, sizeof found - len, "%.4s", at + 9);
    return found;
}

START_TEST(a_header_without_a_value_is_not_the_one_before)
{
    snprintf(text, sizeof text, "%s%s%s%sGET / HTTP/1.0\r\nHost: localhost\r\n\r\n", mine, nobodys,
             mine, nobodys);
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, text);
    ck_assert_str_eq(statuses(fd), "200 401 200 401 200 ");
    close(fd);
    fd = ff_raw_connect(serve.port);
    for (int i = 0; i < 3; i++) {
        ff_raw_text(fd, mine);
        expect(fd, 200);
        ff_raw_text(fd, nobodys);
        expect(fd, 401);
    }
    close(fd);
}
END_TEST

START_TEST(a_head_in_pieces_is_read_as_one)
{
    const size_t n = strlen(mine);
    int fd = ff_raw_connect(serve.port);
    for (size_t cut = 1; cut < n; cut += _i ? 97 : 61) {
        ck_assert(ff_raw_send(fd, mine, cut));
        (void)poll(NULL, 0, 3);
        ck_assert(ff_raw_send(fd, mine + cut, n - cut));
        expect(fd, 200);
    }
    close(fd);
}
END_TEST

/* One and a half heads, then the other half: what comes last is not the beginning of a head. */
START_TEST(half_a_head_may_come_with_the_one_before)
{
    const size_t n = strlen(mine);
    int fd = ff_raw_connect(serve.port);
    for (size_t cut = 1; cut < n; cut += 53) {
        snprintf(text, sizeof text, "%s%.*s", mine, (int)cut, mine);
        ff_raw_text(fd, text);
        expect(fd, 200);
        ff_raw_text(fd, mine + cut);
        expect(fd, 200);
    }
    close(fd);
}
END_TEST

/* A body that looks like a head is a body, wherever it is cut. */
START_TEST(a_body_is_left_alone)
{
    char body[256];
    snprintf(body, sizeof body, "{\"name\":\"\r\nAuthorization: Bearer %.100s\r\n\r\n\"}", token);
    const int n = snprintf(text, sizeof text,
                           "POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                           "Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %zu"
                           "\r\n\r\n%s",
                           token, strlen(body), body);
    const size_t head = (size_t)n - strlen(body);
    int fd = ff_raw_connect(serve.port);
    for (size_t cut = head - 2; cut < head + 16; cut++) {
        ck_assert(ff_raw_send(fd, text, cut));
        (void)poll(NULL, 0, 3);
        ff_raw_text(fd, text + cut);
        ff_raw_read(fd, &reply);
        ck_assert_msg(reply.status == 400 || reply.status == 422, "%s%s", reply.head, reply.body);
        if (ff_raw_header(&reply, "Connection")) {
            close(fd);
            fd = ff_raw_connect(serve.port);
        }
        ff_raw_text(fd, mine);
        expect(fd, 200);
    }
    close(fd);
}
END_TEST

START_TEST(long_values_are_judged_as_short_ones)
{
    static const char *const odd[] = {"\t", "\x01", "\x7f"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        snprintf(text, sizeof text,
                 "GET /health/live HTTP/1.1\r\nHost: localhost\r\n"
                 "User-Agent: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%sbbbb\r\n\r\n",
                 odd[i]);
        ck_assert_int_eq(ff_raw_ask(serve.port, text, &reply), 400);
    }
    snprintf(text, sizeof text,
             "GET /health/live HTTP/1.1\r\nHost: localhost\r\n"
             "Cookie: ff_device=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
             "Cookie: ff_device=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n\r\n");
    ck_assert_int_eq(ff_raw_ask(serve.port, text, &reply), 400);
}
END_TEST

/* Longer than the pause for which the first wait lasts. */
START_TEST(a_client_that_pauses_is_still_served)
{
    int fd = ff_raw_connect(serve.port);
    for (int i = 0; i < 3; i++) {
        ff_raw_text(fd, mine);
        expect(fd, 200);
        (void)poll(NULL, 0, 250);
    }
    close(fd);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("socket_pair");
    TCase *t = tcase_create("pair");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, start, stop);
    tcase_add_test(t, a_header_without_a_value_is_not_the_one_before);
    tcase_add_loop_test(t, a_head_in_pieces_is_read_as_one, 0, 2);
    tcase_add_test(t, half_a_head_may_come_with_the_one_before);
    tcase_add_test(t, a_body_is_left_alone);
    tcase_add_test(t, long_values_are_judged_as_short_ones);
    tcase_add_test(t, a_client_that_pauses_is_still_served);
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
