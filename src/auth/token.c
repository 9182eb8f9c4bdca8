/* SPDX-License-Identifier: MIT */
/* token.c - what the tokens say, and whether it holds now.
 * The payload is read by a schema, so a missing claim, a wrong type and a foreign claim are the
 * same refusal. jws.c has checked the signature before a byte of it is parsed. */
#include "auth/token.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "auth/jws.h"
#include "json/schema.h"

enum { MS_PER_S = 1000, PAYLOAD_BYTES = 1400 };

/* Claims of both kinds; the schemas say which belong to which. Times are UTC seconds. */
struct claims {
    const char *iss, *aud, *sub, *email, *role, *jti, *token_id;
    int64_t user_id, sid, gen, ver, iat, nbf, exp;
};

/* clang-format off */
#define TEXT(name, member, max) \
    { name, FF_T_TEXT, offsetof(struct claims, member), FF_F_REQUIRED, 1, max, "", NULL, NULL }
#define INT(name, member) \
    { name, FF_T_INT, offsetof(struct claims, member), FF_F_REQUIRED, 1, INT64_MAX, "", NULL, NULL }

static const struct ff_field access_f[] = {
    TEXT("iss", iss, 16), TEXT("aud", aud, 16), TEXT("sub", sub, 20), INT("userId", user_id),
    TEXT("email", email, 254), TEXT("role", role, 16), INT("sid", sid), INT("ver", ver),
    INT("iat", iat), INT("nbf", nbf), INT("exp", exp), TEXT("jti", jti, 22),
};
static const struct ff_field refresh_f[] = {
    TEXT("iss", iss, 16), TEXT("aud", aud, 16), INT("userId", user_id), INT("sid", sid),
    /* absent: signed before there were families */
    { "gen", FF_T_INT, offsetof(struct claims, gen), 0, 0, INT64_MAX, "", NULL, NULL },
    TEXT("tokenId", token_id, 43), INT("iat", iat), INT("nbf", nbf), INT("exp", exp),
};
static const struct ff_schema access_claims = {
    .name = "AccessClaims", .size = sizeof(struct claims), .set_offset = FF_NO_SET,
    FF_FIELDS(access_f) };
static const struct ff_schema refresh_claims = {
    .name = "RefreshClaims", .size = sizeof(struct claims), .set_offset = FF_NO_SET,
    FF_FIELDS(refresh_f) };
/* clang-format on */

static const char AUD_ACCESS[] = "api", AUD_REFRESH[] = "refresh";

static int64_t now_s(struct ff_ctx *cx)
{
    return ff_clock_now_ms(cx->clock) / MS_PER_S;
}

/* Signs as this installation, with the newest key. */
static enum ff_rc sign(struct ff_ctx *cx, enum ff_token_kind kind, const struct ff_schema *schema,
                       struct claims *claims, const char **token)
{
    struct ff_signer signer;
    struct ff_buf payload;
    ff_ring_newest(cx, kind, &signer);
    claims->iss = signer.issuer;
    ff_buf_init(&payload, PAYLOAD_BYTES);
    ff_json_write(&payload, schema, claims);
    enum ff_rc rc = payload.failed ? FF_FAIL(cx, FF_INTERNAL, "a token's payload does not fit")
                                   : ff_jws_sign(cx, &signer, payload.data, payload.len, token);
    ff_buf_free(&payload);
    sodium_memzero(&signer, sizeof signer);
    return rc;
}

enum ff_rc ff_access_sign(struct ff_ctx *cx, const struct ff_access *in, const char **token)
{
    unsigned char id[16];
    char jti[23];
    const int64_t now = now_s(cx);
    ff_random(id, sizeof id);
    ff_b64url(id, sizeof id, jti);
    const char *sub = ff_arena_printf(cx->arena, "%" PRId64, in->user_id);
    if (!sub)
        return FF_FAIL(cx, FF_INTERNAL, "no memory for a token");
    struct claims claims = {.aud = AUD_ACCESS,
                            .sub = sub,
                            .email = in->email,
                            .role = in->role,
                            .jti = jti,
                            .user_id = in->user_id,
                            .sid = in->session_id,
                            .ver = in->version,
                            .iat = now,
                            .nbf = now,
                            .exp = now + cx->auth->access_s};
    return sign(cx, FF_TOKEN_ACCESS, &access_claims, &claims, token);
}

enum ff_rc ff_refresh_sign(struct ff_ctx *cx, const struct ff_refresh *in, const char **token)
{
    const int64_t issued = in->issued_at_ms / MS_PER_S;
    struct claims claims = {.aud = AUD_REFRESH,
                            .token_id = in->token_id,
                            .user_id = in->user_id,
                            .sid = in->session_id,
                            .gen = in->generation,
                            .iat = issued,
                            .nbf = issued,
                            .exp = in->expires_at_ms / MS_PER_S};
    return sign(cx, FF_TOKEN_REFRESH, &refresh_claims, &claims, token);
}

