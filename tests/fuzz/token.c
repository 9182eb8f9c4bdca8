/* SPDX-License-Identifier: MIT */
/* token.c - tokens under a key that is always the same. The first byte says what the rest is: the
 * token itself, or (a, r) the payload of an access or a refresh token that we sign, so that the
 * claims are reached. Nothing that we have not signed is ever taken. */
#include "auth/token.h"
#include "auth/jws.h"
#include "auth/private.h"
#include "auth/shape.h"
#include "fuzz.h"

#include <sodium.h>

static struct ff_auth *key_ring(struct ff_ctx *cx)
{
    static struct ff_auth *auth;
    static const unsigned char master[FF_KEY_BYTES] = "a key for fuzzing, 32 bytes long";
    if (auth)
        return auth;
    auth = calloc(1, sizeof *auth);
    FF_PROMISE(auth && sodium_init() >= 0);
    ff_ring_init(&auth->ring);
    auth->access_s = FF_ACCESS_SECONDS;
    auth->refresh_s = FF_REFRESH_SECONDS;
    memcpy(auth->ring.issuer, "0123456789abcdef", FF_KID_CAP);
    struct ff_ring_key *key = &auth->ring.keys[0];
    memcpy(key->kid, "fedcba9876543210", FF_KID_CAP);
    FF_PROMISE(ff_ring_derive(cx, &auth->ring, master, key) == FF_OK);
    auth->ring.n = 1;
    return auth;
}

static void check_taken(const struct ff_access *access, const struct ff_refresh *refresh)
{
    if (access)
        FF_PROMISE(access->user_id > 0 && access->session_id > 0 && access->version >= 0 &&
                   access->email && access->role);
    if (refresh)
        FF_PROMISE(refresh->user_id > 0 && refresh->session_id > 0 && refresh->generation >= 0 &&
                   refresh->token_id && *refresh->token_id);
}

static void check_rc(enum ff_rc rc)
{
    FF_PROMISE(rc == FF_OK || rc == FF_TOKEN_INVALID || rc == FF_TOKEN_EXPIRED);
}

/* From somebody without the key: never taken, not even as expired. */
static void check_foreign(struct ff_ctx *cx, const char *token)
{
    struct ff_access access;
    struct ff_refresh refresh;
    struct ff_token_shape shape;
    FF_PROMISE(ff_access_read(cx, token, &access) == FF_TOKEN_INVALID);
    ff_err_clear(cx);
    FF_PROMISE(ff_refresh_read(cx, token, &refresh) == FF_TOKEN_INVALID);
    if (ff_token_shape(token, &shape))
        FF_PROMISE(shape.header && shape.payload && strlen(token) <= FF_TOKEN_BYTES);
}

static void check_payload(struct ff_ctx *cx, enum ff_token_kind kind, const char *payload, size_t n)
{
    struct ff_access access;
    struct ff_refresh refresh;
    const char *token;
    bool is_access = kind == FF_TOKEN_ACCESS;
    FF_PROMISE(ff_jws_sign(cx, &cx->auth->ring.keys[0].signer[kind], payload, n, &token) == FF_OK);
    enum ff_rc rc =
        is_access ? ff_access_read(cx, token, &access) : ff_refresh_read(cx, token, &refresh);
    check_rc(rc);
    if (!rc)
        check_taken(is_access ? &access : NULL, is_access ? NULL : &refresh);
    ff_err_clear(cx);
    rc = is_access ? ff_refresh_read(cx, token, &refresh) : ff_access_read(cx, token, &access);
    FF_PROMISE(rc == FF_TOKEN_INVALID); /* one kind is never the other */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    if (!size)
        return 0;
    char *text = ff_fuzz_text(data + 1, size - 1);
    ff_fuzz_begin(&cx);
    cx.auth = key_ring(&cx);
    if (data[0] == 'a' || data[0] == 'r')
        check_payload(&cx, data[0] == 'a' ? FF_TOKEN_ACCESS : FF_TOKEN_REFRESH, text, strlen(text));
    else
        check_foreign(&cx, text);
    ff_fuzz_end(&cx);
    free(text);
    return 0;
}
