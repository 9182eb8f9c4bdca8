/* SPDX-License-Identifier: MIT */
/* badge_api.c - badges of people, day cards, and a badge that is linked at a kiosk. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "domain/people/badge.h"

struct badge_new {
    const char *badge, *label;
};

struct badge_link {
    const char *code, *badge;
};

struct badge_linked {
    const char *name;
};

struct loan {
    int64_t employee_id;
};

/* clang-format off */
enum { MAYBE_NULL = FF_F_REQUIRED | FF_F_NULLABLE };

static const char *const kinds[] = { "own", "day", NULL };
static const char *const states[] = { "active", "blocked", NULL };

#define AT(member) offsetof(struct ff_badge, member)
static const struct ff_field badge_f[] = {
    { "id",         FF_T_INT,     AT(id),          FF_F_REQUIRED, 1, INT64_MAX, "badge", NULL, NULL },
    { "employeeId", FF_T_INT,     AT(employee_id), FF_F_REQUIRED, 1, INT64_MAX,
      "whose it is", NULL, NULL },
    { "label",      FF_T_TEXT,    AT(label),       FF_F_REQUIRED, 0, 60,
      "to tell several apart", NULL, NULL },
    { "kind",       FF_T_ENUM,    AT(kind),        FF_F_REQUIRED, 0, 0,
      "day: a lent day card", NULL, kinds },
    { "state",      FF_T_ENUM,    AT(state),       FF_F_REQUIRED, 0, 0,
      "blocked: nobody identifies by it", NULL, states },
    { "createdAt",  FF_T_INSTANT, AT(created_at),  FF_F_REQUIRED, 0, 0, "given at", NULL, NULL },
    { "lastUsedAt", FF_T_INSTANT, AT(used_at),     MAYBE_NULL, 0, 0,
      "last held to a reader, to the hour", NULL, NULL },
    { "expiresAt",  FF_T_INSTANT, AT(expires_at),  MAYBE_NULL, 0, 0,
      "end of a loan", NULL, NULL },
};
#undef AT

#define BADGE(type) { "badge", FF_T_SECRET, offsetof(type, badge), FF_F_REQUIRED, 1, 64,           \
                      "what the reader types", NULL, NULL }
static const struct ff_field badge_new_f[] = {
    BADGE(struct badge_new),
    { "label", FF_T_NAME, offsetof(struct badge_new, label), 0, 1, 60, "to tell several apart",
      NULL, NULL },
};
static const struct ff_field code_f[] = {
    { "code",      FF_T_TEXT,    offsetof(struct ff_badge_code, code),       FF_F_REQUIRED, 14, 14,
      "to be typed at a kiosk; shown this once", NULL, NULL },
    { "expiresAt", FF_T_INSTANT, offsetof(struct ff_badge_code, expires_at), FF_F_REQUIRED, 0, 0,
      "good until", NULL, NULL },
};
static const struct ff_field link_f[] = {
    { "code", FF_T_SECRET, offsetof(struct badge_link, code), FF_F_REQUIRED, 1, 64,
      "from the manager", NULL, NULL },
    BADGE(struct badge_link),
};
static const struct ff_field linked_f[] = {
    { "name", FF_T_TEXT, offsetof(struct badge_linked, name), FF_F_REQUIRED, 1, 100,
      "whose badge it is now", NULL, NULL },
};

#define AT(member) offsetof(struct ff_day_card, member)
#define LABEL(type)                                                                                \
    { "label", FF_T_NAME, offsetof(type, label), FF_F_REQUIRED, 1, 60,                             \
      "number or name that stands on it, unique", NULL, NULL }
static const struct ff_field card_f[] = {
    { "id",         FF_T_INT,     AT(id),          FF_F_REQUIRED, 1, INT64_MAX, "card", NULL, NULL },
    LABEL(struct ff_day_card),
    { "lent",       FF_T_BOOL,    AT(lent),        FF_F_REQUIRED, 0, 0, "somebody has it", NULL, NULL },
    { "employeeId", FF_T_INT,     AT(employee_id), MAYBE_NULL, 1, INT64_MAX,
      "who has it, of one's own people", NULL, NULL },
    { "employee",   FF_T_TEXT,    AT(employee),    MAYBE_NULL, 1, 100, "their name", NULL, NULL },
    { "expiresAt",  FF_T_INSTANT, AT(expires_at),  MAYBE_NULL, 0, 0, "end of the loan", NULL, NULL },
    { "lastUsedAt", FF_T_INSTANT, AT(used_at),     MAYBE_NULL, 0, 0,
      "last held to a reader, to the hour", NULL, NULL },
};
#undef AT
static const struct ff_field card_new_f[] = {
    LABEL(struct badge_new),
    BADGE(struct badge_new),
};
static const struct ff_field loan_f[] = {
    { "employeeId", FF_T_INT, offsetof(struct loan, employee_id), FF_F_REQUIRED, 1, INT64_MAX,
      "who gets it", NULL, NULL },
};

