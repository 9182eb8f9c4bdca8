/* SPDX-License-Identifier: MIT */
/* jws.c - HS256 signatures over header and payload.
 * We write one header per key, always the same bytes, and take no other: that one comparison pins
 * algorithm, type and key, and leaves no member of a foreign header to be parsed.
 *
 * libjwt verifies, libsodium signs. libjwt's own encoder and decoder know no type but "JWT" (its
 * decoder refuses "at+jwt"), so its verifier is called with the algorithm set by us; it takes any
 * signature when the key is empty, hence the assertions and the proof in ff_jws_setup.
 * Source: security.md S17-S22, library-traps.md F3. */
#include "auth/jws.h"

#include <assert.h>
#include <jwt.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "auth/token.h"

/* Exported by libjwt.so.0, but not declared in its header. 0: `signature` (base64url) fits. */
int jwt_verify_sha_hmac(jwt_t *jwt, const char *signed_part, const char *signature);

enum { B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING, SIGNATURE_CHARS = 43 };

_Static_assert(FF_KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES, "HS256 with a whole key");
_Static_assert(FF_KEY_BYTES == crypto_kdf_KEYBYTES, "a key derives keys");

static enum ff_rc refuse(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_TOKEN_INVALID, "The token is not valid.");
}

static bool signature_fits(const struct ff_signer *signer, const char *signed_part,
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
    const size_t size = head + 1 + sodium_base64_ENCODED_LEN(n, B64) + 1 + SIGNATURE_CHARS;
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

/* Six bits of a base64url character, or -1. Plain branches: what a token says is no secret, and
 * libsodium's own decoder takes care at the cost of a third of the whole verification. */
static int bits_of(char c)
{
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

/* Decodes `chars` characters into *n bytes and a NUL. False for a foreign character, for a length
 * that no bytes have, and when bits are left over that are not zero. */
static bool decode(const char *text, size_t chars, char *out, size_t *n)
{
    unsigned held = 0, n_bits = 0;
    *n = 0;
    for (size_t i = 0; i < chars; i++) {
        const int bits = bits_of(text[i]);
        if (bits < 0)
            return false;
        held = held << 6 | (unsigned)bits;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[(*n)++] = (char)(held >> n_bits);
            held &= (1U << n_bits) - 1;
        }
    }
    out[*n] = '\0';
    return n_bits < 6 && held == 0;
}

/* A token in its parts, in the arena: what was signed, the signature, what was said. */
struct parts {
    const char *signed_part, *signature;
    char *payload;
    size_t payload_len;
};

/* Our header, a dot, a payload, a dot, 43 characters of signature; nothing else. */
static enum ff_rc split(struct ff_ctx *cx, const struct ff_signer *signer, const char *token,
                        struct parts *parts)
{
    const size_t head = strlen(signer->header), n = strnlen(token, FF_TOKEN_BYTES + 1);
    if (n > FF_TOKEN_BYTES || n <= head + 1 + 1 + SIGNATURE_CHARS ||
        memcmp(token, signer->header, head) != 0 || token[head] != '.' ||
        token[n - SIGNATURE_CHARS - 1] != '.')
        return refuse(cx);
    const size_t chars = n - SIGNATURE_CHARS - 1 - head - 1;
    char *copy = ff_alloc(cx, n + 1);
    parts->payload = ff_alloc(cx, chars + 1);
    if (!copy || !parts->payload)
        return cx->err.rc;
    if (!decode(token + head + 1, chars, parts->payload, &parts->payload_len))
        return refuse(cx);
    memcpy(copy, token, n);
    copy[n - SIGNATURE_CHARS - 1] = '\0';
    parts->signed_part = copy;
    parts->signature = copy + n - SIGNATURE_CHARS;
    return FF_OK;
}

enum ff_rc ff_jws_open(struct ff_ctx *cx, const struct ff_signer *signer, const char *token,
                       const char **payload, size_t *n)
{
    struct parts parts = {0};
    enum ff_rc rc = split(cx, signer, token, &parts);
    if (rc)
        return rc;
    if (!signature_fits(signer, parts.signed_part, parts.signature))
        return refuse(cx);
    *payload = parts.payload;
    *n = parts.payload_len;
    return FF_OK;
}

/* The verifier is told apart from one that takes everything, and from one that takes nothing. */
static enum ff_rc prove(struct ff_ctx *cx, const struct ff_signer *signer)
{
    struct ff_signer other = *signer;
    const char *token, *payload;
    size_t n;
    other.key[0] ^= 1;
    const bool proven = ff_jws_sign(cx, signer, "{}", 2, &token) == FF_OK &&
                        ff_jws_open(cx, signer, token, &payload, &n) == FF_OK &&
                        ff_jws_open(cx, &other, token, &payload, &n) == FF_TOKEN_INVALID;
    sodium_memzero(&other, sizeof other);
    ff_err_clear(cx);
    return proven ? FF_OK
                  : FF_FAIL(cx, FF_INTERNAL, "The token library does not verify signatures.");
}

enum ff_rc ff_jws_setup(struct ff_ctx *cx, struct ff_signer *signer,
                        const unsigned char master[FF_KEY_BYTES], uint64_t number, const char *type)
{
    unsigned char id[crypto_generichash_BYTES_MIN];
    char kid[FF_KID_CAP], json[FF_JOSE_CAP];
    crypto_kdf_derive_from_key(signer->key, sizeof signer->key, number, "fftokens", master);
    crypto_generichash(id, sizeof id, (const unsigned char *)type, strlen(type), signer->key,
                       sizeof signer->key);
    ff_hex(id, (FF_KID_CAP - 1) / 2, kid);
    snprintf(json, sizeof json, "{\"alg\":\"HS256\",\"typ\":\"%s\",\"kid\":\"%s\"}", type, kid);
    sodium_bin2base64(signer->header, sizeof signer->header, (const unsigned char *)json,
                      strlen(json), B64);
    return prove(cx, signer);
}
