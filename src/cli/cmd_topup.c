/* SPDX-License-Identifier: MIT */
/* cmd_topup.c - topup NUMBER AMOUNT. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/show.h"

/* Reads the amount as the canteen writes money; "5 000" and "5,00" are refused, not guessed. */
static bool read_amount(struct ff_cli *cli, int decimals, int64_t *amount)
{
    const char *text = cli->args[1];
    char example[FF_MONEY_TEXT_CAP];
    if (ff_money_parse_decimal(text, strlen(text), decimals, amount) && *amount > 0)
        return true;
    ff_money_format(decimals == 0 ? 5000 : decimals == 2 ? 2000 : 20000, decimals, example);
    ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no amount", text);
    ff_trouble_why(&cli->t, "it must be positive and look like %s", example);
    return false;
}

static void book(struct ff_caller *c, int64_t id, int64_t amount, int decimals,
                 const char *currency)
{
    struct ff_cli *cli = c->cli;
    char random[37], target[64], body[128], money[FF_MONEY_TEXT_CAP], balance[FF_MONEY_TEXT_CAP];
    const char *key = ff_opt_text(&cli->o, FF_OPT_KEY);
    ff_uuid(random);
    snprintf(target, sizeof target, "/api/v1/employees/%" PRId64 "/topups", id);
    snprintf(body, sizeof body, "{\"amount\":%" PRId64 ",\"source\":\"%s\"}", amount,
             ff_opt_text(&cli->o, FF_OPT_SOURCE));
    struct ff_call call = {
        .method = "POST", .target = target, .key = key ? key : random, .body = body};
    struct ff_answer answer;
    if (!ff_call(c, &call, "cannot book the top-up", &answer)) {
        if (cli->t.code == FF_EXIT_TRY_LATER)
            snprintf(cli->t.hint, sizeof cli->t.hint,
                     "the same command with --key %s: it never books twice", call.key);
        return;
    }
    struct ff_pick topup = ff_pick(answer.body, answer.body_len);
    ff_money_format(amount, decimals, money);
    ff_money_format(ff_pick_int(ff_pick_get(topup, "balanceAfter")), decimals, balance);
    printf("%s: %s %s %s, balance %s %s (journal %" PRId64 ")\n", cli->args[0], money, currency,
           ff_pick_bool(ff_pick_get(topup, "replayed")) ? "was booked before" : "booked", balance,
           currency, ff_pick_int(ff_pick_get(topup, "id")));
}

int ff_cmd_topup(struct ff_cli *cli)
{
    struct ff_caller c;
    int decimals;
    char currency[4];
    int64_t amount, id;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_show_currency(&c, &decimals, currency) && read_amount(cli, decimals, &amount) &&
        ff_call_employee(&c, cli->args[0], &id))
        book(&c, id, amount, decimals, currency);
    ff_call_close(&c);
    return 0;
}
