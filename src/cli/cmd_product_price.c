/* SPDX-License-Identifier: MIT */
/* cmd_product_price.c - product price, reprice: what dishes cost, now and from a day on. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/money.h"
#include "cli/product.h"

/* ---- one product ---- */

static void show_history(struct ff_caller *c, const struct ff_product_ref *ref)
{
    static const struct ff_column columns[] = {
        {"ID", "id", 5, FF_SHOW_INT},          {"FROM", "validFrom", 10, FF_SHOW_TEXT},
        {"PRICE", "price", 9, FF_SHOW_MONEY},  {"PLANNED", "planned", 7, FF_SHOW_BOOL},
        {"SET BY", "setBy", 20, FF_SHOW_TEXT}, {"AT", "recordedAt", 0, FF_SHOW_TEXT},
    };
    char target[96];
    snprintf(target, sizeof target, "%s/price-history", ref->target);
    (void)ff_show_list(c, target, "cannot list the prices", columns,
                       sizeof columns / sizeof columns[0]);
}

static void cancel(struct ff_caller *c, const struct ff_product_ref *ref, const char *id_text)
{
    char target[96];
    int64_t id;
    struct ff_answer answer;
    if (!ff_parse_id(id_text, &id)) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy product price PRODUCT",
                   "\"%s\" is no id of a planned price", id_text);
        return;
    }
    snprintf(target, sizeof target, "%s/prices/%" PRId64, ref->target, id);
    struct ff_call call = {.method = "DELETE", .target = target};
    if (ff_call(c, &call, "cannot take the price back", &answer))
        printf("The planned price %" PRId64 " of %s is taken back.\n", id, ref->name);
}

static void set(struct ff_caller *c, const struct ff_product_ref *ref, const char *text)
{
    char target[96], body[96], from[40] = "", currency[4], money[FF_MONEY_TEXT_CAP];
    const char *day = ff_opt_text(&c->cli->o, FF_OPT_FROM);
    int decimals;
    int64_t price;
    struct ff_answer answer;
    if (!ff_show_currency(c, &decimals, currency) ||
        !ff_product_price(c->cli, text, decimals, &price))
        return;
    if (day)
        snprintf(from, sizeof from, ",\"validFrom\":\"%.10s\"", day);
    snprintf(body, sizeof body, "{\"price\":%" PRId64 "%s}", price, day ? from : "");
    snprintf(target, sizeof target, "%s/prices", ref->target);
    struct ff_call call = {.method = "POST", .target = target, .body = body};
    if (!ff_call(c, &call, "cannot set the price", &answer))
        return;
    ff_money_format(price, decimals, money);
    printf("%s costs %s %s %s%s.\n", ref->name, money, currency, day ? "from " : "now",
           day ? day : "");
}

int ff_cmd_product_price(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_product_ref ref;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    bool is_found = ff_product_find(&c, cli->args[0], &ref);
    if (is_found && cli->n_args == 1)
        show_history(&c, &ref);
    else if (is_found && cli->n_args == 2)
        set(&c, &ref, cli->args[1]);
    else if (is_found && strcmp(cli->args[1], "cancel") == 0)
        cancel(&c, &ref, cli->args[2]);
    else if (is_found)
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help product price",
                   "say a price, or cancel and its id");
    ff_call_close(&c);
    return 0;
}

/* ---- many at once ---- */

/* "5%" or "0.20" as a member; both may be below 0. */
static bool write_change(struct ff_cli *cli, int decimals, struct ff_buf *body)
{
    const char *text = cli->args[0];
    size_t n = strlen(text);
    bool is_percent = n > 1 && text[n - 1] == '%';
    int64_t value;
    if (!ff_money_parse_decimal(text, is_percent ? n - 1 : n, is_percent ? 3 : decimals, &value) ||
        value == 0)
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help product reprice",
                          "\"%s\" is neither percent, like 5%%, nor an amount", text);
    ff_buf_printf(body, "\"%s\":%" PRId64, is_percent ? "percentPpm" : "amount",
                  is_percent ? value * 10 : value);
    return true;
}

struct category {
    const char *name;
    int64_t id;
};

static bool is_category(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct category *k = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), k->name) == 0)
        k->id = ff_pick_int(ff_pick_get(item, "id"));
    return k->id == 0;
}

static bool write_options(struct ff_caller *c, int decimals, struct ff_buf *body)
{
    struct ff_cli *cli = c->cli;
    struct category category = {.name = ff_opt_text(&cli->o, FF_OPT_CATEGORY)};
    const char *step = ff_opt_text(&cli->o, FF_OPT_ROUND_TO);
    const char *from = ff_opt_text(&cli->o, FF_OPT_FROM);
    int64_t round_to;
    if (category.name && (!ff_call_list(c, "/api/v1/categories", "cannot read the categories",
                                        is_category, &category) ||
                          !category.id))
        return cli->t.code ? false
                           : ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "there is no category \"%s\"",
                                        category.name);
    if (category.name)
        ff_buf_printf(body, ",\"categoryId\":%" PRId64, category.id);
    if (step && !ff_product_price(cli, step, decimals, &round_to))
        return false;
    if (step)
        ff_buf_printf(body, ",\"roundTo\":%" PRId64, round_to);
    if (from)
        ff_buf_printf(body, ",\"validFrom\":\"%s\"", from);
    ff_buf_str(body, ff_opt_bool(&cli->o, FF_OPT_DRY_RUN) ? ",\"dryRun\":true}" : "}");
    return true;
}

static void print_changes(struct ff_caller *c, struct ff_pick done, int decimals)
{
    struct ff_pick item = {0}, items = ff_pick_get(done, "items");
    int64_t n = 0;
    for (; ff_pick_next(items, &item); n++) {
        char before[FF_MONEY_TEXT_CAP], after[FF_MONEY_TEXT_CAP];
        ff_money_format(ff_pick_int(ff_pick_get(item, "before")), decimals, before);
        ff_money_format(ff_pick_int(ff_pick_get(item, "after")), decimals, after);
        ff_show_cell(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), 32);
        printf("  %9s -> %s\n", before, after);
    }
    const char *from = ff_pick_text(c->cli->arena, ff_pick_get(done, "validFrom"));
    printf("%" PRId64 " price%s %s%s%s, %" PRId64 " stay\n", n, n == 1 ? "" : "s",
           ff_pick_bool(ff_pick_get(done, "dryRun")) ? "would change" : "changed",
           from[0] ? " from " : "", from, ff_pick_int(ff_pick_get(done, "same")));
}

int ff_cmd_product_reprice(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_buf body;
    struct ff_answer answer;
    char currency[4];
    int decimals;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&body, 4096);
    ff_buf_char(&body, '{');
    if (ff_show_currency(&c, &decimals, currency) && write_change(cli, decimals, &body) &&
        write_options(&c, decimals, &body)) {
        struct ff_call call = {.method = "POST",
                               .target = "/api/v1/products/price-changes",
                               .body = body.data,
                               .body_len = body.len};
        if (ff_call(&c, &call, "no price was changed", &answer))
            print_changes(&c, ff_pick(answer.body, answer.body_len), decimals);
    }
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}
