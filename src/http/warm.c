/* SPDX-License-Identifier: MIT */
/* warm.c - asks the handlers themselves, as a request that has been admitted does: for its key in
 * the cache to be the same, caller and arguments must be those of the request. */
#include "http/warm.h"

#include <string.h>

#include "base/log.h"
#include "db/db.h"
#include "http/body.h"
#include "http/reply.h"

static const struct {
    const char *operation;
    enum ff_role role;
} first[] = {
    {"getCatalogue", FF_ROLE_DEVICE},     {"getCatalogue", FF_ROLE_PERSON},
    {"getCatalogue", FF_ROLE_EMPLOYEE},   {"getCatalogue", FF_ROLE_MANAGER},
    {"listCategories", FF_ROLE_EMPLOYEE}, {"listProducts", FF_ROLE_EMPLOYEE},
};

/* Of a row that there is. */
static const struct ff_route *route_of(const char *operation)
{
    size_t i = 0;
    while (strcmp(ff_routes[i].operation, operation) != 0)
        i++;
    return &ff_routes[i];
}

static enum ff_rc make(struct ff_req *rq, struct ff_keep *keep, struct ff_response *rp)
{
    const struct ff_message m = {.method = "GET", .version = "1.1"};
    struct ff_reply *reply = FF_NEW(rq->cx, struct ff_reply);
    if (!reply)
        return rq->cx->err.rc;
    enum ff_rc rc = rq->route->handle(rq, reply);
    return rc ? rc : ff_reply_write(rq, &m, rq->route->path, reply, keep, rp);
}

static enum ff_rc ask(struct ff_req *rq, struct ff_response *rp)
{
    struct ff_keep keep;
    enum ff_rc rc = ff_query_read(rq, &(struct ff_path){0});
    if (rc)
        return rc;
    if (!ff_keep_find(&keep, rq) && keep.is_asked)
        rc = make(rq, &keep, rp);
    ff_keep_end(&keep, rq);
    return rc;
}

void ff_warm(struct ff_ctx *cx)
{
    struct ff_response rp;
    ff_response_init(&rp);
    for (size_t i = 0; cx->cache && i < sizeof first / sizeof first[0]; i++) {
        struct ff_req rq = {.cx = cx, .route = route_of(first[i].operation)};
        cx->who = (struct ff_actor){.role = first[i].role, .scope = rq.route->scope[first[i].role]};
        if (ask(&rq, &rp))
            ff_logf(FF_LOG_WARN, NULL, "%s is not made in advance: %s", rq.route->operation,
                    cx->err.detail);
        ff_db_release(cx);
        ff_err_clear(cx);
        ff_response_clear(&rp);
        ff_arena_reset(cx->arena);
    }
    ff_response_free(&rp);
}
