/* SPDX-License-Identifier: MIT */
/* drain.h - counts what is under way, so that a stop can wait for it. */
#ifndef FF_HTTP_DRAIN_H
#define FF_HTTP_DRAIN_H

#include <pthread.h>

struct ff_drain {
    pthread_mutex_t lock; /* guards under_way */
    pthread_cond_t idle;  /* under_way became 0 */
    int under_way;
};

/* `begin` and `end` stand around each request. */
void ff_drain_init(struct ff_drain *drain);
void ff_drain_destroy(struct ff_drain *drain);
void ff_drain_begin(struct ff_drain *drain);
void ff_drain_end(struct ff_drain *drain);

/* Waits until nothing is under way, at most `ms`. */
void ff_drain_wait(struct ff_drain *drain, int ms);

#endif
