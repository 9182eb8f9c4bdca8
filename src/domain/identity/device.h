/* SPDX-License-Identifier: MIT */
/* device.h - kiosks, paired in one of two ways: a browser shows a code that an administrator
 * confirms, or an administrator makes a code that is typed (or linked) at the browser.
 * Source: decision 0002. */
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
    int64_t paired;                               /* 1: some browser holds its token */
    int64_t created_at, last_seen_at, revoked_at; /* UTC ms; FF_NULL_INT: never, not */
    int64_t version;
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

/* One kiosk. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_device_get(struct ff_ctx *cx, int64_t id, struct ff_device *out);

/* FF_NOT_FOUND, FF_VERSION_CONFLICT, FF_ALREADY_EXISTS for a name in use. */
FF_MUST_CHECK enum ff_rc ff_device_rename(struct ff_ctx *cx, int64_t id, int64_t version,
                                          const char *name, struct ff_device *out);

/* Ends a kiosk at once: its tokens, its code and the visits at it are gone; the next request from
 * there is FF_DEVICE_UNKNOWN. Its name and what was bought at it stay, and it can be paired again.
 * FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_device_revoke(struct ff_ctx *cx, int64_t id);

/* ---- a browser asks, an administrator confirms ---- */

struct ff_pair_request {
    const char *code;   /* "XXXX-XXXX": to be shown */
    const char *secret; /* to be kept in the page */
    int64_t expires_in, poll_seconds;
};

/* The calling browser wants to be a kiosk. FF_BUSY when too many wait already. */
FF_MUST_CHECK enum ff_rc ff_device_ask(struct ff_ctx *cx, struct ff_pair_request *out);

struct ff_pair_claim {
    const char *state;  /* waiting paired expired */
    int64_t expires_in; /* seconds, while waiting; FF_NULL_INT */
    int64_t id;         /* of the kiosk, once paired; FF_NULL_INT */
    const char *name;
    const char *token; /* its cookie, once paired; NULL */
};

/* Has somebody confirmed? Asked with the secret; reads only. */
FF_MUST_CHECK enum ff_rc ff_device_claim(struct ff_ctx *cx, const char *secret,
                                         struct ff_pair_claim *out);

/* Makes the browser that shows `code` the kiosk `name`: a new one, or one of that name that no
 * browser is paired as. FF_VALIDATION when no screen shows this code, FF_ALREADY_EXISTS (param
 * field: name, code) when a paired kiosk has the name or the code was confirmed already. */
FF_MUST_CHECK enum ff_rc ff_device_confirm(struct ff_ctx *cx, const char *code, const char *name,
                                           struct ff_device *out);

/* Notes that the caller's kiosk, last seen at `last_ms` (FF_NULL_INT: never), is alive: at most
 * once a minute. Never fails: a note that cannot be written is left out. */
void ff_device_note_seen(struct ff_ctx *cx, int64_t last_ms);

#endif
