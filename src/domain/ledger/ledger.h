/* SPDX-License-Identifier: MIT */
/* ledger.h - double entry, append-only, sealed in a hash chain. Positive = value flows into the
 * account; every journal sums to zero. All functions but the readers run inside a writer's job.
 * Source: ledger.md. */
#ifndef FF_DOMAIN_LEDGER_LEDGER_H
#define FF_DOMAIN_LEDGER_LEDGER_H

#include "base/ctx.h"
#include "json/schema.h"

/* Wallet, allowance, subsidy, revenue, and a tax account for each rate of a purchase's 50 lines. */
enum { FF_LEDGER_MAX_ENTRIES = 54, FF_IDEM_KEY_CAP = 65, FF_FINGERPRINT_BYTES = 16 };

/* Exactly-once: the caller's key, its scope and the fingerprint of what was asked. */
struct ff_idem {
    const char *key; /* 16..64 of [A-Za-z0-9_-] */
    int64_t scope;   /* device id at a kiosk, minus the user id for a signed-in person, 0 for the
                        command line */
    unsigned char fingerprint[FF_FINGERPRINT_BYTES];
};

/* Fills scope from the caller and the fingerprint = BLAKE2b-128 of operation, subject, path id and
 * raw body. */
void ff_idem_make(struct ff_ctx *cx, const char *key, const char *operation, int64_t subject_id,
                  int64_t path_id, const void *raw, size_t raw_len, struct ff_idem *out);

/* Which people's rows the caller reaches, from role and scope: bound to :all, :self, :department.
 */
struct ff_reach {
    int64_t all;        /* 1: everybody */
    int64_t self;       /* the caller's own person, 0: none */
    int64_t department; /* FF_NULL_INT: none */
};
struct ff_reach ff_reach_of(const struct ff_actor *who);

struct ff_entry {
    int64_t account_id;
    int64_t amount;
    int64_t balance_after; /* set by ff_ledger_post for wallets, else FF_NULL_INT */
};

struct ff_line {
    int64_t product_id, quantity, unit_price, total;
    int64_t tax_rate, tax;      /* parts per million; the tax inside `total` */
    int64_t subsidy, allowance; /* of `total`; the wallet pays the rest */
    int64_t category_id;        /* of now; not kept */
    const char *name;
};

/* Pieces of a purchase's line that are given back, at the price that was paid, to the pockets that
 * paid it. */
struct ff_refund_line {
    int64_t line_no, quantity, gross, tax;
    int64_t subsidy, allowance; /* of `gross`; the wallet gets the rest */
};

/* What `quantity` pieces (1..left->quantity) give back of a line that was bought, when `left` of it
 * is still there: their share, rounded down, and with the last piece all that is left. The three
 * pockets share `gross` by what is left of each (ledger.md, "Splitting"), so none gets more than it
 * paid. */
void ff_refund_share(const struct ff_refund_line *bought, const struct ff_refund_line *left,
                     int64_t quantity, struct ff_refund_line *out);

struct ff_posting {
    const char *kind; /* journal.kind */
    struct ff_entry entries[FF_LEDGER_MAX_ENTRIES];
    size_t n_entries;
    int64_t wallet_id,
        wallet_balance; /* the one wallet among the entries and its balance now, when
                           the caller has just read it; 0: looked up for each entry */
    int64_t allowance_id, allowance_balance; /* the same of the allowance; 0: none */
    const struct ff_idem *idem;
    int64_t reverses_id;     /* 0: none */
    const char *reason_code; /* NULL: none */
    const char *note;        /* words of the person who books, for the record alone; NULL: none */
    /* for the record alone: the approval that it had (0: it needed none), and who could do without
     * one (NULL: nobody did) */
    int64_t approval_id;
    const char *approval_skipped;
    bool enforce_floor;
    int64_t occurred_at_ms; /* 0: now */
    int64_t employee_id;    /* whose wallet it is */
    /* with a purchase */
    const struct ff_line *lines;
    size_t n_lines;
    /* with a refund of purchase reverses_id; ascending by line */
    const struct ff_refund_line *refunds;
    size_t n_refunds;
    /* with both */
    bool counts_for_limits; /* moves the wallet's day and month counters by the wallet's amount;
                               needs wallet_id */
    const char *returns_to; /* business date whose counters get it back; NULL: a debit of today */
    /* out; the first three by ff_ledger_date, or by ff_ledger_post when not yet done */
    int64_t recorded_at_ms, period_id;
    char business_date[FF_DATE_CAP];
    int64_t journal_id;
};

