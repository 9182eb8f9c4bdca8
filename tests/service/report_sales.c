/* SPDX-License-Identifier: MIT */
/* report_sales.c - every report of some days is what the accounts moved by in those days (I23),
 * whatever it is divided by; undos and refunds count on their own day; hours are the site's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/purchase/refund.h"
#include "domain/report/report.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup, cake, next_key;

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
    ff_fixture_again(&fx);
}

static int64_t buy(int64_t who, int64_t what, int64_t n)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, what, n, ff_test_key(next_key++), &p), FF_OK);
    return p.id;
}

/* Budapest: +1 until 29 March 2026, then +2. */
static void open_all(void)
{
    struct ff_undo u = {0};
    ff_fixture_open(&fx);
    next_key = 100;
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 100000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 100000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    cake = ff_fixture_product(&fx, "Cake", 199);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000 WHERE id = 1;"
                        "INSERT INTO department (id, name, name_fold) VALUES (1, 'Lab', 'lab');"
                        "UPDATE employee SET department_id = 1 WHERE id = 2");
    at("2026-03-28T11:30:00Z"); /* a Saturday, 12:30 */
    (void)buy(anna, soup, 2);
    at("2026-03-29T11:30:00Z"); /* Sunday, 13:30: the clocks were put forward */
    const int64_t undone = buy(bela, cake, 3);
    const int64_t refunded = buy(bela, soup, 4);
    at("2026-03-31T21:59:00Z"); /* 23:59 */
    (void)buy(anna, cake, 1);
    at("2026-03-31T22:00:00Z"); /* the first of April */
    ck_assert_int_eq(ff_test_undo(&fx.cx, undone, ff_test_key(1), &u), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, refunded, ff_test_key(2)), FF_OK);
    ff_fixture_again(&fx);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static struct ff_report report(const char *from, const char *to, const char *by)
{
    struct ff_report r = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_sales(&fx.cx, from, to, by, &r), FF_OK);
    ck_assert_int_le(fx.cx.statements, 2);
    return r;
}

static const struct ff_report_row *row(const struct ff_report *r, size_t i)
{
    ck_assert_uint_gt(r->rows.n, i);
    return (const struct ff_report_row *)r->rows.items + i;
}

static void expect_row(const struct ff_report *r, size_t i, const char *key, int64_t pieces,
                       int64_t gross)
{
    ck_assert_str_eq(row(r, i)->key, key);
    ck_assert_int_eq(row(r, i)->pieces, pieces);
    ck_assert_int_eq(row(r, i)->gross, gross);
}

/* What the accounts of a kind moved by in a range of business dates. */
static int64_t moved(const char *kind, const char *from, const char *to)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(SUM(n.amount_minor), 0) FROM entry n JOIN account a ON a.id = "
             "n.account_id JOIN journal j ON j.id = n.journal_id WHERE a.kind = '%s' AND "
             "j.business_date >= '%s' AND j.business_date < '%s'",
             kind, from, to);
    return ff_test_number(&fx, sql);
}

static const struct {
    const char *from, *to;
} ranges[] = {{"2026-03-01", "2026-04-01"},
              {"2026-04-01", "2026-05-01"},
              {"2026-03-29", "2026-03-30"},
              {"2026-01-01", "2026-12-31"},
              {"2025-01-01", "2025-02-01"}};

START_TEST(every_division_adds_up_to_the_accounts)
{
    for (size_t k = 0; ff_report_keys[k]; k++) {
        const struct ff_report r = report(ranges[_i].from, ranges[_i].to, ff_report_keys[k]);
        int64_t pieces = 0, gross = 0, tax = 0, net = 0;
        for (size_t i = 0; i < r.rows.n; i++) {
            pieces += row(&r, i)->pieces;
            gross += row(&r, i)->gross;
            tax += row(&r, i)->tax;
            net += row(&r, i)->net;
        }
        ck_assert_int_eq(net, moved("revenue", ranges[_i].from, ranges[_i].to));
        ck_assert_int_eq(tax, moved("vat", ranges[_i].from, ranges[_i].to));
        ck_assert_int_eq(gross, net + tax);
        ck_assert_int_eq(r.pieces, pieces);
        ck_assert_int_eq(r.gross, gross);
        ck_assert_int_eq(r.tax, tax);
        ck_assert_int_eq(r.net, net);
    }
}
END_TEST

