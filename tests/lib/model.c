/* SPDX-License-Identifier: MIT */
/* model.c - the rules of ledger.md once more, without a database. */
#include "model.h"

#include <stdio.h>
#include <string.h>

struct ff_model ff_model;
const char *const ff_model_codes[FF_MODEL_ACCOUNTS] = {
    "revenue:sales", "vat:70000",         "vat:190000",      "cash:main",       "bank",
    "opening",       "adjust:correction", "adjust:goodwill", "adjust:writeoff",
};

static struct ff_model_person *person_of(const struct ff_model_command *c)
{
    return &ff_model.people[c->person];
}

static void move(struct ff_model_person *p, enum ff_model_account other, int64_t amount)
{
    p->balance += amount;
    ff_model.accounts[other] -= amount;
}

/* ---- counters ---- */

static void spend(struct ff_model_person *p, const char *date, int64_t amount)
{
    p->day_spent = strcmp(p->day, date) == 0 ? p->day_spent + amount : amount;
    p->month_spent = strncmp(p->month, date, 7) == 0 ? p->month_spent + amount : amount;
    snprintf(p->day, sizeof p->day, "%s", date);
    snprintf(p->month, sizeof p->month, "%.7s", date);
}

static void give_back(struct ff_model_person *p, const char *date, int64_t amount)
{
    if (strcmp(p->day, date) == 0)
        p->day_spent -= amount;
    if (strncmp(p->month, date, 7) == 0)
        p->month_spent -= amount;
}

/* ---- sales ---- */

/* gross * r / (10^6 + r), half to even. */
static int64_t tax_in(int64_t gross, int64_t rate)
{
    const int64_t top = gross * rate, bottom = 1000000 + rate;
    int64_t tax = top / bottom, rest = 2 * (top % bottom);
    return tax + (rest > bottom || (rest == bottom && tax % 2));
}

/* Revenue and tax of a line, once (sign 1) or back (-1). */
static void sell(int product, int64_t gross, int64_t tax, int sign)
{
    const int64_t rate = ff_model.rates[product];
    ff_model.accounts[FF_MODEL_REVENUE] += sign * (gross - tax);
    if (rate)
        ff_model.accounts[rate == 70000 ? FF_MODEL_VAT_7 : FF_MODEL_VAT_19] += sign * tax;
}

static enum ff_rc buy(struct ff_model_command *c)
{
    struct ff_model_person *p = person_of(c);
    const int64_t spent = strncmp(p->month, c->date, 7) == 0 ? p->month_spent : 0;
    int64_t gross = 0;
    for (int i = 0; i < c->n_lines; i++)
        gross += c->lines[i].gross = c->lines[i].quantity * ff_model.prices[c->lines[i].product];
    if (c->caller != FF_MODEL_OPERATOR && c->caller != c->person)
        return FF_NOT_FOUND;
    if (p->limit != FF_NULL_INT && spent + gross > p->limit)
        return FF_MONTHLY_LIMIT;
    if (p->balance - p->floor < gross)
        return FF_INSUFFICIENT_BALANCE;
    spend(p, c->date, gross);
    p->balance -= gross;
    c->amount = -gross;
    for (int i = 0; i < c->n_lines; i++) {
        struct ff_model_line *l = &c->lines[i];
        l->tax = tax_in(l->gross, ff_model.rates[l->product]);
        sell(l->product, l->gross, l->tax, 1);
    }
    return FF_OK;
}

static enum ff_rc undo(struct ff_model_command *c)
{
    struct ff_model_command *sale = &ff_model.book[c->target];
    if (c->caller != FF_MODEL_OPERATOR && c->caller != sale->person)
        return FF_NOT_FOUND;
    if (sale->is_undone)
        return FF_ALREADY_UNDONE;
    if (sale->is_refunded)
        return FF_ALREADY_REFUNDED;
    if (c->caller != FF_MODEL_OPERATOR && c->at_ms >= sale->at_ms + FF_MODEL_WINDOW_MS)
        return FF_UNDO_WINDOW;
    sale->is_undone = true;
    c->amount = -sale->amount;
    person_of(c)->balance += c->amount;
    give_back(person_of(c), sale->date, c->amount);
    for (int i = 0; i < sale->n_lines; i++)
        sell(sale->lines[i].product, sale->lines[i].gross, sale->lines[i].tax, -1);
    return FF_OK;
}

