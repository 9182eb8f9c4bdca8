/* SPDX-License-Identifier: MIT */
/* cookie.c - writes Set-Cookie values. Source: security.md S26, api.md "Tokens". */
#include "api/cookie.h"

#include <inttypes.h>

const struct ff_cookie_rule ff_refresh_cookie = {.name = "ff_refresh", .path = "/api/v1/auth"};

static enum ff_rc write_value(struct ff_req *rq, const struct ff_cookie_rule *rule,
                              const char *token, int64_t max_age_s, const char **value)
{
    *value = ff_arena_printf(
        rq->cx->arena, "%s=%s; Path=%s; Max-Age=%" PRId64 "; HttpOnly; SameSite=Strict%s",
        rule->name, token, rule->path, max_age_s, rq->is_tls ? "; Secure" : "");
    return *value ? FF_OK : FF_FAIL(rq->cx, FF_INTERNAL, "no memory for a cookie");
}

enum ff_rc ff_cookie_set(struct ff_req *rq, const struct ff_cookie_rule *rule, const char *token,
                         const char **value)
{
    return write_value(rq, rule, token, rule->max_age_s, value);
}

enum ff_rc ff_cookie_clear(struct ff_req *rq, const struct ff_cookie_rule *rule, const char **value)
{
    return write_value(rq, rule, "", 0, value);
}
