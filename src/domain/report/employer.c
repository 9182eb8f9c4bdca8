/* SPDX-License-Identifier: MIT */
/* employer.c - one pass over the movements of the employer's accounts, grouped by the database. */
#include "domain/report/employer.h"

#include <string.h>

#include "db/db.h"
#include "domain/common/export.h"
#include "domain/common/range.h"
#include "domain/ledger/ledger.h"
#include "domain/report/report.h"

const char *const ff_employer_keys[] = {"day", "rule", "costCentre", "department", NULL};

#define SAME(QUERY)                                                                                \
    ((int)FF_C_##QUERY##_ALLOWANCES == (int)FF_C_EMPLOYER_BY_DAY_ALLOWANCES &&                     \
     (int)FF_P_##QUERY##_LOW == (int)FF_P_EMPLOYER_BY_DAY_LOW &&                                   \
     (int)FF_P_##QUERY##_DEPARTMENT == (int)FF_P_EMPLOYER_BY_DAY_DEPARTMENT)
_Static_assert(SAME(EMPLOYER_BY_RULE) && SAME(EMPLOYER_BY_CENTRE) && SAME(EMPLOYER_BY_DEPARTMENT),
               "one reader for all");

static enum ff_query query_of(const char *by)
{
    if (strcmp(by, "rule") == 0)
        return FF_Q_EMPLOYER_BY_RULE;
    if (strcmp(by, "costCentre") == 0)
        return FF_Q_EMPLOYER_BY_CENTRE;
    return strcmp(by, "department") == 0 ? FF_Q_EMPLOYER_BY_DEPARTMENT : FF_Q_EMPLOYER_BY_DAY;
}

static enum ff_rc start(struct ff_ctx *cx, const struct ff_range *range, const char *by,
                        struct ff_stmt **st)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    int64_t low, high;
    enum ff_rc rc = ff_range_journals(cx, range->from, range->to, &low, &high);
    if (rc || (rc = ff_db_query(cx, query_of(by), st)))
        return rc;
    ff_db_int(*st, FF_P_EMPLOYER_BY_DAY_LOW, low);
    ff_db_int(*st, FF_P_EMPLOYER_BY_DAY_HIGH, high);
    ff_db_text(*st, FF_P_EMPLOYER_BY_DAY_FROM, range->from);
    ff_db_text(*st, FF_P_EMPLOYER_BY_DAY_TO, range->to);
    ff_db_int(*st, FF_P_EMPLOYER_BY_DAY_ALL, reach.all);
    ff_db_opt_int(*st, FF_P_EMPLOYER_BY_DAY_DEPARTMENT, reach.department);
    return FF_OK;
}

static enum ff_rc read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_employer_row *out)
{
    *out =
        (struct ff_employer_row){.key = ff_db_col_text(cx, st, FF_C_EMPLOYER_BY_DAY_LABEL),
                                 .ref = ff_db_col_int(st, FF_C_EMPLOYER_BY_DAY_REF),
                                 .moves = ff_db_col_int(st, FF_C_EMPLOYER_BY_DAY_MOVES),
                                 .meals = ff_db_col_int(st, FF_C_EMPLOYER_BY_DAY_MEALS),
                                 .allowances = ff_db_col_int(st, FF_C_EMPLOYER_BY_DAY_ALLOWANCES)};
    out->amount = out->meals + out->allowances;
    return out->key ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_report_employer(struct ff_ctx *cx, const char *from, const char *to, const char *by,
                              struct ff_employer_report *out)
{
    struct ff_rows rows = {0};
    struct ff_range range;
    FF_STMT *st = NULL;
    bool more = false;
    enum ff_rc rc = ff_range_read(cx, from, to, FF_REPORT_DAYS, &range);
    if (rc || (rc = start(cx, &range, by, &st)))
        return rc;
    *out = (struct ff_employer_report){.from = range.from, .to = range.to, .by = by};
    while (!(rc = ff_db_row(cx, st, &more)) && more) {
        struct ff_employer_row *row = ff_rows_add(cx, &rows, sizeof *row);
        if (!row)
            return cx->err.rc;
        if ((rc = read_row(cx, st, row)))
            return rc;
        out->moves += row->moves;
        out->meals += row->meals;
        out->allowances += row->allowances;
        out->amount += row->amount;
    }
    out->rows = rows.list;
    return rc;
}

/* ---- CSV ---- */

static void csv_row(struct ff_buf *buf, const struct ff_employer_row *r, int decimals)
{
    ff_buf_csv(buf, r->key);
    ff_buf_printf(buf, ",%lld,%lld,", (long long)r->ref, (long long)r->moves);
    ff_csv_amount(buf, r->meals, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, r->allowances, decimals);
    ff_buf_char(buf, ',');
    ff_csv_amount(buf, r->amount, decimals);
    ff_buf_str(buf, "\r\n");
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_employer_report *r = arg;
    const struct ff_employer_row *row = r->rows.items;
    const struct ff_employer_row total = {"total", 0, r->moves, r->meals, r->allowances, r->amount};
    (void)cx;
    ff_buf_printf(buf, "%s,id,bookings,meals,allowances,amount\r\n", r->by);
    for (size_t i = 0; i < r->rows.n; i++)
        csv_row(buf, &row[i], decimals);
    csv_row(buf, &total, decimals);
    return FF_OK;
}

enum ff_rc ff_employer_csv(struct ff_ctx *cx, const struct ff_employer_report *r, int decimals,
                           struct ff_text *out)
{
    struct ff_employer_report copy = *r;
    return ff_csv_export(cx, write_rows, &copy, decimals, out);
}
