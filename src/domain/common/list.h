/* SPDX-License-Identifier: MIT */
/* list.h - what the lists of people and catalogue share: order, search words, the rows of a page,
 * and the version a change must name. The queries that use it are explained at the top of
 * sql/query/catalog.sql. */
#ifndef FF_DOMAIN_COMMON_LIST_H
#define FF_DOMAIN_COMMON_LIST_H

#include "base/ctx.h"
#include "json/schema.h"

enum { FF_ORDER_KEYS = 3, FF_WORDS = 3, FF_WORD_BYTES = 128 };

/* Up to three sort keys: 1-based index into the list's own names, 0 for none; direction 1 or -1. */
struct ff_order {
    int64_t key[FF_ORDER_KEYS];
    int64_t direction[FF_ORDER_KEYS];
};

/* Reads "name,-price" by the NULL-terminated `names`; NULL text gives `fallback`, which is one of
 * ours. FF_VALIDATION at "?sort" for an unknown or repeated name and for more than three. */
FF_MUST_CHECK enum ff_rc ff_order_read(struct ff_ctx *cx, const char *text,
                                       const char *const *names, const char *fallback,
                                       struct ff_order *out);

/* The folded words of a search; empty strings where there are none. A fourth and further words
 * stay with the third as one phrase. */
struct ff_words {
    char word[FF_WORDS][FF_WORD_BYTES];
    bool any;
};

/* `q` NULL: no words. */
void ff_words_read(const char *q, struct ff_words *out);

/* A list without filters of its own. */
struct ff_list_filter {
    int64_t page, limit;
    const char *sort, *q; /* NULL: default, none */
};

/* Text in the arena. */
struct ff_text {
    const char *text;
    size_t n;
};

/* Which rows of a list: `limit` from `offset`. */
struct ff_window {
    int64_t limit, offset;
};
struct ff_window ff_window_of(int64_t page, int64_t limit);

/* An array in the arena that grows while rows are read; its items move. */
struct ff_rows {
    struct ff_list list;
    size_t room;
};

/* Room for one more item of `size` bytes (the same in each call), zeroed and counted; NULL when the
 * arena is exhausted (error recorded). */
void *ff_rows_add(struct ff_ctx *cx, struct ff_rows *rows, size_t size);

/* The folded form of a name, in the arena; NULL when it is exhausted (error recorded). */
const char *ff_fold(struct ff_ctx *cx, const char *name);

/* FF_VERSION_CONFLICT unless the record still has the version that the caller saw. */
FF_MUST_CHECK enum ff_rc ff_version_check(struct ff_ctx *cx, int64_t version, int64_t seen);

#endif
