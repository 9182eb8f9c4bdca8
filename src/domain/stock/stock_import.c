/* SPDX-License-Identifier: MIT */
/* stock_import.c - a stocktaking from a CSV file: each row begins to count a product if nobody does
 * yet, says how, and what was counted. Products that the file leaves out stay as they are. */
#include "domain/common/import.h"
#include "domain/stock/stock_repo.h"

struct row {
    struct ff_import_row head;
    const char *product, *kind;
    int64_t quantity, low_water;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "product",  FF_T_NAME, offsetof(struct row, product),   FF_F_REQUIRED, 2, 100, "by its name", NULL, NULL },
    { "kind",     FF_T_ENUM, offsetof(struct row, kind),      0, 0, 0, "empty: as it is, at first shelf",
      NULL, ff_stock_kinds },
    { "quantity", FF_T_INT,  offsetof(struct row, quantity),  0, 0, FF_STOCK_PIECES,
      "pieces that were counted; empty: not counted", NULL, NULL },
    { "lowWater", FF_T_INT,  offsetof(struct row, low_water), 0, 0, FF_STOCK_PIECES,
      "empty: as it is", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "StockRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

struct job {
    struct ff_import *im;
    int64_t counted;
};

static enum ff_rc start(struct ff_ctx *cx, void *arg)
{
    struct job *job = arg;
    (void)cx;
    job->counted = 0;
    return FF_OK;
}

static enum ff_rc find_product(struct ff_ctx *cx, const char *name, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STOCK_PRODUCT_NAMED, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_STOCK_PRODUCT_NAMED_NAME, name);
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_STOCK_PRODUCT_NAMED_ID) : 0;
    return rc;
}

static enum ff_rc begin_to_count(struct ff_ctx *cx, int64_t id)
{
    const struct ff_stock_in on = {.set = 1u << FF_STOCK_TRACKED, .tracked = 1};
    struct ff_stock s = {.tracked = 0};
    bool found = false;
    enum ff_rc rc = ff_stock_find(cx, id, &s, &found);
    return rc || s.tracked ? rc : ff_stock_change(cx, id, &on, &s);
}

static enum ff_rc count(struct ff_ctx *cx, struct job *job, const struct row *row, int64_t id)
{
    struct ff_stock_move m;
    if (row->quantity == FF_NULL_INT)
        return FF_OK;
    job->counted++;
    return ff_stock_count(cx, id, row->quantity, "stocktaking", &m);
}

static enum ff_rc settle(struct ff_ctx *cx, struct job *job, struct row *row, int64_t id)
{
    const struct ff_stock_in in = {.set = (uint64_t)(row->kind != NULL) << FF_STOCK_KIND |
                                          (uint64_t)(row->low_water != FF_NULL_INT)
                                              << FF_STOCK_LOW_WATER,
                                   .kind = row->kind,
                                   .low_water = row->low_water};
    struct ff_stock s;
    enum ff_rc rc = in.set ? ff_stock_change(cx, id, &in, &s) : FF_OK;
    if (rc != FF_VALIDATION)
        return rc;
    ff_err_clear(cx);
    ff_import_bad(job->im, &row->head, "kind", "VALUE", "The level is below 0: count it too.");
    return FF_OK;
}

/* Counted before it is settled: so a level below 0 can become one that is never so. */
static enum ff_rc insert(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct job *job = arg;
    struct row *row = (struct row *)head;
    int64_t id = 0;
    enum ff_rc rc = find_product(cx, row->product, &id);
    if (rc)
        return rc;
    if (!id) {
        ff_import_bad(job->im, head, "product", "VALUE", "There is no product of this name.");
        return FF_OK;
    }
    if ((rc = begin_to_count(cx, id)) || (rc = count(cx, job, row, id)))
        return rc;
    return settle(cx, job, row, id);
}

enum ff_rc ff_stock_import(struct ff_ctx *cx, const struct ff_import_file *file,
                           struct ff_import_result *out)
{
    struct ff_import_file plain = *file;
    struct ff_import *im;
    plain.amounts = FF_AMOUNTS_MINOR; /* the file has none */
    enum ff_rc rc = ff_import_open(cx, &plain, &row_schema, &im);
    if (!rc) {
        struct job job = {.im = im};
        const struct ff_import_steps steps = {.start = start, .insert = insert, .arg = &job};
        ff_import_unique(im, offsetof(struct row, product), "product");
        rc = ff_import_run(cx, im, &steps);
        *out = (struct ff_import_result){
            .dry_run = file->dry_run, .rows = (int64_t)ff_import_count(im), .created = job.counted};
    }
    ff_import_close(im);
    return rc;
}
