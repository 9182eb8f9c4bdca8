/* SPDX-License-Identifier: MIT */
/* movement_api.c - top-ups, pay-outs, adjustments, and taking one of them back. A repeated request
 * is answered with 200 and says so; one
 * that waits for a second person with 202. */
#include <inttypes.h>
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/ledger/approval.h"

enum { NOTE_CHARS = 200 };

struct movement_new {
    int64_t amount, till_id;
    const char *source, *reason, *note;
};

/* clang-format off */
#define NEW(name) offsetof(struct movement_new, name)
#define OUT(name) offsetof(struct ff_movement, name)
#define NULLABLE  (FF_F_REQUIRED | FF_F_NULLABLE)

static const char *const sources[] = { "cash", "bank", NULL };
static const char *const kinds[] = { "topup", "payout", "adjust", "writeoff", "void", NULL };

static const struct ff_field topup_new_f[] = {
    { "amount", FF_T_MONEY, NEW(amount), FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "what the wallet gets", NULL, NULL },
    { "source", FF_T_ENUM,  NEW(source), FF_F_REQUIRED, 0, 0,
      "where the money came from", NULL, sources },
    { "note",   FF_T_TEXT,  NEW(note),   FF_F_NULLABLE, 1, NOTE_CHARS,
      "words for the record", NULL, NULL },
    { "tillId", FF_T_INT,   NEW(till_id), FF_F_NULLABLE, 1, INT64_MAX,
      "the open till that cash goes through; absent: the only open one", NULL, NULL },
};
const struct ff_schema ff_schema_topup_new = {
    .name = "TopupNew", .size = sizeof(struct movement_new), .set_offset = FF_NO_SET,
    FF_FIELDS(topup_new_f) };

static const struct ff_field payout_new_f[] = {
    { "amount",      FF_T_MONEY, NEW(amount), FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "what the person gets in hand", NULL, NULL },
    { "destination", FF_T_ENUM,  NEW(source), FF_F_REQUIRED, 0, 0,
      "where the money goes out", NULL, sources },
    { "note",        FF_T_TEXT,  NEW(note),   FF_F_NULLABLE, 1, NOTE_CHARS,
      "words for the record", NULL, NULL },
    { "tillId", FF_T_INT,   NEW(till_id), FF_F_NULLABLE, 1, INT64_MAX,
      "the open till that cash goes through; absent: the only open one", NULL, NULL },
};
const struct ff_schema ff_schema_payout_new = {
    .name = "PayoutNew", .size = sizeof(struct movement_new), .set_offset = FF_NO_SET,
    FF_FIELDS(payout_new_f) };

static const struct ff_field adjustment_new_f[] = {
    { "amount", FF_T_MONEY, NEW(amount), FF_F_REQUIRED, -FF_MONEY_TOTAL_MAX, FF_MONEY_TOTAL_MAX,
      "what the wallet gets; below 0: what it gives; not 0", NULL, NULL },
    { "reason", FF_T_ENUM,  NEW(reason), FF_F_REQUIRED, 0, 0,
      "which account stands for it; writeoff forgives what is owed", NULL, ff_adjust_reasons },
    { "note",   FF_T_TEXT,  NEW(note),   FF_F_REQUIRED, 1, NOTE_CHARS,
      "why, in words, for the record", NULL, NULL },
};
const struct ff_schema ff_schema_adjustment_new = {
    .name = "AdjustmentNew", .size = sizeof(struct movement_new), .set_offset = FF_NO_SET,
    FF_FIELDS(adjustment_new_f) };

static const struct ff_field void_new_f[] = {
    { "reason", FF_T_ENUM, NEW(reason), FF_F_REQUIRED, 0, 0,
      "why; only bank_return may push a balance below its floor", NULL, ff_void_reasons },
    { "note",   FF_T_TEXT, NEW(note),   FF_F_NULLABLE, 1, NOTE_CHARS,
      "words for the record", NULL, NULL },
};
const struct ff_schema ff_schema_void_new = {
    .name = "VoidNew", .size = sizeof(struct movement_new), .set_offset = FF_NO_SET,
    FF_FIELDS(void_new_f) };

