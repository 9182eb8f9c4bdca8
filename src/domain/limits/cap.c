/* SPDX-License-Identifier: MIT */
/* cap.c - how many pieces of a product one person may have: of one purchase, of one day. */
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/catalog/product.h"
#include "domain/limits/limits.h"

enum ff_rc ff_cap_get(struct ff_ctx *cx, int64_t product_id, struct ff_cap *out)
{
    struct ff_product product;
    FF_STMT *st = NULL;
    bool row = false;
    *out = (struct ff_cap){product_id, FF_NULL_INT, FF_NULL_INT};
    enum ff_rc rc = ff_product_get(cx, product_id, &product);
    if (rc || (rc = ff_db_query(cx, FF_Q_CAP_GET, &st)))
        return rc;
    ff_db_int(st, FF_P_CAP_GET_PRODUCT, product_id);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    out->max_per_purchase = ff_db_col_opt_int(st, FF_C_CAP_GET_MAX_PER_PURCHASE);
    out->max_per_day = ff_db_col_opt_int(st, FF_C_CAP_GET_MAX_PER_DAY);
    return FF_OK;
}

static enum ff_rc forget(struct ff_ctx *cx, int64_t product_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CAP_DELETE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CAP_DELETE_PRODUCT, product_id);
    return ff_db_run(cx, st);
}

static enum ff_rc store(struct ff_ctx *cx, const struct ff_cap *cap)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CAP_SET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CAP_SET_PRODUCT, cap->product_id);
    ff_db_opt_int(st, FF_P_CAP_SET_MAX_PER_PURCHASE, cap->max_per_purchase);
    ff_db_opt_int(st, FF_P_CAP_SET_MAX_PER_DAY, cap->max_per_day);
    return ff_db_run(cx, st);
}

static enum ff_rc set(struct ff_ctx *cx, void *arg)
{
    const struct ff_cap *cap = arg;
    struct ff_cap before;
    const bool is_none = cap->max_per_purchase == FF_NULL_INT && cap->max_per_day == FF_NULL_INT;
    enum ff_rc rc = ff_cap_get(cx, cap->product_id, &before);
    if (rc || (rc = is_none ? forget(cx, cap->product_id) : store(cx, cap)))
        return rc;
    const struct ff_audit_value was[] = {{"maxPerPurchase", NULL, before.max_per_purchase},
                                         {"maxPerDay", NULL, before.max_per_day}},
                                is[] = {{"maxPerPurchase", NULL, cap->max_per_purchase},
                                        {"maxPerDay", NULL, cap->max_per_day}};
    return ff_audit(cx, &(struct ff_audit){.action = "product.cap",
                                           .entity = "product",
                                           .entity_id = cap->product_id,
                                           .before = was,
                                           .n_before = 2,
                                           .after = is,
                                           .n_after = 2});
}

enum ff_rc ff_cap_set(struct ff_ctx *cx, const struct ff_cap *cap)
{
    struct ff_cap copy = *cap;
    return ff_db_write(cx, set, &copy);
}
