/* SPDX-License-Identifier: MIT */
/* openapi.h - the route table printed as an OpenAPI 3.1 document. */
#ifndef FF_API_OPENAPI_H
#define FF_API_OPENAPI_H

#include "base/buf.h"

enum { FF_OPENAPI_MAX_BYTES = 1 << 20 };

/* Appends the document of `ff_routes` (deterministic, ends with a newline). `buf->failed` tells
 * when it did not fit. */
void ff_openapi_write(struct ff_buf *buf);

/* The same document made once for the process and kept, with its entity tag (unquoted hex). NULL
 * when memory was out. */
struct ff_openapi {
    const char *text;
    size_t len;
    char etag[17];
};
const struct ff_openapi *ff_openapi_get(void);

#endif
