/* SPDX-License-Identifier: MIT */
/* guard.c - framing, sizes, Host: everything about a request that is wrong whatever it asks for.
 * Order: what the parser already lost, then counts and sizes, then each header's spelling, then the
 * framing of the body, then whom it is for. The path is path.c's. */
#include "http/guard.h"

#include "http/field.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { MAX_METHOD_BYTES = 16, MAX_HOST_BYTES = 255, MAX_LENGTH_DIGITS = 7 };

/* Headers that say who asks or how the message is read: twice means two readers may differ. */
static const struct ff_field_name only_once[] = {
    FF_FIELD_NAME("Authorization"),    FF_FIELD_NAME("Content-Type"),
    FF_FIELD_NAME("Content-Encoding"), FF_FIELD_NAME("Cookie"),
    FF_FIELD_NAME("Expect"),           FF_FIELD_NAME("Host"),
    FF_FIELD_NAME("If-Match"),         FF_FIELD_NAME("If-None-Match"),
    FF_FIELD_NAME("Origin"),           FF_FIELD_NAME("X-FF-Request"),
    FF_FIELD_NAME("Idempotency-Key"),  FF_FIELD_NAME("Accept"),
    FF_FIELD_NAME("Upgrade"),          FF_FIELD_NAME("X-FF-Secret"),
    FF_FIELD_NAME("Sec-Fetch-Site"),   FF_FIELD_NAME("Accept-Encoding"),
};

/* What a byte may stand in: a token, the target of a request. */
enum { IN_TOKEN = 1, IN_TARGET = 2 };
/* clang-format off */
#define T IN_TARGET
#define B (IN_TOKEN | IN_TARGET)
static const unsigned char places[256] = {
    ['!'] = B, T, IN_TOKEN, B, B, B, B, T, T, B, B, T, B, B, T, /* not '#' in a target */
    ['0'] = B, B, B, B, B, B, B, B, B, B, T, T, T, T, T, T, T,
    ['A'] = B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    ['['] = T, T, T, B, B, B,
    ['a'] = B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    ['{'] = T, B, T, B,
};
#undef T
#undef B
/* clang-format on */

/* Length of the beginning that may stand in `place`. */
static size_t span(const char *text, unsigned place)
{
    size_t n = 0;
    while (places[(unsigned char)text[n]] & place)
        n++;
    return n;
}

static bool is_token(const char *text, size_t max)
{
    const size_t n = span(text, IN_TOKEN);
    return n > 0 && n <= max && !text[n];
}

/* The lengths of what came, measured once. */
struct lengths {
    size_t target;
    size_t name[FF_MAX_HEADERS], value[FF_MAX_HEADERS];
};

static enum ff_rc check_sizes(struct ff_ctx *cx, const struct ff_message *m, struct lengths *n)
{
    n->target = strlen(m->target);
    size_t head = strlen(m->method) + n->target + 12;
    if (m->n_headers > FF_MAX_HEADERS)
        return FF_FAIL(cx, FF_HEADERS_TOO_LARGE, "At most %d headers.", FF_MAX_HEADERS);
    for (size_t i = 0; i < m->n_headers; i++) {
        n->name[i] = strlen(m->headers[i].name);
        n->value[i] = strlen(m->headers[i].value);
        head += n->name[i] + n->value[i] + 4;
    }
    if (n->target > FF_MAX_URI_BYTES)
        return FF_FAIL(cx, FF_URI_TOO_LONG, "At most %d bytes.", FF_MAX_URI_BYTES);
    const char *query = memchr(m->target, '?', n->target);
    if (query && (size_t)(m->target + n->target - query - 1) > FF_MAX_QUERY_BYTES)
        return FF_FAIL(cx, FF_URI_TOO_LONG, "The query: at most %d bytes.", FF_MAX_QUERY_BYTES);
    if (head > FF_MAX_HEAD_BYTES)
        return FF_FAIL(cx, FF_HEADERS_TOO_LARGE, "At most %d bytes.", FF_MAX_HEAD_BYTES);
    return FF_OK;
}

static enum ff_rc check_line(struct ff_ctx *cx, const struct ff_message *m, size_t target)
{
    if (m->is_lax)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The head of the request is not well formed.");
    if (!is_token(m->method, MAX_METHOD_BYTES))
        return FF_FAIL(cx, FF_BAD_REQUEST, "The method is not well formed.");
    if (strcmp(m->version, "1.1") && strcmp(m->version, "1.0"))
        return FF_FAIL(cx, FF_BAD_REQUEST, "HTTP 1.0 and 1.1 are spoken here.");
    if (m->target[0] != '/')
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address must begin with a slash.");
    if (span(m->target, IN_TARGET) != target)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address has a character that must be escaped.");
    return FF_OK;
}

static enum ff_rc check_headers(struct ff_ctx *cx, const struct ff_message *m,
                                const struct lengths *n)
{
    for (size_t i = 0; i < m->n_headers; i++) {
        if (!is_token(m->headers[i].name, FF_MAX_HEADER_NAME_BYTES))
            return FF_FAIL(cx, FF_BAD_REQUEST, "A header's name is not well formed.");
        if (!ff_is_field_value(m->headers[i].value, n->value[i]))
            return FF_FAIL(cx, FF_BAD_REQUEST, "A header's value has a control character.");
    }
    return FF_OK;
}

