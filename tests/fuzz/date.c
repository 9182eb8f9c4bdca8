/* SPDX-License-Identifier: MIT */
/* date.c - days and instants in text: what is taken is a day of the calendar, and an instant that
 * is written as it was read means the same. */
#include "fuzz.h"

/* The calendar said once more, digit by digit. */
static bool is_day(const char *text)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 0, month, day;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    for (int i = 0; i < 4; i++)
        year = year * 10 + (text[i] - '0');
    month = (text[5] - '0') * 10 + (text[6] - '0');
    day = (text[8] - '0') * 10 + (text[9] - '0');
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (month == 2 && is_leap);
}

static void check_day(const char *text)
{
    char first[FF_DATE_CAP], last[FF_DATE_CAP];
    FF_PROMISE(ff_date_valid(text) == is_day(text));
    if (!ff_date_valid(text))
        return;
    ff_month_of(text, first, last);
    FF_PROMISE(ff_date_valid(first) && ff_date_valid(last));
    FF_PROMISE(strcmp(first, text) <= 0 && strcmp(text, last) <= 0);
}

static void check_instant(const char *text)
{
    char written[FF_INSTANT_CAP], day[FF_DATE_CAP];
    int64_t ms, again;
    if (!ff_instant_parse(text, &ms))
        return;
    ff_instant_format(ms, written);
    FF_PROMISE(ff_instant_parse(written, &again) && again == ms);
    ff_business_date(ms, 0, day);
    FF_PROMISE(ff_date_valid(day) || !strncmp(written, "0001-01-01", 10) ||
               !strncmp(written, "9999-12-31", 10));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = ff_fuzz_text(data, size);
    check_day(text);
    check_instant(text);
    free(text);
    return 0;
}
