/* SPDX-License-Identifier: MIT */
/* cache_api.c - how well the cache of replies does, and emptying it. */
#include "api/handlers.h"
#include "api/schemas.h"
#include "cache/lru.h"
#include "domain/audit/audit.h"

enum { PERCENT = 100 };

struct cache_view {
    int64_t hits, misses, hit_percent, evictions, entries, bytes;
};

/* clang-format off */
#define AT(member) offsetof(struct cache_view, member)
static const struct ff_field cache_f[] = {
    { "hits",       FF_T_INT, AT(hits),        FF_F_REQUIRED, 0, INT64_MAX,
      "replies found, since the start", NULL, NULL },
    { "misses",     FF_T_INT, AT(misses),      FF_F_REQUIRED, 0, INT64_MAX,
      "replies that had to be made", NULL, NULL },
    { "hitPercent", FF_T_INT, AT(hit_percent), FF_F_REQUIRED, 0, PERCENT,
      "share of those that were found, rounded down", NULL, NULL },
    { "evictions",  FF_T_INT, AT(evictions),   FF_F_REQUIRED, 0, INT64_MAX,
      "dropped for want of room", NULL, NULL },
    { "entries",    FF_T_INT, AT(entries),     FF_F_REQUIRED, 0, INT64_MAX,
      "replies in it now", NULL, NULL },
    { "bytes",      FF_T_INT, AT(bytes),       FF_F_REQUIRED, 0, INT64_MAX,
      "their size", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_cache = {
    .name = "CacheStatistics", .size = sizeof(struct cache_view), .set_offset = FF_NO_SET,
    FF_FIELDS(cache_f) };
/* clang-format on */

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
                             .evictions = (int64_t)s.evictions,
                             .entries = (int64_t)s.entries,
                             .bytes = (int64_t)s.bytes};
    rp->data = v;
    return FF_OK;
}

enum ff_rc ff_api_cache_flush(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    if (rq->cx->cache)
        ff_lru_clear(rq->cx->cache);
    ff_audit_note(rq->cx, &(struct ff_audit){.action = "cache.flush"});
    return FF_OK;
}
