/* SPDX-License-Identifier: MIT */
/* base_money.c - amounts: the cases of the money rules, and properties over random amounts from a
 * fixed seed. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

enum { PROPERTY_CASES = 1000000 };

/* xorshift64*: the same numbers on every run. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static int64_t random_below(uint64_t *state, int64_t bound)
{
    return (int64_t)(next_random(state) % (uint64_t)bound);
}

START_TEST(sums_that_overflow_are_refused_and_leave_the_result)
{
    int64_t out = 7;
    ck_assert(!ff_money_add(INT64_MAX, 1, &out));
    ck_assert(!ff_money_add(INT64_MIN, -1, &out));
    ck_assert(!ff_money_sub(INT64_MIN, 1, &out));
    ck_assert(!ff_money_sub(0, INT64_MIN, &out));
    ck_assert(!ff_money_mul(INT64_MAX / 2 + 1, 2, &out));
    ck_assert(!ff_money_mul(INT64_MIN, -1, &out));
    ck_assert(!ff_money_neg(INT64_MIN, &out));
    ck_assert_int_eq(out, 7);
}
END_TEST

START_TEST(sums_that_fit_are_exact)
{
    int64_t out;
    ck_assert(ff_money_add(INT64_MAX - 1, 1, &out));
    ck_assert_int_eq(out, INT64_MAX);
    ck_assert(ff_money_sub(-350, 150, &out));
    ck_assert_int_eq(out, -500);
    ck_assert(ff_money_mul(1590, 99, &out));
    ck_assert_int_eq(out, 157410);
    ck_assert(ff_money_mul(INT64_MIN, 1, &out));
    ck_assert_int_eq(out, INT64_MIN);
    ck_assert(ff_money_neg(INT64_MAX, &out));
    ck_assert_int_eq(out, -INT64_MAX);
}
END_TEST

START_TEST(a_result_may_be_one_of_the_operands)
{
    int64_t sum = 5;
    ck_assert(ff_money_add(sum, 3, &sum));
    ck_assert(ff_money_mul(sum, sum, &sum));
    ck_assert(ff_money_neg(sum, &sum));
    ck_assert_int_eq(sum, -64);
}
END_TEST

static const struct {
    int64_t gross, rate_ppm, tax;
} taxes[] = {
    {500, 70000, 33},
    {350, 190000, 56},
    {1, 190000, 0},
    {0, 190000, 0},
    {1590, 0, 0},
    {1590, 270000, 338}, /* 338.03 */
    {1200, 50000, 57},   /* 57.14 */
    {10000, 88750, 815}, /* 815.15 */
    {1, 1000000, 0},     /* 0.5: to even */
    {3, 1000000, 2},     /* 1.5: to even */
    {5, 1000000, 2},     /* 2.5: to even */
    {7, 1000000, 4},     /* 3.5: to even */
    {2, 1000000, 1},
    {FF_MONEY_ENTRY_MAX, 1000000, FF_MONEY_ENTRY_MAX / 2},
    {INT64_MAX, 1000000, INT64_MAX / 2 + 1}, /* ...903.5: to even */
};

START_TEST(tax_is_half_even)
{
    int64_t tax = -1;
    ck_assert(ff_money_tax(taxes[_i].gross, taxes[_i].rate_ppm, &tax));
    ck_assert_int_eq(tax, taxes[_i].tax);
}
END_TEST

START_TEST(tax_refuses_what_has_no_meaning)
{
    int64_t tax = 9;
    ck_assert(!ff_money_tax(-1, 70000, &tax));
    ck_assert(!ff_money_tax(100, -1, &tax));
    ck_assert(!ff_money_tax(100, 1000001, &tax));
    ck_assert_int_eq(tax, 9);
}
END_TEST

/* |tax * (10^6 + r) - gross * r| <= (10^6 + r) / 2, and at exactly half the tax is even. */
START_TEST(tax_is_the_nearest_unit_for_a_million_amounts)
{
    uint64_t state = 20260302;
    for (int i = 0; i < PROPERTY_CASES; i++) {
        int64_t gross = random_below(&state, FF_MONEY_TOTAL_MAX + 1);
        int64_t rate = i % 8 == 0 ? 1000000 : random_below(&state, 1000001);
        int64_t divisor = 1000000 + rate, tax = -1;
        bool ok = ff_money_tax(gross, rate, &tax);
        int64_t twice_off = 2 * llabs(tax * divisor - gross * rate);
        if (!ok || twice_off > divisor || (twice_off == divisor && tax % 2 != 0))
            ck_abort_msg("gross %lld rate %lld gave %lld", (long long)gross, (long long)rate,
                         (long long)tax);
    }
}
END_TEST

