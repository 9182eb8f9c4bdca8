/* SPDX-License-Identifier: MIT */
/* server.c - CivetWeb's callbacks around ff_dispatch: the only file that knows CivetWeb.
 * A worker thread serves one connection at a time; each keeps an arena and the reply's buffers for
 * all its requests. begin_request takes every request, so none of CivetWeb's own handlers (files,
 * CGI, WebSockets) is ever reached. Starting and stopping are in lifecycle order below. */
#include "http/server.h"

#include "base/health.h"
#include "base/log.h"
#include "http/compat.h"
#include "http/credentials.h"
#include "http/drain.h"
#include "http/frame.h"
#include "http/knock.h"
#include "http/listen.h"
#include "http/message.h"
#include "http/options.h"

#include <assert.h>
#include <civetweb.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SECRET_CAP = 65,
    TARGET_CAP = 2112, /* longer than the guard allows, so that it sees that it is too long */
    REQUESTS_PER_CONNECTION = 10000,
    DRAIN_BYTES = 4096,
    KNOCK_MS = 5
};

struct ff_server {
    struct mg_context *mg;
    struct ff_ctx base; /* what each request's context is a copy of */
    struct ff_listen listen;
    char secret[SECRET_CAP];
    int threads, request_timeout_ms;
    char trouble[192];         /* CivetWeb's first complaint while it starts */
    atomic_size_t stack_bytes; /* smallest seen in a worker; 0: none yet */
    atomic_int connections;    /* that have a worker */
    atomic_int is_started, stopping;
    struct ff_drain drain;
};

/* What a worker thread keeps between requests; made when it serves its first. */
struct worker {
    struct ff_server *server;
    struct ff_arena *arena;
    struct ff_response response;
};

/* One request while it is served. */
struct visit {
    struct mg_connection *conn;
    struct ff_server *server;
    int64_t left;        /* of the body */
    int64_t deadline_ms; /* for the body */
    bool wants_continue; /* the client waits for 100 before it sends */
};

/* ---- from CivetWeb's request to ours ---- */

static void copy_headers(const struct mg_request_info *ri, struct ff_message *m)
{
    size_t n = ri->num_headers > 0 ? (size_t)ri->num_headers : 0;
    if (n > sizeof m->headers / sizeof m->headers[0])
        n = sizeof m->headers / sizeof m->headers[0];
    for (size_t i = 0; i < n; i++)
        m->headers[i] = (struct ff_header){ri->http_headers[i].name, ri->http_headers[i].value};
    m->n_headers = n;
}

/* CivetWeb cut the target in two at the question mark. NULL: it did not get that far. */
static const char *join_target(const struct worker *w, const struct mg_request_info *ri)
{
    const char *query = ri->query_string ? ri->query_string : "";
    if (!ri->request_uri)
        return NULL;
    char *target = ff_arena_alloc(w->arena, strnlen(ri->request_uri, TARGET_CAP) +
                                                strnlen(query, TARGET_CAP) + 2);
    if (!target)
        return NULL;
    size_t n = strnlen(ri->request_uri, TARGET_CAP);
    memcpy(target, ri->request_uri, n);
    if (ri->query_string)
        target[n++] = '?';
    memcpy(target + n, query, strnlen(query, TARGET_CAP));
    return target;
}

static bool is_strict(const struct mg_request_info *ri, const struct ff_message *m)
{
    struct ff_frame frame = {
        .method = ri->request_method,
        .uri = ri->request_uri,
        .query = ri->query_string,
        .version = ri->http_version,
        .headers = m->headers,
        .n_headers = m->n_headers,
        .buffer_bytes = FF_HTTP_HEAD_BUFFER,
    };
    return ff_frame_is_strict(&frame);
}

static void fill_message(const struct worker *w, const struct mg_request_info *ri,
                         struct ff_message *m)
{
    const struct ff_server *s = w->server;
    memset(m, 0, offsetof(struct ff_message, headers));
    m->method = ri->request_method;
    m->version = ri->http_version;
    m->peer = ri->remote_addr;
    m->hosts = s->listen.hosts;
    m->is_tls = ri->is_ssl;
    m->read = NULL;
    m->read_arg = NULL;
    m->body = "";
    m->body_len = 0;
    copy_headers(ri, m);
    m->is_loopback_secret = ff_secret_matches(s->secret, m);
    m->is_lax = false;
    m->target = join_target(w, ri);
}

static int64_t read_body(void *arg, void *out, size_t n)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct visit *v = arg;
    if (v->wants_continue) {
        v->wants_continue = false;
        (void)mg_write(v->conn, go_on, sizeof go_on - 1);
    }
    if (v->left <= 0)
        return FF_READ_END;
    int got = mg_read(v->conn, out, n);
    if (got > 0) {
        v->left -= got;
        return got;
    }
    return got == 0 || ff_compat_mono_ms() >= v->deadline_ms ? FF_READ_SLOW : FF_READ_CUT;
}

