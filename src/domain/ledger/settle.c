/* SPDX-License-Identifier: MIT */
/* settle.c - the last booking of a wallet: what is left is paid out or written off, and the wallet
 * takes no entry any more. Source: ledger.md, "Pay-out to a leaver", "Write-off". */
#include <stdio.h>

#include "base/ids.h"
#include "db/db.h"
#include "domain/ledger/wallet.h"

static enum ff_rc open_money(struct ff_ctx *cx, int64_t balance)
{
    enum ff_rc rc = FF_FAIL(cx, FF_ERASURE_BALANCE,
                            balance > 0 ? "The person still has money here: pay it out or write it "
                                          "off."
                                        : "The person still owes money: write it off, or have it "
                                          "paid first.");
    ff_err_number(cx, "balance", balance);
    return rc;
}

static bool fits(enum ff_settle how, int64_t balance)
{
    return how == FF_SETTLE_WRITEOFF || (how == FF_SETTLE_PAYOUT && balance > 0);
}

/* A key of its own: what makes a settlement happen once is that the wallet is closed after it. */
static enum ff_rc book(struct ff_ctx *cx, const struct ff_wallet *wallet, enum ff_settle how,
                       int64_t *journal_id)
{
    char key[FF_IDEM_KEY_CAP], uuid[37];
    struct ff_idem idem;
    int64_t other = 0;
    bool is_payout = how == FF_SETTLE_PAYOUT;
    enum ff_rc rc = ff_ledger_account(cx, is_payout ? "cash:main" : "adjust:writeoff",
                                      is_payout ? "cash" : "adjust", &other);
    if (rc)
        return rc;
    ff_uuid(uuid);
    snprintf(key, sizeof key, "settle-%s", uuid);
    ff_idem_make(cx, key, "settle", wallet->employee_id, wallet->account_id, "", 0, &idem);
    struct ff_posting p = {
        .kind = is_payout ? "payout" : "writeoff",
        .employee_id = wallet->employee_id,
        .entries = {{.account_id = wallet->account_id, .amount = -wallet->balance},
                    {.account_id = other, .amount = wallet->balance}},
        .n_entries = 2,
        .wallet_id = wallet->account_id,
        .wallet_balance = wallet->balance,
        .idem = &idem,
        .reason_code = "erasure",
        .enforce_floor = true,
    };
    rc = ff_ledger_post(cx, &p);
    *journal_id = p.journal_id;
    return rc;
}

static enum ff_rc close_account(struct ff_ctx *cx, int64_t account_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_CLOSE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_WALLET_CLOSE_ACCOUNT, account_id);
    return ff_db_run(cx, st);
}

enum ff_rc ff_ledger_settle(struct ff_ctx *cx, int64_t employee_id, enum ff_settle how,
                            int64_t *journal_id)
{
    struct ff_wallet wallet;
    *journal_id = 0;
    enum ff_rc rc = ff_wallet_get(cx, employee_id, &wallet);
    if (rc)
        return rc;
    if (wallet.balance != 0 && !fits(how, wallet.balance))
        return open_money(cx, wallet.balance);
    if (wallet.balance != 0 && (rc = book(cx, &wallet, how, journal_id)))
        return rc;
    rc = close_account(cx, wallet.account_id);
    return rc || !wallet.allowance_id ? rc : close_account(cx, wallet.allowance_id);
}
