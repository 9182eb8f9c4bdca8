/* SPDX-License-Identifier: MIT */
/* cmd_ledger.c - ledger periods and ledger close: the months of the books. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/show.h"

static const struct ff_column period_columns[] = {
    {"MONTH", "month", 7, FF_SHOW_TEXT},         {"STATE", "state", 6, FF_SHOW_TEXT},
    {"JOURNALS", "journals", 8, FF_SHOW_INT},    {"OUT", "debits", 12, FF_SHOW_MONEY},
    {"IN", "credits", 12, FF_SHOW_MONEY},        {"WALLETS", "closing", 12, FF_SHOW_MONEY},
    {"CLOSED AT", "closedAt", 24, FF_SHOW_TEXT}, {"HEAD", "headHash", 64, FF_SHOW_TEXT},
};

int ff_cmd_ledger_periods(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/ledger/periods", "cannot list the months", period_columns,
                       sizeof period_columns / sizeof period_columns[0]);
    ff_call_close(&c);
    return 0;
}

bool ff_cli_is_month(struct ff_cli *cli, const char *text)
{
    if (strlen(text) == 7 && strspn(text, "0123456789-") == 7)
        return true;
    ff_trouble(&cli->t, FF_EXIT_USAGE, "a month is written as 2026-03", "\"%.20s\" is no month",
               text);
    return false;
}

static void show_closed(struct ff_caller *c, struct ff_pick month, int decimals,
                        const char *currency)
{
    struct ff_arena *arena = c->cli->arena;
    char closing[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(month, "closing")), decimals, closing);
    printf("%s is closed: %" PRId64 " journals, %" PRId64 " statements, wallets hold %s %s.\n"
           "Head: journal %" PRId64 ", %s\n",
           ff_pick_text(arena, ff_pick_get(month, "month")),
           ff_pick_int(ff_pick_get(month, "journals")), ff_pick_int(ff_pick_get(month, "people")),
           closing, currency, ff_pick_int(ff_pick_get(month, "headId")),
           ff_pick_text(arena, ff_pick_get(month, "headHash")));
}

static void close_month(struct ff_caller *c)
{
    char target[96], currency[4];
    int decimals;
    struct ff_answer answer;
    snprintf(target, sizeof target, "/api/v1/ledger/periods/%s/close", c->cli->args[0]);
    if (ff_show_currency(c, &decimals, currency) &&
        ff_call(c, &(struct ff_call){.method = "POST", .target = target}, "cannot close the month",
                &answer))
        show_closed(c, ff_pick(answer.body, answer.body_len), decimals, currency);
}

int ff_cmd_ledger_close(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_cli_is_month(cli, cli->args[0]) || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    close_month(&c);
    ff_call_close(&c);
    return 0;
}
