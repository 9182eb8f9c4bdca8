/* SPDX-License-Identifier: MIT */
/* verify_parts.h - inside this folder only: what the files of verify share.
 * A finding is written to the report and travels up as FF_STORAGE_FAULT with report->ok false; a
 * failed read is any code with report->ok true. */
#ifndef FF_DOMAIN_LEDGER_VERIFY_PARTS_H
#define FF_DOMAIN_LEDGER_VERIFY_PARTS_H

#include "db/db.h"
#include "domain/ledger/chain.h"
#include "domain/ledger/verify.h"

enum { FF_VERIFY_KIND_CAP = 12, FF_VERIFY_MONTH_CAP = 8 };

/* An account as stored, and as recomputed while the journals pass by. */
struct ff_verify_account {
    int64_t id, employee_id;
    bool has_wallet, is_seen;
    char kind[FF_VERIFY_KIND_CAP];
    int64_t running, last_journal_id;
    struct {
        int64_t balance, last_journal_id, day_spent, month_spent;
        char day[FF_DATE_CAP], month[FF_VERIFY_MONTH_CAP];
    } stored;
    int64_t day_spent, month_spent; /* of the stored day and month */
    struct {
        int64_t opening, debit, credit; /* since the last closed month ended */
    } month;
};

struct ff_verify_period {
    int64_t id;
    char starts_on[FF_DATE_CAP], ends_on[FF_DATE_CAP];
    bool is_closed;
    int64_t first, last, head; /* of a closed one: its journals, and the head it was closed at */
    unsigned char hash[FF_CHAIN_HASH_BYTES];
};

/* A query that is walked side by side with others. `row`: one is there to be read. */
struct ff_verify_cursor {
    struct ff_stmt *st;
    bool row;
};

struct ff_verify {
    struct ff_ctx *cx;
    struct ff_verify_report *report;
    bool is_full;
    bool in_moments;                       /* full, and the reader may be given back on the way */
    const struct ff_verify_report *proved; /* only what comes after it; NULL: see is_full */
    size_t month, closed_at; /* among periods: the first whose end, and whose head, did not pass */
    struct ff_verify_account *accounts; /* by id */
    size_t n_accounts, cap_accounts;
    struct ff_verify_period *periods;
    size_t n_periods, cap_periods;
    /* the last month whose sums are proved, "" before the first */
    char summed_from[FF_DATE_CAP], summed_to[FF_DATE_CAP];
    /* the journal before */
    int64_t id, recorded_at_ms;
    unsigned char hash[FF_CHAIN_HASH_BYTES];
    struct ff_verify_cursor journals, entries, purchases, lines, refunds;
};

/* The journal under the cursor, gathered while its rows pass by. */
struct ff_verify_one {
    struct ff_chain_journal j;
    unsigned char hash[FF_CHAIN_HASH_BYTES];
    struct ff_entry entries[FF_LEDGER_MAX_ENTRIES];
    size_t n_entries;
    bool has_purchase;
    struct ff_chain_purchase purchase;
    struct ff_chain_line sums;      /* of the lines; line_no: how many */
    struct ff_refund_line refunded; /* sums of its refund lines; line_no: the last one's */
    struct ff_chain chain;
};

/* Writes the first finding and returns FF_STORAGE_FAULT. `table` is a literal. */
enum ff_rc ff_verify_bad(struct ff_verify *v, const char *table, int64_t id, const char *format,
                         ...) __attribute__((format(printf, 4, 5)));

/* "what: expected 5, found 4" of the journal's row in a table. */
enum ff_rc ff_verify_differs(struct ff_verify *v, const char *table, const struct ff_verify_one *o,
                             const char *what, int64_t expected, int64_t found);

/* What a row must say, and says. */
struct ff_verify_part {
    const char *table, *what;
    int64_t expected, found;
};

/* The first of n parts that differs is the finding. */
FF_MUST_CHECK enum ff_rc ff_verify_parts(struct ff_verify *v, const struct ff_verify_one *o,
                                         const struct ff_verify_part *part, size_t n);

