/* SPDX-License-Identifier: MIT */
/* wallet_api.c - a person's balance, now or at an instant, and the statement of a wallet. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/handout.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/ledger/month.h"

struct balance_query {
    int64_t at;
};

struct statement_query {
    const char *from, *to, *month, *amounts;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)

static const struct ff_field query_f[] = {
    { "at", FF_T_INSTANT, FIELD(balance_query, at), 0, 0, 0,
      "as it stood at this instant; now when absent or not yet come", NULL, NULL },
};
const struct ff_schema ff_schema_balance_query = {
    .name = "BalanceQuery", .size = sizeof(struct balance_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

#define LIMIT (FF_F_REQUIRED | FF_F_NULLABLE)
static const struct ff_field balance_f[] = {
    { "employeeId",   FF_T_INT,     FIELD(ff_balance, employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "whose", NULL, NULL },
    { "balance",      FF_T_MONEY,   FIELD(ff_balance, balance),       FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "positive: the person has it to spend", NULL, NULL },
    { "floor",        FF_T_MONEY,   FIELD(ff_balance, floor),         FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, 0, "how far the balance may fall", NULL, NULL },
    { "allowance",    FF_T_MONEY,   FIELD(ff_balance, allowance),     FF_F_REQUIRED,
      0, FF_MONEY_WALLET_MAX, "given by the employer and not spent; spent before the balance", NULL, NULL },
    { "spendable",    FF_T_MONEY,   FIELD(ff_balance, spendable),     FF_F_REQUIRED,
      0, 3 * FF_MONEY_WALLET_MAX, "allowance, and balance above the floor", NULL, NULL },
    { "purchaseLimit", FF_T_MONEY,  FIELD(ff_balance, spend.purchase_limit), LIMIT,
      0, FF_MONEY_WALLET_MAX, "what one purchase may cost; null: no limit", NULL, NULL },
    { "dailyLimit",   FF_T_MONEY,   FIELD(ff_balance, spend.daily_limit), LIMIT,
      0, FF_MONEY_WALLET_MAX, "what a day may cost; null: no limit", NULL, NULL },
    { "daySpent",     FF_T_MONEY,   FIELD(ff_balance, spend.day_spent), FF_F_REQUIRED,
      0, FF_MONEY_ENTRY_MAX, "spent on the day of that instant", NULL, NULL },
    { "leftToday",    FF_T_MONEY,   FIELD(ff_balance, left_today), LIMIT,
      0, FF_MONEY_WALLET_MAX, "what the limits leave of that day; null: no limit", NULL, NULL },
    { "monthlyLimit", FF_T_MONEY,   FIELD(ff_balance, spend.monthly_limit), LIMIT,
      0, FF_MONEY_WALLET_MAX, "what a month may cost; null: no limit", NULL, NULL },
    { "monthSpent",   FF_T_MONEY,   FIELD(ff_balance, spend.month_spent), FF_F_REQUIRED,
      0, FF_MONEY_ENTRY_MAX, "spent in the month of that instant", NULL, NULL },
    { "leftThisMonth", FF_T_MONEY,  FIELD(ff_balance, left_this_month), LIMIT,
      0, FF_MONEY_WALLET_MAX, "what the limit leaves of that month; null: no limit", NULL, NULL },
    { "at",           FF_T_INSTANT, FIELD(ff_balance, at),            FF_F_REQUIRED, 0, 0,
      "the instant this tells of", NULL, NULL },
};
const struct ff_schema ff_schema_balance = {
    .name = "Balance", .size = sizeof(struct ff_balance), .set_offset = FF_NO_SET,
    FF_FIELDS(balance_f) };

static const char *const amounts[] = { "minor", "decimal", NULL };

static const struct ff_field statement_query_f[] = {
    { "from", FF_T_DATE, FIELD(statement_query, from), 0, 0, 0,
      "business date, from this one on; with to, else the current month", NULL, NULL },
    { "to",   FF_T_DATE, FIELD(statement_query, to),   0, 0, 0,
      "business date, before this one; at most 366 days later", NULL, NULL },
    { "month", FF_T_TEXT, FIELD(statement_query, month), 0, 7, 7,
      "a whole month, 2026-03, in place of from and to", NULL, NULL },
    { "amounts", FF_T_ENUM, FIELD(statement_query, amounts), 0, 0, 0,
      "money in CSV", NULL, amounts },
};
const struct ff_schema ff_schema_statement_query = {
    .name = "StatementQuery", .size = sizeof(struct statement_query), .set_offset = FF_NO_SET,
    FF_FIELDS(statement_query_f) };

static const struct ff_field statement_line_f[] = {
    { "journalId",    FF_T_INT,     FIELD(ff_statement_line, journal_id),    FF_F_REQUIRED, 1, INT64_MAX,
      "its journal", NULL, NULL },
    { "kind",         FF_T_TEXT,    FIELD(ff_statement_line, kind),          FF_F_REQUIRED, 1, 20,
      "what it is: purchase, void, refund, topup, payout, adjust, writeoff, opening ...", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, FIELD(ff_statement_line, recorded_at),   FF_F_REQUIRED, 0, 0,
      "when it was booked", NULL, NULL },
    { "businessDate", FF_T_DATE,    FIELD(ff_statement_line, business_date), FF_F_REQUIRED, 0, 0,
      "the day it belongs to", NULL, NULL },
    { "amount",       FF_T_MONEY,   FIELD(ff_statement_line, amount),        FF_F_REQUIRED,
      -FF_MONEY_ENTRY_MAX, FF_MONEY_ENTRY_MAX, "what the wallet got; below 0: what it gave", NULL, NULL },
    { "balance",      FF_T_MONEY,   FIELD(ff_statement_line, balance),       FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "the running balance after it", NULL, NULL },
    { "reason",       FF_T_TEXT,    FIELD(ff_statement_line, reason),
      FF_F_REQUIRED | FF_F_NULLABLE, 1, 40, "code of the reason; null: none", NULL, NULL },
    { "reversesId",   FF_T_INT,     FIELD(ff_statement_line, reverses_id),
      FF_F_REQUIRED | FF_F_NULLABLE, 1, INT64_MAX, "the journal that it takes back", NULL, NULL },
};
static const struct ff_schema statement_line = {
    .name = "StatementLine", .size = sizeof(struct ff_statement_line), .set_offset = FF_NO_SET,
    FF_FIELDS(statement_line_f) };

static const struct ff_field statement_f[] = {
    { "employeeId", FF_T_INT,   FIELD(ff_statement, employee_id), FF_F_REQUIRED, 1, INT64_MAX,
      "whose", NULL, NULL },
    { "number",     FF_T_CODE,  FIELD(ff_statement, number),      0, 1, 20,
      "their number; not in a closed month's, which is the same for ever", NULL, NULL },
    { "name",       FF_T_TEXT,  FIELD(ff_statement, name),        0, 1, 100,
      "their name; likewise", NULL, NULL },
    { "from",       FF_T_DATE,  FIELD(ff_statement, from),        FF_F_REQUIRED, 0, 0,
      "from this business date on", NULL, NULL },
    { "to",         FF_T_DATE,  FIELD(ff_statement, to),          FF_F_REQUIRED, 0, 0,
      "before this one", NULL, NULL },
    { "opening",    FF_T_MONEY, FIELD(ff_statement, opening),     FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance before the first movement", NULL, NULL },
    { "debits",     FF_T_MONEY, FIELD(ff_statement, debits),      FF_F_REQUIRED,
      0, FF_MONEY_ENTRY_MAX, "what went out", NULL, NULL },
    { "credits",    FF_T_MONEY, FIELD(ff_statement, credits),     FF_F_REQUIRED,
      0, FF_MONEY_ENTRY_MAX, "what came in", NULL, NULL },
    { "closed",     FF_T_BOOL,  FIELD(ff_statement, is_closed),   FF_F_REQUIRED, 0, 0,
      "of a closed month", NULL, NULL },
    { "closing",    FF_T_MONEY, FIELD(ff_statement, closing),     FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "opening and all movements", NULL, NULL },
    { "allowance",  FF_T_MONEY, FIELD(ff_statement, allowance),   FF_F_REQUIRED | FF_F_NULLABLE,
      0, FF_MONEY_WALLET_MAX, "beside it, now: given by the employer, not spent; null: a closed month", NULL, NULL },
    { "movements",  FF_T_LIST,  FIELD(ff_statement, lines),       FF_F_REQUIRED, 0, FF_STATEMENT_ROWS,
      "oldest first", &statement_line, NULL },
};
const struct ff_schema ff_schema_statement = {
    .name = "Statement", .size = sizeof(struct ff_statement), .set_offset = FF_NO_SET,
    FF_FIELDS(statement_f) };
/* clang-format on */

