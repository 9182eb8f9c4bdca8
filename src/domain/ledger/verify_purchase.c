/* SPDX-License-Identifier: MIT */
/* verify_purchase.c - the purchase of a journal and its lines: read side by side with the journal,
 * and held against its entries. */
#include <string.h>

#include "base/money.h"
#include "domain/ledger/verify_parts.h"

enum ff_rc ff_verify_take_purchase(struct ff_verify *v, struct ff_verify_one *o)
{
    struct ff_stmt *st = v->purchases.st;
    struct ff_chain_purchase *p = &o->purchase;
    if (!v->purchases.row)
        return FF_OK;
    int64_t id = ff_db_col_int(st, FF_C_VERIFY_PURCHASES_JOURNAL_ID);
    if (id > o->j.id)
        return FF_OK;
    enum ff_rc rc = ff_verify_owner(v, "purchase", id, o->j.id);
    if (rc)
        return rc;
    o->has_purchase = true;
    p->employee_id = ff_db_col_int(st, FF_C_VERIFY_PURCHASES_EMPLOYEE_ID);
    p->gross = ff_db_col_int(st, FF_C_VERIFY_PURCHASES_GROSS_MINOR);
    p->wallet = ff_db_col_int(st, FF_C_VERIFY_PURCHASES_WALLET_MINOR);
    p->allowance = ff_db_col_int(st, FF_C_VERIFY_PURCHASES_ALLOWANCE_MINOR);
    p->subsidy = ff_db_col_int(st, FF_C_VERIFY_PURCHASES_SUBSIDY_MINOR);
    v->report->purchases++;
    ff_chain_purchase(&o->chain, p);
    return ff_verify_next(v, &v->purchases);
}

static enum ff_rc read_line(struct ff_verify *v, struct ff_chain_line *l)
{
    struct ff_stmt *st = v->lines.st;
    *l = (struct ff_chain_line){
        .line_no = ff_db_col_int(st, FF_C_VERIFY_LINES_LINE_NO),
        .product_id = ff_db_col_int(st, FF_C_VERIFY_LINES_PRODUCT_ID),
        .quantity = ff_db_col_int(st, FF_C_VERIFY_LINES_QTY),
        .unit_price = ff_db_col_int(st, FF_C_VERIFY_LINES_UNIT_PRICE_MINOR),
        .gross = ff_db_col_int(st, FF_C_VERIFY_LINES_GROSS_MINOR),
        .tax_rate_ppm = ff_db_col_int(st, FF_C_VERIFY_LINES_TAX_RATE_PPM),
        .tax = ff_db_col_int(st, FF_C_VERIFY_LINES_TAX_MINOR),
        .subsidy = ff_db_col_int(st, FF_C_VERIFY_LINES_SUBSIDY_MINOR),
        .allowance = ff_db_col_int(st, FF_C_VERIFY_LINES_ALLOWANCE_MINOR),
        .wallet = ff_db_col_int(st, FF_C_VERIFY_LINES_WALLET_MINOR),
    };
    return ff_verify_text(v, st, FF_C_VERIFY_LINES_NAME_SNAPSHOT, &l->name);
}

static enum ff_rc check_line(struct ff_verify *v, const struct ff_verify_one *o,
                             const struct ff_chain_line *l)
{
    int64_t gross, parts, tax;
    if (l->line_no != o->sums.line_no + 1)
        return ff_verify_differs(v, "purchase_line", o, "line_no", o->sums.line_no + 1, l->line_no);
    if (!ff_money_mul(l->unit_price, l->quantity, &gross) || gross != l->gross)
        return ff_verify_bad(v, "purchase_line", o->j.id,
                             "gross_minor of line %lld: expected %lld times %lld, found %lld",
                             (long long)l->line_no, (long long)l->quantity,
                             (long long)l->unit_price, (long long)l->gross);
    if (!ff_money_add(l->subsidy, l->allowance, &parts) ||
        !ff_money_add(parts, l->wallet, &parts) || parts != l->gross)
        return ff_verify_bad(v, "purchase_line", o->j.id,
                             "parts of line %lld: expected %lld in all", (long long)l->line_no,
                             (long long)l->gross);
    if (!ff_money_tax(l->gross, l->tax_rate_ppm, &tax) || tax != l->tax)
        return ff_verify_bad(v, "purchase_line", o->j.id,
                             "tax_minor of line %lld does not follow from its rate: found %lld",
                             (long long)l->line_no, (long long)l->tax);
    return FF_OK;
}

