/* SPDX-License-Identifier: MIT */
/* user_repo.c - the statements about user_account, and the one look at a person it needs. */
#include "domain/common/list.h"
#include "domain/identity/repo.h"

enum ff_rc ff_repo_user_read(struct ff_ctx *cx, struct ff_stmt *st, struct ff_user *out)
{
    *out = (struct ff_user){.id = ff_db_col_int(st, FF_C_USER_GET_ID),
                            .email = ff_db_col_text(cx, st, FF_C_USER_GET_EMAIL),
                            .name = ff_db_col_text(cx, st, FF_C_USER_GET_NAME),
                            .role = ff_db_col_text(cx, st, FF_C_USER_GET_ROLE),
                            .employee_id = ff_db_col_opt_int(st, FF_C_USER_GET_EMPLOYEE_ID),
                            .department_id = ff_db_col_opt_int(st, FF_C_USER_GET_DEPARTMENT_ID),
                            .site_wide = ff_db_col_int(st, FF_C_USER_GET_IS_SITE_WIDE),
                            .active = ff_db_col_int(st, FF_C_USER_GET_IS_ACTIVE),
                            .created_at = ff_db_col_int(st, FF_C_USER_GET_CREATED_AT_MS),
                            .last_login_at = ff_db_col_opt_int(st, FF_C_USER_GET_LAST_LOGIN_AT_MS),
                            .token_version = ff_db_col_int(st, FF_C_USER_GET_TOKEN_VERSION),
                            .version = ff_db_col_int(st, FF_C_USER_GET_VERSION),
                            .own_department_id =
                                ff_db_col_opt_int(st, FF_C_USER_GET_OWN_DEPARTMENT_ID),
                            .enabled = ff_db_col_int(st, FF_C_USER_GET_IS_ENABLED)};
    return out->email && out->name && out->role ? FF_OK : cx->err.rc;
}

enum ff_rc ff_user_get(struct ff_ctx *cx, int64_t id, struct ff_user *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? ff_repo_user_read(cx, st, out)
               : FF_FAIL(cx, FF_NOT_FOUND, "There is no such user.");
}

enum ff_rc ff_repo_user_other_admins(struct ff_ctx *cx, int64_t id, int64_t *n)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_OTHER_ADMINS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_OTHER_ADMINS_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *n = ff_db_col_int(st, FF_C_USER_OTHER_ADMINS_TOTAL);
    return FF_OK;
}

enum ff_rc ff_repo_user_update(struct ff_ctx *cx, const struct ff_user *user)
{
    FF_STMT *st = NULL;
    const char *fold = ff_fold(cx, user->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_USER_UPDATE, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_UPDATE_ID, user->id);
    ff_db_int(st, FF_P_USER_UPDATE_VERSION, user->version);
    ff_db_text(st, FF_P_USER_UPDATE_NAME, user->name);
    ff_db_text(st, FF_P_USER_UPDATE_NAME_FOLD, fold);
    ff_db_text(st, FF_P_USER_UPDATE_ROLE, user->role);
    ff_db_opt_int(st, FF_P_USER_UPDATE_EMPLOYEE, user->employee_id);
    ff_db_opt_int(st, FF_P_USER_UPDATE_DEPARTMENT, user->own_department_id);
    ff_db_int(st, FF_P_USER_UPDATE_SITE_WIDE, user->site_wide);
    ff_db_int(st, FF_P_USER_UPDATE_ENABLED, user->enabled);
    return ff_db_run(cx, st);
}

enum ff_rc ff_repo_user_sign_out(struct ff_ctx *cx, int64_t id)
{
    FF_STMT *st = NULL;
    int64_t ended;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_END_TOKENS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_END_TOKENS_ID, id);
    rc = ff_db_run(cx, st);
    return rc ? rc : ff_repo_session_revoke_all(cx, id, 0, &ended);
}

enum ff_rc ff_repo_user_insert(struct ff_ctx *cx, const struct ff_user_new *in,
                               const char *password_hash, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    const char *fold = ff_fold(cx, in->name);
    enum ff_rc rc = fold ? ff_db_query(cx, FF_Q_USER_INSERT, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_text(st, FF_P_USER_INSERT_NAME_FOLD, fold);
    ff_db_text(st, FF_P_USER_INSERT_EMAIL, in->email);
    ff_db_text(st, FF_P_USER_INSERT_NAME, in->name);
    ff_db_text(st, FF_P_USER_INSERT_ROLE, in->role);
    ff_db_text(st, FF_P_USER_INSERT_PASSWORD_HASH, password_hash);
    ff_db_opt_int(st, FF_P_USER_INSERT_EMPLOYEE,
                  in->employee_id > 0 ? in->employee_id : FF_NULL_INT);
    ff_db_opt_int(st, FF_P_USER_INSERT_DEPARTMENT,
                  in->department_id > 0 ? in->department_id : FF_NULL_INT);
    ff_db_int(st, FF_P_USER_INSERT_SITE_WIDE, in->site_wide == 1);
    ff_db_int(st, FF_P_USER_INSERT_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = ff_db_col_int(st, FF_C_USER_INSERT_ID);
    return FF_OK;
}

enum ff_rc ff_repo_user_secret(struct ff_ctx *cx, const char *email, int64_t *id,
                               const char **password_hash)
{
    FF_STMT *st = NULL;
    bool row;
    *id = 0;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_BY_EMAIL, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_USER_BY_EMAIL_EMAIL, email);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *password_hash = ff_db_col_text(cx, st, FF_C_USER_BY_EMAIL_PASSWORD_HASH);
    *id = ff_db_col_int(st, FF_C_USER_BY_EMAIL_ID);
    return *password_hash ? FF_OK : cx->err.rc;
}

enum ff_rc ff_repo_user_of(struct ff_ctx *cx, int64_t employee_id, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_OF_EMPLOYEE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_OF_EMPLOYEE_EMPLOYEE, employee_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = row ? ff_db_col_int(st, FF_C_USER_OF_EMPLOYEE_ID) : 0;
    return FF_OK;
}

enum ff_rc ff_repo_person(struct ff_ctx *cx, int64_t employee_id, const char *number, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_PERSON, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_USER_PERSON_ID, employee_id > 0 ? employee_id : FF_NULL_INT);
    ff_db_text(st, FF_P_USER_PERSON_NUMBER, number);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = row ? ff_db_col_int(st, FF_C_USER_PERSON_ID) : 0;
    return FF_OK;
}

enum ff_rc ff_repo_user_signed_in(struct ff_ctx *cx, int64_t id, int64_t now_ms)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_SIGNED_IN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_SIGNED_IN_ID, id);
    ff_db_int(st, FF_P_USER_SIGNED_IN_NOW, now_ms);
    return ff_db_run(cx, st);
}

enum ff_rc ff_repo_user_set_hash(struct ff_ctx *cx, int64_t id, const char *password_hash)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_SET_HASH, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_USER_SET_HASH_ID, id);
    ff_db_text(st, FF_P_USER_SET_HASH_PASSWORD_HASH, password_hash);
    return ff_db_run(cx, st);
}

enum ff_rc ff_admin_exists(struct ff_ctx *cx, bool *exists)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ADMIN_EXISTS, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *exists = ff_db_col_int(st, FF_C_ADMIN_EXISTS_TOTAL) > 0;
    return FF_OK;
}
