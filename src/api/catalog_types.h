/* SPDX-License-Identifier: MIT */
/* catalog_types.h - queries and replies of the catalogue that no service knows; filled by the
 * schemas, read by the handlers. */
#ifndef FF_API_CATALOG_TYPES_H
#define FF_API_CATALOG_TYPES_H

#include "api/route.h"
#include "domain/menu/menu.h"

struct ff_product_args {
    struct ff_list_query list;
    int64_t category_id, available, archived, without, diet;
    const char *amounts;
};

struct ff_product_sale_in {
    int64_t available;
};

struct ff_barcode_new {
    const char *code;
};

/* The shelf as a kiosk shows it now. */
struct ff_catalogue {
    struct ff_shelf shelf;
    struct ff_served served;
};

struct ff_import_args {
    const char *amounts, *mode; /* mode NULL: add */
    int64_t dry_run;
};

#endif
