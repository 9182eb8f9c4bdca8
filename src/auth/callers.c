/* SPDX-License-Identifier: MIT */
/* callers.c - a table of fixed size: sets of a few places, the set chosen by the key. Readers share
 * the lock of their stripe; a change holds it for one copy of some hundred bytes. */
#include "auth/callers.h"

#include <assert.h>
#include <string.h>

#include "auth/private.h"

_Static_assert(FF_PROVEN_TAG_BYTES == 2 * sizeof(uint64_t), "a tag is two parts of a key");

void ff_callers_init(struct ff_callers *callers)
{
    for (size_t i = 0; i < FF_CALLER_STRIPES; i++)
        pthread_rwlock_init(&callers->stripe[i].lock, NULL);
}

void ff_callers_destroy(struct ff_callers *callers)
{
    for (size_t i = 0; i < FF_CALLER_STRIPES; i++)
        pthread_rwlock_destroy(&callers->stripe[i].lock);
}

struct ff_caller_key ff_caller_of_session(int64_t user_id, int64_t session_id)
{
    /* no employee has the last number, so no device's key is like it */
    return (struct ff_caller_key){{(uint64_t)user_id, (uint64_t)session_id, UINT64_MAX}};
}

struct ff_caller_key ff_caller_of_device(const struct ff_auth *auth, const char *cookie,
                                         int64_t employee_id)
{
    struct ff_caller_key key = {{0, 0, (uint64_t)employee_id}};
    unsigned char tag[FF_PROVEN_TAG_BYTES];
    ff_proven_tag(&auth->proven, cookie, tag);
    memcpy(key.part, tag, sizeof tag);
    return key;
}

/* Spreads ids that follow each other. */
static size_t set_of(const struct ff_caller_key *key)
{
    uint64_t h = key->part[0];
    for (size_t i = 1; i < 3; i++)
        h = (h ^ h >> 29) * UINT64_C(0x9e3779b97f4a7c15) + key->part[i];
    h *= UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(h >> 32) % FF_CALLER_SETS;
}

/* The caller's place in its set; NULL: it has none. */
static struct ff_caller_row *place_of(struct ff_caller_row set[FF_CALLER_WAYS],
                                      const struct ff_caller_key *key)
{
    for (size_t i = 0; i < FF_CALLER_WAYS; i++)
        if (!memcmp(&set[i].key, key, sizeof *key))
            return &set[i];
    return NULL;
}

bool ff_caller_find(struct ff_auth *auth, const struct ff_caller_key *key, uint64_t generation,
                    void *out, size_t n)
{
    const size_t set = set_of(key);
    pthread_rwlock_t *lock = &auth->callers.stripe[set % FF_CALLER_STRIPES].lock;
    assert(n <= FF_CALLER_BYTES);
    pthread_rwlock_rdlock(lock);
    const struct ff_caller_row *row = place_of(auth->callers.rows[set], key);
    const bool found = row && row->generation == generation;
    if (found)
        memcpy(out, row->bytes, n);
    pthread_rwlock_unlock(lock);
    return found;
}

void ff_caller_keep(struct ff_auth *auth, const struct ff_caller_key *key, uint64_t generation,
                    const void *bytes, size_t n)
{
    const size_t set = set_of(key);
    struct ff_caller_row *rows = auth->callers.rows[set];
    pthread_rwlock_t *lock = &auth->callers.stripe[set % FF_CALLER_STRIPES].lock;
    assert(n <= FF_CALLER_BYTES);
    pthread_rwlock_wrlock(lock);
    struct ff_caller_row *row = place_of(rows, key);
    if (!row) {
        memmove(rows + 1, rows, (FF_CALLER_WAYS - 1) * sizeof *rows);
        row = rows;
    }
    row->key = *key;
    row->generation = generation;
    memcpy(row->bytes, bytes, n);
    pthread_rwlock_unlock(lock);
}
