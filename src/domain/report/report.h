/* SPDX-License-Identifier: MIT */
/* report.h - what was sold between two business dates, less what was undone and given back, each
 * dated by its own booking: so the sums equal what the accounts of revenue and tax moved by (I23).
 */
#ifndef FF_DOMAIN_REPORT_REPORT_H
#define FF_DOMAIN_REPORT_REPORT_H

#include "domain/common/list.h"

enum { FF_REPORT_DAYS = 3660 };

/* What a report can be divided by: day, hour, weekday (1: Monday), product, category, department,
 * kiosk, tax (rate). NULL-terminated. */
extern const char *const ff_report_keys[];

struct ff_report_row {
    const char *key; /* the day, the hour "00".."23", the weekday "1".."7", else a name; "": none */
    int64_t ref;     /* id of the product, category ...; the tax rate in parts per million; 0 */
    int64_t pieces, gross, tax, net; /* gross = tax + net; below 0 when more came back than went */
};

struct ff_report {
    const char *from, *to, *by; /* half open */
    struct ff_list rows;        /* of struct ff_report_row */
    int64_t pieces, gross, tax, net;
};

/* The report within the caller's reach: a manager's department, or all. `from` and `to` NULL: the
 * current month. FF_VALIDATION unless they are 1 to FF_REPORT_DAYS days apart. */
FF_MUST_CHECK enum ff_rc ff_report_sales(struct ff_ctx *cx, const char *from, const char *to,
                                         const char *by, struct ff_report *out);

/* The same as CSV with a last row "total". `decimals` as in ff_csv_export. */
FF_MUST_CHECK enum ff_rc ff_report_csv(struct ff_ctx *cx, const struct ff_report *r, int decimals,
                                       struct ff_text *out);

#endif
