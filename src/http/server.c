/* SPDX-License-Identifier: MIT */
/* server.c - starting, testing oneself and stopping. What is served and how is in server_work.c. */
#include "http/server.h"

#include "base/health.h"
#include "base/log.h"
#include "http/compat.h"
#include "http/knock.h"
#include "http/options.h"
#include "http/server_private.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { KNOCK_MS = 5 };

static void server_free(struct ff_server *s)
{
    ff_rate_free(s->limits.rate);
    ff_tls_free(s->tls);
    ff_kits_destroy(&s->kits);
    ff_crew_free(&s->crew);
    free(s);
}

static struct ff_server *server_new(const struct ff_ctx *base, const struct ff_server_options *o)
{
    /* parts of it have a cache line for themselves, which calloc does not promise */
    struct ff_server *s = aligned_alloc(_Alignof(struct ff_server), sizeof *s);
    if (!s)
        return NULL;
    memset(s, 0, sizeof *s);
    s->base = *base;
    s->threads = o->threads > 0 ? o->threads : FF_SERVER_THREADS;
    if (o->secret)
        (void)snprintf(s->secret, sizeof s->secret, "%s", o->secret);
    ff_kits_init(&s->kits);
    ff_listen_fill(&s->listen, o);
    for (const char *const *p = o->proxies; p && *p && s->n_proxies < FF_MAX_PROXIES; p++)
        s->n_proxies += ff_network_read(*p, &s->proxies[s->n_proxies]);
    s->origins = o->origins;
    s->limits = (struct ff_limits){.factor = o->rate_factor};
    s->scrape = o->scrape;
    const bool has_crew = ff_crew_init(&s->crew, s->threads);
    if (!has_crew || (o->rate_factor > 0 && !(s->limits.rate = ff_rate_new()))) {
        server_free(s);
        return NULL;
    }
    return s;
}

static void learn_ports(struct ff_server *s)
{
    struct mg_server_port ports[FF_MAX_LISTEN];
    memset(ports, 0, sizeof ports);
    int n = mg_get_server_ports(s->mg, FF_MAX_LISTEN, ports);
    for (int i = 0; i < n; i++)
        s->listen.ports[s->listen.n++] = ports[i].port;
}

static enum ff_rc cannot_listen(struct ff_ctx *base, const struct ff_server *s,
                                const struct ff_http_options *options)
{
    const char *why = strstr(s->trouble, "Address already in use") ? "the port is in use; choose "
                                                                     "another with --listen"
                      : strstr(s->trouble, "Permission denied")
                          ? "not permitted; ports below 1024 need a privilege"
                          : s->trouble;
    return FF_FAIL(base, FF_BUSY, "Cannot listen on %s: %s.", options->ports, why);
}

static enum ff_rc start_civetweb(struct ff_ctx *base, struct ff_server *s,
                                 const struct ff_server_options *o)
{
    struct ff_http_options options;
    struct mg_error_data error = {NULL, NULL, 0};
    if (!ff_http_options_fill(o, &options))
        return FF_FAIL(base, FF_BUSY, "Cannot listen: give 1 to %d addresses.", FF_MAX_LISTEN);
    s->request_timeout_ms = (int)strtol(options.request_timeout, NULL, 10);
    ff_compat_keep_alive((int)strtol(options.keep_alive, NULL, 10));
    struct mg_init_data init = {&ff_server_callbacks, s, options.list};
    ff_crew_recruit(&s->crew);
    s->mg = mg_start2(&init, &error);
    ff_crew_recruit(NULL);
    if (!s->mg)
        return cannot_listen(base, s, &options);
    atomic_store(&s->is_started, 1);
    learn_ports(s);
    return FF_OK;
}

/* The defences of compat.c hold by the way the program is linked; whether they do is asked of the
 * running server. Source: library-traps.md, F1, F2, F5. */
static enum ff_rc test_compat(struct ff_ctx *base, struct ff_server *s, uint64_t accepts_before,
                              unsigned features)
{
    if (ff_compat_accepts() == accepts_before)
        return FF_FAIL(base, FF_INTERNAL, "Self-test: connections are not counted.");
    size_t stack = atomic_load(&s->stack_bytes);
    if (stack < FF_WORKER_STACK_MIN_BYTES)
        return FF_FAIL(base, FF_INTERNAL, "Self-test: worker stacks have only %zu bytes.", stack);
#ifndef FF_SANITIZED
    if (!(features & MG_FEATURES_TLS) || !ff_compat_tls_found())
        return FF_FAIL(base, FF_INTERNAL, "Self-test: the TLS library (libssl.so.3) is missing.");
#else
    (void)features;
#endif
    return FF_OK;
}

/* Each address is asked as a client would ask it, over TLS where it speaks that. */
static enum ff_rc self_test(struct ff_ctx *base, struct ff_server *s, unsigned features)
{
    uint64_t before = ff_compat_accepts();
    for (size_t i = 0; i < s->listen.n; i++) {
        const char *address = s->listen.addresses[i];
        int port = s->listen.ports[i];
        if (s->listen.tls[i] ? !ff_tls_answers(s->tls, address, port)
                             : !ff_knock_answers(address, port))
            return FF_FAIL(base, FF_INTERNAL, "Self-test: the server does not answer itself%s.",
                           s->listen.tls[i] ? " over TLS" : "");
    }
    return test_compat(base, s, before, features);
}

