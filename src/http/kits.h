/* SPDX-License-Identifier: MIT */
/* kits.h - what a request works with, lent for its time: an arena, the message and the buffers of
 * its reply. A thousand threads that wait for their clients hold none, and have small stacks. */
#ifndef FF_HTTP_KITS_H
#define FF_HTTP_KITS_H

#include <pthread.h>

#include "http/message.h"

/* Kits that are kept when nobody uses them. */
enum { FF_KITS_KEPT = 64 };

struct ff_kit {
    struct ff_kit *next; /* among those that are free */
    struct ff_arena *arena;
    struct ff_response response;
    struct ff_message message;
    struct ff_ctx cx;
};

struct ff_kits {
    pthread_mutex_t lock; /* guards all of it */
    pthread_cond_t idle;  /* the last one is back */
    struct ff_kit *free;  /* last used first: its memory is warm */
    int n_free, n_lent;
};

/* Empty: kits are made when they are needed. */
void ff_kits_init(struct ff_kits *kits);

/* Frees those that are not lent. */
void ff_kits_destroy(struct ff_kits *kits);

/* An empty arena and an empty reply; NULL when memory is out. ff_kits_give gives it back. */
struct ff_kit *ff_kits_take(struct ff_kits *kits);
void ff_kits_give(struct ff_kits *kits, struct ff_kit *kit);

/* Waits until none is lent, that is, no request under way; at most `ms`. */
void ff_kits_wait(struct ff_kits *kits, int ms);

#endif
