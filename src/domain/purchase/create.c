/* SPDX-License-Identifier: MIT */
/* create.c - selling: the tray, the steps in their order, the booking and its answer, as one job.
 * The order of the checks is that of ledger.md, "Semantics". */
#include <string.h>

#include "domain/purchase/sale.h"

/* ---- the tray, before the writer is asked ---- */

static enum ff_rc bad_quantity(struct ff_ctx *cx, size_t i)
{
    const char *at = ff_arena_printf(cx->arena, "/items/%zu/quantity", i);
    return ff_field_range(cx, at ? at : "/items", "RANGE", 1, FF_SALE_QUANTITY_MAX);
}

static struct ff_line *line_of(struct ff_sale *s, int64_t product_id)
{
    for (size_t i = 0; i < s->n_lines; i++) {
        if (s->lines[i].product_id == product_id)
            return &s->lines[i];
    }
    return NULL;
}

/* The same product twice becomes one line, at its first place. */
static enum ff_rc merge(struct ff_ctx *cx, struct ff_sale *s)
{
    const struct ff_purchase_item *item = s->in->items.items;
    if (s->in->items.n < 1 || s->in->items.n > FF_PURCHASE_MAX_LINES)
        return ff_field_range(cx, "/items", "LENGTH", 1, FF_PURCHASE_MAX_LINES);
    s->lines = ff_alloc(cx, s->in->items.n * sizeof *s->lines);
    s->stock = ff_alloc(cx, s->in->items.n * sizeof *s->stock);
    s->is_menu_only = ff_alloc(cx, s->in->items.n * sizeof *s->is_menu_only);
    s->rules = ff_alloc(cx, s->in->items.n * sizeof *s->rules);
    if (!s->lines || !s->stock || !s->is_menu_only || !s->rules)
        return cx->err.rc;
    for (size_t i = 0; i < s->in->items.n; i++) {
        struct ff_line *line = line_of(s, item[i].product_id);
        if (item[i].quantity < 1 || item[i].quantity > FF_SALE_QUANTITY_MAX)
            return bad_quantity(cx, i);
        if (!line) {
            line = &s->lines[s->n_lines++];
            line->product_id = item[i].product_id;
        }
        line->quantity += item[i].quantity;
        if (line->quantity > FF_SALE_QUANTITY_MAX)
            return bad_quantity(cx, i);
    }
    return FF_OK;
}

enum ff_rc ff_sale_read(struct ff_ctx *cx, const struct ff_purchase_new *in, struct ff_sale *s)
{
    const bool is_own = in->employee_id == FF_NULL_INT;
    s->in = in;
    s->undo_window = ff_site_get(cx).undo_seconds;
    s->employee_id = is_own ? cx->who.employee_id : in->employee_id;
    if (is_own && !s->employee_id)
        return ff_field_fail(cx, "/employeeId", "REQUIRED", "Say who buys.");
    enum ff_rc rc = ff_sale_may_override(cx, s);
    return rc ? rc : merge(cx, s);
}

/* ---- the booking and its answer ---- */

static enum ff_rc post(struct ff_ctx *cx, struct ff_sale *s)
{
    struct ff_posting *p = &s->posting;
    if (s->own)
        p->entries[p->n_entries++] =
            (struct ff_entry){.account_id = s->buyer.account_id, .amount = -s->own};
    enum ff_rc rc = ff_sale_add_payers(cx, s);
    if (rc || (rc = ff_ledger_add_sales(cx, p, s->lines, s->n_lines, 1)))
        return rc;
    p->wallet_id = s->buyer.account_id;
    p->wallet_balance = s->buyer.balance;
    p->employee_id = s->buyer.id;
    p->lines = s->lines;
    p->n_lines = s->n_lines;
    rc = ff_ledger_post(cx, p);
    return rc ? rc : ff_sale_record_payers(cx, s);
}

