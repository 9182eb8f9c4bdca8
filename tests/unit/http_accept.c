/* SPDX-License-Identifier: MIT */
/* http_accept.c - weighted lists in headers. */
#include "http/accept.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* clang-format off */
static const struct {
    const char *header, *type;
    int weight;
} media[] = {
    {NULL, "text/csv", 1000}, {"", "text/csv", 1000}, {"*/*", "text/csv", 1000},
    {"text/csv", "text/csv", 1000}, {"TEXT/CSV", "text/csv", 1000}, {"text/*", "text/csv", 1000},
    {"text/html", "text/csv", 0}, {"application/*", "text/csv", 0}, {"text/csv;q=0.5", "text/csv", 500},
    {"text/csv; q=0.5", "text/csv", 500}, {"text/csv ; q=0.25 , */*", "text/csv", 250},
    {"text/csv;charset=utf-8;q=0.125", "text/csv", 125}, {"text/csv;Q=0.1", "text/csv", 100},
    {"text/csv;q=0", "text/csv", 0}, {"text/csv;q=0, */*", "text/csv", 0},
    {"*/*;q=0.1, text/csv", "text/csv", 1000}, {"text/*;q=0.3, */*;q=0.9", "text/csv", 300},
    {"text/csv;q=1.5", "text/csv", 0}, {"text/csv;q=x", "text/csv", 0}, {"text/csv;q=", "text/csv", 1000},
    {"text/csv;q=0.1234", "text/csv", 0}, {"text/csv;q=2", "text/csv", 0}, {"text/csv;q=1.0", "text/csv", 1000},
    {"text/csv;q=0a", "text/csv", 0}, {"text/csv;q=0.a", "text/csv", 0}, {",,text/csv,,", "text/csv", 1000},
    {"text/csvx", "text/csv", 0}, {"text/cs", "text/csv", 0}, {"text", "text/csv", 0}, {"texts/*", "text/csv", 0},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html", 1000},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json", 800},
};

static const struct {
    const char *header, *coding;
    int weight;
} codings[] = {
    {NULL, "br", 0}, {NULL, "identity", 1}, {"", "gzip", 0}, {"", "identity", 1},
    {"gzip", "gzip", 1000}, {"gzip", "br", 0}, {"gzip, br", "br", 1000}, {"GZIP", "gzip", 1000},
    {"gzip;q=0", "gzip", 0}, {"br;q=0.5, gzip;q=0.8", "br", 500}, {"*", "br", 1000},
    {"*;q=0", "identity", 0}, {"*;q=0, identity;q=0.5", "identity", 500}, {"*;q=0", "br", 0},
    {"identity;q=0", "identity", 0}, {"gzip;q=9", "gzip", 0}, {"gzip, *;q=0.1", "br", 100},
};

static const struct {
    const char *header, *etag;
    bool hit;
} tags[] = {
    {NULL, "\"a\"", false}, {"\"a\"", "\"a\"", true}, {"\"b\"", "\"a\"", false}, {"*", "\"a\"", true},
    {"W/\"a\"", "\"a\"", true}, {"\"a\"", "W/\"a\"", true}, {"W/\"a\"", "W/\"a\"", true},
    {"\"b\", \"a\"", "\"a\"", true}, {"\"b\" , W/\"a\" ", "\"a\"", true}, {"a", "\"a\"", false},
    {"\"a", "\"a\"", false}, {"", "\"a\"", false}, {"W/", "\"a\"", false}, {"\"aa\"", "\"a\"", false},
};
/* clang-format on */

START_TEST(media_types_are_weighed)
{
    int weight = ff_accept_media(media[_i].header, media[_i].type);
    ck_assert_msg(weight == media[_i].weight, "%s: %d", media[_i].header, weight);
}
END_TEST

START_TEST(codings_are_weighed)
{
    int weight = ff_accept_coding(codings[_i].header, codings[_i].coding);
    ck_assert_msg(weight == codings[_i].weight, "%s: %d", codings[_i].header, weight);
}
END_TEST

START_TEST(entity_tags_are_compared_weakly)
{
    ck_assert_msg(ff_none_match_hits(tags[_i].header, tags[_i].etag) == tags[_i].hit, "%s",
                  tags[_i].header);
}
END_TEST

START_TEST(only_a_type_by_its_name_counts_as_named)
{
    ck_assert(ff_accept_names("text/html,*/*;q=0.8", "text/html"));
    ck_assert(!ff_accept_names("*/*", "text/html"));
    ck_assert(!ff_accept_names("text/*", "text/html"));
    ck_assert(!ff_accept_names("text/html;q=0", "text/html"));
    ck_assert(!ff_accept_names(NULL, "text/html"));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_accept");
    TCase *t = tcase_create("accept");
    tcase_add_loop_test(t, media_types_are_weighed, 0, ROWS(media));
    tcase_add_loop_test(t, codings_are_weighed, 0, ROWS(codings));
    tcase_add_loop_test(t, entity_tags_are_compared_weakly, 0, ROWS(tags));
    tcase_add_test(t, only_a_type_by_its_name_counts_as_named);
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
