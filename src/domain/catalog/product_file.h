/* SPDX-License-Identifier: MIT */
/* product_file.h - a product as a row of a CSV file: what import and export share. For this folder
 * only. */
#ifndef FF_DOMAIN_CATALOG_PRODUCT_FILE_H
#define FF_DOMAIN_CATALOG_PRODUCT_FILE_H

#include "domain/catalog/product_repo.h"

/* The header line of an export. */
#define FF_PRODUCT_COLUMNS                                                                         \
    "name,price,category,description,available,taxPercent,allergens,diets,emoji,glaze,menuOnly,"   \
    "barcodes"

/* A product's cells as texts in the context's arena, in the order of the header line but for the
 * name. `decimals` of the price; `barcodes` with spaces between. */
enum { FF_PRODUCT_CELLS = 11 };
struct ff_product_cells {
    const char *cells[FF_PRODUCT_CELLS];
};
extern const char *const ff_product_cell_names[FF_PRODUCT_CELLS];
FF_MUST_CHECK enum ff_rc ff_product_cells(struct ff_ctx *cx, const struct ff_product *p,
                                          const char *barcodes, int decimals,
                                          struct ff_product_cells *out);

/* The codes of a list (struct ff_barcode) that belong to the product, as one text; "": none. The
 * list is by product. */
const char *ff_product_codes(struct ff_ctx *cx, const struct ff_list *codes, int64_t product_id);

/* In a job: makes the product's codes those of the text. Fails as ff_barcode_add. */
FF_MUST_CHECK enum ff_rc ff_product_set_codes(struct ff_ctx *cx, int64_t product_id,
                                              const char *text);

#endif
