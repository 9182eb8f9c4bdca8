/* SPDX-License-Identifier: MIT */
/* stock_repo.h - statements on levels and moves, one a function. For this folder only. */
#ifndef FF_DOMAIN_STOCK_STOCK_REPO_H
#define FF_DOMAIN_STOCK_STOCK_REPO_H

#include "db/db.h"
#include "domain/stock/stock.h"

/* Columns of stock_list, which stock_get shares. */
void ff_stock_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_stock *out);
/* Columns of stock_moves, which stock_move_get shares. */
void ff_stock_move_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_stock_move *out);

/* *found false: never tracked. */
FF_MUST_CHECK enum ff_rc ff_stock_find(struct ff_ctx *cx, int64_t product_id, struct ff_stock *out,
                                       bool *found);
/* In a job: makes or changes the row; its quantity stays. */
FF_MUST_CHECK enum ff_rc ff_stock_write(struct ff_ctx *cx, const struct ff_stock *s);

/* A move on its way; `level` is what the level was before. */
struct ff_stock_step {
    int64_t product_id;
    const char *date, *kind; /* date NULL: of the stock */
    int64_t level, delta, journal_id;
    const char *reason;
    int64_t unit_cost;
    const struct ff_idem *idem; /* NULL: no key */
};
/* In a job: moves a level. *id may be NULL. */
FF_MUST_CHECK enum ff_rc ff_stock_step(struct ff_ctx *cx, const struct ff_stock_step *step,
                                       int64_t *id);
FF_MUST_CHECK enum ff_rc ff_stock_move_get(struct ff_ctx *cx, int64_t id,
                                           struct ff_stock_move *out);
/* The move made under this key, 0: none. FF_KEY_REUSED. */
FF_MUST_CHECK enum ff_rc ff_stock_find_key(struct ff_ctx *cx, const struct ff_idem *idem,
                                           int64_t *id);

/* What a kiosk is told of a level. */
const char *ff_stock_state(int64_t level, int64_t low_water);
/* In a job: writes it to the product when it differs from `was`. */
FF_MUST_CHECK enum ff_rc ff_stock_show(struct ff_ctx *cx, int64_t product_id, const char *was,
                                       const char *is);

#endif
