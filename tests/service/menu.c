/* SPDX-License-Identifier: MIT */
/* menu.c - the calendar and its windows: served from their first minute and no longer in their
 * last, by the hands of the site's clock, also on the days when it changes; a day is replaced
 * whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/menu/hours.h"
#include "domain/stock/stock.h"

static struct ff_fixture fx;
static int64_t anna, soup, cake, lunch, next_key;

static int64_t make_window(const char *name, const char *from, const char *to, int64_t weekdays)
{
    const struct ff_window_in in = {
        .set = 15, .name = name, .from = from, .to = to, .weekdays = weekdays};
    struct ff_serving_window w = {0};
    ff_fixture_again(&fx);
    ck_assert_msg(ff_window_create(&fx.cx, &in, &w) == FF_OK, "%s", fx.cx.err.detail);
    return w.id;
}

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 1000000);
    soup = ff_fixture_product(&fx, "Soup", 300);
    cake = ff_fixture_product(&fx, "Cake", 100);
    ff_test_change(&fx, "UPDATE product SET is_menu_only = 1 WHERE id = 1");
    lunch = make_window("Lunch", "11:30", "14:00", FF_EVERY_DAY);
    next_key = 100;
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static void at(const char *instant)
{
    int64_t ms = 0;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
}

static enum ff_rc set(const char *date, const struct ff_menu_entry *entries, size_t n,
                      struct ff_menu *out)
{
    struct ff_menu_entry copy[8];
    memcpy(copy, entries, n * sizeof *entries);
    const struct ff_list list = {copy, n};
    ff_fixture_again(&fx);
    return ff_menu_set(&fx.cx, date, &list, out);
}

/* One product in one window. */
static void serve(const char *date, int64_t window, int64_t product)
{
    const struct ff_menu_entry one = {window, product, FF_NULL_INT};
    struct ff_menu menu;
    ck_assert_msg(set(date, &one, 1, &menu) == FF_OK, "%s", fx.cx.err.detail);
}

static enum ff_rc buy(int64_t product)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    return ff_test_buy(&fx.cx, anna, product, 1, ff_test_key(next_key++), &p);
}

static void check_bought(const char *instant, enum ff_rc wanted)
{
    at(instant);
    ck_assert_msg(buy(soup) == wanted, "at %s", instant);
    ck_assert_msg(buy(cake) == FF_OK, "cake at %s", instant);
}

static void check_until(int64_t ms, const char *wanted)
{
    char text[FF_INSTANT_CAP];
    ff_instant_format(ms, text);
    ck_assert_str_eq(text, wanted);
}

/* ---- windows ---- */

START_TEST(a_window_lies_within_a_day_and_has_a_name_of_its_own)
{
    static const struct {
        const char *from, *to, *at;
    } rows[] = {{"24:00", "12:00", "/from"}, {"11:60", "12:00", "/from"},
                {"1:300", "12:00", "/from"}, {"12:00", "noon!", "/to"},
                {"12:00", "12:00", "/to"},   {"22:00", "02:00", "/to"}};
    struct ff_serving_window w;
    for (int i = 0; i < FF_ROWS(rows); i++) {
        const struct ff_window_in in = {
            .set = 7, .name = "Odd", .from = rows[i].from, .to = rows[i].to};
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_window_create(&fx.cx, &in, &w), FF_VALIDATION);
        ff_test_field(&fx.cx, 0, rows[i].at, "VALUE");
    }
    const struct ff_window_in again = {.set = 7, .name = "LUNCH", .from = "11:00", .to = "12:00"};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_window_create(&fx.cx, &again, &w), FF_ALREADY_EXISTS);
    const struct ff_window_in late = {.set = 7, .name = "Late", .from = "22:00", .to = "00:00"};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_window_create(&fx.cx, &late, &w), FF_OK);
    ck_assert_str_eq(w.to, "00:00");
    ck_assert_int_eq(w.weekdays, FF_EVERY_DAY);
}
END_TEST

START_TEST(a_window_that_a_menu_names_stays)
{
    serve("2026-03-02", lunch, soup);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_window_delete(&fx.cx, lunch, 1), FF_IN_USE);
    int64_t other = make_window("Dinner", "18:00", "20:00", FF_EVERY_DAY);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_window_delete(&fx.cx, other, 1), FF_OK);
}
END_TEST

/* ---- at the till ---- */

