/* SPDX-License-Identifier: MIT */
/* http_path.c - addresses taken apart: what is split, what is decoded, what is refused. */
#include "http/path.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

struct path_case {
    const char *target;
    const char *parts; /* decoded, joined by '|'; NULL: refused */
};

/* clang-format off */
static const struct path_case paths[] = {
    {"/", ""}, {"/a", "a"}, {"/a/b", "a|b"}, {"/a/b/c", "a|b|c"}, {"/a?x=1", "a"}, {"/?x", ""},
    {"/a%20b", "a b"}, {"/a+b", "a+b"}, {"/%61", "a"}, {"/%C3%A1", "\xc3\xa1"},
    {"/%c3%a1", "\xc3\xa1"}, {"/a%25b", "a%b"}, {"/a%2525", "a%25"}, {"/~a", "~a"},
    {"/a;b", "a;b"}, {"/a:b@c", "a:b@c"}, {"/a,b", "a,b"}, {"/(a)", "(a)"}, {"/'a'", "'a'"},
    {"/a*", "a*"}, {"/a!b", "a!b"}, {"/$a&b=c", "$a&b=c"}, {"/...", "..."}, {"/.a", ".a"},
    {"/a.", "a."}, {"/..a", "..a"}, {"/a..", "a.."}, {"/%2e", NULL}, {"/a/", "a"}, {"/a/?q", "a"},
    {"/kiosk%23pair", "kiosk#pair"}, {"/%3F", "?"}, {"/%E2%82%AC", "\xe2\x82\xac"},
    {"/%F0%9F%8D%B2", "\xf0\x9f\x8d\xb2"}, {"/a?b=%00", "a"}, {"/a?/../b", "a"},
    {"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16"},

    {"", NULL}, {"a", NULL}, {"?a", NULL}, {"//", NULL}, {"//a", NULL}, {"/a//b", NULL},
    {"/a//", NULL}, {"/.", NULL}, {"/./a", NULL}, {"/..", NULL}, {"/../a", NULL},
    {"/a/../b", NULL}, {"/a/..", NULL}, {"/%2e%2e/a", NULL}, {"/.%2e/a", NULL},
    {"/%2E%2E", NULL}, {"/a/%2e", NULL}, {"/%", NULL}, {"/%4", NULL}, {"/%zz", NULL},
    {"/%4g", NULL}, {"/%g4", NULL}, {"/a%", NULL}, {"/%00", NULL}, {"/a%00b", NULL},
    {"/%2F", NULL}, {"/a%2fb", NULL}, {"/%5C", NULL}, {"/a%5cb", NULL}, {"/a\\b", NULL},
    {"/%0d%0a", NULL}, {"/%0a", NULL}, {"/%1f", NULL}, {"/%7f", NULL}, {"/%09", NULL},
    {"/%C0%AF", NULL}, {"/%C0%80", NULL}, {"/%FF", NULL}, {"/%ED%A0%80", NULL}, {"/%E2%82", NULL},
    {"/%F5%80%80%80", NULL}, {"/%u0041", NULL}, {"/% 41", NULL}, {"/a/%2e%2e%2fb", NULL},
    {"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", NULL},
};

struct query_case {
    const char *query;
    const char *pairs; /* name=value joined by '|'; NULL: refused */
};

static const struct query_case queries[] = {
    {NULL, ""}, {"", ""}, {"a=1", "a=1"}, {"a=1&b=2", "a=1|b=2"}, {"a", "a="}, {"a=", "a="},
    {"=", "="}, {"=1", "=1"}, {"a=b=c", "a=b=c"}, {"&", ""}, {"a=1&&b=2&", "a=1|b=2"},
    {"a=x+y", "a=x y"}, {"a=x%2By", "a=x+y"}, {"a=%26", "a=&"}, {"a%3Db=c", "a=b=c"},
    {"q=%C3%A1", "q=\xc3\xa1"}, {"q=a/b", "q=a/b"}, {"q=a%2Fb", "q=a/b"}, {"q=a%5Cb", "q=a\\b"},
    {"q=?", "q=?"}, {"a=%25", "a=%"},
    {"a=%", NULL}, {"a=%4", NULL}, {"a=%zz", NULL}, {"%=a", NULL}, {"a=%00", NULL},
    {"a=%0a", NULL}, {"a=%7f", NULL}, {"a=%FF", NULL}, {"a=%C0%80", NULL}, {"%00=a", NULL},
};
/* clang-format on */

