/* SPDX-License-Identifier: MIT */
/* auth.h - keys, hashes, tokens, kiosk sessions: the only place that touches libsodium and libjwt.
 * Knows no database.
 */
#ifndef FF_AUTH_AUTH_H
#define FF_AUTH_AUTH_H

#include "base/ctx.h"

/* Loads the key files of DATA/keys (made with mode 0600 on first use): token signing key, badge
 * key. Each exactly 32 bytes or FF_INTERNAL with the file's name (exit 78). Owned by the caller;
 * free with ff_auth_free. */
FF_MUST_CHECK enum ff_rc ff_auth_open(struct ff_ctx *cx, const char *data_dir,
                                      struct ff_auth **auth);
void ff_auth_free(struct ff_auth *auth);

/* ---- hashing (BLAKE2b) ---- */
struct ff_hash {
    unsigned char opaque[384] __attribute__((aligned(64)));
};
void ff_hash_init(struct ff_hash *h, size_t out_bytes); /* 16 or 32, unkeyed */
void ff_hash_add(struct ff_hash *h, const void *bytes, size_t n);
void ff_hash_u64(struct ff_hash *h, uint64_t big_endian_value);
void ff_hash_text(struct ff_hash *h,
                  const char *text); /* length (u32, big endian) then the bytes */
void ff_hash_final(struct ff_hash *h, void *out);

/* Keyed 32-byte hash of a badge number. */
void ff_auth_badge_hash(const struct ff_auth *auth, const char *badge, unsigned char out[32]);
/* Unkeyed 32-byte hash of a secret token (device token, pairing code, refresh tokenId). */
void ff_auth_token_hash(const char *token, unsigned char out[32]);

/* ---- passwords and PINs ---- */
enum { FF_PASSWORD_HASH_CAP = 128 };
/* Argon2id 64 MiB for passwords, 19 MiB for PINs; at most two at a time of each (PINs have their
 * own slots). FF_BUSY (Retry-After 2) when no slot came free within 2 s. */
FF_MUST_CHECK enum ff_rc ff_password_hash(struct ff_ctx *cx, const char *password,
                                          char out[FF_PASSWORD_HASH_CAP]);
FF_MUST_CHECK enum ff_rc ff_password_verify(struct ff_ctx *cx, const char *hash,
                                            const char *password, bool *ok);
FF_MUST_CHECK enum ff_rc ff_pin_hash(struct ff_ctx *cx, const char *pin,
                                     char out[FF_PASSWORD_HASH_CAP]);
FF_MUST_CHECK enum ff_rc ff_pin_verify(struct ff_ctx *cx, const char *hash, const char *pin,
                                       bool *ok);
/* A hash that nothing matches, for the work of an unknown account. */
const char *ff_password_dummy_hash(void);
const char *ff_pin_dummy_hash(void);

#endif
