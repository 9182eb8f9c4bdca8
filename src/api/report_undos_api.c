/* SPDX-License-Identifier: MIT */
/* report_undos_api.c - purchases taken back, by person and by kiosk; JSON or CSV. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/report/undos.h"

struct undo_query {
    const char *from, *to, *amounts;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define SUM_MAX (FF_MONEY_ENTRY_MAX * 10000)

static const struct ff_field query_f[] = {
    { "from",    FF_T_DATE, FIELD(undo_query, from),    0, 0, 0,
      "business date of the undo, from this one on; with to, else the current month", NULL, NULL },
    { "to",      FF_T_DATE, FIELD(undo_query, to),      0, 0, 0,
      "business date, before this one; at most 3660 days later", NULL, NULL },
    { "amounts", FF_T_ENUM, FIELD(undo_query, amounts), 0, 0, 0,
      "money in CSV", NULL, ff_amount_names },
};
const struct ff_schema ff_schema_undo_report_query = {
    .name = "UndoReportQuery", .size = sizeof(struct undo_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

static const struct ff_field row_f[] = {
    { "id",     FF_T_INT,   FIELD(ff_undo_row, id),     FF_F_REQUIRED, 1, INT64_MAX,
      "person or kiosk", NULL, NULL },
    { "number", FF_T_TEXT,  FIELD(ff_undo_row, number), FF_F_REQUIRED, 0, 20,
      "of the person; empty: a kiosk", NULL, NULL },
    { "name",   FF_T_TEXT,  FIELD(ff_undo_row, name),   FF_F_REQUIRED, 1, 100,
      "of the person or kiosk", NULL, NULL },
    { "undos",  FF_T_INT,   FIELD(ff_undo_row, undos),  FF_F_REQUIRED, 1, INT64_MAX,
      "purchases taken back", NULL, NULL },
    { "amount", FF_T_MONEY, FIELD(ff_undo_row, amount), FF_F_REQUIRED, 0, SUM_MAX,
      "what they had cost", NULL, NULL },
};
static const struct ff_schema row = {
    .name = "UndoReportRow", .size = sizeof(struct ff_undo_row), .set_offset = FF_NO_SET,
    FF_FIELDS(row_f) };

static const struct ff_field report_f[] = {
    { "from",    FF_T_DATE,  FIELD(ff_undo_report, from),    FF_F_REQUIRED, 0, 0,
      "from this business date on", NULL, NULL },
    { "to",      FF_T_DATE,  FIELD(ff_undo_report, to),      FF_F_REQUIRED, 0, 0,
      "before this one", NULL, NULL },
    { "persons", FF_T_LIST,  FIELD(ff_undo_report, persons), FF_F_REQUIRED, 0, FF_UNDO_REPORT_ROWS,
      "most undos first", &row, NULL },
    { "kiosks",  FF_T_LIST,  FIELD(ff_undo_report, kiosks),  FF_F_REQUIRED, 0, FF_UNDO_REPORT_ROWS,
      "the same undos, those at kiosks by kiosk", &row, NULL },
    { "undos",   FF_T_INT,   FIELD(ff_undo_report, undos),   FF_F_REQUIRED, 0, INT64_MAX,
      "of all persons listed", NULL, NULL },
    { "amount",  FF_T_MONEY, FIELD(ff_undo_report, amount),  FF_F_REQUIRED, 0, SUM_MAX,
      "what they had cost", NULL, NULL },
};
const struct ff_schema ff_schema_undo_report = {
    .name = "UndoReport", .size = sizeof(struct ff_undo_report), .set_offset = FF_NO_SET,
    FF_FIELDS(report_f) };
/* clang-format on */

enum ff_rc ff_api_report_undos(struct ff_req *rq, struct ff_reply *rp)
{
    const struct undo_query *q = rq->query;
    struct ff_undo_report *r = FF_NEW(rq->cx, struct ff_undo_report);
    struct ff_text text;
    if (!r)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_report_undos(rq->cx, q->from, q->to, r);
    rp->data = r;
    if (rc || !rq->wants_csv)
        return rc;
    if (!(rc = ff_undos_csv(rq->cx, r, ff_export_decimals(rq->cx, q->amounts), &text)))
        ff_reply_csv(rp, &text);
    return rc;
}
