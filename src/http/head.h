/* SPDX-License-Identifier: MIT */
/* head.h - status line and headers of a reply, with those that every reply carries. */
#ifndef FF_HTTP_HEAD_H
#define FF_HTTP_HEAD_H

#include "http/message.h"

/* What differs from reply to reply; NULL and 0: the header is left out. */
struct ff_head {
    int status;
    const char *content_type;
    const char *content_encoding;
    size_t content_length; /* left out for 204 and 304 */
    const char *cache_control;
    const char *vary;
    const char *cache; /* X-Cache: HIT, MISS, BYPASS */
    const char *etag;  /* with its quotes */
    const char *location;
    const char *allow;
    const char *set_cookie[2];
    int retry_after_s;
    bool is_replayed;
};

/* Writes rp->head and rp->status. A reply to HEAD, a 204 and a 304 lose their body here. `m`
 * decides whether the connection stays open, unless rp->close already says no. */
void ff_head_write(struct ff_ctx *cx, const struct ff_message *m, const struct ff_head *head,
                   struct ff_response *rp);

#endif
