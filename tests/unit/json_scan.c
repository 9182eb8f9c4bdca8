/* SPDX-License-Identifier: MIT */
/* json_scan.c - what the strict check lets through, in the manner of the public parser suites:
 * every text says whether RFC 8259 and our limits take it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/scan.h"

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

/* From memory of exactly n bytes, so that a sanitizer sees a read behind the end. */
static enum ff_rc scan_bytes(const char *text, size_t n)
{
    char *exact = malloc(n ? n : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, text, n);
    ff_err_clear(&cx);
    ff_arena_reset(arena);
    enum ff_rc rc = ff_json_scan(&cx, exact, n);
    free(exact);
    return rc;
}

struct text {
    const char *bytes;
    size_t n;
};
#define T(literal)                                                                                 \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* clang-format off */
static const struct text good[] = {
    T("{}"), T("[]"), T("null"), T("true"), T("false"), T("0"), T("-0"), T("1"), T("-1"), T("\"\""),
    T(" {} "), T("\t\r\n[]\n"), T("[ ]"), T("{ }"), T("[1]"), T("[1,2]"), T("[ 1 , 2 ]"),
    T("[[],[]]"), T("[[[]]]"), T("{\"a\":1}"), T("{ \"a\" : 1 }"), T("{\"a\":{\"b\":{}}}"),
    T("{\"a\":1,\"b\":2}"), T("{\"a\":[{\"a\":1},{\"a\":2}]}"), T("{\"\":0}"), T("{\"a\":null}"),
    T("[null,true,false]"), T("1.5"), T("0.1"), T("-0.0"), T("1e3"), T("1E3"), T("1e+3"), T("1e-3"),
    T("1.5e10"), T("0e0"), T("123456789012345678901234567890"), T("1e999"), T("-1e-999"),
    T("0.00000000000000000000000000000000000000000000000000000000000000000000000000000001"),
    T("\"a\""), T("\"\\\"\""), T("\"\\\\\""), T("\"\\/\""), T("\"\\b\\f\\n\\r\\t\""), T("\"\\u0041\""),
    T("\"\\u00e1\""), T("\"\\u00E1\""), T("\"\\ud83c\\udf72\""), T("\"\\uD83C\\uDF72\""), T("\"\\u0001\""),
    T("\"\\uFFFF\""), T("\"\\uD7FF\\uE000\""), T("\"\x7f\""), T("\"Guly\xC3\xA1s\""), T("\"\xF0\x9F\x8D\xB2\""),
    T("\"\xEF\xBB\xBF\""), T("\"\xE2\x80\xA8\""), T("\"\xF4\x8F\xBF\xBF\""), T("\" {}[],: \""),
    T("{\"A\":1,\"a\":2}"), T("{\"a\":1,\"\\u0062\":2}"), T("{\"a\":1,\"a \":2}"), T("{\"\\u00e1\":1,\"a\":2}"),
    T("[\"a\",\"a\"]"), T("[{\"a\":1},{\"a\":1}]"), T("{\"a\":{\"a\":1}}"),
    T("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"), /* 16 */
    T("{\"a\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}"),
};

