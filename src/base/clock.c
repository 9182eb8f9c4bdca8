/* SPDX-License-Identifier: MIT */
/* clock.c - time. Instants are formatted and read with our own calendar arithmetic (proleptic
 * Gregorian, days counted from 1970); only the business date asks the C library for the zone. */
#include "base/clock.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MS_PER_DAY = 86400000, MIN_PER_HOUR = 60 };

/* 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z */
static const int64_t first_ms = INT64_C(-62135596800000);
static const int64_t last_ms = INT64_C(253402300799999);

struct ff_clock {
    bool is_test;
    _Atomic int64_t now_ms; /* test clock only */
};

struct date {
    int64_t year;
    unsigned month, day;
};

static struct ff_clock *clock_new(bool is_test, int64_t now_ms)
{
    struct ff_clock *clock = malloc(sizeof *clock);
    if (!clock)
        return NULL;
    clock->is_test = is_test;
    atomic_init(&clock->now_ms, now_ms);
    return clock;
}

struct ff_clock *ff_clock_new_system(void)
{
    return clock_new(false, 0);
}

struct ff_clock *ff_clock_new_test(int64_t start_ms)
{
    return clock_new(true, start_ms);
}

void ff_clock_free(struct ff_clock *clock)
{
    free(clock);
}

static struct timespec read_time(clockid_t id)
{
    struct timespec now;
    int failed = clock_gettime(id, &now);
    assert(!failed);
    (void)failed;
    return now;
}

static int64_t read_ms(clockid_t id)
{
    struct timespec now = read_time(id);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t ff_clock_now_ms(struct ff_clock *clock)
{
    return clock->is_test ? atomic_load(&clock->now_ms) : read_ms(CLOCK_REALTIME);
}

int64_t ff_clock_mono_ms(struct ff_clock *clock)
{
    return clock->is_test ? atomic_load(&clock->now_ms) : read_ms(CLOCK_MONOTONIC);
}

int64_t ff_clock_machine_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}

int64_t ff_clock_tick_ms(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
    return read_ms(CLOCK_MONOTONIC_COARSE);
#else
    return ff_clock_machine_ms();
#endif
}

