/* SPDX-License-Identifier: MIT */
/* lru.h - finished replies kept in memory: a byte budget, a time to live, least recently used goes
 * first; what many ask for at once is made once. Knows nothing of requests or people: a key is
 * bytes, a value is bytes, and whether a value is still true is asked of the caller. Balances,
 * limits, counters and tokens never come here. Source: architecture.md. */
#ifndef FF_CACHE_LRU_H
#define FF_CACHE_LRU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table_set.h"

struct ff_lru;

/* A cache of at most `budget_bytes`, keys and bookkeeping included. NULL when memory is out. Safe
 * from all threads. */
struct ff_lru *ff_lru_new(size_t budget_bytes);
void ff_lru_free(struct ff_lru *lru);

/* What is kept: never changed, counted, so it is read without a lock. Give it back with
 * ff_lru_release; it may outlive its place in the cache, but not the cache. */
struct ff_lru_value {
    const char *body;
    size_t len;
    const char *tag; /* what stands for the body, a C string */
};
void ff_lru_release(struct ff_lru_value *value); /* NULL does nothing */

/* What a value was made from: the tables it read, and the generation of all before it was read. */
struct ff_lru_stamp {
    ff_table_set tables;
    uint64_t generation;
    int64_t born_ms;  /* monotonic */
    int64_t until_ms; /* monotonic: true before it only; 0: as long as its tables are */
};

/* The generation in which one of `tables` changed last: larger than that of a stamp when a change
 * came after it. */
typedef uint64_t (*ff_lru_generation)(void *arg, ff_table_set tables);

/* What is looked for, and now. */
struct ff_lru_question {
    const void *key;
    size_t key_len;
    int64_t now_ms; /* monotonic */
    ff_lru_generation generation;
    void *arg; /* of `generation` */
};

/* The value of the key; NULL when there is none, it is older than FF_LRU_TTL_MS, its time is over,
 * or a table it was made from has changed since; such a value is dropped. */
enum { FF_LRU_TTL_MS = 5 * 60 * 1000 };
struct ff_lru_value *ff_lru_find(struct ff_lru *lru, const struct ff_lru_question *q);

/* What to do about a value that was not found. */
enum ff_lru_turn {
    FF_LRU_FOUND, /* it was made meanwhile */
    FF_LRU_MAKE,  /* make it; others wait: ff_lru_end is owed */
    FF_LRU_ALONE  /* make it, nobody waits for it */
};

/* After ff_lru_find found nothing. While another makes the value, waits for it, at most
 * FF_LRU_WAIT_MS; a caller who waits must hold nothing that the other may need. *value is set with
 * FF_LRU_FOUND, else NULL. */
enum { FF_LRU_WAIT_MS = 500 };
enum ff_lru_turn ff_lru_join(struct ff_lru *lru, const struct ff_lru_question *q,
                             struct ff_lru_value **value);

/* Ends a turn of FF_LRU_MAKE: those who wait look again when it `was_made` (ff_lru_put came
 * before), else each makes the value alone. */
void ff_lru_end(struct ff_lru *lru, const struct ff_lru_question *q, bool was_made);

/* How many wait for the value that is being made. */
int ff_lru_waiting(struct ff_lru *lru, const struct ff_lru_question *q);

/* Keeps a copy of `value`, in place of an older one. False when it is not kept: empty, too large
 * (over an eighth of the budget), or memory is out. */
bool ff_lru_put(struct ff_lru *lru, const struct ff_lru_question *q,
                const struct ff_lru_value *value, const struct ff_lru_stamp *stamp);

/* Drops all that is kept. Statistics go on. */
void ff_lru_clear(struct ff_lru *lru);

struct ff_lru_stats {
    uint64_t hits, misses, evictions;
    uint64_t waits; /* of the hits: made by another while they waited */
    size_t bytes, entries, budget;
};
/* Counts since it was made; bytes and entries as of now. */
struct ff_lru_stats ff_lru_get_stats(struct ff_lru *lru);

#endif
