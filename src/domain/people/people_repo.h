/* SPDX-License-Identifier: MIT */
/* people_repo.h - the statements on people, one a function, and the border of what the caller may
 * see. For this folder only. */
#ifndef FF_DOMAIN_PEOPLE_PEOPLE_REPO_H
#define FF_DOMAIN_PEOPLE_PEOPLE_REPO_H

#include "db/db.h"
#include "domain/common/list_view.h"
#include "domain/people/employee.h"

/* :department of a list: FF_NULL_INT for no border, 0 (nobody) for a caller without a scope over
 * others. */
int64_t ff_people_border(const struct ff_ctx *cx);

/* A filter as the statements take it. */
struct ff_people_query {
    struct ff_list_view view;
    int64_t border, department_id, group_id, active;
};
FF_MUST_CHECK enum ff_rc ff_people_query_make(struct ff_ctx *cx, const struct ff_employee_filter *f,
                                              struct ff_people_query *q);

/* In a job. FF_ALREADY_EXISTS with param field. The insert takes number, name, email,
 * department_id, group_id, overdraft, the limits and sets id; the update takes id, version and
 * active too.
 */
FF_MUST_CHECK enum ff_rc ff_employee_insert(struct ff_ctx *cx, struct ff_employee *e);
FF_MUST_CHECK enum ff_rc ff_employee_update(struct ff_ctx *cx, const struct ff_employee *e);

/* In a job: records it. `before` NULL: the person is new. */
FF_MUST_CHECK enum ff_rc ff_employee_record(struct ff_ctx *cx, const char *action,
                                            const struct ff_employee *before,
                                            const struct ff_employee *after);

/* The department with this name, whatever its case and accents; *id 0: there is none. */
FF_MUST_CHECK enum ff_rc ff_department_find(struct ff_ctx *cx, const char *name, int64_t *id);
/* In a job. FF_ALREADY_EXISTS. */
FF_MUST_CHECK enum ff_rc ff_department_insert(struct ff_ctx *cx, const char *name, int64_t *id);

#endif
