/* SPDX-License-Identifier: MIT */
/* stock_repo.c - statements on levels and moves. */
#include "domain/stock/stock_repo.h"

#include <string.h>

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_C_STOCK_LIST_AVAILABILITY, FF_C_STOCK_GET_AVAILABILITY) &&
                   SAME(FF_C_STOCK_MOVES_ACTOR, FF_C_STOCK_MOVE_GET_ACTOR),
               "the lists give the columns of the single rows");

const char *const ff_stock_kinds[] = {"shelf", "portion", NULL};
const char *const ff_stock_states[] = {"ok", "low", "out", NULL};
const char *const ff_stock_moves[] = {"receive", "count",  "shrinkage", "sale",
                                      "undo",    "refund", "portion",   NULL};

void ff_stock_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_stock *out)
{
    *out = (struct ff_stock){
        .product_id = ff_db_col_int(st, FF_C_STOCK_LIST_PRODUCT_ID),
        .product = ff_db_col_text(cx, st, FF_C_STOCK_LIST_PRODUCT),
        .category = ff_db_col_text(cx, st, FF_C_STOCK_LIST_CATEGORY),
        .kind = ff_db_col_text(cx, st, FF_C_STOCK_LIST_KIND),
        .quantity = ff_db_col_int(st, FF_C_STOCK_LIST_QUANTITY),
        .low_water = ff_db_col_int(st, FF_C_STOCK_LIST_LOW_WATER),
        .negative_ok = ff_db_col_int(st, FF_C_STOCK_LIST_NEGATIVE_OK),
        .tracked = ff_db_col_int(st, FF_C_STOCK_LIST_TRACKED),
        .availability = ff_db_col_text(cx, st, FF_C_STOCK_LIST_AVAILABILITY),
    };
    out->low = out->quantity <= out->low_water;
}

void ff_stock_move_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_stock_move *out)
{
    *out = (struct ff_stock_move){
        .id = ff_db_col_int(st, FF_C_STOCK_MOVES_ID),
        .product_id = ff_db_col_int(st, FF_C_STOCK_MOVES_PRODUCT_ID),
        .kind = ff_db_col_text(cx, st, FF_C_STOCK_MOVES_KIND),
        .business_date = ff_db_col_text(cx, st, FF_C_STOCK_MOVES_BUSINESS_DATE),
        .delta = ff_db_col_int(st, FF_C_STOCK_MOVES_DELTA),
        .level_after = ff_db_col_int(st, FF_C_STOCK_MOVES_LEVEL_AFTER),
        .journal_id = ff_db_col_opt_int(st, FF_C_STOCK_MOVES_JOURNAL_ID),
        .at = ff_db_col_int(st, FF_C_STOCK_MOVES_AT),
        .reason = ff_db_col_text(cx, st, FF_C_STOCK_MOVES_REASON),
        .unit_cost = ff_db_col_opt_int(st, FF_C_STOCK_MOVES_UNIT_COST),
        .actor = ff_db_col_text(cx, st, FF_C_STOCK_MOVES_ACTOR),
    };
    out->is_short = out->level_after < 0;
}

enum ff_rc ff_stock_find(struct ff_ctx *cx, int64_t product_id, struct ff_stock *out, bool *found)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_GET_PRODUCT, product_id);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    ff_stock_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_stock_write(struct ff_ctx *cx, const struct ff_stock *s)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_SET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_SET_PRODUCT, s->product_id);
    ff_db_text(st, FF_P_STOCK_SET_KIND, s->kind);
    ff_db_int(st, FF_P_STOCK_SET_LOW_WATER, s->low_water);
    ff_db_int(st, FF_P_STOCK_SET_NEGATIVE_OK, s->negative_ok);
    ff_db_int(st, FF_P_STOCK_SET_TRACKED, s->tracked);
    return ff_db_run(cx, st);
}

enum ff_rc ff_stock_step(struct ff_ctx *cx, const struct ff_stock_step *step, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_MOVE_INSERT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_MOVE_INSERT_PRODUCT, step->product_id);
    ff_db_text(st, FF_P_STOCK_MOVE_INSERT_DATE, step->date);
    ff_db_text(st, FF_P_STOCK_MOVE_INSERT_KIND, step->kind);
    ff_db_int(st, FF_P_STOCK_MOVE_INSERT_DELTA, step->delta);
    ff_db_int(st, FF_P_STOCK_MOVE_INSERT_LEVEL_AFTER, step->level + step->delta);
    ff_db_opt_int(st, FF_P_STOCK_MOVE_INSERT_JOURNAL,
                  step->journal_id ? step->journal_id : FF_NULL_INT);
    ff_db_opt_int(st, FF_P_STOCK_MOVE_INSERT_ACTOR,
                  cx->who.user_id ? cx->who.user_id : FF_NULL_INT);
    ff_db_int(st, FF_P_STOCK_MOVE_INSERT_NOW, ff_clock_now_ms(cx->clock));
    ff_db_text(st, FF_P_STOCK_MOVE_INSERT_REASON, step->reason);
    ff_db_opt_int(st, FF_P_STOCK_MOVE_INSERT_UNIT_COST, step->unit_cost);
    ff_db_int(st, FF_P_STOCK_MOVE_INSERT_SCOPE, step->idem ? step->idem->scope : 0);
    ff_db_text(st, FF_P_STOCK_MOVE_INSERT_KEY, step->idem ? step->idem->key : NULL);
    if (step->idem)
        ff_db_blob(st, FF_P_STOCK_MOVE_INSERT_FINGERPRINT, step->idem->fingerprint,
                   sizeof step->idem->fingerprint);
    rc = ff_db_row(cx, st, &row);
    if (!rc && id)
        *id = ff_db_col_int(st, FF_C_STOCK_MOVE_INSERT_ID);
    return rc;
}

enum ff_rc ff_stock_move_get(struct ff_ctx *cx, int64_t id, struct ff_stock_move *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_MOVE_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_MOVE_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    ff_stock_move_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_stock_find_key(struct ff_ctx *cx, const struct ff_idem *idem, int64_t *id)
{
    unsigned char stored[FF_FINGERPRINT_BYTES] = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_KEY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_STOCK_KEY_KEY, idem->key);
    ff_db_int(st, FF_P_STOCK_KEY_SCOPE, idem->scope);
    *id = 0;
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *id = ff_db_col_int(st, FF_C_STOCK_KEY_ID);
    if (ff_db_col_blob(st, FF_C_STOCK_KEY_REQUEST_FP, stored, sizeof stored) &&
        memcmp(stored, idem->fingerprint, sizeof stored) == 0)
        return FF_OK;
    return FF_FAIL(cx, FF_KEY_REUSED, "This Idempotency-Key was used for a different request.");
}

const char *ff_stock_state(int64_t level, int64_t low_water)
{
    return level <= 0 ? "out" : level <= low_water ? "low" : "ok";
}

enum ff_rc ff_stock_show(struct ff_ctx *cx, int64_t product_id, const char *was, const char *is)
{
    FF_STMT *st = NULL;
    if (was && strcmp(was, is) == 0)
        return FF_OK;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_AVAILABILITY, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_AVAILABILITY_PRODUCT, product_id);
    ff_db_text(st, FF_P_STOCK_AVAILABILITY_AVAILABILITY, is);
    return ff_db_run(cx, st);
}
