/* SPDX-License-Identifier: MIT */
/* cmd_sheet.c - employee cards, employee pins: sheets to print. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "cli/files.h"

struct search {
    const char *name;
    int64_t id;
};

static bool is_department(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

/* The id of --department; 0: not given. False with trouble when there is none of this name. */
static bool find_department(struct ff_caller *c, int64_t *id)
{
    struct search s = {.name = ff_opt_text(&c->cli->o, FF_OPT_DEPARTMENT)};
    *id = 0;
    if (!s.name)
        return true;
    if (!ff_call_list(c, "/api/v1/departments", "cannot read the departments", is_department, &s))
        return false;
    *id = s.id;
    return s.id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy employee list",
                              "there is no department \"%s\"", s.name);
}

/* Cards of the sheet: each is one group of its picture. */
static size_t count_cards(const char *sheet, size_t n)
{
    static const char card[] = "<g ";
    size_t cards = 0;
    for (size_t i = 0; i + sizeof card - 1 <= n; i++)
        cards += memcmp(sheet + i, card, sizeof card - 1) == 0;
    return cards;
}

static void write_target(char target[128], const char *route, int64_t department, int64_t employee)
{
    int n = snprintf(target, 128, "/api/v1/employees/%s", route);
    char sign = '?';
    if (department) {
        n += snprintf(target + n, 128 - (size_t)n, "%cdepartmentId=%" PRId64, sign, department);
        sign = '&';
    }
    if (employee)
        snprintf(target + n, 128 - (size_t)n, "%cemployeeId=%" PRId64, sign, employee);
}

/* What is on a sheet is on it only: so that there is a place for it is found out before. */
static int print_sheet(struct ff_cli *cli, const char *route, const char *what)
{
    struct ff_caller c;
    int64_t department, employee = 0;
    const char *out = ff_opt_text(&cli->o, FF_OPT_OUT);
    if (!ff_file_try(cli, out) || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    char target[128];
    struct ff_answer answer;
    struct ff_call call = {.method = "POST", .target = target};
    if (find_department(&c, &department) &&
        (cli->n_args == 0 || ff_call_employee(&c, cli->args[0], &employee))) {
        write_target(target, route, department, employee);
        if (ff_call(&c, &call, what, &answer) &&
            ff_file_write(cli, out, answer.body, answer.body_len))
            fprintf(stderr, "%zu cards\n", count_cards(answer.body, answer.body_len));
    }
    ff_call_close(&c);
    return 0;
}

int ff_cmd_employee_cards(struct ff_cli *cli)
{
    return print_sheet(cli, "cards", "cannot make the cards");
}

int ff_cmd_employee_pins(struct ff_cli *cli)
{
    return print_sheet(cli, "pins", "cannot make the PINs");
}
