/* SPDX-License-Identifier: MIT */
/* fit.c - does a rule hold, and what does it give: arithmetic alone. */
#include <stdio.h>
#include <time.h>

#include "base/money.h"
#include "domain/subsidy/subsidy.h"

enum { WEEK = 7, MILLION = 1000000, NOON = 12 };

/* 0: Monday. */
static int weekday_of(const char *date)
{
    struct tm tm = {.tm_hour = NOON};
    if (sscanf(date, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon--;
    tm.tm_isdst = -1;
    return mktime(&tm) == (time_t)-1 ? 0 : (tm.tm_wday + WEEK - 1) % WEEK;
}

bool ff_subsidy_holds(const struct ff_subsidy_fit *fit, const char *date, int64_t minute)
{
    const bool is_after = minute >= fit->from_minute, is_before = minute < fit->to_minute;
    const bool is_over_midnight = fit->from_minute > fit->to_minute;
    if (is_over_midnight ? !is_after && !is_before : !is_after || !is_before)
        return false;
    return fit->weekdays >> weekday_of(date) & 1;
}

static int64_t wanted(const struct ff_subsidy_fit *fit, int64_t price)
{
    int64_t amount = fit->is_percent ? price * fit->value / MILLION : fit->value;
    if (fit->cap != FF_NULL_INT && amount > fit->cap)
        amount = fit->cap;
    return amount < price ? amount : price;
}

int64_t ff_subsidy_give(const struct ff_subsidy_fit *fit, const struct ff_line *lines, size_t n,
                        int64_t *parts)
{
    int64_t weights[64], price = 0;
    for (size_t i = 0; i < n; i++) {
        const bool is_in =
            fit->category_id == FF_NULL_INT || fit->category_id == lines[i].category_id;
        weights[i] = is_in ? lines[i].total : 0;
        parts[i] = 0;
        price += weights[i];
    }
    const int64_t amount = wanted(fit, price);
    return amount > 0 && ff_money_split(amount, weights, n, parts) ? amount : 0;
}
