/* SPDX-License-Identifier: MIT */
/* report_money.c - money in reports is money in accounts, for every report (I23), over both changes
 * of the clocks and the end of a year, in two zones, before and after the days are summed up. What
 * a day and an hour is, is worked out here by a rule of our own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/report/people.h"
#include "domain/report/person.h"
#include "domain/report/product_sales.h"
#include "domain/report/rollup.h"
#include "domain/subsidy/allowance.h"

enum { PEOPLE = 4, PRODUCTS = 3, SALES_MAX = 200, STEP_MS = 20 * 60000 };

/* Nights around which people eat: the clocks go forward, back, and a year ends. */
static const char *const nights[] = {"2026-03-28T21:10:00Z", "2026-10-24T21:10:00Z",
                                     "2026-12-31T20:10:00Z"};
enum { NIGHTS = 3, STEPS = 24 };

static const struct {
    const char *name;
    int hours_ahead; /* of UTC, in winter */
} zones[] = {{"Europe/London", 0}, {"Europe/Budapest", 1}};

/* What moved, as this test has it. */
struct sale {
    int64_t at_ms, gross, pieces;
};

static struct ff_fixture fx;
static int64_t people[PEOPLE], products[PRODUCTS], next_key;
static struct sale sales[SALES_MAX];
static size_t n_sales;
static int zone;

static int64_t instant(const char *text)
{
    int64_t ms;
    ck_assert(ff_instant_parse(text, &ms));
    return ms;
}

static void note(int64_t at_ms, int64_t gross, int64_t pieces)
{
    ck_assert_uint_lt(n_sales, SALES_MAX);
    sales[n_sales++] = (struct sale){at_ms, gross, pieces};
}

static struct ff_purchase buy(int64_t at_ms, unsigned *seed)
{
    const struct ff_purchase_item tray[] = {
        {products[rand_r(seed) % PRODUCTS], 1 + rand_r(seed) % 3}};
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, people[rand_r(seed) % PEOPLE], tray, 1,
                                      ff_test_key(next_key++), &p),
                     FF_OK);
    note(at_ms, p.total, tray[0].quantity);
    return p;
}

static void take_back(int64_t at_ms, int64_t purchase, int64_t total, int64_t pieces,
                      bool is_undone)
{
    struct ff_undo u;
    const char *key = ff_test_key(next_key++);
    ff_fixture_again(&fx);
    ck_assert_int_eq(is_undone ? ff_test_undo(&fx.cx, purchase, key, &u)
                               : ff_test_refund(&fx.cx, purchase, key),
                     FF_OK);
    note(at_ms, -total, -pieces);
}

/* A purchase every twenty minutes; every fifth is taken back twenty minutes later. */
static void eat_through(const char *from, unsigned *seed)
{
    int64_t id = 0, total = 0, pieces = 0;
    for (int i = 0; i < STEPS; i++) {
        const int64_t at_ms = instant(from) + i * (int64_t)STEP_MS;
        ck_assert(ff_clock_advance_to(fx.clock, at_ms));
        if (i % 5 == 1)
            take_back(at_ms, id, total, pieces, i % 2);
        const struct ff_purchase p = buy(at_ms, seed);
        id = p.id;
        total = p.total;
        pieces = sales[n_sales - 1].pieces;
    }
}

/* The employer gives the third person 4.00, which is spent before the wallet. */
static void give(void)
{
    int64_t who[] = {people[2]};
    const struct ff_allowance_new in = {.amount = 400,
                                        .expires_on = "2027-12-31",
                                        .employee_ids = {.items = who, .n = 1},
                                        .group_id = FF_NULL_INT,
                                        .department_id = FF_NULL_INT,
                                        .cost_centre_id = FF_NULL_INT};
    struct ff_allowance_run run;
    struct ff_idem idem;
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, ff_test_key(1), "grant", 0, 0, "", 0, &idem);
    ck_assert_int_eq(ff_allowance_give(&fx.cx, &in, &idem, &run), FF_OK);
}

static void open_all(void)
{
    unsigned seed = 7;
    ff_fixture_open(&fx);
    setenv("TZ", zones[zone].name, 1);
    tzset();
    next_key = 1000;
    n_sales = 0;
    for (int i = 0; i < PEOPLE; i++) {
        char number[8];
        snprintf(number, sizeof number, "E%d", i);
        people[i] = ff_fixture_person(&fx, number, "Guest", i ? 1000000 : 3000);
    }
    for (int i = 0; i < PRODUCTS; i++)
        products[i] = ff_fixture_product(&fx, &"Soup\0Cake\0Tea \0"[i * 5], 123 + 211 * i);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000 * (id - 1);"
                        "UPDATE wallet SET floor_minor = -1000000;"
                        "INSERT INTO department (id, name, name_fold) VALUES (1, 'Lab', 'lab');"
                        "UPDATE employee SET department_id = 1 WHERE id > 2;"
                        "UPDATE employee SET monthly_limit_minor = 1000000 WHERE id = 3");
    give();
    for (int i = 0; i < NIGHTS; i++)
        eat_through(nights[i], &seed);
}

