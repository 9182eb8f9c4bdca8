/* SPDX-License-Identifier: MIT */
/* cmd_payroll.c - payroll batch, list, file, reject, confirm: what is owed, deducted from the pay.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/files.h"
#include "cli/show.h"

static int with_caller(struct ff_cli *cli, void (*run)(struct ff_caller *))
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    run(&c);
    ff_call_close(&c);
    return 0;
}

/* An amount as the canteen writes money; 0 only where it may be. */
static bool read_amount(struct ff_cli *cli, const char *text, int decimals, int64_t *out)
{
    if (ff_money_parse_decimal(text, strlen(text), decimals, out) && *out >= 0)
        return true;
    return ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no amount", text);
}

static bool batch_target(struct ff_cli *cli, const char *verb, char target[96])
{
    int64_t id;
    if (!ff_parse_id(cli->args[0], &id))
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "feastfrenzy payroll list",
                          "\"%s\" is no batch number", cli->args[0]);
    snprintf(target, 96, "/api/v1/payroll/batches/%" PRId64 "%s", id, verb);
    return true;
}

/* ---- one booking ---- */

static void show_batch(struct ff_caller *c, struct ff_pick b, int decimals, const char *currency)
{
    struct ff_arena *arena = c->cli->arena;
    char total[FF_MONEY_TEXT_CAP], due[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(b, "total")), decimals, total);
    ff_money_format(ff_pick_int(ff_pick_get(b, "due")), decimals, due);
    printf("Batch %" PRId64 " of %s, %s: %" PRId64 " people, %s %s; %" PRId64
           " rejected, due %s %s.\n",
           ff_pick_int(ff_pick_get(b, "id")), ff_pick_text(arena, ff_pick_get(b, "period")),
           ff_pick_text(arena, ff_pick_get(b, "state")), ff_pick_int(ff_pick_get(b, "people")),
           total, currency, ff_pick_int(ff_pick_get(b, "rejections")), due, currency);
}

struct booking {
    char target[96];
    struct ff_buf body;
    int decimals;
    char currency[4];
};

static void post(struct ff_caller *c, struct booking *b, const char *what)
{
    struct ff_cli *cli = c->cli;
    char random[37];
    const char *key = ff_opt_text(&cli->o, FF_OPT_KEY);
    ff_uuid(random);
    struct ff_call call = {.method = "POST",
                           .target = b->target,
                           .key = key ? key : random,
                           .body = b->body.data,
                           .body_len = b->body.len};
    struct ff_answer answer;
    if (ff_call(c, &call, what, &answer))
        show_batch(c, ff_pick(answer.body, answer.body_len), b->decimals, b->currency);
    else if (cli->t.code == FF_EXIT_TRY_LATER)
        snprintf(cli->t.hint, sizeof cli->t.hint,
                 "the same command with --key %s: it never books twice", call.key);
}

static void book(struct ff_caller *c, const char *what,
                 bool (*fill)(struct ff_caller *, struct booking *))
{
    struct booking b = {.decimals = 0};
    ff_buf_init(&b.body, 64 << 10);
    if (ff_show_currency(c, &b.decimals, b.currency) && fill(c, &b))
        post(c, &b, what);
    ff_buf_free(&b.body);
}

/* ---- batch ---- */

struct search {
    const char *name;
    int64_t id;
};

static bool is_name(struct ff_caller *c, void *arg, struct ff_pick item)
{
    struct search *s = arg;
    if (strcmp(ff_pick_text(c->cli->arena, ff_pick_get(item, "name")), s->name) == 0)
        s->id = ff_pick_int(ff_pick_get(item, "id"));
    return s->id == 0;
}

bool ff_call_payroll_profile(struct ff_caller *c, const char *name, int64_t *id)
{
    struct search s = {.name = name};
    if (!ff_call_list(c, "/api/v1/payroll/profiles", "cannot read the profiles", is_name, &s))
        return false;
    *id = s.id;
    return s.id || ff_trouble(&c->cli->t, FF_EXIT_USAGE, "feastfrenzy payroll profile list",
                              "there is no profile \"%s\"", name);
}

static bool add_bound(struct ff_cli *cli, enum ff_option_id option, const char *member,
                      struct booking *b)
{
    const char *text = ff_opt_text(&cli->o, option);
    int64_t amount = 0;
    if (!text)
        return true;
    if (!read_amount(cli, text, b->decimals, &amount))
        return false;
    ff_buf_printf(&b->body, ",\"%s\":%" PRId64, member, amount);
    return true;
}

