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
 * wait began meanwhile, so that guesses made side by side win nothing. */
FF_MUST_CHECK enum ff_rc ff_login_succeeded(struct ff_ctx *cx, const char *email, int64_t id);

/* The same when a person who is signed in proved their password again: that is no sign-in. */
FF_MUST_CHECK enum ff_rc ff_login_forgive(struct ff_ctx *cx, const char *email);

#endif
