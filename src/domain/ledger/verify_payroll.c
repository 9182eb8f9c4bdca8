/* SPDX-License-Identifier: MIT */
/* verify_payroll.c - payroll against the books: each item is what its journals moved, and an
 * account of payroll holds exactly the items that are neither rejected nor confirmed, so nothing
 * once all are (I17). */
#include "domain/ledger/verify_parts.h"

static enum ff_rc check_items(struct ff_verify *v)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_PAYROLL_ITEMS, &st);
    if (rc || (rc = ff_db_row(v->cx, st, &row)) || !row)
        return rc;
    return ff_verify_bad(v, "payroll_item", ff_db_col_int(st, FF_C_VERIFY_PAYROLL_ITEMS_BATCH_ID),
                         "the item of person %lld is not what its journals moved",
                         (long long)ff_db_col_int(st, FF_C_VERIFY_PAYROLL_ITEMS_EMPLOYEE_ID));
}

enum ff_rc ff_verify_payroll(struct ff_verify *v)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = v->is_full ? check_items(v) : FF_OK;
    if (rc || !v->is_full || (rc = ff_db_query(v->cx, FF_Q_VERIFY_PAYROLL_ACCOUNTS, &st)))
        return rc;
    while (!(rc = ff_db_row(v->cx, st, &row)) && row) {
        const int64_t id = ff_db_col_int(st, FF_C_VERIFY_PAYROLL_ACCOUNTS_ACCOUNT_ID);
        const int64_t open = ff_db_col_int(st, FF_C_VERIFY_PAYROLL_ACCOUNTS_OPEN_MINOR);
        const struct ff_verify_account *a = ff_verify_account(v, id);
        if (a && a->running != -open)
            return ff_verify_bad(v, "account", id, "payroll: expected %lld, found %lld",
                                 (long long)-open, (long long)a->running);
    }
    return rc;
}
