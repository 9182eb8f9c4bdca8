/* SPDX-License-Identifier: MIT */
/* socket_stop.c - stopping: at once when nothing is under way, with an answer when something is;
 * and how many connections one address may have. */
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/compat.h"

#define LIVE "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"

enum { IDLE = 20, IDLE_STOP_MS = 1000 };

static struct ff_raw_reply reply;

START_TEST(an_idle_server_stops_in_well_under_a_second)
{
    struct ff_serve serve;
    int fds[IDLE];
    struct ff_server_options options = {.threads = 32, .per_loopback = 64};
    ff_serve_start(&serve, &options);
    for (int i = 0; i < IDLE; i++) {
        fds[i] = ff_raw_connect(serve.port);
        ff_raw_text(fds[i], LIVE);
        ff_raw_read(fds[i], &reply);
        ck_assert_int_eq(reply.status, 200);
    }
    int64_t began = ff_compat_mono_ms();
    ff_serve_stop(&serve);
    int64_t took = ff_compat_mono_ms() - began;
    ck_assert_msg(took < IDLE_STOP_MS, "%lld ms", (long long)took);
    for (int i = 0; i < IDLE; i++) {
        ck_assert(ff_raw_ends(fds[i]));
        close(fds[i]);
    }
}
END_TEST

START_TEST(a_silent_connection_does_not_hold_the_stop)
{
    struct ff_serve serve;
    ff_serve_start(&serve, NULL);
    int silent = ff_raw_connect(serve.port), half = ff_raw_connect(serve.port);
    ff_raw_text(half, "GET /health/live HTTP/1.1\r\nHost:");
    int64_t began = ff_compat_mono_ms();
    ff_serve_stop(&serve);
    ck_assert_int_lt(ff_compat_mono_ms() - began, IDLE_STOP_MS);
    close(silent);
    close(half);
}
END_TEST

static void *stop_in_thread(void *arg)
{
    ff_serve_stop(arg);
    return NULL;
}

static void wait_for_go_on(int fd)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    char got[sizeof go_on] = "";
    for (size_t n = 0; n < sizeof go_on - 1;) {
        ssize_t more = read(fd, got + n, sizeof go_on - 1 - n);
        ck_assert_int_gt(more, 0);
        n += (size_t)more;
    }
}

/* "100 Continue" says that the request is under way; health answers "stopping" once the stop has
 * begun. So the order of things is certain without waiting for time. */
START_TEST(what_is_under_way_is_answered)
{
    static struct ff_serve serve;
    pthread_t stopper;
    struct ff_server_options options = {
        .threads = 8, .per_loopback = 8, .request_timeout_ms = 10000};
    ff_serve_start(&serve, &options);
    int port = serve.port, fd = ff_raw_connect(port);
    ff_raw_text(fd, "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                    "Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n");
    wait_for_go_on(fd);
    ck_assert_int_eq(pthread_create(&stopper, NULL, stop_in_thread, &serve), 0);
    do
        ff_raw_ask(port, "GET /api/v1/auth/me HTTP/1.1\r\nHost: localhost\r\n\r\n", &reply);
    while (reply.status != 503);
    ck_assert_ptr_nonnull(strstr(reply.body, "ERR_SHUTTING_DOWN"));
    ck_assert_str_eq(ff_raw_header(&reply, "Retry-After"), "5");
    ck_assert_str_eq(ff_raw_header(&reply, "Connection"), "close");
    ck_assert_int_eq(ff_raw_ask(port, LIVE, &reply), 200);
    ff_raw_text(fd, "nul");
    ff_raw_read(fd, &reply);
    ck_assert_int_eq(reply.status, 400);
    ck_assert(ff_raw_ends(fd));
    close(fd);
    ck_assert_int_eq(pthread_join(stopper, NULL), 0);
}
END_TEST

START_TEST(many_silent_connections_of_one_address_leave_room)
{
    struct ff_serve serve;
    int silent[40];
    struct ff_server_options options = {.threads = 16}; /* so 8 for loopback */
    ff_serve_start(&serve, &options);
    for (int i = 0; i < 40; i++)
        silent[i] = ff_raw_connect(serve.port);
    int refused = 0;
    for (int i = 8; i < 40; i++)
        refused += ff_raw_ends(silent[i]);
    ck_assert_int_eq(refused, 32);
    for (int i = 0; i < 40; i++)
        close(silent[i]);
    int64_t began = ff_compat_mono_ms();
    bool alive = false;
    while (!alive && ff_compat_mono_ms() - began < 5000)
        alive = ff_serve_alive(&serve);
    ck_assert(alive);
    ff_serve_stop(&serve);
}
END_TEST

/* How many of them the server has ended. */
static int ended(struct pollfd *fds, int n)
{
    int gone = 0;
    (void)poll(fds, (nfds_t)n, 100);
    for (int i = 0; i < n; i++)
        gone += (fds[i].revents & POLLIN) != 0;
    return gone;
}

START_TEST(a_crowded_server_does_not_keep_connections)
{
    struct ff_serve serve;
    struct pollfd fds[8];
    struct ff_server_options options = {.threads = 8, .per_loopback = 64};
    ff_serve_start(&serve, &options);
    for (int i = 0; i < 8; i++) {
        fds[i] = (struct pollfd){.fd = ff_raw_connect(serve.port), .events = POLLIN};
        ff_raw_text(fds[i].fd, LIVE);
        ff_raw_read(fds[i].fd, &reply);
        ck_assert_int_eq(reply.status, 200);
    }
    /* Six of eight may stay: one that waits had to make room, or one that came had to go. */
    int64_t began = ff_compat_mono_ms();
    while (ended(fds, 8) < 2 && ff_compat_mono_ms() - began < 5000)
        ;
    ck_assert_int_ge(ended(fds, 8), 2);
    for (int i = 0; i < 8; i++)
        close(fds[i].fd);
    ff_serve_stop(&serve);
}
END_TEST

START_TEST(a_server_starts_again_where_one_stopped)
{
    struct ff_serve serve;
    for (int i = 0; i < 3; i++) {
        ff_serve_start(&serve, NULL);
        ck_assert(ff_serve_alive(&serve));
        ff_serve_stop(&serve);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("socket_stop");
    TCase *t = tcase_create("stop");
    tcase_add_test(t, an_idle_server_stops_in_well_under_a_second);
    tcase_add_test(t, a_silent_connection_does_not_hold_the_stop);
    tcase_add_test(t, what_is_under_way_is_answered);
    tcase_add_test(t, many_silent_connections_of_one_address_leave_room);
    tcase_add_test(t, a_crowded_server_does_not_keep_connections);
    tcase_add_test(t, a_server_starts_again_where_one_stopped);
    tcase_set_timeout(t, 30);
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
