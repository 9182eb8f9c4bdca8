/* SPDX-License-Identifier: MIT */
/* private.h - what the files of src/auth share and nobody else sees. */
#ifndef FF_AUTH_PRIVATE_H
#define FF_AUTH_PRIVATE_H

#include "auth/callers.h"
#include "auth/pairing.h"
#include "auth/proven.h"
#include "auth/ring.h"
#include "auth/slots.h"
#include "auth/visit.h"
#include "base/ctx.h"

enum { FF_CALLER_SETS = 1024, FF_CALLER_WAYS = 4, FF_CALLER_STRIPES = 16 };

struct ff_caller_row {
    struct ff_caller_key key; /* all zero: the place is free */
    uint64_t generation;
    unsigned char bytes[FF_CALLER_BYTES];
};
struct ff_callers {
    struct {
        pthread_rwlock_t lock;   /* guards the sets whose number leaves this remainder */
        unsigned char apart[64]; /* no two locks on one line of the processor's cache */
    } stripe[FF_CALLER_STRIPES];
    struct ff_caller_row rows[FF_CALLER_SETS][FF_CALLER_WAYS]; /* newest first */
};
void ff_callers_init(struct ff_callers *callers);
void ff_callers_destroy(struct ff_callers *callers);

struct ff_auth {
    unsigned char badge_key[FF_KEY_BYTES];
    unsigned char lookup_key[FF_KEY_BYTES];
    unsigned char family_key[FF_KEY_BYTES]; /* token ids of a family are derived under it */
    int64_t access_s, refresh_s;            /* how long the tokens live */
    struct ff_ring ring;
    unsigned char audit_key[FF_KEY_BYTES];
    struct ff_slots passwords, pins;
    struct ff_visits visits;
    struct ff_pairings pairings;
    struct ff_proven proven;
    struct ff_callers callers;
};

/* Numbers of the keys that are derived from one key file. */
enum ff_derived { FF_KEY_ACCESS = 1, FF_KEY_REFRESH, FF_KEY_ISSUER, FF_KEY_FAMILY };
#define FF_KEY_CONTEXT "fftokens"

#endif
