/* SPDX-License-Identifier: MIT */
/* lru.c - a hash table whose rows hang in one list, the newest first. One lock guards all of it;
 * what is done under it is a look-up and a count. A row never changes: whoever found it reads it
 * outside the lock, and the last to give it back frees it.
 * A hit does not move its row, it marks it; the mark saves the row once when room is made, so that
 * hits write no memory that other hits read. */
#include "cache/lru.h"

#include "base/lock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BUCKETS = 1024, LARGEST_SHARE = 8, FLIGHTS = 64 };

struct row {
    struct ff_lru_value value; /* first: given out in place of the row */
    atomic_size_t users;       /* the table and all who hold the value */
    struct row *chain;         /* same bucket */
    struct row *newer, *older; /* by when it came, or was spared */
    struct ff_lru_stamp stamp;
    uint64_t hash;
    size_t key_len, weight;
    bool was_used; /* since it came, or was spared */
    char bytes[];  /* key, body, tag */
};

/* A value that is being made. Known by its hash alone: who waits for another's key waits in vain
 * and looks after itself. */
struct flight {
    pthread_cond_t landed;
    uint64_t hash;
    unsigned n; /* flights that ended here */
    int waiting;
    bool is_on, was_made;
};

struct ff_lru {
    pthread_mutex_t lock; /* guards everything below */
    struct row *bucket[BUCKETS];
    struct row *newest, *oldest;
    struct flight flight[FLIGHTS];
    struct ff_lru_stats stats;
};

struct ff_lru *ff_lru_new(size_t budget_bytes)
{
    struct ff_lru *lru = calloc(1, sizeof *lru);
    pthread_condattr_t attr;
    if (!lru)
        return NULL;
    ff_lock_init(&lru->lock);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    for (size_t i = 0; i < FLIGHTS; i++)
        pthread_cond_init(&lru->flight[i].landed, &attr);
    pthread_condattr_destroy(&attr);
    lru->stats.budget = budget_bytes;
    return lru;
}

static void give_back(struct row *r)
{
    if (atomic_fetch_sub_explicit(&r->users, 1, memory_order_acq_rel) == 1)
        free(r);
}

void ff_lru_release(struct ff_lru_value *value)
{
    if (value)
        give_back((struct row *)value); /* its first member */
}

void ff_lru_free(struct ff_lru *lru)
{
    if (!lru)
        return;
    for (struct row *r = lru->newest, *older; r; r = older) {
        older = r->older;
        give_back(r);
    }
    for (size_t i = 0; i < FLIGHTS; i++)
        pthread_cond_destroy(&lru->flight[i].landed);
    pthread_mutex_destroy(&lru->lock);
    free(lru);
}

/* Eight bytes at a time. Keys are ours, not an attacker's to choose freely, and few. */
static uint64_t hash_of(const struct ff_lru_question *q)
{
    const uint64_t mix = UINT64_C(0x9e3779b97f4a7c15);
    const unsigned char *at = q->key;
    uint64_t h = q->key_len, word;
    size_t left = q->key_len;
    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        h = (h ^ word) * mix;
        h ^= h >> 32;
    }
    word = 0;
    memcpy(&word, at, left);
    h = (h ^ word) * mix;
    return h ^ h >> 32;
}

/* ---- rows, under the lock ---- */

static struct row **find(struct ff_lru *lru, const struct ff_lru_question *q, uint64_t hash)
{
    struct row **at = &lru->bucket[hash % BUCKETS];
    while (*at && ((*at)->hash != hash || (*at)->key_len != q->key_len ||
                   memcmp((*at)->bytes, q->key, q->key_len) != 0))
        at = &(*at)->chain;
    return at;
}

static void unlink_row(struct ff_lru *lru, struct row *r)
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
    unlink_row(lru, r);
    lru->stats.bytes -= r->weight;
    lru->stats.entries--;
    give_back(r);
}

static void drop_oldest(struct ff_lru *lru)
{
    struct row **at = &lru->bucket[lru->oldest->hash % BUCKETS];
    while (*at != lru->oldest)
        at = &(*at)->chain;
    drop(lru, at);
}

/* Drops the oldest row that nobody used lately; those that were used get another time round. */
static void make_room(struct ff_lru *lru)
{
    while (lru->oldest->was_used) {
        struct row *r = lru->oldest;
        r->was_used = false;
        unlink_row(lru, r);
        link_newest(lru, r);
    }
    drop_oldest(lru);
    lru->stats.evictions++;
}

static bool is_true(const struct row *r, const struct ff_lru_question *q)
{
    return q->now_ms - r->stamp.born_ms < FF_LRU_TTL_MS &&
           (!r->stamp.until_ms || q->now_ms < r->stamp.until_ms) &&
           q->generation(q->arg, r->stamp.tables) <= r->stamp.generation;
}

/* The row, for one user more; NULL: there is none, or one that is true no longer is dropped. */
static struct row *take(struct ff_lru *lru, const struct ff_lru_question *q, uint64_t hash)
{
    struct row **at = find(lru, q, hash);
    struct row *r = *at;
    if (!r)
        return NULL;
    if (!is_true(r, q)) {
        drop(lru, at);
        return NULL;
    }
    atomic_fetch_add_explicit(&r->users, 1, memory_order_relaxed);
    if (!r->was_used)
        r->was_used = true;
    lru->stats.hits++;
    return r;
}

/* ---- looking ---- */

