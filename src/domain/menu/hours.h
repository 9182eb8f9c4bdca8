/* SPDX-License-Identifier: MIT */
/* hours.h - the clock of serving: where in the business day an instant is, and back. For this
 * folder, and for reports that ask which window was open. */
#ifndef FF_DOMAIN_MENU_HOURS_H
#define FF_DOMAIN_MENU_HOURS_H

#include "domain/menu/menu.h"

/* An instant on the site's clock. */
struct ff_moment {
    char date[FF_DATE_CAP]; /* business date */
    int minute;             /* of the business day, 0..1439, by the hands of the clock */
    int weekday;            /* of that date, 0: Monday */
};
struct ff_moment ff_moment_of(int64_t ms, int day_start_min);

/* A window within the business day: [from, to), 0 <= from < to <= 1440. */
struct ff_hours {
    int from, to;
};
struct ff_hours ff_hours_of(int64_t from_min, int64_t to_min, int day_start_min);

/* Day of the week of a date, 0: Monday. */
int ff_weekday_of(const char *date);

/* `date` moved by days. */
void ff_date_move(const char *date, int days, char out[FF_DATE_CAP]);

/* Days from a to b. */
int64_t ff_date_distance(const char *a, const char *b);

/* The next instant after `now_ms` at which the clock shows this minute (0..1440) of the business
 * day; one that is skipped when clocks change is as the C library reads it. FF_NULL_INT: it has
 * passed. */
int64_t ff_minute_instant(const char *date, int minute, int day_start_min, int64_t now_ms);

/* Is this business date longer or shorter than others? */
bool ff_clock_changes(const char *date, int day_start_min);

/* Business date of now. */
void ff_menu_today(struct ff_ctx *cx, char out[FF_DATE_CAP]);

/* "07:30" as minutes; false when it is none. */
bool ff_time_read(const char *text, int64_t *minutes);
void ff_time_write(int64_t minutes, char out[FF_TIME_CAP]);

#endif
