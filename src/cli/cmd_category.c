/* SPDX-License-Identifier: MIT */
/* cmd_category.c - category list, undo: the shelves of the menu, and how long what is on them can
 * be undone. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/action.h"
#include "cli/show.h"

static void list(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"ID", "id", 6, FF_SHOW_INT},
        {"NAME", "name", 28, FF_SHOW_TEXT},
        {"UNDO SECONDS", "undoSeconds", 0, FF_SHOW_INT},
    };
    (void)ff_show_list(c, "/api/v1/categories", "cannot list the categories", columns, 3);
}

struct search {
    const char *name;
    int64_t id, version;
};

static bool is_name(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0) {
        s->id = ff_pick_int(ff_pick_get(item, "id"));
        s->version = ff_pick_int(ff_pick_get(item, "version"));
    }
    return s->id == 0;
}

static void undo(struct ff_caller *c)
{
    struct search s = {.name = c->cli->args[1]};
    const char *value = c->cli->args[2];
    const bool is_none = strcmp(value, "none") == 0;
    char target[64], tag[32], body[64];
    int64_t seconds = 0;
    struct ff_answer answer;
    if (!is_none && !ff_parse_int(value, 0, 86400, &seconds)) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL,
                   "\"%s\" is not a number of seconds up to 86400, nor none", value);
        return;
    }
    if (!ff_call_list(c, "/api/v1/categories", "cannot read the categories", is_name, &s))
        return;
    if (!s.id) {
        ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy category list",
                   "there is no category \"%s\"", s.name);
        return;
    }
    snprintf(target, sizeof target, "/api/v1/categories/%" PRId64, s.id);
    snprintf(tag, sizeof tag, "\"v%" PRId64 "\"", s.version);
    if (is_none)
        snprintf(body, sizeof body, "{\"undoSeconds\":null}");
    else
        snprintf(body, sizeof body, "{\"undoSeconds\":%" PRId64 "}", seconds);
    const struct ff_call call = {
        .method = "PATCH", .target = target, .if_match = tag, .body = body};
    if (ff_call(c, &call, "cannot change the category", &answer))
        printf("%s: %s\n", s.name, is_none ? "as long as the site says" : value);
}

static const struct ff_action actions[] = {
    {"list", "", 1, 1, list},
    {"undo", "NAME SECONDS|none", 3, 3, undo},
};

int ff_cmd_category(struct ff_cli *cli)
{
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
