/* SPDX-License-Identifier: MIT */
/* refund_api.c - giving pieces of a purchase back. */
#include <inttypes.h>
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/purchase/refund.h"

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)

static const struct ff_field piece_f[] = {
    { "lineNo",   FF_T_INT, FIELD(ff_refund_piece, line_no),  FF_F_REQUIRED, 1, FF_PURCHASE_MAX_LINES,
      "place on the receipt", NULL, NULL },
    { "quantity", FF_T_INT, FIELD(ff_refund_piece, quantity), FF_F_REQUIRED, 1, 99,
      "pieces that go back", NULL, NULL },
};
static const struct ff_schema piece = {
    .name = "RefundPiece", .size = sizeof(struct ff_refund_piece), .set_offset = FF_NO_SET,
    FF_FIELDS(piece_f) };

static const struct ff_field new_f[] = {
    { "lines",  FF_T_LIST, FIELD(ff_refund_new, lines),  0, 1, FF_PURCHASE_MAX_LINES,
      "what goes back; all that is left when absent", &piece, NULL },
    { "reason", FF_T_ENUM, FIELD(ff_refund_new, reason), FF_F_REQUIRED, 0, 0,
      "why", NULL, ff_refund_reasons },
    { "note",   FF_T_TEXT, FIELD(ff_refund_new, note),   FF_F_NULLABLE, 1, 200,
      "words for the record", NULL, NULL },
    { "restock", FF_T_BOOL, FIELD(ff_refund_new, restock), 0, 0, 0,
      "true: the pieces go back on the shelf; false when absent", NULL, NULL },
};
const struct ff_schema ff_schema_refund_new = {
    .name = "RefundNew", .size = sizeof(struct ff_refund_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };

static const struct ff_field line_f[] = {
    { "lineNo",   FF_T_INT,   FIELD(ff_refund_line, line_no),  FF_F_REQUIRED, 1, FF_PURCHASE_MAX_LINES,
      "place on the receipt", NULL, NULL },
    { "quantity", FF_T_INT,   FIELD(ff_refund_line, quantity), FF_F_REQUIRED, 1, 99,
      "pieces", NULL, NULL },
    { "amount",   FF_T_MONEY, FIELD(ff_refund_line, gross),    FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what was paid for them", NULL, NULL },
    { "tax",      FF_T_MONEY, FIELD(ff_refund_line, tax),      FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "the tax inside it", NULL, NULL },
    { "subsidy",  FF_T_MONEY, FIELD(ff_refund_line, subsidy),  FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "of it, back to the employer", NULL, NULL },
    { "allowance", FF_T_MONEY, FIELD(ff_refund_line, allowance), FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "of it, back to the allowance", NULL, NULL },
};
static const struct ff_schema line = {
    .name = "RefundLine", .size = sizeof(struct ff_refund_line), .set_offset = FF_NO_SET,
    FF_FIELDS(line_f) };

static const struct ff_field refund_f[] = {
    { "id",           FF_T_INT,     FIELD(ff_refund, id),            FF_F_REQUIRED, 1, INT64_MAX,
      "journal of the refund", NULL, NULL },
    { "purchaseId",   FF_T_INT,     FIELD(ff_refund, purchase_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "of which purchase", NULL, NULL },
    { "employeeId",   FF_T_INT,     FIELD(ff_refund, employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "who got the money back", NULL, NULL },
    { "lines",        FF_T_LIST,    FIELD(ff_refund, lines),         FF_F_REQUIRED, 1, FF_PURCHASE_MAX_LINES,
      "what went back, at the prices of then", &line, NULL },
    { "amount",       FF_T_MONEY,   FIELD(ff_refund, amount),        FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the wallet got back", NULL, NULL },
    { "subsidy",      FF_T_MONEY,   FIELD(ff_refund, subsidy),       FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the employer got back", NULL, NULL },
    { "allowance",    FF_T_MONEY,   FIELD(ff_refund, allowance),     FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the allowance got back", NULL, NULL },
    { "balanceAfter", FF_T_MONEY,   FIELD(ff_refund, balance_after), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance right after it", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, FIELD(ff_refund, recorded_at),   FF_F_REQUIRED, 0, 0,
      "when it was booked", NULL, NULL },
    { "reason",       FF_T_TEXT,    FIELD(ff_refund, reason),        FF_F_REQUIRED, 1, 40,
      "why", NULL, NULL },
    { "restocked",    FF_T_INT,     FIELD(ff_refund, restocked),     FF_F_REQUIRED, 0, 5000,
      "pieces that went back on the shelf; 0 where nobody counts", NULL, NULL },
    { "replayed",     FF_T_BOOL,    FIELD(ff_refund, replayed),      FF_F_REQUIRED, 0, 0,
      "this is an earlier refund, told again", NULL, NULL },
};
const struct ff_schema ff_schema_refund = {
    .name = "Refund", .size = sizeof(struct ff_refund), .set_offset = FF_NO_SET,
    FF_FIELDS(refund_f) };
/* clang-format on */

enum ff_rc ff_api_refund_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_refund *r = FF_NEW(rq->cx, struct ff_refund);
    struct ff_idem idem;
    if (!r)
        return rq->cx->err.rc;
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                 rq->raw, rq->raw_len, &idem);
    enum ff_rc rc = ff_purchase_refund(rq->cx, rq->id, rq->body, &idem, r);
    rp->data = r;
    rp->location = ff_arena_printf(rq->cx->arena, "/api/v1/purchases/%" PRId64, rq->id);
    rp->replayed = r->replayed != 0;
    return rc;
}
