/* SPDX-License-Identifier: MIT */
/* cmd_books.c - ledger accounts, trial-balance, journals, head, export and map: the books as a
 * treasurer reads them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/files.h"
#include "cli/show.h"

enum { CODE = 28, AMOUNT = 16 };

static int with_caller(struct ff_cli *cli, void (*run)(struct ff_caller *))
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    run(&c);
    ff_call_close(&c);
    return 0;
}

static bool wants_json(const struct ff_cli *cli)
{
    return ff_opt_bool(&cli->o, FF_OPT_JSON);
}

static bool get(struct ff_caller *c, const char *target, const char *what, struct ff_answer *answer)
{
    return ff_call(c, &(struct ff_call){.method = "GET", .target = target}, what, answer);
}

/* ---- accounts ---- */

static const struct ff_column account_columns[] = {
    {"ID", "id", 6, FF_SHOW_INT},
    {"CODE", "code", CODE, FF_SHOW_TEXT},
    {"KIND", "kind", 10, FF_SHOW_TEXT},
    {"BALANCE", "balance", AMOUNT, FF_SHOW_MONEY},
};

static void accounts(struct ff_caller *c)
{
    char target[96];
    const char *at = ff_opt_text(&c->cli->o, FF_OPT_AT);
    snprintf(target, sizeof target, "/api/v1/ledger/accounts%s%s", at ? "?at=" : "", at ? at : "");
    (void)ff_show_list(c, target, "cannot list the accounts", account_columns,
                       sizeof account_columns / sizeof account_columns[0]);
}

int ff_cmd_ledger_accounts(struct ff_cli *cli)
{
    return with_caller(cli, accounts);
}

/* ---- trial balance ---- */

static void trial_row(const char *code, struct ff_pick row, const char *debit, const char *credit,
                      int decimals)
{
    char left[FF_MONEY_TEXT_CAP], right[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(row, debit)), decimals, left);
    ff_money_format(ff_pick_int(ff_pick_get(row, credit)), decimals, right);
    ff_show_cell(code, CODE);
    printf("%*s  %*s\n", AMOUNT, left, AMOUNT, right);
}

static void trial(struct ff_caller *c)
{
    char target[96], currency[4];
    int decimals;
    struct ff_answer answer;
    struct ff_pick row = {0};
    const char *at = ff_opt_text(&c->cli->o, FF_OPT_AT);
    snprintf(target, sizeof target, "/api/v1/ledger/trial-balance%s%s", at ? "?at=" : "",
             at ? at : "");
    if (!ff_show_currency(c, &decimals, currency) ||
        !get(c, target, "cannot make the trial balance", &answer))
        return;
    if (wants_json(c->cli)) {
        printf("%.*s\n", (int)answer.body_len, answer.body);
        return;
    }
    struct ff_pick all = ff_pick(answer.body, answer.body_len);
    printf("Trial balance%s%s, in %s\n\n", at ? " at the end of " : "", at ? at : "", currency);
    ff_show_cell("ACCOUNT", CODE);
    printf("%*s  %*s\n", AMOUNT, "DEBIT", AMOUNT, "CREDIT");
    while (ff_pick_next(ff_pick_get(all, "rows"), &row))
        trial_row(ff_pick_text(c->cli->arena, ff_pick_get(row, "code")), row, "debit", "credit",
                  decimals);
    trial_row("total", all, "debits", "credits", decimals);
}

int ff_cmd_ledger_trial_balance(struct ff_cli *cli)
{
    return with_caller(cli, trial);
}

/* ---- journals ---- */

static void print_journal(struct ff_caller *c, struct ff_pick j, int decimals)
{
    struct ff_arena *arena = c->cli->arena;
    struct ff_pick entry = {0};
    const struct ff_pick reason = ff_pick_get(j, "reason");
    printf("%" PRId64 "  %s  %s%s%s\n", ff_pick_int(ff_pick_get(j, "id")),
           ff_pick_text(arena, ff_pick_get(j, "businessDate")),
           ff_pick_text(arena, ff_pick_get(j, "kind")), ff_pick_is_null(reason) ? "" : " ",
           ff_pick_is_null(reason) ? "" : ff_pick_text(arena, reason));
    while (ff_pick_next(ff_pick_get(j, "entries"), &entry)) {
        char amount[FF_MONEY_TEXT_CAP];
        ff_money_format(ff_pick_int(ff_pick_get(entry, "amount")), decimals, amount);
        printf("    ");
        ff_show_cell(ff_pick_text(arena, ff_pick_get(entry, "code")), CODE);
        printf("%*s\n", AMOUNT, amount);
    }
}

static void journals(struct ff_caller *c)
{
    const struct ff_options *o = &c->cli->o;
    const char *from = ff_opt_text(o, FF_OPT_FROM), *to = ff_opt_text(o, FF_OPT_BEFORE);
    char target[160], currency[4];
    int decimals;
    struct ff_answer answer;
    struct ff_pick j = {0};
    snprintf(target, sizeof target, "/api/v1/ledger/journals?limit=%" PRId64 "%s%s%s%s",
             ff_opt_int(o, FF_OPT_LINES), from ? "&from=" : "", from ? from : "", to ? "&to=" : "",
             to ? to : "");
    if (!ff_show_currency(c, &decimals, currency) ||
        !get(c, target, "cannot list the journals", &answer))
        return;
    if (wants_json(c->cli)) {
        printf("%.*s\n", (int)answer.body_len, answer.body);
        return;
    }
    struct ff_pick data = ff_pick_get(ff_pick(answer.body, answer.body_len), "data");
    while (ff_pick_next(data, &j))
        print_journal(c, j, decimals);
}

