/* SPDX-License-Identifier: MIT */
/* repo.h - the statements of identity, one a function. For src/domain/identity only. Functions
 * that write run inside a writer's job. */
#ifndef FF_DOMAIN_IDENTITY_REPO_H
#define FF_DOMAIN_IDENTITY_REPO_H

#include "auth/auth.h"
#include "auth/keyring.h"
#include "db/db.h"
#include "domain/identity/device.h"
#include "domain/identity/user.h"

enum { FF_HASH_BYTES = 32 };

/* ---- who asks ---- */

/* What stands behind an access token at this moment. */
struct ff_standing {
    enum ff_role role;
    bool is_site_wide, is_active, is_revoked;
    int64_t token_version, employee_id, department_id; /* ids: 0 for none */
    int64_t proven_at_ms;                              /* the password, in this session */
};
/* *found is false when the user has no such session. Asks the database when something of this kind
 * has changed since it was last asked, and else nobody. */
FF_MUST_CHECK enum ff_rc ff_repo_standing(struct ff_ctx *cx, int64_t user_id, int64_t session_id,
                                          bool *found, struct ff_standing *out);

/* What stands behind a device's cookie, and the person of a visit there. */
struct ff_presence {
    int64_t device_id, employee_id, department_id; /* 0: none */
    int64_t last_seen_ms;                          /* the device; FF_NULL_INT: never */
    bool is_active;                                /* the person */
};
/* employee_id 0: the device alone. *found is false when no device has this token. As above. */
FF_MUST_CHECK enum ff_rc ff_repo_presence(struct ff_ctx *cx, const char *device_token,
                                          int64_t employee_id, bool *found,
                                          struct ff_presence *out);

/* ---- users ---- */
FF_MUST_CHECK enum ff_rc ff_repo_user_insert(struct ff_ctx *cx, const struct ff_user_new *in,
                                             const char *password_hash, int64_t *id);
/* How many active administrators there are but this account. */
FF_MUST_CHECK enum ff_rc ff_repo_user_other_admins(struct ff_ctx *cx, int64_t id, int64_t *n);
/* Stores what an administrator may change, if the account still has user->version. */
FF_MUST_CHECK enum ff_rc ff_repo_user_update(struct ff_ctx *cx, const struct ff_user *user);
/* Ends all sessions and tokens of an account. */
FF_MUST_CHECK enum ff_rc ff_repo_user_sign_out(struct ff_ctx *cx, int64_t id);
/* The row of user_rows, read by the columns of user_get. */
FF_MUST_CHECK enum ff_rc ff_repo_user_read(struct ff_ctx *cx, struct ff_stmt *st,
                                           struct ff_user *out);
/* Id and hash of an e-mail; id 0 when there is none. */
FF_MUST_CHECK enum ff_rc ff_repo_user_secret(struct ff_ctx *cx, const char *email, int64_t *id,
                                             const char **password_hash);
/* The account of a person; 0 when there is none. */
FF_MUST_CHECK enum ff_rc ff_repo_user_of(struct ff_ctx *cx, int64_t employee_id, int64_t *id);
/* The person by id (when above 0) or number (when not NULL); 0 when there is none. */
FF_MUST_CHECK enum ff_rc ff_repo_person(struct ff_ctx *cx, int64_t employee_id, const char *number,
                                        int64_t *id);
FF_MUST_CHECK enum ff_rc ff_repo_user_signed_in(struct ff_ctx *cx, int64_t id, int64_t now_ms);
FF_MUST_CHECK enum ff_rc ff_repo_user_set_hash(struct ff_ctx *cx, int64_t id,
                                               const char *password_hash);

/* ---- sessions: a family of refresh tokens each; only hashes of token ids are kept ---- */
enum { FF_LABEL_CAP = 61, FF_ADDRESS_CAP = 46 };

struct ff_family {
    int64_t id, user_id;
    int64_t generation;                      /* the newest */
    unsigned char seed[FF_FAMILY_BYTES];     /* token ids are derived from it */
    bool has_seed;                           /* false: of before there were families */
    unsigned char token_hash[FF_HASH_BYTES]; /* of the newest token's id */
    unsigned char spent_hash[FF_HASH_BYTES]; /* of the one before; zero: none */
    bool is_revoked;
    int64_t used_at_ms; /* when the newest token was given */
    int64_t expires_at_ms;
    char kid[FF_KID_CAP]; /* to be stored; not read back, like the next two */
    char label[FF_LABEL_CAP], address[FF_ADDRESS_CAP];
};
/* Inserts a session with its generation 0; fills in->id. */
FF_MUST_CHECK enum ff_rc ff_repo_session_insert(struct ff_ctx *cx, struct ff_family *in);
/* *found is false when the user has no such session. */
FF_MUST_CHECK enum ff_rc ff_repo_session_family(struct ff_ctx *cx, int64_t id, int64_t user_id,
                                                bool *found, struct ff_family *out);
