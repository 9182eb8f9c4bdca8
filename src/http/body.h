/* SPDX-License-Identifier: MIT */
/* body.h - reading what follows the head: bounded before it is read, whole or refused, and the
 * query and the headers that a row asks for. */
#ifndef FF_HTTP_BODY_H
#define FF_HTTP_BODY_H

#include "api/route.h"
#include "http/message.h"
#include "http/path.h"

enum {
    FF_MAX_JSON_BYTES = 64 << 10,
    FF_MAX_CSV_BYTES = 4 << 20,
    FF_MAX_IMAGE_BYTES = 256 << 10,
    FF_CSV_ARENA_BYTES = 64 << 20 /* rows of an import are kept until it is decided */
};

/* Reads `length` bytes of body for rq->route into rq->raw and, for a JSON row, rq->body. Nothing is
 * read when the length is above the row's bound. FF_BODY_TOO_LARGE, FF_UNSUPPORTED_MEDIA,
 * FF_BAD_REQUEST (no body is taken here, or it was cut short), FF_REQUEST_TIMEOUT, and the errors
 * of ff_json_read. */
FF_MUST_CHECK enum ff_rc ff_body_read(struct ff_req *rq, const struct ff_message *m, size_t length);

/* True when a Content-Type (NULL: absent) is `type`, in UTF-8. */
bool ff_media_is(const char *value, const char *type);

/* Reads the query string into rq->query by the row's schema. A row without one takes no query.
 * FF_BAD_REQUEST, FF_VALIDATION, FF_UNKNOWN_FIELD. */
FF_MUST_CHECK enum ff_rc ff_query_read(struct ff_req *rq, const struct ff_path *path);

/* Takes Idempotency-Key and If-Match where the row needs them, and what Accept says.
 * FF_KEY_REQUIRED, FF_PRECONDITION_REQUIRED, FF_BAD_REQUEST, FF_NOT_ACCEPTABLE. */
FF_MUST_CHECK enum ff_rc ff_conditions_read(struct ff_req *rq, const struct ff_message *m);

#endif
