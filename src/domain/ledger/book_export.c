/* SPDX-License-Identifier: MIT */
/* book_export.c - a month's journals for another program: debit and credit, with the site's own
 * account numbers; and the mapping they come from. */
#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/common/export.h"
#include "domain/ledger/book.h"
#include "domain/ledger/month_parts.h"

enum { EXPORT_BYTES = 14 << 20 };

/* ---- the mapping ---- */

static enum ff_rc read_map(struct ff_ctx *cx, struct ff_account_map *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ACCOUNT_MAP_LIST, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_account_map_row *r = ff_rows_add(cx, &rows, sizeof *r);
        if (!r)
            return cx->err.rc;
        *r = (struct ff_account_map_row){
            .code = ff_db_col_text(cx, st, FF_C_ACCOUNT_MAP_LIST_CODE),
            .number = ff_db_col_text(cx, st, FF_C_ACCOUNT_MAP_LIST_NUMBER),
            .name = ff_db_col_text(cx, st, FF_C_ACCOUNT_MAP_LIST_NAME)};
        if (!r->code || !r->number || !r->name)
            return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
        if (!*r->name)
            r->name = NULL;
    }
    out->rows = rows.list;
    return rc;
}

enum ff_rc ff_account_map_get(struct ff_ctx *cx, struct ff_account_map *out)
{
    return read_map(cx, out);
}

struct replacing {
    const struct ff_account_map *in;
    struct ff_account_map *out;
};

static enum ff_rc clear(struct ff_ctx *cx)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ACCOUNT_MAP_CLEAR, &st);
    return rc ? rc : ff_db_run(cx, st);
}

static enum ff_rc add(struct ff_ctx *cx, size_t i, const struct ff_account_map_row *r)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ACCOUNT_MAP_ADD, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_ACCOUNT_MAP_ADD_CODE, r->code);
    ff_db_text(st, FF_P_ACCOUNT_MAP_ADD_NUMBER, r->number);
    ff_db_text(st, FF_P_ACCOUNT_MAP_ADD_NAME, r->name ? r->name : "");
    if ((rc = ff_db_run(cx, st)) != FF_ALREADY_EXISTS)
        return rc;
    const char *at = ff_arena_printf(cx->arena, "/rows/%zu/code", i);
    ff_err_clear(cx);
    return ff_field_fail(cx, at ? at : "/rows", "VALUE", "This code is named twice.");
}

static enum ff_rc record(struct ff_ctx *cx, size_t before, size_t after)
{
    const struct ff_audit_value was[] = {{"rows", NULL, (int64_t)before}},
                                is[] = {{"rows", NULL, (int64_t)after}};
    return ff_audit(cx, &(struct ff_audit){.action = "ledger.map",
                                           .entity = "account_map",
                                           .before = was,
                                           .n_before = 1,
                                           .after = is,
                                           .n_after = 1});
}

static enum ff_rc replace(struct ff_ctx *cx, void *arg)
{
    const struct replacing *r = arg;
    const struct ff_account_map_row *row = r->in->rows.items;
    struct ff_account_map before;
    enum ff_rc rc = read_map(cx, &before);
    if (rc || (rc = clear(cx)))
        return rc;
    for (size_t i = 0; i < r->in->rows.n && !rc; i++)
        rc = add(cx, i, &row[i]);
    if (rc || (rc = record(cx, before.rows.n, r->in->rows.n)))
        return rc;
    return read_map(cx, r->out);
}

enum ff_rc ff_account_map_put(struct ff_ctx *cx, const struct ff_account_map *in,
                              struct ff_account_map *out)
{
    struct replacing r = {in, out};
    return ff_db_write(cx, replace, &r);
}

/* ---- the file ---- */

static void amounts(struct ff_buf *buf, int64_t debit, int64_t credit, int decimals)
{
    ff_csv_amount(buf, debit ? debit : FF_NULL_INT, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, credit ? credit : FF_NULL_INT, decimals);
}

static enum ff_rc text_cell(struct ff_ctx *cx, struct ff_buf *buf, struct ff_stmt *st, int column)
{
    const char *text = ff_db_col_text(cx, st, column);
    if (!text)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    ff_buf_csv(buf, text);
    ff_buf_char(buf, ',');
    return FF_OK;
}

/* What it is in words: the kind, its reason, what it takes back. */
static enum ff_rc words(struct ff_ctx *cx, struct ff_buf *buf, struct ff_stmt *st)
{
    const char *kind = ff_db_col_text(cx, st, FF_C_BOOK_EXPORT_KIND);
    const char *reason = ff_db_col_text(cx, st, FF_C_BOOK_EXPORT_REASON_CODE);
    const int64_t reverses = ff_db_col_int(st, FF_C_BOOK_EXPORT_REVERSES_ID);
    if (!kind)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    ff_buf_printf(buf, "%s,%s%s%s", kind, kind, reason ? " " : "", reason ? reason : "");
    if (reverses)
        ff_buf_printf(buf, " of %lld", (long long)reverses);
    ff_buf_char(buf, ',');
    return FF_OK;
}

