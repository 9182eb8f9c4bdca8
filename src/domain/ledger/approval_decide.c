/* SPDX-License-Identifier: MIT */
/* approval_decide.c - agreeing, refusing, and what nobody decided in time. The journal gets the key
 * of the request that was asked for, so no approval can be booked twice. */
#include <string.h>

#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/ledger/approval_parts.h"
#include "domain/ledger/movement_parts.h"

enum { EXPIRED_AT_ONCE = 200 };

struct decision {
    int64_t id;
    const char *state;   /* approved rejected */
    const char *refusal; /* with rejected */
    struct ff_approval *out;
};

/* ---- who may ---- */

static bool is_same_decision(const struct ff_ctx *cx, const struct decision *d,
                             const struct ff_approval *a)
{
    const int64_t user = cx->who.user_id ? cx->who.user_id : FF_NULL_INT;
    return strcmp(a->state, d->state) == 0 && a->decided_by == user;
}

static enum ff_rc may_decide(struct ff_ctx *cx, const struct decision *d,
                             const struct ff_approval *a)
{
    const bool is_asker = cx->who.user_id && cx->who.user_id == a->asked_by;
    if (a->employee_id == cx->who.employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Somebody else must decide about your wallet.");
    if (is_asker && strcmp(d->state, "approved") == 0)
        return FF_FAIL(cx, FF_SELF_ACTION, "Somebody else must agree to what you asked for.");
    if (strcmp(a->state, "pending") == 0)
        return FF_OK;
    enum ff_rc rc =
        FF_FAIL(cx, FF_APPROVAL_DECIDED, "Approval %lld is %s.", (long long)a->id, a->state);
    ff_err_text(cx, "state", a->state);
    return rc;
}

/* ---- the decision ---- */

static enum ff_rc put(struct ff_ctx *cx, int64_t id, const char *state, int64_t decided_by,
                      const char *refusal, int64_t journal_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_APPROVAL_DECIDE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_APPROVAL_DECIDE_ID, id);
    ff_db_text(st, FF_P_APPROVAL_DECIDE_STATE, state);
    ff_db_opt_int(st, FF_P_APPROVAL_DECIDE_DECIDED_BY, decided_by);
    ff_db_int(st, FF_P_APPROVAL_DECIDE_DECIDED_AT, ff_clock_now_ms(cx->clock));
    ff_db_text(st, FF_P_APPROVAL_DECIDE_REFUSAL, refusal);
    ff_db_opt_int(st, FF_P_APPROVAL_DECIDE_JOURNAL, journal_id);
    return ff_db_run(cx, st);
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, int64_t id, int64_t employee_id,
                         int64_t journal_id, const char *reason)
{
    const struct ff_audit_value is[] = {{"journalId", NULL, journal_id}};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "approval",
                                           .entity_id = id,
                                           .subject = FF_AUDIT_EMPLOYEE,
                                           .subject_id = employee_id,
                                           .is_open = !reason,
                                           .reason = reason,
                                           .after = is,
                                           .n_after = 1});
}

static enum ff_rc book(struct ff_ctx *cx, const struct ff_approval_row *row, int64_t *journal_id)
{
    const struct ff_approval *a = &row->approval;
    const struct ff_move move = {.kind = a->kind,
                                 .employee_id = a->employee_id,
                                 .amount = a->amount,
                                 .source = a->source,
                                 .till_id = a->till_id == FF_NULL_INT ? 0 : a->till_id,
                                 .reason = a->reason,
                                 .note = a->note,
                                 .idem = &row->idem,
                                 .approval_id = a->id};
    struct ff_movement booked;
    int64_t other = 0;
    enum ff_rc rc = ff_ledger_find_key(cx, &row->idem, &other);
    if (!rc && other)
        rc = FF_FAIL(cx, FF_KEY_REUSED, "Its Idempotency-Key was used for journal %lld.",
                     (long long)other);
    if (rc || (rc = ff_movement_book(cx, &move, &booked)))
        return rc;
    *journal_id = booked.id;
    return FF_OK;
}

static enum ff_rc decide(struct ff_ctx *cx, void *arg)
{
    const struct decision *d = arg;
    const bool is_yes = strcmp(d->state, "approved") == 0;
    struct ff_approval_row row = {0};
    int64_t journal_id = FF_NULL_INT;
    enum ff_rc rc = ff_approval_read(cx, d->id, &row);
    if (!rc && is_same_decision(cx, d, &row.approval)) {
        *d->out = row.approval;
        return FF_OK;
    }
    if (rc || (rc = may_decide(cx, d, &row.approval)) ||
        (is_yes && (rc = book(cx, &row, &journal_id))) ||
        (rc = put(cx, d->id, d->state, cx->who.user_id ? cx->who.user_id : FF_NULL_INT, d->refusal,
                  journal_id)) ||
        (rc = record(cx, is_yes ? "approval.approve" : "approval.reject", d->id,
                     row.approval.employee_id, journal_id, d->refusal)))
        return rc;
    return ff_approval_get(cx, d->id, d->out);
}

enum ff_rc ff_approval_approve(struct ff_ctx *cx, int64_t id, struct ff_approval *out)
{
    struct decision d = {.id = id, .state = "approved", .out = out};
    return ff_db_write(cx, decide, &d);
}

enum ff_rc ff_approval_reject(struct ff_ctx *cx, int64_t id, const char *reason,
                              struct ff_approval *out)
{
    struct decision d = {.id = id, .state = "rejected", .refusal = reason, .out = out};
    return ff_db_write(cx, decide, &d);
}

/* ---- nobody did ---- */

struct dead {
    int64_t id[EXPIRED_AT_ONCE], employee_id[EXPIRED_AT_ONCE];
    int64_t n;
};

static enum ff_rc find_dead(struct ff_ctx *cx, struct dead *dead)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_APPROVAL_DEAD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_APPROVAL_DEAD_DEAD, ff_approval_dead(cx));
    ff_db_int(st, FF_P_APPROVAL_DEAD_LIMIT, EXPIRED_AT_ONCE);
    dead->n = 0;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        dead->id[dead->n] = ff_db_col_int(st, FF_C_APPROVAL_DEAD_ID);
        dead->employee_id[dead->n++] = ff_db_col_int(st, FF_C_APPROVAL_DEAD_EMPLOYEE_ID);
    }
    return rc;
}

static enum ff_rc expire(struct ff_ctx *cx, void *arg)
{
    struct dead *dead = arg;
    enum ff_rc rc = find_dead(cx, dead);
    for (int64_t i = 0; i < dead->n && !rc; i++) {
        rc = put(cx, dead->id[i], "expired", FF_NULL_INT, NULL, FF_NULL_INT);
        if (!rc)
            rc =
                record(cx, "approval.expire", dead->id[i], dead->employee_id[i], FF_NULL_INT, NULL);
    }
    return rc;
}

enum ff_rc ff_approval_expire(struct ff_ctx *cx, int64_t *n)
{
    struct dead *dead = FF_NEW(cx, struct dead);
    *n = 0;
    if (!dead)
        return cx->err.rc;
    enum ff_rc rc = find_dead(cx, dead);
    if (rc || !dead->n) /* an hour without any costs no write */
        return rc;
    ff_db_release(cx);
    rc = ff_db_write(cx, expire, dead);
    *n = rc ? 0 : dead->n;
    return rc;
}
