/* SPDX-License-Identifier: MIT */
/* month_close.c - closing a month: prove, store, keep the head, for ever.
 * A large ledger takes a while to prove, so that is done on a reader, up to the head it sees;
 * inside the job only what was booked since is proved, from that head on. */
#include "domain/ledger/month_parts.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/ledger/verify.h"
#include "domain/site/site.h"

struct closing {
    const char *month;
    char first[FF_DATE_CAP];
    struct ff_verify_report proved; /* up to the head of then */
    struct ff_month *out;
};

/* ---- may it be? ---- */

static enum ff_rc still_open(struct ff_ctx *cx, const char *month, const char *why)
{
    enum ff_rc rc = FF_FAIL(cx, FF_PERIOD_OPEN, "%s", why);
    ff_err_text(cx, "month", month);
    return rc;
}

static enum ff_rc check_over(struct ff_ctx *cx, const struct closing *c)
{
    char today[FF_DATE_CAP], first[FF_DATE_CAP], last[FF_DATE_CAP];
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, today);
    ff_month_of(today, first, last);
    return strcmp(c->first, first) < 0 ? FF_OK
                                       : still_open(cx, c->month, "This month is not over yet.");
}

static enum ff_rc check_earlier(struct ff_ctx *cx, const struct closing *c)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_EARLIER_OPEN, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PERIOD_EARLIER_OPEN_STARTS_ON, c->first);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    const char *earlier = ff_db_col_text(cx, st, FF_C_PERIOD_EARLIER_OPEN_STARTS_ON);
    const char *month = earlier ? ff_arena_strndup(cx->arena, earlier, FF_MONTH_CAP - 1) : NULL;
    return month ? still_open(cx, month, "An earlier month must be closed first.")
                 : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

/* The month's row; `m->is_closed`: there is nothing to do. */
static enum ff_rc check(struct ff_ctx *cx, const struct closing *c, struct ff_month_row_read *m)
{
    bool found = false;
    enum ff_rc rc = ff_month_find(cx, c->first, m, &found);
    if (rc || (found && m->is_closed))
        return rc;
    if ((rc = check_over(cx, c)))
        return rc;
    if (!found)
        return FF_FAIL(cx, FF_NOT_FOUND, "Nothing was booked in %s.", c->month);
    return check_earlier(cx, c);
}

/* ---- the proof ---- */

static enum ff_rc sound(struct ff_ctx *cx, const struct ff_verify_report *r)
{
    if (r->ok)
        return FF_OK;
    enum ff_rc rc =
        FF_FAIL(cx, FF_STORAGE_FAULT, "The books do not prove, no month is closed: %s", r->finding);
    ff_err_text(cx, "table", r->table);
    ff_err_number(cx, "id", r->id);
    return rc;
}

static enum ff_rc prove(struct ff_ctx *cx, struct closing *c)
{
    enum ff_rc rc = ff_ledger_verify(cx, &c->proved);
    return rc ? rc : sound(cx, &c->proved);
}

static enum ff_rc prove_rest(struct ff_ctx *cx, const struct closing *c)
{
    struct ff_verify_report rest;
    enum ff_rc rc = ff_ledger_verify_since(cx, &c->proved, &rest);
    return rc ? rc : sound(cx, &rest);
}

/* ---- the job ---- */

/* Business dates never go back, and all months before are closed: nothing lies between. */
static enum ff_rc check_range(struct ff_ctx *cx, const struct closing *c,
                              const struct ff_month_range *range)
{
    return range->first == range->begin
               ? FF_OK
               : FF_FAIL(cx, FF_INTERNAL, "the journals of %s are not one range", c->month);
}

static enum ff_rc store_statements(struct ff_ctx *cx, int64_t period_id,
                                   const struct ff_month_range *range)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STATEMENT_MAKE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STATEMENT_MAKE_PERIOD, period_id);
    ff_db_opt_int(st, FF_P_STATEMENT_MAKE_BEFORE, range->before);
    ff_db_int(st, FF_P_STATEMENT_MAKE_FIRST, range->first);
    ff_db_int(st, FF_P_STATEMENT_MAKE_LAST, range->last);
    return ff_db_run(cx, st);
}

static enum ff_rc mark_closed(struct ff_ctx *cx, int64_t period_id,
                              const struct ff_month_range *range)
{
    const struct ff_chain_head *head = ff_db_ledger_head(cx);
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PERIOD_CLOSE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PERIOD_CLOSE_ID, period_id);
    ff_db_int(st, FF_P_PERIOD_CLOSE_FIRST, range->first);
    ff_db_int(st, FF_P_PERIOD_CLOSE_LAST, range->last);
    ff_db_int(st, FF_P_PERIOD_CLOSE_HEAD, head->id);
    ff_db_blob(st, FF_P_PERIOD_CLOSE_HASH, head->hash, sizeof head->hash);
    ff_db_int(st, FF_P_PERIOD_CLOSE_NOW, ff_clock_now_ms(cx->clock));
    return ff_db_run(cx, st);
}

static enum ff_rc record(struct ff_ctx *cx, int64_t period_id, const struct ff_month *m)
{
    const struct ff_audit_value is[] = {
        {"month", m->month, 0},          {"people", NULL, m->people},
        {"journals", NULL, m->journals}, {"opening", NULL, m->opening},
        {"debits", NULL, m->debits},     {"credits", NULL, m->credits},
        {"closing", NULL, m->closing},   {"headId", NULL, m->head_id},
        {"headHash", m->head_hash, 0},
    };
    return ff_audit(cx, &(struct ff_audit){.action = "period.close",
                                           .entity = "period",
                                           .entity_id = period_id,
                                           .after = is,
                                           .n_after = sizeof is / sizeof is[0]});
}

static enum ff_rc close_it(struct ff_ctx *cx, void *arg)
{
    struct closing *c = arg;
    struct ff_month_row_read m;
    struct ff_month_range range;
    enum ff_rc rc = check(cx, c, &m);
    if (rc || m.is_closed)
        return rc;
    if ((rc = prove_rest(cx, c)) || (rc = ff_month_range(cx, &m, &range)) ||
        (rc = check_range(cx, c, &range)) || (rc = store_statements(cx, m.id, &range)) ||
        (rc = mark_closed(cx, m.id, &range)) || (rc = ff_month_get(cx, c->month, c->out)))
        return rc;
    return record(cx, m.id, c->out);
}

enum ff_rc ff_month_close(struct ff_ctx *cx, const char *month, struct ff_month *out)
{
    struct closing c = {.month = month, .out = out};
    struct ff_month_row_read m;
    if (!ff_month_read(month, c.first))
        return FF_FAIL(cx, FF_NOT_FOUND, "A month is written as 2026-03.");
    enum ff_rc rc = check(cx, &c, &m);
    if (rc || (!m.is_closed && ((rc = prove(cx, &c)) || (rc = ff_db_write(cx, close_it, &c)))))
        return rc;
    return ff_month_get(cx, month, out);
}
