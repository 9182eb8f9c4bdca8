/* SPDX-License-Identifier: MIT */
/* family.h - one session as a family of refresh tokens: generation 0 is given at sign-in, each
 * refresh gives the next, and only the newest is good. For src/domain/identity only.
 * Source: security.md S24, S25. */
#ifndef FF_DOMAIN_IDENTITY_FAMILY_H
#define FF_DOMAIN_IDENTITY_FAMILY_H

#include "auth/token.h"
#include "domain/identity/repo.h"
#include "domain/identity/session.h"

/* How long a spent token still gets the successor it was traded for: a lost reply is no theft. */
enum { FF_LOST_REPLY_MS = 30000 };

/* In a job: begins a session of the user at the caller's device, the password being proven now. */
FF_MUST_CHECK enum ff_rc ff_family_begin(struct ff_ctx *cx, int64_t user_id, int64_t now_ms,
                                         struct ff_family *out);

/* In a job: the next generation, of which the token is given now. */
FF_MUST_CHECK enum ff_rc ff_family_advance(struct ff_ctx *cx, struct ff_family *family,
                                           int64_t now_ms);

/* Signs both tokens for the newest generation; out->user is filled already. The refresh token of
 * one generation is the same however often it is signed. */
FF_MUST_CHECK enum ff_rc ff_family_sign(struct ff_ctx *cx, const struct ff_family *family,
                                        struct ff_signed_in *out);

/* What a token is to its family. */
enum ff_verdict {
    FF_NEWEST,   /* to be traded */
    FF_REPEATED, /* traded just now, the successor still unused: it gets that successor again */
    FF_REUSED,   /* spent: somebody has a copy */
    FF_OVER      /* the session has ended, or never had this token */
};

/* `hash` is that of the token's id. */
enum ff_verdict ff_family_judge(const struct ff_family *family, int64_t generation,
                                const unsigned char hash[FF_HASH_BYTES], int64_t now_ms);

#endif
