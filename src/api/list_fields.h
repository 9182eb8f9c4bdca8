/* SPDX-License-Identifier: MIT */
/* list_fields.h - what every paged list and every versioned record share on the wire. */
#ifndef FF_API_LIST_FIELDS_H
#define FF_API_LIST_FIELDS_H

#include <inttypes.h>
#include <stddef.h>

#include "api/route.h"
#include "domain/common/list.h"

/* A list without filters of its own. */
struct ff_list_args {
    struct ff_list_query list;
};

/* For a query struct whose first member is `struct ff_list_query list`. */
/* clang-format off */
#define FF_LIST_FIELDS(query, sorts)                                                               \
    { "page",  FF_T_INT,  offsetof(query, list.page),  0, 1, 10000, "from 1", NULL, NULL },        \
    { "limit", FF_T_INT,  offsetof(query, list.limit), 0, 1, 100, "rows a page", NULL, NULL },     \
    { "sort",  FF_T_TEXT, offsetof(query, list.sort),  0, 1, 100,                                  \
      "up to three of " sorts "; - before a descending one", NULL, NULL },                         \
    { "q",     FF_T_TEXT, offsetof(query, list.q),     0, 1, 100,                                  \
      "words that must all occur; case and accents do not count", NULL, NULL }
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
