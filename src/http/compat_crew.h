/* SPDX-License-Identifier: MIT */
/* compat_crew.h - worker threads that are started when they are needed: CivetWeb would start all of
 * them at once. */
#ifndef FF_HTTP_COMPAT_CREW_H
#define FF_HTTP_COMPAT_CREW_H

#include <pthread.h>
#include <stdbool.h>

/* Workers that are there from the start, and that are to be free when somebody comes. */
enum { FF_CREW_FIRST = 16, FF_CREW_FREE = 4 };

struct ff_hand; /* a worker, started or not */

struct ff_crew {
    pthread_mutex_t lock; /* guards n, started and the hands */
    void *(*work)(void *);
    struct ff_hand *hands;
    int cap, n, started;
    bool has_failed; /* to start one, at the last try */
};

/* For `cap` workers; false when memory is out. Free when none of them runs. */
bool ff_crew_init(struct ff_crew *crew, int cap);
void ff_crew_free(struct ff_crew *crew);

/* Threads that the calling one creates are a crew's from here on (NULL: are its own again): those
 * that do the same as the first of them, of which all but FF_CREW_FIRST wait to be started. */
void ff_crew_recruit(struct ff_crew *crew);

/* Says that the calling thread is the one that accepts for the crew. */
void ff_crew_lead(struct ff_crew *crew);

/* Starts workers of the calling thread's crew until FF_CREW_FREE are free beside `busy` ones. What
 * the system refuses is said in the log, once, and tried again at the next call. */
void ff_crew_need(int busy);

#endif
