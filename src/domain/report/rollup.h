/* SPDX-License-Identifier: MIT */
/* rollup.h - sums of what is booked, so that a report over years reads few rows: made of the days
 * that have ended, in the order of the journals. Up to rollup_state.journal_id every journal is in
 * them, after it none; whoever reads both gets every journal once, whatever day it is dated to.
 * Source: ledger.md, "Shared accounts carry no running balance"; decisions/0015. */
#ifndef FF_DOMAIN_REPORT_ROLLUP_H
#define FF_DOMAIN_REPORT_ROLLUP_H

#include "domain/common/range.h"

/* Journals a step takes in: a few milliseconds of the writer. */
enum { FF_ROLLUP_JOURNALS = 200 };

/* Adds the next FF_ROLLUP_JOURNALS journals to the sums, up to the first one of a business day that
 * has not ended; when there is none, sums up the products of a month that is over, a department at
 * a time. *more: there may be something left. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_rollup_step(struct ff_ctx *cx, bool *more);

/* In a job: takes all journals up to `until` into the sums, whatever day it is, in large steps. For
 * a database that nobody buys in. */
FF_MUST_CHECK enum ff_rc ff_rollup_again(struct ff_ctx *cx, int64_t until);

/* In a job: sums up the products of all months before `month` ("2026-03"), and of that one the
 * departments below `department` (-1: none). For such a database too. */
FF_MUST_CHECK enum ff_rc ff_rollup_months(struct ff_ctx *cx, const char *month, int64_t department);

/* The journals, low to high, that can be of a range of days and are not in the sums: low > high
 * when there is none. `rolled`: the last one in the sums. `first` to `last`, half open: the days of
 * whole months whose products have a sum; both the range's end when there are none. */
struct ff_report_bound {
    int64_t low, high, rolled;
    const char *first, *last;
};
FF_MUST_CHECK enum ff_rc ff_report_bound(struct ff_ctx *cx, const struct ff_range *range,
                                         struct ff_report_bound *out);

/* The same whether they are in the sums or not, without first and last. */
FF_MUST_CHECK enum ff_rc ff_report_since(struct ff_ctx *cx, const struct ff_range *range,
                                         struct ff_report_bound *out);

/* The last journal in the sums, 0: none. */
FF_MUST_CHECK enum ff_rc ff_rollup_last(struct ff_ctx *cx, int64_t *journal_id);

#endif
