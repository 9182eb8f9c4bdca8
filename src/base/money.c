/* SPDX-License-Identifier: MIT */
/* money.c - all arithmetic on amounts. Products that may leave 64 bits go through 128, where two
 * int64 always fit. Source: ledger.md, "Representation". */
#include "base/money.h"

#include <assert.h>
#include <stdio.h>

__extension__ typedef __int128 wide;

enum { PPM = 1000000, MAX_WEIGHTS = 64, MAX_DIGITS = 12 };

bool ff_money_add(int64_t a, int64_t b, int64_t *out)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *out = sum;
    return true;
}

bool ff_money_sub(int64_t a, int64_t b, int64_t *out)
{
    int64_t difference;
    if (__builtin_sub_overflow(a, b, &difference))
        return false;
    *out = difference;
    return true;
}

bool ff_money_mul(int64_t a, int64_t quantity, int64_t *out)
{
    int64_t product;
    if (__builtin_mul_overflow(a, quantity, &product))
        return false;
    *out = product;
    return true;
}

bool ff_money_neg(int64_t a, int64_t *out)
{
    return ff_money_sub(0, a, out);
}

bool ff_money_tax(int64_t gross, int64_t rate_ppm, int64_t *tax)
{
    if (gross < 0 || rate_ppm < 0 || rate_ppm > PPM)
        return false;
    wide product = (wide)gross * rate_ppm;
    int64_t divisor = PPM + rate_ppm;
    int64_t whole = (int64_t)(product / divisor); /* at most gross / 2 */
    int64_t twice_rest = (int64_t)(product % divisor) * 2;
    bool rounds_up = twice_rest > divisor || (twice_rest == divisor && whole % 2 != 0);
    *tax = whole + rounds_up;
    return true;
}

static bool sum_weights(const int64_t *weights, size_t n, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] < 0 || !ff_money_add(*sum, weights[i], sum))
            return false;
    }
    return *sum > 0;
}

/* Index of the largest remainder, the lower one of equals; it is used up. */
static size_t take_largest(int64_t *rest, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++) {
        if (rest[i] > rest[best])
            best = i;
    }
    rest[best] = -1;
    return best;
}

bool ff_money_split(int64_t total, const int64_t *weights, size_t n, int64_t *parts)
{
    int64_t rest[MAX_WEIGHTS], sum, left = total;
    if (total < 0 || n < 1 || n > MAX_WEIGHTS || !sum_weights(weights, n, &sum))
        return false;
    for (size_t i = 0; i < n; i++) {
        wide share = (wide)total * weights[i];
        parts[i] = (int64_t)(share / sum);
        rest[i] = (int64_t)(share % sum);
        left -= parts[i];
    }
    /* The floors lose less than one unit each, so fewer units than weights are left. */
    for (; left > 0; left--)
        parts[take_largest(rest, n)]++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads 1..12 digits without leading zero at *at; moves *at behind them. */
static bool take_whole(const char *token, size_t n, size_t *at, int64_t *out)
{
    size_t from = *at, i = from;
    int64_t whole = 0;
    for (; i < n && is_digit(token[i]); i++) {
        if (i - from == MAX_DIGITS)
            return false;
        whole = whole * 10 + (token[i] - '0');
    }
    if (i == from || (token[from] == '0' && i - from > 1))
        return false;
    *at = i;
    *out = whole;
    return true;
}

bool ff_money_parse_minor(const char *token, size_t n, int64_t *out)
{
    bool is_negative = n > 0 && token[0] == '-';
    size_t at = is_negative;
    int64_t whole;
    if (!take_whole(token, n, &at, &whole) || at != n)
        return false;
    *out = is_negative ? -whole : whole;
    return true;
}

bool ff_money_parse_decimal(const char *token, size_t n, int decimals, int64_t *out)
{
    assert(decimals >= 0 && decimals <= 3);
    bool is_negative = n > 0 && token[0] == '-';
    size_t at = is_negative;
    int64_t minor;
    if (!take_whole(token, n, &at, &minor))
        return false;
    if (at < n && (token[at++] != '.' || at == n))
        return false;
    for (int i = 0; i < decimals; i++) { /* at most 10^15: no overflow */
        minor *= 10;
        if (at < n && is_digit(token[at]))
            minor += token[at++] - '0';
    }
    if (at != n)
        return false;
    *out = is_negative ? -minor : minor;
    return true;
}

bool ff_percent_parse(const char *token, size_t n, int64_t *ppm)
{
    int64_t value;
    size_t at = 0;
    if (!take_whole(token, n, &at, &value) || value > 100)
        return false;
    if (at < n && (token[at++] != '.' || at == n))
        return false;
    for (int i = 0; i < 4; i++) {
        value *= 10;
        if (at < n && is_digit(token[at]))
            value += token[at++] - '0';
    }
    if (at != n || value > 1000000)
        return false;
    *ppm = value;
    return true;
}

void ff_percent_format(int64_t ppm, char out[FF_MONEY_TEXT_CAP])
{
    assert(ppm >= 0 && ppm <= 1000000);
    int n = snprintf(out, FF_MONEY_TEXT_CAP, "%u.%04u", (unsigned)(ppm / 10000),
                     (unsigned)(ppm % 10000));
    while (out[n - 1] == '0')
        out[--n] = '\0';
    if (out[n - 1] == '.')
        out[n - 1] = '\0';
}

void ff_money_format(int64_t minor, int decimals, char out[FF_MONEY_TEXT_CAP])
{
    static const unsigned scale[] = {1, 10, 100, 1000};
    assert(decimals >= 0 && decimals <= 3);
    uint64_t size = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    const char *sign = minor < 0 ? "-" : "";
    unsigned long long whole = size / scale[decimals];
    unsigned part = (unsigned)(size % scale[decimals]);
    if (decimals == 0)
        (void)snprintf(out, FF_MONEY_TEXT_CAP, "%s%llu", sign, whole);
    else
        (void)snprintf(out, FF_MONEY_TEXT_CAP, "%s%llu.%0*u", sign, whole, decimals, part);
}
