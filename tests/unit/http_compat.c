/* SPDX-License-Identifier: MIT */
/* http_compat.c - the functions that stand in for the C library's: each is called here as CivetWeb
 * calls it, by its plain name. */
#include "http/compat.h"

#include <arpa/inet.h>
#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int listener, port;

static void setup(void)
{
    struct sockaddr_in own;
    socklen_t len = sizeof own;
    memset(&own, 0, sizeof own);
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(listener, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&own, sizeof own), 0);
    ck_assert_int_eq(listen(listener, 16), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&own, &len), 0);
    port = ntohs(own.sin_port);
}

static void teardown(void)
{
    ff_compat_set_caps(0, 0, 0);
    ff_compat_trust(NULL, 0);
    close(listener);
}

/* A client from 127.0.0.<host>. */
static int connect_from(int host)
{
    struct sockaddr_in from, to;
    memset(&from, 0, sizeof from);
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + (in_addr_t)host);
    to = from;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons((in_port_t)port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&from, sizeof from), 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void *measure(void *out)
{
    *(size_t *)out = ff_compat_stack_bytes();
    return NULL;
}

START_TEST(a_small_stack_is_made_large)
{
    pthread_attr_t attr;
    pthread_t thread;
    size_t bytes = 0;
    ck_assert_int_eq(pthread_attr_init(&attr), 0);
    ck_assert_int_eq(pthread_attr_setstacksize(&attr, 102400), 0);
    ck_assert_int_eq(pthread_create(&thread, &attr, measure, &bytes), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_uint_ge(bytes, FF_WORKER_STACK_BYTES);
    ck_assert_int_eq(pthread_attr_setstacksize(&attr, 4 << 20), 0);
    ck_assert_int_eq(pthread_attr_getstacksize(&attr, &bytes), 0);
    ck_assert_uint_eq(bytes, 4 << 20);
    pthread_attr_destroy(&attr);
}
END_TEST

START_TEST(accepting_is_counted_and_tells_the_address)
{
    struct sockaddr_in from;
    socklen_t len = sizeof from;
    uint64_t before = ff_compat_accepts();
    int client = connect_from(1), fd = accept(listener, (struct sockaddr *)&from, &len);
    ck_assert_int_ge(fd, 0);
    ck_assert_uint_eq(ff_compat_accepts(), before + 1);
    ck_assert_uint_eq(len, sizeof from);
    ck_assert_uint_eq(from.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
    close(fd);
    close(client);
    client = connect_from(1);
    fd = accept(listener, NULL, NULL);
    ck_assert_int_ge(fd, 0);
    close(fd);
    close(client);
}
END_TEST

START_TEST(one_address_gets_only_its_share)
{
    int clients[4], fds[4];
    ff_compat_set_caps(1, 3, 0);
    for (int i = 0; i < 4; i++) {
        clients[i] = connect_from(1);
        fds[i] = accept(listener, NULL, NULL);
    }
    ck_assert(fds[0] >= 0 && fds[1] >= 0 && fds[2] >= 0);
    ck_assert_int_eq(fds[3], -1);
    ck_assert_int_eq(errno, ECONNABORTED);
    char byte;
    ck_assert_int_le(read(clients[3], &byte, 1), 0);
    /* Another address has a share of its own. */
    int other = connect_from(2), other_fd = accept(listener, NULL, NULL);
    ck_assert_int_ge(other_fd, 0);
    /* A place is free again when one of them is closed, by whichever name close is called. */
    close(fds[1]);
    close(clients[3]);
    clients[3] = connect_from(1);
    fds[3] = accept(listener, NULL, NULL);
    ck_assert_int_ge(fds[3], 0);
    int more = connect_from(1);
    ck_assert_int_eq(accept(listener, NULL, NULL), -1);
    close(more);
    for (int i = 0; i < 4; i++) {
        close(clients[i]);
        if (i != 1)
            close(fds[i]);
    }
    close(other);
    close(other_fd);
}
END_TEST

START_TEST(a_proxy_that_is_trusted_gets_as_many_as_loopback)
{
    struct ff_network proxy;
    int clients[3], fds[3];
    ck_assert(ff_network_read("127.0.0.2", &proxy));
    ff_compat_set_caps(1, 2, 0);
    ff_compat_trust(&proxy, 1);
    for (int i = 0; i < 3; i++) {
        clients[i] = connect_from(2);
        fds[i] = accept(listener, NULL, NULL);
    }
    ck_assert(fds[0] >= 0 && fds[1] >= 0);
    ck_assert_int_eq(fds[2], -1);
    for (int i = 0; i < 3; i++) {
        close(clients[i]);
        if (fds[i] >= 0)
            close(fds[i]);
    }
}
END_TEST

/* Waits for bytes of `fd` in a worker's thread, as CivetWeb does. */
static void *wait_for_next(void *fd)
{
    struct pollfd pfd = {.fd = *(int *)fd, .events = POLLIN};
    char byte;
    ff_compat_worker(60000);
    ff_compat_next_head();
    (void)poll(&pfd, 1, 0); /* a first look tells whose connection it is */
    ff_compat_next_head();
    while (poll(&pfd, 1, 2000) == 0)
        ;
    ssize_t got = recv(pfd.fd, &byte, 1, 0);
    ff_compat_ended();
    close(pfd.fd);
    return got == 0 ? fd : NULL;
}

/* A connection that another thread waits on, as between two requests. */
static int start_idle(int host, int *fd, pthread_t *thread)
{
    int client = connect_from(host);
    *fd = accept(listener, NULL, NULL);
    ck_assert_int_ge(*fd, 0);
    ck_assert_int_eq(pthread_create(thread, NULL, wait_for_next, fd), 0);
    return client;
}

static void expect_ended(pthread_t thread, int client)
{
    void *ended = NULL;
    ck_assert_int_eq(pthread_join(thread, &ended), 0);
    ck_assert_ptr_nonnull(ended);
    close(client);
}

START_TEST(an_idle_connection_makes_room_for_one_of_its_address)
{
    pthread_t thread;
    int idle, second = -1, idle_client, client = -1;
    ff_compat_set_caps(1, 1, 0);
    idle_client = start_idle(1, &idle, &thread);
    while (second < 0) { /* refused until the other waits */
        client = connect_from(1);
        second = accept(listener, NULL, NULL);
        if (second < 0)
            close(client);
    }
    expect_ended(thread, idle_client);
    /* The one that took its place is busy: nothing makes room for a third. */
    int third = connect_from(1);
    ck_assert_int_eq(accept(listener, NULL, NULL), -1);
    close(third);
    close(second);
    close(client);
}
END_TEST

START_TEST(in_a_crowd_the_longest_idle_of_anybody_goes)
{
    pthread_t threads[2];
    int idle[2], idle_clients[2], fds[50], clients[50], n = 0;
    ff_compat_set_caps(0, 0, 2);
    for (int i = 0; i < 2; i++)
        idle_clients[i] = start_idle(2 + i, &idle[i], &threads[i]);
    /* Each further one costs one that waits its place, once it does. */
    struct pollfd gone[2] = {{.fd = idle_clients[0], .events = POLLIN},
                             {.fd = idle_clients[1], .events = POLLIN}};
    while (n < 50 && !(poll(gone, 2, 20) == 2)) {
        clients[n] = connect_from(1);
        fds[n] = accept(listener, NULL, NULL);
        ck_assert_int_ge(fds[n], 0);
        n++;
    }
    for (int i = 0; i < 2; i++)
        expect_ended(threads[i], idle_clients[i]);
    for (int i = 0; i < n; i++) {
        close(fds[i]);
        close(clients[i]);
    }
}
END_TEST

static void *wait_for_head(void *fd)
{
    static int64_t waited;
    struct pollfd pfd = {.fd = *(int *)fd, .events = POLLIN};
    char byte;
    int64_t began = ff_compat_mono_ms();
    ff_compat_worker(100);
    /* A byte now and then is no head. */
    while (poll(&pfd, 1, 10000) >= 0 && recv(pfd.fd, &byte, 1, 0) > 0)
        ;
    waited = errno == ETIMEDOUT && ff_compat_is_late() ? ff_compat_mono_ms() - began : -1;
    ff_compat_ended();
    return &waited;
}

START_TEST(a_head_has_its_time_and_no_more)
{
    pthread_t thread;
    void *waited = NULL;
    struct pollfd done = {.events = POLLIN};
    int client = connect_from(1), fd = accept(listener, NULL, NULL);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_head, &fd), 0);
    for (int i = 0; i < 30; i++) {
        ck_assert_int_eq(send(client, "x", 1, MSG_NOSIGNAL), 1);
        (void)poll(&done, 0, 10);
    }
    ck_assert_int_eq(pthread_join(thread, &waited), 0);
    ck_assert_int_ge(*(int64_t *)waited, 100);
    ck_assert_int_lt(*(int64_t *)waited, 3000);
    close(fd);
    close(client);
}
END_TEST

