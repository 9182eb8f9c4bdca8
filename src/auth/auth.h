/* SPDX-License-Identifier: MIT */
/* auth.h - keys, hashes, passwords and PINs: with token.h and visit.h the only place that touches
 * libsodium and libjwt. Knows no database and no rules about people. */
#ifndef FF_AUTH_AUTH_H
#define FF_AUTH_AUTH_H

#include "base/ctx.h"
#include "base/version.h"

/* Loads the key files of DATA/keys (made with mode 0600 on first use): the ring of signing keys,
 * the installation's key, the badge key, the lookup key, the audit key. FF_INTERNAL with the file's
 * name (exit 78) unless each is a regular file of this user, closed to everybody else, of exactly
 * 32 bytes. Owned by the caller; free with ff_auth_free. */
FF_MUST_CHECK enum ff_rc ff_auth_open(struct ff_ctx *cx, const char *data_dir,
                                      struct ff_auth **auth);
/* How long tokens signed from now on live, in seconds: the access token, and a session however
 * often it is refreshed. 15 minutes and 7 days unless said otherwise. */
void ff_auth_set_lifetimes(struct ff_auth *auth, int64_t access_s, int64_t refresh_s);
int64_t ff_auth_access_seconds(const struct ff_auth *auth);
int64_t ff_auth_refresh_seconds(const struct ff_auth *auth);

/* Wipes the keys. NULL is allowed. */
void ff_auth_free(struct ff_auth *auth);

/* ---- hashing (BLAKE2b) ---- */
struct ff_hash {
    unsigned char opaque[384] __attribute__((aligned(64)));
    size_t out_bytes;
};
void ff_hash_init(struct ff_hash *h, size_t out_bytes); /* 16 or 32, unkeyed */
/* 32 bytes, keyed with the audit key: nobody without it can make or change a row of the record. */
void ff_hash_init_audit(struct ff_hash *h, const struct ff_auth *auth);
void ff_hash_add(struct ff_hash *h, const void *bytes, size_t n);
void ff_hash_u64(struct ff_hash *h, uint64_t value); /* its 8 bytes, big endian */
/* Length (u32, big endian), then the bytes. */
void ff_hash_text(struct ff_hash *h, const char *text);
void ff_hash_final(struct ff_hash *h, void *out); /* out_bytes bytes */

/* Keyed 32-byte hash of a badge number. */
void ff_auth_badge_hash(const struct ff_auth *auth, const char *badge, unsigned char out[32]);
/* Keyed 32-byte hash by which a `text` is found again without being kept: the name of a failed
 * attempt, a one-time code. Equal texts of different `use` (a literal) have different hashes. */
void ff_auth_lookup_hash(const struct ff_auth *auth, const char *use, const char *text,
                         unsigned char out[32]);
/* Unkeyed 32-byte hash of a secret token (device token, pairing code, refresh tokenId). */
void ff_auth_token_hash(const char *token, unsigned char out[32]);

/* The secret token id of one generation of a family of refresh tokens: a keyed hash, so that the
 * same successor can be given twice and no token need be kept. */
enum { FF_SECRET_CAP = 44, FF_FAMILY_BYTES = 16 };
void ff_auth_generation_id(const struct ff_auth *auth, const unsigned char family[FF_FAMILY_BYTES],
                           int64_t generation, char out[FF_SECRET_CAP]);

/* ---- sealing (XChaCha20-Poly1305): readable only with the key, and whole or not at all ---- */
enum { FF_SEAL_KEY_BYTES = 32, FF_SEAL_EXTRA_BYTES = 24 + 16 };
void ff_seal_key(unsigned char key[FF_SEAL_KEY_BYTES]); /* a fresh one */
/* Writes n + FF_SEAL_EXTRA_BYTES bytes. */
void ff_seal(const unsigned char key[FF_SEAL_KEY_BYTES], const void *plain, size_t n, void *out);
/* The way back, n - FF_SEAL_EXTRA_BYTES bytes; false for another key or any change. */
bool ff_unseal(const unsigned char key[FF_SEAL_KEY_BYTES], const void *sealed, size_t n, void *out);
/* Overwrites what the optimiser would leave. */
void ff_wipe(void *bytes, size_t n);

/* A new secret of 32 random bytes, as base64url text. */
void ff_auth_secret(char out[FF_SECRET_CAP]);

/* ---- passwords and PINs ---- */
enum { FF_PASSWORD_HASH_CAP = 128 };
/* Argon2id 64 MiB for passwords, 19 MiB for PINs (two passes each); at most two at a time of each
 * (PINs have their own slots). FF_BUSY (Retry-After 2) when no slot came free within 2 s or too
 * many wait already. Source: security.md S1, S2, S11. */
FF_MUST_CHECK enum ff_rc ff_password_hash(struct ff_ctx *cx, const char *password,
                                          char out[FF_PASSWORD_HASH_CAP]);
FF_MUST_CHECK enum ff_rc ff_password_verify(struct ff_ctx *cx, const char *hash,
                                            const char *password, bool *ok);
/* The same in steps, for who must decide nothing before there is a slot: take one (FF_BUSY),
 * verify, give it back. */
FF_MUST_CHECK enum ff_rc ff_password_slot_take(struct ff_ctx *cx);
bool ff_password_matches(const char *hash, const char *password);
void ff_password_slot_give(struct ff_ctx *cx);
FF_MUST_CHECK enum ff_rc ff_pin_hash(struct ff_ctx *cx, const char *pin,
                                     char out[FF_PASSWORD_HASH_CAP]);
FF_MUST_CHECK enum ff_rc ff_pin_verify(struct ff_ctx *cx, const char *hash, const char *pin,
                                       bool *ok);
/* A hash that nothing matches, for the work of an unknown account. */
const char *ff_password_dummy_hash(void);
const char *ff_pin_dummy_hash(void);
/* True when a password's hash was made with other parameters than today's. */
bool ff_password_is_stale(const char *hash);

/* libsodium. */
struct ff_library ff_auth_library(void);

#endif
