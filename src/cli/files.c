/* SPDX-License-Identifier: MIT */
/* files.c - the two ends of import and export. */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool ff_file_read(struct ff_cli *cli, const char *path, struct ff_buf *buf)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) || S_ISDIR(st.st_mode)) {
        ff_trouble(&cli->t, FF_EXIT_NO_INPUT, "check the path", "cannot read %s", path);
        ff_trouble_why(&cli->t, "%s", fd < 0 ? strerror(errno) : "it is a directory");
        if (fd >= 0 && !is_stdin)
            close(fd);
        return false;
    }
    char piece[2048];
    ssize_t n;
    while ((n = read(fd, piece, sizeof piece)) > 0)
        ff_buf_add(buf, piece, (size_t)n);
    int why = errno;
    if (!is_stdin)
        close(fd);
    if (n < 0) {
        ff_trouble(&cli->t, FF_EXIT_IO, NULL, "cannot read %s", path);
        ff_trouble_why(&cli->t, "%s", strerror(why));
        return false;
    }
    if (buf->failed)
        return ff_trouble(&cli->t, FF_EXIT_DATA, "split the file", "%s is larger than %zu MiB",
                          path, buf->max >> 20);
    return true;
}

static bool write_all(int fd, const char *text, size_t n)
{
    while (n) {
        ssize_t put = write(fd, text, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        text += put;
        n -= (size_t)put;
    }
    return true;
}

static int create(struct ff_cli *cli, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        ff_trouble(&cli->t, FF_EXIT_NO_CREATE, "name another file", "cannot create %s", path);
        ff_trouble_why(&cli->t, "%s", strerror(errno));
    }
    return fd;
}

bool ff_file_write_csv(struct ff_cli *cli, const char *path, const char *text, size_t n)
{
    static const char bom[] = "\xEF\xBB\xBF";
    struct ff_buf file;
    if (!ff_opt_bool(&cli->o, FF_OPT_BOM))
        return ff_file_write(cli, path, text, n);
    ff_buf_init(&file, n + sizeof bom);
    ff_buf_str(&file, bom);
    ff_buf_add(&file, text, n);
    const bool done = ff_file_write(cli, path, file.data, file.len);
    ff_buf_free(&file);
    return done;
}

bool ff_file_try(struct ff_cli *cli, const char *path)
{
    if (!path || strcmp(path, "-") == 0)
        return true;
    int fd = create(cli, path);
    if (fd < 0)
        return false;
    close(fd);
    unlink(path);
    return true;
}

bool ff_file_write(struct ff_cli *cli, const char *path, const char *text, size_t n)
{
    bool is_stdout = !path || strcmp(path, "-") == 0;
    fflush(stdout);
    int fd = is_stdout ? STDOUT_FILENO : create(cli, path);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, text, n);
    if (!is_stdout)
        ok = close(fd) == 0 && ok;
    if (!ok) {
        ff_trouble(&cli->t, FF_EXIT_IO, NULL, "cannot write %s", is_stdout ? "the output" : path);
        ff_trouble_why(&cli->t, "%s", strerror(errno));
    }
    return ok;
}

const char *ff_file_absolute(struct ff_cli *cli, const char *path)
{
    char here[1024];
    if (path[0] == '/' || !getcwd(here, sizeof here))
        return path;
    return ff_arena_printf(cli->arena, "%s/%s", here, path);
}
