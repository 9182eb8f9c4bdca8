/* SPDX-License-Identifier: MIT */
/* proven.h - inside src/auth only: access tokens whose signature and claims were found good, so
 * that the same bytes need not be judged again. A token is known by a keyed 128-bit tag of all its
 * bytes, under a key of this start; the token itself is not kept. What is asked every time: the
 * key that signed it, the clock, and (by the caller) the database. See decision 0010. */
#ifndef FF_AUTH_PROVEN_H
#define FF_AUTH_PROVEN_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum { FF_PROVEN_SETS = 1024, FF_PROVEN_WAYS = 4, FF_PROVEN_TAG_BYTES = 16 };

/* The claims that are still asked for. Times are UTC seconds. */
struct ff_proven_claims {
    int64_t user_id, sid, ver, iat, nbf, exp;
};

struct ff_proven_row {
    unsigned char tag[FF_PROVEN_TAG_BYTES];
    struct ff_proven_claims claims; /* exp 0: the place is free */
};

struct ff_proven {
    pthread_mutex_t lock;
    unsigned char key[16];
    struct ff_proven_row rows[FF_PROVEN_SETS][FF_PROVEN_WAYS]; /* newest first */
};

/* Empty, with a fresh key; wiped. */
void ff_proven_init(struct ff_proven *p);
void ff_proven_destroy(struct ff_proven *p);

/* The tag of a token. */
void ff_proven_tag(const struct ff_proven *p, const char *token,
                   unsigned char tag[FF_PROVEN_TAG_BYTES]);

/* True when a token of this tag was kept and not pushed out since. */
bool ff_proven_find(struct ff_proven *p, const unsigned char tag[FF_PROVEN_TAG_BYTES],
                    struct ff_proven_claims *out);

/* Keeps it, in place of the oldest of its set. */
void ff_proven_keep(struct ff_proven *p, const unsigned char tag[FF_PROVEN_TAG_BYTES],
                    const struct ff_proven_claims *claims);

#endif
