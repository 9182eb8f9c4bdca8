/* SPDX-License-Identifier: MIT */
/* balances.c - whose wallet is below an amount, and since when it is below nothing. */
#include "domain/common/export.h"
#include "domain/common/list_view.h"
#include "domain/ledger/ledger.h"
#include "domain/report/people.h"

static const char *const sorts[] = {"name", "number", "department", "balance", "since", "id", NULL};

struct query {
    const struct ff_balance_filter *filter;
    struct ff_list_view view;
};

static enum ff_rc read_query(struct ff_ctx *cx, const struct ff_balance_filter *f, struct query *q)
{
    q->filter = f;
    return ff_list_view_read(cx, &f->list, sorts, "balance,name", &q->view);
}

#define SAME(PARAM) ((int)FF_P_REPORT_BALANCES_##PARAM == (int)FF_P_REPORT_BALANCES_COUNT_##PARAM)
_Static_assert(SAME(ALL) && SAME(DEPARTMENT) && SAME(BELOW) && SAME(GONE),
               "both queries have the parameters of their part first");

static enum ff_rc start(struct ff_ctx *cx, enum ff_query query, const struct query *q,
                        struct ff_stmt **st)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    enum ff_rc rc = ff_db_query(cx, query, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_REPORT_BALANCES_ALL, reach.all);
    ff_db_opt_int(*st, FF_P_REPORT_BALANCES_DEPARTMENT, reach.department);
    ff_db_int(*st, FF_P_REPORT_BALANCES_BELOW, q->filter->below);
    ff_db_int(*st, FF_P_REPORT_BALANCES_GONE, q->filter->with_gone);
    return FF_OK;
}

static enum ff_rc start_rows(struct ff_ctx *cx, const struct query *q, struct ff_stmt **st)
{
    static const struct ff_list_params at = {FF_ORDER_PARAMS(REPORT_BALANCES),
                                             FF_PAGE_PARAMS(REPORT_BALANCES)};
    enum ff_rc rc = start(cx, FF_Q_REPORT_BALANCES, q, st);
    if (!rc)
        ff_list_bind(*st, &at, &q->view);
    return rc;
}

static enum ff_rc count(struct ff_ctx *cx, const struct query *q, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start(cx, FF_Q_REPORT_BALANCES_COUNT, q, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_REPORT_BALANCES_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_balance_row *out)
{
    *out = (struct ff_balance_row){.employee_id = ff_db_col_int(st, FF_C_REPORT_BALANCES_ID),
                                   .number = ff_db_col_text(cx, st, FF_C_REPORT_BALANCES_NUMBER),
                                   .name = ff_db_col_text(cx, st, FF_C_REPORT_BALANCES_NAME),
                                   .department =
                                       ff_db_col_text(cx, st, FF_C_REPORT_BALANCES_DEPARTMENT),
                                   .active = ff_db_col_int(st, FF_C_REPORT_BALANCES_IS_ACTIVE),
                                   .balance = ff_db_col_int(st, FF_C_REPORT_BALANCES_BALANCE_MINOR),
                                   .since = ff_db_col_opt_int(st, FF_C_REPORT_BALANCES_SINCE_MS)};
    out->spendable = out->balance - ff_db_col_int(st, FF_C_REPORT_BALANCES_FLOOR_MINOR);
    if (out->spendable < 0)
        out->spendable = 0;
    return out->number && out->name && out->department ? FF_OK
                                                       : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_report_balances(struct ff_ctx *cx, const struct ff_balance_filter *f,
                              struct ff_list *out, int64_t *total)
{
    struct query q;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = read_query(cx, f, &q);
    if (rc || (rc = count(cx, &q, total)))
        return rc;
    struct ff_balance_row *items = ff_alloc(cx, (size_t)q.view.window.limit * sizeof *items);
    if (!items)
        return cx->err.rc;
    *out = (struct ff_list){.items = items};
    if ((rc = start_rows(cx, &q, &st)))
        return rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row)
        if ((rc = read_row(cx, st, &items[out->n++])))
            return rc;
    return rc;
}

/* ---- CSV ---- */

static void csv_row(struct ff_buf *buf, const struct ff_balance_row *b, int decimals)
{
    char since[FF_INSTANT_CAP] = "";
    if (b->since != FF_NULL_INT)
        ff_instant_format(b->since, since);
    ff_buf_csv(buf, b->number);
    ff_buf_char(buf, ',');
    ff_buf_csv(buf, b->name);
    ff_buf_char(buf, ',');
    ff_buf_csv(buf, b->department);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, b->balance, decimals);
    ff_buf_printf(buf, ",%s\r\n", since);
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct query *q = arg;
    struct ff_balance_row b;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start_rows(cx, q, &st);
    if (rc)
        return rc;
    ff_buf_str(buf, "employeeNumber,name,department,balance,since\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = read_row(cx, st, &b)))
            return rc;
        csv_row(buf, &b, decimals);
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_report_balances_csv(struct ff_ctx *cx, const struct ff_balance_filter *f,
                                  int decimals, struct ff_text *out)
{
    struct query q;
    enum ff_rc rc = read_query(cx, f, &q);
    q.view.window = (struct ff_window){.limit = INT64_MAX};
    return rc ? rc : ff_csv_export(cx, write_rows, &q, decimals, out);
}
