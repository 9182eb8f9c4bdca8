/* SPDX-License-Identifier: MIT */
/* restore.c - puts a backup in place of the database.
 * The old files are kept under another name, and at every moment there is a whole database under
 * the right one: the new file is complete and synced before one rename puts it there. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "db/engine.h"

static enum ff_rc cannot(struct ff_ctx *cx, const char *what)
{
    return FF_FAIL(cx, errno == ENOSPC ? FF_STORAGE_FULL : FF_STORAGE_FAULT, "%s: %s.", what,
                   strerror(errno));
}

static bool copy_bytes(int from, int to)
{
    enum { BLOCK = 65536 };
    char *block = malloc(BLOCK);
    ssize_t n = -1;
    while (block && (n = read(from, block, BLOCK)) > 0) {
        if (write(to, block, (size_t)n) != n)
            break; /* on a disk a short write means that it is full */
    }
    free(block);
    return n == 0 && fsync(to) == 0;
}

/* Copies `file` to a new file `part` in `dir`, synced, of the same digest. */
static enum ff_rc copy_in(struct ff_ctx *cx, const char *dir, const struct ff_backup_info *backup,
                          char part[FF_DB_PATH_CAP])
{
    char digest[65];
    int64_t bytes;
    if (!ff_dir_path(part, dir, ".restore-XXXXXX"))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    int from = open(backup->file, O_RDONLY | O_CLOEXEC);
    int to = mkstemp(part);
    bool ok = from >= 0 && to >= 0 && copy_bytes(from, to);
    enum ff_rc rc = ok ? FF_OK : cannot(cx, "The backup cannot be copied");
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    if (!rc && (!ff_digest_file(part, digest, &bytes) || strcmp(digest, backup->digest) != 0))
        rc = FF_FAIL(cx, FF_STORAGE_FAULT, "The backup changed while it was copied.");
    if (rc && to >= 0)
        (void)unlink(part);
    return rc;
}

/* Moves the WAL into the old file when it still can be read, so that the kept file is complete. */
static void settle_old(const char *path)
{
    sqlite3 *sq = NULL;
    if (sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        (void)ff_sq_exec(sq, "PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(sq);
}

/* `path`suffix gets the name `kept`suffix. */
static bool move_aside(const char *path, const char *kept, const char *suffix)
{
    char from[FF_DB_PATH_CAP + 16], to[FF_DB_PATH_CAP + 16];
    snprintf(from, sizeof from, "%s%s", path, suffix);
    snprintf(to, sizeof to, "%s%s", kept, suffix);
    return rename(from, to) == 0 || errno == ENOENT;
}

static enum ff_rc keep_old(struct ff_ctx *cx, const char *path, char kept[FF_DB_PATH_CAP])
{
    char iso[FF_INSTANT_CAP], shm[FF_DB_PATH_CAP + 16];
    ff_instant_format(ff_clock_now_ms(cx->clock), iso);
    int n = snprintf(kept, FF_DB_PATH_CAP, "%s.before-restore-%.4s%.2s%.2sT%.2s%.2s%.2sZ", path,
                     iso, iso + 5, iso + 8, iso + 11, iso + 14, iso + 17);
    if (n >= FF_DB_PATH_CAP)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    settle_old(path);
    if (link(path, kept)) /* both names, so that the right one never goes missing */
        return cannot(cx, "The old database cannot be kept aside");
    if (!move_aside(path, kept, "-wal") || !move_aside(path, kept, "-journal"))
        return cannot(cx, "The old database cannot be kept aside");
    snprintf(shm, sizeof shm, "%s-shm", path);
    (void)unlink(shm);
    return FF_OK;
}

static enum ff_rc replace(struct ff_ctx *cx, const char *dir, const char *part, char kept[512])
{
    char path[FF_DB_PATH_CAP];
    enum ff_rc rc = FF_OK;
    *kept = 0;
    if (!ff_dir_path(path, dir, FF_DB_FILE))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    if (ff_db_exists(dir) && (rc = keep_old(cx, path, kept)))
        return rc;
    if (rename(part, path) || !ff_dir_sync(dir))
        return cannot(cx, "The restored database cannot be put in place");
    return FF_OK;
}

enum ff_rc ff_backup_restore(struct ff_ctx *cx, const char *dir, const char *file, char kept[512])
{
    char part[FF_DB_PATH_CAP];
    struct ff_backup_info backup;
    int lock = -1;
    enum ff_rc rc = ff_backup_verify(cx, file, &backup);
    if (rc)
        return rc;
    if (mkdir(dir, 0700) && errno != EEXIST)
        return cannot(cx, "The data directory cannot be made");
    if ((rc = ff_dir_lock(cx, dir, &lock)))
        return rc;
    if (!(rc = copy_in(cx, dir, &backup, part))) {
        if ((rc = replace(cx, dir, part, kept)))
            (void)unlink(part);
        else
            ff_logf(FF_LOG_INFO, NULL, "database: restored, journals up to %lld",
                    (long long)backup.head_id);
    }
    close(lock);
    return rc;
}
