/* SPDX-License-Identifier: MIT */
/* book_journals.c - journals with their entries, newest first; and the head of the chain. */
#include "domain/ledger/book.h"

#include "db/db.h"
#include "domain/common/range.h"

enum { HASH_BYTES = 32 };

static enum ff_rc read_hash(struct ff_ctx *cx, struct ff_stmt *st, int column, const char **out)
{
    unsigned char hash[HASH_BYTES];
    char *hex = ff_alloc(cx, 2 * HASH_BYTES + 1);
    if (!hex)
        return cx->err.rc;
    if (!ff_db_col_blob(st, column, hash, sizeof hash))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "A journal has no hash.");
    ff_hex(hash, sizeof hash, hex);
    *out = hex;
    return FF_OK;
}

/* ---- dates as ids ---- */

/* The last journal before a day; business dates never go back. */
static enum ff_rc last_before(struct ff_ctx *cx, const char *date, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_BOOK_BEFORE, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_BOOK_BEFORE_DATE, date);
    ff_db_int(st, FF_P_BOOK_BEFORE_UNTIL, ff_range_until(date));
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_BOOK_BEFORE_LAST) : 0;
    return rc;
}

struct span {
    int64_t low, high;
};

static enum ff_rc find_span(struct ff_ctx *cx, const struct ff_journal_filter *f, struct span *s)
{
    int64_t id = 0;
    enum ff_rc rc = FF_OK;
    *s = (struct span){.low = 1, .high = f->after == FF_NULL_INT ? INT64_MAX : f->after - 1};
    if (f->from && !(rc = last_before(cx, f->from, &id)))
        s->low = id + 1;
    if (!rc && f->to && !(rc = last_before(cx, f->to, &id)) && id < s->high)
        s->high = id;
    return rc;
}

/* ---- rows ---- */

static enum ff_rc read_journal(struct ff_ctx *cx, struct ff_stmt *st, struct ff_journal *j)
{
    *j = (struct ff_journal){
        .id = ff_db_col_int(st, FF_C_BOOK_JOURNALS_ID),
        .kind = ff_db_col_text(cx, st, FF_C_BOOK_JOURNALS_KIND),
        .business_date = ff_db_col_text(cx, st, FF_C_BOOK_JOURNALS_BUSINESS_DATE),
        .recorded_at = ff_db_col_int(st, FF_C_BOOK_JOURNALS_RECORDED_AT_MS),
        .occurred_at = ff_db_col_int(st, FF_C_BOOK_JOURNALS_OCCURRED_AT_MS),
        .actor_user_id = ff_db_col_opt_int(st, FF_C_BOOK_JOURNALS_ACTOR_USER_ID),
        .device_id = ff_db_col_opt_int(st, FF_C_BOOK_JOURNALS_DEVICE_ID),
        .reverses_id = ff_db_col_opt_int(st, FF_C_BOOK_JOURNALS_REVERSES_ID),
        .reason = ff_db_col_text(cx, st, FF_C_BOOK_JOURNALS_REASON_CODE)};
    if (!j->kind || !j->business_date)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    return read_hash(cx, st, FF_C_BOOK_JOURNALS_HASH, &j->hash);
}

static enum ff_rc add_entry(struct ff_ctx *cx, struct ff_stmt *st, struct ff_rows *entries)
{
    struct ff_book_entry *e = ff_rows_add(cx, entries, sizeof *e);
    if (!e)
        return cx->err.rc;
    *e = (struct ff_book_entry){.account_id = ff_db_col_int(st, FF_C_BOOK_JOURNALS_ACCOUNT_ID),
                                .code = ff_db_col_text(cx, st, FF_C_BOOK_JOURNALS_CODE),
                                .amount = ff_db_col_int(st, FF_C_BOOK_JOURNALS_AMOUNT_MINOR),
                                .balance_after =
                                    ff_db_col_opt_int(st, FF_C_BOOK_JOURNALS_BALANCE_AFTER)};
    return e->code ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

/* A row an entry; a new id begins the next journal. */
static enum ff_rc read_rows(struct ff_ctx *cx, struct ff_stmt *st, struct ff_rows *rows)
{
    struct ff_rows entries = {0};
    struct ff_journal *j = NULL;
    bool row = false;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if (!j || j->id != ff_db_col_int(st, FF_C_BOOK_JOURNALS_ID)) {
            entries = (struct ff_rows){0};
            if (!(j = ff_rows_add(cx, rows, sizeof *j)) || read_journal(cx, st, j))
                return cx->err.rc;
        }
        if ((rc = add_entry(cx, st, &entries)))
            return rc;
        j->entries = entries.list;
    }
    return rc;
}

enum ff_rc ff_book_journals(struct ff_ctx *cx, const struct ff_journal_filter *f,
                            struct ff_list *out, const char **next)
{
    struct ff_rows rows = {0};
    struct span span;
    FF_STMT *st = NULL;
    *next = NULL;
    enum ff_rc rc = find_span(cx, f, &span);
    if (rc || (rc = ff_db_query(cx, FF_Q_BOOK_JOURNALS, &st)))
        return rc;
    ff_db_int(st, FF_P_BOOK_JOURNALS_LOW, span.low);
    ff_db_int(st, FF_P_BOOK_JOURNALS_HIGH, span.high);
    ff_db_text(st, FF_P_BOOK_JOURNALS_KIND, f->kind);
    ff_db_opt_int(st, FF_P_BOOK_JOURNALS_ACCOUNT, f->account_id);
    ff_db_int(st, FF_P_BOOK_JOURNALS_LIMIT, f->limit + 1); /* the row too many: there are more */
    if ((rc = read_rows(cx, st, &rows)))
        return rc;
    *out = rows.list;
    if ((int64_t)out->n <= f->limit)
        return FF_OK;
    const struct ff_journal *j = out->items;
    *next = ff_arena_printf(cx->arena, "%lld", (long long)j[--out->n - 1].id);
    return *next ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_book_head(struct ff_ctx *cx, struct ff_book_head *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    *out = (struct ff_book_head){.recorded_at = FF_NULL_INT};
    enum ff_rc rc = ff_db_query(cx, FF_Q_BOOK_HEAD, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    out->id = ff_db_col_int(st, FF_C_BOOK_HEAD_ID);
    out->recorded_at = ff_db_col_int(st, FF_C_BOOK_HEAD_RECORDED_AT_MS);
    return read_hash(cx, st, FF_C_BOOK_HEAD_HASH, &out->hash);
}
