/* SPDX-License-Identifier: MIT */
/* category.c - the shelves of the menu: list, change, delete when empty. */
#include <assert.h>

#include "domain/audit/audit.h"
#include "domain/catalog/product_repo.h"
#include "domain/common/named.h"

static const char *const sorts[] = {"sort", "name", "id", NULL};

_Static_assert((int)FF_C_CATEGORY_LIST_VERSION == (int)FF_C_CATEGORY_GET_VERSION,
               "the category queries give the same columns");
_Static_assert(FF_C_CATEGORY_COUNT_TOTAL == 0 && FF_C_CATEGORY_BY_FOLD_ID == 0,
               "as struct ff_named says");

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, void *out)
{
    *(struct ff_category *)out = (struct ff_category){
        .id = ff_db_col_int(st, FF_C_CATEGORY_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_CATEGORY_LIST_NAME),
        .emoji = ff_db_col_text(cx, st, FF_C_CATEGORY_LIST_EMOJI),
        .glaze = ff_db_col_text(cx, st, FF_C_CATEGORY_LIST_GLAZE),
        .sort = ff_db_col_int(st, FF_C_CATEGORY_LIST_SORT),
        .undo_seconds = ff_db_col_opt_int(st, FF_C_CATEGORY_LIST_UNDO_SECONDS),
        .version = ff_db_col_int(st, FF_C_CATEGORY_LIST_VERSION),
    };
}

/* clang-format off */
static const struct ff_named categories = {
    .noun = "category", .users = "Products", .sorts = sorts, .order = "sort,name",
    .size = sizeof(struct ff_category), .read_row = read_row,
    .list = { .query = FF_Q_CATEGORY_LIST,
              .at = { FF_WORD_PARAMS(CATEGORY_LIST), FF_ORDER_PARAMS(CATEGORY_LIST),
                      FF_PAGE_PARAMS(CATEGORY_LIST) } },
    .count = { .query = FF_Q_CATEGORY_COUNT, .at = { FF_WORD_PARAMS(CATEGORY_COUNT) } },
    .get = { .query = FF_Q_CATEGORY_GET, .id = FF_P_CATEGORY_GET_ID },
    .find = { .query = FF_Q_CATEGORY_BY_FOLD, .fold = FF_P_CATEGORY_BY_FOLD_NAME_FOLD },
    .remove = { .query = FF_Q_CATEGORY_DELETE, .id = FF_P_CATEGORY_DELETE_ID,
                .version = FF_P_CATEGORY_DELETE_VERSION },
};
/* clang-format on */

enum ff_rc ff_category_list(struct ff_ctx *cx, const struct ff_list_filter *f, struct ff_list *out,
                            int64_t *total)
{
    return ff_named_list(cx, &categories, f, out, total);
}

enum ff_rc ff_category_get(struct ff_ctx *cx, int64_t id, struct ff_category *out)
{
    return ff_named_get(cx, &categories, id, out);
}

enum ff_rc ff_category_find(struct ff_ctx *cx, const char *name, int64_t *id)
{
    return ff_named_find(cx, &categories, name, id);
}

/* ---- changing ---- */

struct change {
    int64_t id, version;
    const struct ff_category_in *in;
    struct ff_category *out;
};

static enum ff_rc insert(struct ff_ctx *cx, struct ff_category *c)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, c->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_CATEGORY_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CATEGORY_INSERT_NAME, c->name);
    ff_db_text(st, FF_P_CATEGORY_INSERT_NAME_FOLD, fold);
    ff_db_text(st, FF_P_CATEGORY_INSERT_EMOJI, c->emoji);
    ff_db_text(st, FF_P_CATEGORY_INSERT_GLAZE, c->glaze);
    ff_db_int(st, FF_P_CATEGORY_INSERT_SORT, c->sort);
    ff_db_opt_int(st, FF_P_CATEGORY_INSERT_UNDO_SECONDS, c->undo_seconds);
    if ((rc = ff_db_row(cx, st, &row)))
        return ff_named_taken(cx, &categories, rc, c->name);
    c->id = ff_db_col_int(st, FF_C_CATEGORY_INSERT_ID);
    return FF_OK;
}