/* A port that is to speak TLS is opened only when the library that does it is there: CivetWeb would
 * listen all the same, and end with the first connection. Source: library-traps.md, F2. */
static enum ff_rc open_tls(struct ff_ctx *base, struct ff_server *s,
                           const struct ff_server_options *o, unsigned features, int *exit_hint)
{
    bool wanted = false;
    for (size_t i = 0; i < o->n_listen && i < FF_MAX_LISTEN; i++)
        wanted |= o->tls[i];
    if (!wanted)
        return FF_OK;
    *exit_hint = 78;
    if (!(features & MG_FEATURES_TLS) || !ff_compat_tls_found())
        return FF_FAIL(base, FF_INTERNAL, "This build or this machine has no TLS (libssl.so.3).");
    enum ff_rc rc = ff_tls_open(base, o->certificate, o->certificate_key, &s->tls, exit_hint);
    if (!rc)
        *exit_hint = 69; /* what can go wrong from here on */
    return rc;
}

static void share_workers(struct ff_server *s, const struct ff_server_options *o)
{
    const struct ff_http_shares shares = ff_http_shares(s->threads);
    s->everyone = shares.everyone;
    ff_compat_set_caps(o->per_address > 0 ? o->per_address : shares.address,
                       o->per_loopback > 0 ? o->per_loopback : shares.house, shares.everyone);
    ff_compat_trust(s->proxies, s->n_proxies);
}

enum ff_rc ff_server_start(struct ff_ctx *base, const struct ff_server_options *options,
                           struct ff_server **server, int *exit_hint)
{
    struct ff_server *s = server_new(base, options);
    *exit_hint = 69;
    if (!s)
        return FF_FAIL(base, FF_INTERNAL, "out of memory");
    share_workers(s, options);
    unsigned features = mg_init_library(MG_FEATURES_TLS);
    enum ff_rc rc = open_tls(base, s, options, features, exit_hint);
    if (rc || (rc = start_civetweb(base, s, options))) {
        mg_exit_library();
        server_free(s);
        return rc;
    }
    if (!options->unchecked && (rc = self_test(base, s, features))) {
        *exit_hint = 78;
        ff_server_stop(s);
        return rc;
    }
    *server = s;
    return FF_OK;
}

struct ff_library ff_server_library(void)
{
    return (struct ff_library){"CivetWeb", CIVETWEB_VERSION, mg_version()};
}

void ff_server_refresh(struct ff_server *server)
{
    char until[FF_INSTANT_CAP];
    struct ff_ctx cx;
    struct ff_arena *arena = server->tls ? ff_arena_new(0) : NULL;
    if (!arena)
        return;
    ff_ctx_init(&cx, arena, server->base.clock);
    enum ff_tls_news news = ff_tls_refresh(&cx, server->tls);
    if (news == FF_TLS_REFUSED)
        ff_logf(FF_LOG_ERROR, NULL, "the new certificate is not used, the old one stays: %s",
                cx.err.detail);
    if (news == FF_TLS_RENEWED) {
        ff_instant_format(ff_tls_until_ms(server->tls), until);
        ff_logf(FF_LOG_INFO, NULL, "the new certificate is in use, valid until %s", until);
    }
    ff_arena_free(arena);
}

int64_t ff_server_certificate_ends_ms(struct ff_server *server)
{
    return server->tls ? ff_tls_until_ms(server->tls) : INT64_MAX;
}

int ff_server_port(const struct ff_server *server, size_t i)
{
    assert(i < server->listen.n);
    return server->listen.ports[i];
}

struct stopper {
    struct ff_server *server;
    atomic_int done;
};

static void *stop_civetweb(void *arg)
{
    struct stopper *stopper = arg;
    mg_stop(stopper->server->mg);
    atomic_store(&stopper->done, 1);
    return NULL;
}

/* CivetWeb looks at its stop flag every two seconds, in the thread that accepts and in each that
 * waits for a next request. Until it has ended, all of them are woken. */
static void wake_threads(struct ff_server *s)
{
    ff_listen_knock(&s->listen);
    ff_compat_hang_up(s->listen.ports, s->listen.n);
    static const struct timespec pause = {.tv_nsec = KNOCK_MS * 1000000L};
    (void)nanosleep(&pause, NULL);
}

void ff_server_stop(struct ff_server *server)
{
    struct stopper stopper = {.server = server};
    pthread_t thread;
    atomic_store(&server->stopping, 1);
    if (server->base.health)
        atomic_store(&server->base.health->stopping, 1);
    ff_kits_wait(&server->kits, FF_DRAIN_MS);
    if (pthread_create(&thread, NULL, stop_civetweb, &stopper)) {
        mg_stop(server->mg);
    } else {
        while (!atomic_load(&stopper.done))
            wake_threads(server);
        pthread_join(thread, NULL);
    }
    mg_exit_library();
    server_free(server);
}
