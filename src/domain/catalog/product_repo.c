/* SPDX-License-Identifier: MIT */
/* product_repo.c - statements on products. The lists share their columns' places, which sqlgen
 * checks against the schema and the assertions below against each other. */
#include "domain/catalog/product_repo.h"

#include <inttypes.h>
#include <string.h>

#define SAME_COLUMNS(QUERY)                                                                        \
    ((int)FF_C_##QUERY##_ID == (int)FF_C_PRODUCT_LIST_ID &&                                        \
     (int)FF_C_##QUERY##_UPDATED_AT == (int)FF_C_PRODUCT_LIST_UPDATED_AT)
_Static_assert(SAME_COLUMNS(PRODUCT_GET) && SAME_COLUMNS(PRODUCT_SORTED) &&
                   SAME_COLUMNS(PRODUCT_BY_MENU) && SAME_COLUMNS(PRODUCT_BY_NAME) &&
                   SAME_COLUMNS(PRODUCT_BY_NAME_DOWN) && SAME_COLUMNS(PRODUCT_BY_PRICE) &&
                   SAME_COLUMNS(PRODUCT_BY_PRICE_DOWN) && SAME_COLUMNS(PRODUCT_SHELF) &&
                   SAME_COLUMNS(PRODUCT_BY_BARCODE) && SAME_COLUMNS(PRODUCT_NAMED),
               "the product queries give the same columns");

/* Where the picture of the row is; NULL: there is none. */
static const char *image_url(struct ff_ctx *cx, struct ff_stmt *st)
{
    unsigned char hash[32];
    char hex[2 * sizeof hash + 1];
    if (!ff_db_col_blob(st, FF_C_PRODUCT_LIST_IMAGE_HASH, hash, sizeof hash))
        return NULL;
    ff_hex(hash, sizeof hash, hex);
    return ff_arena_printf(cx->arena, "/api/v1/images/%s", hex);
}

void ff_product_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_product *out)
{
    *out = (struct ff_product){
        .id = ff_db_col_int(st, FF_C_PRODUCT_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_PRODUCT_LIST_NAME),
        .price = ff_db_col_int(st, FF_C_PRODUCT_LIST_PRICE),
        .category_id = ff_db_col_int(st, FF_C_PRODUCT_LIST_CATEGORY_ID),
        .category = ff_db_col_text(cx, st, FF_C_PRODUCT_LIST_CATEGORY),
        .description = ff_db_col_text(cx, st, FF_C_PRODUCT_LIST_DESCRIPTION),
        .available = ff_db_col_int(st, FF_C_PRODUCT_LIST_AVAILABLE),
        .archived = ff_db_col_int(st, FF_C_PRODUCT_LIST_ARCHIVED),
        .emoji = ff_db_col_text(cx, st, FF_C_PRODUCT_LIST_EMOJI),
        .glaze = ff_db_col_text(cx, st, FF_C_PRODUCT_LIST_GLAZE),
        .sort = ff_db_col_int(st, FF_C_PRODUCT_LIST_SORT),
        .tax_rate = ff_db_col_int(st, FF_C_PRODUCT_LIST_TAX_RATE),
        .allergens = ff_db_col_opt_int(st, FF_C_PRODUCT_LIST_ALLERGENS),
        .diets = ff_db_col_opt_int(st, FF_C_PRODUCT_LIST_DIETS),
        .availability = ff_db_col_text(cx, st, FF_C_PRODUCT_LIST_AVAILABILITY),
        .menu_only = ff_db_col_int(st, FF_C_PRODUCT_LIST_MENU_ONLY),
        .image_url = image_url(cx, st),
        .version = ff_db_col_int(st, FF_C_PRODUCT_LIST_VERSION),
        .created_at = ff_db_col_int(st, FF_C_PRODUCT_LIST_CREATED_AT),
        .updated_at = ff_db_col_int(st, FF_C_PRODUCT_LIST_UPDATED_AT),
    };
}

/* A statement over the filter, and where it takes it. */
struct filtered {
    enum ff_query query;
    int archived; /* 0: it gives living ones only */
    int category_id, available, without, diet;
    struct ff_list_params at;
};

