/* SPDX-License-Identifier: MIT */
/* consumption.c - what each person spent in a month, from the counters of months and the journals
 * that are not in them yet. */
#include <stdio.h>

#include "domain/common/export.h"
#include "domain/common/list_view.h"
#include "domain/ledger/ledger.h"
#include "domain/ledger/month.h"
#include "domain/report/people.h"
#include "domain/report/rollup.h"
#include "domain/site/site.h"

static const char *const sorts[] = {"name",      "number",    "department", "spent", "limit",
                                    "remaining", "purchases", "id",         NULL};

struct query {
    char month[FF_MONTH_CAP];
    struct ff_list_view view;
};

static enum ff_rc read_month(struct ff_ctx *cx, const char *month, char out[FF_MONTH_CAP])
{
    char day[FF_DATE_CAP];
    if (!month)
        ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, day);
    else if (!ff_month_read(month, day))
        return ff_field_fail(cx, "?month", "PATTERN", "a month as YYYY-MM");
    snprintf(out, FF_MONTH_CAP, "%.7s", day);
    return FF_OK;
}

static enum ff_rc read_query(struct ff_ctx *cx, const struct ff_consumption_filter *f,
                             struct query *q)
{
    enum ff_rc rc = read_month(cx, f->month, q->month);
    return rc ? rc : ff_list_view_read(cx, &f->list, sorts, "name", &q->view);
}

#define SAME(PARAM)                                                                                \
    ((int)FF_P_REPORT_CONSUMPTION_##PARAM == (int)FF_P_REPORT_CONSUMPTION_COUNT_##PARAM)
_Static_assert(SAME(MONTH) && SAME(LOW) && SAME(HIGH) && SAME(ALL) && SAME(DEPARTMENT),
               "both queries have the parameters of their part first");

static enum ff_rc start(struct ff_ctx *cx, enum ff_query query, const struct query *q,
                        struct ff_stmt **st)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    int64_t rolled;
    enum ff_rc rc = ff_rollup_last(cx, &rolled);
    if (rc || (rc = ff_db_query(cx, query, st)))
        return rc;
    ff_db_text(*st, FF_P_REPORT_CONSUMPTION_MONTH, q->month);
    ff_db_int(*st, FF_P_REPORT_CONSUMPTION_LOW, rolled + 1);
    ff_db_int(*st, FF_P_REPORT_CONSUMPTION_HIGH, INT64_MAX);
    ff_db_int(*st, FF_P_REPORT_CONSUMPTION_ALL, reach.all);
    ff_db_opt_int(*st, FF_P_REPORT_CONSUMPTION_DEPARTMENT, reach.department);
    return FF_OK;
}

static enum ff_rc start_rows(struct ff_ctx *cx, const struct query *q, struct ff_stmt **st)
{
    static const struct ff_list_params at = {FF_ORDER_PARAMS(REPORT_CONSUMPTION),
                                             FF_PAGE_PARAMS(REPORT_CONSUMPTION)};
    enum ff_rc rc = start(cx, FF_Q_REPORT_CONSUMPTION, q, st);
    if (!rc)
        ff_list_bind(*st, &at, &q->view);
    return rc;
}

static enum ff_rc count(struct ff_ctx *cx, const struct query *q, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start(cx, FF_Q_REPORT_CONSUMPTION_COUNT, q, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_REPORT_CONSUMPTION_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_consumption *out)
{
    *out = (struct ff_consumption){
        .employee_id = ff_db_col_int(st, FF_C_REPORT_CONSUMPTION_ID),
        .number = ff_db_col_text(cx, st, FF_C_REPORT_CONSUMPTION_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_REPORT_CONSUMPTION_NAME),
        .department = ff_db_col_text(cx, st, FF_C_REPORT_CONSUMPTION_DEPARTMENT),
        .spent = ff_db_col_int(st, FF_C_REPORT_CONSUMPTION_SPENT_MINOR),
        .limit = ff_db_col_opt_int(st, FF_C_REPORT_CONSUMPTION_LIMIT_MINOR),
        .remaining = FF_NULL_INT,
        .purchases = ff_db_col_int(st, FF_C_REPORT_CONSUMPTION_PURCHASES),
        .undone = ff_db_col_int(st, FF_C_REPORT_CONSUMPTION_UNDONE),
        .refunds = ff_db_col_int(st, FF_C_REPORT_CONSUMPTION_REFUNDS)};
    if (out->limit != FF_NULL_INT)
        out->remaining = out->limit - out->spent;
    return out->number && out->name && out->department ? FF_OK
                                                       : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_report_consumption(struct ff_ctx *cx, const struct ff_consumption_filter *f,
                                 struct ff_list *out, int64_t *total)
{
    struct query q;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = read_query(cx, f, &q);
    if (rc || (rc = count(cx, &q, total)))
        return rc;
    struct ff_consumption *items = ff_alloc(cx, (size_t)q.view.window.limit * sizeof *items);
    if (!items)
        return cx->err.rc;
    *out = (struct ff_list){.items = items};
    if ((rc = start_rows(cx, &q, &st)))
        return rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row)
        if ((rc = read_row(cx, st, &items[out->n++])))
            return rc;
    return rc;
}

/* ---- CSV ---- */

static void csv_row(struct ff_buf *buf, const struct ff_consumption *c, int decimals)
{
    ff_buf_csv(buf, c->number);
    ff_buf_char(buf, ',');
    ff_buf_csv(buf, c->name);
    ff_buf_char(buf, ',');
    ff_buf_csv(buf, c->department);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, c->spent, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, c->limit, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, c->remaining, decimals);
    ff_buf_printf(buf, ",%lld,%lld,%lld\r\n", (long long)c->purchases, (long long)c->undone,
                  (long long)c->refunds);
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct query *q = arg;
    struct ff_consumption c;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start_rows(cx, q, &st);
    if (rc)
        return rc;
    ff_buf_str(buf, "employeeNumber,name,department,spent,limit,remaining,purchases,undone,"
                    "refunds\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = read_row(cx, st, &c)))
            return rc;
        csv_row(buf, &c, decimals);
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_report_consumption_csv(struct ff_ctx *cx, const struct ff_consumption_filter *f,
                                     int decimals, struct ff_text *out)
{
    struct query q;
    enum ff_rc rc = read_query(cx, f, &q);
    q.view.window = (struct ff_window){.limit = INT64_MAX};
    return rc ? rc : ff_csv_export(cx, write_rows, &q, decimals, out);
}
