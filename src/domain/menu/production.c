/* SPDX-License-Identifier: MIT */
/* production.c - the calendar, the day's portions and the day's lines put side by side. A sale
 * belongs to the window that was open on the clock when it was booked. */
#include "domain/menu/production.h"

#include <string.h>

#include "domain/common/range.h"
#include "domain/menu/menu_rows.h"
#include "domain/site/site.h"

enum { MINUTE_MS = 60000 };

/* A row on its way. */
struct slot {
    struct ff_production_row row;
    struct ff_hours hours; /* with a window */
};

struct list {
    const char *date;
    int day_start;
    struct ff_rows slots;
    struct ff_production *out;
};

static struct slot *add(struct ff_ctx *cx, struct list *l, int64_t product_id, const char *product)
{
    struct slot *s = ff_rows_add(cx, &l->slots, sizeof *s);
    if (s)
        s->row = (struct ff_production_row){.product_id = product_id,
                                            .product = product,
                                            .window_id = FF_NULL_INT,
                                            .planned = FF_NULL_INT,
                                            .left = FF_NULL_INT};
    return s;
}

/* ---- what is planned ---- */

static enum ff_rc take_menu(struct ff_ctx *cx, struct list *l)
{
    char next[FF_DATE_CAP];
    struct ff_rows menu = {0};
    ff_date_move(l->date, 1, next);
    enum ff_rc rc = ff_menu_rows(cx, l->date, next, &menu);
    const struct ff_menu_row *r = menu.list.items;
    for (size_t i = 0; i < menu.list.n && !rc; i++) {
        struct slot *s = add(cx, l, r[i].item.product_id, r[i].item.product);
        if (!s)
            return cx->err.rc;
        s->row.window_id = r[i].window_id;
        s->row.window = r[i].window;
        s->row.planned = r[i].item.planned;
        s->row.left = r[i].item.left;
        s->hours = ff_hours_of(r[i].from_min, r[i].to_min, l->day_start);
    }
    return rc;
}

static bool has(const struct list *l, int64_t product_id)
{
    const struct slot *s = l->slots.list.items;
    for (size_t i = 0; i < l->slots.list.n; i++) {
        if (s[i].row.product_id == product_id)
            return true;
    }
    return false;
}

/* Portions of what is not on the calendar. */
static enum ff_rc take_portions(struct ff_ctx *cx, struct list *l)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCTION_PLANNED, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRODUCTION_PLANNED_DATE, l->date);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        const int64_t id = ff_db_col_int(st, FF_C_PRODUCTION_PLANNED_PRODUCT_ID);
        if (has(l, id))
            continue;
        struct slot *s = add(cx, l, id, ff_db_col_text(cx, st, FF_C_PRODUCTION_PLANNED_PRODUCT));
        if (!s)
            return cx->err.rc;
        s->row.planned = ff_db_col_int(st, FF_C_PRODUCTION_PLANNED_PLANNED);
        s->row.left = ff_db_col_int(st, FF_C_PRODUCTION_PLANNED_REMAINING);
    }
    return rc ? rc : cx->err.rc;
}

/* ---- what was sold ---- */

/* The row of a product at a minute of the day: its open window's, else its row without a window. */
static struct slot *find(struct list *l, int64_t product_id, int minute)
{
    struct slot *s = l->slots.list.items, *none = NULL;
    for (size_t i = 0; i < l->slots.list.n; i++) {
        if (s[i].row.product_id != product_id)
            continue;
        if (s[i].row.window_id == FF_NULL_INT)
            none = &s[i];
        else if (s[i].hours.from <= minute && minute < s[i].hours.to)
            return &s[i];
    }
    return none;
}

/* The plan of a product is that of its day, whichever row it is. */
static void copy_plan(struct list *l, struct slot *to)
{
    const struct slot *s = l->slots.list.items;
    for (size_t i = 0; i < l->slots.list.n; i++) {
        if (s[i].row.product_id != to->row.product_id || &s[i] == to)
            continue;
        to->row.planned = s[i].row.planned;
        to->row.left = s[i].row.left;
        return;
    }
}

