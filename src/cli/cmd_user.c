/* SPDX-License-Identifier: MIT */
/* cmd_user.c - user add, user list. */
#include <stdio.h>

#include "cli/secret.h"
#include "cli/show.h"

/* The part of an e-mail before the @ is a name good enough to begin with. */
static const char *default_name(struct ff_cli *cli, const char *email)
{
    size_t n = 0;
    while (email[n] && email[n] != '@')
        n++;
    return ff_arena_strndup(cli->arena, email, n);
}

static void write_body(struct ff_cli *cli, const char *password, struct ff_buf *body)
{
    const char *name = ff_opt_text(&cli->o, FF_OPT_NAME);
    const char *number = ff_opt_text(&cli->o, FF_OPT_EMPLOYEE);
    ff_buf_str(body, "{\"email\":");
    ff_buf_json(body, cli->args[0]);
    ff_buf_str(body, ",\"name\":");
    ff_buf_json(body, name ? name : default_name(cli, cli->args[0]));
    ff_buf_printf(body, ",\"role\":\"%s\",\"password\":", ff_opt_text(&cli->o, FF_OPT_ROLE));
    ff_buf_json(body, password);
    if (number) {
        ff_buf_str(body, ",\"employeeNumber\":");
        ff_buf_json(body, number);
    }
    if (ff_opt_bool(&cli->o, FF_OPT_SITE_WIDE))
        ff_buf_str(body, ",\"siteWide\":true");
    ff_buf_char(body, '}');
}

int ff_cmd_user_add(struct ff_cli *cli)
{
    struct ff_secret_source from = {.noun = "password",
                                    .from_stdin = ff_opt_bool(&cli->o, FF_OPT_PASSWORD_STDIN),
                                    .file = ff_opt_text(&cli->o, FF_OPT_PASSWORD_FILE),
                                    .asks_twice = true,
                                    .stdin_flag = "--password-stdin"};
    const char *password = ff_secret_read(cli, &from);
    struct ff_caller c;
    if (!password || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    struct ff_buf body;
    ff_buf_init(&body, 8192);
    write_body(cli, password, &body);
    struct ff_call call = {
        .method = "POST", .target = "/api/v1/users", .body = body.data, .body_len = body.len};
    struct ff_answer answer;
    if (ff_call(&c, &call, "cannot add the user", &answer))
        printf("%s may sign in as %s.\n", cli->args[0], ff_opt_text(&cli->o, FF_OPT_ROLE));
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_list(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"E-MAIL", "email", 32, FF_SHOW_TEXT},
        {"ROLE", "role", 8, FF_SHOW_TEXT},
        {"ACTIVE", "active", 6, FF_SHOW_BOOL},
        {"NAME", "name", 0, FF_SHOW_TEXT},
    };
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/users", "cannot list the users", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}
