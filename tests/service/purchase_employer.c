/* SPDX-License-Identifier: MIT */
/* purchase_employer.c - who pays a meal: the employer by a rule, the allowance, the person. Every
 * case ends with books that prove. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/verify.h"
#include "domain/privacy/privacy.h"
#include "domain/purchase/refund.h"
#include "domain/report/employer.h"
#include "domain/report/report.h"
#include "domain/subsidy/allowance.h"
#include "domain/subsidy/rule.h"
#include "domain/subsidy/subsidy.h"

#define HOUR INT64_C(3600000)
#define DAY  (24 * HOUR)

static struct ff_fixture fx;
static int64_t anna, bela, soup, cake, tea, next_key;

/* The clock stands at a Monday's lunch: 2026-03-02T11:45:00Z, 12:45 in Budapest. */
static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 10000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 10000);
    soup = ff_fixture_product(&fx, "Soup", 333);
    cake = ff_fixture_product(&fx, "Cake", 199);
    tea = ff_fixture_product(&fx, "Tea", 101);
    next_key = 100;
}

static void close_all(void)
{
    (void)ff_test_books(&fx);
    ff_fixture_close(&fx);
}

static int64_t rule(struct ff_subsidy_rule wanted, uint64_t more)
{
    struct ff_subsidy_rule_in in = {.set = 1u << FF_SUBSIDY_NAME | 1u << FF_SUBSIDY_KIND |
                                           1u << FF_SUBSIDY_VALUE | more,
                                    .rule = wanted};
    struct ff_subsidy_rule out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_subsidy_rule_create(&fx.cx, &in, &out), FF_OK);
    return out.id;
}

static int64_t fixed(const char *name, int64_t value)
{
    return rule((struct ff_subsidy_rule){.name = name, .kind = "fixed", .value = value}, 0);
}

static enum ff_rc give(int64_t amount, const char *expires_on, int64_t key,
                       struct ff_allowance_run *out)
{
    const struct ff_allowance_new in = {.amount = amount,
                                        .expires_on = expires_on,
                                        .employee_ids = {&anna, 1},
                                        .group_id = FF_NULL_INT,
                                        .department_id = FF_NULL_INT,
                                        .all = FF_NULL_INT,
                                        .cost_centre_id = FF_NULL_INT};
    struct ff_idem idem;
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, ff_test_key(key), "giveAllowance", 0, 0, &in.amount, sizeof in.amount,
                 &idem);
    return ff_allowance_give(&fx.cx, &in, &idem, out);
}

static void gift(int64_t amount, const char *expires_on)
{
    struct ff_allowance_run run;
    ck_assert_int_eq(give(amount, expires_on, next_key++, &run), FF_OK);
    ck_assert_int_eq(run.people, 1);
}

static struct ff_purchase buy_tray(const struct ff_purchase_item *tray, size_t n)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, n, ff_test_key(next_key++), &p), FF_OK);
    ck_assert_int_eq(p.total, p.subsidy + p.allowance + p.own);
    return p;
}

static struct ff_purchase buy(int64_t product, int64_t quantity)
{
    const struct ff_purchase_item tray[] = {{product, quantity}};
    return buy_tray(tray, 1);
}

static void undo(int64_t id)
{
    struct ff_undo u = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(next_key++), &u), FF_OK);
}

static void advance(int64_t ms)
{
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + ms));
}

static int64_t account(const char *code)
{
    char sql[160];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(SUM(amount_minor),0) FROM entry JOIN account ON id = account_id "
             "WHERE code = '%s'",
             code);
    return ff_test_number(&fx, sql);
}

static struct ff_balance view(int64_t person)
{
    struct ff_balance b = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, person, FF_NULL_INT, &b), FF_OK);
    return b;
}

/* ---- arithmetic ---- */

