/* SPDX-License-Identifier: MIT */
/* approval_ask.c - a movement that waits: when it must, what is kept of it, and finding it again by
 * its key. */
#include <string.h>

#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/ledger/approval_parts.h"
#include "domain/ledger/movement_parts.h"
#include "domain/site/site.h"

bool ff_approval_is_due(struct ff_ctx *cx, int64_t amount)
{
    const int64_t above = ff_site_get(cx).approval_above;
    return above != FF_NULL_INT && (amount < 0 ? -amount : amount) > above;
}

static enum ff_rc read_key(struct ff_ctx *cx, struct ff_stmt *st, struct ff_movement *out)
{
    *out = (struct ff_movement){
        .id = FF_NULL_INT,
        .employee_id = ff_db_col_int(st, FF_C_APPROVAL_KEY_EMPLOYEE_ID),
        .kind = ff_db_col_text(cx, st, FF_C_APPROVAL_KEY_KIND),
        .amount = ff_db_col_int(st, FF_C_APPROVAL_KEY_AMOUNT_MINOR),
        .balance_after = FF_NULL_INT,
        .recorded_at = FF_NULL_INT,
        .reason = ff_db_col_text(cx, st, FF_C_APPROVAL_KEY_REASON),
        .reverses_id = FF_NULL_INT,
        .approval_id = ff_db_col_int(st, FF_C_APPROVAL_KEY_ID),
        .approval_state = ff_db_col_text(cx, st, FF_C_APPROVAL_KEY_STATE),
        .replayed = 1,
    };
    return cx->err.rc;
}

enum ff_rc ff_approval_of_key(struct ff_ctx *cx, const struct ff_idem *idem,
                              struct ff_movement *out)
{
    unsigned char stored[FF_FINGERPRINT_BYTES];
    FF_STMT *st = NULL;
    bool row = false;
    out->approval_id = FF_NULL_INT;
    enum ff_rc rc = ff_db_query(cx, FF_Q_APPROVAL_KEY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_APPROVAL_KEY_KEY, idem->key);
    ff_db_int(st, FF_P_APPROVAL_KEY_SCOPE, idem->scope);
    ff_db_int(st, FF_P_APPROVAL_KEY_DEAD, ff_approval_dead(cx));
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    if (!ff_db_col_blob(st, FF_C_APPROVAL_KEY_REQUEST_FP, stored, sizeof stored))
        return FF_FAIL(cx, FF_INTERNAL, "The stored request could not be read.");
    if (memcmp(stored, idem->fingerprint, sizeof stored) != 0)
        return FF_FAIL(cx, FF_KEY_REUSED, "This Idempotency-Key was used for a different request.");
    return read_key(cx, st, out);
}

static enum ff_rc insert(struct ff_ctx *cx, const struct ff_move *m, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_APPROVAL_ADD, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_APPROVAL_ADD_KIND, m->kind);
    ff_db_int(st, FF_P_APPROVAL_ADD_EMPLOYEE, m->employee_id);
    ff_db_int(st, FF_P_APPROVAL_ADD_AMOUNT, m->amount);
    ff_db_text(st, FF_P_APPROVAL_ADD_SOURCE, m->source);
    ff_db_opt_int(st, FF_P_APPROVAL_ADD_TILL, m->till_id ? m->till_id : FF_NULL_INT);
    ff_db_text(st, FF_P_APPROVAL_ADD_REASON, m->reason);
    ff_db_text(st, FF_P_APPROVAL_ADD_NOTE, m->note);
    ff_db_int(st, FF_P_APPROVAL_ADD_ASKED_BY, cx->who.user_id);
    ff_db_int(st, FF_P_APPROVAL_ADD_ASKED_AT, ff_clock_now_ms(cx->clock));
    ff_db_int(st, FF_P_APPROVAL_ADD_SCOPE, m->idem->scope);
    ff_db_text(st, FF_P_APPROVAL_ADD_KEY, m->idem->key);
    ff_db_blob(st, FF_P_APPROVAL_ADD_FINGERPRINT, m->idem->fingerprint,
               sizeof m->idem->fingerprint);
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_APPROVAL_ADD_ID) : 0;
    return rc;
}

static enum ff_rc record(struct ff_ctx *cx, const struct ff_move *m, int64_t id)
{
    const struct ff_audit_value is[] = {{"kind", m->kind, FF_NULL_INT},
                                        {"amount", NULL, m->amount},
                                        {"reason", m->reason, FF_NULL_INT}};
    return ff_audit(cx, &(struct ff_audit){.action = "approval.ask",
                                           .entity = "approval",
                                           .entity_id = id,
                                           .subject = FF_AUDIT_EMPLOYEE,
                                           .subject_id = m->employee_id,
                                           .is_open = !m->note,
                                           .reason = m->note,
                                           .after = is,
                                           .n_after = sizeof is / sizeof is[0]});
}

enum ff_rc ff_approval_ask(struct ff_ctx *cx, const struct ff_move *m, struct ff_movement *out)
{
    int64_t id = 0;
    enum ff_rc rc = insert(cx, m, &id);
    if (rc || (rc = record(cx, m, id)))
        return rc;
    *out = (struct ff_movement){.id = FF_NULL_INT,
                                .employee_id = m->employee_id,
                                .kind = m->kind,
                                .amount = m->amount,
                                .balance_after = FF_NULL_INT,
                                .recorded_at = FF_NULL_INT,
                                .reason = m->reason,
                                .reverses_id = FF_NULL_INT,
                                .approval_id = id,
                                .approval_state = "pending"};
    return FF_OK;
}
