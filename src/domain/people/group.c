/* SPDX-License-Identifier: MIT */
/* group.c - groups of customers: list, change, delete when nobody is in them. */
#include "domain/people/group.h"

#include <assert.h>

#include "domain/audit/audit.h"
#include "domain/common/named.h"
#include "domain/ledger/ledger.h"

static const char *const sorts[] = {"name", "id", NULL};

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, void *out)
{
    *(struct ff_group *)out = (struct ff_group){
        .id = ff_db_col_int(st, FF_C_GROUP_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_GROUP_LIST_NAME),
        .overdraft = ff_db_col_opt_int(st, FF_C_GROUP_LIST_OVERDRAFT),
        .purchase_limit = ff_db_col_opt_int(st, FF_C_GROUP_LIST_PURCHASE_LIMIT),
        .daily_limit = ff_db_col_opt_int(st, FF_C_GROUP_LIST_DAILY_LIMIT),
        .monthly_limit = ff_db_col_opt_int(st, FF_C_GROUP_LIST_MONTHLY_LIMIT),
        .version = ff_db_col_int(st, FF_C_GROUP_LIST_VERSION),
    };
}

_Static_assert((int)FF_C_GROUP_LIST_VERSION == (int)FF_C_GROUP_GET_VERSION,
               "the group queries give the same columns");

_Static_assert(FF_C_GROUP_COUNT_TOTAL == 0 && FF_C_GROUP_BY_FOLD_ID == 0,
               "as struct ff_named says");

/* clang-format off */
static const struct ff_named groups = {
    .noun = "group", .users = "People", .sorts = sorts, .order = "name",
    .size = sizeof(struct ff_group), .read_row = read_row,
    .list = { .query = FF_Q_GROUP_LIST,
              /* names are unique: one key decides */
              .at = { FF_WORD_PARAMS(GROUP_LIST), FF_PAGE_PARAMS(GROUP_LIST),
                      .key = { FF_P_GROUP_LIST_KEY1 },
                      .direction = { FF_P_GROUP_LIST_DIRECTION1 } } },
    .count = { .query = FF_Q_GROUP_COUNT, .at = { FF_WORD_PARAMS(GROUP_COUNT) } },
    .get = { .query = FF_Q_GROUP_GET, .id = FF_P_GROUP_GET_ID },
    .find = { .query = FF_Q_GROUP_BY_FOLD, .fold = FF_P_GROUP_BY_FOLD_NAME_FOLD },
    .remove = { .query = FF_Q_GROUP_DELETE, .id = FF_P_GROUP_DELETE_ID,
                .version = FF_P_GROUP_DELETE_VERSION },
};
/* clang-format on */

enum ff_rc ff_group_list(struct ff_ctx *cx, const struct ff_list_filter *f, struct ff_list *out,
                         int64_t *total)
{
    return ff_named_list(cx, &groups, f, out, total);
}

enum ff_rc ff_group_get(struct ff_ctx *cx, int64_t id, struct ff_group *out)
{
    return ff_named_get(cx, &groups, id, out);
}

enum ff_rc ff_group_find(struct ff_ctx *cx, const char *name, int64_t *id)
{
    return ff_named_find(cx, &groups, name, id);
}

/* ---- changing ---- */

enum { VALUES = 5 };

/* `g` NULL: no values. */
static size_t list_values(const struct ff_group *g, struct ff_audit_value out[VALUES])
{
    if (!g)
        return 0;
    out[0] = (struct ff_audit_value){"name", g->name, 0};
    out[1] = (struct ff_audit_value){"overdraft", NULL, g->overdraft};
    out[2] = (struct ff_audit_value){"purchaseLimit", NULL, g->purchase_limit};
    out[3] = (struct ff_audit_value){"dailyLimit", NULL, g->daily_limit};
    out[4] = (struct ff_audit_value){"monthlyLimit", NULL, g->monthly_limit};
    return VALUES;
}

/* `before` NULL: it is new; `after` NULL: it is gone. */
static enum ff_rc record(struct ff_ctx *cx, const char *action, const struct ff_group *before,
                         const struct ff_group *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    const struct ff_group *one = after ? after : before;
    assert(one);
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "group",
                                           .entity_id = one->id,
                                           .before = was,
                                           .n_before = list_values(before, was),
                                           .after = is,
                                           .n_after = list_values(after, is)});
}

