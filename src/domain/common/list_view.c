/* SPDX-License-Identifier: MIT */
/* list_view.c - what a caller wants to see of a list, bound to its statement. */
#include "domain/common/list_view.h"

enum ff_rc ff_list_view_read(struct ff_ctx *cx, const struct ff_list_filter *f,
                             const char *const *sorts, const char *fallback,
                             struct ff_list_view *out)
{
    ff_words_read(f->q, &out->words);
    out->window = ff_window_of(f->page, f->limit);
    return ff_order_read(cx, f->sort, sorts, fallback, &out->order);
}

static void bind_int(struct ff_stmt *st, int parameter, int64_t value)
{
    if (parameter)
        ff_db_int(st, parameter, value);
}

void ff_list_bind(struct ff_stmt *st, const struct ff_list_params *at,
                  const struct ff_list_view *view)
{
    for (size_t i = 0; i < FF_WORDS; i++)
        if (at->word[i])
            ff_db_text(st, at->word[i], view->words.word[i]);
    for (size_t i = 0; i < FF_ORDER_KEYS; i++) {
        bind_int(st, at->key[i], view->order.key[i]);
        bind_int(st, at->direction[i], view->order.direction[i]);
    }
    bind_int(st, at->limit, view->window.limit);
    bind_int(st, at->offset, view->window.offset);
}
