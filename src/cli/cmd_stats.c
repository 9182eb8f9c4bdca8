/* SPDX-License-Identifier: MIT */
/* cmd_stats.c - employee stats, product stats: what one person bought, how one product sold. */
#include <inttypes.h>
#include <stdio.h>

#include "base/money.h"
#include "cli/product.h"
#include "cli/report.h"

enum { TITLE = 18 };

static void print_text(const char *title, const char *text)
{
    printf("  %-*s %s\n", TITLE, title, *text ? text : "-");
}

static void print_money(struct ff_pick s, const char *title, const char *member, int decimals)
{
    char text[FF_MONEY_TEXT_CAP] = "-";
    const struct ff_pick value = ff_pick_get(s, member);
    if (!ff_pick_is_null(value))
        ff_money_format(ff_pick_int(value), decimals, text);
    print_text(title, text);
}

static void print_count(struct ff_pick s, const char *title, const char *member)
{
    printf("  %-*s %" PRId64 "\n", TITLE, title, ff_pick_int(ff_pick_get(s, member)));
}

static void print_instant(struct ff_cli *cli, struct ff_pick s, const char *title,
                          const char *member)
{
    const struct ff_pick value = ff_pick_get(s, member);
    print_text(title, ff_pick_is_null(value) ? "" : ff_pick_text(cli->arena, value));
}

static void print_rows(struct ff_cli *cli, struct ff_pick list, const char *name, const char *count,
                       const char *money, int decimals)
{
    char text[FF_MONEY_TEXT_CAP];
    struct ff_pick row = {0};
    while (ff_pick_next(list, &row)) {
        ff_money_format(ff_pick_int(ff_pick_get(row, money)), decimals, text);
        printf("  ");
        ff_show_cell(ff_pick_text(cli->arena, ff_pick_get(row, name)), FF_REPORT_KEY);
        printf("%8" PRId64 "  %*s\n", ff_pick_int(ff_pick_get(row, count)), FF_REPORT_AMOUNT, text);
    }
}

static void print_person(struct ff_cli *cli, struct ff_pick s, int decimals, const char *currency)
{
    printf("%s  %s  in %s\n", ff_pick_text(cli->arena, ff_pick_get(s, "number")),
           ff_pick_text(cli->arena, ff_pick_get(s, "name")), currency);
    print_money(s, "spent this month", "spentThisMonth", decimals);
    print_money(s, "spent last month", "spentLastMonth", decimals);
    print_money(s, "spent this year", "spentThisYear", decimals);
    print_money(s, "spent since ever", "spent", decimals);
    print_money(s, "monthly limit", "monthlyLimit", decimals);
    print_money(s, "left of it", "remaining", decimals);
    print_count(s, "purchases", "purchases");
    print_count(s, "undone", "undone");
    print_count(s, "refunds", "refunds");
    print_instant(cli, s, "first purchase", "firstPurchaseAt");
    print_instant(cli, s, "last purchase", "lastPurchaseAt");
    printf("\n  PURCHASES AND MONEY BY MONTH\n");
    print_rows(cli, ff_pick_get(s, "months"), "month", "purchases", "spent", decimals);
    printf("\n  BOUGHT MOST IN THE LAST YEAR\n");
    print_rows(cli, ff_pick_get(s, "topProducts"), "name", "pieces", "gross", decimals);
}

int ff_cmd_employee_stats(struct ff_cli *cli)
{
    struct ff_caller c;
    char target[80];
    int64_t id;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_call_employee(&c, cli->args[0], &id)) {
        snprintf(target, sizeof target, "/api/v1/employees/%" PRId64 "/stats", id);
        ff_report_fetch(&c, target, print_person);
    }
    ff_call_close(&c);
    return 0;
}

static void print_product(struct ff_cli *cli, struct ff_pick s, int decimals, const char *currency)
{
    printf("%s\n", ff_pick_text(cli->arena, ff_pick_get(s, "name")));
    ff_report_print_sales(cli, ff_pick_get(s, "sales"), decimals, currency);
}

int ff_cmd_product_stats(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_product_ref product;
    char path[80];
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_product_find(&c, cli->args[0], &product)) {
        snprintf(path, sizeof path, "%s/stats?", product.target);
        ff_report_fetch_days(&c, path, print_product);
    }
    ff_call_close(&c);
    return 0;
}
