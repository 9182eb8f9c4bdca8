/* SPDX-License-Identifier: MIT */
/* statement.c - a wallet between two business dates.
 * The opening balance is the one before the first journal that can be of these days, with what of
 * them is of an earlier day, so that it fits the movements whatever order they came in. */
#include "domain/ledger/statement.h"

#include "db/db.h"
#include "domain/common/export.h"
#include "domain/common/range.h"
#include "domain/ledger/month_parts.h"
#include "domain/ledger/wallet.h"

/* The journals that can be of its days. */
struct journals {
    int64_t low, high;
};

static enum ff_rc read_opening(struct ff_ctx *cx, const struct journals *j, struct ff_statement *s)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_STATEMENT_OPENING, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_STATEMENT_OPENING_EMPLOYEE, s->employee_id);
    ff_db_int(st, FF_P_LEDGER_STATEMENT_OPENING_LOW, j->low);
    ff_db_int(st, FF_P_LEDGER_STATEMENT_OPENING_HIGH, j->high);
    ff_db_text(st, FF_P_LEDGER_STATEMENT_OPENING_FROM, s->from);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    s->opening = s->closing = ff_db_col_int(st, FF_C_LEDGER_STATEMENT_OPENING_OPENING);
    s->number = ff_db_col_text(cx, st, FF_C_LEDGER_STATEMENT_OPENING_NUMBER);
    s->name = ff_db_col_text(cx, st, FF_C_LEDGER_STATEMENT_OPENING_NAME);
    s->holder_number = s->number;
    s->holder_name = s->name;
    return row && s->number && s->name ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc read_line(struct ff_ctx *cx, struct ff_stmt *st, struct ff_statement *s,
                            struct ff_rows *rows)
{
    if (rows->list.n == FF_STATEMENT_ROWS)
        return ff_field_fail(cx, "?to", "RANGE", "Too many movements for one statement.");
    struct ff_statement_line *l = ff_rows_add(cx, rows, sizeof *l);
    if (!l)
        return cx->err.rc;
    *l = (struct ff_statement_line){
        .journal_id = ff_db_col_int(st, FF_C_LEDGER_STATEMENT_LINES_JOURNAL_ID),
        .kind = ff_db_col_text(cx, st, FF_C_LEDGER_STATEMENT_LINES_KIND),
        .recorded_at = ff_db_col_int(st, FF_C_LEDGER_STATEMENT_LINES_RECORDED_AT_MS),
        .business_date = ff_db_col_text(cx, st, FF_C_LEDGER_STATEMENT_LINES_BUSINESS_DATE),
        .amount = ff_db_col_int(st, FF_C_LEDGER_STATEMENT_LINES_AMOUNT_MINOR),
        .reason = ff_db_col_text(cx, st, FF_C_LEDGER_STATEMENT_LINES_REASON_CODE),
        .reverses_id = ff_db_col_opt_int(st, FF_C_LEDGER_STATEMENT_LINES_REVERSES_ID)};
    s->closing += l->amount;
    *(l->amount < 0 ? &s->debits : &s->credits) += l->amount < 0 ? -l->amount : l->amount;
    l->balance = s->closing;
    return l->kind && l->business_date ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_statement_read_lines(struct ff_ctx *cx, struct ff_stmt *st, struct ff_statement *s)
{
    struct ff_rows rows = {0};
    bool row = false;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = read_line(cx, st, s, &rows)))
            return rc;
    }
    s->lines = rows.list;
    return rc;
}

static enum ff_rc read_lines(struct ff_ctx *cx, const struct journals *j, struct ff_statement *s)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_STATEMENT_LINES, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_STATEMENT_LINES_EMPLOYEE, s->employee_id);
    ff_db_int(st, FF_P_LEDGER_STATEMENT_LINES_LOW, j->low);
    ff_db_int(st, FF_P_LEDGER_STATEMENT_LINES_HIGH, j->high);
    ff_db_text(st, FF_P_LEDGER_STATEMENT_LINES_FROM, s->from);
    ff_db_text(st, FF_P_LEDGER_STATEMENT_LINES_TO, s->to);
    return ff_statement_read_lines(cx, st, s);
}

enum ff_rc ff_wallet_statement(struct ff_ctx *cx, int64_t employee_id, const char *from,
                               const char *to, struct ff_statement *out)
{
    struct ff_balance wallet;
    int64_t account_id;
    struct ff_range range;
    *out = (struct ff_statement){.employee_id = employee_id};
    enum ff_rc rc = ff_range_read(cx, from, to, FF_STATEMENT_DAYS, &range);
    if (rc || (rc = ff_wallet_reach(cx, employee_id, &wallet, &account_id)))
        return rc;
    out->allowance = wallet.allowance;
    out->from = range.from;
    out->to = range.to;
    struct journals journals;
    if ((rc = ff_range_journals(cx, range.from, range.to, &journals.low, &journals.high)) ||
        (rc = read_opening(cx, &journals, out)))
        return rc;
    return read_lines(cx, &journals, out);
}

/* ---- CSV ---- */

static void csv_line(struct ff_buf *buf, const struct ff_statement_line *l, int decimals)
{
    char at[FF_INSTANT_CAP];
    ff_instant_format(l->recorded_at, at);
    ff_buf_printf(buf, "%s,%s,%s,%lld,", l->business_date, at, l->kind, (long long)l->journal_id);
    ff_csv_amount(buf, l->amount, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, l->balance, decimals);
    ff_buf_printf(buf, ",%s\r\n", l->reason ? l->reason : "");
}

static void csv_balance(struct ff_buf *buf, const char *date, const char *what, int64_t balance,
                        int decimals)
{
    ff_buf_printf(buf, "%s,,%s,,,", date, what);
    ff_csv_amount(buf, balance, decimals);
    ff_buf_str(buf, ",\r\n");
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_statement *s = arg;
    const struct ff_statement_line *line = s->lines.items;
    (void)cx;
    ff_buf_str(buf, "businessDate,recordedAt,kind,journalId,amount,balance,reason\r\n");
    csv_balance(buf, s->from, "opening", s->opening, decimals);
    for (size_t i = 0; i < s->lines.n; i++)
        csv_line(buf, &line[i], decimals);
    csv_balance(buf, s->to, "closing", s->closing, decimals);
    return FF_OK;
}

enum ff_rc ff_statement_csv(struct ff_ctx *cx, const struct ff_statement *s, int decimals,
                            struct ff_text *out)
{
    struct ff_statement copy = *s;
    return ff_csv_export(cx, write_rows, &copy, decimals, out);
}
