/* SPDX-License-Identifier: MIT */
/* create.c - selling: person, prices, totals, limit, floor and the booking as one job.
 * Prices come from the catalogue, never from the client. The order of the checks is that of
 * ledger.md, "Semantics"; a refusal leaves nothing, not even the key. */
#include "base/money.h"
#include "domain/catalog/product.h"
#include "domain/purchase/record.h"
#include "domain/site/site.h"

#include <stdio.h>
#include <string.h>

enum { QUANTITY_MAX = 99, MONTH_TEXT = 7 };

struct buyer {
    int64_t id, account_id, balance, floor;
    int64_t monthly_limit, month_spent; /* limit FF_NULL_INT: none */
    const char *name, *month, *device;
};

struct buy {
    const struct ff_purchase_new *in;
    const struct ff_idem *idem;
    struct ff_purchase *out;
    int64_t employee_id;
    struct ff_line *lines; /* products and quantities; the job adds names and prices */
    size_t n_lines;
    /* made anew by every run of the job */
    struct buyer buyer;
    int64_t total;
    struct ff_posting posting;
};

/* ---- the tray, before the writer is asked ---- */

static enum ff_rc bad_quantity(struct ff_ctx *cx, size_t i)
{
    const char *at = ff_arena_printf(cx->arena, "/items/%zu/quantity", i);
    return ff_field_range(cx, at ? at : "/items", "RANGE", 1, QUANTITY_MAX);
}

static struct ff_line *line_of(struct buy *b, int64_t product_id)
{
    for (size_t i = 0; i < b->n_lines; i++) {
        if (b->lines[i].product_id == product_id)
            return &b->lines[i];
    }
    return NULL;
}

/* The same product twice becomes one line, at its first place. */
static enum ff_rc merge(struct ff_ctx *cx, struct buy *b)
{
    const struct ff_purchase_item *item = b->in->items.items;
    if (b->in->items.n < 1 || b->in->items.n > FF_PURCHASE_MAX_LINES)
        return ff_field_range(cx, "/items", "LENGTH", 1, FF_PURCHASE_MAX_LINES);
    b->lines = ff_alloc(cx, b->in->items.n * sizeof *b->lines);
    if (!b->lines)
        return cx->err.rc;
    for (size_t i = 0; i < b->in->items.n; i++) {
        struct ff_line *line = line_of(b, item[i].product_id);
        if (item[i].quantity < 1 || item[i].quantity > QUANTITY_MAX)
            return bad_quantity(cx, i);
        if (!line) {
            line = &b->lines[b->n_lines++];
            line->product_id = item[i].product_id;
        }
        line->quantity += item[i].quantity;
        if (line->quantity > QUANTITY_MAX)
            return bad_quantity(cx, i);
    }
    return FF_OK;
}

/* ---- the checks, in their order ---- */

static enum ff_rc read_buyer(struct ff_ctx *cx, struct ff_stmt *st, struct buyer *out)
{
    *out = (struct buyer){
        .id = ff_db_col_int(st, FF_C_PURCHASE_BUYER_ID),
        .account_id = ff_db_col_int(st, FF_C_PURCHASE_BUYER_ACCOUNT_ID),
        .balance = ff_db_col_int(st, FF_C_PURCHASE_BUYER_BALANCE_MINOR),
        .floor = ff_db_col_int(st, FF_C_PURCHASE_BUYER_FLOOR_MINOR),
        .monthly_limit = ff_db_col_opt_int(st, FF_C_PURCHASE_BUYER_MONTHLY_LIMIT_MINOR),
        .month_spent = ff_db_col_int(st, FF_C_PURCHASE_BUYER_MONTH_SPENT_MINOR),
        .name = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_NAME),
        .month = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_MONTH),
        .device = ff_db_col_text(cx, st, FF_C_PURCHASE_BUYER_DEVICE),
    };
    if (!out->name || !out->month ||
        (!out->device && !ff_db_col_null(st, FF_C_PURCHASE_BUYER_DEVICE)))
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    if (ff_db_col_int(st, FF_C_PURCHASE_BUYER_IS_ACTIVE) == 0)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This person's account is not active.");
    return FF_OK;
}

