/* SPDX-License-Identifier: MIT */
/* gate.h - holds the writer's thread inside a job until the test opens it, so that what queues up
 * behind it can be arranged without waiting for time; and the callers that queue up. */
#ifndef FF_TESTS_GATE_H
#define FF_TESTS_GATE_H

#include <check.h>
#include <pthread.h>
#include <sched.h>

#include "db/db.h"

struct ff_gate {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool is_entered, is_open;
};

#define FF_GATE_INIT                                                                               \
    {                                                                                              \
        PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false                          \
    }

/* A job of the writer: says that it is inside, then waits for the gate to open. */
static inline enum ff_rc ff_gate_job(struct ff_ctx *cx, void *arg)
{
    struct ff_gate *gate = arg;
    (void)cx;
    pthread_mutex_lock(&gate->lock);
    gate->is_entered = true;
    pthread_cond_broadcast(&gate->moved);
    while (!gate->is_open)
        pthread_cond_wait(&gate->moved, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
    return FF_OK;
}

static inline void ff_gate_wait_entered(struct ff_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    while (!gate->is_entered)
        pthread_cond_wait(&gate->moved, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

static inline void ff_gate_open(struct ff_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->is_open = true;
    pthread_cond_broadcast(&gate->moved);
    pthread_mutex_unlock(&gate->lock);
}

/* A job asked for by a thread of its own; `cx` is made before. */
struct ff_caller {
    pthread_t thread;
    struct ff_ctx cx;
    enum ff_rc (*write)(struct ff_ctx *cx, ff_db_job fn, void *arg); /* NULL: ff_db_write */
    ff_db_job fn;
    void *arg;
    enum ff_rc rc;
};

static inline void *ff_caller_run(void *arg)
{
    struct ff_caller *c = arg;
    c->rc = (c->write ? c->write : ff_db_write)(&c->cx, c->fn, c->arg);
    return NULL;
}

static inline void ff_caller_start(struct ff_caller *c, ff_db_job fn, void *arg)
{
    c->fn = fn;
    c->arg = arg;
    ck_assert_int_eq(pthread_create(&c->thread, NULL, ff_caller_run, c), 0);
}

static inline enum ff_rc ff_caller_join(struct ff_caller *c)
{
    pthread_join(c->thread, NULL);
    return c->rc;
}

/* Until so many jobs wait for the writer. */
static inline void ff_wait_for_queue(struct ff_db *db, int64_t length)
{
    struct ff_db_stats stats;
    do {
        sched_yield();
        ff_db_get_stats(db, &stats);
    } while (stats.queue_length != length);
}

#endif
