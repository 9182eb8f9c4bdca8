/* SPDX-License-Identifier: MIT */
/* verify.c - the pass over the record, in blocks, so that no statement runs long.
 * It starts from what retention left as its anchor, or from nothing at row 1, and recomputes each
 * hash from the one before. A row that was changed, taken out, put in or moved does not fit; rows
 * cut off at the end are missed by the head that was noted elsewhere. */
#include "domain/audit/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "domain/audit/row.h"

enum { BLOCK_ROWS = 5000, MARKS = 2 };

struct verify {
    struct ff_ctx *cx;
    struct ff_audit_report *report;
    struct ff_mark at; /* the last row that was proved */
    int64_t at_ms;
    struct ff_mark marks[MARKS]; /* heads noted elsewhere; seq 0: none */
};

/* Notes the first bad row; ends the pass. */
__attribute__((format(printf, 3, 4))) static enum ff_rc bad(struct verify *v, int64_t seq,
                                                            const char *format, ...)
{
    va_list args;
    v->report->ok = false;
    v->report->seq = seq;
    va_start(args, format);
    vsnprintf(v->report->finding, sizeof v->report->finding, format, args);
    va_end(args);
    return FF_STORAGE_FAULT;
}

static enum ff_rc read_anchor(struct verify *v)
{
    FF_STMT *st = NULL;
    bool row = false;
    unsigned char mac[32];
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_AUDIT_ANCHOR, &st);
    if (rc || (rc = ff_db_row(v->cx, st, &row)) || !row)
        return rc;
    struct ff_mark anchor = {.seq = ff_db_col_int(st, FF_C_AUDIT_ANCHOR_SEQ)};
    v->report->anchor_seq = anchor.seq;
    if (!ff_db_col_blob(st, FF_C_AUDIT_ANCHOR_HASH, anchor.hash, sizeof anchor.hash) ||
        !ff_db_col_blob(st, FF_C_AUDIT_ANCHOR_MAC, mac, sizeof mac) ||
        !ff_mark_is_genuine(v->cx->auth, FF_MARK_ANCHOR, &anchor, mac))
        return bad(
            v, anchor.seq,
            "the anchor of retention at entry %lld was changed, or keys/audit.key is not the "
            "key of this log",
            (long long)anchor.seq);
    if (anchor.seq > v->at.seq)
        v->at = anchor;
    return FF_OK;
}

static enum ff_rc check_marks(struct verify *v, const struct ff_audit_row *row)
{
    for (size_t i = 0; i < MARKS; i++) {
        if (v->marks[i].seq == row->seq &&
            memcmp(v->marks[i].hash, row->hash, sizeof row->hash) != 0)
            return bad(v, row->seq, "entry %lld is not the one that was noted as the head",
                       (long long)row->seq);
    }
    return FF_OK;
}

static enum ff_rc check_row(struct verify *v, const struct ff_audit_row *row)
{
    unsigned char hash[FF_AUDIT_HASH_BYTES];
    const int64_t next = v->at.seq + 1;
    if (row->seq < next)
        return bad(v, row->seq, "entry %lld was put there", (long long)row->seq);
    if (row->seq > next)
        return bad(v, next, "entry %lld is missing", (long long)next);
    ff_audit_row_hash(v->cx->auth, row, v->at.hash, hash);
    if (memcmp(hash, row->hash, sizeof hash) != 0)
        return bad(v, row->seq, "entry %lld was changed or put there%s", (long long)row->seq,
                   v->report->rows ? "" : ", or keys/audit.key is not the key of this log");
    if (row->at_ms < v->at_ms)
        return bad(v, row->seq, "entry %lld is earlier than the one before", (long long)row->seq);
    v->at.seq = row->seq;
    memcpy(v->at.hash, row->hash, sizeof v->at.hash);
    v->at_ms = row->at_ms;
    v->report->rows++;
    return check_marks(v, row);
}

/* *more: there may be rows behind this block. */
static enum ff_rc check_block(struct verify *v, bool *more)
{
    FF_STMT *st = NULL;
    bool is_row = false;
    int64_t n = 0;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_AUDIT_CHAIN, &st);
    if (rc)
        return rc;
    /* From the anchor on: what is older has no place in the table. */
    ff_db_int(st, FF_P_AUDIT_CHAIN_AFTER, v->report->rows ? v->at.seq : INT64_MIN);
    ff_db_int(st, FF_P_AUDIT_CHAIN_LIMIT, BLOCK_ROWS);
    while (!(rc = ff_db_row(v->cx, st, &is_row)) && is_row) {
        struct ff_audit_row row;
        n++;
        if ((rc = ff_audit_row_read(v->cx, st, &row)) || (rc = check_row(v, &row)))
            return rc;
        ff_arena_reset(v->cx->arena);
    }
    *more = n == BLOCK_ROWS;
    return rc;
}

/* Were there rows behind the last one? A mark below the anchor has nothing to say any more. */
static enum ff_rc check_end(struct verify *v)
{
    for (size_t i = 0; i < MARKS; i++) {
        if (v->marks[i].seq > v->at.seq)
            return bad(v, v->at.seq + 1, "entries %lld to %lld are missing at the end",
                       (long long)v->at.seq + 1, (long long)v->marks[i].seq);
    }
    return FF_OK;
}

/* Each block is of a moment of its own, so that the write-ahead log can begin anew in between;
 * retention may have taken away what was next, and has left its anchor then. */
static enum ff_rc run(struct verify *v)
{
    bool more = true;
    enum ff_rc rc = FF_OK;
    while (!rc && more) {
        if (!(rc = read_anchor(v)))
            rc = check_block(v, &more);
        ff_db_release(v->cx);
    }
    if (!rc)
        rc = check_end(v);
    v->report->head = v->at;
    return rc;
}

/* The head in DATA/keys is read before the rows: a server that goes on writing can only be ahead of
 * it. */
static enum ff_rc take_marks(struct verify *v, const struct ff_mark *known)
{
    bool found = false;
    ff_db_release(v->cx);
    if (known)
        v->marks[1] = *known;
    enum ff_rc rc = ff_mark_read(v->cx, ff_db_dir(v->cx->db), &v->marks[0], &found);
    if (rc == FF_STORAGE_FAULT)
        return bad(v, 0, "%.200s", v->cx->err.detail);
    return rc;
}

enum ff_rc ff_audit_verify(struct ff_ctx *cx, const struct ff_mark *known,
                           struct ff_audit_report *report)
{
    struct verify v = {.cx = cx, .report = report, .at_ms = INT64_MIN};
    struct ff_arena *callers = cx->arena, *scratch = ff_arena_new(0);
    *report = (struct ff_audit_report){.ok = true};
    if (!scratch)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    cx->arena = scratch;
    enum ff_rc rc = take_marks(&v, known);
    if (!rc)
        rc = run(&v);
    ff_db_release(cx);
    cx->arena = callers;
    ff_arena_free(scratch);
    if (report->ok)
        return rc;
    ff_err_clear(cx);
    return FF_OK;
}
