/* SPDX-License-Identifier: MIT */
/* migrate_dir.c - the operator's migration of a data directory that no server holds: look at its
 * version, or move it under the lock with a copy first. What a step does is in migrate.c. */
#include <string.h>
#include <unistd.h>

#include "db/engine.h"

static enum ff_rc open_file(struct ff_ctx *cx, const char *dir, int flags, sqlite3 **sq)
{
    char path[FF_DB_PATH_CAP];
    if (!ff_dir_path(path, dir, FF_DB_FILE))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    if (access(path, F_OK))
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no database in %s.", dir);
    return ff_sq_open(cx, path, flags, sq);
}

static enum ff_rc read_version(struct ff_ctx *cx, sqlite3 *sq, int *version)
{
    int64_t application = 0, have = 0;
    int code = ff_sq_int(sq, "PRAGMA application_id", &application);
    if (!code)
        code = ff_sq_int(sq, "PRAGMA user_version", &have);
    if (code)
        return ff_sq_fail(cx, sq, code, "reading the versions");
    *version = (int)have;
    return application == FF_DB_APPLICATION_ID
               ? FF_OK
               : FF_FAIL(cx, FF_STORAGE_FAULT, "The database file is not one of FeastFrenzy.");
}

enum ff_rc ff_migrate_have(struct ff_ctx *cx, const char *dir, int *version)
{
    sqlite3 *sq = NULL;
    enum ff_rc rc = open_file(cx, dir, SQLITE_OPEN_READONLY, &sq);
    if (!rc)
        rc = read_version(cx, sq, version);
    sqlite3_close(sq);
    return rc;
}

enum ff_rc ff_migrate_dir(struct ff_ctx *cx, const char *dir, int version)
{
    sqlite3 *sq = NULL;
    int lock = -1, have = 0;
    enum ff_rc rc = ff_dir_lock(cx, dir, &lock);
    if (rc)
        return rc;
    if (!(rc = open_file(cx, dir, SQLITE_OPEN_READWRITE, &sq)) &&
        !(rc = read_version(cx, sq, &have)) && have != version &&
        !(rc = ff_migrate_verify(cx, sq)) && !(rc = ff_backup_safety(cx, sq, dir, have, version)))
        rc = ff_migrate_to(cx, sq, version);
    sqlite3_close(sq);
    close(lock);
    return rc;
}