struct ff_lru_value *ff_lru_find(struct ff_lru *lru, const struct ff_lru_question *q)
{
    uint64_t hash = hash_of(q);
    pthread_mutex_lock(&lru->lock);
    struct row *r = take(lru, q, hash);
    pthread_mutex_unlock(&lru->lock);
    return r ? &r->value : NULL;
}

static struct flight *flight_of(struct ff_lru *lru, uint64_t hash)
{
    return &lru->flight[hash / BUCKETS % FLIGHTS];
}

static void set_alarm(struct timespec *at)
{
    enum { MS_PER_S = 1000, NS_PER_MS = 1000000 };
    clock_gettime(CLOCK_MONOTONIC, at);
    int64_t ms = at->tv_nsec / NS_PER_MS + FF_LRU_WAIT_MS;
    at->tv_sec += ms / MS_PER_S;
    at->tv_nsec = ms % MS_PER_S * NS_PER_MS;
}

/* Waits until the flight that is on has ended. False: it took too long, or brought nothing. */
static bool wait_for(struct ff_lru *lru, struct flight *f, struct timespec *alarm)
{
    const unsigned n = f->n;
    if (!alarm->tv_sec)
        set_alarm(alarm);
    int late = 0;
    f->waiting++;
    while (f->n == n && !late)
        late = pthread_cond_timedwait(&f->landed, &lru->lock, alarm);
    f->waiting--;
    return f->n != n && f->was_made;
}

/* What was made may be older than what this caller has already changed: then it takes a turn. */
static enum ff_lru_turn join(struct ff_lru *lru, const struct ff_lru_question *q,
                             struct ff_lru_value **value)
{
    const uint64_t hash = hash_of(q);
    struct flight *f = flight_of(lru, hash);
    struct timespec alarm = {0};
    for (;;) {
        struct row *r = take(lru, q, hash);
        if (r) {
            *value = &r->value;
            lru->stats.waits += alarm.tv_sec != 0;
            return FF_LRU_FOUND;
        }
        if (!f->is_on) {
            f->is_on = true;
            f->hash = hash;
            return FF_LRU_MAKE;
        }
        if (f->hash != hash || !wait_for(lru, f, &alarm))
            return FF_LRU_ALONE;
    }
}

enum ff_lru_turn ff_lru_join(struct ff_lru *lru, const struct ff_lru_question *q,
                             struct ff_lru_value **value)
{
    *value = NULL;
    pthread_mutex_lock(&lru->lock);
    enum ff_lru_turn turn = join(lru, q, value);
    lru->stats.misses += turn != FF_LRU_FOUND;
    pthread_mutex_unlock(&lru->lock);
    return turn;
}

void ff_lru_end(struct ff_lru *lru, const struct ff_lru_question *q, bool was_made)
{
    struct flight *f = flight_of(lru, hash_of(q));
    pthread_mutex_lock(&lru->lock);
    f->is_on = false;
    f->was_made = was_made;
    f->n++;
    pthread_mutex_unlock(&lru->lock);
    pthread_cond_broadcast(&f->landed);
}

int ff_lru_waiting(struct ff_lru *lru, const struct ff_lru_question *q)
{
    struct flight *f = flight_of(lru, hash_of(q));
    pthread_mutex_lock(&lru->lock);
    int n = f->waiting;
    pthread_mutex_unlock(&lru->lock);
    return n;
}

/* ---- keeping ---- */

static struct row *new_row(const struct ff_lru_question *q, const struct ff_lru_value *value,
                           const struct ff_lru_stamp *stamp)
{
    const size_t tag_size = strlen(value->tag) + 1;
    const size_t size = sizeof(struct row) + q->key_len + value->len + tag_size;
    struct row *r = malloc(size);
    if (!r)
        return NULL;
    char *body = r->bytes + q->key_len, *tag = body + value->len;
    *r = (struct row){.value = {body, value->len, tag},
                      .users = 1,
                      .stamp = *stamp,
                      .hash = hash_of(q),
                      .key_len = q->key_len,
                      .weight = size};
    memcpy(r->bytes, q->key, q->key_len);
    memcpy(body, value->body, value->len);
    memcpy(tag, value->tag, tag_size);
    return r;
}

bool ff_lru_put(struct ff_lru *lru, const struct ff_lru_question *q,
                const struct ff_lru_value *value, const struct ff_lru_stamp *stamp)
{
    const size_t budget = lru->stats.budget; /* never changes */
    struct row *r = q->key_len && value->len ? new_row(q, value, stamp) : NULL;
    if (!r || r->weight > budget / LARGEST_SHARE) {
        free(r);
        return false;
    }
    pthread_mutex_lock(&lru->lock);
    struct row **at = find(lru, q, r->hash);
    if (*at)
        drop(lru, at);
    while (lru->stats.bytes + r->weight > budget)
        make_room(lru);
    r->chain = lru->bucket[r->hash % BUCKETS];
    lru->bucket[r->hash % BUCKETS] = r;
    link_newest(lru, r);
    lru->stats.bytes += r->weight;
    lru->stats.entries++;
    pthread_mutex_unlock(&lru->lock);
    return true;
}

void ff_lru_clear(struct ff_lru *lru)
{
    pthread_mutex_lock(&lru->lock);
    while (lru->oldest)
        drop_oldest(lru);
    pthread_mutex_unlock(&lru->lock);
}

struct ff_lru_stats ff_lru_get_stats(struct ff_lru *lru)
{
    pthread_mutex_lock(&lru->lock);
    struct ff_lru_stats stats = lru->stats;
    pthread_mutex_unlock(&lru->lock);
    return stats;
}
