/* SPDX-License-Identifier: MIT */
/* mail_list.c - the outbox as an administrator sees it. */
#include "db/db.h"
#include "domain/common/list.h"
#include "domain/mail/mail.h"

static enum ff_rc count(struct ff_ctx *cx, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MAIL_COUNT, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_MAIL_COUNT_TOTAL);
    return FF_OK;
}

enum ff_rc ff_mail_list(struct ff_ctx *cx, int64_t page, int64_t limit, struct ff_list *out,
                        int64_t *total)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = count(cx, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_MAIL_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_MAIL_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_MAIL_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_mail_row *r = ff_rows_add(cx, &rows, sizeof *r);
        if (!r)
            return cx->err.rc;
        *r = (struct ff_mail_row){.id = ff_db_col_int(st, FF_C_MAIL_LIST_ID),
                                  .tries = ff_db_col_int(st, FF_C_MAIL_LIST_TRIES),
                                  .due_at = ff_db_col_int(st, FF_C_MAIL_LIST_DUE_AT_MS),
                                  .created_at = ff_db_col_int(st, FF_C_MAIL_LIST_CREATED_AT_MS),
                                  .kind = ff_db_col_text(cx, st, FF_C_MAIL_LIST_KIND),
                                  .address = ff_db_col_text(cx, st, FF_C_MAIL_LIST_ADDRESS),
                                  .state = ff_db_col_text(cx, st, FF_C_MAIL_LIST_STATE)};
        if (!r->kind || !r->address || !r->state)
            return cx->err.rc;
    }
    *out = rows.list;
    return rc;
}
