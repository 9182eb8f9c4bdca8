/* SPDX-License-Identifier: MIT */
/* cmd_payroll_profile.c - payroll profile list|add|show|remove: how a payroll office wants its
 * file.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/show.h"

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"NAME", "name", 24, FF_SHOW_TEXT},       {"SEPARATOR", "separator", 9, FF_SHOW_TEXT},
        {"AMOUNTS", "amounts", 7, FF_SHOW_TEXT},  {"MARK", "decimalMark", 5, FF_SHOW_TEXT},
        {"DATES", "dateFormat", 7, FF_SHOW_TEXT}, {"WAGE TYPE", "wageType", 9, FF_SHOW_TEXT},
    };
    (void)ff_show_list(c, "/api/v1/payroll/profiles", "cannot list the profiles", columns,
                       sizeof columns / sizeof columns[0]);
}

/* "Personnel=number,Amount=amount"; without a title the field's own name. */
static bool write_columns(struct ff_cli *cli, struct ff_buf *body)
{
    const char *text = ff_opt_text(&cli->o, FF_OPT_COLUMNS);
    const char *comma = "";
    if (!text)
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "--columns \"Personnel=number,Amount=amount\"",
                          "the columns are missing");
    for (size_t n; *text; text += n + (text[n] == ',')) {
        n = strcspn(text, ",");
        char *one = ff_arena_strndup(cli->arena, text, n), *equals = one ? strchr(one, '=') : NULL;
        if (!one)
            return ff_trouble(&cli->t, FF_EXIT_INTERNAL, NULL, "out of memory");
        ff_buf_printf(body, "%s{\"field\":", comma);
        ff_buf_json(body, equals ? equals + 1 : one);
        if (equals) {
            *equals = '\0';
            ff_buf_str(body, ",\"header\":");
            ff_buf_json(body, one);
        }
        ff_buf_char(body, '}');
        comma = ",";
    }
    return true;
}

static void write_text(const struct ff_cli *cli, enum ff_option_id option, const char *member,
                       struct ff_buf *body)
{
    const char *text = ff_opt_text(&cli->o, option);
    if (!text)
        return;
    ff_buf_printf(body, ",\"%s\":", member);
    ff_buf_json(body, text);
}

static bool write_profile(struct ff_cli *cli, struct ff_buf *body)
{
    ff_buf_str(body, "{\"name\":");
    ff_buf_json(body, cli->args[1]);
    ff_buf_str(body, ",\"columns\":[");
    if (!write_columns(cli, body))
        return false;
    ff_buf_char(body, ']');
    write_text(cli, FF_OPT_SEPARATOR, "separator", body);
    write_text(cli, FF_OPT_AMOUNTS, "amounts", body);
    write_text(cli, FF_OPT_DECIMAL_MARK, "decimalMark", body);
    write_text(cli, FF_OPT_DATE_FORMAT, "dateFormat", body);
    write_text(cli, FF_OPT_WAGE_TYPE, "wageType", body);
    if (ff_opt_bool(&cli->o, FF_OPT_BOM))
        ff_buf_str(body, ",\"bom\":true");
    if (ff_opt_bool(&cli->o, FF_OPT_NO_HEADER))
        ff_buf_str(body, ",\"header\":false");
    ff_buf_char(body, '}');
    return true;
}

static void add(struct ff_caller *c)
{
    struct ff_buf body;
    struct ff_answer answer;
    ff_buf_init(&body, 16 << 10);
    if (write_profile(c->cli, &body) &&
        ff_call(c,
                &(struct ff_call){.method = "POST",
                                  .target = "/api/v1/payroll/profiles",
                                  .body = body.data,
                                  .body_len = body.len},
                "cannot add the profile", &answer))
        printf("The profile \"%s\" is there.\n", c->cli->args[1]);
    ff_buf_free(&body);
}

/* The profile of the second argument. */
static bool find(struct ff_caller *c, char target[96], struct ff_answer *answer)
{
    int64_t id = 0;
    if (!ff_call_payroll_profile(c, c->cli->args[1], &id))
        return false;
    snprintf(target, 96, "/api/v1/payroll/profiles/%" PRId64, id);
    return ff_call(c, &(struct ff_call){.method = "GET", .target = target},
                   "cannot read the profile", answer);
}

static void show(struct ff_caller *c)
{
    char target[96];
    struct ff_answer answer;
    if (find(c, target, &answer))
        printf("%.*s\n", (int)answer.body_len, answer.body);
}

static void remove_it(struct ff_caller *c)
{
    char target[96], tag[32];
    struct ff_answer answer;
    if (!find(c, target, &answer))
        return;
    snprintf(tag, sizeof tag, "\"v%" PRId64 "\"",
             ff_pick_int(ff_pick_get(ff_pick(answer.body, answer.body_len), "version")));
    if (ff_call(c, &(struct ff_call){.method = "DELETE", .target = target, .if_match = tag},
                "cannot remove the profile", &answer))
        printf("The profile \"%s\" is gone; files that were made stay.\n", c->cli->args[1]);
}

int ff_cmd_payroll_profile(struct ff_cli *cli)
{
    static const struct {
        const char *name;
        size_t args;
        void (*run)(struct ff_caller *);
    } actions[] = {{"list", 1, list}, {"add", 2, add}, {"show", 2, show}, {"remove", 2, remove_it}};
    struct ff_caller c;
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].name, cli->args[0]) != 0 || actions[i].args != cli->n_args)
            continue;
        if (!ff_call_open(&c, cli))
            return FF_EXIT_USAGE;
        actions[i].run(&c);
        ff_call_close(&c);
        return 0;
    }
    ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help payroll profile",
               "payroll profile takes list, or add, show and remove with a name");
    return FF_EXIT_USAGE;
}
