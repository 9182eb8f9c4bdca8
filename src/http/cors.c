/* SPDX-License-Identifier: MIT */
/* cors.c - exact comparison, and the few headers that follow from it. Vary is there whether or not
 * the origin is allowed, so that no cache gives one origin's answer to another. */
#include "http/cors.h"

#include <string.h>

#include "base/ids.h"

static const char sent[] = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
                           "X-Request-Id";
static const char seen[] = "ETag, Idempotency-Replayed, Location, RateLimit-Limit, "
                           "RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id";

/* The length of a port with its colon: 0 none, -1 not one that a browser would write. */
static int port_length(const char *text, const char *default_port)
{
    int64_t port;
    if (!*text)
        return 0;
    if (*text != ':' || text[1] == '0' || !strcmp(text + 1, default_port) ||
        !ff_parse_int(text + 1, 1, 65535, &port))
        return -1;
    return (int)strlen(text);
}

bool ff_origin_ok(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    bool tls = !strncmp(text, "https://", 8);
    if ((!tls && strncmp(text, "http://", 7) != 0) || strlen(text) >= FF_ORIGIN_CAP)
        return false;
    const char *host = text + (tls ? 8 : 7);
    size_t n = strspn(host, letters);
    return n > 0 && host[0] != '.' && host[0] != '-' && host[n - 1] != '.' &&
           port_length(host + n, tls ? "443" : "80") >= 0;
}

/* The Origin of the message when it is one of those named. */
static const char *allowed_origin(const struct ff_message *m)
{
    const char *origin = ff_message_header(m, "Origin", NULL);
    for (const char *const *o = m->origins; origin && *o; o++)
        if (!strcmp(*o, origin))
            return origin;
    return NULL;
}

static bool is_preflight(const struct ff_message *m, const char *allow)
{
    return allow && m->method && !strcmp(m->method, "OPTIONS") &&
           ff_message_header(m, "Access-Control-Request-Method", NULL);
}

void ff_cors_write(const struct ff_message *m, const char *allow, struct ff_buf *buf)
{
    if (!m->origins || !m->origins[0] || !m->target || strncmp(m->target, "/api/", 5) != 0)
        return;
    bool preflight = is_preflight(m, allow);
    ff_buf_str(buf, preflight ? "Vary: Origin, Access-Control-Request-Method, "
                                "Access-Control-Request-Headers\r\n"
                              : "Vary: Origin\r\n");
    const char *origin = allowed_origin(m);
    if (!origin)
        return;
    ff_buf_printf(buf, "Access-Control-Allow-Origin: %s\r\n", origin);
    if (preflight)
        ff_buf_printf(buf,
                      "Access-Control-Allow-Methods: %s\r\nAccess-Control-Allow-Headers: %s\r\n"
                      "Access-Control-Max-Age: %d\r\n",
                      allow, sent, FF_PREFLIGHT_S);
    else
        ff_buf_printf(buf, "Access-Control-Expose-Headers: %s\r\n", seen);
}
