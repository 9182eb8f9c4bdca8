/* SPDX-License-Identifier: MIT */
/* show.c - columns padded by characters, not bytes. */
#include "cli/show.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/utf8.h"

struct show {
    const struct ff_column *columns;
    size_t n, rows;
    bool json;
    int decimals;
};

void ff_show_cell(const char *text, int width)
{
    int length = (int)ff_utf8_length(text);
    printf("%s%*s", text, length < width ? width - length : 0, "");
}

static void show_value(struct ff_caller *c, const struct show *s, const struct ff_column *column,
                       struct ff_pick value, bool is_last)
{
    char number[FF_MONEY_TEXT_CAP] = "-";
    const char *text = number;
    if (ff_pick_is_null(value))
        text = "-";
    else if (column->kind == FF_SHOW_TEXT)
        text = ff_pick_text(c->cli->arena, value);
    else if (column->kind == FF_SHOW_BOOL)
        text = ff_pick_bool(value) ? "yes" : "no";
    else if (column->kind == FF_SHOW_MONEY)
        ff_money_format(ff_pick_int(value), s->decimals, number);
    else
        snprintf(number, sizeof number, "%" PRId64, ff_pick_int(value));
    if (is_last) {
        puts(text);
        return;
    }
    ff_show_cell(text, column->width);
    printf("  ");
}

static bool show_item(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct show *s = arg;
    if (s->json) {
        printf("%s%.*s", s->rows++ ? ",\n " : "[", (int)(item.end - item.at), item.at);
        return true;
    }
    if (s->rows++ == 0) {
        for (size_t i = 0; i + 1 < s->n; i++) {
            ff_show_cell(s->columns[i].title, s->columns[i].width);
            printf("  ");
        }
        puts(s->columns[s->n - 1].title);
    }
    for (size_t i = 0; i < s->n; i++)
        show_value(c, s, &s->columns[i], ff_pick_get(item, s->columns[i].member), i + 1 == s->n);
    return true;
}

bool ff_show_currency(struct ff_caller *c, int *decimals, char currency[4])
{
    struct ff_answer answer;
    if (!ff_call(c, &(struct ff_call){.method = "GET", .target = "/api/v1/public"},
                 "cannot read the canteen's settings", &answer))
        return false;
    struct ff_pick site = ff_pick(answer.body, answer.body_len);
    *decimals = (int)ff_pick_int(ff_pick_get(site, "decimals"));
    snprintf(currency, 4, "%s", ff_pick_text(c->cli->arena, ff_pick_get(site, "currency")));
    return true;
}

bool ff_show_list(struct ff_caller *c, const char *target, const char *what,
                  const struct ff_column *columns, size_t n)
{
    struct show s = {.columns = columns, .n = n, .json = ff_opt_bool(&c->cli->o, FF_OPT_JSON)};
    char currency[4];
    if (!ff_show_currency(c, &s.decimals, currency) ||
        !ff_call_list(c, target, what, show_item, &s))
        return false;
    if (s.json)
        puts(s.rows ? "]" : "[]");
    else if (s.rows == 0)
        puts("none");
    return true;
}
