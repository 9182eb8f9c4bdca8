/* SPDX-License-Identifier: MIT */
/* cmd_wallet.c - topup, payout, adjust, void and refund: a booking on one person's wallet, once per
 * key. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "cli/show.h"
#include "cli/till.h"

struct booking {
    const char *who; /* the first argument, as typed */
    const char *what;
    char target[96];
    struct ff_buf body;
    int decimals;
    char currency[4];
};

/* Reads the amount as the canteen writes money; "5 000" and "5,00" are refused, not guessed. */
static bool read_amount(struct ff_cli *cli, int decimals, bool may_take, int64_t *amount)
{
    const char *text = cli->args[1];
    char example[FF_MONEY_TEXT_CAP];
    if (ff_money_parse_decimal(text, strlen(text), decimals, amount) && *amount != 0 &&
        (may_take || *amount > 0))
        return true;
    ff_money_format(decimals == 0 ? 5000 : decimals == 2 ? 2000 : 20000, decimals, example);
    ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no amount", text);
    ff_trouble_why(&cli->t, "it must be %s and look like %s",
                   may_take ? "other than 0" : "positive", example);
    return false;
}

/* The members that differ by command; the note is free text and escaped. */
static void write_body(struct ff_cli *cli, const char *where, int64_t till_id, int64_t amount,
                       struct ff_buf *body)
{
    const char *note = ff_opt_text(&cli->o, FF_OPT_NOTE);
    const char *reason = ff_opt_text(&cli->o, FF_OPT_REASON);
    const char *comma = "";
    ff_buf_char(body, '{');
    if (amount) {
        ff_buf_printf(body, "\"amount\":%" PRId64, amount);
        comma = ",";
    }
    if (where) {
        ff_buf_printf(body, "%s\"%s\":\"%s\"", comma, where, ff_opt_text(&cli->o, FF_OPT_SOURCE));
        comma = ",";
    }
    if (till_id) {
        ff_buf_printf(body, "%s\"tillId\":%" PRId64, comma, till_id);
        comma = ",";
    }
    if (reason) {
        ff_buf_printf(body, "%s\"reason\":", comma);
        ff_buf_json(body, reason);
        comma = ",";
    }
    if (note) {
        ff_buf_printf(body, "%s\"note\":", comma);
        ff_buf_json(body, note);
    }
    ff_buf_char(body, '}');
}

static void show(const struct booking *b, struct ff_pick done)
{
    char money[FF_MONEY_TEXT_CAP], balance[FF_MONEY_TEXT_CAP];
    ff_money_format(ff_pick_int(ff_pick_get(done, "amount")), b->decimals, money);
    ff_money_format(ff_pick_int(ff_pick_get(done, "balanceAfter")), b->decimals, balance);
    printf("%s: %s %s %s, balance %s %s (journal %" PRId64 ")\n", b->who, money, b->currency,
           ff_pick_bool(ff_pick_get(done, "replayed")) ? "was booked before" : "booked", balance,
           b->currency, ff_pick_int(ff_pick_get(done, "id")));
}

static void book(struct ff_caller *c, const struct booking *b)
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
    if (ff_call(c, &call, b->what, &answer))
        show(b, ff_pick(answer.body, answer.body_len));
    else if (cli->t.code == FF_EXIT_TRY_LATER)
        snprintf(cli->t.hint, sizeof cli->t.hint,
                 "the same command with --key %s: it never books twice", call.key);
}

/* Opens the canteen, lets `fill` make the request, books it. */
static int run(struct ff_cli *cli, const char *what,
               bool (*fill)(struct ff_caller *, struct booking *))
{
    struct booking b = {.who = cli->args[0], .what = what};
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&b.body, 4096);
    if (ff_show_currency(&c, &b.decimals, b.currency) && fill(&c, &b))
        book(&c, &b);
    ff_buf_free(&b.body);
    ff_call_close(&c);
    return 0;
}

