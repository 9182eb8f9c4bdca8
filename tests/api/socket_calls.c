/* SPDX-License-Identifier: MIT */
/* socket_calls.c - what a request asks of the kernel. Functions of the C library that the server
 * and its libraries call are defined here, count, and go on to the kernel. */
#include "../lib/identity.h"
#include "../lib/raw.h"
#include "../lib/serve.h"

#include <check.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cache/lru.h"

enum { ASKED = 100, DRAWN_AT_ONCE = 32 };

static atomic_int sent, received, polled, drawn, locked;

/* Declared under names of our own: send, recv and poll are the server's, and end in these. */
ssize_t count_send(int fd, const void *bytes, size_t n, int flags, const void *to,
                   socklen_t len) __asm__("sendto");
ssize_t count_recv(int fd, void *bytes, size_t n, int flags, void *from,
                   socklen_t *len) __asm__("recvfrom");
int count_poll(void *fds, unsigned long n, const void *wait, const void *mask) __asm__("ppoll");

ssize_t count_send(int fd, const void *bytes, size_t n, int flags, const void *to, socklen_t len)
{
    if (n < 4 || memcmp(bytes, "GET ", 4) != 0) /* the client's own */
        atomic_fetch_add(&sent, 1);
    return syscall(SYS_sendto, fd, bytes, n, flags, to, len);
}

ssize_t count_recv(int fd, void *bytes, size_t n, int flags, void *from, socklen_t *len)
{
    atomic_fetch_add(&received, 1);
    return syscall(SYS_recvfrom, fd, bytes, n, flags, from, len);
}

int count_poll(void *fds, unsigned long n, const void *wait, const void *mask)
{
    enum { SIGNALS_BYTES = 8 };
    atomic_fetch_add(&polled, 1);
    return (int)syscall(SYS_ppoll, fds, n, wait, mask, SIGNALS_BYTES);
}

ssize_t getrandom(void *out, size_t n, unsigned flags)
{
    atomic_fetch_add(&drawn, 1);
    return syscall(SYS_getrandom, out, n, flags);
}

/* Which SQLite begins and ends a snapshot by. */
int fcntl64(int fd, int what, ...);
int fcntl64(int fd, int what, ...)
{
    va_list args;
    va_start(args, what);
    void *arg = va_arg(args, void *);
    va_end(args);
    atomic_fetch_add(&locked, 1);
    return (int)syscall(SYS_fcntl, fd, what, arg);
}

static struct ff_fixture fx;
static struct ff_serve serve;
static struct ff_raw_reply reply;

static void start(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(1 << 20);
    (void)ff_fixture_product(&fx, "Soup", 350);
    (void)ff_test_user(&fx, "admin@x.example", "admin", 0);
    ff_serve_canteen(&serve, &fx, NULL);
}

static void stop(void)
{
    ff_serve_stop(&serve);
    ff_lru_free(fx.cache);
    ff_fixture_close(&fx);
}

static void ask(int fd, const char *request)
{
    ff_raw_text(fd, request);
    ff_raw_read(fd, &reply);
    ck_assert_msg(reply.status == 200, "%s%s", reply.head, reply.body);
}

START_TEST(a_reply_from_memory_is_one_receive_and_one_send)
{
    char request[2048];
    const int n = snprintf(request, sizeof request,
                           "GET /api/v1/products?limit=5 HTTP/1.1\r\nHost: localhost\r\n"
                           "Authorization: Bearer %s\r\n\r\n",
                           ff_test_sign_in(&fx, "admin@x.example").access);
    ck_assert_int_lt(n, (int)sizeof request);
    int fd = ff_raw_connect(serve.port);
    ask(fd, request);
    ask(fd, request);
    ck_assert_str_eq(ff_raw_header(&reply, "X-Cache"), "HIT");
    ck_assert_int_gt(atomic_load(&locked), 0); /* the one that was made counted */
    atomic_store(&sent, 0);
    atomic_store(&received, 0);
    atomic_store(&polled, 0);
    atomic_store(&drawn, 0);
    atomic_store(&locked, 0);
    for (int i = 0; i < ASKED; i++)
        ask(fd, request);
    ck_assert_int_eq(atomic_load(&sent), ASKED);
    /* One receives for the request that comes next; a client that pauses is polled. */
    ck_assert_int_ge(atomic_load(&received), ASKED - 1);
    ck_assert_int_le(atomic_load(&received), ASKED + 1 + atomic_load(&polled));
    ck_assert_int_le(atomic_load(&polled), ASKED / 10);
    ck_assert_int_le(atomic_load(&drawn), ASKED / DRAWN_AT_ONCE + 1);
    ck_assert_int_gt(atomic_load(&drawn), 0);
    ck_assert_int_eq(atomic_load(&locked), 0);
    close(fd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("socket_calls");
    TCase *tc = tcase_create("calls");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, start, stop);
    tcase_add_test(tc, a_reply_from_memory_is_one_receive_and_one_send);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
