/* SPDX-License-Identifier: MIT */
/* conn.c - one connection: its settings, set and then read back, because a pragma that is misspelt
 * or not supported fails in silence.  Source: architecture.md, security.md S53 and S65. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "db/engine.h"

enum { BOTH, READER_ONLY, WRITER_ONLY };

struct pragma {
    const char *name;
    const char *value; /* as it reads back */
    int only;
};

/* 2 is FULL and is not negotiable. Only tests/fault builds a weaker one, to see its proof fail. */
#ifndef FF_SYNCHRONOUS
#define FF_SYNCHRONOUS "2"
#endif

/* clang-format off */
static const struct pragma pragmas[] = {
    { "busy_timeout",       "2000",     BOTH },
    { "foreign_keys",       "1",        BOTH },
    { "trusted_schema",     "0",        BOTH },
    { "recursive_triggers", "1",        BOTH },
    { "cell_size_check",    "1",        BOTH },
    { "secure_delete",      "1",        BOTH },
    { "temp_store",         "2",        BOTH }, /* memory: nothing of the ledger in /tmp */
    { "mmap_size",          "0",        BOTH }, /* an I/O error stays an error, not a signal */
    { "synchronous", FF_SYNCHRONOUS,    BOTH }, /* FULL: an answered purchase survives a power cut */
    { "wal_autocheckpoint", "0",        BOTH }, /* only the writer, when it says so */
    { "journal_size_limit", "67108864", BOTH },
    { "cache_size",         "-2048",    READER_ONLY },
    { "cache_size",         "-8192",    WRITER_ONLY }, /* a batch of 256 purchases stays in memory */
    { "query_only",         "1",        READER_ONLY },
};

struct switch_ {
    int op, value;
    int only;
    const char *name;
};
static const struct switch_ switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE,             1, BOTH,        "defensive" },
    { SQLITE_DBCONFIG_DQS_DML,               0, BOTH,        "dqs_dml" },
    { SQLITE_DBCONFIG_DQS_DDL,               0, BOTH,        "dqs_ddl" },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0, BOTH,        "trusted_schema" },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, BOTH,        "load_extension" },
    { SQLITE_DBCONFIG_ENABLE_FKEY,           1, BOTH,        "foreign_keys" },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER,        1, BOTH,        "triggers" },
    /* Plans do not look at bound values: else each binding near a partial index prepares anew. */
    { SQLITE_DBCONFIG_ENABLE_QPSG,           1, BOTH,        "stable_plans" },
    { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,      1, READER_ONLY, "no_checkpoint_on_close" },
};

static const int limits[][2] = {
    { SQLITE_LIMIT_SQL_LENGTH,       100000 },
    { SQLITE_LIMIT_VARIABLE_NUMBER,  250 },
    { SQLITE_LIMIT_EXPR_DEPTH,       100 },
    { SQLITE_LIMIT_ATTACHED,         0 },
    { SQLITE_LIMIT_TRIGGER_DEPTH,    10 },
    { SQLITE_LIMIT_LENGTH,           16 * 1024 * 1024 },
};

static const char *const control_text[FF_CTL_COUNT] = {
    [FF_CTL_BEGIN]           = "BEGIN",
    [FF_CTL_BEGIN_IMMEDIATE] = "BEGIN IMMEDIATE",
    [FF_CTL_COMMIT]          = "COMMIT",
    [FF_CTL_ROLLBACK]        = "ROLLBACK",
    [FF_CTL_SAVEPOINT]       = "SAVEPOINT job",
    [FF_CTL_RELEASE]         = "RELEASE job",
    [FF_CTL_ROLLBACK_TO]     = "ROLLBACK TO job",
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool applies(const struct ff_conn *conn, int only)
{
    return only == BOTH || (only == WRITER_ONLY) == conn->is_writer;
}

static bool pragma_holds(const struct ff_conn *conn, const char *name, const char *value)
{
    char text[64], now[64];
    snprintf(text, sizeof text, "PRAGMA %s", name);
    return ff_sq_text(conn->sq, text, now, sizeof now) == SQLITE_OK && strcmp(now, value) == 0;
}

static const char *journal_mode(const struct ff_conn *conn)
{
    return conn->db->is_rollback ? "delete" : "wal";
}

enum ff_rc ff_conn_verify(struct ff_ctx *cx, const struct ff_conn *conn)
{
    for (size_t i = 0; i < COUNT(pragmas); i++) {
        if (applies(conn, pragmas[i].only) &&
            !pragma_holds(conn, pragmas[i].name, pragmas[i].value))
            return FF_FAIL(cx, FF_STORAGE_FAULT, "The database setting %s is not %s.",
                           pragmas[i].name, pragmas[i].value);
    }
    if (!pragma_holds(conn, "journal_mode", journal_mode(conn)))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The database's journal mode is not %s.",
                       journal_mode(conn));
    for (size_t i = 0; i < COUNT(switches); i++) {
        int now = -1;
        if (!applies(conn, switches[i].only))
            continue;
        sqlite3_db_config(conn->sq, switches[i].op, -1, &now);
        if (now != switches[i].value)
            return FF_FAIL(cx, FF_STORAGE_FAULT, "The database setting %s is not %d.",
                           switches[i].name, switches[i].value);
    }
    for (size_t i = 0; i < COUNT(limits); i++) {
        if (sqlite3_limit(conn->sq, limits[i][0], -1) != limits[i][1])
            return FF_FAIL(cx, FF_STORAGE_FAULT, "A limit of the database engine does not hold.");
    }
    return FF_OK;
}