START_TEST(a_rule_gives_to_the_unit_and_never_more_than_the_price)
{
    static const struct {
        struct ff_subsidy_fit fit;
        int64_t totals[3], given, parts[3];
    } rows[] = {
        {{true, 500000, FF_NULL_INT, FF_NULL_INT, 127, 0, 1440},
         {333, 199, 101},
         316,
         {166, 99, 51}},
        {{true, 333333, FF_NULL_INT, FF_NULL_INT, 127, 0, 1440}, {1, 1, 1}, 0, {0, 0, 0}},
        {{true, 1000000, FF_NULL_INT, FF_NULL_INT, 127, 0, 1440},
         {333, 199, 101},
         633,
         {333, 199, 101}},
        {{true, 1000000, 100, FF_NULL_INT, 127, 0, 1440}, {100, 100, 100}, 100, {34, 33, 33}},
        {{false, 150, FF_NULL_INT, FF_NULL_INT, 127, 0, 1440}, {333, 199, 101}, 150, {79, 47, 24}},
        {{false, 9999, FF_NULL_INT, FF_NULL_INT, 127, 0, 1440},
         {333, 199, 101},
         633,
         {333, 199, 101}},
        {{false, 150, FF_NULL_INT, 1, 127, 0, 1440}, {100, 199, 20}, 120, {100, 0, 20}},
        {{false, 150, FF_NULL_INT, 9, 127, 0, 1440}, {100, 199, 20}, 0, {0, 0, 0}}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ff_line lines[3] = {{.category_id = 1}, {.category_id = 2}, {.category_id = 1}};
        int64_t parts[3];
        for (size_t k = 0; k < 3; k++)
            lines[k].total = rows[i].totals[k];
        ck_assert_int_eq(ff_subsidy_give(&rows[i].fit, lines, 3, parts), rows[i].given);
        for (size_t k = 0; k < 3; k++)
            ck_assert_int_eq(parts[k], rows[i].parts[k]);
    }
}
END_TEST

