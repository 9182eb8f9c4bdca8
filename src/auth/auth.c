/* SPDX-License-Identifier: MIT */
/* auth.c - one object that holds the keys, the hash slots and the visits of a running program. */
#include "auth/auth.h"

#include <sodium.h>
#include <stdlib.h>

#include "auth/private.h"

/* Two hashes at a time; few may wait, because a waiting sign-in holds a worker. PINs are short
 * work, and a row of kiosks asks at the same minute. */
enum { SLOTS = 2, PASSWORDS_WAITING = 8, PINS_WAITING = 64, WAIT_MS = 2000 };

static enum ff_rc load(struct ff_ctx *cx, const char *data_dir, struct ff_auth *a)
{
    unsigned char master[FF_KEY_BYTES];
    enum ff_rc rc = ff_key_load(cx, data_dir, "badge", a->badge_key);
    if (rc || (rc = ff_key_load(cx, data_dir, "lookup", a->lookup_key)) ||
        (rc = ff_key_load(cx, data_dir, "token", master)))
        return rc;
    rc = ff_token_setup(cx, a, master);
    sodium_memzero(master, sizeof master);
    return rc;
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
    ff_pairings_init(&a->pairings);
    enum ff_rc rc = load(cx, data_dir, a);
    if (rc) {
        ff_auth_free(a);
        return rc;
    }
    *auth = a;
    return FF_OK;
}

void ff_auth_free(struct ff_auth *auth)
{
    if (!auth)
        return;
    ff_pairings_destroy(&auth->pairings);
    ff_visits_destroy(&auth->visits);
    ff_slots_destroy(&auth->pins);
    ff_slots_destroy(&auth->passwords);
    sodium_memzero(auth, sizeof *auth);
    free(auth);
}
