/* SPDX-License-Identifier: MIT */
/* kiosk_api.c - pairing a kiosk, and a person's visit at it. */
#include <inttypes.h>
#include <stddef.h>

#include "api/cookie.h"
#include "api/handlers.h"
#include "api/schemas.h"
#include "domain/identity/device.h"
#include "domain/identity/kiosk.h"
#include "domain/purchase/purchase.h"

struct pair {
    const char *code;
};

struct claim {
    const char *secret;
};

/* 400 days: the longest that browsers keep a cookie. */
static const struct ff_cookie_rule device_cookie = {
    .name = "ff_device", .path = "/api/v1", .max_age_s = 34560000};

/* clang-format off */
static const struct ff_field pair_f[] = {
    { "code", FF_T_SECRET, offsetof(struct pair, code), FF_F_REQUIRED, 1, 64,
      "pairing code, as shown or typed", NULL, NULL },
};
static const struct ff_field paired_f[] = {
    { "id",   FF_T_INT,  offsetof(struct ff_paired, id),   FF_F_REQUIRED, 1, INT64_MAX, "kiosk",
      NULL, NULL },
    { "name", FF_T_TEXT, offsetof(struct ff_paired, name), FF_F_REQUIRED, 1, 60, "its name",
      NULL, NULL },
};
#define AT(member) offsetof(struct ff_pair_request, member)
static const struct ff_field request_f[] = {
    { "code",        FF_T_TEXT, AT(code),         FF_F_REQUIRED, 9, 9,
      "to be shown, for an administrator to confirm", NULL, NULL },
    { "secret",      FF_T_TEXT, AT(secret),       FF_F_REQUIRED, 43, 43,
      "to be kept in the page, for the claim", NULL, NULL },
    { "expiresIn",   FF_T_INT,  AT(expires_in),   FF_F_REQUIRED, 1, 600,
      "seconds the code is good for", NULL, NULL },
    { "pollSeconds", FF_T_INT,  AT(poll_seconds), FF_F_REQUIRED, 1, 60,
      "between two claims", NULL, NULL },
};
#undef AT
static const struct ff_field claim_f[] = {
    { "secret", FF_T_SECRET, offsetof(struct claim, secret), FF_F_REQUIRED, 1, 64,
      "of the request", NULL, NULL },
};
static const char *const claim_states[] = { "waiting", "paired", "expired", NULL };
#define AT(member) offsetof(struct ff_pair_claim, member)
static const struct ff_field claimed_f[] = {
    { "state",     FF_T_ENUM, AT(state),      FF_F_REQUIRED, 0, 0,
      "paired: the reply set the kiosk's cookie", NULL, claim_states },
    { "expiresIn", FF_T_INT,  AT(expires_in), FF_F_REQUIRED | FF_F_NULLABLE, 1, 600,
      "seconds left, while waiting", NULL, NULL },
    { "id",        FF_T_INT,  AT(id),         FF_F_REQUIRED | FF_F_NULLABLE, 1, INT64_MAX,
      "kiosk, once paired", NULL, NULL },
    { "name",      FF_T_TEXT, AT(name),       FF_F_REQUIRED | FF_F_NULLABLE, 1, 60,
      "its name, once paired", NULL, NULL },
};
#undef AT
#define AT(member) offsetof(struct ff_identify, member)
static const struct ff_field identify_f[] = {
    { "badge",      FF_T_TEXT,   AT(badge),       0, 1, 64,
      "what the badge reader typed", NULL, NULL },
    { "number",     FF_T_CODE,   AT(number),      0, 1, 20,
      "employee number, with pin", NULL, NULL },
    { "employeeId", FF_T_INT,    AT(employee_id), 0, 1, INT64_MAX,
      "employee chosen from the list, with pin", NULL, NULL },
    { "pin",        FF_T_SECRET, AT(pin),         0, 4, 8,
      "4 to 8 digits", NULL, NULL },
};
#undef AT

enum { MAYBE_NULL = FF_F_REQUIRED | FF_F_NULLABLE };

