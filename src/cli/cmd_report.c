/* SPDX-License-Identifier: MIT */
/* cmd_report.c - report KEY: what was sold between two days, or a list of people by money; as a
 * table, CSV or JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/report.h"
#include "cli/show.h"

enum { KEY = FF_REPORT_KEY, AMOUNT = FF_REPORT_AMOUNT };

static void print_popular(struct ff_cli *cli, struct ff_pick report, int decimals,
                          const char *currency)
{
    char gross[FF_MONEY_TEXT_CAP];
    struct ff_pick row = {0};
    printf("Sold best, from %s, before %s, in %s\n\n",
           ff_pick_text(cli->arena, ff_pick_get(report, "from")),
           ff_pick_text(cli->arena, ff_pick_get(report, "to")), currency);
    printf("RANK  ");
    ff_show_cell("PRODUCT", KEY);
    printf("%8s  %*s\n", "PIECES", AMOUNT, "GROSS");
    while (ff_pick_next(ff_pick_get(report, "rows"), &row)) {
        ff_money_format(ff_pick_int(ff_pick_get(row, "gross")), decimals, gross);
        printf("%4" PRId64 "  ", ff_pick_int(ff_pick_get(row, "rank")));
        ff_show_cell(ff_pick_text(cli->arena, ff_pick_get(row, "name")), KEY);
        printf("%8" PRId64 "  %*s\n", ff_pick_int(ff_pick_get(row, "pieces")), AMOUNT, gross);
    }
}

static void print_subsidy_row(struct ff_pick row, const char *key, int decimals)
{
    char meals[FF_MONEY_TEXT_CAP], allowances[FF_MONEY_TEXT_CAP], amount[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(row, "meals")), decimals, meals);
    ff_money_format(ff_pick_int(ff_pick_get(row, "allowances")), decimals, allowances);
    ff_money_format(ff_pick_int(ff_pick_get(row, "amount")), decimals, amount);
    ff_show_cell(key, KEY);
    printf("%8" PRId64 "  %*s  %*s  %*s\n", ff_pick_int(ff_pick_get(row, "bookings")), AMOUNT,
           meals, AMOUNT, allowances, AMOUNT, amount);
}

static void print_subsidy(struct ff_cli *cli, struct ff_pick report, int decimals,
                          const char *currency)
{
    struct ff_pick row = {0};
    printf("Paid by the employer, by %s, from %s, before %s, in %s\n\n",
           ff_pick_text(cli->arena, ff_pick_get(report, "by")),
           ff_pick_text(cli->arena, ff_pick_get(report, "from")),
           ff_pick_text(cli->arena, ff_pick_get(report, "to")), currency);
    ff_show_cell("", KEY);
    printf("%8s  %*s  %*s  %*s\n", "BOOKINGS", AMOUNT, "MEALS", AMOUNT, "ALLOWANCES", AMOUNT,
           "AMOUNT");
    while (ff_pick_next(ff_pick_get(report, "rows"), &row)) {
        const char *key = ff_pick_text(cli->arena, ff_pick_get(row, "key"));
        print_subsidy_row(row, *key ? key : "-", decimals);
    }
    print_subsidy_row(report, "total", decimals);
}

/* ---- the kitchen ---- */

static void print_cell(struct ff_pick row, const char *member)
{
    struct ff_pick value = ff_pick_get(row, member);
    if (ff_pick_is_null(value))
        printf("  %8s", "-");
    else
        printf("  %8" PRId64, ff_pick_int(value));
}

static void print_production(struct ff_cli *cli, struct ff_pick list, int decimals,
                             const char *currency)
{
    static const char *const numbers[] = {"planned", "left", "sold", "undone", "refunded"};
    struct ff_pick row = {0};
    (void)decimals;
    (void)currency;
    printf("Production of %s\n\n", ff_pick_text(cli->arena, ff_pick_get(list, "date")));
    ff_show_cell("WINDOW", 16);
    printf("  ");
    ff_show_cell("PRODUCT", KEY);
    printf("  %8s  %8s  %8s  %8s  %8s\n", "PLANNED", "LEFT", "SOLD", "UNDONE", "REFUNDED");
    while (ff_pick_next(ff_pick_get(list, "rows"), &row)) {
        const char *window = ff_pick_text(cli->arena, ff_pick_get(row, "window"));
        ff_show_cell(*window ? window : "-", 16);
        printf("  ");
        ff_show_cell(ff_pick_text(cli->arena, ff_pick_get(row, "product")), KEY);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
            print_cell(row, numbers[i]);
        putchar('\n');
    }
}

static void fetch_production(struct ff_caller *c)
{
    const char *date = ff_opt_text(&c->cli->o, FF_OPT_FROM);
    char target[80];
    snprintf(target, sizeof target, "/api/v1/reports/production%s%s", date ? "?date=" : "",
             date ? date : "");
    ff_report_fetch(c, target, print_production);
}

/* ---- lists of people ---- */

static const struct ff_column consumption_columns[] = {
    {"NUMBER", "number", 10, FF_SHOW_TEXT},         {"NAME", "name", 28, FF_SHOW_TEXT},
    {"DEPARTMENT", "department", 16, FF_SHOW_TEXT}, {"SPENT", "spent", 12, FF_SHOW_MONEY},
    {"LIMIT", "limit", 12, FF_SHOW_MONEY},          {"LEFT", "remaining", 12, FF_SHOW_MONEY},
    {"PURCHASES", "purchases", 0, FF_SHOW_INT},
};
static const struct ff_column balance_columns[] = {
    {"NUMBER", "number", 10, FF_SHOW_TEXT},         {"NAME", "name", 28, FF_SHOW_TEXT},
    {"DEPARTMENT", "department", 16, FF_SHOW_TEXT}, {"BALANCE", "balance", 12, FF_SHOW_MONEY},
    {"OWES SINCE", "owesSince", 0, FF_SHOW_TEXT},
};
enum { CONSUMPTION_COLUMNS = 7, BALANCE_COLUMNS = 5 };

