/* SPDX-License-Identifier: MIT */
/* post_parts.h - inside this folder only: parts of posting a journal that are files of their own.
 */
#ifndef FF_DOMAIN_LEDGER_POST_PARTS_H
#define FF_DOMAIN_LEDGER_POST_PARTS_H

#include "domain/ledger/chain.h"

/* Writes the lines of a refund and adds them to the chain. */
FF_MUST_CHECK enum ff_rc ff_ledger_add_refunds(struct ff_ctx *cx, const struct ff_posting *p,
                                               struct ff_chain *chain);

/* Records a journal that was just posted, in the same job. */
FF_MUST_CHECK enum ff_rc ff_ledger_record(struct ff_ctx *cx, const struct ff_posting *p);

#endif
