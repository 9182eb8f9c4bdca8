/* SPDX-License-Identifier: MIT */
/* subsidy_api.c - rules by which the employer pays a part of a meal: list, one, change; and their
 * schemas. */
#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/subsidy/rule.h"

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)
#define VALUE    "fixed: minor units off; percent: a part of the price in parts per million"
#define CAP      "at most so much a meal; null: no cap"
#define GROUP    "for this group alone; null: everybody"
#define CATEGORY "for products of this category alone; null: all"
#define WEEKDAYS "digits from 1 for Monday: 12345"
#define FROM     "from this time of day on: 11:00"
#define TO       "before this time of day: 14:30; earlier than slotFrom: over midnight"
#define FIRST    "first day; null: open"
#define LAST     "last day; null: open"
#define CENTRE   "where it is booked; null: the department's"

#define AT(member) offsetof(struct ff_subsidy_rule, member)
static const struct ff_field rule_f[] = {
    { "id",           FF_T_INT,   AT(id),             FF_F_REQUIRED, 1, INT64_MAX, "rule", NULL, NULL },
    { "name",         FF_T_TEXT,  AT(name),           FF_F_REQUIRED, 1, 100, "unique", NULL, NULL },
    { "kind",         FF_T_ENUM,  AT(kind),           FF_F_REQUIRED, 0, 0,
      "how the value is meant", NULL, ff_subsidy_kinds },
    { "value",        FF_T_INT,   AT(value),          FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX, VALUE, NULL, NULL },
    { "cap",          FF_T_MONEY, AT(cap),            NULLABLE, 1, FF_MONEY_TOTAL_MAX, CAP, NULL, NULL },
    { "groupId",      FF_T_INT,   AT(group_id),       NULLABLE, 1, INT64_MAX, GROUP, NULL, NULL },
    { "group",        FF_T_TEXT,  AT(group),          NULLABLE, 1, 100, "its name", NULL, NULL },
    { "categoryId",   FF_T_INT,   AT(category_id),    NULLABLE, 1, INT64_MAX, CATEGORY, NULL, NULL },
    { "category",     FF_T_TEXT,  AT(category),       NULLABLE, 1, 60, "its name", NULL, NULL },
    { "weekdays",     FF_T_TEXT,  AT(weekdays),       FF_F_REQUIRED, 1, 7, WEEKDAYS, NULL, NULL },
    { "slotFrom",     FF_T_TEXT,  AT(slot_from),      FF_F_REQUIRED, 5, 5, FROM, NULL, NULL },
    { "slotTo",       FF_T_TEXT,  AT(slot_to),        FF_F_REQUIRED, 5, 5, TO, NULL, NULL },
    { "validFrom",    FF_T_DATE,  AT(valid_from),     NULLABLE, 0, 0, FIRST, NULL, NULL },
    { "validTo",      FF_T_DATE,  AT(valid_to),       NULLABLE, 0, 0, LAST, NULL, NULL },
    { "costCentreId", FF_T_INT,   AT(cost_centre_id), NULLABLE, 1, INT64_MAX, CENTRE, NULL, NULL },
    { "costCentre",   FF_T_TEXT,  AT(cost_centre),    NULLABLE, 1, 20, "its code", NULL, NULL },
    { "active",       FF_T_BOOL,  AT(active),         FF_F_REQUIRED, 0, 0, "false: pays nothing", NULL, NULL },
    FF_VERSION_FIELD(struct ff_subsidy_rule),
};
#undef AT
const struct ff_schema ff_schema_subsidy_rule = {
    .name = "SubsidyRule", .size = sizeof(struct ff_subsidy_rule), .set_offset = FF_NO_SET,
    FF_FIELDS(rule_f) };