START_TEST(served_from_the_first_minute_and_no_longer_in_the_last)
{
    serve("2026-03-02", lunch, soup);
    serve("2026-03-04", lunch, soup);
    check_bought("2026-03-02T12:59:59.999Z", FF_OK);
    check_bought("2026-03-02T13:00:00Z", FF_NOT_SERVED_NOW);
    ck_assert_int_eq(buy(soup), FF_NOT_SERVED_NOW);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Soup");
    ck_assert_str_eq(ff_test_said(&fx.cx, "date"), "2026-03-04");
    ck_assert_str_eq(ff_test_said(&fx.cx, "window"), "Lunch");
    ck_assert_str_eq(ff_test_said(&fx.cx, "from"), "11:30");
    check_bought("2026-03-03T11:00:00Z", FF_NOT_SERVED_NOW); /* noon, but of another day */
    check_bought("2026-03-04T10:29:59.999Z", FF_NOT_SERVED_NOW);
    check_bought("2026-03-04T10:30:00Z", FF_OK);
    at("2026-03-05T10:30:00Z");
    ck_assert_int_eq(buy(soup), FF_NOT_SERVED_NOW);
    ck_assert_str_eq(ff_test_said(&fx.cx, "date"), "");
}
END_TEST

START_TEST(the_hands_of_the_clock_count_when_it_is_put_forward)
{
    int64_t night = make_window("Night", "02:30", "03:30", FF_EVERY_DAY);
    const struct ff_menu_entry both[] = {{night, soup, FF_NULL_INT}, {lunch, soup, FF_NULL_INT}};
    struct ff_menu menu;
    serve("2026-03-28", lunch, soup);
    ck_assert_int_eq(set("2026-03-29", both, 2, &menu), FF_OK);
    check_bought("2026-03-28T10:29:59Z", FF_NOT_SERVED_NOW);
    check_bought("2026-03-28T10:30:00Z", FF_OK);
    check_bought("2026-03-29T00:59:59Z", FF_NOT_SERVED_NOW); /* 01:59:59 */
    check_bought("2026-03-29T01:00:00Z", FF_OK);             /* 03:00 */
    check_bought("2026-03-29T01:30:00Z", FF_NOT_SERVED_NOW);
    check_bought("2026-03-29T09:29:59Z", FF_NOT_SERVED_NOW);
    check_bought("2026-03-29T09:30:00Z", FF_OK); /* 11:30 in summer */
    check_bought("2026-03-29T11:59:59Z", FF_OK);
    check_bought("2026-03-29T12:00:00Z", FF_NOT_SERVED_NOW);
}
END_TEST

START_TEST(an_hour_that_comes_twice_is_served_twice)
{
    int64_t night = make_window("Night", "02:00", "03:00", FF_EVERY_DAY);
    serve("2026-10-25", night, soup);
    check_bought("2026-10-24T23:59:59Z", FF_NOT_SERVED_NOW);
    check_bought("2026-10-25T00:00:00Z", FF_OK);
    check_bought("2026-10-25T01:59:59Z", FF_OK);
    check_bought("2026-10-25T02:00:00Z", FF_NOT_SERVED_NOW);
}
END_TEST

START_TEST(a_window_that_no_longer_serves_on_a_day_is_shut)
{
    const struct ff_window_in weekend = {.set = 1u << FF_WINDOW_WEEKDAYS, .weekdays = 96};
    struct ff_serving_window w;
    serve("2026-03-02", lunch, soup);
    ck_assert_int_eq(buy(soup), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_window_change(&fx.cx, lunch, 1, &weekend, &w), FF_OK);
    ck_assert_int_eq(buy(soup), FF_NOT_SERVED_NOW);
}
END_TEST

START_TEST(a_night_belongs_to_the_day_it_began_in)
{
    int64_t ms = 0;
    enum { FIVE = 300 };
    const struct ff_hours night = ff_hours_of(22 * 60, 2 * 60, FIVE);
    ck_assert_int_eq(night.from, 17 * 60);
    ck_assert_int_eq(night.to, 21 * 60);
    ck_assert(ff_instant_parse("2026-03-03T00:30:00Z", &ms)); /* 01:30 of Tuesday */
    const struct ff_moment m = ff_moment_of(ms, FIVE);
    ck_assert_str_eq(m.date, "2026-03-02");
    ck_assert_int_eq(m.weekday, 0);
    ck_assert_int_eq(m.minute, 20 * 60 + 30);
    check_until(ff_minute_instant("2026-03-02", night.to, FIVE, ms), "2026-03-03T01:00:00.000Z");
    const struct ff_hours whole = ff_hours_of(5 * 60, 5 * 60, FIVE);
    ck_assert_int_eq(whole.from, 0);
    ck_assert_int_eq(whole.to, 1440);
}
END_TEST

/* ---- the shelf ---- */

static struct ff_served served(void)
{
    struct ff_shelf shelf;
    struct ff_served out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_product_shelf(&fx.cx, &shelf), FF_OK);
    ck_assert_int_eq(ff_menu_served(&fx.cx, &shelf.products, &out), FF_OK);
    return out;
}

