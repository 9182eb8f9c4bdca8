/* SPDX-License-Identifier: MIT */
/* verify_journal.c - one journal proved: its place in the chain, its entries, its purchase (in
 * verify_purchase.c), what it reverses, and its hash. The order of the checks is from the plain to
 * the sealed, so that a changed amount is named as such and not only as a broken hash. */
#include <string.h>

#include "base/ids.h"
#include "base/money.h"
#include "domain/ledger/verify_parts.h"

enum ff_rc ff_verify_differs(struct ff_verify *v, const char *table, const struct ff_verify_one *o,
                             const char *what, int64_t expected, int64_t found)
{
    return ff_verify_bad(v, table, o->j.id, "%s: expected %lld, found %lld", what,
                         (long long)expected, (long long)found);
}

/* Rows before the journal's own have lost their journal. */
enum ff_rc ff_verify_owner(struct ff_verify *v, const char *table, int64_t row_id, int64_t id)
{
    return row_id >= id
               ? FF_OK
               : ff_verify_bad(v, table, row_id, "there is no journal %lld", (long long)row_id);
}

/* ---- the row itself ---- */

static enum ff_rc read_journal(struct ff_verify *v, struct ff_verify_one *o)
{
    struct ff_stmt *st = v->journals.st;
    struct ff_chain_journal *j = &o->j;
    enum ff_rc rc;
    j->id = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_ID);
    j->recorded_at_ms = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_RECORDED_AT_MS);
    j->occurred_at_ms = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_OCCURRED_AT_MS);
    j->period_id = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_PERIOD_ID);
    j->actor_user_id = ff_db_col_opt_int(st, FF_C_VERIFY_JOURNALS_ACTOR_USER_ID);
    j->device_id = ff_db_col_opt_int(st, FF_C_VERIFY_JOURNALS_DEVICE_ID);
    j->idem_scope = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_IDEM_SCOPE);
    j->reverses_id = ff_db_col_opt_int(st, FF_C_VERIFY_JOURNALS_REVERSES_ID);
    j->enforce_floor = ff_db_col_int(st, FF_C_VERIFY_JOURNALS_ENFORCE_FLOOR);
    if ((rc = ff_verify_text(v, st, FF_C_VERIFY_JOURNALS_KIND, &j->kind)) ||
        (rc = ff_verify_text(v, st, FF_C_VERIFY_JOURNALS_BUSINESS_DATE, &j->business_date)) ||
        (rc = ff_verify_text(v, st, FF_C_VERIFY_JOURNALS_IDEM_KEY, &j->idem_key)) ||
        (!ff_db_col_null(st, FF_C_VERIFY_JOURNALS_REASON_CODE) &&
         (rc = ff_verify_text(v, st, FF_C_VERIFY_JOURNALS_REASON_CODE, &j->reason_code))))
        return rc;
    if (!ff_db_col_blob(st, FF_C_VERIFY_JOURNALS_REQUEST_FP, j->request_fp, sizeof j->request_fp) ||
        !ff_db_col_blob(st, FF_C_VERIFY_JOURNALS_PREV_HASH, j->prev_hash, sizeof j->prev_hash) ||
        !ff_db_col_blob(st, FF_C_VERIFY_JOURNALS_HASH, o->hash, sizeof o->hash))
        return ff_verify_bad(v, "journal", j->id, "a hash has not its length");
    return FF_OK;
}

static enum ff_rc hash_differs(struct ff_verify *v, const struct ff_verify_one *o,
                               const char *column, const unsigned char *expected,
                               const unsigned char *found)
{
    char want[2 * FF_CHAIN_HASH_BYTES + 1], have[2 * FF_CHAIN_HASH_BYTES + 1];
    ff_hex(expected, FF_CHAIN_HASH_BYTES, want);
    ff_hex(found, FF_CHAIN_HASH_BYTES, have);
    return ff_verify_bad(v, "journal", o->j.id, "%s: expected %s, found %s", column, want, have);
}

static enum ff_rc check_place(struct ff_verify *v, const struct ff_verify_one *o)
{
    if (o->j.id != v->id + 1)
        return ff_verify_bad(v, "journal", v->id + 1,
                             "journal %lld is missing: the next one found is %lld",
                             (long long)v->id + 1, (long long)o->j.id);
    if (o->j.recorded_at_ms < v->recorded_at_ms)
        return ff_verify_bad(v, "journal", o->j.id,
                             "recorded_at_ms: expected %lld or later, found %lld",
                             (long long)v->recorded_at_ms, (long long)o->j.recorded_at_ms);
    if (memcmp(o->j.prev_hash, v->hash, sizeof v->hash) != 0)
        return hash_differs(v, o, "prev_hash", v->hash, o->j.prev_hash);
    return FF_OK;
}