static enum ff_rc find_buyer(struct ff_ctx *cx, struct buy *b)
{
    struct ff_reach reach = ff_reach_of(&cx->who);
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_BUYER, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_BUYER_EMPLOYEE, b->employee_id);
    ff_db_int(st, FF_P_PURCHASE_BUYER_DEVICE, cx->who.device_id);
    ff_db_int(st, FF_P_PURCHASE_BUYER_ALL, reach.all);
    ff_db_int(st, FF_P_PURCHASE_BUYER_SELF, reach.self);
    ff_db_opt_int(st, FF_P_PURCHASE_BUYER_DEPARTMENT, reach.department);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no person %lld.", (long long)b->employee_id);
    return read_buyer(cx, st, &b->buyer);
}

static enum ff_rc price(struct ff_ctx *cx, struct buy *b)
{
    b->total = 0;
    for (size_t i = 0; i < b->n_lines; i++) {
        struct ff_line *line = &b->lines[i];
        struct ff_product_sale sale;
        enum ff_rc rc = ff_product_for_sale(cx, line->product_id, &sale);
        if (rc)
            return rc;
        line->name = sale.name;
        line->unit_price = sale.price;
        line->tax_rate = sale.tax_rate;
        if (!ff_money_mul(sale.price, line->quantity, &line->total) ||
            !ff_money_tax(line->total, sale.tax_rate, &line->tax) ||
            !ff_money_add(b->total, line->total, &b->total) || b->total > FF_MONEY_TOTAL_MAX) {
            rc = FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "A purchase is at most %lld.",
                         (long long)FF_MONEY_TOTAL_MAX);
            ff_err_number(cx, "min", 1);
            ff_err_number(cx, "max", FF_MONEY_TOTAL_MAX);
            return rc;
        }
    }
    return FF_OK;
}

/* An amount as a person reads it. */
static const char *text(struct ff_ctx *cx, int64_t minor, char out[FF_AMOUNT_CAP])
{
    struct ff_site_settings settings = ff_site_get(cx);
    ff_site_amount(&settings, minor, out);
    return out;
}

static enum ff_rc check_expected(struct ff_ctx *cx, const struct buy *b)
{
    char was[FF_AMOUNT_CAP], is[FF_AMOUNT_CAP];
    int64_t expected = b->in->expected_total;
    if (expected == FF_NULL_INT || expected == b->total)
        return FF_OK;
    enum ff_rc rc = FF_FAIL(cx, FF_PRICE_CHANGED, "The total is %s, not %s.",
                            text(cx, b->total, is), text(cx, expected, was));
    ff_err_number(cx, "expected", expected);
    ff_err_number(cx, "total", b->total);
    return rc;
}

static enum ff_rc check_limit(struct ff_ctx *cx, const struct buy *b)
{
    const struct buyer *who = &b->buyer;
    char limit[FF_AMOUNT_CAP], used[FF_AMOUNT_CAP];
    bool is_stored = strncmp(who->month, b->posting.business_date, MONTH_TEXT) == 0;
    int64_t spent = is_stored ? who->month_spent : 0, after;
    if (who->monthly_limit == FF_NULL_INT ||
        (ff_money_add(spent, b->total, &after) && after <= who->monthly_limit))
        return FF_OK;
    enum ff_rc rc = FF_FAIL(cx, FF_MONTHLY_LIMIT, "%s of the month's limit of %s is spent.",
                            text(cx, spent, used), text(cx, who->monthly_limit, limit));
    ff_err_number(cx, "limit", who->monthly_limit);
    ff_err_number(cx, "spent", spent);
    ff_err_number(cx, "required", b->total);
    return rc;
}

/* ---- the booking and its answer ---- */

