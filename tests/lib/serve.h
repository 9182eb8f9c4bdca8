/* SPDX-License-Identifier: MIT */
/* serve.h - a server on a free port of 127.0.0.1: without a database, enough for everything that is
 * decided before a handler runs, or over a fixture's canteen. */
#ifndef FF_TESTS_SERVE_H
#define FF_TESTS_SERVE_H

#include "base/health.h"
#include "fixture.h"
#include "http/server.h"

struct ff_serve {
    struct ff_arena *arena;
    struct ff_clock *clock;
    struct ff_health health;
    struct ff_ctx cx;
    struct ff_server *server;
    int port;
};

/* Starts it with `options` (NULL: 8 threads, no bound per address); fails the test when it cannot.
 */
void ff_serve_start(struct ff_serve *serve, const struct ff_server_options *options);
/* The same over the canteen of `fx`, whose clock it takes too. */
void ff_serve_canteen(struct ff_serve *serve, struct ff_fixture *fx,
                      const struct ff_server_options *options);
void ff_serve_stop(struct ff_serve *serve);

/* True when it still answers /health/live. */
bool ff_serve_alive(const struct ff_serve *serve);

#endif
