/* SPDX-License-Identifier: MIT */
/* writer.c - THE writer: one thread, one connection, the only one that writes or checkpoints. It
 * sleeps until there are jobs (batch.c), a copy or a scrub to make, or the WAL is to be copied. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "db/engine.h"

enum { COPY_PAGES = 64, QUIET_MS = 20, AHEAD = 19 };

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

/* All who buy wait for this thread, so where that is permitted it goes before those whom it has
 * woken. Linux: the priority of the calling thread only. Not on one core, where nobody else would
 * be served while it copies a backup. */
static void go_first(void)
{
    if (sysconf(_SC_NPROCESSORS_ONLN) > 1)
        (void)setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) - AHEAD);
}

static void *writer_main(void *arg)
{
    struct ff_writer *w = arg;
    sigset_t all;
    go_first();
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
            ff_batch_run(w);
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
