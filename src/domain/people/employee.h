/* SPDX-License-Identifier: MIT */
/* employee.h - the people who eat: their record, their department, how they identify themselves at
 * a kiosk. */
#ifndef FF_DOMAIN_PEOPLE_EMPLOYEE_H
#define FF_DOMAIN_PEOPLE_EMPLOYEE_H

#include "domain/common/import.h"
#include "domain/common/list.h"

struct ff_employee {
    int64_t id;
    const char *number, *name, *email;
    int64_t department_id; /* FF_NULL_INT: none */
    const char *department;
    int64_t group_id; /* FF_NULL_INT: none */
    const char *group;
    int64_t overdraft; /* minor units; FF_NULL_INT, here and below: the group's or the site's */
    int64_t purchase_limit, daily_limit, monthly_limit;
    int64_t blocked;            /* may not buy at present; see domain/limits */
    const char *blocked_reason; /* NULL: not blocked */
    int64_t active, has_pin, badges, version, created_at, updated_at;
};

/* One person within the caller's scope. A foreign one is FF_NOT_FOUND like a missing one. */
FF_MUST_CHECK enum ff_rc ff_employee_get(struct ff_ctx *cx, int64_t id, struct ff_employee *out);

struct ff_employee_filter {
    int64_t page, limit;
    const char *sort, *q;  /* NULL: by name; none. `q` looks at name and number */
    int64_t department_id; /* FF_NULL_INT: all within the caller's scope */
    int64_t group_id;      /* below 1: all */
    int64_t active;        /* FF_NULL_INT: both */
};

/* One page within the caller's scope; two statements. Sort fields: name, number, department, id. */
FF_MUST_CHECK enum ff_rc ff_employee_list(struct ff_ctx *cx, const struct ff_employee_filter *f,
                                          struct ff_list *out, int64_t *total);
/* All rows of the filter as CSV in the columns of the import, by id; page, limit and sort do not
 * count. `decimals` of the amounts, 0: minor units. */
FF_MUST_CHECK enum ff_rc ff_employee_export(struct ff_ctx *cx, const struct ff_employee_filter *f,
                                            int decimals, struct ff_text *out);

/* What was given of a person; bit i of `set`: field i (null included). */
enum ff_employee_field {
    FF_EMPLOYEE_NUMBER,
    FF_EMPLOYEE_NAME,
    FF_EMPLOYEE_EMAIL,
    FF_EMPLOYEE_DEPARTMENT_ID,
    FF_EMPLOYEE_DEPARTMENT,
    FF_EMPLOYEE_MONTHLY_LIMIT,
    FF_EMPLOYEE_GROUP_ID,
    FF_EMPLOYEE_GROUP,
    FF_EMPLOYEE_OVERDRAFT,
    FF_EMPLOYEE_PURCHASE_LIMIT,
    FF_EMPLOYEE_DAILY_LIMIT,
    FF_EMPLOYEE_ACTIVE,
    FF_EMPLOYEE_FIELDS
};
struct ff_employee_in {
    uint64_t set;
    const char *number, *name, *email;
    int64_t department_id;
    const char *department; /* by its name instead of its id */
    int64_t monthly_limit, group_id;
    const char *group; /* by its name instead of its id */
    int64_t overdraft, purchase_limit, daily_limit;
    int64_t active;
};

/* Makes the person and the wallet (account `wallet:<id>`) in one job; `set` does not count. The
 * department is taken by id or, when that is not given (0 or FF_NULL_INT), by its name; a manager's
 * people are in the manager's department. The group likewise, none when not given; only an admin
 * gives one or an overdraft (FF_FORBIDDEN). FF_ALREADY_EXISTS (param field) for a number or e-mail
 * in use, FF_VALIDATION for a department or group that is not there. */
FF_MUST_CHECK enum ff_rc ff_employee_make(struct ff_ctx *cx, const struct ff_employee_in *in,
                                          struct ff_employee *out);

