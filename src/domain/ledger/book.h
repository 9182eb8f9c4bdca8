/* SPDX-License-Identifier: MIT */
/* book.h - the books as a treasurer reads them: accounts with balances, the trial balance, journals
 * with their entries, and the way into another program's chart of accounts. Readers; for admins, so
 * nothing is bounded by a reach. Debit = minus amount, credit = amount. Source: ledger.md, "Sign".
 */
#ifndef FF_DOMAIN_LEDGER_BOOK_H
#define FF_DOMAIN_LEDGER_BOOK_H

#include "domain/common/list.h"
#include "domain/ledger/ledger.h"

extern const char *const ff_account_kinds[]; /* NULL-terminated */
extern const char *const ff_journal_kinds[]; /* likewise */

struct ff_account {
    int64_t id;
    const char *code, *kind;
    int64_t employee_id; /* FF_NULL_INT: shared */
    int64_t balance;
};

/* A page of all accounts, or of one kind, with their balances at the end of a business date; `at`
 * NULL: now. */
FF_MUST_CHECK enum ff_rc ff_book_accounts(struct ff_ctx *cx, const char *at, const char *kind,
                                          int64_t page, int64_t limit, struct ff_list *out,
                                          int64_t *total);

struct ff_trial_row {
    const char *code, *kind;        /* people's accounts of a kind are one row: "wallet:*" */
    int64_t accounts;               /* how many it stands for */
    int64_t debit, credit, balance; /* the balance on its side; the other one is 0 */
};
struct ff_trial {
    const char *at;               /* NULL: now */
    struct ff_list rows;          /* of struct ff_trial_row, empty ones left out */
    int64_t debits, credits, sum; /* sum 0, always (I2) */
};
/* All balances at the end of a business date. */
FF_MUST_CHECK enum ff_rc ff_book_trial(struct ff_ctx *cx, const char *at, struct ff_trial *out);

struct ff_book_entry {
    int64_t account_id;
    const char *code;
    int64_t amount, balance_after; /* FF_NULL_INT: a shared account */
};
struct ff_journal {
    int64_t id;
    const char *kind, *business_date;
    int64_t recorded_at, occurred_at;
    int64_t actor_user_id, device_id, reverses_id; /* FF_NULL_INT: none */
    const char *reason;                            /* its code, NULL: none */
    const char *hash;
    struct ff_list entries; /* of struct ff_book_entry */
};
struct ff_journal_filter {
    const char *kind;      /* NULL: any */
    int64_t account_id;    /* FF_NULL_INT: any */
    const char *from, *to; /* business dates, half open; NULL: unbounded */
    int64_t after, limit;  /* cursor (FF_NULL_INT: none); rows, 1..100 */
};
/* Newest first; *next NULL: there are no more. */
FF_MUST_CHECK enum ff_rc ff_book_journals(struct ff_ctx *cx, const struct ff_journal_filter *f,
                                          struct ff_list *out, const char **next);

struct ff_book_head {
    int64_t id, recorded_at; /* 0 and FF_NULL_INT: no journal yet */
    const char *hash;        /* NULL then */
};
/* The last journal: its hash seals all before. */
FF_MUST_CHECK enum ff_rc ff_book_head(struct ff_ctx *cx, struct ff_book_head *out);

/* ---- export ---- */
enum { FF_ACCOUNT_MAP_ROWS = 200 };
struct ff_account_map_row {
    const char *code;   /* of one of our accounts, or "KIND:*" */
    const char *number; /* in the site's bookkeeping */
    const char *name;   /* NULL: none */
};
struct ff_account_map {
    struct ff_list rows; /* of struct ff_account_map_row, by code */
};
/* The whole mapping; and putting another in its place (FF_VALIDATION: a code named twice). */
FF_MUST_CHECK enum ff_rc ff_account_map_get(struct ff_ctx *cx, struct ff_account_map *out);
FF_MUST_CHECK enum ff_rc ff_account_map_put(struct ff_ctx *cx, const struct ff_account_map *in,
                                            struct ff_account_map *out);

/* The journals of a month as CSV, a row an entry, or summed up by day (`by_day`), with the mapping
 * of now: the same bytes for a closed month as long as the mapping stays. FF_NOT_FOUND: nothing
 * was booked; FF_VALIDATION when it is too large. */
FF_MUST_CHECK enum ff_rc ff_book_export(struct ff_ctx *cx, const char *month, bool by_day,
                                        int decimals, struct ff_text *out);

#endif
