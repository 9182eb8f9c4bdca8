/* SPDX-License-Identifier: MIT */
/* subsidy.c - the rule that pays for a purchase, and the slot that it takes. */
#include "domain/subsidy/subsidy.h"

#include <string.h>
#include <time.h>

#include "db/db.h"

enum { LINES_MAX = 64, HOUR = 60 };

static int64_t minute_of(int64_t at_ms)
{
    const time_t at = (time_t)(at_ms / 1000);
    struct tm tm = {0};
    return localtime_r(&at, &tm) ? tm.tm_hour * HOUR + tm.tm_min : 0;
}

static enum ff_rc read_fit(struct ff_ctx *cx, struct ff_stmt *st, struct ff_subsidy_fit *fit)
{
    const char *kind = ff_db_col_text(cx, st, FF_C_SUBSIDY_CANDIDATES_KIND);
    if (!kind)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    *fit = (struct ff_subsidy_fit){
        .is_percent = strcmp(kind, "percent") == 0,
        .value = ff_db_col_int(st, FF_C_SUBSIDY_CANDIDATES_VALUE),
        .cap = ff_db_col_opt_int(st, FF_C_SUBSIDY_CANDIDATES_CAP),
        .category_id = ff_db_col_opt_int(st, FF_C_SUBSIDY_CANDIDATES_CATEGORY_ID),
        .weekdays = ff_db_col_int(st, FF_C_SUBSIDY_CANDIDATES_WEEKDAYS),
        .from_minute = ff_db_col_int(st, FF_C_SUBSIDY_CANDIDATES_FROM_MINUTE),
        .to_minute = ff_db_col_int(st, FF_C_SUBSIDY_CANDIDATES_TO_MINUTE)};
    return FF_OK;
}

static enum ff_rc keep(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_subsidy_fit *fit,
                       int64_t amount, struct ff_subsidy *out)
{
    *out = (struct ff_subsidy){
        .rule_id = ff_db_col_int(st, FF_C_SUBSIDY_CANDIDATES_ID),
        .slot = fit->from_minute,
        .amount = amount,
        .cost_centre_id = ff_db_col_int(st, FF_C_SUBSIDY_CANDIDATES_COST_CENTRE_ID),
        .cost_centre = ff_db_col_text(cx, st, FF_C_SUBSIDY_CANDIDATES_COST_CENTRE)};
    return out->cost_centre ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_subsidy_choose(struct ff_ctx *cx, int64_t employee_id, const char *date,
                             int64_t at_ms, struct ff_line *lines, size_t n, struct ff_subsidy *out)
{
    const int64_t minute = minute_of(at_ms);
    struct ff_subsidy_fit fit;
    int64_t parts[LINES_MAX];
    FF_STMT *st = NULL;
    bool row = false;
    *out = (struct ff_subsidy){0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_SUBSIDY_CANDIDATES, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SUBSIDY_CANDIDATES_EMPLOYEE, employee_id);
    ff_db_text(st, FF_P_SUBSIDY_CANDIDATES_DATE, date);
    while (!(rc = ff_db_row(cx, st, &row)) && row && !(rc = read_fit(cx, st, &fit))) {
        if (!ff_subsidy_holds(&fit, date, minute))
            continue;
        const int64_t amount = ff_subsidy_give(&fit, lines, n, parts);
        if (amount <= out->amount)
            continue;
        if ((rc = keep(cx, st, &fit, amount, out)))
            break;
        for (size_t i = 0; i < n; i++)
            lines[i].subsidy = parts[i];
    }
    return rc;
}

enum ff_rc ff_subsidy_take(struct ff_ctx *cx, const struct ff_posting *p,
                           const struct ff_subsidy *s)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SUBSIDY_GRANT_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SUBSIDY_GRANT_ADD_JOURNAL, p->journal_id);
    ff_db_int(st, FF_P_SUBSIDY_GRANT_ADD_RULE, s->rule_id);
    ff_db_int(st, FF_P_SUBSIDY_GRANT_ADD_EMPLOYEE, p->employee_id);
    ff_db_text(st, FF_P_SUBSIDY_GRANT_ADD_DATE, p->business_date);
    ff_db_int(st, FF_P_SUBSIDY_GRANT_ADD_SLOT, s->slot);
    ff_db_int(st, FF_P_SUBSIDY_GRANT_ADD_COST_CENTRE, s->cost_centre_id);
    ff_db_int(st, FF_P_SUBSIDY_GRANT_ADD_AMOUNT, s->amount);
    return ff_db_run(cx, st);
}

enum ff_rc ff_subsidy_free(struct ff_ctx *cx, int64_t purchase_id, int64_t void_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SUBSIDY_GRANT_FREE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SUBSIDY_GRANT_FREE_JOURNAL, purchase_id);
    ff_db_int(st, FF_P_SUBSIDY_GRANT_FREE_VOID, void_id);
    return ff_db_run(cx, st);
}
