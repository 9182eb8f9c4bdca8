/* SPDX-License-Identifier: MIT */
/* employee.h - the people who eat: their record, their department, how they identify themselves at
 * a kiosk. */
#ifndef FF_DOMAIN_PEOPLE_EMPLOYEE_H
#define FF_DOMAIN_PEOPLE_EMPLOYEE_H

#include "base/ctx.h"
#include "json/schema.h"

struct ff_employee {
    int64_t id;
    const char *number, *name, *email;
    int64_t department_id; /* FF_NULL_INT: none */
    const char *department;
    int64_t monthly_limit; /* minor units, FF_NULL_INT: none */
    int64_t active, has_pin, badges, version, created_at, updated_at;
};

/* One person within the caller's scope. A foreign one is FF_NOT_FOUND like a missing one. */
FF_MUST_CHECK enum ff_rc ff_employee_get(struct ff_ctx *cx, int64_t id, struct ff_employee *out);

/* Makes the person and the wallet (account `wallet:<id>`, floor 0) in one job. Fields id, version,
 * created_at, updated_at, has_pin, badges of `e` are set. FF_ALREADY_EXISTS for a number or e-mail
 * in use. */
FF_MUST_CHECK enum ff_rc ff_employee_create(struct ff_ctx *cx, struct ff_employee *e);

/* Credentials. The PIN (4-8 digits) is hashed before the job; a badge is stored only as a keyed
 * hash and belongs to one person. FF_ALREADY_EXISTS: the badge is someone else's. */
FF_MUST_CHECK enum ff_rc ff_employee_set_pin(struct ff_ctx *cx, int64_t id, const char *pin);
FF_MUST_CHECK enum ff_rc ff_employee_add_badge(struct ff_ctx *cx, int64_t id, const char *badge);

/* Who is it? By badge; by number and PIN; by id and PIN. FF_BADGE_UNKNOWN, FF_PIN_INVALID (the
 * same, after the same work, for an unknown person, no PIN and a wrong PIN), FF_EMPLOYEE_INACTIVE.
 */
FF_MUST_CHECK enum ff_rc ff_employee_by_badge(struct ff_ctx *cx, const char *badge, int64_t *id);
FF_MUST_CHECK enum ff_rc ff_employee_by_pin(struct ff_ctx *cx, const char *number,
                                            int64_t employee_id, const char *pin, int64_t *id);

#endif
