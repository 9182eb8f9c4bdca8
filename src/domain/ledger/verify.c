/* SPDX-License-Identifier: MIT */
/* verify.c - the pass over the books: four cursors side by side, in blocks of ids, so that no
 * statement runs long and memory stays small. What is checked of a journal is in verify_journal.c,
 * of accounts in verify_account.c. */
#include "domain/ledger/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "domain/ledger/verify_parts.h"

enum { BLOCK_JOURNALS = 1000 };

enum ff_rc ff_verify_bad(struct ff_verify *v, const char *table, int64_t id, const char *format,
                         ...)
{
    va_list args;
    v->report->ok = false;
    v->report->table = table;
    v->report->id = id;
    va_start(args, format);
    vsnprintf(v->report->finding, sizeof v->report->finding, format, args);
    va_end(args);
    return FF_STORAGE_FAULT;
}

enum ff_rc ff_verify_next(struct ff_verify *v, struct ff_verify_cursor *c)
{
    return ff_db_row(v->cx, c->st, &c->row);
}

enum ff_rc ff_verify_text(struct ff_verify *v, struct ff_stmt *st, int column, const char **out)
{
    *out = ff_db_col_text(v->cx, st, column);
    if (*out)
        return FF_OK;
    return v->cx->err.rc ? v->cx->err.rc
                         : FF_FAIL(v->cx, FF_STORAGE_FAULT, "A text of the ledger is missing.");
}

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_P_VERIFY_JOURNALS_FIRST, FF_P_VERIFY_ENTRIES_FIRST) &&
                   SAME(FF_P_VERIFY_JOURNALS_FIRST, FF_P_VERIFY_PURCHASES_FIRST) &&
                   SAME(FF_P_VERIFY_JOURNALS_FIRST, FF_P_VERIFY_LINES_FIRST) &&
                   SAME(FF_P_VERIFY_JOURNALS_LAST, FF_P_VERIFY_ENTRIES_LAST) &&
                   SAME(FF_P_VERIFY_JOURNALS_LAST, FF_P_VERIFY_PURCHASES_LAST) &&
                   SAME(FF_P_VERIFY_JOURNALS_LAST, FF_P_VERIFY_LINES_LAST),
               "the cursors' queries have the same parameters");

static enum ff_rc open_cursor(struct ff_verify *v, struct ff_verify_cursor *c, enum ff_query query,
                              const int64_t range[2])
{
    enum ff_rc rc = ff_db_query(v->cx, query, &c->st);
    if (rc)
        return rc;
    ff_db_int(c->st, FF_P_VERIFY_JOURNALS_FIRST, range[0]);
    ff_db_int(c->st, FF_P_VERIFY_JOURNALS_LAST, range[1]);
    return ff_verify_next(v, c);
}

static void close_cursors(struct ff_verify *v)
{
    ff_stmt_release(&v->journals.st);
    ff_stmt_release(&v->entries.st);
    ff_stmt_release(&v->purchases.st);
    ff_stmt_release(&v->lines.st);
    ff_stmt_release(&v->refunds.st);
}

/* What is left when the journals of a block are through belongs to none of them. */
static enum ff_rc check_leftovers(struct ff_verify *v)
{
    static const char what[] = "there is no journal %lld";
    int64_t id;
    if (v->entries.row) {
        id = ff_db_col_int(v->entries.st, FF_C_VERIFY_ENTRIES_JOURNAL_ID);
        return ff_verify_bad(v, "entry", id, what, (long long)id);
    }
    if (v->purchases.row) {
        id = ff_db_col_int(v->purchases.st, FF_C_VERIFY_PURCHASES_JOURNAL_ID);
        return ff_verify_bad(v, "purchase", id, what, (long long)id);
    }
    if (v->lines.row) {
        id = ff_db_col_int(v->lines.st, FF_C_VERIFY_LINES_JOURNAL_ID);
        return ff_verify_bad(v, "purchase_line", id, what, (long long)id);
    }
    if (v->refunds.row) {
        id = ff_db_col_int(v->refunds.st, FF_C_VERIFY_REFUNDS_JOURNAL_ID);
        return ff_verify_bad(v, "refund_line", id, what, (long long)id);
    }
    return FF_OK;
}

static enum ff_rc pass_block(struct ff_verify *v, const int64_t range[2])
{
    enum ff_rc rc;
    if ((rc = open_cursor(v, &v->journals, FF_Q_VERIFY_JOURNALS, range)) ||
        (rc = open_cursor(v, &v->entries, FF_Q_VERIFY_ENTRIES, range)) ||
        (rc = open_cursor(v, &v->purchases, FF_Q_VERIFY_PURCHASES, range)) ||
        (rc = open_cursor(v, &v->lines, FF_Q_VERIFY_LINES, range)) ||
        (rc = open_cursor(v, &v->refunds, FF_Q_VERIFY_REFUNDS, range)))
        return rc;
    while (v->journals.row) {
        ff_arena_reset(v->cx->arena);
        if ((rc = ff_verify_journal(v)))
            return rc;
    }
    rc = check_leftovers(v);
    return rc ? rc : ff_verify_subsidies(v, range);
}

/* Blocks from `first` on; the first and the last reach to the ends of the integers, so that no row
 * hides outside. */
