/* SPDX-License-Identifier: MIT */
/* chain.c - the canonical bytes of a row of the record and their keyed hash.
 *
 * The byte string, version 1, in the words of auth/canon.h:
 *   "FFA1" (4 bytes), hash of the row before (32 bytes; zeros before the first), seq i64, at_ms
 * i64, action text, entity opt text, entity_id opt i64, user_id opt i64, employee_id opt i64,
 * device_id opt i64, cli_uid opt i64, address opt text, request_id opt text, reason opt text,
 * subject_kind opt i64, subject_id opt i64, detail opt bytes
 *
 * Every piece tells its own length, so two different rows never give the same bytes. The detail
 * goes in as it is stored: sealed values stay in the chain when their key is gone. It may never
 * change for rows that exist. */
#include "auth/canon.h"
#include "domain/audit/row.h"

void ff_audit_row_hash(const struct ff_auth *auth, const struct ff_audit_row *row,
                       const unsigned char prev[FF_AUDIT_HASH_BYTES],
                       unsigned char out[FF_AUDIT_HASH_BYTES])
{
    struct ff_canon c;
    c.n = 0;
    ff_hash_init_audit(&c.hash, auth);
    ff_canon_bytes(&c, "FFA1", 4);
    ff_canon_bytes(&c, prev, FF_AUDIT_HASH_BYTES);
    ff_canon_i64(&c, row->seq);
    ff_canon_i64(&c, row->at_ms);
    ff_canon_text(&c, row->action);
    ff_canon_opt_text(&c, row->entity);
    ff_canon_opt_i64(&c, row->entity_id);
    ff_canon_opt_i64(&c, row->user_id);
    ff_canon_opt_i64(&c, row->employee_id);
    ff_canon_opt_i64(&c, row->device_id);
    ff_canon_opt_i64(&c, row->cli_uid);
    ff_canon_opt_text(&c, row->address);
    ff_canon_opt_text(&c, row->request_id);
    ff_canon_opt_text(&c, row->reason);
    ff_canon_opt_i64(&c, row->subject_kind);
    ff_canon_opt_i64(&c, row->subject_id);
    ff_canon_opt_bytes(&c, row->detail, row->n_detail);
    ff_canon_end(&c, out);
}
