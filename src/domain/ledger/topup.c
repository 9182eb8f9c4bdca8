/* SPDX-License-Identifier: MIT */
/* topup.c - money that comes into a wallet: the opening balance at migration, top-ups at the till.
 * Never refused by a limit; only the wallet's maximum bounds it. */
#include "domain/ledger/ledger.h"

#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/wallet.h"

static enum ff_rc check_amount(struct ff_ctx *cx, int64_t amount, int64_t max)
{
    if (amount >= 1 && amount <= max)
        return FF_OK;
    enum ff_rc rc =
        FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "The amount must be from 1 to %lld.", (long long)max);
    ff_err_number(cx, "amount", amount);
    ff_err_number(cx, "max", max);
    return rc;
}

static enum ff_rc check_room(struct ff_ctx *cx, int64_t balance, int64_t amount)
{
    int64_t after;
    if (ff_money_add(balance, amount, &after) && after <= FF_MONEY_WALLET_MAX)
        return FF_OK;
    enum ff_rc rc =
        FF_FAIL(cx, FF_BALANCE_LIMIT, "A balance is at most %lld.", (long long)FF_MONEY_WALLET_MAX);
    ff_err_number(cx, "balance", balance);
    ff_err_number(cx, "amount", amount);
    ff_err_number(cx, "max", FF_MONEY_WALLET_MAX);
    return rc;
}

/* Books wallet +amount against another account. */
static enum ff_rc credit(struct ff_ctx *cx, struct ff_posting *p, int64_t other_id, int64_t amount)
{
    p->entries[0] = (struct ff_entry){.account_id = p->wallet_id, .amount = amount};
    p->entries[1] = (struct ff_entry){.account_id = other_id, .amount = -amount};
    p->n_entries = 2;
    p->enforce_floor = true;
    return ff_ledger_post(cx, p);
}

enum ff_rc ff_ledger_opening(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                             const struct ff_idem *idem)
{
    struct ff_posting p = {.kind = "opening", .idem = idem, .employee_id = employee_id};
    struct ff_wallet wallet;
    int64_t opening = 0;
    enum ff_rc rc = check_amount(cx, amount, FF_MONEY_WALLET_MAX);
    if (rc || (rc = ff_wallet_get(cx, employee_id, &wallet)) ||
        (rc = check_room(cx, wallet.balance, amount)) ||
        (rc = ff_ledger_account(cx, "opening", "opening", &opening)))
        return rc;
    p.wallet_id = wallet.account_id;
    p.wallet_balance = wallet.balance;
    return credit(cx, &p, opening, amount);
}

/* ---- top-up ---- */

struct topup_job {
    int64_t employee_id, amount;
    const char *source;
    const struct ff_idem *idem;
    struct ff_topup *out;
};

static enum ff_rc replay(struct ff_ctx *cx, int64_t journal_id, struct ff_topup *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_TOPUP_ROW, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_TOPUP_ROW_JOURNAL, journal_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct ff_topup){
        .id = journal_id,
        .employee_id = ff_db_col_int(st, FF_C_LEDGER_TOPUP_ROW_EMPLOYEE_ID),
        .amount = ff_db_col_int(st, FF_C_LEDGER_TOPUP_ROW_AMOUNT_MINOR),
        .balance_after = ff_db_col_int(st, FF_C_LEDGER_TOPUP_ROW_BALANCE_AFTER),
        .recorded_at = ff_db_col_int(st, FF_C_LEDGER_TOPUP_ROW_RECORDED_AT_MS),
        .replayed = 1,
    };
    return FF_OK;
}

static enum ff_rc book(struct ff_ctx *cx, const struct topup_job *t)
{
    struct ff_posting p = {.kind = "topup", .idem = t->idem, .employee_id = t->employee_id};
    struct ff_balance wallet = {0};
    int64_t source = 0;
    bool is_bank = strcmp(t->source, "bank") == 0;
    enum ff_rc rc = ff_wallet_reach(cx, t->employee_id, &wallet, &p.wallet_id);
    if (rc)
        return rc;
    if (t->employee_id == cx->who.employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Nobody tops up their own wallet.");
    p.wallet_balance = wallet.balance;
    if ((rc = check_room(cx, wallet.balance, t->amount)) ||
        (rc = ff_ledger_account(cx, is_bank ? "bank" : "cash:main", is_bank ? "bank" : "cash",
                                &source)) ||
        (rc = credit(cx, &p, source, t->amount)))
        return rc;
    *t->out = (struct ff_topup){
        .id = p.journal_id,
        .employee_id = t->employee_id,
        .amount = t->amount,
        .balance_after = wallet.balance + t->amount,
        .recorded_at = p.recorded_at_ms,
    };
    return FF_OK;
}

static enum ff_rc topup(struct ff_ctx *cx, void *arg)
{
    const struct topup_job *t = arg;
    int64_t journal_id = 0;
    enum ff_rc rc = ff_ledger_find_key(cx, t->idem, &journal_id);
    if (rc)
        return rc;
    return journal_id ? replay(cx, journal_id, t->out) : book(cx, t);
}

enum ff_rc ff_ledger_topup(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                           const char *source, const struct ff_idem *idem, struct ff_topup *out)
{
    struct topup_job t = {employee_id, amount, source, idem, out};
    enum ff_rc rc = check_amount(cx, amount, FF_MONEY_TOTAL_MAX);
    return rc ? rc : ff_db_write(cx, topup, &t);
}
