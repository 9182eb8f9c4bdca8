/* SPDX-License-Identifier: MIT */
/* approval_api.c - the inbox of bookings that wait for a second person, and deciding them. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/ledger/approval.h"

enum { REASON_CHARS = 200 };

struct approval_args {
    struct ff_list_query list;
    const char *state;
};

struct rejection {
    const char *reason;
};

/* clang-format off */
#define NULLABLE (FF_F_REQUIRED | FF_F_NULLABLE)

static const struct ff_field query_f[] = {
    FF_PAGE_FIELDS(struct approval_args),
    { "state", FF_T_ENUM, offsetof(struct approval_args, state), 0, 0, 0,
      "only these; all when absent", NULL, ff_approval_states },
};
const struct ff_schema ff_schema_approval_query = {
    .name = "ApprovalQuery", .size = sizeof(struct approval_args), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

static const struct ff_field rejection_f[] = {
    { "reason", FF_T_TEXT, offsetof(struct rejection, reason), FF_F_REQUIRED, 1, REASON_CHARS,
      "why not, in words, for who asked and for the record", NULL, NULL },
};
const struct ff_schema ff_schema_approval_rejection = {
    .name = "ApprovalRejection", .size = sizeof(struct rejection), .set_offset = FF_NO_SET,
    FF_FIELDS(rejection_f) };

static const char *const kinds[] = { "topup", "payout", "adjust", "writeoff", NULL };
static const char *const sources[] = { "cash", "bank", NULL };

#define AT(name) offsetof(struct ff_approval, name)
static const struct ff_field approval_f[] = {
    { "id",             FF_T_INT,     AT(id),              FF_F_REQUIRED, 1, INT64_MAX,
      "approval", NULL, NULL },
    { "employeeId",     FF_T_INT,     AT(employee_id),     FF_F_REQUIRED, 1, INT64_MAX,
      "whose wallet", NULL, NULL },
    { "employeeNumber", FF_T_TEXT,    AT(number),          FF_F_REQUIRED, 1, 20,
      "the person's number", NULL, NULL },
    { "employeeName",   FF_T_TEXT,    AT(employee_name),   FF_F_REQUIRED, 1, 100,
      "the person's name", NULL, NULL },
    { "kind",           FF_T_ENUM,    AT(kind),            FF_F_REQUIRED, 0, 0,
      "what is to be booked", NULL, kinds },
    { "amount",         FF_T_MONEY,   AT(amount),          FF_F_REQUIRED,
      -FF_MONEY_TOTAL_MAX, FF_MONEY_TOTAL_MAX,
      "what the wallet would get; below 0: what it would give", NULL, NULL },
    { "source",         FF_T_ENUM,    AT(source),          NULLABLE, 0, 0,
      "where the money comes from or goes; null: an adjustment", NULL, sources },
    { "reason",         FF_T_TEXT,    AT(reason),          NULLABLE, 1, 40,
      "code of the reason of an adjustment", NULL, NULL },
    { "note",           FF_T_TEXT,    AT(note),            NULLABLE, 1, REASON_CHARS,
      "words of who asked", NULL, NULL },
    { "askedBy",        FF_T_INT,     AT(asked_by),        FF_F_REQUIRED, 1, INT64_MAX,
      "user who asked", NULL, NULL },
    { "askedByName",    FF_T_TEXT,    AT(asked_by_name),   FF_F_REQUIRED, 1, 100,
      "that user's name", NULL, NULL },
    { "askedAt",        FF_T_INSTANT, AT(asked_at),        FF_F_REQUIRED, 0, 0,
      "asked for at", NULL, NULL },
    { "expiresAt",      FF_T_INSTANT, AT(expires_at),      FF_F_REQUIRED, 0, 0,
      "from then on nobody can decide it any more", NULL, NULL },
    { "state",          FF_T_ENUM,    AT(state),           FF_F_REQUIRED, 0, 0,
      "what became of it", NULL, ff_approval_states },
    { "decidedBy",      FF_T_INT,     AT(decided_by),      NULLABLE, 1, INT64_MAX,
      "user who decided; null: nobody yet, or the command line", NULL, NULL },
    { "decidedByName",  FF_T_TEXT,    AT(decided_by_name), NULLABLE, 1, 100,
      "that user's name", NULL, NULL },
    { "decidedAt",      FF_T_INSTANT, AT(decided_at),      NULLABLE, 0, 0,
      "decided at", NULL, NULL },
    { "refusal",        FF_T_TEXT,    AT(refusal),         NULLABLE, 1, REASON_CHARS,
      "why it was rejected", NULL, NULL },
    { "journalId",      FF_T_INT,     AT(journal_id),      NULLABLE, 1, INT64_MAX,
      "what was booked", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_approval = {
    .name = "Approval", .size = sizeof(struct ff_approval), .set_offset = FF_NO_SET,
    FF_FIELDS(approval_f) };
/* clang-format on */

enum ff_rc ff_api_approval_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct approval_args *q = rq->query;
    const struct ff_approval_filter filter = {
        .page = q->list.page, .limit = q->list.limit, .state = q->state};
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_approval_list(rq->cx, &filter, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

enum ff_rc ff_api_approval_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_approval *a = FF_NEW(rq->cx, struct ff_approval);
    rp->data = a;
    return a ? ff_approval_get(rq->cx, rq->id, a) : rq->cx->err.rc;
}

enum ff_rc ff_api_approval_approve(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_approval *a = FF_NEW(rq->cx, struct ff_approval);
    rp->data = a;
    return a ? ff_approval_approve(rq->cx, rq->id, a) : rq->cx->err.rc;
}

enum ff_rc ff_api_approval_reject(struct ff_req *rq, struct ff_reply *rp)
{
    const struct rejection *in = rq->body;
    struct ff_approval *a = FF_NEW(rq->cx, struct ff_approval);
    rp->data = a;
    return a ? ff_approval_reject(rq->cx, rq->id, in->reason, a) : rq->cx->err.rc;
}
