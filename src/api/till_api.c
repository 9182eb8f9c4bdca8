/* SPDX-License-Identifier: MIT */
/* till_api.c - cash drawers: open, look, count. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/ledger/till.h"

enum { REASON_CHARS = 200 };

struct till_args {
    struct ff_list_query list;
    const char *state;
};

struct till_new {
    const char *name;
    int64_t float_minor;
};

struct till_counted {
    int64_t counted;
    const char *reason;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

static const struct ff_field query_f[] = {
    FF_PAGE_FIELDS(struct till_args),
    { "state", FF_T_ENUM, offsetof(struct till_args, state), 0, 0, 0,
      "only these; all when absent", NULL, ff_till_states },
};
const struct ff_schema ff_schema_till_query = {
    .name = "TillQuery", .size = sizeof(struct till_args), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

static const struct ff_field new_f[] = {
    { "name",  FF_T_NAME,  offsetof(struct till_new, name),        FF_F_REQUIRED,
      1, FF_TILL_NAME_CHARS, "of the drawer; not \"main\"", NULL, NULL },
    { "float", FF_T_MONEY, offsetof(struct till_new, float_minor), FF_F_REQUIRED,
      0, FF_MONEY_TOTAL_MAX, "what is in it to begin with", NULL, NULL },
};
const struct ff_schema ff_schema_till_new = {
    .name = "TillNew", .size = sizeof(struct till_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };

static const struct ff_field counted_f[] = {
    { "counted", FF_T_MONEY, offsetof(struct till_counted, counted), FF_F_REQUIRED,
      0, FF_MONEY_WALLET_MAX, "what is in it now", NULL, NULL },
    { "reason",  FF_T_TEXT,  offsetof(struct till_counted, reason),  FF_F_NULLABLE,
      1, REASON_CHARS, "why it is not what should be there; a must when it is not", NULL, NULL },
};
const struct ff_schema ff_schema_till_counted = {
    .name = "TillCounted", .size = sizeof(struct till_counted), .set_offset = FF_NO_SET,
    FF_FIELDS(counted_f) };

#define AT(name) offsetof(struct ff_till_movement, name)
static const struct ff_field movement_f[] = {
    { "journalId",  FF_T_INT,     AT(id),          FF_F_REQUIRED, 1, INT64_MAX,
      "booking", NULL, NULL },
    { "kind",       FF_T_TEXT,    AT(kind),        FF_F_REQUIRED, 1, 20,
      "topup, payout, void, transfer (float, return) or adjust (difference)", NULL, NULL },
    { "recordedAt", FF_T_INSTANT, AT(recorded_at), FF_F_REQUIRED, 0, 0, "booked at", NULL, NULL },
    { "amount",     FF_T_MONEY,   AT(amount),      FF_F_REQUIRED, 0, 0,
      "what the drawer got; below 0: what it gave", NULL, NULL },
    { "bookedBy",   FF_T_TEXT,    AT(booked_by),   NULLABLE, 1, 100,
      "name of the user; null: the command line", NULL, NULL },
};
#undef AT
static const struct ff_schema movement_schema = {
    .name = "TillMovement", .size = sizeof(struct ff_till_movement), .set_offset = FF_NO_SET,
    FF_FIELDS(movement_f) };

#define AT(name) offsetof(struct ff_till, name)
static const struct ff_field till_f[] = {
    { "id",           FF_T_INT,     AT(id),             FF_F_REQUIRED, 1, INT64_MAX,
      "this opening of the drawer", NULL, NULL },
    { "name",         FF_T_TEXT,    AT(name),           FF_F_REQUIRED, 1, FF_TILL_NAME_CHARS,
      "of the drawer", NULL, NULL },
    { "state",        FF_T_ENUM,    AT(state),          FF_F_REQUIRED, 0, 0,
      "open, or counted and closed", NULL, ff_till_states },
    { "float",        FF_T_MONEY,   AT(float_minor),    FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what it began with", NULL, NULL },
    { "openedBy",     FF_T_INT,     AT(opened_by),      NULLABLE, 1, INT64_MAX,
      "user; null: the command line", NULL, NULL },
    { "openedByName", FF_T_TEXT,    AT(opened_by_name), NULLABLE, 1, 100,
      "that user's name", NULL, NULL },
    { "openedAt",     FF_T_INSTANT, AT(opened_at),      FF_F_REQUIRED, 0, 0, "opened at", NULL, NULL },
    { "expected",     FF_T_MONEY,   AT(expected),       FF_F_REQUIRED, 0, 0,
      "the float and all that went through it", NULL, NULL },
    { "counted",      FF_T_MONEY,   AT(counted),        NULLABLE, 0, FF_MONEY_WALLET_MAX,
      "what was in it at the end; null: open", NULL, NULL },
    { "difference",   FF_T_MONEY,   AT(difference),     NULLABLE, 0, 0,
      "counted less expected; below 0: short", NULL, NULL },
    { "reason",       FF_T_TEXT,    AT(reason),         NULLABLE, 1, REASON_CHARS,
      "why there was a difference", NULL, NULL },
    { "closedBy",     FF_T_INT,     AT(closed_by),      NULLABLE, 1, INT64_MAX,
      "user; null: open, or the command line", NULL, NULL },
    { "closedByName", FF_T_TEXT,    AT(closed_by_name), NULLABLE, 1, 100,
      "that user's name", NULL, NULL },
    { "closedAt",     FF_T_INSTANT, AT(closed_at),      NULLABLE, 0, 0,
      "counted at; null: open", NULL, NULL },
    { "movements",    FF_T_LIST,    AT(movements),      FF_F_REQUIRED, 0, FF_TILL_MOVEMENTS_MAX,
      "what went through it, oldest first, at most 1000; empty in lists", &movement_schema, NULL },
    { "replayed",     FF_T_BOOL,    AT(replayed),       FF_F_REQUIRED, 0, 0,
      "this was done before and is told again", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_till = {
    .name = "Till", .size = sizeof(struct ff_till), .set_offset = FF_NO_SET, FF_FIELDS(till_f) };
/* clang-format on */

