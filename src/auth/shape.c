/* SPDX-License-Identifier: MIT */
/* shape.c - three segments of base64url. */
#include "auth/shape.h"

#include <string.h>

#include "auth/token.h"

/* Six bits of a base64url character, or -1. Plain branches: what a token says is no secret, and
 * libsodium's own decoder takes care at the cost of a third of the whole verification. */
static int bits_of(char c)
{
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

bool ff_token_decode(const char *text, size_t chars, char *out, size_t *n)
{
    unsigned held = 0, n_bits = 0;
    *n = 0;
    for (size_t i = 0; i < chars; i++) {
        const int bits = bits_of(text[i]);
        if (bits < 0)
            return false;
        held = held << 6 | (unsigned)bits;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[(*n)++] = (char)(held >> n_bits);
            held &= (1U << n_bits) - 1;
        }
    }
    out[*n] = '\0';
    return n_bits < 6 && held == 0;
}

/* How many characters of base64url `text` begins with. */
static size_t segment(const char *text)
{
    size_t n = 0;
    while (bits_of(text[n]) >= 0)
        n++;
    return n;
}

bool ff_token_shape(const char *token, struct ff_token_shape *shape)
{
    if (strnlen(token, FF_TOKEN_BYTES + 1) > FF_TOKEN_BYTES)
        return false;
    shape->header = segment(token);
    token += shape->header;
    if (!shape->header || *token++ != '.')
        return false;
    shape->payload = segment(token);
    token += shape->payload;
    if (!shape->payload || *token++ != '.')
        return false;
    return segment(token) == FF_SIGNATURE_CHARS && token[FF_SIGNATURE_CHARS] == '\0';
}
