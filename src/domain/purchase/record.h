/* SPDX-License-Identifier: MIT */
/* record.h - inside this folder only: a purchase as it is stored, read back. */
#ifndef FF_DOMAIN_PURCHASE_RECORD_H
#define FF_DOMAIN_PURCHASE_RECORD_H

#include "db/db.h"
#include "domain/purchase/purchase.h"

/* What decides whether a purchase can still be undone, beside the row itself. */
struct ff_purchase_fate {
    bool is_refunded, is_period_open;
    bool took_stock; /* pieces were counted when it was bought */
};

/* How long a purchase can be undone, as of one instant; read once a request. */
struct ff_undo_window {
    int64_t now_ms;
    int64_t seconds; /* of the site, for what has no shorter one of its category */
};
struct ff_undo_window ff_undo_window_now(struct ff_ctx *cx);

/* Sets undo_until, undo_seconds and receipt_code from id, recorded_at and undone. `seconds`: the
 * smallest window of its lines; FF_NULL_INT: the site's. */
FF_MUST_CHECK enum ff_rc ff_purchase_complete(struct ff_ctx *cx, const struct ff_undo_window *w,
                                              int64_t seconds, bool is_refunded,
                                              struct ff_purchase *p);

/* The purchase without its lines, one statement; FF_NOT_FOUND outside the reach. `fate` may be
 * NULL. */
FF_MUST_CHECK enum ff_rc ff_purchase_load_row(struct ff_ctx *cx, int64_t id,
                                              const struct ff_reach *reach, struct ff_purchase *out,
                                              struct ff_purchase_fate *fate);

/* The purchase with its lines, two statements. */
FF_MUST_CHECK enum ff_rc ff_purchase_load(struct ff_ctx *cx, int64_t id,
                                          const struct ff_reach *reach, struct ff_purchase *out);

/* The columns of purchase_row, which the purchase_list_* queries share. */
FF_MUST_CHECK enum ff_rc ff_purchase_map(struct ff_ctx *cx, struct ff_stmt *st,
                                         const struct ff_undo_window *w, struct ff_purchase *out);

/* The columns of purchase_lines, which the purchase_lines_* queries share. */
FF_MUST_CHECK enum ff_rc ff_purchase_map_line(struct ff_ctx *cx, struct ff_stmt *st,
                                              struct ff_purchase_line *out);

/* Makes room in the arena for n more items of `size` behind list->items; doubles. */
FF_MUST_CHECK enum ff_rc ff_purchase_grow(struct ff_ctx *cx, struct ff_list *list, size_t size,
                                          size_t *cap);

#endif
