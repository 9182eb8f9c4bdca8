/* SPDX-License-Identifier: MIT */
/* step_up.c - proving the password again, for what an open session alone may not do.
 * A wrong password counts like one at sign-in: a stolen session is no way to guess it. */
#include "domain/audit/audit.h"
#include "domain/identity/login.h"
#include "domain/identity/repo.h"
#include "domain/identity/session.h"

/* Clocks may be set back a little. */
enum { SETBACK_MS = 30000 };

bool ff_session_is_proven(const struct ff_ctx *cx)
{
    const int64_t age_ms = ff_clock_now_ms(cx->clock) - cx->who.proven_at_ms;
    return age_ms >= -SETBACK_MS && age_ms < FF_PROVEN_MS;
}

static enum ff_rc prove(struct ff_ctx *cx, void *arg)
{
    const struct ff_user *user = arg;
    const struct ff_audit event = {.action = "auth.step_up",
                                   .entity = "session",
                                   .entity_id = cx->who.session_id,
                                   .subject = FF_AUDIT_USER,
                                   .subject_id = user->id};
    ff_err_clear(cx);
    enum ff_rc rc = ff_login_forgive(cx, user->email);
    if (rc || (rc = ff_repo_session_prove(cx, cx->who.session_id, ff_clock_now_ms(cx->clock))))
        return rc;
    return ff_audit(cx, &event);
}

enum ff_rc ff_session_step_up(struct ff_ctx *cx, const char *password)
{
    struct ff_user user;
    int64_t id;
    bool is_stale;
    enum ff_rc rc = ff_user_get(cx, cx->who.user_id, &user);
    if (rc || (rc = ff_login_verify(cx, user.email, password, &id, &is_stale)))
        return rc;
    return ff_db_write(cx, prove, &user);
}
