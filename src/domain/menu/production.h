/* SPDX-License-Identifier: MIT */
/* production.h - the kitchen's list of a day: what is planned, and what was sold of it. */
#ifndef FF_DOMAIN_MENU_PRODUCTION_H
#define FF_DOMAIN_MENU_PRODUCTION_H

#include "domain/menu/menu.h"

struct ff_production_row {
    int64_t product_id;
    const char *product;
    int64_t
        window_id; /* FF_NULL_INT: not on the menu, or sold while none of its windows was open */
    const char *window;       /* its name; NULL */
    int64_t planned, left;    /* portions of the whole day; FF_NULL_INT: not limited */
    int64_t sold;             /* pieces bought on that date in that window */
    int64_t undone, refunded; /* of these, taken back since */
};

struct ff_production {
    const char *date;
    struct ff_list
        rows; /* of struct ff_production_row: the menu's order, then what else was sold */
    int64_t sold, undone, refunded;
};

/* The list of a business date, NULL: today. A product that is served twice a day has a row for each
 * window. */
FF_MUST_CHECK enum ff_rc ff_production_read(struct ff_ctx *cx, const char *date,
                                            struct ff_production *out);
/* The same as CSV. */
FF_MUST_CHECK enum ff_rc ff_production_csv(struct ff_ctx *cx, const struct ff_production *p,
                                           struct ff_text *out);

#endif