START_TEST(the_shelf_says_until_when_it_is_right)
{
    int64_t snack = make_window("Snack", "15:00", "15:30", FF_EVERY_DAY);
    const struct ff_menu_entry both[] = {{lunch, soup, FF_NULL_INT}, {snack, soup, FF_NULL_INT}};
    struct ff_menu menu;
    ck_assert_int_eq(set("2026-03-02", both, 2, &menu), FF_OK);
    struct ff_served s = served();
    ck_assert_uint_eq(s.not_served.n, 0);
    check_until(s.valid_until, "2026-03-02T13:00:00.000Z");
    at("2026-03-02T13:00:00Z");
    s = served();
    ck_assert_uint_eq(s.not_served.n, 1);
    const struct ff_not_served *one = s.not_served.items;
    ck_assert_int_eq(one->product_id, soup);
    ck_assert_str_eq(one->window, "Snack");
    check_until(one->opens_at, "2026-03-02T14:00:00.000Z");
    check_until(s.valid_until, "2026-03-02T14:00:00.000Z");
    at("2026-03-02T14:30:00Z");
    s = served();
    one = s.not_served.items;
    ck_assert_int_eq(one->opens_at, FF_NULL_INT);
    check_until(s.valid_until, "2026-03-02T23:00:00.000Z"); /* the business day ends */
    at("2026-03-29T00:30:00Z");
    s = served();
    check_until(s.valid_until, "2026-03-29T00:31:00.000Z"); /* clocks change today */
}
END_TEST

START_TEST(a_shelf_without_such_products_does_not_depend_on_the_time)
{
    ff_test_change(&fx, "UPDATE product SET is_menu_only = 0");
    ck_assert_int_eq(served().valid_until, FF_NULL_INT);
}
END_TEST

/* ---- the calendar ---- */

START_TEST(a_day_is_replaced_whole_or_not_at_all)
{
    int64_t weekdays_only = make_window("Breakfast", "07:00", "09:00", 31);
    const struct ff_menu_entry good[] = {
        {lunch, soup, 40}, {lunch, cake, FF_NULL_INT}, {weekdays_only, cake, FF_NULL_INT}};
    const struct {
        struct ff_menu_entry entry;
        const char *date, *at;
    } bad[] = {{{lunch, 4711, FF_NULL_INT}, "2026-03-02", "/entries/1/productId"},
               {{4711, cake, FF_NULL_INT}, "2026-03-02", "/entries/1/windowId"},
               {{lunch, soup, FF_NULL_INT}, "2026-03-02", "/entries/1/productId"},
               {{weekdays_only, soup, 41}, "2026-03-02", "/entries/1/portions"},
               {{weekdays_only, cake, FF_NULL_INT}, "2026-03-07", "/entries/1/windowId"},
               {{lunch, cake, FF_NULL_INT}, "2026-03-01", "/date"},
               {{lunch, cake, FF_NULL_INT}, "2026-02-30", "/date"}};
    struct ff_menu menu;
    ck_assert_int_eq(set("2026-03-02", good, 3, &menu), FF_OK);
    for (int i = 0; i < FF_ROWS(bad); i++) {
        const struct ff_menu_entry tray[] = {{lunch, soup, 40}, bad[i].entry};
        ck_assert_int_eq(set(bad[i].date, tray, 2, &menu), FF_VALIDATION);
        ck_assert_str_eq(fx.cx.err.fields[0].pointer, bad[i].at);
    }
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_read(&fx.cx, NULL, NULL, &menu), FF_OK);
    ck_assert_str_eq(menu.from, "2026-03-02");
    ck_assert_str_eq(menu.to, "2026-03-09");
    ck_assert_uint_eq(menu.days.n, 1);
    const struct ff_menu_day *day = menu.days.items;
    const struct ff_menu_window *w = day->windows.items;
    ck_assert_uint_eq(day->windows.n, 2);
    ck_assert_str_eq(w[0].name, "Breakfast");
    ck_assert_int_eq(w[0].open, 0);
    ck_assert_int_eq(w[1].open, 1);
    ck_assert_uint_eq(w[1].items.n, 2);
    const struct ff_menu_item *items = w[1].items.items;
    ck_assert_int_eq(items[1].planned, 40);
    ck_assert_int_eq(items[1].left, 40);
    ck_assert_int_eq(items[0].planned, FF_NULL_INT);
    ck_assert_int_eq(set("2026-03-02", good, 0, &menu), FF_OK);
    ck_assert_uint_eq(menu.days.n, 0);
}
END_TEST