START_TEST(a_rule_holds_on_its_days_in_its_hours)
{
    static const struct {
        int64_t weekdays, from, to, minute;
        const char *date;
        bool holds;
    } rows[] = {
        {127, 0, 1440, 0, "2026-03-02", true},      {1, 660, 840, 660, "2026-03-02", true},
        {1, 660, 840, 840, "2026-03-02", false},    {1, 660, 840, 659, "2026-03-02", false},
        {1, 660, 840, 700, "2026-03-03", false},    {64, 660, 840, 700, "2026-03-08", true},
        {127, 1320, 120, 1400, "2026-03-02", true}, {127, 1320, 120, 60, "2026-03-02", true},
        {127, 1320, 120, 120, "2026-03-02", false}, {127, 1320, 120, 700, "2026-03-02", false},
        {16, 0, 1440, 700, "2028-12-29", true},     {16, 0, 1440, 700, "2028-12-30", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct ff_subsidy_fit fit = {
            .weekdays = rows[i].weekdays, .from_minute = rows[i].from, .to_minute = rows[i].to};
        ck_assert_msg(ff_subsidy_holds(&fit, rows[i].date, rows[i].minute) == rows[i].holds,
                      "row %zu", i);
    }
}
END_TEST

/* ---- rules ---- */

START_TEST(percent_over_three_lines_sums_exactly)
{
    const struct ff_purchase_item tray[] = {{soup, 1}, {cake, 1}, {tea, 1}};
    (void)rule((struct ff_subsidy_rule){.name = "Half", .kind = "percent", .value = 500000}, 0);
    const struct ff_purchase p = buy_tray(tray, 3);
    ck_assert_int_eq(p.total, 633);
    ck_assert_int_eq(p.subsidy, 316);
    ck_assert_int_eq(p.own, 317);
    ck_assert_int_eq(p.balance_after, 10000 - 317);
    ck_assert_int_eq(account("subsidy:main"), -316);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(subsidy_minor) FROM purchase_line"), 316);
    ck_assert_int_eq(view(anna).spend.month_spent, 317); /* limits are about what the person pays */
}
END_TEST

START_TEST(cap_bounds_a_meal)
{
    (void)rule(
        (struct ff_subsidy_rule){
            .name = "All, at most 2.00", .kind = "percent", .value = 1000000, .cap = 200},
        1u << FF_SUBSIDY_CAP);
    ck_assert_int_eq(buy(soup, 2).subsidy, 200);
}
END_TEST

START_TEST(first_meal_of_a_slot_is_paid_and_a_void_frees_it)
{
    const int64_t id = fixed("Lunch", 150);
    const struct ff_purchase first = buy(soup, 1);
    ck_assert_int_eq(first.subsidy, 150);
    ck_assert_int_eq(buy(soup, 1).subsidy, 0);
    undo(first.id);
    ck_assert_int_eq(account("subsidy:main"), 0);
    ck_assert_int_eq(buy(soup, 1).subsidy, 150);
    ck_assert_int_eq(buy(soup, 1).subsidy, 0);
    char sql[200];
    snprintf(sql, sizeof sql,
             "INSERT INTO subsidy_grant SELECT 2, rule_id, employee_id, business_date, slot, "
             "cost_centre_id, 1, NULL FROM subsidy_grant WHERE rule_id = %lld AND freed_by IS NULL",
             (long long)id);
    ck_assert(!ff_test_try(&fx, sql)); /* I14 by the database itself */
    advance(DAY);
    ck_assert_int_eq(buy(soup, 1).subsidy, 150);
}
END_TEST

START_TEST(the_rule_that_gives_most_pays)
{
    (void)fixed("Small", 100);
    (void)rule((struct ff_subsidy_rule){.name = "Evening",
                                        .kind = "fixed",
                                        .value = 300,
                                        .slot_from = "17:00",
                                        .slot_to = "22:00"},
               1u << FF_SUBSIDY_SLOT_FROM | 1u << FF_SUBSIDY_SLOT_TO);
    (void)rule(
        (struct ff_subsidy_rule){
            .name = "Food", .kind = "percent", .value = 600000, .category_id = 1},
        1u << FF_SUBSIDY_CATEGORY_ID);
    ck_assert_int_eq(buy(soup, 1).subsidy, 199); /* 60 % of 333, floored */
    ck_assert_int_eq(buy(soup, 1).subsidy, 100); /* its slot is used up: the next best */
    advance(5 * HOUR);
    ck_assert_int_eq(buy(soup, 1).subsidy, 300);
}
END_TEST

START_TEST(a_rule_of_a_group_is_for_its_people)
{
    struct ff_purchase p = {0};
    ff_test_change(&fx, "INSERT INTO customer_group (id, name, name_fold) VALUES (1, 'G', 'g')");
    ff_test_change(&fx, "UPDATE employee SET group_id = 1 WHERE number = 'E2'");
    (void)rule((struct ff_subsidy_rule){.name = "G", .kind = "fixed", .value = 50, .group_id = 1},
               1u << FF_SUBSIDY_GROUP_ID);
    ck_assert_int_eq(buy(soup, 1).subsidy, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.subsidy, 50);
}
END_TEST

START_TEST(a_department_has_its_cost_centre)
{
    ff_test_change(&fx, "INSERT INTO cost_centre (id, code, name, name_fold) VALUES "
                        "(2, '4711', 'Works', 'works'), (3, '4712', 'Rule', 'rule')");
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold, cost_centre_id) VALUES "
                        "(1, 'Works', 'works', 2)");
    ff_test_change(&fx, "UPDATE employee SET department_id = 1 WHERE number = 'E1'");
    const int64_t id = fixed("Lunch", 150);
    const struct ff_purchase p = buy(soup, 1);
    ck_assert_int_eq(account("subsidy:4711"), -150);
    undo(p.id);
    char sql[100];
    snprintf(sql, sizeof sql, "UPDATE subsidy_rule SET cost_centre_id = 3 WHERE id = %lld",
             (long long)id);
    ff_test_change(&fx, sql);
    (void)buy(soup, 1);
    ck_assert_int_eq(account("subsidy:4711"), 0);
    ck_assert_int_eq(account("subsidy:4712"), -150);
}
END_TEST

START_TEST(what_the_employer_pays_whole_is_still_on_the_list)
{
    struct ff_list rows = {0};
    const char *next;
    int64_t total;
    (void)fixed("All", 5000);
    const struct ff_purchase p = buy(soup, 1);
    ck_assert_int_eq(p.own, 0);
    ck_assert_int_eq(p.balance_after, 10000);
    const struct ff_purchase own = buy(cake, 1);
    ff_fixture_again(&fx);
    const struct ff_purchase_filter f = {.employee_id = anna, .page = 1, .limit = 10};
    ck_assert_int_eq(ff_purchase_list(&fx.cx, &f, &rows, &total, &next), FF_OK);
    ck_assert_int_eq(total, 2);
    ck_assert_uint_eq(rows.n, 2);
    const struct ff_purchase *row = rows.items;
    ck_assert_int_eq(row[0].id, own.id);
    ck_assert_int_eq(row[1].id, p.id);
    ck_assert_int_eq(row[1].balance_after, 10000);
    ck_assert_int_eq(row[1].subsidy, 333);
    ck_assert_uint_eq(row[1].items.n, 1);
    undo(p.id);
    ck_assert_int_eq(view(anna).balance, 10000 - 199);
}
END_TEST

