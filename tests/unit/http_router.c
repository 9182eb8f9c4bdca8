/* SPDX-License-Identifier: MIT */
/* http_router.c - a path and a method to a row: literals before parameters, 404 and 405 apart. Most
 * of it over a table of its own; the last tests ask THE table about itself. */
#include "http/router.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* clang-format off */
static const struct ff_route table[] = {
    { .method = "GET",    .path = "/things",                  .operation = "list" },
    { .method = "POST",   .path = "/things",                  .operation = "create" },
    { .method = "GET",    .path = "/things/{id}",             .operation = "one" },
    { .method = "PATCH",  .path = "/things/{id}",             .operation = "change" },
    { .method = "GET",    .path = "/things/special",          .operation = "special" },
    { .method = "GET",    .path = "/things/by-key/{key}",     .operation = "byKey" },
    { .method = "GET",    .path = "/things/{id}/parts",       .operation = "parts" },
    { .method = "DELETE", .path = "/things/{id}/parts/{key}", .operation = "dropPart" },
    { .method = "POST",   .path = "/clock",                   .operation = "clock", .flags = FF_R_TEST },
};

static const struct {
    const char *method, *target;
    enum ff_rc rc;
    const char *found; /* the operation, or the Allow list */
    int64_t id;
    const char *key;
} cases[] = {
    {"GET", "/things", FF_OK, "list", 0, NULL},
    {"HEAD", "/things", FF_OK, "list", 0, NULL},
    {"POST", "/things", FF_OK, "create", 0, NULL},
    {"GET", "/things/7", FF_OK, "one", 7, NULL},
    {"HEAD", "/things/7", FF_OK, "one", 7, NULL},
    {"PATCH", "/things/9223372036854775807", FF_OK, "change", INT64_MAX, NULL},
    {"GET", "/things/special", FF_OK, "special", 0, NULL},
    {"GET", "/things/by-key/abc", FF_OK, "byKey", 0, "abc"},
    {"GET", "/things/by-key/a%20b", FF_OK, "byKey", 0, "a b"},
    {"GET", "/things/3/parts", FF_OK, "parts", 3, NULL},
    {"DELETE", "/things/3/parts/x", FF_OK, "dropPart", 3, "x"},
    {"GET", "/things/%37", FF_OK, "one", 7, NULL},
    {"GET", "/things/0", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/things/-1", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/things/007", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/things/abc", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/things/1.5", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/things/9223372036854775808", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/things/specially", FF_INVALID_ID, "", 0, NULL},
    {"GET", "/", FF_NOT_FOUND, "", 0, NULL},
    {"GET", "/thing", FF_NOT_FOUND, "", 0, NULL},
    {"GET", "/things/", FF_NOT_FOUND, "", 0, NULL},
    {"GET", "/Things", FF_NOT_FOUND, "", 0, NULL},
    {"GET", "/things/7/parts/", FF_NOT_FOUND, "", 0, NULL},
    {"GET", "/things/7/nothing", FF_NOT_FOUND, "", 0, NULL},
    {"GET", "/things/7/parts/x/y", FF_NOT_FOUND, "", 0, NULL},
    {"DELETE", "/things", FF_METHOD_NOT_ALLOWED, "GET, HEAD, POST, OPTIONS", 0, NULL},
    {"OPTIONS", "/things", FF_METHOD_NOT_ALLOWED, "GET, HEAD, POST, OPTIONS", 0, NULL},
    {"DELETE", "/things/7", FF_METHOD_NOT_ALLOWED, "GET, HEAD, PATCH, OPTIONS", 0, NULL},
    {"PATCH", "/things/special", FF_METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS", 0, NULL},
    {"POST", "/things/x/parts", FF_METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS", 0, NULL},
    {"GET", "/things/3/parts/x", FF_METHOD_NOT_ALLOWED, "DELETE, OPTIONS", 0, NULL},
    {"BREW", "/things", FF_METHOD_NOT_ALLOWED, "GET, HEAD, POST, OPTIONS", 0, NULL},
    {"get", "/things", FF_METHOD_NOT_ALLOWED, "GET, HEAD, POST, OPTIONS", 0, NULL},
    {"POST", "/clock", FF_NOT_FOUND, "", 0, NULL},
};
/* clang-format on */

static struct ff_arena *arena;
static struct ff_clock *frozen;
static struct ff_ctx cx;
static struct ff_router *router;

static void setup(void)
{
    arena = ff_arena_new(0);
    frozen = ff_clock_new_test(0);
    ff_ctx_init(&cx, arena, frozen);
    router = ff_router_new(table, sizeof table / sizeof table[0]);
    ck_assert_ptr_nonnull(router);
}

static void teardown(void)
{
    ff_router_free(router);
    ff_arena_free(arena);
    ff_clock_free(frozen);
}

START_TEST(each_address_finds_its_row)
{
    struct ff_path path;
    struct ff_match match;
    ck_assert_int_eq(ff_path_split(&cx, cases[_i].target, &path), FF_OK);
    enum ff_rc rc = ff_router_find(&cx, router, cases[_i].method, &path, FF_R_TEST, &match);
    ck_assert_msg(rc == cases[_i].rc, "%s %s: %s", cases[_i].method, cases[_i].target,
                  rc ? ff_err_info(rc)->code : match.route->operation);
    const char *found = rc == FF_METHOD_NOT_ALLOWED ? match.allow
                        : rc                        ? ""
                                                    : match.route->operation;
    ck_assert_str_eq(found, cases[_i].found);
    if (rc)
        return;
    ck_assert_int_eq(match.id, cases[_i].id);
    ck_assert_pstr_eq(match.key, cases[_i].key);
}
END_TEST

START_TEST(a_hidden_row_shows_when_it_is_asked_for)
{
    struct ff_path path;
    struct ff_match match;
    ck_assert_int_eq(ff_path_split(&cx, "/clock", &path), FF_OK);
    ck_assert_int_eq(ff_router_find(&cx, router, "POST", &path, 0, &match), FF_OK);
    ck_assert_str_eq(match.route->operation, "clock");
}
END_TEST

/* A parameter in a template as an address has it. */
static void fill_template(const char *template, char *out, size_t cap)
{
    size_t n = 0;
    while (*template && n + 8 < cap) {
        if (*template == '{') {
            memcpy(out + n, "12", 2);
            n += 2;
            template += strcspn(template, "}") + 1;
        } else {
            out[n++] = *template ++;
        }
    }
    out[n] = '\0';
}

START_TEST(every_row_of_the_table_is_reached_by_its_own_address)
{
    const struct ff_route *route = &ff_routes[_i];
    struct ff_path path;
    struct ff_match match;
    char target[256];
    fill_template(route->path, target, sizeof target);
    ck_assert_int_eq(ff_path_split(&cx, target, &path), FF_OK);
    ck_assert_int_eq(ff_router_find(&cx, ff_router_default(), route->method, &path, 0, &match),
                     FF_OK);
    ck_assert_str_eq(match.route->operation, route->operation);
}
END_TEST

START_TEST(every_row_says_what_it_must)
{
    const struct ff_route *route = &ff_routes[_i];
    bool anybody = route->flags & (FF_R_OPEN | FF_R_CLI);
    for (int role = 0; role < FF_ROLE_COLUMNS; role++)
        anybody |= route->scope[role] != FF_NONE;
    ck_assert_msg(anybody, "%s: nobody may call it", route->operation);
    ck_assert(route->handle != NULL);
    ck_assert_ptr_nonnull(route->summary);
    ck_assert(!(route->flags & FF_R_LIST) || route->out);
    ck_assert(!(route->flags & FF_R_NO_CONTENT) || !route->out);
    ck_assert_msg(!(route->flags & FF_R_KEYED) || strcmp(route->method, "GET"), "%s",
                  route->operation);
    for (size_t i = 0; i < ff_n_routes; i++)
        ck_assert_msg(i == (size_t)_i || strcmp(ff_routes[i].operation, route->operation),
                      "%s: two rows of this name", route->operation);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_router");
    TCase *t = tcase_create("router");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, each_address_finds_its_row, 0, ROWS(cases));
    tcase_add_test(t, a_hidden_row_shows_when_it_is_asked_for);
    tcase_add_loop_test(t, every_row_of_the_table_is_reached_by_its_own_address, 0,
                        (int)ff_n_routes);
    tcase_add_loop_test(t, every_row_says_what_it_must, 0, (int)ff_n_routes);
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
