/* SPDX-License-Identifier: MIT */
/* router.h - which row of the route table a request means. */
#ifndef FF_HTTP_ROUTER_H
#define FF_HTTP_ROUTER_H

#include "api/route.h"
#include "http/path.h"

enum { FF_ALLOW_CAP = 64 };

struct ff_match {
    const struct ff_route *route; /* NULL: no row */
    int64_t id;                   /* {id}: 0 none */
    int64_t sub_id;               /* any other number, such as {badgeId}: 0 none */
    const char *key;              /* {key}: NULL none */
    const char *path;             /* the template that matched, whatever the method; NULL: none */
    char allow[FF_ALLOW_CAP];     /* with FF_METHOD_NOT_ALLOWED: the methods of this path */
};

/* A route table made ready for look-ups: `n` rows at `routes`, which stay the caller's. */
struct ff_router;
struct ff_router *ff_router_new(const struct ff_route *routes, size_t n);
void ff_router_free(struct ff_router *router);

/* The router over ff_routes, made at the first call and kept. NULL when memory is out. */
const struct ff_router *ff_router_default(void);

/* Finds the row for `method` (HEAD means GET) and `path`. A literal segment beats a parameter.
 * Rows with a flag in `hidden` do not exist. FF_NOT_FOUND: no row has the path.
 * FF_METHOD_NOT_ALLOWED: some have, with the methods in out->allow. FF_INVALID_ID: {id} is not a
 * positive number. OPTIONS is found by nobody: the caller answers it from out->allow. */
FF_MUST_CHECK enum ff_rc ff_router_find(struct ff_ctx *cx, const struct ff_router *router,
                                        const char *method, const struct ff_path *path,
                                        unsigned hidden, struct ff_match *out);

#endif
