/* SPDX-License-Identifier: MIT */
/* ledger_till.c - cash drawers: float, what goes through them, the count and its difference, and
 * that the account stands at 0 before and after. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/till.h"

static struct ff_fixture fx;
static int64_t anna, next_key;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 0);
    next_key = 100;
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static struct ff_idem key_of(int64_t n, int64_t what)
{
    struct ff_idem idem;
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, ff_test_key(n), "test", what, 0, "", 0, &idem);
    return idem;
}

static enum ff_rc open_till(const char *name, int64_t amount, struct ff_till *t)
{
    const struct ff_idem idem = key_of(next_key++, amount);
    return ff_till_open(&fx.cx, name, amount, &idem, t);
}

static enum ff_rc count_till(int64_t id, int64_t counted, const char *reason, struct ff_till *t)
{
    const struct ff_idem idem = key_of(next_key++, counted);
    return ff_till_count(&fx.cx, id, counted, reason, &idem, t);
}

static enum ff_rc cash(int64_t amount, int64_t till_id, struct ff_movement *m)
{
    const struct ff_cash_move in = {.is_payout = amount < 0,
                                    .employee_id = anna,
                                    .amount = amount < 0 ? -amount : amount,
                                    .source = "cash",
                                    .till_id = till_id};
    const struct ff_idem idem = key_of(next_key++, amount);
    return ff_ledger_cash(&fx.cx, &in, &idem, m);
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

START_TEST(float_movements_and_count_add_up)
{
    struct ff_till t;
    struct ff_movement m;
    ck_assert_int_eq(open_till("Counter", 10000, &t), FF_OK);
    ck_assert_int_eq(t.expected, 10000);
    ck_assert_int_eq(account("cash:counter"), -10000);
    ck_assert_int_eq(account("cash:main"), 10000);
    ck_assert_int_eq(cash(2000, FF_NULL_INT, &m), FF_OK);
    ck_assert_int_eq(cash(-500, t.id, &m), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_till_get(&fx.cx, t.id, &t), FF_OK);
    ck_assert_int_eq(t.expected, 11500);
    ck_assert_uint_eq(t.movements.n, 3);
    ck_assert_int_eq(((struct ff_till_movement *)t.movements.items)[2].amount, -500);
    ck_assert_int_eq(count_till(t.id, 11500, NULL, &t), FF_OK);
    ck_assert_str_eq(t.state, "closed");
    ck_assert_int_eq(t.difference, 0);
    ck_assert_uint_eq(t.movements.n, 4);
    ck_assert_int_eq(account("cash:counter"), 0);
    ck_assert_int_eq(account("cash:main"), -1500);
    ck_assert_int_eq(account("adjust:overshort"), 0);
    ck_assert_int_eq(ff_test_books(&fx), 4);
}
END_TEST

START_TEST(a_till_counted_short_needs_a_reason)
{
    struct ff_till t;
    ck_assert_int_eq(open_till("Counter", 5000, &t), FF_OK);
    ck_assert_int_eq(count_till(t.id, 4880, NULL, &t), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/reason", "REQUIRED");
    ck_assert_ptr_nonnull(strstr(fx.cx.err.fields[0].detail, "1.20 EUR short"));
    ck_assert_int_eq(account("cash:counter"), -5000);
    ck_assert_int_eq(count_till(1, 4880, "a coin fell behind the shelf", &t), FF_OK);
    ck_assert_int_eq(t.difference, -120);
    ck_assert_int_eq(account("adjust:overshort"), -120);
    ck_assert_int_eq(account("cash:counter"), 0);
    ck_assert_int_eq(account("cash:main"), 120);
    ck_assert_int_eq(
        ff_test_number(&fx,
                       "SELECT SUM(amount_minor) FROM entry JOIN account a ON a.id = account_id "
                       "JOIN journal j ON j.id = journal_id WHERE j.reason_code = 'overshort' "
                       "AND code = 'cash:counter'"),
        120);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(over_is_booked_the_other_way_round)
{
    struct ff_till t;
    ck_assert_int_eq(open_till("Counter", 0, &t), FF_OK);
    ck_assert_int_eq(count_till(t.id, 30, "found", &t), FF_OK);
    ck_assert_int_eq(account("adjust:overshort"), 30);
    ck_assert_int_eq(account("cash:main"), -30);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(opening_and_counting_happen_once)
{
    struct ff_till t, again;
    struct ff_idem idem = key_of(1, 700);
    ck_assert_int_eq(ff_till_open(&fx.cx, "Counter", 700, &idem, &t), FF_OK);
    ck_assert_int_eq(ff_till_open(&fx.cx, "Counter", 700, &idem, &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.id, t.id);
    idem = key_of(1, 800);
    ck_assert_int_eq(ff_till_open(&fx.cx, "Counter", 800, &idem, &again), FF_KEY_REUSED);
    ck_assert_int_eq(open_till("COUNTER", 1, &again), FF_ALREADY_EXISTS);
    ck_assert_int_eq(open_till("Main", 1, &again), FF_VALIDATION);
    ck_assert_int_eq(open_till("Counter 2", -1, &again), FF_VALIDATION);
    idem = key_of(2, 700);
    ck_assert_int_eq(ff_till_count(&fx.cx, t.id, 700, NULL, &idem, &again), FF_OK);
    idem = key_of(2, 700);
    ck_assert_int_eq(ff_till_count(&fx.cx, t.id, 700, NULL, &idem, &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(count_till(t.id, 700, NULL, &again), FF_TILL_CLOSED);
    ck_assert_int_eq(count_till(99, 700, NULL, &again), FF_NOT_FOUND);
    ck_assert_int_eq(ff_test_books(&fx), 2);
    ck_assert_int_eq(open_till("Counter", 0, &again), FF_OK); /* the next day */
    ck_assert_int_eq(again.expected, 0);
}
END_TEST