static enum ff_rc check_period(struct ff_verify *v, const struct ff_verify_one *o)
{
    const char *date = o->j.business_date;
    for (size_t i = 0; i < v->n_periods; i++) {
        const struct ff_verify_period *p = &v->periods[i];
        if (p->id != o->j.period_id)
            continue;
        if (strcmp(date, p->starts_on) >= 0 && strcmp(date, p->ends_on) <= 0)
            return FF_OK;
        return ff_verify_bad(v, "journal", o->j.id, "business_date: expected %s to %s, found %s",
                             p->starts_on, p->ends_on, date);
    }
    return ff_verify_bad(v, "journal", o->j.id, "there is no period %lld",
                         (long long)o->j.period_id);
}

/* ---- entries ---- */

static enum ff_rc balance_before(struct ff_verify *v, const struct ff_verify_one *o,
                                 struct ff_verify_account *a)
{
    FF_STMT *st = NULL;
    bool row = false;
    a->is_seen = true;
    if (v->is_full || !a->has_wallet)
        return FF_OK;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_BALANCE_BEFORE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_BALANCE_BEFORE_ACCOUNT, a->id);
    ff_db_int(st, FF_P_VERIFY_BALANCE_BEFORE_JOURNAL, o->j.id);
    rc = ff_db_row(v->cx, st, &row);
    a->running = !rc && row ? ff_db_col_int(st, FF_C_VERIFY_BALANCE_BEFORE_BALANCE_AFTER) : 0;
    return rc;
}

static enum ff_rc check_entry(struct ff_verify *v, const struct ff_verify_one *o,
                              const struct ff_entry *e)
{
    struct ff_verify_account *a = ff_verify_account(v, e->account_id);
    enum ff_rc rc;
    if (!a)
        return ff_verify_bad(v, "entry", o->j.id, "there is no account %lld",
                             (long long)e->account_id);
    if (!a->is_seen && (rc = balance_before(v, o, a)))
        return rc;
    if (!ff_money_add(a->running, e->amount, &a->running))
        return ff_verify_bad(v, "entry", o->j.id, "amount_minor of account %lld: overflow",
                             (long long)a->id);
    a->last_journal_id = o->j.id;
    *(e->amount < 0 ? &a->month.debit : &a->month.credit) += e->amount < 0 ? -e->amount : e->amount;
    int64_t expected = a->has_wallet ? a->running : FF_NULL_INT;
    if (e->balance_after == expected)
        return FF_OK;
    if (expected == FF_NULL_INT || e->balance_after == FF_NULL_INT)
        return ff_verify_bad(v, "entry", o->j.id, "balance_after of account %lld: expected %s",
                             (long long)a->id, a->has_wallet ? "a balance" : "none");
    return ff_verify_bad(v, "entry", o->j.id,
                         "balance_after of account %lld: expected %lld, found %lld",
                         (long long)a->id, (long long)expected, (long long)e->balance_after);
}

static enum ff_rc take_entries(struct ff_verify *v, struct ff_verify_one *o)
{
    struct ff_stmt *st = v->entries.st;
    enum ff_rc rc = FF_OK;
    while (!rc && v->entries.row) {
        int64_t id = ff_db_col_int(st, FF_C_VERIFY_ENTRIES_JOURNAL_ID);
        if (id > o->j.id)
            break;
        if ((rc = ff_verify_owner(v, "entry", id, o->j.id)))
            return rc;
        if (o->n_entries == FF_LEDGER_MAX_ENTRIES)
            return ff_verify_bad(v, "entry", id, "more than %d entries", FF_LEDGER_MAX_ENTRIES);
        struct ff_entry *e = &o->entries[o->n_entries++];
        e->account_id = ff_db_col_int(st, FF_C_VERIFY_ENTRIES_ACCOUNT_ID);
        e->amount = ff_db_col_int(st, FF_C_VERIFY_ENTRIES_AMOUNT_MINOR);
        e->balance_after = ff_db_col_opt_int(st, FF_C_VERIFY_ENTRIES_BALANCE_AFTER);
        v->report->entries++;
        ff_chain_entry(&o->chain, e);
        if (!(rc = check_entry(v, o, e)))
            rc = ff_verify_next(v, &v->entries);
    }
    return rc;
}

static enum ff_rc check_sum(struct ff_verify *v, const struct ff_verify_one *o)
{
    int64_t sum = 0;
    for (size_t i = 0; i < o->n_entries; i++)
        sum += o->entries[i].amount; /* each within 10^11, by check_entry's running sums */
    if (o->n_entries < 2)
        return ff_verify_differs(v, "journal", o, "number of entries, at least", 2,
                                 (int64_t)o->n_entries);
    return sum ? ff_verify_differs(v, "journal", o, "sum of entries", 0, sum) : FF_OK;
}

/* ---- counters ---- */

