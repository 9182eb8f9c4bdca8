/* SPDX-License-Identifier: MIT */
/* http_assets.c - the web files: table, encodings, entity tags, caching, and which address gets the
 * page. Works with any bundle that has an index.html, so also with the placeholder. */
#include "http/assets.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

static struct ff_arena *arena;
static struct ff_clock *frozen;
static struct ff_ctx cx;
static struct ff_message m;
static struct ff_response rp;

static void setup(void)
{
    arena = ff_arena_new(0);
    frozen = ff_clock_new_test(0);
    ff_ctx_init(&cx, arena, frozen);
    m = (struct ff_message){.method = "GET", .version = "1.1"};
    ff_response_init(&rp);
}

static void teardown(void)
{
    ff_response_free(&rp);
    ff_arena_free(arena);
    ff_clock_free(frozen);
}

static enum ff_rc get(const char *target)
{
    struct ff_path path;
    ff_err_clear(&cx);
    ff_response_clear(&rp);
    m.target = target;
    ck_assert_int_eq(ff_path_split(&cx, target, &path), FF_OK);
    return ff_assets_serve(&cx, &m, &path, &rp);
}

static const char *header(const char *name)
{
    static char value[512];
    return ff_response_header(&rp, name, value, sizeof value) ? value : NULL;
}

START_TEST(the_table_is_sorted_and_complete)
{
    const struct ff_asset *a = &ff_web_assets[_i];
    if (_i > 0)
        ck_assert_str_lt(ff_web_assets[_i - 1].path, a->path);
    ck_assert_ptr_eq(ff_asset_find(a->path), a);
    ck_assert_uint_eq(strlen(a->etag), 16);
    ck_assert_ptr_nonnull(a->body[FF_ENC_IDENTITY].bytes);
    for (int e = FF_ENC_BR; e < FF_ENC_COUNT; e++)
        ck_assert_uint_le(a->body[e].len * 100, a->body[FF_ENC_IDENTITY].len * 95);
}
END_TEST

