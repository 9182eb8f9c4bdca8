/* SPDX-License-Identifier: MIT */
/* named.c - short lists of things known by their name. */
#include "domain/common/named.h"

static void bind_border(struct ff_ctx *cx, const struct ff_named *named, struct ff_stmt *st,
                        int parameter)
{
    if (named->border)
        ff_db_opt_int(st, parameter, named->border(cx));
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_named *named,
                        const struct ff_list_view *view, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, named->count.query, &st);
    if (rc)
        return rc;
    bind_border(cx, named, st, named->count.border);
    ff_list_bind(st, &named->count.at, view);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, 0);
    return FF_OK;
}

static enum ff_rc read_page(struct ff_ctx *cx, const struct ff_named *named,
                            const struct ff_list_view *view, struct ff_list *out)
{
    FF_STMT *st = NULL;
    bool row;
    struct ff_rows rows = {0};
    enum ff_rc rc = ff_db_query(cx, named->list.query, &st);
    if (rc)
        return rc;
    bind_border(cx, named, st, named->list.border);
    ff_list_bind(st, &named->list.at, view);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        void *item = ff_rows_add(cx, &rows, named->size);
        if (!item)
            return cx->err.rc;
        named->read_row(cx, st, item);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_named_list(struct ff_ctx *cx, const struct ff_named *named,
                         const struct ff_list_filter *f, struct ff_list *out, int64_t *total)
{
    struct ff_list_view view;
    enum ff_rc rc = ff_list_view_read(cx, f, named->sorts, named->order, &view);
    if (rc || (rc = count(cx, named, &view, total)))
        return rc;
    return read_page(cx, named, &view, out);
}

enum ff_rc ff_named_get(struct ff_ctx *cx, const struct ff_named *named, int64_t id, void *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, named->get.query, &st);
    if (rc)
        return rc;
    ff_db_int(st, named->get.id, id);
    bind_border(cx, named, st, named->get.border);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such %s.", named->noun);
    named->read_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_named_find(struct ff_ctx *cx, const struct ff_named *named, const char *name,
                         int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, name);
    enum ff_rc rc = fold ? ff_db_query(cx, named->find.query, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, named->find.fold, fold);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = row ? ff_db_col_int(st, 0) : 0;
    return FF_OK;
}

enum ff_rc ff_named_taken(struct ff_ctx *cx, const struct ff_named *named, enum ff_rc rc,
                          const char *name)
{
    if (rc != FF_ALREADY_EXISTS)
        return rc;
    ff_err_clear(cx);
    (void)FF_FAIL(cx, rc, "There is a %s \"%s\" already.", named->noun, name);
    ff_err_text(cx, "field", "name");
    return rc;
}

enum ff_rc ff_named_remove(struct ff_ctx *cx, const struct ff_named *named, int64_t id,
                           int64_t version, const char *name)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, named->remove.query, &st);
    if (rc)
        return rc;
    ff_db_int(st, named->remove.id, id);
    ff_db_int(st, named->remove.version, version);
    rc = ff_db_run(cx, st);
    if (rc != FF_IN_USE)
        return rc;
    ff_err_clear(cx);
    return FF_FAIL(cx, FF_IN_USE, "%s are in the %s \"%s\"; move them first.", named->users,
                   named->noun, name);
}