/* Takes "now" for a posting, once a job: recorded_at (never before the last journal), business
 * date in the site's zone, and its period, made on first use. */
FF_MUST_CHECK enum ff_rc ff_ledger_date(struct ff_ctx *cx, struct ff_posting *p);

/* Writes entries (sorted by account on return, with balance_after), purchase and lines, then the
 * journal row that seals them, and moves the chain's head; then the record of it.
 * FF_INSUFFICIENT_BALANCE when the floor guard refused. */
FF_MUST_CHECK enum ff_rc ff_ledger_post(struct ff_ctx *cx, struct ff_posting *p);

/* Appends to p->entries the other side of what `lines` cost: revenue net of tax, and the tax of
 * each rate on its own account. `sign` 1: a sale; -1: given back. The sums fit: a purchase is
 * bounded. */
FF_MUST_CHECK enum ff_rc ff_ledger_add_sales(struct ff_ctx *cx, struct ff_posting *p,
                                             const struct ff_line *lines, size_t n, int sign);

/* Journal booked under this key, 0 when none. FF_KEY_REUSED when the fingerprint differs. */
FF_MUST_CHECK enum ff_rc ff_ledger_find_key(struct ff_ctx *cx, const struct ff_idem *idem,
                                            int64_t *journal_id);

/* The same by the key alone, within the caller's scope: for "was it booked?". */
FF_MUST_CHECK enum ff_rc ff_ledger_key_journal(struct ff_ctx *cx, const char *key,
                                               int64_t *journal_id);

/* Fills p->entries with the exact negation of a journal's entries and sets reverses_id. */
FF_MUST_CHECK enum ff_rc ff_ledger_negate(struct ff_ctx *cx, int64_t journal_id,
                                          struct ff_posting *p);

/* The id of a shared account (made on first use, inside a job), e.g. "revenue:sales" of kind
 * "revenue". */
FF_MUST_CHECK enum ff_rc ff_ledger_account(struct ff_ctx *cx, const char *code, const char *kind,
                                           int64_t *id);

struct ff_wallet {
    int64_t account_id, employee_id, balance, floor, last_journal_id, month_spent;
    int64_t allowance_id, allowance; /* what is left of it; id 0: the person never had one */
};

/* The wallet of a person, with the allowance beside it; month_spent is 0 when the stored month is
 * not the current one. Any connection. */
FF_MUST_CHECK enum ff_rc ff_wallet_get(struct ff_ctx *cx, int64_t employee_id,
                                       struct ff_wallet *out);

/* Makes account and wallet for a person, its floor as the overdraft says; inside a job. */
FF_MUST_CHECK enum ff_rc ff_wallet_create(struct ff_ctx *cx, int64_t employee_id);

/* Sets the floor of wallets anew after an overdraft was changed; inside its job. Of one person; of
 * the people of a group, FF_NULL_INT: of all. Balances need not comply: the next debit must. */
FF_MUST_CHECK enum ff_rc ff_wallet_set_floor(struct ff_ctx *cx, int64_t employee_id);
FF_MUST_CHECK enum ff_rc ff_wallet_set_floors(struct ff_ctx *cx, int64_t group_id);

/* The same as below for a top-up, which is bound by the site's maximum. */
FF_MUST_CHECK enum ff_rc ff_wallet_check_topup(struct ff_ctx *cx, int64_t balance, int64_t amount);
/* The account of a person's allowance and what it holds, made on first use; inside a job.
 * FF_NOT_FOUND when the person has no open wallet. */
