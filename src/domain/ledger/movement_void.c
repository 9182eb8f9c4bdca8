/* SPDX-License-Identifier: MIT */
/* movement_void.c - a movement as it was booked, and taking it back. */
#include "domain/ledger/movement_parts.h"

#include <string.h>

#include "db/db.h"
#include "domain/ledger/till_parts.h"

const char *const ff_void_reasons[] = {"wrong_person", "wrong_amount", "booked_twice",
                                       "bank_return", NULL};

static bool is_movement(const char *kind)
{
    static const char *const kinds[] = {"topup", "payout", "adjust", "writeoff"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kind, kinds[i]) == 0)
            return true;
    }
    return false;
}

enum ff_rc ff_movement_read(struct ff_ctx *cx, int64_t journal_id, const struct ff_reach *reach,
                            bool *found, struct ff_booked *out)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_MOVEMENT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_MOVEMENT_JOURNAL, journal_id);
    ff_db_int(st, FF_P_LEDGER_MOVEMENT_ALL, reach->all);
    ff_db_int(st, FF_P_LEDGER_MOVEMENT_SELF, reach->self);
    ff_db_opt_int(st, FF_P_LEDGER_MOVEMENT_DEPARTMENT, reach->department);
    if ((rc = ff_db_row(cx, st, found)) || !*found)
        return rc;
    out->is_voided = ff_db_col_int(st, FF_C_LEDGER_MOVEMENT_IS_VOIDED) == 1;
    out->movement =
        (struct ff_movement){.id = journal_id,
                             .employee_id = ff_db_col_int(st, FF_C_LEDGER_MOVEMENT_EMPLOYEE_ID),
                             .kind = ff_db_col_text(cx, st, FF_C_LEDGER_MOVEMENT_KIND),
                             .amount = ff_db_col_int(st, FF_C_LEDGER_MOVEMENT_AMOUNT_MINOR),
                             .balance_after = ff_db_col_int(st, FF_C_LEDGER_MOVEMENT_BALANCE_AFTER),
                             .recorded_at = ff_db_col_int(st, FF_C_LEDGER_MOVEMENT_RECORDED_AT_MS),
                             .reason = ff_db_col_text(cx, st, FF_C_LEDGER_MOVEMENT_REASON_CODE),
                             .reverses_id = ff_db_col_opt_int(st, FF_C_LEDGER_MOVEMENT_REVERSES_ID),
                             .approval_id = FF_NULL_INT};
    return out->movement.kind ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

/* The key is the caller's own and the request the same, so no reach is asked again. */
enum ff_rc ff_movement_replay(struct ff_ctx *cx, int64_t journal_id, struct ff_movement *out)
{
    const struct ff_reach everybody = {.all = 1, .department = FF_NULL_INT};
    struct ff_booked booked;
    bool found = false;
    enum ff_rc rc = ff_movement_read(cx, journal_id, &everybody, &found, &booked);
    if (rc)
        return rc;
    if (!found)
        return FF_FAIL(cx, FF_INTERNAL, "journal %lld has no wallet", (long long)journal_id);
    *out = booked.movement;
    out->replayed = 1;
    return FF_OK;
}

struct take_back {
    int64_t journal_id;
    const char *reason, *note;
    const struct ff_idem *idem;
    struct ff_movement *out;
};

static enum ff_rc find(struct ff_ctx *cx, const struct take_back *t, struct ff_booked *booked)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    bool found = false;
    enum ff_rc rc = ff_movement_read(cx, t->journal_id, &reach, &found, booked);
    if (rc)
        return rc;
    if (!found || !is_movement(booked->movement.kind))
        return FF_FAIL(cx, FF_NOT_FOUND, "There is no booking %lld to take back.",
                       (long long)t->journal_id);
    if (booked->movement.employee_id == cx->who.employee_id)
        return FF_FAIL(cx, FF_SELF_ACTION, "Somebody else must take back what was booked for you.");
    return booked->is_voided ? FF_FAIL(cx, FF_ALREADY_UNDONE, "Booking %lld was taken back before.",
                                       (long long)t->journal_id)
                             : FF_OK;
}

/* What the bank takes back is gone, whatever the wallet holds. */
static enum ff_rc check_wallet(struct ff_ctx *cx, const struct take_back *t, int64_t amount,
                               const struct ff_wallet *w)
{
    if (amount > 0)
        return ff_wallet_check_room(cx, w->balance, amount);
    if (strcmp(t->reason, "bank_return") == 0)
        return FF_OK;
    return ff_wallet_check_cover(cx, w->balance > w->floor ? w->balance - w->floor : 0, -amount);
}

static enum ff_rc book(struct ff_ctx *cx, const struct take_back *t, const struct ff_movement *was)
{
    struct ff_posting p = {.kind = "void",
                           .idem = t->idem,
                           .employee_id = was->employee_id,
                           .reason_code = t->reason,
                           .note = t->note,
                           .enforce_floor = strcmp(t->reason, "bank_return") != 0};
    struct ff_wallet wallet;
    enum ff_rc rc = ff_wallet_get(cx, was->employee_id, &wallet);
    if (rc || (rc = check_wallet(cx, t, -was->amount, &wallet)) ||
        (rc = ff_ledger_negate(cx, was->id, &p)))
        return rc;
    p.wallet_id = wallet.account_id;
    p.wallet_balance = wallet.balance;
    if ((rc = ff_ledger_post(cx, &p)) || (rc = ff_till_settle_void(cx, &p)))
        return rc;
    *t->out = (struct ff_movement){.id = p.journal_id,
                                   .employee_id = was->employee_id,
                                   .kind = p.kind,
                                   .amount = -was->amount,
                                   .balance_after = wallet.balance - was->amount,
                                   .recorded_at = p.recorded_at_ms,
                                   .reason = t->reason,
                                   .reverses_id = was->id,
                                   .approval_id = FF_NULL_INT};
    return FF_OK;
}

static enum ff_rc take_back(struct ff_ctx *cx, void *arg)
{
    const struct take_back *t = arg;
    struct ff_booked booked;
    int64_t journal_id = 0;
    enum ff_rc rc = ff_ledger_find_key(cx, t->idem, &journal_id);
    if (rc)
        return rc;
    if (journal_id)
        return ff_movement_replay(cx, journal_id, t->out);
    return (rc = find(cx, t, &booked)) ? rc : book(cx, t, &booked.movement);
}

enum ff_rc ff_ledger_void(struct ff_ctx *cx, int64_t journal_id, const char *reason,
                          const char *note, const struct ff_idem *idem, struct ff_movement *out)
{
    struct take_back t = {journal_id, reason, note, idem, out};
    return ff_db_write(cx, take_back, &t);
}
