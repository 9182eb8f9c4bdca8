/* SPDX-License-Identifier: MIT */
/* dispatch.c - the way of a request: guard, row, caller, scope, and only then the body; query,
 * conditions, handler, reply. Each step is a file of its own; here is their order.
 * Source: architecture.md, "The way of a request". */
#include "base/health.h"
#include "base/log.h"
#include "base/metrics.h"
#include "db/db.h"
#include "domain/catalog/price.h"
#include "domain/site/site.h"
#include "http/assets.h"
#include "http/body.h"
#include "http/credentials.h"
#include "http/guard.h"
#include "http/limit.h"
#include "http/reply.h"
#include "http/router.h"
#include "http/scrape.h"
#include "http/watch.h"

#include <string.h>

static const char page_methods[] = "GET, HEAD, OPTIONS";

/* What is known of the request so far. */
struct exchange {
    struct ff_path path;
    struct ff_match match;
    struct ff_req rq;
    size_t length;          /* of the body */
    struct ff_arena *spare; /* the request's own arena while an import uses a larger one */
    const char *allow;      /* for 405 */
    bool is_hit;            /* answered from the cache of replies */
    int64_t began_ns;
};

static void take_request_id(struct ff_ctx *cx, const struct ff_message *m)
{
    const char *id = ff_message_header(m, "X-Request-Id", NULL);
    if (id && ff_request_id_ok(id))
        memcpy(cx->request_id, id, strlen(id) + 1);
}

static bool is_api(const struct ff_path *path)
{
    return path->n > 0 &&
           (!strcmp(path->segments[0], "api") || !strcmp(path->segments[0], "health") ||
            !strcmp(path->segments[0], "metrics"));
}

static bool has_test_clock(const struct ff_ctx *cx)
{
    return cx->site && ff_site_run(cx->site).test_clock;
}

/* Purchases are facts: whoever tries to change one is told what to do instead. */
static enum ff_rc explain_method(struct ff_ctx *cx, const struct ff_match *match)
{
    if (!match->path || strcmp(match->path, "/api/v1/purchases/{id}"))
        return FF_METHOD_NOT_ALLOWED;
    ff_err_clear(cx);
    return FF_FAIL(cx, FF_METHOD_NOT_ALLOWED,
                   "A purchase is never changed or deleted. To take it back, undo it: "
                   "POST /api/v1/purchases/{id}/undo; to give a part back, refund it: "
                   "POST /api/v1/purchases/{id}/refunds.");
}

/* Looking for addresses that are not there counts as an anonymous request. */
static enum ff_rc count_stray(struct ff_ctx *cx, const struct ff_message *m, enum ff_rc rc,
                              struct ff_response *rp)
{
    enum ff_rc over = ff_limit_caller(cx, m, NULL, rc, rp);
    return over ? over : rc;
}

/* Finds the row. On FF_OK without a row the reply is already written: a page or OPTIONS. */
static enum ff_rc find_route(struct ff_ctx *cx, const struct ff_message *m, struct exchange *x,
                             struct ff_response *rp)
{
    const struct ff_router *router = ff_router_default();
    if (!router)
        return FF_FAIL(cx, FF_INTERNAL, "out of memory");
    unsigned hidden = has_test_clock(cx) ? 0 : FF_R_TEST;
    enum ff_rc rc = ff_router_find(cx, router, m->method, &x->path, hidden, &x->match);
    if (rc == FF_NOT_FOUND && !is_api(&x->path)) {
        ff_err_clear(cx);
        rc = ff_assets_serve(cx, m, &x->path, rp);
        x->allow = page_methods;
    } else if (rc == FF_METHOD_NOT_ALLOWED) {
        x->allow = x->match.allow;
    }
    if (rc != FF_METHOD_NOT_ALLOWED)
        return rc && is_api(&x->path) ? count_stray(cx, m, rc, rp) : rc;
    if (strcmp(m->method, "OPTIONS")) {
        rc = explain_method(cx, &x->match);
        return is_api(&x->path) ? count_stray(cx, m, rc, rp) : rc;
    }
    ff_err_clear(cx);
    ff_reply_options(cx, m, x->allow, rp);
    return FF_OK;
}

/* While the server stops, only health is answered: what begins now might not end. */
static enum ff_rc check_running(struct ff_ctx *cx, const struct ff_path *path,
                                struct ff_response *rp)
{
    if (!cx->health || !atomic_load(&cx->health->stopping) || !strcmp(path->segments[0], "health"))
        return FF_OK;
    rp->close = true; /* the stop may have begun since the connection was last asked about */
    return FF_FAIL(cx, FF_SHUTTING_DOWN, "Restarting, one moment.");
}

