/* SPDX-License-Identifier: MIT */
/* cmd_selling.c - selling: the stop switch, the message to all kiosks, closed days. */
#include <stdio.h>
#include <string.h>

#include "cli/action.h"
#include "cli/show.h"

static void print_text(struct ff_caller *c, const char *title, struct ff_pick value)
{
    if (!ff_pick_is_null(value))
        printf("%-10s %s\n", title, ff_pick_text(c->cli->arena, value));
}

static void print_state(struct ff_caller *c, const struct ff_answer *answer)
{
    const struct ff_pick s = ff_pick(answer->body, answer->body_len);
    if (ff_opt_bool(&c->cli->o, FF_OPT_JSON)) {
        printf("%.*s\n", (int)answer->body_len, answer->body);
        return;
    }
    printf("%-10s %s\n", "Selling", ff_pick_bool(ff_pick_get(s, "selling")) ? "yes" : "no");
    print_text(c, "Since", ff_pick_get(s, "stoppedAt"));
    print_text(c, "Message", ff_pick_get(s, "stopMessage"));
    print_text(c, "Closed", ff_pick_get(s, "closedToday"));
    print_text(c, "Notice", ff_pick_get(s, "notice"));
    print_text(c, "Until", ff_pick_get(s, "noticeUntil"));
}

/* The request; its answer is the state of the counter. */
static void send_state(struct ff_caller *c, const char *method, const char *target,
                       const struct ff_buf *body, const char *what)
{
    struct ff_answer answer;
    const struct ff_call call = {.method = method,
                                 .target = target,
                                 .body = body ? body->data : NULL,
                                 .body_len = body ? body->len : 0};
    if (ff_call(c, &call, what, &answer))
        print_state(c, &answer);
}

static void status(struct ff_caller *c)
{
    send_state(c, "GET", "/api/v1/counter", NULL, "cannot read the counter");
}

static void start(struct ff_caller *c)
{
    send_state(c, "POST", "/api/v1/counter/start", NULL, "cannot start selling");
}

/* {"message":"...","until":"..."}: the arguments from the second on, as many as there are. */
static void send_words(struct ff_caller *c, const char *method, const char *target,
                       const char *const names[2], const char *what)
{
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_char(&body, '{');
    for (size_t i = 0; i < 2 && names[i]; i++) {
        if (i + 1 >= c->cli->n_args && i > 0)
            break;
        ff_buf_printf(&body, "%s\"%s\":", i ? "," : "", names[i]);
        if (i + 1 < c->cli->n_args)
            ff_buf_json(&body, c->cli->args[i + 1]);
        else
            ff_buf_str(&body, "null");
    }
    ff_buf_char(&body, '}');
    send_state(c, method, target, &body, what);
    ff_buf_free(&body);
}

static void stop(struct ff_caller *c)
{
    static const char *const names[2] = {"message", NULL};
    send_words(c, "POST", "/api/v1/counter/stop", names, "cannot stop selling");
}

static void notice(struct ff_caller *c)
{
    static const char *const names[2] = {"text", "until"};
    send_words(c, "PUT", "/api/v1/counter/notice", names, "cannot set the message");
}

/* ---- closed days ---- */

static void closed(struct ff_caller *c)
{
    static const struct ff_column columns[] = {
        {"DATE", "date", 10, FF_SHOW_TEXT},
        {"NAME", "name", 0, FF_SHOW_TEXT},
    };
    (void)ff_show_list(c, "/api/v1/closed-days", "cannot list the closed days", columns, 2);
}

static bool date_target(struct ff_caller *c, char target[64])
{
    const char *date = c->cli->args[1];
    if (strlen(date) != 10 || strspn(date, "0123456789-") != 10)
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no date like 2026-12-24",
                          date);
    snprintf(target, 64, "/api/v1/closed-days/%s", date);
    return true;
}

static void close_day(struct ff_caller *c)
{
    char target[64];
    struct ff_answer answer;
    struct ff_buf body;
    if (!date_target(c, target))
        return;
    ff_buf_init(&body, 2048);
    ff_buf_str(&body, "{\"name\":");
    ff_buf_json(&body, c->cli->args[2]);
    ff_buf_char(&body, '}');
    const struct ff_call call = {
        .method = "PUT", .target = target, .body = body.data, .body_len = body.len};
    if (ff_call(c, &call, "cannot close the day", &answer))
        printf("Nothing is sold on %s: %s.\n", c->cli->args[1], c->cli->args[2]);
    ff_buf_free(&body);
}

static void open_day(struct ff_caller *c)
{
    char target[64];
    struct ff_answer answer;
    const struct ff_call call = {.method = "DELETE", .target = target};
    if (date_target(c, target) && ff_call(c, &call, "cannot open the day", &answer))
        printf("%s is open again.\n", c->cli->args[1]);
}

static const struct ff_action actions[] = {
    {"status", "", 1, 1, status},     {"stop", "[MESSAGE]", 1, 2, stop},
    {"start", "", 1, 1, start},       {"notice", "[TEXT [UNTIL]]", 1, 3, notice},
    {"closed", "", 1, 1, closed},     {"close", "DATE NAME", 3, 3, close_day},
    {"open", "DATE", 2, 2, open_day},
};

int ff_cmd_selling(struct ff_cli *cli)
{
    return ff_action_run(cli, actions, sizeof actions / sizeof actions[0]);
}
