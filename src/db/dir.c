/* SPDX-License-Identifier: MIT */
/* dir.c - the data directory: ours alone, on a disk that keeps locks and writes, one process at a
 * time.  The database file itself is never opened here: closing a second descriptor would drop the
 * engine's locks. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/log.h"
#include "db/engine.h"

struct remote {
    uint64_t magic;
    const char *name;
};

/* f_type of statfs(2). */
static const struct remote remotes[] = {
    {0x6969, "NFS"},        {0x517B, "SMB"},      {0xFF534D42, "CIFS"},  {0xFE534D42, "SMB2"},
    {0x01021997, "9p"},     {0x65735546, "FUSE"}, {0x5346414F, "AFS"},   {0x6B414653, "AFS"},
    {0x00C36400, "Ceph"},   {0x73757245, "Coda"}, {0x7461636f, "OCFS2"}, {0x01161970, "GFS2"},
    {0x0BD00BD0, "Lustre"}, {0x47504653, "GPFS"},
};

const char *ff_dir_remote_name(uint64_t magic)
{
    for (size_t i = 0; i < sizeof remotes / sizeof *remotes; i++) {
        if (remotes[i].magic == (magic & 0xFFFFFFFF)) /* some kernels extend the sign */
            return remotes[i].name;
    }
    return NULL;
}

bool ff_dir_path(char out[FF_DB_PATH_CAP], const char *dir, const char *name)
{
    int n = snprintf(out, FF_DB_PATH_CAP, "%s/%s", dir, name);
    return n > 0 && n < FF_DB_PATH_CAP - 16; /* room for -journal and the like */
}

bool ff_db_exists(const char *dir)
{
    char path[FF_DB_PATH_CAP];
    struct stat st;
    return ff_dir_path(path, dir, FF_DB_FILE) && stat(path, &st) == 0;
}

static enum ff_rc no_permission(struct ff_ctx *cx, int *exit_hint, const char *what)
{
    *exit_hint = errno == EACCES || errno == EPERM ? FF_EXIT_NO_PERMISSION : FF_EXIT_CANNOT_CREATE;
    return FF_FAIL(cx, FF_STORAGE_FAULT, "%s: %s.", what, strerror(errno));
}

/* Nobody else may read the ledger. */
static enum ff_rc close_to_others(struct ff_ctx *cx, const char *path, mode_t mode, int *exit_hint)
{
    struct stat st;
    if (stat(path, &st))
        return errno == ENOENT ? FF_OK : no_permission(cx, exit_hint, "The data directory");
    if (!(st.st_mode & 077))
        return FF_OK;
    if (chmod(path, mode))
        return no_permission(cx, exit_hint, "The data directory is open to others");
    ff_logf(FF_LOG_WARN, NULL, "database: took other users' access to the data directory away");
    return FF_OK;
}

static enum ff_rc check_file_system(struct ff_ctx *cx, const struct ff_db_options *o,
                                    int *exit_hint)
{
    struct statfs fs;
    if (statfs(o->dir, &fs))
        return no_permission(cx, exit_hint, "The data directory");
    const char *name = ff_dir_remote_name((uint64_t)fs.f_type);
    if (name && !o->allow_remote_fs) {
        *exit_hint = FF_EXIT_CONFIG;
        return FF_FAIL(
            cx, FF_STORAGE_FAULT,
            "The data directory is on %s, which loses locks and writes: use a local disk "
            "(or --allow-remote-fs, at your own risk).",
            name);
    }
    if (o->allow_remote_fs)
        ff_logf(FF_LOG_WARN, NULL,
                "database: --allow-remote-fs: slower, and only as safe as the file system");
    return FF_OK;
}

enum ff_rc ff_dir_check(struct ff_ctx *cx, const struct ff_db_options *o, int *exit_hint)
{
    char path[FF_DB_PATH_CAP];
    enum ff_rc rc;
    *exit_hint = FF_EXIT_CONFIG;
    if (!ff_dir_path(path, o->dir, FF_DB_FILE))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    if (o->create && mkdir(o->dir, 0700) && errno != EEXIST)
        return no_permission(cx, exit_hint, "The data directory cannot be made");
    if (o->create && ff_db_exists(o->dir)) {
        *exit_hint = FF_EXIT_CANNOT_CREATE;
        return FF_FAIL(cx, FF_ALREADY_EXISTS, "There is a database already.");
    }
    if (!o->create && !ff_db_exists(o->dir)) {
        *exit_hint = FF_EXIT_NO_INPUT;
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no database here: run `feastfrenzy init`.");
    }
    if ((rc = check_file_system(cx, o, exit_hint)) || o->read_only)
        return rc;
    if ((rc = close_to_others(cx, o->dir, 0700, exit_hint)))
        return rc;
    return close_to_others(cx, path, 0600, exit_hint);
}

/* What the holder wrote into the lock file, in one line. */
static void read_holder(int fd, char out[160])
{
    ssize_t n = pread(fd, out, 159, 0);
    out[n > 0 ? n : 0] = 0;
    out[strcspn(out, "\n")] = 0;
}

static bool write_holder(struct ff_ctx *cx, int fd)
{
    char text[160], now[FF_INSTANT_CAP];
    ff_instant_format(ff_clock_now_ms(cx->clock), now);
    int n = snprintf(text, sizeof text, "pid %ld since %s\n", (long)getpid(), now);
    return ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) == n;
}

enum ff_rc ff_dir_lock(struct ff_ctx *cx, const char *dir, int *out)
{
    char path[FF_DB_PATH_CAP], holder[160];
    if (!ff_dir_path(path, dir, FF_DB_LOCK))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The lock file cannot be opened: %s.",
                       strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        read_holder(fd, holder);
        close(fd);
        return FF_FAIL(cx, FF_BUSY, "FeastFrenzy is running here already (%s).",
                       *holder ? holder : "starting");
    }
    if (!write_holder(cx, fd)) {
        close(fd);
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The lock file cannot be written: %s.",
                       strerror(errno));
    }
    *out = fd;
    return FF_OK;
}

bool ff_db_is_held(const char *dir, char holder[160])
{
    char path[FF_DB_PATH_CAP];
    *holder = 0;
    int fd =
        ff_dir_path(path, dir, FF_DB_LOCK) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0)
        return false;
    bool held = flock(fd, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK;
    if (held)
        read_holder(fd, holder);
    close(fd);
    return held;
}

const char *ff_db_remote_fs(const char *dir)
{
    struct statfs fs;
    return statfs(dir, &fs) ? NULL : ff_dir_remote_name((uint64_t)fs.f_type);
}

int64_t ff_db_wal_bytes(const char *dir)
{
    char path[FF_DB_PATH_CAP];
    struct stat st;
    return ff_dir_path(path, dir, FF_DB_FILE "-wal") && stat(path, &st) == 0 ? st.st_size : 0;
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

bool ff_dir_sync(const char *dir)
{
    return sync_path(dir, O_RDONLY | O_DIRECTORY);
}

bool ff_file_sync(const char *path)
{
    return sync_path(path, O_RDONLY);
}
