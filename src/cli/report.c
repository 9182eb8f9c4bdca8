/* SPDX-License-Identifier: MIT */
/* report.c - a report as the API gives it: to a file, or as a table. */
#include "cli/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/files.h"
#include "cli/show.h"

enum { KEY = FF_REPORT_KEY, AMOUNT = FF_REPORT_AMOUNT };

static void print_row(struct ff_pick row, const char *key, int decimals)
{
    char gross[FF_MONEY_TEXT_CAP], tax[FF_MONEY_TEXT_CAP], net[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(row, "gross")), decimals, gross);
    ff_money_format(ff_pick_int(ff_pick_get(row, "tax")), decimals, tax);
    ff_money_format(ff_pick_int(ff_pick_get(row, "net")), decimals, net);
    ff_show_cell(key, KEY);
    printf("%8" PRId64 "  %*s  %*s  %*s\n", ff_pick_int(ff_pick_get(row, "pieces")), AMOUNT, gross,
           AMOUNT, tax, AMOUNT, net);
}

/* A row without a name is told apart by what it stands for. */
static const char *name_of(struct ff_cli *cli, const char *by, struct ff_pick row)
{
    const char *key = ff_pick_text(cli->arena, ff_pick_get(row, "key"));
    const int64_t id = ff_pick_int(ff_pick_get(row, "id"));
    const char *rate =
        ff_arena_printf(cli->arena, "%d.%04d %%", (int)(id / 10000), (int)(id % 10000));
    if (!strcmp(by, "tax"))
        return rate ? rate : "";
    return *key ? key : "-";
}

void ff_report_print_sales(struct ff_cli *cli, struct ff_pick report, int decimals,
                           const char *currency)
{
    struct ff_pick row = {0};
    const char *by = ff_pick_text(cli->arena, ff_pick_get(report, "by"));
    printf("Sold by %s, from %s, before %s, in %s\n\n", by,
           ff_pick_text(cli->arena, ff_pick_get(report, "from")),
           ff_pick_text(cli->arena, ff_pick_get(report, "to")), currency);
    ff_show_cell("", KEY);
    printf("%8s  %*s  %*s  %*s\n", "PIECES", AMOUNT, "GROSS", AMOUNT, "TAX", AMOUNT, "NET");
    while (ff_pick_next(ff_pick_get(report, "rows"), &row))
        print_row(row, name_of(cli, by, row), decimals);
    print_row(report, "total", decimals);
}

void ff_report_fetch(struct ff_caller *c, const char *target, ff_report_print print)
{
    struct ff_cli *cli = c->cli;
    const bool csv = ff_opt_bool(&cli->o, FF_OPT_CSV);
    const char *out = ff_opt_text(&cli->o, FF_OPT_OUT);
    char currency[4];
    int decimals;
    if (!ff_show_currency(c, &decimals, currency))
        return;
    struct ff_call call = {.method = "GET", .target = target, .accept = csv ? "text/csv" : NULL};
    struct ff_answer answer;
    if (!ff_call(c, &call, "cannot make the report", &answer))
        return;
    if (csv)
        (void)ff_file_write_csv(cli, out, answer.body, answer.body_len);
    else if (ff_opt_bool(&cli->o, FF_OPT_JSON))
        (void)ff_file_write(cli, out, answer.body, answer.body_len);
    else
        print(cli, ff_pick(answer.body, answer.body_len), decimals, currency);
}

void ff_report_fetch_days(struct ff_caller *c, const char *path, ff_report_print print)
{
    const struct ff_options *o = &c->cli->o;
    const char *from = ff_opt_text(o, FF_OPT_FROM), *to = ff_opt_text(o, FF_OPT_BEFORE);
    char target[200];
    snprintf(target, sizeof target, "%samounts=decimal%s%s%s%s", path, from ? "&from=" : "",
             from ? from : "", to ? "&to=" : "", to ? to : "");
    ff_report_fetch(c, target, print);
}
