/* SPDX-License-Identifier: MIT */
/* login_by_code.c - signing in with the operator's one-time code, for who is locked out. Its
 * failures are counted apart, so a lock-out by wrong passwords does not stand in its way. */
#include "domain/attempt/attempt.h"
#include "domain/code/one_time_code.h"
#include "domain/identity/family.h"
#include "domain/identity/login.h"

struct login {
    int64_t user_id, now_ms;
    const char *email, *code;
    struct ff_family family;
};

/* Whose e-mail and code are these? */
static enum ff_rc verify(struct ff_ctx *cx, struct login *l)
{
    struct ff_code_holder holder = {0};
    const char *hash;
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_CODE, l->email);
    if (rc || (rc = ff_repo_user_secret(cx, l->email, &l->user_id, &hash)))
        return rc;
    rc = ff_code_look(cx, FF_CODE_OTP, l->code, &holder);
    if (rc == FF_OK && l->user_id && holder.user_id == l->user_id)
        return FF_OK;
    if (rc && rc != FF_CODE_INVALID)
        return rc;
    ff_err_clear(cx);
    return ff_login_refuse(cx, FF_ATTEMPT_CODE, l->email, l->user_id);
}

/* Somebody else was faster with the same code. */
static enum ff_rc spend(struct ff_ctx *cx, const char *code)
{
    struct ff_code_holder holder;
    enum ff_rc rc = ff_code_spend(cx, FF_CODE_OTP, code, &holder);
    if (rc != FF_CODE_INVALID)
        return rc;
    ff_err_clear(cx);
    return FF_FAIL(cx, FF_INVALID_CREDENTIALS, "E-mail or code is wrong.");
}

static enum ff_rc record(struct ff_ctx *cx, void *arg)
{
    struct login *l = arg;
    ff_err_clear(cx);
    enum ff_rc rc = ff_attempt_check(cx, FF_ATTEMPT_CODE, l->email);
    if (rc || (rc = spend(cx, l->code)) || (rc = ff_attempt_clear(cx, FF_ATTEMPT_CODE, l->email)) ||
        (rc = ff_attempt_clear(cx, FF_ATTEMPT_LOGIN, l->email)) ||
        (rc = ff_login_succeeded(cx, l->email, l->user_id, "one-time code")) ||
        (rc = ff_repo_user_signed_in(cx, l->user_id, l->now_ms)))
        return rc;
    return ff_family_begin(cx, l->user_id, l->now_ms, &l->family);
}

enum ff_rc ff_session_login_by_code(struct ff_ctx *cx, const char *email, const char *code,
                                    struct ff_signed_in *out)
{
    struct login l = {.email = email, .code = code, .now_ms = ff_clock_now_ms(cx->clock)};
    enum ff_rc rc = verify(cx, &l);
    if (rc || (rc = ff_user_get(cx, l.user_id, &out->user)))
        return rc;
    if (!out->user.active)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
    rc = ff_db_write(cx, record, &l);
    return rc ? rc : ff_family_sign(cx, &l.family, out);
}