/* Stores the next generation: `in` as it is to be. FF_TOKEN_REVOKED when the stored one is not the
 * one before it. */
FF_MUST_CHECK enum ff_rc ff_repo_session_rotate(struct ff_ctx *cx, const struct ff_family *in);
FF_MUST_CHECK enum ff_rc ff_repo_session_sweep(struct ff_ctx *cx, int64_t user_id, int64_t now_ms);
/* *ended is false when there was nothing to end. */
FF_MUST_CHECK enum ff_rc ff_repo_session_revoke(struct ff_ctx *cx, int64_t id, int64_t user_id,
                                                bool *ended);

/* Both for sessions that have not ended: revoked or run out at `now_ms`. Rows of struct ff_session,
 * not marked. */
FF_MUST_CHECK enum ff_rc ff_repo_session_page(struct ff_ctx *cx, int64_t user_id, int64_t now_ms,
                                              int64_t page, int64_t limit, struct ff_list *out);
FF_MUST_CHECK enum ff_rc ff_repo_session_count(struct ff_ctx *cx, int64_t user_id, int64_t now_ms,
                                               int64_t *total);
/* *ended: how many there were to end. */
FF_MUST_CHECK enum ff_rc ff_repo_session_revoke_all(struct ff_ctx *cx, int64_t user_id,
                                                    int64_t except_id, int64_t *ended);
FF_MUST_CHECK enum ff_rc ff_repo_session_revoke_key(struct ff_ctx *cx, const char *kid,
                                                    int64_t *ended);
FF_MUST_CHECK enum ff_rc ff_repo_session_prove(struct ff_ctx *cx, int64_t id, int64_t now_ms);

/* ---- devices ---- */

/* A code as it is stored. */
struct ff_stored_code {
    unsigned char hash[FF_HASH_BYTES];
    int64_t expires_at_ms, uses;
};
FF_MUST_CHECK enum ff_rc ff_repo_device_insert(struct ff_ctx *cx, const char *name,
                                               const struct ff_stored_code *code, int64_t now_ms,
                                               int64_t *id);
/* *name is NULL when there is no such device. */
FF_MUST_CHECK enum ff_rc ff_repo_device_set_code(struct ff_ctx *cx, int64_t id,
                                                 const struct ff_stored_code *code,
                                                 const char **name);
/* Takes one use of a code; *id is 0 when the code is not good. */
FF_MUST_CHECK enum ff_rc ff_repo_device_pair(struct ff_ctx *cx,
                                             const unsigned char code_hash[FF_HASH_BYTES],
                                             int64_t now_ms, int64_t *id, const char **name);
FF_MUST_CHECK enum ff_rc ff_repo_device_token_insert(struct ff_ctx *cx, int64_t device_id,
                                                     const char *token, int64_t now_ms);
FF_MUST_CHECK enum ff_rc ff_repo_device_page(struct ff_ctx *cx, int64_t page, int64_t limit,
                                             struct ff_list *out);
FF_MUST_CHECK enum ff_rc ff_repo_device_count(struct ff_ctx *cx, int64_t *total);
/* FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_repo_device_get(struct ff_ctx *cx, int64_t id, struct ff_device *out);
/* *id is 0 when no kiosk has this name. */
FF_MUST_CHECK enum ff_rc ff_repo_device_by_name(struct ff_ctx *cx, const char *name, int64_t *id);
/* A kiosk without a code. */
FF_MUST_CHECK enum ff_rc ff_repo_device_add(struct ff_ctx *cx, const char *name, int64_t now_ms,
                                            int64_t *id);
/* It is no longer revoked. */
FF_MUST_CHECK enum ff_rc ff_repo_device_confirmed(struct ff_ctx *cx, int64_t id);
FF_MUST_CHECK enum ff_rc ff_repo_device_rename(struct ff_ctx *cx, int64_t id, int64_t version,
                                               const char *name);
/* Takes its code and its tokens. */
FF_MUST_CHECK enum ff_rc ff_repo_device_revoke(struct ff_ctx *cx, int64_t id, int64_t now_ms);
FF_MUST_CHECK enum ff_rc ff_repo_device_seen(struct ff_ctx *cx, int64_t id, int64_t at_ms);

/* Records, inside a job, what was done to a kiosk: its name before and after; NULL: not told. */
FF_MUST_CHECK enum ff_rc ff_device_audit(struct ff_ctx *cx, const char *action, int64_t id,
                                         const char *name_before, const char *name_after);

#endif
