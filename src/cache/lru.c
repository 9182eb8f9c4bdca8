/* SPDX-License-Identifier: MIT */
/* lru.c - a hash table whose rows hang in one list, the most recently used first. One lock guards
 * all of it; what is done under it is a look-up and one copy of a few kilobytes. */
#include "cache/lru.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024, LARGEST_SHARE = 8 };

struct row {
    struct row *chain;         /* same bucket */
    struct row *newer, *older; /* by last use */
    struct ff_lru_stamp stamp;
    uint64_t hash;
    size_t key_len, value_len;
    char bytes[]; /* key, then value */
};

struct ff_lru {
    pthread_mutex_t lock; /* guards everything below */
    struct row *bucket[BUCKETS];
    struct row *newest, *oldest;
    size_t budget;
    struct ff_lru_stats stats;
};

struct ff_lru *ff_lru_new(size_t budget_bytes)
{
    struct ff_lru *lru = calloc(1, sizeof *lru);
    if (!lru)
        return NULL;
    pthread_mutex_init(&lru->lock, NULL);
    lru->budget = budget_bytes;
    return lru;
}

void ff_lru_free(struct ff_lru *lru)
{
    if (!lru)
        return;
    for (struct row *r = lru->newest, *older; r; r = older) {
        older = r->older;
        free(r);
    }
    pthread_mutex_destroy(&lru->lock);
    free(lru);
}

/* FNV-1a: keys are ours, not an attacker's to choose freely, and few. */
static uint64_t hash_of(const struct ff_buf *key)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key->len; i++)
        h = (h ^ (unsigned char)key->data[i]) * UINT64_C(1099511628211);
    return h;
}

static size_t weight(const struct row *r)
{
    return sizeof *r + r->key_len + r->value_len;
}

static struct row **find(struct ff_lru *lru, const struct ff_buf *key, uint64_t hash)
{
    struct row **at = &lru->bucket[hash % BUCKETS];
    while (*at && ((*at)->hash != hash || (*at)->key_len != key->len ||
                   memcmp((*at)->bytes, key->data, key->len) != 0))
        at = &(*at)->chain;
    return at;
}

static void unlink_use(struct ff_lru *lru, struct row *r)
{
    *(r->newer ? &r->newer->older : &lru->newest) = r->older;
    *(r->older ? &r->older->newer : &lru->oldest) = r->newer;
}

static void link_newest(struct ff_lru *lru, struct row *r)
{
    r->newer = NULL;
    r->older = lru->newest;
    *(r->older ? &r->older->newer : &lru->oldest) = r;
    lru->newest = r;
}

static void drop(struct ff_lru *lru, struct row **at)
{
    struct row *r = *at;
    *at = r->chain;
    unlink_use(lru, r);
    lru->stats.bytes -= weight(r);
    lru->stats.entries--;
    free(r);
}

static void drop_oldest(struct ff_lru *lru)
{
    struct row **at = &lru->bucket[lru->oldest->hash % BUCKETS];
    while (*at != lru->oldest)
        at = &(*at)->chain;
    drop(lru, at);
    lru->stats.evictions++;
}

bool ff_lru_get(struct ff_lru *lru, const struct ff_buf *key, int64_t now_ms,
                ff_lru_generation generation, void *arg, struct ff_buf *out)
{
    uint64_t hash = hash_of(key);
    pthread_mutex_lock(&lru->lock);
    struct row **at = find(lru, key, hash);
    struct row *r = *at;
    bool is_true = r && now_ms - r->stamp.born_ms < FF_LRU_TTL_MS &&
                   (!r->stamp.until_ms || now_ms < r->stamp.until_ms) &&
                   generation(arg, r->stamp.tables) == r->stamp.generation;
    if (is_true) {
        ff_buf_add(out, r->bytes + r->key_len, r->value_len);
        unlink_use(lru, r);
        link_newest(lru, r);
        lru->stats.hits++;
    } else {
        if (r)
            drop(lru, at);
        lru->stats.misses++;
    }
    pthread_mutex_unlock(&lru->lock);
    return is_true;
}

static struct row *new_row(const struct ff_buf *key, uint64_t hash, const struct ff_buf *value,
                           const struct ff_lru_stamp *stamp)
{
    struct row *r = malloc(sizeof *r + key->len + value->len);
    if (!r)
        return NULL;
    *r = (struct row){.stamp = *stamp, .hash = hash, .key_len = key->len, .value_len = value->len};
    memcpy(r->bytes, key->data, key->len);
    memcpy(r->bytes + key->len, value->data, value->len);
    return r;
}

void ff_lru_put(struct ff_lru *lru, const struct ff_buf *key, const struct ff_buf *value,
                const struct ff_lru_stamp *stamp)
{
    uint64_t hash = hash_of(key);
    struct row *r = value->failed || key->failed || !value->len || !key->len
                        ? NULL
                        : new_row(key, hash, value, stamp);
    if (!r || weight(r) > lru->budget / LARGEST_SHARE) {
        free(r);
        return;
    }
    pthread_mutex_lock(&lru->lock);
    struct row **at = find(lru, key, hash);
    if (*at)
        drop(lru, at);
    while (lru->stats.bytes + weight(r) > lru->budget)
        drop_oldest(lru);
    r->chain = lru->bucket[hash % BUCKETS];
    lru->bucket[hash % BUCKETS] = r;
    link_newest(lru, r);
    lru->stats.bytes += weight(r);
    lru->stats.entries++;
    pthread_mutex_unlock(&lru->lock);
}

void ff_lru_clear(struct ff_lru *lru)
{
    pthread_mutex_lock(&lru->lock);
    uint64_t evictions = lru->stats.evictions;
    while (lru->oldest)
        drop_oldest(lru);
    lru->stats.evictions = evictions; /* nobody ran out of room */
    pthread_mutex_unlock(&lru->lock);
}

struct ff_lru_stats ff_lru_get_stats(struct ff_lru *lru)
{
    pthread_mutex_lock(&lru->lock);
    struct ff_lru_stats stats = lru->stats;
    pthread_mutex_unlock(&lru->lock);
    return stats;
}