/* The last piece of a line takes what is left of its tax with it. */
static int64_t refund_line(struct ff_model_line *l, int64_t n)
{
    const bool is_last = l->quantity_back + n == l->quantity;
    const int64_t tax = is_last ? l->tax - l->tax_back : l->tax * n / l->quantity;
    const int64_t gross = ff_model.prices[l->product] * n;
    l->quantity_back += n;
    l->tax_back += tax;
    sell(l->product, gross, tax, -1);
    return gross;
}

static enum ff_rc refund(struct ff_model_command *c)
{
    struct ff_model_command *sale = &ff_model.book[c->target];
    int64_t left = 0;
    if (sale->is_undone)
        return FF_ALREADY_UNDONE;
    for (int i = 0; i < sale->n_lines; i++)
        if (c->piece_line < 0 || c->piece_line == i)
            left += sale->lines[i].quantity - sale->lines[i].quantity_back;
    if (left == 0 || (c->piece_line >= 0 && c->piece_n > left))
        return FF_ALREADY_REFUNDED;
    c->amount = 0;
    for (int i = 0; i < sale->n_lines; i++) {
        struct ff_model_line *l = &sale->lines[i];
        const int64_t all = l->quantity - l->quantity_back;
        const int64_t n = c->piece_line < 0 ? all : c->piece_line == i ? c->piece_n : 0;
        c->amount += n ? refund_line(l, n) : 0;
    }
    sale->is_refunded = true;
    person_of(c)->balance += c->amount;
    give_back(person_of(c), sale->date, c->amount);
    return FF_OK;
}

/* ---- movements ---- */

static enum ff_rc cover(const struct ff_model_person *p, int64_t floor, int64_t amount)
{
    const int64_t there = p->balance > floor ? p->balance - floor : 0;
    return amount <= there ? FF_OK : FF_INSUFFICIENT_BALANCE;
}

static enum ff_rc movement(struct ff_model_command *c)
{
    struct ff_model_person *p = person_of(c);
    enum ff_rc rc = FF_OK;
    if (c->kind == FF_MODEL_WRITEOFF && (p->balance >= 0 || c->amount > -p->balance))
        rc = FF_AMOUNT_OUT_OF_RANGE;
    else if (c->kind == FF_MODEL_PAYOUT)
        rc = cover(p, 0, -c->amount);
    else if (c->amount < 0)
        rc = cover(p, p->floor, -c->amount);
    if (!rc)
        move(p, c->account, c->amount);
    return rc;
}

static enum ff_rc take_back(struct ff_model_command *c)
{
    struct ff_model_command *was = &ff_model.book[c->target];
    struct ff_model_person *p = person_of(c);
    if (was->is_undone)
        return FF_ALREADY_UNDONE;
    c->amount = -was->amount;
    if (c->amount < 0 && !c->is_bank_return && cover(p, p->floor, -c->amount))
        return FF_INSUFFICIENT_BALANCE;
    was->is_undone = true;
    move(p, was->account, c->amount);
    return FF_OK;
}

enum ff_rc ff_model_do(struct ff_model_command *c)
{
    enum ff_rc rc;
    switch (c->kind) {
    case FF_MODEL_BUY:
        rc = buy(c);
        break;
    case FF_MODEL_UNDO:
        rc = undo(c);
        break;
    case FF_MODEL_REFUND:
        rc = refund(c);
        break;
    case FF_MODEL_TAKE_BACK:
        rc = take_back(c);
        break;
    default:
        rc = movement(c);
    }
    c->balance_after = person_of(c)->balance;
    return rc;
}
