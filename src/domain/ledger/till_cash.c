/* SPDX-License-Identifier: MIT */
/* till_cash.c - through which drawer cash goes, and moving it from one to another. */
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/ledger/till_parts.h"

/* ---- which one ---- */

static enum ff_rc find_default(struct ff_ctx *cx, int64_t *account_id)
{
    FF_STMT *st = NULL;
    bool row = true;
    int64_t found = 0;
    size_t n = 0;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_ONLY, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row) {
        found = ff_db_col_int(st, FF_C_TILL_ONLY_ACCOUNT_ID);
        n++;
    }
    if (rc || n == 1) {
        *account_id = found;
        return rc;
    }
    return ff_ledger_account(cx, "cash:main", "cash", account_id);
}

enum ff_rc ff_till_account(struct ff_ctx *cx, int64_t id, bool must_be_open, int64_t *account_id)
{
    FF_STMT *st = NULL;
    bool row = false;
    if (!id)
        return find_default(cx, account_id);
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_STATE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_TILL_STATE_ID, id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no till %lld.", (long long)id);
    *account_id = ff_db_col_int(st, FF_C_TILL_STATE_ACCOUNT_ID);
    if (ff_db_col_int(st, FF_C_TILL_STATE_IS_OPEN) == 1)
        return FF_OK;
    return must_be_open ? FF_FAIL(cx, FF_TILL_CLOSED, "Till %lld is closed.", (long long)id)
                        : find_default(cx, account_id);
}

/* ---- from one to another ---- */

enum ff_rc ff_till_transfer(struct ff_ctx *cx, const struct ff_transfer *t)
{
    char key[FF_IDEM_KEY_CAP];
    struct ff_idem idem = *t->idem;
    (void)snprintf(key, sizeof key, "till-%s-%012lld", t->what, (long long)t->id);
    idem.key = key;
    idem.scope = 0;
    struct ff_posting p = {.kind = t->kind,
                           .idem = &idem,
                           .reason_code = t->reason_code,
                           .note = t->note,
                           .enforce_floor = true,
                           .entries = {{.account_id = t->from, .amount = -t->amount},
                                       {.account_id = t->to, .amount = t->amount}},
                           .n_entries = 2};
    return ff_ledger_post(cx, &p);
}

static enum ff_rc is_stray(struct ff_ctx *cx, int64_t account_id, bool *stray)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_TILL_STRAY, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_TILL_STRAY_ACCOUNT, account_id);
    return ff_db_row(cx, st, stray);
}

enum ff_rc ff_till_settle_void(struct ff_ctx *cx, const struct ff_posting *voided)
{
    for (size_t i = 0; i < voided->n_entries; i++) {
        const struct ff_entry *e = &voided->entries[i];
        struct ff_transfer t = {.kind = "transfer",
                                .what = "void",
                                .id = voided->journal_id,
                                .from = e->account_id,
                                .amount = e->amount,
                                .idem = voided->idem};
        bool stray = false;
        enum ff_rc rc =
            e->balance_after == FF_NULL_INT ? is_stray(cx, e->account_id, &stray) : FF_OK;
        if (stray && ((rc = find_default(cx, &t.to)) || (rc = ff_till_transfer(cx, &t))))
            return rc;
        if (rc)
            return rc;
    }
    return FF_OK;
}
