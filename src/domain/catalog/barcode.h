/* SPDX-License-Identifier: MIT */
/* barcode.h - what a scanner reads off a product. A product may have several codes, a code names
 * one product. An archived product keeps its codes until another one takes them, so that what is
 * brought back can still be scanned. */
#ifndef FF_DOMAIN_CATALOG_BARCODE_H
#define FF_DOMAIN_CATALOG_BARCODE_H

#include "domain/catalog/product.h"

enum { FF_BARCODE_MAX = 48, FF_BARCODES_OF_ONE = 20, FF_BARCODES_SHOWN = 4000 };

struct ff_barcode {
    const char *code;
    int64_t product_id;
};

/* NULL when `code` can be one: 1..48 letters and digits, and a number of 8, 12 or 13 digits (EAN-8,
 * UPC-A, EAN-13) ends with its check digit. Else a sentence that says what is wrong. Source: GS1
 * General Specifications, 7.9. */
const char *ff_barcode_fault(const char *code);

/* One page by code and how many there are; two statements and the product's. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_barcode_list(struct ff_ctx *cx, int64_t product_id, int64_t page,
                                         int64_t limit, struct ff_list *out, int64_t *total);
/* Those of all living products, by code, at most FF_BARCODES_SHOWN. */
FF_MUST_CHECK enum ff_rc ff_barcode_shelf(struct ff_ctx *cx, struct ff_list *out);
/* The product; an archived one for managers and admins. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_product_by_barcode(struct ff_ctx *cx, const char *code,
                                               struct ff_product *out);

/* Enters the writer. FF_VALIDATION at "/code" for a bad code and above FF_BARCODES_OF_ONE,
 * FF_NOT_FOUND for the product, FF_ALREADY_EXISTS (params field, product) when a living product has
 * the code, the same one included. */
FF_MUST_CHECK enum ff_rc ff_barcode_add(struct ff_ctx *cx, int64_t product_id, const char *code,
                                        struct ff_barcode *out);
/* Enters the writer. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_barcode_remove(struct ff_ctx *cx, int64_t product_id, const char *code);

#endif