static bool fill_batch(struct ff_caller *c, struct booking *b)
{
    int64_t profile = 0;
    if (!ff_call_payroll_profile(c, c->cli->args[1], &profile))
        return false;
    snprintf(b->target, sizeof b->target, "/api/v1/payroll/batches");
    ff_buf_printf(&b->body, "{\"period\":\"%s\",\"profileId\":%" PRId64, c->cli->args[0], profile);
    if (!add_bound(c->cli, FF_OPT_CAP, "cap", b) ||
        !add_bound(c->cli, FF_OPT_MINIMUM, "minimum", b))
        return false;
    ff_buf_char(&b->body, '}');
    return true;
}

static void batch(struct ff_caller *c)
{
    book(c, "cannot make the batch", fill_batch);
}

int ff_cmd_payroll_batch(struct ff_cli *cli)
{
    return ff_cli_is_month(cli, cli->args[0]) ? with_caller(cli, batch) : FF_EXIT_USAGE;
}

/* ---- list, file ---- */

static const struct ff_column columns[] = {
    {"BATCH", "id", 5, FF_SHOW_INT},       {"MONTH", "period", 7, FF_SHOW_TEXT},
    {"STATE", "state", 9, FF_SHOW_TEXT},   {"PEOPLE", "people", 6, FF_SHOW_INT},
    {"TOTAL", "total", 14, FF_SHOW_MONEY}, {"REJECTED", "rejections", 8, FF_SHOW_INT},
    {"DUE", "due", 14, FF_SHOW_MONEY},     {"PROFILE", "profile", 20, FF_SHOW_TEXT},
};

static void list(struct ff_caller *c)
{
    (void)ff_show_list(c, "/api/v1/payroll/batches", "cannot list the batches", columns,
                       sizeof columns / sizeof columns[0]);
}

int ff_cmd_payroll_list(struct ff_cli *cli)
{
    return with_caller(cli, list);
}

static void file(struct ff_caller *c)
{
    char target[96];
    struct ff_answer answer;
    if (!batch_target(c->cli, "/file", target))
        return;
    struct ff_call call = {.method = "GET", .target = target, .accept = "text/csv"};
    if (ff_call(c, &call, "cannot fetch the file", &answer))
        (void)ff_file_write(c->cli, ff_opt_text(&c->cli->o, FF_OPT_OUT), answer.body,
                            answer.body_len);
}

int ff_cmd_payroll_file(struct ff_cli *cli)
{
    return with_caller(cli, file);
}

/* ---- reject, confirm ---- */

static bool fill_rejections(struct ff_caller *c, struct booking *b)
{
    const struct ff_cli *cli = c->cli;
    const char *reason = ff_opt_text(&cli->o, FF_OPT_REASON);
    if (!batch_target(c->cli, "/rejections", b->target))
        return false;
    ff_buf_str(&b->body, "{\"items\":[");
    for (size_t i = 1; i < cli->n_args; i++) {
        ff_buf_str(&b->body, i > 1 ? ",{\"employeeNumber\":" : "{\"employeeNumber\":");
        ff_buf_json(&b->body, cli->args[i]);
        ff_buf_str(&b->body, ",\"reason\":");
        ff_buf_json(&b->body, reason ? reason : "rejected by payroll");
        ff_buf_char(&b->body, '}');
    }
    ff_buf_str(&b->body, "]}");
    return true;
}

static void reject(struct ff_caller *c)
{
    book(c, "cannot book the rejections", fill_rejections);
}

int ff_cmd_payroll_reject(struct ff_cli *cli)
{
    return with_caller(cli, reject);
}

static bool fill_confirmation(struct ff_caller *c, struct booking *b)
{
    int64_t amount = 0;
    if (!batch_target(c->cli, "/confirm", b->target) ||
        !read_amount(c->cli, c->cli->args[1], b->decimals, &amount))
        return false;
    ff_buf_printf(&b->body, "{\"amount\":%" PRId64 "}", amount);
    return true;
}

static void confirm(struct ff_caller *c)
{
    book(c, "cannot confirm the batch", fill_confirmation);
}

int ff_cmd_payroll_confirm(struct ff_cli *cli)
{
    return with_caller(cli, confirm);
}
