/* SPDX-License-Identifier: MIT */
/* rollup.c - takes journals into the sums, a bounded number a job, in the order of their ids. A day
 * is never redone: what is dated back to it later is added to it. */
#include "domain/report/rollup.h"

#include "db/db.h"
#include "domain/site/site.h"

/* Nobody waits for a database that is put together: a row of the sums is written once a day of it,
 * not once every few journals. */
enum { AGAIN_JOURNALS = 10000 };

struct chunk {
    int64_t rolled, last; /* the last journal in the sums; the last one of this step */
    bool more;
};

static enum ff_rc find_chunk(struct ff_ctx *cx, struct chunk *out)
{
    char today[FF_DATE_CAP];
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ROLLUP_NEXT, &st);
    if (rc)
        return rc;
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, today);
    ff_db_int(st, FF_P_ROLLUP_NEXT_N, FF_ROLLUP_JOURNALS);
    ff_db_text(st, FF_P_ROLLUP_NEXT_TODAY, today);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The state of the roll-ups is missing.");
    out->rolled = ff_db_col_int(st, FF_C_ROLLUP_NEXT_ROLLED);
    out->last = ff_db_col_int(st, FF_C_ROLLUP_NEXT_LAST_ID);
    out->more = out->last == out->rolled + FF_ROLLUP_JOURNALS;
    if (!ff_db_col_null(st, FF_C_ROLLUP_NEXT_OPEN_ID)) {
        out->last = ff_db_col_int(st, FF_C_ROLLUP_NEXT_OPEN_ID) - 1;
        out->more = false;
    }
    return FF_OK;
}

#define SAME(QUERY)                                                                                \
    ((int)FF_P_##QUERY##_LOW == (int)FF_P_ROLLUP_ACCOUNTS_LOW &&                                   \
     (int)FF_P_##QUERY##_HIGH == (int)FF_P_ROLLUP_ACCOUNTS_HIGH)
_Static_assert(SAME(ROLLUP_PRODUCTS) && SAME(ROLLUP_QUARTERS) && SAME(ROLLUP_KIOSKS) &&
                   SAME(ROLLUP_SPEND),
               "the sums are made by the same parameters");

static enum ff_rc add_sums(struct ff_ctx *cx, enum ff_query query, const struct chunk *c)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, query, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ROLLUP_ACCOUNTS_LOW, c->rolled + 1);
    ff_db_int(st, FF_P_ROLLUP_ACCOUNTS_HIGH, c->last);
    return ff_db_run(cx, st);
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
                                         FF_Q_ROLLUP_SPEND};
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < sizeof sums / sizeof sums[0] && !rc; i++)
        rc = add_sums(cx, sums[i], c);
    return rc ? rc : set_state(cx, c->last);
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
    struct chunk c = {0};
    bool *more = arg;
    enum ff_rc rc = find_chunk(cx, &c);
    *more = c.more;
    if (rc || c.last <= c.rolled)
        return rc;
    return take_in(cx, &c);
}

enum ff_rc ff_rollup_step(struct ff_ctx *cx, bool *more)
{
    *more = false;
    return ff_db_write(cx, step, more);
}

enum ff_rc ff_report_since(struct ff_ctx *cx, const struct ff_range *range,
                           struct ff_report_bound *out)
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
    out->rolled = ff_db_col_int(st, FF_C_REPORT_BOUND_ROLLED);
    out->high = ff_db_col_int(st, FF_C_REPORT_BOUND_HIGH);
    out->low = ff_db_col_null(st, FF_C_REPORT_BOUND_LOW) ? INT64_MAX
                                                         : ff_db_col_int(st, FF_C_REPORT_BOUND_LOW);
    return FF_OK;
}

enum ff_rc ff_report_bound(struct ff_ctx *cx, const struct ff_range *range,
                           struct ff_report_bound *out)
{
    enum ff_rc rc = ff_report_since(cx, range, out);
    if (!rc && out->low <= out->rolled)
        out->low = out->rolled + 1;
    return rc;
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
