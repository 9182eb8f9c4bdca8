/* SPDX-License-Identifier: MIT */
/* book.c - accounts and the trial balance, now or at the end of a day. */
#include "domain/ledger/book.h"

#include <string.h>

#include "db/db.h"
#include "domain/common/range.h"

const char *const ff_account_kinds[] = {"wallet",  "allowance", "revenue",  "vat",
                                        "cash",    "bank",      "clearing", "payroll",
                                        "subsidy", "adjust",    "opening",  NULL};
const char *const ff_journal_kinds[] = {"purchase", "void",     "refund",   "topup",
                                        "payout",   "transfer", "payroll",  "allowance",
                                        "adjust",   "opening",  "writeoff", NULL};

static const char for_ever[] = "9999-12-31";

/* The last journal at the end of `at`. */
static enum ff_rc find_bound(struct ff_ctx *cx, const char *at, int64_t *last)
{
    FF_STMT *st = NULL;
    bool row = false;
    *last = INT64_MAX;
    if (!at)
        return FF_OK;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BOOK_BOUND, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_BOOK_BOUND_DATE, at);
    ff_db_int(st, FF_P_BOOK_BOUND_UNTIL, ff_range_until(at));
    rc = ff_db_row(cx, st, &row);
    *last = !rc && row ? ff_db_col_int(st, FF_C_BOOK_BOUND_LAST) : 0;
    return rc;
}

_Static_assert((int)FF_C_BOOK_ACCOUNTS_BALANCE_MINOR == (int)FF_C_BOOK_TRIAL_BALANCE_MINOR,
               "one reader for both");

static enum ff_rc read_account(struct ff_ctx *cx, struct ff_stmt *st, struct ff_account *a)
{
    *a = (struct ff_account){.id = ff_db_col_int(st, FF_C_BOOK_ACCOUNTS_ID),
                             .code = ff_db_col_text(cx, st, FF_C_BOOK_ACCOUNTS_CODE),
                             .kind = ff_db_col_text(cx, st, FF_C_BOOK_ACCOUNTS_KIND),
                             .employee_id = ff_db_col_opt_int(st, FF_C_BOOK_ACCOUNTS_EMPLOYEE_ID),
                             .balance = ff_db_col_int(st, FF_C_BOOK_ACCOUNTS_BALANCE_MINOR)};
    return a->code && a->kind ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc count_accounts(struct ff_ctx *cx, const char *kind, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BOOK_ACCOUNT_COUNT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_BOOK_ACCOUNT_COUNT_KIND, kind);
    if (!(rc = ff_db_row(cx, st, &row)))
        *total = ff_db_col_int(st, FF_C_BOOK_ACCOUNT_COUNT_TOTAL);
    return rc;
}

enum ff_rc ff_book_accounts(struct ff_ctx *cx, const char *at, const char *kind, int64_t page,
                            int64_t limit, struct ff_list *out, int64_t *total)
{
    const struct ff_window w = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    int64_t last;
    bool row = false;
    enum ff_rc rc = count_accounts(cx, kind, total);
    if (rc || (rc = find_bound(cx, at, &last)) || (rc = ff_db_query(cx, FF_Q_BOOK_ACCOUNTS, &st)))
        return rc;
    ff_db_text(st, FF_P_BOOK_ACCOUNTS_DATE, at ? at : for_ever);
    ff_db_int(st, FF_P_BOOK_ACCOUNTS_LAST, last);
    ff_db_text(st, FF_P_BOOK_ACCOUNTS_KIND, kind);
    ff_db_int(st, FF_P_BOOK_ACCOUNTS_LIMIT, w.limit);
    ff_db_int(st, FF_P_BOOK_ACCOUNTS_OFFSET, w.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_account *a = ff_rows_add(cx, &rows, sizeof *a);
        if (!a || read_account(cx, st, a))
            return cx->err.rc;
    }
    *out = rows.list;
    return rc;
}

/* ---- the trial balance ---- */

/* The row of an account: its own, or that of all people's accounts of the kind. */
static struct ff_trial_row *row_of(struct ff_ctx *cx, const struct ff_account *a,
                                   struct ff_rows *rows)
{
    const bool is_shared = a->employee_id == FF_NULL_INT;
    const char *code = is_shared ? a->code : ff_arena_printf(cx->arena, "%s:*", a->kind);
    struct ff_trial_row *r = rows->list.items;
    if (!code) {
        (void)FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
        return NULL;
    }
    for (size_t i = 0; !is_shared && i < rows->list.n; i++) {
        if (strcmp(r[i].code, code) == 0)
            return &r[i];
    }
    if ((r = ff_rows_add(cx, rows, sizeof *r)))
        *r = (struct ff_trial_row){.code = code, .kind = a->kind};
    return r;
}

static enum ff_rc gather(struct ff_ctx *cx, struct ff_stmt *st, struct ff_rows *rows)
{
    struct ff_account a;
    bool row = false;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = read_account(cx, st, &a)))
            return rc;
        struct ff_trial_row *r = row_of(cx, &a, rows);
        if (!r)
            return cx->err.rc;
        r->accounts++;
        r->balance += a.balance;
        *(a.balance < 0 ? &r->debit : &r->credit) += a.balance < 0 ? -a.balance : a.balance;
    }
    return rc;
}

static void sum_up(struct ff_trial *t)
{
    struct ff_trial_row *r = t->rows.items;
    size_t n = 0;
    for (size_t i = 0; i < t->rows.n; i++) {
        if (!r[i].debit && !r[i].credit)
            continue;
        t->debits += r[i].debit;
        t->credits += r[i].credit;
        t->sum += r[i].balance;
        r[n++] = r[i];
    }
    t->rows.n = n;
}

enum ff_rc ff_book_trial(struct ff_ctx *cx, const char *at, struct ff_trial *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    int64_t last;
    *out = (struct ff_trial){.at = at};
    enum ff_rc rc = find_bound(cx, at, &last);
    if (rc || (rc = ff_db_query(cx, FF_Q_BOOK_TRIAL, &st)))
        return rc;
    ff_db_text(st, FF_P_BOOK_TRIAL_DATE, at ? at : for_ever);
    ff_db_int(st, FF_P_BOOK_TRIAL_LAST, last);
    if ((rc = gather(cx, st, &rows)))
        return rc;
    out->rows = rows.list;
    sum_up(out);
    return FF_OK;
}