START_TEST(days_are_those_of_the_bookings)
{
    const struct ff_report r = report("2026-03-01", "2026-05-01", "day");
    ck_assert_uint_eq(r.rows.n, 4);
    expect_row(&r, 0, "2026-03-28", 2, 700);
    expect_row(&r, 1, "2026-03-29", 7, 3 * 199 + 4 * 350);
    expect_row(&r, 2, "2026-03-31", 1, 199);
    expect_row(&r, 3, "2026-04-01", -7, -3 * 199 - 4 * 350);
    ck_assert_int_eq(r.gross, 899);
}
END_TEST

START_TEST(hours_and_weekdays_are_the_sites)
{
    const struct ff_report hours = report("2026-03-01", "2026-04-01", "hour");
    ck_assert_uint_eq(hours.rows.n, 3);
    expect_row(&hours, 0, "12", 2, 700);
    expect_row(&hours, 1, "13", 7, 1997);
    expect_row(&hours, 2, "23", 1, 199);
    const struct ff_report days = report("2026-03-01", "2026-04-01", "weekday");
    ck_assert_uint_eq(days.rows.n, 3);
    expect_row(&days, 0, "2", 1, 199);
    expect_row(&days, 1, "6", 2, 700);
    expect_row(&days, 2, "7", 7, 1997);
}
END_TEST

START_TEST(products_taxes_and_departments_are_named)
{
    const struct ff_report products = report("2026-03-01", "2026-04-01", "product");
    expect_row(&products, 0, "Soup", 6, 2100);
    expect_row(&products, 1, "Cake", 4, 796);
    ck_assert_int_eq(row(&products, 0)->ref, soup);
    const struct ff_report taxes = report("2026-03-01", "2026-04-01", "tax");
    ck_assert_int_eq(row(&taxes, 0)->ref, 0);
    ck_assert_int_eq(row(&taxes, 1)->ref, 70000);
    ck_assert_int_eq(row(&taxes, 1)->tax, 46 + 92); /* of 700 and of 1400 */
    const struct ff_report departments = report("2026-03-01", "2026-04-01", "department");
    expect_row(&departments, 0, "", 3, 899);
    expect_row(&departments, 1, "Lab", 7, 1997);
    const struct ff_report kiosks = report("2026-03-01", "2026-04-01", "kiosk");
    expect_row(&kiosks, 0, "", 10, 2896);
    const struct ff_report categories = report("2026-03-01", "2026-04-01", "category");
    expect_row(&categories, 0, "food", 10, 2896);
}
END_TEST

START_TEST(a_manager_sees_the_own_department)
{
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 1;
    struct ff_report r = {0};
    ck_assert_int_eq(ff_report_sales(&fx.cx, "2026-03-01", "2026-04-01", "day", &r), FF_OK);
    ck_assert_uint_eq(r.rows.n, 1);
    expect_row(&r, 0, "2026-03-29", 7, 1997);
}
END_TEST

START_TEST(the_csv_ends_with_the_total)
{
    const struct ff_report r = report("2026-03-28", "2026-03-30", "product");
    struct ff_text text;
    ck_assert_int_eq(ff_report_csv(&fx.cx, &r, 2, &text), FF_OK);
    ck_assert_str_eq(text.text, "product,id,pieces,gross,tax,net\r\n"
                                "Soup,1,6,21.00,1.38,19.62\r\n"
                                "Cake,2,3,5.97,0.00,5.97\r\n"
                                "total,0,9,26.97,1.38,25.59\r\n");
}
END_TEST

START_TEST(a_range_has_bounds)
{
    struct ff_report r = {0};
    ck_assert_int_eq(ff_report_sales(&fx.cx, "2016-03-01", "2027-03-03", "day", &r), FF_VALIDATION);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_sales(&fx.cx, NULL, NULL, "day", &r), FF_OK);
    ck_assert_str_eq(r.from, "2026-04-01");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_sales");
    TCase *t = tcase_create("sales");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_loop_test(t, every_division_adds_up_to_the_accounts, 0, FF_ROWS(ranges));
    tcase_add_test(t, days_are_those_of_the_bookings);
    tcase_add_test(t, hours_and_weekdays_are_the_sites);
    tcase_add_test(t, products_taxes_and_departments_are_named);
    tcase_add_test(t, a_manager_sees_the_own_department);
    tcase_add_test(t, the_csv_ends_with_the_total);
    tcase_add_test(t, a_range_has_bounds);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
