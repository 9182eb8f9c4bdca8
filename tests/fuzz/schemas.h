/* SPDX-License-Identifier: MIT */
/* schemas.h - for harnesses that read by the rows of the route table. */
#ifndef FF_TESTS_FUZZ_SCHEMAS_H
#define FF_TESTS_FUZZ_SCHEMAS_H

#include "api/route.h"
#include "fuzz.h"

enum ff_fuzz_side { FF_FUZZ_BODY, FF_FUZZ_QUERY };

static inline const struct ff_schema *ff_fuzz_side_of(const struct ff_route *route,
                                                      enum ff_fuzz_side side)
{
    return side == FF_FUZZ_BODY ? route->in : route->query;
}

/* The schema that an input is for: its first line is the name of an operation, or else its first
 * byte counts the rows that have one. *used gets how many bytes that took. */
static inline const struct ff_schema *ff_fuzz_schema(const uint8_t *data, size_t size,
                                                     enum ff_fuzz_side side, size_t *used)
{
    const uint8_t *end = memchr(data, '\n', size);
    size_t n = end ? (size_t)(end - data) : 0;
    const struct ff_schema *found = NULL;
    for (size_t i = 0; n && i < ff_n_routes; i++) {
        const char *name = ff_routes[i].operation;
        *used = n + 1;
        if (strlen(name) == n && !memcmp(name, data, n) && ff_fuzz_side_of(&ff_routes[i], side))
            return ff_fuzz_side_of(&ff_routes[i], side);
    }
    *used = 1;
    for (size_t i = 0, count = 0; count <= data[0]; i = (i + 1) % ff_n_routes) {
        if (!ff_fuzz_side_of(&ff_routes[i], side))
            continue;
        found = ff_fuzz_side_of(&ff_routes[i], side);
        count++;
    }
    return found;
}

/* Promises that what was taken, written as JSON and read again, is taken and is the same. */
static inline void ff_fuzz_same_again(struct ff_ctx *cx, const struct ff_schema *schema,
                                      const void *out)
{
    struct ff_buf once, twice;
    void *again = calloc(1, schema->size);
    FF_PROMISE(again != NULL);
    ff_buf_init(&once, 1 << 20);
    ff_buf_init(&twice, 1 << 20);
    ff_json_write(&once, schema, out);
    FF_PROMISE(!once.failed);
    FF_PROMISE(ff_json_read(cx, schema, once.data, once.len, again) == FF_OK);
    ff_json_write(&twice, schema, again);
    FF_PROMISE(once.len == twice.len && !memcmp(once.data, twice.data, once.len));
    ff_buf_free(&once);
    ff_buf_free(&twice);
    free(again);
}

#endif
