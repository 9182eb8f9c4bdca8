/* SPDX-License-Identifier: MIT */
/* list.c - purchases newest first, by page or by cursor, each with its items.
 * One statement reads the rows, one the items of all of them, one the total (page form only); a
 * person's list asks first for the wallet, and a filter by date for the ids that bound it. A
 * person's own list walks the wallet's entries and never touches other people's rows; only when the
 * employer paid some of it whole, which leaves no entry, those are merged into it. */
#include "base/ids.h"
#include "domain/common/range.h"
#include "domain/purchase/list_parts.h"

#include <stdio.h>
#include <string.h>

static enum ff_rc bound_by_dates(struct ff_ctx *cx, struct ff_listing *l)
{
    int64_t high = 0;
    enum ff_rc rc = ff_range_journals(cx, l->f->from, l->f->to, &l->low, &high);
    l->high = high < l->high ? high : l->high;
    return rc;
}

static enum ff_rc find_person(struct ff_ctx *cx, struct ff_listing *l)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_PERSON, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_PERSON_EMPLOYEE, l->f->employee_id);
    ff_db_int(st, FF_P_PURCHASE_PERSON_ALL, l->reach.all);
    ff_db_int(st, FF_P_PURCHASE_PERSON_SELF, l->reach.self);
    ff_db_opt_int(st, FF_P_PURCHASE_PERSON_DEPARTMENT, l->reach.department);
    ff_db_int(st, FF_P_PURCHASE_PERSON_LOW, l->low);
    ff_db_int(st, FF_P_PURCHASE_PERSON_HIGH, l->high);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    l->account = ff_db_col_int(st, FF_C_PURCHASE_PERSON_ACCOUNT);
    l->has_unpaid = ff_db_col_int(st, FF_C_PURCHASE_PERSON_HAS_UNPAID) != 0;
    return FF_OK;
}

/* ---- rows ---- */

/* Where the statements of one person's rows, which differ in nothing else, take what they need. */
#define SAME(NAME) ((int)FF_P_PURCHASE_LIST_MIXED_##NAME == (int)FF_P_PURCHASE_LIST_OF_##NAME)
_Static_assert(SAME(ACCOUNT) && SAME(NOW) && SAME(WINDOW) && SAME(LOW) && SAME(HIGH) &&
                   SAME(DATED) && SAME(FROM) && SAME(TO) && SAME(LIMIT) && SAME(OFFSET),
               "one way to bind them");

static enum ff_rc rows_of_one(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    enum ff_rc rc =
        ff_db_query(cx, l->has_unpaid ? FF_Q_PURCHASE_LIST_MIXED : FF_Q_PURCHASE_LIST_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_ACCOUNT, l->account);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_NOW, l->window.now_ms);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_WINDOW, l->window.seconds);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_HIGH, l->high);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_DATED, ff_listing_is_dated(l));
    ff_db_text(*st, FF_P_PURCHASE_LIST_OF_FROM, ff_listing_from(l));
    ff_db_text(*st, FF_P_PURCHASE_LIST_OF_TO, ff_listing_to(l));
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_LIMIT, l->limit);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_OFFSET, l->offset);
    return FF_OK;
}

static enum ff_rc rows_of_all(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LIST_ALL, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_NOW, l->window.now_ms);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_WINDOW, l->window.seconds);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_ALL, l->reach.all);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_LIST_ALL_DEPARTMENT, l->reach.department);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_HIGH, l->high);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_DATED, ff_listing_is_dated(l));
    ff_db_text(*st, FF_P_PURCHASE_LIST_ALL_FROM, ff_listing_from(l));
    ff_db_text(*st, FF_P_PURCHASE_LIST_ALL_TO, ff_listing_to(l));
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_LIMIT, l->limit);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_OFFSET, l->offset);
    return FF_OK;
}

static enum ff_rc read_rows(struct ff_ctx *cx, const struct ff_listing *l)
{
    struct ff_purchase *p = ff_alloc(cx, (size_t)l->limit * sizeof *p);
    FF_STMT *st = NULL;
    bool row = true;
    if (!p)
        return cx->err.rc;
    *l->out = (struct ff_list){.items = p};
    enum ff_rc rc = ff_listing_is_of_one(l) ? rows_of_one(cx, l, &st) : rows_of_all(cx, l, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        rc = ff_purchase_map(cx, st, &l->window, &p[l->out->n++]);
    return rc;
}

/* ---- items of the rows ---- */

static enum ff_rc lines_mixed(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LINES_MIXED, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LINES_MIXED_ACCOUNT, l->account);
    ff_db_int(*st, FF_P_PURCHASE_LINES_MIXED_EMPLOYEE, l->f->employee_id);
    ff_db_int(*st, FF_P_PURCHASE_LINES_MIXED_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LINES_MIXED_HIGH, l->high);
    return FF_OK;
}

