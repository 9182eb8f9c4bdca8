/* SPDX-License-Identifier: MIT */
/* record.h - inside this folder only: a journal's row in the audit record. */
#ifndef FF_DOMAIN_LEDGER_RECORD_H
#define FF_DOMAIN_LEDGER_RECORD_H

#include "domain/ledger/ledger.h"

/* Records a journal that was just posted, in the same job. */
FF_MUST_CHECK enum ff_rc ff_ledger_record(struct ff_ctx *cx, const struct ff_posting *p);

#endif
