/* SPDX-License-Identifier: MIT */
/* catalog_schemas.c - what is said and answered about categories, products and imports. */
#include "api/catalog_types.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/catalog/barcode.h"
#include "domain/catalog/food.h"
#include "domain/stock/stock.h"

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

static const char *const glazes[] = { "coffee", "meal", "green", "bake", "drink", "sweet", NULL };

/* ---- categories ---- */
#define AT(member) offsetof(struct ff_category, member)
static const struct ff_field category_f[] = {
    { "id",      FF_T_INT,  AT(id),      FF_F_REQUIRED, 1, INT64_MAX, "category", NULL, NULL },
    { "name",    FF_T_TEXT, AT(name),    FF_F_REQUIRED, 1, 60, "unique", NULL, NULL },
    { "emoji",   FF_T_TEXT, AT(emoji),   NULLABLE, 1, 8, "a picture", NULL, NULL },
    { "glaze",   FF_T_ENUM, AT(glaze),   FF_F_REQUIRED, 0, 0, "colour of its tiles", NULL, glazes },
    { "sort",    FF_T_INT,  AT(sort),    FF_F_REQUIRED, -1000000, 1000000, "place", NULL, NULL },
    { "undoSeconds", FF_T_INT, AT(undo_seconds), NULLABLE, 0, 86400,
      "how long it can be undone; null: as the site says", NULL, NULL },
    FF_VERSION_FIELD(struct ff_category),
};
#undef AT
const struct ff_schema ff_schema_category = {
    .name = "Category", .size = sizeof(struct ff_category), .set_offset = FF_NO_SET,
    FF_FIELDS(category_f) };

#define AT(member) offsetof(struct ff_category_in, member)
#define CATEGORY_IN(needed)                                                                        \
    [FF_CATEGORY_NAME]  = { "name",  FF_T_NAME, AT(name),  needed, 1, 60,                          \
                            "unique whatever its case and accents", NULL, NULL },                  \
    [FF_CATEGORY_EMOJI] = { "emoji", FF_T_TEXT, AT(emoji), FF_F_NULLABLE, 1, 8,                    \
                            "a picture", NULL, NULL },                                             \
    [FF_CATEGORY_GLAZE] = { "glaze", FF_T_ENUM, AT(glaze), 0, 0, 0,                                \
                            "colour of its tiles; meal when absent", NULL, glazes },               \
    [FF_CATEGORY_SORT]  = { "sort",  FF_T_INT,  AT(sort),  0, -1000000, 1000000,                   \
                            "place; 0 when absent", NULL, NULL },                                  \
    [FF_CATEGORY_UNDO_SECONDS] = { "undoSeconds", FF_T_INT, AT(undo_seconds), FF_F_NULLABLE,       \
                                   0, 86400, "how long it can be undone; null: as the site says",  \
                                   NULL, NULL }
static const struct ff_field category_new_f[] = { CATEGORY_IN(FF_F_REQUIRED) };
static const struct ff_field category_patch_f[] = { CATEGORY_IN(0) };
const struct ff_schema ff_schema_category_new = {
    .name = "CategoryNew", .size = sizeof(struct ff_category_in), .set_offset = AT(set),
    FF_FIELDS(category_new_f) };
const struct ff_schema ff_schema_category_patch = {
    .name = "CategoryPatch", .size = sizeof(struct ff_category_in), .set_offset = AT(set),
    FF_FIELDS(category_patch_f) };
#undef AT

FF_LIST_ARGS_SCHEMA(ff_schema_category_query, "CategoryQuery", "sort, name, id");

