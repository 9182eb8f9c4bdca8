/* SPDX-License-Identifier: MIT */
/* movement_parts.h - inside this folder only: what movements and their reversal share. */
#ifndef FF_DOMAIN_LEDGER_MOVEMENT_PARTS_H
#define FF_DOMAIN_LEDGER_MOVEMENT_PARTS_H

#include "domain/ledger/movement.h"

/* One wallet against one other account. */
struct ff_move {
    const char *kind; /* topup payout adjust writeoff */
    int64_t employee_id;
    int64_t amount;     /* as the wallet feels it */
    const char *source; /* cash bank; NULL: the account is adjust:<reason> */
    int64_t till_id;    /* the open drawer that the cash goes through; 0: none was named */
    const char *reason, *note;
    const struct ff_idem *idem;
    int64_t approval_id; /* 0: it needed none */
    const char *skipped; /* who could do without an approval that others need; NULL: nobody did */
};

/* What the wallet says to it now: as the functions of movement.h, but for the range of the amount.
 * Inside a job. */
FF_MUST_CHECK enum ff_rc ff_movement_check(struct ff_ctx *cx, const struct ff_move *m);

/* Checks and books; inside a job. */
FF_MUST_CHECK enum ff_rc ff_movement_book(struct ff_ctx *cx, const struct ff_move *m,
                                          struct ff_movement *out);

/* The approval asked for under a key: *out tells of it, its id FF_NULL_INT as long as nothing is
 * known of a booking; approval_id FF_NULL_INT when there is none. FF_KEY_REUSED. */
FF_MUST_CHECK enum ff_rc ff_approval_of_key(struct ff_ctx *cx, const struct ff_idem *idem,
                                            struct ff_movement *out);

/* Whether a second person must agree to it. */
bool ff_approval_is_due(struct ff_ctx *cx, int64_t amount);

/* Keeps the movement until somebody decides; inside a job, after ff_movement_check. */
FF_MUST_CHECK enum ff_rc ff_approval_ask(struct ff_ctx *cx, const struct ff_move *m,
                                         struct ff_movement *out);

/* The movement that a journal is, as it was booked; *found false when it is none (a purchase, an
 * opening), or not of a person within `reach`. */
struct ff_booked {
    struct ff_movement movement;
    bool is_voided;
};
FF_MUST_CHECK enum ff_rc ff_movement_read(struct ff_ctx *cx, int64_t journal_id,
                                          const struct ff_reach *reach, bool *found,
                                          struct ff_booked *out);

/* The answer to a repeated request: the same movement again. */
FF_MUST_CHECK enum ff_rc ff_movement_replay(struct ff_ctx *cx, int64_t journal_id,
                                            struct ff_movement *out);

#endif
