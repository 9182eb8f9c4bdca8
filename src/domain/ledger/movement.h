/* SPDX-License-Identifier: MIT */
/* movement.h - money into or out of one wallet other than by buying: top-ups, pay-outs,
 * adjustments, write-offs, and taking one of them back. Each is booked once per key and enters the
 * writer by itself. For all: a person out of reach is FF_NOT_FOUND, the caller's own wallet
 * FF_SELF_ACTION. Source: ledger.md, "Accounts" and "Events". */
#ifndef FF_DOMAIN_LEDGER_MOVEMENT_H
#define FF_DOMAIN_LEDGER_MOVEMENT_H

#include "domain/ledger/ledger.h"

struct ff_movement {
    int64_t id; /* of its journal; FF_NULL_INT: it was not booked */
    int64_t employee_id;
    const char *kind;                   /* topup payout adjust writeoff void */
    int64_t amount;                     /* what the wallet gets; below 0: what it gives */
    int64_t balance_after, recorded_at; /* FF_NULL_INT: it was not booked */
    const char *reason;                 /* its code, NULL: none */
    int64_t reverses_id;                /* FF_NULL_INT: none */
    int64_t approval_id;                /* of the approval it needed; FF_NULL_INT: none */
    const char *approval_state;         /* pending approved rejected expired; NULL: none */
    int64_t replayed;
};

/* The next three, by a signed-in person and above the site's approvalAbove, book nothing yet: they
 * leave an approval behind (approval.h), which the answer names. The command line books at once;
 * the record says so. */

/* wallet +amount (1..FF_MONEY_TOTAL_MAX), cash:main or bank -amount. `source` is "cash" or "bank",
 * `note` words for the record or NULL. FF_BALANCE_LIMIT above the site's maximum. */
FF_MUST_CHECK enum ff_rc ff_ledger_topup(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                                         const char *source, const char *note,
                                         const struct ff_idem *idem, struct ff_movement *out);

/* The other way round. Pays out what the person has, never what they may owe:
 * FF_INSUFFICIENT_BALANCE. */
FF_MUST_CHECK enum ff_rc ff_ledger_payout(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                                          const char *source, const char *note,
                                          const struct ff_idem *idem, struct ff_movement *out);

/* Either of them through a drawer. till_id FF_NULL_INT: the only open one, cash:main when there is
 * none or more. FF_NOT_FOUND and FF_TILL_CLOSED for the drawer, FF_VALIDATION for one with a bank.
 */
struct ff_cash_move {
    bool is_payout;
    int64_t employee_id, amount;
    const char *source, *note;
    int64_t till_id;
};
FF_MUST_CHECK enum ff_rc ff_ledger_cash(struct ff_ctx *cx, const struct ff_cash_move *in,
                                        const struct ff_idem *idem, struct ff_movement *out);

/* The reasons an adjustment can have, each with an account of its own ("adjust:<reason>"):
 * correction, goodwill, rounding, writeoff. NULL-terminated. */
extern const char *const ff_adjust_reasons[];

/* wallet +amount (not 0, either way up to FF_MONEY_TOTAL_MAX), adjust:<reason> -amount.
 * FF_INSUFFICIENT_BALANCE below the floor, FF_BALANCE_LIMIT above the maximum. A write-off forgives
 * a debt: FF_AMOUNT_OUT_OF_RANGE unless it is from 1 to what the person owes. */
FF_MUST_CHECK enum ff_rc ff_ledger_adjust(struct ff_ctx *cx, int64_t employee_id, int64_t amount,
                                          const char *reason, const char *note,
                                          const struct ff_idem *idem, struct ff_movement *out);

/* The reasons for taking a movement back: wrong_person, wrong_amount, booked_twice, bank_return. */
extern const char *const ff_void_reasons[];

/* Books the exact negation of a top-up, pay-out, adjustment or write-off, once; dated today,
 * whatever the month of the original. FF_NOT_FOUND for any other journal, FF_ALREADY_UNDONE,
 * FF_INSUFFICIENT_BALANCE when the money is spent: only what the bank takes back (bank_return) may
 * push a wallet below its floor. */
FF_MUST_CHECK enum ff_rc ff_ledger_void(struct ff_ctx *cx, int64_t journal_id, const char *reason,
                                        const char *note, const struct ff_idem *idem,
                                        struct ff_movement *out);

#endif