START_TEST(a_purchase_without_rules_asks_nothing_more)
{
    struct ff_purchase p = {0};
    (void)buy(soup, 1); /* makes accounts and the month */
    (void)buy(soup, 1); /* from now on the writer knows them */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    const unsigned plain = (unsigned)fx.cx.statements;
    const int64_t id = fixed("Lunch", 150);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert_int_eq(p.subsidy, 150);
    char sql[100];
    snprintf(sql, sizeof sql, "UPDATE subsidy_rule SET is_active = 0 WHERE id = %lld",
             (long long)id);
    ff_test_change(&fx, sql);
    (void)buy(soup, 1); /* what the writer keeps is asked again after a change from outside */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(3), &p), FF_OK);
    ck_assert_uint_eq((unsigned)fx.cx.statements, plain);
}
END_TEST

START_TEST(a_quote_says_what_the_purchase_will_and_books_nothing)
{
    struct ff_purchase_item tray[] = {{soup, 2}};
    const struct ff_purchase_new in = {
        .items = {tray, 1}, .expected_total = FF_NULL_INT, .employee_id = anna};
    struct ff_quote q;
    (void)fixed("Lunch", 150);
    gift(100, "2026-03-31");
    const int64_t before = ff_test_books(&fx);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_quote(&fx.cx, &in, &q), FF_OK);
    ck_assert_int_eq(ff_test_books(&fx), before);
    const struct ff_purchase p = buy(soup, 2);
    ck_assert_int_eq(q.subsidy, p.subsidy);
    ck_assert_int_eq(q.allowance, p.allowance);
    ck_assert_int_eq(q.own, p.own);
    ck_assert_int_eq(q.own, 666 - 150 - 100);
    ck_assert_int_eq(q.balance_after, p.balance_after);
    ck_assert_uint_eq(q.items.n, 1);
}
END_TEST

/* ---- allowance ---- */

START_TEST(allowance_is_spent_first_and_what_runs_out_first)
{
    gift(300, "2026-03-31");
    gift(200, "2026-03-10");
    ck_assert_int_eq(account("subsidy:main"), -500);
    ck_assert_int_eq(view(anna).allowance, 500);
    ck_assert_int_eq(view(anna).spendable, 10500);
    const struct ff_purchase p = buy(soup, 1);
    ck_assert_int_eq(p.allowance, 333);
    ck_assert_int_eq(p.own, 0);
    ck_assert_int_eq(view(anna).spend.month_spent, 0);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT left_minor FROM allowance_grant WHERE amount_minor = 200"), 0);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT left_minor FROM allowance_grant WHERE amount_minor = 300"),
        167);
    const struct ff_purchase q = buy(soup, 1);
    ck_assert_int_eq(q.allowance, 167);
    ck_assert_int_eq(q.own, 166);
    undo(p.id);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT left_minor FROM allowance_grant WHERE amount_minor = 200"),
        200); /* to the grant it came from */
    ck_assert_int_eq(view(anna).allowance, 333);
}
END_TEST

START_TEST(what_ran_out_is_booked_back_once_however_late)
{
    int64_t people;
    gift(300, "2026-03-10");
    gift(200, "2026-12-31");
    (void)buy(cake, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_allowance_expire(&fx.cx, &people), FF_OK);
    ck_assert_int_eq(people, 0); /* not before its last day has passed */
    advance(8 * DAY);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_allowance_expire(&fx.cx, &people), FF_OK);
    ck_assert_int_eq(people, 0); /* the last day itself */
    advance(70 * DAY);           /* the machine was off */
    for (int i = 0; i < 2; i++) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_allowance_expire(&fx.cx, &people), FF_OK);
        ck_assert_int_eq(people, i == 0);
        ck_assert_int_eq(view(anna).allowance, 200);
        ck_assert_int_eq(account("subsidy:main"), -(500 - 101));
    }
}
END_TEST