struct people_report {
    const char *key;
    const struct ff_column *columns;
    size_t n;
};

/* clang-format off */
static const struct people_report people_reports[] = {
    { "employees",   consumption_columns, CONSUMPTION_COLUMNS },
    { "low-balance", balance_columns,     BALANCE_COLUMNS },
    { "debts",       balance_columns,     BALANCE_COLUMNS },
};
/* clang-format on */
enum { N_PEOPLE_REPORTS = sizeof people_reports / sizeof people_reports[0] };

static const struct people_report *find_people_report(const char *key)
{
    for (size_t i = 0; i < N_PEOPLE_REPORTS; i++) {
        if (!strcmp(people_reports[i].key, key))
            return &people_reports[i];
    }
    return NULL;
}

/* "&below=500" of --below 5.00; empty without it. */
static bool below(struct ff_caller *c, char out[48])
{
    const char *text = ff_opt_text(&c->cli->o, FF_OPT_BELOW);
    char currency[4];
    int64_t amount;
    int decimals;
    *out = '\0';
    if (!text)
        return true;
    if (!ff_show_currency(c, &decimals, currency))
        return false;
    if (!ff_money_parse_decimal(text, strlen(text), decimals, &amount)) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy help report", "\"%s\" is no amount",
                   text);
        return false;
    }
    snprintf(out, 48, "&below=%" PRId64, amount);
    return true;
}

static bool more_of(struct ff_caller *c, const char *key, char out[48])
{
    const char *month = ff_opt_text(&c->cli->o, FF_OPT_MONTH);
    *out = '\0';
    if (!strcmp(key, "low-balance"))
        return below(c, out);
    if (month && !strcmp(key, "employees"))
        snprintf(out, 48, "&month=%s", month);
    return true;
}

static void fetch_people(struct ff_caller *c, const struct people_report *r)
{
    char target[160], more[48];
    if (!more_of(c, r->key, more))
        return;
    snprintf(target, sizeof target, "/api/v1/reports/%s?amounts=decimal%s", r->key, more);
    if (ff_opt_bool(&c->cli->o, FF_OPT_CSV))
        ff_report_fetch(c, target, NULL);
    else
        (void)ff_show_list(c, target, "cannot make the report", r->columns, r->n);
}

/* ---- which ---- */

static void print_undo_rows(struct ff_cli *cli, const char *title, struct ff_pick rows,
                            int decimals)
{
    char amount[FF_MONEY_TEXT_CAP];
    struct ff_pick row = {0};
    ff_show_cell(title, KEY);
    printf("%8s  %*s\n", "UNDOS", AMOUNT, "AMOUNT");
    while (ff_pick_next(rows, &row)) {
        ff_money_format(ff_pick_int(ff_pick_get(row, "amount")), decimals, amount);
        ff_show_cell(ff_pick_text(cli->arena, ff_pick_get(row, "name")), KEY);
        printf("%8" PRId64 "  %*s\n", ff_pick_int(ff_pick_get(row, "undos")), AMOUNT, amount);
    }
}

static void print_undos(struct ff_cli *cli, struct ff_pick report, int decimals,
                        const char *currency)
{
    printf("Undone by people themselves, from %s, before %s, in %s\n\n",
           ff_pick_text(cli->arena, ff_pick_get(report, "from")),
           ff_pick_text(cli->arena, ff_pick_get(report, "to")), currency);
    print_undo_rows(cli, "PERSON", ff_pick_get(report, "persons"), decimals);
    putchar('\n');
    print_undo_rows(cli, "KIOSK", ff_pick_get(report, "kiosks"), decimals);
}

static void make_report(struct ff_caller *c, const char *key)
{
    const struct people_report *people = find_people_report(key);
    char path[80];
    if (people) {
        fetch_people(c, people);
    } else if (!strcmp(key, "production")) {
        fetch_production(c);
    } else if (!strcmp(key, "popular")) {
        ff_report_fetch_days(c, "/api/v1/reports/popular?limit=100&", print_popular);
    } else if (!strcmp(key, "undos")) {
        ff_report_fetch_days(c, "/api/v1/reports/undos?", print_undos);
    } else if (!strcmp(key, "subsidy")) {
        snprintf(path, sizeof path, "/api/v1/reports/subsidy?by=%s&",
                 ff_opt_text(&c->cli->o, FF_OPT_BY));
        ff_report_fetch_days(c, path, print_subsidy);
    } else {
        snprintf(path, sizeof path, "/api/v1/reports/sales?by=%s&", key);
        ff_report_fetch_days(c, path, ff_report_print_sales);
    }
}

static bool is_key(struct ff_cli *cli)
{
    const char *key = cli->args[0];
    for (const char *at = key; *at; at++) {
        if ((*at < 'a' || *at > 'z') && (*at != '-' || !find_people_report(key))) {
            ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help report", "\"%s\" is no report",
                       key);
            return false;
        }
    }
    return true;
}

int ff_cmd_report(struct ff_cli *cli)
{
    struct ff_caller c;
    const char *month = ff_opt_text(&cli->o, FF_OPT_MONTH);
    if (!is_key(cli) || (month && !ff_cli_is_month(cli, month)) || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    make_report(&c, cli->args[0]);
    ff_call_close(&c);
    return 0;
}