static const struct {
    int64_t total;
    size_t n;
    int64_t weights[5], parts[5];
} splits[] = {
    {100, 3, {1, 1, 1}, {34, 33, 33}},
    {101, 3, {1, 1, 1}, {34, 34, 33}},
    {10, 4, {3, 3, 3, 1}, {3, 3, 3, 1}},
    {1, 2, {1, 2}, {0, 1}}, /* the larger remainder, not the lower index */
    {2, 4, {1, 1, 1, 1}, {1, 1, 0, 0}},
    {150, 2, {500, 350}, {88, 62}}, /* 88.24 + 61.76 */
    {7, 1, {5}, {7}},
    {0, 2, {1, 1}, {0, 0}},
    {9, 3, {0, 1, 0}, {0, 9, 0}},
    {5, 3, {0, 0, 2}, {0, 0, 5}},
    {FF_MONEY_ENTRY_MAX,
     2,
     {INT64_MAX / 2, INT64_MAX / 2},
     {FF_MONEY_ENTRY_MAX / 2, FF_MONEY_ENTRY_MAX / 2}},
    {INT64_MAX, 1, {INT64_MAX}, {INT64_MAX}},
};

START_TEST(splits_give_the_rest_by_largest_remainder)
{
    int64_t parts[5] = {-1, -1, -1, -1, -1};
    ck_assert(ff_money_split(splits[_i].total, splits[_i].weights, splits[_i].n, parts));
    ck_assert_mem_eq(parts, splits[_i].parts, splits[_i].n * sizeof parts[0]);
}
END_TEST

START_TEST(splits_without_meaning_are_refused)
{
    int64_t parts[65], ones[65];
    for (size_t i = 0; i < 65; i++)
        ones[i] = 1;
    ck_assert(!ff_money_split(-1, ones, 2, parts));
    ck_assert(!ff_money_split(1, ones, 0, parts));
    ck_assert(!ff_money_split(1, ones, 65, parts));
    ck_assert(ff_money_split(1, ones, 64, parts));
    ck_assert(!ff_money_split(1, (const int64_t[]){0, 0}, 2, parts));
    ck_assert(!ff_money_split(1, (const int64_t[]){1, -1}, 2, parts));
    ck_assert(!ff_money_split(1, (const int64_t[]){INT64_MAX, 1}, 2, parts));
}
END_TEST

/* Every part is its exact share rounded down or up, and together they are the total. */
static bool is_fair_split(int64_t total, const int64_t *weights, size_t n, const int64_t *parts)
{
    int64_t sum = 0, given = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    for (size_t i = 0; i < n; i++) {
        int64_t floor = total * weights[i] / sum, rest = total * weights[i] % sum;
        given += parts[i];
        if (parts[i] != floor && (rest == 0 || parts[i] != floor + 1))
            return false;
    }
    return given == total;
}

START_TEST(splits_sum_to_the_total_for_many_amounts)
{
    uint64_t state = 42;
    for (int i = 0; i < PROPERTY_CASES / 10; i++) {
        int64_t weights[16], parts[16], total = random_below(&state, FF_MONEY_TOTAL_MAX + 1);
        size_t n = 1 + (size_t)random_below(&state, 16);
        for (size_t k = 0; k < n; k++)
            weights[k] = random_below(&state, 3) ? 1 + random_below(&state, 1000000) : 0;
        weights[0] += 1;
        if (!ff_money_split(total, weights, n, parts) || !is_fair_split(total, weights, n, parts))
            ck_abort_msg("case %d: total %lld over %zu", i, (long long)total, n);
    }
}
END_TEST

static const struct {
    const char *token;
    bool is_ok;
    int64_t minor;
} minor_tokens[] = {
    {"0", true, 0},
    {"-0", true, 0},
    {"7", true, 7},
    {"-1205", true, -1205},
    {"999999999999", true, INT64_C(999999999999)},
    {"-999999999999", true, INT64_C(-999999999999)},
    {"1000000000000", false, 0},
    {"1000000000000000", false, 0},
    {"99999999999999999999", false, 0},
    {"", false, 0},
    {"-", false, 0},
    {"--1", false, 0},
    {"+1", false, 0},
    {"01", false, 0},
    {"-01", false, 0},
    {"00", false, 0},
    {"1.5", false, 0},
    {"1.0", false, 0},
    {"1.", false, 0},
    {".5", false, 0},
    {"1e3", false, 0},
    {"1E3", false, 0},
    {"1e0", false, 0},
    {"0x10", false, 0},
    {"1 ", false, 0},
    {" 1", false, 0},
    {"1,000", false, 0},
    {"1_000", false, 0},
    {"NaN", false, 0},
    {"Infinity", false, 0},
    {"null", false, 0},
    {"\xD9\xA1", false, 0},     /* ARABIC-INDIC DIGIT ONE */
    {"\xEF\xBC\x91", false, 0}, /* FULLWIDTH DIGIT ONE */
};

START_TEST(minor_units_have_one_spelling)
{
    int64_t out = 77;
    const char *token = minor_tokens[_i].token;
    ck_assert_int_eq(ff_money_parse_minor(token, strlen(token), &out), minor_tokens[_i].is_ok);
    ck_assert_int_eq(out, minor_tokens[_i].is_ok ? minor_tokens[_i].minor : 77);
}
END_TEST

