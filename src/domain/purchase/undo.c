/* SPDX-License-Identifier: MIT */
/* undo.c - takes a purchase back: a void journal, the exact negation, once.
 * The person or kiosk may within the window; a manager or admin for others until the purchase's
 * period closes. Limits are never asked: money only comes back. */
#include "domain/purchase/record.h"
#include "domain/purchase/undo_watch.h"
#include "domain/stock/stock.h"

#include <string.h>

#include "domain/subsidy/allowance.h"
#include "domain/subsidy/subsidy.h"

struct undo {
    int64_t id;
    const struct ff_idem *idem;
    struct ff_undo *out;
};

static enum ff_rc replay(struct ff_ctx *cx, int64_t journal_id, struct ff_undo *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_UNDO_ROW, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_UNDO_ROW_ID, journal_id);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *out = (struct ff_undo){
        .id = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_ID),
        .purchase_id = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_PURCHASE_ID),
        .amount = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_GROSS_MINOR),
        .subsidy = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_SUBSIDY_MINOR),
        .allowance = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_ALLOWANCE_MINOR),
        .balance_after = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_BALANCE_AFTER),
        .recorded_at = ff_db_col_int(st, FF_C_PURCHASE_UNDO_ROW_RECORDED_AT_MS),
        .replayed = 1,
    };
    out->amount -= out->subsidy + out->allowance;
    return FF_OK;
}

/* True when the caller acts over others, so that the period decides and not the window. For the own
 * purchase everybody has the window. */
static bool is_over_others(const struct ff_actor *who, int64_t employee_id)
{
    bool has_power = who->is_cli || who->scope == FF_DEPT || who->scope == FF_ALL;
    return has_power && who->employee_id != employee_id;
}

static enum ff_rc may_undo(struct ff_ctx *cx, const struct ff_purchase *p,
                           const struct ff_purchase_fate *fate)
{
    bool is_in_time = is_over_others(&cx->who, p->employee_id) ? fate->is_period_open
                                                               : p->undo_until != FF_NULL_INT;
    if (p->undone)
        return FF_FAIL(cx, FF_ALREADY_UNDONE, "Purchase %lld was undone before.", (long long)p->id);
    if (fate->is_refunded)
        return FF_FAIL(cx, FF_ALREADY_REFUNDED, "Purchase %lld was refunded before.",
                       (long long)p->id);
    return is_in_time ? FF_OK
                      : FF_FAIL(cx, FF_UNDO_WINDOW, "It is too late to undo purchase %lld.",
                                (long long)p->id);
}

/* The slot is free for the next meal, the grants have what they gave. */
static enum ff_rc return_parts(struct ff_ctx *cx, const struct ff_purchase *bought,
                               int64_t journal_id)
{
    enum ff_rc rc = FF_OK;
    if (bought->subsidy)
        rc = ff_subsidy_free(cx, bought->id, journal_id);
    if (!rc && bought->allowance)
        rc = ff_allowance_give_back(cx, bought->id, journal_id, bought->allowance);
    return rc;
}

static enum ff_rc post(struct ff_ctx *cx, const struct undo *u, const struct ff_purchase *bought,
                       const struct ff_purchase_fate *fate)
{
    struct ff_wallet wallet;
    struct ff_posting p = {
        .kind = "void",
        .idem = u->idem,
        .employee_id = bought->employee_id,
        .enforce_floor = true,
        .counts_for_limits = true,
        .returns_to = bought->business_date,
    };
    enum ff_rc rc = ff_wallet_get(cx, bought->employee_id, &wallet);
    /* Money comes back even past a limit, but no wallet can hold more than its column takes. */
    if (rc || (rc = ff_wallet_check_room(cx, wallet.balance, bought->own)) ||
        (rc = ff_ledger_negate(cx, u->id, &p)))
        return rc;
    p.wallet_id = wallet.account_id;
    p.wallet_balance = wallet.balance;
    p.allowance_id = wallet.allowance_id;
    p.allowance_balance = wallet.allowance;
    if ((rc = ff_ledger_post(cx, &p)) || (rc = return_parts(cx, bought, p.journal_id)) ||
        (fate->took_stock && (rc = ff_stock_put_back(cx, u->id, p.journal_id, NULL, 0))))
        return rc;
    *u->out = (struct ff_undo){
        .id = p.journal_id,
        .purchase_id = u->id,
        .amount = bought->own,
        .subsidy = bought->subsidy,
        .allowance = bought->allowance,
        .balance_after = wallet.balance + bought->own,
        .recorded_at = p.recorded_at_ms,
    };
    return FF_OK;
}

static enum ff_rc undo(struct ff_ctx *cx, void *arg)
{
    const struct undo *u = arg;
    struct ff_reach reach = ff_reach_of(&cx->who);
    struct ff_purchase bought = {0};
    struct ff_purchase_fate fate = {0};
    int64_t booked = 0;
    memset(u->out, 0, sizeof *u->out);
    enum ff_rc rc = ff_ledger_find_key(cx, u->idem, &booked);
    if (rc || booked)
        return rc ? rc : replay(cx, booked, u->out);
    if ((rc = ff_purchase_load_row(cx, u->id, &reach, &bought, &fate)) ||
        (rc = may_undo(cx, &bought, &fate)))
        return rc;
    if ((rc = post(cx, u, &bought, &fate)) || is_over_others(&cx->who, bought.employee_id))
        return rc;
    return ff_undo_watch(cx, &bought);
}

enum ff_rc ff_purchase_undo(struct ff_ctx *cx, int64_t id, const struct ff_idem *idem,
                            struct ff_undo *out)
{
    struct undo u = {id, idem, out};
    return ff_db_write(cx, undo, &u);
}
