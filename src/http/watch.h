/* SPDX-License-Identifier: MIT */
/* watch.h - what a request leaves in the audit log besides the changes it makes: that it was
 * refused, and whose data it showed. */
#ifndef FF_HTTP_WATCH_H
#define FF_HTTP_WATCH_H

#include "api/route.h"

/* Looks at a request that is over. `rq` has what is known of it; its route may be NULL. Refusals
 * are recorded for callers we know, not for strangers; readings by managers, admins and the command
 * line where the route's row has `watch`, and not of the caller's own person. */
void ff_watch(struct ff_ctx *cx, const struct ff_req *rq, enum ff_rc rc);

#endif
