/* SPDX-License-Identifier: MIT */
/* cmd_kiosk.c - kiosk add, list, code, pair, rename, revoke. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/named.h"
#include "cli/show.h"

static void print_code(struct ff_caller *c, const struct ff_answer *answer)
{
    struct ff_arena *arena = c->cli->arena;
    struct ff_pick kiosk = ff_pick(answer->body, answer->body_len);
    printf("%s\n  Pairing code  %s   (good until %s)\n"
           "  Open /kiosk in the kiosk's browser and type it there.\n",
           ff_pick_text(arena, ff_pick_get(kiosk, "name")),
           ff_pick_text(arena, ff_pick_get(kiosk, "code")),
           ff_pick_text(arena, ff_pick_get(kiosk, "codeExpiresAt")));
}

int ff_cmd_kiosk_add(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_str(&body, "{\"name\":");
    ff_buf_json(&body, cli->args[0]);
    ff_buf_char(&body, '}');
    struct ff_call call = {
        .method = "POST", .target = "/api/v1/kiosks", .body = body.data, .body_len = body.len};
    struct ff_answer answer;
    if (ff_call(&c, &call, "cannot add the kiosk", &answer))
        print_code(&c, &answer);
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_kiosk_list(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"NAME", "name", 28, FF_SHOW_TEXT},
        {"PAIRED", "paired", 6, FF_SHOW_BOOL},
        {"LAST SEEN", "lastSeenAt", 0, FF_SHOW_TEXT},
    };
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/kiosks", "cannot list the kiosks", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}

/* The kiosk of the first argument; its route, with `verb` after it, into `target`. */
static bool find(struct ff_caller *c, const char *verb, char target[64])
{
    struct ff_found found = {0};
    bool ok = ff_find_named(c, &ff_kiosks, c->cli->args[0], &found);
    snprintf(target, 64, "/api/v1/kiosks/%" PRId64 "%s", found.id, verb);
    return ok;
}

int ff_cmd_kiosk_code(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    char target[64];
    struct ff_answer answer;
    struct ff_call call = {.method = "POST", .target = target};
    if (find(&c, "/code", target) && ff_call(&c, &call, "cannot make a new code", &answer))
        print_code(&c, &answer);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_kiosk_pair(struct ff_cli *cli)
{
    const char *name = ff_opt_text(&cli->o, FF_OPT_NAME);
    struct ff_caller c;
    if (!name) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy kiosk pair CODE --name \"Kiosk 1\"",
                   "the kiosk needs a name");
        return FF_EXIT_USAGE;
    }
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_str(&body, "{\"code\":");
    ff_buf_json(&body, cli->args[0]);
    ff_buf_str(&body, ",\"name\":");
    ff_buf_json(&body, name);
    ff_buf_char(&body, '}');
    struct ff_call call = {.method = "POST",
                           .target = "/api/v1/kiosks/pairings",
                           .body = body.data,
                           .body_len = body.len};
    struct ff_answer answer;
    if (ff_call(&c, &call, "cannot pair the kiosk", &answer))
        printf("%s is paired; its screen follows within seconds.\n", name);
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_kiosk_rename(struct ff_cli *cli)
{
    return ff_rename_named(cli, &ff_kiosks);
}

int ff_cmd_kiosk_revoke(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    char target[64];
    struct ff_answer answer;
    struct ff_call call = {.method = "POST", .target = target};
    if (find(&c, "/revoke", target) && ff_call(&c, &call, "cannot revoke the kiosk", &answer))
        printf("%s is out of service.\n", cli->args[0]);
    ff_call_close(&c);
    return 0;
}
