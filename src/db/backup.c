/* SPDX-License-Identifier: MIT */
/* backup.c - one file that can stand for the database: copied by the engine's backup API while
 * purchases go on, checked before it gets its name.
 * An automatic name ends in the first eight digits of the file's SHA-256, so that verify can tell
 * any damaged byte.  Encryption and retention are left to others. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "db/engine.h"

enum { SAFETY_COPIES = 3, STAMP_CAP = 24 };

static void stamp(struct ff_ctx *cx, char out[STAMP_CAP])
{
    char iso[FF_INSTANT_CAP];
    ff_instant_format(ff_clock_now_ms(cx->clock), iso); /* 2026-03-02T11:45:00.000Z */
    snprintf(out, STAMP_CAP, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", iso, iso + 5, iso + 8, iso + 11,
             iso + 14, iso + 17);
}

static enum ff_rc cannot(struct ff_ctx *cx, const char *what)
{
    return FF_FAIL(cx, errno == ENOSPC ? FF_STORAGE_FULL : FF_STORAGE_FAULT, "%s: %s.", what,
                   strerror(errno));
}

static enum ff_rc backups_dir(struct ff_ctx *cx, const char *dir, char out[FF_DB_PATH_CAP])
{
    if (!ff_dir_path(out, dir, "backups"))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    return mkdir(out, 0700) && errno != EEXIST ? cannot(cx, "The backup folder cannot be made")
                                               : FF_OK;
}

/* An empty file of mode 0600 beside the place where the result will stand. */
static enum ff_rc part_file(struct ff_ctx *cx, const char *dir, char out[FF_DB_PATH_CAP])
{
    if (!ff_dir_path(out, dir, ".part-XXXXXX"))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the backup file is too long.");
    int fd = mkstemp(out);
    if (fd < 0)
        return cannot(cx, "The backup file cannot be made");
    close(fd);
    return FF_OK;
}

/* ---- looking into a backup ---- */

static enum ff_rc unusable(struct ff_ctx *cx, const char *why)
{
    return FF_FAIL(cx, FF_STORAGE_FAULT, "Not a usable backup: %s.", why);
}

static enum ff_rc read_facts(struct ff_ctx *cx, sqlite3 *sq, struct ff_backup_info *info)
{
    int64_t application = 0, version = 0, sum = 0;
    char mode[16] = "";
    int rc = ff_sq_int(sq, "PRAGMA application_id", &application);
    if (!rc)
        rc = ff_sq_int(sq, "PRAGMA user_version", &version);
    if (!rc)
        rc = ff_sq_text(sq, "PRAGMA journal_mode", mode, sizeof mode);
    if (rc)
        return unusable(cx, sqlite3_errstr(rc));
    if (application != FF_DB_APPLICATION_ID)
        return unusable(cx, "it is not a FeastFrenzy database");
    if (version > FF_SCHEMA_VERSION)
        return FF_FAIL(cx, FF_STORAGE_FAULT,
                       "The backup has version %d, but this program knows only version %d.",
                       (int)version, FF_SCHEMA_VERSION);
    if (strcmp(mode, "delete") != 0)
        return unusable(cx, "it is a plain copy of a live database, whose -wal file is missing");
    info->schema_version = (int)version;
    enum ff_rc checked = ff_migrate_verify(cx, sq);
    if (checked || (checked = ff_sq_check(cx, sq)))
        return checked;
    rc = ff_sq_int(sq, ff_queries[FF_Q_LEDGER_HEAD].text, &info->head_id);
    if (rc == SQLITE_NOTFOUND) { /* no journal yet */
        info->head_id = 0;
        rc = SQLITE_OK;
    }
    if (!rc)
        rc = ff_sq_int(sq, ff_queries[FF_Q_ENTRY_SUM].text, &sum);
    if (rc)
        return unusable(cx, sqlite3_errstr(rc));
    return sum ? unusable(cx, "the ledger does not add up to zero") : FF_OK;
}

/* "feastfrenzy-<UTC>-v<n>-<8 hex>.db": does the file still have that digest? */
static bool name_fits(const char *file, const char *digest)
{
    const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    const char *dash = strrchr(base, '-');
    if (strncmp(base, "feastfrenzy-", 12) != 0 || !dash || strlen(dash) != 12 ||
        strcmp(dash + 9, ".db") != 0)
        return true;
    return strncmp(dash + 1, digest, 8) == 0;
}

