/* SPDX-License-Identifier: MIT */
/* employee_change.c - making people and changing them, and who may change what. The roles are in
 * the route table; here is only what a role may not do to itself or beyond its department. */
#include "domain/identity/user.h"
#include "domain/ledger/ledger.h"
#include "domain/people/group.h"
#include "domain/people/people_repo.h"

static enum ff_rc no_department(struct ff_ctx *cx, const char *pointer)
{
    return ff_field_fail(cx, pointer, "VALUE", "There is no such department.");
}

/* The department that was given by id or by name, seen by the caller; in a job. */
static enum ff_rc resolve_department(struct ff_ctx *cx, struct ff_employee *e)
{
    struct ff_department department;
    bool is_named = e->department_id <= 0 && e->department; /* FF_NULL_INT is below 0 */
    if (is_named) {
        enum ff_rc rc = ff_department_find(cx, e->department, &e->department_id);
        if (rc)
            return rc;
        if (!e->department_id)
            return no_department(cx, "/department");
    }
    if (e->department_id <= 0) {
        int64_t border = ff_people_border(cx);
        e->department_id = border > 0 ? border : FF_NULL_INT;
        return FF_OK;
    }
    enum ff_rc rc = ff_department_get(cx, e->department_id, &department);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return no_department(cx, is_named ? "/department" : "/departmentId");
}

static enum ff_rc no_group(struct ff_ctx *cx, const char *pointer)
{
    return ff_field_fail(cx, pointer, "VALUE", "There is no such group.");
}

/* The group that was given by id or by name, or none; in a job. */
static enum ff_rc resolve_group(struct ff_ctx *cx, struct ff_employee *e)
{
    struct ff_group group;
    if (e->group_id <= 0 && e->group) {
        enum ff_rc rc = ff_group_find(cx, e->group, &e->group_id);
        return rc || e->group_id ? rc : no_group(cx, "/group");
    }
    if (e->group_id <= 0) {
        e->group_id = FF_NULL_INT;
        return FF_OK;
    }
    enum ff_rc rc = ff_group_get(cx, e->group_id, &group);
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return no_group(cx, "/groupId");
}

static bool is_admin(const struct ff_ctx *cx)
{
    return cx->who.scope == FF_ALL && cx->who.role != FF_ROLE_MANAGER;
}

/* What a group allows is an admin's to give, and so is an overdraft. */
static enum ff_rc check_group(struct ff_ctx *cx, const struct ff_employee *made)
{
    return (made->group_id == FF_NULL_INT && made->overdraft == FF_NULL_INT) || is_admin(cx)
               ? FF_OK
               : FF_FAIL(cx, FF_FORBIDDEN, "Only an admin may give a group or an overdraft.");
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct ff_employee *e = arg, made = *e;
    enum ff_rc rc = resolve_department(cx, &made);
    if (rc || (rc = resolve_group(cx, &made)) || (rc = check_group(cx, &made)) ||
        (rc = ff_employee_insert(cx, &made)) || (rc = ff_wallet_create(cx, made.id)) ||
        (rc = ff_employee_get(cx, made.id, e)))
        return rc;
    return ff_employee_record(cx, "employee.create", NULL, e);
}

enum ff_rc ff_employee_make(struct ff_ctx *cx, const struct ff_employee_in *in,
                            struct ff_employee *out)
{
    struct ff_employee made = {.number = in->number,
                               .name = in->name,
                               .email = in->email,
                               .department_id = in->department_id,
                               .department = in->department,
                               .group_id = in->group_id,
                               .group = in->group,
                               .overdraft = in->overdraft,
                               .purchase_limit = in->purchase_limit,
                               .daily_limit = in->daily_limit,
                               .monthly_limit = in->monthly_limit};
    enum ff_rc rc = ff_db_write(cx, create, &made);
    if (!rc)
        *out = made;
    return rc;
}

struct change {
    int64_t id, version;
    const struct ff_employee_in *in;
    struct ff_employee *out;
};

static uint64_t bit(enum ff_employee_field field)
{
    return UINT64_C(1) << field;
}

/* Nobody changes what they may spend themselves, nor where they belong; the latter and the
 * overdraft only an admin changes. */
