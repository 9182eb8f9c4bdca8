/* SPDX-License-Identifier: MIT */
/* pairing.h - browsers that want to be kiosks: each shows a code on its screen and waits until an
 * administrator has confirmed it. In the server's memory, for ten minutes, bounded in number and
 * for each address: asking writes nothing. Source: api.md "kiosk", decision 0002. */
#ifndef FF_AUTH_PAIRING_H
#define FF_AUTH_PAIRING_H

#include <pthread.h>

#include "auth/auth.h"
#include "base/typed_code.h"

enum { FF_PAIRINGS_MAX = 64, FF_PAIRINGS_OF_ADDRESS = 4, FF_PAIRING_SECONDS = 600 };

struct ff_pairing {
    char code[FF_SHORT_CODE_CAP]; /* "": the place is unused */
    unsigned char secret[32];     /* hash of what the page keeps; no two are alike */
    char address[46];             /* where it was asked from */
    int64_t ends_at_ms;           /* of the monotonic clock */
    uint64_t serial;              /* the lowest is the oldest */
    int64_t device_id;            /* 0: not confirmed yet */
    bool is_held;                 /* being confirmed at this moment */
    char token[FF_SECRET_CAP];    /* the device's, once confirmed, until it was fetched */
};

struct ff_pairings {
    pthread_mutex_t lock; /* guards all below */
    uint64_t begun;
    struct ff_pairing place[FF_PAIRINGS_MAX];
};

/* Prepares an empty table, and ends it. */
void ff_pairings_init(struct ff_pairings *pairings);
void ff_pairings_destroy(struct ff_pairings *pairings);

/* Begins to wait: the code to show, and the secret that only the page knows. A further one of an
 * address takes the place of its oldest. False when all places are in use. `now_ms` is monotonic
 * here and below. */
bool ff_pairing_begin(struct ff_auth *auth, const char *address, int64_t now_ms,
                      char shown[FF_SHOWN_SHORT_CAP], char secret[FF_SECRET_CAP]);

enum ff_pairing_state { FF_PAIRING_GONE, FF_PAIRING_WAITING, FF_PAIRING_CONFIRMED };

/* How it stands. Confirmed: *device_id and its token; what was fetched once stays for another
 * minute, for a reply that got lost. Waiting: *left_ms until it ends. */
enum ff_pairing_state ff_pairing_look(struct ff_auth *auth, const char *secret, int64_t now_ms,
                                      int64_t *left_ms, int64_t *device_id,
                                      char token[FF_SECRET_CAP]);

/* Finds the place that shows `code` (as read by ff_short_code_read) and holds it, so that nobody
 * else confirms it meanwhile. 0: no screen shows this code; -1: it is confirmed already. Each held
 * place is settled. */
int ff_pairing_hold(struct ff_auth *auth, const char *code, int64_t now_ms);

/* Ends the holding: confirmed as this device with this token, or with device_id 0 as before. */
void ff_pairing_settle(struct ff_auth *auth, int place, int64_t device_id, const char *token);

#endif
