/* SPDX-License-Identifier: MIT */
/* person.c - totals of one person: a row a month from the counters, and what was bought most in the
 * last year from the lines. */
#include "domain/report/person.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/ledger/ledger.h"
#include "domain/report/rollup.h"
#include "domain/site/site.h"

enum { MONTH_CHARS = 7, YEAR_CHARS = 4, DAY_MS = 86400000 };

static enum ff_rc out_of_memory(struct ff_ctx *cx)
{
    return cx->err.rc ? cx->err.rc : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc read_person(struct ff_ctx *cx, struct ff_person_stats *out)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_REPORT_PERSON, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REPORT_PERSON_EMPLOYEE, out->employee_id);
    ff_db_int(st, FF_P_REPORT_PERSON_ALL, reach.all);
    ff_db_int(st, FF_P_REPORT_PERSON_SELF, reach.self);
    ff_db_opt_int(st, FF_P_REPORT_PERSON_DEPARTMENT, reach.department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such person.");
    out->number = ff_db_col_text(cx, st, FF_C_REPORT_PERSON_NUMBER);
    out->name = ff_db_col_text(cx, st, FF_C_REPORT_PERSON_NAME);
    out->monthly_limit = ff_db_col_opt_int(st, FF_C_REPORT_PERSON_LIMIT_MINOR);
    out->first_purchase_at = ff_db_col_opt_int(st, FF_C_REPORT_PERSON_FIRST_MS);
    out->last_purchase_at = ff_db_col_opt_int(st, FF_C_REPORT_PERSON_LAST_MS);
    return out->number && out->name ? FF_OK : out_of_memory(cx);
}

/* ---- months ---- */

struct calendar {
    char today[FF_DATE_CAP], last_month[FF_DATE_CAP];
};

static void today(struct ff_ctx *cx, struct calendar *out)
{
    char last[FF_DATE_CAP], text[FF_INSTANT_CAP];
    int64_t ms = 0;
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, out->today);
    ff_month_of(out->today, out->last_month, last);
    snprintf(text, sizeof text, "%sT00:00:00Z", out->last_month);
    if (ff_instant_parse(text, &ms))
        ff_instant_format(ms - DAY_MS, text);
    snprintf(out->last_month, sizeof out->last_month, "%.10s", text);
}

static void add_month(struct ff_person_stats *out, const struct calendar *c,
                      const struct ff_person_month *m)
{
    if (strncmp(m->month, c->today, MONTH_CHARS) == 0)
        out->spent_this_month += m->spent;
    if (strncmp(m->month, c->last_month, MONTH_CHARS) == 0)
        out->spent_last_month += m->spent;
    if (strncmp(m->month, c->today, YEAR_CHARS) == 0)
        out->spent_this_year += m->spent;
    out->spent += m->spent;
    out->purchases += m->purchases;
    out->undone += m->undone;
    out->refunds += m->refunds;
}

static enum ff_rc read_months(struct ff_ctx *cx, const struct calendar *c,
                              struct ff_person_stats *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    int64_t rolled;
    enum ff_rc rc = ff_rollup_last(cx, &rolled);
    if (rc || (rc = ff_db_query(cx, FF_Q_REPORT_PERSON_MONTHS, &st)))
        return rc;
    ff_db_int(st, FF_P_REPORT_PERSON_MONTHS_EMPLOYEE, out->employee_id);
    ff_db_int(st, FF_P_REPORT_PERSON_MONTHS_LOW, rolled + 1);
    ff_db_int(st, FF_P_REPORT_PERSON_MONTHS_HIGH, INT64_MAX);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_person_month *m = ff_rows_add(cx, &rows, sizeof *m);
        if (!m)
            return cx->err.rc;
        *m = (struct ff_person_month){
            .month = ff_db_col_text(cx, st, FF_C_REPORT_PERSON_MONTHS_MONTH),
            .spent = ff_db_col_int(st, FF_C_REPORT_PERSON_MONTHS_SPENT_MINOR),
            .purchases = ff_db_col_int(st, FF_C_REPORT_PERSON_MONTHS_PURCHASES),
            .undone = ff_db_col_int(st, FF_C_REPORT_PERSON_MONTHS_UNDONE),
            .refunds = ff_db_col_int(st, FF_C_REPORT_PERSON_MONTHS_REFUNDS)};
        if (!m->month)
            return out_of_memory(cx);
        add_month(out, c, m);
    }
    out->months = rows.list;
    return rc;
}

/* ---- products ---- */

static enum ff_rc start_products(struct ff_ctx *cx, const struct calendar *c,
                                 const struct ff_person_stats *out, struct ff_stmt **st)
{
    char text[FF_INSTANT_CAP];
    struct ff_report_bound live;
    struct ff_range range = {.to = c->today};
    snprintf(text, sizeof text, "%sT00:00:00Z", c->today);
    int64_t ms = 0;
    if (ff_instant_parse(text, &ms))
        ff_instant_format(ms - (FF_PERSON_DAYS - 1) * (int64_t)DAY_MS, text);
    range.from = ff_arena_strndup(cx->arena, text, FF_DATE_CAP - 1);
    if (!range.from)
        return out_of_memory(cx);
    enum ff_rc rc = ff_report_since(cx, &range, &live);
    if (rc || (rc = ff_db_query(cx, FF_Q_REPORT_PERSON_PRODUCTS, st)))
        return rc;
    ff_db_int(*st, FF_P_REPORT_PERSON_PRODUCTS_EMPLOYEE, out->employee_id);
    ff_db_int(*st, FF_P_REPORT_PERSON_PRODUCTS_LOW, live.low);
    ff_db_text(*st, FF_P_REPORT_PERSON_PRODUCTS_FROM, range.from);
    ff_db_int(*st, FF_P_REPORT_PERSON_PRODUCTS_LIMIT, FF_PERSON_PRODUCTS);
    return FF_OK;
}

static enum ff_rc read_products(struct ff_ctx *cx, const struct calendar *c,
                                struct ff_person_stats *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start_products(cx, c, out, &st);
    if (rc)
        return rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_person_product p = {
            .product_id = ff_db_col_int(st, FF_C_REPORT_PERSON_PRODUCTS_ID),
            .name = ff_db_col_text(cx, st, FF_C_REPORT_PERSON_PRODUCTS_NAME),
            .pieces = ff_db_col_int(st, FF_C_REPORT_PERSON_PRODUCTS_PIECES),
            .gross = ff_db_col_int(st, FF_C_REPORT_PERSON_PRODUCTS_GROSS_MINOR)};
        struct ff_person_product *slot = p.pieces ? ff_rows_add(cx, &rows, sizeof p) : &p;
        if (!slot || !p.name)
            return out_of_memory(cx);
        *slot = p;
    }
    out->products = rows.list;
    return rc;
}

enum ff_rc ff_report_person(struct ff_ctx *cx, int64_t employee_id, struct ff_person_stats *out)
{
    struct calendar c;
    *out = (struct ff_person_stats){.employee_id = employee_id, .remaining = FF_NULL_INT};
    today(cx, &c);
    enum ff_rc rc = read_person(cx, out);
    if (rc || (rc = read_months(cx, &c, out)) || (rc = read_products(cx, &c, out)))
        return rc;
    if (out->monthly_limit != FF_NULL_INT)
        out->remaining = out->monthly_limit - out->spent_this_month;
    return FF_OK;
}