static enum ff_rc invalid(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_TOKEN_INVALID, "The token is not valid.");
}

/* Audience, then the times: expiry is asked last, so that "expired" means only that. */
static enum ff_rc check(struct ff_ctx *cx, const struct claims *c, const char *audience)
{
    const int64_t now = now_s(cx);
    if (strcmp(c->aud, audience) != 0 || c->nbf > now + FF_TOKEN_LEEWAY_SECONDS ||
        c->iat > now + FF_TOKEN_LEEWAY_SECONDS)
        return invalid(cx);
    if (now - FF_TOKEN_LEEWAY_SECONDS >= c->exp)
        return FF_FAIL(cx, FF_TOKEN_EXPIRED, "The token has expired.");
    return FF_OK;
}

/* What the signer signed, if it is this installation's and has the claims of its kind. */
static enum ff_rc open_claims(struct ff_ctx *cx, const struct ff_signer *signer, const char *token,
                              const struct ff_schema *schema, struct claims *claims)
{
    const char *payload;
    size_t n;
    enum ff_rc rc = ff_jws_open(cx, signer, token, &payload, &n);
    if (rc)
        return rc;
    if (ff_json_read(cx, schema, payload, n, claims)) {
        ff_err_clear(cx); /* which claim was wrong is nobody's business */
        return invalid(cx);
    }
    return strcmp(claims->iss, signer->issuer) == 0 ? FF_OK : invalid(cx);
}

static enum ff_rc read_claims(struct ff_ctx *cx, enum ff_token_kind kind, const char *token,
                              const struct ff_schema *schema, struct claims *claims)
{
    struct ff_signer signer;
    if (!ff_ring_find(cx, kind, token, &signer))
        return invalid(cx);
    enum ff_rc rc = open_claims(cx, &signer, token, schema, claims);
    sodium_memzero(&signer, sizeof signer);
    return rc;
}

static enum ff_rc read_access(struct ff_ctx *cx, const char *token, struct claims *c)
{
    int64_t subject;
    enum ff_rc rc = read_claims(cx, FF_TOKEN_ACCESS, token, &access_claims, c);
    if (rc)
        return rc;
    if (!ff_parse_id(c->sub, &subject) || subject != c->user_id)
        return invalid(cx);
    return check(cx, c, AUD_ACCESS);
}

/* Found good before: its key and its time may have ended since. */
static enum ff_rc check_again(struct ff_ctx *cx, const char *token,
                              const struct ff_proven_claims *proven)
{
    const struct claims c = {
        .aud = AUD_ACCESS, .iat = proven->iat, .nbf = proven->nbf, .exp = proven->exp};
    return ff_ring_knows(cx, FF_TOKEN_ACCESS, token) ? check(cx, &c, AUD_ACCESS) : invalid(cx);
}

enum ff_rc ff_access_enter(struct ff_ctx *cx, const char *token, struct ff_entry_ticket *out)
{
    unsigned char tag[FF_PROVEN_TAG_BYTES];
    struct ff_proven_claims known;
    struct claims c;
    enum ff_rc rc;
    ff_proven_tag(&cx->auth->proven, token, tag);
    if (ff_proven_find(&cx->auth->proven, tag, &known)) {
        rc = check_again(cx, token, &known);
    } else if (!(rc = read_access(cx, token, &c))) {
        known = (struct ff_proven_claims){c.user_id, c.sid, c.ver, c.iat, c.nbf, c.exp};
        ff_proven_keep(&cx->auth->proven, tag, &known);
    }
    if (!rc)
        *out = (struct ff_entry_ticket){known.user_id, known.sid, known.ver};
    return rc;
}

enum ff_rc ff_access_read(struct ff_ctx *cx, const char *token, struct ff_access *out)
{
    struct claims c;
    enum ff_rc rc = read_access(cx, token, &c);
    if (rc)
        return rc;
    *out = (struct ff_access){.user_id = c.user_id,
                              .session_id = c.sid,
                              .version = c.ver,
                              .email = c.email,
                              .role = c.role};
    return FF_OK;
}

enum ff_rc ff_refresh_read(struct ff_ctx *cx, const char *token, struct ff_refresh *out)
{
    struct claims c;
    enum ff_rc rc = read_claims(cx, FF_TOKEN_REFRESH, token, &refresh_claims, &c);
    if (rc || (rc = check(cx, &c, AUD_REFRESH)))
        return rc;
    if (c.exp > INT64_MAX / MS_PER_S || c.iat > INT64_MAX / MS_PER_S)
        return invalid(cx);
    *out = (struct ff_refresh){.user_id = c.user_id,
                               .session_id = c.sid,
                               .generation = c.gen == FF_NULL_INT ? 0 : c.gen,
                               .token_id = c.token_id,
                               .issued_at_ms = c.iat * MS_PER_S,
                               .expires_at_ms = c.exp * MS_PER_S};
    return FF_OK;
}
