/* SPDX-License-Identifier: MIT */
/* cmd_product_set.c - product add, set: the menu changed by FIELD=VALUE. */
#include <inttypes.h>
#include <stdio.h>

#include "base/money.h"
#include "cli/product.h"

static void print_done(struct ff_caller *c, const struct ff_answer *answer, int decimals,
                       const char *currency)
{
    char money[FF_MONEY_TEXT_CAP];
    struct ff_pick p = ff_pick(answer->body, answer->body_len);
    ff_money_format(ff_pick_int(ff_pick_get(p, "price")), decimals, money);
    printf("%s (%" PRId64 "): %s %s, %s\n", ff_pick_text(c->cli->arena, ff_pick_get(p, "name")),
           ff_pick_int(ff_pick_get(p, "id")), money, currency,
           ff_pick_text(c->cli->arena, ff_pick_get(p, "category")));
}

/* `ref` NULL: a new one. */
static void send_body(struct ff_caller *c, const struct ff_product_ref *ref,
                      const struct ff_buf *body, int decimals, const char *currency)
{
    struct ff_answer answer;
    struct ff_call call = {.method = ref ? "PATCH" : "POST",
                           .target = ref ? ref->target : "/api/v1/products",
                           .if_match = ref ? ref->tag : NULL,
                           .body = body->data,
                           .body_len = body->len};
    if (ff_call(c, &call, ref ? "cannot change the product" : "cannot add the product", &answer))
        print_done(c, &answer, decimals, currency);
}

/* NAME PRICE CATEGORY as members. */
static bool write_new(struct ff_cli *cli, int decimals, struct ff_buf *body)
{
    int64_t price;
    if (!ff_product_price(cli, cli->args[1], decimals, &price))
        return false;
    ff_buf_str(body, "\"name\":");
    ff_buf_json(body, cli->args[0]);
    ff_buf_printf(body, ",\"price\":%" PRId64 ",\"category\":", price);
    ff_buf_json(body, cli->args[2]);
    return true;
}

static int run(struct ff_cli *cli, bool is_new)
{
    struct ff_caller c;
    struct ff_product_ref ref;
    struct ff_buf body;
    char currency[4];
    int decimals;
    size_t first = is_new ? 3 : 1;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&body, 16384);
    ff_buf_char(&body, '{');
    if (ff_show_currency(&c, &decimals, currency) &&
        (is_new ? write_new(cli, decimals, &body) : ff_product_find(&c, cli->args[0], &ref)) &&
        ff_product_fields(cli, cli->args + first, cli->n_args - first, decimals, &body)) {
        ff_buf_char(&body, '}');
        send_body(&c, is_new ? NULL : &ref, &body, decimals, currency);
    }
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_product_add(struct ff_cli *cli)
{
    return run(cli, true);
}

int ff_cmd_product_set(struct ff_cli *cli)
{
    return run(cli, false);
}
