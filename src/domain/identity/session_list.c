/* SPDX-License-Identifier: MIT */
/* session_list.c - the sessions of an account, and ending them. An ended session's access tokens
 * are refused at the next request: each asks the session. */
#include "domain/audit/audit.h"
#include "domain/identity/repo.h"
#include "domain/identity/session.h"

static enum ff_rc no_account(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_NOT_FOUND, "The command line has no account.");
}

static enum ff_rc no_session(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_NOT_FOUND, "There is no such session.");
}

/* Marks the one that asks. */
static enum ff_rc page_of(struct ff_ctx *cx, int64_t user_id, int64_t page, int64_t limit,
                          struct ff_list *out, int64_t *total)
{
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    enum ff_rc rc = ff_repo_session_count(cx, user_id, now_ms, total);
    if (rc || (rc = ff_repo_session_page(cx, user_id, now_ms, page, limit, out)))
        return rc;
    struct ff_session *sessions = out->items;
    for (size_t i = 0; i < out->n; i++)
        sessions[i].current = sessions[i].id == cx->who.session_id;
    return FF_OK;
}

enum ff_rc ff_session_list(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                           int64_t *total)
{
    if (!cx->who.user_id)
        return no_account(cx);
    return page_of(cx, cx->who.user_id, page, limit, out, total);
}

enum ff_rc ff_session_list_of(struct ff_ctx *cx, int64_t user_id, int64_t page, int64_t limit,
                              struct ff_list *out, int64_t *total)
{
    struct ff_user user;
    enum ff_rc rc = ff_user_get(cx, user_id, &user);
    return rc ? rc : page_of(cx, user_id, page, limit, out, total);
}

/* ---- ending ---- */

static enum ff_rc end_one(struct ff_ctx *cx, void *arg)
{
    const int64_t id = *(const int64_t *)arg;
    const struct ff_audit event = {.action = "session.end",
                                   .entity = "session",
                                   .entity_id = id,
                                   .subject = FF_AUDIT_USER,
                                   .subject_id = cx->who.user_id};
    bool ended;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_session_revoke(cx, id, cx->who.user_id, &ended);
    if (rc)
        return rc;
    return ended ? ff_audit(cx, &event) : no_session(cx);
}

enum ff_rc ff_session_end(struct ff_ctx *cx, int64_t id)
{
    return cx->who.user_id ? ff_db_write(cx, end_one, &id) : no_session(cx);
}

enum ff_rc ff_session_end_all_job(struct ff_ctx *cx, int64_t user_id, int64_t except_id,
                                  int64_t *ended)
{
    enum ff_rc rc = ff_repo_session_revoke_all(cx, user_id, except_id, ended);
    if (rc || !*ended)
        return rc;
    const struct ff_audit_value after = {"ended", NULL, *ended};
    const struct ff_audit event = {.action = "session.end_all",
                                   .entity = "user",
                                   .entity_id = user_id,
                                   .subject = FF_AUDIT_USER,
                                   .subject_id = user_id,
                                   .after = &after,
                                   .n_after = 1};
    return ff_audit(cx, &event);
}

struct end_all {
    int64_t user_id, except_id, ended;
};

static enum ff_rc end_all(struct ff_ctx *cx, void *arg)
{
    struct end_all *e = arg;
    struct ff_user user;
    ff_err_clear(cx);
    enum ff_rc rc = ff_user_get(cx, e->user_id, &user);
    return rc ? rc : ff_session_end_all_job(cx, e->user_id, e->except_id, &e->ended);
}

enum ff_rc ff_session_end_all(struct ff_ctx *cx, int64_t user_id, int64_t except_id, int64_t *ended)
{
    struct end_all e = {.user_id = user_id, .except_id = except_id};
    enum ff_rc rc = user_id ? ff_db_write(cx, end_all, &e) : no_account(cx);
    *ended = e.ended;
    return rc;
}
