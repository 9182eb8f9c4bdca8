/* SPDX-License-Identifier: MIT */
/* kits.c - a stack of free kits under one lock, which also counts what is under way, so that a stop
 * can wait for it. */
#include "http/kits.h"

#include "base/lock.h"

#include <stdlib.h>
#include <time.h>

void ff_kits_init(struct ff_kits *kits)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&kits->idle, &attr);
    pthread_condattr_destroy(&attr);
    ff_lock_init(&kits->lock);
    kits->free = NULL;
    kits->n_free = kits->n_lent = 0;
}

static struct ff_kit *kit_new(void)
{
    struct ff_kit *kit = malloc(sizeof *kit);
    if (!kit)
        return NULL;
    kit->arena = ff_arena_new(0);
    ff_response_init(&kit->response);
    if (kit->arena)
        return kit;
    free(kit);
    return NULL;
}

static void kit_free(struct ff_kit *kit)
{
    ff_arena_free(kit->arena);
    ff_response_free(&kit->response);
    free(kit);
}

void ff_kits_destroy(struct ff_kits *kits)
{
    for (struct ff_kit *kit = kits->free, *next; kit; kit = next) {
        next = kit->next;
        kit_free(kit);
    }
    pthread_cond_destroy(&kits->idle);
    pthread_mutex_destroy(&kits->lock);
}

/* The free kit used last. Whether there is one or not, the caller is about to have one. */
static struct ff_kit *pop(struct ff_kits *kits)
{
    pthread_mutex_lock(&kits->lock);
    struct ff_kit *kit = kits->free;
    if (kit) {
        kits->free = kit->next;
        kits->n_free--;
    }
    kits->n_lent++;
    pthread_mutex_unlock(&kits->lock);
    return kit;
}

/* Puts a kit (NULL: there was none) back. False when enough are kept without it. */
static bool push(struct ff_kits *kits, struct ff_kit *kit)
{
    pthread_mutex_lock(&kits->lock);
    const bool keep = kit && kits->n_free < FF_KITS_KEPT;
    if (keep) {
        kit->next = kits->free;
        kits->free = kit;
        kits->n_free++;
    }
    if (--kits->n_lent == 0)
        pthread_cond_signal(&kits->idle);
    pthread_mutex_unlock(&kits->lock);
    return keep;
}

struct ff_kit *ff_kits_take(struct ff_kits *kits)
{
    struct ff_kit *kit = pop(kits);
    if (!kit && !(kit = kit_new()))
        (void)push(kits, NULL);
    return kit;
}

void ff_kits_give(struct ff_kits *kits, struct ff_kit *kit)
{
    ff_arena_reset(kit->arena);
    ff_response_trim(&kit->response);
    ff_response_clear(&kit->response);
    if (!push(kits, kit))
        kit_free(kit);
}

void ff_kits_wait(struct ff_kits *kits, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&kits->lock);
    while (kits->n_lent > 0 && !pthread_cond_timedwait(&kits->idle, &kits->lock, &until))
        ;
    pthread_mutex_unlock(&kits->lock);
}
