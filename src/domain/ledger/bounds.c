/* SPDX-License-Identifier: MIT */
/* bounds.c - how much a wallet can hold and give, said in one way wherever it is asked. */
#include "domain/ledger/ledger.h"

#include <string.h>

#include "base/money.h"
#include "domain/site/site.h"

static enum ff_rc check_room(struct ff_ctx *cx, int64_t balance, int64_t amount, int64_t max)
{
    int64_t after;
    if (ff_money_add(balance, amount, &after) && after <= max)
        return FF_OK;
    const struct ff_site_settings settings = ff_site_get(cx);
    char most[FF_AMOUNT_CAP];
    ff_site_amount(&settings, max, most);
    enum ff_rc rc = FF_FAIL(cx, FF_BALANCE_LIMIT, "A balance is at most %s.", most);
    ff_err_number(cx, "balance", balance);
    ff_err_number(cx, "amount", amount);
    ff_err_number(cx, "max", max);
    return rc;
}

enum ff_rc ff_wallet_check_room(struct ff_ctx *cx, int64_t balance, int64_t amount)
{
    return check_room(cx, balance, amount, FF_MONEY_WALLET_MAX);
}

enum ff_rc ff_wallet_check_topup(struct ff_ctx *cx, int64_t balance, int64_t amount)
{
    return check_room(cx, balance, amount, ff_site_get(cx).wallet_max);
}

/* ---- limits ---- */

int64_t ff_limit_lower(int64_t a, int64_t b)
{
    if (a == FF_NULL_INT || b == FF_NULL_INT)
        return a == FF_NULL_INT ? b : a;
    return a < b ? a : b;
}

void ff_spend_apply_own(struct ff_spend *s, const struct ff_own_limit *own, const char *today)
{
    const bool is_new = strcmp(today, own->since) >= 0;
    s->daily_limit = ff_limit_lower(s->daily_limit, is_new ? own->daily : own->daily_before);
    s->monthly_limit =
        ff_limit_lower(s->monthly_limit, is_new ? own->monthly : own->monthly_before);
}

static int64_t left(int64_t limit, int64_t spent)
{
    if (limit == FF_NULL_INT)
        return FF_NULL_INT;
    return limit > spent ? limit - spent : 0;
}

int64_t ff_spend_left_this_month(const struct ff_spend *s)
{
    return left(s->monthly_limit, s->month_spent);
}

int64_t ff_spend_left_today(const struct ff_spend *s)
{
    return ff_limit_lower(left(s->daily_limit, s->day_spent), ff_spend_left_this_month(s));
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
