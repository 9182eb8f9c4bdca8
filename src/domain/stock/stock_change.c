/* SPDX-License-Identifier: MIT */
/* stock_change.c - what managers do to a level: begin to track it, receive, count, write off. */
#include "domain/audit/audit.h"
#include "domain/stock/stock_repo.h"

#include <string.h>

/* FF_OUT_OF_STOCK as everybody says it. */
static enum ff_rc too_few(struct ff_ctx *cx, int64_t product_id, const char *product, int64_t left)
{
    enum ff_rc rc = left > 0 ? FF_FAIL(cx, FF_OUT_OF_STOCK, "Of %s only %lld are left.", product,
                                       (long long)left)
                             : FF_FAIL(cx, FF_OUT_OF_STOCK, "%s is sold out.", product);
    ff_err_number(cx, "productId", product_id);
    ff_err_text(cx, "product", product);
    ff_err_number(cx, "left", left > 0 ? left : 0);
    return rc;
}

enum ff_rc ff_stock_check(struct ff_ctx *cx, int64_t product_id, const char *product,
                          const struct ff_stock_now *now, int64_t quantity)
{
    int64_t left = INT64_MAX;
    if (now->level != FF_NULL_INT && !now->negative_ok)
        left = now->level;
    if (now->remaining != FF_NULL_INT && now->is_limited && now->remaining < left)
        left = now->remaining;
    return quantity <= left ? FF_OK : too_few(cx, product_id, product, left);
}

/* ---- how it is tracked ---- */

struct change {
    int64_t product_id;
    const struct ff_stock_in *in;
    struct ff_stock *out;
};

static bool has(const struct ff_stock_in *in, enum ff_stock_field field)
{
    return in->set >> field & 1;
}

static enum ff_rc apply(struct ff_ctx *cx, const struct ff_stock_in *in, struct ff_stock *s)
{
    if (has(in, FF_STOCK_KIND)) {
        s->kind = in->kind;
        s->negative_ok = strcmp(in->kind, "shelf") == 0;
    }
    if (has(in, FF_STOCK_LOW_WATER))
        s->low_water = in->low_water;
    if (has(in, FF_STOCK_NEGATIVE_OK))
        s->negative_ok = in->negative_ok;
    s->tracked = has(in, FF_STOCK_TRACKED) ? in->tracked : s->tracked;
    if (s->negative_ok && strcmp(s->kind, "portion") == 0)
        return ff_field_fail(cx, "/negativeOk", "VALUE", "Portions never fall below 0.");
    if (!s->negative_ok && s->quantity < 0)
        return ff_field_fail(cx, "/negativeOk", "VALUE", "The level is below 0: count it first.");
    return FF_OK;
}

static enum ff_rc find_product(struct ff_ctx *cx, int64_t id, const char **availability)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_PRODUCT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STOCK_PRODUCT_PRODUCT, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such product.");
    *availability = ff_db_col_text(cx, st, FF_C_STOCK_PRODUCT_AVAILABILITY);
    return *availability ? FF_OK : cx->err.rc;
}

enum { VALUES = 4 };

static size_t list_values(const struct ff_stock *s, struct ff_audit_value out[VALUES])
{
    out[0] = (struct ff_audit_value){"kind", s->kind, 0};
    out[1] = (struct ff_audit_value){"lowWater", NULL, s->low_water};
    out[2] = (struct ff_audit_value){"negativeOk", NULL, s->negative_ok};
    out[3] = (struct ff_audit_value){"tracked", NULL, s->tracked};
    return VALUES;
}

static enum ff_rc record_change(struct ff_ctx *cx, const struct ff_stock *before,
                                const struct ff_stock *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    return ff_audit(cx, &(struct ff_audit){.action = "stock.change",
                                           .entity = "product",
                                           .entity_id = after->product_id,
                                           .before = was,
                                           .n_before = before ? list_values(before, was) : 0,
                                           .after = is,
                                           .n_after = list_values(after, is)});
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_stock s = {.product_id = c->product_id, .kind = "shelf", .negative_ok = 1};
    const char *shown = NULL;
    bool found = false;
    enum ff_rc rc = find_product(cx, c->product_id, &shown);
    if (rc || (rc = ff_stock_find(cx, c->product_id, &s, &found)))
        return rc;
    const struct ff_stock before = s;
    if (!found)
        s.tracked = 1;
    if ((rc = apply(cx, c->in, &s)) || (rc = ff_stock_write(cx, &s)) ||
        (rc = ff_stock_show(cx, c->product_id, shown,
                            s.tracked ? ff_stock_state(s.quantity, s.low_water) : "ok")) ||
        (rc = ff_stock_get(cx, c->product_id, c->out)))
        return rc;
    return record_change(cx, found ? &before : NULL, c->out);
}

