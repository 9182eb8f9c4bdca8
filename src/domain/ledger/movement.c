/* SPDX-License-Identifier: MIT */
/* movement.c - one wallet against one other account, by a person who may and a reason where one is
 * due. Never refused by a spending limit: only the wallet's maximum and its floor bound it. */
#include "domain/ledger/movement_parts.h"

#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/till_parts.h"
#include "domain/ledger/wallet.h"

const char *const ff_adjust_reasons[] = {"correction", "goodwill", "rounding", "writeoff", NULL};

/* A request: what to move, and where the answer goes. */
struct request {
    struct ff_move move;
    struct ff_movement *out;
};

/* ---- bounds ---- */

static enum ff_rc out_of_range(struct ff_ctx *cx, int64_t amount, int64_t max)
{
    enum ff_rc rc =
        FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "The amount must be from 1 to %lld.", (long long)max);
    ff_err_number(cx, "amount", amount);
    ff_err_number(cx, "min", 1);
    ff_err_number(cx, "max", max);
    return rc;
}

static enum ff_rc check_amount(struct ff_ctx *cx, int64_t amount)
{
    return amount >= 1 && amount <= FF_MONEY_TOTAL_MAX
               ? FF_OK
               : out_of_range(cx, amount, FF_MONEY_TOTAL_MAX);
}

/* A write-off forgives what is owed; a pay-out gives what is there; an adjustment keeps to the
 * wallet's floor. */
static enum ff_rc check_wallet(struct ff_ctx *cx, const struct ff_move *m,
                               const struct ff_balance *w)
{
    if (m->employee_id == cx->who.employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Somebody else must book money for you.");
    if (w->is_closed)
        return FF_FAIL(cx, FF_EMPLOYEE_INACTIVE, "This person's wallet is closed.");
    if (strcmp(m->kind, "writeoff") == 0) {
        const int64_t debt = w->balance < 0 ? -w->balance : 0;
        if (!debt)
            return FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE,
                           "Nothing is owed that could be written off.");
        return m->amount >= 1 && m->amount <= debt ? FF_OK : out_of_range(cx, m->amount, debt);
    }
    if (strcmp(m->kind, "topup") == 0)
        return ff_wallet_check_topup(cx, w->balance, m->amount);
    if (m->amount > 0)
        return ff_wallet_check_room(cx, w->balance, m->amount);
    const int64_t floor = strcmp(m->kind, "payout") == 0 ? 0 : w->floor;
    return ff_wallet_check_cover(cx, w->balance > floor ? w->balance - floor : 0, -m->amount);
}

/* ---- the booking ---- */

enum ff_rc ff_movement_check(struct ff_ctx *cx, const struct ff_move *m)
{
    struct ff_balance wallet = {0};
    int64_t account_id;
    enum ff_rc rc = ff_wallet_reach(cx, m->employee_id, &wallet, &account_id);
    if (!rc && m->till_id)
        rc = ff_till_account(cx, m->till_id, true, &account_id);
    return rc ? rc : check_wallet(cx, m, &wallet);
}

static enum ff_rc other_side(struct ff_ctx *cx, const struct ff_move *m, int64_t *account_id)
{
    if (m->source && strcmp(m->source, "bank") == 0)
        return ff_ledger_account(cx, "bank", "bank", account_id);
    if (m->source)
        return ff_till_account(cx, m->till_id, !m->approval_id, account_id);
    const char *code = ff_arena_printf(cx->arena, "adjust:%s", m->reason);
    if (!code)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    return ff_ledger_account(cx, code, "adjust", account_id);
}

static void describe(const struct ff_move *m, const struct ff_posting *p, struct ff_movement *out)
{
    *out = (struct ff_movement){.id = p->journal_id,
                                .employee_id = m->employee_id,
                                .kind = m->kind,
                                .amount = m->amount,
                                .balance_after = p->wallet_balance + m->amount,
                                .recorded_at = p->recorded_at_ms,
                                .reason = m->reason,
                                .reverses_id = FF_NULL_INT,
                                .approval_id = m->approval_id ? m->approval_id : FF_NULL_INT,
                                .approval_state = m->approval_id ? "approved" : NULL};
}