/* ---- products ---- */
#define AT(member) offsetof(struct ff_product, member)
static const struct ff_field product_f[] = {
    { "id",          FF_T_INT,     AT(id),          FF_F_REQUIRED, 1, INT64_MAX,
      "product", NULL, NULL },
    { "name",        FF_T_TEXT,    AT(name),        FF_F_REQUIRED, 2, 100,
      "unique among the living", NULL, NULL },
    { "price",       FF_T_MONEY,   AT(price),       FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX,
      "of one piece", NULL, NULL },
    { "categoryId",  FF_T_INT,     AT(category_id), FF_F_REQUIRED, 1, INT64_MAX,
      "its category", NULL, NULL },
    { "category",    FF_T_TEXT,    AT(category),    FF_F_REQUIRED, 1, 60,
      "name of it", NULL, NULL },
    { "description", FF_T_TEXT,    AT(description), FF_F_REQUIRED, 0, 500,
      "a few words", NULL, NULL },
    { "available",   FF_T_BOOL,    AT(available),   FF_F_REQUIRED, 0, 0,
      "false: sold out for now", NULL, NULL },
    { "archived",    FF_T_BOOL,    AT(archived),    FF_F_REQUIRED, 0, 0,
      "true: off the menu for good, kept for history", NULL, NULL },
    { "emoji",       FF_T_TEXT,    AT(emoji),       NULLABLE, 1, 8,
      "a picture", NULL, NULL },
    { "glaze",       FF_T_ENUM,    AT(glaze),       NULLABLE, 0, 0,
      "colour of its tile; null: the category's", NULL, glazes },
    { "sort",        FF_T_INT,     AT(sort),        FF_F_REQUIRED, INT64_MIN, INT64_MAX,
      "place on the menu", NULL, NULL },
    { "taxRatePpm",  FF_T_INT,     AT(tax_rate),    FF_F_REQUIRED, 0, 1000000,
      "rate of the tax inside the price, in parts per million", NULL, NULL },
    { "allergens",   FF_T_FLAGS,   AT(allergens),   NULLABLE, 0, 0,
      "what it holds, of EU 1169/2011 Annex II; null: not known", NULL, ff_allergens },
    { "diets",       FF_T_FLAGS,   AT(diets),       NULLABLE, 0, 0,
      "what it suits; null: not known", NULL, ff_diets },
    { "imageUrl",    FF_T_TEXT,    AT(image_url),   NULLABLE, 0, 0,
      "its picture; null: none", NULL, NULL },
    { "availability", FF_T_ENUM,   AT(availability), FF_F_REQUIRED, 0, 0,
      "what the stock says; ok when nobody counts it", NULL, ff_stock_states },
    { "menuOnly",    FF_T_BOOL,    AT(menu_only),   FF_F_REQUIRED, 0, 0,
      "true: bought only on its dates of the menu, while a window is open", NULL, NULL },
    FF_VERSION_FIELD(struct ff_product),
    FF_STAMP_FIELDS(struct ff_product),
};
#undef AT
const struct ff_schema ff_schema_product = {
    .name = "Product", .size = sizeof(struct ff_product), .set_offset = FF_NO_SET,
    FF_FIELDS(product_f) };

#define AT(member) offsetof(struct ff_product_in, member)
#define PRODUCT_IN(needed)                                                                         \
    [FF_PRODUCT_NAME]        = { "name",        FF_T_NAME,  AT(name),        needed, 2, 100,       \
                                 "unique among the living", NULL, NULL },                          \
    [FF_PRODUCT_PRICE]       = { "price",       FF_T_MONEY, AT(price),       needed, 1,            \
                                 FF_MONEY_PRICE_MAX, "of one piece", NULL, NULL },                 \
    [FF_PRODUCT_CATEGORY_ID] = { "categoryId",  FF_T_INT,   AT(category_id), 0, 1, INT64_MAX,      \
                                 "its category, by id", NULL, NULL },                              \
    [FF_PRODUCT_CATEGORY]    = { "category",    FF_T_NAME,  AT(category),    0, 1, 60,             \
                                 "its category, by name", NULL, NULL },                            \
    [FF_PRODUCT_DESCRIPTION] = { "description", FF_T_TEXT,  AT(description), 0, 0, 500,            \
                                 "a few words", NULL, NULL },                                      \
    [FF_PRODUCT_AVAILABLE]   = { "available",   FF_T_BOOL,  AT(available),   0, 0, 0,              \
                                 "false: sold out for now", NULL, NULL },                          \
    [FF_PRODUCT_EMOJI]       = { "emoji",       FF_T_TEXT,  AT(emoji),       FF_F_NULLABLE, 1, 8,  \
                                 "a picture", NULL, NULL },                                        \
    [FF_PRODUCT_GLAZE]       = { "glaze",       FF_T_ENUM,  AT(glaze),       FF_F_NULLABLE, 0, 0,  \
                                 "colour of its tile; null: the category's", NULL, glazes },       \
    [FF_PRODUCT_SORT]        = { "sort",        FF_T_INT,   AT(sort),        0, -1000000, 1000000, \
                                 "place on the menu", NULL, NULL },                                \
    [FF_PRODUCT_TAX_RATE]    = { "taxRatePpm",  FF_T_INT,   AT(tax_rate),    0, 0, 1000000,        \
                                 "rate of the tax inside the price, in parts per million; 70000 "  \
                                 "is 7 %", NULL, NULL },                                           \
    [FF_PRODUCT_ALLERGENS]   = { "allergens",   FF_T_FLAGS, AT(allergens),   FF_F_NULLABLE, 0, 0,  \
                                 "what it holds; [] is none, null is not known", NULL,             \
                                 ff_allergens },                                                   \
    [FF_PRODUCT_DIETS]       = { "diets",       FF_T_FLAGS, AT(diets),       FF_F_NULLABLE, 0, 0,  \
                                 "what it suits; null: not known", NULL, ff_diets },                       \
    [FF_PRODUCT_MENU_ONLY]   = { "menuOnly",    FF_T_BOOL,  AT(menu_only),   0, 0, 0,              \
                                 "true: bought only on its dates of the menu", NULL, NULL }