static enum ff_rc entry_line(struct ff_ctx *cx, struct ff_stmt *st, struct ff_buf *buf,
                             int decimals)
{
    const int64_t amount = ff_db_col_int(st, FF_C_BOOK_EXPORT_AMOUNT_MINOR);
    enum ff_rc rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_BUSINESS_DATE);
    ff_buf_printf(buf, "%lld,", (long long)ff_db_col_int(st, FF_C_BOOK_EXPORT_ID));
    if (rc || (rc = words(cx, buf, st)) || (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_CODE)) ||
        (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_NUMBER)) ||
        (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_NAME)))
        return rc;
    amounts(buf, amount < 0 ? -amount : 0, amount > 0 ? amount : 0, decimals);
    ff_buf_str(buf, "\r\n");
    return FF_OK;
}

static enum ff_rc day_line(struct ff_ctx *cx, struct ff_stmt *st, struct ff_buf *buf, int decimals)
{
    enum ff_rc rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_DAYS_BUSINESS_DATE);
    if (rc || (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_DAYS_KIND)) ||
        (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_DAYS_CODE)) ||
        (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_DAYS_NUMBER)) ||
        (rc = text_cell(cx, buf, st, FF_C_BOOK_EXPORT_DAYS_NAME)))
        return rc;
    amounts(buf, ff_db_col_int(st, FF_C_BOOK_EXPORT_DAYS_DEBIT_MINOR),
            ff_db_col_int(st, FF_C_BOOK_EXPORT_DAYS_CREDIT_MINOR), decimals);
    ff_buf_str(buf, "\r\n");
    return FF_OK;
}

_Static_assert((int)FF_P_BOOK_EXPORT_FIRST == (int)FF_P_BOOK_EXPORT_DAYS_FIRST &&
                   (int)FF_P_BOOK_EXPORT_LAST == (int)FF_P_BOOK_EXPORT_DAYS_LAST,
               "both take a range");

/* The rows' texts live in a memory that is emptied after each. */
static enum ff_rc write_rows(struct ff_ctx *cx, const struct ff_month_range *range, bool by_day,
                             int decimals, struct ff_buf *buf)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, by_day ? FF_Q_BOOK_EXPORT_DAYS : FF_Q_BOOK_EXPORT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_BOOK_EXPORT_FIRST, range->first);
    ff_db_int(st, FF_P_BOOK_EXPORT_LAST, range->last);
    ff_buf_str(buf, by_day ? "date,kind,account,number,name,debit,credit\r\n"
                           : "date,journalId,kind,text,account,number,name,debit,credit\r\n");
    while (!rc && !buf->failed && !(rc = ff_db_row(cx, st, &row)) && row) {
        rc = by_day ? day_line(cx, st, buf, decimals) : entry_line(cx, st, buf, decimals);
        ff_arena_reset(cx->arena);
    }
    return rc;
}

static enum ff_rc export_range(struct ff_ctx *cx, const struct ff_month_range *range, bool by_day,
                               int decimals, struct ff_text *out)
{
    struct ff_arena *own = cx->arena, *scratch = ff_arena_new(0);
    struct ff_buf buf;
    if (!scratch)
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
    ff_buf_init(&buf, EXPORT_BYTES);
    cx->arena = scratch;
    enum ff_rc rc = write_rows(cx, range, by_day, decimals, &buf);
    cx->arena = own;
    ff_arena_free(scratch);
    if (!rc && buf.failed)
        rc = FF_FAIL(cx, FF_VALIDATION, "The file would be larger than %d bytes; take it by day.",
                     (int)EXPORT_BYTES);
    out->n = buf.len;
    out->text = rc ? NULL : ff_arena_strndup(cx->arena, buf.data, buf.len);
    ff_buf_free(&buf);
    return rc || out->text ? rc : FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
}

enum ff_rc ff_book_export(struct ff_ctx *cx, const char *month, bool by_day, int decimals,
                          struct ff_text *out)
{
    struct ff_month_row_read m;
    struct ff_month_range range;
    char first[FF_DATE_CAP];
    bool found = false;
    enum ff_rc rc = ff_month_read(month, first) ? ff_month_find(cx, first, &m, &found) : FF_OK;
    if (rc)
        return rc;
    if (!found)
        return FF_FAIL(cx, FF_NOT_FOUND, "Nothing was booked in %.20s.", month);
    return (rc = ff_month_range(cx, &m, &range)) ? rc
                                                 : export_range(cx, &range, by_day, decimals, out);
}
