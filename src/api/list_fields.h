/* SPDX-License-Identifier: MIT */
/* list_fields.h - what every paged list and every versioned record share on the wire. */
#ifndef FF_API_LIST_FIELDS_H
#define FF_API_LIST_FIELDS_H

#include <inttypes.h>
#include <stddef.h>

#include "api/route.h"
#include "domain/common/import.h"
#include "domain/common/list.h"

/* A list without filters of its own. */
struct ff_list_args {
    struct ff_list_query list;
};

/* clang-format off */
/* The record's version and times, for a struct with these members. */
#define FF_VERSION_FIELD(record)                                                                   \
    { "version", FF_T_INT, offsetof(record, version), FF_F_REQUIRED, 1, INT64_MAX,                 \
      "for If-Match", NULL, NULL }
#define FF_STAMP_FIELDS(record)                                                                    \
    { "createdAt", FF_T_INSTANT, offsetof(record, created_at), FF_F_REQUIRED, 0, 0,                \
      "made at", NULL, NULL },                                                                     \
    { "updatedAt", FF_T_INSTANT, offsetof(record, updated_at), FF_F_REQUIRED, 0, 0,                \
      "last changed at", NULL, NULL }

/* For a query struct whose first member is `struct ff_list_query list`. */
#define FF_PAGE_FIELDS(query)                                                                      \
    { "page",  FF_T_INT,  offsetof(query, list.page),  0, 1, 10000, "from 1", NULL, NULL },        \
    { "limit", FF_T_INT,  offsetof(query, list.limit), 0, 1, 100, "rows a page", NULL, NULL }
#define FF_LIST_FIELDS(query, sorts)                                                               \
    FF_PAGE_FIELDS(query),                                                                         \
    { "sort",  FF_T_TEXT, offsetof(query, list.sort),  0, 1, 100,                                  \
      "up to three of " sorts "; - before a descending one", NULL, NULL },                         \
    { "q",     FF_T_TEXT, offsetof(query, list.q),     0, 1, 100,                                  \
      "words that must all occur; case and accents do not count", NULL, NULL }

/* The schema of a list without filters of its own: `name` is its component in the document. */
#define FF_LIST_ARGS_SCHEMA(schema, component, sorts)                                              \
    static const struct ff_field schema##_f[] = { FF_LIST_FIELDS(struct ff_list_args, sorts) };    \
    const struct ff_schema schema = {                                                              \
        .name = component, .size = sizeof(struct ff_list_args), .set_offset = FF_NO_SET,           \
        FF_FIELDS(schema##_f) }

/* How CSV writes amounts. */
#define FF_AMOUNTS_FIELD(query)                                                                    \
    { "amounts", FF_T_ENUM, offsetof(query, amounts), 0, 0, 0,                                     \
      "how CSV writes amounts; decimal when absent", NULL, ff_amount_names }
/* clang-format on */

/* A list's query as a service without filters of its own takes it. */
static inline struct ff_list_filter ff_filter_of(const struct ff_list_query *q)
{
    return (struct ff_list_filter){.page = q->page, .limit = q->limit, .sort = q->sort, .q = q->q};
}

/* The ETag of one record, which If-Match sends back. NULL when memory is out: then there is none.
 */
static inline const char *ff_version_tag(struct ff_ctx *cx, int64_t version)
{
    return ff_arena_printf(cx->arena, "v%" PRId64, version);
}

/* The page a list reply says it is. */
static inline struct ff_page ff_page_of(const struct ff_list_query *q, int64_t total)
{
    return (struct ff_page){.page = q->page, .limit = q->limit, .total = total};
}

#endif
