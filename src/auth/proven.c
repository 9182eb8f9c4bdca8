/* SPDX-License-Identifier: MIT */
/* proven.c - a table of fixed size: sets of a few places, the set chosen by the tag. */
#include "auth/proven.h"

#include <sodium.h>
#include <string.h>

_Static_assert(FF_PROVEN_TAG_BYTES == crypto_shorthash_siphashx24_BYTES, "a tag is one hash");
_Static_assert(sizeof(((struct ff_proven *)0)->key) == crypto_shorthash_siphashx24_KEYBYTES,
               "and has one key");

void ff_proven_init(struct ff_proven *p)
{
    pthread_mutex_init(&p->lock, NULL);
    randombytes_buf(p->key, sizeof p->key);
}

void ff_proven_destroy(struct ff_proven *p)
{
    pthread_mutex_destroy(&p->lock);
    sodium_memzero(p->key, sizeof p->key);
    sodium_memzero(p->rows, sizeof p->rows);
}

void ff_proven_tag(const struct ff_proven *p, const char *token,
                   unsigned char tag[FF_PROVEN_TAG_BYTES])
{
    crypto_shorthash_siphashx24(tag, (const unsigned char *)token, strlen(token), p->key);
}

static struct ff_proven_row *set_of(struct ff_proven *p,
                                    const unsigned char tag[FF_PROVEN_TAG_BYTES])
{
    return p->rows[(tag[0] | (size_t)tag[1] << 8) % FF_PROVEN_SETS];
}

/* The comparison may tell by its time how much of a tag fits: without the key nobody can aim. */
bool ff_proven_find(struct ff_proven *p, const unsigned char tag[FF_PROVEN_TAG_BYTES],
                    struct ff_proven_claims *out)
{
    bool found = false;
    pthread_mutex_lock(&p->lock);
    const struct ff_proven_row *row = set_of(p, tag);
    for (size_t i = 0; i < FF_PROVEN_WAYS && !found; i++) {
        found = row[i].claims.exp && memcmp(row[i].tag, tag, FF_PROVEN_TAG_BYTES) == 0;
        if (found)
            *out = row[i].claims;
    }
    pthread_mutex_unlock(&p->lock);
    return found;
}

void ff_proven_keep(struct ff_proven *p, const unsigned char tag[FF_PROVEN_TAG_BYTES],
                    const struct ff_proven_claims *claims)
{
    pthread_mutex_lock(&p->lock);
    struct ff_proven_row *row = set_of(p, tag);
    memmove(row + 1, row, (FF_PROVEN_WAYS - 1) * sizeof *row);
    row->claims = *claims;
    memcpy(row->tag, tag, FF_PROVEN_TAG_BYTES);
    pthread_mutex_unlock(&p->lock);
}
