/* SPDX-License-Identifier: MIT */
/* department.c - departments: list, change, delete when nobody is in them. */
#include "domain/audit/audit.h"
#include "domain/common/named.h"
#include "domain/people/people_repo.h"
#include "domain/subsidy/cost_centre.h"

static const char *const sorts[] = {"name", "id", NULL};

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, void *out)
{
    *(struct ff_department *)out = (struct ff_department){
        .id = ff_db_col_int(st, FF_C_DEPARTMENT_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_DEPARTMENT_LIST_NAME),
        .cost_centre_id = ff_db_col_opt_int(st, FF_C_DEPARTMENT_LIST_COST_CENTRE_ID),
        .version = ff_db_col_int(st, FF_C_DEPARTMENT_LIST_VERSION),
    };
}

_Static_assert((int)FF_C_DEPARTMENT_LIST_VERSION == (int)FF_C_DEPARTMENT_GET_VERSION,
               "the department queries give the same columns");

_Static_assert(FF_C_DEPARTMENT_COUNT_TOTAL == 0 && FF_C_DEPARTMENT_BY_FOLD_ID == 0,
               "as struct ff_named says");

/* clang-format off */
static const struct ff_named departments = {
    .noun = "department", .users = "People", .sorts = sorts, .order = "name",
    .size = sizeof(struct ff_department), .read_row = read_row, .border = ff_people_border,
    .list = { .query = FF_Q_DEPARTMENT_LIST, .border = FF_P_DEPARTMENT_LIST_DEPARTMENT,
              /* names are unique: one key decides */
              .at = { FF_WORD_PARAMS(DEPARTMENT_LIST), FF_PAGE_PARAMS(DEPARTMENT_LIST),
                      .key = { FF_P_DEPARTMENT_LIST_KEY1 },
                      .direction = { FF_P_DEPARTMENT_LIST_DIRECTION1 } } },
    .count = { .query = FF_Q_DEPARTMENT_COUNT, .border = FF_P_DEPARTMENT_COUNT_DEPARTMENT,
               .at = { FF_WORD_PARAMS(DEPARTMENT_COUNT) } },
    .get = { .query = FF_Q_DEPARTMENT_GET, .id = FF_P_DEPARTMENT_GET_ID,
             .border = FF_P_DEPARTMENT_GET_DEPARTMENT },
    .find = { .query = FF_Q_DEPARTMENT_BY_FOLD, .fold = FF_P_DEPARTMENT_BY_FOLD_NAME_FOLD },
    .remove = { .query = FF_Q_DEPARTMENT_DELETE, .id = FF_P_DEPARTMENT_DELETE_ID,
                .version = FF_P_DEPARTMENT_DELETE_VERSION },
};
/* clang-format on */

enum ff_rc ff_department_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                              struct ff_list *out, int64_t *total)
{
    return ff_named_list(cx, &departments, f, out, total);
}

enum ff_rc ff_department_get(struct ff_ctx *cx, int64_t id, struct ff_department *out)
{
    return ff_named_get(cx, &departments, id, out);
}

enum ff_rc ff_department_find(struct ff_ctx *cx, const char *name, int64_t *id)
{
    return ff_named_find(cx, &departments, name, id);
}

/* ---- changing ---- */

/* A name NULL: it was not there, or it is not any more. */
static enum ff_rc record(struct ff_ctx *cx, const char *action, int64_t id, const char *before,
                         const char *after)
{
    const struct ff_audit_value was = {"name", before, 0}, is = {"name", after, 0};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "department",
                                           .entity_id = id,
                                           .before = &was,
                                           .n_before = before != NULL,
                                           .after = &is,
                                           .n_after = after != NULL});
}

enum ff_rc ff_department_insert(struct ff_ctx *cx, const char *name, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_DEPARTMENT_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_DEPARTMENT_INSERT_NAME, name);
    ff_db_text(st, FF_P_DEPARTMENT_INSERT_NAME_FOLD, fold);
    if ((rc = ff_db_row(cx, st, &row)))
        return ff_named_taken(cx, &departments, rc, name);
    *id = ff_db_col_int(st, FF_C_DEPARTMENT_INSERT_ID);
    return record(cx, "department.create", *id, NULL, name);
}

