/* SPDX-License-Identifier: MIT */
/* cmd_till.c - till open, list, show, count: cash drawers. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/action.h"
#include "cli/show.h"
#include "cli/till.h"

static const struct ff_column columns[] = {
    {"ID", "id", 6, FF_SHOW_INT},
    {"NAME", "name", 20, FF_SHOW_TEXT},
    {"STATE", "state", 6, FF_SHOW_TEXT},
    {"OPENED", "openedAt", 24, FF_SHOW_TEXT},
    {"FLOAT", "float", 10, FF_SHOW_MONEY},
    {"EXPECTED", "expected", 10, FF_SHOW_MONEY},
    {"COUNTED", "counted", 10, FF_SHOW_MONEY},
    {"DIFFERENCE", "difference", 0, FF_SHOW_MONEY},
};

static void list(struct ff_caller *c)
{
    (void)ff_show_list(c, "/api/v1/tills", "cannot list the tills", columns,
                       sizeof columns / sizeof columns[0]);
}

struct search {
    const char *name;
    int64_t id;
};

static bool is_name(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

bool ff_till_find(struct ff_caller *c, const char *name, int64_t *id)
{
    struct search s = {.name = name};
    if (!ff_call_list(c, "/api/v1/tills?state=open", "cannot read the tills", is_name, &s))
        return false;
    *id = s.id;
    return s.id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy till list",
                              "no till \"%s\" is open", name);
}

static bool read_amount(struct ff_caller *c, const char *text, int decimals, int64_t *amount)
{
    return (ff_money_parse_decimal(text, strlen(text), decimals, amount) && *amount >= 0) ||
           ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no amount", text);
}

static void money(struct ff_pick till, const char *member, int decimals,
                  char out[FF_MONEY_TEXT_CAP])
{
    ff_money_format(ff_pick_int(ff_pick_get(till, member)), decimals, out);
}

static bool post(struct ff_caller *c, const char *target, const struct ff_buf *body,
                 const char *what, struct ff_pick *till)
{
    char random[37];
    const char *key = ff_opt_text(&c->cli->o, FF_OPT_KEY);
    struct ff_answer answer;
    ff_uuid(random);
    const struct ff_call call = {.method = "POST",
                                 .target = target,
                                 .key = key ? key : random,
                                 .body = body->data,
                                 .body_len = body->len};
    if (!ff_call(c, &call, what, &answer))
        return false;
    *till = ff_pick(answer.body, answer.body_len);
    return true;
}

static void open_it(struct ff_caller *c)
{
    int decimals;
    int64_t amount = 0;
    char currency[4], text[FF_MONEY_TEXT_CAP];
    struct ff_buf body;
    struct ff_pick till;
    const char *given = c->cli->n_args > 2 ? c->cli->args[2] : "0";
    if (!ff_show_currency(c, &decimals, currency) || !read_amount(c, given, decimals, &amount))
        return;
    ff_buf_init(&body, 2048);
    ff_buf_str(&body, "{\"name\":");
    ff_buf_json(&body, c->cli->args[1]);
    ff_buf_printf(&body, ",\"float\":%" PRId64 "}", amount);
    if (post(c, "/api/v1/tills", &body, "cannot open the till", &till)) {
        money(till, "float", decimals, text);
        printf("Till %s is open with %s %s.\n", c->cli->args[1], text, currency);
    }
    ff_buf_free(&body);
}

static void say_count(struct ff_caller *c, struct ff_pick till, int decimals, const char *currency)
{
    char expected[FF_MONEY_TEXT_CAP], counted[FF_MONEY_TEXT_CAP], off[FF_MONEY_TEXT_CAP];
    money(till, "expected", decimals, expected);
    money(till, "counted", decimals, counted);
    money(till, "difference", decimals, off);
    printf("Till %s is closed: expected %s, counted %s, difference %s %s.\n", c->cli->args[1],
           expected, counted, off, currency);
}

static void count(struct ff_caller *c)
{
    int decimals;
    int64_t amount, id;
    char currency[4], target[64];
    const char *reason = ff_opt_text(&c->cli->o, FF_OPT_REASON);
    struct ff_buf body;
    struct ff_pick till;
    if (!ff_show_currency(c, &decimals, currency) ||
        !read_amount(c, c->cli->args[2], decimals, &amount) ||
        !ff_till_find(c, c->cli->args[1], &id))
        return;
    ff_buf_init(&body, 2048);
    ff_buf_printf(&body, "{\"counted\":%" PRId64, amount);
    if (reason) {
        ff_buf_str(&body, ",\"reason\":");
        ff_buf_json(&body, reason);
    }
    ff_buf_char(&body, '}');
    snprintf(target, sizeof target, "/api/v1/tills/%" PRId64 "/count", id);
    if (post(c, target, &body, "cannot close the till", &till))
        say_count(c, till, decimals, currency);
    ff_buf_free(&body);
}

static void show_movements(struct ff_caller *c, struct ff_pick till, int decimals)
{
    struct ff_arena *arena = c->cli->arena;
    struct ff_pick item = {0};
    char amount[FF_MONEY_TEXT_CAP];
    while (ff_pick_next(ff_pick_get(till, "movements"), &item)) {
        const struct ff_pick who = ff_pick_get(item, "bookedBy");
        money(item, "amount", decimals, amount);
        printf("%s  %-8s  %12s  journal %-8" PRId64 "  %s\n",
               ff_pick_text(arena, ff_pick_get(item, "recordedAt")),
               ff_pick_text(arena, ff_pick_get(item, "kind")), amount,
               ff_pick_int(ff_pick_get(item, "journalId")),
               ff_pick_is_null(who) ? "-" : ff_pick_text(arena, who));
    }
    money(till, "expected", decimals, amount);
    printf("%s: %s, should hold %s\n", ff_pick_text(arena, ff_pick_get(till, "name")),
           ff_pick_text(arena, ff_pick_get(till, "state")), amount);
}

static void show(struct ff_caller *c)
{
    int decimals;
    int64_t id;
    char currency[4], target[64];
    struct ff_answer answer;
    if (!ff_action_id(c->cli, 1, "till number", &id) || !ff_show_currency(c, &decimals, currency))
        return;
    snprintf(target, sizeof target, "/api/v1/tills/%" PRId64, id);
    if (!ff_call(c, &(struct ff_call){.method = "GET", .target = target}, "cannot show the till",
                 &answer))
        return;
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON))
        printf("%.*s\n", (int)answer.body_len, answer.body);
    else
        show_movements(c, ff_pick(answer.body, answer.body_len), decimals);
}

static const struct ff_action actions[] = {
    {"open", "NAME [FLOAT]", 2, 3, open_it},
    {"list", "", 1, 1, list},
    {"show", "ID", 2, 2, show},
    {"count", "NAME AMOUNT", 3, 3, count},
};

int ff_cmd_till(struct ff_cli *cli)
{
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
