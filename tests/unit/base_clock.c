/* SPDX-License-Identifier: MIT */
/* base_clock.c - the clock, instants as text, and the business date where summer time begins and
 * ends. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

static void use_zone(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

static int64_t at(const char *instant)
{
    int64_t ms = 0;
    ck_assert_msg(ff_instant_parse(instant, &ms), "%s", instant);
    return ms;
}

START_TEST(a_test_clock_stands_still_and_goes_forward_only)
{
    struct ff_clock *clock = ff_clock_new_test(1000);
    ck_assert(ff_clock_is_test(clock));
    ck_assert_int_eq(ff_clock_now_ms(clock), 1000);
    int64_t mono = ff_clock_mono_ms(clock);
    ck_assert(ff_clock_advance_to(clock, 1500));
    ck_assert(ff_clock_advance_to(clock, 1500));
    ck_assert_int_eq(ff_clock_now_ms(clock), 1500);
    ck_assert_int_eq(ff_clock_mono_ms(clock) - mono, 500);
    ck_assert(!ff_clock_advance_to(clock, 1499));
    ck_assert_int_eq(ff_clock_now_ms(clock), 1500);
    ff_clock_free(clock);
}
END_TEST

START_TEST(the_system_clock_is_the_machines_and_cannot_be_moved)
{
    struct ff_clock *clock = ff_clock_new_system();
    int64_t before = (int64_t)time(NULL) * 1000;
    int64_t now = ff_clock_now_ms(clock);
    ck_assert_int_ge(now, before - 1000);
    ck_assert_int_le(now, before + 60000);
    int64_t mono = ff_clock_mono_ms(clock);
    ck_assert_int_ge(ff_clock_mono_ms(clock), mono);
    ck_assert(!ff_clock_is_test(clock));
    ck_assert(!ff_clock_advance_to(clock, now + 100000));
    ff_clock_free(clock);
}
END_TEST

enum { MOVES = 20000 };

static void *move_on(void *arg)
{
    for (int i = 0; i < MOVES; i++)
        (void)ff_clock_advance_to(arg, i);
    return NULL;
}

static void *watch(void *arg)
{
    int64_t last = 0;
    intptr_t steps_back = 0;
    while (last < MOVES - 1) {
        int64_t now = ff_clock_now_ms(arg);
        steps_back += now < last;
        last = now;
    }
    return (void *)steps_back;
}

START_TEST(many_threads_see_a_test_clock_that_never_goes_back)
{
    struct ff_clock *clock = ff_clock_new_test(0);
    pthread_t movers[2], watcher;
    void *steps_back;
    ck_assert(!pthread_create(&watcher, NULL, watch, clock));
    for (int i = 0; i < 2; i++)
        ck_assert(!pthread_create(&movers[i], NULL, move_on, clock));
    for (int i = 0; i < 2; i++)
        pthread_join(movers[i], NULL);
    pthread_join(watcher, &steps_back);
    ck_assert_ptr_null(steps_back);
    ff_clock_free(clock);
}
END_TEST

static const struct {
    int64_t ms;
    const char *text;
} instants[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {INT64_C(1795422301123), "2026-11-23T08:25:01.123Z"},
    {INT64_C(951782400000), "2000-02-29T00:00:00.000Z"},
    {INT64_C(4107542399999), "2100-02-28T23:59:59.999Z"},
    {INT64_C(4107542400000), "2100-03-01T00:00:00.000Z"},
    {INT64_C(-62135596800000), "0001-01-01T00:00:00.000Z"},
    {INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"},
    {INT64_C(-2203891200000), "1900-03-01T00:00:00.000Z"},
};

START_TEST(instants_are_written_and_read_alike)
{
    char text[FF_INSTANT_CAP];
    ff_instant_format(instants[_i].ms, text);
    ck_assert_str_eq(text, instants[_i].text);
    ck_assert_int_eq(at(text), instants[_i].ms);
}
END_TEST

START_TEST(every_day_of_four_centuries_agrees_with_the_library)
{
    for (int64_t day = -30000; day < 146097 - 30000; day += 1) {
        char ours[FF_INSTANT_CAP], theirs[FF_INSTANT_CAP];
        time_t seconds = (time_t)(day * 86400 + 43200);
        struct tm tm;
        ff_instant_format((int64_t)seconds * 1000, ours);
        strftime(theirs, sizeof theirs, "%Y-%m-%dT%H:%M:%S.000Z", gmtime_r(&seconds, &tm));
        if (strcmp(ours, theirs) != 0)
            ck_abort_msg("%s is %s", ours, theirs);
    }
}
END_TEST

static const struct {
    const char *text, *same;
} spellings[] = {
    {"2026-11-23T08:25:01Z", "2026-11-23T08:25:01.000Z"},
    {"2026-11-23T08:25:01.5Z", "2026-11-23T08:25:01.500Z"},
    {"2026-11-23T08:25:01.123456789Z", "2026-11-23T08:25:01.123Z"},
    {"2026-11-23T09:25:01.123+01:00", "2026-11-23T08:25:01.123Z"},
    {"2026-11-23T02:55:01.123-05:30", "2026-11-23T08:25:01.123Z"},
    {"2026-11-23T08:25:01.123-00:00", "2026-11-23T08:25:01.123Z"},
    {"2026-11-23t08:25:01.123z", "2026-11-23T08:25:01.123Z"},
    {"2027-01-01T00:30:00+02:00", "2026-12-31T22:30:00.000Z"},
};

START_TEST(one_instant_may_be_spelled_in_other_ways)
{
    ck_assert_int_eq(at(spellings[_i].text), at(spellings[_i].same));
}
END_TEST

static const char *const no_instants[] = {
    "",
    "2026-11-23",
    "2026-11-23T08:25:01",
    "2026-11-23T08:25Z",
    "2026-11-23 08:25:01Z",
    "2026-11-23T08:25:01.Z",
    "2026-11-23T08:25:01.1234567890Z",
    "2026-11-23T08:25:01,5Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T08:60:00Z",
    "2026-11-23T08:25:60Z",
    "2026-11-23T08:25:01+1:00",
    "2026-11-23T08:25:01+0100",
    "2026-11-23T08:25:01+01:60",
    "2026-11-23T08:25:01+24:00",
    "2026-11-23T08:25:01Z ",
    " 2026-11-23T08:25:01Z",
    "2026-11-23T08:25:01ZZ",
    "2026-02-29T08:25:01Z",
    "2026-13-01T08:25:01Z",
    "2026-00-01T08:25:01Z",
    "2026-11-00T08:25:01Z",
    "0000-11-23T08:25:01Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "26-11-23T08:25:01Z",
    "-026-11-23T08:25:01Z",
    "2026-11-23T-8:25:01Z",
};

START_TEST(what_is_no_instant_is_refused)
{
    int64_t ms = 5;
    ck_assert_msg(!ff_instant_parse(no_instants[_i], &ms), "%s", no_instants[_i]);
    ck_assert_int_eq(ms, 5);
}
END_TEST

START_TEST(dates_are_real_days)
{
    ck_assert(ff_date_valid("2026-11-23"));
    ck_assert(ff_date_valid("2024-02-29"));
    ck_assert(ff_date_valid("2000-02-29"));
    static const char *const bad[] = {"",           "2026-02-29", "1900-02-29",  "2026-04-31",
                                      "2026-11-2",  "2026-1-23",  "2026-11-234", "2026/11/23",
                                      "2026-11-32", "20261123",   "0000-01-01",  "2026-11-23T"};
    for (int i = 0; i < ROWS(bad); i++)
        ck_assert_msg(!ff_date_valid(bad[i]), "%s", bad[i]);
}
END_TEST

static const struct {
    const char *zone, *instant;
    int day_start_min;
    const char *date;
} dates[] = {
    {"UTC", "2026-03-02T23:59:59.999Z", 0, "2026-03-02"},
    {"UTC", "1969-12-31T23:59:59.999Z", 0, "1969-12-31"},
    {"UTC", "2026-03-01T00:00:00Z", 1, "2026-02-28"},
    {"UTC", "2026-01-01T03:59:59Z", 240, "2025-12-31"},
    {"UTC", "2026-01-01T04:00:00Z", 240, "2026-01-01"},
    {"Europe/Budapest", "2026-03-02T22:59:59Z", 0, "2026-03-02"},
    {"Europe/Budapest", "2026-03-02T23:00:00Z", 0, "2026-03-03"},
    {"Europe/Budapest", "2026-07-01T21:59:59Z", 0, "2026-07-01"},
    {"Europe/Budapest", "2026-07-01T22:00:00Z", 0, "2026-07-02"},
    /* night shift: the day begins at six */
    {"Europe/Budapest", "2026-07-02T03:59:59Z", 360, "2026-07-01"},
    {"Europe/Budapest", "2026-07-02T04:00:00Z", 360, "2026-07-02"},
    {"Europe/Budapest", "2026-07-02T09:59:59Z", 720, "2026-07-01"},
    {"Europe/Budapest", "2026-07-02T10:00:00Z", 720, "2026-07-02"},
    /* 29 March: 02:00 becomes 03:00; four o'clock is 02:00 UTC */
    {"Europe/Budapest", "2026-03-28T22:59:59Z", 0, "2026-03-28"},
    {"Europe/Budapest", "2026-03-28T23:00:00Z", 0, "2026-03-29"},
    {"Europe/Budapest", "2026-03-29T01:59:59Z", 240, "2026-03-28"},
    {"Europe/Budapest", "2026-03-29T02:00:00Z", 240, "2026-03-29"},
    {"Europe/Budapest", "2026-03-29T00:59:59Z", 150, "2026-03-28"}, /* 01:59:59 */
    {"Europe/Budapest", "2026-03-29T01:00:00Z", 150, "2026-03-29"}, /* 03:00:00 */
    {"Europe/Budapest", "2026-03-29T21:59:59Z", 0, "2026-03-29"},
    {"Europe/Budapest", "2026-03-29T22:00:00Z", 0, "2026-03-30"},
    /* 25 October: 03:00 becomes 02:00; four o'clock is 03:00 UTC */
    {"Europe/Budapest", "2026-10-25T02:59:59Z", 240, "2026-10-24"},
    {"Europe/Budapest", "2026-10-25T03:00:00Z", 240, "2026-10-25"},
    {"Europe/Budapest", "2026-10-25T22:59:59Z", 0, "2026-10-25"},
    {"Europe/Budapest", "2026-10-25T23:00:00Z", 0, "2026-10-26"},
    /* the hour that comes twice does not end a day that has begun */
    {"Europe/Budapest", "2026-10-25T00:29:59Z", 150, "2026-10-24"}, /* 02:29:59 summer */
    {"Europe/Budapest", "2026-10-25T00:30:00Z", 150, "2026-10-25"}, /* 02:30:00 summer */
    {"Europe/Budapest", "2026-10-25T01:10:00Z", 150, "2026-10-25"}, /* 02:10:00 winter */
    {"Europe/Budapest", "2026-10-25T01:30:00Z", 150, "2026-10-25"}, /* 02:30:00 winter */
    {"Europe/London", "2026-03-29T00:59:59Z", 0, "2026-03-29"},
    {"Europe/London", "2026-03-29T22:59:59Z", 0, "2026-03-29"},
    {"Europe/London", "2026-03-29T23:00:00Z", 0, "2026-03-30"},
    {"Europe/London", "2026-10-25T23:59:59Z", 0, "2026-10-25"},
    {"Europe/London", "2026-10-26T00:00:00Z", 0, "2026-10-26"},
    {"Europe/London", "2026-10-25T04:59:59Z", 300, "2026-10-24"},
    {"Europe/London", "2026-10-25T05:00:00Z", 300, "2026-10-25"},
};