/* The person with this e-mail (lower case). FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_employee_by_email(struct ff_ctx *cx, const char *email,
                                              struct ff_employee *out);

/* A person may change the own name; a manager also number, e-mail and limits of others; an admin
 * all. Nobody changes their own department, group, activity, overdraft or limits (FF_SELF_ACTION).
 * Group and overdraft set the floor of the wallet anew. FF_NOT_FOUND, FF_VERSION_CONFLICT,
 * FF_FORBIDDEN and as above. */
FF_MUST_CHECK enum ff_rc ff_employee_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                            const struct ff_employee_in *in,
                                            struct ff_employee *out);

/* Makes people of a CSV file, all or none; departments and groups when missing; opening balances in
 * the ledger, once per file and person. An update changes who has the number already where the cell
 * holds something; an opening balance stays as it was booked, and nobody places or switches off
 * themselves (FF_LAST_ADMIN: or the last administrator). See import.h for the rules. */
FF_MUST_CHECK enum ff_rc ff_employee_import(struct ff_ctx *cx, const struct ff_import_file *file,
                                            struct ff_import_result *out);

/* The PIN of a person within the caller's scope: as many digits as the site wants, at most 8, not
 * all alike, not in a row. It ends a wait after wrong ones. It is hashed before the job.
 * FF_VALIDATION at "/pin". Badges: badge.h.
 */
FF_MUST_CHECK enum ff_rc ff_employee_set_pin(struct ff_ctx *cx, int64_t id, const char *pin);

/* Who is it? By number and PIN; by id and PIN. FF_PIN_INVALID (the same, after the same work, for
 * an unknown person, no PIN and a wrong PIN), FF_EMPLOYEE_INACTIVE. FF_ACCOUNT_LOCKED after 5 wrong
 * ones of a person, or 30 at the calling kiosk, in 15 minutes. Source: security.md S11, T20. */
FF_MUST_CHECK enum ff_rc ff_employee_by_pin(struct ff_ctx *cx, const char *number,
                                            int64_t employee_id, const char *pin, int64_t *id);

/* Somebody a kiosk may offer by name: nothing but this. */
struct ff_face {
    int64_t id;
    const char *name, *initials;
    int64_t recent; /* bought in the last two weeks */
};
/* Recent ones first, each group by name. FF_FORBIDDEN when the site does not identify by name. */
FF_MUST_CHECK enum ff_rc ff_face_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                      struct ff_list *out, int64_t *total);

/* ---- departments; managers see their own ---- */
struct ff_department {
    int64_t id;
    const char *name;
    int64_t cost_centre_id; /* FF_NULL_INT: the first */
    int64_t version;
};

/* What was given of a department; bit i of `set`: field i (null included). */
enum ff_department_field { FF_DEPARTMENT_NAME, FF_DEPARTMENT_COST_CENTRE };
struct ff_department_in {
    uint64_t set;
    const char *name;
    int64_t cost_centre_id;
};
/* Sort fields: name, id. */
FF_MUST_CHECK enum ff_rc ff_department_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                            struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_department_get(struct ff_ctx *cx, int64_t id,
                                           struct ff_department *out);
/* All of the filter as CSV in the column of the import; page, limit and sort do not count. */
FF_MUST_CHECK enum ff_rc ff_department_export(struct ff_ctx *cx, const struct ff_list_filter *f,
                                              struct ff_text *out);
/* Makes the departments of a CSV file, column name; an update spells the names of those anew that
 * differ by case and accents only. */
FF_MUST_CHECK enum ff_rc ff_department_import(struct ff_ctx *cx, const struct ff_import_file *file,
                                              struct ff_import_result *out);
/* FF_ALREADY_EXISTS when the name is in use, whatever its case and accents. */
FF_MUST_CHECK enum ff_rc ff_department_create(struct ff_ctx *cx, const struct ff_department_in *in,
                                              struct ff_department *out);
/* FF_NOT_FOUND, FF_VERSION_CONFLICT, FF_ALREADY_EXISTS, FF_VALIDATION for a cost centre that is not
 * there. */
FF_MUST_CHECK enum ff_rc ff_department_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                              const struct ff_department_in *in,
                                              struct ff_department *out);
/* FF_IN_USE while someone is in it. */
FF_MUST_CHECK enum ff_rc ff_department_delete(struct ff_ctx *cx, int64_t id, int64_t version);

#endif
