/* SPDX-License-Identifier: MIT */
/* range.c - business dates as requests give them. */
#include "domain/common/range.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "domain/site/site.h"

enum { DAY_MS = 86400000, SLACK_DAYS = 2 };

static int64_t midnight(const char *date)
{
    char text[FF_INSTANT_CAP];
    int64_t ms = 0;
    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    return ff_instant_parse(text, &ms) ? ms : 0;
}

int64_t ff_range_since(const char *date)
{
    return midnight(date) - SLACK_DAYS * (int64_t)DAY_MS;
}

int64_t ff_range_until(const char *date)
{
    return midnight(date) + SLACK_DAYS * (int64_t)DAY_MS;
}

void ff_range_months(const char *from, const char *to, char first[FF_DATE_CAP],
                     char last[FF_DATE_CAP])
{
    snprintf(first, FF_DATE_CAP, "%s", from);
    snprintf(last, FF_DATE_CAP, strcmp(to, FF_RANGE_END) ? "%.8s01" : "%s", to);
    if (*from && strcmp(from + 8, "01") != 0) {
        char begin[FF_DATE_CAP], end[FF_DATE_CAP], next[FF_INSTANT_CAP];
        ff_month_of(from, begin, end);
        ff_instant_format(midnight(end) + DAY_MS, next);
        snprintf(first, FF_DATE_CAP, "%.10s", next);
    }
    if (strcmp(first, last) >= 0) {
        snprintf(first, FF_DATE_CAP, "%s", to);
        snprintf(last, FF_DATE_CAP, "%s", to);
    }
}

enum ff_rc ff_range_journals(struct ff_ctx *cx, const char *from, const char *to, int64_t *low,
                             int64_t *high)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PURCHASE_RANGE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PURCHASE_RANGE_SINCE, from ? ff_range_since(from) : 0);
    ff_db_int(st, FF_P_PURCHASE_RANGE_UNTIL, to ? ff_range_until(to) : INT64_MAX);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *low = ff_db_col_null(st, FF_C_PURCHASE_RANGE_LOW) ? INT64_MAX
                                                       : ff_db_col_int(st, FF_C_PURCHASE_RANGE_LOW);
    *high = ff_db_col_int(st, FF_C_PURCHASE_RANGE_HIGH); /* NULL reads as 0: no row */
    return FF_OK;
}

static enum ff_rc this_month(struct ff_ctx *cx, struct ff_range *out)
{
    char today[FF_DATE_CAP], first[FF_DATE_CAP], last[FF_DATE_CAP], next[FF_INSTANT_CAP];
    ff_business_date(ff_clock_now_ms(cx->clock), (int)ff_site_get(cx).day_start_min, today);
    ff_month_of(today, first, last);
    ff_instant_format(midnight(last) + DAY_MS, next);
    out->from = ff_strdup(cx, first);
    out->to = ff_arena_strndup(cx->arena, next, FF_DATE_CAP - 1);
    return out->from && out->to ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

enum ff_rc ff_range_read(struct ff_ctx *cx, const char *from, const char *to, int max_days,
                         struct ff_range *out)
{
    if (!from && !to)
        return this_month(cx, out);
    if (!from || !to)
        return ff_field_fail(cx, from ? "?to" : "?from", "REQUIRED", "Give both days, or none.");
    const int64_t days = (midnight(to) - midnight(from)) / DAY_MS;
    if (days < 1 || days > max_days) {
        const char *text = ff_arena_printf(cx->arena, "The range is from 1 to %d days.", max_days);
        return ff_field_fail(cx, "?to", "RANGE", text ? text : "The range is too long.");
    }
    *out = (struct ff_range){.from = from, .to = to};
    return FF_OK;
}
