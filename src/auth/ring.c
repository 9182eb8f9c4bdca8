/* SPDX-License-Identifier: MIT */
/* ring.c - which key signs, and which may still verify. A signer is copied out under the lock, so
 * that nobody computes while holding it. */
#include "auth/ring.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "auth/private.h"
#include "auth/token.h"

/* A retired key outlives its tokens by the leeway of their clocks, twice. */
enum { MS_PER_S = 1000, MARGIN_S = 2 * FF_TOKEN_LEEWAY_SECONDS };

void ff_ring_init(struct ff_ring *ring)
{
    pthread_mutex_init(&ring->change, NULL);
    pthread_rwlock_init(&ring->lock, NULL);
    ring->folder = -1;
}

void ff_ring_destroy(struct ff_ring *ring)
{
    pthread_rwlock_destroy(&ring->lock);
    pthread_mutex_destroy(&ring->change);
    if (ring->folder >= 0)
        close(ring->folder);
    sodium_memzero(ring->keys, sizeof ring->keys);
}

static int64_t longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* For how long after its retirement a key verifies. Never less than by default: the option may
 * have been lowered since its tokens were signed. */
static int64_t window_s(const struct ff_auth *auth, enum ff_token_kind kind)
{
    return MARGIN_S + (kind == FF_TOKEN_ACCESS ? longer(auth->access_s, FF_ACCESS_SECONDS)
                                               : longer(auth->refresh_s, FF_REFRESH_SECONDS));
}

/* Whether keys[i] verifies this kind now. The lock is held. */
static bool verifies(struct ff_ctx *cx, size_t i, enum ff_token_kind kind)
{
    const struct ff_ring *ring = &cx->auth->ring;
    if (i + 1 == ring->n)
        return true;
    const int64_t now_s = ff_clock_now_ms(cx->clock) / MS_PER_S;
    return now_s < ring->keys[i + 1].made_s + window_s(cx->auth, kind);
}

void ff_ring_newest(struct ff_ctx *cx, enum ff_token_kind kind, struct ff_signer *signer)
{
    struct ff_ring *ring = &cx->auth->ring;
    pthread_rwlock_rdlock(&ring->lock);
    *signer = ring->keys[ring->n - 1].signer[kind];
    pthread_rwlock_unlock(&ring->lock);
}

/* The signer that the token's header names, NULL when none verifies it now. The lock is held. */
static const struct ff_signer *find(struct ff_ctx *cx, enum ff_token_kind kind, const char *token)
{
    const struct ff_ring *ring = &cx->auth->ring;
    const char *dot = strchr(token, '.');
    const size_t head = dot ? (size_t)(dot - token) : strlen(token);
    for (size_t i = ring->n; i-- > 0;) {
        const struct ff_signer *one = &ring->keys[i].signer[kind];
        if (strlen(one->header) == head && memcmp(one->header, token, head) == 0 &&
            verifies(cx, i, kind))
            return one;
    }
    return NULL;
}

bool ff_ring_find(struct ff_ctx *cx, enum ff_token_kind kind, const char *token,
                  struct ff_signer *signer)
{
    struct ff_ring *ring = &cx->auth->ring;
    pthread_rwlock_rdlock(&ring->lock);
    const struct ff_signer *found = find(cx, kind, token);
    if (found)
        *signer = *found;
    pthread_rwlock_unlock(&ring->lock);
    return found != NULL;
}

bool ff_ring_knows(struct ff_ctx *cx, enum ff_token_kind kind, const char *token)
{
    struct ff_ring *ring = &cx->auth->ring;
    pthread_rwlock_rdlock(&ring->lock);
    const bool found = find(cx, kind, token) != NULL;
    pthread_rwlock_unlock(&ring->lock);
    return found;
}

static struct ff_signing_key describe(struct ff_ctx *cx, size_t i)
{
    const struct ff_ring *ring = &cx->auth->ring;
    const struct ff_ring_key *key = &ring->keys[i];
    struct ff_signing_key out = {.signs = i + 1 == ring->n, .made_at_ms = key->made_s * MS_PER_S};
    memcpy(out.kid, key->kid, sizeof out.kid);
    if (out.signs)
        return out;
    out.retired_at_ms = ring->keys[i + 1].made_s * MS_PER_S;
    out.access_until_ms = out.retired_at_ms + window_s(cx->auth, FF_TOKEN_ACCESS) * MS_PER_S;
    out.refresh_until_ms = out.retired_at_ms + window_s(cx->auth, FF_TOKEN_REFRESH) * MS_PER_S;
    return out;
}

size_t ff_keyring_list(struct ff_ctx *cx, struct ff_signing_key keys[FF_RING_MAX])
{
    struct ff_ring *ring = &cx->auth->ring;
    pthread_rwlock_rdlock(&ring->lock);
    const size_t n = ring->n;
    for (size_t i = 0; i < n; i++)
        keys[i] = describe(cx, i);
    pthread_rwlock_unlock(&ring->lock);
    return n;
}

void ff_keyring_kid(struct ff_ctx *cx, char kid[FF_KID_CAP])
{
    struct ff_ring *ring = &cx->auth->ring;
    pthread_rwlock_rdlock(&ring->lock);
    memcpy(kid, ring->keys[ring->n - 1].kid, FF_KID_CAP);
    pthread_rwlock_unlock(&ring->lock);
}
