/* SPDX-License-Identifier: MIT */
/* accept.h - what the client says it takes: Accept, Accept-Encoding, If-None-Match. */
#ifndef FF_HTTP_ACCEPT_H
#define FF_HTTP_ACCEPT_H

#include <stdbool.h>

/* The weight (0..1000) a header gives to a media type such as "text/csv". The most specific range
 * counts. `header` NULL: everything is taken (1000). A part that cannot be read counts as absent.
 * Source: RFC 9110, 12.5.1. */
int ff_accept_media(const char *header, const char *type);

/* True when the header names the type itself, not through a wildcard, with a weight above 0. */
bool ff_accept_names(const char *header, const char *type);

/* The weight of a content coding ("br", "gzip", "identity"). No header: only identity. Identity is
 * taken unless it is refused. Source: RFC 9110, 12.5.3. */
int ff_accept_coding(const char *header, const char *coding);

/* True when If-None-Match (NULL: absent) has `etag` (with quotes, and W/ for a weak one) or is `*`.
 * Compared weakly. Source: RFC 9110, 13.1.2. */
bool ff_none_match_hits(const char *header, const char *etag);

#endif
