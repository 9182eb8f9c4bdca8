/* SPDX-License-Identifier: MIT */
/* cmd_employee_set.c - employee set: what an operator changes of a person. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/members.h"
#include "cli/show.h"

/* The person as they are now: where, and which version a change must name. */
static bool find(struct ff_caller *c, char target[64], char tag[32])
{
    struct ff_answer answer;
    int64_t id;
    if (!ff_call_employee(c, c->cli->args[0], &id))
        return false;
    snprintf(target, 64, "/api/v1/employees/%" PRId64, id);
    const struct ff_call call = {.method = "GET", .target = target};
    if (!ff_call(c, &call, "cannot read the person", &answer))
        return false;
    struct ff_pick person = ff_pick(answer.body, answer.body_len);
    snprintf(tag, 32, "\"v%" PRId64 "\"", ff_pick_int(ff_pick_get(person, "version")));
    return true;
}

static bool read_options(struct ff_caller *c, struct ff_members *m)
{
    char currency[4];
    int decimals;
    if (!ff_show_currency(c, &decimals, currency))
        return false;
    ff_members_begin(m, decimals);
    ff_members_name(m, c->cli, "group", FF_OPT_GROUP);
    bool ok = ff_members_limits(m, c->cli);
    ff_members_end(m);
    if (!ok)
        return false;
    return m->n || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy employee set --help",
                              "nothing was given to change");
}

int ff_cmd_employee_set(struct ff_cli *cli)
{
    struct ff_members m = {0};
    struct ff_answer answer;
    struct ff_caller c;
    char target[64], tag[32];
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    if (read_options(&c, &m) && find(&c, target, tag)) {
        const struct ff_call call = {.method = "PATCH",
                                     .target = target,
                                     .if_match = tag,
                                     .body = m.body.data,
                                     .body_len = m.body.len};
        if (ff_call(&c, &call, "cannot change the person", &answer))
            printf("%s is changed.\n", cli->args[0]);
    }
    ff_members_free(&m);
    ff_call_close(&c);
    return 0;
}
