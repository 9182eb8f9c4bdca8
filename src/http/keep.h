/* SPDX-License-Identifier: MIT */
/* keep.h - replies of cacheable rows, kept and found again. Only JSON without the request id is
 * kept, with its entity tag. Asked after authorisation, never before. */
#ifndef FF_HTTP_KEEP_H
#define FF_HTTP_KEEP_H

#include "api/route.h"

/* One request's dealings with the cache. Free with ff_keep_end. */
struct ff_keep {
    bool is_asked;       /* the row is cacheable and there is a cache */
    struct ff_buf key;   /* operation, what the caller may see, arguments */
    uint64_t generation; /* of all tables, before the handler's snapshot was opened */
};

/* Looks for the reply to `rq`. True: `value` holds what ff_keep_store was given. False: the
 * snapshot of the caller's look-up is given back, so that what the handler reads is not older than
 * `generation`. */
bool ff_keep_find(struct ff_keep *keep, const struct ff_req *rq, struct ff_buf *value);

/* Keeps `value` unless a table changed while it was made; no longer than until `valid_until` (UTC
 * ms, 0: nothing in it depends on the time). */
void ff_keep_store(const struct ff_keep *keep, const struct ff_req *rq, int64_t valid_until,
                   const struct ff_buf *value);

/* Frees the key. */
void ff_keep_end(struct ff_keep *keep);

#endif
