/* SPDX-License-Identifier: MIT */
/* product_import.c - a menu from a CSV file. The file's order becomes the menu's: new rows get
 * `sort` behind what is there already. Categories must exist: a misspelt one would be a new shelf.
 * An update finds a living product by its name and changes what the row says. */
#include <string.h>

#include "base/money.h"
#include "domain/catalog/food.h"
#include "domain/catalog/product_file.h"
#include "domain/site/site.h"

struct row {
    struct ff_import_row head;
    const char *name;
    int64_t price;
    const char *category, *description;
    int64_t available;
    const char *tax_percent;
    int64_t allergens, diets;
    const char *emoji, *glaze;
    int64_t menu_only;
    const char *barcodes;
    int64_t tax_rate; /* of tax_percent; FF_NULL_INT: not said */
};

/* clang-format off */
static const char *const glazes[] = { "coffee", "meal", "green", "bake", "drink", "sweet", NULL };
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
    { "taxPercent", FF_T_TEXT, offsetof(struct row, tax_percent), 0, 1, 8,
      "of the tax inside the price", NULL, NULL },
    { "allergens", FF_T_FLAGS, offsetof(struct row, allergens), 0, 0, 0,
      "what it holds; none: nothing", NULL, ff_allergens },
    { "diets", FF_T_FLAGS, offsetof(struct row, diets), 0, 0, 0,
      "what it suits", NULL, ff_diets },
    { "emoji", FF_T_TEXT, offsetof(struct row, emoji), 0, 1, 8, "a picture", NULL, NULL },
    { "glaze", FF_T_ENUM, offsetof(struct row, glaze), 0, 0, 0,
      "colour of its tile", NULL, glazes },
    { "menuOnly", FF_T_BOOL, offsetof(struct row, menu_only), 0, 0, 0,
      "true: bought only on its dates of the menu", NULL, NULL },
    { "barcodes", FF_T_TEXT, offsetof(struct row, barcodes), 0, 1, 1000,
      "with spaces between", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "ProductRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

enum { SORT_STEP = 10 };

struct job {
    struct ff_import *im;
    bool updates;
    int decimals; /* of the currency, for the old and new prices it tells */
    int64_t sort;
};

/* Before the job: what a schema cannot say of a cell. */
static void read_percents(struct ff_import *im)
{
    struct row *row;
    for (size_t i = 0; (row = ff_import_row(im, i)); i++) {
        row->tax_rate = FF_NULL_INT;
        if (!row->head.is_bad && row->tax_percent &&
            !ff_percent_parse(row->tax_percent, strlen(row->tax_percent), &row->tax_rate))
            ff_import_bad(im, &row->head, "taxPercent", "PATTERN",
                          "Must be percent from 0 to 100, like 27 or 8.875.");
    }
}

static enum ff_rc start(struct ff_ctx *cx, void *arg)
{
    struct job *job = arg;
    return ff_product_last_sort(cx, &job->sort);
}

/* Puts what was refused into the list of bad cells and goes on; any other failure is passed on. */
static enum ff_rc refused(struct ff_ctx *cx, struct job *job, struct row *row, enum ff_rc rc,
                          const char *column)
{
    if (rc != FF_VALIDATION && rc != FF_ALREADY_EXISTS)
        return rc;
    const char *said = cx->err.n_fields ? cx->err.fields[0].detail : cx->err.detail;
    ff_import_bad(job->im, &row->head, column, "VALUE", said);
    ff_err_clear(cx);
    return FF_OK;
}

/* Sets what the row says; FF_OK with a bad row when it cannot be. */
static enum ff_rc apply(struct ff_ctx *cx, struct job *job, struct row *row, struct ff_product *p)
{
    enum ff_rc rc = ff_category_find(cx, row->category, &p->category_id);
    if (rc)
        return rc;
    if (!p->category_id)
        ff_import_bad(job->im, &row->head, "category", "VALUE",
                      "There is no category of this name.");
    p->category = row->category;
    p->price = row->price;
    if (row->description)
        p->description = row->description;
    if (row->available != FF_NULL_INT)
        p->available = row->available;
    if (row->tax_rate != FF_NULL_INT)
        p->tax_rate = row->tax_rate;
    if (row->allergens != FF_NULL_INT)
        p->allergens = row->allergens;
    if (row->diets != FF_NULL_INT)
        p->diets = row->diets;
    if (row->emoji)
        p->emoji = row->emoji;
    if (row->glaze)
        p->glaze = row->glaze;
    if (row->menu_only != FF_NULL_INT)
        p->menu_only = row->menu_only;
    rc = ff_food_settle(cx, p->allergens, &p->diets);
    return rc ? refused(cx, job, row, rc, "diets") : FF_OK;
}

static enum ff_rc set_codes(struct ff_ctx *cx, struct job *job, struct row *row, int64_t id)
{
    enum ff_rc rc = row->barcodes ? ff_product_set_codes(cx, id, row->barcodes) : FF_OK;
    return rc ? refused(cx, job, row, rc, "barcodes") : FF_OK;
}

static enum ff_rc add(struct ff_ctx *cx, struct job *job, struct row *row)
{
    struct ff_product p = {.name = row->name,
                           .description = "",
                           .available = 1,
                           .sort = job->sort += SORT_STEP,
                           .allergens = FF_NULL_INT,
                           .diets = FF_NULL_INT};
    enum ff_rc rc = apply(cx, job, row, &p);
    if (rc || row->head.is_bad)
        return rc;
    if ((rc = ff_product_insert(cx, &p)) == FF_ALREADY_EXISTS) {
        ff_err_clear(cx);
        ff_import_bad(job->im, &row->head, "name", "VALUE",
                      "A product of this name is on the menu.");
        return FF_OK;
    }
    if (rc || (rc = ff_product_record(cx, "product.import", NULL, &p)) ||
        (rc = set_codes(cx, job, row, p.id)))
        return rc;
    ff_import_note(job->im, &row->head, row->name, FF_IMPORT_ADDED, NULL, 0);
    return FF_OK;
}

/* The cells as they are in the database now. */
static enum ff_rc read_cells(struct ff_ctx *cx, const struct job *job, int64_t id,
                             struct ff_product *p, struct ff_product_cells *out)
{
    struct ff_list codes;
    enum ff_rc rc = ff_product_read(cx, id, 0, p);
    if (rc || (rc = ff_barcode_of(cx, id, &codes)))
        return rc;
    return ff_product_cells(cx, p, ff_product_codes(cx, &codes, id), job->decimals, out);
}

static size_t differences(const struct ff_product_cells *was, const struct ff_product_cells *is,
                          struct ff_import_value out[FF_PRODUCT_CELLS])
{
    size_t n = 0;
    for (size_t i = 0; i < FF_PRODUCT_CELLS; i++)
        if (strcmp(was->cells[i], is->cells[i]) != 0)
            out[n++] =
                (struct ff_import_value){ff_product_cell_names[i], was->cells[i], is->cells[i]};
    return n;
}

/* Writes and compares; what is the same already is not written, so its version stays. */
static enum ff_rc update(struct ff_ctx *cx, struct job *job, struct row *row,
                         const struct ff_product *before)
{
    struct ff_product p = *before, after, old;
    struct ff_product_cells was, wanted, is;
    struct ff_import_value values[FF_PRODUCT_CELLS];
    enum ff_rc rc = apply(cx, job, row, &p);
    if (rc || row->head.is_bad || (rc = read_cells(cx, job, p.id, &old, &was)))
        return rc;
    p.category = p.category_id == old.category_id ? old.category : p.category;
    if ((rc = ff_product_cells(cx, &p, was.cells[FF_PRODUCT_CELLS - 1], job->decimals, &wanted)))
        return rc;
    bool is_changed = differences(&was, &wanted, values) > 0;
    if (is_changed && ((rc = ff_product_update(cx, &p)) ||
                       (rc = ff_product_record(cx, "product.import", before, &p))))
        return rc;
    if ((rc = set_codes(cx, job, row, p.id)) || row->head.is_bad ||
        (rc = read_cells(cx, job, p.id, &after, &is)))
        return rc;
    size_t n = differences(&was, &is, values);
    ff_import_note(job->im, &row->head, row->name, n ? FF_IMPORT_CHANGED : FF_IMPORT_SAME, values,
                   n);
    return FF_OK;
}

static enum ff_rc take(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct job *job = arg;
    struct row *row = (struct row *)head;
    struct ff_product there = {0};
    enum ff_rc rc = job->updates ? ff_product_named(cx, row->name, &there) : FF_OK;
    if (rc)
        return rc;
    return there.id ? update(cx, job, row, &there) : add(cx, job, row);
}

static enum ff_rc run(struct ff_ctx *cx, struct ff_import *im, bool updates,
                      struct ff_import_result *out)
{
    struct job job = {.im = im, .updates = updates, .decimals = (int)ff_site_get(cx).decimals};
    const struct ff_import_steps steps = {.start = start, .insert = take, .arg = &job};
    ff_import_unique(im, offsetof(struct row, name), "name");
    read_percents(im);
    enum ff_rc rc = ff_import_run(cx, im, &steps);
    if (rc || (rc = ff_import_tell(cx, im, out)))
        return rc;
    return ff_import_dearest(cx, im, offsetof(struct row, name), offsetof(struct row, price),
                             &out->dearest);
}

enum ff_rc ff_product_import(struct ff_ctx *cx, const struct ff_import_file *file,
                             struct ff_import_result *out)
{
    struct ff_import *im;
    *out = (struct ff_import_result){0};
    enum ff_rc rc = ff_import_open(cx, file, &row_schema, &im);
    if (!rc)
        rc = run(cx, im, file->updates, out);
    ff_import_close(im);
    return rc;
}
