/* SPDX-License-Identifier: MIT */
/* guard.h - the first look at a request: is it framed and sized as HTTP says, and is it for us?
 * CivetWeb takes much that HTTP forbids; whatever two readers could take differently is refused
 * here, and the connection ends with the reply. Source: security.md S40-S48. */
#ifndef FF_HTTP_GUARD_H
#define FF_HTTP_GUARD_H

#include "http/message.h"

enum {
    FF_MAX_URI_BYTES = 2048,
    FF_MAX_QUERY_BYTES = 1024,
    FF_MAX_HEAD_BYTES = 16384,
    FF_MAX_HEADER_NAME_BYTES = 64
};

/* Checks the head of `m`. On FF_OK *content_length is the length of the body (0: none).
 * FF_BAD_REQUEST, FF_HEADERS_TOO_LARGE, FF_URI_TOO_LONG, FF_TRANSFER_ENCODING, FF_LENGTH_REQUIRED,
 * FF_BODY_TOO_LARGE (more digits than any bound), FF_UNSUPPORTED_MEDIA (an encoded body),
 * FF_MISDIRECTED (a Host that is not ours). Touches nothing but cx->err. */
FF_MUST_CHECK enum ff_rc ff_guard(struct ff_ctx *cx, const struct ff_message *m,
                                  size_t *content_length);

#endif
