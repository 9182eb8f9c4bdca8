/* SPDX-License-Identifier: MIT */
/* stmt.c - named queries: prepared once a connection, bound, stepped, put away.
 * A statement in use a second time (a query inside its own loop) gets a spare of its own. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "db/engine.h"

static enum ff_rc prepare(struct ff_ctx *cx, struct ff_conn *conn, enum ff_query query, bool spare,
                          struct ff_stmt **out)
{
    struct ff_stmt *st = calloc(1, sizeof *st);
    if (!st)
        return FF_FAIL(cx, FF_INTERNAL, "No memory for a statement.");
    st->info = &ff_queries[query];
    st->is_spare = spare;
    int rc = sqlite3_prepare_v3(conn->sq, st->info->text, -1, spare ? 0 : SQLITE_PREPARE_PERSISTENT,
                                &st->sq, NULL);
    if (rc) {
        free(st);
        return ff_sq_fail(cx, conn->sq, rc, ff_queries[query].name);
    }
    st->conn = conn;
    *out = st;
    return FF_OK;
}

enum ff_rc ff_db_query(struct ff_ctx *cx, enum ff_query query, struct ff_stmt **out)
{
    enum ff_rc rc;
    assert((unsigned)query < FF_Q_COUNT && *out == NULL);
    if (!cx->conn && (rc = ff_pool_borrow(cx)))
        return rc;
    struct ff_conn *conn = cx->conn;
    if (ff_queries[query].is_write && !conn->is_writer)
        return FF_FAIL(cx, FF_INTERNAL, "A change was tried outside the writer.");
    struct ff_stmt *st = conn->stmts[query];
    if (!st || st->is_open) {
        if ((rc = prepare(cx, conn, query, st != NULL, &st)))
            return rc;
        if (!st->is_spare)
            conn->stmts[query] = st;
    }
    st->is_open = true;
    st->is_started = false;
    st->bound = 0;
    st->next_open = conn->open;
    conn->open = st;
    *out = st;
    cx->tables_read |= ff_queries[query].reads;
    return FF_OK;
}

static void unlink_open(struct ff_stmt *st)
{
    struct ff_stmt **at = &st->conn->open;
    while (*at != st)
        at = &(*at)->next_open;
    *at = st->next_open;
}

/* Names a statement that took long, with what its rows were used for in between. */
static void watch(struct ff_stmt *st)
{
    struct ff_db *db = st->conn->db;
    int64_t ms = st->is_started && db->slow_ms ? ff_clock_tick_ms() - st->began_ms : 0;
    if (!ms || ms < db->slow_ms)
        return;
    const struct ff_log_kv kv[] = {{"query", st->info->name, 0}, {"ms", NULL, ms}};
    ff_log(FF_LOG_WARN, st->request_id, "slow query", kv, sizeof kv / sizeof kv[0]);
    atomic_fetch_add(&db->slow, 1);
}

/* Ends an execution. Its result only repeats what the last step said. */
static void put_away(struct ff_stmt *st)
{
    (void)sqlite3_reset(st->sq);
    watch(st);
    st->is_started = false;
}

void ff_stmt_release(struct ff_stmt **handle)
{
    struct ff_stmt *st = *handle;
    *handle = NULL;
    if (!st)
        return;
    if (!st->conn) { /* its connection went first */
        free(st);
        return;
    }
    if (st->is_started)
        put_away(st);
    unlink_open(st);
    st->is_open = false;
    if (st->is_spare) {
        sqlite3_finalize(st->sq);
        free(st);
    }
}

void ff_stmt_orphan_all(struct ff_conn *conn)
{
    while (conn->open) {
        struct ff_stmt *st = conn->open;
        conn->open = st->next_open;
        if (!st->is_spare)
            conn->stmts[st->info - ff_queries] = NULL;
        sqlite3_finalize(st->sq);
        st->sq = NULL;
        st->conn = NULL;
    }
}

void ff_stmt_free_all(struct ff_conn *conn)
{
    ff_stmt_orphan_all(conn);
    for (int i = 0; i < FF_Q_COUNT; i++) {
        if (conn->stmts[i])
            sqlite3_finalize(conn->stmts[i]->sq);
        free(conn->stmts[i]);
    }
}

/* Binding fails only for a wrong index or a statement that runs: both are mistakes of ours. */
static void bound(int rc)
{
    assert(rc == SQLITE_OK);
    (void)rc;
}

static uint64_t bit_of(int parameter)
{
    assert(parameter > 0 && parameter < 64); /* no query has so many */
    return UINT64_C(1) << parameter;
}

static void hold(struct ff_stmt *st, int parameter)
{
    const uint64_t bit = bit_of(parameter);
    st->bound |= bit;
    st->held |= bit;
    st->numbered &= ~bit;
}

/* Binds NULL, which costs nothing where nothing was held. */
static void hold_none(struct ff_stmt *st, int parameter)
{
    const uint64_t bit = bit_of(parameter);
    st->bound |= bit;
    if (!(st->held & bit))
        return;
    bound(sqlite3_bind_null(st->sq, parameter));
    st->held &= ~bit;
    st->numbered &= ~bit;
}

void ff_db_int(struct ff_stmt *st, int parameter, int64_t value)
{
    const uint64_t bit = bit_of(parameter);
    st->bound |= bit;
    if ((st->numbered & bit) && st->numbers[parameter] == value)
        return;
    bound(sqlite3_bind_int64(st->sq, parameter, value));
    st->held |= bit;
    if (parameter >= FF_STMT_NUMBERS)
        return;
    st->numbered |= bit;
    st->numbers[parameter] = value;
}

