/* SPDX-License-Identifier: MIT */
/* report_people.c - what people spent in a month, who is low, who owes since when, and one person's
 * totals: the same before and after the sums are made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/report/people.h"
#include "domain/report/person.h"
#include "domain/report/product_sales.h"
#include "domain/report/rollup.h"

static struct ff_fixture fx;
static int64_t anna, bela, cili, soup, cake, next_key;

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
    ff_fixture_again(&fx);
}

static int64_t instant(const char *text)
{
    int64_t ms;
    ck_assert(ff_instant_parse(text, &ms));
    return ms;
}

static int64_t buy(int64_t who, int64_t what, int64_t n)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, what, n, ff_test_key(next_key++), &p), FF_OK);
    return p.id;
}

static void roll(void)
{
    for (bool more = true; more;) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    }
    ff_fixture_again(&fx);
}

/* Anna buys for 700 and 199 in March and gives 350 back in April, then buys for 350; Bela (Lab)
 * buys for 597 in March and undoes it at once; Cili buys nothing. */
static void open_all(void)
{
    struct ff_undo u;
    ff_fixture_open(&fx);
    next_key = 100;
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 10000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 10000);
    cili = ff_fixture_person(&fx, "E3", "Cili Tot", 300);
    soup = ff_fixture_product(&fx, "Soup", 350);
    cake = ff_fixture_product(&fx, "Cake", 199);
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1, 'Lab', 'lab');"
                        "UPDATE employee SET department_id = 1 WHERE id = 2;"
                        "UPDATE employee SET monthly_limit_minor = 5000 WHERE id = 1");
    at("2026-03-20T11:00:00Z");
    (void)buy(anna, soup, 2);
    const int64_t undone = buy(bela, cake, 3);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, undone, ff_test_key(1), &u), FF_OK);
    const int64_t back = buy(anna, cake, 1);
    at("2026-04-02T11:00:00Z");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, back, ff_test_key(2)), FF_OK);
    (void)buy(anna, soup, 1);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static const struct ff_consumption *consumption(const char *month, const char *sort, size_t n)
{
    const struct ff_consumption_filter f = {.list = {.page = 1, .limit = 10, .sort = sort},
                                            .month = month};
    struct ff_list rows;
    int64_t total;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_consumption(&fx.cx, &f, &rows, &total), FF_OK);
    ck_assert_uint_eq(rows.n, n);
    ck_assert_int_eq(total, (int64_t)n);
    return rows.items;
}

static void check_consumption(void)
{
    const struct ff_consumption *c = consumption("2026-03", NULL, 3);
    ck_assert_str_eq(c[0].name, "Anna Nagy");
    ck_assert_int_eq(c[0].spent, 700); /* what came back in April counts for March */
    ck_assert_int_eq(c[0].limit, 5000);
    ck_assert_int_eq(c[0].remaining, 4300);
    ck_assert_int_eq(c[0].purchases, 2);
    ck_assert_int_eq(c[0].refunds, 1);
    ck_assert_int_eq(c[1].spent, 0);
    ck_assert_int_eq(c[1].purchases, 1);
    ck_assert_int_eq(c[1].undone, 1);
    ck_assert_int_eq(c[1].limit, FF_NULL_INT);
    ck_assert_int_eq(c[1].remaining, FF_NULL_INT);
    c = consumption(NULL, "-spent", 3); /* April: now */
    ck_assert_int_eq(c[0].employee_id, anna);
    ck_assert_int_eq(c[0].spent, 350);
    c = consumption("2026-03", "remaining,-name", 3);
    ck_assert_int_eq(c[0].employee_id, anna); /* a limit is below none */
    ck_assert_int_eq(c[1].employee_id, cili);
    c = consumption("2025-12", "-id", 3);
    ck_assert_int_eq(c[0].employee_id, cili);
    ck_assert_int_eq(c[2].spent, 0);
}

