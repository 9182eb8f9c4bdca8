/* SPDX-License-Identifier: MIT */
/* json_csv.c - the CSV reader: what RFC 4180 allows, and what is wrong in which line. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/csv.h"

static struct ff_arena *arena;
static struct ff_clock *ticks;
static struct ff_ctx cx;

static void setup(void)
{
    arena = ff_arena_new(0);
    ticks = ff_clock_new_test(0);
    ff_ctx_init(&cx, arena, ticks);
}

static void teardown(void)
{
    ff_arena_free(arena);
    ff_clock_free(ticks);
}

/* The whole file as "1:a|b 2:c|d": line, cells; a problem as "3!column". */
static const char *seen(const char *text, size_t n)
{
    static char out[8192];
    struct ff_csv csv;
    struct ff_csv_row row;
    bool more;
    size_t at = 0;
    out[0] = '\0';
    ff_csv_open(&csv, text, n);
    while (ff_csv_next(&cx, &csv, &row, &more) == FF_OK && more) {
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%d", at ? " " : "", (int)row.line);
        if (row.problem) {
            at += (size_t)snprintf(out + at, sizeof out - at, "!%zu", row.column);
            continue;
        }
        for (size_t i = 0; i < row.n; i++)
            at += (size_t)snprintf(out + at, sizeof out - at, "%c%s", i ? '|' : ':', row.cells[i]);
    }
    return out;
}

struct reading {
    const char *text, *seen;
};

static const struct reading readings[] = {
    {"", ""},
    {"a", "1:a"},
    {"a,b\n", "1:a|b"},
    {"a,b\r\n", "1:a|b"},
    {"a,b\r\nc,d", "1:a|b 2:c|d"},
    {"a,b\nc,d\n", "1:a|b 2:c|d"},
    {"a,\n,b\n,\n", "1:a| 2:|b 3:|"},
    {"a,", "1:a|"},
    {"\n\n", "1: 2:"},
    {"\xEF\xBB\xBFname\n", "1:name"},
    {"\xEF\xBB\xBF", ""},
    {"a\xEF\xBB\xBF\n", "1:a\xEF\xBB\xBF"},
    {" a , b \n", "1: a | b "},
    {"\"a,b\",c\n", "1:a,b|c"},
    {"\"\"\n", "1:"},
    {"\"a\"\"b\"\n", "1:a\"b"},
    {"\"\"\"\"\n", "1:\""},
    {"\"\"\"a\"\"\",\"\"\n", "1:\"a\"|"},
    {"\"a\nb\",c\nd\n", "1:a\nb|c 3:d"},
    {"\"a\r\nb\"\r\nd\r\n", "1:a\r\nb 3:d"},
    {"\"a\"", "1:a"},
    {"Rétes (almás/túrós/meggyes),590\n", "1:Rétes (almás/túrós/meggyes)|590"},
};

START_TEST(reads_what_the_rfc_allows)
{
    const struct reading *r = &readings[_i];
    ck_assert_str_eq(seen(r->text, strlen(r->text)), r->seen);
}
END_TEST

static const struct reading problems[] = {
    {"a\"b,c\nd\n", "1!1 2:d"},              /* a quote inside a plain cell */
    {"a,b\"\nd\n", "1!2 2:d"},               /* at its end */
    {"a,\"b\"c\nd\n", "1!2 2:d"},            /* something behind the closing quote */
    {"a,\"b\" ,c\nd\n", "1!2 2:d"},          /* even a space */
    {"a,\"b\"\rc\nd\n", "1!2 2:d"},          /* or half a line end */
    {"a\rb\nd\n", "1!1 2:d"},                /* a carriage return alone */
    {"a\r", "1!1"},                          /* at the very end */
    {"a\nb,\"c\nd\ne\n", "1:a 2!2 3:d 4:e"}, /* a quote that never closes costs its line */
    {"\"", "1!1"},
    {"a,\xC3\nd\n", "1!2 2:d"},           /* cut UTF-8 */
    {"\xC0\x80\nd\n", "1!1 2:d"},         /* overlong */
    {"\"\xED\xA0\x80\"\nd\n", "1!1 2:d"}, /* surrogate */
};

START_TEST(a_row_that_cannot_be_read_is_named_and_skipped)
{
    const struct reading *r = &problems[_i];
    ck_assert_str_eq(seen(r->text, strlen(r->text)), r->seen);
}
END_TEST

START_TEST(a_nul_byte_is_a_problem_of_its_cell)
{
    ck_assert_str_eq(seen("a,b\0c\nd\n", 8), "1!2 2:d");
}
END_TEST

START_TEST(a_row_has_at_most_thirty_two_cells)
{
    char text[2 * (FF_CSV_MAX_CELLS + 1) + 1];
    memset(text, ',', sizeof text);
    text[FF_CSV_MAX_CELLS - 1] = '\n'; /* as many cells */
    struct ff_csv csv;
    struct ff_csv_row row;
    bool more;
    ff_csv_open(&csv, text, FF_CSV_MAX_CELLS);
    ck_assert_int_eq(ff_csv_next(&cx, &csv, &row, &more), FF_OK);
    ck_assert_ptr_null(row.problem);
    ck_assert_uint_eq(row.n, FF_CSV_MAX_CELLS);
    text[FF_CSV_MAX_CELLS - 1] = ',';
    ff_csv_open(&csv, text, FF_CSV_MAX_CELLS);
    ck_assert_int_eq(ff_csv_next(&cx, &csv, &row, &more), FF_OK);
    ck_assert_ptr_nonnull(row.problem);
    ck_assert_uint_eq(row.column, FF_CSV_MAX_CELLS + 1);
}
END_TEST

START_TEST(a_cell_has_at_most_four_thousand_and_ninety_six_bytes)
{
    static char text[FF_CSV_CELL_BYTES + 2];
    struct ff_csv csv;
    struct ff_csv_row row;
    bool more;
    memset(text, 'x', sizeof text);
    ff_csv_open(&csv, text, FF_CSV_CELL_BYTES);
    ck_assert_int_eq(ff_csv_next(&cx, &csv, &row, &more), FF_OK);
    ck_assert_ptr_null(row.problem);
    ck_assert_uint_eq(strlen(row.cells[0]), FF_CSV_CELL_BYTES);
    ff_csv_open(&csv, text, FF_CSV_CELL_BYTES + 1);
    ck_assert_int_eq(ff_csv_next(&cx, &csv, &row, &more), FF_OK);
    ck_assert_str_eq(row.problem, "The cell is too long.");
}
END_TEST

START_TEST(memory_that_runs_out_is_an_internal_error)
{
    struct ff_csv csv;
    struct ff_csv_row row;
    bool more;
    struct ff_arena *small = ff_arena_new(16);
    cx.arena = small;
    ff_csv_open(&csv, "abcdefghijklmnopqrstuvwxyz\n", 27);
    ck_assert_int_eq(ff_csv_next(&cx, &csv, &row, &more), FF_INTERNAL);
    cx.arena = arena;
    ff_arena_free(small);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("json_csv");
    TCase *cases = tcase_create("csv");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, reads_what_the_rfc_allows, 0, ROWS(readings));
    tcase_add_loop_test(cases, a_row_that_cannot_be_read_is_named_and_skipped, 0, ROWS(problems));
    tcase_add_test(cases, a_nul_byte_is_a_problem_of_its_cell);
    tcase_add_test(cases, a_row_has_at_most_thirty_two_cells);
    tcase_add_test(cases, a_cell_has_at_most_four_thousand_and_ninety_six_bytes);
    tcase_add_test(cases, memory_that_runs_out_is_an_internal_error);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
