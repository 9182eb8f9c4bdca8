/* SPDX-License-Identifier: MIT */
/* queue.c - the callers' side of the writer: jobs wait in one bounded queue, each on its caller's
 * stack.  A caller may give up only while its job is queued: once the writer has taken it, the
 * caller's memory is in use until the word says done. */
#include "db/engine.h"

static enum ff_rc push(struct ff_writer *w, struct ff_job *job)
{
    enum ff_rc rc = FF_OK;
    bool wake = false;
    pthread_mutex_lock(&w->lock);
    if (atomic_load(&w->is_stopping)) {
        rc = FF_SHUTTING_DOWN;
    } else if (atomic_load(&w->failed)) {
        rc = FF_STORAGE_FAULT;
    } else if (w->n >= w->max) {
        rc = FF_BUSY;
    } else {
        if (w->last)
            w->last->next = job;
        else
            w->first = job;
        w->last = job;
        w->n++;
        wake = w->is_idle;
        w->is_idle = false;
    }
    pthread_mutex_unlock(&w->lock);
    if (wake) /* outside, so that the writer does not wake into the lock */
        pthread_cond_signal(&w->work);
    return rc;
}

/* Takes a job that waited too long out of the queue; false when the writer has it already. */
static bool give_up(struct ff_writer *w, struct ff_job *job)
{
    bool found = false;
    struct ff_job *before = NULL;
    pthread_mutex_lock(&w->lock);
    for (struct ff_job *j = w->first; j && !found; j = j->next) {
        found = j == job;
        if (!found)
            before = j;
    }
    if (found) {
        if (before)
            before->next = job->next;
        else
            w->first = job->next;
        if (w->last == job)
            w->last = before;
        w->n--;
    }
    pthread_mutex_unlock(&w->lock);
    return found;
}

static enum ff_rc queue_and_wait(struct ff_writer *w, struct ff_job *job)
{
    enum ff_rc rc = push(w, job);
    if (rc)
        return ff_job_refuse(job->cx, rc,
                             rc == FF_BUSY ? "Too many are waiting; nothing was changed."
                             : rc == FF_SHUTTING_DOWN
                                 ? "The program is ending; nothing was changed."
                                 : "The storage has failed; nothing was changed.");
    if (!ff_wait(&job->word, w->db->queue_wait_ms)) {
        if (give_up(w, job))
            return ff_job_refuse(job->cx, FF_BUSY,
                                 "It took too long to be served; nothing was changed.");
        (void)ff_wait(&job->word, -1);
    }
    return job->rc;
}

static enum ff_rc write_job(struct ff_ctx *cx, ff_db_job fn, void *arg, bool is_lean)
{
    if (ff_db_in_writer(cx))
        return ff_job_run(cx, fn, arg);
    ff_db_release(cx); /* what it has read is older than what it will write */
    struct ff_writer *w = &cx->db->writer;
    if (!w->is_running)
        return FF_FAIL(cx, FF_INTERNAL, "The database was opened for reading.");
    struct ff_job job = {
        .cx = cx, .fn = fn, .arg = arg, .is_lean = is_lean, .asked_ns = ff_clock_machine_ns()};
    atomic_fetch_add(&w->n_callers, 1);
    enum ff_rc rc = queue_and_wait(w, &job);
    atomic_fetch_sub(&w->n_callers, 1);
    return rc;
}

enum ff_rc ff_db_write(struct ff_ctx *cx, ff_db_job fn, void *arg)
{
    return write_job(cx, fn, arg, false);
}

enum ff_rc ff_db_write_lean(struct ff_ctx *cx, ff_db_job fn, void *arg)
{
    return write_job(cx, fn, arg, true);
}

enum ff_rc ff_writer_copy(struct ff_ctx *cx, sqlite3 *to)
{
    struct ff_writer *w = &cx->db->writer;
    struct ff_copy copy = {.to = to};
    enum ff_rc rc = FF_OK;
    pthread_mutex_lock(&w->lock);
    if (w->copy || atomic_load(&w->is_stopping) || atomic_load(&w->failed)) {
        rc = FF_BUSY;
    } else {
        w->copy = &copy;
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    if (rc)
        return FF_FAIL(cx, rc, "A backup is running already, or the program is ending.");
    (void)ff_wait(&copy.word, -1);
    if (copy.rc != SQLITE_DONE)
        return ff_sq_fail(cx, to, copy.rc ? copy.rc : SQLITE_ABORT, "copying the database");
    return FF_OK;
}

struct ff_job *ff_queue_take(struct ff_writer *w)
{
    pthread_mutex_lock(&w->lock);
    struct ff_job *job = w->first;
    if (job) {
        w->first = job->next;
        if (!w->first)
            w->last = NULL;
        w->n--;
        job->next = NULL;
    }
    pthread_mutex_unlock(&w->lock);
    return job;
}

void ff_queue_drain(struct ff_writer *w, enum ff_rc rc, const char *why)
{
    for (struct ff_job *job; (job = ff_queue_take(w));) {
        job->rc = ff_job_refuse(job->cx, rc, why);
        ff_wait_done(&job->word);
    }
}