static void open_london(void)
{
    zone = 0;
    open_all();
}

static void open_budapest(void)
{
    zone = 1;
    open_all();
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static void roll(void)
{
    ck_assert(ff_clock_advance_to(fx.clock, instant("2027-02-01T12:00:00Z")));
    for (bool more = true; more;) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    }
    ck_assert_int_eq(ff_test_number(&fx, "SELECT journal_id FROM rollup_state"),
                     ff_test_number(&fx, "SELECT MAX(id) FROM journal"));
}

static struct ff_report report(const char *from, const char *to, const char *by)
{
    struct ff_report r = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_sales(&fx.cx, from, to, by, &r), FF_OK);
    return r;
}

/* ---- days and hours ---- */

/* Summer time of 2026, the same instants in all of Europe. */
static struct tm local(int64_t at_ms)
{
    const bool is_summer =
        at_ms >= instant("2026-03-29T01:00:00Z") && at_ms < instant("2026-10-25T01:00:00Z");
    const time_t t = (time_t)(at_ms / 1000 + 3600 * (zones[zone].hours_ahead + is_summer));
    struct tm tm;
    gmtime_r(&t, &tm);
    return tm;
}

static void key_of(const char *by, int64_t at_ms, char out[16])
{
    const struct tm tm = local(at_ms);
    strftime(out, 16, !strcmp(by, "day") ? "%Y-%m-%d" : !strcmp(by, "hour") ? "%H" : "%u", &tm);
}

static void check_keys(const char *by)
{
    const struct ff_report r = report("2026-01-01", "2028-01-01", by);
    const struct ff_report_row *row = r.rows.items;
    int64_t gross = 0;
    for (size_t i = 0; i < r.rows.n; i++) {
        int64_t expected = 0, pieces = 0;
        for (size_t k = 0; k < n_sales; k++) {
            char key[16];
            key_of(by, sales[k].at_ms, key);
            expected += strcmp(key, row[i].key) ? 0 : sales[k].gross;
            pieces += strcmp(key, row[i].key) ? 0 : sales[k].pieces;
        }
        ck_assert_msg(row[i].gross == expected && row[i].pieces == pieces,
                      "%s %s: %lld, expected %lld", by, row[i].key, (long long)row[i].gross,
                      (long long)expected);
        gross += expected;
    }
    ck_assert_int_eq(gross, r.gross);
}

static void check_calendar(void)
{
    check_keys("day");
    check_keys("hour");
    check_keys("weekday");
    /* half open: a year's end falls into one of the two only */
    const int64_t old_year = report("2026-12-01", "2027-01-01", "day").gross;
    const int64_t new_year = report("2027-01-01", "2027-02-01", "day").gross;
    int64_t expected = 0;
    for (size_t k = 0; k < n_sales; k++)
        expected += local(sales[k].at_ms).tm_year == 127 ? sales[k].gross : 0;
    ck_assert_int_eq(new_year, expected);
    ck_assert_int_eq(old_year + new_year, report("2026-12-01", "2027-02-01", "day").gross);
    ck_assert_int_ne(new_year, 0);
}

START_TEST(days_and_hours_over_clock_changes_and_a_years_end)
{
    check_calendar();
    roll();
    check_calendar();
    ck_assert_int_gt(ff_test_books(&fx), 0);
}
END_TEST

/* ---- I23 ---- */

static int64_t accounts(const char *kind, const char *from, const char *to)
{
    char sql[320];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(SUM(n.amount_minor), 0) FROM entry n JOIN account a ON a.id = "
             "n.account_id JOIN journal j ON j.id = n.journal_id WHERE a.kind = '%s' AND "
             "j.business_date >= '%s' AND j.business_date < '%s'",
             kind, from, to);
    return ff_test_number(&fx, sql);
}

static const struct {
    const char *from, *to;
} ranges[] = {{"2026-01-01", "2027-12-31"}, {"2026-03-01", "2026-04-01"},
              {"2026-03-29", "2026-03-30"}, {"2026-10-25", "2026-10-26"},
              {"2026-12-31", "2027-01-01"}, {"2027-01-01", "2028-01-01"}};

static void check_sales(const char *from, const char *to)
{
    for (size_t k = 0; ff_report_keys[k]; k++) {
        const struct ff_report r = report(from, to, ff_report_keys[k]);
        const struct ff_report_row *row = r.rows.items;
        int64_t net = 0, tax = 0;
        for (size_t i = 0; i < r.rows.n; i++) {
            net += row[i].net;
            tax += row[i].tax;
            ck_assert_int_eq(row[i].gross, row[i].net + row[i].tax);
        }
        ck_assert_int_eq(net, accounts("revenue", from, to));
        ck_assert_int_eq(tax, accounts("vat", from, to));
        ck_assert_int_eq(net, r.net);
        ck_assert_int_eq(tax, r.tax);
    }
}

