/* SPDX-License-Identifier: MIT */
/* erasure.h - what the files of the erasure share. For this folder only. */
#ifndef FF_DOMAIN_PRIVACY_ERASURE_H
#define FF_DOMAIN_PRIVACY_ERASURE_H

#include "db/db.h"
#include "domain/privacy/privacy.h"

enum { FF_SUBJECT_WORDS = 5 };

struct ff_subject {
    int64_t employee_id, user_id; /* user_id 0: no account */
    int64_t created_at;
    bool is_erased;
    const char *words[FF_SUBJECT_WORDS]; /* name, number, address, and those of the account */
};

struct ff_erase_job {
    const struct ff_erasure_new *in;
    struct ff_erasure *out; /* employee_id is set */
    bool is_repeat;         /* after a restore */
    struct ff_subject subject;
};

/* The whole erasure; a writer's job. `arg` is a struct ff_erase_job. */
FF_MUST_CHECK enum ff_rc ff_erase_in_job(struct ff_ctx *cx, void *arg);

/* Rewrites the files until the old bytes are out of them and says so in the rows; false when it has
 * to be tried again later. */
bool ff_erase_scrub(struct ff_ctx *cx);

/* ---- the list beside the database: DATA/keys/erased, one line a person ---- */

/* A person as the list knows them. The id alone would be too little: after a restore it may be
 * someone else's, made at another time. */
struct ff_erased_line {
    int64_t employee_id, created_at, erased_at;
    char settle[16]; /* "payout", "writeoff", "none" */
};

/* Calls `each` for every line until it fails. No list is an empty one; a line that cannot be read
 * is FF_INTERNAL. */
typedef enum ff_rc (*ff_erased_each)(struct ff_ctx *cx, void *arg,
                                     const struct ff_erased_line *line);
FF_MUST_CHECK enum ff_rc ff_erased_list_read(struct ff_ctx *cx, ff_erased_each each, void *arg);

/* Adds whoever the database has erased and the list does not have, durably. */
bool ff_erased_list_complete(struct ff_ctx *cx);

#endif
