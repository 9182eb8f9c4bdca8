/* SPDX-License-Identifier: MIT */
/* product.h - what the commands about products share: finding one, and FIELD=VALUE as JSON. */
#ifndef FF_CLI_PRODUCT_H
#define FF_CLI_PRODUCT_H

#include "cli/show.h"

struct ff_product_ref {
    int64_t id, version;
    const char *name; /* in the run's arena */
    char target[64];  /* "/api/v1/products/7" */
    char tag[32];     /* for If-Match */
};

/* The product that `text` names: its number, its name, or its barcode; an archived one only by
 * number. */
bool ff_product_find(struct ff_caller *c, const char *text, struct ff_product_ref *out);

/* An amount as the canteen writes money, positive. */
bool ff_product_price(struct ff_cli *cli, const char *text, int decimals, int64_t *price);

/* Appends the members that "price=6.90" and the like stand for, with commas between them; the first
 * gets one too when `body` holds a member already. */
bool ff_product_fields(struct ff_cli *cli, const char *const *pairs, size_t n, int decimals,
                       struct ff_buf *body);

#endif
