/* SPDX-License-Identifier: MIT */
/* session_service.c - sign in, refresh, sign out.
 * The password is verified before the writer's job; the job only writes down that it was right.
 * What is signed are two tokens: a short one that names user and session, and a long one whose
 * secret part is spent at each use. */
#include "auth/token.h"
#include "domain/identity/login.h"
#include "domain/identity/repo.h"
#include "domain/identity/session.h"

enum { MS_PER_S = 1000 };

/* Both tokens for a session whose current token id is `token_id`. */
static enum ff_rc sign_both(struct ff_ctx *cx, int64_t session_id, const char *token_id,
                            int64_t expires_at_ms, struct ff_signed_in *out)
{
    const struct ff_access access = {.user_id = out->user.id,
                                     .session_id = session_id,
                                     .version = out->user.token_version,
                                     .email = out->user.email,
                                     .role = out->user.role};
    const struct ff_refresh refresh = {.user_id = out->user.id,
                                       .session_id = session_id,
                                       .token_id = token_id,
                                       .expires_at_ms = expires_at_ms};
    out->expires_in = FF_ACCESS_SECONDS;
    enum ff_rc rc = ff_access_sign(cx, &access, &out->access_token);
    return rc ? rc : ff_refresh_sign(cx, &refresh, &out->refresh_token);
}

/* ---- sign in ---- */

struct login {
    int64_t user_id, now_ms, expires_at_ms, session_id;
    const char *email, *token_id;
    const char *new_hash; /* NULL: the stored one is of today's parameters */
};

static enum ff_rc record_login(struct ff_ctx *cx, void *arg)
{
    struct login *l = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_login_succeeded(cx, l->email, l->user_id);
    if (rc || (rc = ff_repo_session_sweep(cx, l->user_id, l->now_ms)) ||
        (rc = ff_repo_user_signed_in(cx, l->user_id, l->now_ms)))
        return rc;
    if (l->new_hash && (rc = ff_repo_user_set_hash(cx, l->user_id, l->new_hash)))
        return rc;
    return ff_repo_session_insert(cx, l->user_id, l->token_id, l->now_ms, l->expires_at_ms,
                                  &l->session_id);
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
    char token_id[FF_SECRET_CAP], new_hash[FF_PASSWORD_HASH_CAP];
    struct login l = {.email = email, .token_id = token_id, .now_ms = ff_clock_now_ms(cx->clock)};
    bool is_stale = false;
    enum ff_rc rc = ff_login_verify(cx, email, password, &l.user_id, &is_stale);
    if (rc || (rc = active_user(cx, l.user_id, &out->user)))
        return rc;
    if (is_stale) {
        if ((rc = ff_password_hash(cx, password, new_hash)))
            return rc;
        l.new_hash = new_hash;
    }
    ff_auth_secret(token_id);
    l.expires_at_ms = l.now_ms + (int64_t)FF_REFRESH_SECONDS * MS_PER_S;
    if ((rc = ff_db_write(cx, record_login, &l)))
        return rc;
    return sign_both(cx, l.session_id, token_id, l.expires_at_ms, out);
}

/* ---- refresh ---- */

struct refresh {
    struct ff_rotation rotation;
    int64_t expires_at_ms;
    struct ff_user *user;
};

/* An account that was switched off keeps its token unspent, for when it is switched on again. */
static enum ff_rc rotate(struct ff_ctx *cx, void *arg)
{
    struct refresh *r = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_session_rotate(cx, &r->rotation, &r->expires_at_ms);
    if (rc)
        return rc;
    if (!r->expires_at_ms)
        return FF_FAIL(cx, FF_TOKEN_REVOKED, "The session has ended.");
    return active_user(cx, r->rotation.user_id, r->user);
}

enum ff_rc ff_session_refresh(struct ff_ctx *cx, const char *refresh_token,
                              struct ff_signed_in *out)
{
    struct ff_refresh spent;
    char token_id[FF_SECRET_CAP];
    enum ff_rc rc = ff_refresh_read(cx, refresh_token, &spent);
    if (rc)
        return rc;
    ff_auth_secret(token_id);
    struct refresh r = {.rotation = {.session_id = spent.session_id,
                                     .user_id = spent.user_id,
                                     .now_ms = ff_clock_now_ms(cx->clock),
                                     .spent_id = spent.token_id,
                                     .next_id = token_id},
                        .user = &out->user};
    if ((rc = ff_db_write(cx, rotate, &r)))
        return rc;
    return sign_both(cx, spent.session_id, token_id, r.expires_at_ms, out);
}

/* ---- sign out ---- */

static enum ff_rc revoke(struct ff_ctx *cx, void *arg)
{
    const struct ff_refresh *token = arg;
    ff_err_clear(cx);
    return ff_repo_session_revoke(cx, token->session_id, token->user_id);
}

enum ff_rc ff_session_logout(struct ff_ctx *cx, const char *refresh_token)
{
    struct ff_refresh token;
    if (ff_refresh_read(cx, refresh_token, &token)) {
        ff_err_clear(cx);
        return FF_OK;
    }
    return ff_db_write(cx, revoke, &token);
}
