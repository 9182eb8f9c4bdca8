/* SPDX-License-Identifier: MIT */
/* cmd_daycard.c - daycard list|add|lend|return|remove: cards for who forgot their badge. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/action.h"
#include "cli/secret.h"
#include "cli/show.h"

struct search {
    const char *label;
    int64_t id;
};

static bool is_label(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "label")), s->label) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

/* The route of the card of the first argument after the action, with `verb` behind it. */
static bool card_url(struct ff_caller *c, const char *verb, char url[96])
{
    struct search s = {.label = c->cli->args[1]};
    if (!ff_call_list(c, "/api/v1/day-cards", "cannot read the day cards", is_label, &s))
        return false;
    snprintf(url, 96, "/api/v1/day-cards/%" PRId64 "%s", s.id, verb);
    return s.id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy daycard list",
                              "there is no day card \"%s\"", s.label);
}

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"CARD", "label", 20, FF_SHOW_TEXT},
        {"LENT", "lent", 4, FF_SHOW_BOOL},
        {"TO", "employee", 28, FF_SHOW_TEXT},
        {"UNTIL", "expiresAt", 0, FF_SHOW_TEXT},
    };
    (void)ff_show_list(c, "/api/v1/day-cards", "cannot list the day cards", columns,
                       sizeof columns / sizeof columns[0]);
}

static void add(struct ff_caller *c)
{
    struct ff_cli *cli = c->cli;
    const struct ff_secret_source from = {.noun = "badge",
                                          .from_stdin = ff_opt_bool(&cli->o, FF_OPT_BADGE_STDIN),
                                          .stdin_flag = "--badge-stdin"};
    const char *badge = ff_secret_read(cli, &from);
    if (!badge)
        return;
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_str(&body, "{\"label\":");
    ff_buf_json(&body, cli->args[1]);
    ff_buf_str(&body, ",\"badge\":");
    ff_buf_json(&body, badge);
    ff_buf_char(&body, '}');
    struct ff_call call = {
        .method = "POST", .target = "/api/v1/day-cards", .body = body.data, .body_len = body.len};
    struct ff_answer answer;
    if (ff_call(c, &call, "cannot add the day card", &answer))
        printf("Day card %s is in the drawer.\n", cli->args[1]);
    ff_buf_free(&body);
}

static void lend(struct ff_caller *c)
{
    char url[96], body[48];
    int64_t employee_id;
    struct ff_answer answer;
    if (!card_url(c, "/lend", url) || !ff_call_employee(c, c->cli->args[2], &employee_id))
        return;
    snprintf(body, sizeof body, "{\"employeeId\":%" PRId64 "}", employee_id);
    struct ff_call call = {.method = "POST", .target = url, .body = body};
    if (!ff_call(c, &call, "cannot lend the day card", &answer))
        return;
    struct ff_pick card = ff_pick(answer.body, answer.body_len);
    printf("%s has day card %s until %s.\n", c->cli->args[2], c->cli->args[1],
           ff_pick_text(c->cli->arena, ff_pick_get(card, "expiresAt")));
}

static void give_back(struct ff_caller *c)
{
    char url[96];
    struct ff_answer answer;
    struct ff_call call = {.method = "POST", .target = url};
    if (card_url(c, "/return", url) && ff_call(c, &call, "cannot return the day card", &answer))
        printf("Day card %s is back.\n", c->cli->args[1]);
}

static void remove_it(struct ff_caller *c)
{
    char url[96];
    struct ff_answer answer;
    struct ff_call call = {.method = "DELETE", .target = url};
    if (card_url(c, "", url) && ff_call(c, &call, "cannot remove the day card", &answer))
        printf("Day card %s is forgotten.\n", c->cli->args[1]);
}

static const struct ff_action actions[] = {
    {"list", "", 1, 1, list},
    {"add", "CARD", 2, 2, add},
    {"lend", "CARD NUMBER", 3, 3, lend},
    {"return", "CARD", 2, 2, give_back},
    {"remove", "CARD", 2, 2, remove_it},
};

int ff_cmd_daycard(struct ff_cli *cli)
{
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
