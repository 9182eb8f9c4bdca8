/* SPDX-License-Identifier: MIT */
/* batch_parts.h - inside this folder only: a batch as stored. */
#ifndef FF_DOMAIN_PAYROLL_BATCH_PARTS_H
#define FF_DOMAIN_PAYROLL_BATCH_PARTS_H

#include "db/db.h"
#include "domain/payroll/layout.h"

enum { FF_PAYROLL_HASH_BYTES = 32 };

struct ff_batch_row {
    struct ff_payroll_batch view; /* without items */
    int64_t period_id;
    const char *layout, *starts_on;
    const char *head; /* of the file */
    size_t head_len;
    unsigned char hash[FF_PAYROLL_HASH_BYTES];
};

/* FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_batch_find(struct ff_ctx *cx, int64_t id, struct ff_batch_row *out);

/* The batch that a journal belongs to, told again. */
FF_MUST_CHECK enum ff_rc ff_batch_replay(struct ff_ctx *cx, int64_t journal_id,
                                         struct ff_payroll_batch *out);

/* "payroll:2026-03", made on first use; inside a job. */
FF_MUST_CHECK enum ff_rc ff_batch_account(struct ff_ctx *cx, const char *month, int64_t *id);

/* The caller's key for the first journal of a request, keys at random for the others: what makes
 * them happen once is the first one. `random` has room for a key. */
struct ff_idem ff_batch_key(const struct ff_idem *callers, bool is_first,
                            char random[FF_IDEM_KEY_CAP]);

/* FF_PAYROLL_STATE with the batch's state as a parameter. */
enum ff_rc ff_batch_refuse(struct ff_ctx *cx, const char *state, const char *why);

#endif
