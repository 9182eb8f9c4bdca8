/* SPDX-License-Identifier: MIT */
/* private.h - what the files of src/auth share and nobody else sees. */
#ifndef FF_AUTH_PRIVATE_H
#define FF_AUTH_PRIVATE_H

#include "auth/pairing.h"
#include "auth/proven.h"
#include "auth/ring.h"
#include "auth/slots.h"
#include "auth/visit.h"
#include "base/ctx.h"

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
};

/* Numbers of the keys that are derived from one key file. */
enum ff_derived { FF_KEY_ACCESS = 1, FF_KEY_REFRESH, FF_KEY_ISSUER, FF_KEY_FAMILY };
#define FF_KEY_CONTEXT "fftokens"

#endif
