/* SPDX-License-Identifier: MIT */
/* canon.h - one canonical byte string into a hash, piece by piece. Integers are big endian; i64 is
 * two's complement in 8 bytes; text is its length as u32, then its bytes without a NUL; an optional
 * value is one byte 0 for NULL, or one byte 1 and then the value. What goes in, and in which order,
 * is written down by who calls. */
#ifndef FF_AUTH_CANON_H
#define FF_AUTH_CANON_H

#include "auth/auth.h"

enum { FF_CANON_STAGE_BYTES = 512 };

/* Small pieces are gathered, so that the hash sees few and long ones. */
struct ff_canon {
    struct ff_hash hash; /* begun by the caller before the first piece */
    size_t n;
    unsigned char stage[FF_CANON_STAGE_BYTES];
};

void ff_canon_bytes(struct ff_canon *c, const void *bytes, size_t n);
void ff_canon_i64(struct ff_canon *c, int64_t value);
void ff_canon_text(struct ff_canon *c, const char *text);
void ff_canon_opt_i64(struct ff_canon *c, int64_t value);     /* INT64_MIN: NULL */
void ff_canon_opt_text(struct ff_canon *c, const char *text); /* NULL: NULL */
/* Length and bytes, like text; NULL: NULL. */
void ff_canon_opt_bytes(struct ff_canon *c, const void *bytes, size_t n);
/* The hash of all pieces. */
void ff_canon_end(struct ff_canon *c, void *out);

#endif