static const struct ff_field product_new_f[] = { PRODUCT_IN(FF_F_REQUIRED) };
static const struct ff_field product_patch_f[] = {
    PRODUCT_IN(0),
    [FF_PRODUCT_ARCHIVED] = { "archived", FF_T_BOOL, AT(archived), 0, 0, 0,
                              "false brings it back; admins only", NULL, NULL },
};
const struct ff_schema ff_schema_product_new = {
    .name = "ProductNew", .size = sizeof(struct ff_product_in), .set_offset = AT(set),
    FF_FIELDS(product_new_f) };
const struct ff_schema ff_schema_product_patch = {
    .name = "ProductPatch", .size = sizeof(struct ff_product_in), .set_offset = AT(set),
    FF_FIELDS(product_patch_f) };
#undef AT

#define AT(member) offsetof(struct ff_product_args, member)
static const struct ff_field product_query_f[] = {
    FF_LIST_FIELDS(struct ff_product_args, "sort, name, price, category, id"),
    { "categoryId", FF_T_INT,  AT(category_id), 0, 1, INT64_MAX, "only this category", NULL, NULL },
    { "available",  FF_T_BOOL, AT(available),   0, 0, 0, "only these", NULL, NULL },
    { "archived",   FF_T_BOOL, AT(archived),    0, 0, 0,
      "true: the archived ones instead; managers and admins only", NULL, NULL },
    { "without",    FF_T_FLAGS, AT(without),    0, 0, 0,
      "only those known to hold none of these: gluten,milk", NULL, ff_allergens },
    { "diet",       FF_T_FLAGS, AT(diet),       0, 0, 0,
      "only those known to suit all of these", NULL, ff_diets },
    FF_AMOUNTS_FIELD(struct ff_product_args),
};
#undef AT
const struct ff_schema ff_schema_product_query = {
    .name = "ProductQuery", .size = sizeof(struct ff_product_args), .set_offset = FF_NO_SET,
    FF_FIELDS(product_query_f) };

static const struct ff_field product_sale_f[] = {
    { "available", FF_T_BOOL, offsetof(struct ff_product_sale_in, available), FF_F_REQUIRED, 0, 0,
      "false: sold out for now", NULL, NULL },
};
const struct ff_schema ff_schema_product_sale = {
    .name = "ProductSale", .size = sizeof(struct ff_product_sale_in), .set_offset = FF_NO_SET,
    FF_FIELDS(product_sale_f) };

