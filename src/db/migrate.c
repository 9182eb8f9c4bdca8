/* SPDX-License-Identifier: MIT */
/* migrate.c - moves a database between versions of the schema, one transaction a step.
 * Step 0 is the bookkeeping and comes with the database; user_version says how far it is, and
 * schema_migration by which texts. A text that changed after it was applied is refused: the schema
 * would no longer be what this program believes. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "db/engine.h"

int ff_db_schema_version(void)
{
    return FF_SCHEMA_VERSION;
}

static int set_version(sqlite3 *sq, int version)
{
    char text[48];
    snprintf(text, sizeof text, "PRAGMA user_version=%d", version);
    return ff_sq_exec(sq, text);
}

static int record_up(struct ff_ctx *cx, sqlite3 *sq, const struct ff_migration *m)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(sq, ff_queries[FF_Q_MIGRATION_ADD].text, -1, &st, NULL);
    if (!rc) {
        sqlite3_bind_int(st, FF_P_MIGRATION_ADD_VERSION, m->version);
        sqlite3_bind_text(st, FF_P_MIGRATION_ADD_NAME, m->name, -1, SQLITE_STATIC);
        sqlite3_bind_text(st, FF_P_MIGRATION_ADD_CHECKSUM, m->checksum, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, FF_P_MIGRATION_ADD_NOW, ff_clock_now_ms(cx->clock));
        rc = sqlite3_step(st);
    }
    sqlite3_finalize(st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int record_down(sqlite3 *sq, int version)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(sq, ff_queries[FF_Q_MIGRATION_REMOVE].text, -1, &st, NULL);
    if (!rc) {
        sqlite3_bind_int(st, FF_P_MIGRATION_REMOVE_VERSION, version);
        rc = sqlite3_step(st);
    }
    sqlite3_finalize(st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Foreign keys are off while tables are rebuilt: what came out must still hold together. */
static int find_dangling(sqlite3 *sq)
{
    char table[64];
    int rc = ff_sq_text(sq, "PRAGMA foreign_key_check", table, sizeof table);
    return rc == SQLITE_NOTFOUND ? SQLITE_OK : rc ? rc : SQLITE_CONSTRAINT_FOREIGNKEY;
}

static enum ff_rc run_step(struct ff_ctx *cx, sqlite3 *sq, const struct ff_migration *m, bool up)
{
    int rc = ff_sq_exec(sq, "BEGIN IMMEDIATE");
    if (!rc)
        rc = ff_sq_exec(sq, up ? m->up : m->down);
    if (!rc)
        rc = find_dangling(sq);
    if (!rc)
        rc = up ? record_up(cx, sq, m) : record_down(sq, m->version);
    if (!rc)
        rc = set_version(sq, up ? m->version : m->version - 1);
    if (!rc)
        rc = ff_sq_exec(sq, "COMMIT");
    if (rc) {
        enum ff_rc failed = ff_sq_fail(cx, sq, rc, m->name);
        (void)ff_sq_exec(sq, "ROLLBACK");
        return failed;
    }
    ff_logf(FF_LOG_DEBUG, NULL, "database: schema step %s %s", m->name, up ? "done" : "undone");
    return FF_OK;
}

enum ff_rc ff_migrate_to(struct ff_ctx *cx, sqlite3 *sq, int version)
{
    int64_t have = 0;
    enum ff_rc rc = FF_OK;
    int code = ff_sq_int(sq, "PRAGMA user_version", &have);
    if (!code)
        code = ff_sq_exec(sq, "PRAGMA foreign_keys=OFF");
    if (code)
        return ff_sq_fail(cx, sq, code, "reading the schema version");
    if (version < 0 || version > FF_SCHEMA_VERSION || have < 0 || have > FF_SCHEMA_VERSION)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "There is no way from version %d to version %d.",
                       (int)have, version);
    int64_t from = have;
    for (; !rc && have < version; have++)
        rc = run_step(cx, sq, &ff_migrations[have + 1], true);
    for (; !rc && have > version; have--)
        rc = run_step(cx, sq, &ff_migrations[have], false);
    if (!rc && from > 0 && from != version)
        ff_logf(FF_LOG_INFO, NULL, "database: schema moved from version %d to %d", (int)from,
                version);
    return rc;
}

static bool is_recorded(sqlite3_stmt *st, const struct ff_migration *m)
{
    const char *sum = (const char *)sqlite3_column_text(st, FF_C_MIGRATION_LIST_CHECKSUM);
    return sqlite3_column_int(st, FF_C_MIGRATION_LIST_VERSION) == m->version && sum &&
           strcmp(sum, m->checksum) == 0;
}

enum ff_rc ff_migrate_verify(struct ff_ctx *cx, sqlite3 *sq)
{
    sqlite3_stmt *st = NULL;
    int64_t have = 0;
    int version = 0;
    bool same = true;
    int rc = ff_sq_int(sq, "PRAGMA user_version", &have);
    if (!rc)
        rc = sqlite3_prepare_v2(sq, ff_queries[FF_Q_MIGRATION_LIST].text, -1, &st, NULL);
    while (!rc && same && (rc = sqlite3_step(st)) == SQLITE_ROW) {
        version++;
        same = version <= FF_SCHEMA_VERSION && is_recorded(st, &ff_migrations[version]);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(st);
    if (!same)
        return FF_FAIL(cx, FF_STORAGE_FAULT,
                       "Step %d of the schema was changed after it was applied: use the program "
                       "that made this database, or restore a backup.",
                       version);
    if (rc != SQLITE_DONE)
        return ff_sq_fail(cx, sq, rc, "reading the schema steps");
    return version == have ? FF_OK
                           : FF_FAIL(cx, FF_STORAGE_FAULT,
                                     "The database says version %d but has taken %d steps.",
                                     (int)have, version);
}

enum ff_rc ff_migrate_create(struct ff_ctx *cx, const char *path)
{
    char text[64];
    sqlite3 *sq = NULL;
    enum ff_rc rc = ff_sq_open(cx, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &sq);
    if (rc)
        return rc;
    snprintf(text, sizeof text, "PRAGMA application_id=%d", (int)FF_DB_APPLICATION_ID);
    int code = ff_sq_exec(sq, "PRAGMA page_size=4096");
    if (!code)
        code = ff_sq_exec(sq, text);
    if (!code)
        code = ff_sq_exec(sq, ff_migrations[0].up);
    rc = code ? ff_sq_fail(cx, sq, code, "making the database")
              : ff_migrate_to(cx, sq, FF_SCHEMA_VERSION);
    sqlite3_close(sq);
    return rc;
}

enum ff_rc ff_migrate_file(struct ff_ctx *cx, const char *path, int version)
{
    sqlite3 *sq = NULL;
    enum ff_rc rc = ff_sq_open(cx, path, SQLITE_OPEN_READWRITE, &sq);
    if (rc)
        return rc;
    if (!(rc = ff_migrate_verify(cx, sq)))
        rc = ff_migrate_to(cx, sq, version);
    sqlite3_close(sq);
    return rc;
}
