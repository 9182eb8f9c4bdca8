/* SPDX-License-Identifier: MIT */
/* production.c - the kitchen's list: planned and sold by product and window, by the clock of the
 * purchase, less nothing: what was taken back since stands beside it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/menu/production.h"
#include "domain/stock/stock.h"

static struct ff_fixture fx;
static int64_t anna, soup, cake, tea, breakfast, lunch, next_key;

static int64_t make_window(const char *name, const char *from, const char *to)
{
    const struct ff_window_in in = {.set = 7, .name = name, .from = from, .to = to};
    struct ff_serving_window w = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_window_create(&fx.cx, &in, &w), FF_OK);
    return w.id;
}

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 1000000);
    soup = ff_fixture_product(&fx, "Soup", 300);
    cake = ff_fixture_product(&fx, "Cake", 100);
    tea = ff_fixture_product(&fx, "Tea, black", 50);
    breakfast = make_window("Breakfast", "07:00", "09:00");
    lunch = make_window("Lunch", "11:30", "14:00");
    next_key = 100;
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static int64_t buy(int64_t product, int64_t n)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, product, n, ff_test_key(next_key++), &p), FF_OK);
    return p.id;
}

static void at(const char *instant)
{
    int64_t ms = 0;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
}

/* Cake at breakfast and lunch, soup at lunch, 40 of it; tomorrow. */
static void plan(void)
{
    struct ff_menu_entry entries[] = {
        {breakfast, cake, FF_NULL_INT}, {lunch, cake, FF_NULL_INT}, {lunch, soup, 40}};
    const struct ff_list list = {entries, 3};
    struct ff_menu menu;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_menu_set(&fx.cx, "2026-03-03", &list, &menu), FF_OK);
}

static const struct ff_production *read_list(const char *date)
{
    static struct ff_production p;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_production_read(&fx.cx, date, &p), FF_OK);
    return &p;
}

static void check_row(const struct ff_production *p, size_t i, const char *window,
                      const char *product, const int64_t numbers[5])
{
    ck_assert_uint_gt(p->rows.n, i);
    const struct ff_production_row *r = (const struct ff_production_row *)p->rows.items + i;
    ck_assert_str_eq(r->window ? r->window : "", window);
    ck_assert_str_eq(r->product, product);
    ck_assert_int_eq(r->planned, numbers[0]);
    ck_assert_int_eq(r->left, numbers[1]);
    ck_assert_int_eq(r->sold, numbers[2]);
    ck_assert_int_eq(r->undone, numbers[3]);
    ck_assert_int_eq(r->refunded, numbers[4]);
}

#define NUMBERS(...) ((const int64_t[5]){__VA_ARGS__})
#define NONE         FF_NULL_INT

START_TEST(a_plan_alone_is_the_order_of_the_kitchen)
{
    struct ff_portions portions;
    plan();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_portions_set(&fx.cx, tea, "2026-03-03", 9, &portions), FF_OK);
    const struct ff_production *p = read_list("2026-03-03");
    ck_assert_uint_eq(p->rows.n, 4);
    check_row(p, 0, "Breakfast", "Cake", NUMBERS(NONE, NONE, 0, 0, 0));
    check_row(p, 1, "Lunch", "Cake", NUMBERS(NONE, NONE, 0, 0, 0));
    check_row(p, 2, "Lunch", "Soup", NUMBERS(40, 40, 0, 0, 0));
    check_row(p, 3, "", "Tea, black", NUMBERS(9, 9, 0, 0, 0));
    ck_assert_uint_eq(read_list(NULL)->rows.n, 0);
}
END_TEST

START_TEST(a_sale_belongs_to_the_window_of_its_minute)
{
    struct ff_undo undo;
    struct ff_text text;
    plan();
    buy(soup, 7); /* today: not in tomorrow's list */
    at("2026-03-03T07:59:59Z");
    buy(cake, 2); /* 08:59 */
    at("2026-03-03T08:00:00Z");
    buy(cake, 1); /* 09:00: between the windows */
    at("2026-03-03T10:30:00Z");
    buy(soup, 3);
    const int64_t wrong = buy(soup, 2);
    const int64_t cold = buy(cake, 4);
    buy(tea, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, wrong, ff_test_key(1), &undo), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, cold, ff_test_key(2)), FF_OK);
    const struct ff_production *p = read_list("2026-03-03");
    ck_assert_uint_eq(p->rows.n, 5);
    check_row(p, 0, "Breakfast", "Cake", NUMBERS(NONE, NONE, 2, 0, 0));
    check_row(p, 1, "Lunch", "Cake", NUMBERS(NONE, NONE, 4, 0, 4));
    check_row(p, 2, "Lunch", "Soup", NUMBERS(40, 37, 5, 2, 0));
    check_row(p, 3, "", "Cake", NUMBERS(NONE, NONE, 1, 0, 0));
    check_row(p, 4, "", "Tea, black", NUMBERS(NONE, NONE, 1, 0, 0));
    ck_assert_int_eq(p->sold, 13);
    ck_assert_int_eq(p->undone, 2);
    ck_assert_int_eq(p->refunded, 4);
    ck_assert_int_eq(ff_production_csv(&fx.cx, p, &text), FF_OK);
    ck_assert_str_eq(text.text, "date,window,product,planned,left,sold,undone,refunded\r\n"
                                "2026-03-03,Breakfast,Cake,,,2,0,0\r\n"
                                "2026-03-03,Lunch,Cake,,,4,0,4\r\n"
                                "2026-03-03,Lunch,Soup,40,37,5,2,0\r\n"
                                "2026-03-03,,Cake,,,1,0,0\r\n"
                                "2026-03-03,,\"Tea, black\",,,1,0,0\r\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("production");
    TCase *t = tcase_create("production");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, a_plan_alone_is_the_order_of_the_kitchen);
    tcase_add_test(t, a_sale_belongs_to_the_window_of_its_minute);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
