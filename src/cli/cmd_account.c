/* SPDX-License-Identifier: MIT */
/* cmd_account.c - user show, passwd, otp, role, lock, unlock; mail list: what an operator does for
 * those who can sign in, above all for the administrator who cannot. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/secret.h"
#include "cli/show.h"

struct account {
    int64_t id, version;
    bool is_there;
    struct ff_pick item;
};

static bool take(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct account *a = arg;
    (void)c;
    *a = (struct account){.id = ff_pick_int(ff_pick_get(item, "id")),
                          .version = ff_pick_int(ff_pick_get(item, "version")),
                          .is_there = true,
                          .item = item};
    return false;
}

/* The account with the e-mail of the first argument. */
static bool find(struct ff_caller *c, struct account *a)
{
    const char *email = c->cli->args[0];
    char target[400];
    *a = (struct account){0};
    if (strlen(email) > 254 || strpbrk(email, "&?#%+ "))
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy user list",
                          "there is no account %.60s", email);
    snprintf(target, sizeof target, "/api/v1/users?email=%s", email);
    if (!ff_call_list(c, target, "cannot read the accounts", take, a))
        return false;
    if (a->is_there)
        return true;
    return ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy user list", "there is no account %s",
                      email);
}

/* Does one thing to the account; its answer. */
static bool act(struct ff_caller *c, const struct account *a, const char *method, const char *what,
                const char *body, struct ff_answer *answer)
{
    char target[96], tag[32];
    snprintf(target, sizeof target, "/api/v1/users/%" PRId64 "%s%s", a->id, *what ? "/" : "", what);
    snprintf(tag, sizeof tag, "\"v%" PRId64 "\"", a->version);
    const struct ff_call call = {
        .method = method, .target = target, .body = body, .if_match = *what ? NULL : tag};
    return ff_call(c, &call, "cannot change the account", answer);
}

static void print_line(struct ff_caller *c, const char *title, struct ff_pick value)
{
    printf("%-12s  %s\n", title, ff_pick_is_null(value) ? "-" : ff_pick_text(c->cli->arena, value));
}

static void print_account(struct ff_caller *c, struct ff_pick item)
{
    print_line(c, "E-mail", ff_pick_get(item, "email"));
    print_line(c, "Name", ff_pick_get(item, "name"));
    print_line(c, "Role", ff_pick_get(item, "role"));
    printf("%-12s  %s\n", "Active", ff_pick_bool(ff_pick_get(item, "active")) ? "yes" : "no");
    if (ff_pick_bool(ff_pick_get(item, "siteWide")))
        printf("%-12s  yes\n", "Site-wide");
    if (!ff_pick_is_null(ff_pick_get(item, "employeeId")))
        printf("%-12s  %" PRId64 "\n", "Employee id", ff_pick_int(ff_pick_get(item, "employeeId")));
    print_line(c, "Made", ff_pick_get(item, "createdAt"));
    print_line(c, "Last sign-in", ff_pick_get(item, "lastLoginAt"));
}

int ff_cmd_user_show(struct ff_cli *cli)
{
    struct ff_caller c;
    struct account a;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (find(&c, &a) && ff_opt_bool(&cli->o, FF_OPT_JSON))
        printf("%.*s\n", (int)(a.item.end - a.item.at), a.item.at);
    else if (a.is_there)
        print_account(&c, a.item);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_passwd(struct ff_cli *cli)
{
    struct ff_secret_source from = {.noun = "password",
                                    .from_stdin = ff_opt_bool(&cli->o, FF_OPT_PASSWORD_STDIN),
                                    .file = ff_opt_text(&cli->o, FF_OPT_PASSWORD_FILE),
                                    .asks_twice = true,
                                    .stdin_flag = "--password-stdin"};
    struct ff_caller c;
    struct account a;
    struct ff_answer answer;
    struct ff_buf body;
    const char *password = ff_secret_read(cli, &from);
    if (!password || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&body, 8192);
    ff_buf_str(&body, "{\"password\":");
    ff_buf_json(&body, password);
    ff_buf_char(&body, '}');
    if (find(&c, &a) && act(&c, &a, "PUT", "password", body.data, &answer))
        printf("%s has a new password; all sessions have ended.\n", cli->args[0]);
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_otp(struct ff_cli *cli)
{
    struct ff_caller c;
    struct account a;
    struct ff_answer answer;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (find(&c, &a) && act(&c, &a, "POST", "otp", NULL, &answer)) {
        const struct ff_pick code = ff_pick(answer.body, answer.body_len);
        printf("%s signs in once with  %s   (good until %s)\n"
               "  On the sign-in page: \"I have a one-time code\".\n",
               cli->args[0], ff_pick_text(cli->arena, ff_pick_get(code, "code")),
               ff_pick_text(cli->arena, ff_pick_get(code, "expiresAt")));
    }
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_role(struct ff_cli *cli)
{
    const bool site_wide = ff_opt_bool(&cli->o, FF_OPT_SITE_WIDE);
    struct ff_caller c;
    struct account a;
    struct ff_answer answer;
    struct ff_buf body;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&body, 1024);
    ff_buf_str(&body, "{\"role\":");
    ff_buf_json(&body, cli->args[1]);
    ff_buf_printf(&body, ",\"siteWide\":%s}", site_wide ? "true" : "false");
    if (find(&c, &a) && act(&c, &a, "PATCH", "", body.data, &answer))
        printf("%s is %s now%s.\n", cli->args[0], cli->args[1],
               site_wide ? ", for all departments" : "");
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_lock(struct ff_cli *cli)
{
    struct ff_caller c;
    struct account a;
    struct ff_answer answer;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (find(&c, &a) && act(&c, &a, "POST", "deactivate", NULL, &answer))
        printf("%s is locked; all sessions have ended.\n", cli->args[0]);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_user_unlock(struct ff_cli *cli)
{
    struct ff_caller c;
    struct account a;
    struct ff_answer answer;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (find(&c, &a) && act(&c, &a, "POST", "unlock", NULL, &answer) &&
        act(&c, &a, "POST", "activate", NULL, &answer))
        printf("%s may sign in again.\n", cli->args[0]);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_mail_list(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"STATE", "state", 8, FF_SHOW_TEXT},     {"TRIES", "tries", 5, FF_SHOW_INT},
        {"KIND", "kind", 16, FF_SHOW_TEXT},      {"NEXT TRY", "dueAt", 24, FF_SHOW_TEXT},
        {"ADDRESS", "address", 0, FF_SHOW_TEXT},
    };
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/mail", "cannot list the messages", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}
