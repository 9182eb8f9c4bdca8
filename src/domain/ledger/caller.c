/* SPDX-License-Identifier: MIT */
/* caller.c - what the caller's identity means to the ledger: which keys are theirs, which people's
 * rows they reach. The route table has decided role and scope before. */
#include "domain/ledger/ledger.h"

#include <string.h>

#include "auth/auth.h"
#include "db/db.h"

/* A kiosk's keys are the device's, a signed-in person's are the user's, the command line's are
 * nobody's. Source: ledger.md, "Idempotency". */
static int64_t key_scope(const struct ff_actor *who)
{
    return who->device_id ? who->device_id : -who->user_id;
}

void ff_idem_make(struct ff_ctx *cx, const char *key, const char *operation, int64_t subject_id,
                  int64_t path_id, const void *raw, size_t raw_len, struct ff_idem *out)
{
    struct ff_hash h;
    ff_hash_init(&h, FF_FINGERPRINT_BYTES);
    ff_hash_text(&h, operation);
    ff_hash_u64(&h, (uint64_t)subject_id);
    ff_hash_u64(&h, (uint64_t)path_id);
    ff_hash_u64(&h, raw_len);
    ff_hash_add(&h, raw, raw_len);
    ff_hash_final(&h, out->fingerprint);
    out->key = key;
    out->scope = key_scope(&cx->who);
}

static enum ff_rc find(struct ff_ctx *cx, const char *key, int64_t scope, int64_t *journal_id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_KEY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_KEY_KEY, key);
    ff_db_int(st, FF_P_LEDGER_KEY_SCOPE, scope);
    rc = ff_db_row(cx, st, &row);
    *journal_id = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_KEY_ID) : 0;
    return rc;
}

/* Was this journal booked for the same request? */
static enum ff_rc compare(struct ff_ctx *cx, int64_t journal_id, const struct ff_idem *idem)
{
    unsigned char stored[FF_FINGERPRINT_BYTES];
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_REQUEST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_REQUEST_ID, journal_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row || !ff_db_col_blob(st, FF_C_LEDGER_REQUEST_REQUEST_FP, stored, sizeof stored))
        return FF_FAIL(cx, FF_INTERNAL, "The stored request could not be read.");
    if (memcmp(stored, idem->fingerprint, sizeof stored) == 0)
        return FF_OK;
    return FF_FAIL(cx, FF_KEY_REUSED, "This Idempotency-Key was used for a different request.");
}

enum ff_rc ff_ledger_find_key(struct ff_ctx *cx, const struct ff_idem *idem, int64_t *journal_id)
{
    enum ff_rc rc = find(cx, idem->key, idem->scope, journal_id);
    return rc || *journal_id == 0 ? rc : compare(cx, *journal_id, idem);
}

enum ff_rc ff_ledger_key_journal(struct ff_ctx *cx, const char *key, int64_t *journal_id)
{
    return find(cx, key, key_scope(&cx->who), journal_id);
}

struct ff_reach ff_reach_of(const struct ff_actor *who)
{
    struct ff_reach reach = {.all = 0, .self = 0, .department = FF_NULL_INT};
    if (who->is_cli || who->scope == FF_ALL || (who->scope == FF_DEPT && who->site_wide))
        return (struct ff_reach){.all = 1, .self = 0, .department = FF_NULL_INT};
    if (who->scope == FF_SELF || who->scope == FF_DEPT)
        reach.self = who->employee_id;
    if (who->scope == FF_DEPT && who->department_id)
        reach.department = who->department_id;
    return reach;
}
