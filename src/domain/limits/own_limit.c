/* SPDX-License-Identifier: MIT */
/* own_limit.c - the lower limits that people set for themselves. Lowering acts at once; raising
 * waits until the next business day: see packaging/doc/decisions/0016-own-limits-rise-overnight.md.
 */
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/ledger/ledger.h"
#include "domain/limits/limits.h"
#include "domain/site/site.h"

enum { DAY_MS = 86400000 };

static void today_of(struct ff_ctx *cx, char out[FF_DATE_CAP])
{
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, out);
}

/* The date after `date`, by the calendar and not by the clock. */
static void day_after(const char *date, char out[FF_DATE_CAP])
{
    char text[FF_INSTANT_CAP];
    int64_t ms = 0;
    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    (void)ff_instant_parse(text, &ms);
    ff_instant_format(ms + DAY_MS, text);
    snprintf(out, FF_DATE_CAP, "%.10s", text);
}

static enum ff_rc read_own(struct ff_ctx *cx, int64_t employee_id, struct ff_own_limit *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    *out = (struct ff_own_limit){FF_NULL_INT, FF_NULL_INT, FF_NULL_INT, FF_NULL_INT, ""};
    enum ff_rc rc = ff_db_query(cx, FF_Q_LIMITS_OWN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LIMITS_OWN_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *out = (struct ff_own_limit){
        .daily = ff_db_col_opt_int(st, FF_C_LIMITS_OWN_DAILY),
        .monthly = ff_db_col_opt_int(st, FF_C_LIMITS_OWN_MONTHLY),
        .daily_before = ff_db_col_opt_int(st, FF_C_LIMITS_OWN_DAILY_BEFORE),
        .monthly_before = ff_db_col_opt_int(st, FF_C_LIMITS_OWN_MONTHLY_BEFORE),
        .since = ff_db_col_text(cx, st, FF_C_LIMITS_OWN_SINCE),
    };
    return cx->err.rc;
}

static void show(const struct ff_own_limit *own, const char *today, struct ff_own_limits *out)
{
    struct ff_spend now = {FF_NULL_INT, FF_NULL_INT, FF_NULL_INT, 0, 0};
    ff_spend_apply_own(&now, own, today);
    const bool waits = strcmp(today, own->since) < 0 &&
                       (own->daily != now.daily_limit || own->monthly != now.monthly_limit);
    *out = (struct ff_own_limits){.daily = now.daily_limit,
                                  .monthly = now.monthly_limit,
                                  .next_daily = waits ? own->daily : now.daily_limit,
                                  .next_monthly = waits ? own->monthly : now.monthly_limit,
                                  .next_from = waits ? own->since : NULL};
}

enum ff_rc ff_own_limits_get(struct ff_ctx *cx, int64_t employee_id, struct ff_own_limits *out)
{
    struct ff_employee e;
    struct ff_own_limit own;
    char today[FF_DATE_CAP];
    enum ff_rc rc = ff_employee_get(cx, employee_id, &e);
    if (rc || (rc = read_own(cx, employee_id, &own)))
        return rc;
    today_of(cx, today);
    show(&own, today, out);
    return FF_OK;
}

/* ---- setting ---- */

struct change {
    int64_t employee_id, daily, monthly;
    struct ff_own_limits *out;
};

static void check_lower(struct ff_ctx *cx, const char *pointer, int64_t wanted, int64_t set)
{
    if (wanted != FF_NULL_INT && set != FF_NULL_INT && wanted > set)
        (void)ff_field_range(cx, pointer, "RANGE", 0, set);
}

/* An own limit is lower than what is set for the person. */
static enum ff_rc check(struct ff_ctx *cx, const struct change *c)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LIMITS_SET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LIMITS_SET_EMPLOYEE, c->employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    check_lower(cx, "/dailyLimit", c->daily, ff_db_col_opt_int(st, FF_C_LIMITS_SET_DAILY));
    check_lower(cx, "/monthlyLimit", c->monthly, ff_db_col_opt_int(st, FF_C_LIMITS_SET_MONTHLY));
    return cx->err.rc;
}

static enum ff_rc store(struct ff_ctx *cx, int64_t employee_id, const struct ff_own_limit *own)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LIMITS_OWN_SET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LIMITS_OWN_SET_EMPLOYEE, employee_id);
    ff_db_opt_int(st, FF_P_LIMITS_OWN_SET_DAILY, own->daily);
    ff_db_opt_int(st, FF_P_LIMITS_OWN_SET_MONTHLY, own->monthly);
    ff_db_opt_int(st, FF_P_LIMITS_OWN_SET_DAILY_BEFORE, own->daily_before);
    ff_db_opt_int(st, FF_P_LIMITS_OWN_SET_MONTHLY_BEFORE, own->monthly_before);
    ff_db_text(st, FF_P_LIMITS_OWN_SET_SINCE, own->since);
    return ff_db_run(cx, st);
}

static enum ff_rc record(struct ff_ctx *cx, int64_t employee_id, const struct ff_own_limits *was,
                         const struct ff_own_limits *is)
{
    const struct ff_audit_value before[] = {{"dailyLimit", NULL, was->next_daily},
                                            {"monthlyLimit", NULL, was->next_monthly}},
                                after[] = {{"dailyLimit", NULL, is->next_daily},
                                           {"monthlyLimit", NULL, is->next_monthly}};
    return ff_audit(cx, &(struct ff_audit){.action = "employee.own_limits",
                                           .entity = "employee",
                                           .entity_id = employee_id,
                                           .subject = FF_AUDIT_EMPLOYEE,
                                           .subject_id = employee_id,
                                           .before = before,
                                           .n_before = 2,
                                           .after = after,
                                           .n_after = 2});
}

static enum ff_rc set(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_own_limits was;
    char today[FF_DATE_CAP], tomorrow[FF_DATE_CAP];
    enum ff_rc rc = ff_own_limits_get(cx, c->employee_id, &was);
    if (rc || (rc = check(cx, c)))
        return rc;
    today_of(cx, today);
    day_after(today, tomorrow);
    /* for the rest of today the lower of what held and what is wanted */
    const struct ff_own_limit own = {.daily = c->daily,
                                     .monthly = c->monthly,
                                     .daily_before = ff_limit_lower(was.daily, c->daily),
                                     .monthly_before = ff_limit_lower(was.monthly, c->monthly),
                                     .since = tomorrow};
    if ((rc = store(cx, c->employee_id, &own)) ||
        (rc = ff_own_limits_get(cx, c->employee_id, c->out)))
        return rc;
    return record(cx, c->employee_id, &was, c->out);
}

enum ff_rc ff_own_limits_set(struct ff_ctx *cx, int64_t employee_id, int64_t daily, int64_t monthly,
                             struct ff_own_limits *out)
{
    struct change c = {employee_id, daily, monthly, out};
    if (cx->who.employee_id != employee_id)
        return FF_FAIL(cx, cx->who.scope == FF_SELF ? FF_NOT_FOUND : FF_FORBIDDEN,
                       "Only the person themselves sets these.");
    return ff_db_write(cx, set, &c);
}
