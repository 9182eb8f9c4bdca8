/* SPDX-License-Identifier: MIT */
/* purchase_undo.c - taking back: exact, once, in time, by those who may, never stopped by a limit.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"
#include "base/money.h"
#include "domain/ledger/month.h"
#include "domain/site/site.h"

#define MINUTE INT64_C(60000)
#define DAY    INT64_C(86400000)

static struct ff_fixture fx;
static int64_t anna, bela, soup;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 5000);
    soup = ff_fixture_product(&fx, "Soup", 350);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static void as_person(int64_t employee)
{
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, employee);
    fx.cx.who.user_id = employee;
}

static int64_t bought(int64_t employee, int64_t quantity, int64_t key)
{
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, employee, soup, quantity, ff_test_key(key), &p), FF_OK);
    return p.id;
}

static enum ff_rc undone(int64_t purchase, int64_t key)
{
    struct ff_undo u = {0};
    ff_fixture_again(&fx);
    return ff_test_undo(&fx.cx, purchase, ff_test_key(key), &u);
}

START_TEST(undo_is_the_exact_negation)
{
    struct ff_undo u = {0};
    struct ff_purchase p = {0};
    as_person(anna);
    int64_t id = bought(anna, 2, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(2), &u), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 9); /* the month is known */
    ck_assert_int_eq(u.id, id + 1);
    ck_assert_int_eq(u.purchase_id, id);
    ck_assert_int_eq(u.amount, 700);
    ck_assert_int_eq(u.balance_after, 5000);
    ck_assert_int_eq(u.recorded_at, FF_TEST_NOW);
    ck_assert_int_eq(u.replayed, 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM entry a JOIN entry b ON "
                                         "a.account_id = b.account_id AND a.amount_minor = "
                                         "-b.amount_minor WHERE a.journal_id = 3 AND "
                                         "b.journal_id = 4"),
                     2);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT reverses_id FROM journal WHERE kind = 'void'"),
                     id);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &p), FF_OK);
    ck_assert_int_eq(p.undone, 1);
    ck_assert_int_eq(p.undo_until, FF_NULL_INT);
    ck_assert_int_eq(p.undo_seconds, 0);
    ck_assert_int_eq(p.balance_after, 4300); /* of then: the past does not change */
    ck_assert_int_eq(ff_test_books(&fx), 4);
}
END_TEST

START_TEST(undo_happens_once)
{
    as_person(anna);
    int64_t id = bought(anna, 1, 1);
    ck_assert_int_eq(undone(id, 2), FF_OK);
    ck_assert_int_eq(undone(id, 3), FF_ALREADY_UNDONE);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000);
    ck_assert_int_eq(ff_test_books(&fx), 4);
}
END_TEST

START_TEST(repeated_undo_gets_the_first_answer)
{
    struct ff_undo first = {0}, again = {0};
    as_person(anna);
    int64_t id = bought(anna, 1, 1), other = bought(anna, 1, 2);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(3), &first), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + DAY));
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(3), &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.id, first.id);
    ck_assert_int_eq(again.purchase_id, id);
    ck_assert_int_eq(again.amount, 350);
    ck_assert_int_eq(again.balance_after, first.balance_after);
    ck_assert_int_eq(again.recorded_at, first.recorded_at);
    ck_assert_int_eq(undone(other, 3), FF_KEY_REUSED);
    ck_assert_int_eq(undone(id, 1), FF_KEY_REUSED); /* the purchase's own key */
}
END_TEST

static const struct window_case {
    int64_t after_ms;
    enum ff_rc rc;
    int64_t seconds;
} windows[] = {
    {0, FF_OK, 300},
    {MINUTE, FF_OK, 240},
    {5 * MINUTE - 1, FF_OK, 0},
    {5 * MINUTE, FF_UNDO_WINDOW, 0},
    {40 * DAY, FF_UNDO_WINDOW, 0},
};

START_TEST(person_has_the_window)
{
    const struct window_case *c = &windows[_i];
    struct ff_purchase p = {0};
    as_person(anna);
    int64_t id = bought(anna, 1, 1);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + c->after_ms));
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &p), FF_OK);
    ck_assert_int_eq(p.undo_seconds, c->seconds);
    ck_assert_int_eq(p.undo_until, c->rc ? FF_NULL_INT : FF_TEST_NOW + 5 * MINUTE);
    ck_assert_int_eq(undone(id, 2), c->rc);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), c->rc ? 4650 : 5000);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(window_of_zero_allows_no_undo)
{
    ff_test_change(&fx, "UPDATE site SET undo_seconds = 0");
    ff_site_free(fx.site);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_site_load(&fx.cx, &fx.site), FF_OK);
    fx.cx.site = fx.site;
    as_person(anna);
    int64_t id = bought(anna, 1, 1);
    ck_assert_int_eq(undone(id, 2), FF_UNDO_WINDOW);
}
END_TEST

START_TEST(nobody_undoes_for_another)
{
    as_person(bela);
    int64_t id = bought(bela, 1, 1);
    as_person(anna);
    ck_assert_int_eq(undone(id, 2), FF_NOT_FOUND);
    ck_assert_int_eq(undone(9999, 3), FF_NOT_FOUND);
    ck_assert_int_eq(undone(1, 4), FF_NOT_FOUND); /* an opening is no purchase */
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), 4650);
}
END_TEST

