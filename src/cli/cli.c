/* SPDX-License-Identifier: MIT */
/* cli.c - from arguments to a command: find it, check its options, read the settings, run it. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

extern char **environ;

enum { ARENA_BYTES = 16 << 20 };

/* What a person who typed only the name is most likely to want. */
static int welcome(void)
{
    ff_help_all();
    printf("\nTo begin:\n"
           "  feastfrenzy demo                 look at a sample canteen, nothing is kept\n"
           "  feastfrenzy init --currency EUR  set up your own\n"
           "  feastfrenzy help serve           how to run it\n");
    return 0;
}

void ff_cli_setup_log(const struct ff_options *o, bool serves)
{
    /* one command's own words are enough, unless more is asked for */
    bool quiet = !serves && o->settings[FF_OPT_LOG_LEVEL].origin == FF_FROM_DEFAULT;
    const char *level = quiet ? "warn" : ff_opt_text(o, FF_OPT_LOG_LEVEL);
    const char *format = ff_opt_text(o, FF_OPT_LOG_FORMAT);
    enum ff_log_level l = FF_LOG_INFO;
    for (enum ff_log_level i = FF_LOG_ERROR; i <= FF_LOG_DEBUG; i++)
        if (strcmp(level, ff_option_rows[FF_OPT_LOG_LEVEL].values[i]) == 0)
            l = i;
    enum ff_log_format f = FF_LOG_JSON;
    if (strcmp(format, "text") == 0)
        f = FF_LOG_TEXT;
    else if (strcmp(format, "journal") == 0)
        f = FF_LOG_JOURNAL;
    else if (strcmp(format, "auto") == 0)
        f = getenv("JOURNAL_STREAM") ? FF_LOG_JOURNAL
            : isatty(STDERR_FILENO)  ? FF_LOG_TEXT
                                     : FF_LOG_JSON;
    ff_log_setup(l, f);
}

/* Copies the command's arguments and checks their number. */
static bool take_args(struct ff_cli *cli, size_t used)
{
    const struct ff_command_row *row = &ff_command_rows[cli->command];
    for (size_t i = used; i < cli->o.n_words; i++)
        cli->args[cli->n_args++] = cli->o.words[i];
    if (cli->n_args >= row->min && cli->n_args <= row->max)
        return true;
    char hint[128];
    snprintf(hint, sizeof hint, "feastfrenzy %s%s%s", row->name, row->args[0] ? " " : "",
             row->args);
    return ff_trouble(&cli->t, FF_EXIT_USAGE, hint,
                      cli->n_args < row->min ? "\"%s\" needs more" : "\"%s\" takes no \"%s\"",
                      row->name, cli->n_args ? cli->args[cli->n_args - 1] : "");
}

static int run(struct ff_cli *cli, int argc, char **argv)
{
    if (!ff_options_argv(&cli->o, argc, argv, &cli->t))
        return FF_EXIT_USAGE;
    if (ff_opt_bool(&cli->o, FF_OPT_VERSION))
        return ff_cmd_version(cli);
    if (cli->o.n_words == 0)
        return welcome();
    size_t used;
    cli->command = ff_command_find(cli->o.words, cli->o.n_words, &used, &cli->t);
    if (cli->command == FF_CMD_COUNT)
        return FF_EXIT_USAGE;
    const struct ff_command_row *row = &ff_command_rows[cli->command];
    if (ff_opt_bool(&cli->o, FF_OPT_HELP)) {
        ff_help_command(cli->command);
        return 0;
    }
    if (!ff_options_allowed(&cli->o, cli->command, row->name, &cli->t) || !take_args(cli, used))
        return FF_EXIT_USAGE;
    if (!row->is_plain) {
        if (!ff_options_settle(&cli->o, environ, &cli->t))
            return FF_EXIT_CONFIG;
        for (size_t i = 0; i < cli->o.n_warnings; i++)
            fprintf(stderr, "feastfrenzy: %s\n", cli->o.warnings[i]);
        ff_cli_setup_log(&cli->o, cli->command == FF_CMD_SERVE || cli->command == FF_CMD_DEMO);
    }
    return row->run(cli);
}

int ff_cli_main(int argc, char **argv)
{
    struct ff_arena *arena = ff_arena_new(ARENA_BYTES);
    struct ff_cli *cli = arena ? ff_arena_alloc(arena, sizeof *cli) : NULL;
    if (!cli) {
        fprintf(stderr, "feastfrenzy: out of memory\n");
        return FF_EXIT_INTERNAL;
    }
    cli->arena = arena;
    cli->argc = argc;
    cli->argv = argv;
    ff_options_init(&cli->o, arena);
    int code = run(cli, argc, argv);
    if (cli->t.code)
        code = ff_trouble_print(&cli->t);
    if (fflush(stdout) && code == 0)
        code = FF_EXIT_IO;
    ff_arena_free(arena);
    return code;
}
