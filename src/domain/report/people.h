/* SPDX-License-Identifier: MIT */
/* people.h - lists of people by money, within the caller's reach: what they spent in a month
 * against their limit, who is low, who owes and since when. */
#ifndef FF_DOMAIN_REPORT_PEOPLE_H
#define FF_DOMAIN_REPORT_PEOPLE_H

#include "domain/common/list.h"

struct ff_consumption {
    int64_t employee_id;
    const char *number, *name, *department;
    int64_t spent;            /* for purchases of the month, less what came back of them */
    int64_t limit, remaining; /* FF_NULL_INT: no limit; remaining may be below 0 */
    int64_t purchases, undone, refunds;
};

struct ff_consumption_filter {
    struct ff_list_filter list; /* q is not looked at */
    const char *month;          /* "YYYY-MM"; NULL: the current one */
};

/* A page of those who are active or bought something in the month; the limit is that of now.
 * FF_VALIDATION at "?month", or as ff_order_read. */
FF_MUST_CHECK enum ff_rc ff_report_consumption(struct ff_ctx *cx,
                                               const struct ff_consumption_filter *f,
                                               struct ff_list *out, int64_t *total);

/* All of them as CSV. */
FF_MUST_CHECK enum ff_rc ff_report_consumption_csv(struct ff_ctx *cx,
                                                   const struct ff_consumption_filter *f,
                                                   int decimals, struct ff_text *out);

struct ff_balance_row {
    int64_t employee_id;
    const char *number, *name, *department;
    int64_t active, balance, spendable;
    int64_t since; /* the instant it went below 0, FF_NULL_INT: it is not */
};

struct ff_balance_filter {
    struct ff_list_filter list; /* q is not looked at */
    int64_t below;              /* minor units */
    bool with_gone;             /* those too who are not active any more */
};

/* A page of the open wallets whose balance is below an amount; the lowest first when no order is
 * asked for. */
FF_MUST_CHECK enum ff_rc ff_report_balances(struct ff_ctx *cx, const struct ff_balance_filter *f,
                                            struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_report_balances_csv(struct ff_ctx *cx,
                                                const struct ff_balance_filter *f, int decimals,
                                                struct ff_text *out);

#endif
