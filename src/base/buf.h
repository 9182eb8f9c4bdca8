/* SPDX-License-Identifier: MIT */
/* buf.h - a growing byte buffer with a named maximum; the first failure sticks and is asked for
 * once, at the end. */
#ifndef FF_BASE_BUF_H
#define FF_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ff_buf {
    char *data; /* always NUL-terminated after the first write; owned */
    size_t len, cap, max;
    bool failed; /* memory or `max` exhausted: later writes do nothing */
};

/* Prepares an empty buffer that refuses to grow above `max` bytes. Free with ff_buf_free. */
void ff_buf_init(struct ff_buf *buf, size_t max);
void ff_buf_free(struct ff_buf *buf);
void ff_buf_clear(struct ff_buf *buf);

/* Appends bytes, text, one character, a number, formatted text. */
void ff_buf_add(struct ff_buf *buf, const void *bytes, size_t n);

/* Room for n more bytes, already counted, that the caller fills at once; NULL when the buffer has
 * failed. */
char *ff_buf_take(struct ff_buf *buf, size_t n);

/* Makes room for n more bytes and the NUL; false when the buffer has failed. */
bool ff_buf_grow(struct ff_buf *buf, size_t n);

/* Room for up to n more bytes, not yet counted; NULL when the buffer has failed. ff_buf_end counts
 * what was written, up to `end`. In line: a reply asks once for each of its members. */
static inline char *ff_buf_room(struct ff_buf *buf, size_t n)
{
    bool fits = !buf->failed && buf->cap - buf->len > n && n <= buf->max - buf->len;
    return fits || ff_buf_grow(buf, n) ? buf->data + buf->len : NULL;
}

static inline void ff_buf_end(struct ff_buf *buf, char *end)
{
    buf->len = (size_t)(end - buf->data);
    *end = '\0';
}

/* Writes decimal digits, at most FF_INT_DIGITS, no NUL; gives where they end. */
enum { FF_INT_DIGITS = 20 };
char *ff_int_put(char *out, int64_t n);

void ff_buf_str(struct ff_buf *buf, const char *text);
void ff_buf_char(struct ff_buf *buf, char c);
void ff_buf_int(struct ff_buf *buf, int64_t n); /* decimal; faster than printf */
void ff_buf_printf(struct ff_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Text as a JSON string with its quotes; control characters, quote and backslash escaped. `text` is
 * valid UTF-8. */
void ff_buf_json(struct ff_buf *buf, const char *text);

/* Text as one CSV cell: quoted when needed, and made harmless when it begins with = + - @ TAB or CR
 * (a formula to a spreadsheet) by a leading apostrophe - unless it is a plain number. */
void ff_buf_csv(struct ff_buf *buf, const char *text);

#endif
