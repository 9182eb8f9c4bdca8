/* SPDX-License-Identifier: MIT */
/* secret.h - takes a password, PIN or badge from where other users cannot read it. */
#ifndef FF_CLI_SECRET_H
#define FF_CLI_SECRET_H

#include "cli/cli.h"

struct ff_secret_source {
    const char *noun;       /* "password" */
    bool from_stdin;        /* one line of standard input */
    const char *file;       /* or the first line of a file; NULL: none */
    bool asks_twice;        /* at a terminal */
    const char *stdin_flag; /* "--password-stdin", for the hint */
};

/* The secret in the arena, without its line end; NULL with trouble. */
const char *ff_secret_read(struct ff_cli *cli, const struct ff_secret_source *from);

#endif
