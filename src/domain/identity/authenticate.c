/* SPDX-License-Identifier: MIT */
/* authenticate.c - from what a message carried to who asks.
 * A bearer with dots is a user's access token, one without is a visit's token and needs the cookie
 * of its device; the cookie alone is the device. What they may do is what the database says at
 * this moment, so a demotion, a switched-off account and a sign-out act on the next request. */
#include "domain/identity/identity.h"

#include <string.h>

#include "auth/token.h"
#include "auth/visit.h"
#include "domain/identity/device.h"
#include "domain/identity/repo.h"

static enum ff_rc invalid(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_TOKEN_INVALID, "The token is not valid.");
}

static enum ff_rc not_active(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This account is not active.");
}

static enum ff_rc unknown_device(struct ff_ctx *cx)
{
    return FF_FAIL(cx, FF_DEVICE_UNKNOWN, "This kiosk is not paired.");
}

static enum ff_rc by_access_token(struct ff_ctx *cx, const char *bearer)
{
    struct ff_entry_ticket token;
    struct ff_standing now;
    bool found;
    enum ff_rc rc = ff_access_enter(cx, bearer, &token);
    if (rc || (rc = ff_repo_standing(cx, token.user_id, token.session_id, &found, &now)))
        return rc;
    if (!found || now.is_revoked || now.token_version != token.version)
        return FF_FAIL(cx, FF_TOKEN_REVOKED, "The session has ended.");
    if (!now.is_active)
        return not_active(cx);
    cx->who = (struct ff_actor){.role = now.role,
                                .site_wide = now.is_site_wide,
                                .user_id = token.user_id,
                                .employee_id = now.employee_id,
                                .department_id = now.department_id,
                                .session_id = token.session_id,
                                .proven_at_ms = now.proven_at_ms};
    return FF_OK;
}

static enum ff_rc by_visit(struct ff_ctx *cx, const char *bearer, const char *device_cookie)
{
    int64_t device_id, employee_id;
    const int64_t now_ms = ff_clock_mono_ms(cx->clock);
    struct ff_presence at;
    bool found, idle;
    if (!ff_visit_find(cx->auth, bearer, now_ms, &device_id, &employee_id, &idle))
        return idle ? FF_FAIL(cx, FF_TOKEN_EXPIRED, "Nothing was touched for too long.")
                    : invalid(cx);
    enum ff_rc rc = ff_repo_presence(cx, device_cookie, employee_id, &found, &at);
    if (rc)
        return rc;
    if (!found)
        return unknown_device(cx);
    if (at.device_id != device_id)
        return invalid(cx);
    if (!at.is_active)
        return not_active(cx);
    ff_visit_touch(cx->auth, bearer, now_ms);
    const char *session = ff_strdup(cx, bearer);
    cx->who = (struct ff_actor){.role = FF_ROLE_PERSON,
                                .employee_id = employee_id,
                                .department_id = at.department_id,
                                .device_id = device_id,
                                .session = session};
    return session ? FF_OK : cx->err.rc;
}

static enum ff_rc by_device(struct ff_ctx *cx, const char *device_cookie)
{
    struct ff_presence at;
    bool found;
    enum ff_rc rc = ff_repo_presence(cx, device_cookie, 0, &found, &at);
    if (rc)
        return rc;
    if (!found)
        return unknown_device(cx);
    cx->who = (struct ff_actor){.role = FF_ROLE_DEVICE, .device_id = at.device_id};
    ff_device_note_seen(cx, at.last_seen_ms);
    return FF_OK;
}

enum ff_rc ff_identity_authenticate(struct ff_ctx *cx, const struct ff_credentials *c)
{
    cx->who = (struct ff_actor){.role = FF_ROLE_ANON};
    if (c->cli_secret) {
        cx->who = (struct ff_actor){.role = FF_ROLE_ADMIN, .is_cli = true};
        return FF_OK;
    }
    if (c->bearer && strchr(c->bearer, '.'))
        return by_access_token(cx, c->bearer);
    if (c->bearer)
        return c->device_cookie ? by_visit(cx, c->bearer, c->device_cookie) : invalid(cx);
    return c->device_cookie ? by_device(cx, c->device_cookie) : FF_OK;
}
