/* SPDX-License-Identifier: MIT */
/* product_sales.h - which products sell best, and how one of them sold day by day. */
#ifndef FF_DOMAIN_REPORT_PRODUCT_SALES_H
#define FF_DOMAIN_REPORT_PRODUCT_SALES_H

#include "domain/report/report.h"

enum { FF_POPULAR_ROWS = 10, FF_POPULAR_MAX = 100 };

struct ff_popular {
    int64_t rank, product_id; /* from 1 */
    const char *name, *category;
    int64_t pieces, gross;
};

struct ff_popular_report {
    const char *from, *to; /* half open */
    struct ff_list rows;   /* of struct ff_popular, the best first */
};

/* The products of which most pieces were sold between two business dates, less what came back; the
 * current month when no date is given. is_menu: for the menu, of all that people bought, whoever
 * asks, and only what can still be bought; else within the caller's reach. limit: 1 to
 * FF_POPULAR_MAX. FF_VALIDATION as ff_report_sales. */
FF_MUST_CHECK enum ff_rc ff_report_popular(struct ff_ctx *cx, const char *from, const char *to,
                                           int64_t limit, bool is_menu,
                                           struct ff_popular_report *out);
FF_MUST_CHECK enum ff_rc ff_report_popular_csv(struct ff_ctx *cx, const struct ff_popular_report *r,
                                               int decimals, struct ff_text *out);

struct ff_product_sales {
    int64_t product_id;
    const char *name;
    struct ff_report report; /* by day */
};

/* How one product sold, within the caller's reach. FF_NOT_FOUND, FF_VALIDATION. */
FF_MUST_CHECK enum ff_rc ff_report_of_product(struct ff_ctx *cx, int64_t id, const char *from,
                                              const char *to, struct ff_product_sales *out);

#endif
