/* SPDX-License-Identifier: MIT */
/* user_rules.h - what making and changing accounts have in common. For src/domain/identity only. */
#ifndef FF_DOMAIN_IDENTITY_USER_RULES_H
#define FF_DOMAIN_IDENTITY_USER_RULES_H

#include "domain/identity/user.h"

/* Only a manager can be site-wide; else FF_VALIDATION. */
FF_MUST_CHECK enum ff_rc ff_user_check_reach(struct ff_ctx *cx, const char *role,
                                             int64_t site_wide);

/* FF_ALREADY_EXISTS with param field. */
enum ff_rc ff_user_taken(struct ff_ctx *cx, const char *field, const char *detail);

/* In a job: the person by number (when not NULL) or id, there, and nobody's but account
 * `user_id`'s. FF_VALIDATION, FF_ALREADY_EXISTS. */
FF_MUST_CHECK enum ff_rc ff_user_find_person(struct ff_ctx *cx, int64_t user_id, const char *number,
                                             int64_t employee_id, int64_t *found);

/* In a job: makes the account, its password hashed before, its person linked, and records it.
 * Errors as ff_user_create. */
FF_MUST_CHECK enum ff_rc ff_user_make(struct ff_ctx *cx, const struct ff_user_new *in,
                                      const char *password_hash, struct ff_user *out);

/* In a job: records what became of an account. `before` NULL: it is new; `after` NULL: no values
 * changed, the action says it all. */
FF_MUST_CHECK enum ff_rc ff_user_audit(struct ff_ctx *cx, const char *action, int64_t id,
                                       const struct ff_user *before, const struct ff_user *after);

#endif