START_TEST(first_use_after_the_last_day_finds_nothing)
{
    gift(300, "2026-03-10");
    advance(20 * DAY);
    const struct ff_purchase p = buy(cake, 1);
    ck_assert_int_eq(p.allowance, 0);
    ck_assert_int_eq(p.own, 199);
    ck_assert_int_eq(account("subsidy:main"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'allowance'"),
                     2);
}
END_TEST

START_TEST(a_refused_purchase_leaves_what_ran_out_for_later)
{
    struct ff_purchase p = {0};
    gift(300, "2026-03-10");
    advance(20 * DAY);
    const int64_t before = ff_test_books(&fx);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 40, ff_test_key(1), &p),
                     FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(ff_test_books(&fx), before);
}
END_TEST

START_TEST(undone_after_the_last_day_it_runs_out_again)
{
    int64_t people;
    gift(300, "2026-03-02");
    const struct ff_purchase p = buy(cake, 1);
    advance(DAY);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_allowance_expire(&fx.cx, &people), FF_OK);
    ck_assert_int_eq(view(anna).allowance, 0);
    undo(p.id);
    ck_assert_int_eq(view(anna).allowance, 199);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_allowance_expire(&fx.cx, &people), FF_OK);
    ck_assert_int_eq(people, 1);
    ck_assert_int_eq(view(anna).allowance, 0);
    ck_assert_int_eq(account("subsidy:main"), 0);
}
END_TEST

START_TEST(an_order_is_given_once)
{
    struct ff_allowance_run run;
    ck_assert_int_eq(give(300, "2026-03-31", 7, &run), FF_OK);
    ck_assert_int_eq(run.replayed, 0);
    ck_assert_int_eq(give(300, "2026-03-31", 7, &run), FF_OK);
    ck_assert_int_eq(run.replayed, 1);
    ck_assert_int_eq(run.total, 300);
    ck_assert_int_eq(run.left, 300);
    ck_assert_int_eq(give(301, "2026-03-31", 7, &run), FF_KEY_REUSED);
    ck_assert_int_eq(give(300, "2026-03-01", 8, &run), FF_VALIDATION);
    ck_assert_int_eq(view(anna).allowance, 300);
}
END_TEST

START_TEST(everybody_gets_theirs_and_an_idle_one_nothing)
{
    const struct ff_allowance_new in = {.amount = 50,
                                        .expires_on = "2026-03-31",
                                        .group_id = FF_NULL_INT,
                                        .department_id = FF_NULL_INT,
                                        .all = 1,
                                        .cost_centre_id = FF_NULL_INT};
    struct ff_allowance_run run;
    struct ff_idem idem;
    int64_t idle = ff_fixture_person(&fx, "E3", "Cili Bo", 0);
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE number = 'E3'");
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, ff_test_key(1), "giveAllowance", 0, 0, "", 0, &idem);
    ck_assert_int_eq(ff_allowance_give(&fx.cx, &in, &idem, &run), FF_OK);
    ck_assert_int_eq(run.people, 2);
    ck_assert_int_eq(run.total, 100);
    ck_assert_int_eq(view(anna).allowance, 50);
    ck_assert_int_eq(view(bela).allowance, 50);
    ck_assert_int_eq(view(idle).allowance, 0);
    ck_assert_int_eq(account("subsidy:main"), -100);
}
END_TEST

static enum ff_rc set_floors(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    return ff_wallet_set_floors(cx, FF_NULL_INT);
}

START_TEST(an_overdraft_is_the_wallets_alone)
{
    ff_test_change(&fx, "UPDATE site SET overdraft_minor = 500");
    gift(300, "2026-03-31");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_db_write(&fx.cx, set_floors, NULL), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT MIN(floor_minor) FROM wallet JOIN account ON id = "
                                         "account_id WHERE kind = 'allowance'"),
                     0);
    ck_assert_int_eq(view(anna).floor, -500);
}
END_TEST

/* ---- giving back ---- */