enum ff_rc ff_movement_book(struct ff_ctx *cx, const struct ff_move *m, struct ff_movement *out)
{
    struct ff_posting p = {.kind = m->kind,
                           .idem = m->idem,
                           .employee_id = m->employee_id,
                           .reason_code = m->reason,
                           .note = m->note,
                           .approval_id = m->approval_id,
                           .approval_skipped = m->skipped,
                           .enforce_floor = true};
    struct ff_balance wallet = {0};
    int64_t other = 0;
    enum ff_rc rc = ff_wallet_reach(cx, m->employee_id, &wallet, &p.wallet_id);
    if (rc || (rc = check_wallet(cx, m, &wallet)) || (rc = other_side(cx, m, &other)))
        return rc;
    p.wallet_balance = wallet.balance;
    p.entries[0] = (struct ff_entry){.account_id = p.wallet_id, .amount = m->amount};
    p.entries[1] = (struct ff_entry){.account_id = other, .amount = -m->amount};
    p.n_entries = 2;
    if ((rc = ff_ledger_post(cx, &p)))
        return rc;
    describe(m, &p, out);
    return FF_OK;
}

/* The request was booked before, and may have needed an approval for it. */
static enum ff_rc replay(struct ff_ctx *cx, const struct request *r, int64_t journal_id,
                         const struct ff_movement *asked)
{
    enum ff_rc rc = ff_movement_replay(cx, journal_id, r->out);
    r->out->approval_id = asked->approval_id;
    r->out->approval_state = asked->approval_state;
    return rc;
}

static enum ff_rc ask(struct ff_ctx *cx, const struct request *r)
{
    enum ff_rc rc = ff_movement_check(cx, &r->move);
    return rc ? rc : ff_approval_ask(cx, &r->move, r->out);
}

static enum ff_rc move(struct ff_ctx *cx, void *arg)
{
    struct request *r = arg;
    struct ff_movement asked = {.approval_id = FF_NULL_INT};
    int64_t journal_id = 0;
    enum ff_rc rc = ff_ledger_find_key(cx, r->move.idem, &journal_id);
    if (!rc && !cx->who.is_cli)
        rc = ff_approval_of_key(cx, r->move.idem, &asked);
    if (rc)
        return rc;
    if (journal_id)
        return replay(cx, r, journal_id, &asked);
    if (asked.approval_id != FF_NULL_INT) {
        *r->out = asked;
        return FF_OK;
    }
    const bool is_due = ff_approval_is_due(cx, r->move.amount);
    r->move.skipped = is_due && cx->who.is_cli ? "operator" : NULL;
    return is_due && !cx->who.is_cli ? ask(cx, r) : ff_movement_book(cx, &r->move, r->out);
}

/* ---- what there is ---- */

enum ff_rc ff_ledger_cash(struct ff_ctx *cx, const struct ff_cash_move *in,
                          const struct ff_idem *idem, struct ff_movement *out)
{
    const bool is_named = in->till_id != FF_NULL_INT;
    struct request r = {.move = {.kind = in->is_payout ? "payout" : "topup",
                                 .employee_id = in->employee_id,
                                 .source = in->source,
                                 .till_id = is_named ? in->till_id : 0,
                                 .note = in->note,
                                 .idem = idem},
                        .out = out};
    enum ff_rc rc = check_amount(cx, in->amount);
    if (!rc && is_named && strcmp(in->source, "cash") != 0)
        rc = ff_field_fail(cx, "/tillId", "VALUE", "Only cash goes through a till.");
    if (rc)
        return rc;
    r.move.amount = in->is_payout ? -in->amount : in->amount;
    return ff_db_write(cx, move, &r);
}

enum ff_rc ff_ledger_topup(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                           const char *source, const char *note, const struct ff_idem *idem,
                           struct ff_movement *out)
{
    const struct ff_cash_move in = {.employee_id = employee_id,
                                    .amount = amount,
                                    .source = source,
                                    .note = note,
                                    .till_id = FF_NULL_INT};
    return ff_ledger_cash(cx, &in, idem, out);
}

enum ff_rc ff_ledger_payout(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                            const char *source, const char *note, const struct ff_idem *idem,
                            struct ff_movement *out)
{
    const struct ff_cash_move in = {.is_payout = true,
                                    .employee_id = employee_id,
                                    .amount = amount,
                                    .source = source,
                                    .note = note,
                                    .till_id = FF_NULL_INT};
    return ff_ledger_cash(cx, &in, idem, out);
}

enum ff_rc ff_ledger_adjust(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                            const char *reason, const char *note, const struct ff_idem *idem,
                            struct ff_movement *out)
{
    const bool is_writeoff = strcmp(reason, "writeoff") == 0;
    struct request r = {.move = {.kind = is_writeoff ? "writeoff" : "adjust",
                                 .employee_id = employee_id,
                                 .amount = amount,
                                 .reason = reason,
                                 .note = note,
                                 .idem = idem},
                        .out = out};
    enum ff_rc rc = check_amount(cx, amount < 0 && amount != INT64_MIN ? -amount : amount);
    return rc ? rc : ff_db_write(cx, move, &r);
}
