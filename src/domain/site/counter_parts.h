/* SPDX-License-Identifier: MIT */
/* counter_parts.h - inside this folder only: what a change of the counter's rules ends with. */
#ifndef FF_DOMAIN_SITE_COUNTER_PARTS_H
#define FF_DOMAIN_SITE_COUNTER_PARTS_H

#include "base/ctx.h"

/* Reads the rules into memory again, after they were written. */
FF_MUST_CHECK enum ff_rc ff_counter_again(struct ff_ctx *cx);

#endif
