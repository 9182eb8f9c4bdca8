/* SPDX-License-Identifier: MIT */
/* product_api.c - products: list, one, change, import, export; and the kiosk's shelf. */
#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "domain/catalog/product.h"
#include "domain/menu/menu.h"

static struct ff_product_filter filter_of(const struct ff_product_args *q)
{
    return (struct ff_product_filter){.page = q->list.page,
                                      .limit = q->list.limit,
                                      .sort = q->list.sort,
                                      .q = q->list.q,
                                      .category_id = q->category_id,
                                      .available = q->available,
                                      .archived = q->archived,
                                      .without = q->without,
                                      .diet = q->diet};
}

static enum ff_rc export_products(struct ff_req *rq, const struct ff_product_filter *filter,
                                  struct ff_reply *rp)
{
    const struct ff_product_args *q = rq->query;
    struct ff_text text;
    int decimals = ff_export_decimals(rq->cx, q->amounts);
    enum ff_rc rc = ff_product_export(rq->cx, filter, decimals, &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_product_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_product_args *q = rq->query;
    const struct ff_product_filter filter = filter_of(q);
    struct ff_list products;
    int64_t total;
    if (rq->wants_csv)
        return export_products(rq, &filter, rp);
    enum ff_rc rc = ff_product_list(rq->cx, &filter, &products, &total);
    if (rc)
        return rc;
    rp->data = products.items;
    rp->n = products.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_product_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_product *product = FF_NEW(rq->cx, struct ff_product);
    if (!product)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_product_get(rq->cx, rq->id, product);
    rp->data = product;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, product->version);
    return rc;
}

enum ff_rc ff_api_product_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_product *product = FF_NEW(rq->cx, struct ff_product);
    if (!product)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_product_create(rq->cx, rq->body, product);
    rp->data = product;
    rp->location_id = product->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, product->version);
    return rc;
}

enum ff_rc ff_api_product_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_product *product = FF_NEW(rq->cx, struct ff_product);
    if (!product)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_product_change(rq->cx, rq->id, rq->if_match, rq->body, product);
    rp->data = product;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, product->version);
    return rc;
}

enum ff_rc ff_api_product_switch(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_product_sale_in *in = rq->body;
    struct ff_product *product = FF_NEW(rq->cx, struct ff_product);
    if (!product)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_product_switch(rq->cx, rq->id, in->available, product);
    rp->data = product;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, product->version);
    return rc;
}

enum ff_rc ff_api_product_archive(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_product_archive(rq->cx, rq->id, rq->if_match);
}

enum ff_rc ff_api_product_import(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_import_result *result = FF_NEW(rq->cx, struct ff_import_result);
    if (!result)
        return rq->cx->err.rc;
    const struct ff_import_file file = ff_import_file_of(rq);
    rp->data = result;
    return ff_product_import(rq->cx, &file, result);
}

enum ff_rc ff_api_kiosk_catalogue(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_catalogue *all = FF_NEW(rq->cx, struct ff_catalogue);
    if (!all)
        return rq->cx->err.rc;
    rp->data = all;
    enum ff_rc rc = ff_product_shelf(rq->cx, &all->shelf);
    if (rc || (rc = ff_menu_served(rq->cx, &all->shelf.products, &all->served)))
        return rc;
    if (all->served.valid_until != FF_NULL_INT)
        rp->valid_until = all->served.valid_until;
    return FF_OK;
}
