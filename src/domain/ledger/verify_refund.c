/* SPDX-License-Identifier: MIT */
/* verify_refund.c - the lines of a refund: of a purchase, within what was bought and not yet given
 * back (I9), at the price that was paid, and together what the entries give back. */
#include <string.h>

#include "base/money.h"
#include "domain/ledger/verify_parts.h"

/* A line as it was bought, less what was given back before this journal. */
static enum ff_rc read_left(struct ff_verify *v, const struct ff_verify_one *o,
                            const struct ff_refund_line *l, struct ff_refund_line *bought,
                            struct ff_refund_line *left)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_REFUNDED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_REFUNDED_PURCHASE, o->j.reverses_id);
    ff_db_int(st, FF_P_VERIFY_REFUNDED_LINE_NO, l->line_no);
    ff_db_int(st, FF_P_VERIFY_REFUNDED_JOURNAL, o->j.id);
    if ((rc = ff_db_row(v->cx, st, &row)))
        return rc;
    if (!row)
        return ff_verify_bad(v, "refund_line", o->j.id, "purchase %lld has no line %lld",
                             (long long)o->j.reverses_id, (long long)l->line_no);
    bought->quantity = ff_db_col_int(st, FF_C_VERIFY_REFUNDED_QTY);
    bought->gross = ff_db_col_int(st, FF_C_VERIFY_REFUNDED_GROSS_MINOR);
    bought->tax = ff_db_col_int(st, FF_C_VERIFY_REFUNDED_TAX_MINOR);
    bought->subsidy = ff_db_col_int(st, FF_C_VERIFY_REFUNDED_SUBSIDY_MINOR);
    bought->allowance = ff_db_col_int(st, FF_C_VERIFY_REFUNDED_ALLOWANCE_MINOR);
    left->quantity = bought->quantity - ff_db_col_int(st, FF_C_VERIFY_REFUNDED_QTY_BEFORE);
    left->gross = bought->gross - ff_db_col_int(st, FF_C_VERIFY_REFUNDED_GROSS_BEFORE);
    left->tax = bought->tax - ff_db_col_int(st, FF_C_VERIFY_REFUNDED_TAX_BEFORE);
    left->subsidy = bought->subsidy - ff_db_col_int(st, FF_C_VERIFY_REFUNDED_SUBSIDY_BEFORE);
    left->allowance = bought->allowance - ff_db_col_int(st, FF_C_VERIFY_REFUNDED_ALLOWANCE_BEFORE);
    return FF_OK;
}

static enum ff_rc check_line(struct ff_verify *v, const struct ff_verify_one *o,
                             const struct ff_refund_line *l)
{
    struct ff_refund_line bought = {0}, left = {0}, share;
    enum ff_rc rc = read_left(v, o, l, &bought, &left);
    if (rc)
        return rc;
    if (l->line_no <= o->refunded.line_no || l->quantity > left.quantity)
        return ff_verify_differs(v, "refund_line", o, "qty, at most", left.quantity, l->quantity);
    ff_refund_share(&bought, &left, l->quantity, &share);
    const struct ff_verify_part parts[] = {
        {"refund_line", "gross_minor", share.gross, l->gross},
        {"refund_line", "tax_minor", share.tax, l->tax},
        {"refund_line", "subsidy_minor", share.subsidy, l->subsidy},
        {"refund_line", "allowance_minor", share.allowance, l->allowance},
    };
    return ff_verify_parts(v, o, parts, sizeof parts / sizeof parts[0]);
}

static struct ff_refund_line read_line(struct ff_stmt *st)
{
    return (struct ff_refund_line){.line_no = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_LINE_NO),
                                   .quantity = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_QTY),
                                   .gross = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_GROSS_MINOR),
                                   .tax = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_TAX_MINOR),
                                   .subsidy = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_SUBSIDY_MINOR),
                                   .allowance =
                                       ff_db_col_int(st, FF_C_VERIFY_REFUNDS_ALLOWANCE_MINOR)};
}

static void add(struct ff_refund_line *sums, const struct ff_refund_line *l)
{
    sums->line_no = l->line_no;
    sums->quantity += l->quantity;
    sums->gross += l->gross;
    sums->tax += l->tax;
    sums->subsidy += l->subsidy;
    sums->allowance += l->allowance;
}

enum ff_rc ff_verify_take_refunds(struct ff_verify *v, struct ff_verify_one *o)
{
    struct ff_stmt *st = v->refunds.st;
    enum ff_rc rc = FF_OK;
    while (!rc && v->refunds.row) {
        const int64_t id = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_JOURNAL_ID);
        const int64_t purchase = ff_db_col_int(st, FF_C_VERIFY_REFUNDS_PURCHASE_ID);
        const struct ff_refund_line l = read_line(st);
        if (id > o->j.id)
            break;
        if ((rc = ff_verify_owner(v, "refund_line", id, o->j.id)))
            return rc;
        if (purchase != o->j.reverses_id)
            return ff_verify_differs(v, "refund_line", o, "purchase_id", o->j.reverses_id,
                                     purchase);
        if ((rc = check_line(v, o, &l)))
            return rc;
        ff_chain_refund(&o->chain, purchase, &l);
        add(&o->refunded, &l);
        rc = ff_verify_next(v, &v->refunds);
    }
    return rc;
}

/* Whose purchase it was. */
static enum ff_rc read_buyer(struct ff_verify *v, const struct ff_verify_one *o, int64_t *employee)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_PURCHASES, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_PURCHASES_FIRST, o->j.reverses_id);
    ff_db_int(st, FF_P_VERIFY_PURCHASES_LAST, o->j.reverses_id);
    if ((rc = ff_db_row(v->cx, st, &row)))
        return rc;
    *employee = row ? ff_db_col_int(st, FF_C_VERIFY_PURCHASES_EMPLOYEE_ID) : 0;
    return row ? FF_OK
               : ff_verify_bad(v, "journal", o->j.id, "a refund of %lld, which is no purchase",
                               (long long)o->j.reverses_id);
}

enum ff_rc ff_verify_check_refund(struct ff_verify *v, const struct ff_verify_one *o)
{
    struct ff_chain_line paid = {0};
    const bool is_refund = strcmp(o->j.kind, "refund") == 0;
    int64_t employee = 0;
    if (is_refund != (o->refunded.quantity > 0))
        return ff_verify_bad(v, "journal", o->j.id, "of kind %s, yet it has %s refund lines",
                             o->j.kind, is_refund ? "no" : "some");
    if (!is_refund)
        return FF_OK;
    enum ff_rc rc = read_buyer(v, o, &employee);
    if (rc || (rc = ff_verify_by_kind(v, o, employee, &paid)))
        return rc;
    const struct ff_refund_line *sums = &o->refunded;
    const struct ff_verify_part parts[] = {
        {"refund_line", "sum of gross_minor", -paid.gross, sums->gross},
        {"refund_line", "sum of what the wallet got", -paid.wallet,
         sums->gross - sums->subsidy - sums->allowance},
        {"refund_line", "sum of subsidy_minor", -paid.subsidy, sums->subsidy},
        {"refund_line", "sum of allowance_minor", -paid.allowance, sums->allowance},
        {"refund_line", "sum of tax_minor", -paid.tax, sums->tax},
    };
    return ff_verify_parts(v, o, parts, sizeof parts / sizeof parts[0]);
}