FF_MUST_CHECK enum ff_rc ff_ledger_allowance(struct ff_ctx *cx, int64_t employee_id,
                                             int64_t *account_id, int64_t *balance);

/* FF_BALANCE_LIMIT with its parameters when a wallet with this balance cannot hold `amount` (> 0)
 * more. */
FF_MUST_CHECK enum ff_rc ff_wallet_check_room(struct ff_ctx *cx, int64_t balance, int64_t amount);

/* FF_INSUFFICIENT_BALANCE with its parameters when `amount` (> 0) is more than what is spendable.
 */
FF_MUST_CHECK enum ff_rc ff_wallet_check_cover(struct ff_ctx *cx, int64_t spendable,
                                               int64_t amount);

/* Balance at an instant: two index seeks. */
FF_MUST_CHECK enum ff_rc ff_wallet_balance_at(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                                              int64_t *balance);

/* What a person may spend, and has spent on a day and in its month. */
struct ff_spend {
    int64_t purchase_limit, daily_limit, monthly_limit; /* FF_NULL_INT: none */
    int64_t day_spent, month_spent;
};

/* The lower of two limits, FF_NULL_INT being none. */
int64_t ff_limit_lower(int64_t a, int64_t b);

/* The lower limits that a person set for themselves; until business date `since` those of before
 * hold. FF_NULL_INT: none; since "": there never were any. */
struct ff_own_limit {
    int64_t daily, monthly, daily_before, monthly_before;
    const char *since;
};
/* Lowers the limits of `s` to those that hold on `today`. */
void ff_spend_apply_own(struct ff_spend *s, const struct ff_own_limit *own, const char *today);

/* What is left of the day and of the month, from 0; FF_NULL_INT without a limit. A day leaves no
 * more than its month. */
int64_t ff_spend_left_today(const struct ff_spend *s);
int64_t ff_spend_left_this_month(const struct ff_spend *s);

/* What the person had spent on that instant's business date and in its month, as it stood then:
 * fills day_spent and month_spent. */
FF_MUST_CHECK enum ff_rc ff_wallet_spent_at(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                                            struct ff_spend *spend);

/* What a person may know of their wallet, now or at an instant that has passed. */
struct ff_balance {
    int64_t employee_id, balance, floor;
    int64_t allowance;                   /* what the employer gave and is not spent */
    int64_t spendable;                   /* allowance, and the balance down to the floor */
    struct ff_spend spend;               /* the limits are of now */
    int64_t left_today, left_this_month; /* FF_NULL_INT: no limit */
    int64_t at;
    bool has_allowance; /* was ever given one */
    bool is_closed;     /* for ever: the person was erased */
};
/* Within the caller's reach, else FF_NOT_FOUND. at_ms FF_NULL_INT or in the future: now, in one
 * statement; an instant before costs two more. */
FF_MUST_CHECK enum ff_rc ff_wallet_view(struct ff_ctx *cx, int64_t employee_id, int64_t at_ms,
                                        struct ff_balance *out);

/* Opening balance of a person at migration or import: wallet +amount, opening -amount; inside a
 * job. amount > 0. */
FF_MUST_CHECK enum ff_rc ff_ledger_opening(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                                           const struct ff_idem *idem);

/* How what is left in a wallet is booked when its person goes. */
enum ff_settle {
    FF_SETTLE_NONE,    /* there must be nothing left */
    FF_SETTLE_PAYOUT,  /* wallet -, cash +: the person gets it; never with a debt */
    FF_SETTLE_WRITEOFF /* against adjust:writeoff, whichever way */
};
/* Books the rest of a wallet and closes it for ever, and the allowance, which must be empty; inside
 * a job. *journal_id 0: there was nothing to book. FF_ERASURE_BALANCE with param balance when `how`
 * does not fit the balance; FF_NOT_FOUND when the person has no open wallet. */
FF_MUST_CHECK enum ff_rc ff_ledger_settle(struct ff_ctx *cx, int64_t employee_id,
                                          enum ff_settle how, int64_t *journal_id);

#endif
