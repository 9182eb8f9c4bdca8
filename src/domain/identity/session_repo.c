/* SPDX-License-Identifier: MIT */
/* session_repo.c - the statements about session. */
#include "domain/common/list.h"
#include "domain/identity/repo.h"
#include "domain/identity/session.h"

enum ff_rc ff_repo_session_insert(struct ff_ctx *cx, struct ff_family *in)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_INSERT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_INSERT_USER, in->user_id);
    ff_db_blob(st, FF_P_SESSION_INSERT_TOKEN_HASH, in->token_hash, sizeof in->token_hash);
    ff_db_blob(st, FF_P_SESSION_INSERT_FAMILY, in->seed, sizeof in->seed);
    ff_db_text(st, FF_P_SESSION_INSERT_KID, in->kid);
    ff_db_text(st, FF_P_SESSION_INSERT_LABEL, in->label);
    ff_db_text(st, FF_P_SESSION_INSERT_ADDRESS, in->address);
    ff_db_int(st, FF_P_SESSION_INSERT_NOW, in->used_at_ms);
    ff_db_int(st, FF_P_SESSION_INSERT_EXPIRES_AT, in->expires_at_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    in->id = ff_db_col_int(st, FF_C_SESSION_INSERT_ID);
    return FF_OK;
}

enum ff_rc ff_repo_session_family(struct ff_ctx *cx, int64_t id, int64_t user_id, bool *found,
                                  struct ff_family *out)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_FAMILY, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_FAMILY_ID, id);
    ff_db_int(st, FF_P_SESSION_FAMILY_USER, user_id);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    *out =
        (struct ff_family){.id = id,
                           .user_id = user_id,
                           .generation = ff_db_col_int(st, FF_C_SESSION_FAMILY_GENERATION),
                           .is_revoked = ff_db_col_int(st, FF_C_SESSION_FAMILY_IS_REVOKED) == 1,
                           .used_at_ms = ff_db_col_int(st, FF_C_SESSION_FAMILY_USED_AT_MS),
                           .expires_at_ms = ff_db_col_int(st, FF_C_SESSION_FAMILY_EXPIRES_AT_MS)};
    out->has_seed = ff_db_col_blob(st, FF_C_SESSION_FAMILY_FAMILY, out->seed, sizeof out->seed);
    (void)ff_db_col_blob(st, FF_C_SESSION_FAMILY_SPENT_HASH, out->spent_hash,
                         sizeof out->spent_hash);
    return ff_db_col_blob(st, FF_C_SESSION_FAMILY_TOKEN_HASH, out->token_hash,
                          sizeof out->token_hash)
               ? FF_OK
               : FF_FAIL(cx, FF_INTERNAL, "a session without a token");
}

enum ff_rc ff_repo_session_rotate(struct ff_ctx *cx, const struct ff_family *in)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_ROTATE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_ROTATE_ID, in->id);
    ff_db_int(st, FF_P_SESSION_ROTATE_NEXT, in->generation);
    ff_db_blob(st, FF_P_SESSION_ROTATE_FAMILY, in->seed, sizeof in->seed);
    ff_db_blob(st, FF_P_SESSION_ROTATE_NEXT_HASH, in->token_hash, sizeof in->token_hash);
    ff_db_text(st, FF_P_SESSION_ROTATE_KID, in->kid);
    ff_db_text(st, FF_P_SESSION_ROTATE_LABEL, in->label);
    ff_db_text(st, FF_P_SESSION_ROTATE_ADDRESS, in->address);
    ff_db_int(st, FF_P_SESSION_ROTATE_NOW, in->used_at_ms);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    return ff_db_changes(st) == 1 ? FF_OK : FF_FAIL(cx, FF_TOKEN_REVOKED, "The session has ended.");
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

enum ff_rc ff_repo_session_revoke(struct ff_ctx *cx, int64_t id, int64_t user_id, bool *ended)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_REVOKE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_REVOKE_ID, id);
    ff_db_int(st, FF_P_SESSION_REVOKE_USER, user_id);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    *ended = ff_db_changes(st) > 0;
    return FF_OK;
}

static enum ff_rc read_session(struct ff_ctx *cx, struct ff_stmt *st, struct ff_session *out)
{
    *out = (struct ff_session){.id = ff_db_col_int(st, FF_C_SESSION_LIST_ID),
                               .label = ff_db_col_text(cx, st, FF_C_SESSION_LIST_LABEL),
                               .address = ff_db_col_text(cx, st, FF_C_SESSION_LIST_ADDRESS),
                               .created_at = ff_db_col_int(st, FF_C_SESSION_LIST_CREATED_AT_MS),
                               .used_at = ff_db_col_int(st, FF_C_SESSION_LIST_USED_AT_MS),
                               .expires_at = ff_db_col_int(st, FF_C_SESSION_LIST_EXPIRES_AT_MS)};
    return out->label && out->address ? FF_OK : cx->err.rc;
}

enum ff_rc ff_repo_session_page(struct ff_ctx *cx, int64_t user_id, int64_t now_ms, int64_t page,
                                int64_t limit, struct ff_list *out)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_LIST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_LIST_USER, user_id);
    ff_db_int(st, FF_P_SESSION_LIST_NOW, now_ms);
    ff_db_int(st, FF_P_SESSION_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_SESSION_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_session *session = ff_rows_add(cx, &rows, sizeof *session);
        if (!session)
            return cx->err.rc;
        if ((rc = read_session(cx, st, session)))
            return rc;
    }
    *out = rows.list;
    return rc;
}

enum ff_rc ff_repo_session_count(struct ff_ctx *cx, int64_t user_id, int64_t now_ms, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_COUNT_USER, user_id);
    ff_db_int(st, FF_P_SESSION_COUNT_NOW, now_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_SESSION_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_repo_session_revoke_all(struct ff_ctx *cx, int64_t user_id, int64_t except_id,
                                      int64_t *ended)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_REVOKE_ALL, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_REVOKE_ALL_USER, user_id);
    ff_db_int(st, FF_P_SESSION_REVOKE_ALL_EXCEPT, except_id);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    *ended = ff_db_changes(st);
    return FF_OK;
}

enum ff_rc ff_repo_session_revoke_key(struct ff_ctx *cx, const char *kid, int64_t *ended)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_REVOKE_KEY, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_SESSION_REVOKE_KEY_KID, kid);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    *ended = ff_db_changes(st);
    return FF_OK;
}

enum ff_rc ff_repo_session_prove(struct ff_ctx *cx, int64_t id, int64_t now_ms)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SESSION_PROVE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_SESSION_PROVE_ID, id);
    ff_db_int(st, FF_P_SESSION_PROVE_NOW, now_ms);
    return ff_db_run(cx, st);
}
