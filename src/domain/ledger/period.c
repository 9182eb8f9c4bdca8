/* SPDX-License-Identifier: MIT */
/* period.c - when a posting happens: the clamped instant, the business date, the month it belongs
 * to. "Now" is taken once a job, so that a check and its booking speak of the same day. */
#include "domain/ledger/ledger.h"

#include <stdio.h>

#include "db/db.h"
#include "domain/site/site.h"

static enum ff_rc make_period(struct ff_ctx *cx, const char *date, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    char first[FF_DATE_CAP], last[FF_DATE_CAP];
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_PERIOD_MAKE, &st);
    if (rc)
        return rc;
    ff_month_of(date, first, last);
    ff_db_text(st, FF_P_LEDGER_PERIOD_MAKE_STARTS_ON, first);
    ff_db_text(st, FF_P_LEDGER_PERIOD_MAKE_ENDS_ON, last);
    rc = ff_db_row(cx, st, &row);
    if (!rc)
        *id = ff_db_col_int(st, FF_C_LEDGER_PERIOD_MAKE_ID);
    return rc;
}

/* The month is closed: the posting moves to the first day of the earliest open one after it. */
static enum ff_rc move_to_open_period(struct ff_ctx *cx, const char *first, struct ff_posting *p)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_PERIOD_NEXT_OPEN, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_PERIOD_NEXT_OPEN_STARTS_ON, first);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_INTERNAL, "The month of %s is closed and no later one is open.",
                       p->business_date);
    p->period_id = ff_db_col_int(st, FF_C_LEDGER_PERIOD_NEXT_OPEN_ID);
    const char *day = ff_db_col_text(cx, st, FF_C_LEDGER_PERIOD_NEXT_OPEN_STARTS_ON);
    if (!day)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    snprintf(p->business_date, sizeof p->business_date, "%s", day);
    return FF_OK;
}

/* "2026-11-27" as 202611. */
static int64_t number_of_month(const char *date)
{
    enum { MONTH_DIGITS = 7 };
    int64_t number = 0;
    for (size_t i = 0; i < MONTH_DIGITS && date[i]; i++)
        if (date[i] != '-')
            number = number * 10 + (date[i] - '0');
    return number;
}

/* Only an open month is kept. */
static enum ff_rc find_period(struct ff_ctx *cx, struct ff_posting *p)
{
    FF_STMT *st = NULL;
    bool row = false;
    char first[FF_DATE_CAP], last[FF_DATE_CAP];
    const int64_t month = number_of_month(p->business_date);
    if (ff_db_kept(cx, FF_Q_LEDGER_PERIOD, month, &p->period_id, sizeof p->period_id))
        return FF_OK;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_PERIOD, &st);
    if (rc)
        return rc;
    ff_month_of(p->business_date, first, last);
    ff_db_text(st, FF_P_LEDGER_PERIOD_STARTS_ON, first);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return make_period(cx, p->business_date, &p->period_id);
    if (ff_db_col_int(st, FF_C_LEDGER_PERIOD_IS_OPEN) == 0)
        return move_to_open_period(cx, first, p);
    p->period_id = ff_db_col_int(st, FF_C_LEDGER_PERIOD_ID);
    ff_db_keep(cx, FF_Q_LEDGER_PERIOD, month, &p->period_id, sizeof p->period_id);
    return FF_OK;
}

enum ff_rc ff_ledger_date(struct ff_ctx *cx, struct ff_posting *p)
{
    int64_t now = ff_clock_now_ms(cx->clock), last = ff_db_ledger_head(cx)->recorded_at_ms;
    p->recorded_at_ms = now > last ? now : last;
    ff_business_date(p->recorded_at_ms, (int)ff_site_get(cx).day_start_min, p->business_date);
    return find_period(cx, p);
}
