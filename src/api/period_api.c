/* SPDX-License-Identifier: MIT */
/* period_api.c - the months of the ledger, closing one, and a person's closed months. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/ledger/month.h"

/* clang-format off */
#define MONTH(name) offsetof(struct ff_month, name)
#define ROW(name)   offsetof(struct ff_month_row, name)
#define NULLABLE    (FF_F_REQUIRED | FF_F_NULLABLE)
#define SUM_MAX     (FF_MONEY_ENTRY_MAX * 10000)

static const char *const states[] = { "open", "closed", NULL };

static const struct ff_field period_f[] = {
    { "month",     FF_T_TEXT,    MONTH(month),     FF_F_REQUIRED, 7, 7, "2026-03", NULL, NULL },
    { "startsOn",  FF_T_DATE,    MONTH(starts_on), FF_F_REQUIRED, 0, 0, "its first day", NULL, NULL },
    { "endsOn",    FF_T_DATE,    MONTH(ends_on),   FF_F_REQUIRED, 0, 0, "its last day", NULL, NULL },
    { "state",     FF_T_ENUM,    MONTH(state),     FF_F_REQUIRED, 0, 0,
      "a closed one takes no booking any more", NULL, states },
    { "journals",  FF_T_INT,     MONTH(journals),  FF_F_REQUIRED, 0, INT64_MAX,
      "booked in it", NULL, NULL },
    { "debits",    FF_T_MONEY,   MONTH(debits),    FF_F_REQUIRED, 0, SUM_MAX,
      "what went out of wallets", NULL, NULL },
    { "credits",   FF_T_MONEY,   MONTH(credits),   FF_F_REQUIRED, 0, SUM_MAX,
      "what came into wallets", NULL, NULL },
    { "people",    FF_T_INT,     MONTH(people),    NULLABLE, 0, INT64_MAX,
      "statements stored when it was closed", NULL, NULL },
    { "opening",   FF_T_MONEY,   MONTH(opening),   NULLABLE, -SUM_MAX, SUM_MAX,
      "all wallets before it", NULL, NULL },
    { "closing",   FF_T_MONEY,   MONTH(closing),   NULLABLE, -SUM_MAX, SUM_MAX,
      "all wallets at its end", NULL, NULL },
    { "closedAt",  FF_T_INSTANT, MONTH(closed_at), NULLABLE, 0, 0, "when it was closed", NULL, NULL },
    { "headId",    FF_T_INT,     MONTH(head_id),   NULLABLE, 1, INT64_MAX,
      "the ledger's last journal then", NULL, NULL },
    { "headHash",  FF_T_TEXT,    MONTH(head_hash), NULLABLE, 64, 64,
      "its hash, hex: it seals every journal before", NULL, NULL },
};
const struct ff_schema ff_schema_period = {
    .name = "Period", .size = sizeof(struct ff_month), .set_offset = FF_NO_SET,
    FF_FIELDS(period_f) };

static const struct ff_field row_f[] = {
    { "month",   FF_T_TEXT,  ROW(month),   FF_F_REQUIRED, 7, 7, "2026-03", NULL, NULL },
    { "opening", FF_T_MONEY, ROW(opening), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance before it", NULL, NULL },
    { "debits",  FF_T_MONEY, ROW(debits),  FF_F_REQUIRED, 0, FF_MONEY_ENTRY_MAX,
      "what went out", NULL, NULL },
    { "credits", FF_T_MONEY, ROW(credits), FF_F_REQUIRED, 0, FF_MONEY_ENTRY_MAX,
      "what came in", NULL, NULL },
    { "closing", FF_T_MONEY, ROW(closing), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "opening, less debits, and credits", NULL, NULL },
    { "allowanceOpening", FF_T_MONEY, ROW(allowance_opening), NULLABLE,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "the employer's gift before it; null: none", NULL, NULL },
    { "allowanceClosing", FF_T_MONEY, ROW(allowance_closing), NULLABLE,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "and at its end", NULL, NULL },
};
const struct ff_schema ff_schema_closed_month = {
    .name = "ClosedMonth", .size = sizeof(struct ff_month_row), .set_offset = FF_NO_SET,
    FF_FIELDS(row_f) };
/* clang-format on */

enum ff_rc ff_api_period_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    struct ff_list months = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_month_list(rq->cx, q->list.page, q->list.limit, &months, &total);
    rp->data = months.items;
    rp->n = months.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

enum ff_rc ff_api_period_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_month *month = FF_NEW(rq->cx, struct ff_month);
    if (!month)
        return rq->cx->err.rc;
    rp->data = month;
    return ff_month_get(rq->cx, rq->key, month);
}

enum ff_rc ff_api_period_close(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_month *month = FF_NEW(rq->cx, struct ff_month);
    if (!month)
        return rq->cx->err.rc;
    rp->data = month;
    return ff_month_close(rq->cx, rq->key, month);
}

enum ff_rc ff_api_closed_months(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_month_rows(rq->cx, rq->id, q->list.page, q->list.limit, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}
