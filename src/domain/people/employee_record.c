/* SPDX-License-Identifier: MIT */
/* employee_record.c - what the audit log says of a person who is added or changed: sealed under the
 * person's own key. */
#include "domain/audit/audit.h"
#include "domain/people/people_repo.h"

enum { VALUES = 10 };

/* `e` NULL: no values. */
static size_t list_values(const struct ff_employee *e, struct ff_audit_value out[VALUES])
{
    if (!e)
        return 0;
    size_t n = 0;
    out[n++] = (struct ff_audit_value){"number", e->number, 0};
    out[n++] = (struct ff_audit_value){"name", e->name, 0};
    out[n++] = (struct ff_audit_value){"email", e->email, FF_NULL_INT};
    out[n++] = (struct ff_audit_value){"departmentId", NULL, e->department_id};
    out[n++] = (struct ff_audit_value){"groupId", NULL, e->group_id};
    out[n++] = (struct ff_audit_value){"overdraft", NULL, e->overdraft};
    out[n++] = (struct ff_audit_value){"purchaseLimit", NULL, e->purchase_limit};
    out[n++] = (struct ff_audit_value){"dailyLimit", NULL, e->daily_limit};
    out[n++] = (struct ff_audit_value){"monthlyLimit", NULL, e->monthly_limit};
    out[n++] = (struct ff_audit_value){"active", NULL, e->active};
    return n;
}

enum ff_rc ff_employee_record(struct ff_ctx *cx, const char *action,
                              const struct ff_employee *before, const struct ff_employee *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "employee",
                                           .entity_id = after->id,
                                           .subject = FF_AUDIT_EMPLOYEE,
                                           .subject_id = after->id,
                                           .before = was,
                                           .n_before = list_values(before, was),
                                           .after = is,
                                           .n_after = list_values(after, is)});
}