/* Books that do not add up are read, signed in to and copied, but nothing is booked or changed. */
static enum ff_rc check_books(struct ff_ctx *cx, const struct ff_route *route)
{
    bool failed = cx->health && atomic_load(&cx->health->ledger) == FF_LEDGER_FAILED;
    if (!failed || !strcmp(route->method, "GET") || (route->flags & FF_R_CLI) ||
        !strncmp(route->path, "/api/v1/auth/", strlen("/api/v1/auth/")))
        return FF_OK;
    return FF_FAIL(cx, FF_STORAGE_FAULT,
                   "The books did not pass their check: nothing is booked until the operator has "
                   "looked at them.");
}

static enum ff_rc fill_request(struct ff_ctx *cx, const struct ff_message *m, struct exchange *x)
{
    x->rq.cx = cx;
    x->rq.route = x->match.route;
    x->rq.id = x->match.id;
    x->rq.sub_id = x->match.sub_id;
    x->rq.key = x->match.key;
    x->rq.is_browser = ff_is_browser(m);
    x->rq.is_tls = m->is_tls;
    x->rq.peer = m->peer;
    return x->match.route->flags & FF_R_COOKIE
               ? ff_cookie(cx, m, "ff_refresh", &x->rq.cookie_refresh)
               : FF_OK;
}

/* An import, a whole person or a whole list is larger than what a request may use; it gets memory
 * of its own, after the caller is known to be allowed to. */
static enum ff_rc widen_arena(struct ff_ctx *cx, struct exchange *x)
{
    const bool is_large = x->match.route->flags & (FF_R_CSV_BODY | FF_R_LARGE_REPLY);
    if (x->spare || (!is_large && !x->rq.wants_csv))
        return FF_OK;
    struct ff_arena *large = ff_arena_new(FF_CSV_ARENA_BYTES);
    if (!large)
        return FF_FAIL(cx, FF_INTERNAL, "out of memory");
    x->spare = cx->arena;
    cx->arena = large;
    return FF_OK;
}

/* What is kept of the menu is the menu of yesterday once a planned price has begun. That it could
 * not be put in place now is no reason to refuse the reading. */
static void begin_prices(struct ff_ctx *cx, const struct ff_route *route)
{
    bool failed = cx->health && atomic_load(&cx->health->ledger) == FF_LEDGER_FAILED;
    if (!(route->flags & FF_R_CACHEABLE) || !cx->site || failed || !ff_price_tend(cx))
        return;
    ff_logf(FF_LOG_WARN, cx->request_id, "planned prices: %s", cx->err.detail);
    ff_err_clear(cx);
}

static enum ff_rc handle(struct ff_ctx *cx, const struct ff_message *m, struct exchange *x,
                         struct ff_response *rp)
{
    struct ff_keep keep;
    struct ff_reply *reply = FF_NEW(cx, struct ff_reply);
    if (!reply)
        return cx->err.rc;
    begin_prices(cx, x->match.route);
    enum ff_rc rc;
    x->is_hit = ff_keep_find(&keep, &x->rq);
    if (x->is_hit)
        rc = ff_reply_kept(&x->rq, m, keep.found, rp);
    else if (!(rc = x->match.route->handle(&x->rq, reply)))
        rc = ff_reply_write(&x->rq, m, x->path.raw, reply, &keep, rp);
    ff_keep_end(&keep, &x->rq);
    return rc;
}

/* A body that was refused or not read to its end would be taken for the next request. */
static enum ff_rc read_body(const struct ff_message *m, struct exchange *x, struct ff_response *rp)
{
    enum ff_rc rc = ff_body_read(&x->rq, m, x->length);
    rp->close |= rc == FF_BODY_TOO_LARGE || rc == FF_REQUEST_TIMEOUT || rc == FF_BAD_REQUEST;
    return rc;
}

/* Who asks, whether they may, and whether not too often: refused attempts count like others. */
static enum ff_rc admit(struct ff_ctx *cx, const struct ff_message *m, const struct ff_route *route,
                        struct ff_response *rp)
{
    enum ff_rc rc =
        route->flags & FF_R_SCRAPE ? ff_scrape_check(cx, m) : ff_authorise(cx, m, route);
    enum ff_rc over = ff_limit_caller(cx, m, route, rc, rp);
    return over ? over : rc;
}

static enum ff_rc run_route(struct ff_ctx *cx, const struct ff_message *m, struct exchange *x,
                            struct ff_response *rp)
{
    enum ff_rc rc;
    const struct ff_route *route = x->match.route;
    if ((rc = check_running(cx, &x->path, rp)) || (rc = admit(cx, m, route, rp)) ||
        (rc = check_books(cx, route)) || (rc = ff_fence(cx, m, route)) ||
        (rc = fill_request(cx, m, x)) || (rc = widen_arena(cx, x)) || (rc = read_body(m, x, rp)) ||
        (rc = ff_limit_account(&x->rq, m, rp)) || (rc = ff_query_read(&x->rq, &x->path)) ||
        (rc = ff_conditions_read(&x->rq, m)) || (rc = widen_arena(cx, x)))
        return rc;
    return handle(cx, m, x, rp);
}

