/* SPDX-License-Identifier: MIT */
/* cmd_stock.c - stock list|set|receive|count|shrinkage|moves|portions: pieces on the shelf, and how
 * many of a dish are sold on a day. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/action.h"
#include "cli/files.h"
#include "cli/product.h"
#include "cli/show.h"

enum { PIECES_MAX = 1000000 };

static bool read_pieces(struct ff_cli *cli, const char *text, int64_t min, int64_t *n)
{
    if (ff_parse_int(text, min, PIECES_MAX, n))
        return true;
    return ff_trouble(&cli->t, FF_EXIT_USAGE, "a number from 0 to 1000000",
                      "\"%s\" is no number of pieces", text);
}

/* The route of the product of the first argument after the action, with `verb` behind it. */
static bool stock_url(struct ff_caller *c, const char *verb, char url[96])
{
    struct ff_product_ref product;
    if (!ff_product_find(c, c->cli->args[1], &product))
        return false;
    snprintf(url, 96, "/api/v1/stock/%" PRId64 "%s", product.id, verb);
    return true;
}

/* ---- list, moves ---- */

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"PRODUCT", "product", 32, FF_SHOW_TEXT},   {"KIND", "kind", 8, FF_SHOW_TEXT},
        {"PIECES", "quantity", 8, FF_SHOW_INT},     {"LOW AT", "lowWater", 7, FF_SHOW_INT},
        {"KIOSK", "availability", 0, FF_SHOW_TEXT},
    };
    struct ff_cli *cli = c->cli;
    const bool low = cli->n_args == 2;
    const char *target = low ? "/api/v1/stock?low=true" : "/api/v1/stock";
    struct ff_answer answer;
    if (low && strcmp(cli->args[1], "low") != 0) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy stock list low",
                   "\"stock list\" takes low or nothing more");
        return;
    }
    if (!ff_opt_bool(&cli->o, FF_OPT_CSV)) {
        (void)ff_show_list(c, target, "cannot list the stock", columns,
                           sizeof columns / sizeof columns[0]);
        return;
    }
    struct ff_call call = {.method = "GET", .target = target, .accept = "text/csv"};
    if (ff_call(c, &call, "cannot list the stock", &answer))
        (void)ff_file_write(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer.body, answer.body_len);
}

static void moves(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"WHEN", "at", 24, FF_SHOW_TEXT},         {"WHAT", "kind", 9, FF_SHOW_TEXT},
        {"PIECES", "delta", 7, FF_SHOW_INT},      {"LEVEL", "levelAfter", 7, FF_SHOW_INT},
        {"OF", "businessDate", 10, FF_SHOW_TEXT}, {"BY", "by", 20, FF_SHOW_TEXT},
        {"WHY", "reason", 0, FF_SHOW_TEXT},
    };
    char url[96];
    if (stock_url(c, "/moves", url))
        (void)ff_show_list(c, url, "cannot list the moves", columns,
                           sizeof columns / sizeof columns[0]);
}

/* ---- how it is counted ---- */

/* A word of `stock set` as a member; false when it is none. */
static bool add_setting(const char *word, const char *comma, struct ff_buf *body)
{
    static const struct {
        const char *word, *member;
    } words[] = {
        {"shelf", "\"kind\":\"shelf\""},    {"portion", "\"kind\":\"portion\""},
        {"on", "\"tracked\":true"},         {"off", "\"tracked\":false"},
        {"strict", "\"negativeOk\":false"},
    };
    int64_t low;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i].word) == 0) {
            ff_buf_printf(body, "%s%s", comma, words[i].member);
            return true;
        }
    }
    if (strncmp(word, "low=", 4) != 0 || !ff_parse_int(word + 4, 0, PIECES_MAX, &low))
        return false;
    ff_buf_printf(body, "%s\"lowWater\":%" PRId64, comma, low);
    return true;
}

static bool write_settings(struct ff_cli *cli, struct ff_buf *body)
{
    ff_buf_char(body, '{');
    for (size_t i = 2; i < cli->n_args; i++) {
        if (!add_setting(cli->args[i], i == 2 ? "" : ",", body))
            return ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help stock",
                              "\"%s\" is no setting", cli->args[i]);
    }
    ff_buf_char(body, '}');
    return true;
}

static void set(struct ff_caller *c)
{
    char url[96];
    struct ff_buf body;
    struct ff_answer answer;
    ff_buf_init(&body, 1024);
    if (write_settings(c->cli, &body) && stock_url(c, "", url)) {
        struct ff_call call = {
            .method = "PATCH", .target = url, .body = body.data, .body_len = body.len};
        if (ff_call(c, &call, "cannot change the stock", &answer)) {
            struct ff_pick s = ff_pick(answer.body, answer.body_len);
            printf("%s: %s, %" PRId64 " pieces, %s.\n", c->cli->args[1],
                   ff_pick_text(c->cli->arena, ff_pick_get(s, "kind")),
                   ff_pick_int(ff_pick_get(s, "quantity")),
                   ff_pick_bool(ff_pick_get(s, "tracked")) ? "counted" : "no longer counted");
        }
    }
    ff_buf_free(&body);
}

/* ---- pieces ---- */

