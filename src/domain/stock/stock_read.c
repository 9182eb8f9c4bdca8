/* SPDX-License-Identifier: MIT */
/* stock_read.c - levels and moves as lists, and the levels as a file; the proof of both. */
#include "domain/common/export.h"
#include "domain/common/list_view.h"
#include "domain/stock/stock_repo.h"

_Static_assert((int)FF_P_STOCK_LIST_TRACKED == (int)FF_P_STOCK_COUNT_TRACKED &&
                   (int)FF_P_STOCK_LIST_LOW == (int)FF_P_STOCK_COUNT_LOW &&
                   (int)FF_P_STOCK_LIST_KIND == (int)FF_P_STOCK_COUNT_KIND,
               "list and count take one filter");

static const struct ff_list_params listed = {FF_WORD_PARAMS(STOCK_LIST),
                                             FF_PAGE_PARAMS(STOCK_LIST)};
static const struct ff_list_params counted = {FF_WORD_PARAMS(STOCK_COUNT)};

static enum ff_rc start(struct ff_ctx *cx, const struct ff_stock_filter *f,
                        const struct ff_list_view *view, bool is_count, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, is_count ? FF_Q_STOCK_COUNT : FF_Q_STOCK_LIST, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_STOCK_LIST_TRACKED, f->tracked == FF_NULL_INT ? 1 : f->tracked);
    ff_db_int(*st, FF_P_STOCK_LIST_LOW, f->low == 1);
    ff_db_text(*st, FF_P_STOCK_LIST_KIND, f->kind ? f->kind : "");
    ff_list_bind(*st, is_count ? &counted : &listed, view);
    return FF_OK;
}

static void view_of(const struct ff_stock_filter *f, struct ff_list_view *view)
{
    ff_words_read(f->q, &view->words);
    view->window = ff_window_of(f->page, f->limit);
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_stock_filter *f,
                        const struct ff_list_view *view, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = start(cx, f, view, true, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_STOCK_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_stock_list(struct ff_ctx *cx, const struct ff_stock_filter *f, struct ff_list *out,
                         int64_t *total)
{
    struct ff_list_view view;
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    view_of(f, &view);
    enum ff_rc rc = count(cx, f, &view, total);
    if (rc || (rc = start(cx, f, &view, false, &st)))
        return rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_stock *s = ff_rows_add(cx, &rows, sizeof *s);
        if (!s)
            return cx->err.rc;
        ff_stock_row(cx, st, s);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

/* ---- CSV ---- */

static void csv_row(struct ff_buf *buf, const struct ff_stock *s)
{
    ff_buf_printf(buf, "%lld,", (long long)s->product_id);
    ff_buf_csv(buf, s->product);
    ff_buf_char(buf, ',');
    ff_buf_csv(buf, s->category);
    ff_buf_printf(buf, ",%s,%lld,%lld,%s,%s\r\n", s->kind, (long long)s->quantity,
                  (long long)s->low_water, s->low ? "true" : "false", s->availability);
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_stock_filter *f = arg;
    struct ff_list_view view;
    FF_STMT *st = NULL;
    bool row = false;
    (void)decimals;
    view_of(f, &view);
    view.window = (struct ff_window){.limit = INT64_MAX};
    enum ff_rc rc = start(cx, f, &view, false, &st);
    if (rc)
        return rc;
    ff_buf_str(buf, "productId,product,category,kind,quantity,lowWater,low,availability\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_stock s;
        ff_stock_row(cx, st, &s);
        if (cx->err.rc)
            return cx->err.rc;
        csv_row(buf, &s);
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_stock_export(struct ff_ctx *cx, const struct ff_stock_filter *f, struct ff_text *out)
{
    struct ff_stock_filter copy = *f;
    return ff_csv_export(cx, write_rows, &copy, 0, out);
}

/* ---- one, and its moves ---- */

enum ff_rc ff_stock_get(struct ff_ctx *cx, int64_t product_id, struct ff_stock *out)
{
    bool found = false;
    enum ff_rc rc = ff_stock_find(cx, product_id, out, &found);
    if (rc || found)
        return rc;
    return FF_FAIL(cx, FF_NOT_FOUND, "The stock of product %lld is not tracked.",
                   (long long)product_id);
}

static enum ff_rc count_moves(struct ff_ctx *cx, int64_t product_id, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_MOVES_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_MOVES_COUNT_PRODUCT, product_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_STOCK_MOVES_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_stock_list_moves(struct ff_ctx *cx, int64_t product_id, int64_t page, int64_t limit,
                               struct ff_list *out, int64_t *total)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_stock stock;
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count_moves(cx, product_id, total);
    if (rc || (*total == 0 && (rc = ff_stock_get(cx, product_id, &stock))) ||
        (rc = ff_db_query(cx, FF_Q_STOCK_MOVES, &st)))
        return rc;
    ff_db_int(st, FF_P_STOCK_MOVES_PRODUCT, product_id);
    ff_db_int(st, FF_P_STOCK_MOVES_LIMIT, window.limit);
    ff_db_int(st, FF_P_STOCK_MOVES_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_stock_move *m = ff_rows_add(cx, &rows, sizeof *m);
        if (!m)
            return cx->err.rc;
        ff_stock_move_row(cx, st, m);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_stock_verify(struct ff_ctx *cx, struct ff_stock_finding *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_BROKEN, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct ff_stock_finding){.ok = !row};
    if (row) {
        out->product_id = ff_db_col_int(st, FF_C_STOCK_BROKEN_PRODUCT_ID);
        out->expected = ff_db_col_int(st, FF_C_STOCK_BROKEN_EXPECTED);
        out->found = ff_db_col_int(st, FF_C_STOCK_BROKEN_FOUND);
    }
    return FF_OK;
}
