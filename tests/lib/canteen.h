/* SPDX-License-Identifier: MIT */
/* canteen.h - what the tests of catalogue, people and imports say again and again: a product in one
 * line, a file of tests/golden, the fault that an error names. */
#ifndef FF_TESTS_CANTEEN_H
#define FF_TESTS_CANTEEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/catalog/product.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"
#include "fixture.h"

#define FF_GOLDEN "tests/golden/data/"

/* A file from the top of the repository, NUL-terminated; freed by the caller. */
static inline char *ff_test_file(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s: run the tests from the top of the repository", path);
    char *text = malloc((1 << 20) + 1);
    ck_assert_ptr_nonnull(text);
    *n = fread(text, 1, 1 << 20, file);
    text[*n] = '\0';
    (void)fclose(file);
    return text;
}

/* A picture of one point in WebP, without its NUL. */
#define FF_TEST_WEBP                                                                               \
    "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
#define FF_TEST_WEBP_HASH "8ef9ba02d026dd8af456832331fd475e568ef803ffaa8fc3d200829b3aebb770"
enum { FF_TEST_WEBP_BYTES = 34 };

/* Columns that an export has and the files of tests/golden leave to their defaults. */
#define FF_MENU_MORE  ",taxPercent,allergens,diets,emoji,glaze,menuOnly,barcodes"
#define FF_MENU_EMPTY ",0,,,,,false,"

/* A menu of tests/golden as it comes out again; freed by the caller. */
static inline char *ff_test_menu_out(const char *path, size_t *n)
{
    size_t read;
    char *in = ff_test_file(path, &read), *out = malloc(2 * read + 256);
    ck_assert_ptr_nonnull(out);
    *n = 0;
    for (const char *at = in, *end; (end = strstr(at, "\r\n")); at = end + 2)
        *n += (size_t)snprintf(out + *n, 2 * read + 256 - *n, "%.*s%s\r\n", (int)(end - at), at,
                               at == in ? FF_MENU_MORE : FF_MENU_EMPTY);
    free(in);
    return out;
}

/* What ff_product_create takes. */
static inline struct ff_product_in ff_test_dish(const char *name, int64_t price,
                                                const char *category)
{
    return (struct ff_product_in){.set = 1u << FF_PRODUCT_NAME | 1u << FF_PRODUCT_PRICE |
                                         1u << FF_PRODUCT_CATEGORY,
                                  .name = name,
                                  .price = price,
                                  .category = category};
}

/* All products, all people: the filters start from these. */
static inline struct ff_product_filter ff_test_menu(int64_t page, int64_t limit)
{
    return (struct ff_product_filter){.page = page,
                                      .limit = limit,
                                      .category_id = FF_NULL_INT,
                                      .available = FF_NULL_INT,
                                      .archived = FF_NULL_INT,
                                      .without = FF_NULL_INT,
                                      .diet = FF_NULL_INT};
}

static inline struct ff_employee_filter ff_test_staff(int64_t page, int64_t limit)
{
    return (struct ff_employee_filter){
        .page = page, .limit = limit, .department_id = FF_NULL_INT, .active = FF_NULL_INT};
}

/* Fails the test unless field `i` of the error is this one. */
static inline void ff_test_field(const struct ff_ctx *cx, size_t i, const char *pointer,
                                 const char *code)
{
    ck_assert_uint_gt(cx->err.n_fields, i);
    ck_assert_str_eq(cx->err.fields[i].pointer, pointer);
    ck_assert_str_eq(cx->err.fields[i].code, code);
}

/* The text of a parameter of the error; "" when there is none. */
static inline const char *ff_test_said(const struct ff_ctx *cx, const char *name)
{
    for (size_t i = 0; i < cx->err.n_params; i++)
        if (strcmp(cx->err.params[i].name, name) == 0 && cx->err.params[i].text)
            return cx->err.params[i].text;
    return "";
}

/* Runs the tests of a suite in their own processes; the exit status. */
static inline int ff_test_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define FF_ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

#endif
