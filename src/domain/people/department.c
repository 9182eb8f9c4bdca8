/* SPDX-License-Identifier: MIT */
/* department.c - departments: list, change, delete when nobody is in them. */
#include "domain/people/people_repo.h"

static const char *const sorts[] = {"name", "id", NULL};

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_department *out)
{
    *out = (struct ff_department){
        .id = ff_db_col_int(st, FF_C_DEPARTMENT_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_DEPARTMENT_LIST_NAME),
        .version = ff_db_col_int(st, FF_C_DEPARTMENT_LIST_VERSION),
    };
}

_Static_assert((int)FF_C_DEPARTMENT_LIST_VERSION == (int)FF_C_DEPARTMENT_GET_VERSION,
               "the department queries give the same columns");

static enum ff_rc count(struct ff_ctx *cx, const struct ff_words *words, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEPARTMENT_COUNT, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_DEPARTMENT_COUNT_DEPARTMENT, ff_people_border(cx));
    ff_db_text(st, FF_P_DEPARTMENT_COUNT_WORD1, words->word[0]);
    ff_db_text(st, FF_P_DEPARTMENT_COUNT_WORD2, words->word[1]);
    ff_db_text(st, FF_P_DEPARTMENT_COUNT_WORD3, words->word[2]);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_DEPARTMENT_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc read_page(struct ff_ctx *cx, const struct ff_list_filter *f,
                            const struct ff_order *order, const struct ff_words *words,
                            struct ff_list *out)
{
    FF_STMT *st = NULL;
    bool row;
    struct ff_rows rows = {0};
    struct ff_window window = ff_window_of(f->page, f->limit);
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEPARTMENT_LIST, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_DEPARTMENT_LIST_DEPARTMENT, ff_people_border(cx));
    ff_db_text(st, FF_P_DEPARTMENT_LIST_WORD1, words->word[0]);
    ff_db_text(st, FF_P_DEPARTMENT_LIST_WORD2, words->word[1]);
    ff_db_text(st, FF_P_DEPARTMENT_LIST_WORD3, words->word[2]);
    ff_db_int(st, FF_P_DEPARTMENT_LIST_KEY1, order->key[0]); /* names are unique: one key decides */
    ff_db_int(st, FF_P_DEPARTMENT_LIST_DIRECTION1, order->direction[0]);
    ff_db_int(st, FF_P_DEPARTMENT_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_DEPARTMENT_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_department *department = ff_rows_add(cx, &rows, sizeof *department);
        if (!department)
            return cx->err.rc;
        read_row(cx, st, department);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_department_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                              struct ff_list *out, int64_t *total)
{
    struct ff_order order;
    struct ff_words words;
    enum ff_rc rc = ff_order_read(cx, f->sort, sorts, "name", &order);
    if (rc)
        return rc;
    ff_words_read(f->q, &words);
    if ((rc = count(cx, &words, total)))
        return rc;
    return read_page(cx, f, &order, &words, out);
}

enum ff_rc ff_department_get(struct ff_ctx *cx, int64_t id, struct ff_department *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEPARTMENT_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEPARTMENT_GET_ID, id);
    ff_db_opt_int(st, FF_P_DEPARTMENT_GET_DEPARTMENT, ff_people_border(cx));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such department.");
    read_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_department_find(struct ff_ctx *cx, const char *name, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_DEPARTMENT_BY_FOLD, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_DEPARTMENT_BY_FOLD_NAME_FOLD, fold);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = row ? ff_db_col_int(st, FF_C_DEPARTMENT_BY_FOLD_ID) : 0;
    return FF_OK;
}

/* ---- changing ---- */

static enum ff_rc name_taken(struct ff_ctx *cx, enum ff_rc rc, const char *name)
{
    if (rc != FF_ALREADY_EXISTS)
        return rc;
    ff_err_clear(cx);
    (void)FF_FAIL(cx, rc, "There is a department \"%s\" already.", name);
    ff_err_text(cx, "field", "name");
    return rc;
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
        return name_taken(cx, rc, name);
    *id = ff_db_col_int(st, FF_C_DEPARTMENT_INSERT_ID);
    return FF_OK;
}

struct change {
    int64_t id, version;
    const char *name;
    struct ff_department *out;
};

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    int64_t id;
    enum ff_rc rc = ff_department_insert(cx, c->name, &id);
    return rc ? rc : ff_department_get(cx, id, c->out);
}

enum ff_rc ff_department_create(struct ff_ctx *cx, const char *name, struct ff_department *out)
{
    struct change c = {.name = name, .out = out};
    return ff_db_write(cx, create, &c);
}

/* The department as it is now, if it is still the caller's version. */
static enum ff_rc read_version(struct ff_ctx *cx, const struct change *c, struct ff_department *out)
{
    enum ff_rc rc = ff_department_get(cx, c->id, out);
    if (rc || out->version == c->version)
        return rc;
    return FF_FAIL(cx, FF_VERSION_CONFLICT, "Someone changed this meanwhile; load it again.");
}

static enum ff_rc rename_it(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_department now;
    FF_STMT *st = NULL;
    enum ff_rc rc = read_version(cx, c, &now);
    if (rc)
        return rc;
    const char *name = c->name ? c->name : now.name, *fold = ff_fold(cx, name);
    if (!fold || (rc = ff_db_query(cx, FF_Q_DEPARTMENT_UPDATE, &st)))
        return cx->err.rc;
    ff_db_int(st, FF_P_DEPARTMENT_UPDATE_ID, c->id);
    ff_db_int(st, FF_P_DEPARTMENT_UPDATE_VERSION, c->version);
    ff_db_text(st, FF_P_DEPARTMENT_UPDATE_NAME, name);
    ff_db_text(st, FF_P_DEPARTMENT_UPDATE_NAME_FOLD, fold);
    if ((rc = name_taken(cx, ff_db_run(cx, st), name)))
        return rc;
    return ff_department_get(cx, c->id, c->out);
}

enum ff_rc ff_department_rename(struct ff_ctx *cx, int64_t id, int64_t version, const char *name,
                                struct ff_department *out)
{
    struct change c = {.id = id, .version = version, .name = name, .out = out};
    return ff_db_write(cx, rename_it, &c);
}

static enum ff_rc delete (struct ff_ctx *cx, void *arg) {
    struct change *c = arg; struct ff_department department; FF_STMT *st = NULL;
    enum ff_rc rc = read_version(cx, c, &department);
    if (rc || (rc = ff_db_query(cx, FF_Q_DEPARTMENT_DELETE, &st))) return rc;
    ff_db_int(st, FF_P_DEPARTMENT_DELETE_ID, c->id);
    ff_db_int(st, FF_P_DEPARTMENT_DELETE_VERSION, c->version);
    rc = ff_db_run(cx, st);
    if (rc != FF_IN_USE) return rc;
    ff_err_clear(cx);
    return FF_FAIL(cx, FF_IN_USE, "People are in the department \"%s\"; move them first.",
                   department.name);
}

enum ff_rc ff_department_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, delete, &c);
}
