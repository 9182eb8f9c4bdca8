/* SPDX-License-Identifier: MIT */
/* assets.c - serving the web UI out of the executable. Nothing is read from disk, nothing is
 * compressed here: a reply is a head and a pointer. Source: ui.md, "Serving rules". */
#include "http/assets.h"

#include "http/accept.h"
#include "http/head.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First segments of the addresses that the web UI's own router knows. */
static const char *const pages[] = {"admin", "code",     "forgot",   "kiosk", "login",   "manage",
                                    "me",    "password", "products", "reset", "welcome", NULL};

static const char *const coding[FF_ENC_COUNT] = {"identity", "br", "gzip"};
static const char *const tag_suffix[FF_ENC_COUNT] = {"id", "br", "gz"};

static int by_path(const void *key, const void *row)
{
    return strcmp(key, ((const struct ff_asset *)row)->path);
}

const struct ff_asset *ff_asset_find(const char *path)
{
    return bsearch(path, ff_web_assets, ff_n_web_assets, sizeof ff_web_assets[0], by_path);
}

enum ff_encoding ff_asset_choose(const struct ff_asset *asset, const char *accept_encoding)
{
    /* In this order a tie goes to the smaller file. */
    static const enum ff_encoding order[] = {FF_ENC_BR, FF_ENC_GZIP, FF_ENC_IDENTITY};
    enum ff_encoding best = FF_ENC_IDENTITY;
    int weight = 0;
    for (size_t i = 0; i < FF_ENC_COUNT; i++) {
        int w =
            asset->body[order[i]].bytes ? ff_accept_coding(accept_encoding, coding[order[i]]) : 0;
        if (w > weight) {
            weight = w;
            best = order[i];
        }
    }
    return best;
}

static bool is_page(const struct ff_path *path)
{
    if (!path->n)
        return true;
    for (const char *const *p = pages; *p; p++)
        if (!strcmp(*p, path->segments[0]))
            return true;
    return false;
}

/* Finds what to send; *status becomes 404 for the page at an address it does not know. Below
 * /assets there are files only: a page in place of a script would hide the mistake. */
static const struct ff_asset *choose(const struct ff_message *m, const struct ff_path *path,
                                     int *status)
{
    const char *accept = ff_message_header(m, "Accept", NULL);
    const struct ff_asset *asset = path->ends_with_slash ? NULL : ff_asset_find(path->raw);
    *status = 200;
    if (asset)
        return asset;
    if (is_page(path))
        return ff_accept_media(accept, "text/html") ? ff_asset_find("/index.html") : NULL;
    *status = 404;
    bool below_assets = !strcmp(path->segments[0], "assets");
    return !below_assets && ff_accept_names(accept, "text/html") ? ff_asset_find("/index.html")
                                                                 : NULL;
}

static void send_asset(struct ff_ctx *cx, const struct ff_message *m, const struct ff_asset *asset,
                       int status, struct ff_response *rp)
{
    char etag[32];
    enum ff_encoding enc = ff_asset_choose(asset, ff_message_header(m, "Accept-Encoding", NULL));
    const struct ff_asset_body *body = &asset->body[enc];
    (void)snprintf(etag, sizeof etag, "\"%s-%s\"", asset->etag, tag_suffix[enc]);
    struct ff_head head = {
        .status = status,
        .content_type = asset->mime,
        .content_encoding = enc == FF_ENC_IDENTITY ? NULL : coding[enc],
        .content_length = body->len,
        .cache_control = asset->is_immutable ? "public, max-age=31536000, immutable" : "no-cache",
        .vary = "Accept-Encoding",
        .etag = etag,
    };
    const char *known = ff_message_header(m, "If-None-Match", NULL);
    if (known && status == 200 && ff_none_match_hits(known, etag)) {
        head.status = 304;
        head.content_type = head.content_encoding = NULL;
    }
    rp->asset = body->bytes;
    rp->asset_len = body->len;
    ff_head_write(cx, m, &head, rp);
}

enum ff_rc ff_assets_serve(struct ff_ctx *cx, const struct ff_message *m,
                           const struct ff_path *path, struct ff_response *rp)
{
    int status;
    const struct ff_asset *asset = choose(m, path, &status);
    bool reads = !strcmp(m->method, "GET") || !strcmp(m->method, "HEAD");
    if (!asset || (!reads && status == 404))
        return FF_FAIL(cx, FF_NOT_FOUND, "There is nothing at this address.");
    if (!reads)
        return FF_FAIL(cx, FF_METHOD_NOT_ALLOWED, "This address takes GET, HEAD, OPTIONS.");
    send_asset(cx, m, asset, status, rp);
    return FF_OK;
}
