/* SPDX-License-Identifier: MIT */
/* members.c - options become the members of a JSON body. */
#include "cli/members.h"

#include <inttypes.h>
#include <string.h>

#include "base/money.h"

enum { BODY_MAX = 8192 };

void ff_members_begin(struct ff_members *m, int decimals)
{
    *m = (struct ff_members){.decimals = decimals};
    ff_buf_init(&m->body, BODY_MAX);
    ff_buf_char(&m->body, '{');
}

void ff_members_end(struct ff_members *m)
{
    ff_buf_char(&m->body, '}');
}

void ff_members_free(struct ff_members *m)
{
    ff_buf_free(&m->body);
}

static void name_member(struct ff_members *m, const char *member)
{
    ff_buf_printf(&m->body, "%s\"%s\":", m->n++ ? "," : "", member);
}

void ff_members_text(struct ff_members *m, const char *member, const char *text)
{
    if (!text)
        return;
    name_member(m, member);
    ff_buf_json(&m->body, text);
}

static bool is_none(const char *text)
{
    return strcmp(text, "none") == 0;
}

void ff_members_name(struct ff_members *m, const struct ff_cli *cli, const char *member,
                     enum ff_option_id option)
{
    const char *text = ff_opt_text(&cli->o, option);
    if (!text || !is_none(text)) {
        ff_members_text(m, member, text);
        return;
    }
    name_member(m, member);
    ff_buf_str(&m->body, "null");
}

bool ff_members_amount(struct ff_members *m, struct ff_cli *cli, const char *member,
                       enum ff_option_id option)
{
    const char *text = ff_opt_text(&cli->o, option);
    char example[FF_MONEY_TEXT_CAP];
    int64_t amount;
    if (!text)
        return true;
    if (is_none(text)) {
        name_member(m, member);
        ff_buf_str(&m->body, "null");
        return true;
    }
    if (ff_money_parse_decimal(text, strlen(text), m->decimals, &amount) && amount >= 0) {
        name_member(m, member);
        ff_buf_printf(&m->body, "%" PRId64, amount);
        return true;
    }
    ff_money_format(m->decimals == 0   ? 5000
                    : m->decimals == 2 ? 2000
                                       : 20000,
                    m->decimals, example);
    ff_trouble(&cli->t, FF_EXIT_USAGE, NULL, "--%s: \"%s\" is no amount",
               ff_option_rows[option].flag, text);
    ff_trouble_why(&cli->t, "it must be 0 or more and look like %s, or be none", example);
    return false;
}

bool ff_members_limits(struct ff_members *m, struct ff_cli *cli)
{
    return ff_members_amount(m, cli, "overdraft", FF_OPT_OVERDRAFT) &&
           ff_members_amount(m, cli, "purchaseLimit", FF_OPT_PURCHASE_LIMIT) &&
           ff_members_amount(m, cli, "dailyLimit", FF_OPT_DAILY_LIMIT) &&
           ff_members_amount(m, cli, "monthlyLimit", FF_OPT_MONTHLY_LIMIT);
}
