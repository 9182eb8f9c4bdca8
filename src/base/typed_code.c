/* SPDX-License-Identifier: MIT */
/* typed_code.c - see typed_code.h. */
#include "base/typed_code.h"

#include <stddef.h>
#include <string.h>

#include "base/ids.h"

enum { GROUP = 4 };

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

_Static_assert(sizeof ALPHABET - 1 == 32, "five bits a character");

static void make_code(size_t chars, char *plain, char *shown)
{
    unsigned char random[FF_TYPED_CODE_CHARS];
    ff_random(random, chars);
    for (size_t i = 0; i < chars; i++) {
        plain[i] = ALPHABET[random[i] % 32];
        if (i && i % GROUP == 0)
            *shown++ = '-';
        *shown++ = plain[i];
    }
    plain[chars] = '\0';
    *shown = '\0';
}

/* The character of the alphabet that was meant; 0 for none. */
static char meant(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return '0';
    if (c == 'I' || c == 'L')
        return '1';
    return c && strchr(ALPHABET, c) ? c : '\0';
}

static bool read_code(const char *typed, size_t chars, char *plain)
{
    size_t n = 0;
    for (; *typed; typed++) {
        const char c = meant(*typed);
        if (*typed == '-' || *typed == ' ')
            continue;
        if (!c || n == chars)
            return false;
        plain[n++] = c;
    }
    plain[n] = '\0';
    return n == chars;
}

void ff_typed_code_make(char plain[FF_TYPED_CODE_CAP], char shown[FF_SHOWN_CODE_CAP])
{
    make_code(FF_TYPED_CODE_CHARS, plain, shown);
}

bool ff_typed_code_read(const char *typed, char plain[FF_TYPED_CODE_CAP])
{
    return read_code(typed, FF_TYPED_CODE_CHARS, plain);
}

void ff_short_code_make(char plain[FF_SHORT_CODE_CAP], char shown[FF_SHOWN_SHORT_CAP])
{
    make_code(FF_SHORT_CODE_CHARS, plain, shown);
}

bool ff_short_code_read(const char *typed, char plain[FF_SHORT_CODE_CAP])
{
    return read_code(typed, FF_SHORT_CODE_CHARS, plain);
}
