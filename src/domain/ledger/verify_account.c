/* SPDX-License-Identifier: MIT */
/* verify_account.c - accounts, wallets and periods as stored, and what the pass makes of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/ledger/verify_parts.h"

static void *grow(struct ff_verify *v, void *items, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return items;
    size_t wanted = *cap ? *cap * 2 : 64;
    void *bigger = realloc(items, wanted * size);
    if (bigger)
        *cap = wanted;
    else
        (void)FF_FAIL(v->cx, FF_INTERNAL, "Out of memory.");
    return bigger;
}

/* ---- accounts ---- */

struct ff_verify_account *ff_verify_account(struct ff_verify *v, int64_t id)
{
    size_t low = 0, high = v->n_accounts;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (v->accounts[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < v->n_accounts && v->accounts[low].id == id ? &v->accounts[low] : NULL;
}

static enum ff_rc copy_text(struct ff_verify *v, struct ff_stmt *st, int column, char *out,
                            size_t cap)
{
    const char *text;
    enum ff_rc rc = ff_verify_text(v, st, column, &text);
    if (!rc)
        snprintf(out, cap, "%s", text);
    return rc;
}

static enum ff_rc read_wallet(struct ff_verify *v, struct ff_stmt *st, struct ff_verify_account *a)
{
    a->stored.balance = ff_db_col_int(st, FF_C_VERIFY_ACCOUNTS_BALANCE_MINOR);
    a->stored.last_journal_id = ff_db_col_int(st, FF_C_VERIFY_ACCOUNTS_LAST_JOURNAL_ID);
    a->stored.day_spent = ff_db_col_int(st, FF_C_VERIFY_ACCOUNTS_DAY_SPENT_MINOR);
    a->stored.month_spent = ff_db_col_int(st, FF_C_VERIFY_ACCOUNTS_MONTH_SPENT_MINOR);
    enum ff_rc rc = copy_text(v, st, FF_C_VERIFY_ACCOUNTS_DAY, a->stored.day, sizeof a->stored.day);
    return rc ? rc
              : copy_text(v, st, FF_C_VERIFY_ACCOUNTS_MONTH, a->stored.month,
                          sizeof a->stored.month);
}

/* A person's account is named after them, and only wallets and allowances have a wallet row. */
static enum ff_rc check_account(struct ff_verify *v, struct ff_stmt *st,
                                const struct ff_verify_account *a)
{
    char expected[48];
    const char *code;
    const bool is_wallet = strcmp(a->kind, "wallet") == 0 || strcmp(a->kind, "allowance") == 0;
    enum ff_rc rc = ff_verify_text(v, st, FF_C_VERIFY_ACCOUNTS_CODE, &code);
    if (rc)
        return rc;
    if (is_wallet != a->has_wallet)
        return ff_verify_bad(v, "account", a->id, "of kind %s, yet it has %s wallet row", a->kind,
                             a->has_wallet ? "a" : "no");
    snprintf(expected, sizeof expected, "%s:%lld", a->kind, (long long)a->employee_id);
    if (is_wallet && strcmp(code, expected) != 0)
        return ff_verify_bad(v, "account", a->id, "code: expected %s, found %s", expected, code);
    return FF_OK;
}

/* What is stored now; what was spent on another day or month than the stored one was counted for
 * nothing. */
static void renew_account(struct ff_verify_account *a, const struct ff_verify_account *now)
{
    if (strcmp(a->stored.day, now->stored.day) != 0)
        a->day_spent = 0;
    if (strcmp(a->stored.month, now->stored.month) != 0)
        a->month_spent = 0;
    a->stored = now->stored;
    a->has_wallet = now->has_wallet;
    snprintf(a->kind, sizeof a->kind, "%s", now->kind);
}

static enum ff_rc keep_account(struct ff_verify *v, const struct ff_verify_account *a)
{
    struct ff_verify_account *known = ff_verify_account(v, a->id);
    if (known) {
        renew_account(known, a);
        return FF_OK;
    }
    void *items = grow(v, v->accounts, v->n_accounts, &v->cap_accounts, sizeof *v->accounts);
    if (!items)
        return v->cx->err.rc;
    v->accounts = items;
    v->accounts[v->n_accounts++] = *a; /* they come by id, and new ones have higher ones */
    return FF_OK;
}

static enum ff_rc read_account(struct ff_verify *v, struct ff_stmt *st)
{
    struct ff_verify_account a = {
        .id = ff_db_col_int(st, FF_C_VERIFY_ACCOUNTS_ID),
        .employee_id = ff_db_col_int(st, FF_C_VERIFY_ACCOUNTS_EMPLOYEE_ID),
        .has_wallet = !ff_db_col_null(st, FF_C_VERIFY_ACCOUNTS_WALLET_ID),
    };
    enum ff_rc rc = copy_text(v, st, FF_C_VERIFY_ACCOUNTS_KIND, a.kind, sizeof a.kind);
    if (rc || (a.has_wallet && (rc = read_wallet(v, st, &a))) || (rc = keep_account(v, &a)))
        return rc;
    return check_account(v, st, &a);
}

#define SAME(column)                                                                               \
    ((int)FF_C_VERIFY_ACCOUNTS_##column == (int)FF_C_VERIFY_ACCOUNTS_SINCE_##column)
_Static_assert(SAME(ID) && SAME(MONTH_SPENT_MINOR), "one reader for both");

static enum ff_rc load_accounts(struct ff_verify *v, int64_t first)
{
    FF_STMT *st = NULL;
    bool row = true;
    enum ff_rc rc =
        ff_db_query(v->cx, v->is_full ? FF_Q_VERIFY_ACCOUNTS : FF_Q_VERIFY_ACCOUNTS_SINCE, &st);
    if (!rc && !v->is_full)
        ff_db_int(st, FF_P_VERIFY_ACCOUNTS_SINCE_JOURNAL, first);
    while (!rc && !(rc = ff_db_row(v->cx, st, &row)) && row) {
        ff_arena_reset(v->cx->arena);
        rc = read_account(v, st);
    }
    return rc;
}

/* ---- periods ---- */

/* One that is known stays as it was: what closed it since was proved by whoever closed it. */
static enum ff_rc keep_period(struct ff_verify *v, const struct ff_verify_period *p)
{
    for (size_t i = 0; i < v->n_periods; i++) {
        if (v->periods[i].id == p->id)
            return FF_OK;
    }
    void *items = grow(v, v->periods, v->n_periods, &v->cap_periods, sizeof *v->periods);
    if (!items)
        return v->cx->err.rc;
    v->periods = items;
    v->periods[v->n_periods] = *p;
    v->periods[v->n_periods++].is_closed = p->is_closed && v->id == 0;
    return FF_OK;
}

static enum ff_rc read_period(struct ff_verify *v, struct ff_stmt *st)
{
    struct ff_verify_period p = {.id = ff_db_col_int(st, FF_C_VERIFY_PERIODS_ID),
                                 .is_closed = ff_db_col_int(st, FF_C_VERIFY_PERIODS_IS_CLOSED) == 1,
                                 .first = ff_db_col_int(st, FF_C_VERIFY_PERIODS_FIRST_JOURNAL_ID),
                                 .last = ff_db_col_int(st, FF_C_VERIFY_PERIODS_LAST_JOURNAL_ID),
                                 .head = ff_db_col_int(st, FF_C_VERIFY_PERIODS_CLOSED_JOURNAL_ID)};
    if (p.is_closed && !ff_db_col_blob(st, FF_C_VERIFY_PERIODS_CLOSED_HASH, p.hash, sizeof p.hash))
        return ff_verify_bad(v, "period", p.id, "a closed month has no hash");
    enum ff_rc rc =
        copy_text(v, st, FF_C_VERIFY_PERIODS_STARTS_ON, p.starts_on, sizeof p.starts_on);
    if (rc || (rc = copy_text(v, st, FF_C_VERIFY_PERIODS_ENDS_ON, p.ends_on, sizeof p.ends_on)))
        return rc;
    return keep_period(v, &p);
}

static enum ff_rc load_periods(struct ff_verify *v)
{
    FF_STMT *st = NULL;
    bool row = true;
    enum ff_rc rc = ff_db_query(v->cx, FF_Q_VERIFY_PERIODS, &st);
    while (!rc && !(rc = ff_db_row(v->cx, st, &row)) && row)
        rc = read_period(v, st);
    return rc;
}

enum ff_rc ff_verify_load(struct ff_verify *v, int64_t first)
{
    enum ff_rc rc = load_accounts(v, first);
    return rc ? rc : load_periods(v);
}

void ff_verify_free(struct ff_verify *v)
{
    free(v->accounts);
    free(v->periods);
}

/* ---- the end of the pass ---- */

struct expectation {
    const char *column;
    int64_t expected, found;
};

static enum ff_rc check_wallet(struct ff_verify *v, const struct ff_verify_account *a)
{
    const struct expectation rows[] = {
        {"balance_minor", a->running, a->stored.balance},
        {"last_journal_id", a->last_journal_id, a->stored.last_journal_id},
        {"day_spent_minor", a->day_spent, a->stored.day_spent},
        {"month_spent_minor", a->month_spent, a->stored.month_spent},
    };
    size_t n = v->is_full ? sizeof rows / sizeof rows[0] : 2; /* the tail knows no whole month */
    for (size_t i = 0; i < n; i++) {
        if (rows[i].expected != rows[i].found)
            return ff_verify_bad(v, "wallet", a->id, "%s: expected %lld, found %lld",
                                 rows[i].column, (long long)rows[i].expected,
                                 (long long)rows[i].found);
    }
    return FF_OK;
}

enum ff_rc ff_verify_wallets(struct ff_verify *v)
{
    int64_t sum = 0;
    for (size_t i = 0; i < v->n_accounts; i++) {
        const struct ff_verify_account *a = &v->accounts[i];
        enum ff_rc rc = FF_OK;
        sum += a->running;
        if (a->has_wallet && (v->is_full || a->is_seen))
            rc = check_wallet(v, a);
        if (rc)
            return rc;
    }
    if (v->is_full && sum != 0)
        return ff_verify_bad(v, "account", 0, "all balances: expected 0, found %lld",
                             (long long)sum);
    return FF_OK;
}
