/* SPDX-License-Identifier: MIT */
/* person.h - what one person bought, all in all and by month. */
#ifndef FF_DOMAIN_REPORT_PERSON_H
#define FF_DOMAIN_REPORT_PERSON_H

#include "domain/common/list.h"

enum { FF_PERSON_PRODUCTS = 10, FF_PERSON_DAYS = 366 };

struct ff_person_month {
    const char *month; /* "YYYY-MM" */
    int64_t spent, purchases, undone, refunds;
};

struct ff_person_product {
    int64_t product_id;
    const char *name;
    int64_t pieces, gross;
};

struct ff_person_stats {
    int64_t employee_id;
    const char *number, *name;
    /* what the person paid for purchases of that time, less what came back of them */
    int64_t spent_this_month, spent_last_month, spent_this_year, spent;
    int64_t monthly_limit, remaining;            /* FF_NULL_INT: no limit */
    int64_t purchases, undone, refunds;          /* since ever */
    int64_t first_purchase_at, last_purchase_at; /* FF_NULL_INT: none */
    struct ff_list months;                       /* of struct ff_person_month, the last one first */
    struct ff_list products; /* of struct ff_person_product: what was bought most in the last
                                FF_PERSON_DAYS days, FF_PERSON_PRODUCTS at most */
};

/* Of one's own, of people of one's department, of all. FF_NOT_FOUND out of reach. */
FF_MUST_CHECK enum ff_rc ff_report_person(struct ff_ctx *cx, int64_t employee_id,
                                          struct ff_person_stats *out);

#endif