enum ff_rc ff_group_insert(struct ff_ctx *cx, struct ff_group *g)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, g->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_GROUP_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_GROUP_INSERT_NAME, g->name);
    ff_db_text(st, FF_P_GROUP_INSERT_NAME_FOLD, fold);
    ff_db_opt_int(st, FF_P_GROUP_INSERT_OVERDRAFT, g->overdraft);
    ff_db_opt_int(st, FF_P_GROUP_INSERT_PURCHASE_LIMIT, g->purchase_limit);
    ff_db_opt_int(st, FF_P_GROUP_INSERT_DAILY_LIMIT, g->daily_limit);
    ff_db_opt_int(st, FF_P_GROUP_INSERT_MONTHLY_LIMIT, g->monthly_limit);
    if ((rc = ff_db_row(cx, st, &row)))
        return ff_named_taken(cx, &groups, rc, g->name);
    g->id = ff_db_col_int(st, FF_C_GROUP_INSERT_ID);
    return record(cx, "group.create", NULL, g);
}

static enum ff_rc update(struct ff_ctx *cx, const struct ff_group *g)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, g->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_GROUP_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_GROUP_UPDATE_ID, g->id);
    ff_db_int(st, FF_P_GROUP_UPDATE_VERSION, g->version);
    ff_db_text(st, FF_P_GROUP_UPDATE_NAME, g->name);
    ff_db_text(st, FF_P_GROUP_UPDATE_NAME_FOLD, fold);
    ff_db_opt_int(st, FF_P_GROUP_UPDATE_OVERDRAFT, g->overdraft);
    ff_db_opt_int(st, FF_P_GROUP_UPDATE_PURCHASE_LIMIT, g->purchase_limit);
    ff_db_opt_int(st, FF_P_GROUP_UPDATE_DAILY_LIMIT, g->daily_limit);
    ff_db_opt_int(st, FF_P_GROUP_UPDATE_MONTHLY_LIMIT, g->monthly_limit);
    return ff_named_taken(cx, &groups, ff_db_run(cx, st), g->name);
}

struct change {
    int64_t id, version;
    const struct ff_group_in *in;
    struct ff_group *out;
};

static void apply(const struct ff_group_in *in, struct ff_group *g)
{
    if (in->set >> FF_GROUP_NAME & 1)
        g->name = in->name;
    if (in->set >> FF_GROUP_OVERDRAFT & 1)
        g->overdraft = in->overdraft;
    if (in->set >> FF_GROUP_PURCHASE_LIMIT & 1)
        g->purchase_limit = in->purchase_limit;
    if (in->set >> FF_GROUP_DAILY_LIMIT & 1)
        g->daily_limit = in->daily_limit;
    if (in->set >> FF_GROUP_MONTHLY_LIMIT & 1)
        g->monthly_limit = in->monthly_limit;
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_group group = FF_GROUP_UNSAID;
    apply(c->in, &group);
    enum ff_rc rc = ff_group_insert(cx, &group);
    return rc ? rc : ff_group_get(cx, group.id, c->out);
}

enum ff_rc ff_group_create(struct ff_ctx *cx, const struct ff_group_in *in, struct ff_group *out)
{
    struct change c = {.in = in, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The group as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c, struct ff_group *out)
{
    enum ff_rc rc = ff_group_get(cx, c->id, out);
    return rc ? rc : ff_version_check(cx, out->version, c->version);
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_group group;
    enum ff_rc rc = read_version(cx, c, &group);
    if (rc)
        return rc;
    const struct ff_group before = group;
    apply(c->in, &group);
    if ((rc = update(cx, &group)) ||
        (group.overdraft != before.overdraft && (rc = ff_wallet_set_floors(cx, c->id))) ||
        (rc = ff_group_get(cx, c->id, c->out)))
        return rc;
    return record(cx, "group.change", &before, c->out);
}

enum ff_rc ff_group_change(struct ff_ctx *cx, int64_t id, int64_t version,
                           const struct ff_group_in *in, struct ff_group *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_group group;
    enum ff_rc rc = read_version(cx, c, &group);
    if (rc || (rc = ff_named_remove(cx, &groups, c->id, c->version, group.name)))
        return rc;
    return record(cx, "group.delete", &group, NULL);
}

enum ff_rc ff_group_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
