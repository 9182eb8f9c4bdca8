/* SPDX-License-Identifier: MIT */
/* secret.c - standard input, a file, or the terminal without echo. */
#include "cli/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { MAX_SECRET = 600 };

/* Reads one line; -1 on error or when it is too long. */
static int read_line(int fd, char out[MAX_SECRET])
{
    size_t n = 0;
    for (;;) {
        char c;
        ssize_t got = read(fd, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || n + 1 == MAX_SECRET)
            return -1;
        if (got == 0 || c == '\n')
            break;
        out[n++] = c;
    }
    if (n && out[n - 1] == '\r')
        n--;
    out[n] = 0;
    return (int)n;
}

static bool ask(const char *prompt, const char *noun, char out[MAX_SECRET])
{
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    struct termios was, quiet;
    bool ok = tcgetattr(fd, &was) == 0;
    if (ok) {
        quiet = was;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(fd, TCSAFLUSH, &quiet); /* first: what is typed from the prompt on counts */
        dprintf(fd, "%s %s: ", prompt, noun);
        ok = read_line(fd, out) > 0;
        tcsetattr(fd, TCSAFLUSH, &was);
        dprintf(fd, "\n");
    }
    close(fd);
    return ok;
}

static bool from_terminal(struct ff_cli *cli, const struct ff_secret_source *from,
                          char out[MAX_SECRET])
{
    char again[MAX_SECRET];
    if (!isatty(STDIN_FILENO) || !ask("New", from->noun, out)) {
        char hint[160];
        snprintf(hint, sizeof hint, "... | feastfrenzy %s ... %s",
                 ff_command_rows[cli->command].name, from->stdin_flag);
        ff_trouble(&cli->t, FF_EXIT_USAGE, hint, "no %s was given", from->noun);
        ff_trouble_why(&cli->t, "there is no terminal to ask at");
        return false;
    }
    if (!from->asks_twice)
        return true;
    bool same = ask("Repeat", from->noun, again) && strcmp(out, again) == 0;
    explicit_bzero(again, sizeof again);
    return same || ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "the two are not the same");
}

static bool from_file(struct ff_cli *cli, const struct ff_secret_source *from, char out[MAX_SECRET])
{
    int fd = open(from->file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        ff_trouble(&cli->t, FF_EXIT_NO_INPUT, NULL, "cannot open %s", from->file);
        ff_trouble_why(&cli->t, "%s", strerror(errno));
        return false;
    }
    int n = read_line(fd, out);
    close(fd);
    return n > 0 || ff_trouble(&cli->t, FF_EXIT_DATA, NULL, "%s holds no %s in its first line",
                               from->file, from->noun);
}

const char *ff_secret_read(struct ff_cli *cli, const struct ff_secret_source *from)
{
    char text[MAX_SECRET] = "";
    bool ok;
    if (from->file)
        ok = from_file(cli, from, text);
    else if (from->from_stdin)
        ok = read_line(STDIN_FILENO, text) > 0 ||
             ff_trouble(&cli->t, FF_EXIT_DATA, NULL, "standard input holds no %s", from->noun);
    else
        ok = from_terminal(cli, from, text);
    const char *secret = ok ? ff_arena_strndup(cli->arena, text, strlen(text)) : NULL;
    explicit_bzero(text, sizeof text);
    return secret;
}