static struct ff_arena *arena;
static struct ff_clock *frozen;
static struct ff_ctx cx;

static void setup(void)
{
    arena = ff_arena_new(0);
    frozen = ff_clock_new_test(0);
    ff_ctx_init(&cx, arena, frozen);
}

static void teardown(void)
{
    ff_arena_free(arena);
    ff_clock_free(frozen);
}

START_TEST(a_path_is_split_and_decoded_or_refused)
{
    const struct path_case *c = &paths[_i];
    struct ff_path path;
    char got[512] = "";
    size_t n = 0;
    enum ff_rc rc = ff_path_split(&cx, c->target, &path);
    ck_assert_msg((rc == FF_OK) == (c->parts != NULL), "%s: %s", c->target,
                  rc ? cx.err.detail : "accepted");
    if (rc) {
        ck_assert_int_eq(rc, FF_BAD_REQUEST);
        return;
    }
    for (size_t i = 0; i < path.n; i++)
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", i ? "|" : "", path.segments[i]);
    ck_assert_msg(!strcmp(got, c->parts), "%s: %s", c->target, got);
}
END_TEST

START_TEST(the_raw_path_and_the_query_are_kept_apart)
{
    struct ff_path path;
    ck_assert_int_eq(ff_path_split(&cx, "/a%20b/c/?x=%41", &path), FF_OK);
    ck_assert_str_eq(path.raw, "/a%20b/c/");
    ck_assert_str_eq(path.query, "x=%41");
    ck_assert(path.ends_with_slash);
    ck_assert_int_eq(ff_path_split(&cx, "/a", &path), FF_OK);
    ck_assert_ptr_null(path.query);
    ck_assert(!path.ends_with_slash);
    ck_assert_int_eq(ff_path_split(&cx, "/", &path), FF_OK);
    ck_assert(!path.ends_with_slash);
}
END_TEST

START_TEST(a_query_is_split_and_decoded_or_refused)
{
    const struct query_case *c = &queries[_i];
    struct ff_query_pairs q;
    char got[512] = "";
    size_t n = 0;
    enum ff_rc rc = ff_query_split(&cx, c->query, &q);
    ck_assert_msg((rc == FF_OK) == (c->pairs != NULL), "%s: %s", c->query,
                  rc ? cx.err.detail : "accepted");
    if (rc) {
        ck_assert_int_eq(rc, FF_BAD_REQUEST);
        return;
    }
    for (size_t i = 0; i < q.n; i++)
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s=%s", i ? "|" : "", q.pairs[i].name,
                              q.pairs[i].value);
    ck_assert_msg(!strcmp(got, c->pairs), "%s: %s", c->query, got);
}
END_TEST

START_TEST(thirty_two_parts_of_a_query_are_taken)
{
    struct ff_query_pairs q;
    char text[256] = "";
    for (int i = 0; i < FF_QUERY_PAIRS; i++)
        memcpy(text + strlen(text), "a=1&", 5);
    ck_assert_int_eq(ff_query_split(&cx, text, &q), FF_OK);
    ck_assert_uint_eq(q.n, FF_QUERY_PAIRS);
    memcpy(text + strlen(text), "a=1&", 5);
    ck_assert_int_eq(ff_query_split(&cx, text, &q), FF_BAD_REQUEST);
}
END_TEST

START_TEST(without_memory_nothing_is_taken)
{
    struct ff_arena *small = ff_arena_new(64);
    struct ff_query_pairs q;
    struct ff_path path;
    char long_name[200] = "/";
    ck_assert_ptr_nonnull(small);
    memset(long_name + 1, 'a', sizeof long_name - 2);
    cx.arena = small;
    ck_assert_int_eq(ff_path_split(&cx, long_name, &path), FF_INTERNAL);
    ff_err_clear(&cx);
    ck_assert_int_eq(ff_query_split(&cx, long_name, &q), FF_INTERNAL);
    ff_arena_free(small);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_path");
    TCase *t = tcase_create("path");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, a_path_is_split_and_decoded_or_refused, 0, ROWS(paths));
    tcase_add_test(t, the_raw_path_and_the_query_are_kept_apart);
    tcase_add_loop_test(t, a_query_is_split_and_decoded_or_refused, 0, ROWS(queries));
    tcase_add_test(t, thirty_two_parts_of_a_query_are_taken);
    tcase_add_test(t, without_memory_nothing_is_taken);
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
