/* SPDX-License-Identifier: MIT */
/* account.c - accounts, made on first use, and wallets: making, reading, reading at an instant.
 * A wallet's balance is moved by entries alone (post.c); nothing here writes it. */
#include "domain/ledger/ledger.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/site/site.h"

enum { DAY_MS = 86400000, MONTH_TEXT = 7 };

static enum ff_rc make_account(struct ff_ctx *cx, const char *code, const char *kind,
                               int64_t employee_id, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_ACCOUNT_MAKE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_ACCOUNT_MAKE_CODE, code);
    ff_db_text(st, FF_P_LEDGER_ACCOUNT_MAKE_KIND, kind);
    ff_db_opt_int(st, FF_P_LEDGER_ACCOUNT_MAKE_EMPLOYEE, employee_id);
    rc = ff_db_row(cx, st, &row);
    if (!rc)
        *id = ff_db_col_int(st, FF_C_LEDGER_ACCOUNT_MAKE_ID);
    return rc;
}

static enum ff_rc find_account(struct ff_ctx *cx, const char *code, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_ACCOUNT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_ACCOUNT_CODE, code);
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_ACCOUNT_ID) : 0;
    return rc;
}

enum ff_rc ff_ledger_account(struct ff_ctx *cx, const char *code, const char *kind, int64_t *id)
{
    enum ff_rc rc = find_account(cx, code, id);
    return rc || *id ? rc : make_account(cx, code, kind, FF_NULL_INT, id);
}

enum ff_rc ff_wallet_create(struct ff_ctx *cx, int64_t employee_id)
{
    FF_STMT *st = NULL;
    int64_t account_id = 0;
    const char *code = ff_arena_printf(cx->arena, "wallet:%lld", (long long)employee_id);
    if (!code)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    enum ff_rc rc = make_account(cx, code, "wallet", employee_id, &account_id);
    if (rc || (rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_MAKE, &st)))
        return rc;
    ff_db_int(st, FF_P_LEDGER_WALLET_MAKE_ACCOUNT, account_id);
    return ff_db_run(cx, st);
}

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
    };
    return FF_OK;
}

enum ff_rc ff_wallet_balance_at(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                                int64_t *balance)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_BALANCE_AT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_BALANCE_AT_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_LEDGER_BALANCE_AT_AT, at_ms);
    rc = ff_db_row(cx, st, &row);
    *balance = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_BALANCE_AT_BALANCE_AFTER) : 0;
    return rc;
}

/* Midnight UTC of a date, two days early: no purchase of that date was recorded before. */
static int64_t well_before(const char *date)
{
    char text[FF_INSTANT_CAP];
    int64_t ms = 0;
    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    return ff_instant_parse(text, &ms) ? ms - 2 * (int64_t)DAY_MS : INT64_MIN;
}

enum ff_rc ff_wallet_spent_at(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms, int64_t *spent)
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
    ff_db_text(st, FF_P_LEDGER_SPENT_AT_FROM, first);
    ff_db_text(st, FF_P_LEDGER_SPENT_AT_TO, last);
    rc = ff_db_row(cx, st, &row);
    *spent = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_SPENT_AT_SPENT) : 0;
    return rc;
}
