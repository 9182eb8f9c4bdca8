/* SPDX-License-Identifier: MIT */
/* barcode.c - codes of products: checked, given, taken away, found. */
#include "domain/catalog/barcode.h"

#include <string.h>

#include "domain/audit/audit.h"
#include "domain/catalog/product_repo.h"

static const char digits[] = "0123456789";
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

_Static_assert((int)FF_C_BARCODE_LIST_CODE == (int)FF_C_BARCODE_SHELF_CODE &&
                   (int)FF_C_BARCODE_LIST_PRODUCT_ID == (int)FF_C_BARCODE_SHELF_PRODUCT_ID &&
                   (int)FF_C_BARCODE_LIST_CODE == (int)FF_C_BARCODE_ALL_CODE &&
                   (int)FF_C_BARCODE_LIST_PRODUCT_ID == (int)FF_C_BARCODE_ALL_PRODUCT_ID,
               "one reader for all lists");

/* From the right, the check digit counts once, its neighbour three times, and so on: a multiple of
 * ten. */
static bool has_check_digit(const char *code, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (code[n - 1 - i] - '0') * (i % 2 ? 3 : 1);
    return sum % 10 == 0;
}

const char *ff_barcode_fault(const char *code)
{
    size_t n = strlen(code);
    if (n < 1 || n > FF_BARCODE_MAX || strspn(code, letters) != n)
        return "Must be 1 to 48 letters and digits.";
    bool is_gtin = (n == 8 || n == 12 || n == 13) && strspn(code, digits) == n;
    return is_gtin && !has_check_digit(code, n)
               ? "The last digit is not the check digit of the others: a digit was misread."
               : NULL;
}

/* ---- reading ---- */

static enum ff_rc read_codes(struct ff_ctx *cx, struct ff_stmt *st, struct ff_list *out)
{
    bool row;
    struct ff_rows rows = {0};
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_barcode *b = ff_rows_add(cx, &rows, sizeof *b);
        if (!b)
            return cx->err.rc;
        b->code = ff_db_col_text(cx, st, FF_C_BARCODE_LIST_CODE);
        b->product_id = ff_db_col_int(st, FF_C_BARCODE_LIST_PRODUCT_ID);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

static enum ff_rc count(struct ff_ctx *cx, int64_t product_id, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BARCODE_COUNT_PRODUCT, product_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_BARCODE_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_barcode_list(struct ff_ctx *cx, int64_t product_id, int64_t page, int64_t limit,
                           struct ff_list *out, int64_t *total)
{
    FF_STMT *st = NULL;
    struct ff_product product;
    struct ff_window window = ff_window_of(page, limit);
    enum ff_rc rc = ff_product_get(cx, product_id, &product);
    if (rc || (rc = count(cx, product_id, total)) || (rc = ff_db_query(cx, FF_Q_BARCODE_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_BARCODE_LIST_PRODUCT, product_id);
    ff_db_int(st, FF_P_BARCODE_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_BARCODE_LIST_OFFSET, window.offset);
    return read_codes(cx, st, out);
}

enum ff_rc ff_barcode_shelf(struct ff_ctx *cx, struct ff_list *out)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_SHELF, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BARCODE_SHELF_LIMIT, FF_BARCODES_SHOWN);
    return read_codes(cx, st, out);
}

enum ff_rc ff_barcode_all(struct ff_ctx *cx, struct ff_list *out)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_ALL, &st);
    return rc ? rc : read_codes(cx, st, out);
}

enum ff_rc ff_barcode_of(struct ff_ctx *cx, int64_t product_id, struct ff_list *out)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_LIST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BARCODE_LIST_PRODUCT, product_id);
    ff_db_int(st, FF_P_BARCODE_LIST_LIMIT, FF_BARCODES_OF_ONE);
    ff_db_int(st, FF_P_BARCODE_LIST_OFFSET, 0);
    return read_codes(cx, st, out);
}

enum ff_rc ff_product_by_barcode(struct ff_ctx *cx, const char *code, struct ff_product *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_BY_BARCODE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRODUCT_BY_BARCODE_CODE, code);
    ff_db_int(st, FF_P_PRODUCT_BY_BARCODE_ARCHIVED, ff_product_may_see_archived(cx));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "No product has this barcode.");
    ff_product_row(cx, st, out);
    return cx->err.rc;
}

