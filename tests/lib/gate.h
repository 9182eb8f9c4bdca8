/* SPDX-License-Identifier: MIT */
/* gate.h - holds the writer's thread inside a job until the test opens it, so that what queues up
 * behind it can be arranged without waiting for time. */
#ifndef FF_TESTS_GATE_H
#define FF_TESTS_GATE_H

#include <pthread.h>

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

#endif
