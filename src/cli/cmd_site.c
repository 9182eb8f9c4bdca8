/* SPDX-License-Identifier: MIT */
/* cmd_site.c - site: the settings that live in the database, shown and changed. */
#include <stdio.h>
#include <string.h>

#include "cli/call.h"

static bool print_setting(struct ff_caller *c)
{
    struct ff_answer answer;
    if (!ff_call(c, &(struct ff_call){.method = "GET", .target = "/api/v1/site"},
                 "cannot read the settings", &answer))
        return false;
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON)) {
        printf("%.*s\n", (int)answer.body_len, answer.body);
        return true;
    }
    /* One flat object: a line for each member. */
    const char *at = answer.body, *end = answer.body + answer.body_len;
    while ((at = memchr(at, '"', (size_t)(end - at)))) {
        const char *name = at + 1, *close = memchr(name, '"', (size_t)(end - name));
        if (!close)
            break;
        const char *key = ff_arena_strndup(c->cli->arena, name, (size_t)(close - name));
        const struct ff_pick value = ff_pick_get(ff_pick(answer.body, answer.body_len), key);
        printf("%-18s %.*s\n", key, (int)(value.end - value.at), value.at);
        at = value.end;
    }
    return true;
}

/* Numbers, true, false and null as they stand; anything else is text. */
static bool is_plain(const char *value)
{
    const char *digits = value + (*value == '-');
    return !strcmp(value, "true") || !strcmp(value, "false") || !strcmp(value, "null") ||
           (*digits && strspn(digits, "0123456789") == strlen(digits));
}

static void change(struct ff_caller *c)
{
    struct ff_cli *cli = c->cli;
    struct ff_buf body;
    struct ff_answer answer;
    ff_buf_init(&body, 4096);
    ff_buf_char(&body, '{');
    ff_buf_json(&body, cli->args[0]);
    ff_buf_char(&body, ':');
    if (is_plain(cli->args[1]) && strcmp(cli->args[0], "siteName") != 0)
        ff_buf_str(&body, cli->args[1]);
    else
        ff_buf_json(&body, cli->args[1]);
    ff_buf_char(&body, '}');
    const struct ff_call call = {
        .method = "PATCH", .target = "/api/v1/site", .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, "cannot change the setting", &answer))
        printf("%s is now %s.\n", cli->args[0], cli->args[1]);
    ff_buf_free(&body);
}

int ff_cmd_site(struct ff_cli *cli)
{
    struct ff_caller c;
    if (cli->n_args == 1) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy site approvalAbove 5000",
                   "\"site\" takes nothing, or NAME and VALUE");
        return FF_EXIT_USAGE;
    }
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (cli->n_args == 0)
        (void)print_setting(&c);
    else
        change(&c);
    ff_call_close(&c);
    return 0;
}
