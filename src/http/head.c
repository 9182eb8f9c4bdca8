/* SPDX-License-Identifier: MIT */
/* head.c - headers. The fixed ones are one constant text. Source: security.md S54-S56. */
#include "http/head.h"

#include "http/cors.h"

#include <assert.h>
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

/* More than all names of headers, numbers, the date, a request id and what else is of a fixed
 * length take together. */
enum { PLAIN_ROOM = 768, INT_ROOM = 20 };

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

/* ---- writing: the room is taken once for many lines, so that a line is a few copies ---- */

struct pen {
    char *at;
};

static inline void put(struct pen *pen, const char *text, size_t n)
{
    memcpy(pen->at, text, n);
    pen->at += n;
}
#define PUT(pen, literal) put((pen), (literal), sizeof(literal) - 1)

static inline void put_line(struct pen *pen, const char *name, size_t n, const char *value)
{
    if (!value)
        return;
    put(pen, name, n);
    put(pen, value, strlen(value));
    PUT(pen, "\r\n");
}
#define LINE(pen, name, value) put_line((pen), name ": ", sizeof(name ": ") - 1, (value))

/* Counts and seconds; none is below 0. */
static void put_int(struct pen *pen, int64_t value)
{
    char text[INT_ROOM];
    char *p = text + sizeof text;
    uint64_t rest = value > 0 ? (uint64_t)value : 0;
    do {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    put(pen, p, (size_t)(text + sizeof text - p));
}

static inline void put_line_int(struct pen *pen, const char *name, size_t n, int64_t value)
{
    put(pen, name, n);
    put_int(pen, value);
    PUT(pen, "\r\n");
}
#define LINE_INT(pen, name, value) put_line_int((pen), name ": ", sizeof(name ": ") - 1, (value))

/* Room for `n` bytes more; false: the reply is too long, as its buffer knows. */
static bool open_pen(struct pen *pen, struct ff_buf *buf, size_t n)
{
    pen->at = ff_buf_take(buf, n);
    return pen->at != NULL;
}

/* Gives back what was not used of the room. */
static void close_pen(const struct pen *pen, struct ff_buf *buf)
{
    assert(pen->at <= buf->data + buf->len);
    buf->len = (size_t)(pen->at - buf->data);
    *pen->at = '\0';
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
static void write_connection(const struct ff_message *m, struct ff_response *rp, struct pen *pen)
{
    const char *wish = ff_message_header(m, "Connection", NULL);
    bool old = !m->version || strcmp(m->version, "1.1") != 0;
    if (has_option(wish, "close") || (old && !has_option(wish, "keep-alive")))
        rp->close = true;
    if (rp->close)
        LINE(pen, "Connection", "close");
    else if (old)
        LINE(pen, "Connection", "keep-alive");
}

static void write_variable(const struct ff_head *head, struct pen *pen)
{
    LINE(pen, "Content-Type", head->content_type);
    LINE(pen, "Content-Encoding", head->content_encoding);
    LINE(pen, "Cache-Control", head->cache_control);
    LINE(pen, "Vary", head->vary);
    LINE(pen, "ETag", head->etag);
    LINE(pen, "X-Cache", head->cache);
    LINE(pen, "Location", head->location);
    LINE(pen, "Allow", head->allow);
    LINE(pen, "Set-Cookie", head->set_cookie[0]);
    LINE(pen, "Set-Cookie", head->set_cookie[1]);
    LINE(pen, "Idempotency-Replayed", head->is_replayed ? "true" : NULL);
    LINE(pen, "WWW-Authenticate", head->status == 401 ? "Bearer" : NULL);
    if (head->retry_after_s)
        LINE_INT(pen, "Retry-After", head->retry_after_s);
}

/* Source: draft-ietf-httpapi-ratelimit-headers-03, the three headers that clients know. */
static void write_rate(const struct ff_rate_state *rate, struct pen *pen)
{
    if (!rate->limit)
        return;
    LINE_INT(pen, "RateLimit-Limit", rate->limit);
    LINE_INT(pen, "RateLimit-Remaining", rate->remaining);
    LINE_INT(pen, "RateLimit-Reset", rate->reset_s);
}

/* The bytes that a head's own texts take; the rest of a head is shorter than PLAIN_ROOM. */
static size_t room_for(const struct ff_head *head)
{
    const char *const texts[] = {head->content_type,  head->content_encoding,
                                 head->cache_control, head->vary,
                                 head->etag,          head->cache,
                                 head->location,      head->allow,
                                 head->set_cookie[0], head->set_cookie[1]};
    size_t n = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        n += texts[i] ? strlen(texts[i]) : 0;
    return n;
}

static void write_first(struct ff_ctx *cx, const struct ff_head *head, struct ff_response *rp,
                        struct pen *pen)
{
    const char *reason = reason_of(head->status);
    PUT(pen, "HTTP/1.1 ");
    put_int(pen, head->status);
    PUT(pen, " ");
    put(pen, reason, strlen(reason));
    PUT(pen, "\r\n");
    LINE(pen, "Date", date_text(cx, rp));
    write_variable(head, pen);
    write_rate(&rp->rate, pen);
}

static void write_last(const struct ff_ctx *cx, const struct ff_message *m,
                       const struct ff_head *head, struct ff_response *rp, struct pen *pen)
{
    if (head->status != 204 && head->status != 304)
        LINE_INT(pen, "Content-Length", (int64_t)head->content_length);
    LINE(pen, "X-Request-Id", cx->request_id);
    write_connection(m, rp, pen);
    put(pen, fixed, sizeof fixed - 1);
    if (m->is_tls)
        PUT(pen, over_tls);
    PUT(pen, "\r\n");
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
    struct pen pen;
    ff_buf_clear(&rp->head);
    rp->status = head->status;
    if (open_pen(&pen, &rp->head, room_for(head) + PLAIN_ROOM)) {
        write_first(cx, head, rp, &pen);
        close_pen(&pen, &rp->head);
    }
    ff_cors_write(m, head->allow, &rp->head);
    if (open_pen(&pen, &rp->head, sizeof fixed + PLAIN_ROOM)) {
        write_last(cx, m, head, rp, &pen);
        close_pen(&pen, &rp->head);
    }
    if (head->status == 204 || head->status == 304 || (m->method && !strcmp(m->method, "HEAD")))
        drop_body(rp);
}
