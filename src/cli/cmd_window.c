/* SPDX-License-Identifier: MIT */
/* cmd_window.c - window list|add|set|remove: when something is served. */
#include <stdio.h>
#include <string.h>

#include "cli/action.h"
#include "cli/named.h"
#include "cli/show.h"

/* "monday,friday" as a list of words; "weekdays" are Monday to Friday. */
static void write_days(const char *days, struct ff_buf *body)
{
    const char *before = "[";
    if (strcmp(days, "weekdays") == 0)
        days = "monday,tuesday,wednesday,thursday,friday";
    for (size_t n; *days; days += n + (days[n] != '\0')) {
        char word[24];
        n = strcspn(days, ",");
        snprintf(word, sizeof word, "%.*s", (int)n, days);
        ff_buf_str(body, before);
        ff_buf_json(body, word);
        before = ",";
    }
    ff_buf_str(body, *before == '[' ? "[]" : "]");
}

static void list(struct ff_caller *c)
{
    struct ff_answer answer;
    struct ff_pick item = {0};
    static const struct ff_column columns[] = {
        {"WINDOW", "name", 24, FF_SHOW_TEXT},
        {"FROM", "from", 5, FF_SHOW_TEXT},
        {"TO", "to", 0, FF_SHOW_TEXT},
    };
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON)) {
        (void)ff_show_list(c, "/api/v1/windows", "cannot list the windows", columns, 3);
        return;
    }
    struct ff_call call = {.method = "GET", .target = "/api/v1/windows?limit=100"};
    if (!ff_call(c, &call, "cannot list the windows", &answer))
        return;
    ff_show_cell("WINDOW", 24);
    printf("  FROM   TO     DAYS\n");
    while (ff_pick_next(ff_pick_get(ff_pick(answer.body, answer.body_len), "data"), &item)) {
        struct ff_pick day = {0};
        ff_show_cell(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), 24);
        printf("  %s  %s ", ff_pick_text(c->cli->arena, ff_pick_get(item, "from")),
               ff_pick_text(c->cli->arena, ff_pick_get(item, "to")));
        while (ff_pick_next(ff_pick_get(item, "weekdays"), &day))
            printf(" %.3s", ff_pick_text(c->cli->arena, day));
        putchar('\n');
    }
}

static void add(struct ff_caller *c)
{
    const char *const *args = c->cli->args;
    struct ff_buf body;
    struct ff_answer answer;
    ff_buf_init(&body, 2048);
    ff_buf_str(&body, "{\"name\":");
    ff_buf_json(&body, args[1]);
    ff_buf_str(&body, ",\"from\":");
    ff_buf_json(&body, args[2]);
    ff_buf_str(&body, ",\"to\":");
    ff_buf_json(&body, args[3]);
    if (c->cli->n_args == 5) {
        ff_buf_str(&body, ",\"weekdays\":");
        write_days(args[4], &body);
    }
    ff_buf_char(&body, '}');
    struct ff_call call = {
        .method = "POST", .target = "/api/v1/windows", .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, "cannot add the window", &answer))
        printf("%s is served from %s to %s.\n", args[1], args[2], args[3]);
    ff_buf_free(&body);
}

static bool add_setting(struct ff_cli *cli, const char *pair, struct ff_buf *body)
{
    static const char *const fields[] = {"name", "from", "to", "days"};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const size_t n = strlen(fields[i]);
        if (strncmp(pair, fields[i], n) != 0 || pair[n] != '=')
            continue;
        ff_buf_printf(body, "%s\"%s\":", body->len > 1 ? "," : "", i == 3 ? "weekdays" : fields[i]);
        if (i == 3)
            write_days(pair + n + 1, body);
        else
            ff_buf_json(body, pair + n + 1);
        return true;
    }
    return ff_trouble(&cli->t, FF_EXIT_USAGE,
                      "name=, from=, to= or days=", "\"%s\" is no setting of a window", pair);
}

/* `body` NULL: it goes. */
static void change(struct ff_caller *c, const struct ff_buf *body)
{
    const struct ff_members m = {.body = body ? *body : (struct ff_buf){0}};
    const char *name = c->cli->args[1];
    if (ff_change_named(c, &ff_windows, name, body ? &m : NULL, "cannot change the window"))
        printf("%s is %s.\n", name, body ? "changed" : "gone");
}

static void set(struct ff_caller *c)
{
    struct ff_buf body;
    bool ok = true;
    ff_buf_init(&body, 2048);
    ff_buf_char(&body, '{');
    for (size_t i = 2; i < c->cli->n_args && ok; i++)
        ok = add_setting(c->cli, c->cli->args[i], &body);
    ff_buf_char(&body, '}');
    if (ok)
        change(c, &body);
    ff_buf_free(&body);
}

static void remove_it(struct ff_caller *c)
{
    change(c, NULL);
}

int ff_cmd_window(struct ff_cli *cli)
{
    static const struct ff_action actions[] = {
        {"list", "", 1, 1, list},
        {"add", "NAME FROM TO [DAYS]", 4, 5, add},
        {"set", "NAME FIELD=VALUE...", 3, 6, set},
        {"remove", "NAME", 2, 2, remove_it},
    };
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
