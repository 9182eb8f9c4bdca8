/* SPDX-License-Identifier: MIT */
/* stock.c - a tray against the shelf: refused before the booking, taken after it, in one job. */
#include "domain/purchase/sale.h"

enum ff_rc ff_sale_check_stock(struct ff_ctx *cx, const struct ff_sale *s)
{
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < s->n_lines && !rc; i++)
        rc = ff_stock_check(cx, s->lines[i].product_id, s->lines[i].name, &s->stock[i],
                            s->lines[i].quantity);
    return rc;
}

enum ff_rc ff_sale_take_stock(struct ff_ctx *cx, const struct ff_sale *s)
{
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < s->n_lines && !rc; i++) {
        const struct ff_stock_sale sale = {.product_id = s->lines[i].product_id,
                                           .quantity = s->lines[i].quantity,
                                           .journal_id = s->posting.journal_id,
                                           .date = s->posting.business_date,
                                           .now = &s->stock[i]};
        rc = ff_stock_sell(cx, &sale);
    }
    return rc;
}
