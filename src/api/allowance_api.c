/* SPDX-License-Identifier: MIT */
/* allowance_api.c - giving an allowance to one or to many, and what was given; and their schemas.
 */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/subsidy/allowance.h"

struct allowance_query {
    struct ff_list_query list;
};

/* clang-format off */
#define AT(member) offsetof(struct ff_allowance_new, member)
static const struct ff_field new_f[] = {
    { "amount",       FF_T_MONEY,    AT(amount),         FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "each person gets it", NULL, NULL },
    { "expiresOn",    FF_T_DATE,     AT(expires_on),     FF_F_REQUIRED, 0, 0,
      "the last day it can be spent on", NULL, NULL },
    { "employeeIds",  FF_T_INT_LIST, AT(employee_ids),   0, 1, FF_ALLOWANCE_NAMED_MAX,
      "who gets it; or one of the next three", NULL, NULL },
    { "groupId",      FF_T_INT,      AT(group_id),       FF_F_NULLABLE, 1, INT64_MAX,
      "the active people of a group", NULL, NULL },
    { "departmentId", FF_T_INT,      AT(department_id),  FF_F_NULLABLE, 1, INT64_MAX,
      "the active people of a department", NULL, NULL },
    { "all",          FF_T_BOOL,     AT(all),            FF_F_NULLABLE, 0, 0,
      "everybody who is active", NULL, NULL },
    { "costCentreId", FF_T_INT,      AT(cost_centre_id), FF_F_NULLABLE, 1, INT64_MAX,
      "where it is booked; null: each department's", NULL, NULL },
    { "note",         FF_T_TEXT,     AT(note),           FF_F_NULLABLE, 1, 200,
      "words for the record", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_allowance_new = {
    .name = "AllowanceNew", .size = sizeof(struct ff_allowance_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };

#define AT(member) offsetof(struct ff_allowance_run, member)
#define SUM_MAX (FF_MONEY_TOTAL_MAX * FF_ALLOWANCE_PEOPLE_MAX)
static const struct ff_field run_f[] = {
    { "id",        FF_T_INT,     AT(id),         FF_F_REQUIRED, 1, INT64_MAX, "the order", NULL, NULL },
    { "amount",    FF_T_MONEY,   AT(amount),     FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "what each person got", NULL, NULL },
    { "expiresOn", FF_T_DATE,    AT(expires_on), FF_F_REQUIRED, 0, 0,
      "the last day it can be spent on", NULL, NULL },
    { "people",    FF_T_INT,     AT(people),     FF_F_REQUIRED, 1, FF_ALLOWANCE_PEOPLE_MAX,
      "how many got it", NULL, NULL },
    { "total",     FF_T_MONEY,   AT(total),      FF_F_REQUIRED, 1, SUM_MAX, "what they got in all", NULL, NULL },
    { "left",      FF_T_MONEY,   AT(left),       FF_F_REQUIRED, 0, SUM_MAX,
      "of it, not spent and not booked back", NULL, NULL },
    { "givenAt",   FF_T_INSTANT, AT(given_at),   FF_F_REQUIRED, 0, 0, "when", NULL, NULL },
    { "replayed",  FF_T_BOOL,    AT(replayed),   FF_F_REQUIRED, 0, 0,
      "this is an earlier order, told again", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_allowance = {
    .name = "Allowance", .size = sizeof(struct ff_allowance_run), .set_offset = FF_NO_SET,
    FF_FIELDS(run_f) };

static const struct ff_field query_f[] = { FF_PAGE_FIELDS(struct allowance_query) };
const struct ff_schema ff_schema_allowance_query = {
    .name = "AllowanceQuery", .size = sizeof(struct allowance_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };
/* clang-format on */

enum ff_rc ff_api_allowance_give(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_allowance_run *run = FF_NEW(rq->cx, struct ff_allowance_run);
    struct ff_idem idem;
    if (!run)
        return rq->cx->err.rc;
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, 0, rq->raw,
                 rq->raw_len, &idem);
    enum ff_rc rc = ff_allowance_give(rq->cx, rq->body, &idem, run);
    rp->data = run;
    rp->location = "/api/v1/allowances";
    rp->replayed = run->replayed != 0;
    return rc;
}

enum ff_rc ff_api_allowance_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct allowance_query *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list runs;
    int64_t total;
    enum ff_rc rc = ff_allowance_list(rq->cx, &filter, &runs, &total);
    if (rc)
        return rc;
    rp->data = runs.items;
    rp->n = runs.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}
