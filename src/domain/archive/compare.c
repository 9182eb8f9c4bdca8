/* SPDX-License-Identifier: MIT */
/* compare.c - two databases of the same schema, table by table: walked side by side by their keys,
 * so that a row that only one of them has does not shift the rest. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "db/table.h"
#include "domain/archive/rebuild_parts.h"

enum { TEXT_BYTES = 4096, LIVING = 0, REBUILT = 1 };

struct side {
    struct ff_ctx *cx;
    struct ff_stmt *st;
    bool row;
};

struct comparison {
    const char *table;
    uint64_t key;
    struct side sides[2];
    ff_difference_each each;
    void *arg;
    struct ff_rebuild_report *report;
};

/* ---- cells ---- */

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* As the engine orders its keys: NULL, numbers, text, blobs. */
static int compare_cells(struct ff_stmt *a, struct ff_stmt *b, int column)
{
    const enum ff_cell kind = ff_db_cell(a, column), other = ff_db_cell(b, column);
    size_t n, m;
    if (kind != other || kind == FF_CELL_NULL)
        return order(kind, other);
    if (kind == FF_CELL_INT)
        return order(ff_db_col_int(a, column), ff_db_col_int(b, column));
    const void *left = ff_db_cell_bytes(a, column, &n), *right = ff_db_cell_bytes(b, column, &m);
    const int by_bytes = memcmp(left, right, n < m ? n : m);
    return by_bytes ? by_bytes : order((int64_t)n, (int64_t)m);
}

/* What is left out by privacy's sake never comes here: values of a difference are shown, but not
 * those of a blob. */
static void show(struct ff_buf *out, struct ff_stmt *st, int column)
{
    size_t n;
    switch (ff_db_cell(st, column)) {
    case FF_CELL_INT:
        ff_buf_int(out, ff_db_col_int(st, column));
        return;
    case FF_CELL_TEXT:
        ff_buf_str(out, ff_db_cell_bytes(st, column, &n));
        return;
    case FF_CELL_BLOB:
        (void)ff_db_cell_bytes(st, column, &n);
        ff_buf_printf(out, "%zu bytes", n);
        return;
    default:
        ff_buf_str(out, "nothing");
    }
}

/* ---- rows ---- */

static int compare_keys(const struct comparison *c)
{
    struct ff_stmt *a = c->sides[LIVING].st, *b = c->sides[REBUILT].st;
    for (int i = 0; i < ff_db_columns(a); i++) {
        const int by = c->key >> i & 1 ? compare_cells(a, b, i) : 0;
        if (by)
            return by;
    }
    return 0;
}

static void say_key(struct ff_buf *out, struct ff_stmt *st, uint64_t key)
{
    for (int i = 0; i < ff_db_columns(st); i++) {
        if (!(key >> i & 1))
            continue;
        if (out->len)
            ff_buf_char(out, '/');
        show(out, st, i);
    }
    ff_buf_str(out, "");
}

static void tell(struct comparison *c, int side, int column)
{
    struct ff_buf key, living, rebuilt;
    ff_buf_init(&key, TEXT_BYTES);
    ff_buf_init(&living, TEXT_BYTES);
    ff_buf_init(&rebuilt, TEXT_BYTES);
    say_key(&key, c->sides[side].st, c->key);
    struct ff_difference d = {.table = c->table, .key = key.data ? key.data : ""};
    if (column >= 0) {
        d.column = ff_db_column_name(c->sides[side].st, column);
        show(&living, c->sides[LIVING].st, column);
        show(&rebuilt, c->sides[REBUILT].st, column);
        d.living = living.data ? living.data : "";
        d.rebuilt = rebuilt.data ? rebuilt.data : "";
    } else if (side == LIVING) {
        d.living = "a row";
    } else {
        d.rebuilt = "a row";
    }
    c->report->differences++;
    if (c->each)
        c->each(c->arg, &d);
    ff_buf_free(&key);
    ff_buf_free(&living);
    ff_buf_free(&rebuilt);
}

static void compare_rows(struct comparison *c)
{
    struct ff_stmt *a = c->sides[LIVING].st, *b = c->sides[REBUILT].st;
    for (int i = 0; i < ff_db_columns(a); i++)
        if (!(c->key >> i & 1) && compare_cells(a, b, i))
            tell(c, LIVING, i);
}

static enum ff_rc step(struct side *s)
{
    return ff_db_row(s->cx, s->st, &s->row);
}

/* Which side is behind: that one's row stands alone. 0: they stand on the same key. */
static int behind(const struct comparison *c)
{
    if (!c->sides[REBUILT].row)
        return -1;
    return c->sides[LIVING].row ? compare_keys(c) : 1;
}

static enum ff_rc walk(struct comparison *c)
{
    struct side *living = &c->sides[LIVING], *rebuilt = &c->sides[REBUILT];
    enum ff_rc rc = step(living);
    if (!rc)
        rc = step(rebuilt);
    while (!rc && (living->row || rebuilt->row)) {
        const int by = behind(c);
        c->report->rows++;
        if (by == 0)
            compare_rows(c);
        else
            tell(c, by < 0 ? LIVING : REBUILT, -1);
        if (by <= 0)
            rc = step(living);
        if (!rc && by >= 0)
            rc = step(rebuilt);
    }
    return rc;
}

/* When a step was applied is each database's own. */
static bool is_own(const char *table)
{
    return strcmp(table, "schema_migration") == 0;
}

enum ff_rc ff_rebuild_compare(struct ff_ctx *living, struct ff_ctx *rebuilt,
                              ff_difference_each each, void *arg, struct ff_rebuild_report *report)
{
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < FF_TABLE_COUNT && !rc; i++) {
        struct comparison c = {.table = ff_table_names[i],
                               .sides = {{.cx = living}, {.cx = rebuilt}},
                               .each = each,
                               .arg = arg,
                               .report = report};
        if (is_own(c.table))
            continue;
        if (!(rc = ff_db_table_key(living, i, &c.key)) &&
            !(rc = ff_db_table(living, i, NULL, &c.sides[LIVING].st)) &&
            !(rc = ff_db_table(rebuilt, i, NULL, &c.sides[REBUILT].st)))
            rc = walk(&c);
        ff_stmt_release(&c.sides[LIVING].st);
        ff_stmt_release(&c.sides[REBUILT].st);
    }
    return rc;
}