/* Reads what the dispatcher left of the body, so that it is not taken for a request. False when
 * that is not worth it or cannot be done. */
static bool drain_body(struct visit *v)
{
    char scrap[DRAIN_BYTES / 2];
    if (v->wants_continue && v->left > 0)
        return false;
    while (v->left > 0)
        if (read_body(v, scrap, sizeof scrap) <= 0)
            return false;
    return true;
}

/* ---- serving ---- */

/* The worker's memory; false when there is none. */
static bool prepare(struct worker *w, struct ff_ctx *cx)
{
    if (!w->arena) {
        w->arena = ff_arena_new(0);
        ff_response_init(&w->response);
    }
    if (!w->arena)
        return false;
    const struct ff_ctx *base = &w->server->base;
    ff_arena_reset(w->arena);
    ff_response_clear(&w->response);
    ff_ctx_init(cx, w->arena, base->clock);
    cx->db = base->db;
    cx->auth = base->auth;
    cx->site = base->site;
    cx->health = base->health;
    return true;
}

/* Head and body leave in one write: two would be two segments. */
static void send_response(struct mg_connection *conn, struct ff_response *rp)
{
    if (rp->asset)
        ff_buf_add(&rp->head, rp->asset, rp->asset_len);
    else
        ff_buf_add(&rp->head, rp->body.data ? rp->body.data : "", rp->body.len);
    if (rp->head.failed || mg_write(conn, rp->head.data, rp->head.len) < (int)rp->head.len)
        rp->close = true;
}

/* Counts the connection's requests in CivetWeb's one pointer for us. */
static bool is_last_request(struct mg_connection *conn)
{
    uintptr_t n = (uintptr_t)mg_get_user_connection_data(conn) + 1;
    mg_set_user_connection_data(conn, (void *)n);
    return n >= REQUESTS_PER_CONNECTION;
}

/* When few workers are left, a connection does not keep its one while it idles. */
static bool is_crowded(const struct ff_server *s)
{
    return atomic_load_explicit(&s->connections, memory_order_relaxed) >
           s->threads - s->threads / 4;
}

static int serve(struct worker *w, struct mg_connection *conn, const struct mg_request_info *ri)
{
    struct ff_server *s = w->server;
    struct ff_message m;
    struct ff_ctx cx;
    struct visit v = {.conn = conn, .server = s};
    if (!prepare(w, &cx)) {
        mg_disable_connection_keep_alive(conn);
        return 500;
    }
    fill_message(w, ri, &m);
    m.is_lax = !is_strict(ri, &m);
    v.left = ri->content_length > 0 ? ri->content_length : 0;
    v.deadline_ms = ff_compat_mono_ms() + s->request_timeout_ms;
    v.wants_continue = ff_message_header(&m, "Expect", NULL) != NULL;
    m.read = read_body;
    m.read_arg = &v;
    struct ff_response *rp = &w->response;
    rp->close = is_last_request(conn) || is_crowded(s) || atomic_load(&s->stopping);
    ff_compat_read_until(v.deadline_ms);
    ff_dispatch(&cx, &m, rp);
    send_response(conn, rp);
    if (!rp->close && !drain_body(&v))
        rp->close = true;
    ff_compat_read_until(0);
    if (rp->close)
        mg_disable_connection_keep_alive(conn);
    return rp->status;
}

static int begin_request(struct mg_connection *conn)
{
    struct worker *w = mg_get_thread_pointer(conn);
    const struct mg_request_info *ri = mg_get_request_info(conn);
    if (!w) {
        mg_disable_connection_keep_alive(conn);
        return 500;
    }
    ff_drain_begin(&w->server->drain);
    int status = serve(w, conn, ri);
    ff_drain_end(&w->server->drain);
    return status;
}

/* What CivetWeb refuses by itself looks like every other problem. */
static int http_error(struct mg_connection *conn, int status, const char *text)
{
    struct worker *w = mg_get_thread_pointer(conn);
    const struct mg_request_info *ri = mg_get_request_info(conn);
    struct ff_message m;
    struct ff_ctx cx;
    (void)text;
    mg_disable_connection_keep_alive(conn);
    if (!w || !ri || !prepare(w, &cx))
        return 0;
    fill_message(w, ri, &m);
    if (!m.method && ff_compat_received() >= FF_HTTP_HEAD_BUFFER)
        status = 431; /* the buffer is full and the head not at its end */
    ff_dispatch_refused(&cx, &m, status, &w->response);
    send_response(conn, &w->response);
    return 0;
}

/* ---- threads and connections ---- */

static void note_stack(struct ff_server *s)
{
    size_t bytes = ff_compat_stack_bytes(), seen = atomic_load(&s->stack_bytes);
    while ((!seen || bytes < seen) && !atomic_compare_exchange_weak(&s->stack_bytes, &seen, bytes))
        ;
}

