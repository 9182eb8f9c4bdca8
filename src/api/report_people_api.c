/* SPDX-License-Identifier: MIT */
/* report_people_api.c - lists of people by money: consumption of a month, who is low, who owes; and
 * the totals of one person. */
#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/report/people.h"
#include "domain/report/person.h"

struct consumption_args {
    struct ff_list_query list;
    const char *month, *amounts;
};

struct balance_args {
    struct ff_list_query list;
    int64_t below;
    const char *amounts;
};

enum { LOW_MINOR = 500, COUNT_MAX = 1000000000, PERSON_MONTHS = 1200 };

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define NULLABLE  (FF_F_REQUIRED | FF_F_NULLABLE)
#define SUM_MAX   (FF_MONEY_ENTRY_MAX * 10000)

#define SORT_FIELDS(query, sorts)                                                                  \
    FF_PAGE_FIELDS(query),                                                                         \
    { "sort", FF_T_TEXT, offsetof(query, list.sort), 0, 1, 100,                                    \
      "up to three of " sorts "; - before a descending one", NULL, NULL }
#define COUNT(type, member, name, meaning)                                                         \
    { name, FF_T_INT, FIELD(type, member), FF_F_REQUIRED, 0, COUNT_MAX, meaning, NULL, NULL }
#define MONEY(type, member, name, meaning)                                                         \
    { name, FF_T_MONEY, FIELD(type, member), FF_F_REQUIRED, -SUM_MAX, SUM_MAX, meaning, NULL, NULL }
#define WHO(type)                                                                                  \
    { "employeeId", FF_T_INT,  FIELD(type, employee_id), FF_F_REQUIRED, 1, INT64_MAX,              \
      "the person", NULL, NULL },                                                                  \
    { "number",     FF_T_TEXT, FIELD(type, number),      FF_F_REQUIRED, 0, 20,                     \
      "the person's number", NULL, NULL },                                                         \
    { "name",       FF_T_TEXT, FIELD(type, name),        FF_F_REQUIRED, 0, 100,                    \
      "the person's name", NULL, NULL }

static const struct ff_field consumption_query_f[] = {
    SORT_FIELDS(struct consumption_args,
                "name, number, department, spent, limit, remaining, purchases, id"),
    { "month", FF_T_CODE, FIELD(consumption_args, month), 0, 7, 7,
      "YYYY-MM; the current one when absent", NULL, NULL },
    FF_AMOUNTS_FIELD(struct consumption_args),
};
const struct ff_schema ff_schema_consumption_query = {
    .name = "ConsumptionQuery", .size = sizeof(struct consumption_args), .set_offset = FF_NO_SET,
    FF_FIELDS(consumption_query_f) };

static const struct ff_field consumption_f[] = {
    WHO(ff_consumption),
    { "department", FF_T_TEXT,  FIELD(ff_consumption, department), FF_F_REQUIRED, 0, 100,
      "of now; empty: none", NULL, NULL },
    MONEY(ff_consumption, spent, "spent",
          "what the person paid for purchases of the month, less what came back of them"),
    { "limit",      FF_T_MONEY, FIELD(ff_consumption, limit),     NULLABLE, 0, FF_MONEY_WALLET_MAX,
      "the monthly limit of now; null: none", NULL, NULL },
    { "remaining",  FF_T_MONEY, FIELD(ff_consumption, remaining), NULLABLE, -SUM_MAX, SUM_MAX,
      "limit less spent, below 0 when the limit was lowered since; null: no limit", NULL, NULL },
    COUNT(ff_consumption, purchases, "purchases", "made in the month"),
    COUNT(ff_consumption, undone, "undone", "of them undone, whenever"),
    COUNT(ff_consumption, refunds, "refunds", "of them given back in part or whole, whenever"),
};
const struct ff_schema ff_schema_consumption = {
    .name = "Consumption", .size = sizeof(struct ff_consumption), .set_offset = FF_NO_SET,
    FF_FIELDS(consumption_f) };

