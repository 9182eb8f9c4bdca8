/* SPDX-License-Identifier: MIT */
/* standing_repo.c - the two statements that say who asks. Every authenticated request needs the
 * answer of one, so the answers are kept for as long as none of the tables behind them is written:
 * a change that was answered is seen by the request after it. See decision 0017. */
#include "auth/callers.h"
#include "domain/identity/repo.h"

#include <string.h>

_Static_assert(sizeof(struct ff_standing) <= FF_CALLER_BYTES, "the table has room for either");
_Static_assert(sizeof(struct ff_presence) <= FF_CALLER_BYTES, "the table has room for either");

static uint64_t generation_of(const struct ff_ctx *cx, enum ff_query query)
{
    return ff_db_generation(cx->db, ff_queries[query].reads);
}

static enum ff_role role_of(const char *name)
{
    if (!strcmp(name, "admin"))
        return FF_ROLE_ADMIN;
    return !strcmp(name, "manager") ? FF_ROLE_MANAGER : FF_ROLE_EMPLOYEE;
}

static enum ff_rc read_standing(struct ff_ctx *cx, int64_t user_id, int64_t session_id, bool *found,
                                struct ff_standing *out)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_IDENTITY_OF_TOKEN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_IDENTITY_OF_TOKEN_SESSION, session_id);
    ff_db_int(st, FF_P_IDENTITY_OF_TOKEN_USER, user_id);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    const char *role = ff_db_col_text(cx, st, FF_C_IDENTITY_OF_TOKEN_ROLE);
    if (!role)
        return cx->err.rc;
    *out = (struct ff_standing){
        .role = role_of(role),
        .token_version = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_TOKEN_VERSION),
        .employee_id = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_EMPLOYEE_ID),
        .department_id = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_DEPARTMENT_ID),
        .proven_at_ms = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_PROVEN_AT_MS),
        .is_site_wide = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_IS_SITE_WIDE) == 1,
        .is_active = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_IS_ACTIVE) == 1,
        .is_revoked = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_IS_REVOKED) == 1};
    return FF_OK;
}

enum ff_rc ff_repo_standing(struct ff_ctx *cx, int64_t user_id, int64_t session_id, bool *found,
                            struct ff_standing *out)
{
    const struct ff_caller_key key = ff_caller_of_session(user_id, session_id);
    const uint64_t now = generation_of(cx, FF_Q_IDENTITY_OF_TOKEN);
    const bool is_fresh = !cx->conn; /* a snapshot that is open may be older than `now` */
    *found = ff_caller_find(cx->auth, &key, now, out, sizeof *out);
    if (*found)
        return FF_OK;
    enum ff_rc rc = read_standing(cx, user_id, session_id, found, out);
    if (!rc && *found && is_fresh)
        ff_caller_keep(cx->auth, &key, now, out, sizeof *out);
    return rc;
}

static enum ff_rc read_presence(struct ff_ctx *cx, const char *device_token, int64_t employee_id,
                                bool *found, struct ff_presence *out)
{
    unsigned char hash[FF_HASH_BYTES];
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_IDENTITY_OF_VISIT, &st);
    if (rc)
        return rc;
    ff_auth_token_hash(device_token, hash);
    ff_db_blob(st, FF_P_IDENTITY_OF_VISIT_TOKEN_HASH, hash, sizeof hash);
    ff_db_opt_int(st, FF_P_IDENTITY_OF_VISIT_EMPLOYEE, employee_id ? employee_id : FF_NULL_INT);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    *out = (struct ff_presence){
        .device_id = ff_db_col_int(st, FF_C_IDENTITY_OF_VISIT_DEVICE_ID),
        .employee_id = ff_db_col_int(st, FF_C_IDENTITY_OF_VISIT_EMPLOYEE_ID),
        .department_id = ff_db_col_int(st, FF_C_IDENTITY_OF_VISIT_DEPARTMENT_ID),
        .last_seen_ms = ff_db_col_opt_int(st, FF_C_IDENTITY_OF_VISIT_LAST_SEEN_AT_MS),
        .is_active = ff_db_col_int(st, FF_C_IDENTITY_OF_VISIT_IS_ACTIVE) == 1};
    return FF_OK;
}

enum ff_rc ff_repo_presence(struct ff_ctx *cx, const char *device_token, int64_t employee_id,
                            bool *found, struct ff_presence *out)
{
    const struct ff_caller_key key = ff_caller_of_device(cx->auth, device_token, employee_id);
    const uint64_t now = generation_of(cx, FF_Q_IDENTITY_OF_VISIT);
    const bool is_fresh = !cx->conn;
    *found = ff_caller_find(cx->auth, &key, now, out, sizeof *out);
    if (*found)
        return FF_OK;
    enum ff_rc rc = read_presence(cx, device_token, employee_id, found, out);
    if (!rc && *found && is_fresh)
        ff_caller_keep(cx->auth, &key, now, out, sizeof *out);
    return rc;
}
