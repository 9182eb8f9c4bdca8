/* SPDX-License-Identifier: MIT */
/* canon.c - see canon.h. */
#include "auth/canon.h"

#include <endian.h>
#include <string.h>

/* Room for a small piece, at most half the stage. */
static unsigned char *room(struct ff_canon *c, size_t n)
{
    if (c->n + n > sizeof c->stage) {
        ff_hash_add(&c->hash, c->stage, c->n);
        c->n = 0;
    }
    unsigned char *at = c->stage + c->n;
    c->n += n;
    return at;
}

static void put_u64(unsigned char *at, uint64_t value)
{
    const uint64_t big_endian = htobe64(value);
    memcpy(at, &big_endian, sizeof big_endian);
}

static void put_length(unsigned char *at, size_t n)
{
    const uint32_t big_endian = htobe32((uint32_t)n);
    memcpy(at, &big_endian, sizeof big_endian);
}

void ff_canon_bytes(struct ff_canon *c, const void *bytes, size_t n)
{
    if (n <= sizeof c->stage / 2) {
        memcpy(room(c, n), bytes, n);
        return;
    }
    ff_hash_add(&c->hash, c->stage, c->n);
    ff_hash_add(&c->hash, bytes, n);
    c->n = 0;
}

void ff_canon_i64(struct ff_canon *c, int64_t value)
{
    put_u64(room(c, 8), (uint64_t)value);
}

void ff_canon_text(struct ff_canon *c, const char *text)
{
    const size_t n = strlen(text);
    put_length(room(c, 4), n);
    ff_canon_bytes(c, text, n);
}

void ff_canon_opt_i64(struct ff_canon *c, int64_t value)
{
    if (value == INT64_MIN) {
        *room(c, 1) = 0;
        return;
    }
    unsigned char *at = room(c, 9);
    at[0] = 1;
    put_u64(at + 1, (uint64_t)value);
}

void ff_canon_opt_text(struct ff_canon *c, const char *text)
{
    ff_canon_opt_bytes(c, text, text ? strlen(text) : 0);
}

void ff_canon_opt_bytes(struct ff_canon *c, const void *bytes, size_t n)
{
    if (!bytes) {
        *room(c, 1) = 0;
        return;
    }
    unsigned char *at = room(c, 5);
    at[0] = 1;
    put_length(at + 1, n);
    ff_canon_bytes(c, bytes, n);
}

void ff_canon_end(struct ff_canon *c, void *out)
{
    ff_hash_add(&c->hash, c->stage, c->n);
    ff_hash_final(&c->hash, out);
}
