/* SPDX-License-Identifier: MIT */
/* cmd_privacy.c - employee export, employee erase, privacy record. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/money.h"
#include "cli/files.h"
#include "cli/show.h"
#include "domain/privacy/privacy.h"

int ff_cmd_employee_export(struct ff_cli *cli)
{
    struct ff_caller c;
    int64_t id;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call_employee(&c, cli->args[0], &id)) {
        char target[64];
        bool csv = strcmp(ff_opt_text(&cli->o, FF_OPT_FORMAT), "csv") == 0;
        snprintf(target, sizeof target, "/api/v1/employees/%" PRId64 "/export", id);
        struct ff_call call = {
            .method = "GET", .target = target, .accept = csv ? "text/csv" : NULL};
        struct ff_answer answer;
        if (ff_call(&c, &call, "cannot export this person", &answer))
            (void)ff_file_write(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer.body,
                                answer.body_len);
    }
    ff_call_close(&c);
    return 0;
}

/* Only with --yes, or a person at the terminal who types the number again. */
static bool confirmed(struct ff_cli *cli)
{
    char answer[32] = "";
    if (ff_opt_bool(&cli->o, FF_OPT_YES))
        return true;
    if (isatty(STDIN_FILENO)) {
        printf("Who %s is will be forgotten for good. Type the number to go on: ", cli->args[0]);
        fflush(stdout);
        if (fgets(answer, sizeof answer, stdin) && strcspn(answer, "\n") == strlen(cli->args[0]) &&
            strncmp(answer, cli->args[0], strlen(cli->args[0])) == 0)
            return true;
    }
    return ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy employee erase NUMBER --reason TEXT -y",
                      "nobody comes back from an erasure; it was not confirmed");
}

/* "ERR_ERASURE_BALANCE": the balance, as a person reads it, and what to do about it. */
static void explain_balance(struct ff_caller *c, const struct ff_answer *answer)
{
    struct ff_pick problem = ff_pick(answer->body, answer->body_len);
    struct ff_trouble *t = &c->cli->t;
    char money[FF_MONEY_TEXT_CAP], currency[4];
    int decimals;
    int64_t balance = ff_pick_int(ff_pick_get(ff_pick_get(problem, "params"), "balance"));
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(problem, "code")), "ERR_ERASURE_BALANCE"))
        return;
    struct ff_trouble said = *t;
    if (!ff_show_currency(c, &decimals, currency)) {
        *t = said;
        return;
    }
    ff_money_format(balance, decimals, money);
    t->why[0] = '\0';
    ff_trouble_why(t, "the balance is %s %s", money, currency);
    snprintf(t->hint, sizeof t->hint,
             balance > 0 ? "pay it out: the same command with --settle payout"
                         : "write it off: the same command with --settle writeoff");
}

static void say_done(struct ff_caller *c, const struct ff_answer *answer)
{
    struct ff_pick erasure = ff_pick(answer->body, answer->body_len);
    const char *settle = ff_pick_text(c->cli->arena, ff_pick_get(erasure, "settle"));
    printf("%s is erased; the books keep \"Erased person %" PRId64 "\".\n", c->cli->args[0],
           ff_pick_int(ff_pick_get(erasure, "employeeId")));
    if (settle[0])
        printf("What was left was %s (journal %" PRId64 ").\n",
               strcmp(settle, "payout") ? "written off" : "paid out",
               ff_pick_int(ff_pick_get(erasure, "journalId")));
    if (!ff_pick_bool(ff_pick_get(erasure, "scrubbed")))
        printf("Somebody still reads the old state: the server takes it out of the file later.\n");
    printf("Backups made before still hold the old state: keep them 30 days at most.\n");
}

static void erase(struct ff_caller *c, int64_t id)
{
    struct ff_cli *cli = c->cli;
    char target[64];
    const char *settle = ff_opt_text(&cli->o, FF_OPT_SETTLE);
    struct ff_answer answer;
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_str(&body, "{\"reason\":");
    ff_buf_json(&body, ff_opt_text(&cli->o, FF_OPT_REASON));
    if (settle)
        ff_buf_printf(&body, ",\"settle\":\"%s\"", settle);
    ff_buf_char(&body, '}');
    snprintf(target, sizeof target, "/api/v1/employees/%" PRId64 "/erase", id);
    struct ff_call call = {
        .method = "POST", .target = target, .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, "nobody was erased", &answer))
        say_done(c, &answer);
    else if (answer.status == 409)
        explain_balance(c, &answer);
    ff_buf_free(&body);
}

int ff_cmd_employee_erase(struct ff_cli *cli)
{
    struct ff_caller c;
    int64_t id;
    if (!ff_opt_given(&cli->o, FF_OPT_REASON)) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "--reason \"left the company\"",
                   "an erasure needs a reason");
        return FF_EXIT_USAGE;
    }
    if (!confirmed(cli) || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call_employee(&c, cli->args[0], &id))
        erase(&c, id);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_privacy_record(struct ff_cli *cli)
{
    enum { RECORD_BYTES = 1 << 20 };
    struct ff_buf text;
    ff_buf_init(&text, RECORD_BYTES);
    ff_privacy_record(&text);
    if (text.failed)
        ff_trouble(&cli->t, FF_EXIT_INTERNAL, NULL, "out of memory");
    else
        (void)ff_file_write(cli, ff_opt_text(&cli->o, FF_OPT_OUT), text.data, text.len);
    ff_buf_free(&text);
    return 0;
}