/* ---- barcodes ---- */
#define AT(member) offsetof(struct ff_barcode, member)
static const struct ff_field barcode_f[] = {
    { "code",      FF_T_TEXT, AT(code),       FF_F_REQUIRED, 1, FF_BARCODE_MAX,
      "what the scanner reads", NULL, NULL },
    { "productId", FF_T_INT,  AT(product_id), FF_F_REQUIRED, 1, INT64_MAX,
      "the product it is on", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_barcode = {
    .name = "Barcode", .size = sizeof(struct ff_barcode), .set_offset = FF_NO_SET,
    FF_FIELDS(barcode_f) };

#define AT(member) offsetof(struct ff_barcode_new, member)
static const struct ff_field barcode_new_f[] = {
    { "code", FF_T_CODE, AT(code), FF_F_REQUIRED, 1, FF_BARCODE_MAX,
      "letters and digits; 8, 12 or 13 digits must end with their check digit", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_barcode_new = {
    .name = "BarcodeNew", .size = sizeof(struct ff_barcode_new), .set_offset = FF_NO_SET,
    FF_FIELDS(barcode_new_f) };

#define AT(member) offsetof(struct ff_not_served, member)
static const struct ff_field not_served_f[] = {
    { "productId", FF_T_INT,     AT(product_id), FF_F_REQUIRED, 1, INT64_MAX, "product", NULL, NULL },
    { "opensAt",   FF_T_INSTANT, AT(opens_at),   NULLABLE, 0, 0,
      "when it is served next; null: not within two weeks", NULL, NULL },
    { "window",    FF_T_TEXT,    AT(window),     NULLABLE, 1, 60, "name of that window", NULL, NULL },
};
#undef AT
static const struct ff_schema not_served_schema = {
    .name = "NotServed", .size = sizeof(struct ff_not_served), .set_offset = FF_NO_SET,
    FF_FIELDS(not_served_f) };

#define AT(member) offsetof(struct ff_catalogue, member)
static const struct ff_field shelf_f[] = {
    { "categories", FF_T_LIST, AT(shelf.categories), FF_F_REQUIRED, 0, 0,
      "in the order of the shelf", &ff_schema_category, NULL },
    { "products",   FF_T_LIST, AT(shelf.products),   FF_F_REQUIRED, 0, 0,
      "all living ones, by category and place; sold-out ones too", &ff_schema_product, NULL },
    { "barcodes",   FF_T_LIST, AT(shelf.barcodes),   FF_F_REQUIRED, 0, FF_BARCODES_SHOWN,
      "of these products, for the scanner", &ff_schema_barcode, NULL },
    { "notServed",  FF_T_LIST, AT(served.not_served), FF_F_REQUIRED, 0, 0,
      "those of them that cannot be bought now, being bound to the menu", &not_served_schema, NULL },
    { "validUntil", FF_T_INSTANT, AT(served.valid_until), NULLABLE, 0, 0,
      "ask again then: a window opens or closes; null: nothing here depends on the time", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_catalogue = {
    .name = "Catalogue", .size = sizeof(struct ff_catalogue), .set_offset = FF_NO_SET,
    FF_FIELDS(shelf_f) };

/* ---- imports ---- */
static const char *const import_modes[] = { "add", "update", NULL };
#define AT(member) offsetof(struct ff_import_args, member)
#define IMPORT_ARGS                                                                                \
    { "amounts", FF_T_ENUM, AT(amounts), 0, 0, 0,                                                  \
      "how the file writes amounts; must be said for a currency with decimals", NULL,              \
      ff_amount_names },                                                                           \
    { "dryRun",  FF_T_BOOL, AT(dry_run), 0, 0, 0, "try all of it, keep nothing", NULL, NULL }
static const struct ff_field import_query_f[] = { IMPORT_ARGS };
static const struct ff_field import_update_f[] = {
    IMPORT_ARGS,
    { "mode",    FF_T_ENUM, AT(mode),    0, 0, 0,
      "update: a row with a known name changes what is there; add when absent", NULL,
      import_modes },
};
#undef AT
const struct ff_schema ff_schema_import_update_query = {
    .name = "ImportUpdateQuery", .size = sizeof(struct ff_import_args), .set_offset = FF_NO_SET,
    FF_FIELDS(import_update_f) };
const struct ff_schema ff_schema_import_query = {
    .name = "ImportQuery", .size = sizeof(struct ff_import_args), .set_offset = FF_NO_SET,
    FF_FIELDS(import_query_f) };

#define AT(member) offsetof(struct ff_import_dear, member)
static const struct ff_field dear_f[] = {
    { "name",   FF_T_TEXT, AT(name),   FF_F_REQUIRED, 1, 100, "product or person", NULL, NULL },
    { "amount", FF_T_TEXT, AT(amount), FF_F_REQUIRED, 1, 48, "as people read it", NULL, NULL },
};
#undef AT
static const struct ff_schema dear_schema = {
    .name = "ImportDear", .size = sizeof(struct ff_import_dear), .set_offset = FF_NO_SET,
    FF_FIELDS(dear_f) };

#define AT(member) offsetof(struct ff_import_value, member)
static const struct ff_field import_value_f[] = {
    { "column", FF_T_TEXT, AT(column), FF_F_REQUIRED, 1, 40, "of the file", NULL, NULL },
    { "before", FF_T_TEXT, AT(before), NULLABLE, 0, 1000, "as it was", NULL, NULL },
    { "after",  FF_T_TEXT, AT(after),  NULLABLE, 0, 1000, "as it is then", NULL, NULL },
};
#undef AT
static const struct ff_schema import_value_schema = {
    .name = "ImportValue", .size = sizeof(struct ff_import_value), .set_offset = FF_NO_SET,
    FF_FIELDS(import_value_f) };

#define AT(member) offsetof(struct ff_import_change, member)
static const struct ff_field import_change_f[] = {
    { "line",   FF_T_INT,  AT(line),   FF_F_REQUIRED, 1, INT64_MAX, "of the file", NULL, NULL },
    { "name",   FF_T_TEXT, AT(name),   FF_F_REQUIRED, 1, 100, "what it is about", NULL, NULL },
    { "what",   FF_T_ENUM, AT(what),   FF_F_REQUIRED, 0, 0, "what was done", NULL,
      ff_import_whats },
    { "values", FF_T_LIST, AT(values), FF_F_REQUIRED, 0, 40, "what differs, when changed",
      &import_value_schema, NULL },
};
#undef AT
static const struct ff_schema import_change_schema = {
    .name = "ImportChange", .size = sizeof(struct ff_import_change), .set_offset = FF_NO_SET,
    FF_FIELDS(import_change_f) };

#define AT(member) offsetof(struct ff_import_result, member)
static const struct ff_field import_f[] = {
    { "dryRun",             FF_T_BOOL, AT(dry_run), FF_F_REQUIRED, 0, 0,
      "nothing was kept", NULL, NULL },
    { "rows",               FF_T_INT,  AT(rows), FF_F_REQUIRED, 0, FF_IMPORT_ROWS_MAX,
      "read", NULL, NULL },
    { "created",            FF_T_INT,  AT(created), FF_F_REQUIRED, 0, FF_IMPORT_ROWS_MAX,
      "made", NULL, NULL },
    { "changed",            FF_T_INT,  AT(changed), FF_F_REQUIRED, 0, FF_IMPORT_ROWS_MAX,
      "were there and differ", NULL, NULL },
    { "same",               FF_T_INT,  AT(same), FF_F_REQUIRED, 0, FF_IMPORT_ROWS_MAX,
      "were there just so", NULL, NULL },
    { "changes",            FF_T_LIST, AT(changes), FF_F_REQUIRED, 0, FF_IMPORT_TOLD,
      "the first lines, with old and new values", &import_change_schema, NULL },
    { "departmentsCreated", FF_T_INT,  AT(departments_created), FF_F_REQUIRED, 0,
      FF_IMPORT_ROWS_MAX, "made with them", NULL, NULL },
    { "groupsCreated",      FF_T_INT,  AT(groups_created), FF_F_REQUIRED, 0,
      FF_IMPORT_ROWS_MAX, "made with them", NULL, NULL },
    { "dearest",            FF_T_LIST, AT(dearest), FF_F_REQUIRED, 0, FF_IMPORT_DEAREST,
      "highest amounts: look whether they are what you meant", &dear_schema, NULL },
};
#undef AT
const struct ff_schema ff_schema_import = {
    .name = "ImportResult", .size = sizeof(struct ff_import_result), .set_offset = FF_NO_SET,
    FF_FIELDS(import_f) };
/* clang-format on */
