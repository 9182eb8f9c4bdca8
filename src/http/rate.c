/* SPDX-License-Identifier: MIT */
/* rate.c - a hash table of chains over an array of rows, and a list through the same rows in the
 * order of use. Everything is an index, so the table is one piece of memory that never grows. */
#include "http/rate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/lock.h"

enum { BUCKETS = 2 * FF_RATE_KEYS, NONE = UINT16_MAX };

struct row {
    struct ff_rate_key key;
    uint16_t next;         /* in the chain of its bucket */
    uint16_t older, newer; /* in the order of use */
    int64_t began_ms, count;
};

struct ff_rate {
    pthread_mutex_t lock; /* guards all that follows */
    uint64_t seed;        /* nobody can choose keys that share a bucket */
    uint16_t buckets[BUCKETS];
    uint16_t oldest, newest, n;
    struct row rows[FF_RATE_KEYS];
};

struct ff_rate *ff_rate_new(void)
{
    struct ff_rate *rate = calloc(1, sizeof *rate);
    if (!rate)
        return NULL;
    ff_random((unsigned char *)&rate->seed, sizeof rate->seed);
    ff_lock_init(&rate->lock);
    memset(rate->buckets, 0xff, sizeof rate->buckets);
    rate->oldest = rate->newest = NONE;
    return rate;
}

void ff_rate_free(struct ff_rate *rate)
{
    if (!rate)
        return;
    pthread_mutex_destroy(&rate->lock);
    free(rate);
}

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ x >> 33;
}

static uint16_t *bucket_of(struct ff_rate *rate, const struct ff_rate_key *key)
{
    uint64_t half[2];
    memcpy(half, key->id, sizeof half);
    uint64_t h = mix(mix(mix(half[0] ^ rate->seed) ^ half[1]) ^ key->kind);
    return &rate->buckets[h % BUCKETS];
}

static bool same_key(const struct ff_rate_key *a, const struct ff_rate_key *b)
{
    return a->kind == b->kind && !memcmp(a->id, b->id, sizeof a->id);
}

static void unlink_use(struct ff_rate *rate, const struct row *row)
{
    if (row->older == NONE)
        rate->oldest = row->newer;
    else
        rate->rows[row->older].newer = row->newer;
    if (row->newer == NONE)
        rate->newest = row->older;
    else
        rate->rows[row->newer].older = row->older;
}

static void link_newest(struct ff_rate *rate, uint16_t i)
{
    struct row *row = &rate->rows[i];
    row->older = rate->newest;
    row->newer = NONE;
    if (rate->newest == NONE)
        rate->oldest = i;
    else
        rate->rows[rate->newest].newer = i;
    rate->newest = i;
}

static void unlink_bucket(struct ff_rate *rate, uint16_t i)
{
    uint16_t *at = bucket_of(rate, &rate->rows[i].key);
    while (*at != i)
        at = &rate->rows[*at].next;
    *at = rate->rows[i].next;
}

/* A row for a new key: an unused one, else the one not counted for longest. */
static uint16_t take_row(struct ff_rate *rate)
{
    if (rate->n < FF_RATE_KEYS)
        return rate->n++;
    uint16_t i = rate->oldest;
    unlink_use(rate, &rate->rows[i]);
    unlink_bucket(rate, i);
    return i;
}

static uint16_t find_or_add(struct ff_rate *rate, const struct ff_rate_key *key, int64_t now_ms)
{
    uint16_t *bucket = bucket_of(rate, key);
    for (uint16_t i = *bucket; i != NONE; i = rate->rows[i].next) {
        if (same_key(&rate->rows[i].key, key)) {
            unlink_use(rate, &rate->rows[i]);
            link_newest(rate, i);
            return i;
        }
    }
    uint16_t i = take_row(rate);
    rate->rows[i] = (struct row){.key = *key, .next = *bucket, .began_ms = now_ms};
    *bucket = i;
    link_newest(rate, i);
    return i;
}

struct ff_rate_state ff_rate_count(struct ff_rate *rate, const struct ff_rate_key *key,
                                   int64_t limit, int64_t now_ms)
{
    struct ff_rate_state state = {.limit = limit};
    pthread_mutex_lock(&rate->lock);
    struct row *row = &rate->rows[find_or_add(rate, key, now_ms)];
    if (now_ms - row->began_ms >= FF_RATE_WINDOW_MS) {
        row->began_ms = now_ms;
        row->count = 0;
    }
    row->count++;
    state.is_over = row->count > limit;
    state.is_news = row->count == limit + 1;
    state.remaining = state.is_over ? 0 : limit - row->count;
    state.reset_s = (row->began_ms + FF_RATE_WINDOW_MS - now_ms + 999) / 1000;
    pthread_mutex_unlock(&rate->lock);
    return state;
}

size_t ff_rate_keys(struct ff_rate *rate)
{
    pthread_mutex_lock(&rate->lock);
    size_t n = rate->n;
    pthread_mutex_unlock(&rate->lock);
    return n;
}
