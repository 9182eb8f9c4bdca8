/* SPDX-License-Identifier: MIT */
/* session_api.c - where an account is signed in, ending that, and proving the password again. */
#include <stddef.h>

#include "api/cookie.h"
#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/identity/session.h"

enum { MS_PER_S = 1000 };

struct logout_all {
    int64_t keep_current;
};

struct ended {
    int64_t ended;
};

struct step_up {
    const char *password;
};

struct stepped_up {
    int64_t expires_in;
};

/* clang-format off */
#define AT(member) offsetof(struct ff_session, member)
static const struct ff_field session_f[] = {
    { "id",         FF_T_INT,     AT(id),         FF_F_REQUIRED, 1, INT64_MAX,
      "session", NULL, NULL },
    { "current",    FF_T_BOOL,    AT(current),    FF_F_REQUIRED, 0, 0,
      "the one that asks", NULL, NULL },
    { "label",      FF_T_TEXT,    AT(label),      FF_F_REQUIRED, 0, 60,
      "browser and system, or the program's name; empty: unknown", NULL, NULL },
    { "address",    FF_T_TEXT,    AT(address),    FF_F_REQUIRED, 0, 45,
      "address it was last refreshed from", NULL, NULL },
    { "createdAt",  FF_T_INSTANT, AT(created_at), FF_F_REQUIRED, 0, 0,
      "signed in at", NULL, NULL },
    { "lastUsedAt", FF_T_INSTANT, AT(used_at),    FF_F_REQUIRED, 0, 0,
      "last refreshed at", NULL, NULL },
    { "expiresAt",  FF_T_INSTANT, AT(expires_at), FF_F_REQUIRED, 0, 0,
      "ends at, however often it is refreshed", NULL, NULL },
};
#undef AT
static const struct ff_field logout_all_f[] = {
    { "keepCurrent", FF_T_BOOL, offsetof(struct logout_all, keep_current), 0, 0, 0,
      "all but the session that asks", NULL, NULL },
};
static const struct ff_field ended_f[] = {
    { "ended", FF_T_INT, offsetof(struct ended, ended), FF_F_REQUIRED, 0, INT64_MAX,
      "how many sessions there were to end", NULL, NULL },
};
static const struct ff_field step_up_f[] = {
    { "password", FF_T_SECRET, offsetof(struct step_up, password), FF_F_REQUIRED, 1, 128,
      "password of the signed-in account", NULL, NULL },
};
static const struct ff_field stepped_up_f[] = {
    { "expiresIn", FF_T_INT, offsetof(struct stepped_up, expires_in), FF_F_REQUIRED, 1, 86400,
      "seconds in which the password is not asked for again", NULL, NULL },
};

const struct ff_schema ff_schema_session = {
    .name = "Session", .size = sizeof(struct ff_session), .set_offset = FF_NO_SET,
    FF_FIELDS(session_f) };
const struct ff_schema ff_schema_logout_all = {
    .name = "LogoutAll", .size = sizeof(struct logout_all), .set_offset = FF_NO_SET,
    FF_FIELDS(logout_all_f) };
const struct ff_schema ff_schema_sessions_ended = {
    .name = "SessionsEnded", .size = sizeof(struct ended), .set_offset = FF_NO_SET,
    FF_FIELDS(ended_f) };
const struct ff_schema ff_schema_step_up = {
    .name = "StepUp", .size = sizeof(struct step_up), .set_offset = FF_NO_SET,
    FF_FIELDS(step_up_f) };
const struct ff_schema ff_schema_stepped_up = {
    .name = "SteppedUp", .size = sizeof(struct stepped_up), .set_offset = FF_NO_SET,
    FF_FIELDS(stepped_up_f) };
/* clang-format on */

static void answer_list(const struct ff_req *rq, const struct ff_list *sessions, int64_t total,
                        struct ff_reply *rp)
{
    rp->data = sessions->items;
    rp->n = sessions->n;
    rp->page = ff_page_of(rq->query, total);
}

enum ff_rc ff_api_session_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list sessions;
    int64_t total;
    enum ff_rc rc = ff_session_list(rq->cx, q->page, q->limit, &sessions, &total);
    if (!rc)
        answer_list(rq, &sessions, total, rp);
    return rc;
}

enum ff_rc ff_api_session_list_of(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list sessions;
    int64_t total;
    enum ff_rc rc = ff_session_list_of(rq->cx, rq->id, q->page, q->limit, &sessions, &total);
    if (!rc)
        answer_list(rq, &sessions, total, rp);
    return rc;
}

enum ff_rc ff_api_session_end(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_session_end(rq->cx, rq->id);
}

static enum ff_rc end_all(struct ff_req *rq, struct ff_reply *rp, int64_t user_id, int64_t except)
{
    struct ended *ended = FF_NEW(rq->cx, struct ended);
    if (!ended)
        return rq->cx->err.rc;
    rp->data = ended;
    return ff_session_end_all(rq->cx, user_id, except, &ended->ended);
}

enum ff_rc ff_api_logout_all(struct ff_req *rq, struct ff_reply *rp)
{
    const struct logout_all *in = rq->body;
    const bool keep = in->keep_current == 1;
    enum ff_rc rc = end_all(rq, rp, rq->cx->who.user_id, keep ? rq->cx->who.session_id : 0);
    if (rc || keep || !rq->is_browser)
        return rc;
    return ff_cookie_clear(rq, &ff_refresh_cookie, &rp->set_cookie[0]);
}

enum ff_rc ff_api_session_end_all_of(struct ff_req *rq, struct ff_reply *rp)
{
    return end_all(rq, rp, rq->id, 0);
}

enum ff_rc ff_api_step_up(struct ff_req *rq, struct ff_reply *rp)
{
    const struct step_up *in = rq->body;
    struct stepped_up *out = FF_NEW(rq->cx, struct stepped_up);
    if (!out)
        return rq->cx->err.rc;
    out->expires_in = FF_PROVEN_MS / MS_PER_S;
    rp->data = out;
    return ff_session_step_up(rq->cx, in->password);
}
