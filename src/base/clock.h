/* SPDX-License-Identifier: MIT */
/* clock.h - the one source of time, so that tests and replays can set it.
 * Wall time is UTC milliseconds; durations come from the monotonic clock. */
#ifndef FF_BASE_CLOCK_H
#define FF_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ff_clock;

/* The system's clock, or a test clock that stands still at `start_ms` until it is moved. Free with
 * ff_clock_free. */
struct ff_clock *ff_clock_new_system(void);
struct ff_clock *ff_clock_new_test(int64_t start_ms);
void ff_clock_free(struct ff_clock *clock);

/* UTC milliseconds since 1970. */
int64_t ff_clock_now_ms(struct ff_clock *clock);

/* Milliseconds of a clock that never jumps (a test clock's advances with its wall time). */
int64_t ff_clock_mono_ms(struct ff_clock *clock);

/* The same of the machine itself, whatever clock the program follows: for what waits on hardware.
 */
int64_t ff_clock_machine_ms(void);

/* The same as of the kernel's last tick, so up to some milliseconds ago, at a third of the price.
 */
int64_t ff_clock_tick_ms(void);

/* Nanoseconds of the same, for measuring. */
int64_t ff_clock_machine_ns(void);

/* True for a clock of ff_clock_new_test. */
bool ff_clock_is_test(const struct ff_clock *clock);

/* Moves a test clock on. False when it is not a test clock or `to_ms` is earlier than now: time
 * only goes forward. */
bool ff_clock_advance_to(struct ff_clock *clock, int64_t to_ms);

enum { FF_INSTANT_CAP = 32, FF_DATE_CAP = 11 };

/* "2026-11-23T08:25:01.123Z" into out[FF_INSTANT_CAP]. `ms` within years 1..9999. */
void ff_instant_format(int64_t ms, char out[FF_INSTANT_CAP]);

/* Reads an RFC 3339 instant (fraction optional, up to 9 digits; offset Z or +hh:mm). False when it
 * is not one. */
bool ff_instant_parse(const char *text, int64_t *ms);

/* True for a real calendar day written YYYY-MM-DD. */
bool ff_date_valid(const char *text);

/* The business date of an instant in the process's time zone (TZ, set once at start), for a day
 * that begins `day_start_min` (0..720) minutes after midnight. Source: ledger.md, "Time". */
void ff_business_date(int64_t ms, int day_start_min, char out[FF_DATE_CAP]);

/* First and last day of the month that holds `date` (YYYY-MM-DD, valid). */
void ff_month_of(const char *date, char first[FF_DATE_CAP], char last[FF_DATE_CAP]);

#endif
