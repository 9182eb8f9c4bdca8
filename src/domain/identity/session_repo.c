/* SPDX-License-Identifier: MIT */
/* session_repo.c - the statements about session. */
#include "domain/identity/repo.h"

enum ff_rc ff_repo_session_insert(struct ff_ctx *cx, int64_t user_id, const char *token_id,
                                  int64_t now_ms, int64_t expires_at_ms, int64_t *id)
{
    unsigned char hash[FF_HASH_BYTES];
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_INSERT, &st);
    if (rc)
        return rc;
    ff_auth_token_hash(token_id, hash);
    ff_db_int(st, FF_P_SESSION_INSERT_USER, user_id);
    ff_db_blob(st, FF_P_SESSION_INSERT_TOKEN_HASH, hash, sizeof hash);
    ff_db_int(st, FF_P_SESSION_INSERT_NOW, now_ms);
    ff_db_int(st, FF_P_SESSION_INSERT_EXPIRES_AT, expires_at_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = ff_db_col_int(st, FF_C_SESSION_INSERT_ID);
    return FF_OK;
}

enum ff_rc ff_repo_session_sweep(struct ff_ctx *cx, int64_t user_id, int64_t now_ms)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_SWEEP, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_SWEEP_USER, user_id);
    ff_db_int(st, FF_P_SESSION_SWEEP_NOW, now_ms);
    return ff_db_run(cx, st);
}

enum ff_rc ff_repo_session_rotate(struct ff_ctx *cx, const struct ff_rotation *r,
                                  int64_t *expires_at_ms)
{
    unsigned char spent[FF_HASH_BYTES], next[FF_HASH_BYTES];
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_ROTATE, &st);
    if (rc)
        return rc;
    ff_auth_token_hash(r->spent_id, spent);
    ff_auth_token_hash(r->next_id, next);
    ff_db_int(st, FF_P_SESSION_ROTATE_ID, r->session_id);
    ff_db_int(st, FF_P_SESSION_ROTATE_USER, r->user_id);
    ff_db_blob(st, FF_P_SESSION_ROTATE_SPENT_HASH, spent, sizeof spent);
    ff_db_blob(st, FF_P_SESSION_ROTATE_NEXT_HASH, next, sizeof next);
    ff_db_int(st, FF_P_SESSION_ROTATE_NOW, r->now_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *expires_at_ms = row ? ff_db_col_int(st, FF_C_SESSION_ROTATE_EXPIRES_AT_MS) : 0;
    return FF_OK;
}

enum ff_rc ff_repo_session_revoke(struct ff_ctx *cx, int64_t id, int64_t user_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_REVOKE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_REVOKE_ID, id);
    ff_db_int(st, FF_P_SESSION_REVOKE_USER, user_id);
    return ff_db_run(cx, st);
}
