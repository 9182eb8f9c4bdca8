/* SPDX-License-Identifier: MIT */
/* cmd_cost_centre.c - cost-centre list, add, rename, remove, assign. */
#include <stdio.h>

#include "cli/action.h"
#include "cli/named.h"
#include "cli/show.h"

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {{"CODE", "code", 20, FF_SHOW_TEXT},
                                               {"NAME", "name", 0, FF_SHOW_TEXT}};
    (void)ff_show_list(c, ff_cost_centres.target, "cannot list the cost centres", columns, 2);
}

static void add(struct ff_caller *c)
{
    struct ff_members m;
    struct ff_answer answer;
    ff_members_begin(&m, 0);
    ff_members_text(&m, "code", c->cli->args[1]);
    ff_members_text(&m, "name", c->cli->args[2]);
    ff_members_end(&m);
    const struct ff_call call = {.method = "POST",
                                 .target = ff_cost_centres.target,
                                 .body = m.body.data,
                                 .body_len = m.body.len};
    if (ff_call(c, &call, "cannot add the cost centre", &answer))
        printf("%s is a cost centre now.\n", c->cli->args[1]);
    ff_members_free(&m);
}

static void rename_it(struct ff_caller *c)
{
    struct ff_members m;
    ff_members_begin(&m, 0);
    ff_members_text(&m, "name", c->cli->args[2]);
    ff_members_end(&m);
    if (ff_change_named(c, &ff_cost_centres, c->cli->args[1], &m, "cannot rename the cost centre"))
        printf("%s is now called %s.\n", c->cli->args[1], c->cli->args[2]);
    ff_members_free(&m);
}

static void remove_it(struct ff_caller *c)
{
    if (ff_change_named(c, &ff_cost_centres, c->cli->args[1], NULL,
                        "cannot remove the cost centre"))
        printf("%s is removed.\n", c->cli->args[1]);
}

static void assign(struct ff_caller *c)
{
    struct ff_members m;
    struct ff_found centre = {0};
    if (!ff_find_named(c, &ff_cost_centres, c->cli->args[1], &centre))
        return;
    ff_members_begin(&m, 0);
    ff_buf_printf(&m.body, "\"costCentreId\":%lld", (long long)centre.id);
    ff_members_end(&m);
    if (ff_change_named(c, &ff_departments, c->cli->args[2], &m, "cannot change the department"))
        printf("%s is booked on %s.\n", c->cli->args[2], c->cli->args[1]);
    ff_members_free(&m);
}

int ff_cmd_cost_centre(struct ff_cli *cli)
{
    static const struct ff_action actions[] = {
        {"list", "", 1, 1, list},
        {"add", "CODE NAME", 3, 3, add},
        {"rename", "CODE NAME", 3, 3, rename_it},
        {"remove", "CODE", 2, 2, remove_it},
        {"assign", "CODE DEPARTMENT", 3, 3, assign},
    };
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
