/* SPDX-License-Identifier: MIT */
/* cmd_menu.c - menu show|set|copy: the menu's calendar; files come by `import menu`. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/money.h"
#include "cli/action.h"
#include "cli/files.h"
#include "cli/named.h"
#include "cli/product.h"
#include "cli/show.h"

/* ---- show ---- */

static void print_window(struct ff_cli *cli, struct ff_pick window, int decimals)
{
    struct ff_pick item = {0};
    char price[FF_MONEY_TEXT_CAP];
    printf("  %s-%s %s\n", ff_pick_text(cli->arena, ff_pick_get(window, "from")),
           ff_pick_text(cli->arena, ff_pick_get(window, "to")),
           ff_pick_text(cli->arena, ff_pick_get(window, "window")));
    while (ff_pick_next(ff_pick_get(window, "items"), &item)) {
        ff_money_format(ff_pick_int(ff_pick_get(item, "price")), decimals, price);
        printf("    ");
        ff_show_cell(ff_pick_text(cli->arena, ff_pick_get(item, "product")), 34);
        printf("%10s", price);
        if (!ff_pick_is_null(ff_pick_get(item, "portions")))
            printf("   %" PRId64 " of %" PRId64 " left", ff_pick_int(ff_pick_get(item, "left")),
                   ff_pick_int(ff_pick_get(item, "portions")));
        putchar('\n');
    }
}

static void print_menu(struct ff_cli *cli, struct ff_pick menu, int decimals)
{
    struct ff_pick day = {0};
    bool any = false;
    while (ff_pick_next(ff_pick_get(menu, "days"), &day)) {
        struct ff_pick window = {0};
        printf("%s%s\n", any ? "\n" : "", ff_pick_text(cli->arena, ff_pick_get(day, "date")));
        while (ff_pick_next(ff_pick_get(day, "windows"), &window))
            print_window(cli, window, decimals);
        any = true;
    }
    if (!any)
        printf("No menu from %s, before %s.\n", ff_pick_text(cli->arena, ff_pick_get(menu, "from")),
               ff_pick_text(cli->arena, ff_pick_get(menu, "to")));
}

/* What the API answered, as the options want to see it. */
static void print_answer(struct ff_caller *c, const struct ff_answer *answer, bool is_csv)
{
    struct ff_cli *cli = c->cli;
    char currency[4];
    int decimals;
    if (is_csv || ff_opt_bool(&cli->o, FF_OPT_JSON)) {
        (void)ff_file_write(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer->body, answer->body_len);
        return;
    }
    /* The next call takes the answer's memory. */
    const char *text = ff_arena_strndup(cli->arena, answer->body, answer->body_len);
    const size_t n = answer->body_len;
    if (text && ff_show_currency(c, &decimals, currency))
        print_menu(cli, ff_pick(text, n), decimals);
}

static void show(struct ff_caller *c)
{
    struct ff_cli *cli = c->cli;
    const char *from = ff_opt_text(&cli->o, FF_OPT_FROM), *to = ff_opt_text(&cli->o, FF_OPT_BEFORE);
    const bool csv = ff_opt_bool(&cli->o, FF_OPT_CSV);
    char target[96];
    struct ff_answer answer;
    snprintf(target, sizeof target, "/api/v1/menu%s%s%s%s", from ? "?from=" : "", from ? from : "",
             to ? (from ? "&to=" : "?to=") : "", to ? to : "");
    struct ff_call call = {.method = "GET", .target = target, .accept = csv ? "text/csv" : NULL};
    if (ff_call(c, &call, "cannot read the menu", &answer))
        print_answer(c, &answer, csv);
}

/* ---- set ---- */

/* "Lunch:Goulash:40" as an entry; the portions may be left out. */
static bool add_entry(struct ff_caller *c, const char *text, struct ff_buf *body)
{
    struct ff_found window = {0};
    struct ff_product_ref product;
    int64_t portions = -1;
    const char *colon = strchr(text, ':');
    const char *last = colon ? strrchr(colon + 1, ':') : NULL;
    if (!colon)
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, "WINDOW:PRODUCT or WINDOW:PRODUCT:PORTIONS",
                          "\"%s\" names no product of a window", text);
    if (last && !ff_parse_int(last + 1, 0, 100000, &portions))
        last = NULL;
    const char *name = ff_arena_strndup(c->cli->arena, text, (size_t)(colon - text));
    const char *dish = ff_arena_strndup(c->cli->arena, colon + 1,
                                        last ? (size_t)(last - colon - 1) : strlen(colon + 1));
    if (!name || !dish || !ff_find_named(c, &ff_windows, name, &window) ||
        !ff_product_find(c, dish, &product))
        return false;
    ff_buf_printf(body, "%s{\"windowId\":%" PRId64 ",\"productId\":%" PRId64,
                  body->len > strlen("{\"entries\":[") ? "," : "", window.id, product.id);
    if (last)
        ff_buf_printf(body, ",\"portions\":%" PRId64, portions);
    ff_buf_char(body, '}');
    return true;
}

static void set(struct ff_caller *c)
{
    const struct ff_cli *cli = c->cli;
    char target[64];
    struct ff_buf body;
    struct ff_answer answer;
    bool ok = true;
    if (!ff_date_valid(cli->args[1])) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "a date looks like 2026-03-02", "\"%s\" is no date",
                   cli->args[1]);
        return;
    }
    ff_buf_init(&body, 8192);
    ff_buf_str(&body, "{\"entries\":[");
    for (size_t i = 2; i < cli->n_args && ok; i++)
        ok = add_entry(c, cli->args[i], &body);
    ff_buf_str(&body, "]}");
    snprintf(target, sizeof target, "/api/v1/menu/%s", cli->args[1]);
    struct ff_call call = {
        .method = "PUT", .target = target, .body = body.data, .body_len = body.len};
    if (ok && ff_call(c, &call, "cannot set the menu", &answer))
        print_answer(c, &answer, false);
    ff_buf_free(&body);
}

static void copy(struct ff_caller *c)
{
    const char *const *args = c->cli->args;
    char body[96];
    struct ff_answer answer;
    if (!ff_date_valid(args[1]) || !ff_date_valid(args[2])) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy menu copy 2026-03-02 2026-03-09",
                   "\"menu copy\" takes two dates");
        return;
    }
    snprintf(body, sizeof body, "{\"from\":\"%s\",\"to\":\"%s\"}", args[1], args[2]);
    struct ff_call call = {.method = "POST", .target = "/api/v1/menu/copy", .body = body};
    if (ff_call(c, &call, "cannot copy the menu", &answer))
        print_answer(c, &answer, false);
}

int ff_cmd_menu(struct ff_cli *cli)
{
    static const struct ff_action actions[] = {
        {"show", "", 1, 1, show},
        {"set", "DATE [WINDOW:PRODUCT[:PORTIONS]...]", 2, 16, set},
        {"copy", "FROM TO", 3, 3, copy},
    };
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