static enum ff_rc take_line(struct ff_ctx *cx, struct list *l, struct ff_stmt *st)
{
    const int64_t id = ff_db_col_int(st, FF_C_PRODUCTION_SOLD_PRODUCT_ID);
    const int64_t at_ms = ff_db_col_int(st, FF_C_PRODUCTION_SOLD_MINUTE) * MINUTE_MS;
    struct slot *s = find(l, id, ff_moment_of(at_ms, l->day_start).minute);
    if (!s) {
        s = add(cx, l, id, ff_db_col_text(cx, st, FF_C_PRODUCTION_SOLD_PRODUCT));
        if (!s)
            return cx->err.rc;
        copy_plan(l, s);
    }
    const int64_t sold = ff_db_col_int(st, FF_C_PRODUCTION_SOLD_SOLD);
    const int64_t undone = ff_db_col_int(st, FF_C_PRODUCTION_SOLD_UNDONE);
    const int64_t refunded = ff_db_col_int(st, FF_C_PRODUCTION_SOLD_REFUNDED);
    s->row.sold += sold;
    s->row.undone += undone;
    s->row.refunded += refunded;
    l->out->sold += sold;
    l->out->undone += undone;
    l->out->refunded += refunded;
    return cx->err.rc;
}

static enum ff_rc take_sold(struct ff_ctx *cx, struct list *l)
{
    int64_t low, high;
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_range_journals(cx, l->date, l->date, &low, &high);
    if (rc || (rc = ff_db_query(cx, FF_Q_PRODUCTION_SOLD, &st)))
        return rc;
    ff_db_int(st, FF_P_PRODUCTION_SOLD_LOW, low);
    ff_db_int(st, FF_P_PRODUCTION_SOLD_HIGH, high);
    ff_db_text(st, FF_P_PRODUCTION_SOLD_DATE, l->date);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        rc = take_line(cx, l, st);
    return rc;
}

static enum ff_rc finish(struct ff_ctx *cx, struct list *l)
{
    const struct slot *s = l->slots.list.items;
    struct ff_production_row *rows = ff_alloc(cx, (l->slots.list.n + 1) * sizeof *rows);
    for (size_t i = 0; rows && i < l->slots.list.n; i++)
        rows[i] = s[i].row;
    l->out->rows = (struct ff_list){rows, l->slots.list.n};
    return cx->err.rc;
}

enum ff_rc ff_production_read(struct ff_ctx *cx, const char *date, struct ff_production *out)
{
    struct list l = {.date = date, .day_start = (int)ff_site_get(cx).day_start_min, .out = out};
    char today[FF_DATE_CAP];
    ff_menu_today(cx, today);
    *out = (struct ff_production){.date = date ? date : ff_strdup(cx, today)};
    l.date = out->date;
    enum ff_rc rc = cx->err.rc;
    if (rc || (rc = take_menu(cx, &l)) || (rc = take_portions(cx, &l)) || (rc = take_sold(cx, &l)))
        return rc;
    return finish(cx, &l);
}

/* ---- CSV ---- */

static void csv_number(struct ff_buf *buf, int64_t n)
{
    ff_buf_char(buf, ',');
    if (n != FF_NULL_INT)
        ff_buf_int(buf, n);
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_production *p = arg;
    const struct ff_production_row *r = p->rows.items;
    (void)cx;
    (void)decimals;
    ff_buf_str(buf, "date,window,product,planned,left,sold,undone,refunded\r\n");
    for (size_t i = 0; i < p->rows.n; i++) {
        ff_buf_printf(buf, "%s,", p->date);
        ff_buf_csv(buf, r[i].window ? r[i].window : "");
        ff_buf_char(buf, ',');
        ff_buf_csv(buf, r[i].product);
        csv_number(buf, r[i].planned);
        csv_number(buf, r[i].left);
        csv_number(buf, r[i].sold);
        csv_number(buf, r[i].undone);
        csv_number(buf, r[i].refunded);
        ff_buf_str(buf, "\r\n");
    }
    return FF_OK;
}

enum ff_rc ff_production_csv(struct ff_ctx *cx, const struct ff_production *p, struct ff_text *out)
{
    struct ff_production copy = *p;
    return ff_csv_export(cx, write_rows, &copy, 0, out);
}
