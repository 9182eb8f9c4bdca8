/* SPDX-License-Identifier: MIT */
/* post.c - writes one journal: entries, purchase, lines, wallets, and the sealing row last.
 * Runs inside a writer's job. The database's own guards (balance to zero, floor, chain, period)
 * stand behind every step; a refusal rolls the whole job back. */
#include "domain/ledger/ledger.h"

#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/post_parts.h"

enum { MONTH_CAP = 8 };

/* ---- what ---- */

static void sort_by_account(struct ff_posting *p)
{
    for (size_t i = 1; i < p->n_entries; i++) {
        struct ff_entry e = p->entries[i];
        size_t k = i;
        for (; k > 0 && p->entries[k - 1].account_id > e.account_id; k--)
            p->entries[k] = p->entries[k - 1];
        p->entries[k] = e;
    }
}

/* *balance is FF_NULL_INT when the account is no wallet. */
static enum ff_rc read_balance(struct ff_ctx *cx, int64_t account_id, int64_t *balance)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_BALANCE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_BALANCE_ACCOUNT, account_id);
    rc = ff_db_row(cx, st, &row);
    *balance = !rc && row ? ff_db_col_int(st, FF_C_LEDGER_BALANCE_BALANCE_MINOR) : FF_NULL_INT;
    return rc;
}

static enum ff_rc find_balance(struct ff_ctx *cx, const struct ff_posting *p, int64_t account_id,
                               int64_t *balance)
{
    if (!p->wallet_id)
        return read_balance(cx, account_id, balance);
    *balance = p->wallet_id == account_id      ? p->wallet_balance
               : p->allowance_id == account_id ? p->allowance_balance
                                               : FF_NULL_INT;
    return FF_OK;
}

static enum ff_rc set_balances(struct ff_ctx *cx, struct ff_posting *p)
{
    for (size_t i = 0; i < p->n_entries; i++) {
        struct ff_entry *e = &p->entries[i];
        int64_t before;
        enum ff_rc rc = find_balance(cx, p, e->account_id, &before);
        if (rc)
            return rc;
        e->balance_after = FF_NULL_INT;
        if (before != FF_NULL_INT && !ff_money_add(before, e->amount, &e->balance_after))
            return FF_FAIL(cx, FF_AMOUNT_OUT_OF_RANGE, "The amount is out of range.");
    }
    return FF_OK;
}

static enum ff_rc add_entry(struct ff_ctx *cx, struct ff_stmt *st, int64_t journal_id,
                            const struct ff_entry *e)
{
    ff_db_int(st, FF_P_LEDGER_ENTRY_ADD_JOURNAL, journal_id);
    ff_db_int(st, FF_P_LEDGER_ENTRY_ADD_ACCOUNT, e->account_id);
    ff_db_int(st, FF_P_LEDGER_ENTRY_ADD_AMOUNT, e->amount);
    ff_db_opt_int(st, FF_P_LEDGER_ENTRY_ADD_BALANCE_AFTER, e->balance_after);
    return ff_db_run(cx, st);
}

static enum ff_rc add_entries(struct ff_ctx *cx, struct ff_posting *p, struct ff_chain *chain)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = set_balances(cx, p);
    if (rc || (rc = ff_db_query(cx, FF_Q_LEDGER_ENTRY_ADD, &st)))
        return rc;
    sort_by_account(p);
    for (size_t i = 0; i < p->n_entries; i++)
        ff_chain_entry(chain, &p->entries[i]);
    for (size_t i = 0; i < p->n_entries && !rc; i++)
        rc = add_entry(cx, st, p->journal_id, &p->entries[i]);
    return rc;
}

static enum ff_rc add_line(struct ff_ctx *cx, struct ff_stmt *st, int64_t journal_id,
                           const struct ff_chain_line *l)
{
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_JOURNAL, journal_id);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_LINE_NO, l->line_no);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_PRODUCT, l->product_id);
    ff_db_text(st, FF_P_LEDGER_LINE_ADD_NAME, l->name);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_QUANTITY, l->quantity);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_UNIT_PRICE, l->unit_price);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_GROSS, l->gross);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_TAX_RATE, l->tax_rate_ppm);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_TAX, l->tax);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_SUBSIDY, l->subsidy);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_ALLOWANCE, l->allowance);
    ff_db_int(st, FF_P_LEDGER_LINE_ADD_WALLET, l->wallet);
    return ff_db_run(cx, st);
}

static enum ff_rc add_lines(struct ff_ctx *cx, const struct ff_posting *p, struct ff_chain *chain)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_LINE_ADD, &st);
    for (size_t i = 0; i < p->n_lines && !rc; i++) {
        struct ff_chain_line l = {
            .line_no = (int64_t)i + 1,
            .product_id = p->lines[i].product_id,
            .name = p->lines[i].name,
            .quantity = p->lines[i].quantity,
            .unit_price = p->lines[i].unit_price,
            .gross = p->lines[i].total,
            .tax_rate_ppm = p->lines[i].tax_rate,
            .tax = p->lines[i].tax,
            .subsidy = p->lines[i].subsidy,
            .allowance = p->lines[i].allowance,
            .wallet = p->lines[i].total - p->lines[i].subsidy - p->lines[i].allowance,
        };
        ff_chain_line(chain, &l);
        rc = add_line(cx, st, p->journal_id, &l);
    }
    return rc;
}

