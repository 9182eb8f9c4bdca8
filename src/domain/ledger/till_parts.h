/* SPDX-License-Identifier: MIT */
/* till_parts.h - inside this folder only: through which drawer cash goes. */
#ifndef FF_DOMAIN_LEDGER_TILL_PARTS_H
#define FF_DOMAIN_LEDGER_TILL_PARTS_H

#include "domain/ledger/till.h"

/* The account that cash goes through: that of drawer `id`, or with 0 of the only open one, or
 * cash:main. FF_NOT_FOUND, FF_TILL_CLOSED; with `must_be_open` false a drawer that was closed
 * meanwhile counts as not named. Inside a job. */
FF_MUST_CHECK enum ff_rc ff_till_account(struct ff_ctx *cx, int64_t id, bool must_be_open,
                                         int64_t *account_id);

/* Books one amount (not 0) from one account to another, with a key made of `what` and `id`: once
 * for each. Inside a job. */
struct ff_transfer {
    const char *kind, *what; /* transfer adjust; "float" */
    int64_t id, from, to, amount;
    const char *reason_code, *note; /* NULL: none */
    const struct ff_idem *idem;     /* whose fingerprint it takes */
};
FF_MUST_CHECK enum ff_rc ff_till_transfer(struct ff_ctx *cx, const struct ff_transfer *t);

/* After a void: what it booked on a drawer that nobody has open any more is moved to the one that
 * the cash really goes through now, so that the account stands at 0 again. */
FF_MUST_CHECK enum ff_rc ff_till_settle_void(struct ff_ctx *cx, const struct ff_posting *voided);

#endif
