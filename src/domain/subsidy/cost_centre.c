/* SPDX-License-Identifier: MIT */
/* cost_centre.c - cost centres: list, change, delete when nothing was booked on it. */
#include "domain/subsidy/cost_centre.h"

#include "domain/audit/audit.h"
#include "domain/common/named.h"
#include "domain/ledger/ledger.h"

enum { FIRST_CENTRE = 1 };

static const char *const sorts[] = {"name", "id", NULL};

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, void *out)
{
    *(struct ff_cost_centre *)out = (struct ff_cost_centre){
        .id = ff_db_col_int(st, FF_C_CENTRE_LIST_ID),
        .code = ff_db_col_text(cx, st, FF_C_CENTRE_LIST_CODE),
        .name = ff_db_col_text(cx, st, FF_C_CENTRE_LIST_NAME),
        .version = ff_db_col_int(st, FF_C_CENTRE_LIST_VERSION),
    };
}

_Static_assert((int)FF_C_CENTRE_LIST_VERSION == (int)FF_C_CENTRE_GET_VERSION,
               "the queries give the same columns");

_Static_assert(FF_C_CENTRE_COUNT_TOTAL == 0 && FF_C_CENTRE_BY_FOLD_ID == 0,
               "as struct ff_named says");

/* clang-format off */
static const struct ff_named centres = {
    .noun = "cost centre", .users = "Departments, rules or bookings", .sorts = sorts, .order = "name",
    .size = sizeof(struct ff_cost_centre), .read_row = read_row,
    .list = { .query = FF_Q_CENTRE_LIST,
              /* names are unique: one key decides */
              .at = { FF_WORD_PARAMS(CENTRE_LIST), FF_PAGE_PARAMS(CENTRE_LIST),
                      .key = { FF_P_CENTRE_LIST_KEY1 },
                      .direction = { FF_P_CENTRE_LIST_DIRECTION1 } } },
    .count = { .query = FF_Q_CENTRE_COUNT, .at = { FF_WORD_PARAMS(CENTRE_COUNT) } },
    .get = { .query = FF_Q_CENTRE_GET, .id = FF_P_CENTRE_GET_ID },
    .find = { .query = FF_Q_CENTRE_BY_FOLD, .fold = FF_P_CENTRE_BY_FOLD_NAME_FOLD },
    .remove = { .query = FF_Q_CENTRE_DELETE, .id = FF_P_CENTRE_DELETE_ID,
                .version = FF_P_CENTRE_DELETE_VERSION },
};
/* clang-format on */

enum ff_rc ff_cost_centre_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                               struct ff_list *out, int64_t *total)
{
    return ff_named_list(cx, &centres, f, out, total);
}

enum ff_rc ff_cost_centre_get(struct ff_ctx *cx, int64_t id, struct ff_cost_centre *out)
{
    return ff_named_get(cx, &centres, id, out);
}

enum ff_rc ff_cost_centre_of(struct ff_ctx *cx, int64_t employee_id, struct ff_cost_centre *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CENTRE_OF_PERSON, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CENTRE_OF_PERSON_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no person %lld.", (long long)employee_id);
    *out = (struct ff_cost_centre){.id = ff_db_col_int(st, FF_C_CENTRE_OF_PERSON_ID),
                                   .code = ff_db_col_text(cx, st, FF_C_CENTRE_OF_PERSON_CODE)};
    return out->code ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_cost_centre_account(struct ff_ctx *cx, const char *code, int64_t *id)
{
    const char *account = ff_arena_printf(cx->arena, "subsidy:%s", code);
    return account ? ff_ledger_account(cx, account, "subsidy", id)
                   : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

/* ---- changing ---- */

/* A name NULL: it was not there, or it is not any more. */
static enum ff_rc record(struct ff_ctx *cx, const char *action, int64_t id, const char *before,
                         const char *after)
{
    const struct ff_audit_value was = {"name", before, 0}, is = {"name", after, 0};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "costCentre",
                                           .entity_id = id,
                                           .before = &was,
                                           .n_before = before != NULL,
                                           .after = &is,
                                           .n_after = after != NULL});
}

struct change {
    int64_t id, version;
    const char *code, *name;
    struct ff_cost_centre *out;
};

/* The name's own uniqueness is told by the insert. */
static enum ff_rc check_code(struct ff_ctx *cx, const char *code)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CENTRE_CODE_TAKEN, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CENTRE_CODE_TAKEN_CODE, code);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "There is a cost centre %s.", code);
    ff_err_text(cx, "field", "code");
    return rc;
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, c->name);
    enum ff_rc rc = fold ? check_code(cx, c->code) : cx->err.rc;
    if (rc || (rc = ff_db_query(cx, FF_Q_CENTRE_INSERT, &st)))
        return rc;
    ff_db_text(st, FF_P_CENTRE_INSERT_CODE, c->code);
    ff_db_text(st, FF_P_CENTRE_INSERT_NAME, c->name);
    ff_db_text(st, FF_P_CENTRE_INSERT_NAME_FOLD, fold);
    if ((rc = ff_db_row(cx, st, &row)))
        return ff_named_taken(cx, &centres, rc, c->name);
    const int64_t id = ff_db_col_int(st, FF_C_CENTRE_INSERT_ID);
    rc = record(cx, "cost_centre.create", id, NULL, c->name);
    return rc ? rc : ff_cost_centre_get(cx, id, c->out);
}

enum ff_rc ff_cost_centre_create(struct ff_ctx *cx, const char *code, const char *name,
                                 struct ff_cost_centre *out)
{
    struct change c = {.code = code, .name = name, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The centre as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c,
                               struct ff_cost_centre *out)
{
    enum ff_rc rc = ff_cost_centre_get(cx, c->id, out);
    return rc ? rc : ff_version_check(cx, out->version, c->version);
}

static enum ff_rc rename_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_cost_centre now;
    FF_STMT *st = NULL;
    enum ff_rc rc = read_version(cx, c, &now);
    if (rc)
        return rc;
    const char *name = c->name ? c->name : now.name, *fold = ff_fold(cx, name);
    rc = fold ? ff_db_query(cx, FF_Q_CENTRE_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CENTRE_UPDATE_ID, c->id);
    ff_db_int(st, FF_P_CENTRE_UPDATE_VERSION, c->version);
    ff_db_text(st, FF_P_CENTRE_UPDATE_NAME, name);
    ff_db_text(st, FF_P_CENTRE_UPDATE_NAME_FOLD, fold);
    if ((rc = ff_named_taken(cx, &centres, ff_db_run(cx, st), name)) ||
        (rc = ff_cost_centre_get(cx, c->id, c->out)))
        return rc;
    return record(cx, "cost_centre.change", c->id, now.name, name);
}

enum ff_rc ff_cost_centre_rename(struct ff_ctx *cx, int64_t id, int64_t version, const char *name,
                                 struct ff_cost_centre *out)
{
    struct change c = {.id = id, .version = version, .name = name, .out = out};
    return ff_db_write(cx, rename_it, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_cost_centre now;
    enum ff_rc rc = read_version(cx, c, &now);
    if (rc)
        return rc;
    if (c->id == FIRST_CENTRE)
        return FF_FAIL(cx, FF_IN_USE, "The first cost centre stays: rename it instead.");
    rc = ff_named_remove(cx, &centres, c->id, c->version, now.name);
    return rc ? rc : record(cx, "cost_centre.delete", c->id, now.name, NULL);
}

enum ff_rc ff_cost_centre_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, remove_it, &c);
}
