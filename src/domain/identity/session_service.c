/* SPDX-License-Identifier: MIT */
/* session_service.c - signing in.
 * The password is verified before the writer's job; the job only writes down that it was right.
 * What is signed are two tokens: a short one that names user and session, and a long one whose
 * secret part is spent at each use. */
#include "domain/identity/family.h"
#include "domain/identity/login.h"

/* ---- sign in ---- */

struct login {
    int64_t user_id, now_ms;
    const char *email;
    struct ff_family family;
    const char *new_hash; /* NULL: the stored one is of today's parameters */
};

static enum ff_rc record_login(struct ff_ctx *cx, void *arg)
{
    struct login *l = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_login_succeeded(cx, l->email, l->user_id, NULL);
    if (rc || (rc = ff_repo_session_sweep(cx, l->user_id, l->now_ms)) ||
        (rc = ff_repo_user_signed_in(cx, l->user_id, l->now_ms)))
        return rc;
    if (l->new_hash && (rc = ff_repo_user_set_hash(cx, l->user_id, l->new_hash)))
        return rc;
    return ff_family_begin(cx, l->user_id, l->now_ms, &l->family);
}

static enum ff_rc active_user(struct ff_ctx *cx, int64_t id, struct ff_user *user)
{
    enum ff_rc rc = ff_user_get(cx, id, user);
    if (rc)
        return rc;
    return user->active ? FF_OK : FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
}

enum ff_rc ff_session_login(struct ff_ctx *cx, const char *email, const char *password,
                            struct ff_signed_in *out)
{
    char new_hash[FF_PASSWORD_HASH_CAP];
    struct login l = {.email = email, .now_ms = ff_clock_now_ms(cx->clock)};
    bool is_stale = false;
    enum ff_rc rc = ff_login_verify(cx, email, password, &l.user_id, &is_stale);
    if (rc || (rc = active_user(cx, l.user_id, &out->user)))
        return rc;
    if (is_stale) {
        if ((rc = ff_password_hash(cx, password, new_hash)))
            return rc;
        l.new_hash = new_hash;
    }
    if ((rc = ff_db_write(cx, record_login, &l)))
        return rc;
    return ff_family_sign(cx, &l.family, out);
}
