/* SPDX-License-Identifier: MIT */
/* refund.c - a refund as one job: the purchase, what is left of its lines, the shares, the booking.
 * Source: ledger.md, "Refund". */
#include "domain/purchase/refund.h"

#include <string.h>

#include "domain/common/list.h"
#include "domain/purchase/record.h"
#include "domain/stock/stock.h"
#include "domain/subsidy/allowance.h"

enum { DAY_MS = 86400000 };

const char *const ff_refund_reasons[] = {"spoilt",   "wrong_item", "not_delivered",
                                         "goodwill", "other",      NULL};

struct line {
    struct ff_refund_line bought, left;
    int64_t product_id, tax_rate;
};

struct refund {
    int64_t id;
    const struct ff_refund_new *in;
    const struct ff_idem *idem;
    struct ff_refund *out;
    /* made anew by every run of the job */
    struct ff_purchase purchase;
    struct line *lines; /* of the purchase, by number */
    size_t n_lines;
    struct ff_refund_line *back; /* what goes back, by number */
    struct ff_line *money;       /* the same, for the entries */
    size_t n_back;
};

/* ---- may it be? ---- */

static enum ff_rc may_refund(struct ff_ctx *cx, const struct ff_purchase *p)
{
    const int64_t age = ff_clock_now_ms(cx->clock) - p->recorded_at;
    if (p->employee_id == cx->who.employee_id)
        return FF_FAIL(cx, FF_REFUND_OWN, "Someone else must do this refund.");
    if (p->undone)
        return FF_FAIL(cx, FF_ALREADY_UNDONE, "Purchase %lld was undone before.", (long long)p->id);
    if (!cx->who.is_cli && age > FF_REFUND_DAYS * (int64_t)DAY_MS)
        return FF_FAIL(cx, FF_UNDO_WINDOW, "A purchase is refunded within %d days.",
                       (int)FF_REFUND_DAYS);
    return FF_OK;
}

/* ---- what is left ---- */

static void read_line(struct ff_stmt *st, struct line *l)
{
    l->product_id = ff_db_col_int(st, FF_C_PURCHASE_LEFT_PRODUCT_ID);
    l->tax_rate = ff_db_col_int(st, FF_C_PURCHASE_LEFT_TAX_RATE_PPM);
    l->bought =
        (struct ff_refund_line){.line_no = ff_db_col_int(st, FF_C_PURCHASE_LEFT_LINE_NO),
                                .quantity = ff_db_col_int(st, FF_C_PURCHASE_LEFT_QTY),
                                .gross = ff_db_col_int(st, FF_C_PURCHASE_LEFT_GROSS_MINOR),
                                .tax = ff_db_col_int(st, FF_C_PURCHASE_LEFT_TAX_MINOR),
                                .subsidy = ff_db_col_int(st, FF_C_PURCHASE_LEFT_SUBSIDY_MINOR),
                                .allowance = ff_db_col_int(st, FF_C_PURCHASE_LEFT_ALLOWANCE_MINOR)};
    l->left = (struct ff_refund_line){
        .line_no = l->bought.line_no,
        .quantity = l->bought.quantity - ff_db_col_int(st, FF_C_PURCHASE_LEFT_QTY_BACK),
        .gross = l->bought.gross - ff_db_col_int(st, FF_C_PURCHASE_LEFT_GROSS_BACK),
        .tax = l->bought.tax - ff_db_col_int(st, FF_C_PURCHASE_LEFT_TAX_BACK),
        .subsidy = l->bought.subsidy - ff_db_col_int(st, FF_C_PURCHASE_LEFT_SUBSIDY_BACK),
        .allowance = l->bought.allowance - ff_db_col_int(st, FF_C_PURCHASE_LEFT_ALLOWANCE_BACK)};
}

static enum ff_rc read_left(struct ff_ctx *cx, struct refund *r)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LEFT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_LEFT_ID, r->id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct line *l = ff_rows_add(cx, &rows, sizeof *l);
        if (!l)
            return cx->err.rc;
        read_line(st, l);
    }
    r->lines = rows.list.items;
    r->n_lines = rows.list.n;
    return rc;
}

/* ---- what goes back ---- */

static enum ff_rc nothing_left(struct ff_ctx *cx, int64_t line_no, int64_t left)
{
    enum ff_rc rc =
        FF_FAIL(cx, FF_ALREADY_REFUNDED, "Of this, %lld can still be refunded.", (long long)left);
    ff_err_number(cx, "lineNo", line_no);
    ff_err_number(cx, "left", left);
    return rc;
}

static enum ff_rc bad_line(struct ff_ctx *cx, size_t i, const char *detail)
{
    const char *at = ff_arena_printf(cx->arena, "/lines/%zu/lineNo", i);
    return ff_field_fail(cx, at ? at : "/lines", "VALUE", detail);
}

