/* SPDX-License-Identifier: MIT */
/* private.h - what the files of src/auth share and nobody else sees. */
#ifndef FF_AUTH_PRIVATE_H
#define FF_AUTH_PRIVATE_H

#include "auth/pairing.h"
#include "auth/slots.h"
#include "auth/visit.h"
#include "base/ctx.h"

enum { FF_KEY_BYTES = 32, FF_KID_CAP = 17, FF_JOSE_CAP = 96 };

/* One kind of token: its key and its header, encoded as it stands in front of each token. */
struct ff_signer {
    unsigned char key[FF_KEY_BYTES];
    char header[FF_JOSE_CAP];
};

struct ff_auth {
    unsigned char badge_key[FF_KEY_BYTES];
    unsigned char lookup_key[FF_KEY_BYTES];
    struct ff_signer access, refresh;
    char issuer[FF_KID_CAP]; /* this installation, 16 hex digits */
    struct ff_slots passwords, pins;
    struct ff_visits visits;
    struct ff_pairings pairings;
};

/* Reads DATA/keys/<name>.key, or makes it with random bytes. FF_INTERNAL: see ff_auth_open. */
FF_MUST_CHECK enum ff_rc ff_key_load(struct ff_ctx *cx, const char *data_dir, const char *name,
                                     unsigned char key[FF_KEY_BYTES]);

/* Derives the keys, headers and the issuer's name from the token key, then proves that a signature
 * verifies and that a wrong one does not. FF_INTERNAL otherwise. */
FF_MUST_CHECK enum ff_rc ff_token_setup(struct ff_ctx *cx, struct ff_auth *auth,
                                        const unsigned char master[FF_KEY_BYTES]);

#endif
