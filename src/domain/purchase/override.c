/* SPDX-License-Identifier: MIT */
/* override.c - a purchase that somebody with power over the person books in spite of limits, bans
 * and the floor: with a reason, in the record beside both of them. Never for oneself, never at a
 * kiosk. Source: ledger.md, "Overrides". */
#include "base/money.h"
#include "domain/purchase/sale.h"

static bool has_power(const struct ff_actor *who)
{
    return who->is_cli || (!who->device_id && (who->scope == FF_DEPT || who->scope == FF_ALL));
}

enum ff_rc ff_sale_may_override(struct ff_ctx *cx, const struct ff_sale *s)
{
    if (!s->in->override)
        return FF_OK;
    if (!has_power(&cx->who))
        return FF_FAIL(cx, FF_FORBIDDEN, "Only a manager or an admin may override limits.");
    if (s->employee_id == cx->who.employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Someone else must override your limits.");
    return FF_OK;
}

void ff_sale_override(struct ff_sale *s)
{
    if (!s->in->override)
        return;
    s->posting.enforce_floor = false;
    s->posting.reason_code = "manager_override";
    s->posting.note = s->in->override->reason;
}

enum ff_rc ff_sale_check_floor(struct ff_ctx *cx, const struct ff_sale *s)
{
    const int64_t floor = s->in->override ? -FF_MONEY_WALLET_MAX : s->buyer.floor;
    return ff_wallet_check_cover(cx, s->buyer.balance - floor, s->own);
}
