/* SPDX-License-Identifier: MIT */
/* stock_look.c - what of a product is counted, for the purchase's job. Sales change it, so it is
 * asked apart from what the catalogue says of a product; and where nothing at all is counted, which
 * the writer keeps, not even that. */
#include "domain/stock/stock_repo.h"

#include <string.h>

struct kept_any {
    char date[FF_DATE_CAP];
    bool is_any;
};
_Static_assert(sizeof(struct kept_any) <= FF_KEPT_BYTES, "the writer has room for it");

/* *known: the writer has kept whether anything is counted on that date. */
static bool is_nothing_counted(struct ff_ctx *cx, const char *date, bool *known)
{
    struct kept_any k;
    *known = ff_db_kept(cx, FF_Q_STOCK_ANY, 0, &k, sizeof k) && strcmp(k.date, date) == 0;
    return *known && !k.is_any;
}

static enum ff_rc keep_any(struct ff_ctx *cx, const char *date)
{
    FF_STMT *st = NULL;
    bool row;
    struct kept_any k = {.is_any = false};
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_ANY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_STOCK_ANY_DATE, date);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    k.is_any = ff_db_col_int(st, FF_C_STOCK_ANY_IS_ANY) != 0;
    memcpy(k.date, date, strnlen(date, sizeof k.date - 1));
    ff_db_keep(cx, FF_Q_STOCK_ANY, 0, &k, sizeof k);
    return FF_OK;
}

static void apply(struct ff_stmt *st, struct ff_stock_now *out)
{
    if (ff_db_col_int(st, FF_C_STOCK_NOW_IS_DAY)) {
        out->remaining = ff_db_col_int(st, FF_C_STOCK_NOW_PIECES);
        out->is_limited = ff_db_col_int(st, FF_C_STOCK_NOW_LIMITED);
        return;
    }
    out->level = ff_db_col_int(st, FF_C_STOCK_NOW_PIECES);
    out->low_water = ff_db_col_int(st, FF_C_STOCK_NOW_LOW_WATER);
    out->negative_ok = ff_db_col_int(st, FF_C_STOCK_NOW_NEGATIVE_OK);
}

static enum ff_rc ask(struct ff_ctx *cx, int64_t product_id, const char *date,
                      struct ff_stock_now *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_NOW, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_NOW_PRODUCT, product_id);
    ff_db_text(st, FF_P_STOCK_NOW_DATE, date);
    while (!(rc = ff_db_row(cx, st, &row)) && row)
        apply(st, out);
    return rc;
}

enum ff_rc ff_stock_look(struct ff_ctx *cx, int64_t product_id, const char *date,
                         const char *availability, struct ff_stock_now *out)
{
    bool known;
    *out = (struct ff_stock_now){
        .level = FF_NULL_INT, .remaining = FF_NULL_INT, .availability = availability};
    if (is_nothing_counted(cx, date, &known))
        return FF_OK;
    enum ff_rc rc = ask(cx, product_id, date, out);
    const bool is_counted = out->level != FF_NULL_INT || out->remaining != FF_NULL_INT;
    return rc || is_counted || known || !ff_db_keeps(cx, FF_Q_STOCK_ANY) ? rc : keep_any(cx, date);
}
