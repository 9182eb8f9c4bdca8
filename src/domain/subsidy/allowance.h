/* SPDX-License-Identifier: MIT */
/* allowance.h - what the employer gives to be spent before the own money, and what runs out.
 * Giving: allowance +, subsidy:<cost centre> -; what is not spent by its last day goes back the
 * same way, once, whenever the program gets to it. Source: ledger.md, "Allowance grant". */
#ifndef FF_DOMAIN_SUBSIDY_ALLOWANCE_H
#define FF_DOMAIN_SUBSIDY_ALLOWANCE_H

#include "domain/common/list.h"
#include "domain/ledger/ledger.h"

enum { FF_ALLOWANCE_PEOPLE_MAX = 10000, FF_ALLOWANCE_NAMED_MAX = 1000 };

/* ---- giving; admins ---- */

/* To whom: exactly one of the four. */
struct ff_allowance_new {
    int64_t amount; /* each person gets it */
    const char *expires_on;
    struct ff_list employee_ids;     /* of int64_t; empty: not named one by one */
    int64_t group_id, department_id; /* FF_NULL_INT: not by this */
    int64_t all;                     /* 1: everybody who is active */
    int64_t cost_centre_id;          /* FF_NULL_INT: each department's */
    const char *note;                /* words for the record, NULL: none */
};

struct ff_allowance_run {
    int64_t id, amount;
    const char *expires_on;
    int64_t people, total; /* how many got it, and what that is in all */
    int64_t left;          /* of it, not yet spent and not run out */
    int64_t given_at, replayed;
};

/* Gives, one journal a person, all or none, once per key. FF_VALIDATION unless exactly one way of
 * naming people is used, for a day that has passed, a cost centre or person that is not there, and
 * when nobody is meant; FF_EMPLOYEE_INACTIVE and FF_SELF_ACTION for a person who is named;
 * FF_BALANCE_LIMIT. */
FF_MUST_CHECK enum ff_rc ff_allowance_give(struct ff_ctx *cx, const struct ff_allowance_new *in,
                                           const struct ff_idem *idem,
                                           struct ff_allowance_run *out);
/* Newest first; page and limit alone count. */
FF_MUST_CHECK enum ff_rc ff_allowance_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                           struct ff_list *out, int64_t *total);

/* ---- spending ---- */

/* What a person holds of one grant. */
struct ff_allowance {
    int64_t id, employee_id, left; /* id: the journal that gave it */
    const char *expires_on;        /* its last day */
    const char *cost_centre;
    int64_t account_id, balance; /* of the person's allowance, the same in all */
};

/* A person's grants that still hold something, first what runs out first. Any connection. */
FF_MUST_CHECK enum ff_rc ff_allowance_read(struct ff_ctx *cx, int64_t employee_id,
                                           struct ff_list *out);

/* In a job, after the posting that took `amount` from the allowance: takes it from the grants. */
FF_MUST_CHECK enum ff_rc ff_allowance_use(struct ff_ctx *cx, int64_t journal_id,
                                          const struct ff_list *grants, int64_t amount);

/* In a job, after a void or refund gave `amount` back to the allowance: to the grants that the
 * purchase took it from, last what runs out first. What had run out runs out again. */
FF_MUST_CHECK enum ff_rc ff_allowance_give_back(struct ff_ctx *cx, int64_t purchase_id,
                                                int64_t journal_id, int64_t amount);

/* ---- the end ---- */

/* In a job: books back what ran out before `when`'s business date and takes it off the list; `when`
 * is dated. *left: what can still be spent. */
FF_MUST_CHECK enum ff_rc ff_allowance_run_out(struct ff_ctx *cx, const struct ff_posting *when,
                                              struct ff_list *grants, int64_t *left);

/* In a job: gives all that a person who goes has left back to the employer. */
FF_MUST_CHECK enum ff_rc ff_allowance_settle(struct ff_ctx *cx, int64_t employee_id);

/* Books back what ran out, of everybody, in jobs of its own; *people: of how many. */
FF_MUST_CHECK enum ff_rc ff_allowance_expire(struct ff_ctx *cx, int64_t *people);

#endif