static const struct ff_field movement_f[] = {
    { "id",           FF_T_INT,     OUT(id),            NULLABLE, 1, INT64_MAX,
      "its journal; null: it is not booked, see approvalState", NULL, NULL },
    { "employeeId",   FF_T_INT,     OUT(employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "whose wallet", NULL, NULL },
    { "kind",         FF_T_ENUM,    OUT(kind),          FF_F_REQUIRED, 0, 0,
      "what it is", NULL, kinds },
    { "amount",       FF_T_MONEY,   OUT(amount),        FF_F_REQUIRED,
      -FF_MONEY_TOTAL_MAX, FF_MONEY_TOTAL_MAX, "what the wallet gets; below 0: what it gives", NULL, NULL },
    { "balanceAfter", FF_T_MONEY,   OUT(balance_after), NULLABLE,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance right after it; null: it is not booked", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, OUT(recorded_at),   NULLABLE, 0, 0,
      "when it was booked; null: it is not booked", NULL, NULL },
    { "reason",       FF_T_TEXT,    OUT(reason),        NULLABLE, 1, 40,
      "code of the reason; null: none was due", NULL, NULL },
    { "reversesId",   FF_T_INT,     OUT(reverses_id),   NULLABLE, 1, INT64_MAX,
      "the journal that it takes back", NULL, NULL },
    { "approvalId",   FF_T_INT,     OUT(approval_id),   NULLABLE, 1, INT64_MAX,
      "the approval that it needs; null: it needs none", NULL, NULL },
    { "approvalState", FF_T_ENUM,   OUT(approval_state), NULLABLE, 0, 0,
      "what became of that approval; null: it needs none", NULL, ff_approval_states },
    { "replayed",     FF_T_BOOL,    OUT(replayed),      FF_F_REQUIRED, 0, 0,
      "this was asked for before and is told again", NULL, NULL },
};
const struct ff_schema ff_schema_movement = {
    .name = "Movement", .size = sizeof(struct ff_movement), .set_offset = FF_NO_SET,
    FF_FIELDS(movement_f) };
/* clang-format on */

/* The reply's struct, and the request's key with a fingerprint of all that was asked. */
static struct ff_movement *begin(struct ff_req *rq, struct ff_idem *idem)
{
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                 rq->raw, rq->raw_len, idem);
    return FF_NEW(rq->cx, struct ff_movement);
}

/* Nothing is booked: 202, and where to look for what becomes of it. */
static enum ff_rc wait_for_approval(struct ff_req *rq, struct ff_reply *rp,
                                    const struct ff_movement *m)
{
    rp->status = 202;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/approvals/%" PRId64, m->approval_id);
    return rp->location ? FF_OK : FF_FAIL(rq->cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc end(struct ff_req *rq, struct ff_reply *rp, enum ff_rc rc,
                      const struct ff_movement *m)
{
    rp->data = m;
    rp->replayed = m->replayed != 0;
    if (!rc && m->id == FF_NULL_INT)
        return wait_for_approval(rq, rp, m);
    rp->location =
        ff_arena_printf(rq->cx->arena, "/api/v1/employees/%" PRId64 "/statement", m->employee_id);
    return rc;
}

static enum ff_rc move_cash(struct ff_req *rq, struct ff_reply *rp, bool is_payout)
{
    const struct movement_new *in = rq->body;
    const struct ff_cash_move cash = {.is_payout = is_payout,
                                      .employee_id = rq->id,
                                      .amount = in->amount,
                                      .source = in->source,
                                      .note = in->note,
                                      .till_id = in->till_id};
    struct ff_idem idem;
    struct ff_movement *m = begin(rq, &idem);
    if (!m)
        return rq->cx->err.rc;
    return end(rq, rp, ff_ledger_cash(rq->cx, &cash, &idem, m), m);
}

enum ff_rc ff_api_topup_create(struct ff_req *rq, struct ff_reply *rp)
{
    return move_cash(rq, rp, false);
}

enum ff_rc ff_api_payout_create(struct ff_req *rq, struct ff_reply *rp)
{
    return move_cash(rq, rp, true);
}

enum ff_rc ff_api_adjustment_create(struct ff_req *rq, struct ff_reply *rp)
{
    const struct movement_new *in = rq->body;
    struct ff_idem idem;
    struct ff_movement *m = begin(rq, &idem);
    if (!m)
        return rq->cx->err.rc;
    return end(rq, rp, ff_ledger_adjust(rq->cx, rq->id, in->amount, in->reason, in->note, &idem, m),
               m);
}

enum ff_rc ff_api_movement_void(struct ff_req *rq, struct ff_reply *rp)
{
    const struct movement_new *in = rq->body;
    struct ff_idem idem;
    struct ff_movement *m = begin(rq, &idem);
    if (!m)
        return rq->cx->err.rc;
    return end(rq, rp, ff_ledger_void(rq->cx, rq->id, in->reason, in->note, &idem, m), m);
}
