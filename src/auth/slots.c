/* SPDX-License-Identifier: MIT */
/* slots.c - a counting lock with a bounded queue and a bounded wait.
 * Time is the kernel's monotonic clock, not the context's: a test clock stands still, a wait does
 * not. */
#include "auth/slots.h"

#include <errno.h>
#include <time.h>

enum { RETRY_AFTER_S = 2, MS_PER_S = 1000, NS_PER_MS = 1000000, NS_PER_S = 1000000000 };

void ff_slots_init(struct ff_slots *slots, int count, int waiting_max, int64_t wait_ms)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&slots->lock, NULL);
    pthread_cond_init(&slots->freed, &attr);
    pthread_condattr_destroy(&attr);
    slots->unused = count;
    slots->waiting = 0;
    slots->waiting_max = waiting_max;
    slots->wait_ms = wait_ms;
}

void ff_slots_destroy(struct ff_slots *slots)
{
    pthread_cond_destroy(&slots->freed);
    pthread_mutex_destroy(&slots->lock);
}

static struct timespec deadline_in(int64_t ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / MS_PER_S;
    t.tv_nsec += (ms % MS_PER_S) * NS_PER_MS;
    if (t.tv_nsec >= NS_PER_S) {
        t.tv_sec++;
        t.tv_nsec -= NS_PER_S;
    }
    return t;
}

/* With the lock held: true when a slot came free in time. */
static bool wait_for_one(struct ff_slots *slots)
{
    const struct timespec deadline = deadline_in(slots->wait_ms);
    int rc = 0;
    slots->waiting++;
    while (!slots->unused && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&slots->freed, &slots->lock, &deadline);
    slots->waiting--;
    return slots->unused > 0;
}

enum ff_rc ff_slots_take(struct ff_ctx *cx, struct ff_slots *slots)
{
    pthread_mutex_lock(&slots->lock);
    bool got = slots->unused > 0;
    if (!got && slots->waiting < slots->waiting_max)
        got = wait_for_one(slots);
    if (got)
        slots->unused--;
    pthread_mutex_unlock(&slots->lock);
    if (got)
        return FF_OK;
    enum ff_rc rc = FF_FAIL(cx, FF_BUSY, "Too many sign-ins at this moment.");
    cx->err.retry_after_s = RETRY_AFTER_S;
    return rc;
}

void ff_slots_give(struct ff_slots *slots)
{
    pthread_mutex_lock(&slots->lock);
    slots->unused++;
    pthread_cond_signal(&slots->freed);
    pthread_mutex_unlock(&slots->lock);
}