START_TEST(the_business_date_follows_the_wall_clock)
{
    char date[FF_DATE_CAP];
    use_zone(dates[_i].zone);
    ff_business_date(at(dates[_i].instant), dates[_i].day_start_min, date);
    ck_assert_str_eq(date, dates[_i].date);
}
END_TEST

/* Every quarter of an hour over the nights of both changes, for every possible beginning. */
START_TEST(the_business_date_never_goes_back)
{
    static const char *const nights[] = {"2026-03-28T18:00:00Z", "2026-10-24T18:00:00Z"};
    use_zone("Europe/Budapest");
    for (int night = 0; night < 2; night++) {
        for (int start = 0; start <= 720; start += 10) {
            char last[FF_DATE_CAP] = "0000-00-00", date[FF_DATE_CAP];
            for (int quarter = 0; quarter < 120; quarter++) {
                ff_business_date(at(nights[night]) + quarter * INT64_C(900000), start, date);
                ck_assert_str_ge(date, last);
                memcpy(last, date, sizeof last);
            }
        }
    }
}
END_TEST

static const struct {
    const char *date, *first, *last;
} months[] = {
    {"2026-02-14", "2026-02-01", "2026-02-28"}, {"2024-02-29", "2024-02-01", "2024-02-29"},
    {"2000-02-01", "2000-02-01", "2000-02-29"}, {"2100-02-01", "2100-02-01", "2100-02-28"},
    {"2026-11-30", "2026-11-01", "2026-11-30"}, {"2026-12-31", "2026-12-01", "2026-12-31"},
};

