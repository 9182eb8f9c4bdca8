/* SPDX-License-Identifier: MIT */
/* ring.h - the signing keys in memory: the newest signs, the older ones verify until the longest
 * token they signed has run out. Files of src/auth only; keyring.h is what others see. */
#ifndef FF_AUTH_RING_H
#define FF_AUTH_RING_H

#include <pthread.h>

#include "auth/keyfile.h"
#include "auth/keyring.h"

enum { FF_JOSE_CAP = 96 };

/* One kind of token under one key: its own key, and its header as it stands in front of each. */
struct ff_signer {
    unsigned char key[FF_KEY_BYTES];
    char header[FF_JOSE_CAP];
    char issuer[FF_KID_CAP]; /* this installation, 16 hex digits */
};

enum ff_token_kind { FF_TOKEN_ACCESS, FF_TOKEN_REFRESH, FF_TOKEN_KINDS };

struct ff_ring_key {
    char kid[FF_KID_CAP];
    char file[FF_KEY_FILE_CAP];
    int64_t made_s; /* UTC; 0: from before there was a ring */
    struct ff_signer signer[FF_TOKEN_KINDS];
};

struct ff_ring {
    pthread_mutex_t change;               /* held while files and `keys` change */
    pthread_rwlock_t lock;                /* guards `keys` and `n` */
    struct ff_ring_key keys[FF_RING_MAX]; /* oldest first */
    size_t n;
    char issuer[FF_KID_CAP];
    int folder; /* DATA/keys */
};

/* Prepares an empty ring, and wipes one. */
void ff_ring_init(struct ff_ring *ring);
void ff_ring_destroy(struct ff_ring *ring);

/* Reads the keys of DATA/keys into the ring; makes the first one when there is none. FF_INTERNAL
 * for a file that is no key, whose name does not fit its content, or one too many. */
FF_MUST_CHECK enum ff_rc ff_ring_load(struct ff_ctx *cx, struct ff_auth *auth, int folder);

/* Derives the two signers of a key and proves that they verify. */
FF_MUST_CHECK enum ff_rc ff_ring_derive(struct ff_ctx *cx, const struct ff_ring *ring,
                                        const unsigned char master[FF_KEY_BYTES],
                                        struct ff_ring_key *key);

/* The signer of today, copied. Wipe it after use. */
void ff_ring_newest(struct ff_ctx *cx, enum ff_token_kind kind, struct ff_signer *signer);

/* The signer whose header stands in front of `token`, copied, if its key may still verify this
 * kind. False: none of ours. Wipe it after use. */
bool ff_ring_find(struct ff_ctx *cx, enum ff_token_kind kind, const char *token,
                  struct ff_signer *signer);
/* The same, when the signer itself is not needed. */
bool ff_ring_knows(struct ff_ctx *cx, enum ff_token_kind kind, const char *token);

#endif
