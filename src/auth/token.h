/* SPDX-License-Identifier: MIT */
/* token.h - the two signed tokens of a signed-in user: access (15 minutes) and refresh (7 days).
 * JWT HS256, each kind under its own key and header type. A token says who came in and when; what
 * they may do is asked of the database. Source: api.md "Tokens", security.md S14-S24. */
#ifndef FF_AUTH_TOKEN_H
#define FF_AUTH_TOKEN_H

#include "auth/auth.h"

enum {
    FF_TOKEN_BYTES = 2048, /* the longest token that is looked at */
    FF_ACCESS_SECONDS = 900,
    FF_REFRESH_SECONDS = 604800,
    FF_TOKEN_LEEWAY_SECONDS = 30
};

struct ff_access {
    int64_t user_id, session_id;
    int64_t version; /* of the user's tokens */
    const char *email, *role;
};

struct ff_refresh {
    int64_t user_id, session_id;
    int64_t generation;    /* of the session's family, from 0 */
    const char *token_id;  /* the secret part; the database holds its hash */
    int64_t issued_at_ms;  /* whole seconds count; when signed again for the same generation, the
                              same, so that the token is the same too */
    int64_t expires_at_ms; /* whole seconds */
};

/* Signs a token that is valid from now; *token lives in the arena. */
FF_MUST_CHECK enum ff_rc ff_access_sign(struct ff_ctx *cx, const struct ff_access *in,
                                        const char **token);
FF_MUST_CHECK enum ff_rc ff_refresh_sign(struct ff_ctx *cx, const struct ff_refresh *in,
                                         const char **token);

/* Checks shape, header, signature, then every claim; text of `out` lives in the arena.
 * FF_TOKEN_EXPIRED when only the time is over, FF_TOKEN_INVALID for everything else. */
FF_MUST_CHECK enum ff_rc ff_access_read(struct ff_ctx *cx, const char *token,
                                        struct ff_access *out);
/* The same for whoever comes with it again and again: what was found good is remembered for as long
 * as its key verifies and its time is not over. */
struct ff_entry_ticket {
    int64_t user_id, session_id, version;
};
FF_MUST_CHECK enum ff_rc ff_access_enter(struct ff_ctx *cx, const char *token,
                                         struct ff_entry_ticket *out);
FF_MUST_CHECK enum ff_rc ff_refresh_read(struct ff_ctx *cx, const char *token,
                                         struct ff_refresh *out);

#endif