static bool add_line(struct ff_chain_line *sums, const struct ff_chain_line *l)
{
    sums->line_no++;
    return ff_money_add(sums->gross, l->gross, &sums->gross) &&
           ff_money_add(sums->tax, l->tax, &sums->tax) &&
           ff_money_add(sums->subsidy, l->subsidy, &sums->subsidy) &&
           ff_money_add(sums->allowance, l->allowance, &sums->allowance) &&
           ff_money_add(sums->wallet, l->wallet, &sums->wallet);
}

enum ff_rc ff_verify_take_lines(struct ff_verify *v, struct ff_verify_one *o)
{
    enum ff_rc rc = FF_OK;
    while (!rc && v->lines.row) {
        struct ff_chain_line l;
        int64_t id = ff_db_col_int(v->lines.st, FF_C_VERIFY_LINES_JOURNAL_ID);
        if (id > o->j.id)
            break;
        if ((rc = ff_verify_owner(v, "purchase_line", id, o->j.id)) || (rc = read_line(v, &l)) ||
            (rc = check_line(v, o, &l)))
            return rc;
        if (!add_line(&o->sums, &l))
            return ff_verify_bad(v, "purchase_line", id, "the sum of the lines: overflow");
        v->report->lines++;
        ff_chain_line(&o->chain, &l);
        rc = ff_verify_next(v, &v->lines);
    }
    return rc;
}

enum ff_rc ff_verify_parts(struct ff_verify *v, const struct ff_verify_one *o,
                           const struct ff_verify_part *part, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (part[i].expected != part[i].found)
            return ff_verify_differs(v, part[i].table, o, part[i].what, part[i].expected,
                                     part[i].found);
    }
    return FF_OK;
}

/* A wallet that is not the buyer's is a finding of its own. */
enum ff_rc ff_verify_by_kind(struct ff_verify *v, const struct ff_verify_one *o,
                             int64_t employee_id, struct ff_chain_line *out)
{
    for (size_t i = 0; i < o->n_entries; i++) {
        const struct ff_entry *e = &o->entries[i];
        const struct ff_verify_account *a = ff_verify_account(v, e->account_id);
        if (a->has_wallet && a->employee_id != employee_id)
            return ff_verify_differs(v, "purchase", o, "employee_id", a->employee_id, employee_id);
        if (strcmp(a->kind, "allowance") == 0)
            out->allowance -= e->amount;
        else if (a->has_wallet)
            out->wallet -= e->amount;
        else if (strcmp(a->kind, "subsidy") == 0)
            out->subsidy -= e->amount;
        else
            out->gross += e->amount;
        if (strcmp(a->kind, "vat") == 0)
            out->tax += e->amount;
    }
    return FF_OK;
}

enum ff_rc ff_verify_check_purchase(struct ff_verify *v, const struct ff_verify_one *o)
{
    const struct ff_chain_purchase *p = &o->purchase;
    struct ff_chain_line paid = {0};
    bool is_purchase = strcmp(o->j.kind, "purchase") == 0;
    if (is_purchase != o->has_purchase)
        return ff_verify_bad(v, "journal", o->j.id, "of kind %s, yet it has %s purchase row",
                             o->j.kind, o->has_purchase ? "a" : "no");
    if (!is_purchase)
        return o->sums.line_no ? ff_verify_bad(v, "purchase_line", o->j.id,
                                               "a line of a journal of kind %s", o->j.kind)
                               : FF_OK;
    enum ff_rc rc = ff_verify_by_kind(v, o, p->employee_id, &paid);
    if (rc)
        return rc;
    const struct ff_verify_part parts[] = {
        {"purchase", "gross_minor by its entries", paid.gross, p->gross},
        {"purchase", "wallet_minor by its entries", paid.wallet, p->wallet},
        {"purchase", "allowance_minor by its entries", paid.allowance, p->allowance},
        {"purchase", "subsidy_minor by its entries", paid.subsidy, p->subsidy},
        {"purchase_line", "sum of tax_minor", paid.tax, o->sums.tax},
        {"purchase_line", "sum of gross_minor", p->gross, o->sums.gross},
        {"purchase_line", "sum of wallet_minor", p->wallet, o->sums.wallet},
        {"purchase_line", "sum of allowance_minor", p->allowance, o->sums.allowance},
        {"purchase_line", "sum of subsidy_minor", p->subsidy, o->sums.subsidy},
    };
    return ff_verify_parts(v, o, parts, sizeof parts / sizeof parts[0]);
}
