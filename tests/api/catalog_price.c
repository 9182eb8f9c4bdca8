/* SPDX-License-Identifier: MIT */
/* catalog_price.c - prices over time: the history, planned ones at the turn of a day, many changed
 * at once. Monday, 2 March 2026, 12:45 in Budapest. */
#include <stdlib.h>
#include <time.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/money.h"
#include "cache/lru.h"
#include "domain/catalog/price.h"
#include "domain/site/site.h"

static struct ff_fixture fx;
static int64_t cola;

#define JUST_AFTER_MIDNIGHT INT64_C(1772492400001) /* 3 March, 00:00:00.001 in Budapest */

static void setup(void)
{
    ff_fixture_open(&fx);
    cola = ff_fixture_product(&fx, "Cola", 300);
    ff_fixture_person(&fx, "E1", "Anna", 5000);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc set(int64_t price, const char *from)
{
    struct ff_price p;
    ff_fixture_again(&fx);
    return ff_price_set(&fx.cx, cola, price, from, &p);
}

/* "300* 320@2026-03-03": planned ones with their day, the newest first. */
static const char *history(void)
{
    struct ff_list lines;
    int64_t total;
    static char text[256];
    size_t used = 0;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_history(&fx.cx, cola, 1, 100, &lines, &total), FF_OK);
    ck_assert_int_eq(total, (int64_t)lines.n);
    text[0] = '\0';
    for (size_t i = 0; i < lines.n; i++) {
        const struct ff_price *p = (const struct ff_price *)lines.items + i;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%lld@%s%s", i ? " " : "",
                                 (long long)p->price, p->valid_from, p->planned ? "?" : "");
    }
    return text;
}

static int64_t price_now(void)
{
    return ff_test_number(&fx, "SELECT price_minor FROM product WHERE id = 1");
}

static struct ff_answer call(const char *method, const char *target, const char *body)
{
    return ff_call(
        &fx, &(struct ff_call){.method = method, .target = target, .body = body, .cli = true});
}

static int64_t buy(const char *key)
{
    struct ff_purchase p;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, 1, cola, 1, key, &p), FF_OK);
    return p.total;
}

START_TEST(each_price_leaves_a_line)
{
    struct ff_product p;
    const struct ff_product_in dearer = {.set = 1u << FF_PRODUCT_PRICE, .price = 320};
    const struct ff_product_in other = {.set = 1u << FF_PRODUCT_SORT, .sort = 3};
    ck_assert_str_eq(history(), "300@2026-03-02");
    ck_assert_int_eq(ff_product_change(&fx.cx, cola, 1, &dearer, &p), FF_OK);
    ck_assert_int_eq(ff_product_change(&fx.cx, cola, 2, &other, &p), FF_OK);
    ck_assert_int_eq(ff_product_change(&fx.cx, cola, 3, &dearer, &p), FF_OK); /* the same */
    ck_assert_str_eq(history(), "320@2026-03-02 300@2026-03-02");
    ck_assert_int_eq(set(330, NULL), FF_OK);
    ck_assert_int_eq(set(340, "2026-03-02"), FF_OK); /* today is at once */
    ck_assert_str_eq(history(), "340@2026-03-02 330@2026-03-02 320@2026-03-02 300@2026-03-02");
    ck_assert_int_eq(price_now(), 340);
}
END_TEST

START_TEST(a_purchase_right_after_midnight_pays_the_new_price)
{
    ck_assert_int_eq(set(320, "2026-03-03"), FF_OK);
    ck_assert_str_eq(history(), "320@2026-03-03? 300@2026-03-02");
    ck_assert_int_eq(buy("before-midnight-1"), 300);
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT - 2));
    ck_assert_int_eq(buy("before-midnight-2"), 300);
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT));
    ck_assert_int_eq(buy("after-midnight-1"), 320); /* nothing has run in between */
    ck_assert_int_eq(price_now(), 320);
    ck_assert_str_eq(history(), "320@2026-03-03 300@2026-03-02");
}
END_TEST