/* How many pieces of a line are asked for; 0: none. */
static enum ff_rc asked(struct ff_ctx *cx, const struct refund *r, const struct line *l,
                        int64_t *quantity)
{
    const struct ff_refund_piece *piece = r->in->lines.items;
    *quantity = r->in->lines.n ? 0 : l->left.quantity;
    for (size_t i = 0; i < r->in->lines.n; i++) {
        if (piece[i].line_no != l->bought.line_no)
            continue;
        if (*quantity)
            return bad_line(cx, i, "This line is named twice.");
        *quantity = piece[i].quantity;
    }
    return *quantity > l->left.quantity ? nothing_left(cx, l->bought.line_no, l->left.quantity)
                                        : FF_OK;
}

static enum ff_rc check_names(struct ff_ctx *cx, const struct refund *r)
{
    const struct ff_refund_piece *piece = r->in->lines.items;
    for (size_t i = 0; i < r->in->lines.n; i++) {
        if (piece[i].line_no < 1 || piece[i].line_no > (int64_t)r->n_lines)
            return bad_line(cx, i, "The receipt has no such line.");
    }
    return FF_OK;
}

static enum ff_rc gather(struct ff_ctx *cx, struct refund *r)
{
    enum ff_rc rc = check_names(cx, r);
    r->back = ff_alloc(cx, (r->n_lines + 1) * sizeof *r->back);
    r->money = ff_alloc(cx, (r->n_lines + 1) * sizeof *r->money);
    r->n_back = 0;
    if (!r->back || !r->money)
        return cx->err.rc;
    for (size_t i = 0; i < r->n_lines && !rc; i++) {
        const struct line *l = &r->lines[i];
        int64_t quantity;
        if ((rc = asked(cx, r, l, &quantity)) || quantity == 0)
            continue;
        struct ff_refund_line *back = &r->back[r->n_back];
        ff_refund_share(&l->bought, &l->left, quantity, back);
        r->money[r->n_back++] = (struct ff_line){.product_id = l->product_id,
                                                 .quantity = quantity,
                                                 .total = back->gross,
                                                 .tax = back->tax,
                                                 .tax_rate = l->tax_rate};
    }
    return rc || r->n_back ? rc : nothing_left(cx, 0, 0);
}

/* ---- the booking ---- */

static struct ff_refund_line sum(const struct refund *r)
{
    struct ff_refund_line sums = {0};
    for (size_t i = 0; i < r->n_back; i++) {
        sums.gross += r->back[i].gross;
        sums.subsidy += r->back[i].subsidy;
        sums.allowance += r->back[i].allowance;
    }
    return sums;
}

/* The account of the employer that the purchase was booked on. */
static enum ff_rc credit_employer(struct ff_ctx *cx, int64_t purchase_id, int64_t amount,
                                  struct ff_posting *p)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_SUBSIDY_ACCOUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_SUBSIDY_ACCOUNT_ID, purchase_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_INTERNAL, "purchase %lld has no subsidy", (long long)purchase_id);
    p->entries[p->n_entries++] = (struct ff_entry){
        .account_id = ff_db_col_int(st, FF_C_PURCHASE_SUBSIDY_ACCOUNT_ID), .amount = amount};
    return FF_OK;
}

static void credit(struct ff_posting *p, int64_t account_id, int64_t amount)
{
    if (amount)
        p->entries[p->n_entries++] = (struct ff_entry){.account_id = account_id, .amount = amount};
}

static enum ff_rc fill(struct ff_ctx *cx, struct refund *r, const struct ff_wallet *w,
                       struct ff_posting *p)
{
    const struct ff_refund_line sums = sum(r);
    const int64_t own = sums.gross - sums.subsidy - sums.allowance;
    enum ff_rc rc = ff_wallet_check_room(cx, w->balance, own);
    credit(p, w->account_id, own);
    credit(p, w->allowance_id, sums.allowance);
    if (!rc && sums.subsidy)
        rc = credit_employer(cx, r->id, sums.subsidy, p);
    return rc ? rc : ff_ledger_add_sales(cx, p, r->money, r->n_back, -1);
}

static void answer(struct refund *r, const struct ff_wallet *w, const struct ff_posting *p)
{
    const struct ff_refund_line sums = sum(r);
    const int64_t own = sums.gross - sums.subsidy - sums.allowance;
    *r->out = (struct ff_refund){.id = p->journal_id,
                                 .purchase_id = r->id,
                                 .employee_id = r->purchase.employee_id,
                                 .lines = {.items = r->back, .n = r->n_back},
                                 .amount = own,
                                 .subsidy = sums.subsidy,
                                 .allowance = sums.allowance,
                                 .balance_after = w->balance + own,
                                 .recorded_at = p->recorded_at_ms,
                                 .reason = r->in->reason};
}

/* To the shelf, when the caller says so. */
static enum ff_rc restock(struct ff_ctx *cx, const struct refund *r, int64_t journal_id)
{
    if (r->in->restock != 1)
        return FF_OK;
    struct ff_stock_pieces *pieces = ff_alloc(cx, r->n_back * sizeof *pieces);
    if (!pieces)
        return cx->err.rc;
    for (size_t i = 0; i < r->n_back; i++)
        pieces[i] = (struct ff_stock_pieces){r->money[i].product_id, r->money[i].quantity};
    enum ff_rc rc = ff_stock_put_back(cx, r->id, journal_id, pieces, r->n_back);
    return rc ? rc : ff_stock_restocked(cx, journal_id, &r->out->restocked);
}