static const struct text bad[] = {
    T(""), T(" "), T("\n"), T("{"), T("}"), T("["), T("]"), T("[}"), T("{]"), T("{}}"), T("[]]"), T("{}{}"), T("{} {}"),
    T("1 2"), T("[1 2]"), T("[1,]"), T("[,1]"), T("[,]"), T("[1,,2]"), T("[1"), T("[1,"), T("[[]"), T("[1}"), T("[1:2]"),
    T("{\"a\"}"), T("{\"a\":}"), T("{\"a\" 1}"), T("{:1}"), T("{,}"), T("{\"a\":1,}"), T("{\"a\":1,,\"b\":2}"),
    T("{\"a\":1 \"b\":2}"), T("{\"a\":1]"), T("{a:1}"), T("{'a':1}"), T("{1:1}"), T("{null:1}"), T("{\"a\"::1}"),
    T("{\"a\":1"), T("{\"a\":"), T("{\"a\""), T("{\"a"), T("{[1]:1}"), T("{\"a\",1}"), T("{,\"a\":1}"), T("{\"a\":1}x"),
    T("{} // x"), T("/**/{}"), T("{}#"), T("[1]/**/"), T("nul"), T("nulll"), T("Null"), T("NULL"), T("tru"), T("truee"),
    T("True"), T("fals"), T("t"), T("f"), T("n"), T("undefined"), T("NaN"), T("Infinity"), T("-Infinity"), T("-"), T("+1"), T("--1"),
    T("-a"), T("01"), T("-01"), T("00"), T("1."), T("1.e1"), T(".5"), T("-.5"), T("1e"), T("1e+"), T("1E-"), T("1ee1"),
    T("1e1.5"), T("0x10"), T("1_000"), T("1,000"), T("0b1"), T("0e"), T("1a"), T("\xEF\xBC\x91"), T("\""), T("\"a"), T("'a'"), T("a"),
    T("\"\\\""), T("\"\\"), T("\"\\x41\""), T("\"\\a\""), T("\"\\0\""), T("\"\\'\""), T("\"\\U0041\""), T("\"\\u\""), T("\"\\u00\""),
    T("\"\\u004\""), T("\"\\u004g\""), T("\"\\u00G0\""), T("\"\\u+041\""), T("\"\\u 041\""), T("\"\\u0000\""), T("\"a\\u0000b\""),
    T("\"\\ud83c\""), T("\"\\udf72\""), T("\"\\ud83c\\ud83c\""), T("\"\\udf72\\ud83c\""), T("\"\\ud83cx\""), T("\"\\ud83c\\n\""),
    T("\"\\ud83c\\u0041\""), T("\"\\ud83c\\u\""), T("\"\\ud83c\\udf7\""), T("\"\\ud83c\\xdf72\""), T("\"\\ud83c\\uE000\""),
    T("\"a\nb\""), T("\"a\tb\""), T("\"a\rb\""), T("\"a\0b\""), T("\"\x1f\""), T("\"\x01\""), T("\"\x80\""), T("\"\xBF\""),
    T("\"\xC0\x80\""), T("\"\xC1\xBF\""), T("\"\xC3\""), T("\"\xC3"), T("\"\xE0\x80\x80\""), T("\"\xE2\x82\""), T("\"\xED\xA0\x80\""),
    T("\"\xF0\x80\x80\x80\""), T("\"\xF4\x90\x80\x80\""), T("\"\xF5\x80\x80\x80\""), T("\"\xFF\""), T("\"\xFE\xFF\""),
    T("\xEF\xBB\xBF{}"), T("\xFF\xFE{\0}\0"), T("\0"), T("{}\0"), T("\0{}"), T("[1\0]"), T("{\0\"a\":1}"), T("[]\f"), T("\v[]"), T("\xC2\xA0{}"),
    T("{\xC2\xA0}"), T("[\xE2\x80\xA8]"), T("{}\xC2\xA0"), T("{\"a\":1,\"a\":2}"), T("{\"a\":1,\"b\":2,\"a\":3}"), T("{\"\":1,\"\":2}"),
    T("{\"a\":1,\"\\u0061\":2}"), T("{\"\\u0061\":1,\"a\":2}"), T("{\"\\u0061\":1,\"\\u0061\":2}"), T("{\"/\":1,\"\\/\":2}"),
    T("{\"\\u00e1\":1,\"\xC3\xA1\":2}"), T("{\"\\u00E1\":1,\"\\u00e1\":2}"), T("{\"\\ud83c\\udf72\":1,\"\xF0\x9F\x8D\xB2\":2}"),
    T("{\"x\":{\"a\":1,\"a\":2}}"), T("[{\"a\":1,\"a\":1}]"), T("{\"a\":[],\"b\":{},\"a\":0}"), T("{\"\\n\":1,\"\\u000a\":2}"),
    T("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]"), /* 17 */ T("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"),
    T("[\"a\",\"b\""), T("[\"a\""), T("{\"a\":1}}"), T("[1]]"), T("\"a\"\"b\""), T("\"a\",\"b\""), T("1,2"), T(","), T(":"), T("{\"a\":tru}"),
    T("[1.]"), T("[-]"), T("[1e]"), T("[\"\\u12\"]"), T("{\"a\\u0000\":1}"), T("{\"\\ud800\":1}"), T("{\"\xFF\":1}"), T("<x/>"), T("a=1&b=2"),
};
/* clang-format on */

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

