/* SPDX-License-Identifier: MIT */
/* settle.c - what becomes of a batch: lines that payroll could not deduct are booked back, and the
 * rest is confirmed when the money has arrived. */
#include <string.h>

#include "domain/audit/audit.h"
#include "domain/payroll/batch_parts.h"

struct settling {
    int64_t id, amount;
    const struct ff_list *rejections;
    const struct ff_idem *idem;
    struct ff_payroll_batch *out;
    struct ff_batch_row batch; /* read anew by every run of the job */
};

static bool is_in(const struct settling *s, const char *state)
{
    return strcmp(s->batch.view.state, state) == 0;
}

/* ---- rejections ---- */

struct item {
    int64_t employee_id, journal_id, amount;
};

static enum ff_rc bad_line(struct ff_ctx *cx, size_t i, const char *detail)
{
    const char *at = ff_arena_printf(cx->arena, "/items/%zu/employeeNumber", i);
    return ff_field_fail(cx, at ? at : "/items", "VALUE", detail);
}

static enum ff_rc rejected_before(struct ff_ctx *cx, const char *number)
{
    enum ff_rc rc = ff_batch_refuse(cx, NULL, "This line was rejected before.");
    ff_err_text(cx, "employeeNumber", number);
    return rc;
}

static enum ff_rc find_item(struct ff_ctx *cx, const struct settling *s, size_t i,
                            const char *number, struct item *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_ITEM_FIND, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_ITEM_FIND_BATCH, s->id);
    ff_db_text(st, FF_P_PAYROLL_ITEM_FIND_NUMBER, number);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return bad_line(cx, i, "The batch has no line of this number.");
    if (!ff_db_col_null(st, FF_C_PAYROLL_ITEM_FIND_REJECTED_JOURNAL_ID))
        return rejected_before(cx, number);
    *out = (struct item){.employee_id = ff_db_col_int(st, FF_C_PAYROLL_ITEM_FIND_EMPLOYEE_ID),
                         .journal_id = ff_db_col_int(st, FF_C_PAYROLL_ITEM_FIND_JOURNAL_ID),
                         .amount = ff_db_col_int(st, FF_C_PAYROLL_ITEM_FIND_AMOUNT_MINOR)};
    return FF_OK;
}

/* Nobody owes it any more: the wallet was closed for ever. */
static enum ff_rc write_off(struct ff_ctx *cx, const struct settling *s, const struct item *item,
                            struct ff_posting *p)
{
    int64_t payroll = 0, writeoff = 0;
    enum ff_rc rc = ff_batch_account(cx, s->batch.view.month, &payroll);
    if (rc || (rc = ff_ledger_account(cx, "adjust:writeoff", "adjust", &writeoff)))
        return rc;
    p->kind = "writeoff";
    p->entries[0] = (struct ff_entry){.account_id = payroll, .amount = item->amount};
    p->entries[1] = (struct ff_entry){.account_id = writeoff, .amount = -item->amount};
    p->n_entries = 2;
    return FF_OK;
}

/* The exact negation, whatever the wallet's floor: what payroll gives back is owed again. */
static enum ff_rc book_back(struct ff_ctx *cx, const struct settling *s, const struct item *item,
                            bool is_first, int64_t *journal_id)
{
    char random[FF_IDEM_KEY_CAP];
    const struct ff_idem idem = ff_batch_key(s->idem, is_first, random);
    struct ff_wallet wallet;
    struct ff_posting p = {.kind = "void",
                           .idem = &idem,
                           .employee_id = item->employee_id,
                           .reason_code = "bank_return",
                           .enforce_floor = false};
    enum ff_rc rc = ff_wallet_get(cx, item->employee_id, &wallet);
    if (rc == FF_NOT_FOUND) {
        ff_err_clear(cx);
        rc = write_off(cx, s, item, &p);
    } else if (!rc) {
        rc = ff_ledger_negate(cx, item->journal_id, &p);
        p.wallet_id = wallet.account_id;
        p.wallet_balance = wallet.balance;
    }
    if (!rc)
        rc = ff_ledger_post(cx, &p);
    *journal_id = p.journal_id;
    return rc;
}

static enum ff_rc mark_rejected(struct ff_ctx *cx, const struct settling *s,
                                const struct item *item, const char *reason, int64_t journal_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_ITEM_REJECT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_ITEM_REJECT_BATCH, s->id);
    ff_db_int(st, FF_P_PAYROLL_ITEM_REJECT_EMPLOYEE, item->employee_id);
    ff_db_int(st, FF_P_PAYROLL_ITEM_REJECT_JOURNAL, journal_id);
    ff_db_text(st, FF_P_PAYROLL_ITEM_REJECT_REASON, reason);
    return ff_db_run(cx, st);
}

static enum ff_rc reject_one(struct ff_ctx *cx, const struct settling *s, size_t i)
{
    const struct ff_payroll_rejection *r = s->rejections->items;
    struct item item;
    int64_t journal_id = 0;
    enum ff_rc rc = find_item(cx, s, i, r[i].number, &item);
    if (rc || (rc = book_back(cx, s, &item, i == 0, &journal_id)))
        return rc;
    return mark_rejected(cx, s, &item, r[i].reason, journal_id);
}

