/* SPDX-License-Identifier: MIT */
/* head.c - headers. The fixed ones are one constant text. Source: security.md S54-S56. */
#include "http/head.h"

#include "http/cors.h"

#include <string.h>
#include <strings.h>
#include <time.h>

/* On every reply, whatever it is: a JSON answer that a browser is talked into showing is as bound
 * as a page. */
static const char fixed[] =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(self), microphone=(), geolocation=(), payment=(), usb=(), "
    "midi=(), display-capture=(), browsing-topics=()\r\n"
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types ff\r\n";

static const char over_tls[] = "Strict-Transport-Security: max-age=31536000\r\n";

static const struct {
    int status;
    const char *reason;
} reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {421, "Misdirected Request"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
};

static const char *reason_of(int status)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "";
}

static void line(struct ff_buf *buf, const char *name, const char *value)
{
    if (!value)
        return;
    ff_buf_str(buf, name);
    ff_buf_add(buf, ": ", 2);
    ff_buf_str(buf, value);
    ff_buf_add(buf, "\r\n", 2);
}

static void line_int(struct ff_buf *buf, const char *name, int64_t value)
{
    ff_buf_str(buf, name);
    ff_buf_add(buf, ": ", 2);
    ff_buf_int(buf, value);
    ff_buf_add(buf, "\r\n", 2);
}

/* The date changes once a second, its text is kept as long. */
static const char *date_text(struct ff_ctx *cx, struct ff_response *rp)
{
    int64_t now = ff_clock_now_ms(cx->clock) / 1000;
    if (now != rp->date_s) {
        time_t t = (time_t)now;
        struct tm tm;
        if (!gmtime_r(&t, &tm) ||
            !strftime(rp->date, sizeof rp->date, "%a, %d %b %Y %H:%M:%S GMT", &tm))
            return NULL;
        rp->date_s = now;
    }
    return rp->date;
}

/* True when a comma-separated header names `option`. */
static bool has_option(const char *header, const char *option)
{
    size_t n = strlen(option);
    while (header && *header) {
        header += strspn(header, " \t,");
        size_t len = strcspn(header, " \t,");
        if (len == n && !strncasecmp(header, option, n))
            return true;
        header += len;
    }
    return false;
}

/* Says what becomes of the connection. HTTP/1.1 keeps it unless told otherwise, 1.0 the reverse. */
static void write_connection(const struct ff_message *m, struct ff_response *rp)
{
    const char *wish = ff_message_header(m, "Connection", NULL);
    bool old = !m->version || strcmp(m->version, "1.1") != 0;
    if (has_option(wish, "close") || (old && !has_option(wish, "keep-alive")))
        rp->close = true;
    if (rp->close)
        line(&rp->head, "Connection", "close");
    else if (old)
        line(&rp->head, "Connection", "keep-alive");
}

static void write_variable(const struct ff_head *head, struct ff_buf *buf)
{
    line(buf, "Content-Type", head->content_type);
    line(buf, "Content-Encoding", head->content_encoding);
    line(buf, "Cache-Control", head->cache_control);
    line(buf, "Vary", head->vary);
    line(buf, "ETag", head->etag);
    line(buf, "X-Cache", head->cache);
    line(buf, "Location", head->location);
    line(buf, "Allow", head->allow);
    line(buf, "Set-Cookie", head->set_cookie[0]);
    line(buf, "Set-Cookie", head->set_cookie[1]);
    line(buf, "Idempotency-Replayed", head->is_replayed ? "true" : NULL);
    line(buf, "WWW-Authenticate", head->status == 401 ? "Bearer" : NULL);
    if (head->retry_after_s)
        line_int(buf, "Retry-After", head->retry_after_s);
}

/* Source: draft-ietf-httpapi-ratelimit-headers-03, the three headers that clients know. */
static void write_rate(const struct ff_rate_state *rate, struct ff_buf *buf)
{
    if (!rate->limit)
        return;
    line_int(buf, "RateLimit-Limit", rate->limit);
    line_int(buf, "RateLimit-Remaining", rate->remaining);
    line_int(buf, "RateLimit-Reset", rate->reset_s);
}

static void drop_body(struct ff_response *rp)
{
    ff_buf_clear(&rp->body);
    rp->asset = NULL;
    rp->asset_len = 0;
}

void ff_head_write(struct ff_ctx *cx, const struct ff_message *m, const struct ff_head *head,
                   struct ff_response *rp)
{
    struct ff_buf *buf = &rp->head;
    bool bodiless = head->status == 204 || head->status == 304;
    ff_buf_clear(buf);
    rp->status = head->status;
    ff_buf_str(buf, "HTTP/1.1 ");
    ff_buf_int(buf, head->status);
    ff_buf_char(buf, ' ');
    ff_buf_str(buf, reason_of(head->status));
    ff_buf_add(buf, "\r\n", 2);
    line(buf, "Date", date_text(cx, rp));
    write_variable(head, buf);
    write_rate(&rp->rate, buf);
    ff_cors_write(m, head->allow, buf);
    if (!bodiless)
        line_int(buf, "Content-Length", (int64_t)head->content_length);
    line(buf, "X-Request-Id", cx->request_id);
    write_connection(m, rp);
    ff_buf_add(buf, fixed, sizeof fixed - 1);
    if (m->is_tls)
        ff_buf_add(buf, over_tls, sizeof over_tls - 1);
    ff_buf_add(buf, "\r\n", 2);
    if (bodiless || (m->method && !strcmp(m->method, "HEAD")))
        drop_body(rp);
}
