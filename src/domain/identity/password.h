/* SPDX-License-Identifier: MIT */
/* password.h - new passwords: the own one, a forgotten one, one set by the operator; and the
 * operator's one-time code. Each ends all sessions of the account, forgets its failed sign-ins, and
 * makes its older links and codes invalid. Source: security.md S9, S12. */
#ifndef FF_DOMAIN_IDENTITY_PASSWORD_H
#define FF_DOMAIN_IDENTITY_PASSWORD_H

#include "domain/code/one_time_code.h"
#include "domain/identity/session.h"

/* Changes the caller's own password and begins a new session in place of all others.
 * FF_INVALID_CREDENTIALS and FF_ACCOUNT_LOCKED for a wrong current one, as at sign-in;
 * FF_PASSWORD_TOO_WEAK, FF_PASSWORD_TOO_COMMON, FF_VALIDATION when it is the old one. */
FF_MUST_CHECK enum ff_rc ff_password_change(struct ff_ctx *cx, const char *current,
                                            const char *fresh, struct ff_signed_in *out);

/* A message with a link is asked for this address (lower case), at most three in 15 minutes. The
 * same answer after the same work whether or not there is such an account. */
FF_MUST_CHECK enum ff_rc ff_password_forgotten(struct ff_ctx *cx, const char *email);

/* Likewise a message with a link to make an account. FF_NOT_FOUND unless this site lets people
 * register. */
FF_MUST_CHECK enum ff_rc ff_register_ask(struct ff_ctx *cx, const char *email);

/* Sets a new password by the code of such a link. FF_CODE_INVALID; FF_PASSWORD_TOO_WEAK and
 * FF_PASSWORD_TOO_COMMON leave the code good. */
FF_MUST_CHECK enum ff_rc ff_password_reset(struct ff_ctx *cx, const char *code, const char *fresh);

/* Sets an account's password; for the operator. FF_NOT_FOUND, and as above. */
FF_MUST_CHECK enum ff_rc ff_password_set(struct ff_ctx *cx, int64_t user_id, const char *fresh);

/* A code, good once and for 15 minutes, to sign in with; for the operator. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_otp_issue(struct ff_ctx *cx, int64_t user_id, struct ff_code *out);

#endif