START_TEST(pieces_go_back_to_all_three)
{
    const struct ff_refund_piece one = {1, 1};
    struct ff_refund_piece lines[1];
    struct ff_refund r, again;
    struct ff_idem idem;
    int64_t subsidy = 0, allowance = 0, own = 0;
    (void)fixed("Lunch", 200);
    gift(301, "2026-03-31");
    const struct ff_purchase p = buy(soup, 3); /* 999: 200, 301, 498 */
    ck_assert_int_eq(p.own, 498);
    for (int i = 0; i < 3; i++) {
        const struct ff_refund_new in = {.lines = {lines, 1}, .reason = "spoilt"};
        lines[0] = one;
        ff_fixture_again(&fx);
        ff_idem_make(&fx.cx, ff_test_key(500 + i), "createRefund", 0, p.id, "", 0, &idem);
        ck_assert_int_eq(ff_purchase_refund(&fx.cx, p.id, &in, &idem, &r), FF_OK);
        ck_assert_int_eq(r.amount + r.subsidy + r.allowance, 333);
        subsidy += r.subsidy;
        allowance += r.allowance;
        own += r.amount;
        ck_assert_int_eq(ff_purchase_refund(&fx.cx, p.id, &in, &idem, &again), FF_OK);
        ck_assert_int_eq(again.replayed, 1);
        ck_assert_int_eq(again.amount, r.amount);
        ck_assert_int_eq(again.subsidy, r.subsidy);
        ck_assert_int_eq(again.allowance, r.allowance);
        ck_assert_int_eq(again.balance_after, r.balance_after);
    }
    ck_assert_int_eq(subsidy, 200);
    ck_assert_int_eq(allowance, 301);
    ck_assert_int_eq(own, 498);
    ck_assert_int_eq(view(anna).balance, 10000);
    ck_assert_int_eq(view(anna).allowance, 301);
    ck_assert_int_eq(view(anna).spend.month_spent, 0);
    ck_assert_int_eq(buy(soup, 1).subsidy, 0); /* a refund frees no slot, only a void does */
}
END_TEST

START_TEST(who_goes_leaves_the_allowance_to_the_employer)
{
    const struct ff_erasure_new in = {.reason = "left the company", .settle = "payout"};
    struct ff_erasure out = {0};
    gift(300, "2026-03-31");
    gift(200, "2026-04-30");
    (void)buy(cake, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_privacy_erase(&fx.cx, anna, &in, &out), FF_OK);
    ck_assert_int_eq(account("subsidy:main"), -199);
    ck_assert_int_eq(account("cash:main"), 10000);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM wallet WHERE state = 'closed'"), 2);
}
END_TEST

START_TEST(the_same_key_tells_the_same_parts)
{
    struct ff_purchase p = {0}, again = {0};
    (void)fixed("Lunch", 150);
    gift(100, "2026-03-31");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &p), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.id, p.id);
    ck_assert_int_eq(again.subsidy, 150);
    ck_assert_int_eq(again.allowance, 100);
    ck_assert_int_eq(again.own, 416);
    ck_assert_int_eq(again.balance_after, p.balance_after);
    ck_assert_int_eq(view(anna).allowance, 0);
}
END_TEST

/* The employer's report of a range is what the employer's accounts moved by, however it is cut. */
static void check_reports(void)
{
    const int64_t moved = -ff_test_number(&fx, "SELECT COALESCE(SUM(n.amount_minor), 0) FROM entry "
                                               "n JOIN account a ON a.id = n.account_id "
                                               "WHERE a.kind = 'subsidy'");
    for (size_t i = 0; ff_employer_keys[i]; i++) {
        struct ff_employer_report r;
        int64_t sum = 0;
        ff_fixture_again(&fx);
        ck_assert_int_eq(
            ff_report_employer(&fx.cx, "2026-01-01", "2026-12-31", ff_employer_keys[i], &r), FF_OK);
        const struct ff_employer_row *row = r.rows.items;
        for (size_t k = 0; k < r.rows.n; k++)
            sum += row[k].amount;
        ck_assert_int_eq(r.amount, moved);
        ck_assert_int_eq(sum, moved);
        ck_assert_int_eq(r.meals + r.allowances, moved);
    }
}

/* A month of lunches by chance: after each step who paid adds up, and in the end the books prove.
 */