START_TEST(valid_texts_pass)
{
    ck_assert_msg(scan_bytes(good[_i].bytes, good[_i].n) == FF_OK, "%s: %s", good[_i].bytes,
                  cx.err.detail);
}
END_TEST

START_TEST(invalid_texts_are_refused)
{
    ck_assert_msg(scan_bytes(bad[_i].bytes, bad[_i].n) == FF_MALFORMED_JSON, "row %d: %s", _i,
                  bad[_i].bytes);
    ck_assert_int_eq(cx.err.rc, FF_MALFORMED_JSON);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, " at byte "));
}
END_TEST

static const char purchase[] =
    " {\"items\":[{\"productId\":17,\"quantity\":2},{\"productId\":-3,\"quantity\":1.5e1}],"
    "\"note\":\"Guly\xC3\xA1s \\u00e1\\ud83c\\udf72\\n\",\"expected\\u0054otal\":null,\"x\":[true,"
    "false,{},[]]}";

START_TEST(a_text_cut_at_any_byte_is_refused)
{
    ck_assert_int_eq(scan_bytes(purchase, sizeof purchase - 1), FF_OK);
    for (size_t n = 0; n < sizeof purchase - 1; n++)
        ck_assert_int_eq(scan_bytes(purchase, n), FF_MALFORMED_JSON);
}
END_TEST

/* Any single byte replaced by any other: never a crash, and never a NUL or a raw 0x80..0xFF let
 * through where it breaks UTF-8. */
START_TEST(a_text_with_any_byte_changed_is_judged)
{
    char text[sizeof purchase];
    for (size_t place = 0; place < sizeof purchase - 1; place++) {
        for (int c = 0; c < 256; c++) {
            memcpy(text, purchase, sizeof text);
            text[place] = (char)c;
            enum ff_rc rc = scan_bytes(text, sizeof purchase - 1);
            ck_assert(rc == FF_OK || rc == FF_MALFORMED_JSON);
            if (c == 0 || c == 0xFF)
                ck_assert_int_eq(rc, FF_MALFORMED_JSON);
        }
    }
}
END_TEST

START_TEST(deep_nesting_is_refused_and_not_followed)
{
    static char text[4000];
    memset(text, '[', sizeof text);
    ck_assert_int_eq(scan_bytes(text, 700), FF_MALFORMED_JSON);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, "byte 16"));
    for (size_t i = 0; i + 5 <= sizeof text; i += 5)
        memcpy(text + i, "{\"a\":", 5);
    ck_assert_int_eq(scan_bytes(text, sizeof text), FF_MALFORMED_JSON);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, "nested"));
}
END_TEST

static char large[65536];

/* `[1,1,...]` of n values */
static size_t list_of(size_t n)
{
    size_t used = 0;
    large[used++] = '[';
    for (size_t i = 0; i < n; i++) {
        large[used++] = '1';
        large[used++] = i + 1 < n ? ',' : ']';
    }
    return used;
}

START_TEST(two_thousand_tokens_are_the_most)
{
    ck_assert_int_eq(scan_bytes(large, list_of(FF_JSON_TOKENS - 1)), FF_OK);
    ck_assert_int_eq(scan_bytes(large, list_of(FF_JSON_TOKENS)), FF_MALFORMED_JSON);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, "too many"));
}
END_TEST

/* `{"n0":0,...}` of n names */
static size_t object_of(size_t n)
{
    size_t used = 0;
    large[used++] = '{';
    for (size_t i = 0; i < n; i++)
        used += (size_t)snprintf(large + used, sizeof large - used, "\"n%zu\":0%c", i,
                                 i + 1 < n ? ',' : '}');
    return used;
}

START_TEST(a_thousand_names_are_told_apart)
{
    size_t n = object_of(999);
    ck_assert_int_eq(scan_bytes(large, n), FF_OK);
    n = (size_t)(strstr(large, "\"n998\"") - large);
    n += (size_t)snprintf(large + n, sizeof large - n, "\"n\\u0030\":0}");
    ck_assert_int_eq(scan_bytes(large, n), FF_MALFORMED_JSON);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, "twice"));
}
END_TEST

