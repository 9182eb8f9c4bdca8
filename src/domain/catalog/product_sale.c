/* SPDX-License-Identifier: MIT */
/* product_sale.c - a product as the purchase's job needs it, by one statement; by none when it has
 * no cap and an earlier job asked for it. */
#include <string.h>

#include "domain/catalog/product_repo.h"

/* Of a product that is sold and has no cap. Only the catalogue's words about it, so it may be kept
 * from job to job. */
enum { SALE_NAME_CAP = 120, AVAILABILITY_CAP = 8 };
struct kept_sale {
    int64_t price, tax_rate, menu_only, category_id, undo_seconds;
    char availability[AVAILABILITY_CAP], name[SALE_NAME_CAP];
};
_Static_assert(sizeof(struct kept_sale) <= FF_KEPT_BYTES, "the writer has room for it");

static bool find_kept(struct ff_ctx *cx, int64_t id, struct ff_product_sale *out)
{
    struct kept_sale k;
    if (!ff_db_kept(cx, FF_Q_PRODUCT_SALE, id, &k, sizeof k))
        return false;
    *out = (struct ff_product_sale){.id = id,
                                    .name = ff_strdup(cx, k.name),
                                    .price = k.price,
                                    .tax_rate = k.tax_rate,
                                    .max_per_purchase = FF_NULL_INT,
                                    .max_per_day = FF_NULL_INT,
                                    .menu_only = k.menu_only,
                                    .availability = ff_strdup(cx, k.availability),
                                    .category_id = k.category_id,
                                    .undo_seconds = k.undo_seconds};
    return true;
}

static void keep(struct ff_ctx *cx, const struct ff_product_sale *p)
{
    struct kept_sale k = {.price = p->price,
                          .tax_rate = p->tax_rate,
                          .menu_only = p->menu_only,
                          .category_id = p->category_id,
                          .undo_seconds = p->undo_seconds};
    const bool is_capped = p->max_per_purchase != FF_NULL_INT || p->max_per_day != FF_NULL_INT;
    if (is_capped || !p->name || strlen(p->name) >= sizeof k.name || !p->availability ||
        strlen(p->availability) >= sizeof k.availability)
        return;
    memcpy(k.availability, p->availability, strlen(p->availability));
    memcpy(k.name, p->name, strlen(p->name));
    ff_db_keep(cx, FF_Q_PRODUCT_SALE, p->id, &k, sizeof k);
}

static enum ff_rc read_for_sale(struct ff_ctx *cx, int64_t id, struct ff_product_sale *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_SALE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRODUCT_SALE_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    out->id = id;
    out->name = row ? ff_db_col_text(cx, st, FF_C_PRODUCT_SALE_NAME) : NULL;
    out->price = row ? ff_db_col_int(st, FF_C_PRODUCT_SALE_PRICE) : 0;
    out->tax_rate = row ? ff_db_col_int(st, FF_C_PRODUCT_SALE_TAX_RATE) : 0;
    out->undo_seconds = row ? ff_db_col_opt_int(st, FF_C_PRODUCT_SALE_UNDO_SECONDS) : FF_NULL_INT;
    out->menu_only = row ? ff_db_col_int(st, FF_C_PRODUCT_SALE_MENU_ONLY) : 0;
    if (row) {
        out->category_id = ff_db_col_int(st, FF_C_PRODUCT_SALE_CATEGORY_ID);
        out->max_per_purchase = ff_db_col_opt_int(st, FF_C_PRODUCT_SALE_MAX_PER_PURCHASE);
        out->max_per_day = ff_db_col_opt_int(st, FF_C_PRODUCT_SALE_MAX_PER_DAY);
        out->availability = ff_db_col_text(cx, st, FF_C_PRODUCT_SALE_AVAILABILITY);
    }
    if (!row || ff_db_col_int(st, FF_C_PRODUCT_SALE_ARCHIVED))
        rc = FF_FAIL(cx, FF_PRODUCT_INACTIVE, "%s is no longer sold.",
                     row ? out->name : "This product");
    else if (!ff_db_col_int(st, FF_C_PRODUCT_SALE_AVAILABLE))
        rc = FF_FAIL(cx, FF_OUT_OF_STOCK, "%s is sold out.", out->name);
    if (!rc) {
        keep(cx, out);
        return cx->err.rc;
    }
    ff_err_number(cx, "productId", id);
    ff_err_text(cx, "product", out->name);
    return rc;
}

enum ff_rc ff_product_for_sale(struct ff_ctx *cx, int64_t id, struct ff_product_sale *out)
{
    if (find_kept(cx, id, out))
        return cx->err.rc;
    return read_for_sale(cx, id, out);
}
