/* SPDX-License-Identifier: MIT */
/* socket_many.c - a thousand connections that stay open, from one address: each is answered, and
 * again, and none is closed. And what --threads does not hold makes room. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../lib/serve.h"
#include "http/compat_crew.h"
#include "http/knock.h"

enum { MANY = 1000, THREADS_FOR_MANY = MANY + 128, FILES = 4096 };

static struct ff_serve serve;
static int fds[MANY];

static void start(int threads)
{
    struct rlimit files;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &files), 0);
    ck_assert_msg(files.rlim_max >= FILES, "a test with both ends needs %d descriptors", FILES);
    files.rlim_cur = files.rlim_max < FILES ? files.rlim_max : FILES;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &files), 0);
    ff_serve_start(&serve, &(struct ff_server_options){.threads = threads});
}

/* Threads of this process. */
static int threads(void)
{
    char line[128];
    int n = 0;
    FILE *status = fopen("/proc/self/status", "re");
    ck_assert_ptr_nonnull(status);
    while (fgets(line, sizeof line, status))
        if (!strncmp(line, "Threads:", 8))
            n = (int)strtol(line + 8, NULL, 10);
    (void)fclose(status);
    return n;
}

static bool is_answered(int fd)
{
    static const char request[] = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char reply[2048];
    size_t have = 0;
    if (write(fd, request, sizeof request - 1) != (ssize_t)sizeof request - 1)
        return false;
    do {
        ssize_t n = read(fd, reply + have, sizeof reply - 1 - have);
        if (n <= 0)
            return false;
        have += (size_t)n;
        reply[have] = '\0';
    } while (!strstr(reply, "\r\n\r\n{") || reply[have - 1] != '}');
    return strncmp(reply, "HTTP/1.1 200 ", 13) == 0;
}

START_TEST(a_thousand_stay)
{
    start(THREADS_FOR_MANY);
#ifndef FF_SANITIZED /* there all workers start at once */
    ck_assert_int_lt(threads(), 2 * FF_CREW_FIRST);
#endif
    for (int i = 0; i < MANY; i++)
        ck_assert_int_ge(fds[i] = ff_knock_reach("127.0.0.1", serve.port), 0);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < MANY; i++)
            ck_assert_msg(is_answered(fds[i]), "connection %d in round %d", i, round);
    /* Each has a worker, and there is room for somebody else. */
    ck_assert_int_ge(threads(), MANY);
    ck_assert(ff_serve_alive(&serve));
    for (int i = 0; i < MANY; i++)
        close(fds[i]);
    ff_serve_stop(&serve);
    ck_assert_int_lt(threads(), FF_CREW_FIRST);
}
END_TEST

START_TEST(too_many_make_room_for_who_comes)
{
    enum { FEW = 32 };
    start(FEW);
    for (int i = 0; i < 4 * FEW; i++) {
        ck_assert_int_ge(fds[i] = ff_knock_reach("127.0.0.1", serve.port), 0);
        ck_assert_msg(is_answered(fds[i]), "connection %d", i);
    }
    for (int i = 0; i < 4 * FEW; i++)
        close(fds[i]);
    ff_serve_stop(&serve);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("socket_many");
    TCase *t = tcase_create("many");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_thousand_stay);
    tcase_add_test(t, too_many_make_room_for_who_comes);
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