START_TEST(a_purchase_asks_nothing_more_for_planned_prices)
{
    buy("no-plan-here-0001"); /* makes the month */
    buy("no-plan-here-0002"); /* from here on what a sale asks for is kept */
    buy("no-plan-here-0003");
    unsigned plain = fx.cx.statements;
    ck_assert_int_eq(set(320, "2026-03-09"), FF_OK);
    buy("a-plan-is-made-01"); /* the first one looks */
    buy("a-plan-is-made-02");
    ck_assert_uint_eq(fx.cx.statements, plain);
}
END_TEST

START_TEST(a_refused_purchase_does_not_lose_the_new_price)
{
    ck_assert_int_eq(set(320, "2026-03-03"), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT));
    struct ff_answer a =
        ff_call(&fx, &(struct ff_call){.method = "POST",
                                       .target = "/api/v1/purchases",
                                       .key = "with-the-old-total",
                                       .body = "{\"items\":[{\"productId\":1,\"quantity\":1}],"
                                               "\"expectedTotal\":300,\"employeeId\":1}",
                                       .cli = true});
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_PRICE_CHANGED");
    ck_assert_int_eq(price_now(), 300); /* taken back with it */
    a = call("GET", "/api/v1/products/1", NULL);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "price"), "320");
    ck_assert_int_eq(buy("after-midnight-2"), 320);
}
END_TEST

/* What is kept in memory is yesterday's. */
START_TEST(the_first_reading_of_the_day_has_the_new_price)
{
    fx.cache = ff_lru_new(1 << 20);
    ck_assert_int_eq(set(320, "2026-03-03"), FF_OK);
    for (int i = 0; i < 2; i++) {
        struct ff_answer a = call("GET", "/api/v1/kiosk/catalogue", NULL);
        ck_assert_str_eq(ff_answer_member(&fx, &a, "price"), "300");
    }
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT));
    struct ff_answer a = call("GET", "/api/v1/kiosk/catalogue", NULL);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "price"), "320");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "version"), "1"); /* of the category */
    a = call("GET", "/api/v1/products/1", NULL);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "ETag"), "\"v2\"");
    ff_lru_free(fx.cache);
    fx.cache = NULL;
}
END_TEST

START_TEST(a_planned_price_is_recorded_in_the_name_of_who_planned_it)
{
    ff_test_change(&fx, "INSERT INTO user_account (id, email, name, role, password_hash, "
                        "created_at_ms) VALUES (7, 'b@x.org', 'Boss', 'admin', 'x', 0)");
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
    fx.cx.who.user_id = 7;
    struct ff_price p;
    ck_assert_int_eq(ff_price_set(&fx.cx, cola, 320, "2026-03-03", &p), FF_OK);
    ck_assert_str_eq(p.set_by, "Boss");
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT));
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, 1);
    fx.cx.who.user_id = 9;
    ck_assert_int_eq(buy("somebody-elses-key"), 320);
    ck_assert_int_eq(fx.cx.who.user_id, 9);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT user_id FROM audit WHERE action = 'product.price'"), 7);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT user_id FROM audit WHERE action = 'product.plan'"),
                     7);
}
END_TEST

START_TEST(a_planned_price_can_be_taken_back_until_it_begins)
{
    struct ff_price p;
    ck_assert_int_eq(ff_price_set(&fx.cx, cola, 320, "2026-03-03", &p), FF_OK);
    ck_assert_int_eq(set(330, "2026-03-03"), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Cola");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_cancel(&fx.cx, 4711, p.id), FF_NOT_FOUND);
    ck_assert_int_eq(ff_price_cancel(&fx.cx, cola, p.id), FF_OK);
    ck_assert_int_eq(ff_price_cancel(&fx.cx, cola, p.id), FF_NOT_FOUND);
    ck_assert_int_eq(set(330, "2026-03-03"), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT));
    ck_assert_int_eq(buy("after-midnight-3"), 330);
    int64_t id = ff_test_number(&fx, "SELECT max(id) FROM product_price");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_cancel(&fx.cx, cola, id), FF_NOT_FOUND);
}
END_TEST

