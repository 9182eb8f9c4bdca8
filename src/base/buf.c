/* SPDX-License-Identifier: MIT */
/* buf.c - growing bytes with a maximum. Replies are written here member by member, so the common
 * writes are one compare and one memcpy. */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 512 };

void ff_buf_init(struct ff_buf *buf, size_t max)
{
    *buf = (struct ff_buf){.max = max};
}

void ff_buf_free(struct ff_buf *buf)
{
    free(buf->data);
    *buf = (struct ff_buf){.max = buf->max};
}

void ff_buf_clear(struct ff_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

bool ff_buf_grow(struct ff_buf *buf, size_t n)
{
    if (buf->failed || n > buf->max - buf->len) {
        buf->failed = true;
        return false;
    }
    size_t cap = buf->cap ? buf->cap : FIRST_CAP;
    while (cap < buf->len + n + 1)
        cap *= 2;
    char *data = realloc(buf->data, cap);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->cap = cap;
    return true;
}

/* Room for n more bytes and the NUL, within the maximum. */
static inline bool reserve(struct ff_buf *buf, size_t n)
{
    if (!buf->failed && buf->cap - buf->len > n && n <= buf->max - buf->len)
        return true;
    return ff_buf_grow(buf, n);
}

char *ff_buf_take(struct ff_buf *buf, size_t n)
{
    if (!reserve(buf, n))
        return NULL;
    char *room = buf->data + buf->len;
    buf->len += n;
    buf->data[buf->len] = '\0';
    return room;
}

void ff_buf_add(struct ff_buf *buf, const void *bytes, size_t n)
{
    if (!reserve(buf, n))
        return;
    if (n)
        memcpy(buf->data + buf->len, bytes, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void ff_buf_str(struct ff_buf *buf, const char *text)
{
    ff_buf_add(buf, text, strlen(text));
}

void ff_buf_char(struct ff_buf *buf, char c)
{
    if (!reserve(buf, 1))
        return;
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

static size_t digits_of(uint64_t n)
{
    size_t digits = 1;
    for (; n >= 10000; n /= 10000)
        digits += 4;
    return digits + (n >= 10) + (n >= 100) + (n >= 1000);
}

char *ff_int_put(char *out, int64_t n)
{
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (n < 0)
        *out++ = '-';
    char *end = out + digits_of(rest), *p = end;
    for (; rest >= 10; rest /= 10)
        *--p = (char)('0' + rest % 10);
    *--p = (char)('0' + rest);
    return end;
}

void ff_buf_int(struct ff_buf *buf, int64_t n)
{
    char text[FF_INT_DIGITS];
    ff_buf_add(buf, text, (size_t)(ff_int_put(text, n) - text));
}

void ff_buf_printf(struct ff_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    if (!reserve(buf, (size_t)len))
        return;
    va_start(args, format);
    (void)vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

/* True for bytes that stand for themselves in a JSON string. */
static inline bool is_json_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/* The high bit of each byte of `word` that is zero. */
static inline uint64_t zero_bytes(uint64_t word)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    return ~(((word & low) + low) | word | low);
}

/* Eight bytes at once: none of them needs an escape. */
static inline bool are_json_plain(const char *text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return !(zero_bytes(word & ones * 0xe0) | zero_bytes(word ^ ones * '"') |
             zero_bytes(word ^ ones * '\\') | zero_bytes(word ^ ones * 0x7f));
}

/* Length of the beginning that needs no escape. */
static size_t json_span(const char *text, size_t n)
{
    size_t i = 0;
    while (n - i >= 8 && are_json_plain(text + i))
        i += 8;
    if (n >= 8 && n - i < 8 && are_json_plain(text + n - 8)) /* the rest, with what is before it */
        return n;
    while (i < n && is_json_plain((unsigned char)text[i]))
        i++;
    return i;
}

static void json_escape(struct ff_buf *buf, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char named[] = "\"\\\b\f\n\r\t";
    static const char letter[] = "\"\\bfnrt";
    const char *at = strchr(named, c);
    if (at) {
        const char pair[2] = {'\\', letter[at - named]};
        ff_buf_add(buf, pair, sizeof pair);
        return;
    }
    const char unit[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    ff_buf_add(buf, unit, sizeof unit);
}

static void json_escaped(struct ff_buf *buf, const char *text, size_t n, size_t span)
{
    ff_buf_char(buf, '"');
    for (; span < n; span = json_span(text, n)) {
        ff_buf_add(buf, text, span);
        json_escape(buf, (unsigned char)text[span]);
        text += span + 1;
        n -= span + 1;
    }
    ff_buf_add(buf, text, n);
    ff_buf_char(buf, '"');
}

void ff_buf_json(struct ff_buf *buf, const char *text)
{
    size_t n = strlen(text), span = json_span(text, n);
    if (span < n) {
        json_escaped(buf, text, n, span);
        return;
    }
    char *room = ff_buf_take(buf, n + 2);
    if (!room)
        return;
    room[0] = '"';
    memcpy(room + 1, text, n);
    room[n + 1] = '"';
}

static const char *skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9')
        p++;
    return p;
}

static bool is_plain_number(const char *text)
{
    const char *p = text + (*text == '-');
    const char *end = skip_digits(p);
    if (end == p)
        return false;
    if (*end == '.') {
        p = end + 1;
        end = skip_digits(p);
        if (end == p)
            return false;
    }
    return *end == '\0';
}

void ff_buf_csv(struct ff_buf *buf, const char *text)
{
    bool formula = *text && strchr("=+-@\t\r", *text) && !is_plain_number(text);
    bool quoted = text[strcspn(text, ",;\"\r\n\t")];
    if (quoted)
        ff_buf_char(buf, '"');
    if (formula)
        ff_buf_char(buf, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            ff_buf_char(buf, '"');
        ff_buf_char(buf, *p);
    }
    if (quoted)
        ff_buf_char(buf, '"');
}
