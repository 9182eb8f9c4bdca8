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

/* Signs in by a one-time code of the operator's instead of the password, also when the account is
 * locked out, which it ends. FF_INVALID_CREDENTIALS and FF_ACCOUNT_LOCKED as above, counted apart;
 * FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_session_login_by_code(struct ff_ctx *cx, const char *email,
                                                  const char *code, struct ff_signed_in *out);

/* Trades a refresh token for new tokens; the old one is spent. Within 30 seconds, while the new one
 * is unused, the old one gets the same new one again: the reply may have been lost. Later it is
 * FF_REFRESH_REUSED, and the session has ended for both who hold it. The session ends seven days
 * after sign-in, however often it is refreshed. FF_TOKEN_INVALID, FF_TOKEN_EXPIRED,
 * FF_TOKEN_REVOKED for a session that ended, FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_session_refresh(struct ff_ctx *cx, const char *refresh_token,
                                            struct ff_signed_in *out);

/* ---- the sessions of an account ---- */

struct ff_session {
    int64_t id;
    int64_t current;                         /* 1: the one that asks */
    const char *label;                       /* "Firefox, Windows"; "": unknown */
    const char *address;                     /* where its newest token was given */
    int64_t created_at, used_at, expires_at; /* UTC ms; used: the newest token was given */
};

/* A page (from 1) of the caller's own sessions that have not ended, last used first. FF_NOT_FOUND
 * for a caller without an account. */
FF_MUST_CHECK enum ff_rc ff_session_list(struct ff_ctx *cx, int64_t page, int64_t limit,
                                         struct ff_list *out, int64_t *total);
/* The same of any account, for an administrator. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_session_list_of(struct ff_ctx *cx, int64_t user_id, int64_t page,
                                            int64_t limit, struct ff_list *out, int64_t *total);

/* Ends one of the caller's own sessions. FF_NOT_FOUND for another's, and for one that has ended. */
FF_MUST_CHECK enum ff_rc ff_session_end(struct ff_ctx *cx, int64_t id);

/* Ends all sessions of an account but `except_id` (0: none); *ended: how many. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_session_end_all(struct ff_ctx *cx, int64_t user_id, int64_t except_id,
                                            int64_t *ended);
/* The same as part of another job, of an account that exists. */
FF_MUST_CHECK enum ff_rc ff_session_end_all_job(struct ff_ctx *cx, int64_t user_id,
                                                int64_t except_id, int64_t *ended);

/* ---- step-up ---- */

/* How long a password counts as just proven. */
enum { FF_PROVEN_MS = 300000 };

/* True when the caller's password was proven in this session within FF_PROVEN_MS. */
bool ff_session_is_proven(const struct ff_ctx *cx);

/* Proves the caller's password again, for their session. Failures are counted as at sign-in:
 * FF_INVALID_CREDENTIALS, FF_ACCOUNT_LOCKED, FF_BUSY. */
FF_MUST_CHECK enum ff_rc ff_session_step_up(struct ff_ctx *cx, const char *password);

/* ---- sign out ---- */

/* Ends the session of a refresh token, spent or not, and its access tokens with it. What is not a
 * good token ends nothing and is no error. */
FF_MUST_CHECK enum ff_rc ff_session_logout(struct ff_ctx *cx, const char *refresh_token);

#endif
