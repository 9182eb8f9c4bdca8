/* SPDX-License-Identifier: MIT */
/* price.h - what a product costs from which business day on: its history, prices that are planned,
 * and many of them changed at once. The product's row always has the price of now; a planned one
 * is put there at the beginning of its day (ff_price_begin). */
#ifndef FF_DOMAIN_CATALOG_PRICE_H
#define FF_DOMAIN_CATALOG_PRICE_H

#include "domain/catalog/product.h"

enum { FF_PRICE_DAYS_AHEAD = 731 };

struct ff_price {
    int64_t id, price;
    const char *valid_from; /* business date; NULL: from before the history was kept */
    int64_t planned;        /* 1: still to come */
    int64_t recorded_at;
    const char *set_by; /* NULL: the command line */
};

/* Planned ones first, the oldest last. FF_NOT_FOUND for the product. */
FF_MUST_CHECK enum ff_rc ff_price_history(struct ff_ctx *cx, int64_t product_id, int64_t page,
                                          int64_t limit, struct ff_list *out, int64_t *total);

/* Sets a price (1..FF_MONEY_PRICE_MAX) from a business date on, NULL and today: at once. Enters the
 * writer. FF_NOT_FOUND; FF_VALIDATION at "/validFrom" for a day that is past or more than
 * FF_PRICE_DAYS_AHEAD away; FF_ALREADY_EXISTS when one is planned for that day. */
FF_MUST_CHECK enum ff_rc ff_price_set(struct ff_ctx *cx, int64_t product_id, int64_t price,
                                      const char *valid_from, struct ff_price *out);
/* Takes a planned price back. Enters the writer. FF_NOT_FOUND, also when it has begun. */
FF_MUST_CHECK enum ff_rc ff_price_cancel(struct ff_ctx *cx, int64_t product_id, int64_t id);

/* ---- many at once ---- */
struct ff_reprice_new {
    int64_t category_id;     /* FF_NULL_INT: all living products */
    int64_t percent, amount; /* one of them: parts per million, or minor units; FF_NULL_INT */
    int64_t round_to;        /* to a multiple of it, halves up; FF_NULL_INT: 1 */
    const char *valid_from;  /* as ff_price_set */
    int64_t dry_run;
};
struct ff_repriced {
    int64_t product_id;
    const char *name;
    int64_t before, after;
};
struct ff_reprice {
    int64_t dry_run;
    const char *valid_from;
    int64_t same;         /* products whose price stays */
    struct ff_list items; /* of struct ff_repriced: those that change */
};

/* Changes all of them in one job or none; with dry_run it only says what it would do. FF_VALIDATION
 * when not exactly one of percent and amount is given, for an unknown category and for the day;
 * FF_AMOUNT_OUT_OF_RANGE (param product) when a price would leave its bounds; FF_ALREADY_EXISTS
 * (param product) as ff_price_set. */
FF_MUST_CHECK enum ff_rc ff_price_change(struct ff_ctx *cx, const struct ff_reprice_new *in,
                                         struct ff_reprice *out);

/* ---- the beginning of a day ---- */
/* Learns when the next planned price begins; once, when the site was loaded. */
void ff_price_watch(struct ff_ctx *cx);
/* True when a planned price may have begun by now; asks no database. */
bool ff_price_is_due(struct ff_ctx *cx);
/* In a job: puts planned prices in place whose day has begun on business date `today`. No statement
 * when none has. Recorded in the name of who planned them. */
FF_MUST_CHECK enum ff_rc ff_price_begin(struct ff_ctx *cx, const char *today);
/* Outside a job: the same for now; enters the writer only when ff_price_is_due. */
FF_MUST_CHECK enum ff_rc ff_price_tend(struct ff_ctx *cx);

#endif