static enum ff_rc check_once(struct ff_ctx *cx, const struct ff_message *m, const struct lengths *n)
{
    unsigned seen = 0;
    for (size_t i = 0; i < m->n_headers; i++) {
        for (size_t k = 0; k < sizeof only_once / sizeof only_once[0]; k++) {
            if (n->name[i] != only_once[k].len ||
                !ff_same_header(m->headers[i].name, only_once[k].name))
                continue;
            if (seen & 1u << k)
                return FF_FAIL(cx, FF_BAD_REQUEST, "%s may be given once.", only_once[k].name);
            seen |= 1u << k;
        }
    }
    return FF_OK;
}

static bool has_method(const struct ff_message *m, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(m->method, *list))
            return true;
    return false;
}

/* `text` is all digits and short enough to be below every bound of a body; a longer one is too
 * large whatever it counts. Source: S41, S42. */
static enum ff_rc read_length(struct ff_ctx *cx, const char *text, size_t *length)
{
    size_t n = strspn(text, "0123456789");
    if (!n || text[n])
        return FF_FAIL(cx, FF_BAD_REQUEST, "Content-Length is not a number.");
    if (n > MAX_LENGTH_DIGITS)
        return FF_FAIL(cx, FF_BODY_TOO_LARGE, "No body may be that long.");
    for (size_t i = 0; i < n; i++)
        *length = *length * 10 + (size_t)(text[i] - '0');
    return FF_OK;
}

static enum ff_rc check_framing(struct ff_ctx *cx, const struct ff_message *m, size_t *length)
{
    static const char *const with_body[] = {"POST", "PUT", "PATCH", NULL};
    size_t n;
    if (ff_message_header(m, "Transfer-Encoding", NULL))
        return FF_FAIL(cx, FF_TRANSFER_ENCODING, "Send the body with a Content-Length.");
    const char *text = ff_message_header(m, "Content-Length", &n);
    if (n > 1)
        return FF_FAIL(cx, FF_BAD_REQUEST, "Content-Length may be given once.");
    if (!text && has_method(m, with_body))
        return FF_FAIL(cx, FF_LENGTH_REQUIRED, "Send a Content-Length, 0 for no body.");
    if (text && read_length(cx, text, length))
        return cx->err.rc;
    text = ff_message_header(m, "Content-Encoding", NULL);
    if (text && strcasecmp(text, "identity"))
        return FF_FAIL(cx, FF_UNSUPPORTED_MEDIA, "Send the body as it is, not compressed.");
    text = ff_message_header(m, "Expect", NULL);
    if (text && strcasecmp(text, "100-continue"))
        return FF_FAIL(cx, FF_BAD_REQUEST, "Only Expect: 100-continue is known here.");
    return FF_OK;
}

static bool is_host_char(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
           c == '.' || c == '_';
}

/* Splits "name:port" or "[v6]:port"; gives the length of the name, 0 when it is not well formed. */
static size_t host_length(const char *host)
{
    size_t n = 0;
    if (host[0] == '[') {
        n = 1 + strspn(host + 1, "0123456789abcdefABCDEF:.");
        if (host[n++] != ']')
            return 0;
    } else {
        while (is_host_char(host[n]))
            n++;
    }
    if (!host[n])
        return n;
    if (host[n] != ':')
        return 0;
    size_t digits = 0;
    while (host[n + 1 + digits] >= '0' && host[n + 1 + digits] <= '9')
        digits++;
    return digits > 0 && digits <= 5 && !host[n + 1 + digits] ? n : 0;
}

static bool same_name(const char *name, const char *host, size_t n)
{
    return strlen(name) == n && !strncasecmp(name, host, n);
}

static enum ff_rc check_host(struct ff_ctx *cx, const struct ff_message *m)
{
    static const char *const loopback[] = {"localhost", "127.0.0.1", "[::1]", NULL};
    const char *host = ff_message_header(m, "Host", NULL);
    size_t n = host && strlen(host) <= MAX_HOST_BYTES ? host_length(host) : 0;
    if (!n)
        return FF_FAIL(cx, FF_BAD_REQUEST, "One well-formed Host header is needed.");
    for (const char *const *h = loopback; *h; h++)
        if (same_name(*h, host, n))
            return FF_OK;
    for (const char *const *h = m->hosts; h && *h; h++)
        if (same_name(*h, host, n))
            return FF_OK;
    return FF_FAIL(cx, FF_MISDIRECTED, "Open the canteen by its proper address.");
}

enum ff_rc ff_guard(struct ff_ctx *cx, const struct ff_message *m, size_t *content_length)
{
    enum ff_rc rc;
    struct lengths n;
    *content_length = 0;
    if ((rc = check_sizes(cx, m, &n)) || (rc = check_line(cx, m, n.target)) ||
        (rc = check_headers(cx, m, &n)) || (rc = check_once(cx, m, &n)) ||
        (rc = check_framing(cx, m, content_length)))
        return rc;
    return check_host(cx, m);
}
