/* SPDX-License-Identifier: MIT */
/* cmd_group.c - group list, add, rename, set, remove. */
#include <stdio.h>

#include "cli/named.h"
#include "cli/show.h"

int ff_cmd_group_list(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"NAME", "name", 28, FF_SHOW_TEXT},
        {"OVERDRAFT", "overdraft", 12, FF_SHOW_MONEY},
        {"A PURCHASE", "purchaseLimit", 12, FF_SHOW_MONEY},
        {"A DAY", "dailyLimit", 12, FF_SHOW_MONEY},
        {"A MONTH", "monthlyLimit", 0, FF_SHOW_MONEY},
    };
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/groups", "cannot list the groups", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}

/* What the options say of a group, after its name (NULL: unchanged). */
static bool read_options(struct ff_caller *c, const char *name, struct ff_members *m)
{
    char currency[4];
    int decimals;
    if (!ff_show_currency(c, &decimals, currency))
        return false;
    ff_members_begin(m, decimals);
    ff_members_text(m, "name", name);
    bool ok = ff_members_limits(m, c->cli);
    ff_members_end(m);
    return ok;
}

int ff_cmd_group_add(struct ff_cli *cli)
{
    struct ff_members m = {0};
    struct ff_answer answer;
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (read_options(&c, cli->args[0], &m)) {
        const struct ff_call call = {.method = "POST",
                                     .target = ff_groups.target,
                                     .body = m.body.data,
                                     .body_len = m.body.len};
        if (ff_call(&c, &call, "cannot add the group", &answer))
            printf("%s is a group now.\n", cli->args[0]);
    }
    ff_members_free(&m);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_group_rename(struct ff_cli *cli)
{
    return ff_rename_named(cli, &ff_groups);
}

int ff_cmd_group_set(struct ff_cli *cli)
{
    struct ff_members m = {0};
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (read_options(&c, NULL, &m)) {
        if (m.n == 0)
            ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy group set --help",
                       "nothing was given to change");
        else if (ff_change_named(&c, &ff_groups, cli->args[0], &m, "cannot change the group"))
            printf("%s is changed.\n", cli->args[0]);
    }
    ff_members_free(&m);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_group_remove(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_change_named(&c, &ff_groups, cli->args[0], NULL, "cannot remove the group"))
        printf("%s is removed.\n", cli->args[0]);
    ff_call_close(&c);
    return 0;
}
