/* SPDX-License-Identifier: MIT */
/* till.h - cash drawers: opened with a float, counted at the end. While one is open, cash that
 * comes in or goes out is booked on its account (cash:<name>); the float comes from cash:main, and
 * what was counted goes back there. Source: ledger.md, "Till counted 1.20 short". */
#ifndef FF_DOMAIN_LEDGER_TILL_H
#define FF_DOMAIN_LEDGER_TILL_H

#include "domain/ledger/ledger.h"

enum { FF_TILL_NAME_CHARS = 40, FF_TILL_MOVEMENTS_MAX = 1000 };

extern const char *const ff_till_states[]; /* open closed; NULL-terminated */

struct ff_till_movement {
    int64_t id; /* journal */
    const char *kind;
    int64_t recorded_at;
    int64_t amount;        /* what the drawer got; below 0: what it gave */
    const char *booked_by; /* name of the user; NULL: the command line */
};

struct ff_till {
    int64_t id;
    const char *name, *state;
    int64_t float_minor;
    int64_t opened_by; /* user; FF_NULL_INT: the command line */
    const char *opened_by_name;
    int64_t opened_at;
    int64_t expected;            /* what should be in it: the float and all that went through it */
    int64_t counted, difference; /* FF_NULL_INT: not counted yet; below 0: short */
    const char *reason;
    int64_t closed_by; /* as opened_by */
    const char *closed_by_name;
    int64_t closed_at;        /* FF_NULL_INT: open */
    struct ff_list movements; /* of struct ff_till_movement; ff_till_get alone, the first 1000 */
    int64_t replayed;
};

/* Opens a drawer with a float of 0..FF_MONEY_TOTAL_MAX. FF_ALREADY_EXISTS while one of that name is
 * open; FF_VALIDATION for the name "main". Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_till_open(struct ff_ctx *cx, const char *name, int64_t float_minor,
                                      const struct ff_idem *idem, struct ff_till *out);

/* Books what was counted (0..FF_MONEY_WALLET_MAX) against what should be there, and closes the
 * drawer: a difference goes to adjust:overshort and needs a reason (1..200 characters; else
 * FF_VALIDATION at /reason), the money back to cash:main. FF_NOT_FOUND, FF_TILL_CLOSED. Enters the
 * writer. */
FF_MUST_CHECK enum ff_rc ff_till_count(struct ff_ctx *cx, int64_t id, int64_t counted,
                                       const char *reason, const struct ff_idem *idem,
                                       struct ff_till *out);

/* One, with its movements. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_till_get(struct ff_ctx *cx, int64_t id, struct ff_till *out);

/* Newest first; `state` NULL: all. Without movements. */
FF_MUST_CHECK enum ff_rc ff_till_list(struct ff_ctx *cx, const char *state, int64_t page,
                                      int64_t limit, struct ff_list *out, int64_t *total);

#endif
