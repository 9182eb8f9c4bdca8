/* SPDX-License-Identifier: MIT */
/* menu_change.c - replacing the menu of a day, and copying a week. */
#include <string.h>

#include "domain/audit/audit.h"
#include "domain/menu/menu_rows.h"
#include "domain/stock/stock.h"

enum { WEEK = 7 };

enum ff_rc ff_menu_clear(struct ff_ctx *cx, const char *date)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MENU_CLEAR, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_MENU_CLEAR_DATE, date);
    return ff_db_run(cx, st);
}

enum ff_rc ff_menu_add(struct ff_ctx *cx, const char *date, int64_t window_id, int64_t product_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MENU_INSERT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_MENU_INSERT_DATE, date);
    ff_db_int(st, FF_P_MENU_INSERT_WINDOW, window_id);
    ff_db_int(st, FF_P_MENU_INSERT_PRODUCT, product_id);
    return ff_db_run(cx, st);
}

enum ff_rc ff_menu_product(struct ff_ctx *cx, int64_t by_id, const char *name, int64_t *id)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MENU_PRODUCT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_MENU_PRODUCT_ID, by_id);
    ff_db_text(st, FF_P_MENU_PRODUCT_NAME, name);
    rc = ff_db_row(cx, st, &row);
    *id = !rc && row ? ff_db_col_int(st, FF_C_MENU_PRODUCT_ID) : 0;
    return rc;
}

enum ff_rc ff_menu_record(struct ff_ctx *cx, const char *action, const char *date, int64_t entries)
{
    const struct ff_audit_value is[] = {{"date", date, 0}, {"entries", NULL, entries}};
    return ff_audit(
        cx, &(struct ff_audit){.action = action, .entity = "menu", .after = is, .n_after = 2});
}

/* ---- one day ---- */

struct day {
    const char *date;
    const struct ff_menu_entry *entries;
    size_t n;
};

static enum ff_rc bad(struct ff_ctx *cx, size_t i, const char *member, const char *detail)
{
    const char *at = ff_arena_printf(cx->arena, "/entries/%zu/%s", i, member);
    return ff_field_fail(cx, at ? at : "/entries", "VALUE", detail);
}

/* What a row before it already says. */
static enum ff_rc check_repeats(struct ff_ctx *cx, const struct day *d, size_t i)
{
    const struct ff_menu_entry *e = &d->entries[i];
    for (size_t k = 0; k < i; k++) {
        const struct ff_menu_entry *other = &d->entries[k];
        if (other->product_id != e->product_id)
            continue;
        if (other->window_id == e->window_id)
            return bad(cx, i, "productId", "This is in the window twice.");
        if (e->portions != FF_NULL_INT && other->portions != FF_NULL_INT &&
            e->portions != other->portions)
            return bad(cx, i, "portions", "Portions are of the whole day: say one number.");
    }
    return FF_OK;
}

static enum ff_rc check_entry(struct ff_ctx *cx, const struct day *d, size_t i)
{
    const struct ff_menu_entry *e = &d->entries[i];
    struct ff_serving_window w;
    int64_t id;
    enum ff_rc rc = ff_menu_product(cx, e->product_id, "", &id);
    if (rc)
        return rc;
    if (!id)
        return bad(cx, i, "productId", "There is no such product.");
    if ((rc = ff_window_get(cx, e->window_id, &w)) == FF_NOT_FOUND) {
        ff_err_clear(cx);
        return bad(cx, i, "windowId", "There is no such window.");
    }
    if (rc)
        return rc;
    if (!(w.weekdays >> ff_weekday_of(d->date) & 1))
        return bad(cx, i, "windowId", "Nothing is served then on this day of the week.");
    return check_repeats(cx, d, i);
}

/* In a job. */
static enum ff_rc replace(struct ff_ctx *cx, const struct day *d, const char *action)
{
    struct ff_portions portions;
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < d->n && !rc; i++)
        rc = check_entry(cx, d, i);
    if (rc || (rc = ff_menu_clear(cx, d->date)))
        return rc;
    for (size_t i = 0; i < d->n && !rc; i++) {
        const struct ff_menu_entry *e = &d->entries[i];
        rc = ff_menu_add(cx, d->date, e->window_id, e->product_id);
        if (!rc && e->portions != FF_NULL_INT)
            rc = ff_portions_set(cx, e->product_id, d->date, e->portions, &portions);
    }
    return rc ? rc : ff_menu_record(cx, action, d->date, (int64_t)d->n);
}

static enum ff_rc check_future(struct ff_ctx *cx, const char *date, const char *pointer)
{
    char today[FF_DATE_CAP];
    ff_menu_today(cx, today);
    return strcmp(date, today) < 0 ? ff_field_fail(cx, pointer, "VALUE", "This day is over.")
                                   : FF_OK;
}

static enum ff_rc set(struct ff_ctx *cx, void *arg)
{
    return replace(cx, arg, "menu.set");
}

enum ff_rc ff_menu_set(struct ff_ctx *cx, const char *date, const struct ff_list *entries,
                       struct ff_menu *out)
{
    struct day day = {.date = date, .entries = entries->items, .n = entries->n};
    char next[FF_DATE_CAP];
    if (!ff_date_valid(date))
        return ff_field_fail(cx, "/date", "VALUE", "A date looks like 2026-03-02.");
    enum ff_rc rc = check_future(cx, date, "/date");
    if (rc || (rc = ff_db_write(cx, set, &day)))
        return rc;
    ff_date_move(date, 1, next);
    const char *to = ff_strdup(cx, next);
    return to ? ff_menu_read(cx, date, to, out) : cx->err.rc;
}

/* ---- a week ---- */

struct copy {
    const char *from, *to;
};

static enum ff_rc copy_day(struct ff_ctx *cx, const struct copy *c, int i)
{
    char source[FF_DATE_CAP], after[FF_DATE_CAP], target[FF_DATE_CAP];
    struct ff_rows rows = {0};
    ff_date_move(c->from, i, source);
    ff_date_move(c->from, i + 1, after);
    ff_date_move(c->to, i, target);
    enum ff_rc rc = ff_menu_rows(cx, source, after, &rows);
    if (rc)
        return rc;
    const struct ff_menu_row *r = rows.list.items;
    struct ff_menu_entry *entries = ff_alloc(cx, (rows.list.n + 1) * sizeof *entries);
    if (!entries)
        return cx->err.rc;
    for (size_t k = 0; k < rows.list.n; k++)
        entries[k] =
            (struct ff_menu_entry){r[k].window_id, r[k].item.product_id, r[k].item.planned};
    const struct day day = {.date = target, .entries = entries, .n = rows.list.n};
    return replace(cx, &day, "menu.copy");
}

static enum ff_rc copy(struct ff_ctx *cx, void *arg)
{
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < WEEK && !rc; i++)
        rc = copy_day(cx, arg, i);
    return rc;
}

enum ff_rc ff_menu_copy(struct ff_ctx *cx, const char *from, const char *to, struct ff_menu *out)
{
    struct copy c = {from, to};
    char end[FF_DATE_CAP];
    const int64_t days = ff_date_distance(from, to);
    if (days % WEEK != 0 || days == 0)
        return ff_field_fail(cx, "/to", "VALUE", "Choose the same day of another week.");
    enum ff_rc rc = check_future(cx, to, "/to");
    if (rc || (rc = ff_db_write(cx, copy, &c)))
        return rc;
    ff_date_move(to, WEEK, end);
    const char *last = ff_strdup(cx, end);
    return last ? ff_menu_read(cx, to, last, out) : cx->err.rc;
}