static bool is_live(const struct ff_ctx *cx, const struct stat *st)
{
    struct stat live;
    return cx->db && stat(cx->db->path, &live) == 0 && live.st_dev == st->st_dev &&
           live.st_ino == st->st_ino;
}

enum ff_rc ff_backup_verify(struct ff_ctx *cx, const char *file, struct ff_backup_info *info)
{
    struct stat st;
    sqlite3 *sq = NULL;
    *info = (struct ff_backup_info){0};
    if (stat(file, &st) || !S_ISREG(st.st_mode))
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no such backup file.");
    if (is_live(cx, &st)) /* reading it aside would drop the engine's locks */
        return FF_FAIL(cx, FF_BAD_REQUEST, "This is the database itself, not a backup.");
    snprintf(info->file, sizeof info->file, "%s", file);
    /* The digest first, without the engine: it does not like to be watched. */
    if (!ff_digest_file(file, info->digest, &info->bytes))
        return cannot(cx, "The backup cannot be read");
    if (!name_fits(file, info->digest))
        return unusable(cx, "its content is not what its name says");
    enum ff_rc rc = ff_sq_open(cx, file, SQLITE_OPEN_READONLY, &sq);
    if (rc)
        return rc;
    rc = read_facts(cx, sq, info);
    sqlite3_close(sq);
    return rc;
}

/* ---- making one ---- */

/* Without a writer (opened for reading) the whole is copied in one read transaction. */
static enum ff_rc copy_beside(struct ff_ctx *cx, const char *path, sqlite3 *to)
{
    sqlite3 *from = NULL;
    enum ff_rc rc = ff_sq_open(cx, path, SQLITE_OPEN_READONLY, &from);
    if (rc)
        return rc;
    sqlite3_backup *run = sqlite3_backup_init(to, "main", from, "main");
    int code = run ? sqlite3_backup_step(run, -1) : sqlite3_extended_errcode(to);
    sqlite3_backup_finish(run);
    if (code != SQLITE_DONE)
        rc = ff_sq_fail(cx, to, code, "copying the database");
    sqlite3_close(from);
    return rc;
}

static enum ff_rc fill(struct ff_ctx *cx, const char *part, struct ff_backup_info *info)
{
    sqlite3 *to = NULL;
    enum ff_rc rc = ff_sq_open(cx, part, SQLITE_OPEN_READWRITE, &to);
    if (rc)
        return rc;
    (void)ff_sq_exec(to, "PRAGMA synchronous=OFF"); /* it is synced as a whole at the end */
    rc = cx->db->is_read_only ? copy_beside(cx, cx->db->path, to) : ff_writer_copy(cx, to);
    if (!rc) {
        int code = ff_sq_exec(to, "PRAGMA journal_mode=DELETE");
        rc = code ? ff_sq_fail(cx, to, code, "closing the backup") : read_facts(cx, to, info);
    }
    sqlite3_close(to);
    return rc;
}

static enum ff_rc name_it(struct ff_ctx *cx, const char *folder, const char *file,
                          struct ff_backup_info *info)
{
    char when[STAMP_CAP];
    int n;
    stamp(cx, when);
    if (file)
        n = snprintf(info->file, sizeof info->file, "%s", file);
    else
        n = snprintf(info->file, sizeof info->file, "%s/feastfrenzy-%s-v%d-%.8s.db", folder, when,
                     info->schema_version, info->digest);
    if (n >= (int)sizeof info->file)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the backup file is too long.");
    return access(info->file, F_OK) == 0
               ? FF_FAIL(cx, FF_ALREADY_EXISTS, "There is a file of this name already.")
               : FF_OK;
}

static void folder_of(const char *file, char out[FF_DB_PATH_CAP])
{
    const char *slash = strrchr(file, '/');
    int n = slash == file ? 1 : slash ? (int)(slash - file) : 1;
    snprintf(out, FF_DB_PATH_CAP, "%.*s", n, slash ? file : ".");
}

