/* SPDX-License-Identifier: MIT */
/* report_rollup.c - the sums of days that have ended: a report says the same before and after they
 * are made, late bookings are in it once, and verify finds every row that was changed by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/verify.h"
#include "domain/report/report.h"
#include "domain/report/rollup.h"
#include "domain/site/site.h"

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

static void undo(int64_t purchase)
{
    struct ff_undo u;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, purchase, ff_test_key(next_key++), &u), FF_OK);
}

static void refund(int64_t purchase)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, purchase, ff_test_key(next_key++)), FF_OK);
}

static int64_t rolled(void)
{
    return ff_test_number(&fx, "SELECT journal_id FROM rollup_state");
}

static bool step(void)
{
    bool more = false;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    ff_fixture_again(&fx);
    return more;
}

/* As housekeeping does. How many jobs took journals in. */
static int roll(void)
{
    int steps = 0;
    int64_t before = rolled();
    while (step()) {
        const int64_t now = rolled();
        steps += now != before;
        before = now;
    }
    return steps;
}

static void open_all(void)
{
    ff_fixture_open(&fx);
    next_key = 100;
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 1000000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 1000000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    cake = ff_fixture_product(&fx, "Cake", 199);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000 WHERE id = 1;"
                        "INSERT INTO department (id, name, name_fold) VALUES (1, 'Lab', 'lab');"
                        "UPDATE employee SET department_id = 1 WHERE id = 2");
}

/* March and April; the last bookings are of the first of April, which has not ended. */
static void fill(void)
{
    at("2026-03-28T11:30:00Z");
    (void)buy(anna, soup, 2);
    at("2026-03-29T11:30:00Z");
    const int64_t undone = buy(bela, cake, 3), refunded = buy(bela, soup, 4);
    at("2026-03-31T21:59:00Z");
    (void)buy(anna, cake, 1);
    at("2026-03-31T22:00:00Z");
    undo(undone);
    refund(refunded);
    (void)buy(anna, soup, 1);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static struct ff_report report(const char *from, const char *to, const char *by)
{
    struct ff_report r = {0};
    ck_assert_int_eq(ff_report_sales(&fx.cx, from, to, by, &r), FF_OK);
    return r;
}

/* Every division of some ranges, as text. */
static char *all_reports(void)
{
    static const char *const ranges[][2] = {{"2026-03-01", "2026-04-01"},
                                            {"2026-04-01", "2026-05-01"},
                                            {"2026-03-29", "2026-04-02"},
                                            {"2020-01-01", "2026-12-31"}};
    char *all = calloc(1, 1 << 16);
    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        for (size_t k = 0; ff_report_keys[k]; k++) {
            struct ff_text text;
            ff_fixture_again(&fx);
            const struct ff_report r = report(ranges[i][0], ranges[i][1], ff_report_keys[k]);
            ck_assert_int_le(fx.cx.statements, 2);
            ck_assert_int_eq(ff_report_csv(&fx.cx, &r, 2, &text), FF_OK);
            ck_assert_uint_lt(strlen(all) + text.n, 1 << 16);
            memcpy(all + strlen(all), text.text, text.n + 1);
        }
    }
    ff_fixture_again(&fx);
    return all;
}

START_TEST(reports_are_the_same_before_and_after)
{
    fill();
    char *before = all_reports();
    ck_assert_int_eq(rolled(), 0);
    ck_assert_int_eq(roll(), 1);
    ck_assert_int_eq(rolled(), 6); /* two openings, four purchases: April has not ended */
    char *after = all_reports();
    ck_assert_str_eq(before, after);
    at("2026-04-02T10:00:00Z");
    roll();
    ck_assert_int_eq(rolled(), 9);
    char *later = all_reports();
    ck_assert_str_eq(before, later);
    ck_assert_int_eq(ff_test_books(&fx), 9);
    free(before);
    free(after);
    free(later);
}
END_TEST

