/* SPDX-License-Identifier: MIT */
/* list.c - purchases newest first, by page or by cursor, each with its items.
 * One statement reads the rows, one the items of all of them, one the total (page form only); a
 * filter by date costs one more, two index seeks that bound the ids. A person's own list walks the
 * wallet's entries and never touches other people's rows. */
#include "base/ids.h"
#include "domain/common/range.h"
#include "domain/purchase/record.h"

#include <stdio.h>

struct listing {
    const struct ff_purchase_filter *f;
    struct ff_reach reach;
    int64_t low, high; /* ids, inclusive */
    int64_t limit, offset;
    struct ff_list *out; /* of struct ff_purchase */
};

static enum ff_rc bound_by_dates(struct ff_ctx *cx, struct listing *l)
{
    int64_t high = 0;
    enum ff_rc rc = ff_range_journals(cx, l->f->from, l->f->to, &l->low, &high);
    l->high = high < l->high ? high : l->high;
    return rc;
}

static const char *from_date(const struct listing *l)
{
    return l->f->from ? l->f->from : "";
}

static const char *to_date(const struct listing *l)
{
    return l->f->to ? l->f->to : "9999-99-99";
}

static bool is_of_one(const struct listing *l)
{
    return l->f->employee_id != FF_NULL_INT;
}

/* ---- rows ---- */

static enum ff_rc rows_of_one(struct ff_ctx *cx, const struct listing *l, int64_t window,
                              struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LIST_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_EMPLOYEE, l->f->employee_id);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_WINDOW, window);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_ALL, l->reach.all);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_LIST_OF_DEPARTMENT, l->reach.department);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_HIGH, l->high);
    ff_db_text(*st, FF_P_PURCHASE_LIST_OF_FROM, from_date(l));
    ff_db_text(*st, FF_P_PURCHASE_LIST_OF_TO, to_date(l));
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_LIMIT, l->limit);
    ff_db_int(*st, FF_P_PURCHASE_LIST_OF_OFFSET, l->offset);
    return FF_OK;
}

static enum ff_rc rows_of_all(struct ff_ctx *cx, const struct listing *l, int64_t window,
                              struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LIST_ALL, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_WINDOW, window);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_ALL, l->reach.all);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_LIST_ALL_DEPARTMENT, l->reach.department);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_HIGH, l->high);
    ff_db_text(*st, FF_P_PURCHASE_LIST_ALL_FROM, from_date(l));
    ff_db_text(*st, FF_P_PURCHASE_LIST_ALL_TO, to_date(l));
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_LIMIT, l->limit);
    ff_db_int(*st, FF_P_PURCHASE_LIST_ALL_OFFSET, l->offset);
    return FF_OK;
}

static enum ff_rc read_rows(struct ff_ctx *cx, const struct listing *l)
{
    struct ff_undo_window window = ff_undo_window_now(cx);
    struct ff_purchase *p = ff_alloc(cx, (size_t)l->limit * sizeof *p);
    FF_STMT *st = NULL;
    bool row = true;
    if (!p)
        return cx->err.rc;
    *l->out = (struct ff_list){.items = p};
    enum ff_rc rc = is_of_one(l) ? rows_of_one(cx, l, window.seconds, &st)
                                 : rows_of_all(cx, l, window.seconds, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        rc = ff_purchase_map(cx, st, &window, &p[l->out->n++]);
    return rc;
}

/* ---- items of the rows ---- */

static enum ff_rc lines_of_one(struct ff_ctx *cx, const struct listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_LINES_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_LINES_OF_EMPLOYEE, l->f->employee_id);
    ff_db_int(*st, FF_P_PURCHASE_LINES_OF_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_LINES_OF_HIGH, l->high);
    return FF_OK;
}

static enum ff_rc lines_of_all(struct ff_ctx *cx, const struct listing *l, struct ff_stmt **st)
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

/* Rows and lines come in the same order, so one walk gives each line to its row. A line whose
 * purchase is not on the page (the dates left it out) is passed over. */
