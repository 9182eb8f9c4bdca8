/* SPDX-License-Identifier: MIT */
/* category.c - the shelves of the menu: list, change, delete when empty. */
#include "db/db.h"
#include "domain/catalog/product_repo.h"

static const char *const sorts[] = {"sort", "name", "id", NULL};

_Static_assert((int)FF_C_CATEGORY_LIST_VERSION == (int)FF_C_CATEGORY_GET_VERSION,
               "the category queries give the same columns");

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_category *out)
{
    *out = (struct ff_category){
        .id = ff_db_col_int(st, FF_C_CATEGORY_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_CATEGORY_LIST_NAME),
        .emoji = ff_db_col_text(cx, st, FF_C_CATEGORY_LIST_EMOJI),
        .glaze = ff_db_col_text(cx, st, FF_C_CATEGORY_LIST_GLAZE),
        .sort = ff_db_col_int(st, FF_C_CATEGORY_LIST_SORT),
        .version = ff_db_col_int(st, FF_C_CATEGORY_LIST_VERSION),
    };
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_words *words, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CATEGORY_COUNT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CATEGORY_COUNT_WORD1, words->word[0]);
    ff_db_text(st, FF_P_CATEGORY_COUNT_WORD2, words->word[1]);
    ff_db_text(st, FF_P_CATEGORY_COUNT_WORD3, words->word[2]);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_CATEGORY_COUNT_TOTAL);
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
    enum ff_rc rc = ff_db_query(cx, FF_Q_CATEGORY_LIST, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CATEGORY_LIST_WORD1, words->word[0]);
    ff_db_text(st, FF_P_CATEGORY_LIST_WORD2, words->word[1]);
    ff_db_text(st, FF_P_CATEGORY_LIST_WORD3, words->word[2]);
    ff_db_int(st, FF_P_CATEGORY_LIST_KEY1, order->key[0]);
    ff_db_int(st, FF_P_CATEGORY_LIST_KEY2, order->key[1]);
    ff_db_int(st, FF_P_CATEGORY_LIST_KEY3, order->key[2]);
    ff_db_int(st, FF_P_CATEGORY_LIST_DIRECTION1, order->direction[0]);
    ff_db_int(st, FF_P_CATEGORY_LIST_DIRECTION2, order->direction[1]);
    ff_db_int(st, FF_P_CATEGORY_LIST_DIRECTION3, order->direction[2]);
    ff_db_int(st, FF_P_CATEGORY_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_CATEGORY_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_category *category = ff_rows_add(cx, &rows, sizeof *category);
        if (!category)
            return cx->err.rc;
        read_row(cx, st, category);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_category_list(struct ff_ctx *cx, const struct ff_list_filter *f, struct ff_list *out,
                            int64_t *total)
{
    struct ff_order order;
    struct ff_words words;
    enum ff_rc rc = ff_order_read(cx, f->sort, sorts, "sort,name", &order);
    if (rc)
        return rc;
    ff_words_read(f->q, &words);
    if ((rc = count(cx, &words, total)))
        return rc;
    return read_page(cx, f, &order, &words, out);
}

enum ff_rc ff_category_get(struct ff_ctx *cx, int64_t id, struct ff_category *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CATEGORY_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_CATEGORY_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such category.");
    read_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_category_find(struct ff_ctx *cx, const char *name, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_CATEGORY_BY_FOLD, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_CATEGORY_BY_FOLD_NAME_FOLD, fold);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = row ? ff_db_col_int(st, FF_C_CATEGORY_BY_FOLD_ID) : 0;
    return FF_OK;
}

/* ---- changing ---- */

struct change {
    int64_t id, version;
    const struct ff_category_in *in;
    struct ff_category *out;
};

static enum ff_rc name_taken(struct ff_ctx *cx, enum ff_rc rc, const char *name)
{
    if (rc != FF_ALREADY_EXISTS)
        return rc;
    ff_err_clear(cx);
    (void)FF_FAIL(cx, rc, "There is a category \"%s\" already.", name);
    ff_err_text(cx, "field", "name");
    return rc;
}

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
    if ((rc = ff_db_row(cx, st, &row)))
        return name_taken(cx, rc, c->name);
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
    return name_taken(cx, ff_db_run(cx, st), c->name);
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
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_category category = {.glaze = "meal"};
    apply(c->in, &category);
    enum ff_rc rc = insert(cx, &category);
    return rc ? rc : ff_category_get(cx, category.id, c->out);
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
    if (rc || out->version == c->version)
        return rc;
    return FF_FAIL(cx, FF_VERSION_CONFLICT, "Someone changed this meanwhile; load it again.");
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_category category;
    enum ff_rc rc = read_version(cx, c, &category);
    if (rc)
        return rc;
    apply(c->in, &category);
    if ((rc = update(cx, &category)))
        return rc;
    return ff_category_get(cx, c->id, c->out);
}

enum ff_rc ff_category_change(struct ff_ctx *cx, int64_t id, int64_t version,
                              const struct ff_category_in *in, struct ff_category *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

static enum ff_rc delete (struct ff_ctx *cx, void *arg) {
    struct change *c = arg; struct ff_category category; FF_STMT *st = NULL;
    enum ff_rc rc = read_version(cx, c, &category);
    if (rc || (rc = ff_db_query(cx, FF_Q_CATEGORY_DELETE, &st))) return rc;
    ff_db_int(st, FF_P_CATEGORY_DELETE_ID, c->id);
    ff_db_int(st, FF_P_CATEGORY_DELETE_VERSION, c->version);
    rc = ff_db_run(cx, st);
    if (rc != FF_IN_USE) return rc;
    ff_err_clear(cx);
    return FF_FAIL(cx, FF_IN_USE, "Products are in the category \"%s\"; move them first.",
                   category.name);
}

enum ff_rc ff_category_delete(struct ff_ctx *cx, int64_t id, int64_t version)
{
    struct change c = {.id = id, .version = version};
    return ff_db_write(cx, delete, &c);
}
