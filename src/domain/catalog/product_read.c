/* SPDX-License-Identifier: MIT */
/* product_read.c - the menu as lists, as a file, and as a kiosk shows it. */
#include <string.h>

#include "domain/catalog/barcode.h"
#include "domain/catalog/product_file.h"
#include "domain/common/export.h"

/* What one kiosk's answer may hold; a canteen has some hundreds. */
enum { SHELF_MAX = 2000, ALL_CATEGORIES = 1000 };

const char *const ff_product_sorts[] = {"sort", "name", "price", "category", "id", NULL};

bool ff_product_may_see_archived(const struct ff_ctx *cx)
{
    return cx->who.is_cli || cx->who.role == FF_ROLE_MANAGER || cx->who.role == FF_ROLE_ADMIN;
}

/* The filter as the statements take it. */
static enum ff_rc make_query(struct ff_ctx *cx, const struct ff_product_filter *f,
                             const char *default_sort, struct ff_product_query *q)
{
    static const struct ff_order menu = FF_PRODUCT_MENU_ORDER;
    if (f->archived == 1 && !ff_product_may_see_archived(cx))
        return FF_FAIL(cx, FF_FORBIDDEN, "Only managers and admins see archived products.");
    const struct ff_list_filter list = {f->page, f->limit, f->sort, f->q};
    enum ff_rc rc = ff_list_view_read(cx, &list, ff_product_sorts, default_sort, &q->view);
    q->is_menu_order = memcmp(&q->view.order, &menu, sizeof menu) == 0;
    q->category_id = f->category_id;
    q->available = f->available;
    q->archived = f->archived == 1;
    q->without = f->without;
    q->diet = f->diet;
    return rc;
}

enum ff_rc ff_product_list(struct ff_ctx *cx, const struct ff_product_filter *f,
                           struct ff_list *out, int64_t *total)
{
    struct ff_product_query q;
    enum ff_rc rc = make_query(cx, f, "sort,name", &q);
    if (rc || (rc = ff_product_count(cx, &q, total)))
        return rc;
    struct ff_product *items = ff_alloc(cx, (size_t)q.view.window.limit * sizeof *items);
    if (!items)
        return cx->err.rc;
    *out = (struct ff_list){.items = items};
    return ff_product_page(cx, &q, out);
}

struct export
{
    struct ff_product_query query;
    struct ff_list codes; /* of all products */
};

static enum ff_rc write_row(struct ff_ctx *cx, const struct export *e, const struct ff_product *p,
                            int decimals, struct ff_buf *buf)
{
    struct ff_product_cells row;
    enum ff_rc rc = ff_product_cells(cx, p, ff_product_codes(cx, &e->codes, p->id), decimals, &row);
    if (rc)
        return rc;
    ff_buf_csv(buf, p->name);
    for (size_t i = 0; i < FF_PRODUCT_CELLS; i++) {
        ff_buf_char(buf, ',');
        ff_buf_csv(buf, row.cells[i]);
    }
    ff_buf_str(buf, "\r\n");
    return FF_OK;
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct export *e = arg;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_product_select(cx, &e->query, &st);
    if (rc)
        return rc;
    ff_buf_str(buf, FF_PRODUCT_COLUMNS "\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_product p;
        ff_product_row(cx, st, &p);
        if ((rc = write_row(cx, e, &p, decimals, buf)))
            return rc;
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_product_export(struct ff_ctx *cx, const struct ff_product_filter *f, int decimals,
                             struct ff_text *out)
{
    struct export e;
    enum ff_rc rc = make_query(cx, f, "id", &e.query);
    if (rc || (rc = ff_barcode_all(cx, &e.codes)))
        return rc;
    e.query.view.window = (struct ff_window){.limit = INT64_MAX};
    return ff_csv_export(cx, write_rows, &e, decimals, out);
}

enum ff_rc ff_product_get(struct ff_ctx *cx, int64_t id, struct ff_product *out)
{
    return ff_product_read(cx, id, ff_product_may_see_archived(cx), out);
}

enum ff_rc ff_product_shelf(struct ff_ctx *cx, struct ff_shelf *out)
{
    const struct ff_list_filter all = {.page = 1, .limit = ALL_CATEGORIES};
    int64_t total;
    enum ff_rc rc = ff_category_list(cx, &all, &out->categories, &total);
    if (rc || (rc = ff_product_read_shelf(cx, SHELF_MAX, &out->products)))
        return rc;
    return ff_barcode_shelf(cx, &out->barcodes);
}
