/* SPDX-License-Identifier: MIT */
/* server_private.h - what server.c (start and stop) and server_work.c (requests) share. */
#ifndef FF_HTTP_SERVER_PRIVATE_H
#define FF_HTTP_SERVER_PRIVATE_H

#include "http/address.h"
#include "http/compat_crew.h"
#include "http/kits.h"
#include "http/limit.h"
#include "http/listen.h"
#include "http/server.h"
#include "http/tls.h"

#include <civetweb.h>
#include <stdatomic.h>

enum { FF_SECRET_CAP = 65 };

struct ff_server {
    struct mg_context *mg;
    struct ff_ctx base; /* what each request's context is a copy of */
    struct ff_listen listen;
    char secret[FF_SECRET_CAP];
    int threads, request_timeout_ms;
    int everyone;              /* connections that may stay open between requests */
    char trouble[192];         /* CivetWeb's first complaint while it starts */
    atomic_size_t stack_bytes; /* of a worker; 0: none has looked yet */
    atomic_int connections;    /* that have a worker */
    atomic_int is_started, stopping;
    struct ff_kits kits;
    struct ff_crew crew;
    struct ff_tls *tls;      /* NULL: no address speaks TLS */
    struct ff_limits limits; /* rate NULL: nothing is counted */
    struct ff_scrape scrape; /* who may read /metrics */
    const char *const *origins;
    struct ff_network proxies[FF_MAX_PROXIES];
    size_t n_proxies;
};

/* CivetWeb's hooks; the server is its user data. */
extern const struct mg_callbacks ff_server_callbacks;

#endif
