/* SPDX-License-Identifier: MIT */
/* cmd_limits.c - limits show, block, unblock, bans, ban, unban, cap: what people may not buy, and
 * how much of it. Amounts are set by `employee set`, `group set` and `site`. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/action.h"
#include "cli/members.h"
#include "cli/product.h"

/* The route of the person of the second argument, with `rest` behind it. */
static bool person_url(struct ff_caller *c, const char *rest, char url[96])
{
    int64_t id;
    if (!ff_call_employee(c, c->cli->args[1], &id))
        return false;
    snprintf(url, 96, "/api/v1/employees/%" PRId64 "%s", id, rest);
    return true;
}

/* ---- show ---- */

static void print_amount(const char *what, struct ff_pick value, int decimals, const char *none)
{
    char money[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(value), decimals, money);
    printf("%-18s %s\n", what, ff_pick_is_null(value) ? none : money);
}

static void show(struct ff_caller *c)
{
    static const char *const rows[][2] = {{"balance", "balance"},
                                          {"floor", "floor"},
                                          {"one purchase", "purchaseLimit"},
                                          {"a day", "dailyLimit"},
                                          {"spent today", "daySpent"},
                                          {"left today", "leftToday"},
                                          {"a month", "monthlyLimit"},
                                          {"spent this month", "monthSpent"},
                                          {"left this month", "leftThisMonth"}};
    char url[96], currency[4];
    int decimals;
    struct ff_answer answer;
    if (!ff_show_currency(c, &decimals, currency) || !person_url(c, "/balance", url) ||
        !ff_call(c, &(struct ff_call){.method = "GET", .target = url}, "cannot read the balance",
                 &answer))
        return;
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON)) {
        printf("%.*s\n", (int)answer.body_len, answer.body);
        return;
    }
    struct ff_pick balance = ff_pick(answer.body, answer.body_len);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        print_amount(rows[i][0], ff_pick_get(balance, rows[i][1]), decimals, "no limit");
}

/* ---- blocked people ---- */

static bool reason_given(struct ff_caller *c, const char *example)
{
    return ff_opt_text(&c->cli->o, FF_OPT_REASON) ||
           ff_trouble(&c->cli->t, FF_EXIT_USAGE, example, "a reason is a must");
}

static void block(struct ff_caller *c)
{
    char url[96];
    struct ff_members m;
    struct ff_answer answer;
    if (!reason_given(c, "feastfrenzy limits block NUMBER --reason \"why\"") ||
        !person_url(c, "/block", url))
        return;
    ff_members_begin(&m, 0);
    ff_members_text(&m, "reason", ff_opt_text(&c->cli->o, FF_OPT_REASON));
    ff_members_end(&m);
    const struct ff_call call = {
        .method = "POST", .target = url, .body = m.body.data, .body_len = m.body.len};
    if (ff_call(c, &call, "cannot block the person", &answer))
        printf("%s may not buy any more.\n", c->cli->args[1]);
    ff_members_free(&m);
}

static void unblock(struct ff_caller *c)
{
    char url[96];
    struct ff_answer answer;
    if (person_url(c, "/unblock", url) &&
        ff_call(c, &(struct ff_call){.method = "POST", .target = url}, "cannot unblock the person",
                &answer))
        printf("%s may buy again.\n", c->cli->args[1]);
}

/* ---- what a person may not buy ---- */

static void bans(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"ID", "id", 6, FF_SHOW_INT},
        {"PRODUCT", "product", 24, FF_SHOW_TEXT},
        {"CATEGORY", "category", 16, FF_SHOW_TEXT},
        {"REASON", "reason", 0, FF_SHOW_TEXT},
    };
    char url[96];
    if (person_url(c, "/bans", url))
        (void)ff_show_list(c, url, "cannot list the bans", columns,
                           sizeof columns / sizeof columns[0]);
}

struct search {
    const char *name;
    int64_t id;
};

