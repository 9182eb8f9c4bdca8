/* SPDX-License-Identifier: MIT */
/* popular.c - which products sell best, and how one of them sold day by day. */
#include <string.h>

#include "db/db.h"
#include "domain/catalog/product.h"
#include "domain/common/export.h"
#include "domain/ledger/ledger.h"
#include "domain/report/product_sales.h"
#include "domain/report/rollup.h"

#define SAME(QUERY)                                                                                \
    ((int)FF_P_##QUERY##_LOW == (int)FF_P_REPORT_POPULAR_LOW &&                                    \
     (int)FF_P_##QUERY##_HIGH == (int)FF_P_REPORT_POPULAR_HIGH &&                                  \
     (int)FF_P_##QUERY##_FROM == (int)FF_P_REPORT_POPULAR_FROM &&                                  \
     (int)FF_P_##QUERY##_TO == (int)FF_P_REPORT_POPULAR_TO &&                                      \
     (int)FF_P_##QUERY##_ALL == (int)FF_P_REPORT_POPULAR_ALL &&                                    \
     (int)FF_P_##QUERY##_DEPARTMENT == (int)FF_P_REPORT_POPULAR_DEPARTMENT)
_Static_assert((int)FF_P_REPORT_OF_PRODUCT_FIRST == (int)FF_P_REPORT_POPULAR_FIRST &&
                   (int)FF_P_REPORT_OF_PRODUCT_LAST == (int)FF_P_REPORT_POPULAR_LAST,
               "and these");
_Static_assert(SAME(REPORT_OF_PRODUCT), "both have the parameters of their part first");

static enum ff_rc start(struct ff_ctx *cx, enum ff_query query, const struct ff_range *range,
                        const struct ff_reach *reach, struct ff_stmt **st)
{
    const bool is_daily = query == FF_Q_REPORT_OF_PRODUCT;
    struct ff_report_bound live;
    enum ff_rc rc = ff_report_bound(cx, range, &live);
    if (rc || (rc = ff_db_query(cx, query, st)))
        return rc;
    ff_db_int(*st, FF_P_REPORT_POPULAR_LOW, live.low);
    ff_db_int(*st, FF_P_REPORT_POPULAR_HIGH, live.high);
    ff_db_text(*st, FF_P_REPORT_POPULAR_FROM, range->from);
    ff_db_text(*st, FF_P_REPORT_POPULAR_TO, range->to);
    ff_db_int(*st, FF_P_REPORT_POPULAR_ALL, reach->all);
    ff_db_opt_int(*st, FF_P_REPORT_POPULAR_DEPARTMENT, reach->department);
    /* One product is told day by day. */
    ff_db_text(*st, FF_P_REPORT_POPULAR_FIRST, is_daily ? range->to : live.first);
    ff_db_text(*st, FF_P_REPORT_POPULAR_LAST, is_daily ? range->to : live.last);
    return FF_OK;
}

/* ---- the best ---- */

static enum ff_rc read_popular(struct ff_ctx *cx, struct ff_stmt *st, struct ff_popular *out)
{
    *out = (struct ff_popular){.product_id = ff_db_col_int(st, FF_C_REPORT_POPULAR_ID),
                               .name = ff_db_col_text(cx, st, FF_C_REPORT_POPULAR_NAME),
                               .category = ff_db_col_text(cx, st, FF_C_REPORT_POPULAR_CATEGORY),
                               .pieces = ff_db_col_int(st, FF_C_REPORT_POPULAR_PIECES),
                               .gross = ff_db_col_int(st, FF_C_REPORT_POPULAR_GROSS_MINOR)};
    return out->name && out->category ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_report_popular(struct ff_ctx *cx, const char *from, const char *to, int64_t limit,
                             bool is_menu, struct ff_popular_report *out)
{
    const struct ff_reach everybody = {.all = 1, .department = FF_NULL_INT};
    const struct ff_reach reach = is_menu ? everybody : ff_reach_of(&cx->who);
    struct ff_rows rows = {0};
    struct ff_range range;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_range_read(cx, from, to, FF_REPORT_DAYS, &range);
    if (rc || (rc = start(cx, FF_Q_REPORT_POPULAR, &range, &reach, &st)))
        return rc;
    ff_db_int(st, FF_P_REPORT_POPULAR_LIVING, is_menu);
    ff_db_int(st, FF_P_REPORT_POPULAR_LIMIT, limit);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_popular *p = ff_rows_add(cx, &rows, sizeof *p);
        if (!p)
            return cx->err.rc;
        if ((rc = read_popular(cx, st, p)))
            return rc;
        p->rank = (int64_t)rows.list.n;
    }
    *out = (struct ff_popular_report){.from = range.from, .to = range.to, .rows = rows.list};
    return rc;
}

static enum ff_rc write_popular(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_popular_report *r = arg;
    const struct ff_popular *p = r->rows.items;
    (void)cx;
    ff_buf_str(buf, "rank,id,product,category,pieces,gross\r\n");
    for (size_t i = 0; i < r->rows.n; i++) {
        ff_buf_printf(buf, "%lld,%lld,", (long long)p[i].rank, (long long)p[i].product_id);
        ff_buf_csv(buf, p[i].name);
        ff_buf_char(buf, ',');
        ff_buf_csv(buf, p[i].category);
        ff_buf_printf(buf, ",%lld,", (long long)p[i].pieces);
        ff_csv_amount(buf, p[i].gross, decimals);
        ff_buf_str(buf, "\r\n");
    }
    return FF_OK;
}

enum ff_rc ff_report_popular_csv(struct ff_ctx *cx, const struct ff_popular_report *r, int decimals,
                                 struct ff_text *out)
{
    struct ff_popular_report copy = *r;
    return ff_csv_export(cx, write_popular, &copy, decimals, out);
}

/* ---- one product ---- */

static void add_day(struct ff_report *sum, const struct ff_report_row *r)
{
    sum->pieces += r->pieces;
    sum->gross += r->gross;
    sum->tax += r->tax;
    sum->net += r->net;
}

static enum ff_rc read_days(struct ff_ctx *cx, struct ff_stmt *st, struct ff_report *out)
{
    struct ff_rows rows = {0};
    bool row;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_report_row *r = ff_rows_add(cx, &rows, sizeof *r);
        if (!r)
            return cx->err.rc;
        *r = (struct ff_report_row){.key = ff_db_col_text(cx, st, FF_C_REPORT_OF_PRODUCT_LABEL),
                                    .pieces = ff_db_col_int(st, FF_C_REPORT_OF_PRODUCT_PIECES),
                                    .gross = ff_db_col_int(st, FF_C_REPORT_OF_PRODUCT_GROSS_MINOR),
                                    .tax = ff_db_col_int(st, FF_C_REPORT_OF_PRODUCT_TAX_MINOR)};
        r->net = r->gross - r->tax;
        if (!r->key)
            return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
        add_day(out, r);
    }
    out->rows = rows.list;
    return rc;
}

enum ff_rc ff_report_of_product(struct ff_ctx *cx, int64_t id, const char *from, const char *to,
                                struct ff_product_sales *out)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    struct ff_product product;
    struct ff_range range;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_range_read(cx, from, to, FF_REPORT_DAYS, &range);
    if (rc || (rc = ff_product_get(cx, id, &product)) ||
        (rc = start(cx, FF_Q_REPORT_OF_PRODUCT, &range, &reach, &st)))
        return rc;
    ff_db_int(st, FF_P_REPORT_OF_PRODUCT_PRODUCT, id);
    *out = (struct ff_product_sales){
        .product_id = id,
        .name = product.name,
        .report = {.from = range.from, .to = range.to, .by = ff_report_keys[0]}};
    return read_days(cx, st, &out->report);
}
