/* SPDX-License-Identifier: MIT */
/* runfile.c - written aside and renamed, so that a reader sees all of it or nothing. */
#include "app/runfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json/schema.h"

static const struct ff_field run_f[] = {
    {"pid", FF_T_INT, offsetof(struct ff_run, pid), FF_F_REQUIRED, 1, INT32_MAX, "process", 0, 0},
    {"port", FF_T_INT, offsetof(struct ff_run, port), FF_F_REQUIRED, 1, 65535, "loopback port", 0,
     0},
    {"secret", FF_T_SECRET, offsetof(struct ff_run, secret), FF_F_REQUIRED, 64, 64, "of this start",
     0, 0},
    {"started", FF_T_TEXT, offsetof(struct ff_run, started), FF_F_REQUIRED, 1, 64, "when", 0, 0},
};

static const struct ff_schema run_schema = {
    .name = "Run", .size = sizeof(struct ff_run), .set_offset = FF_NO_SET, FF_FIELDS(run_f)};

enum { MAX_PATH = 1100 };

static void path_of(const char *dir, const char *suffix, char out[MAX_PATH])
{
    snprintf(out, MAX_PATH, "%s/run.json%s", dir, suffix);
}

bool ff_runfile_write(const char *dir, const struct ff_run *run, struct ff_trouble *t)
{
    char path[MAX_PATH], aside[MAX_PATH], text[512];
    path_of(dir, "", path);
    path_of(dir, ".new", aside);
    int n = snprintf(text, sizeof text,
                     "{\"pid\":%lld,\"port\":%lld,\"secret\":\"%s\",\"started\":\"%s\"}\n",
                     (long long)run->pid, (long long)run->port, run->secret, run->started);
    (void)unlink(aside);
    int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, text, (size_t)n) == n;
    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    if (ok && rename(aside, path) == 0)
        return true;
    ff_trouble(t, FF_EXIT_IO, NULL, "cannot write %s", path);
    ff_trouble_why(t, "%s", strerror(errno));
    return false;
}

void ff_runfile_remove(const char *dir)
{
    char path[MAX_PATH];
    path_of(dir, "", path);
    (void)unlink(path);
}

bool ff_runfile_exists(const char *dir)
{
    char path[MAX_PATH];
    path_of(dir, "", path);
    return access(path, F_OK) == 0;
}

bool ff_runfile_read(struct ff_ctx *cx, const char *dir, struct ff_run *run)
{
    char path[MAX_PATH], text[513];
    path_of(dir, "", path);
    struct stat st;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ours = fstat(fd, &st) == 0 && st.st_uid == geteuid() && !(st.st_mode & 077);
    ssize_t n = ours ? read(fd, text, sizeof text - 1) : -1;
    close(fd);
    if (n <= 0)
        return false;
    while (n && (text[n - 1] == '\n' || text[n - 1] == ' '))
        n--;
    return ff_json_read(cx, &run_schema, text, (size_t)n, run) == FF_OK;
}
