/* SPDX-License-Identifier: MIT */
/* credentials.c - bearer tokens and cookies out of the headers, the row's scope, the CSRF fence. */
#include "http/credentials.h"

#include "base/ids.h"
#include "domain/identity/identity.h"
#include "domain/identity/session.h"
#include "http/body.h"
#include "http/server.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MAX_TOKEN_BYTES = 2048, MAX_COOKIE_BYTES = 4096, MAX_ORIGIN_BYTES = 300 };

/* Finds `name=` in a Cookie header; *n gets the length of the value. NULL: not (or no more) there.
 */
static const char *find_cookie(const char *text, const char *name, size_t *n)
{
    size_t len = strlen(name);
    while (*text) {
        text += strspn(text, " ;");
        size_t whole = strcspn(text, ";");
        if (whole > len && text[len] == '=' && !strncmp(text, name, len)) {
            *n = whole - len - 1;
            return text + len + 1;
        }
        text += whole;
    }
    return NULL;
}

enum ff_rc ff_cookie(struct ff_ctx *cx, const struct ff_message *m, const char *name,
                     const char **value)
{
    size_t n, again;
    const char *header = ff_message_header(m, "Cookie", NULL);
    *value = NULL;
    if (!header)
        return FF_OK;
    if (strlen(header) > MAX_COOKIE_BYTES)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The cookies are too long.");
    const char *found = find_cookie(header, name, &n);
    if (!found)
        return FF_OK;
    if (find_cookie(found + n, name, &again))
        return FF_FAIL(cx, FF_BAD_REQUEST, "A cookie is there twice.");
    if (n > 0 && !(*value = ff_arena_strndup(cx->arena, found, n)))
        return FF_FAIL(cx, FF_INTERNAL, "out of memory");
    return FF_OK;
}

bool ff_is_browser(const struct ff_message *m)
{
    const char *value = ff_message_header(m, "X-FF-Request", NULL);
    return value && !strcmp(value, "1");
}

/* The token of `Authorization: Bearer <t>`; NULL: no header. Anything else there is no token. */
static enum ff_rc read_bearer(struct ff_ctx *cx, const struct ff_message *m, const char **token)
{
    const char *value = ff_message_header(m, "Authorization", NULL);
    *token = NULL;
    if (!value)
        return FF_OK;
    if (strncasecmp(value, "Bearer ", 7) || !value[7] || strchr(value + 7, ' ') ||
        strlen(value + 7) > MAX_TOKEN_BYTES)
        return FF_FAIL(cx, FF_TOKEN_INVALID, "Send one header: Authorization: Bearer <token>.");
    *token = value + 7;
    return FF_OK;
}

/* The operator's command line tells which of the machine's users runs it, for the records. */
static void take_cli_uid(struct ff_ctx *cx, const struct ff_message *m)
{
    const char *uid = ff_message_header(m, FF_UID_HEADER, NULL);
    int64_t n;
    if (cx->who.is_cli && uid && ff_parse_int(uid, 0, UINT32_MAX, &n))
        cx->who.cli_uid = n;
}

bool ff_same_secret(const char *a, const char *b)
{
    size_t n = strlen(a);
    bool differ = strlen(b) != n;
    for (size_t i = 0; i < n && b[i]; i++)
        differ |= a[i] != b[i];
    return !differ;
}

bool ff_secret_matches(const char *secret, const struct ff_message *m)
{
    const char *given = *secret ? ff_message_header(m, FF_SECRET_HEADER, NULL) : NULL;
    return given && m->peer && !strncmp(m->peer, "127.", 4) && ff_same_secret(secret, given);
}

static enum ff_rc authenticate(struct ff_ctx *cx, const struct ff_message *m)
{
    struct ff_credentials c = {.cli_secret = m->is_loopback_secret};
    enum ff_rc rc;
    if ((rc = ff_cookie(cx, m, "ff_device", &c.device_cookie)) ||
        (rc = read_bearer(cx, m, &c.bearer)))
        return rc;
    if (!c.bearer && !c.device_cookie && !c.cli_secret)
        return FF_OK;
    if ((rc = ff_identity_authenticate(cx, &c)))
        return rc;
    take_cli_uid(cx, m);
    return FF_OK;
}

enum ff_rc ff_authorise(struct ff_ctx *cx, const struct ff_message *m, const struct ff_route *route)
{
    bool open = route->flags & FF_R_OPEN;
    enum ff_rc rc = authenticate(cx, m);
    if (rc && (!open || rc == FF_BAD_REQUEST))
        return rc;
    if (rc) {
        ff_err_clear(cx);
        cx->who = (struct ff_actor){.role = FF_ROLE_ANON};
    }
    struct ff_actor *who = &cx->who;
    who->scope = who->role == FF_ROLE_ANON ? FF_NONE : route->scope[who->role];
    if (who->scope == FF_DEPT && who->site_wide)
        who->scope = FF_ALL;
    else if (who->scope == FF_DEPT && (route->flags & FF_R_SITE_WIDE))
        who->scope = FF_NONE;
    if (open)
        return FF_OK;
    if (who->role == FF_ROLE_ANON)
        return FF_FAIL(cx, FF_UNAUTHENTICATED, "Please sign in.");
    if (who->scope == FF_NONE || ((route->flags & FF_R_CLI) && !who->is_cli))
        return FF_FAIL(cx, FF_FORBIDDEN, "You are not allowed to do this.");
    if ((route->flags & FF_R_STEP_UP) && !who->is_cli && !ff_session_is_proven(cx))
        return FF_FAIL(cx, FF_STEP_UP_REQUIRED, "Please confirm with your password.");
    return FF_OK;
}

/* True when Origin is the address the request was sent to. */
static bool is_own_origin(const struct ff_message *m, const char *origin)
{
    char own[MAX_ORIGIN_BYTES];
    const char *host = ff_message_header(m, "Host", NULL);
    int n = snprintf(own, sizeof own, "http%s://%s", m->is_tls ? "s" : "", host ? host : "");
    return n > 0 && n < MAX_ORIGIN_BYTES && !strcasecmp(own, origin);
}

/* A header that is there twice is nobody's word. */
static bool is_from_here(const struct ff_message *m)
{
    size_t sites, origins;
    const char *site = ff_message_header(m, "Sec-Fetch-Site", &sites);
    const char *origin = ff_message_header(m, "Origin", &origins);
    return ff_is_browser(m) && sites <= 1 && origins <= 1 &&
           (!site || !strcmp(site, "same-origin")) && (!origin || is_own_origin(m, origin));
}

/* The refresh token is worth more: the browser must also say where the request came from, and have
 * sent what no form can. */
static bool is_surely_ours(const struct ff_message *m)
{
    return (ff_message_header(m, "Sec-Fetch-Site", NULL) || ff_message_header(m, "Origin", NULL)) &&
           ff_media_is(ff_message_header(m, "Content-Type", NULL), "application/json");
}

enum ff_rc ff_fence(struct ff_ctx *cx, const struct ff_message *m, const struct ff_route *route)
{
    const char *refresh = NULL;
    const bool cookies = route->flags & FF_R_COOKIE;
    enum ff_rc rc = cookies ? ff_cookie(cx, m, "ff_refresh", &refresh) : FF_OK;
    if (rc)
        return rc;
    const bool changes = strcmp(route->method, "GET") != 0;
    const bool at_risk = refresh || (changes && cx->who.device_id) || (cookies && ff_is_browser(m));
    if (!at_risk || (is_from_here(m) && (!refresh || is_surely_ours(m))))
        return FF_OK;
    return FF_FAIL(cx, FF_CSRF, "Please reload the page.");
}
