/* SPDX-License-Identifier: MIT */
/* limits.h - what bounds buying beside money: blocked people, what they may not buy, caps by piece,
 * and the limits that people set for themselves. A sale asks for all of it in its own statements
 * (domain/purchase); here it is set and shown. Nobody lifts a bound from themselves. */
#ifndef FF_DOMAIN_LIMITS_LIMITS_H
#define FF_DOMAIN_LIMITS_LIMITS_H

#include "domain/common/list.h"
#include "domain/people/employee.h"

/* Blocks a person within the caller's scope for `reason` (3..200 characters), or with NULL lets
 * them buy again. Doing it again changes nothing but the reason. FF_NOT_FOUND, FF_SELF_ACTION. */
FF_MUST_CHECK enum ff_rc ff_limits_block(struct ff_ctx *cx, int64_t employee_id, const char *reason,
                                         struct ff_employee *out);

/* The limits that a person set for themselves: of today, and what comes when they are raised. */
struct ff_own_limits {
    int64_t daily, monthly;           /* FF_NULL_INT: none */
    int64_t next_daily, next_monthly; /* from next_from on */
    const char *next_from;            /* business date; NULL: nothing waits */
};
/* Of a person within the caller's scope. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_own_limits_get(struct ff_ctx *cx, int64_t employee_id,
                                           struct ff_own_limits *out);
/* Sets both (FF_NULL_INT: none), by the person alone, not above what is set for them
 * (FF_VALIDATION at "/dailyLimit", "/monthlyLimit"). Lower acts at once; higher or none from the
 * next business day on, so that a moment's wish does not undo what was meant. FF_NOT_FOUND,
 * FF_FORBIDDEN. */
FF_MUST_CHECK enum ff_rc ff_own_limits_set(struct ff_ctx *cx, int64_t employee_id, int64_t daily,
                                           int64_t monthly, struct ff_own_limits *out);

/* ---- what a person may not buy ---- */
struct ff_ban {
    int64_t id, employee_id;
    int64_t product_id, category_id; /* one of them; FF_NULL_INT: the other */
    const char *product, *category;
    const char *reason;
    int64_t created_at;
};
/* A page (from 1) of struct ff_ban, oldest first, of a person within the caller's scope. */
FF_MUST_CHECK enum ff_rc ff_ban_list(struct ff_ctx *cx, int64_t employee_id, int64_t page,
                                     int64_t limit, struct ff_list *out, int64_t *total);
/* `ban` gives product_id or category_id (the other FF_NULL_INT) and the reason. FF_NOT_FOUND,
 * FF_SELF_ACTION, FF_ALREADY_EXISTS, FF_VALIDATION for what there is not to ban. */
FF_MUST_CHECK enum ff_rc ff_ban_add(struct ff_ctx *cx, int64_t employee_id,
                                    const struct ff_ban *ban, struct ff_ban *out);
/* FF_NOT_FOUND, FF_SELF_ACTION. */
FF_MUST_CHECK enum ff_rc ff_ban_remove(struct ff_ctx *cx, int64_t employee_id, int64_t id);

/* ---- caps by piece ---- */
struct ff_cap {
    int64_t product_id;
    int64_t max_per_purchase, max_per_day; /* 1..99 for one person; FF_NULL_INT: none */
};
/* FF_NOT_FOUND when there is no such product. */
FF_MUST_CHECK enum ff_rc ff_cap_get(struct ff_ctx *cx, int64_t product_id, struct ff_cap *out);
FF_MUST_CHECK enum ff_rc ff_cap_set(struct ff_ctx *cx, const struct ff_cap *cap);

#endif
