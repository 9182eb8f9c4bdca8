/* SPDX-License-Identifier: MIT */
/* shape.h - what can be said of a token without a key: the first look at bytes from anywhere.
 * Pure functions over text. Source: security.md S21. */
#ifndef FF_AUTH_SHAPE_H
#define FF_AUTH_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

enum { FF_SIGNATURE_CHARS = 43 };

/* Lengths of the first two segments; the third is the rest, of FF_SIGNATURE_CHARS. */
struct ff_token_shape {
    size_t header, payload;
};

/* True when `token` is three segments of base64url, none empty, the last one 32 bytes, in at most
 * FF_TOKEN_BYTES characters. */
bool ff_token_shape(const char *token, struct ff_token_shape *shape);

/* Decodes `chars` characters of base64url into *n bytes and a NUL; `out` has room for chars + 1.
 * False for a foreign character, for a length that no bytes have, and when bits are left over that
 * are not zero: each value has one spelling. */
bool ff_token_decode(const char *text, size_t chars, char *out, size_t *n);

#endif
