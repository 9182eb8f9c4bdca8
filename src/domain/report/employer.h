/* SPDX-License-Identifier: MIT */
/* employer.h - what the employer paid between two business dates: parts of meals by rules, and
 * allowances given less what of them came back. Its sums are what the accounts "subsidy:..." moved
 * by (I23). */
#ifndef FF_DOMAIN_REPORT_EMPLOYER_H
#define FF_DOMAIN_REPORT_EMPLOYER_H

#include "domain/common/list.h"

/* day, rule, costCentre, department. NULL-terminated. */
extern const char *const ff_employer_keys[];

struct ff_employer_row {
    const char *key; /* the day, or the name; by rule "allowance" for what no rule gave */
    int64_t ref;     /* id of the rule, cost centre, department; 0: none */
    int64_t moves;   /* bookings */
    int64_t meals, allowances, amount; /* amount: both */
};

struct ff_employer_report {
    const char *from, *to, *by; /* half open */
    struct ff_list rows;        /* of struct ff_employer_row */
    int64_t moves, meals, allowances, amount;
};

/* Within the caller's reach: a manager's department, or all. Dates as in ff_report_sales. */
FF_MUST_CHECK enum ff_rc ff_report_employer(struct ff_ctx *cx, const char *from, const char *to,
                                            const char *by, struct ff_employer_report *out);

/* The same as CSV with a last row "total". `decimals` as in ff_csv_export. */
FF_MUST_CHECK enum ff_rc ff_employer_csv(struct ff_ctx *cx, const struct ff_employer_report *r,
                                         int decimals, struct ff_text *out);

#endif
