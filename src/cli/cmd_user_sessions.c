/* SPDX-License-Identifier: MIT */
/* cmd_user_sessions.c - user sessions, user logout. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/show.h"

struct search {
    const char *email;
    int64_t id;
};

static bool is_email(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcasecmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "email")), s->email) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

/* The account of the first argument; its route, with `verb` after it, into `target`. */
static bool find(struct ff_caller *c, const char *verb, char target[64])
{
    struct search s = {.email = c->cli->args[0]};
    if (!ff_call_list(c, "/api/v1/users", "cannot read the users", is_email, &s))
        return false;
    snprintf(target, 64, "/api/v1/users/%" PRId64 "/sessions%s", s.id, verb);
    return s.id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy user list",
                              "there is no account %s", s.email);
}

int ff_cmd_user_sessions(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"DEVICE", "label", 24, FF_SHOW_TEXT},
        {"ADDRESS", "address", 16, FF_SHOW_TEXT},
        {"SIGNED IN", "createdAt", 24, FF_SHOW_TEXT},
        {"LAST USED", "lastUsedAt", 0, FF_SHOW_TEXT},
    };
    struct ff_caller c;
    char target[64];
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (find(&c, "", target))
        (void)ff_show_list(&c, target, "cannot list the sessions", columns,
                           sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_logout(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_answer answer;
    char target[64];
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (find(&c, "/end", target) &&
        ff_call(&c, &(struct ff_call){.method = "POST", .target = target},
                "the sessions were not ended", &answer)) {
        const int64_t ended =
            ff_pick_int(ff_pick_get(ff_pick(answer.body, answer.body_len), "ended"));
        printf("%s is signed out of %" PRId64 " session%s.\n", cli->args[0], ended,
               ended == 1 ? "" : "s");
    }
    ff_call_close(&c);
    return 0;
}
