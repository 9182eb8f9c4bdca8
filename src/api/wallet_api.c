/* SPDX-License-Identifier: MIT */
/* wallet_api.c - a person's balance, now or at an instant, and top-ups. */
#include <inttypes.h>
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/ledger/ledger.h"

struct balance_query {
    int64_t at;
};

struct topup_new {
    int64_t amount;
    const char *source;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)

static const char *const sources[] = { "cash", "bank", NULL };

static const struct ff_field query_f[] = {
    { "at", FF_T_INSTANT, FIELD(balance_query, at), 0, 0, 0,
      "as it stood at this instant; now when absent or not yet come", NULL, NULL },
};
const struct ff_schema ff_schema_balance_query = {
    .name = "BalanceQuery", .size = sizeof(struct balance_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

static const struct ff_field balance_f[] = {
    { "employeeId",   FF_T_INT,     FIELD(ff_balance, employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "whose", NULL, NULL },
    { "balance",      FF_T_MONEY,   FIELD(ff_balance, balance),       FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "positive: the person has it to spend", NULL, NULL },
    { "floor",        FF_T_MONEY,   FIELD(ff_balance, floor),         FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, 0, "how far the balance may fall", NULL, NULL },
    { "spendable",    FF_T_MONEY,   FIELD(ff_balance, spendable),     FF_F_REQUIRED,
      0, 2 * FF_MONEY_WALLET_MAX, "balance above the floor", NULL, NULL },
    { "monthlyLimit", FF_T_MONEY,   FIELD(ff_balance, monthly_limit), FF_F_REQUIRED | FF_F_NULLABLE,
      0, FF_MONEY_WALLET_MAX, "what a month may cost; null: no limit", NULL, NULL },
    { "monthSpent",   FF_T_MONEY,   FIELD(ff_balance, month_spent),   FF_F_REQUIRED,
      0, FF_MONEY_ENTRY_MAX, "spent in the month of that instant", NULL, NULL },
    { "at",           FF_T_INSTANT, FIELD(ff_balance, at),            FF_F_REQUIRED, 0, 0,
      "the instant this tells of", NULL, NULL },
};
const struct ff_schema ff_schema_balance = {
    .name = "Balance", .size = sizeof(struct ff_balance), .set_offset = FF_NO_SET,
    FF_FIELDS(balance_f) };

static const struct ff_field topup_new_f[] = {
    { "amount", FF_T_MONEY, FIELD(topup_new, amount), FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "what the wallet gets", NULL, NULL },
    { "source", FF_T_ENUM,  FIELD(topup_new, source), FF_F_REQUIRED, 0, 0,
      "where the money came from", NULL, sources },
};
const struct ff_schema ff_schema_topup_new = {
    .name = "TopupNew", .size = sizeof(struct topup_new), .set_offset = FF_NO_SET,
    FF_FIELDS(topup_new_f) };

static const struct ff_field topup_f[] = {
    { "id",           FF_T_INT,     FIELD(ff_topup, id),            FF_F_REQUIRED, 1, INT64_MAX,
      "journal of the top-up", NULL, NULL },
    { "employeeId",   FF_T_INT,     FIELD(ff_topup, employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "whose wallet", NULL, NULL },
    { "amount",       FF_T_MONEY,   FIELD(ff_topup, amount),        FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "what the wallet got", NULL, NULL },
    { "balanceAfter", FF_T_MONEY,   FIELD(ff_topup, balance_after), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance right after it", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, FIELD(ff_topup, recorded_at),   FF_F_REQUIRED, 0, 0,
      "when it was booked", NULL, NULL },
    { "replayed",     FF_T_BOOL,    FIELD(ff_topup, replayed),      FF_F_REQUIRED, 0, 0,
      "this is an earlier top-up, told again", NULL, NULL },
};
const struct ff_schema ff_schema_topup = {
    .name = "Topup", .size = sizeof(struct ff_topup), .set_offset = FF_NO_SET, FF_FIELDS(topup_f) };
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

enum ff_rc ff_api_wallet_topup(struct ff_req *rq, struct ff_reply *rp)
{
    const struct topup_new *in = rq->body;
    struct ff_topup *t = FF_NEW(rq->cx, struct ff_topup);
    struct ff_idem idem;
    if (!t)
        return rq->cx->err.rc;
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                 rq->raw, rq->raw_len, &idem);
    enum ff_rc rc = ff_ledger_topup(rq->cx, rq->id, in->amount, in->source, &idem, t);
    rp->data = t;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/employees/%" PRId64 "/balance", rq->id);
    rp->replayed = t->replayed != 0;
    return rc;
}
