/* SPDX-License-Identifier: MIT */
/* batch.c - what shares one commit. The writer takes jobs one by one from the queue into an open
 * transaction until the queue is empty, 256 have run or 20 ms are over; then one COMMIT, hence one
 * fdatasync, is shared by all, and only then the callers wake. When a lean job fails after it has
 * changed something, all of the batch are run again with a savepoint each (job.c), so that this one
 * leaves nothing behind.
 *
 * Invariants.  A job that fails leaves nothing behind, but is answered after the commit too, since
 * it may have seen what an earlier job of the batch did.  When the COMMIT fails, all of the batch
 * fail: with FULL nothing was done (507); otherwise nobody knows (503, same key) and no commit is
 * ever tried again. */
#include "base/log.h"
#include "db/engine.h"

enum { NS_PER_MS = 1000000 };

static const char unknown_outcome[] =
    "The storage failed and it is not known whether this was saved: ask again with the same key.";

struct batch {
    struct ff_job *first, **end;
    int64_t n, began_ns, now_ns;
    ff_table_set wrote;    /* tables, by the jobs that succeeded */
    enum ff_rc last_rc;    /* of the job that ran last */
    struct ff_heads heads; /* as they were before it */
    bool with_savepoints;
    bool has_remains; /* of a job that failed without a savepoint */
};

static void take_in(struct ff_writer *w, struct batch *b, struct ff_job *job)
{
    *b->end = job;
    b->end = &job->next;
    b->n++;
    int64_t waited_ns = b->now_ns - job->asked_ns; /* below 0: asked after that look at the clock */
    ff_histogram_add(&w->queue_ns, FF_LATENCY_FIRST_NS, waited_ns > 0 ? (uint64_t)waited_ns : 0);
}

static void run_job(struct ff_writer *w, struct batch *b, struct ff_job *job)
{
    w->conn->wrote = 0;
    job->cx->conn = w->conn;
    job->rc = b->with_savepoints || !job->is_lean
                  ? ff_job_run(job->cx, job->fn, job->arg)
                  : ff_job_run_bare(job->cx, job->fn, job->arg, &b->has_remains);
    job->cx->conn = NULL;
    b->last_rc = job->rc;
    b->now_ns = ff_clock_machine_ns();
    if (!job->rc)
        b->wrote |= w->conn->wrote;
    w->conn->wrote_before |= w->conn->wrote;
}

/* True when the transaction cannot go on: the engine has ended it, or the storage broke. */
static bool is_over(const struct ff_writer *w)
{
    return ff_job_is_undone(w->conn) || w->conn->is_broken;
}

static void mark_failed(struct ff_writer *w)
{
    atomic_store(&w->failed, true);
    ff_logf(FF_LOG_ERROR, NULL, "database: the storage failed; nothing is written any more");
}

/* Gives the transaction up; FF_OK never. `code` is why. */
static enum ff_rc abandon(struct ff_writer *w, int code)
{
    if (!ff_job_is_undone(w->conn))
        (void)ff_conn_control(w->conn, FF_CTL_ROLLBACK);
    enum ff_rc rc = ff_sq_class(code, NULL);
    return rc == FF_STORAGE_FULL || rc == FF_BUSY ? rc : FF_STORAGE_FAULT;
}

/* FF_OK: durable. FF_STORAGE_FULL, FF_BUSY: nothing was done. FF_STORAGE_FAULT: nobody knows. */
static enum ff_rc commit(struct ff_writer *w, const struct batch *b)
{
    if (w->conn->is_broken)
        return abandon(w, SQLITE_IOERR);
    if (ff_job_is_undone(w->conn)) /* by the engine, in the middle: a full disk or no memory */
        return b->last_rc == FF_STORAGE_FULL ? FF_STORAGE_FULL : FF_BUSY;
    int code = ff_conn_control(w->conn, FF_CTL_COMMIT);
    if (code == SQLITE_OK)
        return FF_OK;
    ff_logf(FF_LOG_ERROR, NULL, "database: COMMIT: %s (%d)", sqlite3_errmsg(w->conn->sq), code);
    return abandon(w, code);
}

static void reload_heads(struct ff_writer *w, struct ff_ctx *cx)
{
    struct ff_ctx quiet = *cx; /* the caller's error stays what it is */
    ff_err_clear(&quiet);
    quiet.conn = w->conn;
    if (ff_job_load_heads(&quiet, &w->heads))
        mark_failed(w);
}

