/* SPDX-License-Identifier: MIT */
/* batch.c - batches as they are: found, listed, with their items. */
#include "domain/payroll/batch_parts.h"

#include <stdio.h>
#include <string.h>

enum { MONTH_TEXT = 7 };

_Static_assert((int)FF_C_PAYROLL_BATCH_GET_REJECTED_MINOR ==
                   (int)FF_C_PAYROLL_BATCH_LIST_REJECTED_MINOR,
               "one reader for both");

static enum ff_rc read_view(struct ff_ctx *cx, struct ff_stmt *st, struct ff_batch_row *r)
{
    struct ff_payroll_batch *b = &r->view;
    char *hex = ff_alloc(cx, 2 * FF_PAYROLL_HASH_BYTES + 1);
    r->starts_on = ff_db_col_text(cx, st, FF_C_PAYROLL_BATCH_GET_STARTS_ON);
    *b = (struct ff_payroll_batch){
        .id = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_ID),
        .month = r->starts_on ? ff_arena_strndup(cx->arena, r->starts_on, MONTH_TEXT) : NULL,
        .profile = ff_db_col_text(cx, st, FF_C_PAYROLL_BATCH_GET_PROFILE_NAME),
        .state = ff_db_col_text(cx, st, FF_C_PAYROLL_BATCH_GET_STATE),
        .cap = ff_db_col_opt_int(st, FF_C_PAYROLL_BATCH_GET_CAP_MINOR),
        .minimum = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_MINIMUM_MINOR),
        .n_items = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_ITEMS),
        .total = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_TOTAL_MINOR),
        .n_rejected = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_REJECTED),
        .rejected = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_REJECTED_MINOR),
        .created_at = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_CREATED_AT_MS),
        .exported_at = ff_db_col_opt_int(st, FF_C_PAYROLL_BATCH_GET_EXPORTED_AT_MS),
        .confirmed_at = ff_db_col_opt_int(st, FF_C_PAYROLL_BATCH_GET_CONFIRMED_AT_MS),
        .confirm_journal_id = ff_db_col_opt_int(st, FF_C_PAYROLL_BATCH_GET_CONFIRM_JOURNAL_ID),
        .file_hash = hex};
    if (!hex || !b->month || !b->profile || !b->state)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    b->due = b->total - b->rejected;
    if (!ff_db_col_blob(st, FF_C_PAYROLL_BATCH_GET_FILE_HASH, r->hash, sizeof r->hash))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "A payroll file has no hash.");
    ff_hex(r->hash, sizeof r->hash, hex);
    return FF_OK;
}

static enum ff_rc read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_batch_row *r)
{
    *r = (struct ff_batch_row){.period_id = ff_db_col_int(st, FF_C_PAYROLL_BATCH_GET_PERIOD_ID),
                               .layout = ff_db_col_text(cx, st, FF_C_PAYROLL_BATCH_GET_LAYOUT)};
    r->head = ff_db_col_bytes(cx, st, FF_C_PAYROLL_BATCH_GET_FILE_HEAD, &r->head_len);
    if (!r->head && !cx->err.rc) /* no byte order mark, no titles */
        r->head = "";
    return r->layout && r->head ? read_view(cx, st, r) : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_batch_find(struct ff_ctx *cx, int64_t id, struct ff_batch_row *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_BATCH_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_BATCH_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_row(cx, st, out)
               : FF_FAIL(cx, FF_NOT_FOUND, "There is no payroll batch %lld.", (long long)id);
}

/* ---- items ---- */

static enum ff_rc add_item(struct ff_ctx *cx, struct ff_stmt *st, struct ff_rows *rows)
{
    struct ff_payroll_item *i = ff_rows_add(cx, rows, sizeof *i);
    if (!i)
        return cx->err.rc;
    *i = (struct ff_payroll_item){
        .employee_id = ff_db_col_int(st, FF_C_PAYROLL_ITEMS_EMPLOYEE_ID),
        .journal_id = ff_db_col_int(st, FF_C_PAYROLL_ITEMS_JOURNAL_ID),
        .amount = ff_db_col_int(st, FF_C_PAYROLL_ITEMS_AMOUNT_MINOR),
        .number = ff_db_col_text(cx, st, FF_C_PAYROLL_ITEMS_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_PAYROLL_ITEMS_NAME),
        .rejected = !ff_db_col_null(st, FF_C_PAYROLL_ITEMS_REJECTED_JOURNAL_ID),
        .rejected_journal_id = ff_db_col_opt_int(st, FF_C_PAYROLL_ITEMS_REJECTED_JOURNAL_ID),
        .rejected_reason = ff_db_col_text(cx, st, FF_C_PAYROLL_ITEMS_REJECTED_REASON)};
    return i->number && i->name ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_payroll_batch(struct ff_ctx *cx, int64_t id, struct ff_payroll_batch *out)
{
    struct ff_batch_row r;
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_batch_find(cx, id, &r);
    if (rc || (rc = ff_db_query(cx, FF_Q_PAYROLL_ITEMS, &st)))
        return rc;
    ff_db_int(st, FF_P_PAYROLL_ITEMS_BATCH, id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = add_item(cx, st, &rows)))
            return rc;
    }
    *out = r.view;
    out->items = rows.list;
    return rc;
}

/* ---- the list ---- */

static enum ff_rc count(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_BATCH_COUNT, &st);
    if (!rc && !(rc = ff_db_row(cx, st, &row)))
        *total = ff_db_col_int(st, FF_C_PAYROLL_BATCH_COUNT_TOTAL);
    return rc;
}

enum ff_rc ff_payroll_batches(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                              int64_t *total)
{
    const struct ff_window w = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count(cx, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_PAYROLL_BATCH_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_PAYROLL_BATCH_LIST_LIMIT, w.limit);
    ff_db_int(st, FF_P_PAYROLL_BATCH_LIST_OFFSET, w.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_batch_row r;
        struct ff_payroll_batch *b = ff_rows_add(cx, &rows, sizeof *b);
        if (!b || read_row(cx, st, &r))
            return cx->err.rc;
        *b = r.view;
    }
    *out = rows.list;
    return rc;
}

/* ---- what the files of this folder share ---- */

enum ff_rc ff_batch_replay(struct ff_ctx *cx, int64_t journal_id, struct ff_payroll_batch *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_BATCH_OF, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_BATCH_OF_JOURNAL, journal_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_INTERNAL, "journal %lld is of no payroll batch",
                       (long long)journal_id);
    rc = ff_payroll_batch(cx, ff_db_col_int(st, FF_C_PAYROLL_BATCH_OF_ID), out);
    out->replayed = 1;
    return rc;
}

enum ff_rc ff_batch_account(struct ff_ctx *cx, const char *month, int64_t *id)
{
    const char *code = ff_arena_printf(cx->arena, "payroll:%s", month);
    return code ? ff_ledger_account(cx, code, "payroll", id)
                : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

struct ff_idem ff_batch_key(const struct ff_idem *callers, bool is_first,
                            char random[FF_IDEM_KEY_CAP])
{
    struct ff_idem idem = *callers;
    char uuid[37];
    if (is_first)
        return idem;
    ff_uuid(uuid);
    snprintf(random, FF_IDEM_KEY_CAP, "payroll-%s", uuid);
    idem.key = random;
    return idem;
}

enum ff_rc ff_batch_refuse(struct ff_ctx *cx, const char *state, const char *why)
{
    enum ff_rc rc = FF_FAIL(cx, FF_PAYROLL_STATE, "%s", why);
    if (state)
        ff_err_text(cx, "state", state);
    return rc;
}
