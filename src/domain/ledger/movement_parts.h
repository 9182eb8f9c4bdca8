/* SPDX-License-Identifier: MIT */
/* movement_parts.h - inside this folder only: what movements and their reversal share. */
#ifndef FF_DOMAIN_LEDGER_MOVEMENT_PARTS_H
#define FF_DOMAIN_LEDGER_MOVEMENT_PARTS_H

#include "domain/ledger/movement.h"

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
