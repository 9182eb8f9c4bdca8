/* SPDX-License-Identifier: MIT */
/* profile.c - profiles: list, make, change, delete. A batch keeps the layout it was made by, so a
 * profile may go at any time. */
#include "domain/payroll/layout.h"

#include <string.h>

#include "db/db.h"
#include "domain/audit/audit.h"

_Static_assert((int)FF_C_PAYROLL_PROFILE_LIST_VERSION == (int)FF_C_PAYROLL_PROFILE_GET_VERSION,
               "one reader for both");

static enum ff_rc read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_payroll_profile *out)
{
    const char *layout = ff_db_col_text(cx, st, FF_C_PAYROLL_PROFILE_GET_LAYOUT);
    *out =
        (struct ff_payroll_profile){.id = ff_db_col_int(st, FF_C_PAYROLL_PROFILE_GET_ID),
                                    .name = ff_db_col_text(cx, st, FF_C_PAYROLL_PROFILE_GET_NAME),
                                    .version = ff_db_col_int(st, FF_C_PAYROLL_PROFILE_GET_VERSION)};
    return layout && out->name ? ff_layout_read(cx, layout, out)
                               : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_payroll_profile(struct ff_ctx *cx, int64_t id, struct ff_payroll_profile *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_PROFILE_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_PROFILE_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_row(cx, st, out)
               : FF_FAIL(cx, FF_NOT_FOUND, "There is no profile %lld.", (long long)id);
}

static enum ff_rc count(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_PROFILE_COUNT, &st);
    if (!rc && !(rc = ff_db_row(cx, st, &row)))
        *total = ff_db_col_int(st, FF_C_PAYROLL_PROFILE_COUNT_TOTAL);
    return rc;
}

enum ff_rc ff_payroll_profiles(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                               int64_t *total)
{
    const struct ff_window w = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count(cx, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_PAYROLL_PROFILE_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_PAYROLL_PROFILE_LIST_LIMIT, w.limit);
    ff_db_int(st, FF_P_PAYROLL_PROFILE_LIST_OFFSET, w.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_payroll_profile *p = ff_rows_add(cx, &rows, sizeof *p);
        if (!p || read_row(cx, st, p))
            return cx->err.rc;
    }
    *out = rows.list;
    return rc;
}

/* ---- changing ---- */

struct change {
    int64_t id, version;
    const struct ff_payroll_profile *in;
    struct ff_payroll_profile *out;
};

static bool has(const struct ff_payroll_profile *p, const char *field)
{
    const struct ff_payroll_column *c = p->columns.items;
    for (size_t i = 0; i < p->columns.n; i++) {
        if (strcmp(c[i].field, field) == 0)
            return true;
    }
    return false;
}

/* A file without whose and how much is of no use to anybody. */
static enum ff_rc check(struct ff_ctx *cx, const struct ff_payroll_profile *p)
{
    const struct ff_payroll_column *c = p->columns.items;
    for (size_t i = 0; i < p->columns.n; i++) {
        if (c[i].header && strpbrk(c[i].header, "\t\n"))
            return ff_field_fail(cx, "/columns", "PATTERN", "A header is a line without tabs.");
    }
    if (has(p, "amount") && has(p, "number"))
        return FF_OK;
    return ff_field_fail(cx, "/columns", "VALUE", "A column must be number, and one amount.");
}

static enum ff_rc taken(struct ff_ctx *cx, enum ff_rc rc, const char *name)
{
    if (rc != FF_ALREADY_EXISTS)
        return rc;
    ff_err_clear(cx);
    (void)FF_FAIL(cx, rc, "There is a profile \"%s\" already.", name);
    ff_err_text(cx, "field", "name");
    return rc;
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, const struct ff_payroll_profile *p)
{
    const struct ff_audit_value is[] = {{"name", p->name, 0},
                                        {"columns", NULL, (int64_t)p->columns.n},
                                        {"amounts", p->amounts, 0},
                                        {"wageType", p->wage_type, FF_NULL_INT}};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "payroll_profile",
                                           .entity_id = p->id,
                                           .after = is,
                                           .n_after = sizeof is / sizeof is[0]});
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    FF_STMT *st = NULL;
    bool row = false;
    const char *fold = ff_fold(cx, c->in->name), *layout = ff_layout_write(cx, c->in);
    enum ff_rc rc = fold && layout ? ff_db_query(cx, FF_Q_PAYROLL_PROFILE_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PAYROLL_PROFILE_INSERT_NAME, c->in->name);
    ff_db_text(st, FF_P_PAYROLL_PROFILE_INSERT_NAME_FOLD, fold);
    ff_db_text(st, FF_P_PAYROLL_PROFILE_INSERT_LAYOUT, layout);
    if ((rc = ff_db_row(cx, st, &row)))
        return taken(cx, rc, c->in->name);
    rc = ff_payroll_profile(cx, ff_db_col_int(st, FF_C_PAYROLL_PROFILE_INSERT_ID), c->out);
    return rc ? rc : record(cx, "payroll_profile.create", c->out);
}

enum ff_rc ff_payroll_profile_create(struct ff_ctx *cx, const struct ff_payroll_profile *in,
                                     struct ff_payroll_profile *out)
{
    struct change c = {.in = in, .out = out};
    enum ff_rc rc = check(cx, in);
    return rc ? rc : ff_db_write(cx, create, &c);
}

static enum ff_rc replace(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, c->in->name), *layout = ff_layout_write(cx, c->in);
    enum ff_rc rc = fold && layout ? ff_payroll_profile(cx, c->id, c->out) : cx->err.rc;
    if (rc || (rc = ff_version_check(cx, c->out->version, c->version)) ||
        (rc = ff_db_query(cx, FF_Q_PAYROLL_PROFILE_UPDATE, &st)))
        return rc;
    ff_db_int(st, FF_P_PAYROLL_PROFILE_UPDATE_ID, c->id);
    ff_db_int(st, FF_P_PAYROLL_PROFILE_UPDATE_VERSION, c->version);
    ff_db_text(st, FF_P_PAYROLL_PROFILE_UPDATE_NAME, c->in->name);
    ff_db_text(st, FF_P_PAYROLL_PROFILE_UPDATE_NAME_FOLD, fold);
    ff_db_text(st, FF_P_PAYROLL_PROFILE_UPDATE_LAYOUT, layout);
    if ((rc = taken(cx, ff_db_run(cx, st), c->in->name)) ||
        (rc = ff_payroll_profile(cx, c->id, c->out)))
        return rc;
    return record(cx, "payroll_profile.change", c->out);
}

enum ff_rc ff_payroll_profile_put(struct ff_ctx *cx, int64_t id, int64_t version,
                                  const struct ff_payroll_profile *in,
                                  struct ff_payroll_profile *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    enum ff_rc rc = check(cx, in);
    return rc ? rc : ff_db_write(cx, replace, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_payroll_profile was;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_payroll_profile(cx, c->id, &was);
    if (rc || (rc = ff_version_check(cx, was.version, c->version)) ||
        (rc = ff_db_query(cx, FF_Q_PAYROLL_PROFILE_DELETE, &st)))
        return rc;
    ff_db_int(st, FF_P_PAYROLL_PROFILE_DELETE_ID, c->id);
    ff_db_int(st, FF_P_PAYROLL_PROFILE_DELETE_VERSION, c->version);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    return record(cx, "payroll_profile.delete", &was);
}

enum ff_rc ff_payroll_profile_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
