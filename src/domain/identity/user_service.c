/* SPDX-License-Identifier: MIT */
/* user_service.c - making accounts. Who may do it is the route's row. */
#include "domain/identity/repo.h"
#include "domain/identity/user_rules.h"

/* What can be said without the database. */
static enum ff_rc check(struct ff_ctx *cx, const struct ff_user_new *in)
{
    if (in->employee_number && in->employee_id > 0)
        return ff_field_fail(cx, "/employeeId", "VALUE",
                             "Name the person by number or by id, not by both.");
    enum ff_rc rc = ff_user_check_reach(cx, in->role, in->site_wide);
    return rc ? rc : ff_password_accept(cx, in->password, in->name, in->email);
}

enum ff_rc ff_user_make(struct ff_ctx *cx, const struct ff_user_new *asked,
                        const char *password_hash, struct ff_user *out)
{
    struct ff_user_new in = *asked;
    const char *hash;
    int64_t holder, id;
    enum ff_rc rc = ff_repo_user_secret(cx, in.email, &holder, &hash);
    if (rc)
        return rc;
    if (holder)
        return ff_user_taken(cx, "email", "This e-mail has an account already.");
    const bool has_person = in.employee_number || in.employee_id > 0;
    if (has_person &&
        (rc = ff_user_find_person(cx, 0, in.employee_number, in.employee_id, &in.employee_id)))
        return rc;
    if ((rc = ff_repo_user_insert(cx, &in, password_hash, &id)))
        return rc;
    rc = ff_user_get(cx, id, out); /* here: the caller's snapshot is older than the row */
    return rc ? rc : ff_user_audit(cx, "user.create", id, NULL, out);
}

struct create {
    const struct ff_user_new *in;
    const char *password_hash;
    struct ff_user *out;
};

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    const struct create *c = arg;
    ff_err_clear(cx);
    return ff_user_make(cx, c->in, c->password_hash, c->out);
}

enum ff_rc ff_user_create(struct ff_ctx *cx, const struct ff_user_new *in, struct ff_user *out)
{
    char hash[FF_PASSWORD_HASH_CAP];
    struct create c = {.in = in, .password_hash = hash, .out = out};
    enum ff_rc rc = check(cx, in);
    if (rc || (rc = ff_password_hash(cx, in->password, hash)))
        return rc;
    return ff_db_write(cx, create, &c);
}

enum ff_rc ff_user_by_email(struct ff_ctx *cx, const char *email, struct ff_user *out)
{
    const char *hash;
    int64_t id;
    enum ff_rc rc = ff_repo_user_secret(cx, email, &id, &hash);
    if (rc)
        return rc;
    return id ? ff_user_get(cx, id, out) : FF_FAIL(cx, FF_NOT_FOUND, "There is no such user.");
}
