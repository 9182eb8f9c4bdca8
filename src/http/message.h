/* SPDX-License-Identifier: MIT */
/* message.h - a request and a reply as plain data, so that the whole API works without a socket. */
#ifndef FF_HTTP_MESSAGE_H
#define FF_HTTP_MESSAGE_H

#include "base/buf.h"
#include "base/ctx.h"
#include "http/rate.h"

enum { FF_MAX_HEADERS = 50 };

struct ff_limits;

/* Who may read /metrics. */
enum ff_scrape_access { FF_SCRAPE_OFF, FF_SCRAPE_LOOPBACK, FF_SCRAPE_TOKEN };
struct ff_scrape {
    enum ff_scrape_access access;
    const char *token; /* with FF_SCRAPE_TOKEN */
};

struct ff_header {
    const char *name, *value;
};

/* What `read` gives when there is nothing more to come. */
enum { FF_READ_END = 0, FF_READ_CUT = -1, FF_READ_SLOW = -2 };

/* What came in. All text is borrowed for the time of the call. */
struct ff_message {
    const char *method;
    const char *target;  /* raw path and query as on the request line */
    const char *version; /* "1.1" */
    uint32_t initials;   /* of the headers' names, as bits; 0: not noted, all are looked through */
    struct ff_header headers[FF_MAX_HEADERS + 14];
    size_t n_headers;               /* as received; the guard refuses more than FF_MAX_HEADERS */
    const char *peer;               /* address of the client, text; behind a trusted proxy its */
    const struct ff_limits *limits; /* how often each may come; NULL: nobody counts */
    const struct ff_scrape *scrape; /* who may read the counters; NULL: nobody */
    const char *const *hosts; /* further Host names served, ends with NULL; NULL: loopback only */
    const char *const
        *origins; /* that may read the API, ends with NULL; NULL: only our own pages */
    bool is_tls;
    bool is_loopback_secret; /* came with this start's command-line secret */
    bool is_lax; /* the parser let pass what HTTP forbids: a bare line feed, a space before a colon,
                    a folded or empty line */
    /* Reads up to n bytes of the body; FF_READ_END when all came, FF_READ_CUT when the sender went
     * away, FF_READ_SLOW when the time was up. NULL: `body` holds it all. */
    int64_t (*read)(void *arg, void *out, size_t n);
    void *read_arg;
    const char *body;
    size_t body_len;
};

enum { FF_RESPONSE_MAX_BYTES = 16 << 20 };

/* What goes out. `head` is the status line and headers, complete with the empty line; `body`
 * follows. Constant assets come as `asset` instead of `body`. Reuse one per worker:
 * ff_response_clear keeps the memory. */
struct ff_response {
    int status;
    struct ff_buf head, body;
    const void *asset;
    size_t asset_len;
    struct ff_rate_state rate; /* of the counter nearest to its end; limit 0: not counted */
    bool close;                /* end the connection after it */
    int64_t date_s;            /* the second that `date` is for; kept from reply to reply */
    char date[32];
};

/* Empty buffers; emptied but kept; given back. */
void ff_response_init(struct ff_response *rp);
void ff_response_clear(struct ff_response *rp);
void ff_response_free(struct ff_response *rp);

/* Gives back the memory of an unusually large reply, so that one export does not stay with its
 * worker for ever. */
void ff_response_trim(struct ff_response *rp);

/* The value of a header of the finished reply, copied to `out` (cut to cap); false when absent. For
 * the command line and for tests. */
bool ff_response_header(const struct ff_response *rp, const char *name, char *out, size_t cap);

/* The bit of a header's name in `initials`. */
static inline uint32_t ff_initial(const char *name)
{
    return UINT32_C(1) << (name[0] & 31);
}

/* True when both name the same header: equal but for case. */
bool ff_same_header(const char *a, const char *b);

/* The value of a header (name matched without case), NULL when absent. *count (may be NULL) gets
 * how many there are. */
const char *ff_message_header(const struct ff_message *m, const char *name, size_t *count);

/* Adds a header to a message that is being made. False when there is no room. */
bool ff_message_add(struct ff_message *m, const char *name, const char *value);

/* Runs one request through guard, router, authorisation, body, handler and back. Never fails: every
 * failure is a problem+json reply. `cx` is a fresh context with arena, clock, db, auth, site and
 * health set; its reader is given back. */
void ff_dispatch(struct ff_ctx *cx, const struct ff_message *m, struct ff_response *rp);

/* Answers a request that the HTTP parser itself refused with `status`. `m` may be half empty. */
void ff_dispatch_refused(struct ff_ctx *cx, const struct ff_message *m, int status,
                         struct ff_response *rp);

#endif
