/* SPDX-License-Identifier: MIT */
/* rule.c - rules of the subsidy: list, change, delete when one never paid. */
#include "domain/subsidy/rule.h"

#include <assert.h>
#include <string.h>

#include "domain/audit/audit.h"
#include "domain/common/named.h"
#include "domain/subsidy/rule_parts.h"

const char *const ff_subsidy_kinds[] = {"fixed", "percent", NULL};

static const char *const sorts[] = {"name", "id", NULL};

_Static_assert((int)FF_C_RULE_LIST_VERSION == (int)FF_C_RULE_GET_VERSION,
               "the rule queries give the same columns");

_Static_assert(FF_C_RULE_COUNT_TOTAL == 0 && FF_C_RULE_BY_FOLD_ID == 0, "as struct ff_named says");

/* clang-format off */
static const struct ff_named rules = {
    .noun = "rule", .users = "Purchases", .sorts = sorts, .order = "name",
    .size = sizeof(struct ff_subsidy_rule), .read_row = ff_subsidy_rule_read,
    .list = { .query = FF_Q_RULE_LIST,
              /* names are unique: one key decides */
              .at = { FF_WORD_PARAMS(RULE_LIST), FF_PAGE_PARAMS(RULE_LIST),
                      .key = { FF_P_RULE_LIST_KEY1 },
                      .direction = { FF_P_RULE_LIST_DIRECTION1 } } },
    .count = { .query = FF_Q_RULE_COUNT, .at = { FF_WORD_PARAMS(RULE_COUNT) } },
    .get = { .query = FF_Q_RULE_GET, .id = FF_P_RULE_GET_ID },
    .find = { .query = FF_Q_RULE_BY_FOLD, .fold = FF_P_RULE_BY_FOLD_NAME_FOLD },
    .remove = { .query = FF_Q_RULE_DELETE, .id = FF_P_RULE_DELETE_ID,
                .version = FF_P_RULE_DELETE_VERSION },
};
/* clang-format on */

enum ff_rc ff_subsidy_rule_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                struct ff_list *out, int64_t *total)
{
    return ff_named_list(cx, &rules, f, out, total);
}

enum ff_rc ff_subsidy_rule_get(struct ff_ctx *cx, int64_t id, struct ff_subsidy_rule *out)
{
    return ff_named_get(cx, &rules, id, out);
}

/* ---- changing ---- */

enum { VALUES = 12 };

/* `r` NULL: no values. */
static size_t list_values(const struct ff_subsidy_rule *r, struct ff_audit_value out[VALUES])
{
    if (!r)
        return 0;
    const struct ff_audit_value values[VALUES] = {{"name", r->name, 0},
                                                  {"kind", r->kind, 0},
                                                  {"value", NULL, r->value},
                                                  {"cap", NULL, r->cap},
                                                  {"groupId", NULL, r->group_id},
                                                  {"categoryId", NULL, r->category_id},
                                                  {"weekdays", r->weekdays, 0},
                                                  {"slotFrom", r->slot_from, 0},
                                                  {"slotTo", r->slot_to, 0},
                                                  {"validFrom", r->valid_from, FF_NULL_INT},
                                                  {"validTo", r->valid_to, FF_NULL_INT},
                                                  {"active", NULL, r->active}};
    memcpy(out, values, sizeof values);
    return VALUES;
}

/* `before` NULL: it is new; `after` NULL: it is gone. */
static enum ff_rc record(struct ff_ctx *cx, const char *action,
                         const struct ff_subsidy_rule *before, const struct ff_subsidy_rule *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    const struct ff_subsidy_rule *one = after ? after : before;
    assert(one);
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "subsidyRule",
                                           .entity_id = one->id,
                                           .before = was,
                                           .n_before = list_values(before, was),
                                           .after = is,
                                           .n_after = list_values(after, is)});
}

struct change {
    int64_t id, version;
    const struct ff_subsidy_rule_in *in;
    struct ff_subsidy_rule *out;
};

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_subsidy_rule rule = {.cap = FF_NULL_INT,
                                   .group_id = FF_NULL_INT,
                                   .category_id = FF_NULL_INT,
                                   .weekdays = "1234567",
                                   .slot_from = "00:00",
                                   .slot_to = "24:00",
                                   .cost_centre_id = FF_NULL_INT,
                                   .active = 1};
    enum ff_rc rc = ff_subsidy_rule_apply(cx, c->in, &rule);
    if (rc || (rc = ff_subsidy_rule_insert(cx, &rule)))
        return ff_named_taken(cx, &rules, rc, rule.name);
    if ((rc = ff_subsidy_rule_get(cx, rule.id, c->out)))
        return rc;
    return record(cx, "subsidy_rule.create", NULL, c->out);
}

enum ff_rc ff_subsidy_rule_create(struct ff_ctx *cx, const struct ff_subsidy_rule_in *in,
                                  struct ff_subsidy_rule *out)
{
    struct change c = {.in = in, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The rule as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c,
                               struct ff_subsidy_rule *out)
{
    enum ff_rc rc = ff_subsidy_rule_get(cx, c->id, out);
    return rc ? rc : ff_version_check(cx, out->version, c->version);
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_subsidy_rule rule;
    enum ff_rc rc = read_version(cx, c, &rule);
    if (rc)
        return rc;
    const struct ff_subsidy_rule before = rule;
    if ((rc = ff_subsidy_rule_apply(cx, c->in, &rule)) ||
        (rc = ff_named_taken(cx, &rules, ff_subsidy_rule_update(cx, &rule), rule.name)) ||
        (rc = ff_subsidy_rule_get(cx, c->id, c->out)))
        return rc;
    return record(cx, "subsidy_rule.change", &before, c->out);
}

enum ff_rc ff_subsidy_rule_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                  const struct ff_subsidy_rule_in *in, struct ff_subsidy_rule *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_subsidy_rule rule;
    enum ff_rc rc = read_version(cx, c, &rule);
    if (rc || (rc = ff_named_remove(cx, &rules, c->id, c->version, rule.name)))
        return rc;
    return record(cx, "subsidy_rule.delete", &rule, NULL);
}

enum ff_rc ff_subsidy_rule_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
