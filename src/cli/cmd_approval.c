/* SPDX-License-Identifier: MIT */
/* cmd_approval.c - approval list, approve, reject: bookings that wait for a second person. */
#include <inttypes.h>
#include <stdio.h>

#include "base/money.h"
#include "cli/action.h"
#include "cli/show.h"

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"ID", "id", 6, FF_SHOW_INT},
        {"STATE", "state", 8, FF_SHOW_TEXT},
        {"NUMBER", "employeeNumber", 12, FF_SHOW_TEXT},
        {"KIND", "kind", 8, FF_SHOW_TEXT},
        {"AMOUNT", "amount", 12, FF_SHOW_MONEY},
        {"ASKED", "askedAt", 24, FF_SHOW_TEXT},
        {"BY", "askedByName", 0, FF_SHOW_TEXT},
    };
    const char *state = c->cli->n_args > 1 ? c->cli->args[1] : "pending";
    char target[96];
    snprintf(target, sizeof target, "/api/v1/approvals?state=%.20s", state);
    (void)ff_show_list(c, target, "cannot list the approvals", columns,
                       sizeof columns / sizeof columns[0]);
}

static void show(struct ff_caller *c, struct ff_pick a)
{
    int decimals;
    char currency[4], money[FF_MONEY_TEXT_CAP];
    struct ff_arena *arena = c->cli->arena;
    const int64_t id = ff_pick_int(ff_pick_get(a, "id"));
    const int64_t amount = ff_pick_int(ff_pick_get(a, "amount"));
    const char *number = ff_pick_text(arena, ff_pick_get(a, "employeeNumber"));
    const char *state = ff_pick_text(arena, ff_pick_get(a, "state"));
    const struct ff_pick journal = ff_pick_get(a, "journalId");
    const int64_t journal_id = ff_pick_is_null(journal) ? 0 : ff_pick_int(journal);
    if (!ff_show_currency(c, &decimals, currency)) /* the reply above is gone with this call */
        return;
    ff_money_format(amount, decimals, money);
    printf("approval %" PRId64 ": %s %s for %s is %s", id, money, currency, number, state);
    if (journal_id)
        printf(" (journal %" PRId64 ")", journal_id);
    putchar('\n');
}

static void decide(struct ff_caller *c, const char *verb, const char *body, size_t n,
                   const char *what)
{
    char target[96];
    int64_t id;
    struct ff_answer answer;
    if (!ff_action_id(c->cli, 1, "approval number", &id))
        return;
    snprintf(target, sizeof target, "/api/v1/approvals/%" PRId64 "/%s", id, verb);
    const struct ff_call call = {.method = "POST", .target = target, .body = body, .body_len = n};
    if (ff_call(c, &call, what, &answer))
        show(c, ff_pick(answer.body, answer.body_len));
}

static void approve(struct ff_caller *c)
{
    decide(c, "approve", NULL, 0, "cannot approve it");
}

static void reject(struct ff_caller *c)
{
    const char *reason = ff_opt_text(&c->cli->o, FF_OPT_REASON);
    struct ff_buf body;
    if (!reason) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy approval reject ID --reason \"why\"",
                   "who asked will want to know why");
        return;
    }
    ff_buf_init(&body, 2048);
    ff_buf_str(&body, "{\"reason\":");
    ff_buf_json(&body, reason);
    ff_buf_char(&body, '}');
    decide(c, "reject", body.data, body.len, "cannot reject it");
    ff_buf_free(&body);
}

static const struct ff_action actions[] = {
    {"list", "[STATE]", 1, 2, list},
    {"approve", "ID", 2, 2, approve},
    {"reject", "ID", 2, 2, reject},
};

int ff_cmd_approval(struct ff_cli *cli)
{
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
