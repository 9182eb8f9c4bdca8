/* SPDX-License-Identifier: MIT */
/* conform.c - is a reply what its schema promises? It is read back by the same fields that wrote
 * it, with nothing missing and nothing more, within the limits of replies. For tests. */
#include "json/bind.h"

/* Replies are longer than requests: a page of 100 rows. */
static const struct ff_json_limits reply_limits = {
    .tokens = 16000,
    .key_bytes = FF_JSON_KEY_BYTES,
    .string_bytes = 65536,
    .is_reply = true,
};

enum ff_rc ff_json_conforms(struct ff_ctx *cx, const struct ff_schema *schema, const char *text,
                            size_t n)
{
    void *scratch = ff_alloc(cx, schema->size);
    if (!scratch)
        return cx->err.rc;
    enum ff_rc rc = ff_json_bind(cx, &reply_limits, schema, text, n, scratch);
    if (!rc || rc == FF_MALFORMED_JSON || rc == FF_INTERNAL)
        return rc;
    cx->err.rc = FF_VALIDATION;
    return FF_VALIDATION;
}
