/* SPDX-License-Identifier: MIT */
/* action.h - commands whose first argument says what to do: "approval approve 7". */
#ifndef FF_CLI_ACTION_H
#define FF_CLI_ACTION_H

#include "cli/call.h"

struct ff_action {
    const char *name, *args; /* "approve", "ID" */
    size_t min, max;         /* arguments, with the action itself */
    void (*run)(struct ff_caller *c);
};

/* Finds the action of the first argument, opens the canteen, runs it. Trouble names what the action
 * takes when the arguments do not fit. */
int ff_action_run(struct ff_cli *cli, const struct ff_action *actions, size_t n);

/* The id in argument `i`; trouble when it is none. */
bool ff_action_id(struct ff_cli *cli, size_t i, const char *what, int64_t *id);

#endif
