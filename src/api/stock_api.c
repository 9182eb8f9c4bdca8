/* SPDX-License-Identifier: MIT */
/* stock_api.c - levels, what is done to them, and the portions of a day. */
#include <inttypes.h>
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/stock/stock.h"

struct stock_query {
    struct ff_list_query list;
    const char *kind;
    int64_t low, tracked;
};

struct stock_move_new {
    int64_t quantity, unit_cost;
    const char *reason;
};

struct portions_new {
    const char *date;
    int64_t quantity;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)
#define PIECES_MAX INT64_C(1000000000)

#define AT(member) offsetof(struct stock_query, member)
static const struct ff_field query_f[] = {
    FF_PAGE_FIELDS(struct stock_query),
    { "q",       FF_T_TEXT, AT(list.q),  0, 1, 100,
      "words that must all occur; case and accents do not count", NULL, NULL },
    { "low",     FF_T_BOOL, AT(low),     0, 0, 0,
      "true: only those at or below their low-water mark", NULL, NULL },
    { "kind",    FF_T_ENUM, AT(kind),    0, 0, 0, "only these", NULL, ff_stock_kinds },
    { "tracked", FF_T_BOOL, AT(tracked), 0, 0, 0,
      "false: those that are no longer tracked instead", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_stock_query = {
    .name = "StockQuery", .size = sizeof(struct stock_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

#define AT(member) offsetof(struct ff_stock, member)
static const struct ff_field stock_f[] = {
    { "productId",    FF_T_INT,  AT(product_id),   FF_F_REQUIRED, 1, INT64_MAX, "product", NULL, NULL },
    { "product",      FF_T_TEXT, AT(product),      FF_F_REQUIRED, 2, 100, "name of it", NULL, NULL },
    { "category",     FF_T_TEXT, AT(category),     FF_F_REQUIRED, 1, 60, "its category", NULL, NULL },
    { "kind",         FF_T_ENUM, AT(kind),         FF_F_REQUIRED, 0, 0,
      "shelf: goods; portion: of the kitchen, never below 0", NULL, ff_stock_kinds },
    { "quantity",     FF_T_INT,  AT(quantity),     FF_F_REQUIRED, -PIECES_MAX, PIECES_MAX,
      "pieces; below 0: more were sold than received", NULL, NULL },
    { "lowWater",     FF_T_INT,  AT(low_water),    FF_F_REQUIRED, 0, FF_STOCK_PIECES,
      "time to order at so many", NULL, NULL },
    { "low",          FF_T_BOOL, AT(low),          FF_F_REQUIRED, 0, 0, "at or below it", NULL, NULL },
    { "negativeOk",   FF_T_BOOL, AT(negative_ok),  FF_F_REQUIRED, 0, 0,
      "sold even when the level says there is none", NULL, NULL },
    { "tracked",      FF_T_BOOL, AT(tracked),      FF_F_REQUIRED, 0, 0, "sales count", NULL, NULL },
    { "availability", FF_T_ENUM, AT(availability), FF_F_REQUIRED, 0, 0,
      "what kiosks show", NULL, ff_stock_states },
};
#undef AT
const struct ff_schema ff_schema_stock = {
    .name = "Stock", .size = sizeof(struct ff_stock), .set_offset = FF_NO_SET, FF_FIELDS(stock_f) };

#define AT(member) offsetof(struct ff_stock_in, member)
static const struct ff_field patch_f[] = {
    [FF_STOCK_KIND]        = { "kind",       FF_T_ENUM, AT(kind),        0, 0, 0,
                               "shelf when absent at first; sets negativeOk too", NULL,
                               ff_stock_kinds },
    [FF_STOCK_LOW_WATER]   = { "lowWater",   FF_T_INT,  AT(low_water),   0, 0, FF_STOCK_PIECES,
                               "0 when absent at first", NULL, NULL },
    [FF_STOCK_NEGATIVE_OK] = { "negativeOk", FF_T_BOOL, AT(negative_ok), 0, 0, 0,
                               "may the level fall below 0? Never that of portions", NULL, NULL },
    [FF_STOCK_TRACKED]     = { "tracked",    FF_T_BOOL, AT(tracked),     0, 0, 0,
                               "false: sales no longer count", NULL, NULL },
};
const struct ff_schema ff_schema_stock_patch = {
    .name = "StockPatch", .size = sizeof(struct ff_stock_in), .set_offset = AT(set),
    FF_FIELDS(patch_f) };
#undef AT

#define AT(member) offsetof(struct stock_move_new, member)
static const struct ff_field receive_f[] = {
    { "quantity", FF_T_INT,   AT(quantity),  FF_F_REQUIRED, 1, FF_STOCK_PIECES, "pieces", NULL, NULL },
    { "unitCost", FF_T_MONEY, AT(unit_cost), FF_F_NULLABLE, 0, 100000000,
      "what one piece cost", NULL, NULL },
    { "note",     FF_T_TEXT,  AT(reason),    FF_F_NULLABLE, 1, 200, "words for the record", NULL, NULL },
};
const struct ff_schema ff_schema_stock_receive = {
    .name = "StockReceive", .size = sizeof(struct stock_move_new), .set_offset = FF_NO_SET,
    FF_FIELDS(receive_f) };
static const struct ff_field count_f[] = {
    { "quantity", FF_T_INT,  AT(quantity), FF_F_REQUIRED, 0, FF_STOCK_PIECES,
      "pieces that are there", NULL, NULL },
    { "reason",   FF_T_TEXT, AT(reason),   FF_F_NULLABLE, 1, 200, "why they differ", NULL, NULL },
};
const struct ff_schema ff_schema_stock_count = {
    .name = "StockCount", .size = sizeof(struct stock_move_new), .set_offset = FF_NO_SET,
    FF_FIELDS(count_f) };
static const struct ff_field shrinkage_f[] = {
    { "quantity", FF_T_INT,  AT(quantity), FF_F_REQUIRED, 1, FF_STOCK_PIECES,
      "pieces that are gone", NULL, NULL },
    { "reason",   FF_T_TEXT, AT(reason),   FF_F_REQUIRED, 3, 200, "why", NULL, NULL },
};
const struct ff_schema ff_schema_stock_shrinkage = {
    .name = "StockShrinkage", .size = sizeof(struct stock_move_new), .set_offset = FF_NO_SET,
    FF_FIELDS(shrinkage_f) };
#undef AT

#define AT(member) offsetof(struct ff_stock_move, member)
static const struct ff_field move_f[] = {
    { "id",           FF_T_INT,     AT(id),            FF_F_REQUIRED, 1, INT64_MAX, "move", NULL, NULL },
    { "productId",    FF_T_INT,     AT(product_id),    FF_F_REQUIRED, 1, INT64_MAX, "of which product", NULL, NULL },
    { "kind",         FF_T_ENUM,    AT(kind),          FF_F_REQUIRED, 0, 0, "what happened", NULL, ff_stock_moves },
    { "businessDate", FF_T_DATE,    AT(business_date), NULLABLE, 0, 0,
      "of this date's portions; null: of the stock", NULL, NULL },
    { "delta",        FF_T_INT,     AT(delta),         FF_F_REQUIRED, -PIECES_MAX, PIECES_MAX,
      "pieces that came; below 0: that went", NULL, NULL },
    { "levelAfter",   FF_T_INT,     AT(level_after),   FF_F_REQUIRED, -PIECES_MAX, PIECES_MAX,
      "the level after it", NULL, NULL },
    { "short",        FF_T_BOOL,    AT(is_short),      FF_F_REQUIRED, 0, 0,
      "the level is below 0 after it: something was not received, or the count is wrong", NULL, NULL },
    { "journalId",    FF_T_INT,     AT(journal_id),    NULLABLE, 1, INT64_MAX,
      "the booking it came with", NULL, NULL },
    { "at",           FF_T_INSTANT, AT(at),            FF_F_REQUIRED, 0, 0, "when", NULL, NULL },
    { "reason",       FF_T_TEXT,    AT(reason),        NULLABLE, 1, 200, "why", NULL, NULL },
    { "unitCost",     FF_T_MONEY,   AT(unit_cost),     NULLABLE, 0, 100000000,
      "what one piece cost", NULL, NULL },
    { "by",           FF_T_TEXT,    AT(actor),         NULLABLE, 1, 100,
      "who; null: a kiosk, or the command line", NULL, NULL },
    { "replayed",     FF_T_BOOL,    AT(replayed),      FF_F_REQUIRED, 0, 0,
      "this was done before and is told again", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_stock_move = {
    .name = "StockMove", .size = sizeof(struct ff_stock_move), .set_offset = FF_NO_SET,
    FF_FIELDS(move_f) };

#define AT(member) offsetof(struct portions_new, member)
static const struct ff_field portions_new_f[] = {
    { "date",     FF_T_DATE, AT(date),     FF_F_REQUIRED, 0, 0, "business date, today or later", NULL, NULL },
    { "quantity", FF_T_INT,  AT(quantity), NULLABLE, 0, FF_PORTIONS_MAX,
      "in all, what is sold already included; null: no limit", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_portions_new = {
    .name = "PortionsNew", .size = sizeof(struct portions_new), .set_offset = FF_NO_SET,
    FF_FIELDS(portions_new_f) };

#define AT(member) offsetof(struct ff_portions, member)
static const struct ff_field portions_f[] = {
    { "productId", FF_T_INT,  AT(product_id), FF_F_REQUIRED, 1, INT64_MAX, "product", NULL, NULL },
    { "product",   FF_T_TEXT, AT(product),    FF_F_REQUIRED, 2, 100, "name of it", NULL, NULL },
    { "date",      FF_T_DATE, AT(date),       FF_F_REQUIRED, 0, 0, "business date", NULL, NULL },
    { "planned",   FF_T_INT,  AT(planned),    NULLABLE, 0, FF_PORTIONS_MAX,
      "in all; null: no limit", NULL, NULL },
    { "left",      FF_T_INT,  AT(left),       NULLABLE, 0, FF_PORTIONS_MAX,
      "still to be sold; 0: sold out; null: no limit", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_portions = {
    .name = "Portions", .size = sizeof(struct ff_portions), .set_offset = FF_NO_SET,
    FF_FIELDS(portions_f) };

#define AT(member) offsetof(struct ff_portions_today, member)
static const struct ff_field today_f[] = {
    { "date",     FF_T_DATE, AT(date),     FF_F_REQUIRED, 0, 0, "business date of now", NULL, NULL },
    { "portions", FF_T_LIST, AT(portions), FF_F_REQUIRED, 0, 0,
      "products with a limit today; others have none", &ff_schema_portions, NULL },
};
#undef AT
const struct ff_schema ff_schema_portions_today = {
    .name = "PortionsToday", .size = sizeof(struct ff_portions_today), .set_offset = FF_NO_SET,
    FF_FIELDS(today_f) };
/* clang-format on */

enum ff_rc ff_api_stock_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct stock_query *q = rq->query;
    const struct ff_stock_filter filter = {.page = q->list.page,
                                           .limit = q->list.limit,
                                           .q = q->list.q,
                                           .kind = q->kind,
                                           .low = q->low,
                                           .tracked = q->tracked};
    struct ff_list rows;
    struct ff_text text;
    int64_t total;
    enum ff_rc rc = rq->wants_csv ? ff_stock_export(rq->cx, &filter, &text)
                                  : ff_stock_list(rq->cx, &filter, &rows, &total);
    if (rc)
        return rc;
    if (rq->wants_csv) {
        ff_reply_csv(rp, &text);
        return FF_OK;
    }
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

enum ff_rc ff_api_stock_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_stock *stock = FF_NEW(rq->cx, struct ff_stock);
    if (!stock)
        return rq->cx->err.rc;
    rp->data = stock;
    return ff_stock_get(rq->cx, rq->id, stock);
}

enum ff_rc ff_api_stock_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_stock *stock = FF_NEW(rq->cx, struct ff_stock);
    if (!stock)
        return rq->cx->err.rc;
    rp->data = stock;
    return ff_stock_change(rq->cx, rq->id, rq->body, stock);
}

enum ff_rc ff_api_stock_moves(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    struct ff_list rows;
    int64_t total;
    enum ff_rc rc = ff_stock_list_moves(rq->cx, rq->id, q->list.page, q->list.limit, &rows, &total);
    if (rc)
        return rc;
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

/* The reply's struct, and the request's key if the route has one. */
static struct ff_stock_move *begin(struct ff_req *rq, struct ff_idem *idem)
{
    if (rq->idem_key)
        ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                     rq->raw, rq->raw_len, idem);
    return FF_NEW(rq->cx, struct ff_stock_move);
}

static enum ff_rc end(struct ff_req *rq, struct ff_reply *rp, enum ff_rc rc,
                      const struct ff_stock_move *m)
{
    rp->data = m;
    rp->replayed = m->replayed != 0;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/stock/%" PRId64 "/moves", rq->id);
    return rc;
}

enum ff_rc ff_api_stock_receive(struct ff_req *rq, struct ff_reply *rp)
{
    const struct stock_move_new *in = rq->body;
    struct ff_idem idem;
    struct ff_stock_move *m = begin(rq, &idem);
    if (!m)
        return rq->cx->err.rc;
    return end(rq, rp,
               ff_stock_receive(rq->cx, rq->id, in->quantity, in->unit_cost, in->reason, &idem, m),
               m);
}

enum ff_rc ff_api_stock_count(struct ff_req *rq, struct ff_reply *rp)
{
    const struct stock_move_new *in = rq->body;
    struct ff_stock_move *m = FF_NEW(rq->cx, struct ff_stock_move);
    if (!m)
        return rq->cx->err.rc;
    return end(rq, rp, ff_stock_count(rq->cx, rq->id, in->quantity, in->reason, m), m);
}

enum ff_rc ff_api_stock_shrinkage(struct ff_req *rq, struct ff_reply *rp)
{
    const struct stock_move_new *in = rq->body;
    struct ff_idem idem;
    struct ff_stock_move *m = begin(rq, &idem);
    if (!m)
        return rq->cx->err.rc;
    return end(rq, rp, ff_stock_shrink(rq->cx, rq->id, in->quantity, in->reason, &idem, m), m);
}

enum ff_rc ff_api_stock_import(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_import_result *result = FF_NEW(rq->cx, struct ff_import_result);
    if (!result)
        return rq->cx->err.rc;
    const struct ff_import_file file = ff_import_file_of(rq);
    rp->data = result;
    return ff_stock_import(rq->cx, &file, result);
}

enum ff_rc ff_api_portions_set(struct ff_req *rq, struct ff_reply *rp)
{
    const struct portions_new *in = rq->body;
    struct ff_portions *p = FF_NEW(rq->cx, struct ff_portions);
    if (!p)
        return rq->cx->err.rc;
    rp->data = p;
    return ff_portions_set(rq->cx, rq->id, in->date, in->quantity, p);
}

enum ff_rc ff_api_kiosk_portions(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_portions_today *today = FF_NEW(rq->cx, struct ff_portions_today);
    if (!today)
        return rq->cx->err.rc;
    rp->data = today;
    return ff_portions_list(rq->cx, today);
}
