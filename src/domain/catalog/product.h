/* SPDX-License-Identifier: MIT */
/* product.h - what the canteen sells: products and their categories. */
#ifndef FF_DOMAIN_CATALOG_PRODUCT_H
#define FF_DOMAIN_CATALOG_PRODUCT_H

#include "domain/common/import.h"
#include "domain/common/list.h"

struct ff_product {
    int64_t id;
    const char *name;
    int64_t price;
    int64_t category_id;
    const char *category;
    const char *description;
    int64_t available; /* 0: sold out for now */
    int64_t archived;  /* 1: gone for good, kept for history */
    const char *emoji, *glaze;
    int64_t sort, tax_rate;   /* tax_rate: parts per million */
    int64_t allergens, diets; /* sets as of food.h; FF_NULL_INT: not known */
    const char *image_url;    /* NULL: none */
    int64_t version, created_at, updated_at;
    const char *availability; /* ok, low, out: as the stock says; ok when nobody counts */
    int64_t menu_only;        /* 1: bought only on its dates of the menu */
};

struct ff_category {
    int64_t id;
    const char *name, *emoji, *glaze;
    int64_t sort, version;
    int64_t undo_seconds; /* how long it can be undone; FF_NULL_INT: as the site says */
};

/* ---- reading ---- */
/* Sort fields: sort, name, price, category, id. The default is the menu's own: sort, then name. */
extern const char *const ff_product_sorts[];

struct ff_product_filter {
    int64_t page, limit;
    const char *sort, *q; /* NULL: default, none */
    int64_t category_id;  /* FF_NULL_INT: all */
    int64_t available;    /* FF_NULL_INT: both */
    int64_t archived;     /* 1: only archived ones, else only living ones */
    /* Only those known to have none of these allergens, known to suit all of these diets;
     * FF_NULL_INT: all. */
    int64_t without, diet;
};

/* One page and how many there are in all; at most three statements. FF_VALIDATION for the sort,
 * FF_FORBIDDEN when someone who is neither manager nor admin asks for archived ones. */
FF_MUST_CHECK enum ff_rc ff_product_list(struct ff_ctx *cx, const struct ff_product_filter *f,
                                         struct ff_list *out, int64_t *total);
/* All rows of the filter as CSV (CRLF; the columns that the import takes), by id when no sort is
 * given; page and limit do not count. `decimals` of the prices, 0: minor units.
 * FF_BODY_TOO_LARGE when the answer would not fit. */
FF_MUST_CHECK enum ff_rc ff_product_export(struct ff_ctx *cx, const struct ff_product_filter *f,
                                           int decimals, struct ff_text *out);
/* One product. An archived one is there for managers and admins only. */
FF_MUST_CHECK enum ff_rc ff_product_get(struct ff_ctx *cx, int64_t id, struct ff_product *out);

/* What a kiosk shows: all categories and living products in the order of the shelf, and what its
 * scanner may read (struct ff_barcode). */
struct ff_shelf {
    struct ff_list categories, products, barcodes;
};
FF_MUST_CHECK enum ff_rc ff_product_shelf(struct ff_ctx *cx, struct ff_shelf *out);

/* ---- changing; managers and admins, each enters the writer ---- */
/* What was given of a product; bit i of `set`: field i (null included). */
enum ff_product_field {
    FF_PRODUCT_NAME,
    FF_PRODUCT_PRICE,
    FF_PRODUCT_CATEGORY_ID,
    FF_PRODUCT_CATEGORY,
    FF_PRODUCT_DESCRIPTION,
    FF_PRODUCT_AVAILABLE,
    FF_PRODUCT_EMOJI,
    FF_PRODUCT_GLAZE,
    FF_PRODUCT_SORT,
    FF_PRODUCT_TAX_RATE,
    FF_PRODUCT_ALLERGENS,
    FF_PRODUCT_DIETS,
    FF_PRODUCT_MENU_ONLY,
    FF_PRODUCT_ARCHIVED,
    FF_PRODUCT_FIELDS
};
struct ff_product_in {
    uint64_t set;
    const char *name;
    int64_t price, category_id;
    const char *category, *description; /* category: by its name instead of its id */
    int64_t available;
    const char *emoji, *glaze;
    int64_t sort, tax_rate, allergens, diets, menu_only, archived;
};