#define AT(member) offsetof(struct ff_subsidy_rule_in, rule.member)
#define RULE_IN(needed)                                                                            \
    [FF_SUBSIDY_NAME]           = { "name",         FF_T_NAME,  AT(name),           needed, 1, 100, \
                                    "unique whatever its case and accents", NULL, NULL },          \
    [FF_SUBSIDY_KIND]           = { "kind",         FF_T_ENUM,  AT(kind),           needed, 0, 0,  \
                                    "how the value is meant", NULL, ff_subsidy_kinds },            \
    [FF_SUBSIDY_VALUE]          = { "value",        FF_T_INT,   AT(value),          needed, 1,     \
                                    FF_MONEY_TOTAL_MAX, VALUE, NULL, NULL },                       \
    [FF_SUBSIDY_CAP]            = { "cap",          FF_T_MONEY, AT(cap),            FF_F_NULLABLE, 1, \
                                    FF_MONEY_TOTAL_MAX, CAP, NULL, NULL },                         \
    [FF_SUBSIDY_GROUP_ID]       = { "groupId",      FF_T_INT,   AT(group_id),       FF_F_NULLABLE, 1, \
                                    INT64_MAX, GROUP, NULL, NULL },                                \
    [FF_SUBSIDY_CATEGORY_ID]    = { "categoryId",   FF_T_INT,   AT(category_id),    FF_F_NULLABLE, 1, \
                                    INT64_MAX, CATEGORY, NULL, NULL },                             \
    [FF_SUBSIDY_WEEKDAYS]       = { "weekdays",     FF_T_CODE,  AT(weekdays),       0, 1, 7,       \
                                    WEEKDAYS, NULL, NULL },                                        \
    [FF_SUBSIDY_SLOT_FROM]      = { "slotFrom",     FF_T_TEXT,  AT(slot_from),      0, 5, 5,       \
                                    FROM, NULL, NULL },                                            \
    [FF_SUBSIDY_SLOT_TO]        = { "slotTo",       FF_T_TEXT,  AT(slot_to),        0, 5, 5,       \
                                    TO, NULL, NULL },                                              \
    [FF_SUBSIDY_VALID_FROM]     = { "validFrom",    FF_T_DATE,  AT(valid_from),     FF_F_NULLABLE, 0, 0, \
                                    FIRST, NULL, NULL },                                           \
    [FF_SUBSIDY_VALID_TO]       = { "validTo",      FF_T_DATE,  AT(valid_to),       FF_F_NULLABLE, 0, 0, \
                                    LAST, NULL, NULL },                                            \
    [FF_SUBSIDY_COST_CENTRE_ID] = { "costCentreId", FF_T_INT,   AT(cost_centre_id), FF_F_NULLABLE, 1, \
                                    INT64_MAX, CENTRE, NULL, NULL },                               \
    [FF_SUBSIDY_ACTIVE]         = { "active",       FF_T_BOOL,  AT(active),         0, 0, 0,       \
                                    "false: pays nothing", NULL, NULL }
static const struct ff_field rule_new_f[] = { RULE_IN(FF_F_REQUIRED) };
static const struct ff_field rule_patch_f[] = { RULE_IN(0) };
const struct ff_schema ff_schema_subsidy_rule_new = {
    .name = "SubsidyRuleNew", .size = sizeof(struct ff_subsidy_rule_in),
    .set_offset = offsetof(struct ff_subsidy_rule_in, set), FF_FIELDS(rule_new_f) };
const struct ff_schema ff_schema_subsidy_rule_patch = {
    .name = "SubsidyRulePatch", .size = sizeof(struct ff_subsidy_rule_in),
    .set_offset = offsetof(struct ff_subsidy_rule_in, set), FF_FIELDS(rule_patch_f) };
#undef AT

FF_LIST_ARGS_SCHEMA(ff_schema_subsidy_rule_query, "SubsidyRuleQuery", "name, id");
/* clang-format on */

enum ff_rc ff_api_subsidy_rule_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list rules;
    int64_t total;
    enum ff_rc rc = ff_subsidy_rule_list(rq->cx, &filter, &rules, &total);
    if (rc)
        return rc;
    rp->data = rules.items;
    rp->n = rules.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_subsidy_rule_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_subsidy_rule *rule = FF_NEW(rq->cx, struct ff_subsidy_rule);
    if (!rule)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_subsidy_rule_get(rq->cx, rq->id, rule);
    rp->data = rule;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, rule->version);
    return rc;
}

enum ff_rc ff_api_subsidy_rule_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_subsidy_rule *rule = FF_NEW(rq->cx, struct ff_subsidy_rule);
    if (!rule)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_subsidy_rule_create(rq->cx, rq->body, rule);
    rp->data = rule;
    rp->location_id = rule->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, rule->version);
    return rc;
}

enum ff_rc ff_api_subsidy_rule_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_subsidy_rule *rule = FF_NEW(rq->cx, struct ff_subsidy_rule);
    if (!rule)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_subsidy_rule_change(rq->cx, rq->id, rq->if_match, rq->body, rule);
    rp->data = rule;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, rule->version);
    return rc;
}

enum ff_rc ff_api_subsidy_rule_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_subsidy_rule_delete(rq->cx, rq->id, rq->if_match);
}
