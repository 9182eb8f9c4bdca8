/* SPDX-License-Identifier: MIT */
/* purge.h - the end of an entry's time. */
#ifndef FF_DOMAIN_AUDIT_PURGE_H
#define FF_DOMAIN_AUDIT_PURGE_H

#include "base/ctx.h"

enum { FF_AUDIT_PURGE_ROWS = 1000, FF_AUDIT_DAYS_MIN = 30, FF_AUDIT_DAYS_MAX = 3650 };

/* Takes away the entries that are older than `days`, at most FF_AUDIT_PURGE_ROWS a transaction, and
 * leaves an anchor that the rest is proved from. Each transaction records itself. *rows: how many
 * went. The caller has made sure that the clock can be trusted. */
FF_MUST_CHECK enum ff_rc ff_audit_purge(struct ff_ctx *cx, int64_t days, int64_t *rows);

#endif