#define AT(member) offsetof(struct ff_kiosk_person, member)
static const struct ff_field person_f[] = {
    { "employeeId",    FF_T_INT,      AT(employee_id),    FF_F_REQUIRED, 1, INT64_MAX,
      "employee", NULL, NULL },
    { "name",          FF_T_TEXT,     AT(name),           FF_F_REQUIRED, 1, 100,
      "full name", NULL, NULL },
    { "firstName",     FF_T_TEXT,     AT(first_name),     FF_F_REQUIRED, 1, 100,
      "the name to greet by", NULL, NULL },
    { "initials",      FF_T_TEXT,     AT(initials),       FF_F_REQUIRED, 0, 4,
      "for the round face", NULL, NULL },
    { "department",    FF_T_TEXT,     AT(department),     MAYBE_NULL, 1, 100,
      "name of the department", NULL, NULL },
    { "number",        FF_T_TEXT,     AT(number),         FF_F_REQUIRED, 1, 20,
      "employee number", NULL, NULL },
    { "balance",       FF_T_MONEY,    AT(balance),        FF_F_REQUIRED, -100000000, 100000000,
      "balance", NULL, NULL },
    { "floor",         FF_T_MONEY,    AT(floor),          FF_F_REQUIRED, -100000000, 0,
      "how far the balance may fall", NULL, NULL },
    { "allowance",     FF_T_MONEY,    AT(allowance),      FF_F_REQUIRED, 0, 100000000,
      "given by the employer and not spent; spent before the balance", NULL, NULL },
    { "spendable",     FF_T_MONEY,    AT(spendable),      FF_F_REQUIRED, 0, 300000000,
      "allowance, and balance above the floor", NULL, NULL },
    { "purchaseLimit", FF_T_MONEY,    AT(spend.purchase_limit), MAYBE_NULL, 0, 100000000,
      "what one purchase may cost", NULL, NULL },
    { "dailyLimit",    FF_T_MONEY,    AT(spend.daily_limit),    MAYBE_NULL, 0, 100000000,
      "what a day may cost", NULL, NULL },
    { "daySpent",      FF_T_MONEY,    AT(spend.day_spent),      FF_F_REQUIRED, 0, 0,
      "spent today", NULL, NULL },
    { "leftToday",     FF_T_MONEY,    AT(left_today),           MAYBE_NULL, 0, 100000000,
      "what the limits leave of today", NULL, NULL },
    { "monthlyLimit",  FF_T_MONEY,    AT(spend.monthly_limit),  MAYBE_NULL, 0, 100000000,
      "what a month may cost", NULL, NULL },
    { "monthSpent",    FF_T_MONEY,    AT(spend.month_spent),    FF_F_REQUIRED, 0, 0,
      "spent this month", NULL, NULL },
    { "leftThisMonth", FF_T_MONEY,    AT(left_this_month),      MAYBE_NULL, 0, 100000000,
      "what the limit leaves of this month", NULL, NULL },
    { "locale",        FF_T_TEXT,     AT(locale),         MAYBE_NULL, 2, 2,
      "own language, null: the site's", NULL, NULL },
    { "usuals",        FF_T_INT_LIST, AT(usuals),         FF_F_REQUIRED, 0, 8,
      "product ids bought most lately", NULL, NULL },
    { "lastPurchases", FF_T_LIST,     AT(last_purchases), FF_F_REQUIRED, 0, FF_KIOSK_LAST_PURCHASES,
      "newest first", &ff_schema_purchase, NULL },
};
#undef AT

const struct ff_schema ff_schema_pair = {
    .name = "Pair", .size = sizeof(struct pair), .set_offset = FF_NO_SET, FF_FIELDS(pair_f) };
const struct ff_schema ff_schema_paired = {
    .name = "Paired", .size = sizeof(struct ff_paired), .set_offset = FF_NO_SET,
    FF_FIELDS(paired_f) };
const struct ff_schema ff_schema_pair_request = {
    .name = "PairRequest", .size = sizeof(struct ff_pair_request), .set_offset = FF_NO_SET,
    FF_FIELDS(request_f) };
