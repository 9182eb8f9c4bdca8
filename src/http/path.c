/* SPDX-License-Identifier: MIT */
/* path.c - splitting and decoding paths and queries. Each part is decoded once, after the split. */
#include "http/path.h"

#include "base/utf8.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One byte of `text`, decoded; *used gets how many it took. -1: not a valid escape. */
static int decode_byte(const char *text, size_t n, size_t *used)
{
    *used = 1;
    if (text[0] != '%')
        return (unsigned char)text[0];
    int high = n >= 3 ? hex_digit(text[1]) : -1, low = n >= 3 ? hex_digit(text[2]) : -1;
    *used = 3;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Why a decoded byte may stand nowhere in an address; NULL: it may. */
static const char *bad_byte(int byte, const char *forbidden)
{
    if (byte < 0)
        return "The address has an invalid escape.";
    if (byte < 0x20 || byte == 0x7f)
        return "The address has a control character.";
    return strchr(forbidden, byte) ? "The address has an encoded slash or a backslash." : NULL;
}

/* True for what stands for itself wherever it is: most of what is asked for is made of this. */
static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
           c == '_' || c == '.';
}

/* Decodes n bytes where they are. `forbidden` bytes are refused, and so is what is not UTF-8. */
static enum ff_rc decode_odd(struct ff_ctx *cx, char *text, size_t n, const char *forbidden,
                             bool plus_is_space)
{
    size_t len = 0;
    for (size_t i = 0, used; i < n; i += used) {
        int byte = decode_byte(text + i, n - i, &used);
        const char *why = bad_byte(byte, forbidden);
        if (why)
            return FF_FAIL(cx, FF_BAD_REQUEST, "%s", why);
        text[len++] = plus_is_space && text[i] == '+' ? ' ' : (char)byte;
    }
    text[len] = '\0';
    if (!ff_utf8_valid(text, len))
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address is not valid UTF-8.");
    return FF_OK;
}

/* The same, and ends them with a NUL: the byte behind them is not needed any more. */
static enum ff_rc decode(struct ff_ctx *cx, char *text, size_t n, const char *forbidden,
                         bool plus_is_space)
{
    size_t plain = 0;
    while (plain < n && is_plain(text[plain]))
        plain++;
    text[n] = '\0';
    return plain == n ? FF_OK : decode_odd(cx, text, n, forbidden, plus_is_space);
}

static enum ff_rc add_segment(struct ff_ctx *cx, char *text, size_t n, struct ff_path *out)
{
    if (out->n == FF_PATH_SEGMENTS)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address has too many parts.");
    enum ff_rc rc = decode(cx, text, n, "/\\", false);
    if (rc)
        return rc;
    if (!*text || !strcmp(text, ".") || !strcmp(text, ".."))
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address has an empty or a dot segment.");
    out->segments[out->n++] = text;
    return FF_OK;
}

/* Cuts `at`, a copy of the path behind its first slash, into segments. */
static enum ff_rc cut_path(struct ff_ctx *cx, char *at, char *end, struct ff_path *out)
{
    while (at < end) {
        char *slash = memchr(at, '/', (size_t)(end - at));
        const size_t len = (size_t)((slash ? slash : end) - at);
        enum ff_rc rc = add_segment(cx, at, len, out);
        if (rc)
            return rc;
        at += len;
        if (at < end && ++at == end)
            out->ends_with_slash = true;
    }
    return FF_OK;
}

enum ff_rc ff_path_split(struct ff_ctx *cx, const char *target, struct ff_path *out)
{
    memset(out, 0, sizeof *out);
    const char *mark = strchr(target, '?');
    const size_t n = mark ? (size_t)(mark - target) : strlen(target);
    out->query = mark ? mark + 1 : NULL;
    char *copy = ff_arena_strndup(cx->arena, target, n);
    if (!copy || !(out->raw = ff_arena_strndup(cx->arena, target, n)))
        return FF_FAIL(cx, FF_INTERNAL, "The request needs too much memory.");
    if (!n || *target != '/')
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address must begin with a slash.");
    return cut_path(cx, copy + 1, copy + n, out);
}

static enum ff_rc add_pair(struct ff_ctx *cx, char *text, size_t n, struct ff_query_pairs *out)
{
    if (out->n == FF_QUERY_PAIRS)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The query has too many parts.");
    struct ff_pair *pair = &out->pairs[out->n++];
    const char *equals = memchr(text, '=', n);
    const size_t name_len = equals ? (size_t)(equals - text) : n;
    const size_t value_len = equals ? n - name_len - 1 : 0;
    pair->name = text;
    pair->value = text + n - value_len;
    enum ff_rc rc = decode(cx, text, name_len, "", true);
    return rc ? rc : decode(cx, text + n - value_len, value_len, "", true);
}

enum ff_rc ff_query_split(struct ff_ctx *cx, const char *query, struct ff_query_pairs *out)
{
    out->n = 0;
    if (!query || !*query)
        return FF_OK;
    char *at = ff_arena_strndup(cx->arena, query, SIZE_MAX), *mark;
    if (!at)
        return FF_FAIL(cx, FF_INTERNAL, "The request needs too much memory.");
    for (bool more = true; more; at = mark + 1) {
        mark = at + strcspn(at, "&");
        more = *mark == '&';
        enum ff_rc rc = mark > at ? add_pair(cx, at, (size_t)(mark - at), out) : FF_OK;
        if (rc)
            return rc;
    }
    return FF_OK;
}
