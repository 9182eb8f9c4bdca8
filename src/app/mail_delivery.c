/* SPDX-License-Identifier: MIT */
/* mail_delivery.c - see mail_delivery.h. */
#define _GNU_SOURCE /* memfd_create, posix_spawn_file_actions_addclosefrom_np */
#include "app/mail_delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/ids.h"

enum { NAME_CAP = 96, PATIENCE_MS = 30000, STEP_MS = 20, NS_PER_MS = 1000000, MAX_ADDRESS = 254 };

bool ff_mail_address_ok(const char *address)
{
    const char *at = strchr(address, '@');
    if (!at || at == address || !at[1] || strchr(at + 1, '@') || *address == '-' ||
        strlen(address) > MAX_ADDRESS)
        return false;
    for (const char *c = address; *c; c++) {
        if (*c <= ' ' || *c > '~' || strchr("\"<>(),:;\\[]", *c))
            return false;
    }
    return true;
}

static bool fail(char *why, size_t cap, const char *what)
{
    snprintf(why, cap, "%s: %s", what, strerror(errno));
    return false;
}

static bool write_all(int fd, const char *text)
{
    size_t n = strlen(text);
    while (n > 0) {
        const ssize_t done = write(fd, text, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        text += done;
        n -= (size_t)done;
    }
    return true;
}

/* ---- a folder ---- */

static int open_folder(const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return -1;
    return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Written aside, made durable, and only then named as a message. */
static bool write_file(int folder, const char *text, const char *fresh, const char *name)
{
    const int fd =
        openat(folder, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    const bool written = write_all(fd, text) && fsync(fd) == 0;
    if (close(fd) == 0 && written && renameat(folder, fresh, folder, name) == 0)
        return fsync(folder) == 0;
    unlinkat(folder, fresh, 0);
    return false;
}

static bool to_folder(const char *path, const struct ff_letter *letter, char *why, size_t cap)
{
    char id[37], fresh[NAME_CAP], name[NAME_CAP];
    ff_uuid(id);
    snprintf(fresh, sizeof fresh, "%" PRId64 "-%s.new", letter->id, id);
    snprintf(name, sizeof name, "%" PRId64 "-%s.eml", letter->id, id);
    const int folder = open_folder(path);
    if (folder < 0)
        return fail(why, cap, "the folder spool");
    const bool done = write_file(folder, letter->text, fresh, name);
    if (!done)
        fail(why, cap, "a file of the folder spool");
    close(folder);
    return done;
}

/* ---- a program ---- */

/* The message as an open file that is nowhere on a disk, read from its beginning. */
static int as_file(const char *text)
{
    const int fd = memfd_create("message", MFD_CLOEXEC);
    if (fd >= 0 && write_all(fd, text) && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static int start(const struct ff_delivery *d, const struct ff_letter *letter, int input,
                 pid_t *child)
{
    const char *const words[] = {d->sendmail, "-i", "-f", d->from, "--", letter->to, NULL};
    const char *const settings[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C", NULL};
    char *argv[sizeof words / sizeof *words], *env[sizeof settings / sizeof *settings];
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none;
    sigemptyset(&none);
    memcpy(argv, words, sizeof argv); /* the call takes them without const, and changes nothing */
    memcpy(env, settings, sizeof env);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    const int failed = posix_spawn(child, d->sendmail, &files, &attr, argv, env);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

/* Waits within bounds; a program that takes longer is ended. */
static bool finish(pid_t child, const atomic_bool *stopping, char *why, size_t cap)
{
    int status = 0;
    for (int ms = 0; ms < PATIENCE_MS && !atomic_load(stopping); ms += STEP_MS) {
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) {
            snprintf(why, cap, "sendmail ended with %d",
                     WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        }
        nanosleep(&(struct timespec){.tv_nsec = STEP_MS * NS_PER_MS}, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    snprintf(why, cap, "sendmail took too long");
    return false;
}

static bool to_program(const struct ff_delivery *d, const struct ff_letter *letter, char *why,
                       size_t cap)
{
    pid_t child;
    const int input = as_file(letter->text);
    if (input < 0)
        return fail(why, cap, "a temporary file");
    errno = start(d, letter, input, &child);
    close(input);
    return errno ? fail(why, cap, d->sendmail) : finish(child, d->stopping, why, cap);
}

bool ff_deliver(const struct ff_delivery *d, const struct ff_letter *letter, char *why, size_t cap)
{
    if (!ff_mail_address_ok(letter->to)) {
        snprintf(why, cap, "the address is not safe to use");
        return false;
    }
    return d->spool ? to_folder(d->spool, letter, why, cap) : to_program(d, letter, why, cap);
}
