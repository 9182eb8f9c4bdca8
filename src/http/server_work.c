/* SPDX-License-Identifier: MIT */
/* server_work.c - CivetWeb's callbacks around ff_dispatch. A worker thread serves one connection at
 * a time; a request is lent an arena and the reply's buffers. begin_request takes every request, so
 * none of CivetWeb's own handlers (files, CGI, WebSockets) is ever reached. */
#include "base/clock.h"
#include "base/log.h"
#include "http/compat.h"
#include "http/credentials.h"
#include "http/frame.h"
#include "http/message.h"
#include "http/options.h"
#include "http/server_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TARGET_CAP = 2112, /* longer than the guard allows, so that it sees that it is too long */
    REQUESTS_PER_CONNECTION = 10000,
    SCRAP_BYTES = 512,
    LINGER_MS = 500,
    SLOWEST_BYTES_PER_MS = 16 /* a reader slower than that loses its connection */
};

/* What a worker thread knows. */
struct worker {
    struct ff_server *server;
    struct ff_kit *kit; /* of the request that it serves */
};

/* One request while it is served. */
struct visit {
    struct mg_connection *conn;
    int64_t left;        /* of the body */
    int64_t deadline_ms; /* for the body */
    char client[FF_ADDRESS_CAP];
    bool wants_continue; /* the client waits for 100 before it sends */
};

/* ---- from CivetWeb's request to ours ---- */

static void copy_headers(const struct mg_request_info *ri, struct ff_message *m)
{
    size_t n = ri->num_headers > 0 ? (size_t)ri->num_headers : 0;
    if (n > sizeof m->headers / sizeof m->headers[0])
        n = sizeof m->headers / sizeof m->headers[0];
    for (size_t i = 0; i < n; i++) {
        m->headers[i] = (struct ff_header){ri->http_headers[i].name, ri->http_headers[i].value};
        m->initials |= ff_initial(m->headers[i].name);
    }
    m->n_headers = n;
}