/* Nothing is left that is summed line by line: the rows alone say what was sold. */
START_TEST(ended_days_are_read_from_the_sums)
{
    fill();
    at("2026-04-02T10:00:00Z");
    roll();
    ff_test_change(&fx, "UPDATE sales_quarter SET gross_minor = gross_minor + 1000000;"
                        "UPDATE sales_kiosk SET gross_minor = gross_minor + 1000000;"
                        "UPDATE sales_product SET gross_minor = gross_minor + 1000000");
    for (size_t k = 0; ff_report_keys[k]; k++) {
        ff_fixture_again(&fx);
        ck_assert_int_gt(report("2026-03-01", "2026-04-03", ff_report_keys[k]).gross, 1000000);
    }
}
END_TEST

static void move_day_start(int minutes)
{
    ff_test_change(&fx, minutes ? "UPDATE site SET day_start_min = 240"
                                : "UPDATE site SET day_start_min = 0");
    ff_fixture_again(&fx);
    ff_site_free(fx.site);
    ck_assert_int_eq(ff_site_load(&fx.cx, &fx.site), FF_OK);
    fx.cx.site = fx.site;
}

START_TEST(a_later_booking_of_a_summed_day_is_added)
{
    fill();
    roll();
    char *before = all_reports();
    /* The day's start is moved, so that now is the last day of March again. */
    move_day_start(240);
    (void)buy(bela, cake, 5);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT business_date = '2026-03-31' FROM journal WHERE id = 10"), 1);
    char *live = all_reports();
    ck_assert_str_ne(before, live);
    at("2026-04-03T10:00:00Z");
    roll();
    ck_assert_int_eq(rolled(), 10);
    char *after = all_reports();
    ck_assert_str_eq(live, after);
    ck_assert_int_eq(ff_test_books(&fx), 10);
    free(before);
    free(live);
    free(after);
}
END_TEST

START_TEST(a_job_takes_a_bounded_number_of_journals)
{
    fill();
    for (int i = 0; i < 2 * FF_ROLLUP_JOURNALS; i++)
        (void)buy(i % 2 ? anna : bela, cake, 1);
    ck_assert_int_eq(roll(), 1);
    at("2026-04-02T10:00:00Z");
    ck_assert_int_eq(roll(), 3);
    ck_assert_int_eq(rolled(), 9 + 2 * FF_ROLLUP_JOURNALS);
    ck_assert_int_eq(roll(), 0);
    ck_assert_int_eq(ff_test_books(&fx), 9 + 2 * FF_ROLLUP_JOURNALS);
}
END_TEST

/* ---- months ---- */

static bool is_of_products(const char *by)
{
    return !strcmp(by, "product") || !strcmp(by, "category") || !strcmp(by, "tax");
}

START_TEST(months_that_are_over_are_read_from_their_sums)
{
    fill();
    roll();
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM sales_month WHERE month = '2026-03'"),
        6); /* two products of all, of those in no department, of Lab */
    ff_test_change(&fx, "UPDATE sales_month SET gross_minor = gross_minor + 1000000");
    for (size_t k = 0; ff_report_keys[k]; k++) {
        const bool is_summed = is_of_products(ff_report_keys[k]);
        ff_fixture_again(&fx);
        ck_assert_int_eq(report("2026-02-14", "2026-04-03", ff_report_keys[k]).gross > 1000000,
                         is_summed);
        ck_assert_int_eq(report("2026-03-01", "2026-04-01", ff_report_keys[k]).gross > 1000000,
                         is_summed);
        ck_assert_int_lt(report("2026-03-02", "2026-04-03", ff_report_keys[k]).gross, 1000000);
        ck_assert_int_lt(report("2026-03-01", "2026-03-31", ff_report_keys[k]).gross, 1000000);
    }
}
END_TEST

