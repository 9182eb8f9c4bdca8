/* SPDX-License-Identifier: MIT */
/* limits_api.c - blocked people, what they may not buy, caps by piece, and the limits people set
 * for themselves; with their schemas. */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/limits/limits.h"

struct block_in {
    const char *reason;
};

struct own_in {
    int64_t daily, monthly;
};

struct ban_in {
    int64_t product_id, category_id;
    const char *reason;
};

struct cap_in {
    int64_t max_per_purchase, max_per_day;
};

/* clang-format off */
#define MAYBE_NULL (FF_F_REQUIRED | FF_F_NULLABLE)
#define SCHEMA(variable, title, type, fields)                                                      \
    const struct ff_schema variable = { .name = title, .size = sizeof(type),                       \
                                        .set_offset = FF_NO_SET, FF_FIELDS(fields) }

static const struct ff_field block_f[] = {
    { "reason", FF_T_TEXT, offsetof(struct block_in, reason), FF_F_REQUIRED, 3, 200,
      "why; the person may see it", NULL, NULL },
};
SCHEMA(ff_schema_block_new, "BlockNew", struct block_in, block_f);

#define AT(member) offsetof(struct ff_own_limits, member)
static const struct ff_field own_f[] = {
    { "dailyLimit",       FF_T_MONEY, AT(daily),        MAYBE_NULL, 0, FF_MONEY_WALLET_MAX,
      "what a day may cost; null: none of their own", NULL, NULL },
    { "monthlyLimit",     FF_T_MONEY, AT(monthly),      MAYBE_NULL, 0, FF_MONEY_WALLET_MAX,
      "what a month may cost; null: none of their own", NULL, NULL },
    { "nextDailyLimit",   FF_T_MONEY, AT(next_daily),   MAYBE_NULL, 0, FF_MONEY_WALLET_MAX,
      "the same from nextFrom on", NULL, NULL },
    { "nextMonthlyLimit", FF_T_MONEY, AT(next_monthly), MAYBE_NULL, 0, FF_MONEY_WALLET_MAX,
      "the same from nextFrom on", NULL, NULL },
    { "nextFrom",         FF_T_DATE,  AT(next_from),    MAYBE_NULL, 0, 0,
      "business date on which a raise acts; null: nothing waits", NULL, NULL },
};
#undef AT
SCHEMA(ff_schema_own_limits, "OwnLimits", struct ff_own_limits, own_f);

static const struct ff_field own_in_f[] = {
    { "dailyLimit",   FF_T_MONEY, offsetof(struct own_in, daily),   FF_F_NULLABLE, 0,
      FF_MONEY_WALLET_MAX, "not above what is set for the person; null or absent: none", NULL, NULL },
    { "monthlyLimit", FF_T_MONEY, offsetof(struct own_in, monthly), FF_F_NULLABLE, 0,
      FF_MONEY_WALLET_MAX, "likewise", NULL, NULL },
};
SCHEMA(ff_schema_own_limits_in, "OwnLimitsIn", struct own_in, own_in_f);

#define AT(member) offsetof(struct ff_ban, member)
static const struct ff_field ban_f[] = {
    { "id",         FF_T_INT,     AT(id),          FF_F_REQUIRED, 1, INT64_MAX, "ban", NULL, NULL },
    { "employeeId", FF_T_INT,     AT(employee_id), FF_F_REQUIRED, 1, INT64_MAX, "whose", NULL, NULL },
    { "productId",  FF_T_INT,     AT(product_id),  MAYBE_NULL, 1, INT64_MAX, "this product", NULL, NULL },
    { "product",    FF_T_TEXT,    AT(product),     MAYBE_NULL, 2, 100, "its name", NULL, NULL },
    { "categoryId", FF_T_INT,     AT(category_id), MAYBE_NULL, 1, INT64_MAX,
      "all of this category", NULL, NULL },
    { "category",   FF_T_TEXT,    AT(category),    MAYBE_NULL, 1, 60, "its name", NULL, NULL },
    { "reason",     FF_T_TEXT,    AT(reason),      FF_F_REQUIRED, 3, 200, "why", NULL, NULL },
    { "createdAt",  FF_T_INSTANT, AT(created_at),  FF_F_REQUIRED, 0, 0, "since", NULL, NULL },
};
#undef AT
SCHEMA(ff_schema_ban, "Ban", struct ff_ban, ban_f);

