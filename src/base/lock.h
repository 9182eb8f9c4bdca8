/* SPDX-License-Identifier: MIT */
/* lock.h - the lock of what most requests ask for. */
#ifndef FF_BASE_LOCK_H
#define FF_BASE_LOCK_H

#include <pthread.h>

/* A mutex that is held for some hundred nanoseconds, and never while its holder waits: who finds it
 * taken looks again for a moment before sleeping, because to sleep and to be woken takes longer
 * than that, and stops whoever wakes. The caller destroys it. */
void ff_lock_init(pthread_mutex_t *lock);

#endif
