/* SPDX-License-Identifier: MIT */
/* standing_repo.c - the two statements of which every authenticated request runs one. */
#include "domain/identity/repo.h"

enum ff_rc ff_repo_standing(struct ff_ctx *cx, int64_t user_id, int64_t session_id, bool *found,
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
    *out = (struct ff_standing){
        .role = ff_db_col_text(cx, st, FF_C_IDENTITY_OF_TOKEN_ROLE),
        .token_version = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_TOKEN_VERSION),
        .employee_id = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_EMPLOYEE_ID),
        .department_id = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_DEPARTMENT_ID),
        .proven_at_ms = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_PROVEN_AT_MS),
        .is_site_wide = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_IS_SITE_WIDE) == 1,
        .is_active = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_IS_ACTIVE) == 1,
        .is_revoked = ff_db_col_int(st, FF_C_IDENTITY_OF_TOKEN_IS_REVOKED) == 1};
    return out->role ? FF_OK : cx->err.rc;
}

enum ff_rc ff_repo_presence(struct ff_ctx *cx, const char *device_token, int64_t employee_id,
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