/* A row that comes before the journal has lost its own. */
FF_MUST_CHECK enum ff_rc ff_verify_owner(struct ff_verify *v, const char *table, int64_t row_id,
                                         int64_t id);

/* Steps a cursor. */
FF_MUST_CHECK enum ff_rc ff_verify_next(struct ff_verify *v, struct ff_verify_cursor *c);

/* A text column that may not be NULL. */
FF_MUST_CHECK enum ff_rc ff_verify_text(struct ff_verify *v, struct ff_stmt *st, int column,
                                        const char **out);

/* Checks the journal the cursor stands on, with all rows that belong to it, and steps past them. */
FF_MUST_CHECK enum ff_rc ff_verify_journal(struct ff_verify *v);

/* Its purchase row and its lines, if any; then both against its entries. */
FF_MUST_CHECK enum ff_rc ff_verify_take_purchase(struct ff_verify *v, struct ff_verify_one *o);
FF_MUST_CHECK enum ff_rc ff_verify_take_lines(struct ff_verify *v, struct ff_verify_one *o);
FF_MUST_CHECK enum ff_rc ff_verify_check_purchase(struct ff_verify *v,
                                                  const struct ff_verify_one *o);

/* The money of a journal's entries by what the accounts are for; every wallet is the person's. */
FF_MUST_CHECK enum ff_rc ff_verify_by_kind(struct ff_verify *v, const struct ff_verify_one *o,
                                           int64_t employee_id, struct ff_chain_line *out);

/* The grants of subsidies of the block's purchases (I14); in the full pass the grants of
 * allowances.
 */
FF_MUST_CHECK enum ff_rc ff_verify_subsidies(struct ff_verify *v, const int64_t range[2]);
FF_MUST_CHECK enum ff_rc ff_verify_allowances(struct ff_verify *v);

/* The lines of a refund: each within what was bought, all of them what the entries give back. */
FF_MUST_CHECK enum ff_rc ff_verify_take_refunds(struct ff_verify *v, struct ff_verify_one *o);
FF_MUST_CHECK enum ff_rc ff_verify_check_refund(struct ff_verify *v, const struct ff_verify_one *o);

/* Reads accounts with their wallets (in the full pass all, else those of the journals from `first`
 * on), and periods; both are freed by ff_verify_free. Again at a
 * later moment, when the journals of the first one have passed by: stored is what is stored now,
 * what has come since is added, a month that was closed since stays open here. */
FF_MUST_CHECK enum ff_rc ff_verify_load(struct ff_verify *v, int64_t first);
void ff_verify_free(struct ff_verify *v);
struct ff_verify_account *ff_verify_account(struct ff_verify *v, int64_t id); /* NULL: none */

/* Closed months (verify_month.c), in the full pass: at the start and after each journal those that
 * end there are held against their statements; a journal belongs to the month whose range it is in;
 * at the end all of them must have passed. */
FF_MUST_CHECK enum ff_rc ff_verify_months(struct ff_verify *v);
FF_MUST_CHECK enum ff_rc ff_verify_in_month(struct ff_verify *v, int64_t journal_id,
                                            int64_t period_id);
FF_MUST_CHECK enum ff_rc ff_verify_months_end(struct ff_verify *v);

/* After the full pass: what payroll was asked for is what the books hold. */
FF_MUST_CHECK enum ff_rc ff_verify_payroll(struct ff_verify *v);

/* After the pass: each wallet row holds what its entries come to. */
FF_MUST_CHECK enum ff_rc ff_verify_wallets(struct ff_verify *v);

/* In the full pass: the sums of days and months that reports read follow from the journals. Months
 * from where the last call left off, each of one moment; then, with the journals of this moment
 * passed, that there is nothing behind the last one. */
FF_MUST_CHECK enum ff_rc ff_verify_rollups(struct ff_verify *v);
FF_MUST_CHECK enum ff_rc ff_verify_rollups_end(struct ff_verify *v);

#endif