static const struct ff_field ban_in_f[] = {
    { "productId",  FF_T_INT,  offsetof(struct ban_in, product_id),  FF_F_NULLABLE, 1, INT64_MAX,
      "one product", NULL, NULL },
    { "categoryId", FF_T_INT,  offsetof(struct ban_in, category_id), FF_F_NULLABLE, 1, INT64_MAX,
      "or all of a category", NULL, NULL },
    { "reason",     FF_T_TEXT, offsetof(struct ban_in, reason),      FF_F_REQUIRED, 3, 200,
      "why; the person may see it", NULL, NULL },
};
SCHEMA(ff_schema_ban_new, "BanNew", struct ban_in, ban_in_f);

#define CAPS(type, flags)                                                                          \
    { "maxPerPurchase", FF_T_INT, offsetof(type, max_per_purchase), flags, 1, 99,                  \
      "pieces on one purchase; null: no cap", NULL, NULL },                                        \
    { "maxPerDay",      FF_T_INT, offsetof(type, max_per_day),      flags, 1, 99,                  \
      "pieces of one person on a day; null: no cap", NULL, NULL }
static const struct ff_field cap_f[] = {
    { "productId", FF_T_INT, offsetof(struct ff_cap, product_id), FF_F_REQUIRED, 1, INT64_MAX,
      "product", NULL, NULL },
    CAPS(struct ff_cap, MAYBE_NULL),
};
SCHEMA(ff_schema_cap, "ProductCap", struct ff_cap, cap_f);
static const struct ff_field cap_in_f[] = { CAPS(struct cap_in, FF_F_NULLABLE) };
SCHEMA(ff_schema_cap_in, "ProductCapIn", struct cap_in, cap_in_f);
/* clang-format on */

static enum ff_rc block(struct ff_req *rq, struct ff_reply *rp, const char *reason)
{
    struct ff_employee *employee = FF_NEW(rq->cx, struct ff_employee);
    if (!employee)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_limits_block(rq->cx, rq->id, reason, employee);
    rp->data = employee;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, employee->version);
    return rc;
}

enum ff_rc ff_api_employee_block(struct ff_req *rq, struct ff_reply *rp)
{
    const struct block_in *in = rq->body;
    return block(rq, rp, in->reason);
}

enum ff_rc ff_api_employee_unblock(struct ff_req *rq, struct ff_reply *rp)
{
    return block(rq, rp, NULL);
}

enum ff_rc ff_api_own_limits_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_own_limits *own = FF_NEW(rq->cx, struct ff_own_limits);
    if (!own)
        return rq->cx->err.rc;
    rp->data = own;
    return ff_own_limits_get(rq->cx, rq->id, own);
}

enum ff_rc ff_api_own_limits_set(struct ff_req *rq, struct ff_reply *rp)
{
    const struct own_in *in = rq->body;
    struct ff_own_limits *own = FF_NEW(rq->cx, struct ff_own_limits);
    if (!own)
        return rq->cx->err.rc;
    rp->data = own;
    return ff_own_limits_set(rq->cx, rq->id, in->daily, in->monthly, own);
}

enum ff_rc ff_api_ban_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list bans;
    int64_t total;
    enum ff_rc rc = ff_ban_list(rq->cx, rq->id, q->page, q->limit, &bans, &total);
    if (rc)
        return rc;
    rp->data = bans.items;
    rp->n = bans.n;
    rp->page = ff_page_of(q, total);
    return FF_OK;
}

enum ff_rc ff_api_ban_add(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ban_in *in = rq->body;
    const struct ff_ban wanted = {
        .product_id = in->product_id, .category_id = in->category_id, .reason = in->reason};
    struct ff_ban *ban = FF_NEW(rq->cx, struct ff_ban);
    if (!ban)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_ban_add(rq->cx, rq->id, &wanted, ban);
    rp->data = ban;
    rp->location_id = ban->id;
    return rc;
}

enum ff_rc ff_api_ban_remove(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_ban_remove(rq->cx, rq->id, rq->sub_id);
}

enum ff_rc ff_api_cap_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_cap *cap = FF_NEW(rq->cx, struct ff_cap);
    if (!cap)
        return rq->cx->err.rc;
    rp->data = cap;
    return ff_cap_get(rq->cx, rq->id, cap);
}

enum ff_rc ff_api_cap_set(struct ff_req *rq, struct ff_reply *rp)
{
    const struct cap_in *in = rq->body;
    struct ff_cap *cap = FF_NEW(rq->cx, struct ff_cap);
    if (!cap)
        return rq->cx->err.rc;
    *cap = (struct ff_cap){rq->id, in->max_per_purchase, in->max_per_day};
    rp->data = cap;
    return ff_cap_set(rq->cx, cap);
}
