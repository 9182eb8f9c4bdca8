/* SPDX-License-Identifier: MIT */
/* compat_aside.h - long values of headers, out of CivetWeb's way while it reads a head. It calls a
 * function for each byte of one, which for a token is a tenth of the work of a request. */
#ifndef FF_HTTP_COMPAT_ASIDE_H
#define FF_HTTP_COMPAT_ASIDE_H

#include <stddef.h>

#include "http/message.h"

enum { FF_ASIDE_MAX = 6 };

/* Values of one head: where the name stands in the buffer, and the value behind what was received.
 */
struct ff_aside {
    struct ff_header kept[FF_ASIDE_MAX];
    size_t n;
};

/* Takes long values out of a head that begins at `head`, if it came whole: of `n` bytes, which may
 * have more behind it, in a buffer of `cap`. Only of headers that CivetWeb does not look into, and
 * only what it would let pass. What is left of them is a header without a value. Gives the bytes
 * that are left; the values are in the same buffer behind them, as C strings. */
size_t ff_aside_take(struct ff_aside *aside, char *head, size_t n, size_t cap);

/* Puts them back where a header's name is the same memory, and forgets them. */
void ff_aside_put_back(struct ff_aside *aside, struct ff_header *headers, size_t n);

#endif
