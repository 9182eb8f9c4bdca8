/* SPDX-License-Identifier: MIT */
/* named.h - short lists of things known by their name: categories, departments. A name is unique
 * whatever its case and accents; a row carries the version that a change must name. What a row
 * holds besides is its owner's matter. */
#ifndef FF_DOMAIN_COMMON_NAMED_H
#define FF_DOMAIN_COMMON_NAMED_H

#include "domain/common/list_view.h"

/* Such a list. Parameters are those of its statements, 0 for none; the count gives its total, and
 * the search by name its id, in column 0. */
struct ff_named {
    const char *noun;  /* "category" */
    const char *users; /* who may still refer to one: "Products" */
    const char *const *sorts, *order;
    size_t size; /* of a row as read_row fills it */
    void (*read_row)(struct ff_ctx *cx, struct ff_stmt *st, void *row);
    int64_t (*border)(const struct ff_ctx *cx); /* the caller's, bound to `border`; NULL: none */
    struct {
        enum ff_query query;
        struct ff_list_params at;
        int border;
    } list, count;
    struct {
        enum ff_query query;
        int id, border;
    } get;
    struct {
        enum ff_query query;
        int fold;
    } find;
    struct {
        enum ff_query query;
        int id, version;
    } remove;
};

/* One page; two statements. */
FF_MUST_CHECK enum ff_rc ff_named_list(struct ff_ctx *cx, const struct ff_named *named,
                                       const struct ff_list_filter *f, struct ff_list *out,
                                       int64_t *total);
/* FF_NOT_FOUND, also beyond the caller's border. */
FF_MUST_CHECK enum ff_rc ff_named_get(struct ff_ctx *cx, const struct ff_named *named, int64_t id,
                                      void *row);
/* The row with this name; *id 0: there is none. */
FF_MUST_CHECK enum ff_rc ff_named_find(struct ff_ctx *cx, const struct ff_named *named,
                                       const char *name, int64_t *id);

/* After an insert or update that took `name`: puts FF_ALREADY_EXISTS into words (param field) and
 * passes every `rc` on. */
enum ff_rc ff_named_taken(struct ff_ctx *cx, const struct ff_named *named, enum ff_rc rc,
                          const char *name);

/* In a job: deletes the row called `name`. FF_IN_USE, FF_VERSION_CONFLICT. */
FF_MUST_CHECK enum ff_rc ff_named_remove(struct ff_ctx *cx, const struct ff_named *named,
                                         int64_t id, int64_t version, const char *name);

#endif