static enum ff_rc pass(struct ff_verify *v, int64_t first, int64_t last)
{
    enum ff_rc rc = FF_OK;
    for (int64_t from = first; !rc; from += BLOCK_JOURNALS) {
        bool is_end = from + BLOCK_JOURNALS > last;
        int64_t range[2] = {from == 1 ? INT64_MIN : from,
                            is_end ? INT64_MAX : from + BLOCK_JOURNALS - 1};
        rc = pass_block(v, range);
        close_cursors(v);
        if (is_end)
            break;
    }
    return rc;
}

/* The journals from 1 to `last` and the sums of days, each block and each month of a moment of its
 * own: what is booked does not change, and the write-ahead log can begin anew in between. */
static enum ff_rc pass_in_moments(struct ff_verify *v, int64_t last)
{
    enum ff_rc rc = FF_OK;
    for (int64_t from = 1; !rc && from <= last; from += BLOCK_JOURNALS) {
        const int64_t to = from + BLOCK_JOURNALS - 1;
        const int64_t range[2] = {from == 1 ? INT64_MIN : from, to < last ? to : last};
        rc = pass_block(v, range);
        close_cursors(v);
        ff_db_release(v->cx);
    }
    if (!rc)
        rc = ff_verify_rollups(v);
    ff_db_release(v->cx);
    v->in_moments = false;
    return rc ? rc : ff_verify_load(v, 1);
}

static enum ff_rc read_last(struct ff_verify *v, int64_t *last)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_LEDGER_HEAD, &st);
    if (rc || (rc = ff_db_row(v->cx, st, &row)))
        return rc;
    *last = row ? ff_db_col_int(st, FF_C_LEDGER_HEAD_ID) : 0;
    return FF_OK;
}

/* The journal before the tail is believed: its hash and its time are what the tail stands on. */
static enum ff_rc read_before(struct ff_verify *v, int64_t id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_JOURNALS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_JOURNALS_FIRST, id);
    ff_db_int(st, FF_P_VERIFY_JOURNALS_LAST, id);
    if ((rc = ff_db_row(v->cx, st, &row)))
        return rc;
    if (!row || !ff_db_col_blob(st, FF_C_VERIFY_JOURNALS_HASH, v->hash, sizeof v->hash))
        return ff_verify_bad(v, "journal", id, "journal %lld is missing", (long long)id);
    v->id = id;
    v->recorded_at_ms = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_RECORDED_AT_MS);
    return FF_OK;
}

/* What was proved must still be what the rest stands on. */
static enum ff_rc check_proved(struct ff_verify *v)
{
    if (!v->proved || memcmp(v->hash, v->proved->head_hash, sizeof v->hash) == 0)
        return FF_OK;
    return ff_verify_bad(v, "journal", v->proved->head_id, "hash: changed since it was proved");
}

static enum ff_rc run(struct ff_verify *v)
{
    int64_t last = 0, first = 1;
    enum ff_rc rc = read_last(v, &last);
    if (rc)
        return rc;
    if (v->proved)
        first = v->proved->head_id + 1;
    else if (!v->is_full && last > FF_VERIFY_TAIL_JOURNALS)
        first = last - FF_VERIFY_TAIL_JOURNALS + 1;
    if ((rc = ff_verify_load(v, first)) || (first > 1 && (rc = read_before(v, first - 1))) ||
        (rc = check_proved(v)) || (rc = ff_verify_months(v)))
        return rc;
    if (v->in_moments) {
        first = last + 1;
        if ((rc = pass_in_moments(v, last)) || (rc = read_last(v, &last)))
            return rc;
    }
    if ((rc = pass(v, first, last)) || (rc = ff_verify_months_end(v)))
        return rc;
    v->report->head_id = v->id;
    memcpy(v->report->head_hash, v->hash, sizeof v->report->head_hash);
    if ((rc = ff_verify_wallets(v)) || !v->is_full)
        return rc;
    if ((rc = ff_verify_rollups(v)) || (rc = ff_verify_rollups_end(v)) ||
        (rc = ff_verify_allowances(v)))
        return rc;
    return ff_verify_payroll(v);
}

/* Texts of a journal live in an arena of their own that is emptied for each; the caller's reader is
 * left as it was found. */
static enum ff_rc verify(struct ff_ctx *cx, struct ff_verify_report *report, bool is_full,
                         const struct ff_verify_report *proved)
{
    struct ff_verify v = {.cx = cx, .report = report, .is_full = is_full, .proved = proved};
    struct ff_arena *callers = cx->arena, *scratch = ff_arena_new(0);
    const bool had_reader = cx->conn != NULL, was_unhurried = cx->is_unhurried;
    v.in_moments = is_full && !had_reader;
    *report = (struct ff_verify_report){.ok = true, .table = ""};
    if (!scratch)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    cx->arena = scratch;
    cx->is_unhurried = true;
    enum ff_rc rc = run(&v);
    close_cursors(&v);
    ff_verify_free(&v);
    cx->arena = callers;
    cx->is_unhurried = was_unhurried;
    ff_arena_free(scratch);
    if (!had_reader)
        ff_db_release(cx);
    return report->ok ? rc : FF_OK;
}

enum ff_rc ff_ledger_verify(struct ff_ctx *cx, struct ff_verify_report *report)
{
    return verify(cx, report, true, NULL);
}

enum ff_rc ff_ledger_verify_tail(struct ff_ctx *cx, struct ff_verify_report *report)
{
    return verify(cx, report, false, NULL);
}

enum ff_rc ff_ledger_verify_since(struct ff_ctx *cx, const struct ff_verify_report *proved,
                                  struct ff_verify_report *report)
{
    return verify(cx, report, false, proved);
}