START_TEST(every_file_is_served_as_it_is)
{
    const struct ff_asset *a = &ff_web_assets[_i];
    ck_assert_int_eq(get(a->path), FF_OK);
    ck_assert_int_eq(rp.status, 200);
    ck_assert_ptr_eq(rp.asset, a->body[FF_ENC_IDENTITY].bytes);
    ck_assert_uint_eq(rp.asset_len, a->body[FF_ENC_IDENTITY].len);
    ck_assert_str_eq(header("Content-Type"), a->mime);
    ck_assert_ptr_null(header("Content-Encoding"));
    ck_assert_str_eq(header("Vary"), "Accept-Encoding");
    ck_assert_str_eq(header("Cache-Control"),
                     a->is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    ck_assert_uint_eq(strtoul(header("Content-Length"), NULL, 10), rp.asset_len);
}
END_TEST

START_TEST(a_known_file_is_not_sent_again)
{
    const struct ff_asset *a = &ff_web_assets[_i];
    char etag[64];
    ck_assert_int_eq(get(a->path), FF_OK);
    ck_assert(ff_response_header(&rp, "ETag", etag, sizeof etag));
    ck_assert(ff_message_add(&m, "If-None-Match", etag));
    ck_assert_int_eq(get(a->path), FF_OK);
    ck_assert_int_eq(rp.status, 304);
    ck_assert_ptr_null(rp.asset);
    ck_assert_str_eq(header("ETag"), etag);
    ck_assert_ptr_null(header("Content-Length"));
    ck_assert_ptr_null(header("Content-Type"));
}
END_TEST

/* A file with all three encodings, made here so that the test does not depend on the bundle. */
static const struct ff_asset sample = {.path = "/x.js",
                                       .mime = "text/javascript",
                                       .etag = "0123456789abcdef",
                                       .body = {{(const unsigned char *)"identity", 8},
                                                {(const unsigned char *)"br", 2},
                                                {(const unsigned char *)"gzip", 4}}};

/* clang-format off */
static const struct {
    const char *header;
    enum ff_encoding chosen;
} encodings[] = {
    {NULL, FF_ENC_IDENTITY}, {"", FF_ENC_IDENTITY}, {"gzip, deflate, br, zstd", FF_ENC_BR},
    {"gzip, deflate", FF_ENC_GZIP}, {"gzip", FF_ENC_GZIP}, {"br", FF_ENC_BR}, {"*", FF_ENC_BR},
    {"br;q=0, gzip", FF_ENC_GZIP}, {"br;q=0, gzip;q=0", FF_ENC_IDENTITY},
    {"br;q=0.5, gzip;q=0.8", FF_ENC_GZIP}, {"gzip;q=0.5, identity", FF_ENC_IDENTITY},
    {"deflate", FF_ENC_IDENTITY}, {"identity;q=0", FF_ENC_IDENTITY}, {"*;q=0", FF_ENC_IDENTITY},
};

static const struct {
    const char *target, *accept, *method;
    int status; /* 0: FF_NOT_FOUND, -1: FF_METHOD_NOT_ALLOWED */
} pages[] = {
    {"/", "text/html", "GET", 200}, {"/", NULL, "GET", 200}, {"/", "*/*", "GET", 200},
    {"/", "application/json", "GET", 0}, {"/kiosk", "text/html", "GET", 200},
    {"/kiosk/", "text/html", "GET", 200}, {"/kiosk?x=1", "text/html", "GET", 200},
    {"/login", "text/html,*/*;q=0.8", "GET", 200}, {"/products", "text/html", "HEAD", 200},
    {"/me/purchases/7", "text/html", "GET", 200}, {"/manage/people", "text/html", "GET", 200},
    {"/admin", "text/html", "GET", 200}, {"/nothing", "text/html", "GET", 404},
    {"/nothing/here", "text/html,*/*", "GET", 404}, {"/nothing", "*/*", "GET", 0},
    {"/nothing", NULL, "GET", 0}, {"/nothing", "application/json", "GET", 0},
    {"/index.html", NULL, "GET", 200}, {"/index.html/", "*/*", "GET", 0},
    {"/assets/app-00000000.js", "text/html", "GET", 0}, {"/assets", "text/html", "GET", 0},
    {"/Index.html", "*/*", "GET", 0}, {"/", "text/html", "POST", -1}, {"/index.html", NULL, "DELETE", -1},
    {"/nothing", "text/html", "POST", 0}, {"/", NULL, "OPTIONS", -1},
};
/* clang-format on */

START_TEST(the_encoding_is_the_clients_choice)
{
    ck_assert_int_eq(ff_asset_choose(&sample, encodings[_i].header), encodings[_i].chosen);
}
END_TEST

START_TEST(a_file_without_variants_is_sent_plain)
{
    struct ff_asset plain = sample;
    plain.body[FF_ENC_BR] = plain.body[FF_ENC_GZIP] = (struct ff_asset_body){NULL, 0};
    ck_assert_int_eq(ff_asset_choose(&plain, "br, gzip"), FF_ENC_IDENTITY);
}
END_TEST

START_TEST(tags_of_two_encodings_differ)
{
    char plain[64] = "", packed[64] = "";
    const struct ff_asset *page = ff_asset_find("/index.html");
    ck_assert_ptr_nonnull(page);
    ck_assert_int_eq(get("/index.html"), FF_OK);
    ck_assert(ff_response_header(&rp, "ETag", plain, sizeof plain));
    ck_assert(ff_message_add(&m, "Accept-Encoding", "br"));
    ck_assert_int_eq(get("/index.html"), FF_OK);
    ck_assert(ff_response_header(&rp, "ETag", packed, sizeof packed));
    bool has_br = page->body[FF_ENC_BR].bytes != NULL;
    ck_assert_int_eq(strcmp(plain, packed) != 0, has_br);
    ck_assert_pstr_eq(header("Content-Encoding"), has_br ? "br" : NULL);
}
END_TEST

START_TEST(an_address_gets_the_page_or_nothing)
{
    m.method = pages[_i].method;
    if (pages[_i].accept)
        ck_assert(ff_message_add(&m, "Accept", pages[_i].accept));
    enum ff_rc rc = get(pages[_i].target);
    if (pages[_i].status <= 0) {
        ck_assert_msg(rc == (pages[_i].status ? FF_METHOD_NOT_ALLOWED : FF_NOT_FOUND), "%s %s: %d",
                      pages[_i].method, pages[_i].target, rp.status);
        return;
    }
    ck_assert_int_eq(rc, FF_OK);
    ck_assert_int_eq(rp.status, pages[_i].status);
    ck_assert_str_eq(header("Content-Type"), "text/html; charset=utf-8");
    ck_assert_int_eq(rp.asset != NULL, strcmp(pages[_i].method, "HEAD") != 0);
}
END_TEST

START_TEST(a_page_for_an_unknown_address_is_never_304)
{
    ck_assert(ff_message_add(&m, "If-None-Match", "*"));
    ck_assert(ff_message_add(&m, "Accept", "text/html"));
    ck_assert_int_eq(get("/nothing"), FF_OK);
    ck_assert_int_eq(rp.status, 404);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http_assets");
    TCase *t = tcase_create("assets");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, the_table_is_sorted_and_complete, 0, (int)ff_n_web_assets);
    tcase_add_loop_test(t, every_file_is_served_as_it_is, 0, (int)ff_n_web_assets);
    tcase_add_loop_test(t, a_known_file_is_not_sent_again, 0, (int)ff_n_web_assets);
    tcase_add_loop_test(t, the_encoding_is_the_clients_choice, 0, ROWS(encodings));
    tcase_add_test(t, a_file_without_variants_is_sent_plain);
    tcase_add_test(t, tags_of_two_encodings_differ);
    tcase_add_loop_test(t, an_address_gets_the_page_or_nothing, 0, ROWS(pages));
    tcase_add_test(t, a_page_for_an_unknown_address_is_never_304);
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
