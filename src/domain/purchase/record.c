/* SPDX-License-Identifier: MIT */
/* record.c - a stored purchase becomes a struct: its row, its lines, and what time makes of it
 * (how long it can be undone). Used by reading, listing, and by answers to repeated requests. */
#include "domain/purchase/record.h"

#include <string.h>

#include "base/buf.h"
#include "domain/site/site.h"

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_C_PURCHASE_LIST_OF_ID, FF_C_PURCHASE_ROW_ID) &&
                   SAME(FF_C_PURCHASE_LIST_OF_UNDO_SECONDS, FF_C_PURCHASE_ROW_UNDO_SECONDS) &&
                   SAME(FF_C_PURCHASE_LIST_MIXED_ID, FF_C_PURCHASE_ROW_ID) &&
                   SAME(FF_C_PURCHASE_LIST_MIXED_UNDO_SECONDS, FF_C_PURCHASE_ROW_UNDO_SECONDS) &&
                   SAME(FF_C_PURCHASE_LIST_ALL_ID, FF_C_PURCHASE_ROW_ID) &&
                   SAME(FF_C_PURCHASE_LIST_ALL_UNDO_SECONDS, FF_C_PURCHASE_ROW_UNDO_SECONDS),
               "the lists' columns are those of purchase_row");
_Static_assert(SAME(FF_C_PURCHASE_LINES_OF_QTY_BACK, FF_C_PURCHASE_LINES_QTY_BACK) &&
                   SAME(FF_C_PURCHASE_LINES_MIXED_QTY_BACK, FF_C_PURCHASE_LINES_QTY_BACK) &&
                   SAME(FF_C_PURCHASE_LINES_ALL_QTY_BACK, FF_C_PURCHASE_LINES_QTY_BACK),
               "the lists' lines are those of purchase_lines");

struct ff_undo_window ff_undo_window_now(struct ff_ctx *cx)
{
    return (struct ff_undo_window){
        .now_ms = ff_clock_now_ms(cx->clock),
        .seconds = ff_site_get(cx).undo_seconds,
    };
}

enum ff_rc ff_purchase_complete(struct ff_ctx *cx, const struct ff_undo_window *w, int64_t seconds,
                                bool is_refunded, struct ff_purchase *p)
{
    int64_t until = p->recorded_at + (seconds == FF_NULL_INT ? w->seconds : seconds) * 1000;
    bool is_open = !p->undone && !is_refunded && w->now_ms < until;
    p->undo_until = is_open ? until : FF_NULL_INT;
    p->undo_seconds = is_open ? (until - w->now_ms) / 1000 : 0;
    char *code = ff_alloc(cx, sizeof "P-" + FF_INT_DIGITS);
    if (!code)
        return cx->err.rc;
    memcpy(code, "P-", 2);
    (void)ff_int_put(code + 2, p->id); /* the memory is zeroed */
    p->receipt_code = code;
    return FF_OK;
}

enum ff_rc ff_purchase_map(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_undo_window *w,
                           struct ff_purchase *out)
{
    *out = (struct ff_purchase){
        .id = ff_db_col_int(st, FF_C_PURCHASE_ROW_ID),
        .employee_id = ff_db_col_int(st, FF_C_PURCHASE_ROW_EMPLOYEE_ID),
        .employee_name = ff_db_col_text(cx, st, FF_C_PURCHASE_ROW_EMPLOYEE_NAME),
        .recorded_at = ff_db_col_int(st, FF_C_PURCHASE_ROW_RECORDED_AT_MS),
        .business_date = ff_db_col_text(cx, st, FF_C_PURCHASE_ROW_BUSINESS_DATE),
        .total = ff_db_col_int(st, FF_C_PURCHASE_ROW_GROSS_MINOR),
        .subsidy = ff_db_col_int(st, FF_C_PURCHASE_ROW_SUBSIDY_MINOR),
        .allowance = ff_db_col_int(st, FF_C_PURCHASE_ROW_ALLOWANCE_MINOR),
        .balance_after = ff_db_col_int(st, FF_C_PURCHASE_ROW_BALANCE_AFTER),
        .undone = ff_db_col_int(st, FF_C_PURCHASE_ROW_IS_UNDONE),
        .device = ff_db_col_text(cx, st, FF_C_PURCHASE_ROW_DEVICE),
    };
    out->own = out->total - out->subsidy - out->allowance;
    if (!out->employee_name || !out->business_date ||
        (!out->device && !ff_db_col_null(st, FF_C_PURCHASE_ROW_DEVICE)))
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    return ff_purchase_complete(cx, w, ff_db_col_opt_int(st, FF_C_PURCHASE_ROW_UNDO_SECONDS),
                                ff_db_col_int(st, FF_C_PURCHASE_ROW_IS_REFUNDED) != 0, out);
}

