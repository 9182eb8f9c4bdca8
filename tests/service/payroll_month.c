/* SPDX-License-Identifier: MIT */
/* payroll_month.c - a fictitious month of 300 people: the employer pays a part, limits refuse, the
 * month is closed, payroll deducts, five lines come back, a correction batch follows. What each
 * person owes is kept in a plain array beside it; every account that must return to 0 does. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/book.h"
#include "domain/ledger/month.h"
#include "domain/ledger/verify.h"
#include "domain/payroll/payroll.h"
#include "domain/subsidy/rule.h"

enum { PEOPLE = 300, REJECTED = 5, PATIENCE_S = 300 };

static struct ff_fixture fx;
static int64_t ids[PEOPLE], owed[PEOPLE], stew, next_key, refused;

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
    ff_fixture_again(&fx);
}

static struct ff_idem key(void)
{
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(next_key++), "month", 0, 0, "", 0, &idem);
    return idem;
}

/* A third of lunch on weekdays, from the employer. */
static void make_rule(void)
{
    const struct ff_subsidy_rule_in in = {
        .set = 1u << FF_SUBSIDY_NAME | 1u << FF_SUBSIDY_KIND | 1u << FF_SUBSIDY_VALUE |
               1u << FF_SUBSIDY_WEEKDAYS | 1u << FF_SUBSIDY_SLOT_FROM | 1u << FF_SUBSIDY_SLOT_TO,
        .rule = {.name = "Lunch",
                 .kind = "percent",
                 .value = 333333,
                 .cap = FF_NULL_INT,
                 .group_id = FF_NULL_INT,
                 .category_id = FF_NULL_INT,
                 .weekdays = "12345",
                 .slot_from = "11:00",
                 .slot_to = "14:30",
                 .cost_centre_id = FF_NULL_INT}};
    struct ff_subsidy_rule rule;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_subsidy_rule_create(&fx.cx, &in, &rule) == FF_OK, "%s", fx.cx.err.detail);
}

static void arrange(void)
{
    char number[16], name[32];
    ff_fixture_open(&fx);
    stew = ff_fixture_product(&fx, "Stew", 590);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 50000");
    make_rule();
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(number, sizeof number, "P%03d", i);
        snprintf(name, sizeof name, "Person %d", i);
        ids[i] = ff_fixture_person(&fx, number, name, i % 7 ? 0 : 5000);
        owed[i] = i % 7 ? 0 : -5000;
    }
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -100000");
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 1000 WHERE id % 10 = 0");
    next_key = 1000;
}

static void buy(int i)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    const enum ff_rc rc = ff_test_buy(&fx.cx, ids[i], stew, 1 + i % 3, ff_test_key(next_key++), &p);
    refused += rc == FF_MONTHLY_LIMIT;
    ck_assert_msg(!rc || rc == FF_MONTHLY_LIMIT, "%s", fx.cx.err.detail);
    if (!rc)
        owed[i] = -p.balance_after;
}

/* Every fourth of them eats on a weekday, at 12:45 in Budapest. */
static void eat(const char *month, int days)
{
    char noon[32];
    for (int day = 3; day <= days; day++) {
        snprintf(noon, sizeof noon, "%s-%02dT10:50:00Z", month, day);
        at(noon);
        for (int i = day % 4; i < PEOPLE; i += 4)
            buy(i);
    }
}

static int64_t account(const char *code)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(SUM(amount_minor),0) FROM entry JOIN account ON id = account_id "
             "WHERE code = '%s'",
             code);
    return ff_test_number(&fx, sql);
}

static int64_t total_owed(int *people)
{
    int64_t sum = 0;
    *people = 0;
    for (int i = 0; i < PEOPLE; i++) {
        sum += owed[i] > 0 ? owed[i] : 0;
        *people += owed[i] > 0;
    }
    return sum;
}

static void proved(void)
{
    struct ff_verify_report r;
    struct ff_trial t;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_msg(r.ok, "%s %lld: %s", r.table, (long long)r.id, r.finding);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_book_trial(&fx.cx, NULL, &t), FF_OK);
    ck_assert_int_eq(t.sum, 0);
}

static void shut(const char *month)
{
    struct ff_month m;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_month_close(&fx.cx, month, &m) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_int_eq(m.people, PEOPLE);
}

/* ---- payroll ---- */

static int64_t make_profile(void)
{
    struct ff_payroll_column columns[] = {{"number", NULL}, {"name", NULL}, {"amount", NULL}};
    const struct ff_payroll_profile in = {
        .name = "Office", .columns = {columns, 3}, .has_bom = 0, .has_header = 1};
    struct ff_payroll_profile out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_create(&fx.cx, &in, &out), FF_OK);
    return out.id;
}