static void check_products(const char *from, const char *to)
{
    const int64_t gross = accounts("revenue", from, to) + accounts("vat", from, to);
    struct ff_popular_report best;
    int64_t by_product = 0, by_rank = 0;
    for (int i = 0; i < PRODUCTS; i++) {
        struct ff_product_sales s;
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_report_of_product(&fx.cx, products[i], from, to, &s), FF_OK);
        by_product += s.report.gross;
        by_rank += s.report.pieces > 0 ? s.report.gross : 0;
    }
    ck_assert_int_eq(by_product, gross);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_popular(&fx.cx, from, to, FF_POPULAR_MAX, false, &best), FF_OK);
    const struct ff_popular *p = best.rows.items;
    for (size_t i = 0; i < best.rows.n; i++)
        by_rank -= p[i].gross;
    ck_assert_int_eq(by_rank, 0);
}

static int64_t consumption(const char *month)
{
    const struct ff_consumption_filter f = {.list = {.page = 1, .limit = 100}, .month = month};
    struct ff_list rows;
    int64_t total, spent = 0;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_consumption(&fx.cx, &f, &rows, &total), FF_OK);
    const struct ff_consumption *c = rows.items;
    for (size_t i = 0; i < rows.n; i++)
        spent += c[i].spent;
    return spent;
}

static void check_people(void)
{
    const int64_t paid = -ff_test_number(
        &fx, "SELECT SUM(n.amount_minor) FROM entry n JOIN account a ON a.id = n.account_id JOIN "
             "journal j ON j.id = n.journal_id WHERE a.kind = 'wallet' AND j.kind <> 'opening'");
    int64_t by_person = 0;
    for (int i = 0; i < PEOPLE; i++) {
        struct ff_person_stats s;
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_report_person(&fx.cx, people[i], &s), FF_OK);
        by_person += s.spent;
    }
    ck_assert_int_eq(by_person, paid);
    ck_assert_int_eq(consumption("2026-03") + consumption("2026-10") + consumption("2026-12") +
                         consumption("2027-01"),
                     paid);
}

static int64_t balances(int64_t below)
{
    const struct ff_balance_filter f = {
        .list = {.page = 1, .limit = 100}, .below = below, .with_gone = true};
    struct ff_list rows;
    int64_t total, sum = 0;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_report_balances(&fx.cx, &f, &rows, &total), FF_OK);
    const struct ff_balance_row *b = rows.items;
    for (size_t i = 0; i < rows.n; i++)
        sum += b[i].balance;
    return sum;
}

static void check_all(void)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        check_sales(ranges[i].from, ranges[i].to);
        check_products(ranges[i].from, ranges[i].to);
    }
    check_people();
    ck_assert_int_eq(balances(INT64_MAX), accounts("wallet", "2026-01-01", "2028-01-01"));
    ck_assert_int_eq(balances(0), ff_test_number(&fx, "SELECT SUM(balance_minor) FROM wallet "
                                                      "WHERE balance_minor < 0"));
    ck_assert_int_lt(balances(0), 0);
}

START_TEST(invariant_23_money_in_reports_is_money_in_accounts)
{
    check_all();
    roll();
    check_all();
    ck_assert_int_gt(ff_test_number(&fx, "SELECT SUM(allowance_minor) FROM purchase"), 0);
    /* The shared accounts of all days are the other side of what people have. */
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(sum_minor) FROM account_day"),
                     -accounts("wallet", "2026-01-01", "2028-01-01") -
                         accounts("allowance", "2026-01-01", "2028-01-01"));
}
END_TEST

/* ---- what is read ---- */

/* With every line gone the report of ended days is the same: it does not read them. */
START_TEST(a_report_of_ended_days_reads_no_line)
{
    roll();
    int64_t before[16];
    for (size_t k = 0; ff_report_keys[k]; k++)
        before[k] = report("2026-01-01", "2028-01-01", ff_report_keys[k]).gross;
    ff_test_unguard(&fx, "DELETE FROM refund_line; DELETE FROM purchase_line");
    for (size_t k = 0; ff_report_keys[k]; k++)
        ck_assert_int_eq(report("2026-01-01", "2028-01-01", ff_report_keys[k]).gross, before[k]);
}
END_TEST

static void add(Suite *suite, const char *name, void (*open)(void))
{
    TCase *t = tcase_create(name);
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, open, close_all);
    tcase_add_test(t, days_and_hours_over_clock_changes_and_a_years_end);
    tcase_add_test(t, invariant_23_money_in_reports_is_money_in_accounts);
    tcase_add_test(t, a_report_of_ended_days_reads_no_line);
    suite_add_tcase(suite, t);
}

int main(void)
{
    Suite *suite = suite_create("report_money");
    add(suite, "London", open_london);
    add(suite, "Budapest", open_budapest);
    return ff_test_run(suite);
}
