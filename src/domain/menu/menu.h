/* SPDX-License-Identifier: MIT */
/* menu.h - the menu's calendar: on which business date which product is served in which window.
 * A window is a time of the day on the site's clock, on some days of the week; it lies within one
 * business day. A product that is "menu only" is bought on its dates, while one of its windows is
 * open; all others are bought at any time, the calendar only shows them. */
#ifndef FF_DOMAIN_MENU_MENU_H
#define FF_DOMAIN_MENU_MENU_H

#include "domain/catalog/product.h"
#include "domain/common/export.h"

enum {
    FF_TIME_CAP = 6, /* "07:30" */
    FF_MENU_DAYS = 31,
    FF_MENU_ENTRIES = 500,
    FF_EVERY_DAY = 127
};

/* monday .. sunday; bit 0 is Monday. NULL-terminated. */
extern const char *const ff_weekdays[];

/* ---- windows ---- */
struct ff_serving_window {
    int64_t id;
    const char *name;
    const char *from, *to;    /* "11:30"; the end is no longer part of it */
    int64_t weekdays;         /* mask */
    int64_t from_min, to_min; /* the same in minutes after midnight */
    int64_t version;
};
enum ff_window_field {
    FF_WINDOW_NAME,
    FF_WINDOW_FROM,
    FF_WINDOW_TO,
    FF_WINDOW_WEEKDAYS,
    FF_WINDOW_FIELDS
};
struct ff_window_in {
    uint64_t set;
    const char *name, *from, *to;
    int64_t weekdays;
};
/* Sort fields: from, name, id. The default: from, then name. */
FF_MUST_CHECK enum ff_rc ff_window_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                        struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_window_get(struct ff_ctx *cx, int64_t id,
                                       struct ff_serving_window *out);
/* The window of this name, whatever its case; *id 0: there is none. */
FF_MUST_CHECK enum ff_rc ff_window_find(struct ff_ctx *cx, const char *name, int64_t *id);
/* FF_VALIDATION for times that are none or reach into another business day, FF_ALREADY_EXISTS.
 * Every day of the week unless said. Each enters the writer. */
FF_MUST_CHECK enum ff_rc ff_window_create(struct ff_ctx *cx, const struct ff_window_in *in,
                                          struct ff_serving_window *out);
FF_MUST_CHECK enum ff_rc ff_window_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                          const struct ff_window_in *in,
                                          struct ff_serving_window *out);
/* FF_IN_USE while the calendar, also of days gone by, names it. */
FF_MUST_CHECK enum ff_rc ff_window_delete(struct ff_ctx *cx, int64_t id, int64_t version);

/* ---- the calendar ---- */
struct ff_menu_item {
    int64_t product_id;
    const char *product;
    int64_t price;
    int64_t planned, left; /* portions of the date; FF_NULL_INT: not limited */
};
struct ff_menu_window {
    int64_t window_id;
    const char *name, *from, *to;
    int64_t open;         /* 1: now */
    struct ff_list items; /* of struct ff_menu_item */
};
struct ff_menu_day {
    const char *date;
    struct ff_list windows; /* of struct ff_menu_window, by time */
};
struct ff_menu {
    const char *from, *to; /* half open */
    struct ff_list days;   /* of struct ff_menu_day; days without a menu are left out */
};
/* Both dates, 1 to FF_MENU_DAYS apart, or none: the week of now, from Monday. */
FF_MUST_CHECK enum ff_rc ff_menu_read(struct ff_ctx *cx, const char *from, const char *to,
                                      struct ff_menu *out);
/* The same as CSV, as it is imported: date, window, product, portions. */
FF_MUST_CHECK enum ff_rc ff_menu_export(struct ff_ctx *cx, const char *from, const char *to,
                                        struct ff_text *out);

struct ff_menu_entry {
    int64_t window_id, product_id;
    int64_t portions; /* limits the date's sales; FF_NULL_INT: leaves that as it is */
};
/* Replaces the menu of a date, today or later: all entries or none. FF_VALIDATION names the entry
 * whose product or window is not there, twice there, or not served on that day of the week. */
FF_MUST_CHECK enum ff_rc ff_menu_set(struct ff_ctx *cx, const char *date,
                                     const struct ff_list *entries, struct ff_menu *out);
/* Copies the seven days from `from` over those from `to`, portions with them; both are the same day
 * of the week, `to` is today or later, and the weeks do not overlap. */
FF_MUST_CHECK enum ff_rc ff_menu_copy(struct ff_ctx *cx, const char *from, const char *to,
                                      struct ff_menu *out);
/* Replaces the days that a file names; see import.h. */
FF_MUST_CHECK enum ff_rc ff_menu_import(struct ff_ctx *cx, const struct ff_import_file *file,
                                        struct ff_import_result *out);

/* ---- what is served now ---- */
/* FF_NOT_SERVED_NOW with params productId, product, and of the next time, if there is one: date,
 * window, from. For the purchase's job; one statement. */
FF_MUST_CHECK enum ff_rc ff_menu_check(struct ff_ctx *cx, int64_t product_id, const char *product);

struct ff_not_served {
    int64_t product_id;
    int64_t opens_at;   /* UTC ms, FF_NULL_INT: not within two weeks */
    const char *window; /* the next one; NULL */
};
/* Which of the products cannot be bought now, and until when that is true: the next time a window
 * opens or closes or the day ends, UTC ms; FF_NULL_INT when nothing depends on the time. */
struct ff_served {
    struct ff_list not_served; /* of struct ff_not_served */
    int64_t valid_until;
};
FF_MUST_CHECK enum ff_rc ff_menu_served(struct ff_ctx *cx, const struct ff_list *products,
                                        struct ff_served *out);

#endif
