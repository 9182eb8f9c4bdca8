/* SPDX-License-Identifier: MIT */
/* product.c - finding a product by what was typed, and FIELD=VALUE as the members of a body. */
#include "cli/product.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "base/money.h"

static void take(struct ff_caller *c, struct ff_pick item, struct ff_product_ref *out)
{
    out->id = ff_pick_int(ff_pick_get(item, "id"));
    out->version = ff_pick_int(ff_pick_get(item, "version"));
    out->name = ff_pick_text(c->cli->arena, ff_pick_get(item, "name"));
    snprintf(out->target, sizeof out->target, "/api/v1/products/%" PRId64, out->id);
    snprintf(out->tag, sizeof out->tag, "\"v%" PRId64 "\"", out->version);
}

struct search {
    const char *name;
    struct ff_product_ref *out;
};

static bool is_name(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0)
        take(c, item, s->out);
    return s->out->id == 0;
}

/* True with a product at `target`; a missing one is no trouble yet. */
static bool look(struct ff_caller *c, const char *target, struct ff_product_ref *out)
{
    struct ff_answer answer;
    if (!ff_call_raw(c, &(struct ff_call){.method = "GET", .target = target}, &answer) ||
        answer.status != 200)
        return false;
    take(c, ff_pick(answer.body, answer.body_len), out);
    return true;
}

bool ff_product_find(struct ff_caller *c, const char *text, struct ff_product_ref *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    char target[128];
    int64_t id;
    struct search s = {text, out};
    *out = (struct ff_product_ref){0};
    if (ff_parse_id(text, &id)) {
        snprintf(target, sizeof target, "/api/v1/products/%" PRId64, id);
        if (look(c, target, out))
            return true;
    }
    if (strspn(text, letters) == strlen(text) && strlen(text) <= 48) {
        snprintf(target, sizeof target, "/api/v1/products/by-barcode/%s", text);
        if (look(c, target, out))
            return true;
    }
    if (c->cli->t.code ||
        !ff_call_list(c, "/api/v1/products", "cannot read the products", is_name, &s))
        return false;
    return out->id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy product list",
                                 "there is no product \"%s\"", text);
}

bool ff_product_price(struct ff_cli *cli, const char *text, int decimals, int64_t *price)
{
    if (ff_money_parse_decimal(text, strlen(text), decimals, price) && *price > 0)
        return true;
    char example[FF_MONEY_TEXT_CAP];
    ff_money_format(decimals == 0 ? 690 : decimals == 2 ? 690 : 6900, decimals, example);
    ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no price", text);
    ff_trouble_why(&cli->t, "it must be positive and look like %s", example);
    return false;
}

/* ---- FIELD=VALUE ---- */

enum kind { TEXT, WHOLE, MONEY, PERCENT, YES_NO, WORDS };

static const struct field {
    const char *name, *member;
    enum kind kind;
} fields[] = {
    {"name", "name", TEXT},
    {"price", "price", MONEY},
    {"category", "category", TEXT},
    {"description", "description", TEXT},
    {"tax", "taxRatePpm", PERCENT},
    {"available", "available", YES_NO},
    {"archived", "archived", YES_NO},
    {"sort", "sort", WHOLE},
    {"emoji", "emoji", TEXT},
    {"glaze", "glaze", TEXT},
    {"allergens", "allergens", WORDS},
    {"diets", "diets", WORDS},
    {"menuonly", "menuOnly", YES_NO},
};

static bool bad(struct ff_cli *cli, const char *pair, const char *must)
{
    ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help product set", "\"%s\" is not right", pair);
    ff_trouble_why(&cli->t, "%s", must);
    return false;
}

/* An empty text is null: no emoji, no glaze. */
static void write_text(const char *value, bool may_be_empty, struct ff_buf *body)
{
    if (*value || may_be_empty)
        ff_buf_json(body, value);
    else
        ff_buf_str(body, "null");
}

/* Percent as parts per million. */
static bool write_percent(struct ff_cli *cli, const char *pair, const char *value,
                          struct ff_buf *body)
{
    int64_t ppm;
    if (!ff_percent_parse(value, strlen(value), &ppm))
        return bad(cli, pair, "it must be percent from 0 to 100, like 27 or 8.875");
    ff_buf_int(body, ppm);
    return true;
}

static bool write_yes(struct ff_cli *cli, const char *pair, const char *value, struct ff_buf *body)
{
    bool is_yes = strcmp(value, "yes") == 0;
    if (!is_yes && strcmp(value, "no") != 0)
        return bad(cli, pair, "it must be yes or no");
    ff_buf_str(body, is_yes ? "true" : "false");
    return true;
}

/* "gluten,milk"; "none" is an empty list, nothing is null. */
static void write_words(const char *value, struct ff_buf *body)
{
    const char *before = "[";
    if (!*value) {
        ff_buf_str(body, "null");
        return;
    }
    if (strcmp(value, "none") == 0)
        value = "";
    for (size_t n; *value; value += n + (value[n] != '\0')) {
        char word[32];
        n = strcspn(value, ", ");
        snprintf(word, sizeof word, "%.*s", (int)n, value);
        ff_buf_str(body, before);
        ff_buf_json(body, word);
        before = ",";
    }
    ff_buf_str(body, *before == '[' ? "[]" : "]");
}

static bool write_value(struct ff_cli *cli, const struct field *field, const char *pair,
                        int decimals, struct ff_buf *body)
{
    const char *value = strchr(pair, '=') + 1;
    int64_t number;
    switch (field->kind) {
    case TEXT:
        write_text(value, strcmp(field->name, "description") == 0, body);
        return true;
    case WORDS:
        write_words(value, body);
        return true;
    case PERCENT:
        return write_percent(cli, pair, value, body);
    case YES_NO:
        return write_yes(cli, pair, value, body);
    case MONEY:
        if (!ff_product_price(cli, value, decimals, &number))
            return false;
        break;
    default:
        if (!ff_parse_int(value, -1000000, 1000000, &number))
            return bad(cli, pair, "it must be a whole number");
    }
    ff_buf_int(body, number);
    return true;
}

static const struct field *field_of(const char *pair)
{
    size_t n = strcspn(pair, "=");
    for (size_t i = 0; pair[n] && i < sizeof fields / sizeof *fields; i++)
        if (strlen(fields[i].name) == n && strncmp(fields[i].name, pair, n) == 0)
            return &fields[i];
    return NULL;
}

bool ff_product_fields(struct ff_cli *cli, const char *const *pairs, size_t n, int decimals,
                       struct ff_buf *body)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *field = field_of(pairs[i]);
        if (!field)
            return bad(cli, pairs[i],
                       "it must be FIELD=VALUE with one of name, price, category, description, "
                       "tax, available, archived, sort, emoji, glaze, allergens, diets, menuonly");
        if (body->len > 1)
            ff_buf_char(body, ',');
        ff_buf_printf(body, "\"%s\":", field->member);
        if (!write_value(cli, field, pairs[i], decimals, body))
            return false;
    }
    return true;
}
