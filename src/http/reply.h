/* SPDX-License-Identifier: MIT */
/* reply.h - what a handler answered, or why it failed, as a finished response. */
#ifndef FF_HTTP_REPLY_H
#define FF_HTTP_REPLY_H

#include "api/route.h"
#include "http/keep.h"
#include "http/message.h"

/* Writes the answer of `rq` by its row: one object, a page, raw text, nothing; with ETag and 304
 * where the row or the answer says so. `path` is the raw path of the request. What `keep` was asked
 * for is kept. FF_INTERNAL when the reply does not fit into FF_RESPONSE_MAX_BYTES. */
FF_MUST_CHECK enum ff_rc ff_reply_write(const struct ff_req *rq, const struct ff_message *m,
                                        const char *path, const struct ff_reply *reply,
                                        struct ff_keep *keep, struct ff_response *rp);

/* Writes the reply that ff_keep_find has found; of one that the client knows, nothing is copied. */
FF_MUST_CHECK enum ff_rc ff_reply_kept(const struct ff_req *rq, const struct ff_message *m,
                                       const struct ff_lru_value *kept, struct ff_response *rp);

/* Writes the error of cx as problem+json. `path` may be NULL; `allow` is for 405, else NULL. */
void ff_reply_problem(struct ff_ctx *cx, const struct ff_message *m, const char *path,
                      const char *allow, struct ff_response *rp);

/* Answers OPTIONS: 204 and Allow. */
void ff_reply_options(struct ff_ctx *cx, const struct ff_message *m, const char *allow,
                      struct ff_response *rp);

#endif
