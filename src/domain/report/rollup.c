/* SPDX-License-Identifier: MIT */
/* rollup.c - takes journals into the sums, a bounded number a job, in the order of their ids. A day
 * is never redone: what is dated back to it later is added to it. When all ended days are in, the
 * months that are over are summed up from their days, a department a job. */
#include "domain/report/rollup.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/site/site.h"

/* Nobody waits for a database that is put together: a row of the sums is written once a day of it,
 * not once every few journals. */
enum { AGAIN_JOURNALS = 10000 };

/* Stands for all departments; the first of a month's. */
enum { ALL = -1 };

struct chunk {
    int64_t rolled, last; /* the last journal in the sums; the last one of this step */
};

static enum ff_rc find_chunk(struct ff_ctx *cx, const char *today, struct chunk *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_NEXT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ROLLUP_NEXT_N, FF_ROLLUP_JOURNALS);
    ff_db_text(st, FF_P_ROLLUP_NEXT_TODAY, today);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The state of the roll-ups is missing.");
    out->rolled = ff_db_col_int(st, FF_C_ROLLUP_NEXT_ROLLED);
    out->last = ff_db_col_int(st, FF_C_ROLLUP_NEXT_LAST_ID);
    if (!ff_db_col_null(st, FF_C_ROLLUP_NEXT_OPEN_ID))
        out->last = ff_db_col_int(st, FF_C_ROLLUP_NEXT_OPEN_ID) - 1;
    return FF_OK;
}

#define SAME(QUERY)                                                                                \
    ((int)FF_P_##QUERY##_LOW == (int)FF_P_ROLLUP_ACCOUNTS_LOW &&                                   \
     (int)FF_P_##QUERY##_HIGH == (int)FF_P_ROLLUP_ACCOUNTS_HIGH)
_Static_assert(SAME(ROLLUP_PRODUCTS) && SAME(ROLLUP_QUARTERS) && SAME(ROLLUP_KIOSKS) &&
                   SAME(ROLLUP_SPEND) && SAME(ROLLUP_DAY_COUNTS) && SAME(ROLLUP_LATE) &&
                   SAME(ROLLUP_LATE_PRODUCTS),
               "the sums are made by the same parameters");

static enum ff_rc of_chunk(struct ff_ctx *cx, enum ff_query query, const struct chunk *c,
                           struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, query, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_ROLLUP_ACCOUNTS_LOW, c->rolled + 1);
    ff_db_int(*st, FF_P_ROLLUP_ACCOUNTS_HIGH, c->last);
    return FF_OK;
}

static enum ff_rc add_sums(struct ff_ctx *cx, enum ff_query query, const struct chunk *c)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = of_chunk(cx, query, c, &st);
    return rc ? rc : ff_db_run(cx, st);
}

/* A month that has its sums takes what is dated back to it. Hardly ever: only then are the lines
 * read for it. */
static enum ff_rc add_late(struct ff_ctx *cx, const struct chunk *c)
{
    FF_STMT *st = NULL;
    bool is_late = false;
    enum ff_rc rc = of_chunk(cx, FF_Q_ROLLUP_LATE, c, &st);
    if (rc || (rc = ff_db_row(cx, st, &is_late)) || !is_late)
        return rc;
    return add_sums(cx, FF_Q_ROLLUP_LATE_PRODUCTS, c);
}

static enum ff_rc set_state(struct ff_ctx *cx, int64_t journal_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_STATE_SET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ROLLUP_STATE_SET_JOURNAL, journal_id);
    return ff_db_run(cx, st);
}

static enum ff_rc take_in(struct ff_ctx *cx, const struct chunk *c)
{
    static const enum ff_query sums[] = {FF_Q_ROLLUP_ACCOUNTS, FF_Q_ROLLUP_PRODUCTS,
                                         FF_Q_ROLLUP_QUARTERS, FF_Q_ROLLUP_KIOSKS,
                                         FF_Q_ROLLUP_SPEND,    FF_Q_ROLLUP_DAY_COUNTS};
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < sizeof sums / sizeof sums[0] && !rc; i++)
        rc = add_sums(cx, sums[i], c);
    if (!rc)
        rc = add_late(cx, c);
    return rc ? rc : set_state(cx, c->last);
}

/* ---- months ---- */

struct month {
    const char *month, *next; /* next: NULL when no later one has sales */
    int64_t department, next_department;
};

static enum ff_rc find_month(struct ff_ctx *cx, struct month *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_MONTH_NEXT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct month){.month = ff_db_col_text(cx, st, FF_C_ROLLUP_MONTH_NEXT_MONTH),
                          .next = ff_db_col_text(cx, st, FF_C_ROLLUP_MONTH_NEXT_NEXT_MONTH),
                          .department = ff_db_col_int(st, FF_C_ROLLUP_MONTH_NEXT_DEPARTMENT_ID),
                          .next_department =
                              ff_db_col_opt_int(st, FF_C_ROLLUP_MONTH_NEXT_NEXT_DEPARTMENT)};
    if (!out->month || (!out->next && !ff_db_col_null(st, FF_C_ROLLUP_MONTH_NEXT_NEXT_MONTH)))
        return FF_FAIL(cx, FF_INTERNAL, "The month of the roll-ups is missing.");
    return FF_OK;
}