static bool is_category(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

/* "category:snack", or a product as other commands take it; what to send of it. */
static bool find_banned(struct ff_caller *c, const char *what, const char **member, int64_t *id)
{
    static const char prefix[] = "category:";
    struct ff_product_ref ref;
    if (strncmp(what, prefix, sizeof prefix - 1) == 0) {
        struct search s = {.name = what + sizeof prefix - 1};
        *member = "categoryId";
        if (!ff_call_list(c, "/api/v1/categories", "cannot read the categories", is_category, &s))
            return false;
        *id = s.id;
        return s.id ||
               ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "there is no category \"%s\"", s.name);
    }
    *member = "productId";
    if (!ff_product_find(c, what, &ref))
        return false;
    *id = ref.id;
    return true;
}

static void ban(struct ff_caller *c)
{
    char url[96];
    const char *member;
    int64_t id;
    struct ff_buf body;
    struct ff_answer answer;
    if (!reason_given(c, "feastfrenzy limits ban NUMBER PRODUCT --reason \"why\"") ||
        !find_banned(c, c->cli->args[2], &member, &id) || !person_url(c, "/bans", url))
        return;
    ff_buf_init(&body, 2048);
    ff_buf_printf(&body, "{\"%s\":%" PRId64 ",\"reason\":", member, id);
    ff_buf_json(&body, ff_opt_text(&c->cli->o, FF_OPT_REASON));
    ff_buf_char(&body, '}');
    const struct ff_call call = {
        .method = "POST", .target = url, .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, "cannot add the ban", &answer))
        printf("%s may not buy %s any more.\n", c->cli->args[1], c->cli->args[2]);
    ff_buf_free(&body);
}

static void unban(struct ff_caller *c)
{
    char url[96], rest[32];
    int64_t id;
    struct ff_answer answer;
    if (!ff_action_id(c->cli, 2, "ban's number", &id))
        return;
    snprintf(rest, sizeof rest, "/bans/%" PRId64, id);
    if (person_url(c, rest, url) && ff_call(c, &(struct ff_call){.method = "DELETE", .target = url},
                                            "cannot lift the ban", &answer))
        printf("the ban is lifted.\n");
}

/* ---- caps ---- */

/* Argument `i` as a member: a number, or null for "none" and when it is not given. */
static bool cap_member(struct ff_caller *c, struct ff_buf *body, const char *member, size_t i)
{
    int64_t pieces;
    const char *text = c->cli->n_args > i ? c->cli->args[i] : "none";
    if (strcmp(text, "none") == 0) {
        ff_buf_printf(body, "\"%s\":null", member);
        return true;
    }
    if (!ff_action_id(c->cli, i, "number of pieces", &pieces))
        return false;
    ff_buf_printf(body, "\"%s\":%" PRId64, member, pieces);
    return true;
}

static void cap(struct ff_caller *c)
{
    struct ff_product_ref ref;
    struct ff_buf body;
    struct ff_answer answer;
    char url[96];
    if (!ff_product_find(c, c->cli->args[1], &ref))
        return;
    snprintf(url, sizeof url, "/api/v1/products/%" PRId64 "/caps", ref.id);
    ff_buf_init(&body, 256);
    ff_buf_char(&body, '{');
    bool ok = cap_member(c, &body, "maxPerPurchase", 2);
    ff_buf_char(&body, ',');
    ok = ok && cap_member(c, &body, "maxPerDay", 3);
    ff_buf_char(&body, '}');
    const struct ff_call call = {
        .method = "PUT", .target = url, .body = body.data, .body_len = body.len};
    if (ok && ff_call(c, &call, "cannot set the caps", &answer))
        printf("the caps of %s are set.\n", ref.name);
    ff_buf_free(&body);
}

static const struct ff_action actions[] = {
    {"show", "NUMBER", 2, 2, show},
    {"block", "NUMBER", 2, 2, block},
    {"unblock", "NUMBER", 2, 2, unblock},
    {"bans", "NUMBER", 2, 2, bans},
    {"ban", "NUMBER PRODUCT|category:NAME", 3, 3, ban},
    {"unban", "NUMBER ID", 3, 3, unban},
    {"cap", "PRODUCT [PER-PURCHASE [PER-DAY]]", 2, 4, cap},
};

int ff_cmd_limits(struct ff_cli *cli)
{
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
