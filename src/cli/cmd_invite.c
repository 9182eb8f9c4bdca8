/* SPDX-License-Identifier: MIT */
/* cmd_invite.c - user invite: codes with which people make their own accounts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "cli/files.h"

enum { MAX_FILE = 1 << 20, MAX_TARGET = 512 };

static void add_address(struct ff_cli *cli, char target[MAX_TARGET])
{
    const char *url = ff_opt_text(&cli->o, FF_OPT_PUBLIC_URL);
    const size_t n = strlen(target);
    const bool by_mail = ff_opt_bool(&cli->o, FF_OPT_BY_MAIL);
    snprintf(target + n, MAX_TARGET - n, "%s%s%s%s", url ? "?address=" : "", url ? url : "",
             by_mail ? (url ? "&" : "?") : "", by_mail ? "byMail=true" : "");
}

static bool print_sheet(struct ff_caller *c, struct ff_call *call, const char *route)
{
    char target[MAX_TARGET];
    struct ff_answer answer;
    const char *out = ff_opt_text(&c->cli->o, FF_OPT_SHEET);
    snprintf(target, sizeof target, "/api/v1/users/invitations/%s", route);
    add_address(c->cli, target);
    call->method = "POST";
    call->target = target;
    return ff_call(c, call, "nobody was invited", &answer) &&
           ff_file_write(c->cli, out, answer.body, answer.body_len);
}

static bool invite_file(struct ff_caller *c, const char *file)
{
    struct ff_buf csv;
    ff_buf_init(&csv, MAX_FILE);
    bool ok = ff_file_read(c->cli, file, &csv);
    struct ff_call call = {.content_type = "text/csv", .body = csv.data, .body_len = csv.len};
    if (ok && csv.len == 0)
        ok = ff_trouble(&c->cli->t, FF_EXIT_DATA, NULL, "%s is empty", file);
    ok = ok && print_sheet(c, &call, "import");
    ff_buf_free(&csv);
    return ok;
}

static bool invite_one(struct ff_caller *c, const char *number)
{
    char body[64];
    const bool by_mail = ff_opt_bool(&c->cli->o, FF_OPT_BY_MAIL);
    int64_t id;
    struct ff_answer answer;
    struct ff_arena *arena = c->cli->arena;
    struct ff_call call = {.method = "POST", .target = "/api/v1/users/invitations", .body = body};
    if (!ff_call_employee(c, number, &id))
        return false;
    snprintf(body, sizeof body, "{\"employeeId\":%" PRId64 ",\"byMail\":%s}", id,
             by_mail ? "true" : "false");
    if (!ff_call(c, &call, "nobody was invited", &answer))
        return false;
    struct ff_pick made = ff_pick(answer.body, answer.body_len);
    if (by_mail) {
        printf("%s is invited by mail.\n", ff_pick_text(arena, ff_pick_get(made, "name")));
        return true;
    }
    printf("%s\n  Code  %s   (good until %s)\n  To be entered at the canteen's page /welcome\n",
           ff_pick_text(arena, ff_pick_get(made, "name")),
           ff_pick_text(arena, ff_pick_get(made, "code")),
           ff_pick_text(arena, ff_pick_get(made, "expiresAt")));
    return true;
}

int ff_cmd_user_invite(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_call call = {0};
    const bool all = ff_opt_bool(&cli->o, FF_OPT_ALL);
    if (all == (cli->n_args == 1)) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help user invite",
                   "name one person, a file, or --all");
        return FF_EXIT_USAGE;
    }
    const bool is_file = !all && strstr(cli->args[0], ".csv");
    const bool is_sheet = all || is_file;
    if ((is_sheet && !ff_file_try(cli, ff_opt_text(&cli->o, FF_OPT_SHEET))) ||
        !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (all)
        (void)print_sheet(&c, &call, "sheet");
    else if (is_file)
        (void)invite_file(&c, cli->args[0]);
    else
        (void)invite_one(&c, cli->args[0]);
    ff_call_close(&c);
    return 0;
}
