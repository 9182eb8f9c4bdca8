/* SPDX-License-Identifier: MIT */
/* writer.c - THE writer: one thread, one connection, the only one that writes or checkpoints.
 *
 * It takes jobs one by one from the queue into an open transaction, each inside a savepoint
 * (job.c), until the queue is empty, 256 have run or 20 ms are over; then one COMMIT, hence one
 * fdatasync, is shared by all, and only then the callers wake.
 *
 * Invariants.  A job that fails leaves nothing behind, but is answered after the commit too, since
 * it may have seen what an earlier job of the batch did.  When the COMMIT fails, all of the batch
 * fail: with FULL nothing was done (507); otherwise nobody knows (503, same key) and no commit is
 * ever tried again. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "db/engine.h"

enum { COPY_PAGES = 64, QUIET_MS = 20, NS_PER_MS = 1000000 };

static const char unknown_outcome[] =
    "The storage failed and it is not known whether this was saved: ask again with the same key.";

/* ---- one batch ---- */

struct batch {
    struct ff_job *first, **end;
    int64_t n, began_ns, now_ns;
    ff_table_set wrote; /* tables, by the jobs that succeeded */
    enum ff_rc last_rc; /* of the job that ran last */
};

static void run_job(struct ff_writer *w, struct batch *b, struct ff_job *job)
{
    *b->end = job;
    b->end = &job->next;
    b->n++;
    int64_t waited_ns = b->now_ns - job->asked_ns; /* below 0: asked after that look at the clock */
    ff_histogram_add(&w->queue_ns, FF_LATENCY_FIRST_NS, waited_ns > 0 ? (uint64_t)waited_ns : 0);
    w->conn->wrote = 0;
    job->cx->conn = w->conn;
    job->rc = ff_job_run(job->cx, job->fn, job->arg);
    job->cx->conn = NULL;
    b->last_rc = job->rc;
    b->now_ns = ff_clock_machine_ns();
    if (!job->rc)
        b->wrote |= w->conn->wrote;
    w->conn->wrote_before |= w->conn->wrote;
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

static void run_batch(struct ff_writer *w)
{
    struct ff_job *job = ff_queue_take(w);
    if (!job)
        return; /* its caller gave up */
    struct batch b = {.end = &b.first, .began_ns = ff_clock_machine_ns()};
    b.now_ns = b.began_ns;
    int code = ff_conn_control(w->conn, FF_CTL_BEGIN_IMMEDIATE);
    if (code) {
        bool fault = ff_sq_is_fault(code);
        if (fault)
            mark_failed(w);
        job->rc = ff_job_refuse(job->cx, fault ? FF_STORAGE_FAULT : FF_BUSY,
                                "The database could not be written; nothing was changed.");
        ff_wait_done(&job->word);
        return;
    }
    w->conn->in_batch = true;
    w->conn->wrote_before = 0;
    while (job) {
        run_job(w, &b, job);
        if (ff_job_is_undone(w->conn) || w->conn->is_broken || b.n >= FF_BATCH_MAX_JOBS ||
            b.now_ns - b.began_ns >= FF_BATCH_MAX_MS * NS_PER_MS)
            break;
        job = ff_queue_take(w);
    }
    w->conn->in_batch = false;
    atomic_fetch_add(&w->jobs, b.n);
    enum ff_rc rc = commit(w, &b);
    if (rc)
        fail_batch(w, &b, rc);
    else
        count_batch(w, &b);
    wake(&b);
}

/* ---- copies ---- */

/* One step of a copy: short, so that purchases wait for it no longer than for another purchase.
 * What this connection writes meanwhile reaches the copy by itself. */
static void step_copy(struct ff_writer *w, struct ff_copy *copy)
{
    if (!copy->run)
        copy->run = sqlite3_backup_init(copy->to, "main", w->conn->sq, "main");
    copy->rc =
        copy->run ? sqlite3_backup_step(copy->run, COPY_PAGES) : sqlite3_extended_errcode(copy->to);
    if (copy->rc == SQLITE_OK && !atomic_load(&w->is_stopping))
        return;
    int end = sqlite3_backup_finish(copy->run);
    if (copy->rc == SQLITE_DONE && end)
        copy->rc = end;
    pthread_mutex_lock(&w->lock);
    w->copy = NULL;
    pthread_mutex_unlock(&w->lock);
    ff_wait_done(&copy->word);
}

/* ---- the thread ---- */

enum work { WORK_STOP, WORK_JOBS, WORK_COPY, WORK_CHECKPOINT, WORK_SCRUB };

/* Sleeps until something is asked for; `briefly`: or nothing was for a moment, which is true. */
static bool sleep_until_asked(struct ff_writer *w, bool briefly)
{
    struct timespec end = ff_wait_end(QUIET_MS);
    w->is_idle = true;
    bool quiet = briefly ? pthread_cond_timedwait(&w->work, &w->lock, &end) == ETIMEDOUT
                         : pthread_cond_wait(&w->work, &w->lock) != 0;
    w->is_idle = false;
    return quiet && !w->first;
}

static enum work next_work(struct ff_writer *w, struct ff_copy **copy, struct ff_scrub **scrub)
{
    enum work work;
    bool quiet = false;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        *copy = w->copy;
        *scrub = w->scrub;
        if (w->scrub)
            work = WORK_SCRUB;
        else if (ff_wal_is_due(w, quiet) && !atomic_load(&w->failed))
            work = WORK_CHECKPOINT;
        else if (w->first)
            work = WORK_JOBS;
        else if (w->copy)
            work = WORK_COPY;
        else if (atomic_load(&w->is_stopping))
            work = WORK_STOP;
        else {
            /* One customer after the other: the next does not wait for a checkpoint. */
            quiet = sleep_until_asked(w, ff_wal_is_due(w, true) && !atomic_load(&w->failed));
            continue;
        }
        break;
    }
    pthread_mutex_unlock(&w->lock);
    return work;
}