enum ff_rc ff_purchase_map_line(struct ff_ctx *cx, struct ff_stmt *st, struct ff_purchase_line *out)
{
    *out = (struct ff_purchase_line){
        .line_no = ff_db_col_int(st, FF_C_PURCHASE_LINES_LINE_NO),
        .product_id = ff_db_col_int(st, FF_C_PURCHASE_LINES_PRODUCT_ID),
        .name = ff_db_col_text(cx, st, FF_C_PURCHASE_LINES_NAME_SNAPSHOT),
        .quantity = ff_db_col_int(st, FF_C_PURCHASE_LINES_QTY),
        .unit_price = ff_db_col_int(st, FF_C_PURCHASE_LINES_UNIT_PRICE_MINOR),
        .total = ff_db_col_int(st, FF_C_PURCHASE_LINES_GROSS_MINOR),
        .tax_rate = ff_db_col_int(st, FF_C_PURCHASE_LINES_TAX_RATE_PPM),
        .tax = ff_db_col_int(st, FF_C_PURCHASE_LINES_TAX_MINOR),
        .refunded = ff_db_col_int(st, FF_C_PURCHASE_LINES_QTY_BACK),
    };
    return out->name ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_purchase_grow(struct ff_ctx *cx, struct ff_list *list, size_t size, size_t *cap)
{
    if (list->n < *cap)
        return FF_OK;
    size_t wanted = *cap ? *cap * 2 : 8;
    void *items = ff_alloc(cx, wanted * size);
    if (!items)
        return cx->err.rc;
    if (list->n)
        memcpy(items, list->items, list->n * size);
    list->items = items;
    *cap = wanted;
    return FF_OK;
}

static enum ff_rc load_lines(struct ff_ctx *cx, int64_t id, struct ff_list *out)
{
    FF_STMT *st = NULL;
    bool row = true;
    size_t cap = 0;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LINES, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_LINES_ID, id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = ff_purchase_grow(cx, out, sizeof(struct ff_purchase_line), &cap)))
            break;
        if ((rc = ff_purchase_map_line(cx, st, (struct ff_purchase_line *)out->items + out->n)))
            break;
        out->n++;
    }
    return rc;
}

enum ff_rc ff_purchase_load_row(struct ff_ctx *cx, int64_t id, const struct ff_reach *reach,
                                struct ff_purchase *out, struct ff_purchase_fate *fate)
{
    FF_STMT *st = NULL;
    bool row = false;
    struct ff_undo_window window = ff_undo_window_now(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_ROW, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_ROW_ID, id);
    ff_db_int(st, FF_P_PURCHASE_ROW_WINDOW, window.seconds);
    ff_db_int(st, FF_P_PURCHASE_ROW_ALL, reach->all);
    ff_db_int(st, FF_P_PURCHASE_ROW_SELF, reach->self);
    ff_db_opt_int(st, FF_P_PURCHASE_ROW_DEPARTMENT, reach->department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no purchase %lld.", (long long)id);
    if (fate) {
        fate->is_refunded = ff_db_col_int(st, FF_C_PURCHASE_ROW_IS_REFUNDED) != 0;
        fate->is_period_open = ff_db_col_int(st, FF_C_PURCHASE_ROW_IS_PERIOD_OPEN) != 0;
        fate->took_stock = ff_db_col_int(st, FF_C_PURCHASE_ROW_TOOK_STOCK) != 0;
    }
    return ff_purchase_map(cx, st, &window, out);
}

enum ff_rc ff_purchase_load(struct ff_ctx *cx, int64_t id, const struct ff_reach *reach,
                            struct ff_purchase *out)
{
    enum ff_rc rc = ff_purchase_load_row(cx, id, reach, out, NULL);
    return rc ? rc : load_lines(cx, id, &out->items);
}
