/* SPDX-License-Identifier: MIT */
/* jws.h - signed text: header.payload.signature, without a thought about what the payload says. */
#ifndef FF_AUTH_JWS_H
#define FF_AUTH_JWS_H

#include "auth/private.h"

/* Derives a signer from the master key: its own key, and a header with `type` and the key's id;
 * NULL: an id of its own, as before there was a ring. Then proves that a signature verifies and a
 * wrong one does not. FF_INTERNAL otherwise. */
FF_MUST_CHECK enum ff_rc ff_jws_setup(struct ff_ctx *cx, struct ff_signer *signer,
                                      const unsigned char master[FF_KEY_BYTES], uint64_t number,
                                      const char *type, const char *kid);

/* Signs `n` bytes of payload; *token lives in the arena. */
FF_MUST_CHECK enum ff_rc ff_jws_sign(struct ff_ctx *cx, const struct ff_signer *signer,
                                     const char *payload, size_t n, const char **token);

/* Verifies a token of this signer and gives its payload (arena, NUL-terminated). FF_TOKEN_INVALID
 * for anything that this signer has not signed. */
FF_MUST_CHECK enum ff_rc ff_jws_open(struct ff_ctx *cx, const struct ff_signer *signer,
                                     const char *token, const char **payload, size_t *n);

#endif
