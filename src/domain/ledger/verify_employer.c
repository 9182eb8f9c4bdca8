/* SPDX-License-Identifier: MIT */
/* verify_employer.c - what the employer gave, beside the books: the slots that rules paid for, the
 * grants that allowances are made of. That a slot is paid once is the database's own guard (I14);
 * here each grant is held against its purchase, and each allowance against its account. */
#include "domain/ledger/verify_parts.h"

enum ff_rc ff_verify_subsidies(struct ff_verify *v, const int64_t range[2])
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_SUBSIDIES, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_SUBSIDIES_FIRST, range[0]);
    ff_db_int(st, FF_P_VERIFY_SUBSIDIES_LAST, range[1]);
    if ((rc = ff_db_row(v->cx, st, &row)) || !row)
        return rc;
    return ff_verify_bad(v, "subsidy_grant", ff_db_col_int(st, FF_C_VERIFY_SUBSIDIES_ID),
                         "it does not say what its purchase and its void say");
}

enum ff_rc ff_verify_allowances(struct ff_verify *v)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_ALLOWANCES, &st);
    if (rc)
        return rc;
    while (!(rc = ff_db_row(v->cx, st, &row)) && row) {
        const int64_t id = ff_db_col_int(st, FF_C_VERIFY_ALLOWANCES_ID);
        const int64_t balance = ff_db_col_int(st, FF_C_VERIFY_ALLOWANCES_BALANCE_MINOR);
        const int64_t left = ff_db_col_int(st, FF_C_VERIFY_ALLOWANCES_LEFT_MINOR);
        const int64_t unused = ff_db_col_int(st, FF_C_VERIFY_ALLOWANCES_UNUSED_MINOR);
        if (left != balance || left != unused)
            return ff_verify_bad(v, "allowance_grant", id,
                                 "left of account %lld: expected %lld, found %lld, unused %lld",
                                 (long long)id, (long long)balance, (long long)left,
                                 (long long)unused);
    }
    return rc;
}