void ff_db_opt_int(struct ff_stmt *st, int parameter, int64_t value)
{
    if (value == INT64_MIN)
        hold_none(st, parameter);
    else
        ff_db_int(st, parameter, value);
}

void ff_db_text(struct ff_stmt *st, int parameter, const char *text)
{
    if (!text) {
        hold_none(st, parameter);
        return;
    }
    hold(st, parameter);
    bound(sqlite3_bind_text(st->sq, parameter, text, -1, SQLITE_STATIC));
}

void ff_db_blob(struct ff_stmt *st, int parameter, const void *bytes, size_t n)
{
    if (!bytes) {
        hold_none(st, parameter);
        return;
    }
    hold(st, parameter);
    bound(sqlite3_bind_blob64(st->sq, parameter, bytes, n, SQLITE_STATIC));
}

/* Nothing of an earlier use is left in a parameter that nobody bound this time. Nearly always all
 * are bound again, so clearing all of them after each use would be for nothing. */
static void clear_rest(struct ff_stmt *st)
{
    for (uint64_t rest = st->held & ~st->bound; rest; rest &= rest - 1)
        bound(sqlite3_bind_null(st->sq, __builtin_ctzll(rest)));
    st->held &= st->bound;
    st->numbered &= st->bound;
}

static enum ff_rc step_failed(struct ff_ctx *cx, struct ff_stmt *st, int rc)
{
    struct ff_conn *conn = st->conn;
    if (conn->is_writer && ff_sq_is_fault(rc))
        conn->is_broken = true;
    enum ff_rc failed = ff_sq_fail(cx, conn->sq, rc, st->info->name);
    put_away(st);
    return failed;
}

/* A tick more or less does not matter here, and the exact time costs more than some statements. */
static void time_it(struct ff_ctx *cx, struct ff_stmt *st)
{
    struct ff_conn *conn = st->conn;
    const int64_t now_ms = conn->db->slow_ms || !conn->is_writer ? ff_clock_tick_ms() : 0;
    st->began_ms = now_ms;
    st->request_id = cx->request_id;
    if (!conn->is_writer)
        conn->stop_at_ms = cx->is_unhurried ? 0 : now_ms + conn->db->statement_ms;
}

enum ff_rc ff_db_row(struct ff_ctx *cx, struct ff_stmt *st, bool *row)
{
    *row = false;
    if (!st->conn)
        return FF_FAIL(cx, FF_INTERNAL, "A statement was used after its reader was given back.");
    struct ff_conn *conn = st->conn;
    /* After a full disk the engine has ended the transaction: a further change would commit alone.
     */
    if (conn->in_batch && sqlite3_get_autocommit(conn->sq))
        return FF_FAIL(cx, FF_STORAGE_FULL, "The transaction has ended.");
    if (!st->is_started) {
        clear_rest(st);
        st->is_started = true;
        cx->statements++;
        conn->wrote |= st->info->writes;
        time_it(cx, st);
    }
    int rc = sqlite3_step(st->sq);
    if (rc == SQLITE_ROW) {
        *row = true;
        return FF_OK;
    }
    if (rc != SQLITE_DONE)
        return step_failed(cx, st, rc);
    put_away(st); /* so that it can be bound and run again */
    return FF_OK;
}

enum ff_rc ff_db_run(struct ff_ctx *cx, struct ff_stmt *st)
{
    bool row;
    enum ff_rc rc = ff_db_row(cx, st, &row);
    if (rc)
        return rc;
    return row ? FF_FAIL(cx, FF_INTERNAL, "A statement gave a row nobody asked for.") : FF_OK;
}

int64_t ff_db_changes(struct ff_stmt *st)
{
    return sqlite3_changes64(st->conn->sq);
}

int64_t ff_db_col_int(struct ff_stmt *st, int column)
{
    return sqlite3_column_int64(st->sq, column);
}

int64_t ff_db_col_opt_int(struct ff_stmt *st, int column)
{
    return ff_db_col_null(st, column) ? INT64_MIN : sqlite3_column_int64(st->sq, column);
}

const char *ff_db_col_text(struct ff_ctx *cx, struct ff_stmt *st, int column)
{
    return ff_strdup(cx, (const char *)sqlite3_column_text(st->sq, column));
}

bool ff_db_col_blob(struct ff_stmt *st, int column, void *out, size_t n)
{
    const void *bytes = sqlite3_column_blob(st->sq, column);
    if (!bytes || (size_t)sqlite3_column_bytes(st->sq, column) != n)
        return false;
    memcpy(out, bytes, n);
    return true;
}

const void *ff_db_col_bytes(struct ff_ctx *cx, struct ff_stmt *st, int column, size_t *n)
{
    *n = 0;
    const void *bytes = sqlite3_column_blob(st->sq, column);
    if (!bytes)
        return NULL;
    *n = (size_t)sqlite3_column_bytes(st->sq, column);
    char *copy = ff_alloc(cx, *n + 1); /* zeroed */
    return copy ? memcpy(copy, bytes, *n) : NULL;
}

bool ff_db_col_null(struct ff_stmt *st, int column)
{
    return sqlite3_column_type(st->sq, column) == SQLITE_NULL;
}

int ff_db_parameter(struct ff_stmt *st, const char *name)
{
    char with_colon[64];
    snprintf(with_colon, sizeof with_colon, ":%s", name);
    return sqlite3_bind_parameter_index(st->sq, with_colon);
}

int ff_db_columns(struct ff_stmt *st)
{
    return sqlite3_column_count(st->sq);
}

const char *ff_db_column_name(struct ff_stmt *st, int column)
{
    return sqlite3_column_name(st->sq, column);
}

bool ff_db_col_is_text(struct ff_stmt *st, int column)
{
    return sqlite3_column_type(st->sq, column) == SQLITE_TEXT;
}
