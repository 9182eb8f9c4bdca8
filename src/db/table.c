/* SPDX-License-Identifier: MIT */
/* table.c - the rows of a table by its name, in the order of its key.
 * The text is put together here, since a query for each table would be a second list of them. */
#include "db/table.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/engine.h"

enum { TEXT_MAX = 2048 };

/* For what a statement tells of itself; it is no named query. */
static const struct ff_query_info whole = {.name = "whole table"};

/* Calls `each` with the number and name of every column of the key, in the key's order. */
static int for_key(sqlite3 *sq, const char *table, void (*each)(void *, int, const char *),
                   void *arg)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(sq,
                                "SELECT cid, name FROM pragma_table_info(?1) WHERE pk > 0 "
                                "ORDER BY pk",
                                -1, &st, NULL);
    if (!rc)
        rc = sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
    while (!rc && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        each(arg, sqlite3_column_int(st, 0), (const char *)sqlite3_column_text(st, 1));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static void order_by(void *arg, int column, const char *name)
{
    struct ff_buf *text = arg;
    (void)column;
    ff_buf_printf(text, "%s %s", strstr(text->data, "ORDER") ? "," : " ORDER BY", name);
}

static void mark(void *arg, int column, const char *name)
{
    uint64_t *columns = arg;
    (void)name;
    *columns |= UINT64_C(1) << column;
}

static enum ff_rc borrow(struct ff_ctx *cx)
{
    return cx->conn ? FF_OK : ff_pool_borrow(cx);
}

/* A statement of its own that goes with its handle. */
static enum ff_rc open_spare(struct ff_ctx *cx, const char *text, struct ff_stmt **out)
{
    struct ff_conn *conn = cx->conn;
    struct ff_stmt *st = calloc(1, sizeof *st);
    if (!st)
        return FF_FAIL(cx, FF_INTERNAL, "No memory for a statement.");
    int rc = sqlite3_prepare_v2(conn->sq, text, -1, &st->sq, NULL);
    if (rc) {
        free(st);
        return ff_sq_fail(cx, conn->sq, rc, whole.name);
    }
    st->info = &whole;
    st->conn = conn;
    st->is_spare = st->is_open = true;
    st->is_started = true; /* so that no time limit is set */
    conn->stop_at_ms = 0;
    st->next_open = conn->open;
    conn->open = st;
    *out = st;
    return FF_OK;
}

enum ff_rc ff_db_table(struct ff_ctx *cx, int table, struct ff_stmt **out)
{
    assert(table >= 0 && table < FF_TABLE_COUNT && *out == NULL);
    struct ff_buf text;
    enum ff_rc rc = borrow(cx);
    if (rc)
        return rc;
    ff_buf_init(&text, TEXT_MAX);
    ff_buf_printf(&text, "SELECT * FROM %s", ff_table_names[table]);
    int code = for_key(cx->conn->sq, ff_table_names[table], order_by, &text);
    if (code)
        rc = ff_sq_fail(cx, cx->conn->sq, code, "reading the schema");
    else if (text.failed)
        rc = FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    else
        rc = open_spare(cx, text.data, out);
    ff_buf_free(&text);
    return rc;
}

enum ff_rc ff_db_table_key(struct ff_ctx *cx, int table, uint64_t *columns)
{
    *columns = 0;
    enum ff_rc rc = borrow(cx);
    if (rc)
        return rc;
    int code = for_key(cx->conn->sq, ff_table_names[table], mark, columns);
    return code ? ff_sq_fail(cx, cx->conn->sq, code, "reading the schema") : FF_OK;
}

const char *ff_db_column_type(struct ff_stmt *st, int column)
{
    const char *type = sqlite3_column_decltype(st->sq, column);
    return type ? type : "";
}

enum ff_cell ff_db_cell(struct ff_stmt *st, int column)
{
    switch (sqlite3_column_type(st->sq, column)) {
    case SQLITE_NULL:
        return FF_CELL_NULL;
    case SQLITE_INTEGER:
        return FF_CELL_INT;
    case SQLITE_TEXT:
        return FF_CELL_TEXT;
    default:
        return FF_CELL_BLOB;
    }
}

const void *ff_db_cell_bytes(struct ff_stmt *st, int column, size_t *n)
{
    const void *bytes = sqlite3_column_type(st->sq, column) == SQLITE_TEXT
                            ? (const void *)sqlite3_column_text(st->sq, column)
                            : sqlite3_column_blob(st->sq, column);
    *n = (size_t)sqlite3_column_bytes(st->sq, column);
    return bytes ? bytes : "";
}
