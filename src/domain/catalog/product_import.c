/* SPDX-License-Identifier: MIT */
/* product_import.c - a menu from a CSV file. The file's order becomes the menu's: rows get `sort`
 * behind what is there already. Categories must exist: a misspelt one would be a new shelf. */
#include "domain/catalog/product_repo.h"

#include "base/money.h"

struct row {
    struct ff_import_row head;
    const char *name;
    int64_t price;
    const char *category, *description;
    int64_t available;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "name", FF_T_NAME, offsetof(struct row, name), FF_F_REQUIRED, 2, 100,
      "unique among the living", NULL, NULL },
    { "price", FF_T_MONEY, offsetof(struct row, price), FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX,
      "of one piece", NULL, NULL },
    { "category", FF_T_NAME, offsetof(struct row, category), FF_F_REQUIRED, 1, 60,
      "by its name", NULL, NULL },
    { "description", FF_T_TEXT, offsetof(struct row, description), 0, 0, 500,
      "a few words", NULL, NULL },
    { "available", FF_T_BOOL, offsetof(struct row, available), 0, 0, 0,
      "false: sold out for now", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "ProductRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

enum { SORT_STEP = 10 };

struct job {
    struct ff_import *im;
    int64_t sort, created;
};

static enum ff_rc start(struct ff_ctx *cx, void *arg)
{
    struct job *job = arg;
    job->created = 0;
    return ff_product_last_sort(cx, &job->sort);
}

static enum ff_rc insert(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct job *job = arg;
    struct row *row = (struct row *)head;
    struct ff_product p = {
        .name = row->name,
        .price = row->price,
        .description = row->description ? row->description : "",
        .available = row->available != 0, /* FF_NULL_INT: not said, so it is there */
        .sort = job->sort += SORT_STEP,
        .allergens = FF_NULL_INT,
        .diets = FF_NULL_INT,
    };
    enum ff_rc rc = ff_category_find(cx, row->category, &p.category_id);
    if (rc)
        return rc;
    if (!p.category_id) {
        ff_import_bad(job->im, head, "category", "VALUE", "There is no category of this name.");
        return FF_OK;
    }
    if ((rc = ff_product_insert(cx, &p)) == FF_ALREADY_EXISTS) {
        ff_err_clear(cx);
        ff_import_bad(job->im, head, "name", "VALUE", "A product of this name is on the menu.");
        return FF_OK;
    }
    job->created += !rc;
    return rc ? rc : ff_product_record(cx, "product.import", NULL, &p);
}

enum ff_rc ff_product_import(struct ff_ctx *cx, const struct ff_import_file *file,
                             struct ff_import_result *out)
{
    struct ff_import *im;
    enum ff_rc rc = ff_import_open(cx, file, &row_schema, &im);
    if (!rc) {
        struct job job = {.im = im};
        const struct ff_import_steps steps = {.start = start, .insert = insert, .arg = &job};
        ff_import_unique(im, offsetof(struct row, name), "name");
        rc = ff_import_run(cx, im, &steps);
        *out = (struct ff_import_result){
            .dry_run = file->dry_run, .rows = (int64_t)ff_import_count(im), .created = job.created};
    }
    if (!rc)
        rc = ff_import_dearest(cx, im, offsetof(struct row, name), offsetof(struct row, price),
                               &out->dearest);
    ff_import_close(im);
    return rc;
}