enum ff_rc ff_api_till_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct till_args *q = rq->query;
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_till_list(rq->cx, q->state, q->list.page, q->list.limit, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

enum ff_rc ff_api_till_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_till *t = FF_NEW(rq->cx, struct ff_till);
    rp->data = t;
    return t ? ff_till_get(rq->cx, rq->id, t) : rq->cx->err.rc;
}

/* The request's key with a fingerprint of all that was asked. */
static void make_idem(struct ff_req *rq, struct ff_idem *idem)
{
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                 rq->raw, rq->raw_len, idem);
}

enum ff_rc ff_api_till_open(struct ff_req *rq, struct ff_reply *rp)
{
    const struct till_new *in = rq->body;
    struct ff_idem idem;
    struct ff_till *t = FF_NEW(rq->cx, struct ff_till);
    if (!t)
        return rq->cx->err.rc;
    make_idem(rq, &idem);
    enum ff_rc rc = ff_till_open(rq->cx, in->name, in->float_minor, &idem, t);
    rp->data = t;
    rp->replayed = t->replayed != 0;
    rp->location_id = t->id;
    return rc;
}

enum ff_rc ff_api_till_count(struct ff_req *rq, struct ff_reply *rp)
{
    const struct till_counted *in = rq->body;
    struct ff_idem idem;
    struct ff_till *t = FF_NEW(rq->cx, struct ff_till);
    if (!t)
        return rq->cx->err.rc;
    make_idem(rq, &idem);
    enum ff_rc rc = ff_till_count(rq->cx, rq->id, in->counted, in->reason, &idem, t);
    rp->data = t;
    rp->replayed = t->replayed != 0;
    return rc;
}