static enum ff_rc check_rights(struct ff_ctx *cx, int64_t id, uint64_t set)
{
    uint64_t placed = bit(FF_EMPLOYEE_DEPARTMENT_ID) | bit(FF_EMPLOYEE_DEPARTMENT) |
                      bit(FF_EMPLOYEE_GROUP_ID) | bit(FF_EMPLOYEE_GROUP) |
                      bit(FF_EMPLOYEE_OVERDRAFT) | bit(FF_EMPLOYEE_ACTIVE);
    uint64_t limits = bit(FF_EMPLOYEE_PURCHASE_LIMIT) | bit(FF_EMPLOYEE_DAILY_LIMIT) |
                      bit(FF_EMPLOYEE_MONTHLY_LIMIT);
    bool is_own = cx->who.employee_id && cx->who.employee_id == id;
    if (cx->who.scope == FF_SELF && set & ~bit(FF_EMPLOYEE_NAME))
        return FF_FAIL(cx, FF_FORBIDDEN, "You may change your name only.");
    if (set & limits && is_own)
        return FF_FAIL(cx, FF_SELF_ACTION, "Someone else must change this.");
    if (!(set & placed))
        return FF_OK;
    if (!is_admin(cx))
        return FF_FAIL(cx, FF_FORBIDDEN,
                       "Only an admin may change department, group, overdraft and activity.");
    if (is_own)
        return FF_FAIL(cx, FF_SELF_ACTION, "Someone else must change this.");
    return FF_OK;
}

static bool has(const struct ff_employee_in *in, enum ff_employee_field field)
{
    return in->set >> field & 1;
}

/* Both ways to say where somebody belongs at once are one too many. */
static enum ff_rc place(struct ff_ctx *cx, const struct ff_employee_in *in, struct ff_employee *e)
{
    const bool by_id = has(in, FF_EMPLOYEE_DEPARTMENT_ID),
               by_name = has(in, FF_EMPLOYEE_DEPARTMENT);
    if (by_id && by_name)
        return ff_field_fail(cx, "/department", "VALUE",
                             "Give departmentId or department, not both.");
    if (!by_id && !by_name)
        return FF_OK;
    e->department_id = by_id ? in->department_id : FF_NULL_INT;
    e->department = by_name ? in->department : NULL;
    return resolve_department(cx, e);
}

static enum ff_rc group(struct ff_ctx *cx, const struct ff_employee_in *in, struct ff_employee *e)
{
    const bool by_id = has(in, FF_EMPLOYEE_GROUP_ID), by_name = has(in, FF_EMPLOYEE_GROUP);
    if (by_id && by_name)
        return ff_field_fail(cx, "/group", "VALUE", "Give groupId or group, not both.");
    if (!by_id && !by_name)
        return FF_OK;
    e->group_id = by_id ? in->group_id : FF_NULL_INT;
    e->group = by_name ? in->group : NULL;
    return resolve_group(cx, e);
}

static enum ff_rc apply(struct ff_ctx *cx, const struct ff_employee_in *in, struct ff_employee *e)
{
    if (has(in, FF_EMPLOYEE_NUMBER))
        e->number = in->number;
    if (has(in, FF_EMPLOYEE_NAME))
        e->name = in->name;
    if (has(in, FF_EMPLOYEE_EMAIL))
        e->email = in->email;
    if (has(in, FF_EMPLOYEE_OVERDRAFT))
        e->overdraft = in->overdraft;
    if (has(in, FF_EMPLOYEE_PURCHASE_LIMIT))
        e->purchase_limit = in->purchase_limit;
    if (has(in, FF_EMPLOYEE_DAILY_LIMIT))
        e->daily_limit = in->daily_limit;
    if (has(in, FF_EMPLOYEE_MONTHLY_LIMIT))
        e->monthly_limit = in->monthly_limit;
    if (has(in, FF_EMPLOYEE_ACTIVE))
        e->active = in->active;
    enum ff_rc rc = place(cx, in, e);
    return rc ? rc : group(cx, in, e);
}

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    struct ff_employee e;
    enum ff_rc rc = ff_employee_get(cx, c->id, &e);
    if (rc || (rc = check_rights(cx, c->id, c->in->set)))
        return rc;
    const struct ff_employee before = e;
    if ((rc = ff_version_check(cx, e.version, c->version)) || (rc = apply(cx, c->in, &e)))
        return rc;
    if (before.active == 1 && e.active != 1 && (rc = ff_user_spare_person(cx, c->id)))
        return rc;
    const bool moves_floor = e.overdraft != before.overdraft || e.group_id != before.group_id;
    if ((rc = ff_employee_update(cx, &e)) ||
        (moves_floor && (rc = ff_wallet_set_floor(cx, c->id))) ||
        (rc = ff_employee_get(cx, c->id, c->out)))
        return rc;
    return ff_employee_record(cx, "employee.change", &before, c->out);
}

enum ff_rc ff_employee_change(struct ff_ctx *cx, int64_t id, int64_t version,
                              const struct ff_employee_in *in, struct ff_employee *out)
{
    struct change c = {.id = id, .version = version, .in = in, .out = out};
    return ff_db_write(cx, change, &c);
}
