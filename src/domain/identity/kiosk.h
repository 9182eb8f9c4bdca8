/* SPDX-License-Identifier: MIT */
/* kiosk.h - a person at a kiosk: who is it, what they see of themselves, and leaving. */
#ifndef FF_DOMAIN_IDENTITY_KIOSK_H
#define FF_DOMAIN_IDENTITY_KIOSK_H

#include "base/ctx.h"
#include "domain/ledger/ledger.h"
#include "domain/site/counter.h"

/* Exactly one form: badge; number and PIN; employee id and PIN. */
struct ff_identify {
    const char *badge, *number, *pin; /* NULL: not said */
    int64_t employee_id;              /* FF_NULL_INT: not said */
};

enum { FF_KIOSK_LAST_PURCHASES = 5 };

struct ff_kiosk_person {
    int64_t employee_id;
    const char *name, *first_name, *initials;
    const char *department; /* NULL: none */
    const char *number;
    int64_t balance, floor, allowance; /* minor units */
    int64_t spendable;                 /* allowance + balance - floor, not below 0 */
    struct ff_spend spend;
    int64_t left_today, left_this_month; /* FF_NULL_INT: no limit */
    const char *locale;                  /* NULL: the site's */
    struct ff_list usuals;               /* of int64_t: product ids */
    struct ff_list last_purchases;       /* of struct ff_purchase */
};

struct ff_kiosk_visit {
    const char *token; /* opaque, good at this device only, gone after idle_seconds of silence */
    int64_t idle_seconds;
    struct ff_kiosk_person person;
    struct ff_counter counter; /* whether anything is sold, and what all kiosks say */
};

/* Identifies a person at the calling device and begins their visit. FF_VALIDATION unless exactly
 * one form is given, FF_FORBIDDEN for a form that the site has switched off, FF_BADGE_UNKNOWN,
 * FF_PIN_INVALID, FF_EMPLOYEE_INACTIVE, FF_BUSY. */
FF_MUST_CHECK enum ff_rc ff_kiosk_identify(struct ff_ctx *cx, const struct ff_identify *in,
                                           struct ff_kiosk_visit *out);

/* The calling person, as the kiosk shows them. */
FF_MUST_CHECK enum ff_rc ff_kiosk_me(struct ff_ctx *cx, struct ff_kiosk_person *out);

/* Ends the calling person's visit. */
void ff_kiosk_leave(struct ff_ctx *cx);

#endif
