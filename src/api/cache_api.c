/* SPDX-License-Identifier: MIT */
/* cache_api.c - how well the cache of replies does, and emptying it. */
#include "api/handlers.h"
#include "api/schemas.h"
#include "base/metrics.h"
#include "cache/lru.h"
#include "domain/audit/audit.h"

enum { PERCENT = 100 };

struct cache_view {
    int64_t hits, misses, hit_percent, waits, evictions, entries, bytes, budget;
    struct ff_list operations;
};
struct cached_operation {
    const char *operation;
    int64_t found, made;
};

/* clang-format off */
#define AT(member) offsetof(struct cached_operation, member)
static const struct ff_field cached_operation_f[] = {
    { "operation", FF_T_TEXT, AT(operation), FF_F_REQUIRED, 1, 60,
      "as in the document", NULL, NULL },
    { "found",     FF_T_INT,  AT(found),     FF_F_REQUIRED, 0, INT64_MAX,
      "requests answered from the cache", NULL, NULL },
    { "made",      FF_T_INT,  AT(made),      FF_F_REQUIRED, 0, INT64_MAX,
      "requests answered anew", NULL, NULL },
};
#undef AT
static const struct ff_schema cached_operation = {
    .name = "CachedOperation", .size = sizeof(struct cached_operation), .set_offset = FF_NO_SET,
    FF_FIELDS(cached_operation_f) };
#define AT(member) offsetof(struct cache_view, member)
static const struct ff_field cache_f[] = {
    { "hits",       FF_T_INT, AT(hits),        FF_F_REQUIRED, 0, INT64_MAX,
      "replies found, since the start", NULL, NULL },
    { "misses",     FF_T_INT, AT(misses),      FF_F_REQUIRED, 0, INT64_MAX,
      "replies that had to be made", NULL, NULL },
    { "hitPercent", FF_T_INT, AT(hit_percent), FF_F_REQUIRED, 0, PERCENT,
      "share of those that were found, rounded down", NULL, NULL },
    { "waits",      FF_T_INT, AT(waits),       FF_F_REQUIRED, 0, INT64_MAX,
      "of the hits: waited for while another request made the reply", NULL, NULL },
    { "evictions",  FF_T_INT, AT(evictions),   FF_F_REQUIRED, 0, INT64_MAX,
      "dropped for want of room", NULL, NULL },
    { "entries",    FF_T_INT, AT(entries),     FF_F_REQUIRED, 0, INT64_MAX,
      "replies in it now", NULL, NULL },
    { "bytes",      FF_T_INT, AT(bytes),       FF_F_REQUIRED, 0, INT64_MAX,
      "their size", NULL, NULL },
    { "budget",     FF_T_INT, AT(budget),      FF_F_REQUIRED, 0, INT64_MAX,
      "how large they may become, in bytes; 0: nothing is kept", NULL, NULL },
    { "operations", FF_T_LIST, AT(operations), FF_F_REQUIRED, 0, 0,
      "what of it was asked for", &cached_operation, NULL },
};
#undef AT
const struct ff_schema ff_schema_cache = {
    .name = "CacheStatistics", .size = sizeof(struct cache_view), .set_offset = FF_NO_SET,
    FF_FIELDS(cache_f) };
/* clang-format on */

/* Requests of a row that were answered well, a 304 among them. */
static uint64_t answered(const struct ff_metrics *m, size_t route)
{
    return ff_metrics_requests(m, route, 2) + ff_metrics_requests(m, route, 3);
}

static enum ff_rc list_operations(struct ff_ctx *cx, struct ff_list *out)
{
    struct cached_operation *all = ff_alloc(cx, ff_n_routes * sizeof *all);
    if (!all)
        return cx->err.rc;
    for (size_t i = 0; cx->metrics && i < ff_n_routes; i++) {
        const uint64_t n = answered(cx->metrics, i), found = ff_metrics_hits(cx->metrics, i);
        if ((ff_routes[i].flags & FF_R_CACHEABLE) && n)
            all[out->n++] = (struct cached_operation){ff_routes[i].operation, (int64_t)found,
                                                      (int64_t)(n > found ? n - found : 0)};
    }
    out->items = all;
    return FF_OK;
}

enum ff_rc ff_api_cache_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_lru_stats s = {0};
    struct cache_view *v = FF_NEW(rq->cx, struct cache_view);
    if (!v)
        return rq->cx->err.rc;
    if (rq->cx->cache)
        s = ff_lru_get_stats(rq->cx->cache);
    const uint64_t asked = s.hits + s.misses;
    *v = (struct cache_view){.hits = (int64_t)s.hits,
                             .misses = (int64_t)s.misses,
                             .hit_percent = asked ? (int64_t)(s.hits * PERCENT / asked) : 0,
                             .waits = (int64_t)s.waits,
                             .evictions = (int64_t)s.evictions,
                             .entries = (int64_t)s.entries,
                             .bytes = (int64_t)s.bytes,
                             .budget = (int64_t)s.budget};
    rp->data = v;
    return list_operations(rq->cx, &v->operations);
}

enum ff_rc ff_api_cache_flush(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    if (rq->cx->cache)
        ff_lru_clear(rq->cx->cache);
    ff_audit_note(rq->cx, &(struct ff_audit){.action = "cache.flush"});
    return FF_OK;
}