/* One department of March has its sum, the others have not: each gets what is booked late once. */
START_TEST(a_month_that_is_half_summed_up_takes_late_bookings)
{
    fill();
    for (int i = 0; i < 2 + _i; i++)
        ck_assert(step());
    ck_assert_int_eq(ff_test_number(&fx, "SELECT department_id FROM rollup_state"), _i - 1);
    move_day_start(240);
    (void)buy(bela, cake, 5);
    ff_test_change(&fx, "UPDATE employee SET department_id = NULL WHERE id = 2");
    (void)buy(bela, soup, 1);
    char *live = all_reports();
    move_day_start(0);
    at("2026-04-02T10:00:00Z");
    roll();
    ck_assert_int_eq(rolled(), 11);
    char *after = all_reports();
    ck_assert_str_eq(live, after);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT month = '2026-04' FROM rollup_state"), 1);
    ck_assert_int_eq(ff_test_books(&fx), 11);
    free(live);
    free(after);
}
END_TEST

START_TEST(a_person_who_moves_takes_no_sales_along)
{
    fill();
    ff_fixture_again(&fx);
    const int64_t lab =
        ((const struct ff_report_row *)report("2026-03-01", "2026-04-01", "department")
             .rows.items)[1]
            .gross;
    ck_assert_int_eq(lab, 3 * 199 + 4 * 350);
    ff_test_change(&fx, "UPDATE employee SET department_id = NULL WHERE id = 2");
    for (int i = 0; i < 2; i++) {
        ff_fixture_again(&fx);
        const struct ff_report r = report("2026-03-01", "2026-04-01", "department");
        const struct ff_report_row *rows = r.rows.items;
        ck_assert_uint_eq(r.rows.n, 2);
        ck_assert_str_eq(rows[1].key, "Lab");
        ck_assert_int_eq(rows[1].gross, lab);
        roll();
    }
}
END_TEST

/* ---- the proof ---- */

