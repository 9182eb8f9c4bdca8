/* SPDX-License-Identifier: MIT */
/* purchase_api.c - buy, read, undo. A repeated request is answered with 200 and says so. */
#include <inttypes.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/purchase_types.h"
#include "domain/purchase/purchase.h"

/* The request's key; its fingerprint covers who asks, which route and path, and the raw body. */
static struct ff_idem idem_of(const struct ff_req *rq)
{
    struct ff_idem idem;
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                 rq->raw, rq->raw_len, &idem);
    return idem;
}

enum ff_rc ff_api_purchase_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_purchase *p = FF_NEW(rq->cx, struct ff_purchase);
    struct ff_idem idem = idem_of(rq);
    if (!p)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_purchase_create(rq->cx, rq->body, &idem, p);
    rp->data = p;
    rp->location_id = p->id;
    rp->replayed = p->replayed != 0;
    return rc;
}

enum ff_rc ff_api_purchase_quote(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_quote *quote = FF_NEW(rq->cx, struct ff_quote);
    if (!quote)
        return rq->cx->err.rc;
    rp->data = quote;
    return ff_purchase_quote(rq->cx, rq->body, quote);
}

static enum ff_rc export_purchases(struct ff_req *rq, const struct ff_purchase_filter *filter,
                                   struct ff_reply *rp)
{
    const struct ff_purchase_query *q = rq->query;
    struct ff_text text;
    enum ff_rc rc =
        ff_purchase_export(rq->cx, filter, ff_export_decimals(rq->cx, q->amounts), &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_purchase_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_purchase_query *q = rq->query;
    bool by_cursor = q->after != FF_NULL_INT;
    const struct ff_purchase_filter filter = {
        .employee_id = q->employee_id,
        .from = q->from,
        .to = q->to,
        .page = q->list.page,
        .limit = q->list.limit,
        .after = by_cursor ? q->after : 0,
        .by_cursor = by_cursor,
    };
    struct ff_list rows = {0};
    if (rq->wants_csv)
        return export_purchases(rq, &filter, rp);
    rp->page = (struct ff_page){.page = q->list.page, .limit = q->list.limit};
    enum ff_rc rc = ff_purchase_list(rq->cx, &filter, &rows, &rp->page.total, &rp->page.next);
    rp->data = rows.items;
    rp->n = rows.n;
    return rc;
}

enum ff_rc ff_api_purchase_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_purchase *p = FF_NEW(rq->cx, struct ff_purchase);
    if (!p)
        return rq->cx->err.rc;
    rp->data = p;
    return ff_purchase_get(rq->cx, rq->id, p);
}

enum ff_rc ff_api_purchase_by_key(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_purchase *p = FF_NEW(rq->cx, struct ff_purchase);
    if (!p)
        return rq->cx->err.rc;
    rp->data = p;
    return ff_purchase_by_key(rq->cx, rq->key, p);
}

enum ff_rc ff_api_purchase_undo(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_undo *u = FF_NEW(rq->cx, struct ff_undo);
    struct ff_idem idem = idem_of(rq);
    if (!u)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_purchase_undo(rq->cx, rq->id, &idem, u);
    rp->data = u;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/purchases/%" PRId64, rq->id);
    rp->replayed = u->replayed != 0;
    return rc;
}
