/* SPDX-License-Identifier: MIT */
/* compat_crew.c - pthread_create and pthread_join as CivetWeb finds them. A thousand threads take
 * 40 ms to start and 20 MB to wait; most canteens never need them. What CivetWeb takes for the
 * thread is the address of its hand here, started or not. */
#define _GNU_SOURCE
#include "http/compat_crew.h"

#include "base/log.h"
#include "http/compat.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct ff_hand {
    void *arg;
    pthread_t thread; /* once it is started */
};

static _Thread_local struct ff_crew *recruiting, *led;

bool ff_crew_init(struct ff_crew *crew, int cap)
{
    memset(crew, 0, sizeof *crew);
    crew->hands = calloc((size_t)cap, sizeof *crew->hands);
    crew->cap = cap;
    pthread_mutex_init(&crew->lock, NULL);
    return crew->hands != NULL;
}

void ff_crew_free(struct ff_crew *crew)
{
    pthread_mutex_destroy(&crew->lock);
    free(crew->hands);
}

void ff_crew_recruit(struct ff_crew *crew)
{
    recruiting = crew;
}

void ff_crew_lead(struct ff_crew *crew)
{
    led = crew;
}

/* Not by its name: that would be compat.c's, which this file does without. */
static int set_stack(pthread_attr_t *attr)
{
    int (*real)(pthread_attr_t *, size_t);
    void *found = dlvsym(RTLD_NEXT, "pthread_attr_setstacksize", "GLIBC_2.34");
    if (!found)
        return ENOSYS;
    memcpy(&real, &found, sizeof real);
    return real(attr, FF_WORKER_STACK_BYTES);
}

/* Starts the next hand; the crew's lock is held. An errno code. */
static int start_next(struct ff_crew *crew)
{
    struct ff_hand *hand = &crew->hands[crew->started];
    pthread_attr_t attr;
    int rc = pthread_attr_init(&attr);
    if (rc)
        return rc;
    /* Of the accepting thread's own crew: what a worker creates is not recruited. */
    struct ff_crew *before = recruiting;
    recruiting = NULL;
    if (!(rc = set_stack(&attr)))
        rc = pthread_create(&hand->thread, &attr, crew->work, hand->arg);
    recruiting = before;
    (void)pthread_attr_destroy(&attr);
    crew->started += rc == 0;
    return rc;
}

void ff_crew_need(int busy)
{
    struct ff_crew *crew = led;
    int rc = 0;
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    while (!rc && crew->started < crew->n && crew->started < busy + FF_CREW_FREE)
        rc = start_next(crew);
    if (rc && !crew->has_failed)
        ff_logf(FF_LOG_WARN, NULL, "no more than %d workers: %s", crew->started, strerror(rc));
    crew->has_failed = rc != 0;
    pthread_mutex_unlock(&crew->lock);
}

/* Sanitizers must see each thread as it is created; under them all workers start at once. */
#ifndef FF_SANITIZED

int ff_compat_create(pthread_t *out, const pthread_attr_t *attr, void *(*work)(void *),
                     void *arg) __asm__("pthread_create");
int ff_compat_join(pthread_t thread, void **result) __asm__("pthread_join");

static int real_create(pthread_t *out, const pthread_attr_t *attr, void *(*work)(void *), void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *found = dlvsym(RTLD_NEXT, "pthread_create", "GLIBC_2.34");
    if (!found)
        return ENOSYS;
    memcpy(&real, &found, sizeof real);
    return real(out, attr, work, arg);
}

static int real_join(pthread_t thread, void **result)
{
    int (*real)(pthread_t, void **);
    void *found = dlvsym(RTLD_NEXT, "pthread_join", "GLIBC_2.34");
    if (!found)
        return ENOSYS;
    memcpy(&real, &found, sizeof real);
    return real(thread, result);
}

/* Takes a worker into the crew: what does the same as the first. False: it is none, or there is no
 * place. */
static bool recruit(struct ff_crew *crew, void *(*work)(void *), void *arg, pthread_t *out, int *rc)
{
    bool taken = false;
    pthread_mutex_lock(&crew->lock);
    if (!crew->n)
        crew->work = work;
    if (work == crew->work && crew->n < crew->cap) {
        struct ff_hand *hand = &crew->hands[crew->n++];
        hand->arg = arg;
        *out = (pthread_t)hand;
        *rc = crew->n <= FF_CREW_FIRST ? start_next(crew) : 0;
        taken = true;
    }
    pthread_mutex_unlock(&crew->lock);
    return taken;
}

int ff_compat_create(pthread_t *out, const pthread_attr_t *attr, void *(*work)(void *), void *arg)
{
    int rc = 0;
    if (recruiting && recruit(recruiting, work, arg, out, &rc))
        return rc;
    return real_create(out, attr, work, arg);
}

/* The hand that `thread` really is; NULL: it is a thread. */
static struct ff_hand *hand_of(struct ff_crew *crew, pthread_t thread)
{
    for (int i = 0; crew && i < crew->n; i++)
        if (thread == (pthread_t)&crew->hands[i])
            return &crew->hands[i];
    return NULL;
}

int ff_compat_join(pthread_t thread, void **result)
{
    struct ff_hand *hand = hand_of(led, thread);
    if (!hand)
        return real_join(thread, result);
    return hand - led->hands < led->started ? real_join(hand->thread, result) : 0;
}

#endif
