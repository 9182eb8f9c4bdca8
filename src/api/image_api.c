/* SPDX-License-Identifier: MIT */
/* image_api.c - pictures of products: put, take away, show. */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "domain/catalog/image.h"

enum ff_rc ff_api_image_put(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_product *product = FF_NEW(rq->cx, struct ff_product);
    if (!product)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_image_put(rq->cx, rq->id, rq->raw, rq->raw_len, product);
    rp->data = product;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, product->version);
    return rc;
}

enum ff_rc ff_api_image_remove(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_image_remove(rq->cx, rq->id);
}

enum ff_rc ff_api_image_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_text picture;
    enum ff_rc rc = ff_image_get(rq->cx, rq->key, &picture);
    if (rc)
        return rc;
    rp->content_type = "image/webp";
    rp->text = picture.text;
    rp->text_len = picture.n;
    rp->etag = rq->key;
    return FF_OK;
}
