/* SPDX-License-Identifier: MIT */
/* cmd_group.c - group list, add, rename, set, remove. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/members.h"
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

struct search {
    const char *name;
    int64_t id, version;
};

static bool is_name(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0) {
        s->id = ff_pick_int(ff_pick_get(item, "id"));
        s->version = ff_pick_int(ff_pick_get(item, "version"));
    }
    return s->id == 0;
}

/* Sends a change of the group that the first argument names. */
static bool send(struct ff_caller *c, const char *method, const struct ff_buf *body,
                 const char *what)
{
    struct search s = {.name = c->cli->args[0]};
    char target[64], tag[32];
    struct ff_answer answer;
    if (!ff_call_list(c, "/api/v1/groups", "cannot read the groups", is_name, &s))
        return false;
    if (!s.id)
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy group list",
                          "there is no group \"%s\"", s.name);
    snprintf(target, sizeof target, "/api/v1/groups/%" PRId64, s.id);
    snprintf(tag, sizeof tag, "\"v%" PRId64 "\"", s.version);
    const struct ff_call call = {.method = method,
                                 .target = target,
                                 .if_match = tag,
                                 .body = body ? body->data : NULL,
                                 .body_len = body ? body->len : 0};
    return ff_call(c, &call, what, &answer);
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
                                     .target = "/api/v1/groups",
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
    struct ff_members m;
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_members_begin(&m, 0);
    ff_members_text(&m, "name", cli->args[1]);
    ff_members_end(&m);
    if (send(&c, "PATCH", &m.body, "cannot rename the group"))
        printf("%s is now %s.\n", cli->args[0], cli->args[1]);
    ff_members_free(&m);
    ff_call_close(&c);
    return 0;
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
        else if (send(&c, "PATCH", &m.body, "cannot change the group"))
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
    if (send(&c, "DELETE", NULL, "cannot remove the group"))
        printf("%s is removed.\n", cli->args[0]);
    ff_call_close(&c);
    return 0;
}