START_TEST(cash_goes_through_the_named_or_the_only_open_till)
{
    struct ff_till a, b;
    struct ff_movement m;
    ck_assert_int_eq(cash(100, FF_NULL_INT, &m), FF_OK);
    ck_assert_int_eq(account("cash:main"), -100);
    ck_assert_int_eq(open_till("A", 0, &a), FF_OK);
    ck_assert_int_eq(cash(200, FF_NULL_INT, &m), FF_OK);
    ck_assert_int_eq(account("cash:a"), -200);
    ck_assert_int_eq(open_till("B", 0, &b), FF_OK);
    ck_assert_int_eq(cash(400, b.id, &m), FF_OK);
    ck_assert_int_eq(account("cash:b"), -400);
    ck_assert_int_eq(cash(800, FF_NULL_INT, &m), FF_OK); /* which one? */
    ck_assert_int_eq(account("cash:main"), -900);
    ck_assert_int_eq(cash(1, 99, &m), FF_NOT_FOUND);
    ck_assert_int_eq(count_till(a.id, 200, NULL, &a), FF_OK);
    ck_assert_int_eq(cash(1, a.id, &m), FF_TILL_CLOSED);
    const struct ff_cash_move bank = {
        .employee_id = anna, .amount = 1, .source = "bank", .till_id = b.id};
    const struct ff_idem idem = key_of(next_key++, 1);
    ck_assert_int_eq(ff_ledger_cash(&fx.cx, &bank, &idem, &m), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/tillId", "VALUE");
}
END_TEST

START_TEST(a_void_after_the_count_takes_the_cash_of_the_till_that_is_open_now)
{
    struct ff_till monday, tuesday;
    struct ff_movement was, m;
    ck_assert_int_eq(open_till("Counter", 0, &monday), FF_OK);
    ck_assert_int_eq(cash(300, monday.id, &was), FF_OK);
    ck_assert_int_eq(count_till(monday.id, 300, NULL, &monday), FF_OK);
    ck_assert_int_eq(open_till("Hatch", 1000, &tuesday), FF_OK);
    const struct ff_idem idem = key_of(next_key++, was.id);
    ck_assert_int_eq(ff_ledger_void(&fx.cx, was.id, "wrong_person", NULL, &idem, &m), FF_OK);
    ck_assert_int_eq(account("cash:counter"), 0);
    ck_assert_int_eq(account("cash:hatch"), -700);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_till_get(&fx.cx, tuesday.id, &tuesday), FF_OK);
    ck_assert_int_eq(tuesday.expected, 700);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_till_get(&fx.cx, monday.id, &monday), FF_OK);
    ck_assert_uint_eq(monday.movements.n, 2);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 0);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(the_list_is_newest_first_and_by_state)
{
    struct ff_till t;
    struct ff_list list;
    int64_t total;
    ck_assert_int_eq(open_till("A", 0, &t), FF_OK);
    ck_assert_int_eq(count_till(t.id, 0, NULL, &t), FF_OK);
    ck_assert_int_eq(open_till("B", 50, &t), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_till_list(&fx.cx, NULL, 1, 10, &list, &total), FF_OK);
    ck_assert_int_eq(total, 2);
    ck_assert_str_eq(((struct ff_till *)list.items)[0].name, "B");
    ck_assert_int_eq(((struct ff_till *)list.items)[0].expected, 50);
    ck_assert_int_eq(ff_till_list(&fx.cx, "open", 1, 10, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger_till");
    TCase *cases = tcase_create("till");
    tcase_add_checked_fixture(cases, open_all, close_all);
    tcase_add_test(cases, float_movements_and_count_add_up);
    tcase_add_test(cases, a_till_counted_short_needs_a_reason);
    tcase_add_test(cases, over_is_booked_the_other_way_round);
    tcase_add_test(cases, opening_and_counting_happen_once);
    tcase_add_test(cases, cash_goes_through_the_named_or_the_only_open_till);
    tcase_add_test(cases, a_void_after_the_count_takes_the_cash_of_the_till_that_is_open_now);
    tcase_add_test(cases, the_list_is_newest_first_and_by_state);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