START_TEST(a_token_ends_where_its_length_says)
{
    int64_t out;
    ck_assert(ff_money_parse_minor("12345", 3, &out));
    ck_assert_int_eq(out, 123);
    ck_assert(ff_money_parse_decimal("12.345", 4, 1, &out));
    ck_assert_int_eq(out, 123);
}
END_TEST

static const struct {
    const char *token;
    int decimals;
    bool is_ok;
    int64_t minor;
} decimal_tokens[] = {
    {"6.9", 2, true, 690},
    {"6.90", 2, true, 690},
    {"6", 2, true, 600},
    {"-12.05", 2, true, -1205},
    {"0.01", 2, true, 1},
    {"-0.00", 2, true, 0},
    {"1590", 0, true, 1590},
    {"1.234", 3, true, 1234},
    {"1.2", 3, true, 1200},
    {"999999999999.999", 3, true, INT64_C(999999999999999)},
    {"1590.0", 0, false, 0},
    {"1590.", 0, false, 0},
    {"6.905", 2, false, 0},
    {"6.", 2, false, 0},
    {".5", 2, false, 0},
    {"6,90", 2, false, 0},
    {"06.90", 2, false, 0},
    {"6.9x", 2, false, 0},
    {"6.-9", 2, false, 0},
    {"6.9 ", 2, false, 0},
    {"+6.90", 2, false, 0},
    {"6e1", 2, false, 0},
    {"1000000000000", 2, false, 0},
    {"", 2, false, 0},
    {"-", 2, false, 0},
};

START_TEST(decimals_are_read_to_the_minor_unit)
{
    int64_t out = 77;
    const char *token = decimal_tokens[_i].token;
    bool ok = ff_money_parse_decimal(token, strlen(token), decimal_tokens[_i].decimals, &out);
    ck_assert_int_eq(ok, decimal_tokens[_i].is_ok);
    ck_assert_int_eq(out, decimal_tokens[_i].is_ok ? decimal_tokens[_i].minor : 77);
}
END_TEST

static const struct {
    int64_t minor;
    int decimals;
    const char *text;
} formats[] = {
    {-1205, 2, "-12.05"},
    {0, 2, "0.00"},
    {5, 2, "0.05"},
    {-5, 2, "-0.05"},
    {1590, 0, "1590"},
    {-1590, 0, "-1590"},
    {1234, 3, "1.234"},
    {12, 1, "1.2"},
    {INT64_MAX, 2, "92233720368547758.07"},
    {INT64_MIN, 2, "-92233720368547758.08"},
    {INT64_MIN, 0, "-9223372036854775808"},
};

START_TEST(amounts_are_shown_with_their_decimals)
{
    char text[FF_MONEY_TEXT_CAP];
    ff_money_format(formats[_i].minor, formats[_i].decimals, text);
    ck_assert_str_eq(text, formats[_i].text);
}
END_TEST

START_TEST(what_is_shown_reads_back)
{
    uint64_t state = 7;
    for (int i = 0; i < PROPERTY_CASES / 10; i++) {
        char text[FF_MONEY_TEXT_CAP];
        int64_t amount = random_below(&state, 2 * FF_MONEY_ENTRY_MAX) - FF_MONEY_ENTRY_MAX, again;
        int decimals = i % 4;
        ff_money_format(amount, decimals, text);
        if (!ff_money_parse_decimal(text, strlen(text), decimals, &again) || again != amount)
            ck_abort_msg("%lld at %d gave %s", (long long)amount, decimals, text);
    }
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("base_money");
    TCase *cases = tcase_create("money");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, sums_that_overflow_are_refused_and_leave_the_result);
    tcase_add_test(cases, sums_that_fit_are_exact);
    tcase_add_test(cases, a_result_may_be_one_of_the_operands);
    tcase_add_loop_test(cases, tax_is_half_even, 0, ROWS(taxes));
    tcase_add_test(cases, tax_refuses_what_has_no_meaning);
    tcase_add_test(cases, tax_is_the_nearest_unit_for_a_million_amounts);
    tcase_add_loop_test(cases, splits_give_the_rest_by_largest_remainder, 0, ROWS(splits));
    tcase_add_test(cases, splits_without_meaning_are_refused);
    tcase_add_test(cases, splits_sum_to_the_total_for_many_amounts);
    tcase_add_loop_test(cases, minor_units_have_one_spelling, 0, ROWS(minor_tokens));
    tcase_add_test(cases, a_token_ends_where_its_length_says);
    tcase_add_loop_test(cases, decimals_are_read_to_the_minor_unit, 0, ROWS(decimal_tokens));
    tcase_add_loop_test(cases, amounts_are_shown_with_their_decimals, 0, ROWS(formats));
    tcase_add_test(cases, what_is_shown_reads_back);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
