/* SPDX-License-Identifier: MIT */
/* cmd_allowance.c - allowance give, list: what the employer gives to be spent before the own money.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/action.h"
#include "cli/named.h"
#include "cli/show.h"

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {{"ID", "id", 6, FF_SHOW_INT},
                                               {"GIVEN", "givenAt", 24, FF_SHOW_TEXT},
                                               {"AMOUNT", "amount", 10, FF_SHOW_MONEY},
                                               {"PEOPLE", "people", 7, FF_SHOW_INT},
                                               {"TOTAL", "total", 12, FF_SHOW_MONEY},
                                               {"LEFT", "left", 12, FF_SHOW_MONEY},
                                               {"LAST DAY", "expiresOn", 0, FF_SHOW_TEXT}};
    (void)ff_show_list(c, "/api/v1/allowances", "cannot list the allowances", columns,
                       sizeof columns / sizeof columns[0]);
}

/* The people named by their numbers, if any. */
static bool add_people(struct ff_caller *c, struct ff_members *m)
{
    int64_t id;
    if (c->cli->n_args < 3)
        return true;
    ff_buf_printf(&m->body, "%s\"employeeIds\":[", m->n++ ? "," : "");
    for (size_t i = 2; i < c->cli->n_args; i++) {
        if (!ff_call_employee(c, c->cli->args[i], &id))
            return false;
        ff_buf_printf(&m->body, "%s%" PRId64, i > 2 ? "," : "", id);
    }
    ff_buf_char(&m->body, ']');
    return true;
}

static bool read_options(struct ff_caller *c, struct ff_members *m, int decimals)
{
    struct ff_cli *cli = c->cli;
    const char *text = cli->args[1], *last = ff_opt_text(&cli->o, FF_OPT_VALID_TO);
    int64_t amount;
    if (!ff_money_parse_decimal(text, strlen(text), decimals, &amount) || amount <= 0)
        return ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no amount", text);
    if (!last)
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "--valid-to YYYY-MM-DD",
                          "say the last day it can be spent on");
    ff_members_begin(m, decimals);
    ff_buf_printf(&m->body, "\"amount\":%" PRId64, amount);
    m->n++;
    ff_members_text(m, "expiresOn", last);
    ff_members_text(m, "note", ff_opt_text(&cli->o, FF_OPT_NOTE));
    if (ff_opt_bool(&cli->o, FF_OPT_ALL))
        ff_buf_str(&m->body, ",\"all\":true");
    if (!add_people(c, m) || !ff_members_found(m, c, "groupId", FF_OPT_GROUP, &ff_groups) ||
        !ff_members_found(m, c, "departmentId", FF_OPT_DEPARTMENT, &ff_departments) ||
        !ff_members_found(m, c, "costCentreId", FF_OPT_COST_CENTRE, &ff_cost_centres))
        return false;
    ff_members_end(m);
    return true;
}

static void say(struct ff_pick run, int decimals, const char *currency)
{
    char each[FF_MONEY_TEXT_CAP], total[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(run, "amount")), decimals, each);
    ff_money_format(ff_pick_int(ff_pick_get(run, "total")), decimals, total);
    const int64_t people = ff_pick_int(ff_pick_get(run, "people"));
    printf("%" PRId64 " %s %s %s %s each, %s %s in all.\n", people,
           people == 1 ? "person" : "people",
           ff_pick_bool(ff_pick_get(run, "replayed")) ? "had got" : "got", each, currency, total,
           currency);
}

static void give(struct ff_caller *c)
{
    struct ff_members m = {0};
    struct ff_answer answer;
    char currency[4], random[37];
    const char *key = ff_opt_text(&c->cli->o, FF_OPT_KEY);
    int decimals;
    ff_uuid(random);
    if (ff_show_currency(c, &decimals, currency) && read_options(c, &m, decimals)) {
        const struct ff_call call = {.method = "POST",
                                     .target = "/api/v1/allowances",
                                     .key = key ? key : random,
                                     .body = m.body.data,
                                     .body_len = m.body.len};
        if (ff_call(c, &call, "cannot give the allowance", &answer))
            say(ff_pick(answer.body, answer.body_len), decimals, currency);
        else if (c->cli->t.code == FF_EXIT_TRY_LATER)
            snprintf(c->cli->t.hint, sizeof c->cli->t.hint,
                     "the same command with --key %s: it never gives twice", call.key);
    }
    ff_members_free(&m);
}

int ff_cmd_allowance(struct ff_cli *cli)
{
    static const struct ff_action actions[] = {
        {"list", "", 1, 1, list},
        {"give", "AMOUNT [NUMBER...]", 2, 64, give},
    };
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