START_TEST(several_days_that_nobody_came_begin_in_their_order)
{
    ck_assert_int_eq(set(330, "2026-03-05"), FF_OK);
    ck_assert_int_eq(set(320, "2026-03-04"), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + INT64_C(10) * 86400000));
    ck_assert_int_eq(ff_price_tend(&fx.cx), FF_OK);
    ck_assert_int_eq(price_now(), 330);
    ck_assert(!ff_price_is_due(&fx.cx) || ff_site_next_day(&fx.cx) == FF_SITE_NOT_KNOWN);
    ck_assert_int_eq(ff_price_tend(&fx.cx), FF_OK);
    ck_assert(!ff_price_is_due(&fx.cx));
}
END_TEST

static const struct {
    const char *zone;
    int ahead; /* hours */
} zones[] = {{"<+14>-14", 14}, {"<+01>-1", 1}, {"UTC0", 0}, {"<-12>12", -12}};

START_TEST(a_price_is_due_from_the_first_moment_of_its_day)
{
    const int64_t march_5 = INT64_C(1772668800000);
    const int64_t start = march_5 - zones[_i].ahead * INT64_C(3600000);
    ck_assert_int_eq(setenv("TZ", zones[_i].zone, 1), 0);
    tzset();
    ck_assert_int_eq(set(330, "2026-03-05"), FF_OK);
    ck_assert_int_eq(ff_price_tend(&fx.cx), FF_OK);
    ck_assert(!ff_price_is_due(&fx.cx));
    ck_assert(ff_clock_advance_to(fx.clock, start - 1));
    ck_assert(!ff_price_is_due(&fx.cx));
    ck_assert(ff_clock_advance_to(fx.clock, start));
    ck_assert(ff_price_is_due(&fx.cx));
    setenv("TZ", "Europe/Budapest", 1);
    tzset();
}
END_TEST

START_TEST(a_price_begins_today_or_later_but_not_too_late)
{
    ck_assert_int_eq(set(320, "2026-03-01"), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/validFrom", "RANGE");
    ck_assert_int_eq(set(320, "2028-03-02"), FF_OK);
    ck_assert_int_eq(set(320, "2028-03-04"), FF_VALIDATION);
    struct ff_price p;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_set(&fx.cx, 4711, 320, NULL, &p), FF_NOT_FOUND);
}
END_TEST

/* ---- many at once ---- */

static const struct ff_reprice_new nothing = {.category_id = FF_NULL_INT,
                                              .percent = FF_NULL_INT,
                                              .amount = FF_NULL_INT,
                                              .round_to = FF_NULL_INT,
                                              .dry_run = FF_NULL_INT};

static const struct {
    int64_t price, percent, amount, round_to, expected;
} sums[] = {
    {300, 50000, FF_NULL_INT, FF_NULL_INT, 315},
    {299, 50000, FF_NULL_INT, FF_NULL_INT, 314},
    {299, 50000, FF_NULL_INT, 5, 315},
    {299, 50000, FF_NULL_INT, 10, 310},
    {10, 50000, FF_NULL_INT, FF_NULL_INT, 11},
    {9, 50000, FF_NULL_INT, FF_NULL_INT, 9},
    {300, -900000, FF_NULL_INT, FF_NULL_INT, 30},
    {300, FF_NULL_INT, 20, FF_NULL_INT, 320},
    {300, FF_NULL_INT, -20, 50, 300},
    {300, FF_NULL_INT, -25, 50, 300},
    {300, FF_NULL_INT, -26, 50, 250},
    {300, FF_NULL_INT, -300, FF_NULL_INT, 0},
    {300, FF_NULL_INT, -900, FF_NULL_INT, 0},
    {300, 10000000, FF_NULL_INT, 1000, 3000},
    {900000, 10000000, FF_NULL_INT, FF_NULL_INT, 0},
    {100, -900000, FF_NULL_INT, 100, 0},
    {1000000, FF_NULL_INT, 1, FF_NULL_INT, 0},
};

