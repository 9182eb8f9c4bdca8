/* SPDX-License-Identifier: MIT */
/* body.h - a good body for any row of the route table, made from its schema. */
#ifndef FF_TESTS_BODY_H
#define FF_TESTS_BODY_H

#include "json/schema.h"

/* Appends an object with the required members, each with a value of its type within its bounds.
 * `more` (NULL: nothing) is a further member, written out. */
void ff_test_body(struct ff_buf *buf, const struct ff_schema *schema, const char *more);

#endif
