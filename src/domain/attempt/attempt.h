/* SPDX-License-Identifier: MIT */
/* attempt.h - who failed too often, and must wait: sign-ins, PINs, codes.
 * Whoever checks a secret asks ff_attempt_check first, says ff_attempt_failed when it was wrong and
 * ff_attempt_clear when it was right. A name counts whether or not it exists, so that nothing is
 * learned from being locked out. Kept in the database, so a restart forgives nothing; at most
 * 10,000 names, of which the one that failed longest ago goes. Source: security.md S7, S11. */
#ifndef FF_DOMAIN_ATTEMPT_ATTEMPT_H
#define FF_DOMAIN_ATTEMPT_ATTEMPT_H

#include "base/ctx.h"

/* What is counted, each kind apart. Limit and wait: in 15 minutes 5 failures (a site may change
 * this with --lock-after and --lock-for), 30 of a device. */
enum ff_attempt_kind {
    FF_ATTEMPT_LOGIN,  /* key: the e-mail, lower case */
    FF_ATTEMPT_CODE,   /* a one-time code at sign-in; key: the e-mail */
    FF_ATTEMPT_PIN,    /* key: what the person said they are */
    FF_ATTEMPT_DEVICE, /* a kiosk; key: its id */
    FF_ATTEMPT_RESET,  /* messages asked for; key: the e-mail */
    FF_ATTEMPT_KINDS
};

enum { FF_ATTEMPT_MAX = 30, FF_ATTEMPT_ROWS = 10000 };

/* FF_ACCOUNT_LOCKED with Retry-After and param minutes while `key` must wait. */
FF_MUST_CHECK enum ff_rc ff_attempt_check(struct ff_ctx *cx, enum ff_attempt_kind kind,
                                          const char *key);

/* Counts a failure, in a job of its own or as part of the caller's. *locked: with this one the wait
 * begins, and the counting anew. */
FF_MUST_CHECK enum ff_rc ff_attempt_failed(struct ff_ctx *cx, enum ff_attempt_kind kind,
                                           const char *key, bool *locked);

/* Forgets the failures, and ends a wait. Likewise. */
FF_MUST_CHECK enum ff_rc ff_attempt_clear(struct ff_ctx *cx, enum ff_attempt_kind kind,
                                          const char *key);

#endif