enum ff_rc ff_backup_create(struct ff_ctx *cx, const char *file, struct ff_backup_info *info)
{
    char folder[FF_DB_PATH_CAP], part[FF_DB_PATH_CAP];
    enum ff_rc rc = FF_OK;
    *info = (struct ff_backup_info){0};
    ff_db_release(cx);
    if (file)
        folder_of(file, folder);
    else
        rc = backups_dir(cx, cx->db->dir, folder);
    if (!rc && file)
        rc = name_it(cx, folder, file, info); /* before the work, and again after it */
    if (rc || (rc = part_file(cx, folder, part)))
        return rc;
    if ((rc = fill(cx, part, info)))
        goto done;
    if (!ff_file_sync(part) || !ff_digest_file(part, info->digest, &info->bytes)) {
        rc = cannot(cx, "The backup cannot be written");
        goto done;
    }
    if ((rc = name_it(cx, folder, file, info)))
        goto done;
    if (rename(part, info->file) || !ff_dir_sync(folder))
        rc = cannot(cx, "The backup cannot be put in place");
done:
    if (rc)
        (void)unlink(part);
    return rc;
}

/* ---- the copy before a migration ---- */

static int is_safety(const struct dirent *e)
{
    return strncmp(e->d_name, "before-update-", 14) == 0;
}

static int is_backup(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return strncmp(e->d_name, "feastfrenzy-", 12) == 0 && n > 3 &&
           strcmp(e->d_name + n - 3, ".db") == 0;
}

/* Names begin with the time, so the order of names is the order of time. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void prune(const char *folder)
{
    char path[FF_DB_PATH_CAP];
    struct dirent **names;
    int n = scandir(folder, &names, is_safety, by_name);
    for (int i = 0; i < n; i++) {
        if (i < n - SAFETY_COPIES && ff_dir_path(path, folder, names[i]->d_name))
            (void)unlink(path);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
}

static void newest(const char *dir, int (*filter)(const struct dirent *), char out[FF_DB_PATH_CAP])
{
    char folder[FF_DB_PATH_CAP];
    struct dirent **names;
    *out = 0;
    if (!ff_dir_path(folder, dir, "backups"))
        return;
    int n = scandir(folder, &names, filter, by_name);
    for (int i = 0; i < n; i++) {
        if (i == n - 1)
            snprintf(out, FF_DB_PATH_CAP, "%s", names[i]->d_name);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
}

void ff_backup_newest(const char *dir, char out[FF_DB_PATH_CAP])
{
    newest(dir, is_backup, out);
}

void ff_backup_newest_safety(const char *dir, char out[FF_DB_PATH_CAP])
{
    newest(dir, is_safety, out);
}

static enum ff_rc copy_whole(struct ff_ctx *cx, sqlite3 *from, const char *part)
{
    sqlite3 *to = NULL;
    enum ff_rc rc = ff_sq_open(cx, part, SQLITE_OPEN_READWRITE, &to);
    if (rc)
        return rc;
    sqlite3_backup *run = sqlite3_backup_init(to, "main", from, "main");
    int code = run ? sqlite3_backup_step(run, -1) : sqlite3_extended_errcode(to);
    sqlite3_backup_finish(run);
    if (code == SQLITE_DONE)
        code = ff_sq_exec(to, "PRAGMA journal_mode=DELETE");
    if (code)
        rc = ff_sq_fail(cx, to, code, "copying the database");
    else
        rc = ff_sq_check(cx, to);
    sqlite3_close(to);
    return rc;
}

enum ff_rc ff_backup_safety(struct ff_ctx *cx, sqlite3 *sq, const char *dir, int from, int to)
{
    char folder[FF_DB_PATH_CAP], part[FF_DB_PATH_CAP], name[96], path[FF_DB_PATH_CAP];
    char when[STAMP_CAP];
    enum ff_rc rc = backups_dir(cx, dir, folder);
    if (rc || (rc = part_file(cx, folder, part)))
        return rc;
    stamp(cx, when);
    snprintf(name, sizeof name, "before-update-%s-v%d-to-v%d.db", when, from, to);
    if (!(rc = copy_whole(cx, sq, part))) {
        if (!ff_dir_path(path, folder, name) || !ff_file_sync(part) || rename(part, path) ||
            !ff_dir_sync(folder))
            rc = cannot(cx, "The copy before the update cannot be written");
    }
    if (rc) {
        (void)unlink(part);
        return rc;
    }
    ff_logf(FF_LOG_INFO, NULL, "database: copied to backups/%s before the update", name);
    prune(folder);
    return FF_OK;
}
