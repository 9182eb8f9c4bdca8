/* SPDX-License-Identifier: MIT */
/* kits.h - what a request works with, lent for its time: an arena, the message and the buffers of
 * its reply. A thousand threads that wait for their clients hold none, and have small stacks. */
#ifndef FF_HTTP_KITS_H
#define FF_HTTP_KITS_H

#include <pthread.h>

#include "http/message.h"

/* Kits that are kept when nobody uses them, for each of the first processors. */
enum { FF_KITS_STACKS = 4, FF_KITS_KEPT = 32 };

struct ff_kit {
    struct ff_kit *next; /* among those that are free */
    struct ff_arena *arena;
    struct ff_response response;
    struct ff_message message;
    struct ff_ctx cx;
    int stack; /* that it is lent from */
};

/* Those that one processor used last: in its cache, with the lock. */
struct ff_kit_stack {
    _Alignas(64) pthread_mutex_t lock; /* guards all of it */
    pthread_cond_t idle;               /* the last one is back */
    struct ff_kit *free;               /* last used first */
    int n_free, n_lent;
};

struct ff_kits {
    struct ff_kit_stack stack[FF_KITS_STACKS];
};

/* Empty: kits are made when they are needed. */
void ff_kits_init(struct ff_kits *kits);

/* Frees those that are not lent. */
void ff_kits_destroy(struct ff_kits *kits);

/* An empty arena and an empty reply; NULL when memory is out. ff_kits_give gives it back. */
struct ff_kit *ff_kits_take(struct ff_kits *kits);
void ff_kits_give(struct ff_kits *kits, struct ff_kit *kit);

/* How many are lent. */
int ff_kits_lent(struct ff_kits *kits);

/* Waits until none is lent, that is, no request under way; at most `ms`. */
void ff_kits_wait(struct ff_kits *kits, int ms);

#endif
