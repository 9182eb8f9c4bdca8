/* SPDX-License-Identifier: MIT */
/* user_rules.c - see user_rules.h. */
#include "domain/identity/user_rules.h"

#include <string.h>

#include "domain/audit/audit.h"
#include "domain/identity/repo.h"

enum ff_rc ff_user_check_reach(struct ff_ctx *cx, const char *role, int64_t site_wide)
{
    if (site_wide == 1 && strcmp(role, "manager") != 0)
        return ff_field_fail(cx, "/siteWide", "VALUE", "Only a manager can be site-wide.");
    return FF_OK;
}

enum ff_rc ff_user_taken(struct ff_ctx *cx, const char *field, const char *detail)
{
    enum ff_rc rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "%s", detail);
    ff_err_text(cx, "field", field);
    return rc;
}

enum ff_rc ff_user_find_person(struct ff_ctx *cx, int64_t user_id, const char *number,
                               int64_t employee_id, int64_t *found)
{
    int64_t holder;
    enum ff_rc rc = ff_repo_person(cx, employee_id, number, found);
    if (rc)
        return rc;
    if (!*found)
        return ff_field_fail(cx, number ? "/employeeNumber" : "/employeeId", "VALUE",
                             "There is no such employee.");
    if ((rc = ff_repo_user_of(cx, *found, &holder)))
        return rc;
    return holder && holder != user_id
               ? ff_user_taken(cx, "employee", "This employee has an account already.")
               : FF_OK;
}

enum { VALUES = 7 };

static void fill(const struct ff_user *user, struct ff_audit_value values[VALUES])
{
    values[0] = (struct ff_audit_value){"email", user->email, 0};
    values[1] = (struct ff_audit_value){"name", user->name, 0};
    values[2] = (struct ff_audit_value){"role", user->role, 0};
    values[3] = (struct ff_audit_value){"departmentId", NULL, user->own_department_id};
    values[4] = (struct ff_audit_value){"employeeId", NULL, user->employee_id};
    values[5] = (struct ff_audit_value){"siteWide", NULL, user->site_wide};
    values[6] = (struct ff_audit_value){"active", NULL, user->enabled};
}

enum ff_rc ff_user_audit(struct ff_ctx *cx, const char *action, int64_t id,
                         const struct ff_user *before, const struct ff_user *after)
{
    struct ff_audit_value old[VALUES], new[VALUES];
    struct ff_audit event = {.action = action,
                             .entity = "user",
                             .entity_id = id,
                             .subject = FF_AUDIT_USER,
                             .subject_id = id,
                             .before = old,
                             .after = new,
                             .n_before = before ? VALUES : 0,
                             .n_after = after ? VALUES : 0};
    if (before)
        fill(before, old);
    if (after)
        fill(after, new);
    return ff_audit(cx, &event);
}
