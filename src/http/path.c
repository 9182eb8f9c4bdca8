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

/* Decodes n bytes at `text` to `copy`, which has room for one more. `forbidden` bytes are refused,
 * and so is what is not UTF-8. */
static enum ff_rc decode_to(struct ff_ctx *cx, char *copy, const char *text, size_t n,
                            const char *forbidden, bool plus_is_space)
{
    size_t len = 0;
    for (size_t i = 0, used; i < n; i += used) {
        int byte = decode_byte(text + i, n - i, &used);
        const char *why = bad_byte(byte, forbidden);
        if (why)
            return FF_FAIL(cx, FF_BAD_REQUEST, "%s", why);
        copy[len++] = plus_is_space && text[i] == '+' ? ' ' : (char)byte;
    }
    copy[len] = '\0';
    if (!ff_utf8_valid(copy, len))
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address is not valid UTF-8.");
    return FF_OK;
}

/* The same into the arena. */
static enum ff_rc decode(struct ff_ctx *cx, const char *text, size_t n, const char *forbidden,
                         bool plus_is_space, const char **out)
{
    size_t plain = 0;
    while (plain < n && is_plain(text[plain]))
        plain++;
    char *copy = ff_arena_strndup(cx->arena, text, n);
    *out = copy;
    if (!copy)
        return FF_FAIL(cx, FF_INTERNAL, "The request needs too much memory.");
    return plain == n ? FF_OK : decode_to(cx, copy, text, n, forbidden, plus_is_space);
}

static enum ff_rc add_segment(struct ff_ctx *cx, const char *text, size_t n, struct ff_path *out)
{
    const char *segment;
    if (out->n == FF_PATH_SEGMENTS)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address has too many parts.");
    enum ff_rc rc = decode(cx, text, n, "/\\", false, &segment);
    if (rc)
        return rc;
    if (!*segment || !strcmp(segment, ".") || !strcmp(segment, ".."))
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address has an empty or a dot segment.");
    out->segments[out->n++] = segment;
    return FF_OK;
}

enum ff_rc ff_path_split(struct ff_ctx *cx, const char *target, struct ff_path *out)
{
    memset(out, 0, sizeof *out);
    const char *mark = strchr(target, '?');
    const char *end = mark ? mark : target + strlen(target);
    out->query = mark ? mark + 1 : NULL;
    if (!(out->raw = ff_arena_strndup(cx->arena, target, (size_t)(end - target))))
        return FF_FAIL(cx, FF_INTERNAL, "out of memory");
    if (end == target || *target != '/')
        return FF_FAIL(cx, FF_BAD_REQUEST, "The address must begin with a slash.");
    const char *at = target + 1;
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
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

static enum ff_rc add_pair(struct ff_ctx *cx, const char *text, size_t n,
                           struct ff_query_pairs *out)
{
    if (out->n == FF_QUERY_PAIRS)
        return FF_FAIL(cx, FF_BAD_REQUEST, "The query has too many parts.");
    struct ff_pair *pair = &out->pairs[out->n++];
    const char *equals = memchr(text, '=', n);
    size_t name_len = equals ? (size_t)(equals - text) : n;
    size_t value_len = equals ? n - name_len - 1 : 0;
    enum ff_rc rc = decode(cx, text, name_len, "", true, &pair->name);
    return rc ? rc : decode(cx, text + n - value_len, value_len, "", true, &pair->value);
}

enum ff_rc ff_query_split(struct ff_ctx *cx, const char *query, struct ff_query_pairs *out)
{
    out->n = 0;
    while (query && *query) {
        const char *mark = strchr(query, '&');
        const size_t n = mark ? (size_t)(mark - query) : strlen(query);
        enum ff_rc rc = n ? add_pair(cx, query, n, out) : FF_OK;
        if (rc)
            return rc;
        query += n + (query[n] == '&');
    }
    return FF_OK;
}