#define SCHEMA(variable, title, type, fields)                                                      \
    const struct ff_schema variable = { .name = title, .size = sizeof(type),                       \
                                        .set_offset = FF_NO_SET, FF_FIELDS(fields) }
SCHEMA(ff_schema_badge, "Badge", struct ff_badge, badge_f);
SCHEMA(ff_schema_badge_new, "BadgeNew", struct badge_new, badge_new_f);
SCHEMA(ff_schema_badge_code, "BadgeCode", struct ff_badge_code, code_f);
SCHEMA(ff_schema_badge_link, "BadgeLink", struct badge_link, link_f);
SCHEMA(ff_schema_badge_linked, "BadgeLinked", struct badge_linked, linked_f);
SCHEMA(ff_schema_day_card, "DayCard", struct ff_day_card, card_f);
SCHEMA(ff_schema_day_card_new, "DayCardNew", struct badge_new, card_new_f);
SCHEMA(ff_schema_day_card_loan, "DayCardLoan", struct loan, loan_f);
/* clang-format on */

static enum ff_rc list_reply(const struct ff_req *rq, const struct ff_list *list, int64_t total,
                             struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    rp->data = list->items;
    rp->n = list->n;
    rp->page = ff_page_of(q, total);
    return FF_OK;
}

enum ff_rc ff_api_badge_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list badges;
    int64_t total;
    enum ff_rc rc = ff_badge_list(rq->cx, rq->id, q->page, q->limit, &badges, &total);
    return rc ? rc : list_reply(rq, &badges, total, rp);
}

enum ff_rc ff_api_badge_add(struct ff_req *rq, struct ff_reply *rp)
{
    const struct badge_new *in = rq->body;
    struct ff_badge *badge = FF_NEW(rq->cx, struct ff_badge);
    if (!badge)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_badge_add(rq->cx, rq->id, in->badge, in->label, badge);
    rp->data = badge;
    rp->location_id = badge->id;
    return rc;
}

static enum ff_rc set_state(struct ff_req *rq, struct ff_reply *rp, bool is_blocked)
{
    struct ff_badge *badge = FF_NEW(rq->cx, struct ff_badge);
    if (!badge)
        return rq->cx->err.rc;
    rp->data = badge;
    return ff_badge_block(rq->cx, rq->id, rq->sub_id, is_blocked, badge);
}

enum ff_rc ff_api_badge_block(struct ff_req *rq, struct ff_reply *rp)
{
    return set_state(rq, rp, true);
}

enum ff_rc ff_api_badge_unblock(struct ff_req *rq, struct ff_reply *rp)
{
    return set_state(rq, rp, false);
}

enum ff_rc ff_api_badge_remove(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_badge_remove(rq->cx, rq->id, rq->sub_id);
}

enum ff_rc ff_api_badge_code(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_badge_code *code = FF_NEW(rq->cx, struct ff_badge_code);
    if (!code)
        return rq->cx->err.rc;
    rp->data = code;
    return ff_badge_code(rq->cx, rq->id, code);
}

enum ff_rc ff_api_badge_link(struct ff_req *rq, struct ff_reply *rp)
{
    const struct badge_link *in = rq->body;
    struct badge_linked *linked = FF_NEW(rq->cx, struct badge_linked);
    if (!linked)
        return rq->cx->err.rc;
    rp->data = linked;
    return ff_badge_link(rq->cx, in->code, in->badge, &linked->name);
}

enum ff_rc ff_api_day_card_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_query *q = rq->query;
    struct ff_list cards;
    int64_t total;
    enum ff_rc rc = ff_day_card_list(rq->cx, q->page, q->limit, &cards, &total);
    return rc ? rc : list_reply(rq, &cards, total, rp);
}

enum ff_rc ff_api_day_card_add(struct ff_req *rq, struct ff_reply *rp)
{
    const struct badge_new *in = rq->body;
    struct ff_day_card *card = FF_NEW(rq->cx, struct ff_day_card);
    if (!card)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_day_card_add(rq->cx, in->label, in->badge, card);
    rp->data = card;
    rp->location_id = card->id;
    return rc;
}

enum ff_rc ff_api_day_card_lend(struct ff_req *rq, struct ff_reply *rp)
{
    const struct loan *in = rq->body;
    struct ff_day_card *card = FF_NEW(rq->cx, struct ff_day_card);
    if (!card)
        return rq->cx->err.rc;
    rp->data = card;
    return ff_day_card_lend(rq->cx, rq->id, in->employee_id, card);
}

enum ff_rc ff_api_day_card_return(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_day_card_return(rq->cx, rq->id);
}

enum ff_rc ff_api_day_card_remove(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_day_card_remove(rq->cx, rq->id);
}
