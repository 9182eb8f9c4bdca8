/* SPDX-License-Identifier: MIT */
/* money.h - amounts in int64 minor units, every operation checked. No float anywhere.
 * All functions that can overflow return false and leave *out untouched. Source: ledger.md,
 * "Representation". */
#ifndef FF_BASE_MONEY_H
#define FF_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FF_MONEY_ENTRY_MAX  INT64_C(100000000000) /* one entry, either way */
#define FF_MONEY_WALLET_MAX INT64_C(100000000)    /* one wallet, either way */
#define FF_MONEY_PRICE_MAX  INT64_C(1000000)
#define FF_MONEY_TOTAL_MAX  INT64_C(10000000) /* one purchase, one top-up */

/* Sum, difference, product, negation. */
bool ff_money_add(int64_t a, int64_t b, int64_t *out);
bool ff_money_sub(int64_t a, int64_t b, int64_t *out);
bool ff_money_mul(int64_t a, int64_t quantity, int64_t *out);
bool ff_money_neg(int64_t a, int64_t *out);

/* The tax inside `gross` (>= 0) at `rate_ppm` (0..1,000,000), rounded half to even: gross*r / (10^6
 * + r). 500 at 70000 gives 33; 350 at 190000 gives 56. Source: ledger.md. */
bool ff_money_tax(int64_t gross, int64_t rate_ppm, int64_t *tax);

/* Splits `total` (>= 0) over n (1..64) weights (>= 0, not all zero): each part floored, the
 * left-over units by largest remainder, ties to the lower index. Parts sum to `total` exactly. */
bool ff_money_split(int64_t total, const int64_t *weights, size_t n, int64_t *parts);

/* Reads a whole token `-?(0|[1-9][0-9]{0,11})` of `n` bytes. False for any other spelling. Source:
 * security.md S61. */
bool ff_money_parse_minor(const char *token, size_t n, int64_t *out);

/* Reads decimals of a currency with `decimals` (0..3) digits, '.' as the point: "6.9" and "6.90"
 * are 690. */
bool ff_money_parse_decimal(const char *token, size_t n, int decimals, int64_t *out);

/* Reads percent from 0 to 100 with up to four decimals into parts per million: "8.875" is 88750. */
bool ff_percent_parse(const char *token, size_t n, int64_t *ppm);

enum { FF_MONEY_TEXT_CAP = 32 };

/* "8.875" for 88750, "7" for 70000; 0..1000000. */
void ff_percent_format(int64_t ppm, char out[FF_MONEY_TEXT_CAP]);

/* "-12.05" for -1205 at 2 decimals. */
void ff_money_format(int64_t minor, int decimals, char out[FF_MONEY_TEXT_CAP]);

#endif