START_TEST(spent_by_month_before_and_after_the_sums)
{
    check_consumption();
    roll();
    check_consumption();
    at("2026-04-03T11:00:00Z");
    roll();
    check_consumption();
}
END_TEST

START_TEST(who_left_stays_in_the_months_of_their_purchases)
{
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE id IN (1, 3)");
    ck_assert_int_eq(consumption("2026-03", NULL, 2)[0].employee_id, anna);
    (void)consumption("2026-02", NULL, 1);
}
END_TEST

START_TEST(a_limit_is_the_own_else_the_groups_else_the_sites)
{
    struct ff_person_stats s;
    ff_test_change(&fx, "UPDATE site SET monthly_limit_minor = 900;"
                        "INSERT INTO customer_group (id, name, name_fold, monthly_limit_minor) "
                        "VALUES (1, 'Guests', 'guests', 700);"
                        "UPDATE employee SET group_id = 1 WHERE id IN (1, 2)");
    const struct ff_consumption *c = consumption("2026-03", "name", 3);
    ck_assert_int_eq(c[0].limit, 5000);
    ck_assert_int_eq(c[1].limit, 700);
    ck_assert_int_eq(c[2].limit, 900);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_person(&fx.cx, bela, &s), FF_OK);
    ck_assert_int_eq(s.monthly_limit, 700);
}
END_TEST

/* I13 for months that are over: the counter is what the entries say. */
START_TEST(invariant_13_months_equal_the_wallets_entries)
{
    static const char sql[] =
        "SELECT COALESCE(SUM(-n.amount_minor), 0) FROM entry n JOIN account a ON a.id = "
        "n.account_id AND a.kind = 'wallet' JOIN journal j ON j.id = n.journal_id JOIN journal o "
        "ON o.id = CASE WHEN j.kind = 'purchase' THEN j.id ELSE j.reverses_id END WHERE j.kind IN "
        "('purchase', 'void', 'refund') AND o.kind = 'purchase' AND substr(o.business_date, 1, 7) "
        "= '2026-%02d'";
    char text[600];
    at("2026-04-03T11:00:00Z");
    roll();
    for (int month = 3; month <= 4; month++) {
        const struct ff_consumption *c = consumption(month == 3 ? "2026-03" : "2026-04", NULL, 3);
        int64_t spent = 0;
        for (size_t i = 0; i < 3; i++)
            spent += c[i].spent;
        snprintf(text, sizeof text, sql, month);
        ck_assert_int_eq(spent, ff_test_number(&fx, text));
    }
}
END_TEST

START_TEST(a_month_is_a_month)
{
    static const char *const bad[] = {"2026-13", "2026-3", "26-03-1", "2026-0a", "2026-00"};
    const struct ff_consumption_filter f = {.list = {.page = 1, .limit = 10}, .month = bad[_i]};
    struct ff_list rows;
    int64_t total;
    ck_assert_int_eq(ff_report_consumption(&fx.cx, &f, &rows, &total), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "?month", "PATTERN");
}
END_TEST

