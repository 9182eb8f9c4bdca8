/* SPDX-License-Identifier: MIT */
/* till_read.c - drawers and what went through them. */
#include "db/db.h"
#include "domain/common/list.h"
#include "domain/ledger/till.h"

const char *const ff_till_states[] = {"open", "closed", NULL};

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_C_TILL_LIST_ID, FF_C_TILL_GET_ID) &&
                   SAME(FF_C_TILL_LIST_CLOSED_AT_MS, FF_C_TILL_GET_CLOSED_AT_MS),
               "the list's columns are those of till_get");

static enum ff_rc map(struct ff_ctx *cx, struct ff_stmt *st, struct ff_till *out)
{
    *out = (struct ff_till){
        .id = ff_db_col_int(st, FF_C_TILL_GET_ID),
        .name = ff_db_col_text(cx, st, FF_C_TILL_GET_NAME),
        .state = ff_db_col_text(cx, st, FF_C_TILL_GET_STATE),
        .float_minor = ff_db_col_int(st, FF_C_TILL_GET_FLOAT_MINOR),
        .opened_by = ff_db_col_opt_int(st, FF_C_TILL_GET_OPENED_BY),
        .opened_by_name = ff_db_col_text(cx, st, FF_C_TILL_GET_OPENED_BY_NAME),
        .opened_at = ff_db_col_int(st, FF_C_TILL_GET_OPENED_AT_MS),
        .expected = ff_db_col_int(st, FF_C_TILL_GET_EXPECTED),
        .counted = ff_db_col_opt_int(st, FF_C_TILL_GET_COUNTED_MINOR),
        .difference = FF_NULL_INT,
        .reason = ff_db_col_text(cx, st, FF_C_TILL_GET_REASON),
        .closed_by = ff_db_col_opt_int(st, FF_C_TILL_GET_CLOSED_BY),
        .closed_by_name = ff_db_col_text(cx, st, FF_C_TILL_GET_CLOSED_BY_NAME),
        .closed_at = ff_db_col_opt_int(st, FF_C_TILL_GET_CLOSED_AT_MS),
    };
    if (out->counted != FF_NULL_INT)
        out->difference = out->counted - out->expected;
    return cx->err.rc;
}

static enum ff_rc read_movements(struct ff_ctx *cx, int64_t id, struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_MOVEMENTS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_TILL_MOVEMENTS_ID, id);
    ff_db_int(st, FF_P_TILL_MOVEMENTS_LIMIT, FF_TILL_MOVEMENTS_MAX);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_till_movement *m = ff_rows_add(cx, &rows, sizeof *m);
        if (!m)
            return cx->err.rc;
        *m = (struct ff_till_movement){
            .id = ff_db_col_int(st, FF_C_TILL_MOVEMENTS_ID),
            .kind = ff_db_col_text(cx, st, FF_C_TILL_MOVEMENTS_KIND),
            .recorded_at = ff_db_col_int(st, FF_C_TILL_MOVEMENTS_RECORDED_AT_MS),
            .amount = ff_db_col_int(st, FF_C_TILL_MOVEMENTS_AMOUNT_MINOR),
            .booked_by = ff_db_col_text(cx, st, FF_C_TILL_MOVEMENTS_BOOKED_BY),
        };
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

static enum ff_rc read_one(struct ff_ctx *cx, int64_t id, struct ff_till *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_TILL_GET_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no till %lld.", (long long)id);
    return map(cx, st, out);
}

enum ff_rc ff_till_get(struct ff_ctx *cx, int64_t id, struct ff_till *out)
{
    enum ff_rc rc = read_one(cx, id, out);
    return rc ? rc : read_movements(cx, id, &out->movements);
}

static enum ff_rc count(struct ff_ctx *cx, const char *state, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_COUNT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_TILL_COUNT_STATE, state);
    rc = ff_db_row(cx, st, &row);
    *total = !rc && row ? ff_db_col_int(st, FF_C_TILL_COUNT_TOTAL) : 0;
    return rc;
}

enum ff_rc ff_till_list(struct ff_ctx *cx, const char *state, int64_t page, int64_t limit,
                        struct ff_list *out, int64_t *total)
{
    const struct ff_window window = ff_window_of(page, limit);
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = count(cx, state, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_TILL_LIST, &st)))
        return rc;
    ff_db_text(st, FF_P_TILL_LIST_STATE, state);
    ff_db_int(st, FF_P_TILL_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_TILL_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_till *t = ff_rows_add(cx, &rows, sizeof *t);
        if (!t || map(cx, st, t))
            return cx->err.rc;
    }
    *out = rows.list;
    return rc;
}