struct change {
    int64_t id, version;
    const struct ff_department_in *in;
    struct ff_department *out;
};

/* What it says besides its name, on its own: imports make departments by name alone. */
static enum ff_rc check_cost_centre(struct ff_ctx *cx, const struct ff_department_in *in)
{
    struct ff_cost_centre centre;
    if (!(in->set >> FF_DEPARTMENT_COST_CENTRE & 1) || in->cost_centre_id == FF_NULL_INT)
        return FF_OK;
    enum ff_rc rc = ff_cost_centre_get(cx, in->cost_centre_id, &centre);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return ff_field_fail(cx, "/costCentreId", "VALUE", "There is none with this id.");
}

static enum ff_rc update(struct ff_ctx *cx, const struct ff_department *d)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, d->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_DEPARTMENT_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEPARTMENT_UPDATE_ID, d->id);
    ff_db_int(st, FF_P_DEPARTMENT_UPDATE_VERSION, d->version);
    ff_db_text(st, FF_P_DEPARTMENT_UPDATE_NAME, d->name);
    ff_db_text(st, FF_P_DEPARTMENT_UPDATE_NAME_FOLD, fold);
    ff_db_opt_int(st, FF_P_DEPARTMENT_UPDATE_COST_CENTRE, d->cost_centre_id);
    return ff_named_taken(cx, &departments, ff_db_run(cx, st), d->name);
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_department made = {.name = c->in->name, .version = 1};
    enum ff_rc rc = check_cost_centre(cx, c->in);
    if (rc || (rc = ff_department_insert(cx, made.name, &made.id)))
        return rc;
    made.cost_centre_id =
        c->in->set >> FF_DEPARTMENT_COST_CENTRE & 1 ? c->in->cost_centre_id : FF_NULL_INT;
    if (made.cost_centre_id != FF_NULL_INT && (rc = update(cx, &made)))
        return rc;
    return ff_department_get(cx, made.id, c->out);
}

enum ff_rc ff_department_create(struct ff_ctx *cx, const struct ff_department_in *in,
                                struct ff_department *out)
{
    struct change c = {.in = in, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The department as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c, struct ff_department *out)
{
    enum ff_rc rc = ff_department_get(cx, c->id, out);
    return rc ? rc : ff_version_check(cx, out->version, c->version);
}

static enum ff_rc record_change(struct ff_ctx *cx, const struct ff_department *before,
                                const struct ff_department *after)
{
    const struct ff_audit_value was[] = {{"name", before->name, 0},
                                         {"costCentreId", NULL, before->cost_centre_id}},
                                is[] = {{"name", after->name, 0},
                                        {"costCentreId", NULL, after->cost_centre_id}};
    return ff_audit(cx, &(struct ff_audit){.action = "department.change",
                                           .entity = "department",
                                           .entity_id = before->id,
                                           .before = was,
                                           .n_before = 2,
                                           .after = is,
                                           .n_after = 2});
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_department now;
    enum ff_rc rc = read_version(cx, c, &now);
    if (rc || (rc = check_cost_centre(cx, c->in)))
        return rc;
    const struct ff_department before = now;
    if (c->in->set >> FF_DEPARTMENT_NAME & 1)
        now.name = c->in->name;
    if (c->in->set >> FF_DEPARTMENT_COST_CENTRE & 1)
        now.cost_centre_id = c->in->cost_centre_id;
    if ((rc = update(cx, &now)) || (rc = ff_department_get(cx, c->id, c->out)))
        return rc;
    return record_change(cx, &before, c->out);
}

enum ff_rc ff_department_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                const struct ff_department_in *in, struct ff_department *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_department department;
    enum ff_rc rc = read_version(cx, c, &department);
    if (rc || (rc = ff_named_remove(cx, &departments, c->id, c->version, department.name)))
        return rc;
    return record(cx, "department.delete", c->id, department.name, NULL);
}

enum ff_rc ff_department_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