int ff_cmd_ledger_journals(struct ff_cli *cli)
{
    return with_caller(cli, journals);
}

/* ---- head ---- */

static void head(struct ff_caller *c)
{
    struct ff_answer answer;
    if (!get(c, "/api/v1/ledger/head", "cannot read the head", &answer))
        return;
    struct ff_pick all = ff_pick(answer.body, answer.body_len);
    if (wants_json(c->cli))
        printf("%.*s\n", (int)answer.body_len, answer.body);
    else if (ff_pick_int(ff_pick_get(all, "id")) == 0)
        puts("none");
    else
        printf("%" PRId64 " %s\n", ff_pick_int(ff_pick_get(all, "id")),
               ff_pick_text(c->cli->arena, ff_pick_get(all, "hash")));
}

int ff_cmd_ledger_head(struct ff_cli *cli)
{
    return with_caller(cli, head);
}

/* ---- export ---- */

static void export_month(struct ff_caller *c)
{
    const struct ff_options *o = &c->cli->o;
    const char *amounts = ff_opt_text(o, FF_OPT_AMOUNTS);
    char target[128];
    struct ff_answer answer;
    snprintf(target, sizeof target, "/api/v1/ledger/periods/%s/export?by=%s%s%s", c->cli->args[0],
             ff_opt_bool(o, FF_OPT_BY_DAY) ? "day" : "entry", amounts ? "&amounts=" : "",
             amounts ? amounts : "");
    struct ff_call call = {.method = "GET", .target = target, .accept = "text/csv"};
    if (ff_call(c, &call, "cannot export the month", &answer))
        (void)ff_file_write(c->cli, ff_opt_text(o, FF_OPT_OUT), answer.body, answer.body_len);
}

int ff_cmd_ledger_export(struct ff_cli *cli)
{
    return ff_cli_is_month(cli, cli->args[0]) ? with_caller(cli, export_month) : FF_EXIT_USAGE;
}

/* ---- map ---- */

/* Rows of the map but for one code, and with the new one. */
static void write_map(struct ff_caller *c, struct ff_pick map, const char *code, const char *number,
                      const char *name, struct ff_buf *body)
{
    struct ff_pick row = {0};
    const char *comma = "";
    ff_buf_str(body, "{\"rows\":[");
    while (ff_pick_next(ff_pick_get(map, "rows"), &row)) {
        if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(row, "code")), code) == 0)
            continue;
        ff_buf_printf(body, "%s%.*s", comma, (int)(row.end - row.at), row.at);
        comma = ",";
    }
    if (number) {
        ff_buf_printf(body, "%s{\"code\":", comma);
        ff_buf_json(body, code);
        ff_buf_str(body, ",\"number\":");
        ff_buf_json(body, number);
        if (name) {
            ff_buf_str(body, ",\"name\":");
            ff_buf_json(body, name);
        }
        ff_buf_char(body, '}');
    }
    ff_buf_str(body, "]}");
}

static void print_map(struct ff_caller *c, const struct ff_answer *answer)
{
    struct ff_pick row = {0};
    size_t n = 0;
    if (wants_json(c->cli)) {
        printf("%.*s\n", (int)answer->body_len, answer->body);
        return;
    }
    struct ff_pick rows = ff_pick_get(ff_pick(answer->body, answer->body_len), "rows");
    for (; ff_pick_next(rows, &row); n++) {
        ff_show_cell(ff_pick_text(c->cli->arena, ff_pick_get(row, "code")), CODE);
        ff_show_cell(ff_pick_text(c->cli->arena, ff_pick_get(row, "number")), AMOUNT);
        puts(ff_pick_text(c->cli->arena, ff_pick_get(row, "name")));
    }
    if (!n)
        puts("none");
}

static void map(struct ff_caller *c)
{
    static const char target[] = "/api/v1/ledger/account-map", what[] = "cannot set the account";
    const struct ff_cli *cli = c->cli;
    const bool removes = cli->n_args == 2 && strcmp(cli->args[0], "remove") == 0;
    struct ff_answer answer;
    struct ff_buf body;
    if (!get(c, target, "cannot read the mapping", &answer))
        return;
    if (cli->n_args < 2) {
        print_map(c, &answer);
        return;
    }
    ff_buf_init(&body, 64 << 10);
    write_map(c, ff_pick(answer.body, answer.body_len), cli->args[removes ? 1 : 0],
              removes ? NULL : cli->args[1], cli->n_args > 2 ? cli->args[2] : NULL, &body);
    const struct ff_call call = {
        .method = "PUT", .target = target, .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, what, &answer))
        print_map(c, &answer);
    ff_buf_free(&body);
}

int ff_cmd_ledger_map(struct ff_cli *cli)
{
    return with_caller(cli, map);
}
