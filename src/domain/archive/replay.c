/* SPDX-License-Identifier: MIT */
/* replay.c - every journal once more: its entries, its purchase, its lines, what it refunds, the
 * wallets and their counters, and its own row last, as when it was booked. The triggers of the
 * schema refuse what does not add up. */
#include <stdio.h>
#include <string.h>

#include "db/table.h"
#include "domain/archive/rebuild_parts.h"

/* The tables of a journal's parts; the journal's own is the last. */
static const char *const names[] = {"entry", "purchase", "purchase_line", "refund_line", "journal"};
enum { ENTRY, PURCHASE, LINE, REFUND, JOURNAL, PARTS };

/* A table of the living database walked by journal, and where its rows go. */
struct part {
    struct ff_stmt *rows, *in;
    int id; /* the column with the journal */
    bool row;
};

struct replay {
    struct ff_ctx *cx, *from;
    struct ff_rebuild_report *report;
    struct part parts[PARTS];
    int account, amount, balance_after;                   /* columns of entry */
    int kind, business_date, recorded_at, reverses, hash; /* of journal */
};

static enum ff_rc step(struct replay *p, struct part *part)
{
    return ff_db_row(p->from, part->rows, &part->row);
}

static int64_t journal_of(const struct part *part)
{
    return part->row ? ff_db_col_int(part->rows, part->id) : INT64_MAX;
}

static enum ff_rc open_part(struct replay *p, int i)
{
    struct part *part = &p->parts[i];
    const char *by = i == JOURNAL ? "id" : "journal_id";
    const int table = ff_db_table_number(names[i]);
    enum ff_rc rc = ff_db_table(p->from, table, by, &part->rows);
    if (rc || (rc = ff_db_table_in(p->cx, table, &part->in)))
        return rc;
    part->id = ff_db_column(part->rows, by);
    return step(p, part);
}

static enum ff_rc open_all(struct replay *p)
{
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < PARTS && !rc; i++)
        rc = open_part(p, i);
    if (rc)
        return rc;
    struct ff_stmt *entry = p->parts[ENTRY].rows, *journal = p->parts[JOURNAL].rows;
    p->account = ff_db_column(entry, "account_id");
    p->amount = ff_db_column(entry, "amount_minor");
    p->balance_after = ff_db_column(entry, "balance_after");
    p->kind = ff_db_column(journal, "kind");
    p->business_date = ff_db_column(journal, "business_date");
    p->recorded_at = ff_db_column(journal, "recorded_at_ms");
    p->reverses = ff_db_column(journal, "reverses_id");
    p->hash = ff_db_column(journal, "hash");
    return FF_OK;
}

static void close_all(struct replay *p)
{
    for (int i = 0; i < PARTS; i++) {
        ff_stmt_release(&p->parts[i].rows);
        ff_stmt_release(&p->parts[i].in);
    }
}

/* ---- wallets and their counters ---- */

/* Whose day and month a journal counts for. */
struct bucket {
    bool counts, returns;
    char day[FF_DATE_CAP], month[8];
};

static bool is_kind(struct ff_stmt *st, int column, const char *kind)
{
    size_t n;
    return strcmp(ff_db_cell_bytes(st, column, &n), kind) == 0;
}

static void set_day(struct bucket *b, struct ff_stmt *st, int column)
{
    size_t n;
    const char *day = ff_db_cell_bytes(st, column, &n);
    snprintf(b->day, sizeof b->day, "%s", day);
    snprintf(b->month, sizeof b->month, "%.7s", day);
}

/* What takes a purchase back counts against the purchase's own day. */
static enum ff_rc find_returned(struct replay *p, int64_t id, struct bucket *b)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(p->cx, FF_Q_REBUILD_RETURNED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REBUILD_RETURNED_JOURNAL, id);
    if ((rc = ff_db_row(p->cx, st, &row)) || !row)
        return rc;
    b->counts = b->returns = is_kind(st, FF_C_REBUILD_RETURNED_KIND, "purchase");
    set_day(b, st, FF_C_REBUILD_RETURNED_BUSINESS_DATE);
    return FF_OK;
}

static enum ff_rc find_bucket(struct replay *p, struct bucket *b)
{
    struct ff_stmt *journal = p->parts[JOURNAL].rows;
    *b = (struct bucket){.counts = is_kind(journal, p->kind, "purchase")};
    set_day(b, journal, p->business_date);
    if (is_kind(journal, p->kind, "void") || is_kind(journal, p->kind, "refund"))
        return find_returned(p, ff_db_col_int(journal, p->reverses), b);
    return FF_OK;
}