/* Sets of food.h that contradict each other are FF_VALIDATION; what is vegan is vegetarian too.
 * Name, price and one of category_id and category must be given. FF_VALIDATION for the category,
 * FF_ALREADY_EXISTS (param field) for the name of a living product. */
FF_MUST_CHECK enum ff_rc ff_product_create(struct ff_ctx *cx, const struct ff_product_in *in,
                                           struct ff_product *out);
/* Only an admin may archive and bring back. FF_NOT_FOUND, FF_VERSION_CONFLICT, FF_FORBIDDEN and as
 * above. */
FF_MUST_CHECK enum ff_rc ff_product_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                           const struct ff_product_in *in, struct ff_product *out);
/* Sold out or on sale again, whatever else was changed meanwhile: a kitchen does not wait for an
 * office. Asking for what is so already changes nothing. FF_NOT_FOUND, also for an archived one. */
FF_MUST_CHECK enum ff_rc ff_product_switch(struct ff_ctx *cx, int64_t id, int64_t available,
                                           struct ff_product *out);
/* Takes it off the menu for good; its history stays. FF_NOT_FOUND, FF_VERSION_CONFLICT. */
FF_MUST_CHECK enum ff_rc ff_product_archive(struct ff_ctx *cx, int64_t id, int64_t version);

/* ---- categories ---- */
/* Sort fields: sort, name, id. The default: sort, then name. */
FF_MUST_CHECK enum ff_rc ff_category_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                          struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_category_get(struct ff_ctx *cx, int64_t id, struct ff_category *out);

enum ff_category_field {
    FF_CATEGORY_NAME,
    FF_CATEGORY_EMOJI,
    FF_CATEGORY_GLAZE,
    FF_CATEGORY_SORT,
    FF_CATEGORY_UNDO_SECONDS,
    FF_CATEGORY_FIELDS
};
struct ff_category_in {
    uint64_t set;
    const char *name, *emoji, *glaze;
    int64_t sort, undo_seconds;
};
/* A name must be given. FF_ALREADY_EXISTS when it is in use, whatever its case and accents. */
FF_MUST_CHECK enum ff_rc ff_category_create(struct ff_ctx *cx, const struct ff_category_in *in,
                                            struct ff_category *out);
FF_MUST_CHECK enum ff_rc ff_category_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                            const struct ff_category_in *in,
                                            struct ff_category *out);
/* FF_IN_USE when a product, also an archived one, is in it. */
FF_MUST_CHECK enum ff_rc ff_category_delete(struct ff_ctx *cx, int64_t id, int64_t version);

/* ---- import ---- */
/* Makes products of a CSV file, all or none; see import.h for the rules. With `updates` a row whose
 * name is that of a living product changes that one, its barcodes too, in what the row says. */
FF_MUST_CHECK enum ff_rc ff_product_import(struct ff_ctx *cx, const struct ff_import_file *file,
                                           struct ff_import_result *out);

/* ---- selling ---- */
/* What a purchase needs of the catalogue, read through the writer's connection. What is left of it,
 * ff_stock_look says.
 * FF_PRODUCT_INACTIVE (archived or missing) and FF_OUT_OF_STOCK, both with params productId and
 * product. */
struct ff_product_sale {
    int64_t id;
    const char *name;
    int64_t price, tax_rate;               /* of the tax inside the price, in parts per million */
    int64_t max_per_purchase, max_per_day; /* pieces for one person; FF_NULL_INT: no cap */
    int64_t menu_only;
    const char *availability; /* as kiosks are told */
    int64_t category_id;
    int64_t undo_seconds; /* of its category; FF_NULL_INT: as the site says */
};
FF_MUST_CHECK enum ff_rc ff_product_for_sale(struct ff_ctx *cx, int64_t id,
                                             struct ff_product_sale *out);

#endif
