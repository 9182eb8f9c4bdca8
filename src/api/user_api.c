/* SPDX-License-Identifier: MIT */
/* user_api.c - accounts, for administrators. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/identity/user.h"

/* clang-format off */
static const char *const roles[] = { "employee", "manager", "admin", NULL };

struct user_args {
    struct ff_list_query list;
    const char *email, *role;
    int64_t department_id, active;
};

#define AT(member) offsetof(struct user_args, member)
static const struct ff_field query_f[] = {
    { "page",         FF_T_INT,   AT(list.page),     0, 1, 10000, "from 1", NULL, NULL },
    { "limit",        FF_T_INT,   AT(list.limit),    0, 1, 100, "rows a page", NULL, NULL },
    { "q",            FF_T_TEXT,  AT(list.q),        0, 1, 100,
      "words of name and e-mail that must all occur; case and accents do not count", NULL, NULL },
    { "email",        FF_T_EMAIL, AT(email),         0, 3, 254, "only this account", NULL, NULL },
    { "role",         FF_T_ENUM,  AT(role),          0, 0, 0, "only these", NULL, roles },
    { "departmentId", FF_T_INT,   AT(department_id), 0, 1, INT64_MAX,
      "only this department", NULL, NULL },
    { "active",       FF_T_BOOL,  AT(active),        0, 0, 0, "only these", NULL, NULL },
};
#undef AT
static const struct ff_field page_f[] = {
    { "page",  FF_T_INT, offsetof(struct ff_list_query, page),  0, 1, 10000, "from 1",
      NULL, NULL },
    { "limit", FF_T_INT, offsetof(struct ff_list_query, limit), 0, 1, 100, "rows a page",
      NULL, NULL },
};
#define AT(member) offsetof(struct ff_user_in, member)
static const struct ff_field patch_f[] = {
    [FF_USER_NAME]          = { "name",         FF_T_NAME, AT(name),          0, 1, 100,
                                "display name", NULL, NULL },
    [FF_USER_ROLE]          = { "role",         FF_T_ENUM, AT(role),          0, 0, 0,
                                "what the account may do", NULL, roles },
    [FF_USER_DEPARTMENT_ID] = { "departmentId", FF_T_INT,  AT(department_id), FF_F_NULLABLE, 1,
                                INT64_MAX, "null: that of the person", NULL, NULL },
    [FF_USER_SITE_WIDE]     = { "siteWide",     FF_T_BOOL, AT(site_wide),     0, 0, 0,
                                "a manager of all departments", NULL, NULL },
    [FF_USER_EMPLOYEE_ID]   = { "employeeId",   FF_T_INT,  AT(employee_id),   FF_F_NULLABLE, 1,
                                INT64_MAX, "the person it belongs to; null: nobody", NULL, NULL },
};
#undef AT
#define AT(member) offsetof(struct ff_user_new, member)
static const struct ff_field new_f[] = {
    { "email",          FF_T_EMAIL,  AT(email),           FF_F_REQUIRED, 3, 254,
      "e-mail to sign in with", NULL, NULL },
    { "name",           FF_T_NAME,   AT(name),            FF_F_REQUIRED, 1, 100,
      "display name", NULL, NULL },
    { "role",           FF_T_ENUM,   AT(role),            FF_F_REQUIRED, 0, 0,
      "what the account may do", NULL, roles },
    { "password",       FF_T_SECRET, AT(password),        FF_F_REQUIRED, 1, 512,
      "8 to 128 characters with an upper-case letter, a lower-case letter and a digit", NULL, NULL },
    { "employeeNumber", FF_T_CODE,   AT(employee_number), 0, 1, 20,
      "the person it belongs to, by number", NULL, NULL },
    { "employeeId",     FF_T_INT,    AT(employee_id),     0, 1, INT64_MAX,
      "the person it belongs to, by id", NULL, NULL },
    { "siteWide",       FF_T_BOOL,   AT(site_wide),       0, 0, 0,
      "a manager of all departments", NULL, NULL },
};
#undef AT

/* The first seven are what everybody sees of their own account; the rest is for administrators. */
enum { OWN_FIELDS = 7, MAYBE_NULL = FF_F_REQUIRED | FF_F_NULLABLE };

