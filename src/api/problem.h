/* SPDX-License-Identifier: MIT */
/* problem.h - the error of a context as an RFC 9457 body. Source: api.md, "Errors". */
#ifndef FF_API_PROBLEM_H
#define FF_API_PROBLEM_H

#include "base/buf.h"
#include "base/ctx.h"

/* Appends the problem+json body of cx->err (which has an rc). `instance` is the path of the request
 * or NULL. A 5xx gets a constant sentence: nothing of the inside leaves the server. */
void ff_problem_write(const struct ff_ctx *cx, const char *instance, struct ff_buf *buf);

/* Seconds for Retry-After; 0: the reply has none. */
int ff_problem_retry_after(const struct ff_error *err);

/* Writes a 5xx with its true cause to the log; smaller errors are the caller's own and are not
 * logged here. */
void ff_problem_log(const struct ff_ctx *cx);

#endif
