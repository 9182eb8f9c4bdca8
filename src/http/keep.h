/* SPDX-License-Identifier: MIT */
/* keep.h - replies of cacheable rows, kept and found again. Only JSON without the request id is
 * kept, with its entity tag. Asked after authorisation, never before. */
#ifndef FF_HTTP_KEEP_H
#define FF_HTTP_KEEP_H

#include "api/route.h"
#include "cache/lru.h"

enum { FF_KEEP_KEY_CAP = 1024 };

/* One request's dealings with the cache. End with ff_keep_end. */
struct ff_keep {
    bool is_asked;              /* the row is cacheable and there is a cache */
    bool is_awaited, was_made;  /* others wait for the reply; it was kept */
    uint64_t generation;        /* of all tables, before the handler's snapshot was opened */
    struct ff_lru_value *found; /* NULL: nothing was */
    struct ff_lru_question question;
    char key[FF_KEEP_KEY_CAP]; /* operation, what the caller may see, arguments */
};

/* Looks for the reply to `rq`, and waits for it when another request is just making it. True:
 * keep->found is what ff_keep_store was given. False: the snapshot of the caller's look-up is given
 * back, so that what the handler reads is not older than `generation`. */
bool ff_keep_find(struct ff_keep *keep, const struct ff_req *rq);

/* Keeps the body and its tag; no longer than until `valid_until` (UTC ms, 0: nothing in it depends
 * on the time). */
void ff_keep_store(struct ff_keep *keep, const struct ff_req *rq, int64_t valid_until,
                   const struct ff_lru_value *value);

/* Gives back what was found, and lets those go on who wait for this request. */
void ff_keep_end(struct ff_keep *keep, const struct ff_req *rq);

#endif
