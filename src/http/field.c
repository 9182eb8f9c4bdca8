/* SPDX-License-Identifier: MIT */
/* field.c - looking at all bytes of a value, sixteen at a time: a token of half a kilobyte is in
 * the head of every request. */
#include "http/field.h"

#include <stdint.h>
#include <string.h>

typedef unsigned char block __attribute__((vector_size(16)));

static block bad_in(const char *text)
{
    block b;
    memcpy(&b, text, sizeof b);
    return (block)((b < 0x20) & (b != '\t')) | (block)(b == 0x7f);
}

bool ff_is_field_value(const char *text, size_t n)
{
    char rest[sizeof(block)] = "                ";
    block bad = {0};
    uint64_t half[2];
    for (; n >= sizeof bad; text += sizeof bad, n -= sizeof bad)
        bad |= bad_in(text);
    memcpy(rest, text, n);
    bad |= bad_in(rest);
    memcpy(half, &bad, sizeof half);
    return !(half[0] | half[1]);
}
