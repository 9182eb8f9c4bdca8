/* SPDX-License-Identifier: MIT */
/* product.h - what the canteen sells: products and their categories. */
#ifndef FF_DOMAIN_CATALOG_PRODUCT_H
#define FF_DOMAIN_CATALOG_PRODUCT_H

#include "base/ctx.h"
#include "json/schema.h"

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
    int64_t sort, version, created_at, updated_at;
};

/* What a purchase needs, read through the writer's connection: name and price of now.
 * FF_PRODUCT_INACTIVE (archived or missing) and FF_OUT_OF_STOCK, both with params productId and
 * product. */
struct ff_product_sale {
    int64_t id;
    const char *name;
    int64_t price;
};
FF_MUST_CHECK enum ff_rc ff_product_for_sale(struct ff_ctx *cx, int64_t id,
                                             struct ff_product_sale *out);

#endif
