/* SPDX-License-Identifier: MIT */
/* reprice.c - many prices changed at once: computed in whole minor units, shown before it is done,
 * done for all or for none. */
#include "base/money.h"
#include "domain/catalog/price_repo.h"

enum { MENU_MAX = 2000, MILLION = 1000000 };

struct change {
    const struct ff_reprice_new *in;
    const char *day;
    struct ff_reprice *out;
};

static enum ff_rc out_of_range(struct ff_ctx *cx, const struct ff_product *p)
{
    enum ff_rc rc =
        FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "The price of \"%s\" would leave its bounds.", p->name);
    ff_err_number(cx, "min", 1);
    ff_err_number(cx, "max", FF_MONEY_PRICE_MAX);
    ff_err_text(cx, "product", p->name);
    return rc;
}

/* The new price: to the nearest multiple of round_to, halves up. At most 1.1e13 before rounding. */
static enum ff_rc price_of(struct ff_ctx *cx, const struct ff_reprice_new *in,
                           const struct ff_product *p, int64_t *price)
{
    bool is_percent = in->percent != FF_NULL_INT;
    int64_t step = in->round_to == FF_NULL_INT ? 1 : in->round_to;
    int64_t scaled =
        is_percent ? p->price * (MILLION + in->percent) : (p->price + in->amount) * MILLION;
    int64_t unit = MILLION * step;
    if (scaled < 0)
        return out_of_range(cx, p);
    *price = (2 * scaled + unit) / (2 * unit) * step;
    return *price < 1 || *price > FF_MONEY_PRICE_MAX ? out_of_range(cx, p) : FF_OK;
}

static enum ff_rc check_category(struct ff_ctx *cx, int64_t id)
{
    struct ff_category category;
    enum ff_rc rc = id == FF_NULL_INT ? FF_OK : ff_category_get(cx, id, &category);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return ff_field_fail(cx, "/categoryId", "VALUE", "There is no such category.");
}

/* The products it is about, by place on the menu. */
static enum ff_rc read_menu(struct ff_ctx *cx, int64_t category_id, struct ff_list *out)
{
    const struct ff_product_filter all = {.page = 1,
                                          .limit = MENU_MAX,
                                          .category_id = category_id,
                                          .available = FF_NULL_INT,
                                          .archived = 0,
                                          .without = FF_NULL_INT,
                                          .diet = FF_NULL_INT};
    int64_t total;
    enum ff_rc rc = ff_product_list(cx, &all, out, &total);
    if (!rc && total > MENU_MAX)
        return FF_FAIL(cx, FF_VALIDATION, "More than %d products: take one category at a time.",
                       (int)MENU_MAX);
    return rc;
}

static enum ff_rc put(struct ff_ctx *cx, struct change *c, struct ff_rows *rows,
                      const struct ff_product *p)
{
    int64_t price = 0;
    enum ff_rc rc = price_of(cx, c->in, p, &price);
    if (rc)
        return rc;
    if (price == p->price) {
        c->out->same++;
        return FF_OK;
    }
    struct ff_repriced *item = ff_rows_add(cx, rows, sizeof *item);
    if (!item)
        return cx->err.rc;
    *item = (struct ff_repriced){p->id, p->name, p->price, price};
    return c->in->dry_run == 1 ? FF_OK : ff_price_put(cx, p, price, c->day, "product.reprice");
}

/* In a job, or outside for a dry run. */
static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_list menu;
    struct ff_rows rows = {0};
    *c->out = (struct ff_reprice){.dry_run = c->in->dry_run == 1, .valid_from = c->day};
    enum ff_rc rc = check_category(cx, c->in->category_id);
    if (rc || (rc = read_menu(cx, c->in->category_id, &menu)))
        return rc;
    const struct ff_product *products = menu.items;
    for (size_t i = 0; !rc && i < menu.n; i++)
        rc = put(cx, c, &rows, &products[i]);
    c->out->items = rows.list;
    return rc;
}

enum ff_rc ff_price_change(struct ff_ctx *cx, const struct ff_reprice_new *in,
                           struct ff_reprice *out)
{
    struct change c = {.in = in, .out = out};
    if ((in->percent == FF_NULL_INT) == (in->amount == FF_NULL_INT))
        return ff_field_fail(cx, "/percentPpm", "VALUE", "Give percentPpm or amount, one of them.");
    enum ff_rc rc = ff_price_day(cx, in->valid_from, &c.day);
    if (rc)
        return rc;
    return in->dry_run == 1 ? change(cx, &c) : ff_db_write(cx, change, &c);
}
