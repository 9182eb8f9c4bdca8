/* SPDX-License-Identifier: MIT */
/* sales.c - what was sold: the sums of what is rolled up and the lines of what is not yet, grouped
 * by the database; hours and weekdays are put together here, in the site's time zone. */
#include "domain/report/report.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/common/export.h"
#include "domain/ledger/ledger.h"
#include "domain/report/rollup.h"

const char *const ff_report_keys[] = {"day",        "hour",  "weekday", "product", "category",
                                      "department", "kiosk", "tax",     NULL};

enum { QUARTER_S = 900, HOURS = 24, WEEKDAYS = 7 };

/* The statement of a key; hours come from quarters, weekdays from days. All have the columns and
 * the parameters of report_by_day. */
static enum ff_query query_of(const char *by)
{
    static const struct {
        const char *by;
        enum ff_query query;
    } rows[] = {{"hour", FF_Q_REPORT_BY_QUARTER},          {"product", FF_Q_REPORT_BY_PRODUCT},
                {"category", FF_Q_REPORT_BY_CATEGORY},     {"kiosk", FF_Q_REPORT_BY_KIOSK},
                {"department", FF_Q_REPORT_BY_DEPARTMENT}, {"tax", FF_Q_REPORT_BY_TAX}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].by, by) == 0)
            return rows[i].query;
    }
    return FF_Q_REPORT_BY_DAY;
}

/* Those that are made of products. */
static bool has_months(enum ff_query query)
{
    return query == FF_Q_REPORT_BY_PRODUCT || query == FF_Q_REPORT_BY_CATEGORY ||
           query == FF_Q_REPORT_BY_TAX;
}

#define SAME(QUERY)                                                                                \
    ((int)FF_C_##QUERY##_TAX_MINOR == (int)FF_C_REPORT_BY_DAY_TAX_MINOR &&                         \
     (int)FF_P_##QUERY##_LOW == (int)FF_P_REPORT_BY_DAY_LOW &&                                     \
     (int)FF_P_##QUERY##_DEPARTMENT == (int)FF_P_REPORT_BY_DAY_DEPARTMENT)
#define SAME_MONTHS(QUERY)                                                                         \
    ((int)FF_P_##QUERY##_FIRST == (int)FF_P_REPORT_BY_PRODUCT_FIRST &&                             \
     (int)FF_P_##QUERY##_LAST == (int)FF_P_REPORT_BY_PRODUCT_LAST)
_Static_assert(SAME_MONTHS(REPORT_BY_CATEGORY) && SAME_MONTHS(REPORT_BY_TAX), "so have these");
_Static_assert(SAME(REPORT_BY_QUARTER) && SAME(REPORT_BY_PRODUCT) && SAME(REPORT_BY_CATEGORY) &&
                   SAME(REPORT_BY_KIOSK) && SAME(REPORT_BY_DEPARTMENT) && SAME(REPORT_BY_TAX),
               "one reader for all");

static enum ff_rc start(struct ff_ctx *cx, const struct ff_range *range, const char *by,
                        struct ff_stmt **st)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    struct ff_report_bound live;
    const enum ff_query query = query_of(by);
    enum ff_rc rc = ff_report_bound(cx, range, &live);
    if (rc || (rc = ff_db_query(cx, query, st)))
        return rc;
    ff_db_int(*st, FF_P_REPORT_BY_DAY_LOW, live.low);
    ff_db_int(*st, FF_P_REPORT_BY_DAY_HIGH, live.high);
    ff_db_text(*st, FF_P_REPORT_BY_DAY_FROM, range->from);
    ff_db_text(*st, FF_P_REPORT_BY_DAY_TO, range->to);
    ff_db_int(*st, FF_P_REPORT_BY_DAY_ALL, reach.all);
    ff_db_opt_int(*st, FF_P_REPORT_BY_DAY_DEPARTMENT, reach.department);
    if (has_months(query)) {
        ff_db_text(*st, FF_P_REPORT_BY_PRODUCT_FIRST, live.first);
        ff_db_text(*st, FF_P_REPORT_BY_PRODUCT_LAST, live.last);
    }
    return FF_OK;
}

/* ---- rows ---- */

static void add(struct ff_report_row *sum, const struct ff_report_row *r)
{
    sum->pieces += r->pieces;
    sum->gross += r->gross;
    sum->tax += r->tax;
    sum->net += r->net;
}

static enum ff_rc read(struct ff_ctx *cx, struct ff_stmt *st, struct ff_report_row *out)
{
    *out = (struct ff_report_row){.key = ff_db_col_text(cx, st, FF_C_REPORT_BY_DAY_LABEL),
                                  .ref = ff_db_col_int(st, FF_C_REPORT_BY_DAY_REF),
                                  .pieces = ff_db_col_int(st, FF_C_REPORT_BY_DAY_PIECES),
                                  .gross = ff_db_col_int(st, FF_C_REPORT_BY_DAY_GROSS_MINOR),
                                  .tax = ff_db_col_int(st, FF_C_REPORT_BY_DAY_TAX_MINOR)};
    out->net = out->gross - out->tax;
    return out->key ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

/* The hour of a quarter in the site's zone (TZ is set at the start), or the weekday of a date. */
static int bucket_of(const char *by, const struct ff_report_row *r)
{
    struct tm tm = {0};
    if (strcmp(by, "hour") == 0) {
        const time_t at = (time_t)(r->ref * QUARTER_S);
        return localtime_r(&at, &tm) ? tm.tm_hour : 0;
    }
    const time_t noon = (time_t)(ff_range_since(r->key) / 1000 + (2 * 24 + 12) * 3600);
    return gmtime_r(&noon, &tm) ? (tm.tm_wday + 6) % WEEKDAYS : 0;
}

static enum ff_rc put_buckets(struct ff_ctx *cx, const char *by, const struct ff_report_row *sums,
                              struct ff_rows *rows)
{
    const bool is_hour = strcmp(by, "hour") == 0;
    for (int i = 0; i < (is_hour ? HOURS : WEEKDAYS); i++) {
        if (!sums[i].pieces && !sums[i].gross)
            continue;
        struct ff_report_row *row = ff_rows_add(cx, rows, sizeof *row);
        if (!row)
            return cx->err.rc;
        *row = sums[i];
        row->key = ff_arena_printf(cx->arena, is_hour ? "%02d" : "%d", is_hour ? i : i + 1);
        if (!row->key)
            return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    }
    return FF_OK;
}

static enum ff_rc gather(struct ff_ctx *cx, struct ff_stmt *st, struct ff_report *out)
{
    const bool is_bucket = !strcmp(out->by, "hour") || !strcmp(out->by, "weekday");
    struct ff_report_row sums[HOURS] = {{0}}, total = {0}, r;
    struct ff_rows rows = {0};
    bool more = false;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &more)) && more) {
        if ((rc = read(cx, st, &r)))
            return rc;
        add(&total, &r);
        if (is_bucket) {
            add(&sums[bucket_of(out->by, &r)], &r);
            continue;
        }
        struct ff_report_row *row = ff_rows_add(cx, &rows, sizeof *row);
        if (!row)
            return cx->err.rc;
        *row = r;
    }
    if (!rc && is_bucket)
        rc = put_buckets(cx, out->by, sums, &rows);
    out->rows = rows.list;
    out->pieces = total.pieces;
    out->gross = total.gross;
    out->tax = total.tax;
    out->net = total.net;
    return rc;
}

