/* SPDX-License-Identifier: MIT */
/* paths.c - finding, making, checking and (for the demo) removing a data directory. */
#include "app/paths.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PATH = 1024 };

const char *ff_data_dir(const struct ff_options *o, struct ff_trouble *t)
{
    const char *named = ff_opt_text(o, FF_OPT_DATA);
    const char *state = getenv("STATE_DIRECTORY");
    const char *xdg = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (named)
        return named;
    if (state && state[0] == '/' && !strchr(state, ':'))
        return ff_arena_strndup(o->arena, state, strlen(state));
    if (geteuid() == 0)
        return "/var/lib/feastfrenzy";
    if (xdg && xdg[0] == '/')
        return ff_arena_printf(o->arena, "%s/feastfrenzy", xdg);
    if (home && home[0] == '/')
        return ff_arena_printf(o->arena, "%s/.local/share/feastfrenzy", home);
    ff_trouble(t, FF_EXIT_CONFIG, "feastfrenzy --data DIR ...", "no data directory is known");
    ff_trouble_why(t, "neither XDG_DATA_HOME nor HOME is set");
    return NULL;
}

static bool make_parents(const char *dir)
{
    char path[MAX_PATH];
    snprintf(path, sizeof path, "%s", dir);
    for (char *p = path + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = 0;
        if (mkdir(path, 0700) && errno != EEXIST)
            return false;
        *p = '/';
    }
    return true;
}

static bool is_empty(const char *dir)
{
    DIR *d = opendir(dir);
    if (!d)
        return false;
    int n = 0;
    while (readdir(d))
        n++;
    closedir(d);
    return n <= 2;
}

bool ff_data_dir_make(const char *dir, struct ff_trouble *t)
{
    struct stat st;
    if (strlen(dir) + 64 > MAX_PATH)
        return ff_trouble(t, FF_EXIT_USAGE, NULL, "the path of the data directory is too long");
    if (!make_parents(dir) || (mkdir(dir, 0700) && errno != EEXIST)) {
        ff_trouble(t, errno == EACCES || errno == EPERM ? FF_EXIT_PERMISSION : FF_EXIT_NO_CREATE,
                   "name another one with --data DIR", "cannot make the data directory %s", dir);
        ff_trouble_why(t, "%s", strerror(errno));
        return false;
    }
    if (stat(dir, &st) == 0 && st.st_uid == geteuid() && (st.st_mode & 077) && is_empty(dir))
        (void)chmod(dir, 0700);
    return ff_data_dir_check(dir, t);
}

static bool become_owner(const struct stat *st, const char *dir, struct ff_trouble *t)
{
    if (setgroups(0, NULL) == 0 && setgid(st->st_gid) == 0 && setuid(st->st_uid) == 0)
        return true;
    ff_trouble(t, FF_EXIT_PERMISSION, NULL, "cannot act as the owner of %s", dir);
    ff_trouble_why(t, "%s", strerror(errno));
    return false;
}

bool ff_data_dir_check(const char *dir, struct ff_trouble *t)
{
    struct stat st;
    char hint[MAX_PATH + 64];
    if (stat(dir, &st)) {
        int why = errno;
        snprintf(hint, sizeof hint, "feastfrenzy init --data %s --currency EUR", dir);
        ff_trouble(t, why == ENOENT ? FF_EXIT_CONFIG : FF_EXIT_PERMISSION, hint,
                   "there is no data directory %s", dir);
        ff_trouble_why(t, "%s", strerror(why));
        return false;
    }
    if (!S_ISDIR(st.st_mode))
        return ff_trouble(t, FF_EXIT_CONFIG, "name a directory with --data DIR",
                          "%s is no directory", dir);
    if (st.st_mode & 077) {
        snprintf(hint, sizeof hint, "chmod 700 %s", dir);
        ff_trouble(t, FF_EXIT_PERMISSION, hint, "the data directory %s is open to others", dir);
        ff_trouble_why(t, "it holds balances and keys; its mode must be 0700");
        return false;
    }
    if (geteuid() == 0 && st.st_uid != 0)
        return become_owner(&st, dir, t);
    if (st.st_uid != geteuid()) {
        ff_trouble(t, FF_EXIT_PERMISSION, "run as its owner, e.g. sudo -u feastfrenzy ...",
                   "the data directory %s is another user's", dir);
        ff_trouble_why(t, "it is owned by user %u, this is user %u", (unsigned)st.st_uid,
                       (unsigned)geteuid());
        return false;
    }
    return true;
}

const char *ff_tls_cert_path(const struct ff_options *o, const char *dir)
{
    const char *named = ff_opt_text(o, FF_OPT_TLS_CERT);
    return named ? named : ff_arena_printf(o->arena, "%s/tls/cert.pem", dir);
}

const char *ff_tls_key_path(const struct ff_options *o, const char *dir)
{
    const char *named = ff_opt_text(o, FF_OPT_TLS_KEY);
    return named ? named : ff_arena_printf(o->arena, "%s/tls/key.pem", dir);
}

static void remove_files(const char *dir, int depth)
{
    DIR *d = opendir(dir);
    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));) {
        char path[MAX_PATH];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (snprintf(path, sizeof path, "%s/%s", dir, e->d_name) >= (int)sizeof path)
            continue;
        if (unlink(path) && depth > 0)
            remove_files(path, depth - 1);
    }
    closedir(d);
    (void)rmdir(dir);
}

void ff_data_dir_remove(const char *dir)
{
    remove_files(dir, 2);
}
