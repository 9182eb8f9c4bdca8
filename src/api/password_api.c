/* SPDX-License-Identifier: MIT */
/* password_api.c - new passwords: the own one, a forgotten one, and what the operator's command
 * line sets. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "api/signed_in.h"
#include "domain/identity/password.h"

struct change {
    const char *current, *fresh;
};

struct ask {
    const char *email;
};

struct reset {
    const char *token, *fresh;
};

struct code {
    const char *text;
    int64_t expires_at;
};

/* clang-format off */
static const char rule[] =
    "8 to 128 characters with an upper-case letter, a lower-case letter and a digit; not a common one";

static const struct ff_field change_f[] = {
    { "currentPassword", FF_T_SECRET, offsetof(struct change, current), FF_F_REQUIRED, 1, 128,
      "the one until now", NULL, NULL },
    { "newPassword",     FF_T_SECRET, offsetof(struct change, fresh),   FF_F_REQUIRED, 1, 512,
      rule, NULL, NULL },
};
static const struct ff_field ask_f[] = {
    { "email", FF_T_EMAIL, offsetof(struct ask, email), FF_F_REQUIRED, 3, 254,
      "where the message goes", NULL, NULL },
};
static const struct ff_field reset_f[] = {
    { "token",    FF_T_SECRET, offsetof(struct reset, token), FF_F_REQUIRED, 1, 64,
      "of the link in the message", NULL, NULL },
    { "password", FF_T_SECRET, offsetof(struct reset, fresh), FF_F_REQUIRED, 1, 512,
      rule, NULL, NULL },
};
static const struct ff_field set_f[] = {
    { "password", FF_T_SECRET, offsetof(struct reset, fresh), FF_F_REQUIRED, 1, 512,
      rule, NULL, NULL },
};
static const struct ff_field code_f[] = {
    { "code",      FF_T_TEXT,    offsetof(struct code, text),       FF_F_REQUIRED, 1, 64,
      "good once, to sign in with", NULL, NULL },
    { "expiresAt", FF_T_INSTANT, offsetof(struct code, expires_at), FF_F_REQUIRED, 0, 0,
      "good until", NULL, NULL },
};

const struct ff_schema ff_schema_password_change = {
    .name = "PasswordChange", .size = sizeof(struct change), .set_offset = FF_NO_SET,
    FF_FIELDS(change_f) };
const struct ff_schema ff_schema_mail_ask = {
    .name = "MailAsk", .size = sizeof(struct ask), .set_offset = FF_NO_SET, FF_FIELDS(ask_f) };
const struct ff_schema ff_schema_password_reset = {
    .name = "PasswordReset", .size = sizeof(struct reset), .set_offset = FF_NO_SET,
    FF_FIELDS(reset_f) };
const struct ff_schema ff_schema_password_set = {
    .name = "PasswordSet", .size = sizeof(struct reset), .set_offset = FF_NO_SET,
    FF_FIELDS(set_f) };
const struct ff_schema ff_schema_one_time_code = {
    .name = "OneTimeCode", .size = sizeof(struct code), .set_offset = FF_NO_SET,
    FF_FIELDS(code_f) };
/* clang-format on */

enum ff_rc ff_api_password_change(struct ff_req *rq, struct ff_reply *rp)
{
    const struct change *in = rq->body;
    struct ff_signed_in *tokens = FF_NEW(rq->cx, struct ff_signed_in);
    if (!tokens)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_password_change(rq->cx, in->current, in->fresh, tokens);
    return rc ? rc : ff_answer_signed_in(rq, rp, tokens);
}

enum ff_rc ff_api_forgot_password(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ask *in = rq->body;
    (void)rp;
    return ff_password_forgotten(rq->cx, in->email);
}

enum ff_rc ff_api_register(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ask *in = rq->body;
    (void)rp;
    return ff_register_ask(rq->cx, in->email);
}

enum ff_rc ff_api_reset_password(struct ff_req *rq, struct ff_reply *rp)
{
    const struct reset *in = rq->body;
    (void)rp;
    return ff_password_reset(rq->cx, in->token, in->fresh);
}

enum ff_rc ff_api_user_password(struct ff_req *rq, struct ff_reply *rp)
{
    const struct reset *in = rq->body;
    (void)rp;
    return ff_password_set(rq->cx, rq->id, in->fresh);
}

enum ff_rc ff_api_user_otp(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_code code;
    struct code *out = FF_NEW(rq->cx, struct code);
    if (!out)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_otp_issue(rq->cx, rq->id, &code);
    if (rc || !(out->text = ff_strdup(rq->cx, code.text)))
        return rc ? rc : rq->cx->err.rc;
    out->expires_at = code.expires_at_ms;
    rp->data = out;
    return FF_OK;
}
