/* SPDX-License-Identifier: MIT */
/* menu_rows.h - the calendar as flat rows; for this folder only. */
#ifndef FF_DOMAIN_MENU_MENU_ROWS_H
#define FF_DOMAIN_MENU_MENU_ROWS_H

#include "db/db.h"
#include "domain/menu/hours.h"

struct ff_menu_row {
    const char *date, *window;
    int64_t window_id, from_min, to_min, weekdays;
    struct ff_menu_item item;
};

/* Rows of [from, to), by date, time of the window and place of the product. */
FF_MUST_CHECK enum ff_rc ff_menu_rows(struct ff_ctx *cx, const char *from, const char *to,
                                      struct ff_rows *out);

/* In a job: replaces the menu of a date by entries that were checked, and sets their portions. */
FF_MUST_CHECK enum ff_rc ff_menu_clear(struct ff_ctx *cx, const char *date);
FF_MUST_CHECK enum ff_rc ff_menu_add(struct ff_ctx *cx, const char *date, int64_t window_id,
                                     int64_t product_id);
/* The living product with this id, or when `name` is not empty with this name; *id 0: none. */
FF_MUST_CHECK enum ff_rc ff_menu_product(struct ff_ctx *cx, int64_t by_id, const char *name,
                                         int64_t *id);
/* Records that the menu of a date was replaced. */
FF_MUST_CHECK enum ff_rc ff_menu_record(struct ff_ctx *cx, const char *action, const char *date,
                                        int64_t entries);

#endif
