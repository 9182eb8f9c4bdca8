/* SPDX-License-Identifier: MIT */
/* approval_read.c - what waits and what was decided, of the people within reach. */
#include "db/db.h"
#include "domain/common/list.h"
#include "domain/ledger/approval_parts.h"

enum { DAY_MS = 86400000 };

const char *const ff_approval_states[] = {"pending", "approved", "rejected", "expired", NULL};

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_C_APPROVAL_LIST_ID, FF_C_APPROVAL_GET_ID) &&
                   SAME(FF_C_APPROVAL_LIST_REQUEST_FP, FF_C_APPROVAL_GET_REQUEST_FP),
               "the list's columns are those of approval_get");

int64_t ff_approval_dead(struct ff_ctx *cx)
{
    return ff_clock_now_ms(cx->clock) - FF_APPROVAL_DAYS * (int64_t)DAY_MS;
}

static enum ff_rc map(struct ff_ctx *cx, struct ff_stmt *st, struct ff_approval *out)
{
    const int64_t asked_at = ff_db_col_int(st, FF_C_APPROVAL_GET_ASKED_AT_MS);
    *out = (struct ff_approval){
        .id = ff_db_col_int(st, FF_C_APPROVAL_GET_ID),
        .employee_id = ff_db_col_int(st, FF_C_APPROVAL_GET_EMPLOYEE_ID),
        .number = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_NUMBER),
        .employee_name = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_EMPLOYEE_NAME),
        .kind = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_KIND),
        .amount = ff_db_col_int(st, FF_C_APPROVAL_GET_AMOUNT_MINOR),
        .source = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_SOURCE),
        .till_id = ff_db_col_opt_int(st, FF_C_APPROVAL_GET_TILL_ID),
        .reason = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_REASON),
        .note = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_NOTE),
        .asked_by = ff_db_col_int(st, FF_C_APPROVAL_GET_ASKED_BY),
        .asked_by_name = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_ASKED_BY_NAME),
        .asked_at = asked_at,
        .expires_at = asked_at + FF_APPROVAL_DAYS * (int64_t)DAY_MS,
        .state = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_STATE),
        .decided_by = ff_db_col_opt_int(st, FF_C_APPROVAL_GET_DECIDED_BY),
        .decided_by_name = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_DECIDED_BY_NAME),
        .decided_at = ff_db_col_opt_int(st, FF_C_APPROVAL_GET_DECIDED_AT_MS),
        .refusal = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_REFUSAL),
        .journal_id = ff_db_col_opt_int(st, FF_C_APPROVAL_GET_JOURNAL_ID),
    };
    return cx->err.rc;
}

static enum ff_rc read_idem(struct ff_ctx *cx, struct ff_stmt *st, struct ff_idem *out)
{
    out->scope = ff_db_col_int(st, FF_C_APPROVAL_GET_IDEM_SCOPE);
    out->key = ff_db_col_text(cx, st, FF_C_APPROVAL_GET_IDEM_KEY);
    if (!ff_db_col_blob(st, FF_C_APPROVAL_GET_REQUEST_FP, out->fingerprint,
                        sizeof out->fingerprint))
        return FF_FAIL(cx, FF_INTERNAL, "The stored request could not be read.");
    return cx->err.rc;
}

enum ff_rc ff_approval_read(struct ff_ctx *cx, int64_t id, struct ff_approval_row *out)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_APPROVAL_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_APPROVAL_GET_ID, id);
    ff_db_int(st, FF_P_APPROVAL_GET_ALL, reach.all);
    ff_db_int(st, FF_P_APPROVAL_GET_SELF, reach.self);
    ff_db_opt_int(st, FF_P_APPROVAL_GET_DEPARTMENT, reach.department);
    ff_db_int(st, FF_P_APPROVAL_GET_DEAD, ff_approval_dead(cx));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no approval %lld.", (long long)id);
    rc = map(cx, st, &out->approval);
    return rc ? rc : read_idem(cx, st, &out->idem);
}

enum ff_rc ff_approval_get(struct ff_ctx *cx, int64_t id, struct ff_approval *out)
{
    struct ff_approval_row row = {0};
    enum ff_rc rc = ff_approval_read(cx, id, &row);
    *out = row.approval;
    return rc;
}

static enum ff_rc count(struct ff_ctx *cx, const char *state, const struct ff_reach *reach,
                        int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_APPROVAL_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_APPROVAL_COUNT_ALL, reach->all);
    ff_db_int(st, FF_P_APPROVAL_COUNT_SELF, reach->self);
    ff_db_opt_int(st, FF_P_APPROVAL_COUNT_DEPARTMENT, reach->department);
    ff_db_text(st, FF_P_APPROVAL_COUNT_STATE, state);
    ff_db_int(st, FF_P_APPROVAL_COUNT_DEAD, ff_approval_dead(cx));
    rc = ff_db_row(cx, st, &row);
    *total = !rc && row ? ff_db_col_int(st, FF_C_APPROVAL_COUNT_TOTAL) : 0;
    return rc;
}

enum ff_rc ff_approval_list(struct ff_ctx *cx, const struct ff_approval_filter *f,
                            struct ff_list *out, int64_t *total)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    const struct ff_window window = ff_window_of(f->page, f->limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count(cx, f->state, &reach, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_APPROVAL_LIST, &st)))
        return rc;
    ff_db_int(st, FF_P_APPROVAL_LIST_ALL, reach.all);
    ff_db_int(st, FF_P_APPROVAL_LIST_SELF, reach.self);
    ff_db_opt_int(st, FF_P_APPROVAL_LIST_DEPARTMENT, reach.department);
    ff_db_text(st, FF_P_APPROVAL_LIST_STATE, f->state);
    ff_db_int(st, FF_P_APPROVAL_LIST_DEAD, ff_approval_dead(cx));
    ff_db_int(st, FF_P_APPROVAL_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_APPROVAL_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_approval *a = ff_rows_add(cx, &rows, sizeof *a);
        if (!a || map(cx, st, a))
            return cx->err.rc;
    }
    *out = rows.list;
    return rc;
}
