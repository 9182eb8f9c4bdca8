/* SPDX-License-Identifier: MIT */
/* action.c - the action of a command: found, checked, run. */
#include "cli/action.h"

#include <stdio.h>
#include <string.h>

static const struct ff_action *find(const char *name, const struct ff_action *actions, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}

int ff_action_run(struct ff_cli *cli, const struct ff_action *actions, size_t n)
{
    const struct ff_action *action = find(cli->args[0], actions, n);
    const char *command = ff_command_rows[cli->command].name;
    struct ff_caller c;
    if (!action || cli->n_args < action->min || cli->n_args > action->max) {
        char hint[64];
        snprintf(hint, sizeof hint, "feastfrenzy help %s", command);
        if (action)
            ff_trouble(&cli->t, FF_EXIT_USAGE, hint, "\"%s %s\" takes %s", command, action->name,
                       action->args[0] ? action->args : "nothing more");
        else
            ff_trouble(&cli->t, FF_EXIT_USAGE, hint, "unknown action %s", cli->args[0]);
        return FF_EXIT_USAGE;
    }
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    action->run(&c);
    ff_call_close(&c);
    return 0;
}

bool ff_action_id(struct ff_cli *cli, size_t i, const char *what, int64_t *id)
{
    return ff_parse_id(cli->args[i], id) ||
           ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no %s", cli->args[i], what);
}
