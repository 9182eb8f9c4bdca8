/* SPDX-License-Identifier: MIT */
/* signing_key.h - the keys that sign tokens: looked at, rotated, revoked; on the record. */
#ifndef FF_DOMAIN_IDENTITY_SIGNING_KEY_H
#define FF_DOMAIN_IDENTITY_SIGNING_KEY_H

#include "base/ctx.h"
#include "json/schema.h"

struct ff_key_view {
    const char *kid;
    int64_t signs;
    int64_t made_at;                     /* FF_NULL_INT: before there was a ring */
    int64_t retired_at;                  /* FF_NULL_INT: it signs */
    int64_t access_until, refresh_until; /* how long it verifies; FF_NULL_INT: it signs */
};

/* All keys, oldest first; list of struct ff_key_view. */
FF_MUST_CHECK enum ff_rc ff_key_list(struct ff_ctx *cx, struct ff_list *out);

/* A new key signs from now on; nobody is signed out. FF_IN_USE: see ff_keyring_rotate. */
FF_MUST_CHECK enum ff_rc ff_key_rotate(struct ff_ctx *cx, struct ff_key_view *out);

/* Removes a key at once and ends all sessions signed with it. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_key_revoke(struct ff_ctx *cx, const char *kid);

/* Housekeeping of a server, now and then: removes keys that are out of use, and rotates when the
 * newest is 90 days old. */
FF_MUST_CHECK enum ff_rc ff_key_tend(struct ff_ctx *cx);

#endif
