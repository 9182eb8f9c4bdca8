/* SPDX-License-Identifier: MIT */
/* barcode_api.c - what a scanner reads off a product: list, give, take away, find. */
#include "api/catalog_types.h"
#include "api/handlers.h"
#include "api/list_fields.h"
#include "domain/catalog/barcode.h"

enum ff_rc ff_api_barcode_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list codes;
    int64_t total;
    enum ff_rc rc = ff_barcode_list(rq->cx, rq->id, q->page, q->limit, &codes, &total);
    if (rc)
        return rc;
    rp->data = codes.items;
    rp->n = codes.n;
    rp->page = ff_page_of(q, total);
    return FF_OK;
}

enum ff_rc ff_api_barcode_add(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_barcode_new *in = rq->body;
    struct ff_barcode *code = FF_NEW(rq->cx, struct ff_barcode);
    if (!code)
        return rq->cx->err.rc;
    rp->data = code;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/products/by-barcode/%s", in->code);
    return ff_barcode_add(rq->cx, rq->id, in->code, code);
}

enum ff_rc ff_api_barcode_remove(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_barcode_remove(rq->cx, rq->id, rq->key);
}

enum ff_rc ff_api_product_by_barcode(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_product *product = FF_NEW(rq->cx, struct ff_product);
    if (!product)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_product_by_barcode(rq->cx, rq->key, product);
    rp->data = product;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, product->version);
    return rc;
}
