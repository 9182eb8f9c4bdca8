/* SPDX-License-Identifier: MIT */
/* stock_sale.c - what a purchase takes, and what its undo or refund puts back, inside their jobs.
 */
#include "domain/audit/audit.h"
#include "domain/stock/stock_repo.h"

#include <string.h>

/* Somebody sold what was not there: a delivery was not received, or the count is wrong. */
static enum ff_rc record_short(struct ff_ctx *cx, const struct ff_stock_sale *s)
{
    const struct ff_audit_value was = {"quantity", NULL, s->now->level};
    const struct ff_audit_value is = {"quantity", NULL, s->now->level - s->quantity};
    return ff_audit(cx, &(struct ff_audit){.action = "stock.short",
                                           .entity = "product",
                                           .entity_id = s->product_id,
                                           .before = &was,
                                           .n_before = 1,
                                           .after = &is,
                                           .n_after = 1});
}

static enum ff_rc sell_stock(struct ff_ctx *cx, const struct ff_stock_sale *s)
{
    const int64_t after = s->now->level - s->quantity;
    const struct ff_stock_step step = {.product_id = s->product_id,
                                       .kind = "sale",
                                       .level = s->now->level,
                                       .delta = -s->quantity,
                                       .journal_id = s->journal_id,
                                       .unit_cost = FF_NULL_INT};
    enum ff_rc rc = ff_stock_step(cx, &step, NULL);
    if (rc || (rc = ff_stock_show(cx, s->product_id, s->now->availability,
                                  ff_stock_state(after, s->now->low_water))))
        return rc;
    return after < 0 && s->now->level >= 0 ? record_short(cx, s) : FF_OK;
}

enum ff_rc ff_stock_sell(struct ff_ctx *cx, const struct ff_stock_sale *s)
{
    enum ff_rc rc = s->now->level == FF_NULL_INT ? FF_OK : sell_stock(cx, s);
    if (rc || s->now->remaining == FF_NULL_INT)
        return rc;
    const struct ff_stock_step step = {.product_id = s->product_id,
                                       .date = s->date,
                                       .kind = "sale",
                                       .level = s->now->remaining,
                                       .delta = -s->quantity,
                                       .journal_id = s->journal_id,
                                       .unit_cost = FF_NULL_INT};
    return ff_stock_step(cx, &step, NULL);
}

/* ---- back ---- */

struct sold {
    struct ff_stock_step step; /* delta: the pieces that were taken */
    int64_t low_water, tracked;
    const char *availability;
};

static void read_sold(struct ff_ctx *cx, struct ff_stmt *st, struct sold *out)
{
    out->step = (struct ff_stock_step){
        .product_id = ff_db_col_int(st, FF_C_STOCK_SOLD_PRODUCT_ID),
        .date = ff_db_col_text(cx, st, FF_C_STOCK_SOLD_BUSINESS_DATE),
        .level = ff_db_col_int(st, FF_C_STOCK_SOLD_LEVEL),
        .delta = ff_db_col_int(st, FF_C_STOCK_SOLD_PIECES),
        .unit_cost = FF_NULL_INT,
    };
    out->low_water = ff_db_col_int(st, FF_C_STOCK_SOLD_LOW_WATER);
    out->tracked = ff_db_col_int(st, FF_C_STOCK_SOLD_TRACKED);
    out->availability = ff_db_col_text(cx, st, FF_C_STOCK_SOLD_AVAILABILITY);
}

static enum ff_rc read_all(struct ff_ctx *cx, int64_t purchase_id, struct ff_rows *rows)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_SOLD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_SOLD_JOURNAL, purchase_id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct sold *s = ff_rows_add(cx, rows, sizeof *s);
        if (!s)
            return cx->err.rc;
        read_sold(cx, st, s);
    }
    return rc ? rc : cx->err.rc;
}

/* How many of what was taken go back. */
static int64_t share(const struct sold *s, const struct ff_stock_pieces *pieces, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].product_id == s->step.product_id)
            return pieces[i].quantity;
    }
    return pieces ? 0 : s->step.delta;
}

static enum ff_rc put_back(struct ff_ctx *cx, const struct sold *s)
{
    enum ff_rc rc = ff_stock_step(cx, &s->step, NULL);
    if (rc || s->step.date || !s->tracked)
        return rc;
    return ff_stock_show(cx, s->step.product_id, s->availability,
                         ff_stock_state(s->step.level + s->step.delta, s->low_water));
}

enum ff_rc ff_stock_put_back(struct ff_ctx *cx, int64_t purchase_id, int64_t journal_id,
                             const struct ff_stock_pieces *pieces, size_t n)
{
    struct ff_rows rows = {0};
    enum ff_rc rc = read_all(cx, purchase_id, &rows);
    struct sold *sold = rows.list.items;
    for (size_t i = 0; i < rows.list.n && !rc; i++) {
        sold[i].step.kind = pieces ? "refund" : "undo";
        sold[i].step.journal_id = journal_id;
        sold[i].step.delta = share(&sold[i], pieces, n);
        if (sold[i].step.delta)
            rc = put_back(cx, &sold[i]);
    }
    return rc;
}

enum ff_rc ff_stock_restocked(struct ff_ctx *cx, int64_t journal_id, int64_t *pieces)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_RESTOCKED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_RESTOCKED_JOURNAL, journal_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *pieces = ff_db_col_int(st, FF_C_STOCK_RESTOCKED_PIECES);
    return FF_OK;
}
