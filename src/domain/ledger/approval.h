/* SPDX-License-Identifier: MIT */
/* approval.h - the rule of two persons: a top-up, pay-out or adjustment above the site's
 * approvalAbove waits for somebody else than who asked and than whose wallet it is. It is booked
 * when that person agrees, with all checks of that moment, once. What waits longer than a week has
 * expired, whether the housekeeping has said so or not. Source: api.md, "wallet". */
#ifndef FF_DOMAIN_LEDGER_APPROVAL_H
#define FF_DOMAIN_LEDGER_APPROVAL_H

#include "domain/ledger/movement.h"

enum { FF_APPROVAL_DAYS = 7 };

/* pending approved rejected expired; NULL-terminated. */
extern const char *const ff_approval_states[];

struct ff_approval {
    int64_t id, employee_id;
    const char *number, *employee_name;
    const char *kind;                   /* topup payout adjust writeoff */
    int64_t amount;                     /* what the wallet would get; below 0: what it would give */
    const char *source, *reason, *note; /* NULL: none */
    int64_t till_id;                    /* the drawer that was named; FF_NULL_INT: none */
    int64_t asked_by;                   /* user */
    const char *asked_by_name;
    int64_t asked_at, expires_at;
    const char *state;
    int64_t decided_by; /* user; FF_NULL_INT: nobody yet, or the command line */
    const char *decided_by_name;
    int64_t decided_at; /* FF_NULL_INT: not decided */
    const char *refusal;
    int64_t journal_id; /* FF_NULL_INT: not booked */
};

struct ff_approval_filter {
    int64_t page, limit;
    const char *state; /* NULL: all */
};

/* Those of people within the caller's reach, newest first. */
FF_MUST_CHECK enum ff_rc ff_approval_list(struct ff_ctx *cx, const struct ff_approval_filter *f,
                                          struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_approval_get(struct ff_ctx *cx, int64_t id, struct ff_approval *out);

/* Books it. FF_NOT_FOUND out of reach, FF_SELF_ACTION for who asked and for the wallet's owner,
 * FF_APPROVAL_DECIDED with param state when it does not wait any more (the same decision by the
 * same person is told again instead), and all that the booking may be refused for. Enters the
 * writer. */
FF_MUST_CHECK enum ff_rc ff_approval_approve(struct ff_ctx *cx, int64_t id,
                                             struct ff_approval *out);

/* Books nothing. `reason` is 1..200 characters. Errors as above; who asked may take it back, the
 * wallet's owner may not decide. */
FF_MUST_CHECK enum ff_rc ff_approval_reject(struct ff_ctx *cx, int64_t id, const char *reason,
                                            struct ff_approval *out);

/* Marks what has waited too long; *n: how many. For the housekeeping. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_approval_expire(struct ff_ctx *cx, int64_t *n);

#endif
