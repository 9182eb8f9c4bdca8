/* SPDX-License-Identifier: MIT */
/* menu_api.c - serving windows and the menu's calendar. */
#include <inttypes.h>
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/menu/menu.h"
#include "domain/stock/stock.h"

struct menu_query {
    const char *from, *to;
};
struct menu_new {
    struct ff_list entries;
};
struct menu_copy {
    const char *from, *to;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

/* ---- windows ---- */
FF_LIST_ARGS_SCHEMA(ff_schema_window_query, "WindowQuery", "from, name, id");

#define AT(member) offsetof(struct ff_serving_window, member)
static const struct ff_field window_f[] = {
    { "id",       FF_T_INT,   AT(id),       FF_F_REQUIRED, 1, INT64_MAX, "window", NULL, NULL },
    { "name",     FF_T_TEXT,  AT(name),     FF_F_REQUIRED, 1, 60, "unique", NULL, NULL },
    { "from",     FF_T_TEXT,  AT(from),     FF_F_REQUIRED, 5, 5, "on the site's clock, 11:30", NULL, NULL },
    { "to",       FF_T_TEXT,  AT(to),       FF_F_REQUIRED, 5, 5, "no longer part of it", NULL, NULL },
    { "weekdays", FF_T_FLAGS, AT(weekdays), FF_F_REQUIRED, 0, 0, "on which days", NULL, ff_weekdays },
    FF_VERSION_FIELD(struct ff_serving_window),
};
#undef AT
const struct ff_schema ff_schema_window = {
    .name = "ServingWindow", .size = sizeof(struct ff_serving_window), .set_offset = FF_NO_SET,
    FF_FIELDS(window_f) };

#define AT(member) offsetof(struct ff_window_in, member)
#define WINDOW_IN(needed)                                                                          \
    [FF_WINDOW_NAME]     = { "name",     FF_T_NAME,  AT(name),     needed, 1, 60,                  \
                             "unique whatever its case and accents", NULL, NULL },                 \
    [FF_WINDOW_FROM]     = { "from",     FF_T_TEXT,  AT(from),     needed, 5, 5,                   \
                             "on the site's clock, 11:30", NULL, NULL },                           \
    [FF_WINDOW_TO]       = { "to",       FF_T_TEXT,  AT(to),       needed, 5, 5,                   \
                             "14:00: up to then; within the same business day", NULL, NULL },      \
    [FF_WINDOW_WEEKDAYS] = { "weekdays", FF_T_FLAGS, AT(weekdays), 0, 0, 0,                        \
                             "on which days; every day when absent", NULL, ff_weekdays }
static const struct ff_field window_new_f[] = { WINDOW_IN(FF_F_REQUIRED) };
static const struct ff_field window_patch_f[] = { WINDOW_IN(0) };
const struct ff_schema ff_schema_window_new = {
    .name = "ServingWindowNew", .size = sizeof(struct ff_window_in), .set_offset = AT(set),
    FF_FIELDS(window_new_f) };
const struct ff_schema ff_schema_window_patch = {
    .name = "ServingWindowPatch", .size = sizeof(struct ff_window_in), .set_offset = AT(set),
    FF_FIELDS(window_patch_f) };
#undef AT

/* ---- the calendar ---- */
#define AT(member) offsetof(struct menu_query, member)
static const struct ff_field query_f[] = {
    { "from", FF_T_DATE, AT(from), 0, 0, 0,
      "business date, from this one on; with to, else the week of now from Monday", NULL, NULL },
    { "to",   FF_T_DATE, AT(to),   0, 0, 0,
      "business date, before this one; at most 31 days later", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_menu_query = {
    .name = "MenuQuery", .size = sizeof(struct menu_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

#define AT(member) offsetof(struct ff_menu_item, member)
static const struct ff_field item_f[] = {
    { "productId", FF_T_INT,   AT(product_id), FF_F_REQUIRED, 1, INT64_MAX, "product", NULL, NULL },
    { "product",   FF_T_TEXT,  AT(product),    FF_F_REQUIRED, 2, 100, "name of it", NULL, NULL },
    { "price",     FF_T_MONEY, AT(price),      FF_F_REQUIRED, 1, FF_MONEY_PRICE_MAX, "of now", NULL, NULL },
    { "portions",  FF_T_INT,   AT(planned),    NULLABLE, 0, FF_PORTIONS_MAX,
      "of the whole day; null: no limit", NULL, NULL },
    { "left",      FF_T_INT,   AT(left),       NULLABLE, 0, FF_PORTIONS_MAX,
      "still to be sold; null: no limit", NULL, NULL },
};
#undef AT
static const struct ff_schema item = {
    .name = "MenuItem", .size = sizeof(struct ff_menu_item), .set_offset = FF_NO_SET,
    FF_FIELDS(item_f) };

#define AT(member) offsetof(struct ff_menu_window, member)
static const struct ff_field in_window_f[] = {
    { "windowId", FF_T_INT,  AT(window_id), FF_F_REQUIRED, 1, INT64_MAX, "window", NULL, NULL },
    { "window",   FF_T_TEXT, AT(name),      FF_F_REQUIRED, 1, 60, "name of it", NULL, NULL },
    { "from",     FF_T_TEXT, AT(from),      FF_F_REQUIRED, 5, 5, "on the site's clock", NULL, NULL },
    { "to",       FF_T_TEXT, AT(to),        FF_F_REQUIRED, 5, 5, "no longer part of it", NULL, NULL },
    { "open",     FF_T_BOOL, AT(open),      FF_F_REQUIRED, 0, 0, "now", NULL, NULL },
    { "items",    FF_T_LIST, AT(items),     FF_F_REQUIRED, 1, FF_MENU_ENTRIES,
      "what is served", &item, NULL },
};
#undef AT
static const struct ff_schema in_window = {
    .name = "MenuWindow", .size = sizeof(struct ff_menu_window), .set_offset = FF_NO_SET,
    FF_FIELDS(in_window_f) };

#define AT(member) offsetof(struct ff_menu_day, member)
static const struct ff_field day_f[] = {
    { "date",    FF_T_DATE, AT(date),    FF_F_REQUIRED, 0, 0, "business date", NULL, NULL },
    { "windows", FF_T_LIST, AT(windows), FF_F_REQUIRED, 1, FF_MENU_ENTRIES,
      "in the order of the day", &in_window, NULL },
};
#undef AT
static const struct ff_schema day = {
    .name = "MenuDay", .size = sizeof(struct ff_menu_day), .set_offset = FF_NO_SET,
    FF_FIELDS(day_f) };

#define AT(member) offsetof(struct ff_menu, member)
static const struct ff_field menu_f[] = {
    { "from", FF_T_DATE, AT(from), FF_F_REQUIRED, 0, 0, "from this business date on", NULL, NULL },
    { "to",   FF_T_DATE, AT(to),   FF_F_REQUIRED, 0, 0, "before this one", NULL, NULL },
    { "days", FF_T_LIST, AT(days), FF_F_REQUIRED, 0, FF_MENU_DAYS,
      "days that have a menu", &day, NULL },
};
#undef AT
const struct ff_schema ff_schema_menu = {
    .name = "Menu", .size = sizeof(struct ff_menu), .set_offset = FF_NO_SET, FF_FIELDS(menu_f) };

#define AT(member) offsetof(struct ff_menu_entry, member)
static const struct ff_field entry_f[] = {
    { "windowId",  FF_T_INT, AT(window_id),  FF_F_REQUIRED, 1, INT64_MAX, "when", NULL, NULL },
    { "productId", FF_T_INT, AT(product_id), FF_F_REQUIRED, 1, INT64_MAX, "what", NULL, NULL },
    { "portions",  FF_T_INT, AT(portions),   FF_F_NULLABLE, 0, FF_PORTIONS_MAX,
      "limits what is sold of it on this day; as it is when absent", NULL, NULL },
};
#undef AT
static const struct ff_schema entry = {
    .name = "MenuEntryNew", .size = sizeof(struct ff_menu_entry), .set_offset = FF_NO_SET,
    FF_FIELDS(entry_f) };

static const struct ff_field menu_new_f[] = {
    { "entries", FF_T_LIST, offsetof(struct menu_new, entries), FF_F_REQUIRED, 0, FF_MENU_ENTRIES,
      "the whole menu of the day; none: nothing is served", &entry, NULL },
};
const struct ff_schema ff_schema_menu_new = {
    .name = "MenuNew", .size = sizeof(struct menu_new), .set_offset = FF_NO_SET,
    FF_FIELDS(menu_new_f) };

#define AT(member) offsetof(struct menu_copy, member)
static const struct ff_field copy_f[] = {
    { "from", FF_T_DATE, AT(from), FF_F_REQUIRED, 0, 0, "first of the seven days", NULL, NULL },
    { "to",   FF_T_DATE, AT(to),   FF_F_REQUIRED, 0, 0,
      "the same day of another week, today or later", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_menu_copy = {
    .name = "MenuCopy", .size = sizeof(struct menu_copy), .set_offset = FF_NO_SET,
    FF_FIELDS(copy_f) };
/* clang-format on */

/* ---- windows ---- */

enum ff_rc ff_api_window_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    const struct ff_list_filter filter = ff_filter_of(&q->list);
    struct ff_list windows;
    int64_t total;
    enum ff_rc rc = ff_window_list(rq->cx, &filter, &windows, &total);
    if (rc)
        return rc;
    rp->data = windows.items;
    rp->n = windows.n;
    rp->page = ff_page_of(&q->list, total);
    return FF_OK;
}

static enum ff_rc answer_window(struct ff_req *rq, struct ff_reply *rp, enum ff_rc rc,
                                const struct ff_serving_window *w)
{
    rp->data = w;
    rp->location_id = w->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, w->version);
    return rc;
}

enum ff_rc ff_api_window_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_serving_window *w = FF_NEW(rq->cx, struct ff_serving_window);
    if (!w)
        return rq->cx->err.rc;
    return answer_window(rq, rp, ff_window_get(rq->cx, rq->id, w), w);
}

enum ff_rc ff_api_window_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_serving_window *w = FF_NEW(rq->cx, struct ff_serving_window);
    if (!w)
        return rq->cx->err.rc;
    return answer_window(rq, rp, ff_window_create(rq->cx, rq->body, w), w);
}

enum ff_rc ff_api_window_change(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_serving_window *w = FF_NEW(rq->cx, struct ff_serving_window);
    if (!w)
        return rq->cx->err.rc;
    return answer_window(rq, rp, ff_window_change(rq->cx, rq->id, rq->if_match, rq->body, w), w);
}

enum ff_rc ff_api_window_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_window_delete(rq->cx, rq->id, rq->if_match);
}

/* ---- the calendar ---- */

enum ff_rc ff_api_menu_get(struct ff_req *rq, struct ff_reply *rp)
{
    const struct menu_query *q = rq->query;
    struct ff_menu *menu = FF_NEW(rq->cx, struct ff_menu);
    struct ff_text text;
    if (!menu)
        return rq->cx->err.rc;
    rp->data = menu;
    if (!rq->wants_csv)
        return ff_menu_read(rq->cx, q->from, q->to, menu);
    enum ff_rc rc = ff_menu_export(rq->cx, q->from, q->to, &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_menu_set(struct ff_req *rq, struct ff_reply *rp)
{
    const struct menu_new *in = rq->body;
    struct ff_menu *menu = FF_NEW(rq->cx, struct ff_menu);
    if (!menu)
        return rq->cx->err.rc;
    rp->data = menu;
    return ff_menu_set(rq->cx, rq->key, &in->entries, menu);
}

enum ff_rc ff_api_menu_copy(struct ff_req *rq, struct ff_reply *rp)
{
    const struct menu_copy *in = rq->body;
    struct ff_menu *menu = FF_NEW(rq->cx, struct ff_menu);
    if (!menu)
        return rq->cx->err.rc;
    rp->data = menu;
    return ff_menu_copy(rq->cx, in->from, in->to, menu);
}

enum ff_rc ff_api_menu_import(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_import_result *result = FF_NEW(rq->cx, struct ff_import_result);
    if (!result)
        return rq->cx->err.rc;
    const struct ff_import_file file = ff_import_file_of(rq);
    rp->data = result;
    return ff_menu_import(rq->cx, &file, result);
}
