/* SPDX-License-Identifier: MIT */
/* password_change.c - see password.h. Everything slow (verifying, hashing) comes before the job. */
#include <string.h>

#include "domain/attempt/attempt.h"
#include "domain/audit/audit.h"
#include "domain/identity/family.h"
#include "domain/identity/login.h"
#include "domain/identity/password.h"
#include "domain/identity/user_rules.h"
#include "domain/mail/mail.h"
#include "domain/site/site.h"

enum { OTP_MS = 15 * 60000 };

/* What every new password does, in a job. */
static enum ff_rc replace(struct ff_ctx *cx, const struct ff_user *user, const char *hash,
                          const char *action)
{
    const struct ff_code_holder whose = {.user_id = user->id};
    enum ff_rc rc = ff_repo_user_set_hash(cx, user->id, hash);
    if (rc || (rc = ff_repo_user_sign_out(cx, user->id)) ||
        (rc = ff_code_revoke(cx, FF_CODE_RESET, &whose)) ||
        (rc = ff_code_revoke(cx, FF_CODE_OTP, &whose)) ||
        (rc = ff_attempt_clear(cx, FF_ATTEMPT_LOGIN, user->email)) ||
        (rc = ff_attempt_clear(cx, FF_ATTEMPT_CODE, user->email)) ||
        (rc = ff_user_audit(cx, action, user->id, NULL, NULL)))
        return rc;
    return ff_mail_post(cx, FF_MAIL_PASSWORD_CHANGED, user->email);
}

/* ---- the own one ---- */

struct change {
    struct ff_user user;
    const char *hash;
    struct ff_family family;
    struct ff_signed_in *out;
};

static enum ff_rc change(struct ff_ctx *cx, void *arg)
{
    struct change *c = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_login_forgive(cx, c->user.email);
    if (rc || (rc = replace(cx, &c->user, c->hash, "user.password_change")) ||
        (rc = ff_family_begin(cx, c->user.id, ff_clock_now_ms(cx->clock), &c->family)))
        return rc;
    return ff_user_get(cx, c->user.id, &c->out->user);
}

enum ff_rc ff_password_change(struct ff_ctx *cx, const char *current, const char *fresh,
                              struct ff_signed_in *out)
{
    char hash[FF_PASSWORD_HASH_CAP];
    struct change c = {.hash = hash, .out = out};
    bool is_stale;
    int64_t id;
    enum ff_rc rc = ff_user_get(cx, cx->who.user_id, &c.user);
    if (rc || (rc = ff_password_accept(cx, fresh, c.user.name, c.user.email)))
        return rc;
    if (strcmp(current, fresh) == 0)
        return ff_field_fail(cx, "/newPassword", "VALUE", "This is the password you have.");
    if ((rc = ff_login_verify(cx, c.user.email, current, &id, &is_stale)) ||
        (rc = ff_password_hash(cx, fresh, hash)) || (rc = ff_db_write(cx, change, &c)))
        return rc;
    return ff_family_sign(cx, &c.family, out);
}

/* ---- asking for a message ---- */

struct ask {
    enum ff_mail_kind kind;
    const char *email, *action;
};

/* The same statements whether or not there is an account: who it is is asked when the message's
 * turn comes. */
static enum ff_rc ask(struct ff_ctx *cx, void *arg)
{
    const struct ask *a = arg;
    const struct ff_audit event = {.action = a->action, .entity = "user"};
    bool locked;
    ff_err_clear(cx);
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_RESET, a->email);
    if (rc == FF_ACCOUNT_LOCKED) { /* asked for often enough: nobody is told */
        ff_err_clear(cx);
        return FF_OK;
    }
    if (rc || (rc = ff_attempt_failed(cx, FF_ATTEMPT_RESET, a->email, &locked)) ||
        (rc = ff_audit(cx, &event)))
        return rc;
    return ff_mail_post(cx, a->kind, a->email);
}

enum ff_rc ff_password_forgotten(struct ff_ctx *cx, const char *email)
{
    struct ask a = {.kind = FF_MAIL_RESET, .email = email, .action = "auth.reset_request"};
    return ff_db_write(cx, ask, &a);
}

enum ff_rc ff_register_ask(struct ff_ctx *cx, const char *email)
{
    struct ask a = {.kind = FF_MAIL_REGISTER, .email = email, .action = "auth.register_request"};
    if (!ff_site_run(cx->site).registration)
        return FF_FAIL(cx, FF_NOT_FOUND, "People do not register themselves here.");
    return ff_db_write(cx, ask, &a);
}

/* ---- by a link, by the operator ---- */

struct set {
    struct ff_user user;
    const char *hash;
    const char *code; /* NULL: the operator's wish */
};

static enum ff_rc set(struct ff_ctx *cx, void *arg)
{
    const struct set *s = arg;
    struct ff_code_holder holder;
    ff_err_clear(cx);
    enum ff_rc rc = s->code ? ff_code_spend(cx, FF_CODE_RESET, s->code, &holder) : FF_OK;
    if (rc)
        return rc;
    return replace(cx, &s->user, s->hash, s->code ? "user.password_reset" : "user.password_set");
}

static enum ff_rc accept_and_set(struct ff_ctx *cx, struct set *s, const char *fresh)
{
    char hash[FF_PASSWORD_HASH_CAP];
    s->hash = hash;
    enum ff_rc rc = ff_password_accept(cx, fresh, s->user.name, s->user.email);
    if (rc)
        return rc;
    ff_db_release(cx);
    if ((rc = ff_password_hash(cx, fresh, hash)))
        return rc;
    return ff_db_write(cx, set, s);
}

enum ff_rc ff_password_reset(struct ff_ctx *cx, const char *code, const char *fresh)
{
    struct ff_code_holder holder;
    struct set s = {.code = code};
    enum ff_rc rc = ff_code_look(cx, FF_CODE_RESET, code, &holder);
    if (rc || (rc = ff_user_get(cx, holder.user_id, &s.user)))
        return rc;
    if (!s.user.active)
        return FF_FAIL(cx, FF_CODE_INVALID, "This code is not valid any more.");
    return accept_and_set(cx, &s, fresh);
}

enum ff_rc ff_password_set(struct ff_ctx *cx, int64_t user_id, const char *fresh)
{
    struct set s = {.code = NULL};
    enum ff_rc rc = ff_user_get(cx, user_id, &s.user);
    return rc ? rc : accept_and_set(cx, &s, fresh);
}

/* ---- the operator's one-time code ---- */

struct otp {
    int64_t user_id;
    struct ff_code *out;
};

static enum ff_rc issue_otp(struct ff_ctx *cx, void *arg)
{
    const struct otp *o = arg;
    struct ff_user user;
    const struct ff_code_new in = {.purpose = FF_CODE_OTP,
                                   .holder = {.user_id = o->user_id},
                                   .valid_ms = OTP_MS,
                                   .is_typed = true};
    ff_err_clear(cx);
    enum ff_rc rc = ff_user_get(cx, o->user_id, &user);
    if (rc || (rc = ff_code_issue(cx, &in, o->out)))
        return rc;
    return ff_user_audit(cx, "user.otp", o->user_id, NULL, NULL);
}

enum ff_rc ff_otp_issue(struct ff_ctx *cx, int64_t user_id, struct ff_code *out)
{
    struct otp o = {.user_id = user_id, .out = out};
    return ff_db_write(cx, issue_otp, &o);
}
