/* SPDX-License-Identifier: MIT */
/* refund_lines.c - what of a purchase is given back: rows beside the journal, sealed with it. The
 * database refuses more than was bought. */
#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/post_parts.h"

/* Shares are rounded down; what that leaves over goes with the last piece. */
static int64_t share_of(int64_t whole, int64_t left, int64_t quantity, int64_t bought, bool is_last)
{
    int64_t product;
    return is_last || bought < 1 || !ff_money_mul(whole, quantity, &product) ? left
                                                                             : product / bought;
}

/* The pockets share a whole number of units, so nothing is left over. */
static void share_pockets(const struct ff_refund_line *left, struct ff_refund_line *out)
{
    const int64_t pockets[] = {left->subsidy, left->allowance,
                               left->gross - left->subsidy - left->allowance};
    int64_t parts[3];
    if (!ff_money_split(out->gross, pockets, 3, parts))
        return; /* nothing was paid, so nothing goes back */
    out->subsidy = parts[0];
    out->allowance = parts[1];
}

void ff_refund_share(const struct ff_refund_line *bought, const struct ff_refund_line *left,
                     int64_t quantity, struct ff_refund_line *out)
{
    const bool is_last = quantity == left->quantity;
    *out = (struct ff_refund_line){
        .line_no = bought->line_no,
        .quantity = quantity,
        .gross = share_of(bought->gross, left->gross, quantity, bought->quantity, is_last),
        .tax = share_of(bought->tax, left->tax, quantity, bought->quantity, is_last)};
    share_pockets(left, out);
}

static enum ff_rc add_line(struct ff_ctx *cx, const struct ff_posting *p,
                           const struct ff_refund_line *l)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_REFUND_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_PURCHASE, p->reverses_id);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_LINE_NO, l->line_no);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_JOURNAL, p->journal_id);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_QUANTITY, l->quantity);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_GROSS, l->gross);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_TAX, l->tax);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_SUBSIDY, l->subsidy);
    ff_db_int(st, FF_P_LEDGER_REFUND_ADD_ALLOWANCE, l->allowance);
    return ff_db_run(cx, st);
}

enum ff_rc ff_ledger_add_refunds(struct ff_ctx *cx, const struct ff_posting *p,
                                 struct ff_chain *chain)
{
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < p->n_refunds && !rc; i++) {
        ff_chain_refund(chain, p->reverses_id, &p->refunds[i]);
        rc = add_line(cx, p, &p->refunds[i]);
    }
    return rc;
}