/* Fills the pipe to a client that does not read, then waits to be rid of more. */
static void *wait_to_send(void *arg)
{
    static char bytes[65536];
    static bool ended;
    int fd = *(int *)arg;
    struct pollfd pfd = {.fd = fd, .events = POLLOUT};
    ff_compat_worker(60000);
    while (send(fd, bytes, sizeof bytes, MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
        ;
    ff_compat_write_until(ff_compat_mono_ms() + 100);
    (void)poll(&pfd, 1, 0); /* a first look tells whose connection it is */
    ff_compat_write_until(ff_compat_mono_ms() + 100);
    int64_t began = ff_compat_mono_ms();
    int got = poll(&pfd, 1, 60000);
    ended = got == 1 && ff_compat_mono_ms() - began < 5000 &&
            send(fd, bytes, 1, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno == EPIPE;
    ff_compat_ended();
    return ended ? &ended : NULL;
}

START_TEST(who_does_not_read_loses_the_connection)
{
    pthread_t thread;
    void *ended = NULL;
    int client = connect_from(1), fd = accept(listener, NULL, NULL);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_to_send, &fd), 0);
    ck_assert_int_eq(pthread_join(thread, &ended), 0);
    ck_assert_ptr_nonnull(ended);
    close(fd);
    close(client);
}
END_TEST

START_TEST(a_descriptor_used_for_something_else_is_not_counted)
{
    int pipes[2];
    ff_compat_set_caps(1, 1, 0);
    int client = connect_from(1), fd = accept(listener, NULL, NULL);
    ck_assert_int_ge(fd, 0);
    close(fd);
    ck_assert_int_eq(pipe(pipes), 0); /* takes the number just freed */
    int again = connect_from(1), second = accept(listener, NULL, NULL);
    ck_assert_int_ge(second, 0);
    close(second);
    close(again);
    close(client);
    close(pipes[0]);
    close(pipes[1]);
}
END_TEST

START_TEST(hanging_up_wakes_the_reader_of_that_port_only)
{
    char byte;
    int client = connect_from(1), fd = accept(listener, NULL, NULL);
    int other = port + 1;
    ck_assert_int_ge(fd, 0);
    ff_compat_hang_up(&other, 1);
    ck_assert_int_eq(recv(fd, &byte, 1, MSG_DONTWAIT), -1);
    ck_assert(errno == EAGAIN || errno == EWOULDBLOCK);
    ff_compat_hang_up(&port, 1);
    ck_assert_int_eq(recv(fd, &byte, 1, 0), 0);
    close(fd);
    close(client);
}
END_TEST

START_TEST(an_accept_that_fails_is_passed_on)
{
    ck_assert_int_eq(accept(-1, NULL, NULL), -1);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(a_late_read_fails)
{
    char text[8];
    int pair[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    ck_assert_int_eq(send(pair[0], "lunch", 5, 0), 5);
    ff_compat_read_until(ff_compat_mono_ms() + 60000);
    ck_assert_int_eq(recv(pair[1], text, 2, 0), 2);
    ck_assert_uint_eq(ff_compat_received(), 2);
    ff_compat_read_until(ff_compat_mono_ms());
    ck_assert_int_eq(recv(pair[1], text, 3, 0), -1);
    ck_assert_int_eq(errno, ETIMEDOUT);
    ff_compat_read_until(0);
    ck_assert_int_eq(recv(pair[1], text, 3, 0), 3);
    ck_assert_uint_eq(ff_compat_received(), 3);
    close(pair[0]);
    ck_assert_int_eq(recv(pair[1], text, 3, 0), 0);
    ck_assert_uint_eq(ff_compat_received(), 3);
    close(pair[1]);
}
END_TEST

START_TEST(lingering_takes_what_still_comes_and_then_ends)
{
    char text[8];
    int pair[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    ck_assert_int_eq(send(pair[0], "lunch", 5, 0), 5);
    ck_assert_int_eq(recv(pair[1], text, 2, 0), 2);
    int64_t began = ff_compat_mono_ms();
    ff_compat_linger(20);
    ck_assert_int_lt(ff_compat_mono_ms() - began, 5000);
    ck_assert_int_eq(recv(pair[0], text, 1, 0), 0);
    ck_assert_int_eq(recv(pair[1], text, 3, MSG_DONTWAIT), -1);
    close(pair[0]);
    ck_assert_int_eq(recv(pair[1], text, 3, 0), 0);
    began = ff_compat_mono_ms();
    ff_compat_linger(60000);
    ck_assert_int_lt(ff_compat_mono_ms() - began, 5000);
    close(pair[1]);
    ff_compat_linger(60000);
}
END_TEST

#ifndef FF_SANITIZED
START_TEST(the_tls_library_is_found_by_its_development_name)
{
    void *handle = dlopen("libssl.so", RTLD_LAZY);
    ck_assert_ptr_nonnull(handle);
    ck_assert(ff_compat_tls_found());
    ck_assert_ptr_nonnull(dlsym(handle, "SSL_new"));
    ck_assert_ptr_nonnull(dlsym(handle, "SSL_get_peer_certificate"));
    ck_assert_ptr_nonnull(dlopen("libcrypto.so", RTLD_LAZY));
}
END_TEST

START_TEST(other_libraries_are_opened_as_ever)
{
    ck_assert_ptr_nonnull(dlopen("libm.so.6", RTLD_LAZY));
    ck_assert_ptr_nonnull(dlopen(NULL, RTLD_LAZY));
    ck_assert_ptr_null(dlopen("libnothing.so", RTLD_LAZY));
}
END_TEST
#endif

static Suite *suite(void)
{
    Suite *s = suite_create("http_compat");
    TCase *t = tcase_create("compat");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_small_stack_is_made_large);
    tcase_add_test(t, accepting_is_counted_and_tells_the_address);
    tcase_add_test(t, one_address_gets_only_its_share);
    tcase_add_test(t, a_proxy_that_is_trusted_gets_as_many_as_loopback);
    tcase_add_test(t, an_idle_connection_makes_room_for_one_of_its_address);
    tcase_add_test(t, in_a_crowd_the_longest_idle_of_anybody_goes);
    tcase_add_test(t, a_head_has_its_time_and_no_more);
    tcase_add_test(t, who_does_not_read_loses_the_connection);
    tcase_add_test(t, a_descriptor_used_for_something_else_is_not_counted);
    tcase_add_test(t, hanging_up_wakes_the_reader_of_that_port_only);
    tcase_add_test(t, an_accept_that_fails_is_passed_on);
    tcase_add_test(t, a_late_read_fails);
    tcase_add_test(t, lingering_takes_what_still_comes_and_then_ends);
#ifndef FF_SANITIZED
    tcase_add_test(t, the_tls_library_is_found_by_its_development_name);
    tcase_add_test(t, other_libraries_are_opened_as_ever);
#endif
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