static enum ff_rc post(struct ff_ctx *cx, struct refund *r)
{
    struct ff_wallet wallet;
    struct ff_posting p = {.kind = "refund",
                           .idem = r->idem,
                           .employee_id = r->purchase.employee_id,
                           .reason_code = r->in->reason,
                           .note = r->in->note,
                           .enforce_floor = true,
                           .reverses_id = r->id,
                           .refunds = r->back,
                           .n_refunds = r->n_back,
                           .counts_for_limits = true,
                           .returns_to = r->purchase.business_date};
    enum ff_rc rc = ff_wallet_get(cx, r->purchase.employee_id, &wallet);
    if (rc)
        return rc;
    p.wallet_id = wallet.account_id;
    p.wallet_balance = wallet.balance;
    p.allowance_id = wallet.allowance_id;
    p.allowance_balance = wallet.allowance;
    if ((rc = fill(cx, r, &wallet, &p)) || (rc = ff_ledger_post(cx, &p)))
        return rc;
    answer(r, &wallet, &p);
    if (r->out->allowance &&
        (rc = ff_allowance_give_back(cx, r->id, p.journal_id, r->out->allowance)))
        return rc;
    return restock(cx, r, p.journal_id);
}

/* ---- the same again ---- */

static enum ff_rc read_row(struct ff_ctx *cx, int64_t journal_id, struct ff_refund *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_REFUND_ROW, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_REFUND_ROW_ID, journal_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct ff_refund){
        .id = journal_id,
        .purchase_id = ff_db_col_int(st, FF_C_PURCHASE_REFUND_ROW_PURCHASE_ID),
        .employee_id = ff_db_col_int(st, FF_C_PURCHASE_REFUND_ROW_EMPLOYEE_ID),
        .balance_after = ff_db_col_int(st, FF_C_PURCHASE_REFUND_ROW_BALANCE_AFTER),
        .recorded_at = ff_db_col_int(st, FF_C_PURCHASE_REFUND_ROW_RECORDED_AT_MS),
        .reason = ff_db_col_text(cx, st, FF_C_PURCHASE_REFUND_ROW_REASON_CODE),
        .replayed = 1};
    return out->reason ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc replay(struct ff_ctx *cx, int64_t journal_id, struct ff_refund *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = read_row(cx, journal_id, out);
    if (rc || (rc = ff_db_query(cx, FF_Q_PURCHASE_REFUND_LINES, &st)))
        return rc;
    ff_db_int(st, FF_P_PURCHASE_REFUND_LINES_ID, journal_id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_refund_line *l = ff_rows_add(cx, &rows, sizeof *l);
        if (!l)
            return cx->err.rc;
        *l = (struct ff_refund_line){
            .line_no = ff_db_col_int(st, FF_C_PURCHASE_REFUND_LINES_LINE_NO),
            .quantity = ff_db_col_int(st, FF_C_PURCHASE_REFUND_LINES_QTY),
            .gross = ff_db_col_int(st, FF_C_PURCHASE_REFUND_LINES_GROSS_MINOR),
            .tax = ff_db_col_int(st, FF_C_PURCHASE_REFUND_LINES_TAX_MINOR),
            .subsidy = ff_db_col_int(st, FF_C_PURCHASE_REFUND_LINES_SUBSIDY_MINOR),
            .allowance = ff_db_col_int(st, FF_C_PURCHASE_REFUND_LINES_ALLOWANCE_MINOR)};
        out->subsidy += l->subsidy;
        out->allowance += l->allowance;
        out->amount += l->gross - l->subsidy - l->allowance;
    }
    out->lines = rows.list;
    return rc ? rc : ff_stock_restocked(cx, journal_id, &out->restocked);
}

static enum ff_rc refund(struct ff_ctx *cx, void *arg)
{
    struct refund *r = arg;
    struct ff_reach reach = ff_reach_of(&cx->who);
    int64_t booked = 0;
    memset(r->out, 0, sizeof *r->out);
    enum ff_rc rc = ff_ledger_find_key(cx, r->idem, &booked);
    if (rc || booked)
        return rc ? rc : replay(cx, booked, r->out);
    if ((rc = ff_purchase_load_row(cx, r->id, &reach, &r->purchase, NULL)) ||
        (rc = may_refund(cx, &r->purchase)) || (rc = read_left(cx, r)) || (rc = gather(cx, r)))
        return rc;
    return post(cx, r);
}

enum ff_rc ff_purchase_refund(struct ff_ctx *cx, int64_t id, const struct ff_refund_new *in,
                              const struct ff_idem *idem, struct ff_refund *out)
{
    struct refund r = {.id = id, .in = in, .idem = idem, .out = out};
    return ff_db_write(cx, refund, &r);
}
