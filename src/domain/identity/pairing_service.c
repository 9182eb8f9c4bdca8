/* SPDX-License-Identifier: MIT */
/* pairing_service.c - a browser asks to be a kiosk and shows a code; an administrator confirms it.
 * Nothing is written before somebody with the right to do so has confirmed, and the one who asked
 * fetches a token that is there already. */
#include "auth/pairing.h"
#include "domain/identity/repo.h"

enum { POLL_SECONDS = 5, MS_PER_S = 1000, RETRY_AFTER_S = 60 };

enum ff_rc ff_device_ask(struct ff_ctx *cx, struct ff_pair_request *out)
{
    char shown[FF_SHOWN_SHORT_CAP], secret[FF_SECRET_CAP];
    if (!ff_pairing_begin(cx->auth, cx->address ? cx->address : "", ff_clock_mono_ms(cx->clock),
                          shown, secret)) {
        enum ff_rc rc = FF_FAIL(cx, FF_BUSY, "Too many kiosks wait to be confirmed.");
        cx->err.retry_after_s = RETRY_AFTER_S;
        return rc;
    }
    *out = (struct ff_pair_request){.code = ff_strdup(cx, shown),
                                    .secret = ff_strdup(cx, secret),
                                    .expires_in = FF_PAIRING_SECONDS,
                                    .poll_seconds = POLL_SECONDS};
    return out->code && out->secret ? FF_OK : cx->err.rc;
}

/* Confirmed: unless the kiosk was revoked meanwhile. */
static enum ff_rc hand_over(struct ff_ctx *cx, int64_t id, const char *token,
                            struct ff_pair_claim *out)
{
    struct ff_device device;
    enum ff_rc rc = ff_repo_device_get(cx, id, &device);
    if (rc || device.revoked_at != FF_NULL_INT)
        return rc;
    *out = (struct ff_pair_claim){.state = "paired",
                                  .expires_in = FF_NULL_INT,
                                  .id = id,
                                  .name = device.name,
                                  .token = ff_strdup(cx, token)};
    return out->token ? FF_OK : cx->err.rc;
}

enum ff_rc ff_device_claim(struct ff_ctx *cx, const char *secret, struct ff_pair_claim *out)
{
    int64_t left_ms = 0, id = 0;
    char token[FF_SECRET_CAP];
    *out = (struct ff_pair_claim){.state = "expired", .expires_in = FF_NULL_INT, .id = FF_NULL_INT};
    switch (ff_pairing_look(cx->auth, secret, ff_clock_mono_ms(cx->clock), &left_ms, &id, token)) {
    case FF_PAIRING_WAITING:
        out->state = "waiting";
        out->expires_in = (left_ms + MS_PER_S - 1) / MS_PER_S;
        return FF_OK;
    case FF_PAIRING_CONFIRMED:
        return hand_over(cx, id, token, out);
    case FF_PAIRING_GONE:
        break;
    }
    return FF_OK;
}

struct confirm {
    const char *name;
    char token[FF_SECRET_CAP];
    struct ff_device *out;
};

static enum ff_rc taken(struct ff_ctx *cx, const char *field, const char *detail)
{
    enum ff_rc rc = FF_FAIL(cx, FF_ALREADY_EXISTS, "%s", detail);
    ff_err_text(cx, "field", field);
    return rc;
}

/* The kiosk of this name, made when there is none; it must have no browser yet. */
static enum ff_rc find_kiosk(struct ff_ctx *cx, const char *name, int64_t now_ms, int64_t *id)
{
    struct ff_device device;
    enum ff_rc rc = ff_repo_device_by_name(cx, name, id);
    if (rc)
        return rc;
    if (!*id)
        return ff_repo_device_add(cx, name, now_ms, id);
    if ((rc = ff_repo_device_get(cx, *id, &device)))
        return rc;
    return device.paired ? taken(cx, "name",
                                 "A kiosk of this name is paired already: revoke it first, or give "
                                 "another name.")
                         : ff_repo_device_confirmed(cx, *id);
}

static enum ff_rc confirm(struct ff_ctx *cx, void *arg)
{
    struct confirm *c = arg;
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    int64_t id;
    ff_err_clear(cx);
    enum ff_rc rc = find_kiosk(cx, c->name, now_ms, &id);
    if (rc || (rc = ff_repo_device_token_insert(cx, id, c->token, now_ms)) ||
        (rc = ff_device_audit(cx, "kiosk.pair", id, NULL, c->name)))
        return rc;
    return ff_repo_device_get(cx, id, c->out);
}

enum ff_rc ff_device_confirm(struct ff_ctx *cx, const char *code, const char *name,
                             struct ff_device *out)
{
    char plain[FF_SHORT_CODE_CAP];
    struct confirm c = {.name = name, .out = out};
    int place = 0;
    if (ff_short_code_read(code, plain))
        place = ff_pairing_hold(cx->auth, plain, ff_clock_mono_ms(cx->clock));
    if (!place)
        return ff_field_fail(cx, "/code", "VALUE",
                             "No kiosk shows this code; read it off its screen again.");
    if (place < 0)
        return taken(cx, "code", "This code was confirmed already.");
    ff_auth_secret(c.token);
    enum ff_rc rc = ff_db_write(cx, confirm, &c);
    ff_pairing_settle(cx->auth, place, rc ? 0 : out->id, c.token);
    return rc;
}
