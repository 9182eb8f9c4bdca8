/* SPDX-License-Identifier: MIT */
/* serve.c - starting and stopping a server for a test. */
#include "serve.h"

#include <check.h>
#include <string.h>

#include "http/knock.h"

static const struct ff_server_options usual = {
    .threads = 8, .per_address = 64, .per_loopback = 64, .request_timeout_ms = 1000};

static void start(struct ff_serve *serve, struct ff_server_options o)
{
    int hint = 0;
    serve->cx.health = &serve->health;
    o.listen[0] = "127.0.0.1:0";
    o.n_listen = 1;
    enum ff_rc rc = ff_server_start(&serve->cx, &o, &serve->server, &hint);
    ck_assert_msg(rc == FF_OK, "%s (exit %d)", serve->cx.err.detail, hint);
    serve->port = ff_server_port(serve->server, 0);
    ck_assert_int_gt(serve->port, 0);
}

void ff_serve_start(struct ff_serve *serve, const struct ff_server_options *options)
{
    memset(serve, 0, sizeof *serve);
    serve->arena = ff_arena_new(0);
    serve->clock = ff_clock_new_system();
    ck_assert(serve->arena && serve->clock);
    ff_ctx_init(&serve->cx, serve->arena, serve->clock);
    start(serve, options ? *options : usual);
}

void ff_serve_canteen(struct ff_serve *serve, struct ff_fixture *fx,
                      const struct ff_server_options *options)
{
    memset(serve, 0, sizeof *serve);
    serve->arena = ff_arena_new(0);
    ck_assert_ptr_nonnull(serve->arena);
    ff_ctx_init(&serve->cx, serve->arena, fx->clock);
    serve->cx.db = fx->db;
    serve->cx.auth = fx->auth;
    serve->cx.site = fx->site;
    serve->cx.cache = fx->cache;
    start(serve, options ? *options : usual);
}

void ff_serve_stop(struct ff_serve *serve)
{
    ff_server_stop(serve->server);
    if (serve->clock)
        ff_clock_free(serve->clock);
    ff_arena_free(serve->arena);
}

bool ff_serve_alive(const struct ff_serve *serve)
{
    return ff_knock_answers("127.0.0.1", serve->port);
}
