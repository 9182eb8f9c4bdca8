/* SPDX-License-Identifier: MIT */
/* canon.c - see canon.h. */
#include "auth/canon.h"

#include <string.h>

void ff_canon_bytes(struct ff_canon *c, const void *bytes, size_t n)
{
    if (c->n + n > sizeof c->stage) {
        ff_hash_add(&c->hash, c->stage, c->n);
        c->n = 0;
    }
    if (n > sizeof c->stage) {
        ff_hash_add(&c->hash, bytes, n);
        return;
    }
    memcpy(c->stage + c->n, bytes, n);
    c->n += n;
}

void ff_canon_i64(struct ff_canon *c, int64_t value)
{
    uint64_t v = (uint64_t)value;
    unsigned char b[8];
    for (size_t i = 0; i < sizeof b; i++)
        b[i] = (unsigned char)(v >> (56 - 8 * i));
    ff_canon_bytes(c, b, sizeof b);
}

static void add_sized(struct ff_canon *c, const void *bytes, size_t n)
{
    unsigned char b[4] = {(unsigned char)(n >> 24), (unsigned char)(n >> 16),
                          (unsigned char)(n >> 8), (unsigned char)n};
    ff_canon_bytes(c, b, sizeof b);
    ff_canon_bytes(c, bytes, n);
}

void ff_canon_text(struct ff_canon *c, const char *text)
{
    add_sized(c, text, strlen(text));
}

void ff_canon_opt_i64(struct ff_canon *c, int64_t value)
{
    bool is_there = value != INT64_MIN;
    ff_canon_bytes(c, is_there ? "\1" : "\0", 1);
    if (is_there)
        ff_canon_i64(c, value);
}

void ff_canon_opt_text(struct ff_canon *c, const char *text)
{
    ff_canon_opt_bytes(c, text, text ? strlen(text) : 0);
}

void ff_canon_opt_bytes(struct ff_canon *c, const void *bytes, size_t n)
{
    ff_canon_bytes(c, bytes ? "\1" : "\0", 1);
    if (bytes)
        add_sized(c, bytes, n);
}

void ff_canon_end(struct ff_canon *c, void *out)
{
    ff_hash_add(&c->hash, c->stage, c->n);
    ff_hash_final(&c->hash, out);
}
