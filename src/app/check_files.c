/* SPDX-License-Identifier: MIT */
/* check_files.c - the rows that look at files: the configuration, and a data directory that must be
 * ours alone, on a local disk with room. Source: security.md S67, S68, S88. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/check_rows.h"
#include "app/ini.h"
#include "db/db.h"

enum { MAX_PATH = 1100, MIB = 1 << 20 };
enum { FREE_LOW_MIB = 256, FREE_NONE_MIB = 64, WAL_LARGE_MIB = 32 };

/* ---- configuration ---- */

static const char *config_file(const struct ff_check_env *env)
{
    const char *named = ff_opt_text(env->options, FF_OPT_CONFIG);
    return named ? named : FF_INI_DEFAULT;
}

void ff_look_config_parse(const struct ff_check_env *env, struct ff_finding *out)
{
    const struct ff_trouble *t = env->config;
    if (t)
        ff_found(out, FF_CHECK_ERROR, t->hint[0] ? t->hint : "feastfrenzy config check", "%s%s%s",
                 t->what, t->why[0] ? ": " : "", t->why);
    else
        ff_found(out, FF_CHECK_OK, NULL, "every setting is understood");
}

void ff_look_config_perms(const struct ff_check_env *env, struct ff_finding *out)
{
    char fix[MAX_PATH];
    struct stat st;
    const char *file = config_file(env);
    if (stat(file, &st)) {
        ff_found(out, FF_CHECK_OK, NULL, "there is no configuration file; defaults hold");
        return;
    }
    (void)snprintf(fix, sizeof fix, "chmod go-w %.250s", file);
    if (st.st_mode & (S_IWGRP | S_IWOTH))
        ff_found(out, FF_CHECK_ERROR, fix, "others may write %s", file);
    else if (st.st_uid != 0 && st.st_uid != geteuid())
        ff_found(out, FF_CHECK_ERROR, "chown root, or the user the server runs as",
                 "%s belongs to another user", file);
    else
        ff_found(out, FF_CHECK_OK, NULL, "only its owner may write %s", file);
}

bool ff_mend_config_perms(const struct ff_check_env *env)
{
    struct stat st;
    const char *file = config_file(env);
    return stat(file, &st) == 0 && chmod(file, st.st_mode & 0755) == 0;
}

/* ---- the data directory ---- */

/* A walk through the data directory: the worst finding stays, of equals the first. */
struct walk {
    struct ff_finding *out;
    bool mends, failed;
};

/* How bad a finding is: a key that others may read, or a key or a ledger that is somewhere else or
 * somebody else's, gives the canteen away. The directory around it keeps the rest. */
struct weight {
    enum ff_check_level mode, kind;
};

static struct weight weigh(const char *name, bool in_keys)
{
    if (in_keys || strcmp(name, "keys") == 0)
        return (struct weight){FF_CHECK_ERROR, FF_CHECK_ERROR};
    return (struct weight){FF_CHECK_WARN,
                           strcmp(name, FF_DB_FILE) == 0 ? FF_CHECK_ERROR : FF_CHECK_WARN};
}

/* One entry. Links are not followed, for what is behind one may be anybody's; but backups may live
 * on another disk. */
static void look_at(struct walk *w, int folder, const char *dir, const char *name,
                    struct weight weight)
{
    struct stat st;
    char fix[MAX_PATH];
    struct ff_finding f = {.level = FF_CHECK_OK};
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
        return; /* gone meanwhile: a -wal, a run file */
    (void)snprintf(fix, sizeof fix, "chmod go-rwx %.120s/%.100s", dir, name);
    if (S_ISLNK(st.st_mode)) {
        if (strcmp(name, "backups") != 0)
            ff_found(&f, weight.kind, "put the file itself there", "%s/%s is a link", dir, name);
    } else if (st.st_uid != geteuid()) {
        ff_found(&f, weight.kind, "chown it to the user the server runs as",
                 "%s/%s belongs to another user", dir, name);
    } else if ((st.st_mode & 077) && w->mends) {
        w->failed |= fchmodat(folder, name, st.st_mode & 0700, 0) != 0;
    } else if (st.st_mode & 077) {
        ff_found(&f, weight.mode, fix, "%s/%s is open to others", dir, name);
    }
    if (f.level > w->out->level)
        *w->out = f;
}

static void walk(struct walk *w, const char *dir, bool in_keys, int depth)
{
    char path[MAX_PATH];
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        look_at(w, dirfd(d), dir, e->d_name, weigh(e->d_name, in_keys));
        int n = snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        if (e->d_type == DT_DIR && depth > 0 && n < MAX_PATH)
            walk(w, path, in_keys || strcmp(e->d_name, "keys") == 0, depth - 1);
    }
    if (d)
        closedir(d);
}

