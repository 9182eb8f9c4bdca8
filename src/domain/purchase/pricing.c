/* SPDX-License-Identifier: MIT */
/* pricing.c - what the tray costs now: prices come from the catalogue, never from the client. */
#include "base/money.h"
#include "domain/catalog/price.h"
#include "domain/catalog/product.h"
#include "domain/purchase/sale.h"

static void shorten(struct ff_sale *s, int64_t seconds)
{
    if (s->undo_seconds == FF_NULL_INT || seconds < s->undo_seconds)
        s->undo_seconds = seconds;
}

enum ff_rc ff_sale_price(struct ff_ctx *cx, struct ff_sale *s)
{
    s->total = 0;
    s->undo_seconds = FF_NULL_INT;
    enum ff_rc due = ff_price_begin(cx, s->posting.business_date);
    if (due)
        return due;
    for (size_t i = 0; i < s->n_lines; i++) {
        struct ff_line *line = &s->lines[i];
        struct ff_product_sale sale;
        enum ff_rc rc = ff_product_for_sale(cx, line->product_id, &sale);
        if (rc || (rc = ff_stock_look(cx, line->product_id, s->posting.business_date,
                                      sale.availability, &s->stock[i])))
            return rc;
        shorten(s, sale.undo_seconds == FF_NULL_INT ? s->undo_window : sale.undo_seconds);
        line->name = sale.name;
        line->unit_price = sale.price;
        line->tax_rate = sale.tax_rate;
        line->category_id = sale.category_id;
        line->subsidy = line->allowance = 0;
        s->is_menu_only[i] = sale.menu_only != 0;
        s->rules[i] = (struct ff_sale_rule){.max_per_purchase = sale.max_per_purchase,
                                            .max_per_day = sale.max_per_day};
        if (!ff_money_mul(sale.price, line->quantity, &line->total) ||
            !ff_money_tax(line->total, sale.tax_rate, &line->tax) ||
            !ff_money_add(s->total, line->total, &s->total) || s->total > FF_MONEY_TOTAL_MAX) {
            rc = FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "A purchase is at most %lld.",
                         (long long)FF_MONEY_TOTAL_MAX);
            ff_err_number(cx, "min", 1);
            ff_err_number(cx, "max", FF_MONEY_TOTAL_MAX);
            return rc;
        }
    }
    ff_sale_share(s);
    return FF_OK;
}

void ff_sale_share(struct ff_sale *s)
{
    s->subsidy = s->allowance = 0;
    for (size_t i = 0; i < s->n_lines; i++) {
        s->subsidy += s->lines[i].subsidy;
        s->allowance += s->lines[i].allowance;
    }
    s->own = s->total - s->subsidy - s->allowance;
}

const char *ff_sale_amount(struct ff_ctx *cx, int64_t minor, char out[FF_AMOUNT_CAP])
{
    struct ff_site_settings settings = ff_site_get(cx);
    ff_site_amount(&settings, minor, out);
    return out;
}

enum ff_rc ff_sale_check_expected(struct ff_ctx *cx, const struct ff_sale *s)
{
    char was[FF_AMOUNT_CAP], is[FF_AMOUNT_CAP];
    int64_t expected = s->in->expected_total;
    if (expected == FF_NULL_INT || expected == s->total)
        return FF_OK;
    enum ff_rc rc = FF_FAIL(cx, FF_PRICE_CHANGED, "The total is %s, not %s.",
                            ff_sale_amount(cx, s->total, is), ff_sale_amount(cx, expected, was));
    ff_err_number(cx, "expected", expected);
    ff_err_number(cx, "total", s->total);
    return rc;
}
