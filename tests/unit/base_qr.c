/* SPDX-License-Identifier: MIT */
/* base_qr.c - a QR code as a path: of the right size, the same for the same text, refused when it
 * cannot be. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/qr.h"

static struct ff_buf buf;

static void setup(void)
{
    ff_buf_init(&buf, 1 << 20);
}

static void teardown(void)
{
    ff_buf_free(&buf);
}

/* The finder pattern: a dark row of seven squares begins the symbol, one more ends its first row.
 */
START_TEST(the_symbol_begins_and_ends_with_its_finders)
{
    ck_assert(ff_qr_path(&buf, "0123456789ABCDEFGHJK", 100, 200, 2900));
    ck_assert_ptr_nonnull(strstr(buf.data, "translate(500 600) scale(100)")); /* 21 + 8 squares */
    ck_assert_ptr_nonnull(strstr(buf.data, "d=\"M0 0h7v1h-7z"));
    ck_assert_ptr_nonnull(strstr(buf.data, "M14 0h7v1h-7z"));
    ck_assert_ptr_nonnull(strstr(buf.data, "M0 20h7v1h-7z"));
    ck_assert_str_eq(buf.data + buf.len - 3, "\"/>");
}
END_TEST

START_TEST(another_text_gives_another_symbol)
{
    struct ff_buf other;
    ff_buf_init(&other, 1 << 20);
    ck_assert(ff_qr_path(&buf, "FF-0001", 0, 0, 2900));
    ck_assert(ff_qr_path(&other, "FF-0002", 0, 0, 2900));
    ck_assert_str_ne(buf.data, other.data);
    ff_buf_free(&other);
}
END_TEST

START_TEST(no_text_and_too_much_text_are_refused)
{
    char text[FF_QR_TEXT_MAX + 2];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ck_assert(!ff_qr_path(&buf, "", 0, 0, 2900));
    ck_assert(!ff_qr_path(&buf, text, 0, 0, 2900));
    text[FF_QR_TEXT_MAX] = '\0';
    ck_assert(ff_qr_path(&buf, text, 0, 0, 29000));
}
END_TEST

START_TEST(a_full_buffer_is_told)
{
    struct ff_buf small;
    ff_buf_init(&small, 64);
    ck_assert(!ff_qr_path(&small, "FF-0001", 0, 0, 2900));
    ff_buf_free(&small);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_qr");
    TCase *cases = tcase_create("qr");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_symbol_begins_and_ends_with_its_finders);
    tcase_add_test(cases, another_text_gives_another_symbol);
    tcase_add_test(cases, no_text_and_too_much_text_are_refused);
    tcase_add_test(cases, a_full_buffer_is_told);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
