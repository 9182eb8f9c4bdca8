/* SPDX-License-Identifier: MIT */
/* session_refresh.c - staying signed in and signing out, by refresh token.
 * The job only finds out and writes down what the token is to its family; a token that was used
 * again must end the family, so that job succeeds, and the refusal is said after its commit. */
#include "domain/audit/audit.h"
#include "domain/identity/family.h"

struct refresh {
    const struct ff_refresh *sent;
    int64_t now_ms;
    enum ff_verdict verdict;
    struct ff_family family;
    struct ff_user *user;
};

static struct ff_audit about(const char *action, const struct ff_refresh *token)
{
    return (struct ff_audit){.action = action,
                             .entity = "session",
                             .entity_id = token->session_id,
                             .subject = FF_AUDIT_USER,
                             .subject_id = token->user_id};
}

/* Somebody has a copy of a spent token, and nobody knows which of the two is the thief. */
static enum ff_rc end_family(struct ff_ctx *cx, const struct refresh *r)
{
    const struct ff_audit_value after[] = {{"generation", NULL, r->sent->generation},
                                           {"newest", NULL, r->family.generation}};
    struct ff_audit event = about("auth.refresh_reuse", r->sent);
    bool ended;
    event.after = after;
    event.n_after = sizeof after / sizeof after[0];
    enum ff_rc rc = ff_repo_session_revoke(cx, r->family.id, r->family.user_id, &ended);
    return rc ? rc : ff_audit(cx, &event);
}

static enum ff_rc find_user(struct ff_ctx *cx, struct refresh *r)
{
    enum ff_rc rc = ff_user_get(cx, r->sent->user_id, r->user);
    if (rc || r->user->active)
        return rc;
    return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
}

/* An account that was switched off keeps its token unspent, for when it is switched on again. */
static enum ff_rc trade(struct ff_ctx *cx, void *arg)
{
    struct refresh *r = arg;
    unsigned char hash[FF_HASH_BYTES];
    bool found;
    ff_err_clear(cx);
    r->verdict = FF_OVER;
    enum ff_rc rc =
        ff_repo_session_family(cx, r->sent->session_id, r->sent->user_id, &found, &r->family);
    if (rc || !found)
        return rc;
    ff_auth_token_hash(r->sent->token_id, hash);
    r->verdict = ff_family_judge(&r->family, r->sent->generation, hash, r->now_ms);
    if (r->verdict == FF_OVER)
        return FF_OK;
    if (r->verdict == FF_REUSED)
        return end_family(cx, r);
    if ((rc = find_user(cx, r)) || r->verdict == FF_REPEATED)
        return rc;
    return ff_family_advance(cx, &r->family, r->now_ms);
}

enum ff_rc ff_session_refresh(struct ff_ctx *cx, const char *refresh_token,
                              struct ff_signed_in *out)
{
    struct ff_refresh sent;
    enum ff_rc rc = ff_refresh_read(cx, refresh_token, &sent);
    if (rc)
        return rc;
    struct refresh r = {.sent = &sent, .now_ms = ff_clock_now_ms(cx->clock), .user = &out->user};
    if ((rc = ff_db_write(cx, trade, &r)))
        return rc;
    if (r.verdict == FF_REUSED)
        return FF_FAIL(cx, FF_REFRESH_REUSED,
                       "This token was used before. For safety its session has ended.");
    if (r.verdict == FF_OVER)
        return FF_FAIL(cx, FF_TOKEN_REVOKED, "The session has ended.");
    return ff_family_sign(cx, &r.family, out);
}

/* ---- sign out ---- */

static enum ff_rc end_own(struct ff_ctx *cx, void *arg)
{
    const struct ff_refresh *token = arg;
    const struct ff_audit event = about("auth.logout", token);
    bool ended;
    ff_err_clear(cx);
    enum ff_rc rc = ff_repo_session_revoke(cx, token->session_id, token->user_id, &ended);
    return rc || !ended ? rc : ff_audit(cx, &event);
}

enum ff_rc ff_session_logout(struct ff_ctx *cx, const char *refresh_token)
{
    struct ff_refresh token;
    if (ff_refresh_read(cx, refresh_token, &token)) {
        ff_err_clear(cx);
        return FF_OK;
    }
    return ff_db_write(cx, end_own, &token);
}
