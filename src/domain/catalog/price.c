/* SPDX-License-Identifier: MIT */
/* price.c - the history of a product's prices: read, written with each change, planned ahead. */
#include "domain/catalog/price.h"

#include <stdio.h>
#include <string.h>

#include "domain/audit/audit.h"
#include "domain/catalog/price_repo.h"
#include "domain/site/site.h"

enum { DAY_MS = 86400000 };

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void ff_price_today(struct ff_ctx *cx, char out[FF_DATE_CAP])
{
    int64_t now = ff_clock_now_ms(cx->clock);
    if (ff_db_in_writer(cx))
        now = later(now, ff_db_ledger_head(cx)->recorded_at_ms);
    ff_business_date(now, (int)ff_site_get(cx).day_start_min, out);
}

/* ---- reading ---- */

static enum ff_rc count(struct ff_ctx *cx, int64_t product_id, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_COUNT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRICE_COUNT_PRODUCT, product_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_PRICE_COUNT_TOTAL);
    return FF_OK;
}

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_price *out)
{
    *out = (struct ff_price){
        .id = ff_db_col_int(st, FF_C_PRICE_HISTORY_ID),
        .price = ff_db_col_int(st, FF_C_PRICE_HISTORY_PRICE),
        .valid_from = ff_db_col_text(cx, st, FF_C_PRICE_HISTORY_VALID_FROM),
        .planned = ff_db_col_null(st, FF_C_PRICE_HISTORY_APPLIED_AT),
        .recorded_at = ff_db_col_int(st, FF_C_PRICE_HISTORY_RECORDED_AT),
        .set_by = ff_db_col_text(cx, st, FF_C_PRICE_HISTORY_SET_BY),
    };
}

enum ff_rc ff_price_history(struct ff_ctx *cx, int64_t product_id, int64_t page, int64_t limit,
                            struct ff_list *out, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    struct ff_rows rows = {0};
    struct ff_product product;
    struct ff_window window = ff_window_of(page, limit);
    enum ff_rc rc = ff_product_get(cx, product_id, &product);
    if (rc || (rc = count(cx, product_id, total)) ||
        (rc = ff_db_query(cx, FF_Q_PRICE_HISTORY, &st)))
        return rc;
    ff_db_int(st, FF_P_PRICE_HISTORY_PRODUCT, product_id);
    ff_db_int(st, FF_P_PRICE_HISTORY_LIMIT, window.limit);
    ff_db_int(st, FF_P_PRICE_HISTORY_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_price *price = ff_rows_add(cx, &rows, sizeof *price);
        if (!price)
            return cx->err.rc;
        read_row(cx, st, price);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

/* ---- lines of the history ---- */

static int64_t actor(const struct ff_ctx *cx)
{
    return cx->who.user_id ? cx->who.user_id : FF_NULL_INT;
}

enum ff_rc ff_price_note(struct ff_ctx *cx, const struct ff_product *p)
{
    FF_STMT *st = NULL;
    char today[FF_DATE_CAP];
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_NOTE, &st);
    if (rc)
        return rc;
    ff_price_today(cx, today);
    ff_db_int(st, FF_P_PRICE_NOTE_PRODUCT, p->id);
    ff_db_int(st, FF_P_PRICE_NOTE_PRICE, p->price);
    ff_db_text(st, FF_P_PRICE_NOTE_VALID_FROM, today);
    ff_db_int(st, FF_P_PRICE_NOTE_NOW, ff_clock_now_ms(cx->clock));
    ff_db_opt_int(st, FF_P_PRICE_NOTE_USER, actor(cx));
    return ff_db_run(cx, st);
}

static enum ff_rc insert(struct ff_ctx *cx, const struct ff_product *p, int64_t price,
                         const char *day, bool is_planned)
{
    FF_STMT *st = NULL;
    bool row;
    int64_t now = ff_clock_now_ms(cx->clock);
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_INSERT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRICE_INSERT_PRODUCT, p->id);
    ff_db_int(st, FF_P_PRICE_INSERT_PRICE, price);
    ff_db_text(st, FF_P_PRICE_INSERT_VALID_FROM, day);
    ff_db_int(st, FF_P_PRICE_INSERT_NOW, now);
    ff_db_opt_int(st, FF_P_PRICE_INSERT_USER, actor(cx));
    ff_db_opt_int(st, FF_P_PRICE_INSERT_APPLIED_AT, is_planned ? FF_NULL_INT : now);
    return ff_db_row(cx, st, &row);
}

enum ff_rc ff_price_first(struct ff_ctx *cx, const struct ff_product *p)
{
    char today[FF_DATE_CAP];
    ff_price_today(cx, today);
    return insert(cx, p, p->price, today, false);
}

/* ---- setting and planning ---- */

enum ff_rc ff_price_day(struct ff_ctx *cx, const char *valid_from, const char **day)
{
    char today[FF_DATE_CAP], last[FF_DATE_CAP];
    *day = NULL;
    if (!valid_from)
        return FF_OK;
    ff_price_today(cx, today);
    ff_business_date(ff_clock_now_ms(cx->clock) + (int64_t)FF_PRICE_DAYS_AHEAD * DAY_MS, 0, last);
    if (strcmp(valid_from, today) < 0 || strcmp(valid_from, last) > 0)
        return ff_field_fail(cx, "/validFrom", "RANGE",
                             "Must be today or a day within the next two years.");
    if (strcmp(valid_from, today) > 0)
        *day = valid_from;
    return FF_OK;
}

