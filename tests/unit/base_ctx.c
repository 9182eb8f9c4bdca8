/* SPDX-License-Identifier: MIT */
/* base_ctx.c - the arena, the first error of a request, field errors, and the error table. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/ctx.h"
#include "base/utf8.h"

static struct ff_arena *arena;
static struct ff_clock *test_clock;
static struct ff_ctx cx;

static void setup(void)
{
    arena = ff_arena_new(0);
    test_clock = ff_clock_new_test(1000);
    ff_ctx_init(&cx, arena, test_clock);
}

static void teardown(void)
{
    ff_clock_free(test_clock);
    ff_arena_free(arena);
}

START_TEST(arena_memory_is_zeroed_aligned_and_apart)
{
    unsigned char *last = NULL;
    for (size_t round = 0; round < 3; round++) {
        for (size_t size = 1; size < 600; size++) {
            unsigned char *p = ff_arena_alloc(arena, size);
            ck_assert_ptr_nonnull(p);
            ck_assert_uint_eq((uintptr_t)p % 16, 0);
            for (size_t i = 0; i < size; i++)
                ck_assert_uint_eq(p[i], 0);
            memset(p, 0xAA, size);
            ck_assert_ptr_ne(p, last);
            last = p;
        }
        ff_arena_reset(arena);
        ck_assert_uint_eq(ff_arena_used(arena), 0);
    }
}
END_TEST

START_TEST(large_pieces_get_a_page_of_their_own)
{
    char *large = ff_arena_alloc(arena, 100000);
    char *small = ff_arena_alloc(arena, 10);
    ck_assert_ptr_nonnull(large);
    ck_assert_ptr_nonnull(small);
    memset(large, 1, 100000);
    memset(small, 2, 10);
    ck_assert_int_eq(large[99999], 1);
    ck_assert_uint_ge(ff_arena_used(arena), 100010);
    ff_arena_reset(arena);
    ck_assert_ptr_nonnull(ff_arena_alloc(arena, 100000));
}
END_TEST

START_TEST(the_cap_holds_and_a_reset_gives_it_back)
{
    struct ff_arena *small = ff_arena_new(1024);
    ck_assert_ptr_nonnull(ff_arena_alloc(small, 512));
    ck_assert_ptr_nonnull(ff_arena_alloc(small, 512));
    ck_assert_ptr_null(ff_arena_alloc(small, 1));
    ck_assert_ptr_null(ff_arena_alloc(small, SIZE_MAX));
    ck_assert_ptr_null(ff_arena_alloc(small, SIZE_MAX - 7));
    ck_assert_ptr_null(ff_arena_strndup(small, "text", 4));
    ck_assert_ptr_null(ff_arena_printf(small, "%d", 1));
    ff_arena_reset(small);
    ck_assert_ptr_nonnull(ff_arena_alloc(small, 1024));
    ff_arena_free(small);
    ff_arena_free(NULL);
}
END_TEST

START_TEST(the_default_cap_is_a_mebibyte)
{
    size_t given = 0;
    while (ff_arena_alloc(arena, 4096))
        given += 4096;
    ck_assert_uint_eq(given, FF_ARENA_CAP_BYTES);
    ff_arena_reset(arena);
    for (given = 0; ff_arena_alloc(arena, 4096);)
        given += 4096;
    ck_assert_uint_eq(given, FF_ARENA_CAP_BYTES);
}
END_TEST

START_TEST(copies_end_with_a_nul)
{
    ck_assert_str_eq(ff_arena_strndup(arena, "Gulyás", 3), "Gul");
    ck_assert_str_eq(ff_arena_strndup(arena, "ab", 100), "ab");
    ck_assert_str_eq(ff_arena_printf(arena, "%s-%d", "P", 48213), "P-48213");
    ck_assert_str_eq(ff_strdup(&cx, "copy"), "copy");
    ck_assert_ptr_null(ff_strdup(&cx, NULL));
    ck_assert_int_eq(cx.err.rc, FF_OK);
}
END_TEST

START_TEST(a_new_context_has_no_caller_and_no_error)
{
    struct ff_ctx other;
    memset(&other, 0xAA, sizeof other);
    ff_ctx_init(&other, arena, test_clock);
    ck_assert_int_eq(other.who.role, FF_ROLE_ANON);
    ck_assert_int_eq(other.who.scope, FF_NONE);
    ck_assert_int_eq(other.err.rc, FF_OK);
    ck_assert_ptr_null(other.db);
    ck_assert_uint_eq(other.statements, 0);
    ck_assert(ff_request_id_ok(other.request_id));
    ck_assert_str_ne(other.request_id, cx.request_id);
}
END_TEST

START_TEST(the_first_error_wins)
{
    ck_assert_int_eq(FF_FAIL(&cx, FF_NOT_FOUND, "no product %d", 17), FF_NOT_FOUND);
    int line = __LINE__ - 1;
    ck_assert_int_eq(FF_FAIL(&cx, FF_BUSY, "later"), FF_BUSY);
    ck_assert_int_eq(cx.err.rc, FF_NOT_FOUND);
    ck_assert_str_eq(cx.err.detail, "no product 17");
    ck_assert_int_eq(cx.err.line, line);
    ck_assert_ptr_nonnull(strstr(cx.err.file, "base_ctx.c"));
    ff_err_clear(&cx);
    ck_assert_int_eq(FF_FAIL(&cx, FF_BUSY, "now"), FF_BUSY);
    ck_assert_int_eq(cx.err.rc, FF_BUSY);
}
END_TEST

START_TEST(a_long_detail_is_cut_at_a_character)
{
    char text[600];
    memset(text, 'x', sizeof text);
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA1", 2);
    text[sizeof text - 1] = '\0';
    (void)FF_FAIL(&cx, FF_NOT_FOUND, "%s", text);
    ck_assert_uint_ge(strlen(cx.err.detail), 254);
    ck_assert(ff_utf8_valid(cx.err.detail, strlen(cx.err.detail)));
}
END_TEST

START_TEST(parameters_are_copied_and_at_most_six)
{
    char product[] = "Gulyásleves";
    (void)FF_FAIL(&cx, FF_OUT_OF_STOCK, "Sold out.");
    ff_err_number(&cx, "productId", 1);
    ff_err_text(&cx, "product", product);
    ff_err_text(&cx, "nothing", NULL);
    product[0] = 'X';
    ck_assert_uint_eq(cx.err.n_params, 3);
    ck_assert_str_eq(cx.err.params[0].name, "productId");
    ck_assert_ptr_null(cx.err.params[0].text);
    ck_assert_int_eq(cx.err.params[0].number, 1);
    ck_assert_str_eq(cx.err.params[1].text, "Gulyásleves");
    ck_assert_str_eq(cx.err.params[2].text, "");
    for (int i = 0; i < 10; i++) {
        ff_err_number(&cx, "more", i);
        ff_err_text(&cx, "more", "text");
    }
    ck_assert_uint_eq(cx.err.n_params, FF_ERR_MAX_PARAMS);
}
END_TEST

static const struct {
    const char *code, *wire;
    enum ff_rc rc;
} kinds[] = {
    {"REQUIRED", "REQUIRED", FF_VALIDATION},
    {"TYPE", "TYPE", FF_VALIDATION},
    {"RANGE", "RANGE", FF_VALIDATION},
    {"AMOUNT", "RANGE", FF_AMOUNT_OUT_OF_RANGE},
    {"LENGTH", "LENGTH", FF_VALIDATION},
    {"PATTERN", "PATTERN", FF_VALIDATION},
    {"MONEY_FORMAT", "MONEY_FORMAT", FF_MONEY_FORMAT},
    {"UNKNOWN", "UNKNOWN", FF_UNKNOWN_FIELD},
    {"NULL", "NULL", FF_VALIDATION},
    {"VALUE", "VALUE", FF_VALIDATION},
};

START_TEST(field_codes_give_the_code_of_the_request)
{
    ck_assert_int_eq(ff_field_fail(&cx, "/price", kinds[_i].code, NULL), kinds[_i].rc);
    ck_assert_int_eq(cx.err.rc, kinds[_i].rc);
    ck_assert_uint_eq(cx.err.n_fields, 1);
    ck_assert_str_eq(cx.err.fields[0].pointer, "/price");
    ck_assert_str_eq(cx.err.fields[0].code, kinds[_i].wire);
    ck_assert_uint_gt(strlen(cx.err.fields[0].detail), 10);
    ck_assert(!cx.err.fields[0].has_range);
    ck_assert_int_eq(strncmp(cx.err.detail, "/price: ", 8), 0);
}
END_TEST

START_TEST(the_first_field_error_decides_and_twenty_are_kept)
{
    ck_assert_int_eq(ff_field_fail(&cx, "/price", "MONEY_FORMAT", "First."), FF_MONEY_FORMAT);
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(ff_field_fail(&cx, "/x", "UNKNOWN", "Other."), FF_MONEY_FORMAT);
    ck_assert_uint_eq(cx.err.n_fields, FF_ERR_MAX_FIELDS);
    ck_assert_str_eq(cx.err.detail, "/price: First.");
    ck_assert_str_eq(cx.err.fields[19].code, "UNKNOWN");
}
END_TEST

static const struct {
    const char *code;
    int64_t min, max;
    const char *detail;
} ranges[] = {
    {"AMOUNT", 1, 1000000, "Must be between 1 and 1000000."},
    {"RANGE", 1, INT64_MAX, "Must be at least 1."},
    {"RANGE", INT64_MIN, 9, "Must be at most 9."},
    {"LENGTH", 1, 100, "The length must be between 1 and 100."},
};

START_TEST(ranges_are_named)
{
    (void)ff_field_range(&cx, "/x", ranges[_i].code, ranges[_i].min, ranges[_i].max);
    const struct ff_field_error *field = &cx.err.fields[0];
    ck_assert_str_eq(field->detail, ranges[_i].detail);
    ck_assert(field->has_range);
    ck_assert_int_eq(field->min, ranges[_i].min);
    ck_assert_int_eq(field->max, ranges[_i].max);
}
END_TEST

START_TEST(fields_join_a_validation_error_but_no_other)
{
    (void)FF_FAIL(&cx, FF_VALIDATION, "The dates do not fit.");
    ck_assert_int_eq(ff_field_fail(&cx, "/from", "VALUE", NULL), FF_VALIDATION);
    ck_assert_uint_eq(cx.err.n_fields, 1);
    ck_assert_str_eq(cx.err.detail, "The dates do not fit.");
    ff_err_clear(&cx);
    (void)FF_FAIL(&cx, FF_INTERNAL, "Out of memory.");
    ck_assert_int_eq(ff_field_fail(&cx, "/from", "VALUE", NULL), FF_INTERNAL);
    ck_assert_uint_eq(cx.err.n_fields, 0);
}
END_TEST

START_TEST(an_exhausted_arena_is_an_error_and_no_crash)
{
    struct ff_arena *small = ff_arena_new(64);
    struct ff_ctx poor;
    ff_ctx_init(&poor, small, test_clock);
    ck_assert_int_eq(ff_field_fail(&poor, "/x", "TYPE", NULL), FF_VALIDATION);
    ck_assert_uint_eq(poor.err.n_fields, 0);
    ck_assert_uint_gt(strlen(poor.err.detail), 0);
    ff_err_clear(&poor);
    ck_assert_ptr_null(ff_alloc(&poor, 1000));
    ck_assert_int_eq(poor.err.rc, FF_INTERNAL);
    ck_assert_ptr_null(ff_strdup(&poor,
                                 "a text that is longer than all of the sixty-four bytes here"
                                 " and cannot be copied"));
    ff_arena_free(small);
}
END_TEST

START_TEST(every_row_of_the_error_table_is_complete)
{
    for (int rc = FF_OK + 1; rc < FF_RC_COUNT; rc++) {
        const struct ff_err_info *info = ff_err_info((enum ff_rc)rc);
        ck_assert_int_eq(strncmp(info->code, "ERR_", 4), 0);
        ck_assert_int_ge(info->status, 400);
        ck_assert_int_le(info->status, 599);
        ck_assert_uint_gt(strlen(info->title), 3);
        ck_assert_int_eq(strncmp(info->type, "/problems/", 10), 0);
        ck_assert_uint_eq(strlen(info->type) - 10, strlen(info->code) - 4);
        ck_assert_uint_eq(strspn(info->type + 10, "abcdefghijklmnopqrstuvwxyz-"),
                          strlen(info->type) - 10);
        for (int other = FF_OK + 1; other < rc; other++)
            ck_assert_str_ne(info->code, ff_err_info((enum ff_rc)other)->code);
    }
}
END_TEST

START_TEST(error_rows_say_what_the_contract_says)
{
    const struct ff_err_info *info = ff_err_info(FF_INSUFFICIENT_BALANCE);
    ck_assert_str_eq(info->code, "ERR_INSUFFICIENT_BALANCE");
    ck_assert_int_eq(info->status, 409);
    ck_assert_str_eq(info->retry, "no");
    ck_assert_str_eq(info->type, "/problems/insufficient-balance");
    ck_assert_str_eq(ff_err_info(FF_BUSY)->retry, "same_key");
    ck_assert_str_eq(ff_err_info(FF_STORAGE_FULL)->retry, "after");
    ck_assert_str_eq(ff_err_info(FF_TOKEN_EXPIRED)->retry, "login");
    ck_assert_str_eq(ff_err_info(FF_VERSION_CONFLICT)->retry, "reload");
    ck_assert_str_eq(ff_err_info(FF_KEY_REUSED)->code, "ERR_IDEMPOTENCY_KEY_REUSED");
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("base_ctx");
    TCase *cases = tcase_create("ctx");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, arena_memory_is_zeroed_aligned_and_apart);
    tcase_add_test(cases, large_pieces_get_a_page_of_their_own);
    tcase_add_test(cases, the_cap_holds_and_a_reset_gives_it_back);
    tcase_add_test(cases, the_default_cap_is_a_mebibyte);
    tcase_add_test(cases, copies_end_with_a_nul);
    tcase_add_test(cases, a_new_context_has_no_caller_and_no_error);
    tcase_add_test(cases, the_first_error_wins);
    tcase_add_test(cases, a_long_detail_is_cut_at_a_character);
    tcase_add_test(cases, parameters_are_copied_and_at_most_six);
    tcase_add_loop_test(cases, field_codes_give_the_code_of_the_request, 0, ROWS(kinds));
    tcase_add_test(cases, the_first_field_error_decides_and_twenty_are_kept);
    tcase_add_loop_test(cases, ranges_are_named, 0, ROWS(ranges));
    tcase_add_test(cases, fields_join_a_validation_error_but_no_other);
    tcase_add_test(cases, an_exhausted_arena_is_an_error_and_no_crash);
    tcase_add_test(cases, every_row_of_the_error_table_is_complete);
    tcase_add_test(cases, error_rows_say_what_the_contract_says);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