static enum ff_rc record(struct ff_ctx *cx, const char *action, const struct ff_payroll_batch *was,
                         const struct ff_payroll_batch *b)
{
    const struct ff_audit_value before[] = {{"state", was->state, 0},
                                            {"rejected", NULL, was->n_rejected},
                                            {"due", NULL, was->due}},
                                after[] = {{"state", b->state, 0},
                                           {"rejected", NULL, b->n_rejected},
                                           {"due", NULL, b->due},
                                           {"journalId", NULL, b->confirm_journal_id}};
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "payroll",
                                           .entity_id = b->id,
                                           .before = before,
                                           .n_before = sizeof before / sizeof before[0],
                                           .after = after,
                                           .n_after = sizeof after / sizeof after[0]});
}

/* What was asked before is told again; else the batch is read. *done: nothing is left to do. */
static enum ff_rc begin(struct ff_ctx *cx, struct settling *s, bool *done)
{
    int64_t booked = 0;
    memset(s->out, 0, sizeof *s->out);
    enum ff_rc rc = ff_ledger_find_key(cx, s->idem, &booked);
    *done = booked != 0;
    if (rc || booked)
        return rc ? rc : ff_batch_replay(cx, booked, s->out);
    return ff_batch_find(cx, s->id, &s->batch);
}

static enum ff_rc reject(struct ff_ctx *cx, void *arg)
{
    struct settling *s = arg;
    bool done = false;
    enum ff_rc rc = begin(cx, s, &done);
    if (rc || done)
        return rc;
    if (is_in(s, "confirmed"))
        return ff_batch_refuse(cx, s->batch.view.state,
                               "The batch is confirmed; correct the balance by an adjustment.");
    for (size_t i = 0; i < s->rejections->n && !rc; i++)
        rc = reject_one(cx, s, i);
    if (rc || (rc = ff_payroll_batch(cx, s->id, s->out)))
        return rc;
    return record(cx, "payroll.reject", &s->batch.view, s->out);
}

enum ff_rc ff_payroll_reject(struct ff_ctx *cx, int64_t id, const struct ff_list *rejections,
                             const struct ff_idem *idem, struct ff_payroll_batch *out)
{
    struct settling s = {.id = id, .rejections = rejections, .idem = idem, .out = out};
    return ff_db_write(cx, reject, &s);
}

/* ---- confirmation ---- */

static enum ff_rc check_amount(struct ff_ctx *cx, const struct settling *s)
{
    if (s->amount == s->batch.view.due)
        return FF_OK;
    enum ff_rc rc =
        ff_field_fail(cx, "/amount", "VALUE", "This is not what the batch still holds.");
    ff_err_number(cx, "expected", s->batch.view.due);
    return rc;
}

/* payroll +sum, bank -sum; when every line was rejected there is nothing to book. */
static enum ff_rc book_arrival(struct ff_ctx *cx, const struct settling *s, int64_t *journal_id)
{
    int64_t payroll = 0, bank = 0;
    *journal_id = FF_NULL_INT;
    if (s->amount == 0)
        return FF_OK;
    enum ff_rc rc = ff_batch_account(cx, s->batch.view.month, &payroll);
    if (rc || (rc = ff_ledger_account(cx, "bank", "bank", &bank)))
        return rc;
    struct ff_posting p = {.kind = "payroll",
                           .idem = s->idem,
                           .enforce_floor = true,
                           .entries = {{.account_id = payroll, .amount = s->amount},
                                       {.account_id = bank, .amount = -s->amount}},
                           .n_entries = 2};
    rc = ff_ledger_post(cx, &p);
    *journal_id = p.journal_id;
    return rc;
}

static enum ff_rc mark_confirmed(struct ff_ctx *cx, const struct settling *s, int64_t journal_id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_BATCH_CONFIRMED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_BATCH_CONFIRMED_ID, s->id);
    ff_db_int(st, FF_P_PAYROLL_BATCH_CONFIRMED_NOW, ff_clock_now_ms(cx->clock));
    ff_db_opt_int(st, FF_P_PAYROLL_BATCH_CONFIRMED_JOURNAL, journal_id);
    return ff_db_run(cx, st);
}

static enum ff_rc confirm(struct ff_ctx *cx, void *arg)
{
    struct settling *s = arg;
    bool done = false;
    int64_t journal_id;
    enum ff_rc rc = begin(cx, s, &done);
    if (rc || done)
        return rc;
    if (!is_in(s, "exported"))
        return ff_batch_refuse(cx, s->batch.view.state,
                               is_in(s, "open") ? "The file was not fetched yet."
                                                : "The batch was confirmed before.");
    if ((rc = check_amount(cx, s)) || (rc = book_arrival(cx, s, &journal_id)) ||
        (rc = mark_confirmed(cx, s, journal_id)) || (rc = ff_payroll_batch(cx, s->id, s->out)))
        return rc;
    return record(cx, "payroll.confirm", &s->batch.view, s->out);
}

enum ff_rc ff_payroll_confirm(struct ff_ctx *cx, int64_t id, int64_t amount,
                              const struct ff_idem *idem, struct ff_payroll_batch *out)
{
    struct settling s = {.id = id, .amount = amount, .idem = idem, .out = out};
    return ff_db_write(cx, confirm, &s);
}
