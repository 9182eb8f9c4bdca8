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

int ff_db_table_number(const char *name)
{
    for (int i = 0; i < FF_TABLE_COUNT; i++)
        if (strcmp(ff_table_names[i], name) == 0)
            return i;
    return -1;
}

enum ff_rc ff_db_table(struct ff_ctx *cx, int table, const char *first, struct ff_stmt **out)
{
    assert(table >= 0 && table < FF_TABLE_COUNT && *out == NULL);
    struct ff_buf text;
    enum ff_rc rc = borrow(cx);
    if (rc)
        return rc;
    ff_buf_init(&text, TEXT_MAX);
    ff_buf_printf(&text, "SELECT * FROM %s", ff_table_names[table]);
    if (first)
        order_by(&text, 0, first);
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

int ff_db_column(struct ff_stmt *st, const char *name)
{
    for (int i = 0; i < ff_db_columns(st); i++)
        if (strcmp(ff_db_column_name(st, i), name) == 0)
            return i;
    return -1;
}

/* ---- filling ---- */

static enum ff_rc must_be_scratch(struct ff_ctx *cx)
{
    return ff_db_in_writer(cx) && cx->db->is_scratch
               ? FF_OK
               : FF_FAIL(cx, FF_INTERNAL, "Only a scratch database is filled by tables.");
}

static enum ff_rc run_text(struct ff_ctx *cx, const char *text)
{
    int rc = ff_sq_exec(cx->conn->sq, text);
    return rc ? ff_sq_fail(cx, cx->conn->sq, rc, "filling a database") : FF_OK;
}

enum ff_rc ff_db_guards(struct ff_ctx *cx, bool on)
{
    int is = -1;
    enum ff_rc rc = must_be_scratch(cx);
    if (rc)
        return rc;
    sqlite3_db_config(cx->conn->sq, SQLITE_DBCONFIG_ENABLE_TRIGGER, (int)on, &is);
    if (is != (int)on)
        return FF_FAIL(cx, FF_INTERNAL, "The triggers cannot be switched.");
    /* To the end of the job, or a row that comes later would not settle what waits for it. */
    return run_text(cx, "PRAGMA defer_foreign_keys=ON");
}

enum ff_rc ff_db_table_clear(struct ff_ctx *cx, int table)
{
    char text[96];
    enum ff_rc rc = must_be_scratch(cx);
    snprintf(text, sizeof text, "DELETE FROM %s", ff_table_names[table]);
    return rc ? rc : run_text(cx, text);
}

enum ff_rc ff_db_table_in(struct ff_ctx *cx, int table, struct ff_stmt **out)
{
    char text[512], count[96];
    int64_t columns = 0;
    enum ff_rc rc = must_be_scratch(cx);
    if (rc)
        return rc;
    snprintf(count, sizeof count, "SELECT COUNT(*) FROM pragma_table_info('%s')",
             ff_table_names[table]);
    int code = ff_sq_int(cx->conn->sq, count, &columns);
    if (code)
        return ff_sq_fail(cx, cx->conn->sq, code, "reading the schema");
    int n = snprintf(text, sizeof text, "INSERT INTO %s VALUES (?1", ff_table_names[table]);
    for (int64_t i = 2; i <= columns && n < (int)sizeof text - 8; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, ",?%d", (int)i);
    snprintf(text + n, sizeof text - (size_t)n, ")");
    cx->conn->wrote |= FF_TABLE_BIT(table);
    return open_spare(cx, text, out);
}

enum ff_rc ff_db_copy_row(struct ff_ctx *cx, struct ff_stmt *from, struct ff_stmt *to)
{
    int rc = SQLITE_OK;
    for (int i = 0; i < sqlite3_column_count(from->sq) && !rc; i++)
        rc = sqlite3_bind_value(to->sq, i + 1, sqlite3_column_value(from->sq, i));
    if (rc)
        return ff_sq_fail(cx, to->conn->sq, rc, "copying a row");
    return ff_db_run(cx, to);
}
