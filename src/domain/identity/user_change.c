/* SPDX-License-Identifier: MIT */
/* user_change.c - changing accounts, within what keeps a site governable: nobody raises or places
 * themselves, and one active administrator stays. All is judged in the writer's job, so two
 * administrators who demote each other at one moment do not both succeed. Source: security.md S33.
 */
#include <string.h>

#include "domain/attempt/attempt.h"
#include "domain/common/list.h"
#include "domain/identity/repo.h"
#include "domain/identity/user_rules.h"
#include "domain/people/employee.h"

static bool has(const struct ff_user_in *in, enum ff_user_field field)
{
    return in->set >> field & 1;
}

static bool is_same_power(const struct ff_user *a, const struct ff_user *b)
{
    return strcmp(a->role, b->role) == 0 && a->own_department_id == b->own_department_id &&
           a->site_wide == b->site_wide && a->employee_id == b->employee_id &&
           a->enabled == b->enabled;
}

static bool is_admin(const struct ff_user *user)
{
    return strcmp(user->role, "admin") == 0 && user->enabled == 1;
}

/* The person's part in `active` is left out: who has no active person now may get one. */
static enum ff_rc check_power(struct ff_ctx *cx, const struct ff_user *before,
                              const struct ff_user *after)
{
    int64_t others;
    if (is_same_power(before, after))
        return FF_OK;
    if (cx->who.user_id == before->id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Someone else must change this of your account.");
    if (!is_admin(before) || is_admin(after))
        return FF_OK;
    enum ff_rc rc = ff_repo_user_other_admins(cx, before->id, &others);
    if (rc || others)
        return rc;
    return FF_FAIL(cx, FF_LAST_ADMIN, "At least one active administrator is needed.");
}

static enum ff_rc find_department(struct ff_ctx *cx, int64_t id)
{
    struct ff_department department;
    enum ff_rc rc = ff_department_get(cx, id, &department);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return ff_field_fail(cx, "/departmentId", "VALUE", "There is no such department.");
}

static enum ff_rc apply(struct ff_ctx *cx, const struct ff_user_in *in, struct ff_user *user)
{
    enum ff_rc rc = FF_OK;
    if (has(in, FF_USER_NAME))
        user->name = in->name;
    if (has(in, FF_USER_ROLE))
        user->role = in->role;
    if (has(in, FF_USER_SITE_WIDE))
        user->site_wide = in->site_wide == 1;
    else if (strcmp(user->role, "manager") != 0)
        user->site_wide = 0; /* goes with the role */
    if (has(in, FF_USER_DEPARTMENT_ID))
        user->own_department_id = in->department_id;
    if (has(in, FF_USER_DEPARTMENT_ID) && in->department_id != FF_NULL_INT &&
        (rc = find_department(cx, in->department_id)))
        return rc;
    if (has(in, FF_USER_EMPLOYEE_ID))
        user->employee_id = in->employee_id;
    if (has(in, FF_USER_EMPLOYEE_ID) && in->employee_id != FF_NULL_INT &&
        (rc = ff_user_find_person(cx, user->id, NULL, in->employee_id, &user->employee_id)))
        return rc;
    return ff_user_check_reach(cx, user->role, user->site_wide);
}

/* Stores and records it, and reads what it has become. */
static enum ff_rc store(struct ff_ctx *cx, const char *action, const struct ff_user *before,
                        const struct ff_user *after, struct ff_user *out)
{
    enum ff_rc rc = ff_repo_user_update(cx, after);
    if (rc || (rc = ff_user_audit(cx, action, before->id, before, after)))
        return rc;
    return ff_user_get(cx, before->id, out);
}

struct change {
    int64_t id, version;
    const struct ff_user_in *in;
    struct ff_user *out;
};

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct ff_user before;
    ff_err_clear(cx);
    enum ff_rc rc = ff_user_get(cx, c->id, &before);
    if (rc || (rc = ff_version_check(cx, before.version, c->version)))
        return rc;
    struct ff_user after = before;
    if ((rc = apply(cx, c->in, &after)) || (rc = check_power(cx, &before, &after)))
        return rc;
    const bool is_role = strcmp(before.role, after.role) != 0;
    return store(cx, is_role ? "user.role_change" : "user.change", &before, &after, c->out);
}

enum ff_rc ff_user_change(struct ff_ctx *cx, int64_t id, int64_t version,
                          const struct ff_user_in *in, struct ff_user *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}

/* ---- on and off ---- */

struct enabling {
    int64_t id;
    bool enabled;
    struct ff_user *out;
};

static enum ff_rc enable(struct ff_ctx *cx, void *arg)
{
    const struct enabling *e = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_user_get(cx, e->id, e->out);
    struct ff_user before = *e->out, after = *e->out;
    after.enabled = e->enabled;
    if (rc || before.enabled == after.enabled || (rc = check_power(cx, &before, &after)))
        return rc;
    if (!e->enabled && (rc = ff_repo_user_sign_out(cx, e->id)))
        return rc;
    return store(cx, e->enabled ? "user.activate" : "user.deactivate", &before, &after, e->out);
}

enum ff_rc ff_user_enable(struct ff_ctx *cx, int64_t id, bool enabled, struct ff_user *out)
{
    struct enabling e = {.id = id, .enabled = enabled, .out = out};
    *out = (struct ff_user){0};
    return ff_db_write(cx, enable, &e);
}

enum ff_rc ff_user_spare_person(struct ff_ctx *cx, int64_t employee_id)
{
    struct ff_user user;
    int64_t id, others;
    enum ff_rc rc = ff_repo_user_of(cx, employee_id, &id);
    if (rc || !id || (rc = ff_user_get(cx, id, &user)) || !is_admin(&user))
        return rc;
    if ((rc = ff_repo_user_other_admins(cx, id, &others)) || others)
        return rc;
    return FF_FAIL(cx, FF_LAST_ADMIN, "At least one active administrator is needed.");
}

/* ---- after too many failures ---- */

static enum ff_rc unlock(struct ff_ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct ff_user user;
    ff_err_clear(cx);
    enum ff_rc rc = ff_user_get(cx, *id, &user);
    if (rc || (rc = ff_attempt_clear(cx, FF_ATTEMPT_LOGIN, user.email)) ||
        (rc = ff_attempt_clear(cx, FF_ATTEMPT_CODE, user.email)))
        return rc;
    return ff_user_audit(cx, "user.unlock", *id, NULL, NULL);
}

enum ff_rc ff_user_unlock(struct ff_ctx *cx, int64_t id)
{
    return ff_db_write(cx, unlock, &id);
}
