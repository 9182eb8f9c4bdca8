/* SPDX-License-Identifier: MIT */
/* counter_api.c - the stop switch, the message to all kiosks, closed days. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/site/counter.h"

struct stop {
    const char *message;
};

struct notice {
    const char *text;
    int64_t until;
};

struct day_args {
    struct ff_list_query list;
    const char *from;
};

struct day_name {
    const char *name;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

#define AT(member) offsetof(struct ff_counter, member)
static const struct ff_field counter_f[] = {
    { "selling",     FF_T_BOOL,    AT(selling),      FF_F_REQUIRED, 0, 0,
      "false: every purchase is refused", NULL, NULL },
    { "stopMessage", FF_T_TEXT,    AT(stop_message), NULLABLE, 1, FF_COUNTER_TEXT_CHARS,
      "why nothing is sold", NULL, NULL },
    { "stoppedAt",   FF_T_INSTANT, AT(stopped_at),   NULLABLE, 0, 0,
      "since when; null: selling", NULL, NULL },
    { "notice",      FF_T_TEXT,    AT(notice),       NULLABLE, 1, FF_COUNTER_TEXT_CHARS,
      "what all kiosks say", NULL, NULL },
    { "noticeUntil", FF_T_INSTANT, AT(notice_until), NULLABLE, 0, 0,
      "until when; null: for good", NULL, NULL },
    { "closedToday", FF_T_TEXT,    AT(closed_today), NULLABLE, 1, FF_CLOSED_NAME_CHARS,
      "name of the closed day that today is", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_counter = {
    .name = "Counter", .size = sizeof(struct ff_counter), .set_offset = FF_NO_SET,
    FF_FIELDS(counter_f) };

static const struct ff_field stop_f[] = {
    { "message", FF_T_TEXT, offsetof(struct stop, message), FF_F_NULLABLE, 1, FF_COUNTER_TEXT_CHARS,
      "why, for whoever wants to buy", NULL, NULL },
};
const struct ff_schema ff_schema_counter_stop = {
    .name = "CounterStop", .size = sizeof(struct stop), .set_offset = FF_NO_SET,
    FF_FIELDS(stop_f) };

static const struct ff_field notice_f[] = {
    { "text",  FF_T_TEXT,    offsetof(struct notice, text),  NULLABLE, 1, FF_COUNTER_TEXT_CHARS,
      "what all kiosks say; null: nothing", NULL, NULL },
    { "until", FF_T_INSTANT, offsetof(struct notice, until), FF_F_NULLABLE, 0, 0,
      "until when; absent or null: for good", NULL, NULL },
};
const struct ff_schema ff_schema_counter_notice = {
    .name = "CounterNotice", .size = sizeof(struct notice), .set_offset = FF_NO_SET,
    FF_FIELDS(notice_f) };

static const struct ff_field day_query_f[] = {
    FF_PAGE_FIELDS(struct day_args),
    { "from", FF_T_DATE, offsetof(struct day_args, from), 0, 0, 0,
      "only from this date on", NULL, NULL },
};
const struct ff_schema ff_schema_closed_day_query = {
    .name = "ClosedDayQuery", .size = sizeof(struct day_args), .set_offset = FF_NO_SET,
    FF_FIELDS(day_query_f) };

static const struct ff_field day_name_f[] = {
    { "name", FF_T_NAME, offsetof(struct day_name, name), FF_F_REQUIRED, 1, FF_CLOSED_NAME_CHARS,
      "why nothing is sold", NULL, NULL },
};
const struct ff_schema ff_schema_closed_day_name = {
    .name = "ClosedDayName", .size = sizeof(struct day_name), .set_offset = FF_NO_SET,
    FF_FIELDS(day_name_f) };

static const struct ff_field day_f[] = {
    { "date", FF_T_DATE, offsetof(struct ff_closed_day, date), FF_F_REQUIRED, 0, 0,
      "business date", NULL, NULL },
    { "name", FF_T_TEXT, offsetof(struct ff_closed_day, name), FF_F_REQUIRED, 1,
      FF_CLOSED_NAME_CHARS, "why nothing is sold", NULL, NULL },
};
const struct ff_schema ff_schema_closed_day = {
    .name = "ClosedDay", .size = sizeof(struct ff_closed_day), .set_offset = FF_NO_SET,
    FF_FIELDS(day_f) };
/* clang-format on */

/* As it is after the change, when that went well. */
static enum ff_rc answer(struct ff_req *rq, struct ff_reply *rp, enum ff_rc rc)
{
    struct ff_counter *c = rc ? NULL : FF_NEW(rq->cx, struct ff_counter);
    rp->data = c;
    return c ? ff_counter_get(rq->cx, c) : rq->cx->err.rc;
}

enum ff_rc ff_api_counter_get(struct ff_req *rq, struct ff_reply *rp)
{
    return answer(rq, rp, FF_OK);
}

enum ff_rc ff_api_counter_stop(struct ff_req *rq, struct ff_reply *rp)
{
    const struct stop *in = rq->body;
    return answer(rq, rp, ff_counter_stop(rq->cx, in ? in->message : NULL));
}

enum ff_rc ff_api_counter_start(struct ff_req *rq, struct ff_reply *rp)
{
    return answer(rq, rp, ff_counter_start(rq->cx));
}

enum ff_rc ff_api_counter_notice(struct ff_req *rq, struct ff_reply *rp)
{
    const struct notice *in = rq->body;
    return answer(rq, rp, ff_counter_notice(rq->cx, in->text, in->until));
}

enum ff_rc ff_api_closed_day_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct day_args *q = rq->query;
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_closed_day_list(rq->cx, q->from, q->list.page, q->list.limit, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

enum ff_rc ff_api_closed_day_put(struct ff_req *rq, struct ff_reply *rp)
{
    const struct day_name *in = rq->body;
    struct ff_closed_day *d = FF_NEW(rq->cx, struct ff_closed_day);
    rp->data = d;
    return d ? ff_closed_day_put(rq->cx, rq->key, in->name, d) : rq->cx->err.rc;
}

enum ff_rc ff_api_closed_day_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_closed_day_delete(rq->cx, rq->key);
}
