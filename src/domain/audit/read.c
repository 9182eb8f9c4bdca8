/* SPDX-License-Identifier: MIT */
/* read.c - pages of the record. Rows lie in the order of time, so an interval of instants is an
 * interval of rows, found through a sparse index; what else is asked for is looked for row by row,
 * at most FF_AUDIT_WINDOW of them a call. Purchases, most of all rows, pay for no further index. */
#include "domain/audit/read.h"

#include <stdio.h>

#include "base/ids.h"
#include "domain/audit/row.h"
#include "domain/audit/view.h"

struct listing {
    const struct ff_audit_filter *f;
    int64_t low, high; /* rows to look at, inclusive */
    int64_t oldest;    /* the first that the interval may hold */
    int64_t limit;
};

static int64_t or_bound(int64_t value, int64_t bound)
{
    return value == FF_NULL_INT ? bound : value;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static enum ff_rc find_window(struct ff_ctx *cx, struct listing *l)
{
    FF_STMT *st = NULL;
    bool row = false;
    const struct ff_audit_filter *f = l->f;
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_RANGE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_AUDIT_RANGE_FROM, or_bound(f->from_ms, INT64_MIN + 1));
    ff_db_int(st, FF_P_AUDIT_RANGE_TO, or_bound(f->to_ms, INT64_MAX));
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    l->oldest =
        most(ff_db_col_int(st, FF_C_AUDIT_RANGE_OLDEST), ff_db_col_int(st, FF_C_AUDIT_RANGE_LOW));
    l->high = ff_db_col_int(st, FF_C_AUDIT_RANGE_NEWEST); /* no row at all: 0 */
    if (!ff_db_col_null(st, FF_C_AUDIT_RANGE_HIGH))
        l->high = least(l->high, ff_db_col_int(st, FF_C_AUDIT_RANGE_HIGH));
    if (f->after != FF_NULL_INT)
        l->high = least(l->high, f->after - 1);
    l->low = most(l->oldest, l->high - FF_AUDIT_WINDOW + 1);
    return FF_OK;
}

static enum ff_rc open_rows(struct ff_ctx *cx, const struct listing *l, struct ff_stmt **st)
{
    const struct ff_audit_filter *f = l->f;
    enum ff_rc rc = ff_db_query(cx, FF_Q_AUDIT_LIST, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_AUDIT_LIST_LOW, l->low);
    ff_db_int(*st, FF_P_AUDIT_LIST_HIGH, l->high);
    ff_db_int(*st, FF_P_AUDIT_LIST_FROM, or_bound(f->from_ms, INT64_MIN));
    ff_db_int(*st, FF_P_AUDIT_LIST_TO, f->to_ms == FF_NULL_INT ? INT64_MAX : f->to_ms - 1);
    ff_db_text(*st, FF_P_AUDIT_LIST_ACTION, f->action);
    ff_db_text(*st, FF_P_AUDIT_LIST_ENTITY, f->entity);
    ff_db_opt_int(*st, FF_P_AUDIT_LIST_ENTITY_ID, f->entity_id);
    ff_db_opt_int(*st, FF_P_AUDIT_LIST_USER, f->user_id);
    ff_db_text(*st, FF_P_AUDIT_LIST_REQUEST, f->request_id);
    ff_db_int(*st, FF_P_AUDIT_LIST_ALL, cx->who.scope == FF_ALL);
    ff_db_opt_int(*st, FF_P_AUDIT_LIST_SELF_USER, cx->who.user_id ? cx->who.user_id : FF_NULL_INT);
    ff_db_opt_int(*st, FF_P_AUDIT_LIST_SELF,
                  cx->who.employee_id ? cx->who.employee_id : FF_NULL_INT);
    ff_db_int(*st, FF_P_AUDIT_LIST_LIMIT, l->limit);
    return FF_OK;
}

static enum ff_rc read_rows(struct ff_ctx *cx, const struct listing *l, struct ff_list *out)
{
    struct ff_audit_view *items = ff_alloc(cx, (size_t)l->limit * sizeof *items);
    FF_STMT *st = NULL;
    bool is_row = false;
    if (!items)
        return cx->err.rc;
    *out = (struct ff_list){.items = items};
    enum ff_rc rc = open_rows(cx, l, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &is_row)) && is_row) {
        struct ff_audit_row row;
        if (!(rc = ff_audit_row_read_keyed(cx, st, &row)))
            rc = ff_audit_show(cx, &row, &items[out->n++]);
    }
    return rc;
}

static enum ff_rc name_cursor(struct ff_ctx *cx, int64_t seq, const char **next)
{
    *next = ff_arena_printf(cx->arena, "%lld", (long long)seq);
    return *next ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_audit_list(struct ff_ctx *cx, const struct ff_audit_filter *filter,
                         struct ff_list *out, const char **next)
{
    struct listing l = {.f = filter, .limit = filter->limit + 1};
    *next = NULL;
    enum ff_rc rc = find_window(cx, &l);
    if (rc || (rc = read_rows(cx, &l, out)))
        return rc;
    if ((int64_t)out->n == l.limit) { /* the row too many tells that there are more */
        const struct ff_audit_view *items = out->items;
        return name_cursor(cx, items[--out->n - 1].seq, next);
    }
    return l.low > l.oldest ? name_cursor(cx, l.low, next) : FF_OK;
}

enum ff_rc ff_audit_get(struct ff_ctx *cx, int64_t seq, struct ff_audit_view *out)
{
    const struct ff_audit_filter any = {.entity_id = FF_NULL_INT,
                                        .user_id = FF_NULL_INT,
                                        .from_ms = FF_NULL_INT,
                                        .to_ms = FF_NULL_INT};
    const struct listing l = {.f = &any, .low = seq, .high = seq, .limit = 1};
    struct ff_list rows;
    enum ff_rc rc = read_rows(cx, &l, &rows);
    if (rc)
        return rc;
    if (!rows.n)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such entry.");
    *out = *(const struct ff_audit_view *)rows.items;
    return FF_OK;
}

/* ---- export ---- */

/* A row more would not be worth a refusal of the whole file. */
enum { FULL_BYTES = 800 << 10 };

struct export
{
    struct listing l;
    const struct ff_schema *ndjson; /* NULL: CSV */
};

static enum ff_rc write_file(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct export *e = arg;
    FF_STMT *st = NULL;
    bool is_row = false;
    (void)decimals;
    enum ff_rc rc = open_rows(cx, &e->l, &st);
    if (!rc && !e->ndjson)
        ff_audit_csv_head(buf);
    while (!rc && buf->len < FULL_BYTES && !(rc = ff_db_row(cx, st, &is_row)) && is_row) {
        struct ff_audit_row row;
        struct ff_audit_view view;
        if ((rc = ff_audit_row_read_keyed(cx, st, &row)) || (rc = ff_audit_show(cx, &row, &view)))
            return rc;
        if (e->ndjson) {
            ff_json_write(buf, e->ndjson, &view);
            ff_buf_char(buf, '\n');
        } else {
            ff_audit_csv_row(buf, &view);
        }
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_audit_export(struct ff_ctx *cx, const struct ff_audit_filter *filter,
                           const struct ff_schema *ndjson, struct ff_text *out)
{
    struct export e = {.l = {.f = filter, .limit = filter->limit}, .ndjson = ndjson};
    enum ff_rc rc = find_window(cx, &e.l);
    return rc ? rc : ff_csv_export(cx, write_file, &e, 0, out);
}