#define FILTER_PARAMS(QUERY)                                                                       \
    .query = FF_Q_##QUERY, .category_id = FF_P_##QUERY##_CATEGORY_ID,                              \
    .available = FF_P_##QUERY##_AVAILABLE, .without = FF_P_##QUERY##_WITHOUT,                      \
    .diet = FF_P_##QUERY##_DIET

static const struct filtered in_menu_order = {
    FILTER_PARAMS(PRODUCT_LIST),
    .at = {FF_WORD_PARAMS(PRODUCT_LIST), FF_PAGE_PARAMS(PRODUCT_LIST)},
};
static const struct filtered in_any_order = {
    FILTER_PARAMS(PRODUCT_SORTED),
    .archived = FF_P_PRODUCT_SORTED_ARCHIVED,
    .at = {FF_WORD_PARAMS(PRODUCT_SORTED), FF_ORDER_PARAMS(PRODUCT_SORTED),
           FF_PAGE_PARAMS(PRODUCT_SORTED)},
};
static const struct filtered counted = {
    FILTER_PARAMS(PRODUCT_COUNT_FILTERED),
    .archived = FF_P_PRODUCT_COUNT_FILTERED_ARCHIVED,
    .at = {FF_WORD_PARAMS(PRODUCT_COUNT_FILTERED)},
};

static enum ff_rc start(struct ff_ctx *cx, const struct filtered *f,
                        const struct ff_product_query *q, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, f->query, st);
    if (rc)
        return rc;
    if (f->archived)
        ff_db_int(*st, f->archived, q->archived);
    ff_db_opt_int(*st, f->category_id, q->category_id);
    ff_db_opt_int(*st, f->available, q->available);
    ff_db_opt_int(*st, f->without, q->without);
    ff_db_opt_int(*st, f->diet, q->diet);
    ff_list_bind(*st, &f->at, &q->view);
    return FF_OK;
}

static bool is_filtered(const struct ff_product_query *q)
{
    return q->view.words.any || q->category_id != FF_NULL_INT || q->available != FF_NULL_INT ||
           q->without != FF_NULL_INT || q->diet != FF_NULL_INT;
}

enum ff_rc ff_product_select(struct ff_ctx *cx, const struct ff_product_query *q,
                             struct ff_stmt **st)
{
    return start(cx, q->is_menu_order && !q->archived ? &in_menu_order : &in_any_order, q, st);
}

static enum ff_rc count_all(struct ff_ctx *cx, int64_t archived, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRODUCT_COUNT_ARCHIVED, archived);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_PRODUCT_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc count_filtered(struct ff_ctx *cx, const struct ff_product_query *q,
                                 int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start(cx, &counted, q, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_PRODUCT_COUNT_FILTERED_TOTAL);
    return FF_OK;
}

enum ff_rc ff_product_count(struct ff_ctx *cx, const struct ff_product_query *q, int64_t *total)
{
    return is_filtered(q) ? count_filtered(cx, q, total) : count_all(cx, q->archived, total);
}

static enum ff_rc read_page(struct ff_ctx *cx, struct ff_stmt *st, struct ff_list *out)
{
    struct ff_product *items = out->items;
    bool row;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row)
        ff_product_row(cx, st, &items[out->n++]);
    return rc ? rc : cx->err.rc;
}

/* An order that has an index: the statement that finds where a page begins, the one that reads on
 * from there, and where that takes the place; 0: it has no such part. */
struct walk {
    struct ff_order order;
    enum ff_query place, page;
    int number, fold, id, limit;
};

#define WALK(NAME)                                                                                 \
    .place = FF_Q_PRODUCT_PLACE_##NAME, .page = FF_Q_PRODUCT_BY_##NAME,                            \
    .id = FF_P_PRODUCT_BY_##NAME##_ID, .limit = FF_P_PRODUCT_BY_##NAME##_LIMIT

static const struct walk walks[] = {
    {.order = FF_PRODUCT_MENU_ORDER,
     WALK(MENU),
     .number = FF_P_PRODUCT_BY_MENU_NUMBER,
     .fold = FF_P_PRODUCT_BY_MENU_FOLD},
    {.order = {{FF_PRODUCT_KEY_NAME}, {1, 1, 1}}, WALK(NAME), .fold = FF_P_PRODUCT_BY_NAME_FOLD},
    {.order = {{FF_PRODUCT_KEY_NAME}, {-1, 1, 1}},
     WALK(NAME_DOWN),
     .fold = FF_P_PRODUCT_BY_NAME_DOWN_FOLD},
    {.order = {{FF_PRODUCT_KEY_PRICE}, {1, 1, 1}},
     WALK(PRICE),
     .number = FF_P_PRODUCT_BY_PRICE_NUMBER},
    {.order = {{FF_PRODUCT_KEY_PRICE}, {-1, 1, 1}},
     WALK(PRICE_DOWN),
     .number = FF_P_PRODUCT_BY_PRICE_DOWN_NUMBER},
};

