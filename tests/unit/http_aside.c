/* SPDX-License-Identifier: MIT */
/* http_aside.c - long values are taken out of a head and given back, byte for byte; what is not a
 * whole and plain head stays as it came. */
#include "http/compat_aside.h"

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LONG_B "bbbbbbbb bbbbbbbb; bbbbbbbbbbbbbbbb=bbbbbbbbbbb"

enum { ROOM = 2048 };
static char buffer[ROOM];
static struct ff_aside aside;

static size_t take(const char *text, size_t cap)
{
    memset(buffer, '#', sizeof buffer);
    memcpy(buffer, text, strlen(text));
    return ff_aside_take(&aside, buffer, strlen(text), cap);
}

static void check_left(size_t n, const char *expected)
{
    ck_assert_uint_eq(n, strlen(expected));
    ck_assert(!memcmp(buffer, expected, n));
}

START_TEST(long_values_go_and_come_back)
{
    const size_t n =
        take("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " LONG_A "\r\nX: y\r\n"
             "Cookie: " LONG_B "\r\nAccept: */*\r\n\r\nbody\r\nCookie: " LONG_A "\r\n\r\n",
             ROOM);
    check_left(n, "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: \r\nX: y\r\nCookie: \r\n"
                  "Accept: */*\r\n\r\nbody\r\nCookie: " LONG_A "\r\n\r\n");
    ck_assert_uint_eq(aside.n, 2);
    buffer[n] = '\0'; /* as CivetWeb does */
    struct ff_header headers[] = {{strstr(buffer, "Host"), "h"},
                                  {strstr(buffer, "Authorization"), ""},
                                  {strstr(buffer, "X"), "y"},
                                  {strstr(buffer, "Cookie"), ""},
                                  {"Cookie", ""}};
    ff_aside_put_back(&aside, headers, 5);
    ck_assert_str_eq(headers[0].value, "h");
    ck_assert_str_eq(headers[1].value, "Bearer " LONG_A);
    ck_assert_str_eq(headers[3].value, LONG_B);
    ck_assert_str_eq(headers[4].value, ""); /* a name somewhere else */
    headers[1].value = "";
    ff_aside_put_back(&aside, headers, 5);
    ck_assert_str_eq(headers[1].value, ""); /* once */
}
END_TEST

START_TEST(what_is_given_twice_comes_back_twice)
{
    const size_t n =
        take("GET / HTTP/1.1\r\nCookie: " LONG_A "\r\nCookie: " LONG_B "\r\n\r\n", ROOM);
    check_left(n, "GET / HTTP/1.1\r\nCookie: \r\nCookie: \r\n\r\n");
    char *second = strstr(buffer, "Cookie") + 10;
    struct ff_header headers[] = {{strstr(buffer, "Cookie"), ""}, {second, ""}};
    ff_aside_put_back(&aside, headers, 2);
    ck_assert_str_eq(headers[0].value, LONG_A);
    ck_assert_str_eq(headers[1].value, LONG_B);
}
END_TEST

static const char *const stays[] = {
    "GET / HTTP/1.1\r\nCookie: " LONG_A "\r\n",             /* not whole */
    "GET / HTTP/1.1\r\nCookie: " LONG_A "\r\n\r",           /* not whole */
    "GET / HTTP/1.1\r\nCookie: " LONG_A "\n\r\n",           /* a bare line feed */
    "GET / HTTP/1.1\nCookie: " LONG_A "\r\n\r\n",           /* a bare line feed */
    "GET / HTTP/1.1\r\nCookie: " LONG_A "\r\n\n",           /* a bare line feed */
    "GET / HTTP/1.1\r\nCookie: a\t" LONG_A "\r\n\r\n",      /* refused by CivetWeb */
    "GET / HTTP/1.1\r\nCookie: a\x01" LONG_A "\r\n\r\n",    /* refused by CivetWeb */
    "GET / HTTP/1.1\r\nCookie: a\r" LONG_A "\r\n\r\n",      /* refused by CivetWeb */
    "GET / HTTP/1.1\r\nCookie: " LONG_A " \r\n\r\n",        /* a blank at its end */
    "GET / HTTP/1.1\r\nCookie:  " LONG_A "\r\n\r\n",        /* two before it */
    "GET / HTTP/1.1\r\nCookie:" LONG_A "\r\n\r\n",          /* none before it */
    "GET / HTTP/1.1\r\nCookie : " LONG_A "\r\n\r\n",        /* one before the colon */
    "GET / HTTP/1.1\r\n Cookie: " LONG_A "\r\n\r\n",        /* folded */
    "GET / HTTP/1.1\r\nHost: " LONG_A "\r\n\r\n",           /* CivetWeb reads it */
    "GET / HTTP/1.1\r\nContent-Length: " LONG_A "\r\n\r\n", /* CivetWeb reads it */
    "GET / HTTP/1.1\r\nCookie: short\r\n\r\n",              /* not worth it */
    "Cookie: " LONG_A "\r\nHost: h\r\n\r\n",                /* the first line */
    "\r\nCookie: " LONG_A "\r\n\r\n",                       /* the head is over */
    "GET / HTTP/1.1\r\n\r\nCookie: " LONG_A "\r\n\r\n",     /* the head is over */
    "",
};