START_TEST(a_price_is_rounded_halves_up_and_stays_in_its_bounds)
{
    struct ff_reprice_new in = nothing;
    struct ff_reprice done;
    ck_assert_int_eq(set(sums[_i].price, NULL), FF_OK);
    in.percent = sums[_i].percent;
    in.amount = sums[_i].amount;
    in.round_to = sums[_i].round_to;
    ff_fixture_again(&fx);
    enum ff_rc rc = ff_price_change(&fx.cx, &in, &done);
    ck_assert_int_eq(rc, sums[_i].expected ? FF_OK : FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(price_now(), sums[_i].expected ? sums[_i].expected : sums[_i].price);
}
END_TEST

START_TEST(many_prices_change_together_or_not_at_all)
{
    struct ff_reprice_new in = nothing;
    struct ff_reprice done;
    ff_fixture_product(&fx, "Tea", 2);
    ff_fixture_product(&fx, "Cake", 1);
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_VALIDATION);
    ff_fixture_again(&fx);
    in.amount = -1;
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Cake");
    ck_assert_int_eq(price_now(), 300);
    in.amount = FF_NULL_INT;
    in.percent = 100000;
    in.dry_run = 1;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_OK);
    ck_assert_uint_eq(done.items.n, 1);
    ck_assert_int_eq(done.same, 2);
    const struct ff_repriced *item = done.items.items;
    ck_assert_int_eq(item->before, 300);
    ck_assert_int_eq(item->after, 330);
    ck_assert_int_eq(price_now(), 300);
    in.dry_run = 0;
    in.category_id = 2; /* nothing is in it */
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_OK);
    ck_assert_uint_eq(done.items.n, 0);
    in.category_id = 99;
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_VALIDATION);
    ff_fixture_again(&fx);
    in.category_id = 1;
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_OK);
    ck_assert_int_eq(price_now(), 330);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'product.reprice'"), 1);
}
END_TEST

START_TEST(many_prices_can_begin_on_a_day)
{
    struct ff_reprice_new in = nothing;
    struct ff_reprice done;
    ff_fixture_product(&fx, "Tea", 200);
    in.percent = 100000;
    in.valid_from = "2026-03-03";
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_OK);
    ck_assert_str_eq(done.valid_from, "2026-03-03");
    ck_assert_int_eq(price_now(), 300);
    ck_assert_int_eq(ff_price_change(&fx.cx, &in, &done), FF_ALREADY_EXISTS);
    ck_assert(ff_clock_advance_to(fx.clock, JUST_AFTER_MIDNIGHT));
    ck_assert_int_eq(buy("after-midnight-4"), 330);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT price_minor FROM product WHERE id = 2"), 220);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_price");
    TCase *cases = tcase_create("price");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, each_price_leaves_a_line);
    tcase_add_test(cases, a_purchase_right_after_midnight_pays_the_new_price);
    tcase_add_test(cases, a_purchase_asks_nothing_more_for_planned_prices);
    tcase_add_test(cases, a_refused_purchase_does_not_lose_the_new_price);
    tcase_add_test(cases, the_first_reading_of_the_day_has_the_new_price);
    tcase_add_test(cases, a_planned_price_is_recorded_in_the_name_of_who_planned_it);
    tcase_add_test(cases, a_planned_price_can_be_taken_back_until_it_begins);
    tcase_add_test(cases, several_days_that_nobody_came_begin_in_their_order);
    tcase_add_loop_test(cases, a_price_is_due_from_the_first_moment_of_its_day, 0,
                        (int)(sizeof zones / sizeof zones[0]));
    tcase_add_test(cases, a_price_begins_today_or_later_but_not_too_late);
    tcase_add_loop_test(cases, a_price_is_rounded_halves_up_and_stays_in_its_bounds, 0,
                        FF_ROWS(sums));
    tcase_add_test(cases, many_prices_change_together_or_not_at_all);
    tcase_add_test(cases, many_prices_can_begin_on_a_day);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
