/* SPDX-License-Identifier: MIT */
/* identity.h - who asks: users, their sessions, kiosk devices, and the person at a kiosk. */
#ifndef FF_DOMAIN_IDENTITY_IDENTITY_H
#define FF_DOMAIN_IDENTITY_IDENTITY_H

#include "base/ctx.h"

/* What a message carried to say who sent it; NULL: absent. Borrowed for the call. */
struct ff_credentials {
    const char *bearer;        /* token after "Bearer " */
    const char *device_cookie; /* value of ff_device */
    bool cli_secret;           /* came with this start's command-line secret */
};

/* Fills cx->who from the credentials; none at all: FF_ROLE_ANON. The scope is left to the route's
 * row, but a manager's department and site_wide are filled. The role comes from the database,
 * never from the token. FF_TOKEN_INVALID, FF_TOKEN_EXPIRED, FF_TOKEN_REVOKED,
 * FF_EMPLOYEE_INACTIVE (a disabled user), FF_DEVICE_UNKNOWN. One SQL statement at most; none when
 * none of its tables changed since the caller was last looked up. */
FF_MUST_CHECK enum ff_rc ff_identity_authenticate(struct ff_ctx *cx,
                                                  const struct ff_credentials *c);

#endif
