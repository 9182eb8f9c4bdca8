/* SPDX-License-Identifier: MIT */
/* help.c - help texts from the two tables, so that they cannot lag behind. */
#include <ctype.h>
#include <stdio.h>

#include "base/version.h"
#include "cli/cli.h"

void ff_help_all(void)
{
    printf("FeastFrenzy %s: a company canteen in one program.\n\n"
           "Usage: feastfrenzy [OPTIONS] COMMAND [OPTIONS] [ARGS]\n",
           ff_version());
    for (int i = 0; i < FF_CMD_COUNT; i++) {
        const struct ff_command_row *row = &ff_command_rows[i];
        char usage[64];
        if (row->group)
            printf("\n%s\n", row->group);
        snprintf(usage, sizeof usage, "%s %s", row->name, row->args);
        printf("  %-26s %s\n", usage, row->summary);
    }
    printf("\noptions of every command\n"
           "  -c, --config FILE   -d, --data DIR   --log-level LEVEL   --log-format FORMAT\n"
           "  -h, --help          -V, --version\n");
}

static void print_option(const struct ff_option *row)
{
    char left[80];
    bool optional = row->type == FF_OT_INSTANT;
    char letter[8] = "    ";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(left, sizeof left, "%s--%s%s%s%s", letter, row->flag,
             !row->meta ? ""
             : optional ? " ["
                        : " ",
             row->meta ? row->meta : "", optional ? "]" : "");
    printf("  %-28s %s", left, row->help);
    if (row->fallback && row->type != FF_OT_BOOL)
        printf(" (default %s)", row->fallback);
    putchar('\n');
    if (row->section) {
        char env[64];
        ff_options_env_name(row, true, env);
        printf("  %-28s [%s] %s, %s\n", "", row->section, row->key, env);
    }
}

/* Options that nearly every command takes come last. */
static bool is_common(enum ff_option_id id)
{
    return id <= FF_OPT_LOG_FORMAT || id == FF_OPT_ALLOW_REMOTE_FS || id >= FF_OPT_HELP;
}

static void print_options(enum ff_command command, bool common, const char *heading)
{
    bool any = false;
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        if (!(ff_option_rows[id].commands & FF_CMD_BIT(command)) || is_common(id) != common)
            continue;
        if (!any)
            printf("\n%s\n", heading);
        any = true;
        print_option(&ff_option_rows[id]);
    }
}

void ff_help_command(enum ff_command command)
{
    const struct ff_command_row *c = &ff_command_rows[command];
    printf("Usage: feastfrenzy %s%s%s [OPTIONS]\n\n  %c%s.\n", c->name, c->args[0] ? " " : "",
           c->args, toupper((unsigned char)c->summary[0]), c->summary + 1);
    if (c->more)
        printf("\n%s\n", c->more);
    print_options(command, false, "Options:");
    print_options(command, true, "Common options:");
}

int ff_cmd_help(struct ff_cli *cli)
{
    if (cli->n_args == 0) {
        ff_help_all();
        return 0;
    }
    size_t used;
    enum ff_command command = ff_command_find(cli->args, cli->n_args, &used, &cli->t);
    if (command == FF_CMD_COUNT)
        return FF_EXIT_USAGE;
    ff_help_command(command);
    return 0;
}
