/* SPDX-License-Identifier: MIT */
/* word_hash.h - 64-bit FNV-1a of a word: for lists that are compiled in as sorted hashes. Not
 * against enemies: who finds a word of the same hash has only found a word. */
#ifndef FF_BASE_WORD_HASH_H
#define FF_BASE_WORD_HASH_H

#include <stddef.h>
#include <stdint.h>

/* The hash of n bytes. */
static inline uint64_t ff_word_hash(const char *word, size_t n)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)word[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
