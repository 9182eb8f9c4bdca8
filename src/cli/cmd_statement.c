/* SPDX-License-Identifier: MIT */
/* cmd_statement.c - statement NUMBER: a wallet between two days, as a table, CSV or JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/files.h"
#include "cli/show.h"

/* Columns of the table; names and kinds are as wide as the words of the ledger. */
enum { KIND = 9, AMOUNT = 14 };

static void print_row(const char *day, const char *kind, const char *journal, const char *amount,
                      const char *balance)
{
    printf("%-10s  %-*s  %10s  %*s  %*s\n", day, KIND, kind, journal, AMOUNT, amount, AMOUNT,
           balance);
}

static void print_movement(struct ff_caller *c, struct ff_pick item, int decimals)
{
    char journal[24], amount[FF_MONEY_TEXT_CAP], balance[FF_MONEY_TEXT_CAP];
    struct ff_arena *arena = c->cli->arena;
    snprintf(journal, sizeof journal, "%" PRId64, ff_pick_int(ff_pick_get(item, "journalId")));
    ff_money_format(ff_pick_int(ff_pick_get(item, "amount")), decimals, amount);
    ff_money_format(ff_pick_int(ff_pick_get(item, "balance")), decimals, balance);
    print_row(ff_pick_text(arena, ff_pick_get(item, "businessDate")),
              ff_pick_text(arena, ff_pick_get(item, "kind")), journal, amount, balance);
}

static void print_table(struct ff_caller *c, struct ff_pick s, int decimals, const char *currency)
{
    char opening[FF_MONEY_TEXT_CAP], closing[FF_MONEY_TEXT_CAP];
    struct ff_arena *arena = c->cli->arena;
    const char *from = ff_pick_text(arena, ff_pick_get(s, "from"));
    const char *to = ff_pick_text(arena, ff_pick_get(s, "to"));
    struct ff_pick item = {0};
    const bool is_closed = ff_pick_bool(ff_pick_get(s, "closed"));
    printf("%s  %s  from %s, before %s, in %s\n\n", c->cli->args[0],
           is_closed ? "(closed month)" : ff_pick_text(arena, ff_pick_get(s, "name")), from, to,
           currency);
    ff_money_format(ff_pick_int(ff_pick_get(s, "opening")), decimals, opening);
    ff_money_format(ff_pick_int(ff_pick_get(s, "closing")), decimals, closing);
    print_row("DATE", "KIND", "JOURNAL", "AMOUNT", "BALANCE");
    print_row(from, "opening", "", "", opening);
    while (ff_pick_next(ff_pick_get(s, "movements"), &item))
        print_movement(c, item, decimals);
    print_row(to, "closing", "", "", closing);
    if (ff_pick_int(ff_pick_get(s, "allowance")) > 0) {
        ff_money_format(ff_pick_int(ff_pick_get(s, "allowance")), decimals, closing);
        printf("\nBeside it, now, an allowance of %s\n", closing);
    }
}

static void fetch(struct ff_caller *c, int64_t id)
{
    struct ff_cli *cli = c->cli;
    const char *from = ff_opt_text(&cli->o, FF_OPT_FROM), *to = ff_opt_text(&cli->o, FF_OPT_BEFORE);
    const char *month = ff_opt_text(&cli->o, FF_OPT_MONTH);
    const bool csv = ff_opt_bool(&cli->o, FF_OPT_CSV), html = ff_opt_bool(&cli->o, FF_OPT_HTML);
    char target[200], currency[4];
    int decimals;
    if (!ff_show_currency(c, &decimals, currency))
        return;
    snprintf(target, sizeof target,
             "/api/v1/employees/%" PRId64 "/statement?amounts=decimal%s%s%s%s%s%s", id,
             from ? "&from=" : "", from ? from : "", to ? "&to=" : "", to ? to : "",
             month ? "&month=" : "", month ? month : "");
    struct ff_call call = {.method = "GET",
                           .target = target,
                           .accept = html  ? "text/html"
                                     : csv ? "text/csv"
                                           : NULL};
    struct ff_answer answer;
    if (!ff_call(c, &call, "cannot read the statement", &answer))
        return;
    if (csv)
        (void)ff_file_write_csv(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer.body,
                                answer.body_len);
    else if (html || ff_opt_bool(&cli->o, FF_OPT_JSON))
        (void)ff_file_write(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer.body, answer.body_len);
    else
        print_table(c, ff_pick(answer.body, answer.body_len), decimals, currency);
}

int ff_cmd_statement(struct ff_cli *cli)
{
    struct ff_caller c;
    int64_t id;
    const char *month = ff_opt_text(&cli->o, FF_OPT_MONTH);
    if (month && !ff_cli_is_month(cli, month))
        return FF_EXIT_USAGE;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call_employee(&c, cli->args[0], &id))
        fetch(&c, id);
    ff_call_close(&c);
    return 0;
}
