/* SPDX-License-Identifier: MIT */
/* month_statement.c - a person's closed months, and the statement of one: the stored row with the
 * movements of the month's journals, neither of which ever changes. */
#include "domain/ledger/month_parts.h"

#include "db/db.h"

/* ---- the list ---- */

static enum ff_rc read_total(struct ff_ctx *cx, int64_t employee_id, int64_t *total)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STATEMENT_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STATEMENT_COUNT_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_STATEMENT_COUNT_ALL, reach.all);
    ff_db_int(st, FF_P_STATEMENT_COUNT_SELF, reach.self);
    ff_db_opt_int(st, FF_P_STATEMENT_COUNT_DEPARTMENT, reach.department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no person %lld.", (long long)employee_id);
    *total = ff_db_col_int(st, FF_C_STATEMENT_COUNT_TOTAL);
    return FF_OK;
}

static const char *month_of(struct ff_ctx *cx, struct ff_stmt *st, int column)
{
    const char *date = ff_db_col_text(cx, st, column);
    return date ? ff_arena_strndup(cx->arena, date, FF_MONTH_CAP - 1) : NULL;
}

static enum ff_rc add_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_rows *rows)
{
    struct ff_month_row *r = ff_rows_add(cx, rows, sizeof *r);
    if (!r)
        return cx->err.rc;
    *r = (struct ff_month_row){
        .month = month_of(cx, st, FF_C_STATEMENT_LIST_STARTS_ON),
        .opening = ff_db_col_int(st, FF_C_STATEMENT_LIST_OPENING_MINOR),
        .debits = ff_db_col_int(st, FF_C_STATEMENT_LIST_DEBIT_MINOR),
        .credits = ff_db_col_int(st, FF_C_STATEMENT_LIST_CREDIT_MINOR),
        .closing = ff_db_col_int(st, FF_C_STATEMENT_LIST_CLOSING_MINOR),
        .allowance_opening = ff_db_col_opt_int(st, FF_C_STATEMENT_LIST_ALLOWANCE_OPENING_MINOR),
        .allowance_closing = ff_db_col_opt_int(st, FF_C_STATEMENT_LIST_ALLOWANCE_CLOSING_MINOR)};
    return r->month ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_month_rows(struct ff_ctx *cx, int64_t employee_id, int64_t page, int64_t limit,
                         struct ff_list *out, int64_t *total)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    const struct ff_window w = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = read_total(cx, employee_id, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_STATEMENT_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_STATEMENT_LIST_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_STATEMENT_LIST_ALL, reach.all);
    ff_db_int(st, FF_P_STATEMENT_LIST_SELF, reach.self);
    ff_db_opt_int(st, FF_P_STATEMENT_LIST_DEPARTMENT, reach.department);
    ff_db_int(st, FF_P_STATEMENT_LIST_LIMIT, w.limit);
    ff_db_int(st, FF_P_STATEMENT_LIST_OFFSET, w.offset);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        rc = add_row(cx, st, &rows);
    *out = rows.list;
    return rc;
}

/* ---- one of them ---- */

struct stored {
    int64_t account_id, first, last;
};

static enum ff_rc read_stored(struct ff_ctx *cx, struct ff_stmt *st, struct ff_statement *s,
                              struct stored *at)
{
    const char *ends_on = ff_db_col_text(cx, st, FF_C_STATEMENT_GET_ENDS_ON);
    *at = (struct stored){.account_id = ff_db_col_int(st, FF_C_STATEMENT_GET_ACCOUNT_ID),
                          .first = ff_db_col_int(st, FF_C_STATEMENT_GET_FIRST_JOURNAL_ID),
                          .last = ff_db_col_int(st, FF_C_STATEMENT_GET_LAST_JOURNAL_ID)};
    s->holder_number = ff_db_col_text(cx, st, FF_C_STATEMENT_GET_NUMBER);
    s->holder_name = ff_db_col_text(cx, st, FF_C_STATEMENT_GET_NAME);
    s->from = ff_db_col_text(cx, st, FF_C_STATEMENT_GET_STARTS_ON);
    s->to = ends_on ? ff_month_next_day(cx, ends_on) : NULL;
    s->opening = s->closing = ff_db_col_int(st, FF_C_STATEMENT_GET_OPENING_MINOR);
    return s->holder_number && s->holder_name && s->from && s->to
               ? FF_OK
               : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc find_stored(struct ff_ctx *cx, const char *first, struct ff_statement *s,
                              struct stored *at)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STATEMENT_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STATEMENT_GET_EMPLOYEE, s->employee_id);
    ff_db_text(st, FF_P_STATEMENT_GET_STARTS_ON, first);
    ff_db_int(st, FF_P_STATEMENT_GET_ALL, reach.all);
    ff_db_int(st, FF_P_STATEMENT_GET_SELF, reach.self);
    ff_db_opt_int(st, FF_P_STATEMENT_GET_DEPARTMENT, reach.department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_stored(cx, st, s, at)
               : FF_FAIL(cx, FF_NOT_FOUND, "There is no statement of this person and month.");
}

_Static_assert((int)FF_C_STATEMENT_MOVEMENTS_REVERSES_ID ==
                       (int)FF_C_LEDGER_STATEMENT_LINES_REVERSES_ID &&
                   (int)FF_C_STATEMENT_MOVEMENTS_AMOUNT_MINOR ==
                       (int)FF_C_LEDGER_STATEMENT_LINES_AMOUNT_MINOR,
               "one reader for both");

static enum ff_rc read_movements(struct ff_ctx *cx, const struct stored *at, struct ff_statement *s)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_STATEMENT_MOVEMENTS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_STATEMENT_MOVEMENTS_ACCOUNT, at->account_id);
    ff_db_int(st, FF_P_STATEMENT_MOVEMENTS_FIRST, at->first);
    ff_db_int(st, FF_P_STATEMENT_MOVEMENTS_LAST, at->last);
    return ff_statement_read_lines(cx, st, s);
}

enum ff_rc ff_month_statement(struct ff_ctx *cx, int64_t employee_id, const char *month,
                              struct ff_statement *out)
{
    struct ff_month_row_read m;
    struct stored at = {0};
    char first[FF_DATE_CAP], begin[FF_DATE_CAP], last[FF_DATE_CAP];
    bool found = false;
    if (!ff_month_read(month, first))
        return ff_field_fail(cx, "?month", "PATTERN", "A month is written as 2026-03.");
    enum ff_rc rc = ff_month_find(cx, first, &m, &found);
    if (rc)
        return rc;
    if (!found || !m.is_closed) {
        ff_month_of(first, begin, last);
        const char *from = ff_strdup(cx, begin), *to = ff_month_next_day(cx, last);
        return from && to ? ff_wallet_statement(cx, employee_id, from, to, out) : cx->err.rc;
    }
    *out =
        (struct ff_statement){.employee_id = employee_id, .is_closed = 1, .allowance = FF_NULL_INT};
    if ((rc = find_stored(cx, first, out, &at)))
        return rc;
    return read_movements(cx, &at, out);
}
