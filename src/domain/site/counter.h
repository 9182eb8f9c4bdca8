/* SPDX-License-Identifier: MIT */
/* counter.h - the rules of the counter as a whole: whether anything is sold at all, the days on
 * which nothing is, and what all kiosks say. Kept in memory, so that a purchase asks without a
 * statement; changed through the writer. Undo and refund do not ask. */
#ifndef FF_DOMAIN_SITE_COUNTER_H
#define FF_DOMAIN_SITE_COUNTER_H

#include "base/ctx.h"
#include "json/schema.h"

enum { FF_COUNTER_TEXT_CHARS = 200, FF_CLOSED_NAME_CHARS = 60, FF_CLOSED_DAYS_MAX = 1000 };

/* Texts live in the arena. */
struct ff_counter {
    int64_t selling;          /* boolean */
    const char *stop_message; /* while it is not; NULL: none */
    int64_t stopped_at;       /* FF_NULL_INT: selling */
    const char *notice;       /* NULL: none, or its time is over */
    int64_t notice_until;     /* FF_NULL_INT: for good */
    const char *closed_today; /* name of the closed day that today is; NULL: none */
};

/* As of now. */
FF_MUST_CHECK enum ff_rc ff_counter_get(struct ff_ctx *cx, struct ff_counter *out);

/* The switch. Stopping again changes the message (NULL: none; at most FF_COUNTER_TEXT_CHARS).
 * Enter the writer. */
FF_MUST_CHECK enum ff_rc ff_counter_stop(struct ff_ctx *cx, const char *message);
FF_MUST_CHECK enum ff_rc ff_counter_start(struct ff_ctx *cx);

/* What all kiosks say, until an instant (FF_NULL_INT: for good; else to come, FF_VALIDATION).
 * `text` NULL: nothing. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_counter_notice(struct ff_ctx *cx, const char *text, int64_t until);

/* FF_SELLING_STOPPED with param message while the switch is off; on a closed day FF_CLOSED_DAY with
 * params date and name, unless `on_behalf`: somebody books for others. No statement. */
FF_MUST_CHECK enum ff_rc ff_counter_check_sale(struct ff_ctx *cx, const char *business_date,
                                               bool on_behalf);

struct ff_closed_day {
    const char *date, *name;
};

/* By date, from `from` (NULL: the first) on. */
FF_MUST_CHECK enum ff_rc ff_closed_day_list(struct ff_ctx *cx, const char *from, int64_t page,
                                            int64_t limit, struct ff_list *out, int64_t *total);

/* Closes a business date, or renames the closed day that it is. FF_VALIDATION for a date that is
 * none, FF_IN_USE when there are FF_CLOSED_DAYS_MAX. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_closed_day_put(struct ff_ctx *cx, const char *date, const char *name,
                                           struct ff_closed_day *out);
/* Opens it again. FF_NOT_FOUND. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_closed_day_delete(struct ff_ctx *cx, const char *date);

#endif