/* `"xxx"` with n characters, each written as `unit`; as a name with is_name. */
static size_t string_of(size_t n, const char *unit, bool is_name)
{
    size_t used = 0, size = strlen(unit);
    if (is_name)
        large[used++] = '{';
    large[used++] = '"';
    for (size_t i = 0; i < n; i++, used += size)
        memcpy(large + used, unit, size);
    large[used++] = '"';
    if (is_name) {
        memcpy(large + used, ":0}", 3);
        used += 3;
    }
    return used;
}

START_TEST(lengths_count_decoded_bytes)
{
    ck_assert_int_eq(scan_bytes(large, string_of(4096, "x", false)), FF_OK);
    ck_assert_int_eq(scan_bytes(large, string_of(4097, "x", false)), FF_MALFORMED_JSON);
    ck_assert_int_eq(scan_bytes(large, string_of(4096, "\\u0041", false)), FF_OK);
    ck_assert_int_eq(scan_bytes(large, string_of(2048, "\xC3\xA1", false)), FF_OK);
    ck_assert_int_eq(scan_bytes(large, string_of(2049, "\\u00e1", false)), FF_MALFORMED_JSON);
    ck_assert_int_eq(scan_bytes(large, string_of(64, "x", true)), FF_OK);
    ck_assert_int_eq(scan_bytes(large, string_of(65, "x", true)), FF_MALFORMED_JSON);
    ck_assert_int_eq(scan_bytes(large, string_of(64, "\\u0078", true)), FF_OK);
    ck_assert_int_eq(scan_bytes(large, string_of(33, "\xC3\xA1", true)), FF_MALFORMED_JSON);
}
END_TEST

START_TEST(the_first_error_is_named_with_its_place)
{
    (void)scan_bytes("{\"a\":01}", 8);
    ck_assert_str_eq(cx.err.detail,
                     "The body is not valid JSON at byte 7: a number begins with 0.");
    (void)scan_bytes("{\"a\":1,\"a\":2}", 13);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, "a name comes twice in one object"));
    (void)scan_bytes("", 0);
    ck_assert_ptr_nonnull(strstr(cx.err.detail, "at byte 0: it ends too early"));
}
END_TEST

START_TEST(tokens_say_where_values_lie)
{
    static const char text[] = "{\"a\":[10,\"x\"],\"b\":-5}";
    struct ff_json_tokens tokens;
    ck_assert_int_eq(ff_json_tokens(&cx, &ff_json_request_limits, text, sizeof text - 1, &tokens),
                     FF_OK);
    static const struct {
        uint32_t start, end, next;
    } expected[] = {{0, 21, 7},  {2, 3, 2},   {5, 13, 5}, {6, 8, 4},
                    {10, 11, 5}, {15, 16, 6}, {18, 20, 7}};
    ck_assert_uint_eq(tokens.n, 7);
    for (int i = 0; i < 7; i++) {
        ck_assert_uint_eq(tokens.at[i].start, expected[i].start);
        ck_assert_uint_eq(tokens.at[i].end, expected[i].end);
        ck_assert_uint_eq(tokens.at[i].next, expected[i].next);
    }
    ck_assert(!tokens.has_long_number);
}
END_TEST

START_TEST(an_exhausted_arena_is_no_verdict_on_the_text)
{
    struct ff_arena *small = ff_arena_new(64);
    struct ff_ctx poor;
    ff_ctx_init(&poor, small, test_clock);
    ck_assert_int_eq(ff_json_scan(&poor, "{}", 2), FF_INTERNAL);
    ff_arena_free(small);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_scan");
    TCase *cases = tcase_create("scan");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, valid_texts_pass, 0, ROWS(good));
    tcase_add_loop_test(cases, invalid_texts_are_refused, 0, ROWS(bad));
    tcase_add_test(cases, a_text_cut_at_any_byte_is_refused);
    tcase_add_test(cases, a_text_with_any_byte_changed_is_judged);
    tcase_add_test(cases, deep_nesting_is_refused_and_not_followed);
    tcase_add_test(cases, two_thousand_tokens_are_the_most);
    tcase_add_test(cases, a_thousand_names_are_told_apart);
    tcase_add_test(cases, lengths_count_decoded_bytes);
    tcase_add_test(cases, the_first_error_is_named_with_its_place);
    tcase_add_test(cases, tokens_say_where_values_lie);
    tcase_add_test(cases, an_exhausted_arena_is_no_verdict_on_the_text);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
