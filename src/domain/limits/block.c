/* SPDX-License-Identifier: MIT */
/* block.c - people who may not buy for now. */
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/limits/limits.h"

struct block {
    int64_t employee_id;
    const char *reason; /* NULL: no longer */
    struct ff_employee *out;
};

static enum ff_rc block(struct ff_ctx *cx, void *arg)
{
    const struct block *b = arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_employee_get(cx, b->employee_id, b->out);
    if (rc || (rc = ff_db_query(cx, FF_Q_LIMITS_BLOCK, &st)))
        return rc;
    const int64_t now = ff_clock_now_ms(cx->clock);
    const struct ff_audit_value was = {"blocked", NULL, b->out->blocked};
    ff_db_int(st, FF_P_LIMITS_BLOCK_ID, b->employee_id);
    ff_db_opt_int(st, FF_P_LIMITS_BLOCK_AT, b->reason ? now : FF_NULL_INT);
    ff_db_text(st, FF_P_LIMITS_BLOCK_REASON, b->reason);
    ff_db_int(st, FF_P_LIMITS_BLOCK_NOW, now);
    if ((rc = ff_db_run(cx, st)) || (rc = ff_employee_get(cx, b->employee_id, b->out)))
        return rc;
    const struct ff_audit_value is = {"blocked", NULL, b->out->blocked};
    return ff_audit(cx,
                    &(struct ff_audit){.action = b->reason ? "employee.block" : "employee.unblock",
                                       .entity = "employee",
                                       .entity_id = b->employee_id,
                                       .subject = FF_AUDIT_EMPLOYEE,
                                       .subject_id = b->employee_id,
                                       .reason = b->reason,
                                       .before = &was,
                                       .n_before = 1,
                                       .after = &is,
                                       .n_after = 1});
}

enum ff_rc ff_limits_block(struct ff_ctx *cx, int64_t employee_id, const char *reason,
                           struct ff_employee *out)
{
    struct block b = {employee_id, reason, out};
    if (cx->who.employee_id == employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Someone else must change this.");
    return ff_db_write(cx, block, &b);
}
