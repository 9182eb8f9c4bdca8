/* SPDX-License-Identifier: MIT */
/* opening.c - the balance that a person brings along at migration: never refused by a limit, only
 * the wallet's maximum bounds it. */
#include "domain/ledger/ledger.h"

#include "base/money.h"
#include "db/db.h"

static enum ff_rc check_amount(struct ff_ctx *cx, int64_t amount)
{
    if (amount >= 1 && amount <= FF_MONEY_WALLET_MAX)
        return FF_OK;
    enum ff_rc rc = FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "The amount must be from 1 to %lld.",
                            (long long)FF_MONEY_WALLET_MAX);
    ff_err_number(cx, "amount", amount);
    ff_err_number(cx, "min", 1);
    ff_err_number(cx, "max", FF_MONEY_WALLET_MAX);
    return rc;
}

enum ff_rc ff_ledger_opening(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                             const struct ff_idem *idem)
{
    struct ff_posting p = {.kind = "opening",
                           .idem = idem,
                           .employee_id = employee_id,
                           .enforce_floor = true,
                           .n_entries = 2};
    struct ff_wallet wallet;
    int64_t opening = 0;
    enum ff_rc rc = check_amount(cx, amount);
    if (rc || (rc = ff_wallet_get(cx, employee_id, &wallet)) ||
        (rc = ff_wallet_check_room(cx, wallet.balance, amount)) ||
        (rc = ff_ledger_account(cx, "opening", "opening", &opening)))
        return rc;
    p.wallet_id = wallet.account_id;
    p.wallet_balance = wallet.balance;
    p.entries[0] = (struct ff_entry){.account_id = wallet.account_id, .amount = amount};
    p.entries[1] = (struct ff_entry){.account_id = opening, .amount = -amount};
    return ff_ledger_post(cx, &p);
}
