/* SPDX-License-Identifier: MIT */
/* assets.h - the web files inside the executable, and how they are served.
 * The table is made by webgen at build time from the bundle; it is sorted by path. */
#ifndef FF_HTTP_ASSETS_H
#define FF_HTTP_ASSETS_H

#include "http/message.h"
#include "http/path.h"

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

/* The row of `path` in the table; NULL: none. */
const struct ff_asset *ff_asset_find(const char *path);

/* The encoding to send: the client's heaviest of those the asset has, at equal weight the smallest.
 */
enum ff_encoding ff_asset_choose(const struct ff_asset *asset, const char *accept_encoding);

/* Answers GET and HEAD of an address outside the API: a file of the bundle, or the page for an
 * address that the web UI knows, or that page with 404 for a browser that asks for HTML elsewhere.
 * FF_NOT_FOUND: none of them. FF_METHOD_NOT_ALLOWED: it is there, but not for this method. */
FF_MUST_CHECK enum ff_rc ff_assets_serve(struct ff_ctx *cx, const struct ff_message *m,
                                         const struct ff_path *path, struct ff_response *rp);

#endif