START_TEST(a_month_has_its_first_and_last_day)
{
    char first[FF_DATE_CAP], last[FF_DATE_CAP];
    ff_month_of(months[_i].date, first, last);
    ck_assert_str_eq(first, months[_i].first);
    ck_assert_str_eq(last, months[_i].last);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_clock");
    TCase *cases = tcase_create("clock");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_test_clock_stands_still_and_goes_forward_only);
    tcase_add_test(cases, the_system_clock_is_the_machines_and_cannot_be_moved);
    tcase_add_test(cases, many_threads_see_a_test_clock_that_never_goes_back);
    tcase_add_loop_test(cases, instants_are_written_and_read_alike, 0, ROWS(instants));
    tcase_add_test(cases, every_day_of_four_centuries_agrees_with_the_library);
    tcase_add_loop_test(cases, one_instant_may_be_spelled_in_other_ways, 0, ROWS(spellings));
    tcase_add_loop_test(cases, what_is_no_instant_is_refused, 0, ROWS(no_instants));
    tcase_add_test(cases, dates_are_real_days);
    tcase_add_loop_test(cases, the_business_date_follows_the_wall_clock, 0, ROWS(dates));
    tcase_add_test(cases, the_business_date_never_goes_back);
    tcase_add_loop_test(cases, a_month_has_its_first_and_last_day, 0, ROWS(months));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
