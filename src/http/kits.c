/* SPDX-License-Identifier: MIT */
/* kits.c - stacks of free kits, each under a lock that also counts what is under way, so that a
 * stop can wait for it. One stack would be quick for one processor; two would take lock and kits
 * out of each other's caches with each request. */
#define _GNU_SOURCE
#include "http/kits.h"

#include "base/lock.h"

#include <sched.h>
#include <stdlib.h>
#include <time.h>

static void stack_init(struct ff_kit_stack *stack)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&stack->idle, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&stack->lock, NULL);
    stack->free = NULL;
    stack->n_free = stack->n_lent = 0;
}

void ff_kits_init(struct ff_kits *kits)
{
    for (size_t i = 0; i < FF_KITS_STACKS; i++)
        stack_init(&kits->stack[i]);
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

static void stack_destroy(struct ff_kit_stack *stack)
{
    for (struct ff_kit *kit = stack->free, *next; kit; kit = next) {
        next = kit->next;
        kit_free(kit);
    }
    pthread_cond_destroy(&stack->idle);
    pthread_mutex_destroy(&stack->lock);
}

void ff_kits_destroy(struct ff_kits *kits)
{
    for (size_t i = 0; i < FF_KITS_STACKS; i++)
        stack_destroy(&kits->stack[i]);
}

/* The free kit used last. Whether there is one or not, the caller is about to have one. */
static struct ff_kit *pop(struct ff_kit_stack *stack)
{
    pthread_mutex_lock(&stack->lock);
    struct ff_kit *kit = stack->free;
    if (kit) {
        stack->free = kit->next;
        stack->n_free--;
    }
    stack->n_lent++;
    pthread_mutex_unlock(&stack->lock);
    return kit;
}

/* Puts a kit (NULL: there was none) back. False when enough are kept without it. */
static bool push(struct ff_kit_stack *stack, struct ff_kit *kit)
{
    pthread_mutex_lock(&stack->lock);
    const bool keep = kit && stack->n_free < FF_KITS_KEPT;
    if (keep) {
        kit->next = stack->free;
        stack->free = kit;
        stack->n_free++;
    }
    if (--stack->n_lent == 0)
        pthread_cond_signal(&stack->idle);
    pthread_mutex_unlock(&stack->lock);
    return keep;
}

struct ff_kit *ff_kits_take(struct ff_kits *kits)
{
    const int processor = sched_getcpu();
    const int i = processor > 0 ? processor % FF_KITS_STACKS : 0;
    struct ff_kit *kit = pop(&kits->stack[i]);
    if (!kit && !(kit = kit_new()))
        (void)push(&kits->stack[i], NULL);
    if (kit)
        kit->stack = i;
    return kit;
}

void ff_kits_give(struct ff_kits *kits, struct ff_kit *kit)
{
    ff_arena_reset(kit->arena);
    ff_response_trim(&kit->response);
    ff_response_clear(&kit->response);
    if (!push(&kits->stack[kit->stack], kit))
        kit_free(kit);
}

int ff_kits_lent(struct ff_kits *kits)
{
    int n = 0;
    for (size_t i = 0; i < FF_KITS_STACKS; i++) {
        pthread_mutex_lock(&kits->stack[i].lock);
        n += kits->stack[i].n_lent;
        pthread_mutex_unlock(&kits->stack[i].lock);
    }
    return n;
}

/* False when the time is up. */
static bool wait_for(struct ff_kit_stack *stack, const struct timespec *until)
{
    int late = 0;
    pthread_mutex_lock(&stack->lock);
    while (stack->n_lent > 0 && !late)
        late = pthread_cond_timedwait(&stack->idle, &stack->lock, until);
    pthread_mutex_unlock(&stack->lock);
    return !late;
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
    /* Meanwhile another stack may lend one more: then all are looked at again. */
    for (bool in_time = true; in_time && ff_kits_lent(kits) > 0;)
        for (size_t i = 0; i < FF_KITS_STACKS && in_time; i++)
            in_time = wait_for(&kits->stack[i], &until);
}
