/* SPDX-License-Identifier: MIT */
/* cors.h - pages of other origins that may read the API: none, unless the operator names them, each
 * exactly. Cookies are never among what they may send. Source: security.md S57. */
#ifndef FF_HTTP_CORS_H
#define FF_HTTP_CORS_H

#include "http/message.h"

enum { FF_MAX_ORIGINS = 8, FF_ORIGIN_CAP = 256, FF_PREFLIGHT_S = 600 };

/* True for an origin as browsers write it: "https://shop.example:8443", in lower case, without
 * path, without a port that is the scheme's own. Neither "*" nor "null" is one. */
bool ff_origin_ok(const char *text);

/* Adds the headers of the API's replies, when m->origins names any. `allow` are the methods of the
 * address, for the answer to OPTIONS; NULL elsewhere. */
void ff_cors_write(const struct ff_message *m, const char *allow, struct ff_buf *buf);

#endif
