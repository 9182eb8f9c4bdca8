/* SPDX-License-Identifier: MIT */
/* ban.c - what a person may not buy: a product or all of a category, each with its reason. */
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/catalog/product.h"
#include "domain/limits/limits.h"

_Static_assert((int)FF_C_BAN_LIST_CREATED_AT_MS == (int)FF_C_BAN_GET_CREATED_AT_MS,
               "both give the same columns");

static enum ff_rc read_ban(struct ff_ctx *cx, struct ff_stmt *st, struct ff_ban *out)
{
    *out = (struct ff_ban){
        .id = ff_db_col_int(st, FF_C_BAN_GET_ID),
        .employee_id = ff_db_col_int(st, FF_C_BAN_GET_EMPLOYEE_ID),
        .product_id = ff_db_col_opt_int(st, FF_C_BAN_GET_PRODUCT_ID),
        .product = ff_db_col_text(cx, st, FF_C_BAN_GET_PRODUCT),
        .category_id = ff_db_col_opt_int(st, FF_C_BAN_GET_CATEGORY_ID),
        .category = ff_db_col_text(cx, st, FF_C_BAN_GET_CATEGORY),
        .reason = ff_db_col_text(cx, st, FF_C_BAN_GET_REASON),
        .created_at = ff_db_col_int(st, FF_C_BAN_GET_CREATED_AT_MS),
    };
    return cx->err.rc;
}

static enum ff_rc get(struct ff_ctx *cx, int64_t employee_id, int64_t id, struct ff_ban *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BAN_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BAN_GET_ID, id);
    ff_db_int(st, FF_P_BAN_GET_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_ban(cx, st, out) : FF_FAIL(cx, FF_NOT_FOUND, "There is no such ban.");
}

static enum ff_rc count(struct ff_ctx *cx, int64_t employee_id, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BAN_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BAN_COUNT_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_BAN_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_ban_list(struct ff_ctx *cx, int64_t employee_id, int64_t page, int64_t limit,
                       struct ff_list *out, int64_t *total)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_employee e;
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_employee_get(cx, employee_id, &e);
    if (rc || (rc = count(cx, employee_id, total)) || (rc = ff_db_query(cx, FF_Q_BAN_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_BAN_LIST_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_BAN_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_BAN_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_ban *ban = ff_rows_add(cx, &rows, sizeof *ban);
        if (!ban)
            return cx->err.rc;
        if ((rc = read_ban(cx, st, ban)))
            return rc;
    }
    *out = rows.list;
    return rc;
}

/* ---- changing ---- */

struct change {
    int64_t employee_id, id;
    const struct ff_ban *ban;
    struct ff_ban *out;
};

static enum ff_rc not_own(struct ff_ctx *cx, int64_t employee_id)
{
    return cx->who.employee_id == employee_id
               ? FF_FAIL(cx, FF_SELF_ACTION, "Someone else must change this.")
               : FF_OK;
}

/* Is what is banned there? */
static enum ff_rc check(struct ff_ctx *cx, const struct ff_ban *ban)
{
    struct ff_product product;
    struct ff_category category;
    const bool by_product = ban->product_id != FF_NULL_INT;
    if (by_product == (ban->category_id != FF_NULL_INT))
        return ff_field_fail(cx, "/productId", "VALUE", "Give productId or categoryId.");
    enum ff_rc rc = by_product ? ff_product_get(cx, ban->product_id, &product)
                               : ff_category_get(cx, ban->category_id, &category);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return by_product ? ff_field_fail(cx, "/productId", "VALUE", "There is no such product.")
                      : ff_field_fail(cx, "/categoryId", "VALUE", "There is no such category.");
}

static enum ff_rc insert(struct ff_ctx *cx, struct change *c)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BAN_INSERT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BAN_INSERT_EMPLOYEE, c->employee_id);
    ff_db_opt_int(st, FF_P_BAN_INSERT_PRODUCT, c->ban->product_id);
    ff_db_opt_int(st, FF_P_BAN_INSERT_CATEGORY, c->ban->category_id);
    ff_db_text(st, FF_P_BAN_INSERT_REASON, c->ban->reason);
    ff_db_int(st, FF_P_BAN_INSERT_NOW, ff_clock_now_ms(cx->clock));
    if (!(rc = ff_db_row(cx, st, &row))) {
        c->id = ff_db_col_int(st, FF_C_BAN_INSERT_ID);
        return FF_OK;
    }
    if (rc != FF_ALREADY_EXISTS)
        return rc;
    ff_err_clear(cx);
    return FF_FAIL(cx, FF_ALREADY_EXISTS, "This is banned for the person already.");
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, const struct ff_ban *ban)
{
    const struct ff_audit_value values[] = {{"productId", NULL, ban->product_id},
                                            {"categoryId", NULL, ban->category_id}};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "employee",
                                           .entity_id = ban->employee_id,
                                           .subject = FF_AUDIT_EMPLOYEE,
                                           .subject_id = ban->employee_id,
                                           .reason = ban->reason,
                                           .after = values,
                                           .n_after = 2});
}

static enum ff_rc add(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_employee e;
    enum ff_rc rc = ff_employee_get(cx, c->employee_id, &e);
    if (rc || (rc = check(cx, c->ban)) || (rc = insert(cx, c)) ||
        (rc = get(cx, c->employee_id, c->id, c->out)))
        return rc;
    return record(cx, "employee.ban", c->out);
}

enum ff_rc ff_ban_add(struct ff_ctx *cx, int64_t employee_id, const struct ff_ban *ban,
                      struct ff_ban *out)
{
    struct change c = {.employee_id = employee_id, .ban = ban, .out = out};
    enum ff_rc rc = not_own(cx, employee_id);
    return rc ? rc : ff_db_write(cx, add, &c);
}

static enum ff_rc remove_it(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_employee e;
    struct ff_ban ban;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_employee_get(cx, c->employee_id, &e);
    if (rc || (rc = get(cx, c->employee_id, c->id, &ban)) ||
        (rc = ff_db_query(cx, FF_Q_BAN_DELETE, &st)))
        return rc;
    ff_db_int(st, FF_P_BAN_DELETE_ID, c->id);
    ff_db_int(st, FF_P_BAN_DELETE_EMPLOYEE, c->employee_id);
    return (rc = ff_db_run(cx, st)) ? rc : record(cx, "employee.unban", &ban);
}

enum ff_rc ff_ban_remove(struct ff_ctx *cx, int64_t employee_id, int64_t id)
{
    struct change c = {.employee_id = employee_id, .id = id};
    enum ff_rc rc = not_own(cx, employee_id);
    return rc ? rc : ff_db_write(cx, remove_it, &c);
}
