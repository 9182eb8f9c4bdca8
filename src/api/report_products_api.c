/* SPDX-License-Identifier: MIT */
/* report_products_api.c - what sells best, for the menu and for the office, and how one product
 * sold. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/report/product_sales.h"

struct popular_query {
    const char *from, *to;
    int64_t limit;
    const char *amounts;
};

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define SUM_MAX (FF_MONEY_ENTRY_MAX * 10000)

static const char *const amounts[] = { "minor", "decimal", NULL };

#define DAYS                                                                                       \
    { "from",    FF_T_DATE, FIELD(popular_query, from),    0, 0, 0,                                \
      "business date, from this one on; with to, else the current month", NULL, NULL },            \
    { "to",      FF_T_DATE, FIELD(popular_query, to),      0, 0, 0,                                \
      "business date, before this one; at most 3660 days later", NULL, NULL }
#define AMOUNTS                                                                                    \
    { "amounts", FF_T_ENUM, FIELD(popular_query, amounts), 0, 0, 0, "money in CSV", NULL, amounts }
#define LIMIT                                                                                      \
    { "limit",   FF_T_INT,  FIELD(popular_query, limit),   0, 1, FF_POPULAR_MAX,                   \
      "how many; 10 when absent", NULL, NULL }

static const struct ff_field menu_query_f[] = { DAYS, LIMIT };
const struct ff_schema ff_schema_menu_popular_query = {
    .name = "MenuPopularQuery", .size = sizeof(struct popular_query), .set_offset = FF_NO_SET,
    FF_FIELDS(menu_query_f) };

static const struct ff_field popular_query_f[] = { DAYS, LIMIT, AMOUNTS };
const struct ff_schema ff_schema_popular_query = {
    .name = "PopularQuery", .size = sizeof(struct popular_query), .set_offset = FF_NO_SET,
    FF_FIELDS(popular_query_f) };

static const struct ff_field product_query_f[] = { DAYS, AMOUNTS };
const struct ff_schema ff_schema_product_stats_query = {
    .name = "ProductStatsQuery", .size = sizeof(struct popular_query), .set_offset = FF_NO_SET,
    FF_FIELDS(product_query_f) };

#define RANKED                                                                                     \
    { "rank",      FF_T_INT,   FIELD(ff_popular, rank),       FF_F_REQUIRED, 1, FF_POPULAR_MAX,    \
      "1: the best", NULL, NULL },                                                                 \
    { "productId", FF_T_INT,   FIELD(ff_popular, product_id), FF_F_REQUIRED, 1, INT64_MAX,         \
      "the product", NULL, NULL },                                                                 \
    { "name",      FF_T_TEXT,  FIELD(ff_popular, name),       FF_F_REQUIRED, 0, 100,               \
      "its name of now", NULL, NULL },                                                             \
    { "category",  FF_T_TEXT,  FIELD(ff_popular, category),   FF_F_REQUIRED, 0, 60,                \
      "its category of now", NULL, NULL }

static const struct ff_field favourite_f[] = { RANKED };
static const struct ff_schema favourite = {
    .name = "MenuPopularRow", .size = sizeof(struct ff_popular), .set_offset = FF_NO_SET,
    FF_FIELDS(favourite_f) };

static const struct ff_field popular_row_f[] = {
    RANKED,
    { "pieces",    FF_T_INT,   FIELD(ff_popular, pieces),     FF_F_REQUIRED, 1, SUM_MAX,
      "sold, less what came back", NULL, NULL },
    { "gross",     FF_T_MONEY, FIELD(ff_popular, gross),      FF_F_REQUIRED, -SUM_MAX, SUM_MAX,
      "their price", NULL, NULL },
};
static const struct ff_schema popular_row = {
    .name = "PopularRow", .size = sizeof(struct ff_popular), .set_offset = FF_NO_SET,
    FF_FIELDS(popular_row_f) };

#define REPORT(row)                                                                                \
    { "from", FF_T_DATE, FIELD(ff_popular_report, from), FF_F_REQUIRED, 0, 0,                      \
      "from this business date on", NULL, NULL },                                                  \
    { "to",   FF_T_DATE, FIELD(ff_popular_report, to),   FF_F_REQUIRED, 0, 0,                      \
      "before this one", NULL, NULL },                                                             \
    { "rows", FF_T_LIST, FIELD(ff_popular_report, rows), FF_F_REQUIRED, 0, FF_POPULAR_MAX,         \
      "the best first", row, NULL }

static const struct ff_field menu_f[] = { REPORT(&favourite) };
const struct ff_schema ff_schema_menu_popular = {
    .name = "MenuPopular", .size = sizeof(struct ff_popular_report), .set_offset = FF_NO_SET,
    FF_FIELDS(menu_f) };

static const struct ff_field popular_f[] = { REPORT(&popular_row) };
const struct ff_schema ff_schema_popular = {
    .name = "PopularReport", .size = sizeof(struct ff_popular_report), .set_offset = FF_NO_SET,
    FF_FIELDS(popular_f) };

static const struct ff_field product_f[] = {
    { "productId", FF_T_INT,    FIELD(ff_product_sales, product_id), FF_F_REQUIRED, 1, INT64_MAX,
      "the product", NULL, NULL },
    { "name",      FF_T_TEXT,   FIELD(ff_product_sales, name),       FF_F_REQUIRED, 0, 100,
      "its name of now", NULL, NULL },
    { "sales",     FF_T_OBJECT, FIELD(ff_product_sales, report),     FF_F_REQUIRED, 0, 0,
      "by day", &ff_schema_report, NULL },
};
const struct ff_schema ff_schema_product_stats = {
    .name = "ProductStats", .size = sizeof(struct ff_product_sales), .set_offset = FF_NO_SET,
    FF_FIELDS(product_f) };
/* clang-format on */

static enum ff_rc find_popular(struct ff_req *rq, bool is_menu, struct ff_reply *rp)
{
    const struct popular_query *q = rq->query;
    const int64_t limit = q->limit == FF_NULL_INT ? FF_POPULAR_ROWS : q->limit;
    struct ff_popular_report *r = FF_NEW(rq->cx, struct ff_popular_report);
    if (!r)
        return rq->cx->err.rc;
    rp->data = r;
    return ff_report_popular(rq->cx, q->from, q->to, limit, is_menu, r);
}

enum ff_rc ff_api_product_popular(struct ff_req *rq, struct ff_reply *rp)
{
    return find_popular(rq, true, rp);
}

enum ff_rc ff_api_report_popular(struct ff_req *rq, struct ff_reply *rp)
{
    const struct popular_query *q = rq->query;
    struct ff_text text;
    enum ff_rc rc = find_popular(rq, false, rp);
    if (rc || !rq->wants_csv)
        return rc;
    const int decimals = ff_export_decimals(rq->cx, q->amounts);
    if (!(rc = ff_report_popular_csv(rq->cx, rp->data, decimals, &text)))
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_product_stats(struct ff_req *rq, struct ff_reply *rp)
{
    const struct popular_query *q = rq->query;
    struct ff_product_sales *s = FF_NEW(rq->cx, struct ff_product_sales);
    struct ff_text text;
    if (!s)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_report_of_product(rq->cx, rq->id, q->from, q->to, s);
    rp->data = s;
    if (rc || !rq->wants_csv)
        return rc;
    const int decimals = ff_export_decimals(rq->cx, q->amounts);
    if (!(rc = ff_report_csv(rq->cx, &s->report, decimals, &text)))
        ff_reply_csv(rp, &text);
    return rc;
}