enum ff_rc ff_stock_change(struct ff_ctx *cx, int64_t product_id, const struct ff_stock_in *in,
                           struct ff_stock *out)
{
    struct change c = {product_id, in, out};
    return ff_db_write(cx, change, &c);
}

/* ---- pieces ---- */

struct move {
    int64_t product_id;
    const char *action, *kind; /* "stock.receive", "receive" */
    int64_t quantity, unit_cost;
    const char *reason;
    const struct ff_idem *idem; /* NULL: no key */
    struct ff_stock_move *out;
};

static enum ff_rc find_tracked(struct ff_ctx *cx, int64_t product_id, struct ff_stock *out)
{
    enum ff_rc rc = ff_stock_get(cx, product_id, out);
    if (rc || out->tracked)
        return rc;
    return FF_FAIL(cx, FF_NOT_FOUND, "The stock of %s is not tracked any more.", out->product);
}

/* By how much the level changes. */
static enum ff_rc delta_of(struct ff_ctx *cx, const struct move *m, const struct ff_stock *s,
                           int64_t *delta)
{
    if (strcmp(m->kind, "count") == 0) {
        *delta = m->quantity - s->quantity;
        return FF_OK;
    }
    *delta = strcmp(m->kind, "receive") == 0 ? m->quantity : -m->quantity;
    if (s->quantity + *delta < 0 && *delta < 0 && !s->negative_ok)
        return too_few(cx, s->product_id, s->product, s->quantity);
    return FF_OK;
}

static enum ff_rc record_move(struct ff_ctx *cx, const struct move *m, const struct ff_stock *s,
                              int64_t delta)
{
    const struct ff_audit_value was = {"quantity", NULL, s->quantity};
    const struct ff_audit_value is = {"quantity", NULL, s->quantity + delta};
    return ff_audit(cx, &(struct ff_audit){.action = m->action,
                                           .entity = "product",
                                           .entity_id = m->product_id,
                                           .reason = m->reason,
                                           .before = &was,
                                           .n_before = 1,
                                           .after = &is,
                                           .n_after = 1});
}

static enum ff_rc make(struct ff_ctx *cx, const struct move *m)
{
    struct ff_stock s;
    int64_t id = 0;
    struct ff_stock_step step = {.product_id = m->product_id,
                                 .kind = m->kind,
                                 .reason = m->reason,
                                 .unit_cost = m->unit_cost,
                                 .idem = m->idem};
    enum ff_rc rc = find_tracked(cx, m->product_id, &s);
    if (rc || (rc = delta_of(cx, m, &s, &step.delta)))
        return rc;
    step.level = s.quantity;
    if ((rc = ff_stock_step(cx, &step, &id)) ||
        (rc = ff_stock_show(cx, m->product_id, s.availability,
                            ff_stock_state(s.quantity + step.delta, s.low_water))) ||
        (rc = ff_stock_move_get(cx, id, m->out)))
        return rc;
    return record_move(cx, m, &s, step.delta);
}

static enum ff_rc move(struct ff_ctx *cx, void *arg)
{
    const struct move *m = arg;
    int64_t id = 0;
    enum ff_rc rc = m->idem ? ff_stock_find_key(cx, m->idem, &id) : FF_OK;
    if (rc || !id)
        return rc ? rc : make(cx, m);
    rc = ff_stock_move_get(cx, id, m->out);
    m->out->replayed = 1;
    return rc;
}

enum ff_rc ff_stock_receive(struct ff_ctx *cx, int64_t product_id, int64_t quantity,
                            int64_t unit_cost, const char *note, const struct ff_idem *idem,
                            struct ff_stock_move *out)
{
    struct move m = {product_id, "stock.receive", "receive", quantity, unit_cost, note, idem, out};
    return ff_db_write(cx, move, &m);
}

enum ff_rc ff_stock_count(struct ff_ctx *cx, int64_t product_id, int64_t quantity,
                          const char *reason, struct ff_stock_move *out)
{
    struct move m = {product_id, "stock.count", "count", quantity, FF_NULL_INT, reason, NULL, out};
    return ff_db_write(cx, move, &m);
}

enum ff_rc ff_stock_shrink(struct ff_ctx *cx, int64_t product_id, int64_t quantity,
                           const char *reason, const struct ff_idem *idem,
                           struct ff_stock_move *out)
{
    struct move m = {
        product_id, "stock.shrinkage", "shrinkage", quantity, FF_NULL_INT, reason, idem, out};
    return ff_db_write(cx, move, &m);
}