static int apply_settings(struct ff_conn *conn)
{
    char text[96];
    int rc = SQLITE_OK;
    for (size_t i = 0; i < COUNT(limits); i++)
        sqlite3_limit(conn->sq, limits[i][0], limits[i][1]);
    for (size_t i = 0; i < COUNT(switches) && !rc; i++) {
        if (applies(conn, switches[i].only))
            rc = sqlite3_db_config(conn->sq, switches[i].op, switches[i].value, NULL);
    }
    for (size_t i = 0; i < COUNT(pragmas) && !rc; i++) {
        if (!applies(conn, pragmas[i].only))
            continue;
        snprintf(text, sizeof text, "PRAGMA %s=%s", pragmas[i].name, pragmas[i].value);
        rc = ff_sq_exec(conn->sq, text);
    }
    if (!rc && conn->is_writer) {
        snprintf(text, sizeof text, "PRAGMA journal_mode=%s", journal_mode(conn));
        rc = ff_sq_exec(conn->sq, text);
    }
    return rc;
}

/* Stops a reader's statement that runs past its time, or that nobody waits for any more. */
static int is_too_late(void *arg)
{
    const struct ff_conn *conn = arg;
    return atomic_load_explicit(&conn->db->is_giving_up, memory_order_relaxed) ||
           (conn->stop_at_ms && ff_clock_mono_ms(conn->db->mono) > conn->stop_at_ms);
}

static int prepare_control(struct ff_conn *conn)
{
    int rc = SQLITE_OK;
    for (int i = 0; i < FF_CTL_COUNT && !rc; i++)
        rc = sqlite3_prepare_v3(conn->sq, control_text[i], -1, SQLITE_PREPARE_PERSISTENT,
                                &conn->control[i], NULL);
    return rc;
}

enum ff_rc ff_conn_open(struct ff_ctx *cx, struct ff_db *db, enum ff_conn_kind kind,
                        struct ff_conn **out)
{
    int flags = kind == FF_CONN_WRITER ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    enum ff_rc rc;
    struct ff_conn *conn = calloc(1, sizeof *conn);
    if (!conn)
        return FF_FAIL(cx, FF_INTERNAL, "No memory for a database connection.");
    conn->db = db;
    conn->is_writer = kind == FF_CONN_WRITER;
    conn->stmts = calloc(FF_Q_COUNT + 1, sizeof(struct ff_stmt *));
    if (!conn->stmts) {
        rc = FF_FAIL(cx, FF_INTERNAL, "No memory for a database connection.");
        goto failed;
    }
    if ((rc = ff_sq_open(cx, db->path, flags, &conn->sq)))
        goto failed;
    int code = apply_settings(conn);
    if (!code)
        code = prepare_control(conn);
    if (code) {
        rc = ff_sq_fail(cx, conn->sq, code, "opening the database");
        goto failed;
    }
    if ((rc = ff_conn_verify(cx, conn)))
        goto failed;
    if (!conn->is_writer)
        sqlite3_progress_handler(conn->sq, 10000, is_too_late, conn);
    *out = conn;
    return FF_OK;
failed:
    ff_conn_close(conn);
    return rc;
}

void ff_conn_close(struct ff_conn *conn)
{
    if (!conn)
        return;
    if (conn->stmts)
        ff_stmt_free_all(conn);
    for (int i = 0; i < FF_CTL_COUNT; i++)
        sqlite3_finalize(conn->control[i]);
    int rc = sqlite3_close(conn->sq);
    assert(rc == SQLITE_OK); /* a statement or a backup was forgotten */
    (void)rc;
    free(conn->stmts);
    free(conn);
}

int ff_conn_control(struct ff_conn *conn, enum ff_control word)
{
    int rc = sqlite3_step(conn->control[word]);
    int end = sqlite3_reset(conn->control[word]);
    return rc == SQLITE_DONE ? end : rc;
}
