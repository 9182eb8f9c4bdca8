/* SPDX-License-Identifier: MIT */
/* device_repo.c - the statements about device and device_token. */
#include "domain/common/list.h"
#include "domain/identity/repo.h"

enum ff_rc ff_repo_device_insert(struct ff_ctx *cx, const char *name,
                                 const struct ff_stored_code *code, int64_t now_ms, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_INSERT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_DEVICE_INSERT_NAME, name);
    ff_db_blob(st, FF_P_DEVICE_INSERT_PAIR_HASH, code->hash, sizeof code->hash);
    ff_db_int(st, FF_P_DEVICE_INSERT_EXPIRES_AT, code->expires_at_ms);
    ff_db_int(st, FF_P_DEVICE_INSERT_USES, code->uses);
    ff_db_int(st, FF_P_DEVICE_INSERT_NOW, now_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = ff_db_col_int(st, FF_C_DEVICE_INSERT_ID);
    return FF_OK;
}

enum ff_rc ff_repo_device_set_code(struct ff_ctx *cx, int64_t id, const struct ff_stored_code *code,
                                   const char **name)
{
    FF_STMT *st = NULL;
    bool row;
    *name = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_SET_CODE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_SET_CODE_ID, id);
    ff_db_blob(st, FF_P_DEVICE_SET_CODE_PAIR_HASH, code->hash, sizeof code->hash);
    ff_db_int(st, FF_P_DEVICE_SET_CODE_EXPIRES_AT, code->expires_at_ms);
    ff_db_int(st, FF_P_DEVICE_SET_CODE_USES, code->uses);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *name = ff_db_col_text(cx, st, FF_C_DEVICE_SET_CODE_NAME);
    return *name ? FF_OK : cx->err.rc;
}

enum ff_rc ff_repo_device_pair(struct ff_ctx *cx, const unsigned char code_hash[FF_HASH_BYTES],
                               int64_t now_ms, int64_t *id, const char **name)
{
    FF_STMT *st = NULL;
    bool row;
    *id = 0;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_PAIR, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_DEVICE_PAIR_PAIR_HASH, code_hash, FF_HASH_BYTES);
    ff_db_int(st, FF_P_DEVICE_PAIR_NOW, now_ms);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *name = ff_db_col_text(cx, st, FF_C_DEVICE_PAIR_NAME);
    *id = ff_db_col_int(st, FF_C_DEVICE_PAIR_ID);
    return *name ? FF_OK : cx->err.rc;
}

enum ff_rc ff_repo_device_token_insert(struct ff_ctx *cx, int64_t device_id, const char *token,
                                       int64_t now_ms)
{
    unsigned char hash[FF_HASH_BYTES];
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_TOKEN_INSERT, &st);
    if (rc)
        return rc;
    ff_auth_token_hash(token, hash);
    ff_db_blob(st, FF_P_DEVICE_TOKEN_INSERT_TOKEN_HASH, hash, sizeof hash);
    ff_db_int(st, FF_P_DEVICE_TOKEN_INSERT_DEVICE, device_id);
    ff_db_int(st, FF_P_DEVICE_TOKEN_INSERT_NOW, now_ms);
    return ff_db_run(cx, st);
}

_Static_assert((int)FF_C_DEVICE_GET_IS_PAIRED == (int)FF_C_DEVICE_LIST_IS_PAIRED,
               "both give the same columns");

static enum ff_rc read_device(struct ff_ctx *cx, struct ff_stmt *st, struct ff_device *out)
{
    *out =
        (struct ff_device){.id = ff_db_col_int(st, FF_C_DEVICE_LIST_ID),
                           .name = ff_db_col_text(cx, st, FF_C_DEVICE_LIST_NAME),
                           .paired = ff_db_col_int(st, FF_C_DEVICE_LIST_IS_PAIRED),
                           .created_at = ff_db_col_int(st, FF_C_DEVICE_LIST_CREATED_AT_MS),
                           .last_seen_at = ff_db_col_opt_int(st, FF_C_DEVICE_LIST_LAST_SEEN_AT_MS),
                           .revoked_at = ff_db_col_opt_int(st, FF_C_DEVICE_LIST_REVOKED_AT_MS),
                           .version = ff_db_col_int(st, FF_C_DEVICE_LIST_VERSION)};
    return out->name ? FF_OK : cx->err.rc;
}

enum ff_rc ff_repo_device_get(struct ff_ctx *cx, int64_t id, struct ff_device *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    return row ? read_device(cx, st, out) : FF_FAIL(cx, FF_NOT_FOUND, "There is no such kiosk.");
}

enum ff_rc ff_repo_device_page(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_LIST, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_DEVICE_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_device *device = ff_rows_add(cx, &rows, sizeof *device);
        if (!device)
            return cx->err.rc;
        if ((rc = read_device(cx, st, device)))
            return rc;
    }
    *out = rows.list;
    return rc;
}

enum ff_rc ff_repo_device_count(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_COUNT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_DEVICE_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_repo_device_by_name(struct ff_ctx *cx, const char *name, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_BY_NAME, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_DEVICE_BY_NAME_NAME, name);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = row ? ff_db_col_int(st, FF_C_DEVICE_BY_NAME_ID) : 0;
    return FF_OK;
}

enum ff_rc ff_repo_device_add(struct ff_ctx *cx, const char *name, int64_t now_ms, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_ADD, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_DEVICE_ADD_NAME, name);
    ff_db_int(st, FF_P_DEVICE_ADD_NOW, now_ms);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *id = ff_db_col_int(st, FF_C_DEVICE_ADD_ID);
    return FF_OK;
}

enum ff_rc ff_repo_device_confirmed(struct ff_ctx *cx, int64_t id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_CONFIRMED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_CONFIRMED_ID, id);
    return ff_db_run(cx, st);
}

enum ff_rc ff_repo_device_rename(struct ff_ctx *cx, int64_t id, int64_t version, const char *name)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_RENAME, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_RENAME_ID, id);
    ff_db_int(st, FF_P_DEVICE_RENAME_VERSION, version);
    ff_db_text(st, FF_P_DEVICE_RENAME_NAME, name);
    rc = ff_db_run(cx, st);
    if (rc == FF_ALREADY_EXISTS)
        ff_err_text(cx, "field", "name");
    return rc;
}

enum ff_rc ff_repo_device_revoke(struct ff_ctx *cx, int64_t id, int64_t now_ms)
{
    FF_STMT *st = NULL;
    FF_STMT *tokens = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_REVOKE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_REVOKE_ID, id);
    ff_db_int(st, FF_P_DEVICE_REVOKE_NOW, now_ms);
    if ((rc = ff_db_run(cx, st)) || (rc = ff_db_query(cx, FF_Q_DEVICE_TOKEN_DELETE, &tokens)))
        return rc;
    ff_db_int(tokens, FF_P_DEVICE_TOKEN_DELETE_DEVICE, id);
    return ff_db_run(cx, tokens);
}

enum ff_rc ff_repo_device_seen(struct ff_ctx *cx, int64_t id, int64_t at_ms)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEVICE_SEEN, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_DEVICE_SEEN_ID, id);
    ff_db_int(st, FF_P_DEVICE_SEEN_NOW, at_ms);
    return ff_db_run(cx, st);
}
