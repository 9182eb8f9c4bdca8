/* SPDX-License-Identifier: MIT */
/* path.h - the address of a request, taken apart before it is decoded: what a byte means is decided
 * by where it stands, so %2F never makes a new segment. Source: security.md S46. */
#ifndef FF_HTTP_PATH_H
#define FF_HTTP_PATH_H

#include "base/ctx.h"
#include "json/schema.h"

enum { FF_PATH_SEGMENTS = 16, FF_QUERY_PAIRS = 32 };

struct ff_path {
    const char *segments[FF_PATH_SEGMENTS]; /* decoded, UTF-8, in the arena */
    size_t n;                               /* "/": 0 */
    bool ends_with_slash;                   /* "/kiosk/"; false for "/" */
    const char *raw;                        /* the path as it came, without the query */
    const char *query;                      /* raw, after the question mark; NULL: none */
};

/* Takes `target` (raw, begins with a slash) apart. FF_BAD_REQUEST for an invalid escape, an encoded
 * NUL, slash or backslash, a control character, bad UTF-8, an empty, `.` or `..` segment, or more
 * than FF_PATH_SEGMENTS of them. */
FF_MUST_CHECK enum ff_rc ff_path_split(struct ff_ctx *cx, const char *target, struct ff_path *out);

struct ff_query_pairs {
    struct ff_pair pairs[FF_QUERY_PAIRS];
    size_t n;
};

/* Takes a raw query string (NULL: none) apart: `+` is a space, empty parts are skipped.
 * FF_BAD_REQUEST for an invalid escape, NUL, control character, bad UTF-8 or too many parts. */
FF_MUST_CHECK enum ff_rc ff_query_split(struct ff_ctx *cx, const char *query,
                                        struct ff_query_pairs *out);

#endif