START_TEST(anything_else_stays)
{
    const size_t n = take(stays[_i], ROOM);
    check_left(n, stays[_i]);
    ck_assert_uint_eq(aside.n, 0);
    ck_assert_int_eq(buffer[n], '#');
}
END_TEST

START_TEST(a_nul_stays)
{
    char head[] = "GET / HTTP/1.1\r\nCookie: a?" LONG_A "\r\n\r\n";
    *strchr(head, '?') = '\0';
    memcpy(buffer, head, sizeof head);
    ck_assert_uint_eq(ff_aside_take(&aside, buffer, sizeof head - 1, ROOM), sizeof head - 1);
    ck_assert(!memcmp(buffer, head, sizeof head - 1));
}
END_TEST

START_TEST(it_stays_where_there_is_no_room)
{
    static const char head[] = "GET / HTTP/1.1\r\nCookie: " LONG_A "\r\n\r\n";
    const size_t n = sizeof head - 1, value = sizeof LONG_A - 1;
    ck_assert_uint_eq(take(head, n), n);
    ck_assert_uint_eq(take(head, n + value + 1), n);
    ck_assert_uint_eq(take(head, n + value + 2), n - value);
    ck_assert_int_eq(buffer[n + value + 2], '#');
}
END_TEST

START_TEST(six_go_and_the_rest_stays)
{
    char head[ROOM];
    int n = snprintf(head, sizeof head, "GET / HTTP/1.1\r\n");
    for (int i = 0; i < FF_ASIDE_MAX + 2; i++)
        n += snprintf(head + n, sizeof head - (size_t)n, "Accept: " LONG_A "\r\n");
    (void)snprintf(head + n, sizeof head - (size_t)n, "\r\n");
    ck_assert_uint_eq(take(head, ROOM), strlen(head) - FF_ASIDE_MAX * (sizeof LONG_A - 1));
    ck_assert_uint_eq(aside.n, FF_ASIDE_MAX);
}
END_TEST

static unsigned dice(unsigned sides)
{
    static uint64_t state = 88172645463325252u; /* the same heads each time */
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % sides;
}

/* Lines in any order, some of them broken. */
static size_t throw_head(char *head, size_t cap)
{
    static const char *const parts[] = {"GET / HTTP/1.1\r\n",
                                        "Cookie: " LONG_A "\r\n",
                                        "Authorization: " LONG_B "\r\n",
                                        "Host: h\r\n",
                                        "Accept: " LONG_B "\r\n",
                                        "Cookie: ",
                                        LONG_A,
                                        "\r\n",
                                        "\n",
                                        "\r",
                                        "\t",
                                        " ",
                                        ":",
                                        "\r\n\r\n"};
    size_t n = 0;
    for (unsigned left = 2 + dice(12); left; left--) {
        const char *part = parts[dice(sizeof parts / sizeof parts[0])];
        if (n + strlen(part) < cap)
            n += (size_t)snprintf(head + n, cap - n, "%s", part);
    }
    return n;
}

/* With each value behind its name again, all is as it came; and behind the head nothing changed. */
START_TEST(whatever_comes_can_be_put_together_again)
{
    enum { THROWS = 100000 };
    static char head[ROOM / 2], again[ROOM];
    unsigned long gone = 0;
    for (int i = 0; i < THROWS; i++) {
        const size_t n = throw_head(head, sizeof head);
        memcpy(buffer, head, n);
        const size_t left = ff_aside_take(&aside, buffer, n, ROOM);
        size_t from = 0, to = 0;
        for (size_t k = 0; k < aside.n; k++) {
            const struct ff_header *kept = &aside.kept[k];
            const char *at = strchr(kept->name, ':') + 2;
            const size_t same = (size_t)(at - buffer) - from, len = strlen(kept->value);
            memcpy(again + to, buffer + from, same);
            memcpy(again + to + same, kept->value, len);
            from += same;
            to += same + len;
        }
        memcpy(again + to, buffer + from, left - from);
        if (to + left - from != n || memcmp(again, head, n) != 0)
            ck_abort_msg("%.*s", (int)n, head);
        gone += aside.n;
    }
    ck_assert_uint_gt(gone, THROWS / 20);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_aside");
    TCase *t = tcase_create("aside");
    tcase_add_test(t, long_values_go_and_come_back);
    tcase_add_test(t, what_is_given_twice_comes_back_twice);
    tcase_add_loop_test(t, anything_else_stays, 0, (int)(sizeof stays / sizeof stays[0]));
    tcase_add_test(t, a_nul_stays);
    tcase_add_test(t, it_stays_where_there_is_no_room);
    tcase_add_test(t, six_go_and_the_rest_stays);
    tcase_add_test(t, whatever_comes_can_be_put_together_again);
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