#define BALANCE_SORTS "name, number, department, balance, since, id"
static const struct ff_field low_query_f[] = {
    SORT_FIELDS(struct balance_args, BALANCE_SORTS),
    { "below", FF_T_MONEY, FIELD(balance_args, below), 0, -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX,
      "whose balance is below this; 500 minor units when absent", NULL, NULL },
    FF_AMOUNTS_FIELD(struct balance_args),
};
const struct ff_schema ff_schema_low_balance_query = {
    .name = "LowBalanceQuery", .size = sizeof(struct balance_args), .set_offset = FF_NO_SET,
    FF_FIELDS(low_query_f) };

static const struct ff_field debt_query_f[] = {
    SORT_FIELDS(struct balance_args, BALANCE_SORTS),
    FF_AMOUNTS_FIELD(struct balance_args),
};
const struct ff_schema ff_schema_debt_query = {
    .name = "DebtQuery", .size = sizeof(struct balance_args), .set_offset = FF_NO_SET,
    FF_FIELDS(debt_query_f) };

static const struct ff_field balance_row_f[] = {
    WHO(ff_balance_row),
    { "department", FF_T_TEXT,    FIELD(ff_balance_row, department), FF_F_REQUIRED, 0, 100,
      "of now; empty: none", NULL, NULL },
    { "active",     FF_T_BOOL,    FIELD(ff_balance_row, active),     FF_F_REQUIRED, 0, 0,
      "may buy", NULL, NULL },
    MONEY(ff_balance_row, balance, "balance", "of the wallet; below 0: owed"),
    MONEY(ff_balance_row, spendable, "spendable", "what can be spent, overdraft included"),
    { "owesSince",  FF_T_INSTANT, FIELD(ff_balance_row, since),      NULLABLE, 0, 0,
      "when the balance went below 0 last; null: it is not", NULL, NULL },
};
const struct ff_schema ff_schema_balance_row = {
    .name = "BalanceRow", .size = sizeof(struct ff_balance_row), .set_offset = FF_NO_SET,
    FF_FIELDS(balance_row_f) };

static const struct ff_field month_f[] = {
    { "month", FF_T_TEXT, FIELD(ff_person_month, month), FF_F_REQUIRED, 7, 7, "YYYY-MM", NULL, NULL },
    MONEY(ff_person_month, spent, "spent", "for its purchases, less what came back of them"),
    COUNT(ff_person_month, purchases, "purchases", "made in it"),
    COUNT(ff_person_month, undone, "undone", "of them undone"),
    COUNT(ff_person_month, refunds, "refunds", "of them"),
};
static const struct ff_schema month = {
    .name = "PersonMonth", .size = sizeof(struct ff_person_month), .set_offset = FF_NO_SET,
    FF_FIELDS(month_f) };

static const struct ff_field bought_f[] = {
    { "productId", FF_T_INT,  FIELD(ff_person_product, product_id), FF_F_REQUIRED, 1, INT64_MAX,
      "the product", NULL, NULL },
    { "name",      FF_T_TEXT, FIELD(ff_person_product, name),       FF_F_REQUIRED, 0, 100,
      "its name of now", NULL, NULL },
    COUNT(ff_person_product, pieces, "pieces", "bought, less what came back"),
    MONEY(ff_person_product, gross, "gross", "their price"),
};
static const struct ff_schema bought = {
    .name = "PersonProduct", .size = sizeof(struct ff_person_product), .set_offset = FF_NO_SET,
    FF_FIELDS(bought_f) };

