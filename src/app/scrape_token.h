/* SPDX-License-Identifier: MIT */
/* scrape_token.h - who may read /metrics, by the options. */
#ifndef FF_APP_SCRAPE_TOKEN_H
#define FF_APP_SCRAPE_TOKEN_H

#include "app/options.h"
#include "http/message.h"

enum { FF_SCRAPE_TOKEN_CAP = 65 };

/* Fills `out` from --metrics. With "token" it is that of DIR/metrics.token, which is made (0600, 64
 * hexadecimal digits) when it is not there; `token` keeps it for as long as `out` is used. False
 * with trouble when the file cannot be read, is open to others or holds something else. */
bool ff_scrape_fill(struct ff_scrape *out, char token[FF_SCRAPE_TOKEN_CAP],
                    const struct ff_options *o, const char *dir, struct ff_trouble *t);

#endif