static enum ff_rc add_purchase(struct ff_ctx *cx, const struct ff_posting *p,
                               struct ff_chain *chain)
{
    FF_STMT *st = NULL;
    struct ff_chain_purchase row = {.employee_id = p->employee_id};
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_PURCHASE_ADD, &st);
    if (rc)
        return rc;
    for (size_t i = 0; i < p->n_lines; i++) {
        row.gross += p->lines[i].total;
        row.subsidy += p->lines[i].subsidy;
        row.allowance += p->lines[i].allowance;
    }
    row.wallet = row.gross - row.subsidy - row.allowance;
    ff_chain_purchase(chain, &row);
    ff_db_int(st, FF_P_LEDGER_PURCHASE_ADD_JOURNAL, p->journal_id);
    ff_db_int(st, FF_P_LEDGER_PURCHASE_ADD_EMPLOYEE, row.employee_id);
    ff_db_int(st, FF_P_LEDGER_PURCHASE_ADD_GROSS, row.gross);
    ff_db_int(st, FF_P_LEDGER_PURCHASE_ADD_WALLET, row.wallet);
    ff_db_int(st, FF_P_LEDGER_PURCHASE_ADD_ALLOWANCE, row.allowance);
    ff_db_int(st, FF_P_LEDGER_PURCHASE_ADD_SUBSIDY, row.subsidy);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    return add_lines(cx, p, chain);
}

/* ---- wallets: balance and counters in one go ---- */

static void month_of(const char *day, char out[MONTH_CAP])
{
    memcpy(out, day, MONTH_CAP - 1);
    out[MONTH_CAP - 1] = '\0';
}

static enum ff_rc move(struct ff_ctx *cx, int64_t journal_id, const struct ff_entry *e)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_MOVE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_WALLET_MOVE_ACCOUNT, e->account_id);
    ff_db_int(st, FF_P_LEDGER_WALLET_MOVE_BALANCE, e->balance_after);
    ff_db_int(st, FF_P_LEDGER_WALLET_MOVE_JOURNAL, journal_id);
    return ff_db_run(cx, st);
}

static enum ff_rc spend(struct ff_ctx *cx, const struct ff_posting *p, const struct ff_entry *e)
{
    char month[MONTH_CAP];
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_SPEND, &st);
    if (rc)
        return rc;
    month_of(p->business_date, month);
    ff_db_int(st, FF_P_LEDGER_WALLET_SPEND_ACCOUNT, e->account_id);
    ff_db_int(st, FF_P_LEDGER_WALLET_SPEND_BALANCE, e->balance_after);
    ff_db_int(st, FF_P_LEDGER_WALLET_SPEND_JOURNAL, p->journal_id);
    ff_db_int(st, FF_P_LEDGER_WALLET_SPEND_AMOUNT, -e->amount);
    ff_db_text(st, FF_P_LEDGER_WALLET_SPEND_DAY, p->business_date);
    ff_db_text(st, FF_P_LEDGER_WALLET_SPEND_MONTH, month);
    return ff_db_run(cx, st);
}

static enum ff_rc give_back(struct ff_ctx *cx, const struct ff_posting *p, const struct ff_entry *e)
{
    char month[MONTH_CAP];
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_WALLET_RETURN, &st);
    if (rc)
        return rc;
    month_of(p->returns_to, month);
    ff_db_int(st, FF_P_LEDGER_WALLET_RETURN_ACCOUNT, e->account_id);
    ff_db_int(st, FF_P_LEDGER_WALLET_RETURN_BALANCE, e->balance_after);
    ff_db_int(st, FF_P_LEDGER_WALLET_RETURN_JOURNAL, p->journal_id);
    ff_db_int(st, FF_P_LEDGER_WALLET_RETURN_AMOUNT, e->amount);
    ff_db_text(st, FF_P_LEDGER_WALLET_RETURN_DAY, p->returns_to);
    ff_db_text(st, FF_P_LEDGER_WALLET_RETURN_MONTH, month);
    return ff_db_run(cx, st);
}

/* Limits are about what a person pays: the allowance does not count. */
static enum ff_rc move_wallets(struct ff_ctx *cx, const struct ff_posting *p)
{
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < p->n_entries && !rc; i++) {
        const struct ff_entry *e = &p->entries[i];
        if (e->balance_after == FF_NULL_INT)
            continue;
        if (!p->counts_for_limits || e->account_id != p->wallet_id)
            rc = move(cx, p->journal_id, e);
        else
            rc = p->returns_to ? give_back(cx, p, e) : spend(cx, p, e);
    }
    return rc;
}

/* ---- the journal ---- */