static enum ff_rc set_month(struct ff_ctx *cx, const char *month, int64_t department)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_MONTH_SET, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_ROLLUP_MONTH_SET_MONTH, month);
    ff_db_int(st, FF_P_ROLLUP_MONTH_SET_DEPARTMENT, department);
    return ff_db_run(cx, st);
}

static enum ff_rc sum_month(struct ff_ctx *cx, const struct month *m)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_MONTH, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_ROLLUP_MONTH_MONTH, m->month);
    ff_db_int(st, FF_P_ROLLUP_MONTH_DEPARTMENT, m->department);
    return ff_db_run(cx, st);
}

/* One department of one month, unless those before `department` of `month` have their sums. */
static enum ff_rc take_month(struct ff_ctx *cx, const char *month, int64_t department, bool *more)
{
    struct month m = {0};
    enum ff_rc rc = find_month(cx, &m);
    if (rc)
        return rc;
    const int order = strcmp(m.month, month);
    *more = order < 0 || (order == 0 && m.department < department);
    if (!*more || (rc = sum_month(cx, &m)))
        return rc;
    if (m.next_department != FF_NULL_INT)
        return set_month(cx, m.month, m.next_department);
    return set_month(cx, m.next && strcmp(m.next, month) < 0 ? m.next : month, ALL);
}

enum ff_rc ff_rollup_months(struct ff_ctx *cx, const char *month, int64_t department)
{
    bool more = true;
    enum ff_rc rc = FF_OK;
    while (!rc && more)
        rc = take_month(cx, month, department, &more);
    return rc;
}

enum ff_rc ff_rollup_again(struct ff_ctx *cx, int64_t until)
{
    struct chunk c = {0};
    enum ff_rc rc = ff_rollup_last(cx, &c.rolled);
    for (; !rc && c.rolled < until; c.rolled = c.last) {
        c.last = until - c.rolled < AGAIN_JOURNALS ? until : c.rolled + AGAIN_JOURNALS;
        rc = take_in(cx, &c);
    }
    return rc;
}

static enum ff_rc step(struct ff_ctx *cx, void *arg)
{
    char today[FF_DATE_CAP], month[FF_DATE_CAP];
    struct chunk c = {0};
    bool *more = arg;
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, today);
    enum ff_rc rc = find_chunk(cx, today, &c);
    *more = c.last > c.rolled;
    if (rc)
        return rc;
    snprintf(month, sizeof month, "%.7s", today);
    return *more ? take_in(cx, &c) : take_month(cx, month, ALL, more);
}

enum ff_rc ff_rollup_step(struct ff_ctx *cx, bool *more)
{
    *more = false;
    return ff_db_write(cx, step, more);
}

/* `month`: the first that has no sums, NULL: not asked for. */
static enum ff_rc find_bound(struct ff_ctx *cx, const struct ff_range *range,
                             struct ff_report_bound *out, const char **month)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_REPORT_BOUND, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REPORT_BOUND_SINCE, ff_range_since(range->from));
    ff_db_int(st, FF_P_REPORT_BOUND_UNTIL, ff_range_until(range->to));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct ff_report_bound){.low = ff_db_col_null(st, FF_C_REPORT_BOUND_LOW)
                                               ? INT64_MAX
                                               : ff_db_col_int(st, FF_C_REPORT_BOUND_LOW),
                                    .high = ff_db_col_int(st, FF_C_REPORT_BOUND_HIGH),
                                    .rolled = ff_db_col_int(st, FF_C_REPORT_BOUND_ROLLED)};
    if (!month)
        return FF_OK;
    *month = ff_db_col_text(cx, st, FF_C_REPORT_BOUND_MONTH);
    return *month ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "The month of the roll-ups is missing.");
}

enum ff_rc ff_report_since(struct ff_ctx *cx, const struct ff_range *range,
                           struct ff_report_bound *out)
{
    return find_bound(cx, range, out, NULL);
}

/* Those of the range's whole months that come before `month`. */
static enum ff_rc set_months(struct ff_ctx *cx, const struct ff_range *range, const char *month,
                             struct ff_report_bound *out)
{
    char first[FF_DATE_CAP], last[FF_DATE_CAP];
    ff_range_months(range->from, range->to, first, last);
    if (strncmp(month, last, strlen(month)) < 0)
        snprintf(last, sizeof last, "%s-01", month);
    const bool has_any = strcmp(first, last) < 0;
    out->first = ff_strdup(cx, has_any ? first : range->to);
    out->last = ff_strdup(cx, has_any ? last : range->to);
    return out->first && out->last ? FF_OK : cx->err.rc;
}

enum ff_rc ff_report_bound(struct ff_ctx *cx, const struct ff_range *range,
                           struct ff_report_bound *out)
{
    const char *month;
    enum ff_rc rc = find_bound(cx, range, out, &month);
    if (!rc && out->low <= out->rolled)
        out->low = out->rolled + 1;
    return rc ? rc : set_months(cx, range, month, out);
}

enum ff_rc ff_rollup_last(struct ff_ctx *cx, int64_t *journal_id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_LAST, &st);
    if (!rc)
        rc = ff_db_row(cx, st, &row);
    *journal_id = row ? ff_db_col_int(st, FF_C_ROLLUP_LAST_JOURNAL_ID) : 0;
    return rc;
}