static const struct ff_field person_f[] = {
    WHO(ff_person_stats),
    MONEY(ff_person_stats, spent_this_month, "spentThisMonth", "for purchases of this month"),
    MONEY(ff_person_stats, spent_last_month, "spentLastMonth", "of the month before"),
    MONEY(ff_person_stats, spent_this_year, "spentThisYear", "of this calendar year"),
    MONEY(ff_person_stats, spent, "spent", "since ever"),
    { "monthlyLimit", FF_T_MONEY, FIELD(ff_person_stats, monthly_limit), NULLABLE, 0,
      FF_MONEY_WALLET_MAX, "null: none", NULL, NULL },
    { "remaining",    FF_T_MONEY, FIELD(ff_person_stats, remaining),     NULLABLE, -SUM_MAX, SUM_MAX,
      "of it this month; null: no limit", NULL, NULL },
    COUNT(ff_person_stats, purchases, "purchases", "since ever"),
    COUNT(ff_person_stats, undone, "undone", "of them undone"),
    COUNT(ff_person_stats, refunds, "refunds", "of them"),
    { "firstPurchaseAt", FF_T_INSTANT, FIELD(ff_person_stats, first_purchase_at), NULLABLE, 0, 0,
      "null: none yet", NULL, NULL },
    { "lastPurchaseAt",  FF_T_INSTANT, FIELD(ff_person_stats, last_purchase_at),  NULLABLE, 0, 0,
      "null: none yet", NULL, NULL },
    { "months",      FF_T_LIST, FIELD(ff_person_stats, months),   FF_F_REQUIRED, 0, PERSON_MONTHS,
      "those with purchases, the last one first", &month, NULL },
    { "topProducts", FF_T_LIST, FIELD(ff_person_stats, products), FF_F_REQUIRED, 0,
      FF_PERSON_PRODUCTS, "bought most in the last 366 days", &bought, NULL },
};
const struct ff_schema ff_schema_person_stats = {
    .name = "EmployeeStats", .size = sizeof(struct ff_person_stats), .set_offset = FF_NO_SET,
    FF_FIELDS(person_f) };
/* clang-format on */

enum ff_rc ff_api_report_employees(struct ff_req *rq, struct ff_reply *rp)
{
    const struct consumption_args *q = rq->query;
    const struct ff_consumption_filter f = {.list = ff_filter_of(&q->list), .month = q->month};
    struct ff_list rows;
    struct ff_text text;
    int64_t total;
    enum ff_rc rc;
    if (rq->wants_csv) {
        const int decimals = ff_export_decimals(rq->cx, q->amounts);
        if (!(rc = ff_report_consumption_csv(rq->cx, &f, decimals, &text)))
            ff_reply_csv(rp, &text);
        return rc;
    }
    if ((rc = ff_report_consumption(rq->cx, &f, &rows, &total)))
        return rc;
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

static enum ff_rc answer_balances(struct ff_req *rq, const struct ff_balance_filter *f,
                                  struct ff_reply *rp)
{
    const struct balance_args *q = rq->query;
    struct ff_list rows;
    struct ff_text text;
    int64_t total;
    enum ff_rc rc;
    if (rq->wants_csv) {
        const int decimals = ff_export_decimals(rq->cx, q->amounts);
        if (!(rc = ff_report_balances_csv(rq->cx, f, decimals, &text)))
            ff_reply_csv(rp, &text);
        return rc;
    }
    if ((rc = ff_report_balances(rq->cx, f, &rows, &total)))
        return rc;
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_report_low(struct ff_req *rq, struct ff_reply *rp)
{
    const struct balance_args *q = rq->query;
    const struct ff_balance_filter f = {.list = ff_filter_of(&q->list),
                                        .below = q->below == FF_NULL_INT ? LOW_MINOR : q->below};
    return answer_balances(rq, &f, rp);
}

enum ff_rc ff_api_report_debts(struct ff_req *rq, struct ff_reply *rp)
{
    const struct balance_args *q = rq->query;
    const struct ff_balance_filter f = {.list = ff_filter_of(&q->list), .with_gone = true};
    return answer_balances(rq, &f, rp);
}

enum ff_rc ff_api_employee_stats(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_person_stats *s = FF_NEW(rq->cx, struct ff_person_stats);
    if (!s)
        return rq->cx->err.rc;
    rp->data = s;
    return ff_report_person(rq->cx, rq->id, s);
}
