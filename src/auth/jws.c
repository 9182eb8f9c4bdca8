/* SPDX-License-Identifier: MIT */
/* jws.c - HS256 signatures over header and payload.
 * We write one header per key, always the same bytes, and take no other: that one comparison pins
 * algorithm, type and key, and leaves no member of a foreign header to be parsed.
 *
 * libsodium signs, and a token is good when libsodium and libjwt both say so: neither a hole in one
 * nor a change of the other lets a forgery in. libjwt's own decoder knows no type but "JWT", so its
 * verifier is called with the algorithm set by us; it takes any signature when the key is empty,
 * hence the assertions and the proof in ff_jws_setup.
 * Source: security.md S17-S22, library-traps.md F3, decision 0007. */
#include "auth/jws.h"

#include <assert.h>
#include <jwt.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "auth/shape.h"
#include "auth/token.h"

/* Exported by libjwt.so.0, but not declared in its header. 0: `signature` (base64url) fits. */
int jwt_verify_sha_hmac(jwt_t *jwt, const char *signed_part, const char *signature);

enum { B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

_Static_assert(FF_KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES, "HS256 with a whole key");
_Static_assert(FF_KEY_BYTES == crypto_kdf_KEYBYTES, "a key derives keys");

static enum ff_rc refuse(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_TOKEN_INVALID, "The token is not valid.");
}

/* The opinion of libsodium, which also signs. */
static bool sodium_agrees(const struct ff_signer *signer, const char *signed_part,
                          const char *signature)
{
    char mac[FF_SIGNATURE_CHARS + 1];
    size_t n;
    return ff_token_decode(signature, FF_SIGNATURE_CHARS, mac, &n) &&
           n == crypto_auth_hmacsha256_BYTES &&
           crypto_auth_hmacsha256_verify((const unsigned char *)mac,
                                         (const unsigned char *)signed_part, strlen(signed_part),
                                         signer->key) == 0;
}

static bool libjwt_agrees(const struct ff_signer *signer, const char *signed_part,
                          const char *signature)
{
    jwt_t *jwt = NULL;
    const int key_bytes = sizeof signer->key;
    assert(key_bytes == 32 && !sodium_is_zero(signer->key, sizeof signer->key));
    if (jwt_new(&jwt))
        return false;
    const bool fits = jwt_set_alg(jwt, JWT_ALG_HS256, signer->key, key_bytes) == 0 &&
                      jwt_verify_sha_hmac(jwt, signed_part, signature) == 0 &&
                      jwt_get_alg(jwt) == JWT_ALG_HS256;
    jwt_free(jwt);
    return fits;
}

enum ff_rc ff_jws_sign(struct ff_ctx *cx, const struct ff_signer *signer, const char *payload,
                       size_t n, const char **token)
{
    const size_t head = strlen(signer->header);
    const size_t size = head + 1 + sodium_base64_ENCODED_LEN(n, B64) + 1 + FF_SIGNATURE_CHARS;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char *text = ff_alloc(cx, size);
    if (!text)
        return cx->err.rc;
    memcpy(text, signer->header, head);
    text[head] = '.';
    sodium_bin2base64(text + head + 1, size - head - 1, (const unsigned char *)payload, n, B64);
    const size_t signed_bytes = strlen(text);
    crypto_auth_hmacsha256(mac, (const unsigned char *)text, signed_bytes, signer->key);
    text[signed_bytes] = '.';
    sodium_bin2base64(text + signed_bytes + 1, size - signed_bytes - 1, mac, sizeof mac, B64);
    *token = text;
    return FF_OK;
}

/* ---- reading ---- */

/* A token in its parts, in the arena: what was signed, the signature, what was said. */
struct parts {
    const char *signed_part, *signature;
    char *payload;
    size_t payload_len;
};

/* Our header, a payload, a signature. */
static enum ff_rc split(struct ff_ctx *cx, const struct ff_signer *signer, const char *token,
                        struct parts *parts)
{
    struct ff_token_shape shape;
    const size_t head = strlen(signer->header);
    if (!ff_token_shape(token, &shape) || shape.header != head ||
        memcmp(token, signer->header, head) != 0)
        return refuse(cx);
    const size_t signed_bytes = head + 1 + shape.payload;
    char *copy = ff_alloc(cx, signed_bytes + 1 + FF_SIGNATURE_CHARS + 1);
    parts->payload = ff_alloc(cx, shape.payload + 1);
    if (!copy || !parts->payload)
        return cx->err.rc;
    if (!ff_token_decode(token + head + 1, shape.payload, parts->payload, &parts->payload_len))
        return refuse(cx);
    memcpy(copy, token, signed_bytes + 1 + FF_SIGNATURE_CHARS + 1);
    copy[signed_bytes] = '\0';
    parts->signed_part = copy;
    parts->signature = copy + signed_bytes + 1;
    return FF_OK;
}

enum ff_rc ff_jws_open(struct ff_ctx *cx, const struct ff_signer *signer, const char *token,
                       const char **payload, size_t *n)
{
    struct parts parts = {0};
    enum ff_rc rc = split(cx, signer, token, &parts);
    if (rc)
        return rc;
    if (!sodium_agrees(signer, parts.signed_part, parts.signature) ||
        !libjwt_agrees(signer, parts.signed_part, parts.signature))
        return refuse(cx);
    *payload = parts.payload;
    *n = parts.payload_len;
    return FF_OK;
}

/* What `agrees` is told apart from one that takes everything, and from one that takes nothing. */
static bool proves(const struct ff_signer *signer,
                   bool (*agrees)(const struct ff_signer *, const char *, const char *),
                   const char *signed_part, const char *signature)
{
    struct ff_signer other = *signer;
    other.key[0] ^= 1;
    const bool proven =
        agrees(signer, signed_part, signature) && !agrees(&other, signed_part, signature);
    sodium_memzero(&other, sizeof other);
    return proven;
}

static enum ff_rc prove(struct ff_ctx *cx, const struct ff_signer *signer)
{
    struct parts parts;
    const char *token;
    enum ff_rc rc = ff_jws_sign(cx, signer, "{}", 2, &token);
    if (rc || (rc = split(cx, signer, token, &parts)))
        return rc;
    if (proves(signer, sodium_agrees, parts.signed_part, parts.signature) &&
        proves(signer, libjwt_agrees, parts.signed_part, parts.signature))
        return FF_OK;
    return FF_FAIL(cx, FF_INTERNAL, "The token library does not verify signatures.");
}

/* The id that a derived key had before there was a ring. */
static void own_id(const struct ff_signer *signer, const char *type, char kid[FF_KID_CAP])
{
    unsigned char id[crypto_generichash_BYTES_MIN];
    crypto_generichash(id, sizeof id, (const unsigned char *)type, strlen(type), signer->key,
                       sizeof signer->key);
    ff_hex(id, (FF_KID_CAP - 1) / 2, kid);
}

enum ff_rc ff_jws_setup(struct ff_ctx *cx, struct ff_signer *signer,
                        const unsigned char master[FF_KEY_BYTES], uint64_t number, const char *type,
                        const char *kid)
{
    char own[FF_KID_CAP], json[FF_JOSE_CAP];
    crypto_kdf_derive_from_key(signer->key, sizeof signer->key, number, FF_KEY_CONTEXT, master);
    own_id(signer, type, own);
    snprintf(json, sizeof json, "{\"alg\":\"HS256\",\"typ\":\"%s\",\"kid\":\"%s\"}", type,
             kid ? kid : own);
    sodium_bin2base64(signer->header, sizeof signer->header, (const unsigned char *)json,
                      strlen(json), B64);
    return prove(cx, signer);
}
