/* SPDX-License-Identifier: MIT */
/* compat_aside.c - the lines of a head as they came. What is not exactly a line as everybody writes
 * it stays, and so does all of a head that did not come whole: CivetWeb and the guard judge it. */
#include "http/compat_aside.h"

#include "http/field.h"

#include <stdbool.h>
#include <string.h>

enum { WORTH_BYTES = 32 };

static const struct ff_field_name of_no_use[] = {
    FF_FIELD_NAME("Authorization: "), FF_FIELD_NAME("If-None-Match: "), FF_FIELD_NAME("Cookie: "),
    FF_FIELD_NAME("User-Agent: "),    FF_FIELD_NAME("Referer: "),       FF_FIELD_NAME("Accept: "),
};

/* A value in the buffer; `at` is its first byte. */
struct piece {
    char *name, *at;
    size_t len;
};

/* CivetWeb ends at a tab, and at a NUL the text would; blanks around a value are not part of it. */
static bool may_go(const char *value, size_t n)
{
    return n >= WORTH_BYTES && value[0] != ' ' && value[n - 1] != ' ' && !memchr(value, '\t', n) &&
           ff_is_field_value(value, n);
}

static bool is_of_no_use(char *line, size_t n, struct piece *piece)
{
    for (size_t i = 0; i < sizeof of_no_use / sizeof of_no_use[0]; i++) {
        const size_t len = of_no_use[i].len;
        if (n < len + WORTH_BYTES || memcmp(line, of_no_use[i].name, len) != 0)
            continue;
        *piece = (struct piece){line, line + len, n - len};
        return may_go(piece->at, piece->len);
    }
    return false;
}

/* Finds what may go; false when the head is not whole, or has a line that does not end in CRLF. */
static bool find(char *head, const char *end, struct piece *pieces, size_t *n)
{
    char *line = head, *feed;
    while ((feed = memchr(line, '\n', (size_t)(end - line)))) {
        if (feed == line || feed[-1] != '\r')
            return false;
        if (feed == line + 1)
            return true;
        if (*n < FF_ASIDE_MAX && line > head &&
            is_of_no_use(line, (size_t)(feed - 1 - line), &pieces[*n]))
            ++*n;
        line = feed + 1;
    }
    return false;
}

/* Copies a value behind all others and closes the gap. */
static void move_aside(struct ff_aside *aside, const struct piece *piece, size_t gone, char **left,
                       char **free)
{
    char *at = piece->at - gone;
    memcpy(*free, at, piece->len);
    (*free)[piece->len] = '\0';
    aside->kept[aside->n++] = (struct ff_header){piece->name - gone, *free};
    *free += piece->len + 1;
    memmove(at, at + piece->len, (size_t)(*left - at) - piece->len);
    *left -= piece->len;
}

size_t ff_aside_take(struct ff_aside *aside, char *head, size_t n, size_t cap)
{
    struct piece pieces[FF_ASIDE_MAX];
    size_t n_pieces = 0, room = 1, gone = 0;
    char *left = head + n, *free = head + n + 1; /* CivetWeb ends what it has with a NUL */
    aside->n = 0;
    if (!find(head, left, pieces, &n_pieces))
        return n;
    for (size_t i = 0; i < n_pieces; i++)
        room += pieces[i].len + 1;
    if (room > cap - n)
        return n;
    for (size_t i = 0; i < n_pieces; i++) {
        move_aside(aside, &pieces[i], gone, &left, &free);
        gone += pieces[i].len;
    }
    return n - gone;
}

void ff_aside_put_back(struct ff_aside *aside, struct ff_header *headers, size_t n)
{
    for (size_t k = 0; k < aside->n; k++)
        for (size_t i = 0; i < n; i++)
            if (headers[i].name == aside->kept[k].name && !*headers[i].value)
                headers[i].value = aside->kept[k].value;
    aside->n = 0;
}
