/* SPDX-License-Identifier: MIT */
/* list_parts.h - what the parts of a list of purchases share. */
#ifndef FF_DOMAIN_PURCHASE_LIST_PARTS_H
#define FF_DOMAIN_PURCHASE_LIST_PARTS_H

#include "domain/purchase/record.h"

struct ff_listing {
    const struct ff_purchase_filter *f;
    struct ff_reach reach;
    int64_t low, high; /* ids, inclusive */
    int64_t limit, offset;
    int64_t account; /* of one person: the wallet; 0: out of reach */
    bool has_unpaid; /* of one person: some never touched the wallet */
    struct ff_undo_window window;
    struct ff_list *out; /* of struct ff_purchase */
};

/* The filter's dates; FF_RANGE_BEGIN and FF_RANGE_END where it has none. */
const char *ff_listing_from(const struct ff_listing *l);
const char *ff_listing_to(const struct ff_listing *l);
bool ff_listing_is_of_one(const struct ff_listing *l);
bool ff_listing_is_dated(const struct ff_listing *l);

/* All purchases of the list, whatever its page. One statement. */
FF_MUST_CHECK enum ff_rc ff_listing_total(struct ff_ctx *cx, const struct ff_listing *l,
                                          int64_t *total);

#endif
