/* SPDX-License-Identifier: MIT */
/* user_api.c - accounts, for administrators. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "domain/identity/user.h"

/* clang-format off */
static const char *const roles[] = { "employee", "manager", "admin", NULL };

static const struct ff_field page_f[] = {
    { "page",  FF_T_INT, offsetof(struct ff_list_query, page),  0, 1, 10000, "from 1",
      NULL, NULL },
    { "limit", FF_T_INT, offsetof(struct ff_list_query, limit), 0, 1, 100, "rows a page",
      NULL, NULL },
};
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
/* clang-format on */

enum ff_rc ff_api_user_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list users;
    int64_t total;
    enum ff_rc rc = ff_user_list(rq->cx, q->page, q->limit, &users, &total);
    if (rc)
        return rc;
    rp->data = users.items;
    rp->n = users.n;
    rp->page = (struct ff_page){.page = q->page, .limit = q->limit, .total = total};
    return FF_OK;
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
