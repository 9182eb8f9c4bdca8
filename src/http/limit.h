/* SPDX-License-Identifier: MIT */
/* limit.h - how many requests each caller may make: which counters a request goes to, by its row
 * and by who sent it. Source: security.md S36-S38. */
#ifndef FF_HTTP_LIMIT_H
#define FF_HTTP_LIMIT_H

#include "api/route.h"
#include "http/message.h"
#include "http/rate.h"

/* Requests in FF_RATE_WINDOW_MS, each multiplied by the operator's --rate-limit. */
enum {
    FF_LIMIT_ANONYMOUS = 100, /* per address */
    FF_LIMIT_SIGN_IN = 300,   /* per address */
    FF_LIMIT_ACCOUNT = 10,    /* sign-ins to one account, from wherever */
    FF_LIMIT_SESSION = 3000,  /* per address: renewing what was signed in */
    FF_LIMIT_USER = 600,      /* per account that is signed in */
    FF_LIMIT_KIOSK = 6000     /* per paired kiosk */
};

/* What the server counts with. */
struct ff_limits {
    struct ff_rate *rate;
    int64_t factor; /* 1 or more */
};

/* Counts the request where its row and cx->who say; `outcome` is what ff_authorise said, or why no
 * row was found (`route` NULL). Leaves in `rp` what the reply's headers will tell.
 * FF_RATE_LIMITED, in place of any error recorded before. */
FF_MUST_CHECK enum ff_rc ff_limit_caller(struct ff_ctx *cx, const struct ff_message *m,
                                         const struct ff_route *route, enum ff_rc outcome,
                                         struct ff_response *rp);

/* After the body is read: counts a sign-in against the account that it names. FF_RATE_LIMITED. */
FF_MUST_CHECK enum ff_rc ff_limit_account(const struct ff_req *rq, const struct ff_message *m,
                                          struct ff_response *rp);

#endif
