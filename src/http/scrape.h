/* SPDX-License-Identifier: MIT */
/* scrape.h - who may read the process's counters. */
#ifndef FF_HTTP_SCRAPE_H
#define FF_HTTP_SCRAPE_H

#include "http/message.h"

/* FF_OK when m->scrape allows it: FF_NOT_FOUND when counters are off, FF_FORBIDDEN for somebody
 * else's machine, FF_TOKEN_INVALID without the right token. */
FF_MUST_CHECK enum ff_rc ff_scrape_check(struct ff_ctx *cx, const struct ff_message *m);

#endif
