/* SPDX-License-Identifier: MIT */
/* record.c - one row of the record, appended to the chain inside the job that it tells of. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "domain/audit/row.h"

enum { DETAIL_BYTES = 64 << 10 };

static int64_t or_null(int64_t id)
{
    return id ? id : FF_NULL_INT;
}

static enum ff_rc insert(struct ff_ctx *cx, const struct ff_audit_row *row)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_AUDIT_ADD_SEQ, row->seq);
    ff_db_int(st, FF_P_AUDIT_ADD_AT, row->at_ms);
    ff_db_text(st, FF_P_AUDIT_ADD_ACTION, row->action);
    ff_db_text(st, FF_P_AUDIT_ADD_ENTITY, row->entity);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_ENTITY_ID, row->entity_id);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_USER, row->user_id);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_EMPLOYEE, row->employee_id);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_DEVICE, row->device_id);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_CLI_UID, row->cli_uid);
    ff_db_text(st, FF_P_AUDIT_ADD_ADDRESS, row->address);
    ff_db_text(st, FF_P_AUDIT_ADD_REQUEST, row->request_id);
    ff_db_text(st, FF_P_AUDIT_ADD_REASON, row->reason);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_SUBJECT_KIND, row->subject_kind);
    ff_db_opt_int(st, FF_P_AUDIT_ADD_SUBJECT, row->subject_id);
    ff_db_blob(st, FF_P_AUDIT_ADD_DETAIL, row->detail, row->n_detail);
    ff_db_blob(st, FF_P_AUDIT_ADD_HASH, row->hash, sizeof row->hash);
    return ff_db_run(cx, st);
}

enum ff_rc ff_audit_put(struct ff_ctx *cx, const struct ff_audit_entry *e)
{
    struct ff_chain_head *head = ff_db_audit_head(cx);
    const struct ff_actor *who = e->who;
    bool is_about = e->subject != FF_AUDIT_NOBODY;
    struct ff_audit_row row = {
        .seq = head->id + 1,
        .at_ms = e->at_ms > head->recorded_at_ms ? e->at_ms : head->recorded_at_ms,
        .action = e->action,
        .entity = e->entity,
        .entity_id = or_null(e->entity_id),
        .user_id = or_null(who->user_id),
        .employee_id = who->user_id ? FF_NULL_INT : or_null(who->employee_id),
        .device_id = or_null(who->device_id),
        .cli_uid = who->is_cli ? who->cli_uid : FF_NULL_INT,
        .address = e->address,
        .request_id = e->request_id,
        .subject_kind = is_about ? (int64_t)e->subject : FF_NULL_INT,
        .subject_id = is_about ? e->subject_id : FF_NULL_INT,
    };
    assert(strlen(row.action) < FF_AUDIT_ACTION_CAP);
    enum ff_rc rc = ff_audit_seal(cx, e, &row);
    if (rc)
        return rc;
    ff_audit_row_hash(cx->auth, &row, head->hash, row.hash);
    if ((rc = insert(cx, &row)))
        return rc;
    head->id = row.seq;
    head->recorded_at_ms = row.at_ms;
    memcpy(head->hash, row.hash, sizeof head->hash);
    return FF_OK;
}

enum ff_rc ff_audit(struct ff_ctx *cx, const struct ff_audit *event)
{
    struct ff_buf detail;
    ff_buf_init(&detail, DETAIL_BYTES);
    ff_audit_detail(event, &detail);
    const struct ff_audit_entry entry = {.action = event->action,
                                         .entity = event->entity,
                                         .entity_id = event->entity_id,
                                         .subject = event->subject,
                                         .subject_id = event->subject_id,
                                         .is_open = event->is_open,
                                         .reason = event->reason,
                                         .detail = detail.len ? detail.data : NULL,
                                         .n_detail = detail.len,
                                         .at_ms = ff_clock_now_ms(cx->clock),
                                         .who = &cx->who,
                                         .address = cx->address,
                                         .request_id = cx->request_id};
    enum ff_rc rc = detail.failed
                        ? FF_FAIL(cx, FF_INTERNAL, "The values of a change are too long to record.")
                        : ff_audit_put(cx, &entry);
    ff_buf_free(&detail);
    return rc;
}