void ff_look_data_perms(const struct ff_check_env *env, struct ff_finding *out)
{
    struct stat st;
    char fix[MAX_PATH];
    struct walk w = {.out = out};
    (void)snprintf(fix, sizeof fix, "chmod 700 %.250s", env->dir);
    if (stat(env->dir, &st) || !S_ISDIR(st.st_mode))
        ff_found(out, FF_CHECK_ERROR, "feastfrenzy init", "there is no data directory %s",
                 env->dir);
    else if (st.st_uid != geteuid())
        ff_found(out, FF_CHECK_ERROR, "run as its owner, e.g. sudo -u feastfrenzy ...",
                 "the data directory %s is another user's", env->dir);
    else if (st.st_mode & 077)
        ff_found(out, FF_CHECK_ERROR, fix, "the data directory %s is open to others", env->dir);
    else
        walk(&w, env->dir, false, 2);
    if (out->level == FF_CHECK_OK)
        ff_found(out, FF_CHECK_OK, NULL, "%s and all in it are this user's alone", env->dir);
}

bool ff_mend_data_perms(const struct ff_check_env *env)
{
    struct stat st;
    struct ff_finding found = {.level = FF_CHECK_OK};
    struct walk w = {.out = &found, .mends = true};
    if (stat(env->dir, &st) || st.st_uid != geteuid() || chmod(env->dir, 0700))
        return false;
    walk(&w, env->dir, false, 2);
    return !w.failed && found.level == FF_CHECK_OK;
}

void ff_look_data_fs_local(const struct ff_check_env *env, struct ff_finding *out)
{
    const char *remote = ff_db_remote_fs(env->dir);
    if (remote && ff_opt_bool(env->options, FF_OPT_ALLOW_REMOTE_FS))
        ff_found(out, FF_CHECK_WARN, "move the data directory to a local disk",
                 "the data directory is on %s, which is slower and may lose writes", remote);
    else if (remote)
        ff_found(out, FF_CHECK_ERROR, "move the data directory to a local disk",
                 "the data directory is on %s, which loses locks and writes", remote);
    else
        ff_found(out, FF_CHECK_OK, NULL, "the data directory is on a local file system");
}

void ff_look_disk_free(const struct ff_check_env *env, struct ff_finding *out)
{
    struct statvfs fs;
    if (statvfs(env->dir, &fs)) {
        ff_found(out, FF_CHECK_ERROR, "make the data directory first: feastfrenzy init",
                 "the free space cannot be told: %s", strerror(errno));
        return;
    }
    uint64_t mib = (uint64_t)fs.f_bavail * fs.f_frsize / MIB;
    enum ff_check_level level = mib < FREE_NONE_MIB  ? FF_CHECK_ERROR
                                : mib < FREE_LOW_MIB ? FF_CHECK_WARN
                                                     : FF_CHECK_OK;
    ff_found(out, level, level ? "make room: old backups first" : NULL, "%" PRIu64 " MiB are free",
             mib);
}

void ff_look_wal_size(const struct ff_check_env *env, struct ff_finding *out)
{
    int64_t mib = ff_db_wal_bytes(env->dir) / MIB;
    if (mib >= WAL_LARGE_MIB)
        ff_found(out, FF_CHECK_WARN, "stop and start the server: the stop writes the log back",
                 "the write-ahead log has %" PRId64 " MiB", mib);
    else
        ff_found(out, FF_CHECK_OK, NULL, "the write-ahead log has %" PRId64 " MiB", mib);
}

/* ---- who holds it ---- */

void ff_look_lock(const struct ff_check_env *env, struct ff_finding *out)
{
    char holder[160];
    bool held = ff_db_is_held(env->dir, holder);
    if (held)
        ff_found(out, FF_CHECK_OK, NULL, "FeastFrenzy is running here (%s)",
                 *holder ? holder : "starting");
    else if (ff_runfile_exists(env->dir))
        ff_found(out, FF_CHECK_WARN, "start the server: it checks the last bookings",
                 "the last run ended without shutdown");
    else
        ff_found(out, FF_CHECK_OK, NULL, "no other process holds the data directory");
}

bool ff_mend_lock(const struct ff_check_env *env)
{
    char holder[160];
    if (ff_db_is_held(env->dir, holder))
        return false;
    ff_runfile_remove(env->dir);
    return true;
}
