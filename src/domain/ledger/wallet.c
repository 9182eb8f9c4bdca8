/* SPDX-License-Identifier: MIT */
/* wallet.c - reading wallets: now, within the caller's reach, and at an instant that has passed.
 * A wallet's balance is moved by entries alone (post.c); nothing here writes it. */
#include "domain/ledger/wallet.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/site/site.h"

enum { DAY_MS = 86400000, MONTH_TEXT = 7 };

/* The business date of an instant in the site's zone. */
static void date_of(struct ff_ctx *cx, int64_t ms, char out[FF_DATE_CAP])
{
    ff_business_date(ms, (int)ff_site_get(cx).day_start_min, out);
}

static enum ff_rc no_wallet(struct ff_ctx *cx, int64_t employee_id)
{
    return FF_FAIL(cx, FF_NOT_FOUND, "There is no person %lld.", (long long)employee_id);
}

enum ff_rc ff_wallet_get(struct ff_ctx *cx, int64_t employee_id, struct ff_wallet *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    char today[FF_DATE_CAP];
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_WALLET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_WALLET_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return no_wallet(cx, employee_id);
    const char *month = ff_db_col_text(cx, st, FF_C_LEDGER_WALLET_MONTH);
    if (!month)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    date_of(cx, ff_clock_now_ms(cx->clock), today);
    bool is_now = strncmp(month, today, MONTH_TEXT) == 0;
    *out = (struct ff_wallet){
        .account_id = ff_db_col_int(st, FF_C_LEDGER_WALLET_ACCOUNT_ID),
        .employee_id = employee_id,
        .balance = ff_db_col_int(st, FF_C_LEDGER_WALLET_BALANCE_MINOR),
        .floor = ff_db_col_int(st, FF_C_LEDGER_WALLET_FLOOR_MINOR),
        .last_journal_id = ff_db_col_int(st, FF_C_LEDGER_WALLET_LAST_JOURNAL_ID),
        .month_spent = is_now ? ff_db_col_int(st, FF_C_LEDGER_WALLET_MONTH_SPENT_MINOR) : 0,
        .allowance_id = ff_db_col_int(st, FF_C_LEDGER_WALLET_ALLOWANCE_ID),
        .allowance = ff_db_col_int(st, FF_C_LEDGER_WALLET_ALLOWANCE_MINOR),
    };
    return FF_OK;
}

static enum ff_rc pocket_at(struct ff_ctx *cx, int64_t employee_id, const char *kind, int64_t at_ms,
                            int64_t *balance)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_BALANCE_AT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_BALANCE_AT_EMPLOYEE, employee_id);
    ff_db_text(st, FF_P_LEDGER_BALANCE_AT_KIND, kind);
    ff_db_int(st, FF_P_LEDGER_BALANCE_AT_AT, at_ms);
    rc = ff_db_row(cx, st, &row);
    *balance = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_BALANCE_AT_BALANCE_AFTER) : 0;
    return rc;
}

enum ff_rc ff_wallet_balance_at(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                                int64_t *balance)
{
    return pocket_at(cx, employee_id, "wallet", at_ms, balance);
}

/* Midnight UTC of a date, two days early: no purchase of that date was recorded before. */
static int64_t well_before(const char *date)
{
    char text[FF_INSTANT_CAP];
    int64_t ms = 0;
    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    return ff_instant_parse(text, &ms) ? ms - 2 * (int64_t)DAY_MS : INT64_MIN;
}

enum ff_rc ff_wallet_spent_at(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                              struct ff_spend *spend)
{
    FF_STMT *st = NULL;
    bool row = false;
    char day[FF_DATE_CAP], first[FF_DATE_CAP], last[FF_DATE_CAP];
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_SPENT_AT, &st);
    if (rc)
        return rc;
    date_of(cx, at_ms, day);
    ff_month_of(day, first, last);
    ff_db_int(st, FF_P_LEDGER_SPENT_AT_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_LEDGER_SPENT_AT_AT, at_ms);
    ff_db_int(st, FF_P_LEDGER_SPENT_AT_SINCE, well_before(first));
    ff_db_text(st, FF_P_LEDGER_SPENT_AT_DAY, day);
    ff_db_text(st, FF_P_LEDGER_SPENT_AT_FROM, first);
    ff_db_text(st, FF_P_LEDGER_SPENT_AT_TO, last);
    rc = ff_db_row(cx, st, &row);
    spend->month_spent = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_SPENT_AT_SPENT) : 0;
    spend->day_spent = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_SPENT_AT_DAY_SPENT) : 0;
    return rc;
}

