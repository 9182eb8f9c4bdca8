/* SPDX-License-Identifier: MIT */
/* allowance.c - what a person holds, what a purchase takes of it and gets back into it. */
#include "domain/subsidy/allowance.h"

#include "db/db.h"

static enum ff_rc read_grant(struct ff_ctx *cx, struct ff_stmt *st, struct ff_allowance *out)
{
    *out = (struct ff_allowance){
        .id = ff_db_col_int(st, FF_C_ALLOWANCE_LIVE_ID),
        .employee_id = ff_db_col_int(st, FF_C_ALLOWANCE_LIVE_EMPLOYEE_ID),
        .left = ff_db_col_int(st, FF_C_ALLOWANCE_LIVE_LEFT_MINOR),
        .expires_on = ff_db_col_text(cx, st, FF_C_ALLOWANCE_LIVE_EXPIRES_ON),
        .cost_centre = ff_db_col_text(cx, st, FF_C_ALLOWANCE_LIVE_COST_CENTRE),
        .account_id = ff_db_col_int(st, FF_C_ALLOWANCE_LIVE_ACCOUNT_ID),
        .balance = ff_db_col_int(st, FF_C_ALLOWANCE_LIVE_BALANCE_MINOR)};
    return out->expires_on && out->cost_centre ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_allowance_read(struct ff_ctx *cx, int64_t employee_id, struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_LIVE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_LIVE_EMPLOYEE, employee_id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_allowance *grant = ff_rows_add(cx, &rows, sizeof *grant);
        if (!grant)
            return cx->err.rc;
        if ((rc = read_grant(cx, st, grant)))
            return rc;
    }
    *out = rows.list;
    return rc;
}

static enum ff_rc add_use(struct ff_ctx *cx, int64_t journal_id, int64_t grant_id, int64_t amount)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_USE_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_USE_ADD_JOURNAL, journal_id);
    ff_db_int(st, FF_P_ALLOWANCE_USE_ADD_GRANT, grant_id);
    ff_db_int(st, FF_P_ALLOWANCE_USE_ADD_AMOUNT, amount);
    return ff_db_run(cx, st);
}

enum ff_rc ff_allowance_use(struct ff_ctx *cx, int64_t journal_id, const struct ff_list *grants,
                            int64_t amount)
{
    const struct ff_allowance *grant = grants->items;
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < grants->n && amount > 0 && !rc; i++) {
        const int64_t part = amount < grant[i].left ? amount : grant[i].left;
        rc = add_use(cx, journal_id, grant[i].id, part);
        amount -= part;
    }
    if (rc || amount == 0)
        return rc;
    return FF_FAIL(cx, FF_INTERNAL, "journal %lld took more allowance than there is",
                   (long long)journal_id);
}

struct part {
    int64_t grant_id, amount;
};

static enum ff_rc read_used(struct ff_ctx *cx, int64_t purchase_id, struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ALLOWANCE_USED_BY, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_ALLOWANCE_USED_BY_PURCHASE, purchase_id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct part *part = ff_rows_add(cx, &rows, sizeof *part);
        if (!part)
            return cx->err.rc;
        part->grant_id = ff_db_col_int(st, FF_C_ALLOWANCE_USED_BY_GRANT_ID);
        part->amount = ff_db_col_int(st, FF_C_ALLOWANCE_USED_BY_AMOUNT);
    }
    *out = rows.list;
    return rc;
}

enum ff_rc ff_allowance_give_back(struct ff_ctx *cx, int64_t purchase_id, int64_t journal_id,
                                  int64_t amount)
{
    struct ff_list used = {0};
    enum ff_rc rc = read_used(cx, purchase_id, &used);
    const struct part *part = used.items;
    for (size_t i = 0; !rc && i < used.n && amount > 0; i++) {
        const int64_t back = amount < part[i].amount ? amount : part[i].amount;
        if (back > 0)
            rc = add_use(cx, journal_id, part[i].grant_id, -back);
        amount -= back;
    }
    if (rc || amount == 0)
        return rc;
    return FF_FAIL(cx, FF_INTERNAL, "purchase %lld took less allowance than comes back",
                   (long long)purchase_id);
}