static enum ff_rc run(struct ff_ctx *cx, const struct ff_message *m, struct exchange *x,
                      struct ff_response *rp)
{
    enum ff_rc rc = ff_guard(cx, m, &x->length);
    if (!rc)
        rc = ff_path_split(cx, m->target, &x->path);
    if (rc) {
        rp->close = true;
        return rc;
    }
    take_request_id(cx, m);
    rp->close |= x->length > FF_MAX_JSON_BYTES;
    rc = find_route(cx, m, x, rp);
    return rc || !x->match.route ? rc : run_route(cx, m, x, rp);
}

static void count_request(const struct ff_ctx *cx, const struct ff_message *m,
                          const struct exchange *x, const struct ff_response *rp)
{
    const struct ff_route *route = x->match.route;
    bool reads = m->method && (!strcmp(m->method, "GET") || !strcmp(m->method, "HEAD"));
    if (!cx->metrics)
        return;
    ff_metrics_request(cx->metrics, route ? (size_t)(route - ff_routes) : ff_n_routes, rp->status,
                       x->is_hit ? FF_REQUEST_HIT
                       : reads   ? FF_REQUEST_READ
                                 : FF_REQUEST_CHANGE,
                       ff_clock_machine_ns() - x->began_ns);
    if (rp->status >= 400 && route && !strcmp(route->operation, "createPurchase"))
        atomic_fetch_add_explicit(&cx->metrics->refused[cx->err.rc], 1, memory_order_relaxed);
}

static void log_access(struct ff_ctx *cx, const struct ff_message *m, const struct exchange *x,
                       const struct ff_response *rp)
{
    bool ours = rp->status >= 500 && rp->status != 501; /* 501: the sender's framing */
    enum ff_log_level level = ours ? FF_LOG_WARN : FF_LOG_DEBUG;
    if (!ff_log_enabled(level))
        return;
    const struct ff_log_kv kv[] = {
        {"method", m->method ? m->method : "", 0},
        {"path", x->path.raw ? x->path.raw : "", 0},
        {"status", NULL, rp->status},
        {"ms", NULL, (ff_clock_machine_ns() - x->began_ns) / 1000000},
        {"bytes", NULL, (int64_t)(rp->body.len + rp->asset_len)},
        {"peer", m->peer ? m->peer : "", 0},
        {"statements", NULL, (int64_t)cx->statements},
    };
    ff_log(level, cx->request_id, "request", kv, sizeof kv / sizeof kv[0]);
}

static void finish(struct ff_ctx *cx, struct exchange *x)
{
    ff_db_release(cx);
    if (!x->spare)
        return;
    ff_arena_free(cx->arena);
    cx->arena = x->spare;
}

void ff_dispatch(struct ff_ctx *cx, const struct ff_message *m, struct ff_response *rp)
{
    struct exchange x;
    memset(&x, 0, sizeof x);
    x.began_ns = ff_clock_machine_ns();
    cx->address = m->peer;
    cx->user_agent = ff_message_header(m, "User-Agent", NULL);
    enum ff_rc rc = run(cx, m, &x, rp);
    if (rc && !cx->err.rc)
        (void)FF_FAIL(cx, rc, "a handler failed without saying why");
    if (rc)
        ff_reply_problem(cx, m, x.path.raw, cx->err.rc == FF_METHOD_NOT_ALLOWED ? x.allow : NULL,
                         rp);
    x.rq.route = x.match.route;
    x.rq.id = x.match.id;
    ff_watch(cx, &x.rq, rc ? cx->err.rc : FF_OK);
    count_request(cx, m, &x, rp);
    log_access(cx, m, &x, rp);
    finish(cx, &x);
}

/* What the parser's status means in our table. */
static enum ff_rc refused_rc(int status)
{
    switch (status) {
    case 404:
        return FF_NOT_FOUND;
    case 408:
        return FF_REQUEST_TIMEOUT;
    case 411:
        return FF_BAD_REQUEST;
    case 413:
    case 431:
        return FF_HEADERS_TOO_LARGE;
    case 500:
        return FF_INTERNAL;
    default:
        return FF_BAD_REQUEST;
    }
}

void ff_dispatch_refused(struct ff_ctx *cx, const struct ff_message *m, int status,
                         struct ff_response *rp)
{
    struct exchange x;
    size_t length;
    memset(&x, 0, sizeof x);
    x.began_ns = ff_clock_machine_ns();
    rp->close = true;
    /* The guard knows better why, if it has enough to look at. */
    if (!m->target || !m->n_headers || !ff_guard(cx, m, &length))
        (void)FF_FAIL(cx, refused_rc(status), "The request could not be read.");
    ff_reply_problem(cx, m, NULL, NULL, rp);
    count_request(cx, m, &x, rp);
    log_access(cx, m, &x, rp);
}
