/* SPDX-License-Identifier: MIT */
/* assets.h - the web files inside the executable, and how they are served.
 * The table is made by webgen at build time from the bundle; it is sorted by path. */
#ifndef FF_HTTP_ASSETS_H
#define FF_HTTP_ASSETS_H

#include "http/message.h"

struct ff_asset_body {
    const unsigned char *bytes; /* NULL: no such variant */
    size_t len;
};

enum ff_encoding { FF_ENC_IDENTITY, FF_ENC_BR, FF_ENC_GZIP, FF_ENC_COUNT };

struct ff_asset {
    const char *path; /* "/assets/app-1A2B3C4D.js" */
    const char *mime;
    struct ff_asset_body body[FF_ENC_COUNT]; /* by enum ff_encoding */
    const char *etag;                        /* first 16 hex digits of the SHA-256 */
    bool is_immutable;                       /* the name holds a hash of the content */
};

/* Generated: build/gen/web_assets.c. */
extern const struct ff_asset ff_web_assets[];
extern const size_t ff_n_web_assets;

#endif