#define AT(member) offsetof(struct ff_user, member)
static const struct ff_field user_f[] = {
    { "id",           FF_T_INT,     AT(id),            FF_F_REQUIRED, 1, INT64_MAX,
      "account", NULL, NULL },
    { "email",        FF_T_TEXT,    AT(email),         FF_F_REQUIRED, 3, 254,
      "e-mail, lower case", NULL, NULL },
    { "name",         FF_T_TEXT,    AT(name),          FF_F_REQUIRED, 1, 100,
      "display name", NULL, NULL },
    { "role",         FF_T_ENUM,    AT(role),          FF_F_REQUIRED, 0, 0,
      "what the account may do", NULL, roles },
    { "employeeId",   FF_T_INT,     AT(employee_id),   MAYBE_NULL, 1, INT64_MAX,
      "the person it belongs to", NULL, NULL },
    { "departmentId", FF_T_INT,     AT(department_id), MAYBE_NULL, 1, INT64_MAX,
      "own department, or that of the person", NULL, NULL },
    { "siteWide",     FF_T_BOOL,    AT(site_wide),     FF_F_REQUIRED, 0, 0,
      "a manager of all departments", NULL, NULL },
    { "active",       FF_T_BOOL,    AT(active),        FF_F_REQUIRED, 0, 0,
      "account and person are active", NULL, NULL },
    { "createdAt",    FF_T_INSTANT, AT(created_at),    FF_F_REQUIRED, 0, 0,
      "made at", NULL, NULL },
    { "lastLoginAt",  FF_T_INSTANT, AT(last_login_at), MAYBE_NULL, 0, 0,
      "last sign-in", NULL, NULL },
    { "version",      FF_T_INT,     AT(version),       FF_F_REQUIRED, 1, INT64_MAX,
      "for If-Match", NULL, NULL },
};
#undef AT

const struct ff_schema ff_schema_user = {
    .name = "User", .size = sizeof(struct ff_user), .set_offset = FF_NO_SET,
    .fields = user_f, .n_fields = OWN_FIELDS };
const struct ff_schema ff_schema_page_query = {
    .name = "PageQuery", .size = sizeof(struct ff_list_query), .set_offset = FF_NO_SET,
    FF_FIELDS(page_f) };
const struct ff_schema ff_schema_user_new = {
    .name = "UserNew", .size = sizeof(struct ff_user_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };
const struct ff_schema ff_schema_user_account = {
    .name = "UserAccount", .size = sizeof(struct ff_user), .set_offset = FF_NO_SET,
    FF_FIELDS(user_f) };
const struct ff_schema ff_schema_user_query = {
    .name = "UserQuery", .size = sizeof(struct user_args), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };
const struct ff_schema ff_schema_user_patch = {
    .name = "UserPatch", .size = sizeof(struct ff_user_in),
    .set_offset = offsetof(struct ff_user_in, set), FF_FIELDS(patch_f) };
/* clang-format on */

static enum ff_rc export_users(struct ff_req *rq, const struct ff_user_filter *filter,
                               struct ff_reply *rp)
{
    struct ff_text text;
    enum ff_rc rc = ff_user_export(rq->cx, filter, &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_user_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct user_args *q = rq->query;
    const struct ff_user_filter filter = {.page = q->list.page,
                                          .limit = q->list.limit,
                                          .q = q->list.q,
                                          .email = q->email,
                                          .role = q->role,
                                          .department_id = q->department_id,
                                          .active = q->active};
    struct ff_list users;
    int64_t total;
    if (rq->wants_csv)
        return export_users(rq, &filter, rp);
    enum ff_rc rc = ff_user_list(rq->cx, &filter, &users, &total);
    if (rc)
        return rc;
    rp->data = users.items;
    rp->n = users.n;
    rp->page = (struct ff_page){.page = q->list.page, .limit = q->list.limit, .total = total};
    return FF_OK;
}

/* The account as it is now, with its version for the next change. */
static enum ff_rc answer(struct ff_req *rq, struct ff_reply *rp, enum ff_rc rc,
                         const struct ff_user *user)
{
    if (rc)
        return rc;
    rp->data = user;
    rp->etag = ff_version_tag(rq->cx, user->version);
    return FF_OK;
}

enum ff_rc ff_api_user_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_user *user = FF_NEW(rq->cx, struct ff_user);
    return user ? answer(rq, rp, ff_user_get(rq->cx, rq->id, user), user) : rq->cx->err.rc;
}

enum ff_rc ff_api_user_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_user *user = FF_NEW(rq->cx, struct ff_user);
    if (!user)
        return rq->cx->err.rc;
    return answer(rq, rp, ff_user_change(rq->cx, rq->id, rq->if_match, rq->body, user), user);
}

static enum ff_rc enable(struct ff_req *rq, struct ff_reply *rp, bool enabled)
{
    struct ff_user *user = FF_NEW(rq->cx, struct ff_user);
    if (!user)
        return rq->cx->err.rc;
    return answer(rq, rp, ff_user_enable(rq->cx, rq->id, enabled, user), user);
}

enum ff_rc ff_api_user_activate(struct ff_req *rq, struct ff_reply *rp)
{
    return enable(rq, rp, true);
}

enum ff_rc ff_api_user_deactivate(struct ff_req *rq, struct ff_reply *rp)
{
    return enable(rq, rp, false);
}

enum ff_rc ff_api_user_unlock(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_user_unlock(rq->cx, rq->id);
}

enum ff_rc ff_api_user_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_user *user = FF_NEW(rq->cx, struct ff_user);
    if (!user)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_user_create(rq->cx, rq->body, user);
    if (rc)
        return rc;
    rp->data = user;
    rp->location_id = user->id;
    return FF_OK;
}
