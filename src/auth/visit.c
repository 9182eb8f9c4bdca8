/* SPDX-License-Identifier: MIT */
/* visit.c - the table of visits: a fixed array of places, chained from buckets by the token's hash.
 * Tokens are random, so their hash spreads by itself and nobody can aim at a bucket. */
#include "auth/visit.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "auth/private.h"

_Static_assert(FF_VISITS_MAX < UINT16_MAX, "a place's number fits its type");

void ff_visits_init(struct ff_visits *visits)
{
    pthread_mutex_init(&visits->lock, NULL);
}

void ff_visits_destroy(struct ff_visits *visits)
{
    pthread_mutex_destroy(&visits->lock);
}

static uint16_t *bucket_of(struct ff_visits *v, const unsigned char hash[32])
{
    return &v->bucket[(hash[0] | (unsigned)hash[1] << 8) % FF_VISITS_MAX];
}

/* The link that leads to the visit with this hash, or NULL. */
static uint16_t *link_of(struct ff_visits *v, const unsigned char hash[32])
{
    uint16_t *link = bucket_of(v, hash);
    while (*link && sodium_memcmp(v->place[*link].hash, hash, 32) != 0)
        link = &v->place[*link].next;
    return *link ? link : NULL;
}

static void drop(struct ff_visits *v, uint16_t *link)
{
    assert(link);
    const uint16_t i = *link;
    *link = v->place[i].next;
    memset(&v->place[i], 0, sizeof v->place[i]);
    v->place[i].next = v->unused;
    v->unused = i;
}

static bool is_idle(const struct ff_visit *visit, int64_t now_ms)
{
    return now_ms - visit->used_at_ms >= visit->idle_ms;
}

/* All places are taken: ends the idle visits, or else the one unused longest. */
static void make_room(struct ff_visits *v, int64_t now_ms)
{
    uint16_t oldest = 1;
    for (unsigned i = 1; i <= FF_VISITS_MAX; i++) {
        if (v->place[i].used_at_ms < v->place[oldest].used_at_ms)
            oldest = (uint16_t)i;
    }
    for (unsigned i = 1; i <= FF_VISITS_MAX; i++) {
        if (i == oldest || is_idle(&v->place[i], now_ms))
            drop(v, link_of(v, v->place[i].hash));
    }
}

static uint16_t take_place(struct ff_visits *v, int64_t now_ms)
{
    if (!v->unused && v->touched < FF_VISITS_MAX)
        return ++v->touched;
    if (!v->unused)
        make_room(v, now_ms);
    const uint16_t i = v->unused;
    v->unused = v->place[i].next;
    return i;
}

void ff_visit_begin(struct ff_auth *auth, int64_t device_id, int64_t employee_id, int64_t now_ms,
                    int64_t idle_ms, char token[FF_SECRET_CAP])
{
    struct ff_visits *v = &auth->visits;
    struct ff_visit visit = {.device_id = device_id,
                             .employee_id = employee_id,
                             .used_at_ms = now_ms,
                             .idle_ms = idle_ms};
    ff_auth_secret(token);
    ff_auth_token_hash(token, visit.hash);
    pthread_mutex_lock(&v->lock);
    const uint16_t i = take_place(v, now_ms);
    uint16_t *bucket = bucket_of(v, visit.hash);
    visit.next = *bucket;
    v->place[i] = visit;
    *bucket = i;
    pthread_mutex_unlock(&v->lock);
}

bool ff_visit_find(struct ff_auth *auth, const char *token, int64_t now_ms, int64_t *device_id,
                   int64_t *employee_id, bool *idle)
{
    struct ff_visits *v = &auth->visits;
    unsigned char hash[32];
    ff_auth_token_hash(token, hash);
    *idle = false;
    pthread_mutex_lock(&v->lock);
    uint16_t *link = link_of(v, hash);
    if (link) {
        const struct ff_visit *visit = &v->place[*link];
        *device_id = visit->device_id;
        *employee_id = visit->employee_id;
        *idle = is_idle(visit, now_ms);
        if (*idle)
            drop(v, link);
    }
    pthread_mutex_unlock(&v->lock);
    return link && !*idle;
}

void ff_visit_touch(struct ff_auth *auth, const char *token, int64_t now_ms)
{
    struct ff_visits *v = &auth->visits;
    unsigned char hash[32];
    ff_auth_token_hash(token, hash);
    pthread_mutex_lock(&v->lock);
    const uint16_t *link = link_of(v, hash);
    if (link)
        v->place[*link].used_at_ms = now_ms;
    pthread_mutex_unlock(&v->lock);
}

void ff_visit_end(struct ff_auth *auth, const char *token)
{
    struct ff_visits *v = &auth->visits;
    unsigned char hash[32];
    ff_auth_token_hash(token, hash);
    pthread_mutex_lock(&v->lock);
    uint16_t *link = link_of(v, hash);
    if (link)
        drop(v, link);
    pthread_mutex_unlock(&v->lock);
}

void ff_visit_end_all(struct ff_auth *auth, int64_t device_id, int64_t employee_id)
{
    struct ff_visits *v = &auth->visits;
    pthread_mutex_lock(&v->lock);
    for (uint16_t i = 1; i <= v->touched; i++) {
        const struct ff_visit *visit = &v->place[i];
        if (visit->employee_id && (!device_id || visit->device_id == device_id) &&
            (!employee_id || visit->employee_id == employee_id))
            drop(v, link_of(v, visit->hash));
    }
    pthread_mutex_unlock(&v->lock);
}