START_TEST(manager_undoes_for_others_until_the_period_closes)
{
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (4,'Kitchen','k');"
                        "UPDATE employee SET department_id = 4 WHERE number = 'E1'");
    struct ff_month march;
    int64_t first = bought(anna, 1, 1), second = bought(anna, 1, 2), foreign = bought(bela, 1, 3);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.user_id = 9;
    fx.cx.who.department_id = 4;
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 20 * DAY));
    ck_assert_int_eq(undone(foreign, 4), FF_NOT_FOUND);
    ck_assert_int_eq(undone(first, 5), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 40 * DAY));
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_close(&fx.cx, "2026-03", &march), FF_OK);
    ck_assert_int_eq(undone(second, 6), FF_UNDO_WINDOW);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(manager_has_only_the_window_for_the_own_purchase)
{
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, anna);
    fx.cx.who.user_id = 9;
    int64_t id = bought(anna, 1, 1);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 6 * MINUTE));
    ck_assert_int_eq(undone(id, 2), FF_UNDO_WINDOW);
    fx.cx.who.employee_id = bela;
    ck_assert_int_eq(undone(id, 2), FF_OK);
}
END_TEST

/* ---- after a refund ---- */

START_TEST(refunded_purchase_is_not_undone)
{
    const int64_t id = bought(anna, 1, 1);
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_refund(&fx.cx, id, ff_test_key(3)), FF_OK);
    as_person(anna);
    ck_assert_int_eq(undone(id, 2), FF_ALREADY_REFUNDED);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &p), FF_OK);
    ck_assert_int_eq(p.undo_until, FF_NULL_INT);
    ck_assert_int_eq(p.undone, 0);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- limits ---- */

START_TEST(undo_is_never_refused_for_a_limit)
{
    as_person(anna);
    int64_t id = bought(anna, 2, 1);
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 0, is_active = 0;"
                        "UPDATE product SET is_archived = 1");
    ck_assert_int_eq(undone(id, 2), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(month_spent_minor) FROM wallet"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(day_spent_minor) FROM wallet"), 0);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(counters_go_back_to_the_purchases_own_month)
{
    int64_t april;
    int64_t march = bought(anna, 2, 1);
    ck_assert(ff_instant_parse("2026-04-02T10:00:00Z", &april));
    ck_assert(ff_clock_advance_to(fx.clock, april));
    (void)bought(anna, 1, 2);
    ck_assert_int_eq(undone(march, 3), FF_OK); /* by the operator */
    ck_assert_int_eq(ff_test_number(&fx, "SELECT month_spent_minor FROM wallet WHERE month = "
                                         "'2026-04'"),
                     350);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT day_spent_minor FROM wallet WHERE day = "
                                         "'2026-04-02'"),
                     350);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 4650);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(counters_of_an_older_day_of_the_month)
{
    int64_t monday = bought(anna, 2, 1);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + DAY));
    (void)bought(anna, 1, 2);
    ck_assert_int_eq(undone(monday, 3), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT month_spent_minor FROM wallet WHERE day = "
                                         "'2026-03-03'"),
                     350);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT day_spent_minor FROM wallet WHERE day = "
                                         "'2026-03-03'"),
                     350);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(undo_into_a_full_wallet_says_why)
{
    struct ff_movement t = {0};
    int64_t rich = ff_fixture_person(&fx, "E3", "Rich", FF_MONEY_WALLET_MAX);
    int64_t id = bought(rich, 1, 1);
    ck_assert_int_eq(ff_test_topup(&fx.cx, rich, 350, ff_test_key(2), &t), FF_OK);
    ck_assert_int_eq(undone(id, 3), FF_BALANCE_LIMIT);
    ck_assert_int_eq(ff_test_param(&fx.cx, "amount"), 350);
    ck_assert_int_eq(ff_test_param(&fx.cx, "balance"), FF_MONEY_WALLET_MAX);
    (void)ff_test_books(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_undo");
    TCase *t = tcase_create("undo");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, undo_is_the_exact_negation);
    tcase_add_test(t, undo_happens_once);
    tcase_add_test(t, repeated_undo_gets_the_first_answer);
    tcase_add_loop_test(t, person_has_the_window, 0, (int)(sizeof windows / sizeof windows[0]));
    tcase_add_test(t, window_of_zero_allows_no_undo);
    tcase_add_test(t, nobody_undoes_for_another);
    tcase_add_test(t, manager_undoes_for_others_until_the_period_closes);
    tcase_add_test(t, manager_has_only_the_window_for_the_own_purchase);
    tcase_add_test(t, refunded_purchase_is_not_undone);
    tcase_add_test(t, undo_is_never_refused_for_a_limit);
    tcase_add_test(t, counters_go_back_to_the_purchases_own_month);
    tcase_add_test(t, counters_of_an_older_day_of_the_month);
    tcase_add_test(t, undo_into_a_full_wallet_says_why);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