#define SAME_PLACE(NAME)                                                                           \
    ((int)FF_P_PRODUCT_PLACE_##NAME##_OFFSET == (int)FF_P_PRODUCT_PLACE_MENU_OFFSET &&             \
     (int)FF_C_PRODUCT_PLACE_##NAME##_FOLD == (int)FF_C_PRODUCT_PLACE_MENU_FOLD &&                 \
     (int)FF_C_PRODUCT_PLACE_##NAME##_ID == (int)FF_C_PRODUCT_PLACE_MENU_ID)
_Static_assert(SAME_PLACE(NAME) && SAME_PLACE(NAME_DOWN) && SAME_PLACE(PRICE) &&
                   SAME_PLACE(PRICE_DOWN),
               "one way to ask for a place and to read it");

/* The walk in the order asked for; NULL: there is none. */
static const struct walk *walk_of(const struct ff_product_query *q)
{
    for (size_t i = 0; i < sizeof walks / sizeof walks[0] && !q->archived && !is_filtered(q); i++) {
        if (memcmp(&walks[i].order, &q->view.order, sizeof q->view.order) == 0)
            return &walks[i];
    }
    return NULL;
}

/* Where a page begins. */
struct place {
    int64_t number, id;
    const char *fold;
};

static enum ff_rc find_place(struct ff_ctx *cx, const struct walk *walk, int64_t offset,
                             struct place *out, bool *found)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, walk->place, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRODUCT_PLACE_MENU_OFFSET, offset);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    out->number = ff_db_col_int(st, FF_C_PRODUCT_PLACE_MENU_NUMBER);
    out->fold = ff_db_col_text(cx, st, FF_C_PRODUCT_PLACE_MENU_FOLD);
    out->id = ff_db_col_int(st, FF_C_PRODUCT_PLACE_MENU_ID);
    return cx->err.rc;
}

static enum ff_rc read_walk(struct ff_ctx *cx, const struct walk *walk,
                            const struct ff_window *window, struct ff_list *out)
{
    struct place from = {0};
    FF_STMT *st = NULL;
    bool found;
    enum ff_rc rc = find_place(cx, walk, window->offset, &from, &found);
    if (rc || !found || (rc = ff_db_query(cx, walk->page, &st)))
        return rc;
    if (walk->number)
        ff_db_int(st, walk->number, from.number);
    if (walk->fold)
        ff_db_text(st, walk->fold, from.fold);
    ff_db_int(st, walk->id, from.id);
    ff_db_int(st, walk->limit, window->limit);
    return read_page(cx, st, out);
}

enum ff_rc ff_product_page(struct ff_ctx *cx, const struct ff_product_query *q, struct ff_list *out)
{
    const struct walk *walk = walk_of(q);
    FF_STMT *st = NULL;
    if (walk)
        return read_walk(cx, walk, &q->view.window, out);
    enum ff_rc rc = ff_product_select(cx, q, &st);
    return rc ? rc : read_page(cx, st, out);
}

enum ff_rc ff_product_read(struct ff_ctx *cx, int64_t id, int64_t archived, struct ff_product *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRODUCT_GET_ID, id);
    ff_db_int(st, FF_P_PRODUCT_GET_ARCHIVED, archived);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such product.");
    ff_product_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_product_named(struct ff_ctx *cx, const char *name, struct ff_product *out)
{
    FF_STMT *st = NULL;
    bool row;
    *out = (struct ff_product){0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_NAMED, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRODUCT_NAMED_NAME, name);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    ff_product_row(cx, st, out);
    return cx->err.rc;
}

