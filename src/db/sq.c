/* SPDX-License-Identifier: MIT */
/* sq.c - the engine's handle itself: opening, small reads, and what its result codes mean to us.
 * The engine's own words go to the log; the person who asked gets a sentence without SQL. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "db/engine.h"

/* A guard of the schema spoke through RAISE or CHECK. */
static enum ff_rc constraint_class(int code, const char *message)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return FF_ALREADY_EXISTS;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return FF_IN_USE;
    case SQLITE_CONSTRAINT_TRIGGER:
        return message && strcmp(message, "insufficient_funds") == 0 ? FF_INSUFFICIENT_BALANCE
                                                                     : FF_INTERNAL;
    default:
        return FF_INTERNAL;
    }
}

enum ff_rc ff_sq_class(int code, const char *message)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return FF_OK;
    case SQLITE_CONSTRAINT:
        return constraint_class(code, message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        return FF_BUSY;
    case SQLITE_FULL:
        return FF_STORAGE_FULL;
    case SQLITE_IOERR:
        return code == SQLITE_IOERR_NOMEM ? FF_INTERNAL : FF_STORAGE_FAULT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
        return FF_STORAGE_FAULT;
    default:
        return FF_INTERNAL;
    }
}

bool ff_sq_is_fault(int code)
{
    return ff_sq_class(code, NULL) == FF_STORAGE_FAULT;
}

static const char *sentence(enum ff_rc rc)
{
    switch (rc) {
    case FF_ALREADY_EXISTS:
        return "It is already in use.";
    case FF_IN_USE:
        return "Something else refers to it, or what it refers to is missing.";
    case FF_INSUFFICIENT_BALANCE:
        return "The balance does not allow it.";
    case FF_BUSY:
        return "The database is busy, or the question took too long.";
    case FF_STORAGE_FULL:
        return "The disk is full; nothing was changed.";
    case FF_STORAGE_FAULT:
        return "The storage failed.";
    default:
        return "The database refused a step that the program should not have tried.";
    }
}

/* What people cause every day is no error of the program. */
static enum ff_log_level level_of(enum ff_rc rc)
{
    if (rc == FF_ALREADY_EXISTS || rc == FF_IN_USE || rc == FF_INSUFFICIENT_BALANCE)
        return FF_LOG_DEBUG;
    return rc == FF_BUSY ? FF_LOG_WARN : FF_LOG_ERROR;
}

enum ff_rc ff_sq_fail(struct ff_ctx *cx, sqlite3 *sq, int code, const char *doing)
{
    const char *message = sq ? sqlite3_errmsg(sq) : sqlite3_errstr(code);
    enum ff_rc rc = ff_sq_class(code, message);
    ff_logf(level_of(rc), cx->request_id, "database: %s: %s (%d)", doing, message, code);
    return FF_FAIL(cx, rc ? rc : FF_INTERNAL, "%s", sentence(rc));
}

/* The engine counts its memory behind one lock for all threads, at every allocation; nobody reads
 * the count. To be said before the engine is used at all; later it is refused, which costs speed
 * only. */
static void stop_counting(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum ff_rc ff_sq_open(struct ff_ctx *cx, const char *path, int flags, sqlite3 **sq)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, stop_counting);
    /* NOMUTEX: a connection is used by one thread at a time. NOFOLLOW would refuse data
     * directories behind a symbolic link. */
    int rc = sqlite3_open_v2(path, sq, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc) {
        enum ff_rc failed = ff_sq_fail(cx, *sq, rc, "opening a database file");
        sqlite3_close(*sq);
        *sq = NULL;
        return failed;
    }
    sqlite3_busy_timeout(*sq, FF_DB_BUSY_MS);
    if (flags & SQLITE_OPEN_READONLY)
        sqlite3_db_config(*sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(*sq, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(*sq, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(*sq, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return FF_OK;
}

int ff_sq_exec(sqlite3 *sq, const char *text)
{
    return sqlite3_exec(sq, text, NULL, NULL, NULL);
}

int ff_sq_text(sqlite3 *sq, const char *text, char *out, size_t cap)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(sq, text, -1, &st, NULL);
    if (!rc && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(st, 0);
        snprintf(out, cap, "%s", value ? value : "");
    } else if (!rc || rc == SQLITE_DONE) {
        rc = SQLITE_NOTFOUND;
    }
    sqlite3_finalize(st);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

int ff_sq_int(sqlite3 *sq, const char *text, int64_t *out)
{
    char value[32];
    int rc = ff_sq_text(sq, text, value, sizeof value);
    if (!rc && sscanf(value, "%" SCNd64, out) != 1)
        rc = SQLITE_MISMATCH;
    return rc;
}
