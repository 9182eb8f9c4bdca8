/* SPDX-License-Identifier: MIT */
/* list_view.h - which rows of a list, in which order, and how its statement takes that. */
#ifndef FF_DOMAIN_COMMON_LIST_VIEW_H
#define FF_DOMAIN_COMMON_LIST_VIEW_H

#include "db/db.h"
#include "domain/common/list.h"

/* What a caller wants to see of a list. */
struct ff_list_view {
    struct ff_order order;
    struct ff_words words;
    struct ff_window window;
};

/* Reads the caller's filter by the list's own `sorts`; `fallback` is its order when none is asked
 * for. FF_VALIDATION as ff_order_read. */
FF_MUST_CHECK enum ff_rc ff_list_view_read(struct ff_ctx *cx, const struct ff_list_filter *f,
                                           const char *const *sorts, const char *fallback,
                                           struct ff_list_view *out);

/* The parameters of a list's statement; 0: it has none of these. */
struct ff_list_params {
    int word[FF_WORDS];
    int key[FF_ORDER_KEYS], direction[FF_ORDER_KEYS];
    int limit, offset;
};

/* For the initialiser of a struct ff_list_params: those of query QUERY. */
#define FF_WORD_PARAMS(QUERY)                                                                      \
    .word = {FF_P_##QUERY##_WORD1, FF_P_##QUERY##_WORD2, FF_P_##QUERY##_WORD3}
#define FF_ORDER_PARAMS(QUERY)                                                                     \
    .key = {FF_P_##QUERY##_KEY1, FF_P_##QUERY##_KEY2, FF_P_##QUERY##_KEY3},                        \
    .direction = {FF_P_##QUERY##_DIRECTION1, FF_P_##QUERY##_DIRECTION2, FF_P_##QUERY##_DIRECTION3}
#define FF_PAGE_PARAMS(QUERY) .limit = FF_P_##QUERY##_LIMIT, .offset = FF_P_##QUERY##_OFFSET

/* Binds as much of the view as the statement has parameters for; the texts must live as long as the
 * statement runs. */
void ff_list_bind(struct ff_stmt *st, const struct ff_list_params *at,
                  const struct ff_list_view *view);

#endif
