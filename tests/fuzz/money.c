/* SPDX-License-Identifier: MIT */
/* money.c - amounts in text and the arithmetic on them (the first byte is the currency's decimals):
 * what is read is what its digits say, what is written can be read, and no sum is ever wrong. */
#include "base/money.h"
#include "fuzz.h"

#include <inttypes.h>

__extension__ typedef __int128 wide;

/* The grammar said once more, in another way: no digit but one may be a leading 0, at most 12. */
static bool is_minor(const char *text)
{
    const char *digits = text + (*text == '-');
    size_t n = strspn(digits, "0123456789");
    return n >= 1 && n <= 12 && !digits[n] && (digits[0] != '0' || n == 1);
}

static void check_text(const char *text, int decimals)
{
    int64_t minor = 0, again = 0;
    char shown[FF_MONEY_TEXT_CAP];
    bool taken = ff_money_parse_minor(text, strlen(text), &minor);
    FF_PROMISE(taken == is_minor(text));
    FF_PROMISE(!taken || minor == strtoll(text, NULL, 10));
    if (!ff_money_parse_decimal(text, strlen(text), decimals, &minor))
        return;
    ff_money_format(minor, decimals, shown);
    FF_PROMISE(ff_money_parse_decimal(shown, strlen(shown), decimals, &again) && again == minor);
}

static void check_sums(const int64_t v[2])
{
    int64_t out;
    wide a = v[0], b = v[1];
    FF_PROMISE(ff_money_add(v[0], v[1], &out) == (a + b >= INT64_MIN && a + b <= INT64_MAX));
    FF_PROMISE(!ff_money_add(v[0], v[1], &out) || out == (int64_t)(a + b));
    FF_PROMISE(ff_money_sub(v[0], v[1], &out) == (a - b >= INT64_MIN && a - b <= INT64_MAX));
    FF_PROMISE(!ff_money_sub(v[0], v[1], &out) || out == (int64_t)(a - b));
    FF_PROMISE(ff_money_mul(v[0], v[1], &out) == (a * b >= INT64_MIN && a * b <= INT64_MAX));
    FF_PROMISE(!ff_money_mul(v[0], v[1], &out) || out == (int64_t)(a * b));
    FF_PROMISE(ff_money_neg(v[0], &out) == (v[0] != INT64_MIN));
}

static void check_shares(const int64_t *v, size_t n)
{
    int64_t parts[64], tax, sum = 0;
    if (ff_money_tax(v[0], v[1], &tax))
        FF_PROMISE(v[0] >= 0 && tax >= 0 && tax <= v[0]);
    if (!ff_money_split(v[0], v + 1, n - 1, parts))
        return;
    for (size_t i = 0; i < n - 1; i++) {
        FF_PROMISE(parts[i] >= 0 && ff_money_add(sum, parts[i], &sum));
    }
    FF_PROMISE(sum == v[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t values[16];
    if (!size)
        return 0;
    char *text = ff_fuzz_text(data + 1, size - 1);
    check_text(text, data[0] % 4);
    free(text);
    size_t n = (size - 1) / sizeof values[0];
    if (n < 2)
        return 0;
    n = n < 16 ? n : 16;
    memcpy(values, data + 1, n * sizeof values[0]);
    check_sums(values);
    check_shares(values, n);
    return 0;
}
