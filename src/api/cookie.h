/* SPDX-License-Identifier: MIT */
/* cookie.h - the cookies we set: never readable by a script, never sent from another site. */
#ifndef FF_API_COOKIE_H
#define FF_API_COOKIE_H

#include "api/route.h"

struct ff_cookie_rule {
    const char *name, *path;
    int64_t max_age_s;
};

/* The Set-Cookie value that gives the caller `token`, or that takes the cookie away; in the arena.
 * HttpOnly, SameSite=Strict, Secure under TLS. */
FF_MUST_CHECK enum ff_rc ff_cookie_set(struct ff_req *rq, const struct ff_cookie_rule *rule,
                                       const char *token, const char **value);
FF_MUST_CHECK enum ff_rc ff_cookie_clear(struct ff_req *rq, const struct ff_cookie_rule *rule,
                                         const char **value);

/* The cookie of a browser's refresh token; how long it lives is the session's to say. */
extern const struct ff_cookie_rule ff_refresh_cookie;

#endif
