/* SPDX-License-Identifier: MIT */
/* verify_month.c - closed months against the journals that pass by: their ranges follow each other,
 * each account's statement is what its entries come to (I16), closing(n) is opening(n+1), and the
 * head that was kept is still the journal it was. The tail alone proves none of this. */
#include <string.h>

#include "domain/ledger/verify_parts.h"

/* ---- the statements of a month ---- */

struct part {
    const char *column;
    int64_t expected, found;
};

static enum ff_rc check_row(struct ff_verify *v, int64_t account_id,
                            const struct ff_verify_account *a, struct ff_stmt *st)
{
    if (!a)
        return ff_verify_bad(v, "statement", account_id, "there is no account %lld",
                             (long long)account_id);
    const struct part parts[] = {
        {"opening_minor", a->month.opening,
         ff_db_col_int(st, FF_C_VERIFY_STATEMENTS_OPENING_MINOR)},
        {"debit_minor", a->month.debit, ff_db_col_int(st, FF_C_VERIFY_STATEMENTS_DEBIT_MINOR)},
        {"credit_minor", a->month.credit, ff_db_col_int(st, FF_C_VERIFY_STATEMENTS_CREDIT_MINOR)},
        {"closing_minor", a->running, ff_db_col_int(st, FF_C_VERIFY_STATEMENTS_CLOSING_MINOR)},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].expected != parts[i].found)
            return ff_verify_bad(v, "statement", account_id, "%s: expected %lld, found %lld",
                                 parts[i].column, (long long)parts[i].expected,
                                 (long long)parts[i].found);
    }
    return FF_OK;
}

/* Only an account that neither holds nor moved anything may be without a row. */
static enum ff_rc check_none(struct ff_verify *v, const struct ff_verify_account *a)
{
    const bool is_persons = a->employee_id != 0;
    return is_persons && (a->running || a->month.opening || a->month.debit || a->month.credit)
               ? ff_verify_bad(v, "statement", a->id, "a closed month has no row of account %lld",
                               (long long)a->id)
               : FF_OK;
}

/* Rows and accounts are both by id. */
static enum ff_rc check_statements(struct ff_verify *v, const struct ff_verify_period *p)
{
    FF_STMT *st = NULL;
    bool row = false;
    size_t i = 0;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_STATEMENTS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_STATEMENTS_PERIOD, p->id);
    while (!rc && !(rc = ff_db_row(v->cx, st, &row)) && row) {
        const int64_t id = ff_db_col_int(st, FF_C_VERIFY_STATEMENTS_ACCOUNT_ID);
        for (; !rc && i < v->n_accounts && v->accounts[i].id < id; i++)
            rc = check_none(v, &v->accounts[i]);
        if (!rc)
            rc = check_row(v, id, ff_verify_account(v, id), st);
        i += i < v->n_accounts && v->accounts[i].id == id;
    }
    for (; !rc && i < v->n_accounts; i++)
        rc = check_none(v, &v->accounts[i]);
    return rc;
}

static enum ff_rc end_month(struct ff_verify *v, const struct ff_verify_period *p)
{
    enum ff_rc rc = check_statements(v, p);
    for (size_t i = 0; i < v->n_accounts; i++) {
        struct ff_verify_account *a = &v->accounts[i];
        a->month.opening = a->running;
        a->month.debit = a->month.credit = 0;
    }
    return rc;
}

/* ---- the range and the head of each ---- */

/* The next closed month from index i on. */
static const struct ff_verify_period *closed_from(const struct ff_verify *v, size_t *i)
{
    while (*i < v->n_periods && !v->periods[*i].is_closed)
        ++*i;
    return *i < v->n_periods ? &v->periods[*i] : NULL;
}

static enum ff_rc check_heads(struct ff_verify *v)
{
    const struct ff_verify_period *p;
    while ((p = closed_from(v, &v->closed_at)) && p->head == v->id) {
        if (memcmp(p->hash, v->hash, sizeof p->hash) != 0)
            return ff_verify_bad(
                v, "period", p->id,
                "closed_hash: not the hash of journal %lld, at which it was closed",
                (long long)p->head);
        v->closed_at++;
    }
    return FF_OK;
}

enum ff_rc ff_verify_months(struct ff_verify *v)
{
    const struct ff_verify_period *p;
    enum ff_rc rc = v->is_full ? check_heads(v) : FF_OK;
    while (!rc && v->is_full && (p = closed_from(v, &v->month)) && p->last == v->id) {
        rc = end_month(v, p);
        v->month++;
    }
    return rc;
}

enum ff_rc ff_verify_in_month(struct ff_verify *v, int64_t journal_id, int64_t period_id)
{
    const struct ff_verify_period *p = v->is_full ? closed_from(v, &v->month) : NULL;
    if (!p)
        return FF_OK;
    if (journal_id < p->first || journal_id > p->last || period_id != p->id)
        return ff_verify_bad(v, "period", p->id,
                             "its journals: expected %lld to %lld and no other, found %lld of "
                             "period %lld",
                             (long long)p->first, (long long)p->last, (long long)journal_id,
                             (long long)period_id);
    return FF_OK;
}

enum ff_rc ff_verify_months_end(struct ff_verify *v)
{
    const struct ff_verify_period *p = v->is_full ? closed_from(v, &v->month) : NULL;
    if (v->is_full && !p)
        p = closed_from(v, &v->closed_at);
    return p ? ff_verify_bad(v, "period", p->id,
                             "it was closed at journal %lld, which is not there",
                             (long long)p->head)
             : FF_OK;
}