enum ff_rc ff_product_read_shelf(struct ff_ctx *cx, int64_t limit, struct ff_list *out)
{
    FF_STMT *st = NULL;
    bool row;
    struct ff_rows rows = {0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_SHELF, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRODUCT_SHELF_LIMIT, limit);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_product *p = ff_rows_add(cx, &rows, sizeof *p);
        if (!p)
            return cx->err.rc;
        ff_product_row(cx, st, p);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_product_last_sort(struct ff_ctx *cx, int64_t *sort)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_LAST_SORT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *sort = ff_db_col_int(st, FF_C_PRODUCT_LAST_SORT_SORT);
    return FF_OK;
}

/* The index product_name_living refused. */
static enum ff_rc name_taken(struct ff_ctx *cx, const char *name)
{
    ff_err_clear(cx);
    enum ff_rc rc =
        FF_FAIL(cx, FF_ALREADY_EXISTS, "The name \"%s\" is in use by another product.", name);
    ff_err_text(cx, "field", "name");
    return rc;
}

enum ff_rc ff_product_insert(struct ff_ctx *cx, struct ff_product *p)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, p->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_PRODUCT_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRODUCT_INSERT_NAME, p->name);
    ff_db_text(st, FF_P_PRODUCT_INSERT_NAME_FOLD, fold);
    ff_db_int(st, FF_P_PRODUCT_INSERT_PRICE, p->price);
    ff_db_int(st, FF_P_PRODUCT_INSERT_CATEGORY_ID, p->category_id);
    ff_db_text(st, FF_P_PRODUCT_INSERT_DESCRIPTION, p->description);
    ff_db_int(st, FF_P_PRODUCT_INSERT_AVAILABLE, p->available);
    ff_db_text(st, FF_P_PRODUCT_INSERT_EMOJI, p->emoji);
    ff_db_text(st, FF_P_PRODUCT_INSERT_GLAZE, p->glaze);
    ff_db_int(st, FF_P_PRODUCT_INSERT_SORT, p->sort);
    ff_db_int(st, FF_P_PRODUCT_INSERT_TAX_RATE, p->tax_rate);
    ff_db_opt_int(st, FF_P_PRODUCT_INSERT_ALLERGENS, p->allergens);
    ff_db_opt_int(st, FF_P_PRODUCT_INSERT_DIETS, p->diets);
    ff_db_int(st, FF_P_PRODUCT_INSERT_MENU_ONLY, p->menu_only);
    ff_db_int(st, FF_P_PRODUCT_INSERT_NOW, ff_clock_now_ms(cx->clock));
    rc = ff_db_row(cx, st, &row);
    if (rc)
        return rc == FF_ALREADY_EXISTS ? name_taken(cx, p->name) : rc;
    p->id = ff_db_col_int(st, FF_C_PRODUCT_INSERT_ID);
    return ff_price_first(cx, p);
}

enum ff_rc ff_product_update(struct ff_ctx *cx, const struct ff_product *p)
{
    enum ff_rc rc = ff_price_note(cx, p);
    return rc ? rc : ff_product_write(cx, p);
}

enum ff_rc ff_product_write(struct ff_ctx *cx, const struct ff_product *p)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, p->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_PRODUCT_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRODUCT_UPDATE_ID, p->id);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_VERSION, p->version);
    ff_db_text(st, FF_P_PRODUCT_UPDATE_NAME, p->name);
    ff_db_text(st, FF_P_PRODUCT_UPDATE_NAME_FOLD, fold);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_PRICE, p->price);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_CATEGORY_ID, p->category_id);
    ff_db_text(st, FF_P_PRODUCT_UPDATE_DESCRIPTION, p->description);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_AVAILABLE, p->available);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_ARCHIVED, p->archived);
    ff_db_text(st, FF_P_PRODUCT_UPDATE_EMOJI, p->emoji);
    ff_db_text(st, FF_P_PRODUCT_UPDATE_GLAZE, p->glaze);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_SORT, p->sort);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_TAX_RATE, p->tax_rate);
    ff_db_opt_int(st, FF_P_PRODUCT_UPDATE_ALLERGENS, p->allergens);
    ff_db_opt_int(st, FF_P_PRODUCT_UPDATE_DIETS, p->diets);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_MENU_ONLY, p->menu_only);
    ff_db_int(st, FF_P_PRODUCT_UPDATE_NOW, ff_clock_now_ms(cx->clock));
    rc = ff_db_run(cx, st);
    return rc == FF_ALREADY_EXISTS ? name_taken(cx, p->name) : rc;
}