START_TEST(a_manager_sees_the_own_people)
{
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 1;
    const struct ff_consumption_filter f = {.list = {.page = 1, .limit = 10}, .month = "2026-03"};
    struct ff_person_stats s;
    struct ff_list rows;
    int64_t total;
    ck_assert_int_eq(ff_report_consumption(&fx.cx, &f, &rows, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    ck_assert_int_eq(((const struct ff_consumption *)rows.items)->employee_id, bela);
    ck_assert_int_eq(ff_report_person(&fx.cx, bela, &s), FF_OK);
    ck_assert_int_eq(ff_report_person(&fx.cx, anna, &s), FF_NOT_FOUND);
}
END_TEST

/* ---- balances ---- */

static const struct ff_balance_row *balances(int64_t below, bool with_gone, size_t n)
{
    const struct ff_balance_filter f = {
        .list = {.page = 1, .limit = 10}, .below = below, .with_gone = with_gone};
    struct ff_list rows;
    int64_t total;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_balances(&fx.cx, &f, &rows, &total), FF_OK);
    ck_assert_uint_eq(rows.n, n);
    ck_assert_int_eq(total, (int64_t)n);
    return rows.items;
}

START_TEST(low_is_below_and_active)
{
    const struct ff_balance_row *b = balances(301, false, 1);
    ck_assert_int_eq(b->employee_id, cili);
    ck_assert_int_eq(b->balance, 300);
    ck_assert_int_eq(b->since, FF_NULL_INT);
    (void)balances(300, false, 0);
    (void)balances(100000, false, 3);
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE id = 3");
    (void)balances(301, false, 0);
}
END_TEST

START_TEST(a_debt_begins_when_the_balance_went_below_zero_last)
{
    struct ff_movement t;
    struct ff_text text;
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -2000");
    (void)balances(0, true, 0);
    at("2026-04-03T10:00:00Z");
    (void)buy(cili, cake, 2); /* -98 */
    at("2026-04-04T10:00:00Z");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, cili, 98, ff_test_key(50), &t), FF_OK); /* 0 */
    (void)balances(0, true, 0);
    at("2026-04-05T10:00:00Z");
    (void)buy(cili, cake, 1); /* -199 */
    at("2026-04-06T10:00:00Z");
    (void)buy(cili, cake, 1); /* -398 */
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE id = 3");
    const struct ff_balance_row *b = balances(0, true, 1);
    ck_assert_int_eq(b->balance, -398);
    ck_assert_int_eq(b->spendable, 1602);
    ck_assert_int_eq(b->since, instant("2026-04-05T10:00:00Z"));
    ck_assert_int_eq(b->active, 0);
    const struct ff_balance_filter f = {.list = {.page = 1, .limit = 10}, .with_gone = true};
    ck_assert_int_eq(ff_report_balances_csv(&fx.cx, &f, 2, &text), FF_OK);
    ck_assert_str_eq(text.text, "employeeNumber,name,department,balance,since\r\n"
                                "E3,Cili Tot,,-3.98,2026-04-05T10:00:00.000Z\r\n");
}
END_TEST

/* ---- one person ---- */

static void check_anna(void)
{
    struct ff_person_stats s;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_person(&fx.cx, anna, &s), FF_OK);
    ck_assert_str_eq(s.number, "E1");
    ck_assert_int_eq(s.spent_this_month, 350);
    ck_assert_int_eq(s.spent_last_month, 700);
    ck_assert_int_eq(s.spent_this_year, 1050);
    ck_assert_int_eq(s.spent, 1050);
    ck_assert_int_eq(s.monthly_limit, 5000);
    ck_assert_int_eq(s.remaining, 4650);
    ck_assert_int_eq(s.purchases, 3);
    ck_assert_int_eq(s.undone, 0);
    ck_assert_int_eq(s.refunds, 1);
    ck_assert_int_eq(s.first_purchase_at, instant("2026-03-20T11:00:00Z"));
    ck_assert_int_eq(s.last_purchase_at, instant("2026-04-02T11:00:00Z"));
    ck_assert_uint_eq(s.months.n, 2);
    ck_assert_str_eq(((const struct ff_person_month *)s.months.items)[0].month, "2026-04");
    ck_assert_uint_eq(s.products.n, 1); /* the cake came back */
    ck_assert_int_eq(((const struct ff_person_product *)s.products.items)[0].pieces, 3);
    ck_assert_int_eq(((const struct ff_person_product *)s.products.items)[0].gross, 1050);
}

START_TEST(a_persons_totals_before_and_after_the_sums)
{
    struct ff_person_stats s;
    check_anna();
    roll();
    check_anna();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_person(&fx.cx, bela, &s), FF_OK);
    ck_assert_int_eq(s.spent, 0);
    ck_assert_int_eq(s.undone, 1);
    ck_assert_uint_eq(s.products.n, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_person(&fx.cx, cili, &s), FF_OK);
    ck_assert_int_eq(s.first_purchase_at, FF_NULL_INT);
    ck_assert_uint_eq(s.months.n, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_person(&fx.cx, 99, &s), FF_NOT_FOUND);
}
END_TEST