static bool fill_person(struct ff_caller *c, struct booking *b, const char *resource,
                        const char *where, bool may_take)
{
    int64_t amount, id, till_id = 0;
    const char *till = where ? ff_opt_text(&c->cli->o, FF_OPT_TILL) : NULL;
    if (!read_amount(c->cli, b->decimals, may_take, &amount) ||
        !ff_call_employee(c, c->cli->args[0], &id) || (till && !ff_till_find(c, till, &till_id)))
        return false;
    snprintf(b->target, sizeof b->target, "/api/v1/employees/%" PRId64 "/%s", id, resource);
    write_body(c->cli, where, till_id, amount, &b->body);
    return true;
}

static bool fill_topup(struct ff_caller *c, struct booking *b)
{
    return fill_person(c, b, "topups", "source", false);
}

static bool fill_payout(struct ff_caller *c, struct booking *b)
{
    return fill_person(c, b, "payouts", "destination", false);
}

static bool fill_adjust(struct ff_caller *c, struct booking *b)
{
    return fill_person(c, b, "adjustments", NULL, true);
}

static bool fill_void(struct ff_caller *c, struct booking *b)
{
    int64_t id;
    if (!ff_parse_id(c->cli->args[0], &id))
        return ff_trouble(&c->cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no journal number",
                          c->cli->args[0]);
    snprintf(b->target, sizeof b->target, "/api/v1/ledger/journals/%" PRId64 "/void", id);
    write_body(c->cli, NULL, 0, 0, &b->body);
    return true;
}

/* "2:1" is one piece of line 2. */
static bool add_piece(struct ff_cli *cli, const char *text, bool is_first, struct ff_buf *body)
{
    char line[8] = "";
    int64_t line_no, quantity;
    const char *colon = strchr(text, ':');
    if (colon && (size_t)(colon - text) < sizeof line)
        memcpy(line, text, (size_t)(colon - text));
    if (!colon || !ff_parse_int(line, 1, 50, &line_no) ||
        !ff_parse_int(colon + 1, 1, 99, &quantity))
        return ff_trouble(&cli->t, FF_EXIT_USAGE, "LINE:PIECES, for example 2:1",
                          "\"%s\" names no pieces of a line", text);
    ff_buf_printf(body, "%s{\"lineNo\":%" PRId64 ",\"quantity\":%" PRId64 "}", is_first ? "" : ",",
                  line_no, quantity);
    return true;
}

static bool fill_refund(struct ff_caller *c, struct booking *b)
{
    struct ff_cli *cli = c->cli;
    int64_t id;
    if (!ff_parse_id(cli->args[0], &id))
        return ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "\"%s\" is no purchase number",
                          cli->args[0]);
    snprintf(b->target, sizeof b->target, "/api/v1/purchases/%" PRId64 "/refunds", id);
    write_body(cli, NULL, 0, 0, &b->body);
    if (ff_opt_bool(&cli->o, FF_OPT_RESTOCK)) {
        b->body.len--; /* the closing brace */
        ff_buf_str(&b->body, b->body.len > 1 ? ",\"restock\":true}" : "\"restock\":true}");
    }
    if (cli->n_args == 1)
        return true;
    b->body.len--;
    ff_buf_str(&b->body, b->body.len > 1 ? ",\"lines\":[" : "\"lines\":[");
    for (size_t i = 1; i < cli->n_args; i++) {
        if (!add_piece(cli, cli->args[i], i == 1, &b->body))
            return false;
    }
    ff_buf_str(&b->body, "]}");
    return true;
}

int ff_cmd_topup(struct ff_cli *cli)
{
    return run(cli, "cannot book the top-up", fill_topup);
}

int ff_cmd_payout(struct ff_cli *cli)
{
    return run(cli, "cannot book the pay-out", fill_payout);
}

int ff_cmd_adjust(struct ff_cli *cli)
{
    return run(cli, "cannot book the adjustment", fill_adjust);
}

int ff_cmd_void(struct ff_cli *cli)
{
    return run(cli, "cannot take the booking back", fill_void);
}

int ff_cmd_refund(struct ff_cli *cli)
{
    return run(cli, "cannot book the refund", fill_refund);
}