int64_t ff_clock_machine_ns(void)
{
    struct timespec now = read_time(CLOCK_MONOTONIC);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool ff_clock_is_test(const struct ff_clock *clock)
{
    return clock->is_test;
}

bool ff_clock_advance_to(struct ff_clock *clock, int64_t to_ms)
{
    if (!clock->is_test)
        return false;
    int64_t now = atomic_load(&clock->now_ms);
    while (to_ms >= now) {
        if (atomic_compare_exchange_weak(&clock->now_ms, &now, to_ms))
            return true;
    }
    return false;
}

/* Source of both: H. Hinnant, "chrono-compatible low-level date algorithms". Years begin in March
 * and come in eras of 400, so that the leap day is the last of its year. */
static int64_t days_of(struct date d)
{
    int64_t year = d.year - (d.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * ((int64_t)d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct date date_of(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    struct date d = {.month = (unsigned)(mp < 10 ? mp + 3 : mp - 9),
                     .day = (unsigned)(doy - (153 * mp + 2) / 5 + 1)};
    d.year = yoe + era * 400 + (d.month <= 2);
    return d;
}

static unsigned days_in_month(int64_t year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

static char *put_two(char *out, unsigned n)
{
    out[0] = (char)('0' + n / 10);
    out[1] = (char)('0' + n % 10);
    return out + 2;
}

static char *put_date(char *out, struct date d)
{
    unsigned year = (unsigned)d.year;
    out = put_two(put_two(out, year / 100), year % 100);
    *out++ = '-';
    out = put_two(out, d.month);
    *out++ = '-';
    return put_two(out, d.day);
}

void ff_instant_format(int64_t ms, char out[FF_INSTANT_CAP])
{
    assert(ms >= first_ms && ms <= last_ms);
    int64_t days = (ms >= 0 ? ms : ms - (MS_PER_DAY - 1)) / MS_PER_DAY;
    unsigned of_day = (unsigned)(ms - days * MS_PER_DAY);
    char *p = put_date(out, date_of(days));
    *p++ = 'T';
    p = put_two(p, of_day / 3600000);
    *p++ = ':';
    p = put_two(p, of_day / 60000 % 60);
    *p++ = ':';
    p = put_two(p, of_day / 1000 % 60);
    *p++ = '.';
    *p++ = (char)('0' + of_day % 1000 / 100);
    p = put_two(p, of_day % 100);
    *p++ = 'Z';
    *p = '\0';
}

/* Exactly `width` digits at *text, at most `max`; moves *text behind them. */
static bool take_digits(const char **text, int width, unsigned max, unsigned *out)
{
    unsigned n = 0;
    for (int i = 0; i < width; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9')
            return false;
        n = n * 10 + (unsigned)(c - '0');
    }
    *text += width;
    *out = n;
    return n <= max;
}

static bool take_char(const char **text, const char *any_of)
{
    if (!**text || !strchr(any_of, **text))
        return false;
    (*text)++;
    return true;
}

static bool take_date(const char **text, struct date *out)
{
    unsigned year;
    struct date d;
    if (!take_digits(text, 4, 9999, &year) || !take_char(text, "-") ||
        !take_digits(text, 2, 12, &d.month) || !take_char(text, "-") ||
        !take_digits(text, 2, 31, &d.day))
        return false;
    d.year = year;
    *out = d;
    return year >= 1 && d.month >= 1 && d.day >= 1 && d.day <= days_in_month(year, d.month);
}

/* ".123456789" to whole milliseconds (the rest is cut); no point: 0. */
static bool take_fraction(const char **text, unsigned *ms)
{
    *ms = 0;
    if (!take_char(text, "."))
        return true;
    unsigned weight = 100;
    int n = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++, n++, weight /= 10)
        *ms += weight * (unsigned)(**text - '0');
    return n >= 1 && n <= 9;
}

static bool take_offset(const char **text, int64_t *offset_min)
{
    *offset_min = 0;
    if (take_char(text, "Zz"))
        return true;
    bool is_west = **text == '-';
    unsigned hours, minutes;
    if (!take_char(text, "+-") || !take_digits(text, 2, 23, &hours) || !take_char(text, ":") ||
        !take_digits(text, 2, 59, &minutes))
        return false;
    int64_t total = (int64_t)hours * MIN_PER_HOUR + minutes;
    *offset_min = is_west ? -total : total;
    return true;
}

bool ff_instant_parse(const char *text, int64_t *ms)
{
    struct date d;
    unsigned hours, minutes, seconds, fraction;
    int64_t offset_min;
    if (!take_date(&text, &d) || !take_char(&text, "Tt") || !take_digits(&text, 2, 23, &hours) ||
        !take_char(&text, ":") || !take_digits(&text, 2, 59, &minutes) || !take_char(&text, ":") ||
        !take_digits(&text, 2, 59, &seconds) || !take_fraction(&text, &fraction) ||
        !take_offset(&text, &offset_min) || *text)
        return false;
    int64_t of_day_min = (int64_t)hours * MIN_PER_HOUR + minutes - offset_min;
    int64_t at = days_of(d) * MS_PER_DAY + of_day_min * 60000 + (int64_t)seconds * 1000 + fraction;
    if (at < first_ms || at > last_ms)
        return false;
    *ms = at;
    return true;
}

bool ff_date_valid(const char *text)
{
    struct date d;
    return take_date(&text, &d) && !*text;
}

static void local_time(int64_t ms, struct tm *tm)
{
    int64_t seconds = (ms >= 0 ? ms : ms - 999) / 1000;
    time_t at = (time_t)seconds;
    const struct tm *ok = localtime_r(&at, tm);
    assert(ok);
    (void)ok;
}

static int minute_of_day(const struct tm *tm)
{
    return tm->tm_hour * MIN_PER_HOUR + tm->tm_min;
}

/* The clock shows less than the day's beginning: was it already past it, before it was set back? In
 * autumn an hour comes twice, and a day that has begun stays begun. `d` is the calendar day. */
static bool was_past_start(int64_t ms, struct date d, int day_start_min)
{
    struct tm before, start;
    local_time(ms - 3600000, &before);
    int64_t start_ms =
        days_of(d) * MS_PER_DAY + day_start_min * INT64_C(60000) - (int64_t)before.tm_gmtoff * 1000;
    if (start_ms > ms)
        return false;
    local_time(start_ms, &start);
    return minute_of_day(&start) == day_start_min;
}

void ff_business_date(int64_t ms, int day_start_min, char out[FF_DATE_CAP])
{
    assert(day_start_min >= 0 && day_start_min <= 720);
    struct tm tm;
    local_time(ms, &tm);
    struct date d = {tm.tm_year + 1900, (unsigned)tm.tm_mon + 1, (unsigned)tm.tm_mday};
    if (minute_of_day(&tm) < day_start_min && !was_past_start(ms, d, day_start_min))
        d = date_of(days_of(d) - 1);
    *put_date(out, d) = '\0';
}

void ff_month_of(const char *date, char first[FF_DATE_CAP], char last[FF_DATE_CAP])
{
    struct date d;
    bool is_valid = take_date(&date, &d);
    assert(is_valid);
    (void)is_valid;
    d.day = 1;
    *put_date(first, d) = '\0';
    d.day = days_in_month(d.year, d.month);
    *put_date(last, d) = '\0';
}
