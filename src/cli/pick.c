/* SPDX-License-Identifier: MIT */
/* pick.c - a cursor over JSON text: skip a value, find a member, take a value. Not recursive. */
#include "cli/pick.h"

#include <string.h>

#include "base/ids.h"

static const char *skip_space(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r'))
        p++;
    return p;
}

/* Behind the string that begins at p; `end` when it is cut. */
static const char *skip_string(const char *p, const char *end)
{
    for (p++; p < end && *p != '"'; p++)
        if (*p == '\\')
            p++;
    return p < end ? p + 1 : end;
}

/* Behind the value that begins at p. */
static const char *skip_value(const char *p, const char *end)
{
    size_t depth = 0;
    while (p < end) {
        char c = *p;
        if (c == '"') {
            p = skip_string(p, end);
        } else {
            if (c == '{' || c == '[')
                depth++;
            if ((c == '}' || c == ']') && depth-- == 0)
                return p;
            if (c == ',' && depth == 0)
                return p;
            p++;
        }
        if (depth == 0 && (c == '"' || c == '}' || c == ']'))
            return p;
    }
    return end;
}

static const struct ff_pick nothing = {0};

struct ff_pick ff_pick(const char *text, size_t n)
{
    return (struct ff_pick){skip_space(text, text + n), text + n};
}

struct ff_pick ff_pick_get(struct ff_pick object, const char *member)
{
    const char *p = object.at, *end = object.end;
    size_t n = strlen(member);
    if (!p || p >= end || *p != '{')
        return nothing;
    p = skip_space(p + 1, end);
    while (p < end && *p == '"') {
        const char *name = p + 1;
        p = skip_string(p, end);
        bool is_it = (size_t)(p - name) == n + 1 && memcmp(name, member, n) == 0;
        p = skip_space(p, end);
        if (p >= end || *p != ':')
            return nothing;
        p = skip_space(p + 1, end);
        const char *after = skip_value(p, end);
        if (is_it)
            return (struct ff_pick){p, after};
        p = skip_space(after, end);
        if (p >= end || *p != ',')
            return nothing;
        p = skip_space(p + 1, end);
    }
    return nothing;
}

bool ff_pick_next(struct ff_pick list, struct ff_pick *item)
{
    const char *p, *end = list.end;
    if (!list.at || list.at >= end || *list.at != '[')
        return false;
    if (!item->at) {
        p = skip_space(list.at + 1, end);
    } else {
        p = skip_space(item->end, end);
        if (p >= end || *p != ',')
            return false;
        p = skip_space(p + 1, end);
    }
    if (p >= end || *p == ']')
        return false;
    *item = (struct ff_pick){p, skip_value(p, end)};
    return true;
}

bool ff_pick_is_null(struct ff_pick value)
{
    return !value.at || value.at >= value.end || *value.at == 'n';
}

int64_t ff_pick_int(struct ff_pick value)
{
    char digits[24];
    int64_t n = 0;
    if (!value.at)
        return 0;
    size_t len = (size_t)(value.end - value.at);
    while (len && (value.at[len - 1] == ' ' || value.at[len - 1] == '\n'))
        len--;
    if (len == 0 || len >= sizeof digits)
        return 0;
    memcpy(digits, value.at, len);
    digits[len] = 0;
    return ff_parse_int(digits, INT64_MIN / 2, INT64_MAX / 2, &n) ? n : 0;
}

bool ff_pick_bool(struct ff_pick value)
{
    return value.at && value.at < value.end && *value.at == 't';
}

/* \uXXXX below the surrogates as UTF-8; our writer escapes control characters only. */
static char *put_escape(char *out, const char *p)
{
    unsigned char two[2];
    if (!ff_unhex(p, 4, two, 2))
        return out;
    unsigned code = (unsigned)two[0] << 8 | two[1];
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xE0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    return out;
}

const char *ff_pick_text(struct ff_arena *arena, struct ff_pick value)
{
    if (!value.at || value.end - value.at < 2 || *value.at != '"')
        return "";
    char *text = ff_arena_alloc(arena, (size_t)(value.end - value.at));
    if (!text)
        return "";
    char *out = text;
    for (const char *p = value.at + 1; p < value.end && *p != '"'; p++) {
        static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
        if (*p != '\\') {
            *out++ = *p;
            continue;
        }
        if (++p >= value.end)
            break;
        const char *known = strchr(from, *p);
        if (*p == 'u' && value.end - p > 4) {
            out = put_escape(out, p + 1);
            p += 4;
        } else {
            *out++ = known && *known ? to[known - from] : *p;
        }
    }
    *out = 0;
    return text;
}
