/* SPDX-License-Identifier: MIT */
/* bounds.c - how much a wallet can hold and give, said in one way wherever it is asked. */
#include "domain/ledger/ledger.h"

#include "base/money.h"
#include "domain/site/site.h"

enum ff_rc ff_wallet_check_room(struct ff_ctx *cx, int64_t balance, int64_t amount)
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

enum ff_rc ff_wallet_check_cover(struct ff_ctx *cx, int64_t spendable, int64_t amount)
{
    char have[FF_AMOUNT_CAP], need[FF_AMOUNT_CAP];
    const struct ff_site_settings settings = ff_site_get(cx);
    if (amount <= spendable)
        return FF_OK;
    ff_site_amount(&settings, spendable, have);
    ff_site_amount(&settings, amount, need);
    enum ff_rc rc =
        FF_FAIL(cx, FF_INSUFFICIENT_BALANCE, "The balance of %s does not cover %s.", have, need);
    ff_err_number(cx, "balance", spendable);
    ff_err_number(cx, "required", amount);
    ff_err_number(cx, "missing", amount - spendable);
    return rc;
}
