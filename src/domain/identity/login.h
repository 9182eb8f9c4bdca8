/* SPDX-License-Identifier: MIT */
/* login.h - is this the account's password? With all that makes asking often useless: few at once,
 * failures counted, the same answer after the same work for an account that does not exist. */
#ifndef FF_DOMAIN_IDENTITY_LOGIN_H
#define FF_DOMAIN_IDENTITY_LOGIN_H

#include "base/ctx.h"

/* Whose e-mail (lower case) and password are these? FF_BUSY before anything is looked at,
 * FF_ACCOUNT_LOCKED, FF_INVALID_CREDENTIALS. *is_stale: the stored hash is of older parameters. */
FF_MUST_CHECK enum ff_rc ff_login_verify(struct ff_ctx *cx, const char *email, const char *password,
                                         int64_t *id, bool *is_stale);

/* In the job that acts on a right password: the failures are forgotten. FF_ACCOUNT_LOCKED when the
 * wait began meanwhile, so that guesses made side by side win nothing. Proving the password again
 * is no sign-in. */
FF_MUST_CHECK enum ff_rc ff_login_forgive(struct ff_ctx *cx, const char *email);

/* Records a sign-in: by the password (reason NULL), which settles it, or otherwise. */
FF_MUST_CHECK enum ff_rc ff_login_succeeded(struct ff_ctx *cx, const char *email, int64_t id,
                                            const char *reason);

/* Counts a wrong password or code (an enum ff_attempt_kind) of an account that is there or not
 * (id 0); FF_INVALID_CREDENTIALS, or what kept it from being counted. */
FF_MUST_CHECK enum ff_rc ff_login_refuse(struct ff_ctx *cx, int kind, const char *email,
                                         int64_t id);

#endif
