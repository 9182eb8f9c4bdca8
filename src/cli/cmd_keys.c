/* SPDX-License-Identifier: MIT */
/* cmd_keys.c - keys list, rotate, revoke. */
#include <stdio.h>
#include <string.h>

#include "cli/show.h"

#define KEYS "/api/v1/admin/keys"

int ff_cmd_keys_list(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"KEY", "kid", 16, FF_SHOW_TEXT},
        {"SIGNS", "signs", 5, FF_SHOW_BOOL},
        {"MADE", "madeAt", 24, FF_SHOW_TEXT},
        {"REQUESTS UNTIL", "accessUntil", 24, FF_SHOW_TEXT},
        {"SESSIONS UNTIL", "refreshUntil", 0, FF_SHOW_TEXT},
    };
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, KEYS, "cannot list the keys", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_keys_rotate(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_answer answer;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call(&c, &(struct ff_call){.method = "POST", .target = KEYS}, "no key was made",
                &answer)) {
        struct ff_pick key = ff_pick(answer.body, answer.body_len);
        if (ff_opt_bool(&cli->o, FF_OPT_JSON))
            printf("%.*s\n", (int)answer.body_len, answer.body);
        else
            printf("%s signs from now on. Nobody is signed out.\n",
                   ff_pick_text(cli->arena, ff_pick_get(key, "kid")));
    }
    ff_call_close(&c);
    return 0;
}

static bool is_kid(const char *text)
{
    return strlen(text) == 16 && strspn(text, "0123456789abcdef") == 16;
}

int ff_cmd_keys_revoke(struct ff_cli *cli)
{
    const char *kid = cli->args[0];
    char target[sizeof KEYS + 20];
    struct ff_caller c;
    struct ff_answer answer;
    if (!is_kid(kid)) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy keys list",
                   "a key has 16 hexadecimal digits, \"%.40s\" has not", kid);
        return FF_EXIT_USAGE;
    }
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    snprintf(target, sizeof target, KEYS "/%s", kid);
    if (ff_call(&c, &(struct ff_call){.method = "DELETE", .target = target},
                "the key was not revoked", &answer)) {
        if (ff_opt_bool(&cli->o, FF_OPT_JSON))
            printf("{\"ok\":true,\"kid\":\"%s\"}\n", kid);
        else
            printf("%s is gone. Whoever signed in with it must sign in again.\n", kid);
    }
    ff_call_close(&c);
    return 0;
}
