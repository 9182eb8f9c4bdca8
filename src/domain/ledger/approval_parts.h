/* SPDX-License-Identifier: MIT */
/* approval_parts.h - inside this folder only: an approval as it is stored. */
#ifndef FF_DOMAIN_LEDGER_APPROVAL_PARTS_H
#define FF_DOMAIN_LEDGER_APPROVAL_PARTS_H

#include "domain/ledger/approval.h"

/* With the key that it was asked for under. */
struct ff_approval_row {
    struct ff_approval approval;
    struct ff_idem idem;
};

/* FF_NOT_FOUND outside the caller's reach. */
FF_MUST_CHECK enum ff_rc ff_approval_read(struct ff_ctx *cx, int64_t id,
                                          struct ff_approval_row *out);

/* What was asked for at or before this instant has expired. */
int64_t ff_approval_dead(struct ff_ctx *cx);

#endif
