/* SPDX-License-Identifier: MIT */
/* password.c - Argon2id for passwords and PINs, each within its own two slots.
 * An unknown account is verified against a hash that nothing matches, so that it takes the same
 * slot and the same time as a known one. */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/private.h"

enum { PASSES = 2, PASSWORD_BYTES = 64 << 20, PIN_BYTES = 19456 << 10 };

_Static_assert((int)FF_PASSWORD_HASH_CAP >= (int)crypto_pwhash_STRBYTES, "a hash fits its room");

static enum ff_rc hash_in(struct ff_ctx *cx, struct ff_slots *slots, size_t memory_bytes,
                          const char *secret, char out[FF_PASSWORD_HASH_CAP])
{
    enum ff_rc rc = ff_slots_take(cx, slots);
    if (rc)
        return rc;
    const int failed = crypto_pwhash_str_alg(out, secret, strlen(secret), PASSES, memory_bytes,
                                             crypto_pwhash_ALG_ARGON2ID13);
    ff_slots_give(slots);
    return failed ? FF_FAIL(cx, FF_INTERNAL, "no memory to hash a secret") : FF_OK;
}

bool ff_password_matches(const char *hash, const char *password)
{
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

static enum ff_rc verify_in(struct ff_ctx *cx, struct ff_slots *slots, const char *hash,
                            const char *secret, bool *ok)
{
    enum ff_rc rc = ff_slots_take(cx, slots);
    if (rc)
        return rc;
    *ok = ff_password_matches(hash, secret);
    ff_slots_give(slots);
    return FF_OK;
}

enum ff_rc ff_password_hash(struct ff_ctx *cx, const char *password, char out[FF_PASSWORD_HASH_CAP])
{
    return hash_in(cx, &cx->auth->passwords, PASSWORD_BYTES, password, out);
}

enum ff_rc ff_password_verify(struct ff_ctx *cx, const char *hash, const char *password, bool *ok)
{
    return verify_in(cx, &cx->auth->passwords, hash, password, ok);
}

enum ff_rc ff_password_slot_take(struct ff_ctx *cx)
{
    return ff_slots_take(cx, &cx->auth->passwords);
}

void ff_password_slot_give(struct ff_ctx *cx)
{
    ff_slots_give(&cx->auth->passwords);
}

enum ff_rc ff_pin_hash(struct ff_ctx *cx, const char *pin, char out[FF_PASSWORD_HASH_CAP])
{
    return hash_in(cx, &cx->auth->pins, PIN_BYTES, pin, out);
}

enum ff_rc ff_pin_verify(struct ff_ctx *cx, const char *hash, const char *pin, bool *ok)
{
    return verify_in(cx, &cx->auth->pins, hash, pin, ok);
}

/* All-zero salt and result: no known input gives it, and the parameters are today's. */
#define NO_SALT   "AAAAAAAAAAAAAAAAAAAAAA"
#define NO_RESULT "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

const char *ff_password_dummy_hash(void)
{
    return "$argon2id$v=19$m=65536,t=2,p=1$" NO_SALT "$" NO_RESULT;
}

const char *ff_pin_dummy_hash(void)
{
    return "$argon2id$v=19$m=19456,t=2,p=1$" NO_SALT "$" NO_RESULT;
}

bool ff_password_is_stale(const char *hash)
{
    return crypto_pwhash_str_needs_rehash(hash, PASSES, PASSWORD_BYTES) != 0;
}
