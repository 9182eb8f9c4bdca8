/* SPDX-License-Identifier: MIT */
/* socket_bare.c - the server without compat.c: its functions are defined here, as doing nothing, so
 * that the linker leaves the real ones out and workers keep CivetWeb's 100 KiB stacks. The scan
 * before the JSON parser must hold by itself. */
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "http/compat.h"

static atomic_int looked;

size_t ff_compat_stack_bytes(void)
{
    atomic_fetch_add(&looked, 1);
    return 0;
}

uint64_t ff_compat_accepts(void)
{
    return 0;
}

bool ff_compat_tls_found(void)
{
    return false;
}

void ff_compat_keep_alive(int ms)
{
    (void)ms;
}

void ff_compat_put_back(struct ff_header *headers, size_t n)
{
    (void)headers;
    (void)n;
}

void ff_compat_set_caps(int per_address, int loopback, int all)
{
    (void)per_address;
    (void)loopback;
    (void)all;
}

void ff_compat_trust(const struct ff_network *proxies, size_t n)
{
    (void)proxies;
    (void)n;
}

void ff_compat_worker(int head_ms)
{
    (void)head_ms;
}

void ff_compat_write_until(int64_t deadline_ms)
{
    (void)deadline_ms;
}

void ff_compat_next_head(void) {}

void ff_compat_ended(void) {}

int64_t ff_compat_began_ms(void)
{
    return ff_compat_mono_ms();
}

bool ff_compat_is_late(void)
{
    return false;
}

void ff_compat_hang_up(const int *ports, size_t n)
{
    (void)ports;
    (void)n;
}

void ff_compat_read_until(int64_t deadline_ms)
{
    (void)deadline_ms;
}

size_t ff_compat_received(void)
{
    return 0;
}

void ff_compat_linger(int ms)
{
    (void)ms;
}

int64_t ff_compat_mono_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct ff_serve serve;
static struct ff_raw_reply reply;

static void start(void)
{
    struct ff_server_options options = {
        .threads = 4, .request_timeout_ms = 2000, .unchecked = true};
    ff_serve_start(&serve, &options);
}

static void stop(void)
{
    ff_serve_stop(&serve);
}

static const struct {
    char open, close;
    int n;
} floods[] = {{'[', 0, 500}, {'[', 0, 700},   {'[', 0, 1000},   {'[', ']', 700},
              {'{', 0, 700}, {'[', 0, 65536}, {'[', ']', 16384}};

START_TEST(seven_hundred_brackets_do_not_end_the_server)
{
    static char text[70000];
    size_t n = (size_t)floods[_i].n, all = floods[_i].close ? 2 * n : n;
    int head = snprintf(text, 512,
                        "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                        all);
    memset(text + head, floods[_i].open, n);
    if (floods[_i].close)
        memset(text + head + n, floods[_i].close, n);
    int fd = ff_raw_connect(serve.port);
    ff_raw_send(fd, text, (size_t)head + all);
    ff_raw_read(fd, &reply);
    close(fd);
    ck_assert_int_eq(reply.status, 400);
    ck_assert_ptr_nonnull(strstr(reply.body, "ERR_MALFORMED_JSON"));
    ck_assert(ff_serve_alive(&serve));
}
END_TEST

START_TEST(the_real_compat_file_is_not_here)
{
    ck_assert(ff_serve_alive(&serve));
    ck_assert_int_gt(atomic_load(&looked), 0);
    ck_assert_uint_eq(ff_compat_accepts(), 0);
}
END_TEST

START_TEST(a_checked_start_refuses_to_go_on_without_it)
{
    struct ff_server_options options = {.listen = {"127.0.0.1:0"}, .n_listen = 1, .threads = 4};
    struct ff_server *server = NULL;
    int hint = 0;
    ck_assert_int_ne(ff_server_start(&serve.cx, &options, &server, &hint), FF_OK);
    ck_assert_int_eq(hint, 78);
    ck_assert_ptr_null(server);
    ck_assert_msg(strstr(serve.cx.err.detail, "Self-test") != NULL, "%s", serve.cx.err.detail);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("socket_bare");
    TCase *t = tcase_create("bare");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, seven_hundred_brackets_do_not_end_the_server, 0,
                        sizeof floods / sizeof floods[0]);
    tcase_add_test(t, the_real_compat_file_is_not_here);
    tcase_add_test(t, a_checked_start_refuses_to_go_on_without_it);
    tcase_set_timeout(t, 30);
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