enum ff_rc ff_sale_lines(struct ff_ctx *cx, const struct ff_sale *s, struct ff_list *out)
{
    struct ff_purchase_line *items = ff_alloc(cx, s->n_lines * sizeof *items);
    if (!items)
        return cx->err.rc;
    for (size_t i = 0; i < s->n_lines; i++) {
        const struct ff_line *l = &s->lines[i];
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
    *out = (struct ff_list){.items = items, .n = s->n_lines};
    return FF_OK;
}

/* From what was booked, without reading it back. Part of the job: a caller who is told that memory
 * ran out is told that nothing was booked. */
static enum ff_rc answer(struct ff_ctx *cx, const struct ff_sale *s)
{
    const struct ff_undo_window window = {s->posting.recorded_at_ms, s->undo_window};
    const char *date = ff_strdup(cx, s->posting.business_date);
    if (!date)
        return cx->err.rc;
    *s->out = (struct ff_purchase){
        .id = s->posting.journal_id,
        .employee_id = s->buyer.id,
        .employee_name = s->buyer.name,
        .recorded_at = s->posting.recorded_at_ms,
        .business_date = date,
        .total = s->total,
        .subsidy = s->subsidy,
        .allowance = s->allowance,
        .own = s->own,
        .balance_after = s->buyer.balance - s->own,
        .device = s->buyer.device,
    };
    enum ff_rc rc = ff_sale_lines(cx, s, &s->out->items);
    return rc ? rc : ff_purchase_complete(cx, &window, s->undo_seconds, false, s->out);
}

/* The key is the caller's own and the request the same, so no reach is asked again. */
static enum ff_rc replay(struct ff_ctx *cx, int64_t journal_id, struct ff_purchase *out)
{
    const struct ff_reach everybody = {.all = 1, .department = FF_NULL_INT};
    enum ff_rc rc = ff_purchase_load(cx, journal_id, &everybody, out);
    out->replayed = 1;
    return rc;
}

enum ff_rc ff_sale_prepare(struct ff_ctx *cx, struct ff_sale *s, bool books)
{
    enum ff_rc rc;
    ff_sale_override(s);
    if ((rc = ff_sale_find_buyer(cx, s)) || (rc = ff_sale_check_blocked(cx, s)) ||
        (rc = ff_sale_check_open(cx, s)) || (rc = ff_sale_price(cx, s)) ||
        (rc = ff_sale_check_menu(cx, s)) || (rc = ff_sale_check_stock(cx, s)) ||
        (rc = ff_sale_check_expected(cx, s)) || (rc = ff_sale_check_restrictions(cx, s)) ||
        (rc = ff_sale_find_payers(cx, s, books)) || (rc = ff_sale_check_limits(cx, s)))
        return rc;
    return ff_sale_check_floor(cx, s);
}

static enum ff_rc buy(struct ff_ctx *cx, void *arg)
{
    struct ff_sale *s = arg;
    int64_t booked = 0;
    memset(s->out, 0, sizeof *s->out);
    s->posting = (struct ff_posting){
        .kind = "purchase", .idem = s->idem, .enforce_floor = true, .counts_for_limits = true};
    enum ff_rc rc = ff_ledger_find_key(cx, s->idem, &booked);
    if (rc || booked)
        return rc ? rc : replay(cx, booked, s->out);
    if ((rc = ff_ledger_date(cx, &s->posting)) || (rc = ff_sale_prepare(cx, s, true)) ||
        (rc = post(cx, s)))
        return rc;
    rc = ff_sale_take_stock(cx, s);
    return rc ? rc : answer(cx, s);
}

enum ff_rc ff_purchase_create(struct ff_ctx *cx, const struct ff_purchase_new *in,
                              const struct ff_idem *idem, struct ff_purchase *out)
{
    struct ff_sale s = {.idem = idem, .out = out};
    enum ff_rc rc = ff_sale_read(cx, in, &s);
    return rc ? rc : ff_db_write_lean(cx, buy, &s);
}
