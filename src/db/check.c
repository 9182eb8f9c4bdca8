/* SPDX-License-Identifier: MIT */
/* check.c - is the database well?  The pages and their references (slow, in the background), and
 * the quick question of the readiness probe: can it be read, and is it still written? */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "db/engine.h"

enum { PROBE_AFTER_MS = 30000 };

/* `text` must give no row, or the single row `fine`. */
static enum ff_rc expect(struct ff_ctx *cx, sqlite3 *sq, const char *text, const char *fine)
{
    char found[160];
    int rc = ff_sq_text(sq, text, found, sizeof found);
    if (rc == SQLITE_NOTFOUND || (rc == SQLITE_OK && strcmp(found, fine) == 0))
        return FF_OK;
    if (rc && !ff_sq_is_fault(rc))
        return ff_sq_fail(cx, sq, rc, text);
    ff_logf(FF_LOG_ERROR, cx->request_id, "database: %s: %s", text,
            rc ? sqlite3_errmsg(sq) : found);
    return FF_FAIL(cx, FF_STORAGE_FAULT, "The database is damaged: %s.",
                   rc ? sqlite3_errstr(rc) : found);
}

static enum ff_rc check_pages(struct ff_ctx *cx, sqlite3 *sq)
{
    return expect(cx, sq, "PRAGMA quick_check(1)", "ok");
}

static enum ff_rc check_references(struct ff_ctx *cx, sqlite3 *sq)
{
    return expect(cx, sq, "PRAGMA foreign_key_check", "");
}

enum ff_rc ff_sq_check(struct ff_ctx *cx, sqlite3 *sq)
{
    enum ff_rc rc = check_pages(cx, sq);
    return rc ? rc : check_references(cx, sq);
}

/* A reader for the context that may take as long as it takes. */
static enum ff_rc borrow(struct ff_ctx *cx)
{
    enum ff_rc rc = cx->conn ? FF_OK : ff_pool_borrow(cx);
    if (!rc)
        cx->conn->stop_at_ms = 0;
    return rc;
}

enum ff_rc ff_db_check_pages(struct ff_ctx *cx)
{
    enum ff_rc rc = borrow(cx);
    return rc ? rc : check_pages(cx, cx->conn->sq);
}

/* A reader that sees what is there now, unless the caller has a moment of their own. */
static enum ff_rc borrow_anew(struct ff_ctx *cx, bool had_reader)
{
    if (!had_reader)
        ff_db_release(cx);
    return borrow(cx);
}

/* Table by table: what is written meanwhile keeps the references too, and the write-ahead log can
 * begin anew. */
static enum ff_rc check_tables(struct ff_ctx *cx, bool had_reader)
{
    char text[96];
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < FF_TABLE_COUNT && !rc; i++) {
        snprintf(text, sizeof text, "PRAGMA foreign_key_check(%s)", ff_table_names[i]);
        if (!(rc = borrow_anew(cx, had_reader)))
            rc = expect(cx, cx->conn->sq, text, "");
    }
    return rc;
}

enum ff_rc ff_db_check_references(struct ff_ctx *cx)
{
    return check_tables(cx, cx->conn != NULL);
}

enum ff_rc ff_db_check(struct ff_ctx *cx)
{
    const bool had_reader = cx->conn != NULL;
    enum ff_rc rc = ff_db_check_pages(cx);
    return rc ? rc : check_tables(cx, had_reader);
}

enum ff_rc ff_db_check_settings(struct ff_ctx *cx)
{
    enum ff_rc rc = borrow(cx);
    return rc ? rc : ff_conn_verify(cx, cx->conn);
}

enum ff_rc ff_db_newest(struct ff_ctx *cx, int64_t *recorded_at_ms)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_HEAD, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *recorded_at_ms = row ? ff_db_col_int(st, FF_C_LEDGER_HEAD_RECORDED_AT_MS) : 0;
    return FF_OK;
}

/* Writes the first page again as it is: the smallest change that goes all the way to the disk. */
static enum ff_rc touch(struct ff_ctx *cx, void *arg)
{
    char text[48];
    (void)arg;
    snprintf(text, sizeof text, "PRAGMA user_version=%d", FF_SCHEMA_VERSION);
    int rc = ff_sq_exec(cx->conn->sq, text);
    return rc ? ff_sq_fail(cx, cx->conn->sq, rc, "the write probe") : FF_OK;
}

static enum ff_rc probe_read(struct ff_ctx *cx)
{
    bool row;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DB_PROBE, &st);
    return rc ? rc : ff_db_row(cx, st, &row);
}

enum ff_rc ff_db_probe(struct ff_ctx *cx)
{
    struct ff_db *db = cx->db;
    struct ff_writer *w = &db->writer;
    enum ff_rc rc = probe_read(cx);
    if (rc || db->is_read_only)
        return rc;
    if (atomic_load(&w->failed))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The storage has failed.");
    if (ff_clock_mono_ms(db->mono) - atomic_load(&w->last_commit_ms) < PROBE_AFTER_MS)
        return FF_OK;
    return ff_db_write(cx, touch, NULL);
}
