/* SPDX-License-Identifier: MIT */
/* badge_link.c - a person gives themselves a badge at a kiosk, with a code from their manager. */
#include <stdio.h>

#include "domain/attempt/attempt.h"
#include "domain/audit/audit.h"
#include "domain/code/one_time_code.h"
#include "domain/people/badge.h"
#include "domain/people/badge_repo.h"

#define ONE_DAY_MS INT64_C(86400000)

struct issue {
    int64_t employee_id;
    struct ff_code code;
};

static enum ff_rc issue(struct ff_ctx *cx, void *arg)
{
    struct issue *i = arg;
    struct ff_employee e;
    const struct ff_code_new wanted = {.purpose = FF_CODE_BADGE_LINK,
                                       .holder = {.employee_id = i->employee_id},
                                       .valid_ms = ONE_DAY_MS,
                                       .is_typed = true};
    const struct ff_audit event = {.action = "badge.code",
                                   .entity = "employee",
                                   .entity_id = i->employee_id,
                                   .subject = FF_AUDIT_EMPLOYEE,
                                   .subject_id = i->employee_id};
    ff_err_clear(cx);
    enum ff_rc rc = ff_employee_get(cx, i->employee_id, &e);
    if (rc)
        return rc;
    if (!e.active)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
    rc = ff_code_issue(cx, &wanted, &i->code);
    return rc ? rc : ff_audit(cx, &event);
}

enum ff_rc ff_badge_code(struct ff_ctx *cx, int64_t employee_id, struct ff_badge_code *out)
{
    struct issue i = {.employee_id = employee_id};
    enum ff_rc rc = ff_db_write(cx, issue, &i);
    if (rc)
        return rc;
    out->code = ff_strdup(cx, i.code.text);
    out->expires_at = i.code.expires_at_ms;
    return out->code ? FF_OK : cx->err.rc;
}

struct link {
    const char *code;
    struct ff_badge_key key;
    const char **name;
};

static enum ff_rc link_it(struct ff_ctx *cx, void *arg)
{
    const struct link *l = arg;
    struct ff_code_holder holder;
    struct ff_employee e;
    int64_t id;
    ff_err_clear(cx);
    enum ff_rc rc = ff_code_spend(cx, FF_CODE_BADGE_LINK, l->code, &holder);
    if (rc || (rc = ff_employee_get(cx, holder.employee_id, &e)))
        return rc;
    if (!e.active)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
    *l->name = e.name;
    return ff_badge_insert(cx, &l->key, e.id, NULL, &id);
}

enum ff_rc ff_badge_link(struct ff_ctx *cx, const char *code, const char *badge, const char **name)
{
    char device[24];
    bool locked;
    struct link l = {.code = code, .name = name};
    snprintf(device, sizeof device, "%lld", (long long)cx->who.device_id);
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_DEVICE, device);
    if (rc)
        return rc;
    ff_auth_badge_hash(cx->auth, badge, l.key.hash);
    if ((rc = ff_db_write(cx, link_it, &l)) != FF_CODE_INVALID)
        return rc;
    const struct ff_audit event = {
        .action = "badge.link_failed", .entity = "kiosk", .entity_id = cx->who.device_id};
    ff_audit_note(cx, &event);
    ff_err_clear(cx);
    if ((rc = ff_attempt_failed(cx, FF_ATTEMPT_DEVICE, device, &locked)))
        return rc;
    return FF_FAIL(cx, FF_CODE_INVALID, "This code is not valid any more.");
}
