/* SPDX-License-Identifier: MIT */
/* badge_repo.h - what the files on badges share. For this folder only; all but the hash run inside
 * a writer's job. */
#ifndef FF_DOMAIN_PEOPLE_BADGE_REPO_H
#define FF_DOMAIN_PEOPLE_BADGE_REPO_H

#include "auth/auth.h"
#include "domain/people/badge.h"
#include "domain/people/people_repo.h"

enum { FF_BADGE_HASH_BYTES = 32 };

/* A badge as it is looked for. */
struct ff_badge_key {
    unsigned char hash[FF_BADGE_HASH_BYTES];
};

/* Is this badge free to be given to `employee_id`? *id: theirs already; 0: nobody's.
 * FF_ALREADY_EXISTS as ff_badge_add. */
FF_MUST_CHECK enum ff_rc ff_badge_claim(struct ff_ctx *cx, const struct ff_badge_key *key,
                                        int64_t employee_id, int64_t *id);
/* Gives it, with the audit's row. Nothing when it is theirs already. */
FF_MUST_CHECK enum ff_rc ff_badge_insert(struct ff_ctx *cx, const struct ff_badge_key *key,
                                         int64_t employee_id, const char *label, int64_t *id);
/* FF_ALREADY_EXISTS with its field. */
enum ff_rc ff_badge_taken(struct ff_ctx *cx, const char *field, const char *detail);

/* Records what was done to the badge of a person; `label` NULL: not told. */
FF_MUST_CHECK enum ff_rc ff_badge_audit(struct ff_ctx *cx, const char *action, int64_t id,
                                        int64_t employee_id, const char *label);

#endif