static void write_move(struct ff_cli *cli, const char *why, int64_t n, struct ff_buf *body)
{
    const char *text = ff_opt_text(&cli->o, strcmp(why, "note") ? FF_OPT_REASON : FF_OPT_NOTE);
    ff_buf_printf(body, "{\"quantity\":%" PRId64, n);
    if (text) {
        ff_buf_printf(body, ",\"%s\":", why);
        ff_buf_json(body, text);
    }
    ff_buf_char(body, '}');
}

static void move(struct ff_caller *c, const char *verb, const char *why, int64_t min)
{
    struct ff_cli *cli = c->cli;
    const char *key = ff_opt_text(&cli->o, FF_OPT_KEY);
    char url[96], random[37];
    int64_t n;
    struct ff_buf body;
    struct ff_answer answer;
    if (!read_pieces(cli, cli->args[2], min, &n) || !stock_url(c, verb, url))
        return;
    ff_uuid(random);
    ff_buf_init(&body, 2048);
    write_move(cli, why, n, &body);
    struct ff_call call = {.method = "POST",
                           .target = url,
                           .key = min ? (key ? key : random) : NULL,
                           .body = body.data,
                           .body_len = body.len};
    if (ff_call(c, &call, "cannot change the stock", &answer)) {
        struct ff_pick m = ff_pick(answer.body, answer.body_len);
        printf("%s: %+" PRId64 "%s, now %" PRId64 "\n", cli->args[1],
               ff_pick_int(ff_pick_get(m, "delta")),
               ff_pick_bool(ff_pick_get(m, "replayed")) ? " (done before)" : "",
               ff_pick_int(ff_pick_get(m, "levelAfter")));
    }
    ff_buf_free(&body);
}

static void receive(struct ff_caller *c)
{
    move(c, "/receive", "note", 1);
}

static void count(struct ff_caller *c)
{
    move(c, "/count", "reason", 0);
}

static void shrinkage(struct ff_caller *c)
{
    move(c, "/shrinkage", "reason", 1);
}

/* ---- portions ---- */

static void show_portions(struct ff_caller *c)
{
    struct ff_answer answer;
    struct ff_pick row = {0};
    struct ff_call call = {.method = "GET", .target = "/api/v1/kiosk/portions"};
    if (!ff_call(c, &call, "cannot read the portions", &answer))
        return;
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON)) {
        printf("%.*s\n", (int)answer.body_len, answer.body);
        return;
    }
    struct ff_pick today = ff_pick(answer.body, answer.body_len);
    printf("Portions of %s\n\n", ff_pick_text(c->cli->arena, ff_pick_get(today, "date")));
    ff_show_cell("PRODUCT", 32);
    printf("%8s  %8s\n", "PLANNED", "LEFT");
    while (ff_pick_next(ff_pick_get(today, "portions"), &row)) {
        ff_show_cell(ff_pick_text(c->cli->arena, ff_pick_get(row, "product")), 32);
        printf("%8" PRId64 "  %8" PRId64 "\n", ff_pick_int(ff_pick_get(row, "planned")),
               ff_pick_int(ff_pick_get(row, "left")));
    }
}

/* portions PRODUCT N|none DATE */
static void portions(struct ff_caller *c)
{
    struct ff_cli *cli = c->cli;
    const bool lifts = cli->n_args == 4 && strcmp(cli->args[2], "none") == 0;
    char url[96], number[24] = "null", body[96];
    int64_t n = 0;
    struct ff_product_ref product;
    struct ff_answer answer;
    if (cli->n_args == 1) {
        show_portions(c);
        return;
    }
    if (cli->n_args != 4 || !ff_date_valid(cli->args[3])) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help stock",
                   "\"stock portions\" takes PRODUCT PIECES|none YYYY-MM-DD, or nothing more");
        return;
    }
    if ((!lifts && !read_pieces(cli, cli->args[2], 0, &n)) ||
        !ff_product_find(c, cli->args[1], &product))
        return;
    if (!lifts)
        snprintf(number, sizeof number, "%" PRId64, n);
    snprintf(url, sizeof url, "%s/portions", product.target);
    snprintf(body, sizeof body, "{\"date\":\"%s\",\"quantity\":%s}", cli->args[3], number);
    struct ff_call call = {.method = "PUT", .target = url, .body = body};
    if (!ff_call(c, &call, "cannot set the portions", &answer))
        return;
    if (lifts)
        printf("%s: no limit on %s\n", cli->args[1], cli->args[3]);
    else
        printf("%s: %" PRId64 " on %s, %" PRId64 " left\n", cli->args[1], n, cli->args[3],
               ff_pick_int(ff_pick_get(ff_pick(answer.body, answer.body_len), "left")));
}

int ff_cmd_stock(struct ff_cli *cli)
{
    static const struct ff_action actions[] = {
        {"list", "[low]", 1, 2, list},
        {"moves", "PRODUCT", 2, 2, moves},
        {"set", "PRODUCT [SETTING...]", 2, 8, set},
        {"receive", "PRODUCT PIECES", 3, 3, receive},
        {"count", "PRODUCT PIECES", 3, 3, count},
        {"shrinkage", "PRODUCT PIECES", 3, 3, shrinkage},
        {"portions", "[PRODUCT PIECES|none YYYY-MM-DD]", 1, 4, portions},
    };
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
