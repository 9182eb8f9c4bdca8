/* SPDX-License-Identifier: MIT */
/* price_api.c - prices: their history, planned ones, many at once. */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/catalog/price.h"

struct price_new {
    int64_t price;
    const char *valid_from;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

#define AT(member) offsetof(struct ff_price, member)
static const struct ff_field price_f[] = {
    { "id",         FF_T_INT,     AT(id),          FF_F_REQUIRED, 1, INT64_MAX,
      "line of the history", NULL, NULL },
    { "price",      FF_T_MONEY,   AT(price),       FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX,
      "of one piece", NULL, NULL },
    { "validFrom",  FF_T_DATE,    AT(valid_from),  NULLABLE, 0, 0,
      "business day it begins; null: before the history was kept", NULL, NULL },
    { "planned",    FF_T_BOOL,    AT(planned),     FF_F_REQUIRED, 0, 0,
      "true: still to come", NULL, NULL },
    { "recordedAt", FF_T_INSTANT, AT(recorded_at), FF_F_REQUIRED, 0, 0,
      "when it was set or planned", NULL, NULL },
    { "setBy",      FF_T_TEXT,    AT(set_by),      NULLABLE, 0, 100,
      "name of the account; null: the command line", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_price = {
    .name = "Price", .size = sizeof(struct ff_price), .set_offset = FF_NO_SET,
    FF_FIELDS(price_f) };

#define AT(member) offsetof(struct price_new, member)
static const struct ff_field price_new_f[] = {
    { "price",     FF_T_MONEY, AT(price),      FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX,
      "of one piece", NULL, NULL },
    { "validFrom", FF_T_DATE,  AT(valid_from), FF_F_NULLABLE, 0, 0,
      "business day it begins, within two years; at once when absent", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_price_new = {
    .name = "PriceNew", .size = sizeof(struct price_new), .set_offset = FF_NO_SET,
    FF_FIELDS(price_new_f) };

#define AT(member) offsetof(struct ff_reprice_new, member)
static const struct ff_field reprice_new_f[] = {
    { "categoryId", FF_T_INT,   AT(category_id), FF_F_NULLABLE, 1, INT64_MAX,
      "only this category; all living products when absent", NULL, NULL },
    { "percentPpm", FF_T_INT,   AT(percent),     FF_F_NULLABLE, -900000, 10000000,
      "by how much, in parts per million; 50000 is 5 % more", NULL, NULL },
    { "amount",     FF_T_MONEY, AT(amount),      FF_F_NULLABLE, -FF_MONEY_PRICE_MAX,
      FF_MONEY_PRICE_MAX, "or by this amount", NULL, NULL },
    { "roundTo",    FF_T_MONEY, AT(round_to),    FF_F_NULLABLE, 1, 100000,
      "to a multiple of it, halves up; 1 when absent", NULL, NULL },
    { "validFrom",  FF_T_DATE,  AT(valid_from),  FF_F_NULLABLE, 0, 0,
      "business day they begin; at once when absent", NULL, NULL },
    { "dryRun",     FF_T_BOOL,  AT(dry_run),     0, 0, 0,
      "say what would change, change nothing", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_reprice_new = {
    .name = "PriceChangesNew", .size = sizeof(struct ff_reprice_new), .set_offset = FF_NO_SET,
    FF_FIELDS(reprice_new_f) };

#define AT(member) offsetof(struct ff_repriced, member)
static const struct ff_field repriced_f[] = {
    { "productId", FF_T_INT,   AT(product_id), FF_F_REQUIRED, 1, INT64_MAX, "product", NULL, NULL },
    { "name",      FF_T_TEXT,  AT(name),       FF_F_REQUIRED, 1, 100, "its name", NULL, NULL },
    { "before",    FF_T_MONEY, AT(before),     FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX,
      "price of now", NULL, NULL },
    { "after",     FF_T_MONEY, AT(after),      FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX,
      "price then", NULL, NULL },
};
#undef AT
static const struct ff_schema repriced_schema = {
    .name = "PriceChange", .size = sizeof(struct ff_repriced), .set_offset = FF_NO_SET,
    FF_FIELDS(repriced_f) };

#define AT(member) offsetof(struct ff_reprice, member)
static const struct ff_field reprice_f[] = {
    { "dryRun",    FF_T_BOOL, AT(dry_run),    FF_F_REQUIRED, 0, 0, "nothing was changed", NULL,
      NULL },
    { "validFrom", FF_T_DATE, AT(valid_from), NULLABLE, 0, 0,
      "business day they begin; null: at once", NULL, NULL },
    { "same",      FF_T_INT,  AT(same),       FF_F_REQUIRED, 0, 2000,
      "products whose price stays", NULL, NULL },
    { "items",     FF_T_LIST, AT(items),      FF_F_REQUIRED, 0, 2000,
      "those that change, in the order of the menu", &repriced_schema, NULL },
};
#undef AT
const struct ff_schema ff_schema_reprice = {
    .name = "PriceChanges", .size = sizeof(struct ff_reprice), .set_offset = FF_NO_SET,
    FF_FIELDS(reprice_f) };
/* clang-format on */

enum ff_rc ff_api_price_history(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list prices;
    int64_t total;
    enum ff_rc rc = ff_price_tend(rq->cx);
    if (rc || (rc = ff_price_history(rq->cx, rq->id, q->page, q->limit, &prices, &total)))
        return rc;
    rp->data = prices.items;
    rp->n = prices.n;
    rp->page = ff_page_of(q, total);
    return FF_OK;
}

enum ff_rc ff_api_price_set(struct ff_req *rq, struct ff_reply *rp)
{
    const struct price_new *in = rq->body;
    struct ff_price *price = FF_NEW(rq->cx, struct ff_price);
    if (!price)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_price_set(rq->cx, rq->id, in->price, in->valid_from, price);
    rp->data = price;
    rp->location_id = price->id;
    return rc;
}

enum ff_rc ff_api_price_cancel(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_price_cancel(rq->cx, rq->id, rq->sub_id);
}

enum ff_rc ff_api_price_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_reprice *changes = FF_NEW(rq->cx, struct ff_reprice);
    if (!changes)
        return rq->cx->err.rc;
    rp->data = changes;
    return ff_price_change(rq->cx, rq->body, changes);
}
