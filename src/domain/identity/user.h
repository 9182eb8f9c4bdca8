/* SPDX-License-Identifier: MIT */
/* user.h - accounts for signing in: made by an administrator, one person at most each. */
#ifndef FF_DOMAIN_IDENTITY_USER_H
#define FF_DOMAIN_IDENTITY_USER_H

#include "domain/common/list.h"

struct ff_user {
    int64_t id;
    const char *email, *name, *role; /* role: employee manager admin */
    int64_t employee_id;             /* FF_NULL_INT: none */
    int64_t department_id;           /* own, or the linked person's; FF_NULL_INT: none */
    int64_t site_wide, active;
    int64_t created_at, last_login_at; /* UTC ms; FF_NULL_INT: never */
    int64_t token_version, version;
    int64_t own_department_id; /* not that of the person; FF_NULL_INT: none */
    int64_t enabled;           /* the account; active is: and the person */
};

struct ff_user_new {
    const char *email; /* lower case */
    const char *name, *role, *password;
    const char *employee_number; /* NULL: see employee_id */
    int64_t employee_id;         /* below 1: none */
    int64_t department_id;       /* below 1: that of the linked person, if any */
    int64_t site_wide;           /* 1: a manager of the whole site */
};

/* Makes an account. FF_PASSWORD_TOO_WEAK, FF_PASSWORD_TOO_COMMON; FF_ALREADY_EXISTS with param
 * field (email, employee); FF_VALIDATION for a person that does not exist, both forms of naming
 * one, or a site-wide role other than manager. The password is hashed before the writer's job. */
FF_MUST_CHECK enum ff_rc ff_user_create(struct ff_ctx *cx, const struct ff_user_new *in,
                                        struct ff_user *out);

/* One account, by id or by e-mail (lower case). FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_user_get(struct ff_ctx *cx, int64_t id, struct ff_user *out);
FF_MUST_CHECK enum ff_rc ff_user_by_email(struct ff_ctx *cx, const char *email,
                                          struct ff_user *out);

/* Which accounts; zero or NULL: all. */
struct ff_user_filter {
    int64_t page, limit;
    const char *q;     /* words of name and e-mail */
    const char *email; /* the whole of it, lower case */
    const char *role;
    int64_t department_id; /* below 1: all */
    int64_t active;        /* FF_NULL_INT: all */
};

/* A page (from 1) of accounts by e-mail; list of struct ff_user. */
FF_MUST_CHECK enum ff_rc ff_user_list(struct ff_ctx *cx, const struct ff_user_filter *filter,
                                      struct ff_list *out, int64_t *total);

/* All of the filter as CSV, by e-mail, nothing secret in it; page and limit do not count. */
FF_MUST_CHECK enum ff_rc ff_user_export(struct ff_ctx *cx, const struct ff_user_filter *filter,
                                        struct ff_text *out);

/* Is there an administrator who may sign in? */
FF_MUST_CHECK enum ff_rc ff_admin_exists(struct ff_ctx *cx, bool *exists);
/* ---- changing; who may do it is the route's row ---- */

/* Bit i of `set`: field i was given. */
enum ff_user_field {
    FF_USER_NAME,
    FF_USER_ROLE,
    FF_USER_DEPARTMENT_ID,
    FF_USER_SITE_WIDE,
    FF_USER_EMPLOYEE_ID,
    FF_USER_FIELDS
};
struct ff_user_in {
    uint64_t set;
    const char *name, *role;
    int64_t department_id, site_wide, employee_id; /* ids: FF_NULL_INT for none */
};

/* Changes an account; acts on its next request. FF_NOT_FOUND, FF_VERSION_CONFLICT; FF_SELF_ACTION
 * for the caller's own role, department, reach or person; FF_LAST_ADMIN; FF_ALREADY_EXISTS and
 * FF_VALIDATION as for ff_user_create. */
FF_MUST_CHECK enum ff_rc ff_user_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                        const struct ff_user_in *in, struct ff_user *out);

/* Switches an account off, which ends its sessions, or on. No change is no error. FF_NOT_FOUND,
 * FF_SELF_ACTION, FF_LAST_ADMIN. */
FF_MUST_CHECK enum ff_rc ff_user_enable(struct ff_ctx *cx, int64_t id, bool enabled,
                                        struct ff_user *out);

/* Ends the wait after failed sign-ins. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_user_unlock(struct ff_ctx *cx, int64_t id);

/* In a job: FF_LAST_ADMIN when without this person no active administrator would be left. For who
 * switches a person off. */
FF_MUST_CHECK enum ff_rc ff_user_spare_person(struct ff_ctx *cx, int64_t employee_id);

enum { FF_PASSWORD_MIN = 8, FF_PASSWORD_MAX = 128 };
/* 8-128 characters with an upper-case letter, a lower-case letter and a digit (of ASCII), else
 * FF_PASSWORD_TOO_WEAK with params min and max. Source: security.md S4. */
FF_MUST_CHECK enum ff_rc ff_password_check(struct ff_ctx *cx, const char *password);

/* The whole rule for a new password: the above, and FF_PASSWORD_TOO_COMMON for one of the 10,000
 * most common ones, also with capitals and a few signs around it, or one that holds a word of
 * `name`, the e-mail before its @, the site's or the product's name. NULL: not known. The demo's
 * own passwords are good in the demo only. Source: security.md S4-S6. */
FF_MUST_CHECK enum ff_rc ff_password_accept(struct ff_ctx *cx, const char *password,
                                            const char *name, const char *email);

#endif
