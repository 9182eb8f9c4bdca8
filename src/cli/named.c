/* SPDX-License-Identifier: MIT */
/* named.c - finds what a command calls by its name. */
#include "cli/named.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/pick.h"

const struct ff_shelf_of ff_groups = {"/api/v1/groups", "name", "group", "feastfrenzy group list"},
                         ff_departments = {"/api/v1/departments", "name", "department",
                                           "feastfrenzy export departments"},
                         ff_categories = {"/api/v1/categories", "name", "category",
                                          "feastfrenzy product list"},
                         ff_cost_centres = {"/api/v1/cost-centres", "code", "cost centre",
                                            "feastfrenzy cost-centre list"},
                         ff_kiosks = {"/api/v1/kiosks", "name", "kiosk", "feastfrenzy kiosk list"},
                         ff_subsidy_rules = {"/api/v1/subsidy-rules", "name", "rule",
                                             "feastfrenzy subsidy list"},
                         ff_windows = {"/api/v1/windows", "name", "window",
                                       "feastfrenzy window list"};

struct search {
    const struct ff_shelf_of *shelf;
    const char *name;
    struct ff_found *out;
};

static bool is_it(struct ff_caller *c, void *arg, struct ff_pick item)
{
    const struct search *s = arg;
    const char *name = ff_pick_text(c->cli->arena, ff_pick_get(item, s->shelf->member));
    if (strcmp(name, s->name) == 0) {
        s->out->id = ff_pick_int(ff_pick_get(item, "id"));
        s->out->version = ff_pick_int(ff_pick_get(item, "version"));
    }
    return s->out->id == 0;
}

bool ff_find_named(struct ff_caller *c, const struct ff_shelf_of *shelf, const char *name,
                   struct ff_found *out)
{
    struct search s = {shelf, name, out};
    char what[80];
    *out = (struct ff_found){0};
    snprintf(what, sizeof what, "cannot look up the %s", shelf->noun);
    if (!ff_call_list(c, shelf->target, what, is_it, &s))
        return false;
    return out->id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, shelf->list, "there is no %s \"%s\"",
                                 shelf->noun, name);
}

bool ff_members_found(struct ff_members *m, struct ff_caller *c, const char *member,
                      enum ff_option_id option, const struct ff_shelf_of *shelf)
{
    const char *name = ff_opt_text(&c->cli->o, option);
    struct ff_found found = {0};
    if (!name)
        return true;
    if (strcmp(name, "none") == 0) {
        ff_members_name(m, c->cli, member, option);
        return true;
    }
    if (!ff_find_named(c, shelf, name, &found))
        return false;
    ff_buf_printf(&m->body, "%s\"%s\":%" PRId64, m->n++ ? "," : "", member, found.id);
    return true;
}

bool ff_change_named(struct ff_caller *c, const struct ff_shelf_of *shelf, const char *name,
                     const struct ff_members *m, const char *what)
{
    char target[96], tag[32];
    struct ff_found found = {0};
    struct ff_answer answer;
    if (!ff_find_named(c, shelf, name, &found))
        return false;
    snprintf(target, sizeof target, "%s/%" PRId64, shelf->target, found.id);
    snprintf(tag, sizeof tag, "\"v%" PRId64 "\"", found.version);
    const struct ff_call call = {.method = m ? "PATCH" : "DELETE",
                                 .target = target,
                                 .if_match = tag,
                                 .body = m ? m->body.data : NULL,
                                 .body_len = m ? m->body.len : 0};
    return ff_call(c, &call, what, &answer);
}

int ff_rename_named(struct ff_cli *cli, const struct ff_shelf_of *shelf)
{
    struct ff_members m;
    struct ff_caller c;
    char what[80];
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    snprintf(what, sizeof what, "cannot rename the %s", shelf->noun);
    ff_members_begin(&m, 0);
    ff_members_text(&m, "name", cli->args[1]);
    ff_members_end(&m);
    if (ff_change_named(&c, shelf, cli->args[0], &m, what))
        printf("%s is now %s.\n", cli->args[0], cli->args[1]);
    ff_members_free(&m);
    ff_call_close(&c);
    return 0;
}