static struct ff_payroll_batch make_batch(int64_t profile)
{
    const struct ff_payroll_new in = {
        .month = "2026-03", .profile_id = profile, .cap = FF_NULL_INT, .minimum = FF_NULL_INT};
    struct ff_payroll_batch out;
    ff_fixture_again(&fx);
    const struct ff_idem idem = key();
    ck_assert_msg(ff_payroll_create(&fx.cx, &in, &idem, &out) == FF_OK, "%s", fx.cx.err.detail);
    return out;
}

static char *file(int64_t batch)
{
    struct ff_text text;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_file(&fx.cx, batch, &text), FF_OK);
    return ff_test_keep(text.text);
}

/* Five of those who owe; what they owe together. */
static int64_t reject(int64_t batch)
{
    struct ff_payroll_rejection lines[REJECTED];
    struct ff_payroll_batch out;
    char numbers[REJECTED][16];
    int64_t sum = 0;
    size_t n = 0;
    for (int i = 50; i < PEOPLE && n < REJECTED; i += 13) {
        if (owed[i] <= 0)
            continue;
        snprintf(numbers[n], sizeof numbers[n], "P%03d", i);
        lines[n] = (struct ff_payroll_rejection){numbers[n], "on leave"};
        sum += owed[i];
        n++;
    }
    ck_assert_uint_eq(n, REJECTED);
    const struct ff_list list = {lines, n};
    ff_fixture_again(&fx);
    const struct ff_idem idem = key();
    ck_assert_msg(ff_payroll_reject(&fx.cx, batch, &list, &idem, &out) == FF_OK, "%s",
                  fx.cx.err.detail);
    ck_assert_int_eq(out.n_rejected, REJECTED);
    ck_assert_int_eq(out.rejected, sum);
    return sum;
}

static void confirm(int64_t batch, int64_t amount)
{
    struct ff_payroll_batch out;
    ff_fixture_again(&fx);
    const struct ff_idem idem = key();
    ck_assert_msg(ff_payroll_confirm(&fx.cx, batch, amount, &idem, &out) == FF_OK, "%s",
                  fx.cx.err.detail);
    ck_assert_str_eq(out.state, "confirmed");
}

static void deduct(void)
{
    int people;
    const int64_t all = total_owed(&people), profile = make_profile();
    const struct ff_payroll_batch first = make_batch(profile);
    ck_assert_int_eq(first.n_items, people);
    ck_assert_int_eq(first.total, all);
    const char *bytes = file(first.id);
    ck_assert_int_eq(account("payroll:2026-03"), -all);
    const int64_t back = reject(first.id);
    const struct ff_payroll_batch second = make_batch(profile);
    ck_assert_int_eq(second.n_items, REJECTED);
    ck_assert_int_eq(second.total, back);
    const char *correction = file(second.id);
    proved();
    confirm(first.id, all - back);
    confirm(second.id, back);
    ck_assert_str_eq(file(first.id), bytes);
    ck_assert_str_eq(file(second.id), correction);
    ck_assert_int_eq(account("payroll:2026-03"), 0);
    ck_assert_int_eq(account("bank"), -all);
}

START_TEST(a_month_of_300_people_comes_to_nothing_where_it_must)
{
    int64_t before = 0, after = 0;
    arrange();
    eat("2026-03", 31);
    ck_assert_int_gt(refused, 0);
    ck_assert_int_lt(account("subsidy:main"), 0);
    at("2026-04-01T08:00:00Z");
    shut("2026-03");
    for (int i = 0; i < PEOPLE; i++)
        before += owed[i];
    deduct();
    for (int i = 0; i < PEOPLE; i++) {
        after = ff_fixture_balance(&fx, ids[i]);
        ck_assert_int_eq(after, owed[i] > 0 ? 0 : -owed[i]);
    }
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(closing_minor) FROM statement"), -before);
    proved();
    eat("2026-04", 5);
    at("2026-05-01T08:00:00Z");
    shut("2026-04");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM statement a JOIN statement b ON "
                                         "b.account_id = a.account_id WHERE a.period_id < "
                                         "b.period_id AND a.closing_minor <> b.opening_minor"),
                     0);
    proved();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("payroll_month");
    TCase *t = tcase_create("month");
    tcase_set_timeout(t, PATIENCE_S);
    tcase_add_test(t, a_month_of_300_people_comes_to_nothing_where_it_must);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
