/* SPDX-License-Identifier: MIT */
/* named.h - things that commands call by their name: the id and version behind it, and the change
 * of one. */
#ifndef FF_CLI_NAMED_H
#define FF_CLI_NAMED_H

#include "cli/members.h"

struct ff_found {
    int64_t id, version;
};

/* A list of the API whose items have a member (name, code) that tells them apart. */
struct ff_shelf_of {
    const char *target, *member, *noun; /* "/api/v1/groups", "name", "group" */
    const char *list;                   /* the command that shows them */
};
extern const struct ff_shelf_of ff_groups, ff_departments, ff_categories, ff_cost_centres,
    ff_kiosks, ff_subsidy_rules, ff_windows;

/* The one called so; trouble when there is none. */
bool ff_find_named(struct ff_caller *c, const struct ff_shelf_of *shelf, const char *name,
                   struct ff_found *out);

/* The option's thing as the member of a body: its id, null for "none". Nothing when the option was
 * not given; false with trouble when there is no such thing. */
bool ff_members_found(struct ff_members *m, struct ff_caller *c, const char *member,
                      enum ff_option_id option, const struct ff_shelf_of *shelf);

/* A command NAME NEW-NAME, whole. */
int ff_rename_named(struct ff_cli *cli, const struct ff_shelf_of *shelf);

/* Sends a change or, with `m` NULL, the removal of one. */
bool ff_change_named(struct ff_caller *c, const struct ff_shelf_of *shelf, const char *name,
                     const struct ff_members *m, const char *what);

#endif