static enum ff_rc post(struct ff_ctx *cx, struct buy *b)
{
    struct ff_posting *p = &b->posting;
    p->entries[0] = (struct ff_entry){.account_id = b->buyer.account_id, .amount = -b->total};
    p->n_entries = 1;
    enum ff_rc rc = ff_ledger_add_sales(cx, p, b->lines, b->n_lines, 1);
    if (rc)
        return rc;
    p->wallet_id = b->buyer.account_id;
    p->wallet_balance = b->buyer.balance;
    p->employee_id = b->buyer.id;
    p->lines = b->lines;
    p->n_lines = b->n_lines;
    return ff_ledger_post(cx, p);
}

static enum ff_rc answer_lines(struct ff_ctx *cx, const struct buy *b, struct ff_list *out)
{
    struct ff_purchase_line *items = ff_alloc(cx, b->n_lines * sizeof *items);
    if (!items)
        return cx->err.rc;
    for (size_t i = 0; i < b->n_lines; i++) {
        const struct ff_line *l = &b->lines[i];
        items[i] = (struct ff_purchase_line){
            .line_no = (int64_t)i + 1,
            .product_id = l->product_id,
            .name = l->name,
            .quantity = l->quantity,
            .unit_price = l->unit_price,
            .total = l->total,
            .tax_rate = l->tax_rate,
            .tax = l->tax,
        };
    }
    *out = (struct ff_list){.items = items, .n = b->n_lines};
    return FF_OK;
}

/* From what was booked, without reading it back. */
static enum ff_rc answer(struct ff_ctx *cx, const struct buy *b)
{
    struct ff_undo_window window = ff_undo_window_now(cx);
    const char *date = ff_strdup(cx, b->posting.business_date);
    if (!date)
        return cx->err.rc;
    *b->out = (struct ff_purchase){
        .id = b->posting.journal_id,
        .employee_id = b->buyer.id,
        .employee_name = b->buyer.name,
        .recorded_at = b->posting.recorded_at_ms,
        .business_date = date,
        .total = b->total,
        .balance_after = b->buyer.balance - b->total,
        .device = b->buyer.device,
    };
    enum ff_rc rc = answer_lines(cx, b, &b->out->items);
    return rc ? rc : ff_purchase_complete(cx, &window, false, b->out);
}

/* The key is the caller's own and the request the same, so no reach is asked again. */
static enum ff_rc replay(struct ff_ctx *cx, int64_t journal_id, struct ff_purchase *out)
{
    const struct ff_reach everybody = {.all = 1, .department = FF_NULL_INT};
    enum ff_rc rc = ff_purchase_load(cx, journal_id, &everybody, out);
    out->replayed = 1;
    return rc;
}

static enum ff_rc buy(struct ff_ctx *cx, void *arg)
{
    struct buy *b = arg;
    int64_t booked = 0;
    memset(b->out, 0, sizeof *b->out);
    b->posting = (struct ff_posting){
        .kind = "purchase", .idem = b->idem, .enforce_floor = true, .counts_for_limits = true};
    enum ff_rc rc = ff_ledger_find_key(cx, b->idem, &booked);
    if (rc || booked)
        return rc ? rc : replay(cx, booked, b->out);
    if ((rc = find_buyer(cx, b)) || (rc = price(cx, b)) || (rc = check_expected(cx, b)) ||
        (rc = ff_ledger_date(cx, &b->posting)) || (rc = check_limit(cx, b)) ||
        (rc = ff_wallet_check_cover(cx, b->buyer.balance - b->buyer.floor, b->total)) ||
        (rc = post(cx, b)))
        return rc;
    return answer(cx, b);
}

enum ff_rc ff_purchase_create(struct ff_ctx *cx, const struct ff_purchase_new *in,
                              const struct ff_idem *idem, struct ff_purchase *out)
{
    struct buy b = {.in = in, .idem = idem, .out = out};
    bool is_own = in->employee_id == FF_NULL_INT;
    b.employee_id = is_own ? cx->who.employee_id : in->employee_id;
    if (is_own && !b.employee_id)
        return ff_field_fail(cx, "/employeeId", "REQUIRED", "Say who buys.");
    enum ff_rc rc = merge(cx, &b);
    return rc ? rc : ff_db_write(cx, buy, &b);
}
