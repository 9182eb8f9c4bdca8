/* SPDX-License-Identifier: MIT */
/* session.h - signing in, staying signed in, signing out. */
#ifndef FF_DOMAIN_IDENTITY_SESSION_H
#define FF_DOMAIN_IDENTITY_SESSION_H

#include "domain/identity/user.h"

struct ff_signed_in {
    const char *access_token, *refresh_token;
    int64_t expires_in;         /* seconds, of the access token */
    int64_t refresh_expires_at; /* the session's end, UTC ms */
    struct ff_user user;
};

/* Signs in by e-mail (lower case) and password. FF_INVALID_CREDENTIALS, the same after the same
 * work for an unknown e-mail; FF_ACCOUNT_LOCKED after too many of these, likewise;
 * FF_EMPLOYEE_INACTIVE only when the password was right; FF_BUSY. */
FF_MUST_CHECK enum ff_rc ff_session_login(struct ff_ctx *cx, const char *email,
                                          const char *password, struct ff_signed_in *out);

/* Trades a refresh token for new tokens; the old one is spent. Within 30 seconds, while the new one
 * is unused, the old one gets the same new one again: the reply may have been lost. Later it is
 * FF_REFRESH_REUSED, and the session has ended for both who hold it. The session ends seven days
 * after sign-in, however often it is refreshed. FF_TOKEN_INVALID, FF_TOKEN_EXPIRED,
 * FF_TOKEN_REVOKED for a session that ended, FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_session_refresh(struct ff_ctx *cx, const char *refresh_token,
                                            struct ff_signed_in *out);

/* Ends the session of a refresh token, spent or not, and its access tokens with it. What is not a
 * good token ends nothing and is no error. */
FF_MUST_CHECK enum ff_rc ff_session_logout(struct ff_ctx *cx, const char *refresh_token);

#endif
