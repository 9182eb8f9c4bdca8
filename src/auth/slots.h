/* SPDX-License-Identifier: MIT */
/* slots.h - how many may do heavy work at once, and how long the others wait. */
#ifndef FF_AUTH_SLOTS_H
#define FF_AUTH_SLOTS_H

#include <pthread.h>

#include "base/ctx.h"

struct ff_slots {
    pthread_mutex_t lock; /* guards unused and waiting */
    pthread_cond_t freed;
    int unused, waiting;
    int waiting_max;
    int64_t wait_ms;
};

/* Prepares `count` slots with at most `waiting_max` callers waiting, each up to `wait_ms`. */
void ff_slots_init(struct ff_slots *slots, int count, int waiting_max, int64_t wait_ms);
void ff_slots_destroy(struct ff_slots *slots);

/* Takes a slot, waiting for one if need be. FF_BUSY with Retry-After 2 when there was none. */
FF_MUST_CHECK enum ff_rc ff_slots_take(struct ff_ctx *cx, struct ff_slots *slots);
void ff_slots_give(struct ff_slots *slots);

#endif