static enum ff_rc lines_of_one(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    if (l->has_unpaid)
        return lines_mixed(cx, l, st);
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LINES_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LINES_OF_ACCOUNT, l->account);
    ff_db_int(*st, FF_P_PURCHASE_LINES_OF_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LINES_OF_HIGH, l->high);
    return FF_OK;
}

static enum ff_rc lines_of_all(struct ff_ctx *cx, const struct ff_listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LINES_ALL, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LINES_ALL_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LINES_ALL_HIGH, l->high);
    ff_db_int(*st, FF_P_PURCHASE_LINES_ALL_ALL, l->reach.all);
    ff_db_int(*st, FF_P_PURCHASE_LINES_ALL_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_LINES_ALL_DEPARTMENT, l->reach.department);
    return FF_OK;
}

/* Puts a line to its purchase by its number. One that is there already comes again for what was
 * given back of it another time. `items` has room for one more. */
static void place_line(struct ff_list *items, const struct ff_purchase_line *line)
{
    struct ff_purchase_line *lines = items->items;
    size_t at = items->n;
    while (at > 0 && lines[at - 1].line_no > line->line_no)
        at--;
    if (at > 0 && lines[at - 1].line_no == line->line_no) {
        lines[at - 1].refunded += line->refunded;
        return;
    }
    memmove(&lines[at + 1], &lines[at], (items->n - at) * sizeof *lines);
    lines[at] = *line;
    items->n++;
}

/* Rows and lines come in the same order, so one walk gives each line to its row. A line whose
 * purchase is not on the page (the dates left it out) is passed over. */
static enum ff_rc deal_lines(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_list *rows)
{
    struct ff_purchase *p = rows->items, *end = p + rows->n;
    struct ff_purchase_line line;
    bool row = true;
    size_t cap = 0;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        int64_t id = ff_db_col_int(st, FF_C_PURCHASE_LINES_JOURNAL_ID);
        for (; p < end && p->id > id; p++)
            cap = 0;
        if (p == end || p->id != id)
            continue;
        if ((rc = ff_purchase_grow(cx, &p->items, sizeof line, &cap)) ||
            (rc = ff_purchase_map_line(cx, st, &line)))
            break;
        place_line(&p->items, &line);
    }
    return rc;
}

static enum ff_rc read_items(struct ff_ctx *cx, const struct ff_listing *l)
{
    const struct ff_purchase *p = l->out->items;
    struct ff_listing page = *l;
    FF_STMT *st = NULL;
    if (l->out->n == 0)
        return FF_OK;
    page.high = p[0].id;
    page.low = p[l->out->n - 1].id;
    enum ff_rc rc =
        ff_listing_is_of_one(l) ? lines_of_one(cx, &page, &st) : lines_of_all(cx, &page, &st);
    return rc ? rc : deal_lines(cx, st, l->out);
}

/* ---- the two forms ---- */

static enum ff_rc list_page(struct ff_ctx *cx, struct ff_listing *l, int64_t *total)
{
    l->limit = l->f->limit;
    l->offset = (l->f->page - 1) * l->f->limit;
    enum ff_rc rc = ff_listing_total(cx, l, total);
    return rc ? rc : read_rows(cx, l);
}

/* Reads one row more than asked for: it tells whether there is a next page. */
static enum ff_rc list_after(struct ff_ctx *cx, struct ff_listing *l, const char **next)
{
    l->limit = l->f->limit + 1;
    enum ff_rc rc = read_rows(cx, l);
    if (rc || (int64_t)l->out->n < l->limit)
        return rc;
    const struct ff_purchase *p = l->out->items;
    *next = ff_arena_printf(cx->arena, "%lld", (long long)p[--l->out->n - 1].id);
    return *next ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_purchase_list(struct ff_ctx *cx, const struct ff_purchase_filter *f,
                            struct ff_list *out, int64_t *total, const char **next)
{
    struct ff_listing l = {.f = f, .reach = ff_reach_of(&cx->who), .low = 1, .high = INT64_MAX};
    struct ff_purchase_filter own = *f;
    enum ff_rc rc = FF_OK;
    *total = -1;
    *next = NULL;
    if (cx->who.scope == FF_SELF && !l.reach.all && f->employee_id == FF_NULL_INT) {
        own.employee_id = cx->who.employee_id;
        l.f = &own;
    }
    l.out = out;
    if (f->by_cursor && f->after > 0)
        l.high = f->after - 1;
    if (ff_listing_is_dated(&l) && (rc = bound_by_dates(cx, &l)))
        return rc;
    if (ff_listing_is_of_one(&l) && (rc = find_person(cx, &l)))
        return rc;
    if (ff_listing_is_of_one(&l) && !l.account) {
        *out = (struct ff_list){0};
        *total = f->by_cursor ? -1 : 0;
        return FF_OK;
    }
    l.window = ff_undo_window_now(cx);
    rc = f->by_cursor ? list_after(cx, &l, next) : list_page(cx, &l, total);
    return rc ? rc : read_items(cx, &l);
}
