/* SPDX-License-Identifier: MIT */
/* seal.c - values about a person are readable only while that person's key is there.
 *
 * A stored detail is either plain (old values, LF, new values, LF: JSON holds no bare LF) or one
 * byte 1, then the sealed form of: old values, LF, new values, LF, reason. The key is made with the
 * first value and stays with the person; erasure overwrites it, and from then on values about this
 * person are not kept at all. */
#include <string.h>

#include "domain/audit/row.h"

enum { SEALED = 1 };

/* *found: there is a row. *has_key false then: the subject was erased. */
static enum ff_rc read_key(struct ff_ctx *cx, int64_t kind, int64_t id, bool *found, bool *has_key,
                           unsigned char key[FF_SEAL_KEY_BYTES])
{
    FF_STMT *st = NULL;
    *has_key = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SUBJECT_KEY, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SUBJECT_KEY_KIND, kind);
    ff_db_int(st, FF_P_SUBJECT_KEY_SUBJECT, id);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    *has_key = ff_db_col_blob(st, FF_C_SUBJECT_KEY_SEAL_KEY, key, FF_SEAL_KEY_BYTES);
    return FF_OK;
}

static enum ff_rc make_key(struct ff_ctx *cx, int64_t kind, int64_t id,
                           unsigned char key[FF_SEAL_KEY_BYTES])
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SUBJECT_KEY_ADD, &st);
    if (rc)
        return rc;
    ff_seal_key(key);
    ff_db_int(st, FF_P_SUBJECT_KEY_ADD_KIND, kind);
    ff_db_int(st, FF_P_SUBJECT_KEY_ADD_SUBJECT, id);
    ff_db_blob(st, FF_P_SUBJECT_KEY_ADD_KEY, key, FF_SEAL_KEY_BYTES);
    return ff_db_run(cx, st);
}

static enum ff_rc seal(struct ff_ctx *cx, const struct ff_audit_entry *entry,
                       struct ff_audit_row *row)
{
    unsigned char key[FF_SEAL_KEY_BYTES];
    bool found = false, has_key = false;
    enum ff_rc rc = read_key(cx, row->subject_kind, row->subject_id, &found, &has_key, key);
    if (rc || (!found && (rc = make_key(cx, row->subject_kind, row->subject_id, key))))
        return rc;
    row->reason = found && !has_key ? entry->reason : NULL;
    if (found && !has_key)
        return FF_OK;
    unsigned char *sealed = ff_alloc(cx, 1 + entry->n_detail + FF_SEAL_EXTRA_BYTES);
    if (sealed) {
        sealed[0] = SEALED;
        ff_seal(key, entry->detail, entry->n_detail, sealed + 1);
        row->detail = sealed;
        row->n_detail = 1 + entry->n_detail + FF_SEAL_EXTRA_BYTES;
    }
    ff_wipe(key, sizeof key);
    return sealed ? FF_OK : cx->err.rc;
}

enum ff_rc ff_audit_seal(struct ff_ctx *cx, const struct ff_audit_entry *entry,
                         struct ff_audit_row *row)
{
    row->reason = entry->reason;
    if (!entry->detail)
        return FF_OK;
    if (entry->subject != FF_AUDIT_NOBODY && !entry->is_open)
        return seal(cx, entry, row);
    row->detail = entry->detail;
    row->n_detail = entry->n_detail;
    return FF_OK;
}

/* ---- the way back ---- */

static void split(char *text, struct ff_audit_parts *out)
{
    char *first = strchr(text, '\n'), *second = first ? strchr(first + 1, '\n') : NULL;
    if (!second)
        return;
    *first = *second = '\0';
    out->before = *text ? text : NULL;
    out->after = first[1] ? first + 1 : NULL;
    out->reason = second[1] ? second + 1 : NULL;
}

static enum ff_rc unseal(struct ff_ctx *cx, const struct ff_audit_row *row, char **plain)
{
    *plain = NULL;
    if (!row->has_key)
        return FF_OK;
    char *text = ff_alloc(cx, row->n_detail); /* zeroed, and longer than what comes out */
    if (text && ff_unseal(row->key, (const char *)row->detail + 1, row->n_detail - 1, text))
        *plain = text;
    return text ? FF_OK : cx->err.rc;
}

enum ff_rc ff_audit_open_detail(struct ff_ctx *cx, const struct ff_audit_row *row,
                                struct ff_audit_parts *out)
{
    char *plain = NULL;
    *out = (struct ff_audit_parts){.reason = row->reason};
    if (!row->n_detail)
        return FF_OK;
    bool is_sealed = *(const unsigned char *)row->detail == SEALED;
    enum ff_rc rc = FF_OK;
    if (is_sealed)
        rc = unseal(cx, row, &plain);
    else if (!(plain = ff_arena_strndup(cx->arena, row->detail, row->n_detail)))
        rc = FF_FAIL(cx, FF_INTERNAL, "There is no memory for a row of the record.");
    if (rc)
        return rc;
    out->is_shredded = !plain;
    if (plain)
        split(plain, out);
    out->reason = out->reason ? out->reason : row->reason;
    return FF_OK;
}

/* ---- erasure ---- */

enum ff_rc ff_audit_shred(struct ff_ctx *cx, enum ff_audit_subject subject, int64_t id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SUBJECT_KEY_SHRED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SUBJECT_KEY_SHRED_KIND, subject);
    ff_db_int(st, FF_P_SUBJECT_KEY_SHRED_SUBJECT, id);
    return ff_db_run(cx, st);
}
