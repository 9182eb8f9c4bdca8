/* SPDX-License-Identifier: MIT */
/* router.c - matching a path against the rows of the route table.
 * The templates are split once and kept by their length and the segment that tells most of them
 * apart: the third (/api/v1/THIS), in short ones the first. A look-up compares the rows of one such
 * place, and those that take anything there. */
#include "http/router.h"

#include "base/ids.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct part {
    const char *text; /* into the template; a parameter's begins with its brace */
    size_t len;
    bool is_parameter;
};

enum { PLACES = 128, TELLING = 2 };

struct row {
    const struct ff_route *route;
    const struct row *next; /* of the same place */
    struct part parts[FF_PATH_SEGMENTS];
    size_t n_parts;
};

struct ff_router {
    const struct row *place[PLACES], *anything;
    size_t n;
    struct row rows[];
};

static void split_template(struct row *row)
{
    const char *at = row->route->path;
    while (*at == '/') {
        size_t len = strcspn(++at, "/");
        assert(row->n_parts < FF_PATH_SEGMENTS && len > 0);
        row->parts[row->n_parts++] = (struct part){at, len, *at == '{'};
        at += len;
    }
}

/* Which segment tells a path of n segments (n > 0) apart. */
static size_t telling(size_t n)
{
    return n > TELLING ? TELLING : 0;
}

/* FNV-1a of the telling segment, and the length. */
static size_t place_of(const char *text, size_t len, size_t n)
{
    uint32_t h = UINT32_C(2166136261) ^ (uint32_t)n;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * UINT32_C(16777619);
    return h % PLACES;
}

static void file(struct ff_router *router, struct row *row)
{
    const struct part *part = &row->parts[telling(row->n_parts)];
    const struct row **at = !row->n_parts || part->is_parameter
                                ? &router->anything
                                : &router->place[place_of(part->text, part->len, row->n_parts)];
    row->next = *at;
    *at = row;
}

struct ff_router *ff_router_new(const struct ff_route *routes, size_t n)
{
    struct ff_router *router = calloc(1, sizeof *router + n * sizeof router->rows[0]);
    if (!router)
        return NULL;
    router->n = n;
    for (size_t i = 0; i < n; i++) {
        router->rows[i].route = &routes[i];
        split_template(&router->rows[i]);
        file(router, &router->rows[i]);
    }
    return router;
}

void ff_router_free(struct ff_router *router)
{
    free(router);
}

static pthread_once_t default_once = PTHREAD_ONCE_INIT;
static struct ff_router *default_router;

static void make_default(void)
{
    default_router = ff_router_new(ff_routes, ff_n_routes);
}

const struct ff_router *ff_router_default(void)
{
    pthread_once(&default_once, make_default);
    return default_router;
}

/* What is looked for, the best row so far, and the one of the wanted method among its equals. */
struct search {
    const struct ff_path *path;
    size_t len[FF_PATH_SEGMENTS]; /* of its segments */
    const char *method;
    unsigned hidden;
    const struct row *best, *found;
    int score;
};

/* Compares and tells how literal the match is: bit i is set when segment i from the right matched
 * literally, so that the leftmost counts most and a larger number is the better match. -1: no
 * match. Rows of one place begin alike and end differently, so the end is looked at first. */
static int match_row(const struct row *row, const struct search *s)
{
    int literal = 0;
    if (row->n_parts != s->path->n)
        return -1;
    for (size_t i = row->n_parts; i-- > 0;) {
        const struct part *part = &row->parts[i];
        if (part->is_parameter)
            continue;
        if (part->len != s->len[i] || memcmp(part->text, s->path->segments[i], part->len) != 0)
            return -1;
        literal |= 1 << (row->n_parts - 1 - i);
    }
    return literal;
}

static void allow_method(char allow[FF_ALLOW_CAP], const char *method)
{
    size_t n = strlen(allow), m = strlen(method);
    assert(n + m + 3 < FF_ALLOW_CAP);
    if (n) {
        memcpy(allow + n, ", ", 3);
        n += 2;
    }
    memcpy(allow + n, method, m + 1);
}

/* The methods of all rows whose path is the one of `best`. */
static void list_methods(const struct ff_router *router, const struct row *best, unsigned hidden,
                         char allow[FF_ALLOW_CAP])
{
    for (size_t i = 0; i < router->n; i++) {
        const struct ff_route *route = router->rows[i].route;
        if (strcmp(route->path, best->route->path) || (route->flags & hidden))
            continue;
        allow_method(allow, route->method);
        if (!strcmp(route->method, "GET"))
            allow_method(allow, "HEAD");
    }
    allow_method(allow, "OPTIONS");
}

static enum ff_rc take_parameters(struct ff_ctx *cx, const struct row *row,
                                  const struct ff_path *path, struct ff_match *out)
{
    for (size_t i = 0; i < row->n_parts; i++) {
        if (!row->parts[i].is_parameter)
            continue;
        bool is_id = !strncmp(row->parts[i].text, "{id}", 4);
        if (!strncmp(row->parts[i].text, "{key}", 5) ||
            !strncmp(row->parts[i].text, "{month}", 7) || !strncmp(row->parts[i].text, "{date}", 6))
            out->key = path->segments[i];
        else if (!ff_parse_id(path->segments[i], is_id ? &out->id : &out->sub_id))
            return FF_FAIL(cx, FF_INVALID_ID, "The id in the address is not a positive number.");
    }
    return FF_OK;
}

static void look_at(struct search *s, const struct row *row)
{
    for (; row; row = row->next) {
        int score = row->route->flags & s->hidden ? -1 : match_row(row, s);
        if (score < 0 || score < s->score)
            continue;
        if (score > s->score)
            s->found = NULL;
        s->best = row;
        s->score = score;
        if (!strcmp(row->route->method, s->method))
            s->found = row;
    }
}

enum ff_rc ff_router_find(struct ff_ctx *cx, const struct ff_router *router, const char *method,
                          const struct ff_path *path, unsigned hidden, struct ff_match *out)
{
    struct search s = {.path = path,
                       .method = strcmp(method, "HEAD") ? method : "GET",
                       .hidden = hidden,
                       .score = -1};
    memset(out, 0, sizeof *out);
    if (path->n && !path->ends_with_slash) {
        const size_t i = telling(path->n);
        for (size_t k = 0; k < path->n; k++)
            s.len[k] = strlen(path->segments[k]);
        look_at(&s, router->place[place_of(path->segments[i], s.len[i], path->n)]);
        look_at(&s, router->anything);
    }
    if (!s.best)
        return FF_FAIL(cx, FF_NOT_FOUND, "There is nothing at this address.");
    out->path = s.best->route->path;
    if (!s.found) {
        list_methods(router, s.best, hidden, out->allow);
        return FF_FAIL(cx, FF_METHOD_NOT_ALLOWED, "This address takes %s.", out->allow);
    }
    out->route = s.found->route;
    return take_parameters(cx, s.found, path, out);
}
