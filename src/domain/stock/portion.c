/* SPDX-License-Identifier: MIT */
/* portion.c - how many of a product are sold on one business date. The row is by date, so nothing
 * has to be reset when a day ends. */
#include <stdio.h>
#include <string.h>

#include "domain/audit/audit.h"
#include "domain/common/range.h"
#include "domain/site/site.h"
#include "domain/stock/stock_repo.h"

struct set {
    int64_t product_id;
    const char *date;
    int64_t quantity;
    struct ff_portions *out;
};

struct day {
    const char *product;
    bool found;
    int64_t planned, remaining, limited;
};

static enum ff_rc read_day(struct ff_ctx *cx, const struct set *s, struct day *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PORTION_GET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PORTION_GET_PRODUCT, s->product_id);
    ff_db_text(st, FF_P_PORTION_GET_DATE, s->date);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such product.");
    *out = (struct day){.product = ff_db_col_text(cx, st, FF_C_PORTION_GET_NAME),
                        .found = !ff_db_col_null(st, FF_C_PORTION_GET_LIMITED),
                        .planned = ff_db_col_int(st, FF_C_PORTION_GET_PLANNED),
                        .remaining = ff_db_col_int(st, FF_C_PORTION_GET_REMAINING),
                        .limited = ff_db_col_int(st, FF_C_PORTION_GET_LIMITED)};
    return out->product ? FF_OK : cx->err.rc;
}

static enum ff_rc step(struct ff_ctx *cx, const struct set *s, struct day *day, int64_t delta,
                       int64_t journal_id)
{
    const struct ff_stock_step one = {.product_id = s->product_id,
                                      .date = s->date,
                                      .kind = journal_id ? "sale" : "portion",
                                      .level = day->remaining,
                                      .delta = delta,
                                      .journal_id = journal_id,
                                      .unit_cost = FF_NULL_INT};
    day->remaining += delta;
    return ff_stock_step(cx, &one, NULL);
}

/* ---- what was sold before anybody counted ---- */

static enum ff_rc take_sold(struct ff_ctx *cx, const struct set *s, struct day *day)
{
    int64_t low, high;
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_range_journals(cx, s->date, s->date, &low, &high);
    if (rc || (rc = ff_db_query(cx, FF_Q_PORTION_SOLD_BEFORE, &st)))
        return rc;
    ff_db_int(st, FF_P_PORTION_SOLD_BEFORE_LOW, low);
    ff_db_int(st, FF_P_PORTION_SOLD_BEFORE_HIGH, high);
    ff_db_int(st, FF_P_PORTION_SOLD_BEFORE_PRODUCT, s->product_id);
    ff_db_text(st, FF_P_PORTION_SOLD_BEFORE_DATE, s->date);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        rc = step(cx, s, day, -ff_db_col_int(st, FF_C_PORTION_SOLD_BEFORE_QTY),
                  ff_db_col_int(st, FF_C_PORTION_SOLD_BEFORE_JOURNAL_ID));
    return rc;
}

static enum ff_rc make_day(struct ff_ctx *cx, const struct set *s, struct day *day)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PORTION_INSERT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PORTION_INSERT_PRODUCT, s->product_id);
    ff_db_text(st, FF_P_PORTION_INSERT_DATE, s->date);
    rc = ff_db_run(cx, st);
    return rc ? rc : take_sold(cx, s, day);
}

/* ---- the limit ---- */

static enum ff_rc write_plan(struct ff_ctx *cx, const struct set *s, int64_t planned)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PORTION_SET, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PORTION_SET_PRODUCT, s->product_id);
    ff_db_text(st, FF_P_PORTION_SET_DATE, s->date);
    ff_db_int(st, FF_P_PORTION_SET_PLANNED, planned);
    ff_db_int(st, FF_P_PORTION_SET_LIMITED, s->quantity != FF_NULL_INT);
    return ff_db_run(cx, st);
}

/* The table holds that what is limited is not below 0: so a limit is lifted before its portions go,
 * and set after they are there. */
static enum ff_rc plan(struct ff_ctx *cx, const struct set *s, struct day *day)
{
    const bool lifts = s->quantity == FF_NULL_INT;
    const int64_t planned = lifts ? 0 : s->quantity, delta = planned - day->planned;
    enum ff_rc rc = FF_OK;
    if (!lifts && day->remaining + delta < 0)
        return ff_field_range(cx, "/quantity", "RANGE", day->planned - day->remaining,
                              FF_PORTIONS_MAX);
    if (lifts && (rc = write_plan(cx, s, planned)))
        return rc;
    if (delta && (rc = step(cx, s, day, delta, 0)))
        return rc;
    return lifts ? FF_OK : write_plan(cx, s, planned);
}

static enum ff_rc record(struct ff_ctx *cx, const struct set *s, const struct day *before)
{
    const int64_t planned = before->limited ? before->planned : FF_NULL_INT;
    const struct ff_audit_value was[] = {{"portions", NULL, planned}};
    const struct ff_audit_value is[] = {{"portions", NULL, s->quantity}, {"date", s->date, 0}};
    return ff_audit(cx, &(struct ff_audit){.action = "portions.set",
                                           .entity = "product",
                                           .entity_id = s->product_id,
                                           .before = was,
                                           .n_before = 1,
                                           .after = is,
                                           .n_after = 2});
}

static enum ff_rc set(struct ff_ctx *cx, void *arg)
{
    const struct set *s = arg;
    struct day day = {0};
    enum ff_rc rc = read_day(cx, s, &day);
    if (rc || (!day.found && (rc = make_day(cx, s, &day))))
        return rc;
    const struct day before = day;
    if ((rc = plan(cx, s, &day)))
        return rc;
    *s->out =
        (struct ff_portions){.product_id = s->product_id,
                             .product = day.product,
                             .date = s->date,
                             .planned = s->quantity,
                             .left = s->quantity == FF_NULL_INT ? FF_NULL_INT : day.remaining};
    return record(cx, s, &before);
}

static void today(struct ff_ctx *cx, char out[FF_DATE_CAP])
{
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, out);
}

enum ff_rc ff_portions_set(struct ff_ctx *cx, int64_t product_id, const char *date,
                           int64_t quantity, struct ff_portions *out)
{
    struct set s = {product_id, date, quantity, out};
    char now[FF_DATE_CAP];
    today(cx, now);
    if (strcmp(date, now) < 0)
        return ff_field_fail(cx, "/date", "VALUE", "This day is over.");
    return ff_db_write(cx, set, &s);
}

enum ff_rc ff_portions_list(struct ff_ctx *cx, struct ff_portions_today *out)
{
    char now[FF_DATE_CAP];
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PORTION_LIST, &st);
    if (rc)
        return rc;
    today(cx, now);
    if (!(out->date = ff_strdup(cx, now)))
        return cx->err.rc;
    ff_db_text(st, FF_P_PORTION_LIST_DATE, out->date);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_portions *p = ff_rows_add(cx, &rows, sizeof *p);
        if (!p)
            return cx->err.rc;
        *p = (struct ff_portions){.product_id = ff_db_col_int(st, FF_C_PORTION_LIST_PRODUCT_ID),
                                  .product = ff_db_col_text(cx, st, FF_C_PORTION_LIST_PRODUCT),
                                  .date = out->date,
                                  .planned = ff_db_col_int(st, FF_C_PORTION_LIST_PLANNED),
                                  .left = ff_db_col_int(st, FF_C_PORTION_LIST_REMAINING)};
    }
    out->portions = rows.list;
    return rc ? rc : cx->err.rc;
}