/* ---- changing ---- */

struct change {
    int64_t product_id;
    const char *code;
};

/* Who has the code now; *id 0: nobody. */
static enum ff_rc find_owner(struct ff_ctx *cx, const char *code, struct ff_product *out)
{
    FF_STMT *st = NULL;
    bool row;
    *out = (struct ff_product){0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_OWNER, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_BARCODE_OWNER_CODE, code);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    out->id = ff_db_col_int(st, FF_C_BARCODE_OWNER_PRODUCT_ID);
    out->archived = ff_db_col_int(st, FF_C_BARCODE_OWNER_ARCHIVED);
    out->name = ff_db_col_text(cx, st, FF_C_BARCODE_OWNER_NAME);
    return cx->err.rc;
}

static enum ff_rc insert_row(struct ff_ctx *cx, int64_t product_id, const char *code)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_INSERT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_BARCODE_INSERT_CODE, code);
    ff_db_int(st, FF_P_BARCODE_INSERT_PRODUCT, product_id);
    return ff_db_run(cx, st);
}

/* *n: how many rows went. */
static enum ff_rc delete_row(struct ff_ctx *cx, int64_t product_id, const char *code, int64_t *n)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BARCODE_DELETE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_BARCODE_DELETE_CODE, code);
    ff_db_int(st, FF_P_BARCODE_DELETE_PRODUCT, product_id);
    rc = ff_db_run(cx, st);
    *n = rc ? 0 : ff_db_changes(st);
    return rc;
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, int64_t product_id,
                         const char *code)
{
    const struct ff_audit_value value = {"code", code, 0};
    bool is_removed = strcmp(action, "barcode.remove") == 0;
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "product",
                                           .entity_id = product_id,
                                           .before = &value,
                                           .n_before = is_removed,
                                           .after = &value,
                                           .n_after = !is_removed});
}

static enum ff_rc taken(struct ff_ctx *cx, const struct ff_product *owner, const char *code)
{
    enum ff_rc rc =
        FF_FAIL(cx, FF_ALREADY_EXISTS, "The barcode %s belongs to \"%s\".", code, owner->name);
    ff_err_text(cx, "field", "code");
    ff_err_text(cx, "product", owner->name);
    return rc;
}

enum ff_rc ff_barcode_take(struct ff_ctx *cx, int64_t product_id, const char *code)
{
    int64_t n;
    enum ff_rc rc = delete_row(cx, product_id, code, &n);
    if (rc)
        return rc;
    return n ? record(cx, "barcode.remove", product_id, code)
             : FF_FAIL(cx, FF_NOT_FOUND, "This product has no such barcode.");
}

enum ff_rc ff_barcode_give(struct ff_ctx *cx, int64_t product_id, const char *code)
{
    struct ff_product owner;
    int64_t n;
    enum ff_rc rc = find_owner(cx, code, &owner);
    if (rc)
        return rc;
    if (owner.id && (!owner.archived || owner.id == product_id))
        return taken(cx, &owner, code);
    if ((owner.id && (rc = ff_barcode_take(cx, owner.id, code))) ||
        (rc = count(cx, product_id, &n)))
        return rc;
    if (n >= FF_BARCODES_OF_ONE)
        return ff_field_fail(cx, "/code", "VALUE", "A product has at most 20 barcodes.");
    rc = insert_row(cx, product_id, code);
    return rc ? rc : record(cx, "barcode.add", product_id, code);
}

static enum ff_rc add(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_product p;
    enum ff_rc rc = ff_product_read(cx, c->product_id, 1, &p);
    return rc ? rc : ff_barcode_give(cx, c->product_id, c->code);
}

enum ff_rc ff_barcode_add(struct ff_ctx *cx, int64_t product_id, const char *code,
                          struct ff_barcode *out)
{
    struct change c = {product_id, code};
    const char *fault = ff_barcode_fault(code);
    *out = (struct ff_barcode){code, product_id};
    return fault ? ff_field_fail(cx, "/code", "PATTERN", fault) : ff_db_write(cx, add, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    return ff_barcode_take(cx, c->product_id, c->code);
}

enum ff_rc ff_barcode_remove(struct ff_ctx *cx, int64_t product_id, const char *code)
{
    struct change c = {product_id, code};
    return ff_db_write(cx, remove_it, &c);
}
