/* SPDX-License-Identifier: MIT */
/* category_api.c - categories: list, one, change. */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "domain/catalog/product.h"

enum ff_rc ff_api_category_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list categories;
    int64_t total;
    enum ff_rc rc = ff_category_list(rq->cx, &filter, &categories, &total);
    if (rc)
        return rc;
    rp->data = categories.items;
    rp->n = categories.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_category_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_category *category = FF_NEW(rq->cx, struct ff_category);
    if (!category)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_category_get(rq->cx, rq->id, category);
    rp->data = category;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, category->version);
    return rc;
}

enum ff_rc ff_api_category_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_category *category = FF_NEW(rq->cx, struct ff_category);
    if (!category)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_category_create(rq->cx, rq->body, category);
    rp->data = category;
    rp->location_id = category->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, category->version);
    return rc;
}

enum ff_rc ff_api_category_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_category *category = FF_NEW(rq->cx, struct ff_category);
    if (!category)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_category_change(rq->cx, rq->id, rq->if_match, rq->body, category);
    rp->data = category;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, category->version);
    return rc;
}

enum ff_rc ff_api_category_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_category_delete(rq->cx, rq->id, rq->if_match);
}
