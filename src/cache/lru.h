/* SPDX-License-Identifier: MIT */
/* lru.h - finished replies kept in memory: a byte budget, a time to live, least recently used goes
 * first. Knows nothing of requests or people: a key is bytes, a value is bytes, and whether a value
 * is still true is asked of the caller. Balances, limits, counters and tokens never come here.
 * Source: architecture.md. */
#ifndef FF_CACHE_LRU_H
#define FF_CACHE_LRU_H

#include "base/buf.h"
#include "base/table_set.h"

struct ff_lru;

/* A cache of at most `budget_bytes`, keys and bookkeeping included. NULL when memory is out. Safe
 * from all threads. */
struct ff_lru *ff_lru_new(size_t budget_bytes);
void ff_lru_free(struct ff_lru *lru);

/* What a value was made from: the tables it read and their generation at that time. */
struct ff_lru_stamp {
    ff_table_set tables;
    uint64_t generation;
    int64_t born_ms;  /* monotonic */
    int64_t until_ms; /* monotonic: true before it only; 0: as long as its tables are */
};

/* The generation of `tables` as of now. */
typedef uint64_t (*ff_lru_generation)(void *arg, ff_table_set tables);

/* Appends the value of `key` to `out`. False when there is none, it is older than FF_LRU_TTL_MS, or
 * its time is over, or a table it was made from has changed since; such a value is dropped. */
enum { FF_LRU_TTL_MS = 5 * 60 * 1000 };
bool ff_lru_get(struct ff_lru *lru, const struct ff_buf *key, int64_t now_ms,
                ff_lru_generation generation, void *arg, struct ff_buf *out);

/* Keeps a copy of `value`, in place of an older one. Too large a value (over an eighth of the
 * budget) is not kept. */
void ff_lru_put(struct ff_lru *lru, const struct ff_buf *key, const struct ff_buf *value,
                const struct ff_lru_stamp *stamp);

/* Drops all that is kept. Statistics go on. */
void ff_lru_clear(struct ff_lru *lru);

struct ff_lru_stats {
    uint64_t hits, misses, evictions;
    size_t bytes, entries;
};
/* Counts since it was made; bytes and entries as of now. */
struct ff_lru_stats ff_lru_get_stats(struct ff_lru *lru);

#endif
