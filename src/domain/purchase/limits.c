/* SPDX-License-Identifier: MIT */
/* limits.c - what a person may spend. Limits refuse debits only. */
#include <string.h>

#include "base/money.h"
#include "domain/purchase/sale.h"

enum { MONTH_TEXT = 7 };

enum ff_rc ff_sale_check_limits(struct ff_ctx *cx, const struct ff_sale *s)
{
    const struct ff_buyer *who = &s->buyer;
    char limit[FF_AMOUNT_CAP], used[FF_AMOUNT_CAP];
    bool is_stored = strncmp(who->month, s->posting.business_date, MONTH_TEXT) == 0;
    int64_t spent = is_stored ? who->month_spent : 0, after;
    if (who->monthly_limit == FF_NULL_INT ||
        (ff_money_add(spent, s->own, &after) && after <= who->monthly_limit))
        return FF_OK;
    enum ff_rc rc =
        FF_FAIL(cx, FF_MONTHLY_LIMIT, "%s of the month's limit of %s is spent.",
                ff_sale_amount(cx, spent, used), ff_sale_amount(cx, who->monthly_limit, limit));
    ff_err_number(cx, "limit", who->monthly_limit);
    ff_err_number(cx, "spent", spent);
    ff_err_number(cx, "required", s->own);
    return rc;
}
