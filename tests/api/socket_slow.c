/* SPDX-License-Identifier: MIT */
/* socket_slow.c - clients that take their time: silent ones, slow heads, slow bodies, those who
 * stay connected. The server here gives a request one second, half of it for the head. */
#include <check.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/raw.h"
#include "../lib/serve.h"
#include "http/compat.h"

#define LIVE "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"

enum { HEAD_MS = 500, WHOLE_MS = 1000, SLACK_MS = 2500 };

static struct ff_serve serve;
static struct ff_raw_reply reply;

static void start(void)
{
    struct ff_server_options options = {.threads = 16, .request_timeout_ms = WHOLE_MS};
    ff_serve_start(&serve, &options);
}

static void stop(void)
{
    ff_serve_stop(&serve);
}

static void pause_ms(int ms)
{
    (void)poll(NULL, 0, ms);
}

/* Sends `text` one byte every 20 ms until the server answers or all is sent. */
static void trickle(int fd, const char *text)
{
    struct pollfd answered = {.fd = fd, .events = POLLIN};
    for (; *text && poll(&answered, 1, 20) == 0; text++)
        if (!ff_raw_send(fd, text, 1))
            return;
}

static void expect_late(int fd, int64_t began, int64_t least)
{
    ff_raw_read(fd, &reply);
    int64_t took = ff_compat_mono_ms() - began;
    ck_assert_int_eq(reply.status, 408);
    ck_assert_ptr_nonnull(strstr(reply.body, "ERR_REQUEST_TIMEOUT"));
    ck_assert_msg(took >= least && took < least + SLACK_MS, "%lld ms", (long long)took);
    ck_assert(ff_raw_ends(fd));
    close(fd);
}

START_TEST(a_head_that_stops_is_408_after_its_time)
{
    int64_t began = ff_compat_mono_ms();
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, "GET /health/live HTTP/1.1\r\nHost: lo");
    expect_late(fd, began, HEAD_MS);
}
END_TEST

START_TEST(a_head_that_trickles_is_408_after_the_same_time)
{
    static char slow[400];
    int64_t began = ff_compat_mono_ms();
    int fd = ff_raw_connect(serve.port);
    memset(slow, 'x', sizeof slow - 1);
    ff_raw_text(fd, "GET /health/live HTTP/1.1\r\nX-Slow: ");
    trickle(fd, slow);
    expect_late(fd, began, HEAD_MS);
}
END_TEST

START_TEST(a_silent_connection_ends_after_the_same_time)
{
    int64_t began = ff_compat_mono_ms();
    int fd = ff_raw_connect(serve.port);
    ck_assert(ff_raw_ends(fd));
    int64_t took = ff_compat_mono_ms() - began;
    ck_assert_msg(took >= HEAD_MS && took < HEAD_MS + SLACK_MS, "%lld ms", (long long)took);
    close(fd);
}
END_TEST

START_TEST(waiting_for_a_next_request_is_not_slow_but_its_head_may_be)
{
    int fd = ff_raw_connect(serve.port);
    for (int i = 0; i < 2; i++) {
        ff_raw_text(fd, LIVE);
        ff_raw_read(fd, &reply);
        ck_assert_int_eq(reply.status, 200);
        pause_ms(HEAD_MS + WHOLE_MS);
    }
    int64_t began = ff_compat_mono_ms();
    ff_raw_text(fd, "GET /health/live HT");
    expect_late(fd, began, HEAD_MS);
}
END_TEST

START_TEST(head_and_body_share_the_time_of_a_request)
{
    int64_t began = ff_compat_mono_ms();
    int fd = ff_raw_connect(serve.port);
    ff_raw_text(fd, "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n");
    pause_ms(HEAD_MS / 2);
    ff_raw_text(fd, "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n");
    trickle(fd, "                                                            ");
    expect_late(fd, began, WHOLE_MS);
}
END_TEST

START_TEST(requests_sent_at_once_are_all_in_time)
{
    int fd = ff_raw_connect(serve.port);
    int64_t began = ff_compat_mono_ms();
    while (ff_compat_mono_ms() - began < WHOLE_MS + HEAD_MS) {
        for (int i = 0; i < 20; i++)
            ff_raw_text(fd, LIVE);
        for (int ends = 0; ends < 20;) {
            char got[512];
            ssize_t n = read(fd, got, sizeof got);
            ck_assert_int_gt(n, 0);
            for (ssize_t k = 0; k < n; k++)
                ends += got[k] == '}'; /* the end of each body */
        }
        pause_ms(20);
    }
    close(fd);
}
END_TEST

START_TEST(a_connection_ends_with_its_ten_thousandth_request)
{
    int fd = ff_raw_connect(serve.port);
    for (int i = 1; i <= 10000; i++) {
        ff_raw_text(fd, LIVE);
        ff_raw_read(fd, &reply);
        ck_assert_int_eq(reply.status, 200);
        if (i == 9999)
            ck_assert_ptr_null(ff_raw_header(&reply, "Connection"));
    }
    ck_assert_pstr_eq(ff_raw_header(&reply, "Connection"), "close");
    ck_assert(ff_raw_ends(fd));
    close(fd);
}
END_TEST

/* Sixteen workers: eight for this address. Eight that have asked and stay are in nobody's way. */
START_TEST(those_who_stay_make_room_for_those_who_come)
{
    int fds[24], answered = 0;
    for (int i = 0; i < 24; i++) {
        fds[i] = ff_raw_connect(serve.port);
        ff_raw_text(fds[i], LIVE);
        ff_raw_read(fds[i], &reply);
        answered += reply.status == 200;
        pause_ms(20); /* until its worker waits for the next one */
    }
    ck_assert_int_eq(answered, 24);
    ck_assert(ff_raw_ends(fds[0])); /* the longest idle went first */
    ff_raw_text(fds[23], LIVE);
    ff_raw_read(fds[23], &reply);
    ck_assert_int_eq(reply.status, 200);
    for (int i = 0; i < 24; i++)
        close(fds[i]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("socket_slow");
    TCase *t = tcase_create("slow");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, start, stop);
    tcase_add_test(t, a_head_that_stops_is_408_after_its_time);
    tcase_add_test(t, a_head_that_trickles_is_408_after_the_same_time);
    tcase_add_test(t, a_silent_connection_ends_after_the_same_time);
    tcase_add_test(t, waiting_for_a_next_request_is_not_slow_but_its_head_may_be);
    tcase_add_test(t, head_and_body_share_the_time_of_a_request);
    tcase_add_test(t, requests_sent_at_once_are_all_in_time);
    tcase_add_test(t, a_connection_ends_with_its_ten_thousandth_request);
    tcase_add_test(t, those_who_stay_make_room_for_those_who_come);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
