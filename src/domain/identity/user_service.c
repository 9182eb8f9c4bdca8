/* SPDX-License-Identifier: MIT */
/* user_service.c - making and listing accounts. Who may do it is the route's row. */
#include <string.h>

#include "domain/identity/repo.h"

static enum ff_rc bad_field(struct ff_ctx *cx, const char *pointer, const char *detail)
{
    return ff_field_fail(cx, pointer, "VALUE", detail);
}

static enum ff_rc taken(struct ff_ctx *cx, const char *field, const char *detail)
{
    enum ff_rc rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "%s", detail);
    ff_err_text(cx, "field", field);
    return rc;
}

/* What can be said without the database. */
static enum ff_rc check(struct ff_ctx *cx, const struct ff_user_new *in)
{
    if (in->employee_number && in->employee_id > 0)
        return bad_field(cx, "/employeeId", "Name the person by number or by id, not by both.");
    if (in->site_wide == 1 && strcmp(in->role, "manager") != 0)
        return bad_field(cx, "/siteWide", "Only a manager can be site-wide.");
    return ff_password_accept(cx, in->password, in->name, in->email);
}

struct create {
    struct ff_user_new in;
    const char *password_hash;
    struct ff_user *out;
};

/* The account's person: found, and nobody else's account yet. */
static enum ff_rc link_person(struct ff_ctx *cx, struct ff_user_new *in)
{
    int64_t person, holder;
    enum ff_rc rc = ff_repo_person(cx, in->employee_id, in->employee_number, &person);
    if (rc)
        return rc;
    if (!person)
        return bad_field(cx, in->employee_number ? "/employeeNumber" : "/employeeId",
                         "There is no such employee.");
    in->employee_id = person;
    if ((rc = ff_repo_user_of(cx, person, &holder)))
        return rc;
    return holder ? taken(cx, "employee", "This employee has an account already.") : FF_OK;
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct create *c = arg;
    struct ff_user_new in = c->in;
    const char *hash;
    int64_t holder, id;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_user_secret(cx, in.email, &holder, &hash);
    if (rc)
        return rc;
    if (holder)
        return taken(cx, "email", "This e-mail has an account already.");
    if ((in.employee_number || in.employee_id > 0) && (rc = link_person(cx, &in)))
        return rc;
    if ((rc = ff_repo_user_insert(cx, &in, c->password_hash, &id)))
        return rc;
    return ff_user_get(cx, id, c->out); /* here: the caller's snapshot is older than the row */
}

enum ff_rc ff_user_create(struct ff_ctx *cx, const struct ff_user_new *in, struct ff_user *out)
{
    char hash[FF_PASSWORD_HASH_CAP];
    struct create c = {.in = *in, .password_hash = hash, .out = out};
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

enum ff_rc ff_user_list(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                        int64_t *total)
{
    enum ff_rc rc = ff_repo_user_count(cx, total);
    return rc ? rc : ff_repo_user_page(cx, page, limit, out);
}
