/* SPDX-License-Identifier: MIT */
/* cmd_subsidy.c - subsidy list, add, set, on, off, remove: the rules by which the employer pays. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/action.h"
#include "cli/named.h"
#include "cli/show.h"

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {{"NAME", "name", 24, FF_SHOW_TEXT},
                                               {"KIND", "kind", 8, FF_SHOW_TEXT},
                                               {"VALUE", "value", 8, FF_SHOW_INT},
                                               {"CAP", "cap", 10, FF_SHOW_MONEY},
                                               {"GROUP", "group", 16, FF_SHOW_TEXT},
                                               {"CATEGORY", "category", 12, FF_SHOW_TEXT},
                                               {"DAYS", "weekdays", 8, FF_SHOW_TEXT},
                                               {"FROM", "slotFrom", 6, FF_SHOW_TEXT},
                                               {"TO", "slotTo", 6, FF_SHOW_TEXT},
                                               {"ACTIVE", "active", 7, FF_SHOW_BOOL},
                                               {"COST CENTRE", "costCentre", 0, FF_SHOW_TEXT}};
    (void)ff_show_list(c, ff_subsidy_rules.target, "cannot list the rules", columns,
                       sizeof columns / sizeof columns[0]);
}

static void add_number(struct ff_members *m, const char *member, int64_t number)
{
    ff_buf_printf(&m->body, "%s\"%s\":%" PRId64, m->n++ ? "," : "", member, number);
}

/* "50" or "33.3333" percent are 500000 and 333333 parts per million. */
static bool read_percent(struct ff_caller *c, const char *text, int64_t *ppm)
{
    return (ff_money_parse_decimal(text, strlen(text), 3, ppm) && *ppm > 0 && *ppm <= 100000 &&
            (*ppm *= 10)) ||
           ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL,
                      "--percent: \"%s\" is not more than 0 and at most 100", text);
}

static bool read_value(struct ff_caller *c, struct ff_members *m)
{
    const char *fixed = ff_opt_text(&c->cli->o, FF_OPT_FIXED);
    const char *percent = ff_opt_text(&c->cli->o, FF_OPT_PERCENT);
    int64_t value;
    if (fixed && percent)
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "give --fixed or --percent, not both");
    if (percent) {
        if (!read_percent(c, percent, &value))
            return false;
        ff_members_text(m, "kind", "percent");
        add_number(m, "value", value);
    } else if (fixed) {
        if (!ff_money_parse_decimal(fixed, strlen(fixed), m->decimals, &value) || value <= 0)
            return ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "--fixed: \"%s\" is no amount",
                              fixed);
        ff_members_text(m, "kind", "fixed");
        add_number(m, "value", value);
    }
    return true;
}

/* "11:00-14:30". */
static bool read_slot(struct ff_caller *c, struct ff_members *m)
{
    const char *slot = ff_opt_text(&c->cli->o, FF_OPT_SLOT);
    char from[6];
    if (!slot)
        return true;
    if (strlen(slot) != 11 || slot[5] != '-')
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL,
                          "--slot: \"%s\" does not look like 11:00-14:30", slot);
    memcpy(from, slot, 5);
    from[5] = '\0';
    ff_members_text(m, "slotFrom", from);
    ff_members_text(m, "slotTo", slot + 6);
    return true;
}

/* What the options say of a rule, after its name (NULL: unchanged). */
static bool read_options(struct ff_caller *c, const char *name, struct ff_members *m)
{
    struct ff_cli *cli = c->cli;
    char currency[4];
    int decimals;
    if (!ff_show_currency(c, &decimals, currency))
        return false;
    ff_members_begin(m, decimals);
    ff_members_text(m, "name", name);
    if (!read_value(c, m) || !ff_members_amount(m, cli, "cap", FF_OPT_CAP) ||
        !ff_members_found(m, c, "groupId", FF_OPT_GROUP, &ff_groups) ||
        !ff_members_found(m, c, "categoryId", FF_OPT_CATEGORY, &ff_categories) ||
        !ff_members_found(m, c, "costCentreId", FF_OPT_COST_CENTRE, &ff_cost_centres) ||
        !read_slot(c, m))
        return false;
    ff_members_text(m, "weekdays", ff_opt_text(&cli->o, FF_OPT_WEEKDAYS));
    ff_members_name(m, cli, "validFrom", FF_OPT_VALID_FROM);
    ff_members_name(m, cli, "validTo", FF_OPT_VALID_TO);
    ff_members_end(m);
    return true;
}

static void add(struct ff_caller *c)
{
    struct ff_members m = {0};
    struct ff_answer answer;
    const bool is_said =
        ff_opt_text(&c->cli->o, FF_OPT_FIXED) || ff_opt_text(&c->cli->o, FF_OPT_PERCENT);
    if (!is_said)
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "--fixed AMOUNT or --percent N",
                   "say how much the employer pays");
    else if (read_options(c, c->cli->args[1], &m)) {
        const struct ff_call call = {.method = "POST",
                                     .target = ff_subsidy_rules.target,
                                     .body = m.body.data,
                                     .body_len = m.body.len};
        if (ff_call(c, &call, "cannot add the rule", &answer))
            printf("%s pays from now on.\n", c->cli->args[1]);
    }
    ff_members_free(&m);
}

static void set(struct ff_caller *c)
{
    struct ff_members m = {0};
    if (read_options(c, NULL, &m)) {
        if (m.n == 0)
            ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy subsidy --help",
                       "nothing was given to change");
        else if (ff_change_named(c, &ff_subsidy_rules, c->cli->args[1], &m,
                                 "cannot change the rule"))
            printf("%s is changed.\n", c->cli->args[1]);
    }
    ff_members_free(&m);
}

static void turn(struct ff_caller *c)
{
    const bool is_on = strcmp(c->cli->args[0], "on") == 0;
    struct ff_members m;
    ff_members_begin(&m, 0);
    ff_buf_printf(&m.body, "\"active\":%s", is_on ? "true" : "false");
    ff_members_end(&m);
    if (ff_change_named(c, &ff_subsidy_rules, c->cli->args[1], &m, "cannot change the rule"))
        printf("%s %s.\n", c->cli->args[1], is_on ? "pays from now on" : "pays no more");
    ff_members_free(&m);
}

static void remove_it(struct ff_caller *c)
{
    if (ff_change_named(c, &ff_subsidy_rules, c->cli->args[1], NULL, "cannot remove the rule"))
        printf("%s is removed.\n", c->cli->args[1]);
}

int ff_cmd_subsidy(struct ff_cli *cli)
{
    static const struct ff_action actions[] = {
        {"list", "", 1, 1, list},    {"add", "NAME", 2, 2, add},
        {"set", "NAME", 2, 2, set},  {"on", "NAME", 2, 2, turn},
        {"off", "NAME", 2, 2, turn}, {"remove", "NAME", 2, 2, remove_it},
    };
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
