/* SPDX-License-Identifier: MIT */
/* restrictions.c - who may not buy, what they may not buy, and how many pieces of it. Costs no
 * statement unless the person has bans or a product on the tray has a cap for the day; then one.
 * Source: ledger.md, "Limits". */
#include "domain/purchase/sale.h"

enum { LONGEST_DAY_MS = 26 * 3600000 };

enum ff_rc ff_sale_check_blocked(struct ff_ctx *cx, const struct ff_sale *s)
{
    return s->buyer.is_blocked && !s->in->override
               ? FF_FAIL(cx, FF_EMPLOYEE_BLOCKED, "This person may not buy at present.")
               : FF_OK;
}

static enum ff_rc banned(struct ff_ctx *cx, const struct ff_line *line)
{
    enum ff_rc rc = FF_FAIL(cx, FF_PRODUCT_BANNED, "This person may not buy %s.", line->name);
    ff_err_number(cx, "productId", line->product_id);
    ff_err_text(cx, "product", line->name);
    return rc;
}

static enum ff_rc too_many(struct ff_ctx *cx, const struct ff_line *line, int64_t max, int64_t had)
{
    const int64_t left = max > had ? max - had : 0;
    enum ff_rc rc = FF_FAIL(cx, FF_QUANTITY_CAP, "Of %s, %lld can still be bought.", line->name,
                            (long long)left);
    ff_err_number(cx, "productId", line->product_id);
    ff_err_text(cx, "product", line->name);
    ff_err_number(cx, "max", max);
    ff_err_number(cx, "left", left);
    return rc;
}

static bool is_asked(const struct ff_sale *s)
{
    bool asks = s->buyer.has_bans;
    for (size_t i = 0; i < s->n_lines && !asks; i++)
        asks = s->rules[i].max_per_day != FF_NULL_INT;
    return asks;
}

/* One row: a ban, or what the person had of a product today. */
static enum ff_rc apply(struct ff_ctx *cx, struct ff_sale *s, struct ff_stmt *st)
{
    const bool is_ban = ff_db_col_int(st, FF_C_PURCHASE_RESTRICTIONS_IS_BAN) != 0;
    const int64_t product = ff_db_col_opt_int(st, FF_C_PURCHASE_RESTRICTIONS_PRODUCT_ID);
    const int64_t category = ff_db_col_opt_int(st, FF_C_PURCHASE_RESTRICTIONS_CATEGORY_ID);
    for (size_t i = 0; i < s->n_lines; i++) {
        const bool is_it =
            s->lines[i].product_id == product || (is_ban && s->lines[i].category_id == category);
        if (is_it && is_ban)
            return banned(cx, &s->lines[i]);
        if (is_it)
            s->rules[i].had_today = ff_db_col_int(st, FF_C_PURCHASE_RESTRICTIONS_BOUGHT);
    }
    return FF_OK;
}

static enum ff_rc ask(struct ff_ctx *cx, struct ff_sale *s)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_RESTRICTIONS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_RESTRICTIONS_EMPLOYEE, s->buyer.id);
    ff_db_text(st, FF_P_PURCHASE_RESTRICTIONS_DAY, s->posting.business_date);
    ff_db_int(st, FF_P_PURCHASE_RESTRICTIONS_SINCE, s->posting.recorded_at_ms - LONGEST_DAY_MS);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = apply(cx, s, st)))
            return rc;
    }
    return rc;
}

static enum ff_rc check_caps(struct ff_ctx *cx, const struct ff_sale *s)
{
    for (size_t i = 0; i < s->n_lines; i++) {
        const struct ff_line *line = &s->lines[i];
        const struct ff_sale_rule *rule = &s->rules[i];
        if (rule->max_per_purchase != FF_NULL_INT && line->quantity > rule->max_per_purchase)
            return too_many(cx, line, rule->max_per_purchase, 0);
        if (rule->max_per_day != FF_NULL_INT &&
            line->quantity + rule->had_today > rule->max_per_day)
            return too_many(cx, line, rule->max_per_day, rule->had_today);
    }
    return FF_OK;
}

enum ff_rc ff_sale_check_restrictions(struct ff_ctx *cx, struct ff_sale *s)
{
    if (s->in->override)
        return FF_OK;
    enum ff_rc rc = is_asked(s) ? ask(cx, s) : FF_OK;
    return rc ? rc : check_caps(cx, s);
}
