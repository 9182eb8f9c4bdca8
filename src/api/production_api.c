/* SPDX-License-Identifier: MIT */
/* production_api.c - the kitchen's list of a day. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "domain/menu/production.h"
#include "domain/stock/stock.h"

struct production_query {
    const char *date;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)
#define PIECES   INT64_C(1000000000)

static const struct ff_field query_f[] = {
    { "date", FF_T_DATE, offsetof(struct production_query, date), 0, 0, 0,
      "business date; today when absent", NULL, NULL },
};
const struct ff_schema ff_schema_production_query = {
    .name = "ProductionQuery", .size = sizeof(struct production_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

#define AT(member) offsetof(struct ff_production_row, member)
static const struct ff_field row_f[] = {
    { "productId", FF_T_INT,  AT(product_id), FF_F_REQUIRED, 1, INT64_MAX, "product", NULL, NULL },
    { "product",   FF_T_TEXT, AT(product),    FF_F_REQUIRED, 2, 100, "name of it", NULL, NULL },
    { "windowId",  FF_T_INT,  AT(window_id),  NULLABLE, 1, INT64_MAX,
      "of the menu; null: not on it, or sold while none of its windows was open", NULL, NULL },
    { "window",    FF_T_TEXT, AT(window),     NULLABLE, 1, 60, "name of the window", NULL, NULL },
    { "planned",   FF_T_INT,  AT(planned),    NULLABLE, 0, FF_PORTIONS_MAX,
      "portions of the whole day; null: no limit", NULL, NULL },
    { "left",      FF_T_INT,  AT(left),       NULLABLE, 0, FF_PORTIONS_MAX,
      "of them, still to be sold", NULL, NULL },
    { "sold",      FF_T_INT,  AT(sold),       FF_F_REQUIRED, 0, PIECES, "pieces bought then", NULL, NULL },
    { "undone",    FF_T_INT,  AT(undone),     FF_F_REQUIRED, 0, PIECES, "of these, undone since", NULL, NULL },
    { "refunded",  FF_T_INT,  AT(refunded),   FF_F_REQUIRED, 0, PIECES,
      "of these, given back since", NULL, NULL },
};
#undef AT
static const struct ff_schema row = {
    .name = "ProductionRow", .size = sizeof(struct ff_production_row), .set_offset = FF_NO_SET,
    FF_FIELDS(row_f) };

#define AT(member) offsetof(struct ff_production, member)
static const struct ff_field production_f[] = {
    { "date",     FF_T_DATE, AT(date),     FF_F_REQUIRED, 0, 0, "business date", NULL, NULL },
    { "rows",     FF_T_LIST, AT(rows),     FF_F_REQUIRED, 0, 10000,
      "the menu in its order, then what else was planned or sold", &row, NULL },
    { "sold",     FF_T_INT,  AT(sold),     FF_F_REQUIRED, 0, PIECES, "all pieces", NULL, NULL },
    { "undone",   FF_T_INT,  AT(undone),   FF_F_REQUIRED, 0, PIECES, "of these, undone", NULL, NULL },
    { "refunded", FF_T_INT,  AT(refunded), FF_F_REQUIRED, 0, PIECES, "of these, given back", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_production = {
    .name = "ProductionList", .size = sizeof(struct ff_production), .set_offset = FF_NO_SET,
    FF_FIELDS(production_f) };
/* clang-format on */

enum ff_rc ff_api_report_production(struct ff_req *rq, struct ff_reply *rp)
{
    const struct production_query *q = rq->query;
    struct ff_production *p = FF_NEW(rq->cx, struct ff_production);
    struct ff_text text;
    if (!p)
        return rq->cx->err.rc;
    rp->data = p;
    enum ff_rc rc = ff_production_read(rq->cx, q->date, p);
    if (rc || !rq->wants_csv)
        return rc;
    if (!(rc = ff_production_csv(rq->cx, p, &text)))
        ff_reply_csv(rp, &text);
    return rc;
}