/* `sign` 1: spent on that date; -1: given back to it. */
static void count(struct ff_verify *v, const struct ff_verify_one *o, const char *date, int sign)
{
    for (size_t i = 0; i < o->n_entries; i++) {
        struct ff_verify_account *a = ff_verify_account(v, o->entries[i].account_id);
        int64_t spent = sign > 0 ? -o->entries[i].amount : o->entries[i].amount;
        if (strcmp(a->kind, "wallet") != 0)
            continue;
        if (strcmp(a->stored.day, date) == 0)
            a->day_spent += sign * spent;
        if (strncmp(a->stored.month, date, FF_VERIFY_MONTH_CAP - 1) == 0)
            a->month_spent += sign * spent;
    }
}

/* ---- reversals ---- */

static enum ff_rc check_negation(struct ff_verify *v, const struct ff_verify_one *o)
{
    struct ff_posting *expected = FF_NEW(v->cx, struct ff_posting);
    enum ff_rc rc = expected ? ff_ledger_negate(v->cx, o->j.reverses_id, expected) : v->cx->err.rc;
    if (rc)
        return rc;
    if (expected->n_entries != o->n_entries)
        return ff_verify_differs(v, "journal", o, "number of entries as in what it voids",
                                 (int64_t)expected->n_entries, (int64_t)o->n_entries);
    for (size_t i = 0; i < o->n_entries; i++) {
        if (expected->entries[i].account_id != o->entries[i].account_id ||
            expected->entries[i].amount != o->entries[i].amount)
            return ff_verify_bad(v, "journal", o->j.id,
                                 "a void is the exact negation: expected %lld on account %lld",
                                 (long long)expected->entries[i].amount,
                                 (long long)expected->entries[i].account_id);
    }
    return FF_OK;
}

static enum ff_rc check_void(struct ff_verify *v, const struct ff_verify_one *o,
                             int64_t voids_before)
{
    if (voids_before)
        return ff_verify_bad(v, "journal", o->j.id, "journal %lld was voided before",
                             (long long)o->j.reverses_id);
    return check_negation(v, o);
}

static enum ff_rc check_reversal(struct ff_verify *v, const struct ff_verify_one *o)
{
    FF_STMT *st = NULL;
    bool row = false, is_void = strcmp(o->j.kind, "void") == 0;
    const char *kind, *date;
    if (o->j.reverses_id == FF_NULL_INT)
        return is_void ? ff_verify_bad(v, "journal", o->j.id, "a void of nothing") : FF_OK;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_REVERSED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_VERIFY_REVERSED_JOURNAL, o->j.reverses_id);
    ff_db_int(st, FF_P_VERIFY_REVERSED_REVERSAL, o->j.id);
    if ((rc = ff_db_row(v->cx, st, &row)))
        return rc;
    if (!row || o->j.reverses_id >= o->j.id)
        return ff_verify_bad(v, "journal", o->j.id, "there is no earlier journal %lld to reverse",
                             (long long)o->j.reverses_id);
    if ((rc = ff_verify_text(v, st, FF_C_VERIFY_REVERSED_KIND, &kind)) ||
        (rc = ff_verify_text(v, st, FF_C_VERIFY_REVERSED_BUSINESS_DATE, &date)))
        return rc;
    if (strcmp(kind, "purchase") == 0)
        count(v, o, date, -1);
    return is_void ? check_void(v, o, ff_db_col_int(st, FF_C_VERIFY_REVERSED_VOIDS_BEFORE)) : FF_OK;
}

/* ---- all of it ---- */

static enum ff_rc check_hash(struct ff_verify *v, struct ff_verify_one *o)
{
    unsigned char expected[FF_CHAIN_HASH_BYTES];
    ff_chain_end(&o->chain, expected);
    return memcmp(expected, o->hash, sizeof expected) == 0
               ? FF_OK
               : hash_differs(v, o, "hash", expected, o->hash);
}

enum ff_rc ff_verify_journal(struct ff_verify *v)
{
    struct ff_verify_one o = {0};
    enum ff_rc rc;
    if ((rc = read_journal(v, &o)) || (rc = check_place(v, &o)) || (rc = check_period(v, &o)) ||
        (rc = ff_verify_in_month(v, o.j.id, o.j.period_id)))
        return rc;
    ff_chain_journal(&o.chain, &o.j);
    if ((rc = take_entries(v, &o)) || (rc = check_sum(v, &o)) ||
        (rc = ff_verify_take_purchase(v, &o)) || (rc = ff_verify_take_lines(v, &o)) ||
        (rc = ff_verify_check_purchase(v, &o)) || (rc = ff_verify_take_refunds(v, &o)) ||
        (rc = ff_verify_check_refund(v, &o)))
        return rc;
    if (o.has_purchase)
        count(v, &o, o.j.business_date, 1);
    if ((rc = check_reversal(v, &o)) || (rc = check_hash(v, &o)))
        return rc;
    v->report->journals++;
    v->id = o.j.id;
    v->recorded_at_ms = o.j.recorded_at_ms;
    memcpy(v->hash, o.hash, sizeof v->hash);
    rc = ff_verify_months(v);
    return rc ? rc : ff_verify_next(v, &v->journals);
}
