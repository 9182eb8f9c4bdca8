/* SPDX-License-Identifier: MIT */
/* keyring.h - the signing keys of tokens as an operator sees them: at most three, each 32 bytes in
 * a file of DATA/keys whose name tells when it was made and which id it has.
 *
 * The newest key signs. An older one verifies access tokens for a minute longer than they live (16
 * minutes by default), so that nobody notices a rotation; and refresh tokens for as long as a
 * session lives, because a device that sleeps for six days comes back with one. Each refresh is
 * answered with tokens of the newest key. When the last token that a key may have signed has run
 * out it is overwritten and removed. Source: security.md S18-S20. */
#ifndef FF_AUTH_KEYRING_H
#define FF_AUTH_KEYRING_H

#include "base/ctx.h"

enum { FF_RING_MAX = 3, FF_KID_CAP = 17, FF_KEY_DAYS = 90 };

struct ff_signing_key {
    char kid[FF_KID_CAP]; /* 16 hex digits: what a token's header names */
    bool signs;
    int64_t made_at_ms;                        /* 0: before there was a ring */
    int64_t retired_at_ms;                     /* when it was superseded; 0 while it signs */
    int64_t access_until_ms, refresh_until_ms; /* how long it verifies; 0 while it signs */
};

/* The keys, oldest first; the number of them. */
size_t ff_keyring_list(struct ff_ctx *cx, struct ff_signing_key keys[FF_RING_MAX]);

/* Id of the key that signs now. */
void ff_keyring_kid(struct ff_ctx *cx, char kid[FF_KID_CAP]);

/* Makes a new key, which signs from now on. FF_IN_USE when all three places are taken by keys that
 * still have tokens out; FF_INTERNAL when it cannot be written. */
FF_MUST_CHECK enum ff_rc ff_keyring_rotate(struct ff_ctx *cx, struct ff_signing_key *made);

/* Removes a key at once: no token that it signed is good any more. If it was the one that signs, a
 * new one takes its place. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_keyring_revoke(struct ff_ctx *cx, const char *kid);

/* Removes the keys whose last token has run out. *due: the newest is older than 90 days and there
 * is a place for another. */
FF_MUST_CHECK enum ff_rc ff_keyring_sweep(struct ff_ctx *cx, bool *due);

#endif
