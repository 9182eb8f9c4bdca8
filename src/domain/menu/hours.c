/* SPDX-License-Identifier: MIT */
/* hours.c - wall clock and business day. The zone is the process's (TZ, set once at start). */
#include "domain/menu/hours.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "domain/common/range.h"
#include "domain/site/site.h"

enum { DAY_MIN = 1440, DAY_S = 86400, SLACK_DAYS = 2 };

static int within_day(int64_t minute)
{
    return (int)((minute % DAY_MIN + DAY_MIN) % DAY_MIN);
}

/* Days since 1970 of a date. */
static int64_t day_number(const char *date)
{
    return ff_range_since(date) / 1000 / DAY_S + SLACK_DAYS;
}

int ff_weekday_of(const char *date)
{
    return (int)((day_number(date) + 3) % 7); /* 1970-01-01 was a Thursday */
}

void ff_date_move(const char *date, int days, char out[FF_DATE_CAP])
{
    char text[FF_INSTANT_CAP];
    ff_instant_format((day_number(date) + days) * DAY_S * 1000, text);
    memcpy(out, text, FF_DATE_CAP - 1);
    out[FF_DATE_CAP - 1] = '\0';
}

int64_t ff_date_distance(const char *a, const char *b)
{
    return day_number(b) - day_number(a);
}

struct ff_moment ff_moment_of(int64_t ms, int day_start_min)
{
    const time_t at = (time_t)(ms / 1000);
    struct ff_moment m = {.minute = 0};
    struct tm tm = {0};
    (void)localtime_r(&at, &tm);
    ff_business_date(ms, day_start_min, m.date);
    m.minute = within_day(tm.tm_hour * 60 + tm.tm_min - day_start_min);
    m.weekday = ff_weekday_of(m.date);
    return m;
}

struct ff_hours ff_hours_of(int64_t from_min, int64_t to_min, int day_start_min)
{
    const int to = within_day(to_min - day_start_min);
    return (struct ff_hours){within_day(from_min - day_start_min), to ? to : DAY_MIN};
}

/* As the C library reads it: with summer time in force (1), not (0), or as it finds (-1). */
static int64_t read_clock(const char *date, int minute, int is_dst)
{
    struct tm tm = {.tm_isdst = is_dst};
    if (sscanf(date, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3)
        return FF_NULL_INT;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    tm.tm_min = minute;
    const time_t at = mktime(&tm);
    return at == (time_t)-1 ? FF_NULL_INT : (int64_t)at * 1000;
}

int64_t ff_minute_instant(const char *date, int minute, int day_start_min, int64_t now_ms)
{
    int64_t best = FF_NULL_INT;
    for (int is_dst = 0; is_dst < 2; is_dst++) {
        const int64_t at = read_clock(date, minute + day_start_min, is_dst);
        const bool is_shown =
            at != FF_NULL_INT && ff_moment_of(at, day_start_min).minute == minute % DAY_MIN;
        if (is_shown && at > now_ms && (best == FF_NULL_INT || at < best))
            best = at;
    }
    if (best != FF_NULL_INT)
        return best;
    best = read_clock(date, minute + day_start_min, -1);
    return best > now_ms ? best : FF_NULL_INT;
}

bool ff_clock_changes(const char *date, int day_start_min)
{
    const int64_t begins = read_clock(date, day_start_min, -1);
    return read_clock(date, day_start_min + DAY_MIN, -1) - begins != (int64_t)DAY_S * 1000;
}

void ff_menu_today(struct ff_ctx *cx, char out[FF_DATE_CAP])
{
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, out);
}

bool ff_time_read(const char *text, int64_t *minutes)
{
    if (strlen(text) != FF_TIME_CAP - 1 || text[2] != ':' || strspn(text, "0123456789") != 2 ||
        strspn(text + 3, "0123456789") != 2)
        return false;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    *minutes = hour * 60 + minute;
    return hour <= 23 && minute <= 59;
}

void ff_time_write(int64_t minutes, char out[FF_TIME_CAP])
{
    const unsigned at = (unsigned)within_day(minutes);
    (void)snprintf(out, FF_TIME_CAP, "%02u:%02u", at / 60 % 24, at % 60);
}