static void fail_batch(struct ff_writer *w, struct batch *b, enum ff_rc rc)
{
    const char *why = rc == FF_STORAGE_FULL ? "The disk is full; nothing was changed."
                      : rc == FF_BUSY       ? "The database is busy; nothing was changed."
                                            : unknown_outcome;
    if (rc == FF_STORAGE_FAULT)
        mark_failed(w);
    else
        reload_heads(w, b->first->cx);
    for (struct ff_job *job = b->first; job; job = job->next)
        job->rc = ff_job_refuse(job->cx, rc, why);
}

/* Only the writer writes them. */
static void bump_generations(struct ff_db *db, ff_table_set wrote)
{
    const uint64_t next = atomic_load(&db->newest) + 1;
    for (int i = 0; i < FF_TABLE_COUNT; i++) {
        if (wrote >> i & 1)
            atomic_store(&db->generation[i], next);
    }
    atomic_store(&db->newest, next);
}

static void count_batch(struct ff_writer *w, const struct batch *b)
{
    struct ff_db *db = w->db;
    bump_generations(db, b->wrote);
    atomic_fetch_add(&w->commits, 1);
    atomic_store(&w->ledger_height, w->heads.ledger.id);
    ff_histogram_add(&w->batch, 1, (uint64_t)b->n);
    enum { RECENT = 8 };
    int64_t durable_ns = ff_clock_machine_ns();
    w->recent_sync_ns += (durable_ns - b->now_ns - w->recent_sync_ns) / RECENT;
    ff_histogram_add(&w->commit_ns, FF_LATENCY_FIRST_NS, (uint64_t)(durable_ns - b->began_ns));
    ff_histogram_add(&w->sync_ns, FF_LATENCY_FIRST_NS, (uint64_t)(durable_ns - b->now_ns));
    if (b->n > atomic_load(&w->largest_batch))
        atomic_store(&w->largest_batch, b->n);
    atomic_store(&w->last_commit_ms, ff_clock_mono_ms(db->mono));
}

static void wake(struct batch *b)
{
    for (struct ff_job *job = b->first; job;) {
        struct ff_job *next = job->next; /* the job is gone once its caller wakes */
        ff_wait_done(&job->word);
        job = next;
    }
}

/* Undoes all of the batch and runs it again, so that the job that failed leaves nothing behind. A
 * transaction that cannot begin anew has ended, which commit() tells; one that cannot be undone
 * must not be saved. */
static void run_again(struct ff_writer *w, struct batch *b)
{
    int code = ff_conn_control(w->conn, FF_CTL_ROLLBACK);
    w->heads = b->heads;
    b->has_remains = false;
    b->with_savepoints = true;
    b->wrote = 0;
    atomic_fetch_add(&w->reruns, 1);
    if (!code)
        code = ff_conn_control(w->conn, FF_CTL_BEGIN_IMMEDIATE);
    w->conn->is_broken |= code && (ff_sq_is_fault(code) || !ff_job_is_undone(w->conn));
    for (struct ff_job *job = b->first; job && !is_over(w); job = job->next)
        run_job(w, b, job);
}

static void run_jobs(struct ff_writer *w, struct batch *b, struct ff_job *job)
{
    w->conn->in_batch = true;
    w->conn->wrote_before = 0;
    for (; job; job = ff_queue_take(w)) {
        take_in(w, b, job);
        run_job(w, b, job);
        b->has_remains |= w->db->rerun_jobs && !b->with_savepoints;
        if (b->has_remains && !is_over(w))
            run_again(w, b);
        if (is_over(w) || b->n >= FF_BATCH_MAX_JOBS ||
            b->now_ns - b->began_ns >= FF_BATCH_MAX_MS * NS_PER_MS)
            break;
    }
    w->conn->in_batch = false;
    atomic_fetch_add(&w->jobs, b->n);
}

static void refuse_first(struct ff_writer *w, struct ff_job *job, int code)
{
    const bool fault = ff_sq_is_fault(code);
    if (fault)
        mark_failed(w);
    job->rc = ff_job_refuse(job->cx, fault ? FF_STORAGE_FAULT : FF_BUSY,
                            "The database could not be written; nothing was changed.");
    ff_wait_done(&job->word);
}

void ff_batch_run(struct ff_writer *w)
{
    struct ff_job *job = ff_queue_take(w);
    if (!job)
        return; /* its caller gave up */
    struct batch b = {.end = &b.first, .began_ns = ff_clock_machine_ns(), .heads = w->heads};
    b.now_ns = b.began_ns;
    int code = ff_conn_control(w->conn, FF_CTL_BEGIN_IMMEDIATE);
    if (code) {
        refuse_first(w, job, code);
        return;
    }
    run_jobs(w, &b, job);
    enum ff_rc rc = commit(w, &b);
    if (rc)
        fail_batch(w, &b, rc);
    else
        count_batch(w, &b);
    wake(&b);
}
