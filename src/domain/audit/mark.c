/* SPDX-License-Identifier: MIT */
/* mark.c - the mark in DATA/keys follows the log, but only forward: one that the log does not bear
 * out is kept, as evidence, and every later check fails by it until somebody has looked. */
#include <string.h>

#include "domain/audit/row.h"
#include "domain/audit/verify.h"

enum ff_rc ff_audit_head(struct ff_ctx *cx, struct ff_mark *head)
{
    FF_STMT *st = NULL;
    bool row = false;
    *head = (struct ff_mark){0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_HEAD, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    head->seq = ff_db_col_int(st, FF_C_AUDIT_HEAD_SEQ);
    if (!ff_db_col_blob(st, FF_C_AUDIT_HEAD_HASH, head->hash, sizeof head->hash))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The last entry of the audit log has no hash.");
    return FF_OK;
}

/* Is the row that the mark names there, or gone by retention? */
static enum ff_rc is_held(struct ff_ctx *cx, const struct ff_mark *mark, bool *held)
{
    FF_STMT *st = NULL;
    bool row = false;
    unsigned char hash[FF_AUDIT_HASH_BYTES];
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_CHAIN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_AUDIT_CHAIN_AFTER, mark->seq - 1);
    ff_db_int(st, FF_P_AUDIT_CHAIN_LIMIT, 1);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    const int64_t seq = row ? ff_db_col_int(st, FF_C_AUDIT_CHAIN_SEQ) : 0;
    *held = seq > mark->seq ||
            (seq == mark->seq && ff_db_col_blob(st, FF_C_AUDIT_CHAIN_HASH, hash, sizeof hash) &&
             memcmp(hash, mark->hash, sizeof hash) == 0);
    return FF_OK;
}

enum ff_rc ff_audit_mark(struct ff_ctx *cx, bool durable, struct ff_mark *head)
{
    const char *dir = ff_db_dir(cx->db);
    struct ff_mark noted;
    bool found = false, held = true;
    enum ff_rc rc = ff_mark_read(cx, dir, &noted, &found);
    if (rc || (rc = ff_audit_head(cx, head)) || (found && (rc = is_held(cx, &noted, &held))))
        return rc;
    if (!held)
        return FF_FAIL(cx, FF_STORAGE_FAULT,
                       "Entries are missing: it once came to %lld, which is not there (it ends at "
                       "%lld). See keys/audit.head and feastfrenzy audit verify.",
                       (long long)noted.seq, (long long)head->seq);
    if (!head->seq || (found && noted.seq == head->seq && !durable))
        return FF_OK;
    return ff_mark_write(cx, dir, head, durable);
}
