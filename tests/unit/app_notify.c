/* SPDX-License-Identifier: MIT */
/* app_notify.c - the service manager hears from us by one datagram, and only when it asked. */
#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/notify.h"

static char path[64];
static int ear;

static void listen_at(const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    struct sockaddr_storage any;
    size_t n = strlen(name);
    memcpy(at.sun_path, name, n);
    if (name[0] == '@')
        at.sun_path[0] = 0;
    memset(&any, 0, sizeof any);
    memcpy(&any, &at, sizeof at);
    ear = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    ck_assert_int_ge(ear, 0);
    ck_assert_int_eq(bind(ear, (const struct sockaddr *)&any,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)),
                     0);
    setenv("NOTIFY_SOCKET", name, 1);
}

static void teardown(void)
{
    if (ear > 0)
        close(ear);
    ear = 0;
    (void)unlink(path);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
}

static void assert_heard(const char *text)
{
    char got[64];
    ssize_t n = recv(ear, got, sizeof got - 1, 0);
    ck_assert_int_eq(n, (ssize_t)strlen(text));
    got[n] = 0;
    ck_assert_str_eq(got, text);
}

START_TEST(a_socket_file_gets_the_state)
{
    snprintf(path, sizeof path, "/tmp/ff-notify-%ld", (long)getpid());
    listen_at(path);
    ff_notify("READY=1");
    assert_heard("READY=1");
}
END_TEST

START_TEST(an_abstract_name_gets_it_too)
{
    char name[64];
    snprintf(name, sizeof name, "@ff-notify-%ld", (long)getpid());
    listen_at(name);
    ff_notify("STOPPING=1");
    assert_heard("STOPPING=1");
}
END_TEST

static const char *const odd_names[] = {"", "x", "relative/name", "/there/is/no/such/socket"};

START_TEST(nobody_there_is_no_trouble)
{
    setenv("NOTIFY_SOCKET", odd_names[_i], 1);
    ff_notify("READY=1");
    unsetenv("NOTIFY_SOCKET");
    ff_notify("READY=1");
    ck_assert_int_eq(access(odd_names[_i][0] ? odd_names[_i] : "/nowhere", F_OK), -1);
}
END_TEST

static const struct {
    const char *usec;
    int64_t ms;
} watchdogs[] = {{"30000000", 15000}, {"1000", 0}, {"", 0}, {"soon", 0}, {"-1", 0}};

START_TEST(the_watchdog_is_fed_twice_as_often_as_it_asks)
{
    setenv("WATCHDOG_USEC", watchdogs[_i].usec, 1);
    ck_assert_int_eq(ff_notify_watchdog_ms(), watchdogs[_i].ms);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("app_notify");
    TCase *cases = tcase_create("notify");
    tcase_add_checked_fixture(cases, NULL, teardown);
    tcase_add_test(cases, a_socket_file_gets_the_state);
    tcase_add_test(cases, an_abstract_name_gets_it_too);
    tcase_add_loop_test(cases, nobody_there_is_no_trouble, 0, ROWS(odd_names));
    tcase_add_loop_test(cases, the_watchdog_is_fed_twice_as_often_as_it_asks, 0, ROWS(watchdogs));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
