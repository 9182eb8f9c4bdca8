/* SPDX-License-Identifier: MIT */
/* server.h - listening, accepting and stopping. */
#ifndef FF_HTTP_SERVER_H
#define FF_HTTP_SERVER_H

#include "base/ctx.h"
#include "base/version.h"
#include "http/message.h"

enum { FF_MAX_LISTEN = 8, FF_SERVER_THREADS = 256, FF_DRAIN_MS = 5000 };

/* Headers by which the operator's command line proves itself, from a loopback address only. */
#define FF_SECRET_HEADER "X-FF-Secret"
#define FF_UID_HEADER    "X-FF-Uid"

struct ff_server_options {
    const char *listen[FF_MAX_LISTEN]; /* "127.0.0.1:8080"; port 0: any free one */
    size_t n_listen;
    bool tls[FF_MAX_LISTEN];                   /* listen[i] speaks TLS */
    const char *certificate, *certificate_key; /* PEM files, when one does */
    const char *const *hosts;                  /* further Host names, ends with NULL; NULL: none */
    int threads;                               /* 0: FF_SERVER_THREADS */
    int per_address;        /* connections from one address; 0: a quarter of the threads */
    int per_loopback;       /* the same from loopback or a proxy; 0: see ff_http_shares */
    int request_timeout_ms; /* a whole request, half of it for the head; 0: 10,000 */
    int keep_alive_ms;      /* idle between requests; 0: 15,000 */
    int rate_factor;        /* multiplies every limit of limit.h; 0: requests are not counted */
    const char *const
        *origins; /* pages of others that may read the API, ends with NULL; NULL: none */
    const char *const *proxies; /* networks whose X-Forwarded-* count, ends with NULL; NULL: none */
    const char *secret;         /* of this start, for FF_SECRET_HEADER; NULL: none */
    struct ff_scrape scrape;    /* who may read /metrics */
    bool unchecked;             /* for tests of the server without compat.c: skip the self-tests */
};

struct ff_server;

/* Starts listening. `base` gives each request its clock, db, auth, site and health; these outlive
 * the server. On failure the error is in base->err, its detail is for the operator and *exit_hint
 * (sysexits) says how to end: 69 cannot listen, 78 a self-test failed. */
FF_MUST_CHECK enum ff_rc ff_server_start(struct ff_ctx *base,
                                         const struct ff_server_options *options,
                                         struct ff_server **server, int *exit_hint);

/* Reads the certificate anew when its files have changed; for somebody who looks now and then. Says
 * in the log what became of it. */
void ff_server_refresh(struct ff_server *server);

/* When the certificate in use ends, UTC milliseconds; INT64_MAX: there is none. */
int64_t ff_server_certificate_ends_ms(struct ff_server *server);

/* The real port of listen[i]. */
int ff_server_port(const struct ff_server *server, size_t i);

/* Answers what is under way (new requests get 503), waits at most FF_DRAIN_MS for it, then ends.
 * Takes well under a second when nothing is under way. Frees the server. */
void ff_server_stop(struct ff_server *server);

/* CivetWeb. */
struct ff_library ff_server_library(void);

#endif
