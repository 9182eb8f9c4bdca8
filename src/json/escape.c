/* SPDX-License-Identifier: MIT */
/* escape.c - the escapes of JSON strings: which are allowed, and the bytes they stand for. U+0000
 * and lone surrogates are not. Source: RFC 8259, section 7. */
#include "json/scan.h"

#include "base/utf8.h"

#include <string.h>

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits at text+pos into *unit. */
static bool read_unit(const char *text, size_t n, size_t pos, uint32_t *unit)
{
    *unit = 0;
    if (n - pos < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        int value = hex_value(text[pos + i]);
        if (value < 0)
            return false;
        *unit = *unit << 4 | (uint32_t)value;
    }
    return true;
}

/* The \uXXXX (or the pair of them) whose backslash is at `pos`: its code point and its length; 0
 * for a bad digit, a lone surrogate or U+0000. */
static size_t read_unicode(const char *text, size_t n, size_t pos, uint32_t *point)
{
    uint32_t low;
    if (!read_unit(text, n, pos + 2, point) || *point == 0)
        return 0;
    if (*point < 0xD800 || *point > 0xDFFF)
        return 6;
    if (*point > 0xDBFF || n - pos < 12 || text[pos + 6] != '\\' || text[pos + 7] != 'u' ||
        !read_unit(text, n, pos + 8, &low) || low < 0xDC00 || low > 0xDFFF)
        return 0;
    *point = 0x10000 + ((*point - 0xD800) << 10 | (low - 0xDC00));
    return 12;
}

size_t ff_json_unescape(const char *text, size_t n, size_t pos, char out[4], size_t *out_n)
{
    static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    if (n - pos < 2 || !text[pos + 1])
        return 0;
    const char *letter = strchr(letters, text[pos + 1]);
    if (letter) {
        out[0] = bytes[letter - letters];
        *out_n = 1;
        return 2;
    }
    uint32_t point;
    size_t used = text[pos + 1] == 'u' ? read_unicode(text, n, pos, &point) : 0;
    if (used)
        *out_n = ff_utf8_put(point, out);
    return used;
}
