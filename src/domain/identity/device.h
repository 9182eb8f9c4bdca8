/* SPDX-License-Identifier: MIT */
/* device.h - kiosks: named by an administrator, paired by a code that is shown once. */
#ifndef FF_DOMAIN_IDENTITY_DEVICE_H
#define FF_DOMAIN_IDENTITY_DEVICE_H

#include "auth/auth.h"
#include "json/schema.h"

enum { FF_PAIR_CODE_CAP = 15 }; /* "XXXX-XXXX-XXXX" */

/* How long a code is good, and how often. NULL in the calls below: ten minutes, once. */
struct ff_pair_rule {
    int64_t valid_ms, uses;
};

struct ff_pair_code {
    int64_t id;
    const char *name;
    const char *code; /* 60 random bits; only its hash is kept */
    int64_t code_expires_at;
};

struct ff_device {
    int64_t id;
    const char *name;
    int64_t paired; /* 1: some browser holds its token */
    int64_t created_at, last_seen_at;
};

struct ff_paired {
    int64_t id;
    const char *name;
    const char *token; /* of 32 random bytes: the cookie; only its hash is kept */
};

/* Makes a kiosk, with its first code. FF_ALREADY_EXISTS for a name in use. */
FF_MUST_CHECK enum ff_rc ff_device_create(struct ff_ctx *cx, const char *name,
                                          const struct ff_pair_rule *rule,
                                          struct ff_pair_code *out);

/* A new code in place of the old one; browsers that are paired stay so. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_device_new_code(struct ff_ctx *cx, int64_t id,
                                            const struct ff_pair_rule *rule,
                                            struct ff_pair_code *out);

/* Pairs a browser. The code is read without regard to case, dashes and spaces. FF_DEVICE_UNKNOWN
 * when it is wrong, used up or expired. */
FF_MUST_CHECK enum ff_rc ff_device_pair(struct ff_ctx *cx, const char *code, struct ff_paired *out);

/* A page (from 1) of kiosks by name; list of struct ff_device. */
FF_MUST_CHECK enum ff_rc ff_device_list(struct ff_ctx *cx, int64_t page, int64_t limit,
                                        struct ff_list *out, int64_t *total);

/* Notes that the caller's kiosk is alive, at most once a minute. Never fails: a note that cannot be
 * written is left out. */
void ff_device_note_seen(struct ff_ctx *cx);

#endif
