/* SPDX-License-Identifier: MIT */
/* fill.c - what is put into the fresh database, and in which order: first all that is no sum, as it
 * is; then the journals, booked again, and the sums made of them; last what is set and not summed,
 * which would have refused them (a closed month, a closed wallet, today's floor). */
#include <string.h>

#include "db/table.h"
#include "domain/archive/rebuild_parts.h"
#include "domain/report/rollup.h"

enum how {
    COPIED,
    JOURNAL, /* booked again */
    SUM,     /* made again of the journals */
    NOT      /* the fresh database has its own */
};

/* What is not here is copied. */
/* clang-format off */
static const struct {
    const char *table;
    enum how how;
} not_copied[] = {
    {"journal", JOURNAL},
    {"entry", JOURNAL},
    {"purchase", JOURNAL},
    {"purchase_line", JOURNAL},
    {"refund_line", JOURNAL},
    {"rollup_state", SUM},
    {"account_day", SUM},
    {"sales_product", SUM},
    {"sales_month", SUM},
    {"purchase_day", SUM},
    {"sales_quarter", SUM},
    {"sales_kiosk", SUM},
    {"spend_counter", SUM},
    {"schema_migration", NOT},
};
/* clang-format on */

static enum how how(int table)
{
    for (size_t i = 0; i < sizeof not_copied / sizeof *not_copied; i++)
        if (strcmp(not_copied[i].table, ff_table_names[table]) == 0)
            return not_copied[i].how;
    return COPIED;
}

static enum ff_rc copy(struct ff_ctx *cx, struct ff_ctx *from, int table)
{
    FF_STMT *rows = NULL;
    FF_STMT *in = NULL;
    bool row = true;
    enum ff_rc rc = ff_db_table(from, table, NULL, &rows);
    if (rc || (rc = ff_db_table_in(cx, table, &in)))
        return rc;
    while (!(rc = ff_db_row(from, rows, &row)) && row)
        if ((rc = ff_db_copy_row(cx, rows, in)))
            return rc;
    return rc;
}

/* A step of the schema may have put rows there: they go first. */
static enum ff_rc copy_all(struct ff_ctx *cx, struct ff_ctx *from)
{
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < FF_TABLE_COUNT && !rc; i++)
        if (how(i) == COPIED && !(rc = ff_db_table_clear(cx, i)))
            rc = copy(cx, from, i);
    return rc;
}

static enum ff_rc run(struct ff_ctx *cx, enum ff_query query)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, query, &st);
    return rc ? rc : ff_db_run(cx, st);
}

/* Before the journals: wallets and months as they began, and what follows from moves and uses. */
static enum ff_rc run_all(struct ff_ctx *cx)
{
    static const enum ff_query sums[] = {FF_Q_REBUILD_WALLETS, FF_Q_REBUILD_PERIODS,
                                         FF_Q_REBUILD_LEVELS, FF_Q_REBUILD_PORTIONS,
                                         FF_Q_REBUILD_ALLOWANCES};
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < sizeof sums / sizeof *sums && !rc; i++)
        rc = run(cx, sums[i]);
    return rc;
}

static enum ff_rc set_terms(struct ff_ctx *cx, struct ff_stmt *wallet)
{
    size_t n;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_REBUILD_WALLET_TERMS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_REBUILD_WALLET_TERMS_ACCOUNT,
              ff_db_col_int(wallet, ff_db_column(wallet, "account_id")));
    ff_db_int(st, FF_P_REBUILD_WALLET_TERMS_FLOOR,
              ff_db_col_int(wallet, ff_db_column(wallet, "floor_minor")));
    ff_db_text(st, FF_P_REBUILD_WALLET_TERMS_STATE,
               ff_db_cell_bytes(wallet, ff_db_column(wallet, "state"), &n));
    return ff_db_run(cx, st);
}

static enum ff_rc settle_wallets(struct ff_ctx *cx, struct ff_refill *r)
{
    FF_STMT *wallets = NULL;
    bool row = true;
    enum ff_rc rc = ff_db_table(r->from, ff_db_table_number("wallet"), NULL, &wallets);
    while (!rc && !(rc = ff_db_row(r->from, wallets, &row)) && row) {
        r->report->wallets++;
        rc = set_terms(cx, wallets);
    }
    return rc;
}

/* As they are: the guards are off. */
static enum ff_rc settle_periods(struct ff_ctx *cx, struct ff_refill *r)
{
    const int period = ff_db_table_number("period");
    enum ff_rc rc = ff_db_table_clear(cx, period);
    return rc ? rc : copy(cx, r->from, period);
}

/* As far as the living ones go: the rest is added up when a report asks. */
static enum ff_rc sum_up(struct ff_ctx *cx, struct ff_refill *r)
{
    FF_STMT *state = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_table(r->from, ff_db_table_number("rollup_state"), NULL, &state);
    if (rc || (rc = ff_db_row(r->from, state, &row)) || !row)
        return rc;
    const int64_t rolled = ff_db_col_int(state, ff_db_column(state, "journal_id"));
    const int64_t department = ff_db_col_int(state, ff_db_column(state, "department_id"));
    const char *month = ff_db_col_text(cx, state, ff_db_column(state, "month"));
    if (!month)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The export says of no month where its sums end.");
    rc = ff_rollup_again(cx, rolled);
    return rc ? rc : ff_rollup_months(cx, month, department);
}

enum ff_rc ff_rebuild_fill(struct ff_ctx *cx, void *refill)
{
    struct ff_refill *r = refill;
    enum ff_rc rc = ff_db_guards(cx, false);
    *r->report = (struct ff_rebuild_report){0};
    if (rc || (rc = copy_all(cx, r->from)) || (rc = run_all(cx)))
        return rc;
    if ((rc = ff_db_guards(cx, true)) || (rc = ff_rebuild_replay(cx, r)) || (rc = sum_up(cx, r)))
        return rc;
    if ((rc = ff_db_guards(cx, false)) || (rc = settle_periods(cx, r)) ||
        (rc = settle_wallets(cx, r)))
        return rc;
    return ff_db_guards(cx, true);
}
