/* SPDX-License-Identifier: MIT */
/* job.c - one job of the writer, all of it or nothing: a function in a savepoint. That copies every
 * page that the job changes, so a sale runs bare: the batch begins anew with savepoints (batch.c)
 * when one fails after a change. With the job go the heads of the ledger's and the audit's chain:
 * copied before, put back when it fails. A job inside a job has a savepoint always. */
#include <assert.h>

#include "db/engine.h"

bool ff_db_in_writer(const struct ff_ctx *cx)
{
    return cx->conn && cx->conn->is_writer;
}

struct ff_chain_head *ff_db_ledger_head(struct ff_ctx *cx)
{
    assert(ff_db_in_writer(cx));
    return &cx->db->writer.heads.ledger;
}

struct ff_chain_head *ff_db_audit_head(struct ff_ctx *cx)
{
    assert(ff_db_in_writer(cx));
    return &cx->db->writer.heads.audit;
}

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_C_LEDGER_HEAD_ID, FF_C_AUDIT_HEAD_SEQ) &&
                   SAME(FF_C_LEDGER_HEAD_RECORDED_AT_MS, FF_C_AUDIT_HEAD_AT_MS) &&
                   SAME(FF_C_LEDGER_HEAD_HASH, FF_C_AUDIT_HEAD_HASH),
               "one reader for both chains");

static enum ff_rc load_head(struct ff_ctx *cx, enum ff_query query, struct ff_chain_head *head)
{
    bool row;
    FF_STMT *st = NULL;
    *head = (struct ff_chain_head){0};
    enum ff_rc rc = ff_db_query(cx, query, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    head->id = ff_db_col_int(st, FF_C_LEDGER_HEAD_ID);
    head->recorded_at_ms = ff_db_col_int(st, FF_C_LEDGER_HEAD_RECORDED_AT_MS);
    if (!ff_db_col_blob(st, FF_C_LEDGER_HEAD_HASH, head->hash, sizeof head->hash))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The last row of a chain has no hash.");
    return FF_OK;
}

enum ff_rc ff_job_load_heads(struct ff_ctx *cx, struct ff_heads *heads)
{
    enum ff_rc rc = load_head(cx, FF_Q_LEDGER_HEAD, &heads->ledger);
    return rc ? rc : load_head(cx, FF_Q_AUDIT_HEAD, &heads->audit);
}

/* What the savepoint cannot see by itself: rows that point to nothing, which would make the COMMIT
 * of the whole batch fail. */
static enum ff_rc check_references(struct ff_ctx *cx, struct ff_conn *conn)
{
    int dangling = 0, high;
    sqlite3_db_status(conn->sq, SQLITE_DBSTATUS_DEFERRED_FKS, &dangling, &high, 0);
    if (dangling)
        return ff_sq_fail(cx, NULL, SQLITE_CONSTRAINT, "a job left rows that point to nothing");
    return FF_OK;
}

bool ff_job_is_undone(const struct ff_conn *conn)
{
    return sqlite3_get_autocommit(conn->sq);
}

/* Runs fn; what it left behind when it failed is the caller's to undo. */
static enum ff_rc call(struct ff_ctx *cx, struct ff_conn *conn, ff_db_job fn, void *arg)
{
    ff_err_clear(cx);
    enum ff_rc rc = fn(cx, arg);
    return rc ? rc : check_references(cx, conn);
}

enum ff_rc ff_job_run_bare(struct ff_ctx *cx, ff_db_job fn, void *arg, bool *left_rows)
{
    struct ff_writer *w = &cx->db->writer;
    struct ff_heads before = w->heads;
    const int64_t changes = sqlite3_total_changes64(w->conn->sq);
    enum ff_rc rc = call(cx, w->conn, fn, arg);
    *left_rows = rc && sqlite3_total_changes64(w->conn->sq) != changes;
    if (rc)
        w->heads = before;
    return rc;
}

enum ff_rc ff_job_run(struct ff_ctx *cx, ff_db_job fn, void *arg)
{
    struct ff_writer *w = &cx->db->writer;
    struct ff_conn *conn = w->conn;
    struct ff_heads before = w->heads;
    int code = ff_conn_control(conn, FF_CTL_SAVEPOINT);
    if (code)
        return ff_sq_fail(cx, conn->sq, code, "opening a savepoint");
    enum ff_rc rc = call(cx, conn, fn, arg);
    if (rc && !ff_job_is_undone(conn))
        code = ff_conn_control(conn, FF_CTL_ROLLBACK_TO);
    if (!code && !ff_job_is_undone(conn))
        code = ff_conn_control(conn, FF_CTL_RELEASE);
    if (code) { /* the savepoint machinery itself: memory or storage */
        conn->is_broken = true;
        rc = rc ? rc : ff_sq_fail(cx, conn->sq, code, "closing a savepoint");
    }
    if (rc)
        w->heads = before;
    return rc;
}

enum ff_rc ff_job_refuse(struct ff_ctx *cx, enum ff_rc rc, const char *why)
{
    ff_err_clear(cx);
    (void)FF_FAIL(cx, rc, "%s", why);
    if (rc == FF_BUSY) /* a queue is soon shorter; for the rest problem.c knows */
        cx->err.retry_after_s = 1;
    return rc;
}
