/* SPDX-License-Identifier: MIT */
/* limits.c - what a person may spend: on one purchase, on a day, in a month. Limits refuse debits
 * only. Source: ledger.md, "Limits". */
#include <string.h>

#include "base/money.h"
#include "domain/purchase/sale.h"

enum { MONTH_TEXT = 7 };

/* FF_OK when `spent` and the purchase are within `limit`. */
static enum ff_rc check(struct ff_ctx *cx, const struct ff_sale *s, enum ff_rc refusal,
                        int64_t limit, int64_t spent)
{
    char most[FF_AMOUNT_CAP], used[FF_AMOUNT_CAP];
    int64_t after;
    if (limit == FF_NULL_INT || (ff_money_add(spent, s->own, &after) && after <= limit))
        return FF_OK;
    ff_sale_amount(cx, limit, most);
    ff_sale_amount(cx, spent, used);
    enum ff_rc rc = refusal == FF_PURCHASE_LIMIT
                        ? FF_FAIL(cx, refusal, "A purchase is at most %s.", most)
                        : FF_FAIL(cx, refusal, "%s of the %s limit of %s is spent.", used,
                                  refusal == FF_DAILY_LIMIT ? "day's" : "month's", most);
    ff_err_number(cx, "limit", limit);
    if (refusal != FF_PURCHASE_LIMIT)
        ff_err_number(cx, "spent", spent);
    ff_err_number(cx, "required", s->own);
    return rc;
}

enum ff_rc ff_sale_check_limits(struct ff_ctx *cx, const struct ff_sale *s)
{
    struct ff_spend may = s->buyer.spend;
    const char *today = s->posting.business_date;
    if (s->in->override)
        return FF_OK;
    ff_spend_apply_own(&may, &s->buyer.own_limit, today);
    const int64_t day_spent = strcmp(s->buyer.day, today) == 0 ? may.day_spent : 0;
    const int64_t month_spent =
        strncmp(s->buyer.month, today, MONTH_TEXT) == 0 ? may.month_spent : 0;
    enum ff_rc rc = check(cx, s, FF_PURCHASE_LIMIT, may.purchase_limit, 0);
    if (rc || (rc = check(cx, s, FF_DAILY_LIMIT, may.daily_limit, day_spent)))
        return rc;
    return check(cx, s, FF_MONTHLY_LIMIT, may.monthly_limit, month_spent);
}
