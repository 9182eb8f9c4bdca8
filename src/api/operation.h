/* SPDX-License-Identifier: MIT */
/* operation.h - one row of the route table as an OpenAPI operation. */
#ifndef FF_API_OPERATION_H
#define FF_API_OPERATION_H

#include "api/route.h"
#include "base/buf.h"

/* Sets codes[rc] for everything the row may answer: its own failures, and those that follow from
 * its flags and schemas. */
void ff_operation_failures(const struct ff_route *route, bool codes[FF_RC_COUNT]);

/* Appends the operation object. */
void ff_operation_write(struct ff_buf *buf, const struct ff_route *route);

#endif
