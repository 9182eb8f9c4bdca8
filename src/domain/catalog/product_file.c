/* SPDX-License-Identifier: MIT */
/* product_file.c - a product as the cells of a row; its barcodes as one cell. */
#include "domain/catalog/product_file.h"

#include <string.h>

#include "base/money.h"
#include "domain/catalog/barcode.h"
#include "domain/catalog/food.h"

enum { CELL_BYTES = 2048 };

static const char gaps[] = " ,";

const char *const ff_product_cell_names[FF_PRODUCT_CELLS] = {
    "price", "category", "description", "available", "taxPercent", "allergens",
    "diets", "emoji",    "glaze",       "menuOnly",  "barcodes"};

static const char *words(struct ff_ctx *cx, const char *const *values, int64_t mask)
{
    struct ff_buf buf;
    ff_buf_init(&buf, CELL_BYTES);
    ff_flags_text(&buf, values, mask);
    const char *text = ff_strdup(cx, buf.data ? buf.data : "");
    ff_buf_free(&buf);
    return text;
}

enum ff_rc ff_product_cells(struct ff_ctx *cx, const struct ff_product *p, const char *barcodes,
                            int decimals, struct ff_product_cells *out)
{
    char price[FF_MONEY_TEXT_CAP], tax[FF_MONEY_TEXT_CAP];
    ff_money_format(p->price, decimals, price);
    ff_percent_format(p->tax_rate, tax);
    *out = (struct ff_product_cells){
        {ff_strdup(cx, price), p->category, p->description, p->available ? "true" : "false",
         ff_strdup(cx, tax), words(cx, ff_allergens, p->allergens), words(cx, ff_diets, p->diets),
         p->emoji ? p->emoji : "", p->glaze ? p->glaze : "", p->menu_only ? "true" : "false",
         barcodes}};
    return cx->err.rc;
}

/* ---- barcodes as one cell ---- */

/* The first of the product's codes; n: it has none. */
static size_t first_of(const struct ff_list *codes, int64_t product_id)
{
    const struct ff_barcode *all = codes->items;
    size_t low = 0, high = codes->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].product_id < product_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *ff_product_codes(struct ff_ctx *cx, const struct ff_list *codes, int64_t product_id)
{
    const struct ff_barcode *all = codes->items;
    struct ff_buf buf;
    ff_buf_init(&buf, CELL_BYTES);
    for (size_t i = first_of(codes, product_id); i < codes->n && all[i].product_id == product_id;
         i++)
        ff_buf_printf(&buf, "%s%s", buf.len ? " " : "", all[i].code);
    const char *text = ff_strdup(cx, buf.data ? buf.data : "");
    ff_buf_free(&buf);
    return text;
}

/* The next word of *at, in `out`; false when there is none. A longer one is cut and so no code. */
static bool next_word(const char **at, char out[FF_BARCODE_MAX + 2])
{
    *at += strspn(*at, gaps);
    size_t n = strcspn(*at, gaps), kept = n <= FF_BARCODE_MAX ? n : FF_BARCODE_MAX + 1;
    memcpy(out, *at, kept);
    out[kept] = '\0';
    *at += n;
    return n > 0;
}

static bool has_word(const char *text, const char *code)
{
    char word[FF_BARCODE_MAX + 2];
    while (next_word(&text, word))
        if (strcmp(word, code) == 0)
            return true;
    return false;
}

static bool has_code(const struct ff_list *codes, const char *code)
{
    const struct ff_barcode *all = codes->items;
    for (size_t i = 0; i < codes->n; i++)
        if (strcmp(all[i].code, code) == 0)
            return true;
    return false;
}

enum ff_rc ff_product_set_codes(struct ff_ctx *cx, int64_t product_id, const char *text)
{
    struct ff_list codes;
    char word[FF_BARCODE_MAX + 2];
    enum ff_rc rc = ff_barcode_of(cx, product_id, &codes);
    const struct ff_barcode *old = codes.items;
    for (size_t i = 0; !rc && i < codes.n; i++)
        if (!has_word(text, old[i].code))
            rc = ff_barcode_take(cx, product_id, old[i].code);
    for (const char *at = text; !rc && next_word(&at, word);) {
        const char *fault = ff_barcode_fault(word);
        if (fault)
            rc = ff_field_fail(cx, "/code", "PATTERN", fault);
        else if (!has_code(&codes, word))
            rc = ff_barcode_give(cx, product_id, ff_strdup(cx, word));
    }
    return rc;
}