START_TEST(a_week_is_copied_with_its_portions)
{
    const struct ff_menu_entry monday = {lunch, soup, 40};
    struct ff_menu menu;
    ck_assert_int_eq(set("2026-03-02", &monday, 1, &menu), FF_OK);
    serve("2026-03-06", lunch, cake);
    serve("2026-03-10", lunch, cake); /* goes: that week is replaced */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_copy(&fx.cx, "2026-03-02", "2026-03-09", &menu), FF_OK);
    ck_assert_uint_eq(menu.days.n, 2);
    const struct ff_menu_day *day = menu.days.items;
    ck_assert_str_eq(day[0].date, "2026-03-09");
    ck_assert_str_eq(day[1].date, "2026-03-13");
    const struct ff_menu_window *w = day[0].windows.items;
    ck_assert_int_eq(((const struct ff_menu_item *)w->items.items)->planned, 40);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_copy(&fx.cx, "2026-03-02", "2026-03-10", &menu), FF_VALIDATION);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_copy(&fx.cx, "2026-03-02", "2026-03-02", &menu), FF_VALIDATION);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_copy(&fx.cx, "2026-03-09", "2026-02-23", &menu), FF_VALIDATION);
}
END_TEST

static enum ff_rc import(const char *text, bool dry_run, struct ff_import_result *out)
{
    const struct ff_import_file file = {.text = text, .n = strlen(text), .dry_run = dry_run};
    ff_fixture_again(&fx);
    return ff_menu_import(&fx.cx, &file, out);
}

static int64_t entries(void)
{
    return ff_test_number(&fx, "SELECT COUNT(*) FROM menu_entry");
}

START_TEST(a_file_replaces_the_days_that_it_names)
{
    static const char file[] = "date,window,product,portions\n"
                               "2026-03-09,Lunch,Soup,25\n2026-03-09,lunch,Cake,\n";
    struct ff_import_result result = {0};
    struct ff_text text;
    serve("2026-03-09", lunch, cake);
    serve("2026-03-10", lunch, cake);
    ck_assert_int_eq(import(file, true, &result), FF_OK);
    ck_assert_int_eq(result.created, 2);
    ck_assert_int_eq(entries(), 2);
    ck_assert_int_eq(import(file, false, &result), FF_OK);
    ck_assert_int_eq(entries(), 3);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_export(&fx.cx, "2026-03-09", "2026-03-11", &text), FF_OK);
    ck_assert_str_eq(text.text, "date,window,product,portions\r\n2026-03-09,Lunch,Cake,\r\n"
                                "2026-03-09,Lunch,Soup,25\r\n2026-03-10,Lunch,Cake,\r\n");
}
END_TEST

START_TEST(a_file_with_bad_rows_names_them_and_changes_nothing)
{
    static const char file[] = "date,window,product,portions\n"
                               "2026-03-09,Lunch,Soup,25\n"
                               "2026-03-09,Lunch,Soup,25\n"
                               "2026-03-09,Supper,Soup,25\n"
                               "2026-03-09,Lunch,Caviar,\n"
                               "2026-03-01,Lunch,Soup,\n";
    static const char *const at_rows[] = {"/line/3/product", "/line/4/window", "/line/5/product",
                                          "/line/6/date"};
    struct ff_import_result result = {0};
    serve("2026-03-09", lunch, cake);
    ck_assert_int_eq(import(file, false, &result), FF_IMPORT_ROWS);
    ck_assert_uint_eq(fx.cx.err.n_fields, FF_ROWS(at_rows));
    for (int i = 0; i < FF_ROWS(at_rows); i++)
        ck_assert_str_eq(fx.cx.err.fields[i].pointer, at_rows[i]);
    ck_assert_int_eq(entries(), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM portion_day"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("menu");
    TCase *t = tcase_create("menu");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_window_lies_within_a_day_and_has_a_name_of_its_own);
    tcase_add_test(t, a_window_that_a_menu_names_stays);
    tcase_add_test(t, served_from_the_first_minute_and_no_longer_in_the_last);
    tcase_add_test(t, the_hands_of_the_clock_count_when_it_is_put_forward);
    tcase_add_test(t, an_hour_that_comes_twice_is_served_twice);
    tcase_add_test(t, a_window_that_no_longer_serves_on_a_day_is_shut);
    tcase_add_test(t, a_night_belongs_to_the_day_it_began_in);
    tcase_add_test(t, the_shelf_says_until_when_it_is_right);
    tcase_add_test(t, a_shelf_without_such_products_does_not_depend_on_the_time);
    tcase_add_test(t, a_day_is_replaced_whole_or_not_at_all);
    tcase_add_test(t, a_week_is_copied_with_its_portions);
    tcase_add_test(t, a_file_replaces_the_days_that_it_names);
    tcase_add_test(t, a_file_with_bad_rows_names_them_and_changes_nothing);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
