/* SPDX-License-Identifier: MIT */
/* cmd_product.c - product list, show, archive, sold-out, barcode. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/product.h"

static const struct ff_column columns[] = {
    {"ID", "id", 5, FF_SHOW_INT},
    {"NAME", "name", 32, FF_SHOW_TEXT},
    {"PRICE", "price", 9, FF_SHOW_MONEY},
    {"CATEGORY", "category", 14, FF_SHOW_TEXT},
    {"ON SALE", "available", 0, FF_SHOW_BOOL},
};

int ff_cmd_product_list(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/products", "cannot list the products", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}

/* ---- one product ---- */

static void print_line(const char *title, const char *text)
{
    printf("  %-12s %s\n", title, text[0] ? text : "-");
}

static void print_codes(struct ff_caller *c, struct ff_pick list)
{
    struct ff_pick item = {0};
    const char *before = "  barcodes     ";
    while (ff_pick_next(list, &item)) {
        printf("%s%s", before, ff_pick_text(c->cli->arena, ff_pick_get(item, "code")));
        before = " ";
    }
    puts(before[1] ? "  barcodes     -" : "");
}

/* "gluten, milk"; a set that is not known differs from one that is empty. */
static void print_words(struct ff_caller *c, const char *title, struct ff_pick list)
{
    struct ff_pick item = {0};
    const char *gap = "";
    printf("  %-12s ", title);
    for (; ff_pick_next(list, &item); gap = ", ")
        printf("%s%s", gap, ff_pick_text(c->cli->arena, item));
    puts(*gap ? "" : ff_pick_is_null(list) ? "not known" : "none");
}

static void print_product(struct ff_caller *c, struct ff_pick p, int decimals, const char *currency)
{
    struct ff_arena *arena = c->cli->arena;
    char money[FF_MONEY_TEXT_CAP], tax[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(p, "price")), decimals, money);
    ff_percent_format(ff_pick_int(ff_pick_get(p, "taxRatePpm")), tax);
    bool is_archived = ff_pick_bool(ff_pick_get(p, "archived"));
    printf("%s (%" PRId64 ")\n", ff_pick_text(arena, ff_pick_get(p, "name")),
           ff_pick_int(ff_pick_get(p, "id")));
    printf("  %-12s %s %s, tax %s %%\n", "price", money, currency, tax);
    print_line("category", ff_pick_text(arena, ff_pick_get(p, "category")));
    print_line("description", ff_pick_text(arena, ff_pick_get(p, "description")));
    print_words(c, "allergens", ff_pick_get(p, "allergens"));
    print_words(c, "diets", ff_pick_get(p, "diets"));
    print_line("state", is_archived                                 ? "archived"
                        : ff_pick_bool(ff_pick_get(p, "available")) ? "on sale"
                                                                    : "sold out");
}

static void show(struct ff_caller *c, const struct ff_product_ref *ref)
{
    int decimals;
    char currency[4], target[96];
    struct ff_answer answer;
    struct ff_call call = {.method = "GET", .target = ref->target};
    bool is_json = ff_opt_bool(&c->cli->o, FF_OPT_JSON);
    if (!ff_show_currency(c, &decimals, currency) ||
        !ff_call(c, &call, "cannot show the product", &answer))
        return;
    if (is_json) {
        printf("%.*s\n", (int)answer.body_len, answer.body);
        return;
    }
    print_product(c, ff_pick(answer.body, answer.body_len), decimals, currency);
    snprintf(target, sizeof target, "%s/barcodes?limit=100", ref->target);
    call.target = target;
    if (ff_call(c, &call, "cannot read the barcodes", &answer))
        print_codes(c, ff_pick_get(ff_pick(answer.body, answer.body_len), "data"));
}

/* Opens the canteen, finds the product of the first argument, does `work`. */
static int with_product(struct ff_cli *cli,
                        void (*work)(struct ff_caller *, const struct ff_product_ref *))
{
    struct ff_caller c;
    struct ff_product_ref ref;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (ff_product_find(&c, cli->args[0], &ref))
        work(&c, &ref);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_product_show(struct ff_cli *cli)
{
    return with_product(cli, show);
}

static void archive(struct ff_caller *c, const struct ff_product_ref *ref)
{
    struct ff_answer answer;
    struct ff_call call = {.method = "DELETE", .target = ref->target, .if_match = ref->tag};
    if (ff_call(c, &call, "cannot archive the product", &answer))
        printf("%s is off the menu.\n", ref->name);
}

int ff_cmd_product_archive(struct ff_cli *cli)
{
    return with_product(cli, archive);
}

static void switch_sale(struct ff_caller *c, const struct ff_product_ref *ref)
{
    const char *word = c->cli->n_args > 1 ? c->cli->args[1] : "yes";
    bool is_out = strcmp(word, "yes") == 0;
    char target[96];
    struct ff_answer answer;
    if (!is_out && strcmp(word, "no") != 0) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is neither yes nor no", word);
        return;
    }
    snprintf(target, sizeof target, "%s/available", ref->target);
    struct ff_call call = {.method = "PUT",
                           .target = target,
                           .body = is_out ? "{\"available\":false}" : "{\"available\":true}"};
    if (ff_call(c, &call, "cannot switch the product", &answer))
        printf("%s is %s.\n", ref->name, is_out ? "sold out" : "on sale");
}

int ff_cmd_product_sold_out(struct ff_cli *cli)
{
    return with_product(cli, switch_sale);
}

/* ---- barcodes ---- */

static void add_code(struct ff_caller *c, const struct ff_product_ref *ref, const char *code)
{
    char target[96];
    struct ff_buf body;
    struct ff_answer answer;
    ff_buf_init(&body, 4096);
    ff_buf_str(&body, "{\"code\":");
    ff_buf_json(&body, code);
    ff_buf_char(&body, '}');
    snprintf(target, sizeof target, "%s/barcodes", ref->target);
    struct ff_call call = {
        .method = "POST", .target = target, .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, "cannot add the barcode", &answer))
        printf("%s has the barcode %s.\n", ref->name, code);
    ff_buf_free(&body);
}

static void remove_code(struct ff_caller *c, const struct ff_product_ref *ref, const char *code)
{
    char target[160];
    struct ff_answer answer;
    size_t n = strcspn(code, "/?#% ");
    if (code[n] || n > 48) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no barcode", code);
        return;
    }
    snprintf(target, sizeof target, "%s/barcodes/%s", ref->target, code);
    struct ff_call call = {.method = "DELETE", .target = target};
    if (ff_call(c, &call, "cannot remove the barcode", &answer))
        printf("%s has no barcode %s any more.\n", ref->name, code);
}

static void barcode(struct ff_caller *c, const struct ff_product_ref *ref)
{
    static const struct ff_column codes[] = {{"BARCODE", "code", 0, FF_SHOW_TEXT}};
    char target[96];
    const char *verb = c->cli->n_args > 1 ? c->cli->args[1] : NULL;
    const char *code = c->cli->n_args > 2 ? c->cli->args[2] : NULL;
    snprintf(target, sizeof target, "%s/barcodes", ref->target);
    if (!verb)
        (void)ff_show_list(c, target, "cannot list the barcodes", codes, 1);
    else if (code && strcmp(verb, "remove") == 0)
        remove_code(c, ref, code);
    else if (code && strcmp(verb, "add") == 0)
        add_code(c, ref, code);
    else
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy help product barcode",
                   "say add or remove, and the code");
}

int ff_cmd_product_barcode(struct ff_cli *cli)
{
    return with_product(cli, barcode);
}
