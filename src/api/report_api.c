/* SPDX-License-Identifier: MIT */
/* report_api.c - what was sold, by day, hour, product and the like; JSON or CSV. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/report/report.h"

struct report_query {
    const char *from, *to, *by, *amounts;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define SUM_MAX (FF_MONEY_ENTRY_MAX * 10000)

static const char *const amounts[] = { "minor", "decimal", NULL };

static const struct ff_field query_f[] = {
    { "from",    FF_T_DATE, FIELD(report_query, from),    0, 0, 0,
      "business date, from this one on; with to, else the current month", NULL, NULL },
    { "to",      FF_T_DATE, FIELD(report_query, to),      0, 0, 0,
      "business date, before this one; at most 3660 days later", NULL, NULL },
    { "by",      FF_T_ENUM, FIELD(report_query, by),      0, 0, 0,
      "what the rows are; day when absent", NULL, ff_report_keys },
    { "amounts", FF_T_ENUM, FIELD(report_query, amounts), 0, 0, 0, "money in CSV", NULL, amounts },
};
const struct ff_schema ff_schema_report_query = {
    .name = "ReportQuery", .size = sizeof(struct report_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

#define SUMS(type)                                                                                 \
    { "pieces", FF_T_INT,   FIELD(type, pieces), FF_F_REQUIRED, -SUM_MAX, SUM_MAX,                 \
      "sold, less what came back", NULL, NULL },                                                   \
    { "gross",  FF_T_MONEY, FIELD(type, gross),  FF_F_REQUIRED, -SUM_MAX, SUM_MAX,                 \
      "what was paid for them", NULL, NULL },                                                      \
    { "tax",    FF_T_MONEY, FIELD(type, tax),    FF_F_REQUIRED, -SUM_MAX, SUM_MAX,                 \
      "the tax inside it", NULL, NULL },                                                           \
    { "net",    FF_T_MONEY, FIELD(type, net),    FF_F_REQUIRED, -SUM_MAX, SUM_MAX,                 \
      "gross without tax: what the account of revenue moved by", NULL, NULL }

static const struct ff_field row_f[] = {
    { "key", FF_T_TEXT, FIELD(ff_report_row, key), FF_F_REQUIRED, 0, 100,
      "the day, the hour, the weekday from 1 for Monday, or a name; empty: none", NULL, NULL },
    { "id",  FF_T_INT,  FIELD(ff_report_row, ref), FF_F_REQUIRED, 0, INT64_MAX,
      "of the product, category ...; by tax: the rate in parts per million", NULL, NULL },
    SUMS(ff_report_row),
};
static const struct ff_schema row = {
    .name = "ReportRow", .size = sizeof(struct ff_report_row), .set_offset = FF_NO_SET,
    FF_FIELDS(row_f) };

static const struct ff_field report_f[] = {
    { "from", FF_T_DATE, FIELD(ff_report, from), FF_F_REQUIRED, 0, 0,
      "from this business date on", NULL, NULL },
    { "to",   FF_T_DATE, FIELD(ff_report, to),   FF_F_REQUIRED, 0, 0, "before this one", NULL, NULL },
    { "by",   FF_T_ENUM, FIELD(ff_report, by),   FF_F_REQUIRED, 0, 0,
      "what the rows are", NULL, ff_report_keys },
    { "rows", FF_T_LIST, FIELD(ff_report, rows), FF_F_REQUIRED, 0, 10000,
      "the parts; they add up to the sums", &row, NULL },
    SUMS(ff_report),
};
const struct ff_schema ff_schema_report = {
    .name = "SalesReport", .size = sizeof(struct ff_report), .set_offset = FF_NO_SET,
    FF_FIELDS(report_f) };
/* clang-format on */

enum ff_rc ff_api_report_sales(struct ff_req *rq, struct ff_reply *rp)
{
    const struct report_query *q = rq->query;
    struct ff_report *r = FF_NEW(rq->cx, struct ff_report);
    struct ff_text text;
    if (!r)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_report_sales(rq->cx, q->from, q->to, q->by ? q->by : "day", r);
    rp->data = r;
    if (rc || !rq->wants_csv)
        return rc;
    if (!(rc = ff_report_csv(rq->cx, r, ff_export_decimals(rq->cx, q->amounts), &text)))
        ff_reply_csv(rp, &text);
    return rc;
}
