/* SPDX-License-Identifier: MIT */
/* serving.c - what can be bought now of the products that are bound to the calendar, when the next
 * window opens, and until when that is true. */
#include "db/db.h"
#include "domain/menu/hours.h"
#include "domain/site/site.h"

#include <string.h>

enum { AHEAD_DAYS = 14, MINUTE_MS = 60000, DAY_MIN = 1440 };

/* One line of the calendar. */
struct slot {
    int64_t product_id;
    const char *date, *window;
    struct ff_hours hours;
    int64_t weekdays, from_min;
};

/* Now, and the slots that were read. */
struct view {
    int64_t now_ms;
    int day_start;
    struct ff_moment now;
    struct ff_rows slots;
};

_Static_assert((int)FF_C_SERVING_OF_WEEKDAYS == (int)FF_C_SERVING_ALL_WEEKDAYS,
               "both give the columns of serving");

static void look(struct ff_ctx *cx, struct view *v)
{
    *v = (struct view){.now_ms = ff_clock_now_ms(cx->clock),
                       .day_start = (int)ff_site_get(cx).day_start_min};
    v->now = ff_moment_of(v->now_ms, v->day_start);
}

static enum ff_rc read_slots(struct ff_ctx *cx, struct ff_stmt *st, struct view *v)
{
    bool row = false;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct slot *s = ff_rows_add(cx, &v->slots, sizeof *s);
        if (!s)
            return cx->err.rc;
        s->product_id = ff_db_col_int(st, FF_C_SERVING_OF_PRODUCT_ID);
        s->date = ff_db_col_text(cx, st, FF_C_SERVING_OF_BUSINESS_DATE);
        s->window = ff_db_col_text(cx, st, FF_C_SERVING_OF_WINDOW_NAME);
        s->weekdays = ff_db_col_int(st, FF_C_SERVING_OF_WEEKDAYS);
        s->from_min = ff_db_col_int(st, FF_C_SERVING_OF_FROM_MIN);
        s->hours =
            ff_hours_of(s->from_min, ff_db_col_int(st, FF_C_SERVING_OF_TO_MIN), v->day_start);
    }
    return rc ? rc : cx->err.rc;
}

/* Does the window serve on its own date at all? */
static bool serves(const struct slot *s)
{
    return s->weekdays >> ff_weekday_of(s->date) & 1;
}

static bool is_today(const struct view *v, const struct slot *s)
{
    return strcmp(s->date, v->now.date) == 0;
}

static bool is_open(const struct view *v, const struct slot *s)
{
    return is_today(v, s) && serves(s) && s->hours.from <= v->now.minute &&
           v->now.minute < s->hours.to;
}

/* Of one product: true when it is served now; else *next is the slot that opens first, NULL: none.
 */
static bool is_served(const struct view *v, int64_t product_id, const struct slot **next)
{
    const struct slot *s = v->slots.list.items;
    *next = NULL;
    for (size_t i = 0; i < v->slots.list.n; i++) {
        if (s[i].product_id != product_id || !serves(&s[i]))
            continue;
        if (is_open(v, &s[i]))
            return true;
        if (is_today(v, &s[i]) && s[i].hours.from <= v->now.minute)
            continue;
        const int order = *next ? strcmp(s[i].date, (*next)->date) : -1;
        if (order < 0 || (order == 0 && s[i].hours.from < (*next)->hours.from))
            *next = &s[i];
    }
    return false;
}

/* ---- at the till ---- */

static enum ff_rc not_served(struct ff_ctx *cx, int64_t product_id, const char *product,
                             const struct slot *next)
{
    char from[FF_TIME_CAP] = "";
    if (next)
        ff_time_write(next->from_min, from);
    enum ff_rc rc = next ? FF_FAIL(cx, FF_NOT_SERVED_NOW, "%s is served next on %s from %s (%s).",
                                   product, next->date, from, next->window)
                         : FF_FAIL(cx, FF_NOT_SERVED_NOW, "%s is not on the menu now.", product);
    ff_err_number(cx, "productId", product_id);
    ff_err_text(cx, "product", product);
    if (!next)
        return rc;
    ff_err_text(cx, "date", next->date);
    ff_err_text(cx, "window", next->window);
    ff_err_text(cx, "from", from);
    return rc;
}

enum ff_rc ff_menu_check(struct ff_ctx *cx, int64_t product_id, const char *product)
{
    struct view v;
    const struct slot *next;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SERVING_OF, &st);
    if (rc)
        return rc;
    look(cx, &v);
    ff_db_int(st, FF_P_SERVING_OF_PRODUCT, product_id);
    ff_db_text(st, FF_P_SERVING_OF_FROM, v.now.date);
    if ((rc = read_slots(cx, st, &v)) || is_served(&v, product_id, &next))
        return rc;
    return not_served(cx, product_id, product, next);
}

/* ---- for the shelf ---- */

static enum ff_rc read_all(struct ff_ctx *cx, struct view *v)
{
    char until[FF_DATE_CAP];
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SERVING_ALL, &st);
    if (rc)
        return rc;
    ff_date_move(v->now.date, AHEAD_DAYS, until);
    ff_db_text(st, FF_P_SERVING_ALL_FROM, v->now.date);
    ff_db_text(st, FF_P_SERVING_ALL_TO, until);
    return read_slots(cx, st, v);
}

/* Until when nothing opens or closes. On a day when clocks change, a minute: then no reckoning by
 * their hands has to be trusted. */
static int64_t valid_until(const struct view *v)
{
    const struct slot *s = v->slots.list.items;
    int minute = DAY_MIN;
    for (size_t i = 0; i < v->slots.list.n; i++) {
        if (!is_today(v, &s[i]) || !serves(&s[i]))
            continue;
        if (s[i].hours.from > v->now.minute && s[i].hours.from < minute)
            minute = s[i].hours.from;
        if (s[i].hours.to > v->now.minute && s[i].hours.to < minute)
            minute = s[i].hours.to;
    }
    if (ff_clock_changes(v->now.date, v->day_start))
        return v->now_ms + MINUTE_MS;
    return ff_minute_instant(v->now.date, minute, v->day_start, v->now_ms);
}

static enum ff_rc add(struct ff_ctx *cx, const struct view *v, int64_t product_id,
                      const struct slot *next, struct ff_rows *rows)
{
    struct ff_not_served *one = ff_rows_add(cx, rows, sizeof *one);
    if (!one)
        return cx->err.rc;
    *one = (struct ff_not_served){
        .product_id = product_id,
        .opens_at = next ? ff_minute_instant(next->date, next->hours.from, v->day_start, v->now_ms)
                         : FF_NULL_INT,
        .window = next ? next->window : NULL};
    return FF_OK;
}

enum ff_rc ff_menu_served(struct ff_ctx *cx, const struct ff_list *products, struct ff_served *out)
{
    const struct ff_product *p = products->items;
    const struct slot *next;
    struct ff_rows rows = {0};
    struct view v;
    bool depends = false;
    look(cx, &v);
    enum ff_rc rc = read_all(cx, &v);
    for (size_t i = 0; i < products->n && !rc; i++) {
        if (!p[i].menu_only)
            continue;
        depends = true;
        if (!is_served(&v, p[i].id, &next))
            rc = add(cx, &v, p[i].id, next, &rows);
    }
    *out = (struct ff_served){.not_served = rows.list,
                              .valid_until = depends ? valid_until(&v) : FF_NULL_INT};
    return rc;
}