enum ff_rc ff_api_wallet_balance(struct ff_req *rq, struct ff_reply *rp)
{
    const struct balance_query *q = rq->query;
    struct ff_balance *b = FF_NEW(rq->cx, struct ff_balance);
    if (!b)
        return rq->cx->err.rc;
    rp->data = b;
    return ff_wallet_view(rq->cx, rq->id, q->at, b);
}

static enum ff_rc print(struct ff_req *rq, struct ff_reply *rp, const struct ff_statement *s)
{
    struct ff_text page;
    enum ff_rc rc = ff_statement_page(rq->cx, s, &page);
    if (!rc)
        ff_reply_sheet(rp, &page);
    return rc;
}

enum ff_rc ff_api_wallet_statement(struct ff_req *rq, struct ff_reply *rp)
{
    const struct statement_query *q = rq->query;
    struct ff_statement *s = FF_NEW(rq->cx, struct ff_statement);
    struct ff_text text;
    if (!s)
        return rq->cx->err.rc;
    enum ff_rc rc = q->month && (q->from || q->to)
                        ? ff_field_fail(rq->cx, "?month", "VALUE", "Give a month, or two days.")
                    : q->month ? ff_month_statement(rq->cx, rq->id, q->month, s)
                               : ff_wallet_statement(rq->cx, rq->id, q->from, q->to, s);
    rp->data = s;
    if (rc || rq->wants_html)
        return rc ? rc : print(rq, rp, s);
    if (!rq->wants_csv)
        return FF_OK;
    if (!(rc = ff_statement_csv(rq->cx, s, ff_export_decimals(rq->cx, q->amounts), &text)))
        ff_reply_csv(rp, &text);
    return rc;
}
