/* SPDX-License-Identifier: MIT */
/* menu_read.c - the calendar as days, windows and products, and as a file. */
#include "domain/menu/menu_rows.h"

#include <string.h>

#include "domain/common/range.h"
#include "domain/site/site.h"

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_menu_row *r)
{
    *r = (struct ff_menu_row){
        .date = ff_db_col_text(cx, st, FF_C_MENU_DAYS_BUSINESS_DATE),
        .window = ff_db_col_text(cx, st, FF_C_MENU_DAYS_WINDOW_NAME),
        .window_id = ff_db_col_int(st, FF_C_MENU_DAYS_WINDOW_ID),
        .from_min = ff_db_col_int(st, FF_C_MENU_DAYS_FROM_MIN),
        .to_min = ff_db_col_int(st, FF_C_MENU_DAYS_TO_MIN),
        .weekdays = ff_db_col_int(st, FF_C_MENU_DAYS_WEEKDAYS),
        .item = {.product_id = ff_db_col_int(st, FF_C_MENU_DAYS_PRODUCT_ID),
                 .product = ff_db_col_text(cx, st, FF_C_MENU_DAYS_PRODUCT),
                 .price = ff_db_col_int(st, FF_C_MENU_DAYS_PRICE),
                 .planned = ff_db_col_opt_int(st, FF_C_MENU_DAYS_PLANNED),
                 .left = ff_db_col_opt_int(st, FF_C_MENU_DAYS_REMAINING)},
    };
}

enum ff_rc ff_menu_rows(struct ff_ctx *cx, const char *from, const char *to, struct ff_rows *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MENU_DAYS, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_MENU_DAYS_FROM, from);
    ff_db_text(st, FF_P_MENU_DAYS_TO, to);
    ff_db_int(st, FF_P_MENU_DAYS_DAY_START, ff_site_get(cx).day_start_min);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_menu_row *r = ff_rows_add(cx, out, sizeof *r);
        if (!r)
            return cx->err.rc;
        read_row(cx, st, r);
    }
    return rc ? rc : cx->err.rc;
}

/* ---- days, windows, products: the rows come in this order ---- */

static size_t same_date(const struct ff_menu_row *r, size_t n)
{
    size_t i = 1;
    while (i < n && strcmp(r[i].date, r->date) == 0)
        i++;
    return i;
}

static size_t same_window(const struct ff_menu_row *r, size_t n)
{
    size_t i = 1;
    while (i < n && r[i].window_id == r->window_id)
        i++;
    return i;
}

static enum ff_rc fill_window(struct ff_ctx *cx, const struct ff_menu_row *r, size_t n,
                              struct ff_menu_window *w)
{
    const int day_start = (int)ff_site_get(cx).day_start_min;
    const struct ff_moment now = ff_moment_of(ff_clock_now_ms(cx->clock), day_start);
    const struct ff_hours hours = ff_hours_of(r->from_min, r->to_min, day_start);
    struct ff_menu_item *items = ff_alloc(cx, n * sizeof *items);
    char from[FF_TIME_CAP], to[FF_TIME_CAP];
    ff_time_write(r->from_min, from);
    ff_time_write(r->to_min, to);
    *w = (struct ff_menu_window){.window_id = r->window_id,
                                 .name = r->window,
                                 .from = ff_strdup(cx, from),
                                 .to = ff_strdup(cx, to),
                                 .open = strcmp(r->date, now.date) == 0 &&
                                         (r->weekdays >> now.weekday & 1) &&
                                         hours.from <= now.minute && now.minute < hours.to,
                                 .items = {items, n}};
    for (size_t i = 0; items && i < n; i++)
        items[i] = r[i].item;
    return cx->err.rc;
}

static enum ff_rc fill_day(struct ff_ctx *cx, const struct ff_menu_row *r, size_t n,
                           struct ff_menu_day *day)
{
    struct ff_rows windows = {0};
    enum ff_rc rc = FF_OK;
    day->date = r->date;
    for (size_t i = 0, same; i < n && !rc; i += same) {
        struct ff_menu_window *w = ff_rows_add(cx, &windows, sizeof *w);
        if (!w)
            return cx->err.rc;
        same = same_window(&r[i], n - i);
        rc = fill_window(cx, &r[i], same, w);
    }
    day->windows = windows.list;
    return rc;
}

/* The week of now, from Monday. */
static enum ff_rc this_week(struct ff_ctx *cx, struct ff_range *out)
{
    char today[FF_DATE_CAP], from[FF_DATE_CAP], to[FF_DATE_CAP];
    ff_menu_today(cx, today);
    ff_date_move(today, -ff_weekday_of(today), from);
    ff_date_move(from, 7, to);
    out->from = ff_strdup(cx, from);
    out->to = ff_strdup(cx, to);
    return cx->err.rc;
}

static enum ff_rc range_of(struct ff_ctx *cx, const char *from, const char *to,
                           struct ff_range *out)
{
    return from || to ? ff_range_read(cx, from, to, FF_MENU_DAYS, out) : this_week(cx, out);
}

enum ff_rc ff_menu_read(struct ff_ctx *cx, const char *from, const char *to, struct ff_menu *out)
{
    struct ff_range range = {0};
    struct ff_rows rows = {0}, days = {0};
    enum ff_rc rc = range_of(cx, from, to, &range);
    if (rc || (rc = ff_menu_rows(cx, range.from, range.to, &rows)))
        return rc;
    const struct ff_menu_row *r = rows.list.items;
    for (size_t i = 0, same; i < rows.list.n && !rc; i += same) {
        struct ff_menu_day *day = ff_rows_add(cx, &days, sizeof *day);
        if (!day)
            return cx->err.rc;
        same = same_date(&r[i], rows.list.n - i);
        rc = fill_day(cx, &r[i], same, day);
    }
    *out = (struct ff_menu){.from = range.from, .to = range.to, .days = days.list};
    return rc;
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_range *range = arg;
    struct ff_rows rows = {0};
    enum ff_rc rc = ff_menu_rows(cx, range->from, range->to, &rows);
    const struct ff_menu_row *r = rows.list.items;
    (void)decimals;
    ff_buf_str(buf, "date,window,product,portions\r\n");
    for (size_t i = 0; i < rows.list.n && !rc; i++) {
        ff_buf_printf(buf, "%s,", r[i].date);
        ff_buf_csv(buf, r[i].window);
        ff_buf_char(buf, ',');
        ff_buf_csv(buf, r[i].item.product);
        ff_buf_char(buf, ',');
        if (r[i].item.planned != FF_NULL_INT)
            ff_buf_int(buf, r[i].item.planned);
        ff_buf_str(buf, "\r\n");
    }
    return rc;
}

enum ff_rc ff_menu_export(struct ff_ctx *cx, const char *from, const char *to, struct ff_text *out)
{
    struct ff_range range = {0};
    enum ff_rc rc = range_of(cx, from, to, &range);
    return rc ? rc : ff_csv_export(cx, write_rows, &range, 0, out);
}