enum ff_rc ff_report_sales(struct ff_ctx *cx, const char *from, const char *to, const char *by,
                           struct ff_report *out)
{
    struct ff_range range;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_range_read(cx, from, to, FF_REPORT_DAYS, &range);
    if (rc || (rc = start(cx, &range, by, &st)))
        return rc;
    *out = (struct ff_report){.from = range.from, .to = range.to, .by = by};
    return gather(cx, st, out);
}

/* ---- CSV ---- */

static void csv_row(struct ff_buf *buf, const struct ff_report_row *r, const char *key,
                    int decimals)
{
    ff_buf_csv(buf, key);
    ff_buf_printf(buf, ",%lld,%lld,", (long long)r->ref, (long long)r->pieces);
    ff_csv_amount(buf, r->gross, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, r->tax, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, r->net, decimals);
    ff_buf_str(buf, "\r\n");
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_report *r = arg;
    const struct ff_report_row *row = r->rows.items;
    const struct ff_report_row total = {
        .pieces = r->pieces, .gross = r->gross, .tax = r->tax, .net = r->net};
    (void)cx;
    ff_buf_printf(buf, "%s,id,pieces,gross,tax,net\r\n", r->by);
    for (size_t i = 0; i < r->rows.n; i++)
        csv_row(buf, &row[i], row[i].key, decimals);
    csv_row(buf, &total, "total", decimals);
    return FF_OK;
}

enum ff_rc ff_report_csv(struct ff_ctx *cx, const struct ff_report *r, int decimals,
                         struct ff_text *out)
{
    struct ff_report copy = *r;
    return ff_csv_export(cx, write_rows, &copy, decimals, out);
}
