/* SPDX-License-Identifier: MIT */
/* cmd_badge.c - employee badge [add|list|block|unblock|remove|code] NUMBER [ID]. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/secret.h"
#include "cli/show.h"

struct target {
    struct ff_caller c;
    int64_t employee_id;
    const char *number, *badge_id; /* badge_id NULL: not given */
    char url[96];
};

struct action {
    const char *name;
    bool needs_id;
    bool (*run)(struct target *t);
};

static bool badge_url(struct target *t, const char *verb)
{
    snprintf(t->url, sizeof t->url, "/api/v1/employees/%" PRId64 "/badges/%s%s", t->employee_id,
             t->badge_id, verb);
    return true;
}

static bool add(struct target *t)
{
    struct ff_cli *cli = t->c.cli;
    const char *label = ff_opt_text(&cli->o, FF_OPT_LABEL);
    const struct ff_secret_source from = {.noun = "badge",
                                          .from_stdin = ff_opt_bool(&cli->o, FF_OPT_BADGE_STDIN),
                                          .stdin_flag = "--badge-stdin"};
    const char *badge = ff_secret_read(cli, &from);
    if (!badge)
        return false;
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_str(&body, "{\"badge\":");
    ff_buf_json(&body, badge);
    if (label) {
        ff_buf_str(&body, ",\"label\":");
        ff_buf_json(&body, label);
    }
    ff_buf_char(&body, '}');
    snprintf(t->url, sizeof t->url, "/api/v1/employees/%" PRId64 "/badges", t->employee_id);
    struct ff_call call = {
        .method = "POST", .target = t->url, .body = body.data, .body_len = body.len};
    struct ff_answer answer;
    bool ok = ff_call(&t->c, &call, "cannot set the badge", &answer);
    if (ok)
        printf("%s has a new badge.\n", t->number);
    ff_buf_free(&body);
    return ok;
}

static bool list(struct target *t)
{
    static const struct ff_column columns[] = {
        {"ID", "id", 6, FF_SHOW_INT},
        {"LABEL", "label", 24, FF_SHOW_TEXT},
        {"KIND", "kind", 4, FF_SHOW_TEXT},
        {"STATE", "state", 7, FF_SHOW_TEXT},
        {"LAST USED", "lastUsedAt", 0, FF_SHOW_TEXT},
    };
    snprintf(t->url, sizeof t->url, "/api/v1/employees/%" PRId64 "/badges", t->employee_id);
    return ff_show_list(&t->c, t->url, "cannot list the badges", columns,
                        sizeof columns / sizeof columns[0]);
}

static bool change(struct target *t, const char *method, const char *verb, const char *what,
                   const char *done)
{
    struct ff_answer answer;
    struct ff_call call = {.method = method, .target = t->url};
    if (!badge_url(t, verb) || !ff_call(&t->c, &call, what, &answer))
        return false;
    printf("Badge %s of %s %s.\n", t->badge_id, t->number, done);
    return true;
}

static bool block(struct target *t)
{
    return change(t, "POST", "/block", "cannot block the badge", "is blocked");
}

static bool unblock(struct target *t)
{
    return change(t, "POST", "/unblock", "cannot unblock the badge", "works again");
}

static bool remove_it(struct target *t)
{
    return change(t, "DELETE", "", "cannot remove the badge", "is forgotten");
}

static bool code(struct target *t)
{
    struct ff_answer answer;
    struct ff_call call = {.method = "POST", .target = t->url};
    snprintf(t->url, sizeof t->url, "/api/v1/employees/%" PRId64 "/badge-code", t->employee_id);
    if (!ff_call(&t->c, &call, "cannot make a code", &answer))
        return false;
    struct ff_pick made = ff_pick(answer.body, answer.body_len);
    printf("%s\n  Code  %s   (good until %s)\n"
           "  At the kiosk, under Badge: \"I have a code for a new badge\", then the badge to the "
           "reader.\n",
           t->number, ff_pick_text(t->c.cli->arena, ff_pick_get(made, "code")),
           ff_pick_text(t->c.cli->arena, ff_pick_get(made, "expiresAt")));
    return true;
}

static const struct action actions[] = {
    {"add", false, add},        {"list", false, list},       {"block", true, block},
    {"unblock", true, unblock}, {"remove", true, remove_it}, {"code", false, code},
};

static const struct action *find(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}

int ff_cmd_employee_badge(struct ff_cli *cli)
{
    static struct target t;
    const struct action *action = cli->n_args == 1 ? &actions[0] : find(cli->args[0]);
    if (!action || (cli->n_args > 1 && cli->n_args != (action->needs_id ? 3u : 2u))) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy help employee badge",
                   action ? "\"employee badge %s\" needs %s" : "unknown action %s", cli->args[0],
                   action && action->needs_id ? "NUMBER and ID" : "NUMBER");
        return FF_EXIT_USAGE;
    }
    t.number = cli->args[cli->n_args == 1 ? 0 : 1];
    t.badge_id = action->needs_id ? cli->args[2] : NULL;
    if (t.badge_id && strspn(t.badge_id, "0123456789") != strlen(t.badge_id)) {
        ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy employee badge list NUMBER",
                   "\"%s\" is no id of a badge", t.badge_id);
        return FF_EXIT_USAGE;
    }
    if (!ff_call_open(&t.c, cli))
        return FF_EXIT_USAGE;
    if (ff_call_employee(&t.c, t.number, &t.employee_id))
        (void)action->run(&t);
    ff_call_close(&t.c);
    return 0;
}
