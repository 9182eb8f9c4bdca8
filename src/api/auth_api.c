/* SPDX-License-Identifier: MIT */
/* auth_api.c - sign in, refresh, sign out, who am I.
 * A browser never sees its refresh token: it is in a cookie that only these routes get. */
#include <stddef.h>

#include "api/cookie.h"
#include "api/handlers.h"
#include "api/schemas.h"
#include "api/signed_in.h"

enum { MS_PER_S = 1000 };

struct login {
    const char *email, *password, *code;
};

struct refresh {
    const char *token;
};

/* clang-format off */
static const struct ff_field login_f[] = {
    { "email",    FF_T_EMAIL,  offsetof(struct login, email),    FF_F_REQUIRED, 3, 254,
      "e-mail of the account", NULL, NULL },
    { "password", FF_T_SECRET, offsetof(struct login, password), 0, 1, 128,
      "password", NULL, NULL },
    { "code",     FF_T_SECRET, offsetof(struct login, code),     0, 1, 64,
      "the operator's one-time code, in place of the password", NULL, NULL },
};
static const struct ff_field refresh_f[] = {
    { "refreshToken", FF_T_SECRET, offsetof(struct refresh, token), FF_F_NULLABLE, 1, 2048,
      "refresh token; browsers send the cookie ff_refresh instead", NULL, NULL },
};
#define AT(member) offsetof(struct ff_signed_in, member)
static const struct ff_field signed_in_f[] = {
    { "accessToken",  FF_T_TEXT,   AT(access_token),  FF_F_REQUIRED, 1, 2048,
      "JWT, sent as Authorization: Bearer", NULL, NULL },
    { "refreshToken", FF_T_TEXT,   AT(refresh_token), FF_F_REQUIRED | FF_F_NULLABLE, 1, 2048,
      "null for a browser: it has the cookie", NULL, NULL },
    { "expiresIn",    FF_T_INT,    AT(expires_in),    FF_F_REQUIRED, 1, 86400,
      "seconds the access token is good for", NULL, NULL },
    { "user",         FF_T_OBJECT, AT(user),          FF_F_REQUIRED, 0, 0,
      "who signed in", &ff_schema_user, NULL },
};
#undef AT

const struct ff_schema ff_schema_login = {
    .name = "Login", .size = sizeof(struct login), .set_offset = FF_NO_SET, FF_FIELDS(login_f) };
const struct ff_schema ff_schema_refresh = {
    .name = "Refresh", .size = sizeof(struct refresh), .set_offset = FF_NO_SET,
    FF_FIELDS(refresh_f) };
const struct ff_schema ff_schema_signed_in = {
    .name = "SignedIn", .size = sizeof(struct ff_signed_in), .set_offset = FF_NO_SET,
    FF_FIELDS(signed_in_f) };
/* clang-format on */

enum ff_rc ff_answer_signed_in(struct ff_req *rq, struct ff_reply *rp, struct ff_signed_in *tokens)
{
    rp->data = tokens;
    if (!rq->is_browser)
        return FF_OK;
    struct ff_cookie_rule rule = ff_refresh_cookie;
    rule.max_age_s = (tokens->refresh_expires_at - ff_clock_now_ms(rq->cx->clock)) / MS_PER_S;
    enum ff_rc rc = ff_cookie_set(rq, &rule, tokens->refresh_token, &rp->set_cookie[0]);
    tokens->refresh_token = NULL;
    return rc;
}

enum ff_rc ff_api_login(struct ff_req *rq, struct ff_reply *rp)
{
    const struct login *in = rq->body;
    struct ff_signed_in *tokens = FF_NEW(rq->cx, struct ff_signed_in);
    if (!tokens)
        return rq->cx->err.rc;
    if (!in->password == !in->code)
        return ff_field_fail(rq->cx, "/password", "REQUIRED", "Give a password, or else a code.");
    enum ff_rc rc = in->code ? ff_session_login_by_code(rq->cx, in->email, in->code, tokens)
                             : ff_session_login(rq->cx, in->email, in->password, tokens);
    return rc ? rc : ff_answer_signed_in(rq, rp, tokens);
}

/* The token of the body, else of the cookie. */
static const char *sent_token(const struct ff_req *rq)
{
    const struct refresh *in = rq->body;
    return in->token ? in->token : rq->cookie_refresh;
}

enum ff_rc ff_api_refresh(struct ff_req *rq, struct ff_reply *rp)
{
    const char *token = sent_token(rq);
    struct ff_signed_in *tokens = FF_NEW(rq->cx, struct ff_signed_in);
    if (!tokens)
        return rq->cx->err.rc;
    if (!token)
        return FF_FAIL(rq->cx, FF_TOKEN_INVALID, "There is no refresh token.");
    enum ff_rc rc = ff_session_refresh(rq->cx, token, tokens);
    return rc ? rc : ff_answer_signed_in(rq, rp, tokens);
}

enum ff_rc ff_api_logout(struct ff_req *rq, struct ff_reply *rp)
{
    const char *token = sent_token(rq);
    enum ff_rc rc = token ? ff_session_logout(rq->cx, token) : FF_OK;
    if (rc || !rq->is_browser)
        return rc;
    return ff_cookie_clear(rq, &ff_refresh_cookie, &rp->set_cookie[0]);
}

enum ff_rc ff_api_auth_me(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_user *user = FF_NEW(rq->cx, struct ff_user);
    if (!user)
        return rq->cx->err.rc;
    rp->data = user;
    return ff_user_get(rq->cx, rq->cx->who.user_id, user);
}
