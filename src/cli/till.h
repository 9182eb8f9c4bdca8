/* SPDX-License-Identifier: MIT */
/* till.h - cash drawers by the name that people call them. */
#ifndef FF_CLI_TILL_H
#define FF_CLI_TILL_H

#include "cli/call.h"

/* The id of the open drawer of that name; trouble when there is none. */
bool ff_till_find(struct ff_caller *c, const char *name, int64_t *id);

#endif