static enum ff_rc record_plan(struct ff_ctx *cx, const char *action, int64_t product_id,
                              const char *day, int64_t price)
{
    const struct ff_audit_value values[] = {{"price", NULL, price}, {"validFrom", day, 0}};
    bool is_taken_back = strcmp(action, "product.unplan") == 0;
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "product",
                                           .entity_id = product_id,
                                           .before = values,
                                           .n_before = is_taken_back ? 2 : 0,
                                           .after = values,
                                           .n_after = is_taken_back ? 0 : 2});
}

static enum ff_rc plan(struct ff_ctx *cx, const struct ff_product *p, int64_t price,
                       const char *day)
{
    enum ff_rc rc = insert(cx, p, price, day, true);
    ff_site_set_next_day(cx, FF_SITE_NOT_KNOWN);
    if (!rc)
        return record_plan(cx, "product.plan", p->id, day, price);
    if (rc != FF_ALREADY_EXISTS)
        return rc;
    ff_err_clear(cx);
    rc = FF_FAIL(cx, FF_ALREADY_EXISTS,
                 "A price of \"%s\" is planned for %s already; take it back first.", p->name, day);
    ff_err_text(cx, "field", "validFrom");
    ff_err_text(cx, "product", p->name);
    return rc;
}

enum ff_rc ff_price_put(struct ff_ctx *cx, const struct ff_product *product, int64_t price,
                        const char *day, const char *action)
{
    struct ff_product after = *product;
    if (day)
        return plan(cx, product, price, day);
    after.price = price;
    if (price == product->price)
        return FF_OK;
    enum ff_rc rc = ff_product_update(cx, &after);
    return rc ? rc : ff_product_record(cx, action, product, &after);
}

struct set {
    int64_t product_id, price;
    const char *day;
    struct ff_price *out;
};

/* The line of the history that a price just got: the newest of its day. */
static enum ff_rc find_line(struct ff_ctx *cx, const struct set *s)
{
    struct ff_list lines;
    int64_t total;
    enum ff_rc rc = ff_price_history(cx, s->product_id, 1, 100, &lines, &total);
    const struct ff_price *all = lines.items;
    for (size_t i = 0; !rc && i < lines.n; i++) {
        bool is_it =
            s->day ? all[i].planned && strcmp(all[i].valid_from, s->day) == 0 : !all[i].planned;
        if (!is_it)
            continue;
        *s->out = all[i];
        return FF_OK;
    }
    return rc ? rc : FF_FAIL(cx, FF_INTERNAL, "A price left no line in the history.");
}

static enum ff_rc set_price(struct ff_ctx *cx, void *arg)
{
    struct set *s = arg;
    struct ff_product p;
    enum ff_rc rc = ff_product_read(cx, s->product_id, 1, &p);
    if (rc || (rc = ff_price_put(cx, &p, s->price, s->day, "product.change")))
        return rc;
    return find_line(cx, s);
}

enum ff_rc ff_price_set(struct ff_ctx *cx, int64_t product_id, int64_t price,
                        const char *valid_from, struct ff_price *out)
{
    struct set s = {.product_id = product_id, .price = price, .out = out};
    enum ff_rc rc = ff_price_day(cx, valid_from, &s.day);
    return rc ? rc : ff_db_write(cx, set_price, &s);
}

struct cancel {
    int64_t product_id, id;
};

/* What is planned; FF_NOT_FOUND. */
static enum ff_rc find_planned(struct ff_ctx *cx, const struct cancel *c, int64_t *price,
                               const char **day)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRICE_PLANNED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PRICE_PLANNED_ID, c->id);
    ff_db_int(st, FF_P_PRICE_PLANNED_PRODUCT, c->product_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "This product has no such planned price.");
    *price = ff_db_col_int(st, FF_C_PRICE_PLANNED_PRICE);
    *day = ff_db_col_text(cx, st, FF_C_PRICE_PLANNED_VALID_FROM);
    return cx->err.rc;
}

static enum ff_rc cancel(struct ff_ctx *cx, void *arg)
{
    const struct cancel *c = arg;
    FF_STMT *st = NULL;
    int64_t price = 0;
    const char *day = NULL;
    enum ff_rc rc = find_planned(cx, c, &price, &day);
    if (rc || (rc = ff_db_query(cx, FF_Q_PRICE_CANCEL, &st)))
        return rc;
    ff_db_int(st, FF_P_PRICE_CANCEL_ID, c->id);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    ff_site_set_next_day(cx, FF_SITE_NOT_KNOWN);
    return record_plan(cx, "product.unplan", c->product_id, day, price);
}

enum ff_rc ff_price_cancel(struct ff_ctx *cx, int64_t product_id, int64_t id)
{
    struct cancel c = {product_id, id};
    return ff_db_write(cx, cancel, &c);
}