static void describe(const struct ff_ctx *cx, const struct ff_posting *p,
                     const struct ff_chain_head *head, struct ff_chain_journal *j)
{
    *j = (struct ff_chain_journal){
        .id = p->journal_id,
        .kind = p->kind,
        .recorded_at_ms = p->recorded_at_ms,
        .occurred_at_ms = p->occurred_at_ms ? p->occurred_at_ms : p->recorded_at_ms,
        .business_date = p->business_date,
        .period_id = p->period_id,
        .actor_user_id = cx->who.user_id ? cx->who.user_id : FF_NULL_INT,
        .device_id = cx->who.device_id ? cx->who.device_id : FF_NULL_INT,
        .idem_scope = p->idem->scope,
        .idem_key = p->idem->key,
        .reverses_id = p->reverses_id ? p->reverses_id : FF_NULL_INT,
        .reason_code = p->reason_code,
        .enforce_floor = p->enforce_floor,
    };
    memcpy(j->request_fp, p->idem->fingerprint, sizeof j->request_fp);
    memcpy(j->prev_hash, head->hash, sizeof j->prev_hash);
}

static enum ff_rc seal(struct ff_ctx *cx, const struct ff_chain_journal *j,
                       const unsigned char hash[FF_CHAIN_HASH_BYTES])
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_JOURNAL_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_JOURNAL_ADD_ID, j->id);
    ff_db_text(st, FF_P_LEDGER_JOURNAL_ADD_KIND, j->kind);
    ff_db_int(st, FF_P_LEDGER_JOURNAL_ADD_RECORDED_AT, j->recorded_at_ms);
    ff_db_int(st, FF_P_LEDGER_JOURNAL_ADD_OCCURRED_AT, j->occurred_at_ms);
    ff_db_text(st, FF_P_LEDGER_JOURNAL_ADD_BUSINESS_DATE, j->business_date);
    ff_db_int(st, FF_P_LEDGER_JOURNAL_ADD_PERIOD, j->period_id);
    ff_db_opt_int(st, FF_P_LEDGER_JOURNAL_ADD_ACTOR, j->actor_user_id);
    ff_db_opt_int(st, FF_P_LEDGER_JOURNAL_ADD_DEVICE, j->device_id);
    ff_db_int(st, FF_P_LEDGER_JOURNAL_ADD_IDEM_SCOPE, j->idem_scope);
    ff_db_text(st, FF_P_LEDGER_JOURNAL_ADD_IDEM_KEY, j->idem_key);
    ff_db_blob(st, FF_P_LEDGER_JOURNAL_ADD_REQUEST_FP, j->request_fp, sizeof j->request_fp);
    ff_db_opt_int(st, FF_P_LEDGER_JOURNAL_ADD_REVERSES, j->reverses_id);
    ff_db_text(st, FF_P_LEDGER_JOURNAL_ADD_REASON, j->reason_code);
    ff_db_int(st, FF_P_LEDGER_JOURNAL_ADD_ENFORCE_FLOOR, j->enforce_floor);
    ff_db_blob(st, FF_P_LEDGER_JOURNAL_ADD_PREV_HASH, j->prev_hash, sizeof j->prev_hash);
    ff_db_blob(st, FF_P_LEDGER_JOURNAL_ADD_HASH, hash, FF_CHAIN_HASH_BYTES);
    return ff_db_run(cx, st);
}

enum ff_rc ff_ledger_post(struct ff_ctx *cx, struct ff_posting *p)
{
    struct ff_chain_head *head = ff_db_ledger_head(cx);
    struct ff_chain_journal j;
    struct ff_chain chain;
    unsigned char hash[FF_CHAIN_HASH_BYTES];
    enum ff_rc rc = p->recorded_at_ms ? FF_OK : ff_ledger_date(cx, p);
    if (rc)
        return rc;
    p->journal_id = head->id + 1;
    describe(cx, p, head, &j);
    ff_chain_journal(&chain, &j);
    if ((rc = add_entries(cx, p, &chain)))
        return rc;
    if (p->n_lines && (rc = add_purchase(cx, p, &chain)))
        return rc;
    if (p->n_refunds && (rc = ff_ledger_add_refunds(cx, p, &chain)))
        return rc;
    if ((rc = move_wallets(cx, p)))
        return rc;
    ff_chain_end(&chain, hash);
    if ((rc = seal(cx, &j, hash)))
        return rc;
    head->id = p->journal_id;
    head->recorded_at_ms = p->recorded_at_ms;
    memcpy(head->hash, hash, sizeof head->hash);
    return ff_ledger_record(cx, p);
}

enum ff_rc ff_ledger_negate(struct ff_ctx *cx, int64_t journal_id, struct ff_posting *p)
{
    FF_STMT *st = NULL;
    bool row = true;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_ENTRIES_OF, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_LEDGER_ENTRIES_OF_JOURNAL, journal_id);
    p->n_entries = 0;
    p->reverses_id = journal_id;
    while (!(rc = ff_db_row(cx, st, &row)) && row && p->n_entries < FF_LEDGER_MAX_ENTRIES) {
        struct ff_entry *e = &p->entries[p->n_entries++];
        e->account_id = ff_db_col_int(st, FF_C_LEDGER_ENTRIES_OF_ACCOUNT_ID);
        e->amount = -ff_db_col_int(st, FF_C_LEDGER_ENTRIES_OF_AMOUNT_MINOR);
    }
    return rc;
}