static enum ff_rc update(struct ff_ctx *cx, const struct ff_category *c)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, c->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_CATEGORY_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CATEGORY_UPDATE_ID, c->id);
    ff_db_int(st, FF_P_CATEGORY_UPDATE_VERSION, c->version);
    ff_db_text(st, FF_P_CATEGORY_UPDATE_NAME, c->name);
    ff_db_text(st, FF_P_CATEGORY_UPDATE_NAME_FOLD, fold);
    ff_db_text(st, FF_P_CATEGORY_UPDATE_EMOJI, c->emoji);
    ff_db_text(st, FF_P_CATEGORY_UPDATE_GLAZE, c->glaze);
    ff_db_int(st, FF_P_CATEGORY_UPDATE_SORT, c->sort);
    ff_db_opt_int(st, FF_P_CATEGORY_UPDATE_UNDO_SECONDS, c->undo_seconds);
    return ff_named_taken(cx, &categories, ff_db_run(cx, st), c->name);
}

static void apply(const struct ff_category_in *in, struct ff_category *c)
{
    if (in->set >> FF_CATEGORY_NAME & 1)
        c->name = in->name;
    if (in->set >> FF_CATEGORY_EMOJI & 1)
        c->emoji = in->emoji;
    if (in->set >> FF_CATEGORY_GLAZE & 1)
        c->glaze = in->glaze;
    if (in->set >> FF_CATEGORY_SORT & 1)
        c->sort = in->sort;
    if (in->set >> FF_CATEGORY_UNDO_SECONDS & 1)
        c->undo_seconds = in->undo_seconds;
}

enum { VALUES = 5 };

/* `c` NULL: no values. */
static size_t list_values(const struct ff_category *c, struct ff_audit_value out[VALUES])
{
    if (!c)
        return 0;
    out[0] = (struct ff_audit_value){"name", c->name, 0};
    out[1] = (struct ff_audit_value){"emoji", c->emoji, FF_NULL_INT};
    out[2] = (struct ff_audit_value){"glaze", c->glaze, 0};
    out[3] = (struct ff_audit_value){"sort", NULL, c->sort};
    out[4] = (struct ff_audit_value){"undoSeconds", NULL, c->undo_seconds};
    return VALUES;
}

/* `before` NULL: it is new; `after` NULL: it is gone. */
static enum ff_rc record(struct ff_ctx *cx, const char *action, const struct ff_category *before,
                         const struct ff_category *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    const struct ff_category *one = after ? after : before;
    assert(one);
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "category",
                                           .entity_id = one->id,
                                           .before = was,
                                           .n_before = list_values(before, was),
                                           .after = is,
                                           .n_after = list_values(after, is)});
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_category category = {.glaze = "meal", .undo_seconds = FF_NULL_INT};
    apply(c->in, &category);
    enum ff_rc rc = insert(cx, &category);
    if (rc || (rc = ff_category_get(cx, category.id, c->out)))
        return rc;
    return record(cx, "category.create", NULL, c->out);
}

enum ff_rc ff_category_create(struct ff_ctx *cx, const struct ff_category_in *in,
                              struct ff_category *out)
{
    struct change c = {.in = in, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The category as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c, struct ff_category *out)
{
    enum ff_rc rc = ff_category_get(cx, c->id, out);
    return rc ? rc : ff_version_check(cx, out->version, c->version);
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_category category;
    enum ff_rc rc = read_version(cx, c, &category);
    if (rc)
        return rc;
    const struct ff_category before = category;
    apply(c->in, &category);
    if ((rc = update(cx, &category)) || (rc = ff_category_get(cx, c->id, c->out)))
        return rc;
    return record(cx, "category.change", &before, c->out);
}

enum ff_rc ff_category_change(struct ff_ctx *cx, int64_t id, int64_t version,
                              const struct ff_category_in *in, struct ff_category *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_category category;
    enum ff_rc rc = read_version(cx, c, &category);
    if (rc || (rc = ff_named_remove(cx, &categories, c->id, c->version, category.name)))
        return rc;
    return record(cx, "category.delete", &category, NULL);
}

enum ff_rc ff_category_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