/* CivetWeb cut the target in two at the question mark. NULL: it did not get that far. */
static const char *join_target(const struct worker *w, const struct mg_request_info *ri)
{
    const char *query = ri->query_string ? ri->query_string : "";
    if (!ri->request_uri)
        return NULL;
    char *target = ff_arena_alloc(w->kit->arena, strnlen(ri->request_uri, TARGET_CAP) +
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

/* Behind a trusted proxy, the client and its scheme are what the proxy says. The operator's secret
 * counts only from this machine, whoever brings it. */
static void fill_client(const struct ff_server *s, const struct mg_request_info *ri,
                        struct ff_message *m, char client[FF_ADDRESS_CAP])
{
    m->peer = ri->remote_addr;
    m->is_loopback_secret = ff_secret_matches(s->secret, m);
    m->peer = ff_client_of(m, ri->remote_addr, s->proxies, s->n_proxies, client);
    m->is_loopback_secret = m->is_loopback_secret && ff_secret_matches(s->secret, m);
    m->is_tls = ri->is_ssl || ff_client_has_tls(m, ri->remote_addr, s->proxies, s->n_proxies);
}

static void fill_message(const struct worker *w, const struct mg_request_info *ri,
                         struct ff_message *m, char client[FF_ADDRESS_CAP])
{
    const struct ff_server *s = w->server;
    memset(m, 0, offsetof(struct ff_message, headers));
    m->method = ri->request_method;
    m->version = ri->http_version;
    m->hosts = s->listen.hosts;
    m->origins = s->origins;
    m->limits = s->limits.rate ? &s->limits : NULL;
    m->scrape = &s->scrape;
    m->read = NULL;
    m->read_arg = NULL;
    m->body = "";
    m->body_len = 0;
    copy_headers(ri, m);
    fill_client(s, ri, m, client);
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
    if (ff_compat_mono_ms() >= v->deadline_ms)
        return FF_READ_SLOW;
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
    char scrap[SCRAP_BYTES];
    if (v->wants_continue && v->left > 0)
        return false;
    while (v->left > 0)
        if (read_body(v, scrap, sizeof scrap) <= 0)
            return false;
    return true;
}

/* ---- serving ---- */

/* Takes the request's memory; false when there is none. */
static bool prepare(struct worker *w)
{
    w->kit = ff_kits_take(&w->server->kits);
    if (!w->kit)
        return false;
    struct ff_ctx *cx = &w->kit->cx;
    const struct ff_ctx *base = &w->server->base;
    ff_ctx_init(cx, w->kit->arena, base->clock);
    cx->db = base->db;
    cx->auth = base->auth;
    cx->site = base->site;
    cx->cache = base->cache;
    cx->health = base->health;
    cx->audit = base->audit;
    cx->metrics = base->metrics;
    return true;
}

static void give_back(struct worker *w)
{
    ff_kits_give(&w->server->kits, w->kit);
    w->kit = NULL;
}

/* Head and body leave in one write: two would be two segments. */
static void send_response(const struct ff_server *s, struct mg_connection *conn,
                          struct ff_response *rp)
{
    if (rp->asset)
        ff_buf_add(&rp->head, rp->asset, rp->asset_len);
    if (rp->body.len)
        ff_buf_add(&rp->head, rp->body.data, rp->body.len);
    ff_compat_write_until(ff_clock_tick_ms() + s->request_timeout_ms +
                          (int64_t)(rp->head.len / SLOWEST_BYTES_PER_MS));
    if (rp->head.failed || mg_write(conn, rp->head.data, rp->head.len) < (int)rp->head.len)
        rp->close = true;
}

/* Ends the connection after this reply. Bytes that nobody read would make the kernel reset it, and
 * take the reply away from a client that is still sending; so a refused client gets a moment. */
static void end_connection(struct mg_connection *conn, int status)
{
    mg_disable_connection_keep_alive(conn);
    if (status >= 400)
        ff_compat_linger(LINGER_MS);
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
    return atomic_load_explicit(&s->connections, memory_order_relaxed) > s->everyone;
}

static int serve(struct worker *w, struct mg_connection *conn, const struct mg_request_info *ri)
{
    struct ff_server *s = w->server;
    struct visit v = {.conn = conn};
    if (!prepare(w)) {
        mg_disable_connection_keep_alive(conn);
        return 500;
    }
    struct ff_message *m = &w->kit->message;
    fill_message(w, ri, m, v.client);
    m->is_lax = !is_strict(ri, m);
    ff_compat_put_back(m->headers, m->n_headers);
    v.left = ri->content_length > 0 ? ri->content_length : 0;
    v.deadline_ms = ff_compat_began_ms() + s->request_timeout_ms;
    v.wants_continue = ff_message_header(m, "Expect", NULL) != NULL;
    m->read = read_body;
    m->read_arg = &v;
    struct ff_response *rp = &w->kit->response;
    rp->close = is_last_request(conn) || is_crowded(s) || atomic_load(&s->stopping);
    ff_compat_read_until(v.deadline_ms);
    ff_dispatch(&w->kit->cx, m, rp);
    send_response(s, conn, rp);
    const int status = rp->status;
    const bool stays = !rp->close;
    give_back(w);
    if (stays && drain_body(&v))
        ff_compat_next_head();
    else
        end_connection(conn, status);
    return status;
}

static int begin_request(struct mg_connection *conn)
{
    struct worker *w = mg_get_thread_pointer(conn);
    const struct mg_request_info *ri = mg_get_request_info(conn);
    if (!w) {
        mg_disable_connection_keep_alive(conn);
        return 500;
    }
    return serve(w, conn, ri);
}

/* What CivetWeb refuses by itself looks like every other problem. */
static int http_error(struct mg_connection *conn, int status, const char *text)
{
    struct worker *w = mg_get_thread_pointer(conn);
    const struct mg_request_info *ri = mg_get_request_info(conn);
    char client[FF_ADDRESS_CAP];
    (void)text;
    mg_disable_connection_keep_alive(conn);
    if (!w || !ri || !prepare(w))
        return 0;
    struct ff_message *m = &w->kit->message;
    fill_message(w, ri, m, client);
    ff_compat_put_back(m->headers, m->n_headers);
    bool is_late = ff_compat_is_late();
    if (!m->method && is_late)
        status = 408;
    else if (!m->method && ff_compat_received() >= FF_HTTP_HEAD_BUFFER)
        status = 431; /* the buffer is full and the head not at its end */
    ff_dispatch_refused(&w->kit->cx, m, status, &w->kit->response);
    send_response(w->server, conn, &w->kit->response);
    give_back(w);
    end_connection(conn, is_late ? 0 : status); /* who was late gets no more time */
    return 0;
}

/* ---- threads and connections ---- */

/* One look does for all, whose threads are made alike; it costs a page of the stack. */
static void note_stack(struct ff_server *s)
{
    if (!atomic_load(&s->stack_bytes))
        atomic_store(&s->stack_bytes, ff_compat_stack_bytes());
}

static void *init_thread(const struct mg_context *mg, int type)
{
    struct ff_server *s = mg_get_user_data(mg);
    if (type == 0)
        ff_crew_lead(&s->crew);
    if (type != 1)
        return NULL;
    struct worker *w = calloc(1, sizeof *w);
    note_stack(s);
    ff_compat_worker(s->request_timeout_ms / 2);
    if (w)
        w->server = s;
    return w;
}

static void exit_thread(const struct mg_context *mg, int type, void *pointer)
{
    struct worker *w = pointer;
    (void)mg;
    if (type == 1)
        free(w);
}

static struct ff_server *server_of(const struct mg_connection *conn)
{
    return mg_get_user_data(mg_get_context(conn));
}

static int init_connection(const struct mg_connection *conn, void **data)
{
    *data = NULL;
    atomic_fetch_add(&server_of(conn)->connections, 1);
    return 0;
}

static void connection_close(const struct mg_connection *conn)
{
    ff_compat_ended();
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

/* Asked for a context at the start, and before one is freed, which we do ourselves. */
static int give_tls(void **context, void *server)
{
    struct ff_server *s = server;
    if (!*context && s->tls)
        *context = ff_tls_context(s->tls);
    return s->tls ? 1 : 0;
}

const struct mg_callbacks ff_server_callbacks = {
    .external_ssl_ctx = give_tls,
    .begin_request = begin_request,
    .http_error = http_error,
    .log_message = log_message,
    .init_thread = init_thread,
    .exit_thread = exit_thread,
    .init_connection = init_connection,
    .connection_close = connection_close,
};
