/* SPDX-License-Identifier: MIT */
/* message.h - a request and a reply as plain data, so that the whole API works without a socket. */
#ifndef FF_HTTP_MESSAGE_H
#define FF_HTTP_MESSAGE_H

#include "base/buf.h"
#include "base/ctx.h"

enum { FF_MAX_HEADERS = 50 };

struct ff_header {
    const char *name, *value;
};

/* What came in. All text is borrowed for the time of the call. */
struct ff_message {
    const char *method;
    const char *target;  /* raw path and query as on the request line */
    const char *version; /* "1.1" */
    struct ff_header headers[FF_MAX_HEADERS + 14];
    size_t n_headers; /* as received; the guard refuses more than FF_MAX_HEADERS */
    const char *peer;
    bool is_tls;
    bool is_loopback_secret; /* came with this start's command-line secret */
    /* Reads up to n bytes of the body; 0 at the end, -1 on error or time-out. NULL: `body` holds it
     * all. */
    int64_t (*read)(void *arg, void *out, size_t n);
    void *read_arg;
    const char *body;
    size_t body_len;
};

/* What goes out. `head` is the status line and headers, complete with the empty line; `body`
 * follows. Constant assets come as `asset` instead of `body`. Reuse one per worker:
 * ff_response_clear keeps the memory. */
struct ff_response {
    int status;
    struct ff_buf head, body;
    const void *asset;
    size_t asset_len;
    bool close; /* end the connection after it */
};

void ff_response_init(struct ff_response *rp);
void ff_response_clear(struct ff_response *rp);
void ff_response_free(struct ff_response *rp);

/* The value of a header (name matched without case), NULL when absent. *count (may be NULL) gets
 * how many there are. */
const char *ff_message_header(const struct ff_message *m, const char *name, size_t *count);

/* Runs one request through guard, router, authorisation, body, handler and back. Never fails: every
 * failure is a problem+json reply. `cx` is a fresh context with arena, clock, db, auth and site
 * set; its reader is given back. */
void ff_dispatch(struct ff_ctx *cx, const struct ff_message *m, struct ff_response *rp);

#endif
