/* SPDX-License-Identifier: MIT */
/* quote.c - what a tray would cost and who would pay it, by the steps of a sale, without booking.
 */
#include "domain/purchase/sale.h"

/* The day and hour of now; a quote is in no month. */
static void date(struct ff_ctx *cx, struct ff_posting *p)
{
    p->recorded_at_ms = ff_clock_now_ms(cx->clock);
    ff_business_date(p->recorded_at_ms, (int)ff_site_get(cx).day_start_min, p->business_date);
}

enum ff_rc ff_purchase_quote(struct ff_ctx *cx, const struct ff_purchase_new *in,
                             struct ff_quote *out)
{
    struct ff_sale s = {0};
    date(cx, &s.posting);
    enum ff_rc rc = ff_sale_read(cx, in, &s);
    if (rc || (rc = ff_sale_prepare(cx, &s, false)))
        return rc;
    *out = (struct ff_quote){.employee_id = s.buyer.id,
                             .total = s.total,
                             .subsidy = s.subsidy,
                             .allowance = s.allowance,
                             .own = s.own,
                             .balance_after = s.buyer.balance - s.own};
    return ff_sale_lines(cx, &s, &out->items);
}
