/* SPDX-License-Identifier: MIT */
/* auth.c - one object that holds the keys, the hash slots and the visits of a running program. */
#include "auth/auth.h"

#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/private.h"
#include "auth/token.h"

/* Two hashes at a time; few may wait, because a waiting sign-in holds a worker. PINs are short
 * work, and a row of kiosks asks at the same minute. */
enum { SLOTS = 2, PASSWORDS_WAITING = 8, PINS_WAITING = 64, WAIT_MS = 2000 };

static enum ff_rc load(struct ff_ctx *cx, const char *data_dir, struct ff_auth *a)
{
    int folder = -1;
    enum ff_rc rc = ff_keyfile_folder(cx, data_dir, &folder);
    if (rc)
        return rc;
    if ((rc = ff_keyfile_load(cx, folder, "badge.key", a->badge_key)) ||
        (rc = ff_keyfile_load(cx, folder, "lookup.key", a->lookup_key)) ||
        (rc = ff_keyfile_load(cx, folder, "audit.key", a->audit_key))) {
        close(folder);
        return rc;
    }
    return ff_ring_load(cx, a, folder);
}

enum ff_rc ff_auth_open(struct ff_ctx *cx, const char *data_dir, struct ff_auth **auth)
{
    *auth = NULL;
    struct ff_auth *a = calloc(1, sizeof *a);
    if (!a || sodium_init() < 0) {
        free(a);
        return FF_FAIL(cx, FF_INTERNAL, "no memory for keys");
    }
    ff_slots_init(&a->passwords, SLOTS, PASSWORDS_WAITING, WAIT_MS);
    ff_slots_init(&a->pins, SLOTS, PINS_WAITING, WAIT_MS);
    ff_visits_init(&a->visits);
    ff_proven_init(&a->proven);
    ff_callers_init(&a->callers);
    ff_pairings_init(&a->pairings);
    ff_ring_init(&a->ring);
    ff_auth_set_lifetimes(a, FF_ACCESS_SECONDS, FF_REFRESH_SECONDS);
    enum ff_rc rc = load(cx, data_dir, a);
    if (rc) {
        ff_auth_free(a);
        return rc;
    }
    *auth = a;
    return FF_OK;
}

void ff_auth_set_lifetimes(struct ff_auth *auth, int64_t access_s, int64_t refresh_s)
{
    auth->access_s = access_s;
    auth->refresh_s = refresh_s;
}

int64_t ff_auth_access_seconds(const struct ff_auth *auth)
{
    return auth->access_s;
}

int64_t ff_auth_refresh_seconds(const struct ff_auth *auth)
{
    return auth->refresh_s;
}

void ff_auth_free(struct ff_auth *auth)
{
    if (!auth)
        return;
    ff_pairings_destroy(&auth->pairings);
    ff_ring_destroy(&auth->ring);
    ff_visits_destroy(&auth->visits);
    ff_callers_destroy(&auth->callers);
    ff_proven_destroy(&auth->proven);
    ff_slots_destroy(&auth->pins);
    ff_slots_destroy(&auth->passwords);
    sodium_memzero(auth, sizeof *auth);
    free(auth);
}