static enum ff_rc deal_lines(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_list *rows)
{
    struct ff_purchase *p = rows->items, *end = p + rows->n;
    bool row = true;
    size_t cap = 0;
    enum ff_rc rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        int64_t id = ff_db_col_int(st, FF_C_PURCHASE_LINES_JOURNAL_ID);
        for (; p < end && p->id > id; p++)
            cap = 0;
        if (p == end || p->id != id)
            continue;
        if ((rc = ff_purchase_grow(cx, &p->items, sizeof(struct ff_purchase_line), &cap)) ||
            (rc = ff_purchase_map_line(cx, st,
                                       (struct ff_purchase_line *)p->items.items + p->items.n)))
            break;
        p->items.n++;
    }
    return rc;
}

static enum ff_rc read_items(struct ff_ctx *cx, const struct listing *l)
{
    const struct ff_purchase *p = l->out->items;
    struct listing page = *l;
    FF_STMT *st = NULL;
    if (l->out->n == 0)
        return FF_OK;
    page.high = p[0].id;
    page.low = p[l->out->n - 1].id;
    enum ff_rc rc = is_of_one(l) ? lines_of_one(cx, &page, &st) : lines_of_all(cx, &page, &st);
    return rc ? rc : deal_lines(cx, st, l->out);
}

/* ---- total ---- */

static enum ff_rc count_of_one(struct ff_ctx *cx, const struct listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_COUNT_OF, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_COUNT_OF_EMPLOYEE, l->f->employee_id);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_OF_ALL, l->reach.all);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_OF_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_COUNT_OF_DEPARTMENT, l->reach.department);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_OF_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_OF_HIGH, l->high);
    ff_db_text(*st, FF_P_PURCHASE_COUNT_OF_FROM, from_date(l));
    ff_db_text(*st, FF_P_PURCHASE_COUNT_OF_TO, to_date(l));
    return FF_OK;
}

static enum ff_rc count_of_all(struct ff_ctx *cx, const struct listing *l, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_COUNT_ALL, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_PURCHASE_COUNT_ALL_ALL, l->reach.all);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_ALL_SELF, l->reach.self);
    ff_db_opt_int(*st, FF_P_PURCHASE_COUNT_ALL_DEPARTMENT, l->reach.department);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_ALL_LOW, l->low);
    ff_db_int(*st, FF_P_PURCHASE_COUNT_ALL_HIGH, l->high);
    ff_db_text(*st, FF_P_PURCHASE_COUNT_ALL_FROM, from_date(l));
    ff_db_text(*st, FF_P_PURCHASE_COUNT_ALL_TO, to_date(l));
    return FF_OK;
}

static enum ff_rc read_total(struct ff_ctx *cx, const struct listing *l, int64_t *total)
{
    bool is_every = l->reach.all && !l->f->from && !l->f->to;
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = is_of_one(l) ? count_of_one(cx, l, &st)
                    : is_every   ? ff_db_query(cx, FF_Q_PURCHASE_COUNT_EVERY, &st)
                                 : count_of_all(cx, l, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_PURCHASE_COUNT_ALL_TOTAL);
    return FF_OK;
}

/* ---- the two forms ---- */

static enum ff_rc list_page(struct ff_ctx *cx, struct listing *l, int64_t *total)
{
    l->limit = l->f->limit;
    l->offset = (l->f->page - 1) * l->f->limit;
    enum ff_rc rc = read_total(cx, l, total);
    return rc ? rc : read_rows(cx, l);
}

/* Reads one row more than asked for: it tells whether there is a next page. */
static enum ff_rc list_after(struct ff_ctx *cx, struct listing *l, const char **next)
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
    struct listing l = {.f = f, .reach = ff_reach_of(&cx->who), .low = 1, .high = INT64_MAX};
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
    if ((f->from || f->to) && (rc = bound_by_dates(cx, &l)))
        return rc;
    rc = f->by_cursor ? list_after(cx, &l, next) : list_page(cx, &l, total);
    return rc ? rc : read_items(cx, &l);
}
