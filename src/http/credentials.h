/* SPDX-License-Identifier: MIT */
/* credentials.h - who sent the request, may they, and did it come from our own pages? */
#ifndef FF_HTTP_CREDENTIALS_H
#define FF_HTTP_CREDENTIALS_H

#include "api/route.h"
#include "http/message.h"

/* The value of cookie `name`, in the arena; NULL when absent. FF_BAD_REQUEST when it is there
 * twice: which one counts would be a guess. */
FF_MUST_CHECK enum ff_rc ff_cookie(struct ff_ctx *cx, const struct ff_message *m, const char *name,
                                   const char **value);

/* Fills cx->who from the message and decides by the row. On FF_OK cx->who.scope is the caller's
 * scope on this route. On FF_R_OPEN rows credentials that do not hold are ignored.
 * FF_UNAUTHENTICATED, FF_TOKEN_*, FF_DEVICE_UNKNOWN, FF_FORBIDDEN, FF_STEP_UP_REQUIRED,
 * FF_BAD_REQUEST. */
FF_MUST_CHECK enum ff_rc ff_authorise(struct ff_ctx *cx, const struct ff_message *m,
                                      const struct ff_route *route);

/* The fence around what a browser sends by itself: a cookie. After ff_authorise. FF_CSRF.
 * Source: security.md S27, api.md "Tokens". */
FF_MUST_CHECK enum ff_rc ff_fence(struct ff_ctx *cx, const struct ff_message *m,
                                  const struct ff_route *route);

/* Compares without telling by its time how much was right. */
bool ff_same_secret(const char *a, const char *b);

/* True when the message came from a loopback address with this start's `secret` ("": there is
 * none).
 */
bool ff_secret_matches(const char *secret, const struct ff_message *m);

/* True when the sender says it is our own page: X-FF-Request: 1. */
bool ff_is_browser(const struct ff_message *m);

#endif
