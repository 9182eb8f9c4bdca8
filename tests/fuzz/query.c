/* SPDX-License-Identifier: MIT */
/* query.c - a query string read by a row that takes one: what is taken is within the row's bounds,
 * and means the same when it is written as JSON and read again. */
#include "http/guard.h"
#include "http/path.h"
#include "schemas.h"

static void check_pairs(const struct ff_query_pairs *q)
{
    FF_PROMISE(q->n <= FF_QUERY_PAIRS);
    for (size_t i = 0; i < q->n; i++)
        FF_PROMISE(ff_utf8_valid(q->pairs[i].name, strlen(q->pairs[i].name)) &&
                   ff_utf8_valid(q->pairs[i].value, strlen(q->pairs[i].value)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    struct ff_query_pairs q;
    size_t used;
    if (!size)
        return 0;
    const struct ff_schema *schema = ff_fuzz_schema(data, size, FF_FUZZ_QUERY, &used);
    if (size - used > FF_MAX_QUERY_BYTES)
        return 0;
    char *query = ff_fuzz_text(data + used, size - used);
    void *out = calloc(1, schema->size);
    FF_PROMISE(out != NULL);
    ff_fuzz_begin(&cx);
    enum ff_rc rc = ff_query_split(&cx, query, &q);
    FF_PROMISE(rc == FF_OK || rc == FF_BAD_REQUEST);
    if (!rc) {
        check_pairs(&q);
        rc = ff_pairs_read(&cx, schema, q.pairs, q.n, "?", out);
        FF_PROMISE(rc == FF_OK || ff_err_info(rc)->status == 400);
        if (!rc)
            ff_fuzz_same_again(&cx, schema, out);
    }
    ff_fuzz_end(&cx);
    free(out);
    free(query);
    return 0;
}