static const struct {
    const char *sql, *table, *finding;
} tampered[] = {
    {"UPDATE sales_product SET gross_minor = gross_minor + 1 WHERE business_date = '2026-03-29' "
     "AND product_id = 1",
     "sales_product", "of 2026-03-29: the sums differ from the journals by 0 pieces, 1, tax 0"},
    {"UPDATE sales_product SET gross_minor = gross_minor + 1 WHERE department_id = -1 AND "
     "business_date = '2026-03-31'",
     "sales_product", "2026-03-31"},
    {"UPDATE sales_kiosk SET gross_minor = gross_minor - 1 WHERE business_date = '2026-03-31'",
     "sales_kiosk", "0 pieces, -1, tax 0"},
    {"DELETE FROM sales_kiosk WHERE business_date = '2026-03-28'", "sales_kiosk", "2026-03-28"},
    {"UPDATE sales_product SET pieces = 0", "sales_product", "-2 pieces"},
    {"UPDATE sales_product SET tax_minor = 0 WHERE product_id = 1", "sales_product", "tax -46"},
    {"UPDATE sales_product SET department_id = 5 WHERE department_id = 1", "sales_product", "2026"},
    {"DELETE FROM sales_product WHERE business_date = '2026-04-01'", "sales_product", "2026-04-01"},
    {"INSERT INTO sales_product VALUES ('2026-05-09', 0, 1, 0, 1, 0, 0)", "sales_product",
     "2026-05-09"},
    {"INSERT INTO sales_product VALUES ('1999-05-09', -1, 1, 0, 0, 5, 0)", "sales_product",
     "1999-05-09"},
    {"UPDATE sales_quarter SET gross_minor = 0", "sales_quarter", "-700"},
    {"UPDATE sales_quarter SET quarter = quarter + 1 WHERE business_date = '2026-03-31'",
     "sales_quarter", "2026-03-31"},
    {"UPDATE sales_kiosk SET device_id = 7 WHERE business_date = '2026-03-31'", "sales_kiosk",
     "2026-03-31"},
    {"DELETE FROM sales_quarter", "sales_quarter", "2026-03-28"},
    {"UPDATE account_day SET sum_minor = sum_minor + 5 WHERE business_date = '2026-03-31'",
     "account_day", "2026-03-31: the sums differ from the journals by 0 pieces, 5"},
    {"UPDATE account_day SET entries = entries + 1", "account_day", "1 pieces"},
    {"DELETE FROM account_day", "account_day", "2026-03"},
    {"UPDATE spend_counter SET spent_minor = spent_minor - 1 WHERE employee_id = 1",
     "spend_counter", "-1"},
    {"UPDATE spend_counter SET purchases = 9 WHERE employee_id = 2", "spend_counter", "7 pieces"},
    {"UPDATE spend_counter SET undone = 0", "spend_counter", "-1 pieces"},
    {"UPDATE spend_counter SET month = '2026-02' WHERE month = '2026-04'", "spend_counter",
     "pieces"},
    {"DELETE FROM spend_counter", "spend_counter", "-"},
    {"UPDATE sales_month SET gross_minor = gross_minor + 1 WHERE product_id = 1", "sales_month",
     "of 2026-03: the sums differ from the journals by 0 pieces, 1, tax 0"},
    {"UPDATE sales_month SET pieces = 0 WHERE department_id = 1", "sales_month", "pieces"},
    {"DELETE FROM sales_month WHERE department_id = -1", "sales_month", "2026-03"},
    {"INSERT INTO sales_month VALUES ('2026-04', 0, 1, 0, 1, 0, 0)", "sales_month", "2026-04"},
    {"INSERT INTO sales_month VALUES ('1999-05', -1, 1, 0, 0, 5, 0)", "sales_month", "1999-05"},
    {"INSERT INTO sales_month VALUES ('2031-05', -1, 1, 0, 0, 5, 0)", "sales_month", "2031-05"},
    {"UPDATE rollup_state SET month = '2026-05'", "sales_month", "2026-04"},
    {"UPDATE rollup_state SET month = '2026-03'", "sales_month", "2026-03"},
    {"UPDATE rollup_state SET department_id = 1", "sales_month", "2026-04"},
    {"UPDATE purchase_day SET purchases = purchases + 1 WHERE business_date = '2026-03-29'",
     "purchase_day", "of 2026-03-29: the sums differ from the journals by 1 pieces"},
    {"DELETE FROM purchase_day", "purchase_day", "2026-03-28"},
    {"INSERT INTO purchase_day VALUES ('2031-05-09', 1)", "purchase_day", "2031-05-09"},
    {"UPDATE rollup_state SET journal_id = 4", "account_day", "2026-03"},
    {"UPDATE rollup_state SET journal_id = 99", "rollup_state", "there is no journal 99"},
    {"UPDATE rollup_state SET purchases = purchases + 1", "rollup_state", "it says"},
};

START_TEST(verify_finds_sums_that_were_changed)
{
    struct ff_verify_report r;
    fill();
    at("2026-04-02T10:00:00Z");
    roll();
    ck_assert_int_eq(ff_test_books(&fx), 9);
    ff_test_unguard(&fx, tampered[_i].sql);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_msg(!r.ok, "not found: %s", tampered[_i].sql);
    ck_assert_msg(strcmp(r.table, tampered[_i].table) == 0, "%s: %s: %s", tampered[_i].sql, r.table,
                  r.finding);
    ck_assert_msg(strstr(r.finding, tampered[_i].finding) != NULL, "%s: %s", tampered[_i].sql,
                  r.finding);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_rollup");
    TCase *t = tcase_create("sums");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, reports_are_the_same_before_and_after);
    tcase_add_test(t, ended_days_are_read_from_the_sums);
    tcase_add_test(t, a_later_booking_of_a_summed_day_is_added);
    tcase_add_test(t, a_job_takes_a_bounded_number_of_journals);
    tcase_add_test(t, months_that_are_over_are_read_from_their_sums);
    tcase_add_loop_test(t, a_month_that_is_half_summed_up_takes_late_bookings, 0, 3);
    tcase_add_test(t, a_person_who_moves_takes_no_sales_along);
    tcase_add_loop_test(t, verify_finds_sums_that_were_changed, 0, FF_ROWS(tampered));
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