/* ---- as the caller may see it ---- */

static void set_spendable(struct ff_balance *b)
{
    b->spendable = b->allowance + (b->balance > b->floor ? b->balance - b->floor : 0);
}

static void apply_own(struct ff_ctx *cx, struct ff_stmt *st, const char *today,
                      struct ff_spend *spend)
{
    const char *since = ff_db_col_text(cx, st, FF_C_LEDGER_WALLET_REACH_OWN_SINCE);
    const struct ff_own_limit own = {
        .daily = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_OWN_DAILY),
        .monthly = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_OWN_MONTHLY),
        .daily_before = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_OWN_DAILY_BEFORE),
        .monthly_before = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_OWN_MONTHLY_BEFORE),
        .since = since ? since : "",
    };
    ff_spend_apply_own(spend, &own, today);
}

static enum ff_rc read_reach(struct ff_ctx *cx, struct ff_stmt *st, struct ff_balance *out)
{
    char today[FF_DATE_CAP];
    const char *month = ff_db_col_text(cx, st, FF_C_LEDGER_WALLET_REACH_MONTH);
    const char *day = ff_db_col_text(cx, st, FF_C_LEDGER_WALLET_REACH_DAY);
    if (!month || !day)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    out->at = ff_clock_now_ms(cx->clock);
    date_of(cx, out->at, today);
    bool is_now = strncmp(month, today, MONTH_TEXT) == 0;
    out->balance = ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_BALANCE_MINOR);
    out->floor = ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_FLOOR_MINOR);
    out->has_allowance = !ff_db_col_null(st, FF_C_LEDGER_WALLET_REACH_ALLOWANCE_MINOR);
    out->allowance = ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_ALLOWANCE_MINOR);
    set_spendable(out);
    out->spend = (struct ff_spend){
        .purchase_limit = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_PURCHASE_LIMIT_MINOR),
        .daily_limit = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_DAILY_LIMIT_MINOR),
        .monthly_limit = ff_db_col_opt_int(st, FF_C_LEDGER_WALLET_REACH_MONTHLY_LIMIT_MINOR),
        .day_spent = strcmp(day, today) == 0
                         ? ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_DAY_SPENT_MINOR)
                         : 0,
        .month_spent = is_now ? ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_MONTH_SPENT_MINOR) : 0,
    };
    apply_own(cx, st, today, &out->spend);
    out->left_today = ff_spend_left_today(&out->spend);
    out->left_this_month = ff_spend_left_this_month(&out->spend);
    out->is_closed = ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_IS_CLOSED) == 1;
    return FF_OK;
}

enum ff_rc ff_wallet_reach(struct ff_ctx *cx, int64_t employee_id, struct ff_balance *out,
                           int64_t *account_id)
{
    struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_REACH, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_WALLET_REACH_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_LEDGER_WALLET_REACH_ALL, reach.all);
    ff_db_int(st, FF_P_LEDGER_WALLET_REACH_SELF, reach.self);
    ff_db_opt_int(st, FF_P_LEDGER_WALLET_REACH_DEPARTMENT, reach.department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return no_wallet(cx, employee_id);
    *out = (struct ff_balance){.employee_id = employee_id};
    *account_id = ff_db_col_int(st, FF_C_LEDGER_WALLET_REACH_ACCOUNT_ID);
    return read_reach(cx, st, out);
}

enum ff_rc ff_wallet_view(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                          struct ff_balance *out)
{
    int64_t account_id;
    enum ff_rc rc = ff_wallet_reach(cx, employee_id, out, &account_id);
    if (rc || at_ms == FF_NULL_INT || at_ms >= out->at)
        return rc;
    out->at = at_ms;
    if ((rc = ff_wallet_balance_at(cx, employee_id, at_ms, &out->balance)) ||
        (out->has_allowance &&
         (rc = pocket_at(cx, employee_id, "allowance", at_ms, &out->allowance))))
        return rc;
    set_spendable(out);
    rc = ff_wallet_spent_at(cx, employee_id, at_ms, &out->spend);
    out->left_today = ff_spend_left_today(&out->spend);
    out->left_this_month = ff_spend_left_this_month(&out->spend);
    return rc;
}
