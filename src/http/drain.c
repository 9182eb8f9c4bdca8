/* SPDX-License-Identifier: MIT */
/* drain.c - a counter that can be waited for. */
#include "http/drain.h"

#include <time.h>

void ff_drain_init(struct ff_drain *drain)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&drain->idle, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&drain->lock, NULL);
    drain->under_way = 0;
}

void ff_drain_destroy(struct ff_drain *drain)
{
    pthread_cond_destroy(&drain->idle);
    pthread_mutex_destroy(&drain->lock);
}

void ff_drain_begin(struct ff_drain *drain)
{
    pthread_mutex_lock(&drain->lock);
    drain->under_way++;
    pthread_mutex_unlock(&drain->lock);
}

void ff_drain_end(struct ff_drain *drain)
{
    pthread_mutex_lock(&drain->lock);
    if (--drain->under_way == 0)
        pthread_cond_signal(&drain->idle);
    pthread_mutex_unlock(&drain->lock);
}

void ff_drain_wait(struct ff_drain *drain, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&drain->lock);
    while (drain->under_way > 0 && !pthread_cond_timedwait(&drain->idle, &drain->lock, &until))
        ;
    pthread_mutex_unlock(&drain->lock);
}
