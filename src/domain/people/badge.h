/* SPDX-License-Identifier: MIT */
/* badge.h - badges: several a person, blocked at once when lost; and day cards, which the canteen
 * keeps in a drawer and lends to who forgot theirs, until the business day ends. What a reader
 * types is known only by its keyed hash. */
#ifndef FF_DOMAIN_PEOPLE_BADGE_H
#define FF_DOMAIN_PEOPLE_BADGE_H

#include "base/ctx.h"
#include "json/schema.h"

struct ff_badge {
    int64_t id, employee_id;
    const char *label, *kind, *state;        /* label: "" none; kind: own day; active blocked */
    int64_t created_at, used_at, expires_at; /* UTC ms; FF_NULL_INT: never. used: to the hour */
};

/* Gives a person within the caller's scope a badge. `label` NULL: none; `out` NULL: not wanted.
 * Giving it again changes nothing. FF_NOT_FOUND; FF_ALREADY_EXISTS (param field badge) when it is
 * someone else's, a day card, or blocked. */
FF_MUST_CHECK enum ff_rc ff_badge_add(struct ff_ctx *cx, int64_t employee_id, const char *badge,
                                      const char *label, struct ff_badge *out);

/* The badges of a person within the caller's scope, a lent day card among them: a page (from 1) of
 * struct ff_badge, oldest first. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_badge_list(struct ff_ctx *cx, int64_t employee_id, int64_t page,
                                       int64_t limit, struct ff_list *out, int64_t *total);

/* Blocks a badge, which ends the visits of its person too, or lets it in again. FF_NOT_FOUND,
 * also for a badge of somebody else or a day card. */
FF_MUST_CHECK enum ff_rc ff_badge_block(struct ff_ctx *cx, int64_t employee_id, int64_t id,
                                        bool is_blocked, struct ff_badge *out);

/* Forgets a badge; it may then be given to anybody. Likewise. */
FF_MUST_CHECK enum ff_rc ff_badge_remove(struct ff_ctx *cx, int64_t employee_id, int64_t id);

/* Whose badge is it? Notes its use, at most once an hour. FF_BADGE_UNKNOWN, also for a blocked one
 * and a day card that is not lent; FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_employee_by_badge(struct ff_ctx *cx, const char *badge, int64_t *id);

/* ---- linking a badge with a one-time code ---- */

struct ff_badge_code {
    const char *code; /* "XXXX-XXXX-XXXX" */
    int64_t expires_at;
};

/* A code with which a person within the caller's scope gives themselves a badge at a kiosk: good
 * for a day, once, in place of an older one. FF_NOT_FOUND, FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_badge_code(struct ff_ctx *cx, int64_t employee_id,
                                       struct ff_badge_code *out);

/* Uses a code up to give its person this badge; *name is theirs. For a kiosk. FF_CODE_INVALID,
 * FF_ACCOUNT_LOCKED after too many wrong codes at this kiosk, FF_EMPLOYEE_INACTIVE,
 * FF_ALREADY_EXISTS as above: the code stays good then. */
FF_MUST_CHECK enum ff_rc ff_badge_link(struct ff_ctx *cx, const char *code, const char *badge,
                                       const char **name);

/* ---- day cards ---- */

struct ff_day_card {
    int64_t id;
    const char *label;
    int64_t lent;         /* 1: somebody has it now */
    int64_t employee_id;  /* who, if the caller may know; FF_NULL_INT */
    const char *employee; /* their name; NULL */
    int64_t expires_at;   /* FF_NULL_INT: not lent */
    int64_t used_at;
};

/* Puts a card into the drawer. FF_ALREADY_EXISTS (param field: label, badge). */
FF_MUST_CHECK enum ff_rc ff_day_card_add(struct ff_ctx *cx, const char *label, const char *badge,
                                         struct ff_day_card *out);
FF_MUST_CHECK enum ff_rc ff_day_card_list(struct ff_ctx *cx, int64_t page, int64_t limit,
                                          struct ff_list *out, int64_t *total);

/* Lends it to a person within the caller's scope until the business day ends. FF_NOT_FOUND (card or
 * person), FF_IN_USE while somebody else has it, FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_day_card_lend(struct ff_ctx *cx, int64_t id, int64_t employee_id,
                                          struct ff_day_card *out);

/* It is back in the drawer before the day ended. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_day_card_return(struct ff_ctx *cx, int64_t id);

/* Forgets a card that was lost. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_day_card_remove(struct ff_ctx *cx, int64_t id);

#endif
