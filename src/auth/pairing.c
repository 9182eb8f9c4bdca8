/* SPDX-License-Identifier: MIT */
/* pairing.c - the table of browsers that wait to be confirmed. It is small enough to be searched
 * from end to end; secrets are compared by their hash. */
#include "auth/pairing.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "auth/private.h"

enum { AGAIN_MS = 60000, MS_PER_S = 1000 };

void ff_pairings_init(struct ff_pairings *pairings)
{
    pthread_mutex_init(&pairings->lock, NULL);
}

void ff_pairings_destroy(struct ff_pairings *pairings)
{
    pthread_mutex_destroy(&pairings->lock);
}

static void wipe(struct ff_pairing *p)
{
    sodium_memzero(p, sizeof *p);
}

/* With the lock held: empties the places whose time is over. */
static void sweep(struct ff_pairings *all, int64_t now_ms)
{
    for (size_t i = 0; i < FF_PAIRINGS_MAX; i++) {
        if (all->place[i].code[0] && !all->place[i].is_held && now_ms >= all->place[i].ends_at_ms)
            wipe(&all->place[i]);
    }
}

/* With the lock held: a place for a further browser of this address, or NULL. */
static struct ff_pairing *find_place(struct ff_pairings *all, const char *address)
{
    struct ff_pairing *unused = NULL, *oldest = NULL;
    size_t n = 0;
    for (size_t i = 0; i < FF_PAIRINGS_MAX; i++) {
        struct ff_pairing *p = &all->place[i];
        if (!p->code[0]) {
            unused = p;
        } else if (strcmp(p->address, address) == 0) {
            n++;
            if (!p->is_held && (!oldest || p->serial < oldest->serial))
                oldest = p;
        }
    }
    return n >= FF_PAIRINGS_OF_ADDRESS ? oldest : unused;
}

static struct ff_pairing *showing(struct ff_pairings *all, const char *code)
{
    for (size_t i = 0; i < FF_PAIRINGS_MAX; i++) {
        if (all->place[i].code[0] && strcmp(all->place[i].code, code) == 0)
            return &all->place[i];
    }
    return NULL;
}

bool ff_pairing_begin(struct ff_auth *auth, const char *address, int64_t now_ms,
                      char shown[FF_SHOWN_SHORT_CAP], char secret[FF_SECRET_CAP])
{
    struct ff_pairings *all = &auth->pairings;
    struct ff_pairing made = {.ends_at_ms = now_ms + (int64_t)FF_PAIRING_SECONDS * MS_PER_S};
    snprintf(made.address, sizeof made.address, "%s", address);
    ff_auth_secret(secret);
    ff_auth_token_hash(secret, made.secret);
    pthread_mutex_lock(&all->lock);
    sweep(all, now_ms);
    do
        ff_short_code_make(made.code, shown);
    while (showing(all, made.code));
    made.serial = ++all->begun;
    struct ff_pairing *place = find_place(all, made.address);
    if (place)
        *place = made;
    pthread_mutex_unlock(&all->lock);
    return place != NULL;
}

/* With the lock held. */
static struct ff_pairing *of_secret(struct ff_pairings *all, const char *secret)
{
    unsigned char hash[32];
    ff_auth_token_hash(secret, hash);
    for (size_t i = 0; i < FF_PAIRINGS_MAX; i++) {
        if (all->place[i].code[0] && sodium_memcmp(all->place[i].secret, hash, sizeof hash) == 0)
            return &all->place[i];
    }
    return NULL;
}

enum ff_pairing_state ff_pairing_look(struct ff_auth *auth, const char *secret, int64_t now_ms,
                                      int64_t *left_ms, int64_t *device_id,
                                      char token[FF_SECRET_CAP])
{
    struct ff_pairings *all = &auth->pairings;
    enum ff_pairing_state state = FF_PAIRING_GONE;
    pthread_mutex_lock(&all->lock);
    sweep(all, now_ms);
    struct ff_pairing *p = of_secret(all, secret);
    if (p && p->device_id) {
        state = FF_PAIRING_CONFIRMED;
        *device_id = p->device_id;
        memcpy(token, p->token, FF_SECRET_CAP);
        if (p->ends_at_ms > now_ms + AGAIN_MS)
            p->ends_at_ms = now_ms + AGAIN_MS;
    } else if (p) {
        state = FF_PAIRING_WAITING;
        *left_ms = p->ends_at_ms - now_ms;
    }
    pthread_mutex_unlock(&all->lock);
    return state;
}

int ff_pairing_hold(struct ff_auth *auth, const char *code, int64_t now_ms)
{
    struct ff_pairings *all = &auth->pairings;
    int place = 0;
    pthread_mutex_lock(&all->lock);
    sweep(all, now_ms);
    struct ff_pairing *p = showing(all, code);
    if (p && (p->is_held || p->device_id)) {
        place = -1;
    } else if (p) {
        p->is_held = true;
        place = (int)(p - all->place) + 1;
    }
    pthread_mutex_unlock(&all->lock);
    return place;
}

void ff_pairing_settle(struct ff_auth *auth, int place, int64_t device_id, const char *token)
{
    struct ff_pairings *all = &auth->pairings;
    assert(place > 0 && place <= FF_PAIRINGS_MAX);
    pthread_mutex_lock(&all->lock);
    struct ff_pairing *p = &all->place[place - 1];
    p->is_held = false;
    if (device_id) {
        p->device_id = device_id;
        snprintf(p->token, sizeof p->token, "%s", token);
    }
    pthread_mutex_unlock(&all->lock);
}