static void *init_thread(const struct mg_context *mg, int type)
{
    struct ff_server *s = mg_get_user_data(mg);
    if (type != 1)
        return NULL;
    struct worker *w = calloc(1, sizeof *w);
    note_stack(s);
    if (w)
        w->server = s;
    return w;
}

static void exit_thread(const struct mg_context *mg, int type, void *pointer)
{
    struct worker *w = pointer;
    (void)mg;
    if (type != 1 || !w)
        return;
    if (w->arena) {
        ff_arena_free(w->arena);
        ff_response_free(&w->response);
    }
    free(w);
}

static struct ff_server *server_of(const struct mg_connection *conn)
{
    return mg_get_user_data(mg_get_context(conn));
}

static int init_connection(const struct mg_connection *conn, void **data)
{
    *data = NULL;
    ff_compat_read_until(0);
    atomic_fetch_add(&server_of(conn)->connections, 1);
    return 0;
}

static void connection_close(const struct mg_connection *conn)
{
    atomic_fetch_sub(&server_of(conn)->connections, 1);
}

/* CivetWeb's own words: kept while it starts, for the operator; later for those who debug. */
static int log_message(const struct mg_connection *conn, const char *text)
{
    struct ff_server *s = conn ? server_of(conn) : NULL;
    if (s && !atomic_load(&s->is_started) && !*s->trouble)
        (void)snprintf(s->trouble, sizeof s->trouble, "%s", text);
    ff_logf(FF_LOG_DEBUG, NULL, "civetweb: %s", text);
    return 1;
}

/* ---- starting ---- */

static struct ff_server *server_new(const struct ff_ctx *base, const struct ff_server_options *o)
{
    struct ff_server *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->base = *base;
    s->threads = o->threads > 0 ? o->threads : FF_SERVER_THREADS;
    if (o->secret)
        (void)snprintf(s->secret, sizeof s->secret, "%s", o->secret);
    ff_drain_init(&s->drain);
    ff_listen_fill(&s->listen, o);
    return s;
}

static void server_free(struct ff_server *s)
{
    ff_drain_destroy(&s->drain);
    free(s);
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
    static const struct mg_callbacks callbacks = {
        .begin_request = begin_request,
        .http_error = http_error,
        .log_message = log_message,
        .init_thread = init_thread,
        .exit_thread = exit_thread,
        .init_connection = init_connection,
        .connection_close = connection_close,
    };
    struct ff_http_options options;
    struct mg_error_data error = {NULL, NULL, 0};
    if (!ff_http_options_fill(o, &options))
        return FF_FAIL(base, FF_BUSY, "Cannot listen: give 1 to %d addresses.", FF_MAX_LISTEN);
    s->request_timeout_ms = (int)strtol(options.request_timeout, NULL, 10);
    struct mg_init_data init = {&callbacks, s, options.list};
    s->mg = mg_start2(&init, &error);
    if (!s->mg)
        return cannot_listen(base, s, &options);
    atomic_store(&s->is_started, 1);
    learn_ports(s);
    return FF_OK;
}

/* The defences of compat.c hold by the way the program is linked; whether they do is asked of the
 * running server. Source: library-traps.md, F1, F2, F5. */
static enum ff_rc self_test(struct ff_ctx *base, struct ff_server *s, unsigned features)
{
    uint64_t before = ff_compat_accepts();
    if (!ff_knock_answers(s->listen.addresses[0], s->listen.ports[0]))
        return FF_FAIL(base, FF_INTERNAL, "Self-test: the server does not answer itself.");
    if (ff_compat_accepts() == before)
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

enum ff_rc ff_server_start(struct ff_ctx *base, const struct ff_server_options *options,
                           struct ff_server **server, int *exit_hint)
{
    struct ff_server *s = server_new(base, options);
    *exit_hint = 69;
    if (!s)
        return FF_FAIL(base, FF_INTERNAL, "out of memory");
    int quarter = s->threads > 4 ? s->threads / 4 : 1;
    ff_compat_set_caps(options->per_address > 0 ? options->per_address : quarter,
                       options->per_loopback > 0 ? options->per_loopback : 2 * quarter);
    unsigned features = mg_init_library(MG_FEATURES_TLS);
    enum ff_rc rc = start_civetweb(base, s, options);
    if (rc) {
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

const char *ff_server_library_version(void)
{
    return mg_version();
}

int ff_server_port(const struct ff_server *server, size_t i)
{
    assert(i < server->listen.n);
    return server->listen.ports[i];
}

/* ---- stopping ---- */

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
    (void)poll(NULL, 0, KNOCK_MS);
}

void ff_server_stop(struct ff_server *server)
{
    struct stopper stopper = {.server = server};
    pthread_t thread;
    atomic_store(&server->stopping, 1);
    if (server->base.health)
        atomic_store(&server->base.health->stopping, 1);
    ff_drain_wait(&server->drain, FF_DRAIN_MS);
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
