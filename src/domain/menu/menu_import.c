/* SPDX-License-Identifier: MIT */
/* menu_import.c - the menu of days from a CSV file: the days that it names are replaced, others
 * stay. */
#include <string.h>

#include "domain/menu/menu_rows.h"
#include "domain/stock/stock.h"

struct row {
    struct ff_import_row head;
    const char *date, *window, *product;
    int64_t portions;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "date",     FF_T_DATE, offsetof(struct row, date),     FF_F_REQUIRED, 0, 0,
      "business date, today or later", NULL, NULL },
    { "window",   FF_T_NAME, offsetof(struct row, window),   FF_F_REQUIRED, 1, 60, "by its name", NULL, NULL },
    { "product",  FF_T_NAME, offsetof(struct row, product),  FF_F_REQUIRED, 2, 100, "by its name", NULL, NULL },
    { "portions", FF_T_INT,  offsetof(struct row, portions), 0, 0, FF_PORTIONS_MAX,
      "of the day; empty: as it is", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "MenuRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

struct job {
    struct ff_import *im;
    int64_t created;
    char today[FF_DATE_CAP];
};

/* How many rows are of the date of row i; 0 when an earlier row has it too. */
static int64_t rows_of_date(struct ff_import *im, size_t i)
{
    const struct row *r = ff_import_row(im, i), *other;
    int64_t n = 0;
    for (size_t k = 0; (other = ff_import_row(im, k)); k++) {
        const bool same = !other->head.is_bad && strcmp(other->date, r->date) == 0;
        if (same && k < i)
            return 0;
        n += same;
    }
    return n;
}

static enum ff_rc start(struct ff_ctx *cx, void *arg)
{
    struct job *job = arg;
    const struct row *r;
    enum ff_rc rc = FF_OK;
    job->created = 0;
    for (size_t i = 0; !rc && (r = ff_import_row(job->im, i)); i++) {
        const int64_t n = r->head.is_bad ? 0 : rows_of_date(job->im, i);
        if (n && !(rc = ff_menu_clear(cx, r->date)))
            rc = ff_menu_record(cx, "menu.import", r->date, n);
    }
    return rc;
}

/* The window of a row; false when the row is bad. */
static bool take_window(struct ff_ctx *cx, struct job *job, struct row *row, int64_t *id,
                        enum ff_rc *rc)
{
    struct ff_serving_window w;
    if ((*rc = ff_window_find(cx, row->window, id)) || (*id && (*rc = ff_window_get(cx, *id, &w))))
        return false;
    if (!*id)
        ff_import_bad(job->im, &row->head, "window", "VALUE", "There is no window of this name.");
    else if (!(w.weekdays >> ff_weekday_of(row->date) & 1))
        ff_import_bad(job->im, &row->head, "window", "VALUE",
                      "Nothing is served then on this day of the week.");
    else
        return true;
    return false;
}

static bool take_product(struct ff_ctx *cx, struct job *job, struct row *row, int64_t *id,
                         enum ff_rc *rc)
{
    if ((*rc = ff_menu_product(cx, 0, row->product, id)))
        return false;
    if (!*id)
        ff_import_bad(job->im, &row->head, "product", "VALUE", "There is no product of this name.");
    return *id != 0;
}

static enum ff_rc set_portions(struct ff_ctx *cx, struct job *job, struct row *row, int64_t product)
{
    struct ff_portions portions;
    if (row->portions == FF_NULL_INT)
        return FF_OK;
    enum ff_rc rc = ff_portions_set(cx, product, row->date, row->portions, &portions);
    if (rc != FF_VALIDATION)
        return rc;
    ff_err_clear(cx);
    ff_import_bad(job->im, &row->head, "portions", "RANGE", "More are sold already.");
    return FF_OK;
}

static enum ff_rc insert(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct job *job = arg;
    struct row *row = (struct row *)head;
    int64_t window = 0, product = 0;
    enum ff_rc rc = FF_OK;
    if (strcmp(row->date, job->today) < 0) {
        ff_import_bad(job->im, head, "date", "VALUE", "This day is over.");
        return FF_OK;
    }
    if (!take_window(cx, job, row, &window, &rc) || !take_product(cx, job, row, &product, &rc))
        return rc;
    if ((rc = ff_menu_add(cx, row->date, window, product)) == FF_ALREADY_EXISTS) {
        ff_err_clear(cx);
        ff_import_bad(job->im, head, "product", "VALUE", "This is in the window twice.");
        return FF_OK;
    }
    job->created += !rc;
    return rc ? rc : set_portions(cx, job, row, product);
}

enum ff_rc ff_menu_import(struct ff_ctx *cx, const struct ff_import_file *file,
                          struct ff_import_result *out)
{
    struct ff_import_file plain = *file;
    struct ff_import *im;
    plain.amounts = FF_AMOUNTS_MINOR; /* the file has none */
    enum ff_rc rc = ff_import_open(cx, &plain, &row_schema, &im);
    if (!rc) {
        struct job job = {.im = im};
        const struct ff_import_steps steps = {.start = start, .insert = insert, .arg = &job};
        ff_menu_today(cx, job.today);
        rc = ff_import_run(cx, im, &steps);
        *out = (struct ff_import_result){
            .dry_run = file->dry_run, .rows = (int64_t)ff_import_count(im), .created = job.created};
    }
    ff_import_close(im);
    return rc;
}
