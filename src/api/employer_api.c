/* SPDX-License-Identifier: MIT */
/* employer_api.c - the report of what the employer paid; JSON or CSV. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/report/employer.h"

struct employer_query {
    const char *from, *to, *by, *amounts;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define SUM_MAX (FF_MONEY_ENTRY_MAX * 10000)

static const char *const amounts[] = { "minor", "decimal", NULL };

static const struct ff_field query_f[] = {
    { "from",    FF_T_DATE, FIELD(employer_query, from),    0, 0, 0,
      "business date, from this one on; with to, else the current month", NULL, NULL },
    { "to",      FF_T_DATE, FIELD(employer_query, to),      0, 0, 0,
      "business date, before this one; at most 366 days later", NULL, NULL },
    { "by",      FF_T_ENUM, FIELD(employer_query, by),      0, 0, 0,
      "what the rows are; day when absent", NULL, ff_employer_keys },
    { "amounts", FF_T_ENUM, FIELD(employer_query, amounts), 0, 0, 0, "money in CSV", NULL, amounts },
};
const struct ff_schema ff_schema_employer_query = {
    .name = "SubsidyReportQuery", .size = sizeof(struct employer_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

#define SUMS(type)                                                                                 \
    { "bookings",   FF_T_INT,   FIELD(type, moves),      FF_F_REQUIRED, 0, SUM_MAX,                \
      "how many, those that came back included", NULL, NULL },                                     \
    { "meals",      FF_T_MONEY, FIELD(type, meals),      FF_F_REQUIRED, -SUM_MAX, SUM_MAX,         \
      "parts of meals, less what came back", NULL, NULL },                                         \
    { "allowances", FF_T_MONEY, FIELD(type, allowances), FF_F_REQUIRED, -SUM_MAX, SUM_MAX,         \
      "given, less what ran out", NULL, NULL },                                                    \
    { "amount",     FF_T_MONEY, FIELD(type, amount),     FF_F_REQUIRED, -SUM_MAX, SUM_MAX,         \
      "both: what the accounts of the subsidy moved by", NULL, NULL }

static const struct ff_field row_f[] = {
    { "key", FF_T_TEXT, FIELD(ff_employer_row, key), FF_F_REQUIRED, 0, 100,
      "the day, or a name; by rule: allowance for what no rule gave", NULL, NULL },
    { "id",  FF_T_INT,  FIELD(ff_employer_row, ref), FF_F_REQUIRED, 0, INT64_MAX,
      "of the rule, cost centre or department; 0: none", NULL, NULL },
    SUMS(ff_employer_row),
};
static const struct ff_schema row = {
    .name = "SubsidyReportRow", .size = sizeof(struct ff_employer_row), .set_offset = FF_NO_SET,
    FF_FIELDS(row_f) };

static const struct ff_field report_f[] = {
    { "from", FF_T_DATE, FIELD(ff_employer_report, from), FF_F_REQUIRED, 0, 0,
      "from this business date on", NULL, NULL },
    { "to",   FF_T_DATE, FIELD(ff_employer_report, to),   FF_F_REQUIRED, 0, 0, "before this one", NULL, NULL },
    { "by",   FF_T_ENUM, FIELD(ff_employer_report, by),   FF_F_REQUIRED, 0, 0,
      "what the rows are", NULL, ff_employer_keys },
    { "rows", FF_T_LIST, FIELD(ff_employer_report, rows), FF_F_REQUIRED, 0, 10000,
      "the parts; they add up to the sums", &row, NULL },
    SUMS(ff_employer_report),
};
const struct ff_schema ff_schema_employer_report = {
    .name = "SubsidyReport", .size = sizeof(struct ff_employer_report), .set_offset = FF_NO_SET,
    FF_FIELDS(report_f) };
/* clang-format on */

enum ff_rc ff_api_report_employer(struct ff_req *rq, struct ff_reply *rp)
{
    const struct employer_query *q = rq->query;
    struct ff_employer_report *r = FF_NEW(rq->cx, struct ff_employer_report);
    struct ff_text text;
    if (!r)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_report_employer(rq->cx, q->from, q->to, q->by ? q->by : "day", r);
    rp->data = r;
    if (rc || !rq->wants_csv)
        return rc;
    if (!(rc = ff_employer_csv(rq->cx, r, ff_export_decimals(rq->cx, q->amounts), &text)))
        ff_reply_csv(rp, &text);
    return rc;
}
