/* SPDX-License-Identifier: MIT */
/* range.h - a range of business dates, half open, and the journals that can be in it. */
#ifndef FF_DOMAIN_COMMON_RANGE_H
#define FF_DOMAIN_COMMON_RANGE_H

#include "base/ctx.h"

struct ff_range {
    const char *from, *to;
};

/* Fills `out` from what a request says: both dates, 1 to max_days apart, or none of them for the
 * current month of the site. FF_VALIDATION at "?from" or "?to". */
FF_MUST_CHECK enum ff_rc ff_range_read(struct ff_ctx *cx, const char *from, const char *to,
                                       int max_days, struct ff_range *out);

/* An instant before which nothing of this date was recorded, and one after which nothing was: a
 * business date is never more than two days from the instant of recording. */
int64_t ff_range_since(const char *date);
int64_t ff_range_until(const char *date);

/* A date before all others and one after them. */
#define FF_RANGE_BEGIN ""
#define FF_RANGE_END   "9999-99-99"

/* Fills the days, half open, that whole months of a range have; both are `to` when it has none. */
void ff_range_months(const char *from, const char *to, char first[FF_DATE_CAP],
                     char last[FF_DATE_CAP]);

/* The journals, inclusive, that can be of the dates from `from` to `to` (NULL: open): *low > *high
 * when there are none. One statement. */
FF_MUST_CHECK enum ff_rc ff_range_journals(struct ff_ctx *cx, const char *from, const char *to,
                                           int64_t *low, int64_t *high);

#endif
