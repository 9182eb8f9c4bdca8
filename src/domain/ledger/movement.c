/* SPDX-License-Identifier: MIT */
/* movement.c - one wallet against one other account, by a person who may and a reason where one is
 * due. Never refused by a spending limit: only the wallet's maximum and its floor bound it. */
#include "domain/ledger/movement_parts.h"

#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/wallet.h"

const char *const ff_adjust_reasons[] = {"correction", "goodwill", "rounding", "writeoff", NULL};

struct move {
    const char *kind, *account, *account_kind;
    int64_t employee_id, amount; /* as the wallet feels it */
    const char *reason, *note;
    const struct ff_idem *idem;
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
static enum ff_rc check_wallet(struct ff_ctx *cx, const struct move *m, const struct ff_balance *w)
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
    if (m->amount > 0)
        return ff_wallet_check_room(cx, w->balance, m->amount);
    const int64_t floor = strcmp(m->kind, "payout") == 0 ? 0 : w->floor;
    return ff_wallet_check_cover(cx, w->balance > floor ? w->balance - floor : 0, -m->amount);
}

/* ---- the booking ---- */

static enum ff_rc book(struct ff_ctx *cx, const struct move *m)
{
    struct ff_posting p = {.kind = m->kind,
                           .idem = m->idem,
                           .employee_id = m->employee_id,
                           .reason_code = m->reason,
                           .note = m->note,
                           .enforce_floor = true};
    struct ff_balance wallet = {0};
    int64_t other = 0;
    enum ff_rc rc = ff_wallet_reach(cx, m->employee_id, &wallet, &p.wallet_id);
    if (rc || (rc = check_wallet(cx, m, &wallet)) ||
        (rc = ff_ledger_account(cx, m->account, m->account_kind, &other)))
        return rc;
    p.wallet_balance = wallet.balance;
    p.entries[0] = (struct ff_entry){.account_id = p.wallet_id, .amount = m->amount};
    p.entries[1] = (struct ff_entry){.account_id = other, .amount = -m->amount};
    p.n_entries = 2;
    if ((rc = ff_ledger_post(cx, &p)))
        return rc;
    *m->out = (struct ff_movement){.id = p.journal_id,
                                   .employee_id = m->employee_id,
                                   .kind = m->kind,
                                   .amount = m->amount,
                                   .balance_after = wallet.balance + m->amount,
                                   .recorded_at = p.recorded_at_ms,
                                   .reason = m->reason,
                                   .reverses_id = FF_NULL_INT};
    return FF_OK;
}

static enum ff_rc move(struct ff_ctx *cx, void *arg)
{
    const struct move *m = arg;
    int64_t journal_id = 0;
    enum ff_rc rc = ff_ledger_find_key(cx, m->idem, &journal_id);
    if (rc)
        return rc;
    return journal_id ? ff_movement_replay(cx, journal_id, m->out) : book(cx, m);
}

/* ---- what there is ---- */

static void against(struct move *m, const char *source)
{
    const bool is_bank = strcmp(source, "bank") == 0;
    m->account = is_bank ? "bank" : "cash:main";
    m->account_kind = is_bank ? "bank" : "cash";
}

enum ff_rc ff_ledger_topup(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                           const char *source, const char *note, const struct ff_idem *idem,
                           struct ff_movement *out)
{
    struct move m = {.kind = "topup",
                     .employee_id = employee_id,
                     .amount = amount,
                     .note = note,
                     .idem = idem,
                     .out = out};
    against(&m, source);
    enum ff_rc rc = check_amount(cx, amount);
    return rc ? rc : ff_db_write(cx, move, &m);
}

enum ff_rc ff_ledger_payout(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                            const char *source, const char *note, const struct ff_idem *idem,
                            struct ff_movement *out)
{
    struct move m = {
        .kind = "payout", .employee_id = employee_id, .note = note, .idem = idem, .out = out};
    against(&m, source);
    enum ff_rc rc = check_amount(cx, amount);
    m.amount = -amount;
    return rc ? rc : ff_db_write(cx, move, &m);
}

enum ff_rc ff_ledger_adjust(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                            const char *reason, const char *note, const struct ff_idem *idem,
                            struct ff_movement *out)
{
    const bool is_writeoff = strcmp(reason, "writeoff") == 0;
    struct move m = {.kind = is_writeoff ? "writeoff" : "adjust",
                     .account = ff_arena_printf(cx->arena, "adjust:%s", reason),
                     .account_kind = "adjust",
                     .employee_id = employee_id,
                     .amount = amount,
                     .reason = reason,
                     .note = note,
                     .idem = idem,
                     .out = out};
    if (!m.account)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    enum ff_rc rc = check_amount(cx, amount < 0 && amount != INT64_MIN ? -amount : amount);
    return rc ? rc : ff_db_write(cx, move, &m);
}
