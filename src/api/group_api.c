/* SPDX-License-Identifier: MIT */
/* group_api.c - groups of customers: list, one, change; and their schemas. */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/people/group.h"

/* clang-format off */
#define LIMIT(of) "what " of " may cost; null: as the site says"
#define OVERDRAFT "how far below zero its people may go; null: as the site says"

#define AT(member) offsetof(struct ff_group, member)
static const struct ff_field group_f[] = {
    { "id",        FF_T_INT,   AT(id),        FF_F_REQUIRED, 1, INT64_MAX, "group", NULL, NULL },
    { "name",      FF_T_TEXT,  AT(name),      FF_F_REQUIRED, 1, 100, "unique", NULL, NULL },
    { "overdraft", FF_T_MONEY, AT(overdraft), FF_F_REQUIRED | FF_F_NULLABLE, 0, FF_MONEY_WALLET_MAX,
      OVERDRAFT, NULL, NULL },
    { "purchaseLimit", FF_T_MONEY, AT(purchase_limit), FF_F_REQUIRED | FF_F_NULLABLE, 0,
      FF_MONEY_WALLET_MAX, LIMIT("one purchase"), NULL, NULL },
    { "dailyLimit",    FF_T_MONEY, AT(daily_limit),    FF_F_REQUIRED | FF_F_NULLABLE, 0,
      FF_MONEY_WALLET_MAX, LIMIT("a day"), NULL, NULL },
    { "monthlyLimit",  FF_T_MONEY, AT(monthly_limit),  FF_F_REQUIRED | FF_F_NULLABLE, 0,
      FF_MONEY_WALLET_MAX, LIMIT("a month"), NULL, NULL },
    FF_VERSION_FIELD(struct ff_group),
};
#undef AT
const struct ff_schema ff_schema_group = {
    .name = "Group", .size = sizeof(struct ff_group), .set_offset = FF_NO_SET,
    FF_FIELDS(group_f) };

#define AT(member) offsetof(struct ff_group_in, member)
#define GROUP_IN(needed)                                                                           \
    [FF_GROUP_NAME]      = { "name",      FF_T_NAME,  AT(name),      needed, 1, 100,               \
                             "unique whatever its case and accents", NULL, NULL },                 \
    [FF_GROUP_OVERDRAFT] = { "overdraft", FF_T_MONEY, AT(overdraft), FF_F_NULLABLE, 0,             \
                             FF_MONEY_WALLET_MAX, OVERDRAFT, NULL, NULL },                         \
    [FF_GROUP_PURCHASE_LIMIT] = { "purchaseLimit", FF_T_MONEY, AT(purchase_limit), FF_F_NULLABLE,  \
                                  0, FF_MONEY_WALLET_MAX, LIMIT("one purchase"), NULL, NULL },     \
    [FF_GROUP_DAILY_LIMIT]    = { "dailyLimit",    FF_T_MONEY, AT(daily_limit),    FF_F_NULLABLE,  \
                                  0, FF_MONEY_WALLET_MAX, LIMIT("a day"), NULL, NULL },            \
    [FF_GROUP_MONTHLY_LIMIT]  = { "monthlyLimit",  FF_T_MONEY, AT(monthly_limit),  FF_F_NULLABLE,  \
                                  0, FF_MONEY_WALLET_MAX, LIMIT("a month"), NULL, NULL }
static const struct ff_field group_new_f[] = { GROUP_IN(FF_F_REQUIRED) };
static const struct ff_field group_patch_f[] = { GROUP_IN(0) };
const struct ff_schema ff_schema_group_new = {
    .name = "GroupNew", .size = sizeof(struct ff_group_in), .set_offset = AT(set),
    FF_FIELDS(group_new_f) };
const struct ff_schema ff_schema_group_patch = {
    .name = "GroupPatch", .size = sizeof(struct ff_group_in), .set_offset = AT(set),
    FF_FIELDS(group_patch_f) };
#undef AT

FF_LIST_ARGS_SCHEMA(ff_schema_group_query, "GroupQuery", "name, id");
/* clang-format on */

enum ff_rc ff_api_group_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list groups;
    int64_t total;
    enum ff_rc rc = ff_group_list(rq->cx, &filter, &groups, &total);
    if (rc)
        return rc;
    rp->data = groups.items;
    rp->n = groups.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_group_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_group *group = FF_NEW(rq->cx, struct ff_group);
    if (!group)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_group_get(rq->cx, rq->id, group);
    rp->data = group;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, group->version);
    return rc;
}

enum ff_rc ff_api_group_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_group *group = FF_NEW(rq->cx, struct ff_group);
    if (!group)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_group_create(rq->cx, rq->body, group);
    rp->data = group;
    rp->location_id = group->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, group->version);
    return rc;
}

enum ff_rc ff_api_group_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_group *group = FF_NEW(rq->cx, struct ff_group);
    if (!group)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_group_change(rq->cx, rq->id, rq->if_match, rq->body, group);
    rp->data = group;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, group->version);
    return rc;
}

enum ff_rc ff_api_group_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_group_delete(rq->cx, rq->id, rq->if_match);
}