static void *writer_main(void *arg)
{
    struct ff_writer *w = arg;
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL); /* signals are for the threads that wait for them */
    for (;;) {
        struct ff_copy *copy;
        struct ff_scrub *scrub;
        enum work work = next_work(w, &copy, &scrub);
        if (work == WORK_STOP)
            return NULL;
        if (work == WORK_SCRUB)
            ff_scrub_run(w, scrub);
        if (work == WORK_CHECKPOINT)
            ff_wal_checkpoint(w);
        if (work == WORK_JOBS && atomic_load(&w->failed))
            ff_queue_drain(w, FF_STORAGE_FAULT, "The storage has failed; nothing was changed.");
        else if (work == WORK_JOBS)
            run_batch(w);
        if (copy)
            step_copy(w, copy);
    }
}

enum ff_rc ff_writer_start(struct ff_ctx *cx, struct ff_db *db, size_t queue_max)
{
    struct ff_writer *w = &db->writer;
    struct ff_ctx mine = *cx;
    w->db = db;
    w->max = queue_max ? queue_max : 4096;
    enum ff_rc rc = ff_conn_open(cx, db, FF_CONN_WRITER, &w->conn);
    if (rc)
        return rc;
    w->kept = calloc(FF_KEPT_PLACES, sizeof *w->kept); /* touched as it fills */
    if (!w->kept)
        return FF_FAIL(cx, FF_INTERNAL, "No memory for the writer.");
    ff_wal_watch(w);
    mine.db = db;
    mine.conn = w->conn;
    if ((rc = ff_job_load_heads(&mine, &w->heads))) {
        cx->err = mine.err;
        return rc;
    }
    atomic_store(&w->last_commit_ms, ff_clock_mono_ms(db->mono));
    atomic_store(&w->ledger_height, w->heads.ledger.id);
    if (pthread_create(&w->thread, NULL, writer_main, w))
        return FF_FAIL(cx, FF_INTERNAL, "No thread for the writer.");
    w->is_running = true;
    return FF_OK;
}

void ff_writer_stop(struct ff_writer *w)
{
    if (!w->is_running)
        return;
    pthread_mutex_lock(&w->lock);
    atomic_store(&w->is_stopping, true);
    pthread_mutex_unlock(&w->lock);
    ff_queue_drain(w, FF_SHUTTING_DOWN, "The program is ending; nothing was changed.");
    pthread_mutex_lock(&w->lock);
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    w->is_running = false;
    while (atomic_load(&w->n_callers)) /* those that were just woken */
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
}
