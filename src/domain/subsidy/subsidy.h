/* SPDX-License-Identifier: MIT */
/* subsidy.h - the employer's part of a purchase. One rule pays: of those that fit the person, the
 * day, the hour and the tray, and that have not paid for this slot yet, the one that gives most
 * (the elder when two give the same). Source: ledger.md, "Subsidy", "Splitting". */
#ifndef FF_DOMAIN_SUBSIDY_SUBSIDY_H
#define FF_DOMAIN_SUBSIDY_SUBSIDY_H

#include "domain/ledger/ledger.h"

/* A rule as far as it decides. */
struct ff_subsidy_fit {
    bool is_percent;
    int64_t value;       /* minor units, or parts per million */
    int64_t cap;         /* FF_NULL_INT: none */
    int64_t category_id; /* FF_NULL_INT: every line */
    int64_t weekdays;    /* bit 0: Monday */
    int64_t from_minute, to_minute;
};

/* Does it hold on this business date (its weekday counts) at this minute of the day? */
bool ff_subsidy_holds(const struct ff_subsidy_fit *fit, const char *date, int64_t minute);

/* What it gives to the lines: never more than they cost. Writes each line's share to parts[n]
 * (n 1..64) and returns their sum. */
int64_t ff_subsidy_give(const struct ff_subsidy_fit *fit, const struct ff_line *lines, size_t n,
                        int64_t *parts);

/* What pays, and where it is booked. */
struct ff_subsidy {
    int64_t rule_id, slot, amount; /* amount 0: nothing pays */
    int64_t cost_centre_id;
    const char *cost_centre; /* its code */
};

/* Chooses for a person at an instant and sets the lines' subsidy. One statement. */
FF_MUST_CHECK enum ff_rc ff_subsidy_choose(struct ff_ctx *cx, int64_t employee_id, const char *date,
                                           int64_t at_ms, struct ff_line *lines, size_t n,
                                           struct ff_subsidy *out);

/* In the job of the purchase, after it was posted: the slot is taken. */
FF_MUST_CHECK enum ff_rc ff_subsidy_take(struct ff_ctx *cx, const struct ff_posting *p,
                                         const struct ff_subsidy *s);

/* In the job of its void: the slot is free again. */
FF_MUST_CHECK enum ff_rc ff_subsidy_free(struct ff_ctx *cx, int64_t purchase_id, int64_t void_id);

#endif