START_TEST(own_totals_are_own)
{
    struct ff_person_stats s;
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, cili);
    ck_assert_int_eq(ff_report_person(&fx.cx, cili, &s), FF_OK);
    ck_assert_int_eq(ff_report_person(&fx.cx, anna, &s), FF_NOT_FOUND);
}
END_TEST

/* ---- products ---- */

START_TEST(the_best_come_first)
{
    struct ff_popular_report r;
    for (int i = 0; i < 2; i++) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_report_popular(&fx.cx, "2026-03-01", "2026-05-01", 10, false, &r),
                         FF_OK);
        ck_assert_uint_eq(r.rows.n, 1); /* as many cakes came back as were sold */
        const struct ff_popular *p = r.rows.items;
        ck_assert_int_eq(p->rank, 1);
        ck_assert_str_eq(p->name, "Soup");
        ck_assert_int_eq(p->pieces, 3);
        ck_assert_int_eq(p->gross, 1050);
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_report_popular(&fx.cx, "2026-03-01", "2026-04-01", 1, false, &r),
                         FF_OK);
        ck_assert_uint_eq(r.rows.n, 1);
        roll();
    }
}
END_TEST

START_TEST(the_menus_favourites_are_everybodys_and_on_it)
{
    struct ff_popular_report r;
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_ALL, cili);
    fx.cx.who.scope = FF_SELF;
    ck_assert_int_eq(ff_report_popular(&fx.cx, "2026-03-01", "2026-04-01", 10, true, &r), FF_OK);
    ck_assert_uint_eq(r.rows.n, 2);
    ff_test_change(&fx, "UPDATE product SET is_archived = 1 WHERE id = 1");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_popular(&fx.cx, "2026-03-01", "2026-04-01", 10, true, &r), FF_OK);
    ck_assert_uint_eq(r.rows.n, 1);
    ck_assert_str_eq(((const struct ff_popular *)r.rows.items)->name, "Cake");
}
END_TEST

START_TEST(one_product_by_day)
{
    struct ff_product_sales s;
    ck_assert_int_eq(ff_report_of_product(&fx.cx, cake, "2026-03-01", "2026-05-01", &s), FF_OK);
    ck_assert_str_eq(s.name, "Cake");
    ck_assert_uint_eq(s.report.rows.n, 2);
    ck_assert_int_eq(((const struct ff_report_row *)s.report.rows.items)[0].pieces, 1);
    ck_assert_int_eq(((const struct ff_report_row *)s.report.rows.items)[1].pieces, -1);
    ck_assert_int_eq(s.report.gross, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_of_product(&fx.cx, 99, NULL, NULL, &s), FF_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_people");
    TCase *t = tcase_create("people");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, spent_by_month_before_and_after_the_sums);
    tcase_add_test(t, who_left_stays_in_the_months_of_their_purchases);
    tcase_add_test(t, a_limit_is_the_own_else_the_groups_else_the_sites);
    tcase_add_test(t, invariant_13_months_equal_the_wallets_entries);
    tcase_add_loop_test(t, a_month_is_a_month, 0, 5);
    tcase_add_test(t, a_manager_sees_the_own_people);
    tcase_add_test(t, low_is_below_and_active);
    tcase_add_test(t, a_debt_begins_when_the_balance_went_below_zero_last);
    tcase_add_test(t, a_persons_totals_before_and_after_the_sums);
    tcase_add_test(t, own_totals_are_own);
    tcase_add_test(t, the_best_come_first);
    tcase_add_test(t, the_menus_favourites_are_everybodys_and_on_it);
    tcase_add_test(t, one_product_by_day);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
