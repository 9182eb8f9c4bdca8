/* SPDX-License-Identifier: MIT */
/* row_read.c - a row of the record out of a statement. */
#include "domain/audit/row.h"

#define SAME(name) ((int)FF_C_AUDIT_LIST_##name == (int)FF_C_AUDIT_CHAIN_##name)
_Static_assert(SAME(SEQ) && SAME(AT_MS) && SAME(SUBJECT_ID) && SAME(DETAIL) && SAME(HASH),
               "one reader for both queries");

enum ff_rc ff_audit_row_read(struct ff_ctx *cx, struct ff_stmt *st, struct ff_audit_row *out)
{
    *out = (struct ff_audit_row){
        .seq = ff_db_col_int(st, FF_C_AUDIT_CHAIN_SEQ),
        .at_ms = ff_db_col_int(st, FF_C_AUDIT_CHAIN_AT_MS),
        .action = ff_db_col_text(cx, st, FF_C_AUDIT_CHAIN_ACTION),
        .entity = ff_db_col_text(cx, st, FF_C_AUDIT_CHAIN_ENTITY),
        .entity_id = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_ENTITY_ID),
        .user_id = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_USER_ID),
        .employee_id = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_EMPLOYEE_ID),
        .device_id = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_DEVICE_ID),
        .cli_uid = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_CLI_UID),
        .address = ff_db_col_text(cx, st, FF_C_AUDIT_CHAIN_ADDRESS),
        .request_id = ff_db_col_text(cx, st, FF_C_AUDIT_CHAIN_REQUEST_ID),
        .reason = ff_db_col_text(cx, st, FF_C_AUDIT_CHAIN_REASON),
        .subject_kind = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_SUBJECT_KIND),
        .subject_id = ff_db_col_opt_int(st, FF_C_AUDIT_CHAIN_SUBJECT_ID),
    };
    out->detail = ff_db_col_bytes(cx, st, FF_C_AUDIT_CHAIN_DETAIL, &out->n_detail);
    /* A row without action or hash was made by hand: it stays, for the check to name. */
    if (!out->action)
        out->action = "";
    (void)ff_db_col_blob(st, FF_C_AUDIT_CHAIN_HASH, out->hash, sizeof out->hash);
    return cx->err.rc;
}

enum ff_rc ff_audit_row_read_keyed(struct ff_ctx *cx, struct ff_stmt *st, struct ff_audit_row *out)
{
    enum ff_rc rc = ff_audit_row_read(cx, st, out);
    out->has_key = ff_db_col_blob(st, FF_C_AUDIT_LIST_SEAL_KEY, out->key, sizeof out->key);
    return rc;
}
