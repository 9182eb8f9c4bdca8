/* SPDX-License-Identifier: MIT */
/* product_repo.h - the catalogue's statements, one a function. For this folder only. */
#ifndef FF_DOMAIN_CATALOG_PRODUCT_REPO_H
#define FF_DOMAIN_CATALOG_PRODUCT_REPO_H

#include "db/db.h"
#include "domain/catalog/product.h"
#include "domain/common/list_view.h"

/* Places in ff_product_sorts, from 1. */
enum { FF_PRODUCT_KEY_SORT = 1, FF_PRODUCT_KEY_NAME = 2, FF_PRODUCT_KEY_PRICE = 3 };

/* For the initialiser of a struct ff_order: sort, then name. */
#define FF_PRODUCT_MENU_ORDER                                                                      \
    {                                                                                              \
        {FF_PRODUCT_KEY_SORT, FF_PRODUCT_KEY_NAME, 0},                                             \
        {                                                                                          \
            1, 1, 1                                                                                \
        }                                                                                          \
    }

/* A filter as the statements take it. */
struct ff_product_query {
    struct ff_list_view view;
    bool is_menu_order;                            /* sort, then name: the index gives it */
    int64_t category_id, available, without, diet; /* FF_NULL_INT: all */
    int64_t archived;
};

/* One page into out->items, which has room for it. At most two
 * statements. */
FF_MUST_CHECK enum ff_rc ff_product_page(struct ff_ctx *cx, const struct ff_product_query *q,
                                         struct ff_list *out);
/* Starts the list; rows come by ff_db_row and are read with ff_product_row. */
FF_MUST_CHECK enum ff_rc ff_product_select(struct ff_ctx *cx, const struct ff_product_query *q,
                                           struct ff_stmt **st);
void ff_product_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_product *out);
FF_MUST_CHECK enum ff_rc ff_product_count(struct ff_ctx *cx, const struct ff_product_query *q,
                                          int64_t *total);
/* `archived` 1: also an archived one. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_product_read(struct ff_ctx *cx, int64_t id, int64_t archived,
                                         struct ff_product *out);
/* True for those who see archived products: managers, admins, the command line. */
bool ff_product_may_see_archived(const struct ff_ctx *cx);
/* Living products in the shelf's order, at most `limit`. */
FF_MUST_CHECK enum ff_rc ff_product_read_shelf(struct ff_ctx *cx, int64_t limit,
                                               struct ff_list *out);
/* The highest `sort` on the menu. */
FF_MUST_CHECK enum ff_rc ff_product_last_sort(struct ff_ctx *cx, int64_t *sort);

/* In a job. Both: FF_ALREADY_EXISTS for the name of a living product. The insert takes name, price,
 * category_id, description, available, emoji, glaze, sort and sets id; the update takes id and
 * version too, and archived. */
FF_MUST_CHECK enum ff_rc ff_product_insert(struct ff_ctx *cx, struct ff_product *p);
FF_MUST_CHECK enum ff_rc ff_product_update(struct ff_ctx *cx, const struct ff_product *p);

/* In a job: gives a code that was checked to a product that is there. FF_ALREADY_EXISTS and
 * FF_VALIDATION as ff_barcode_add. */
FF_MUST_CHECK enum ff_rc ff_barcode_give(struct ff_ctx *cx, int64_t product_id, const char *code);
/* In a job: takes one away. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_barcode_take(struct ff_ctx *cx, int64_t product_id, const char *code);
/* Of all products, archived ones too, by product and code; of one product, by code. */
FF_MUST_CHECK enum ff_rc ff_barcode_all(struct ff_ctx *cx, struct ff_list *out);
FF_MUST_CHECK enum ff_rc ff_barcode_of(struct ff_ctx *cx, int64_t product_id, struct ff_list *out);
/* The living product of this name; out->id 0: there is none. */
FF_MUST_CHECK enum ff_rc ff_product_named(struct ff_ctx *cx, const char *name,
                                          struct ff_product *out);

/* In a job: the update without a line in the history of prices. */
FF_MUST_CHECK enum ff_rc ff_product_write(struct ff_ctx *cx, const struct ff_product *p);
/* In a job: the price of a new product, or of an old one if it differs, begins today. */
FF_MUST_CHECK enum ff_rc ff_price_first(struct ff_ctx *cx, const struct ff_product *p);
FF_MUST_CHECK enum ff_rc ff_price_note(struct ff_ctx *cx, const struct ff_product *p);

/* In a job: records it. `before` NULL: it is new. Of `after` the insert's members count. */
FF_MUST_CHECK enum ff_rc ff_product_record(struct ff_ctx *cx, const char *action,
                                           const struct ff_product *before,
                                           const struct ff_product *after);

/* The category with this name, whatever its case and accents; *id 0: there is none. */
FF_MUST_CHECK enum ff_rc ff_category_find(struct ff_ctx *cx, const char *name, int64_t *id);

#endif
