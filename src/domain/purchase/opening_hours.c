/* SPDX-License-Identifier: MIT */
/* opening_hours.c - whether anything is sold now, to this caller: the switch holds for all, a
 * closed day not for who books on behalf of others. */
#include "domain/purchase/sale.h"
#include "domain/site/counter.h"

enum ff_rc ff_sale_check_open(struct ff_ctx *cx, const struct ff_sale *s)
{
    const struct ff_actor *who = &cx->who;
    const bool has_power = who->is_cli || who->scope == FF_DEPT || who->scope == FF_ALL;
    return ff_counter_check_sale(cx, s->posting.business_date,
                                 has_power && who->employee_id != s->employee_id);
}