const struct ff_schema ff_schema_pair_claim = {
    .name = "PairClaim", .size = sizeof(struct claim), .set_offset = FF_NO_SET,
    FF_FIELDS(claim_f) };
const struct ff_schema ff_schema_pair_claimed = {
    .name = "PairClaimed", .size = sizeof(struct ff_pair_claim), .set_offset = FF_NO_SET,
    FF_FIELDS(claimed_f) };
const struct ff_schema ff_schema_identify = {
    .name = "Identify", .size = sizeof(struct ff_identify), .set_offset = FF_NO_SET,
    FF_FIELDS(identify_f) };
const struct ff_schema ff_schema_kiosk_person = {
    .name = "KioskPerson", .size = sizeof(struct ff_kiosk_person), .set_offset = FF_NO_SET,
    FF_FIELDS(person_f) };

#define AT(member) offsetof(struct ff_kiosk_visit, member)
static const struct ff_field visit_f[] = {
    { "token",       FF_T_TEXT,   AT(token),        FF_F_REQUIRED, 43, 43,
      "sent as Authorization: Bearer, at this kiosk only", NULL, NULL },
    { "idleSeconds", FF_T_INT,    AT(idle_seconds), FF_F_REQUIRED, 15, 600,
      "the token ends after so much silence", NULL, NULL },
    { "person",      FF_T_OBJECT, AT(person),       FF_F_REQUIRED, 0, 0,
      "who it is", &ff_schema_kiosk_person, NULL },
    { "counter",     FF_T_OBJECT, AT(counter),      FF_F_REQUIRED, 0, 0,
      "whether anything is sold, and what all kiosks say", &ff_schema_counter, NULL },
};
#undef AT

const struct ff_schema ff_schema_kiosk_visit = {
    .name = "KioskVisit", .size = sizeof(struct ff_kiosk_visit), .set_offset = FF_NO_SET,
    FF_FIELDS(visit_f) };
/* clang-format on */

enum ff_rc ff_api_kiosk_pair(struct ff_req *rq, struct ff_reply *rp)
{
    const struct pair *in = rq->body;
    struct ff_paired *paired = FF_NEW(rq->cx, struct ff_paired);
    if (!paired)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_device_pair(rq->cx, in->code, paired);
    if (rc)
        return rc;
    rp->data = paired;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/kiosks/%" PRId64, paired->id);
    return ff_cookie_set(rq, &device_cookie, paired->token, &rp->set_cookie[0]);
}

enum ff_rc ff_api_kiosk_ask(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_pair_request *request = FF_NEW(rq->cx, struct ff_pair_request);
    if (!request)
        return rq->cx->err.rc;
    rp->data = request;
    return ff_device_ask(rq->cx, request);
}

enum ff_rc ff_api_kiosk_claim(struct ff_req *rq, struct ff_reply *rp)
{
    const struct claim *in = rq->body;
    struct ff_pair_claim *claim = FF_NEW(rq->cx, struct ff_pair_claim);
    if (!claim)
        return rq->cx->err.rc;
    enum ff_rc rc = ff_device_claim(rq->cx, in->secret, claim);
    rp->data = claim;
    return rc || !claim->token
               ? rc
               : ff_cookie_set(rq, &device_cookie, claim->token, &rp->set_cookie[0]);
}

enum ff_rc ff_api_kiosk_identify(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_kiosk_visit *visit = FF_NEW(rq->cx, struct ff_kiosk_visit);
    if (!visit)
        return rq->cx->err.rc;
    rp->data = visit;
    return ff_kiosk_identify(rq->cx, rq->body, visit);
}

enum ff_rc ff_api_kiosk_me(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_kiosk_person *person = FF_NEW(rq->cx, struct ff_kiosk_person);
    if (!person)
        return rq->cx->err.rc;
    rp->data = person;
    return ff_kiosk_me(rq->cx, person);
}

enum ff_rc ff_api_kiosk_leave(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    ff_kiosk_leave(rq->cx);
    return FF_OK;
}
