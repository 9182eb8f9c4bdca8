/* SPDX-License-Identifier: MIT */
/* hash.c - BLAKE2b: streamed for the ledger's chain, at once for badges and secret tokens. */
#include <sodium.h>
#include <string.h>

#include "auth/private.h"

_Static_assert(sizeof((struct ff_hash *)0)->opaque >= sizeof(crypto_generichash_state),
               "the state fits its room");

static crypto_generichash_state *state_of(struct ff_hash *h)
{
    return (crypto_generichash_state *)(void *)h->opaque;
}

void ff_hash_init(struct ff_hash *h, size_t out_bytes)
{
    h->out_bytes = out_bytes;
    crypto_generichash_init(state_of(h), NULL, 0, out_bytes);
}

void ff_hash_init_audit(struct ff_hash *h, const struct ff_auth *auth)
{
    h->out_bytes = 32;
    crypto_generichash_init(state_of(h), auth->audit_key, sizeof auth->audit_key, h->out_bytes);
}

void ff_hash_add(struct ff_hash *h, const void *bytes, size_t n)
{
    crypto_generichash_update(state_of(h), bytes, n);
}

static void add_big_endian(struct ff_hash *h, uint64_t value, int n_bytes)
{
    unsigned char bytes[8];
    for (int i = 0; i < n_bytes; i++)
        bytes[i] = (unsigned char)(value >> (8 * (n_bytes - 1 - i)));
    ff_hash_add(h, bytes, (size_t)n_bytes);
}

void ff_hash_u64(struct ff_hash *h, uint64_t value)
{
    add_big_endian(h, value, 8);
}

void ff_hash_text(struct ff_hash *h, const char *text)
{
    const size_t n = strlen(text);
    add_big_endian(h, n, 4);
    ff_hash_add(h, text, n);
}

void ff_hash_final(struct ff_hash *h, void *out)
{
    crypto_generichash_final(state_of(h), out, h->out_bytes);
}

void ff_auth_badge_hash(const struct ff_auth *auth, const char *badge, unsigned char out[32])
{
    crypto_generichash(out, 32, (const unsigned char *)badge, strlen(badge), auth->badge_key,
                       sizeof auth->badge_key);
}

void ff_auth_lookup_hash(const struct ff_auth *auth, const char *use, const char *text,
                         unsigned char out[32])
{
    struct ff_hash h = {.out_bytes = 32};
    crypto_generichash_init(state_of(&h), auth->lookup_key, sizeof auth->lookup_key, 32);
    ff_hash_text(&h, use);
    ff_hash_text(&h, text);
    ff_hash_final(&h, out);
}

void ff_auth_generation_id(const struct ff_auth *auth, const unsigned char family[FF_FAMILY_BYTES],
                           int64_t generation, char out[FF_SECRET_CAP])
{
    unsigned char said[FF_FAMILY_BYTES + 8], id[32];
    memcpy(said, family, FF_FAMILY_BYTES);
    for (size_t i = 0; i < 8; i++)
        said[FF_FAMILY_BYTES + i] = (unsigned char)((uint64_t)generation >> (8 * (7 - i)));
    crypto_generichash(id, sizeof id, said, sizeof said, auth->family_key, sizeof auth->family_key);
    ff_b64url(id, sizeof id, out);
    sodium_memzero(id, sizeof id);
}

void ff_auth_token_hash(const char *token, unsigned char out[32])
{
    crypto_generichash(out, 32, (const unsigned char *)token, strlen(token), NULL, 0);
}

void ff_auth_secret(char out[FF_SECRET_CAP])
{
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    ff_b64url(bytes, sizeof bytes, out);
    sodium_memzero(bytes, sizeof bytes);
}
