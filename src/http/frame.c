/* SPDX-License-Identifier: MIT */
/* frame.c - reading the gaps between the parts of a parsed head. CR and LF are both overwritten by
 * NUL; so after CRLF the next part begins two bytes behind the end of the last one. */
#include "http/frame.h"

#include <string.h>

static bool starts_at(const char *part, const char *expected)
{
    return part == expected;
}

static bool line_is_strict(const struct ff_frame *f)
{
    const char *uri_end = f->uri + strlen(f->uri);
    if (f->query) {
        if (!starts_at(f->query, uri_end + 1))
            return false;
        uri_end = f->query + strlen(f->query);
    }
    return starts_at(f->uri, f->method + strlen(f->method) + 1) &&
           starts_at(f->version, uri_end + 1 + strlen("HTTP/"));
}

/* Between a name and its value: the colon (now NUL), then blanks that are still there. A NUL among
 * them was a space before the colon. */
static bool header_is_strict(const struct ff_header *h)
{
    const char *gap = h->name + strlen(h->name) + 1;
    while (gap < h->value && (*gap == ' ' || *gap == '\t'))
        gap++;
    return gap == h->value;
}

bool ff_frame_is_strict(const struct ff_frame *f)
{
    if (!f->n_headers || !line_is_strict(f))
        return false;
    const char *next = f->version + strlen(f->version) + 2;
    for (size_t i = 0; i < f->n_headers; i++) {
        if (!starts_at(f->headers[i].name, next) || !header_is_strict(&f->headers[i]))
            return false;
        next = f->headers[i].value + strlen(f->headers[i].value) + 2;
    }
    if ((size_t)(next - f->method) + 2 > f->buffer_bytes)
        return false;
    return next[0] == '\r' && next[1] == '\0';
}
