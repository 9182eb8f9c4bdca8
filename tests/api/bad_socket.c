/* SPDX-License-Identifier: MIT */
/* bad_socket.c - the lists of framings, addresses and headers in tests/golden/bad, byte for byte to
 * a running server: the exact status and code of each, never a 500, a server that lives on, and
 * nothing booked by what was refused. */
#include "../lib/cases.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "../lib/raw.h"
#include "../lib/serve.h"

#include "base/ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAMINGS "framings.txt"
#define PATHS    "paths.txt"
#define HEADERS  "headers.txt"

static struct ff_fixture fx;
static struct ff_serve serve;
static struct ff_raw_reply reply;
static struct ff_cases framings, paths, headers;
static const char *admin;

static void start(void)
{
    ff_fixture_open(&fx);
    ff_fixture_person(&fx, "EMP001", "Anna Nagy", 100000);
    ff_fixture_product(&fx, "Soup", 350);
    ff_test_user(&fx, "admin@example.com", "admin", 0);
    ff_fixture_again(&fx);
    admin = ff_test_sign_in(&fx, "admin@example.com").access;
    const struct ff_case_word words[] = {{"admin", admin}, {NULL, NULL}};
    framings = ff_cases_read(FRAMINGS, words);
    paths = ff_cases_read(PATHS, words);
    headers = ff_cases_read(HEADERS, words);
    ff_serve_canteen(&serve, &fx, NULL);
}

static void stop(void)
{
    ff_serve_stop(&serve);
    ff_test_books(&fx);
    ff_fixture_close(&fx);
}

static void expect(const char *list, const struct ff_case *c)
{
    ck_assert_msg(reply.status == c->status && (!*c->code || strstr(reply.body, c->code)),
                  "%s:%d: %s: %d, not %d %s\n%s%s", list, c->line, c->name, reply.status, c->status,
                  c->code, reply.head, reply.body);
    ck_assert_msg(c->status < 400 || strstr(reply.head, "application/problem+json"), "%s:%d: %s",
                  list, c->line, reply.head);
    ck_assert_msg(ff_serve_alive(&serve), "%s:%d: the server is gone", list, c->line);
}

/* Sends the bytes of a case and reads the first reply; the connection. */
static int send_case(const struct ff_case *c)
{
    int fd = ff_raw_connect(serve.port);
    (void)ff_raw_send(fd, c->text, c->n);
    return fd;
}

START_TEST(a_doubtful_request_is_refused_and_nothing_follows_it)
{
    static const char second[] = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const struct ff_case *c = &framings.at[_i];
    int fd = send_case(c);
    ff_raw_text(fd, second);
    ff_raw_read(fd, &reply);
    expect(FRAMINGS, c);
    ck_assert_msg(!reply.status || strstr(reply.head, "Connection: close"), "%s: %s", c->name,
                  reply.head);
    ck_assert_msg(ff_raw_ends(fd), "%s: the next request was answered", c->name);
    close(fd);
}
END_TEST

START_TEST(an_address_is_taken_as_it_stands_or_not_at_all)
{
    const struct ff_case *c = &paths.at[_i];
    static char tail[4096];
    int n = snprintf(tail, sizeof tail,
                     " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", admin);
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, "GET ");
    (void)ff_raw_send(fd, c->text, c->n);
    (void)ff_raw_send(fd, tail, (size_t)n);
    ff_raw_read(fd, &reply);
    close(fd);
    expect(PATHS, c);
}
END_TEST

START_TEST(a_header_is_taken_as_it_should_be_or_not_at_all)
{
    const struct ff_case *c = &headers.at[_i];
    int fd = send_case(c);
    ff_raw_read(fd, &reply);
    close(fd);
    expect(HEADERS, c);
    const char *id = ff_raw_header(&reply, "X-Request-Id");
    ck_assert_msg(id && ff_request_id_ok(id), "%s: %s", c->name, id);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("bad_socket");
    TCase *t = tcase_create("lists");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, a_doubtful_request_is_refused_and_nothing_follows_it, 0,
                        ff_cases_count(FRAMINGS));
    tcase_add_loop_test(t, an_address_is_taken_as_it_stands_or_not_at_all, 0,
                        ff_cases_count(PATHS));
    tcase_add_loop_test(t, a_header_is_taken_as_it_should_be_or_not_at_all, 0,
                        ff_cases_count(HEADERS));
    tcase_set_timeout(t, 120);
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
