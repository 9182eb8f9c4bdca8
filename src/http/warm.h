/* SPDX-License-Identifier: MIT */
/* warm.h - the replies that kiosks and phones ask for first, made before anybody asks. */
#ifndef FF_HTTP_WARM_H
#define FF_HTTP_WARM_H

#include "base/ctx.h"

/* Puts the catalogue into the cache, as a kiosk, a person at one, employees and managers see it,
 * and the first page of the lists. What cannot be made is left to who asks for it. Changes cx->who
 * and resets the arena of `cx`, which must be its caller's own; does nothing without a cache. */
void ff_warm(struct ff_ctx *cx);

#endif