/* Limits count what leaves a wallet; an allowance has a balance too. */
static enum ff_rc is_wallet(struct replay *p, int64_t account, bool *is)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(p->cx, FF_Q_REBUILD_IS_WALLET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REBUILD_IS_WALLET_ACCOUNT, account);
    return ff_db_row(p->cx, st, is);
}

/* Moves the wallet of the entry that is there to where the entry says. */
static enum ff_rc move(struct replay *p, int64_t id, const struct bucket *b)
{
    struct ff_stmt *entry = p->parts[ENTRY].rows;
    const int64_t amount = ff_db_col_int(entry, p->amount);
    bool counts = false;
    FF_STMT *st = NULL;
    if (ff_db_col_null(entry, p->balance_after))
        return FF_OK;
    enum ff_rc rc = b->counts ? is_wallet(p, ff_db_col_int(entry, p->account), &counts) : FF_OK;
    if (rc || (rc = ff_db_query(p->cx,
                                !counts      ? FF_Q_LEDGER_WALLET_MOVE
                                : b->returns ? FF_Q_LEDGER_WALLET_RETURN
                                             : FF_Q_LEDGER_WALLET_SPEND,
                                &st)))
        return rc;
    ff_db_int(st, ff_db_parameter(st, "account"), ff_db_col_int(entry, p->account));
    ff_db_int(st, ff_db_parameter(st, "balance"), ff_db_col_int(entry, p->balance_after));
    ff_db_int(st, ff_db_parameter(st, "journal"), id);
    if (counts) {
        ff_db_int(st, ff_db_parameter(st, "amount"), b->returns ? amount : -amount);
        ff_db_text(st, ff_db_parameter(st, "day"), b->day);
        ff_db_text(st, ff_db_parameter(st, "month"), b->month);
    }
    return ff_db_run(p->cx, st);
}

/* ---- a journal ---- */

static enum ff_rc book_part(struct replay *p, int i, int64_t id, const struct bucket *b)
{
    struct part *part = &p->parts[i];
    enum ff_rc rc = FF_OK;
    while (!rc && journal_of(part) == id) {
        rc = ff_db_copy_row(p->cx, part->rows, part->in);
        if (!rc && i == ENTRY)
            rc = move(p, id, b);
        if (!rc)
            rc = step(p, part);
    }
    return rc;
}

static enum ff_rc move_head(struct replay *p, int64_t id)
{
    struct ff_chain_head *head = ff_db_ledger_head(p->cx);
    struct ff_stmt *journal = p->parts[JOURNAL].rows;
    head->id = id;
    head->recorded_at_ms = ff_db_col_int(journal, p->recorded_at);
    return ff_db_col_blob(journal, p->hash, head->hash, sizeof head->hash)
               ? FF_OK
               : FF_FAIL(p->cx, FF_STORAGE_FAULT, "A journal has no hash.");
}

static enum ff_rc book(struct replay *p, int64_t id)
{
    struct bucket b;
    enum ff_rc rc = find_bucket(p, &b);
    for (int i = 0; i < JOURNAL && !rc; i++)
        rc = book_part(p, i, id, &b);
    if (rc || (rc = move_head(p, id)))
        return rc;
    p->report->journals++;
    return book_part(p, JOURNAL, id, &b);
}

/* Rows whose journal was passed without them, or never comes. */
static const char *stray(const struct replay *p, int64_t before)
{
    for (int i = 0; i < JOURNAL; i++)
        if (journal_of(&p->parts[i]) < before)
            return names[i];
    return NULL;
}

static enum ff_rc stop(struct replay *p, int64_t id, const char *finding)
{
    p->report->stopped_at = id;
    p->report->finding = finding;
    return FF_FAIL(p->cx, FF_STORAGE_FAULT, "Journal %lld cannot be booked again.", (long long)id);
}

static enum ff_rc book_all(struct replay *p)
{
    while (p->parts[JOURNAL].row) {
        const int64_t id = journal_of(&p->parts[JOURNAL]);
        const char *table = stray(p, id);
        if (table)
            return stop(p, id, "rows before it belong to no journal");
        enum ff_rc rc = book(p, id);
        if (rc == FF_INTERNAL || rc == FF_INSUFFICIENT_BALANCE || rc == FF_ALREADY_EXISTS ||
            rc == FF_IN_USE)
            return stop(p, id, "the database's own guards refuse it");
        if (rc)
            return rc;
    }
    return stray(p, INT64_MAX) ? stop(p, p->report->journals + 1, "its rows are there, it is not")
                               : FF_OK;
}

enum ff_rc ff_rebuild_replay(struct ff_ctx *cx, struct ff_refill *r)
{
    struct replay p = {.cx = cx, .from = r->from, .report = r->report};
    enum ff_rc rc = open_all(&p);
    if (!rc)
        rc = book_all(&p);
    close_all(&p);
    return rc;
}