START_TEST(a_month_of_lunches_adds_up)
{
    int64_t bought[64], n = 0, people;
    unsigned seed = 7;
    const char *wish = getenv("FF_SEED");
    if (wish)
        seed = (unsigned)strtoul(wish, NULL, 10);
    (void)rule((struct ff_subsidy_rule){.name = "Third", .kind = "percent", .value = 333333}, 0);
    (void)fixed("Fixed", 90);
    for (int step = 0; step < 60; step++) {
        const int dice = rand_r(&seed) % 10;
        if (dice < 2) {
            char day[FF_DATE_CAP];
            ff_business_date(ff_clock_now_ms(fx.clock) + rand_r(&seed) % 4 * DAY, 0, day);
            gift(1 + rand_r(&seed) % 700, day);
        } else if (dice < 7) {
            const struct ff_purchase_item tray[] = {{soup, 1 + rand_r(&seed) % 3}, {tea, 1}};
            if (view(anna).balance > 1200)
                bought[n++] = buy_tray(tray, 2).id;
        } else if (dice == 7 && n) {
            ff_fixture_again(&fx);
            if (ff_test_refund(&fx.cx, bought[--n], ff_test_key(next_key++)))
                ff_err_clear(&fx.cx);
        } else if (dice == 8 && n) {
            undo(bought[--n]);
        } else {
            ff_fixture_again(&fx);
            ck_assert_int_eq(ff_allowance_expire(&fx.cx, &people), FF_OK);
        }
        advance(rand_r(&seed) % 16 * HOUR);
        ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(balance_minor) FROM wallet"),
                         -ff_test_number(&fx, "SELECT SUM(amount_minor) FROM entry WHERE "
                                              "balance_after IS NULL")); /* I15 */
    }
    check_reports();
}
END_TEST

START_TEST(a_grant_that_was_changed_is_found)
{
    struct ff_verify_report report;
    (void)fixed("Lunch", 150);
    (void)buy(soup, 1);
    gift(100, "2026-03-31");
    ff_test_unguard(&fx, "UPDATE subsidy_grant SET amount_minor = 149");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &report), FF_OK);
    ck_assert(!report.ok);
    ck_assert_str_eq(report.table, "subsidy_grant");
    ff_test_unguard(&fx, "UPDATE subsidy_grant SET amount_minor = 150");
    ff_test_unguard(&fx, "UPDATE allowance_grant SET left_minor = 99");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &report), FF_OK);
    ck_assert(!report.ok);
    ck_assert_str_eq(report.table, "allowance_grant");
    ff_test_unguard(&fx, "UPDATE allowance_grant SET left_minor = 100");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_employer");
    TCase *t = tcase_create("employer");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, a_rule_gives_to_the_unit_and_never_more_than_the_price);
    tcase_add_test(t, a_rule_holds_on_its_days_in_its_hours);
    tcase_add_test(t, percent_over_three_lines_sums_exactly);
    tcase_add_test(t, cap_bounds_a_meal);
    tcase_add_test(t, first_meal_of_a_slot_is_paid_and_a_void_frees_it);
    tcase_add_test(t, the_rule_that_gives_most_pays);
    tcase_add_test(t, a_rule_of_a_group_is_for_its_people);
    tcase_add_test(t, a_department_has_its_cost_centre);
    tcase_add_test(t, what_the_employer_pays_whole_is_still_on_the_list);
    tcase_add_test(t, a_purchase_without_rules_asks_nothing_more);
    tcase_add_test(t, a_quote_says_what_the_purchase_will_and_books_nothing);
    tcase_add_test(t, allowance_is_spent_first_and_what_runs_out_first);
    tcase_add_test(t, what_ran_out_is_booked_back_once_however_late);
    tcase_add_test(t, first_use_after_the_last_day_finds_nothing);
    tcase_add_test(t, a_refused_purchase_leaves_what_ran_out_for_later);
    tcase_add_test(t, undone_after_the_last_day_it_runs_out_again);
    tcase_add_test(t, an_order_is_given_once);
    tcase_add_test(t, everybody_gets_theirs_and_an_idle_one_nothing);
    tcase_add_test(t, an_overdraft_is_the_wallets_alone);
    tcase_add_test(t, pieces_go_back_to_all_three);
    tcase_add_test(t, who_goes_leaves_the_allowance_to_the_employer);
    tcase_add_test(t, the_same_key_tells_the_same_parts);
    tcase_add_test(t, a_month_of_lunches_adds_up);
    tcase_add_test(t, a_grant_that_was_changed_is_found);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}
