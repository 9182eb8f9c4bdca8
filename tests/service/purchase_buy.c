/* SPDX-License-Identifier: MIT */
/* purchase_buy.c - buying: prices, totals, limits, the floor, who may buy for whom, and repeated
 * requests. Every refusal leaves no trace. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"
#include "base/money.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup, roll;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 5000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    roll = ff_fixture_product(&fx, "Roll", 60);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static int64_t bookings(void)
{
    return ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'purchase'");
}

/* Whatever was refused, nothing of it is in any table. */
static void assert_no_trace(void)
{
    ck_assert_int_eq(bookings(), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM purchase"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM purchase_line"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM entry"), 4);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(month_spent_minor) FROM wallet"), 0);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}

/* ---- success ---- */

START_TEST(purchase_tells_all_that_was_booked)
{
    const struct ff_purchase_item tray[] = {{soup, 2}, {roll, 3}};
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.id, 3);
    ck_assert_int_eq(p.employee_id, anna);
    ck_assert_str_eq(p.employee_name, "Anna Nagy");
    ck_assert_int_eq(p.total, 880);
    ck_assert_int_eq(p.balance_after, 4120);
    ck_assert_int_eq(p.recorded_at, FF_TEST_NOW);
    ck_assert_str_eq(p.business_date, "2026-03-02");
    ck_assert_int_eq(p.undo_until, FF_TEST_NOW + 300000);
    ck_assert_int_eq(p.undo_seconds, 300);
    ck_assert_str_eq(p.receipt_code, "P-3");
    ck_assert_ptr_null(p.device);
    ck_assert(!p.undone && !p.replayed);
    const struct ff_purchase_line *line = p.items.items;
    ck_assert_int_eq((int)p.items.n, 2);
    ck_assert_int_eq(line[0].line_no, 1);
    ck_assert_str_eq(line[0].name, "Soup");
    ck_assert_int_eq(line[0].unit_price, 350);
    ck_assert_int_eq(line[0].total, 700);
    ck_assert_int_eq(line[1].line_no, 2);
    ck_assert_int_eq(line[1].product_id, roll);
    ck_assert_int_eq(line[1].quantity, 3);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 4120);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT SUM(amount_minor) FROM entry JOIN account a ON "
                                         "a.id = account_id WHERE a.code = 'revenue:sales'"),
                     880);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(answer_and_record_are_the_same)
{
    const struct ff_purchase_item tray[] = {{soup, 2}, {roll, 3}};
    struct ff_purchase told = {0}, read = {0};
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(1), &told), FF_OK);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, told.id, &read), FF_OK);
    ck_assert_str_eq(told.employee_name, read.employee_name);
    ck_assert_str_eq(told.business_date, read.business_date);
    ck_assert_str_eq(told.receipt_code, read.receipt_code);
    ck_assert_int_eq(told.total, read.total);
    ck_assert_int_eq(told.balance_after, read.balance_after);
    ck_assert_int_eq(told.recorded_at, read.recorded_at);
    ck_assert_int_eq(told.undo_until, read.undo_until);
    ck_assert_int_eq(told.undo_seconds, read.undo_seconds);
    ck_assert_int_eq((int)told.items.n, (int)read.items.n);
    for (size_t i = 0; i < told.items.n; i++) {
        const struct ff_purchase_line *a = (const struct ff_purchase_line *)told.items.items + i;
        const struct ff_purchase_line *b = (const struct ff_purchase_line *)read.items.items + i;
        ck_assert_int_eq(a->line_no, b->line_no);
        ck_assert_int_eq(a->product_id, b->product_id);
        ck_assert_str_eq(a->name, b->name);
        ck_assert_int_eq(a->quantity, b->quantity);
        ck_assert_int_eq(a->unit_price, b->unit_price);
        ck_assert_int_eq(a->total, b->total);
    }
}
END_TEST

START_TEST(same_product_twice_is_one_line)
{
    const struct ff_purchase_item tray[] = {{soup, 1}, {roll, 1}, {soup, 2}};
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 3, ff_test_key(1), &p), FF_OK);
    const struct ff_purchase_line *line = p.items.items;
    ck_assert_int_eq((int)p.items.n, 2);
    ck_assert_int_eq(line[0].product_id, soup);
    ck_assert_int_eq(line[0].quantity, 3);
    ck_assert_int_eq(line[1].product_id, roll);
    ck_assert_int_eq(p.total, 3 * 350 + 60);
}
END_TEST

START_TEST(number_of_statements_is_fixed)
{
    const struct ff_purchase_item tray[] = {{soup, 2}, {roll, 3}};
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 11); /* no price, no month; then the record */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(3), &p), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 11); /* no account; the roll and a line more */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(3), &p), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 4); /* told again: key, request, row, lines */
}
END_TEST

START_TEST(old_purchase_keeps_name_and_price)
{
    struct ff_purchase p = {0}, now = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ff_test_change(&fx, "UPDATE product SET price_minor = 420, name = 'Fine soup' "
                        "WHERE name = 'Soup'");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &now), FF_OK);
    ck_assert_int_eq(now.total, 420);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, p.id, &p), FF_OK);
    const struct ff_purchase_line *line = p.items.items;
    ck_assert_str_eq(line->name, "Soup");
    ck_assert_int_eq(line->unit_price, 350);
    ck_assert_int_eq(p.total, 350);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- what is refused ---- */

static enum ff_rc expect(int64_t expected, const char *key)
{
    struct ff_purchase_item item = {soup, 2};
    struct ff_purchase_new in = {
        .items = {&item, 1}, .expected_total = expected, .employee_id = anna};
    struct ff_purchase p;
    struct ff_idem idem;
    ff_idem_make(&fx.cx, key, "createPurchase", anna, 0, &expected, sizeof expected, &idem);
    return ff_purchase_create(&fx.cx, &in, &idem, &p);
}

START_TEST(another_total_than_expected_is_refused)
{
    ck_assert_int_eq(expect(699, ff_test_key(1)), FF_PRICE_CHANGED);
    ck_assert_int_eq(ff_test_param(&fx.cx, "expected"), 699);
    ck_assert_int_eq(ff_test_param(&fx.cx, "total"), 700);
    ck_assert_int_eq(expect(0, ff_test_key(1)), FF_PRICE_CHANGED);
    assert_no_trace();
    ck_assert_int_eq(expect(700, ff_test_key(1)), FF_OK); /* a refusal does not use the key up */
    ck_assert_int_eq(bookings(), 1);
}
END_TEST

START_TEST(product_that_cannot_be_sold_is_named)
{
    struct ff_purchase p;
    const struct ff_purchase_item tray[] = {{roll, 1}, {soup, 1}};
    ff_test_change(&fx, "UPDATE product SET is_available = 0 WHERE name = 'Soup'");
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(1), &p), FF_OUT_OF_STOCK);
    ck_assert_int_eq(ff_test_param(&fx.cx, "productId"), soup);
    ff_test_change(&fx, "UPDATE product SET is_archived = 1 WHERE name = 'Soup'");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(1), &p),
                     FF_PRODUCT_INACTIVE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "productId"), soup);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 9999, 1, ff_test_key(1), &p), FF_PRODUCT_INACTIVE);
    assert_no_trace();
}
END_TEST

START_TEST(floor_names_what_is_missing)
{
    struct ff_purchase p;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 15, ff_test_key(1), &p),
                     FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "balance"), 5000);
    ck_assert_int_eq(ff_test_param(&fx.cx, "required"), 5250);
    ck_assert_int_eq(ff_test_param(&fx.cx, "missing"), 250);
    assert_no_trace();
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -249");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 15, ff_test_key(1), &p),
                     FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "balance"), 5249);
    ck_assert_int_eq(ff_test_param(&fx.cx, "missing"), 1);
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -250");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 15, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.balance_after, -250);
}
END_TEST

START_TEST(inactive_person_buys_nothing)
{
    struct ff_purchase p;
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE number = 'E1'");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_EMPLOYEE_INACTIVE);
    assert_no_trace();
}
END_TEST

static const struct tray_case {
    size_t n;
    int64_t first, second;
    enum ff_rc rc;
} trays[] = {
    {0, 1, 1, FF_VALIDATION},
    {1, 0, 1, FF_VALIDATION},
    {1, -1, 1, FF_VALIDATION},
    {1, 100, 1, FF_VALIDATION},
    {1, INT64_MAX, 1, FF_VALIDATION},
    {2, 50, 50, FF_VALIDATION},
    {2, 50, 49, FF_OK},
    {1, 99, 1, FF_OK},
    {51, 1, 1, FF_VALIDATION},
};

START_TEST(tray_has_bounds)
{
    const struct tray_case *c = &trays[_i];
    static struct ff_purchase_item tray[51];
    struct ff_purchase p;
    for (size_t i = 0; i < 51; i++)
        tray[i] = (struct ff_purchase_item){roll, i ? c->second : c->first};
    ff_test_change(&fx, "UPDATE product SET price_minor = 1");
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, c->n, ff_test_key(1), &p), c->rc);
    if (c->rc)
        assert_no_trace();
}
END_TEST

START_TEST(fifty_lines_with_long_names_are_sealed_and_proved)
{
    static struct ff_purchase_item tray[FF_PURCHASE_MAX_LINES];
    struct ff_purchase p;
    for (int i = 0; i < FF_PURCHASE_MAX_LINES; i++) {
        char name[201] = "";
        snprintf(name, sizeof name, "Dish %02d ", i);
        while (strlen(name) < 100) /* two bytes a letter */
            snprintf(name + strlen(name), sizeof name - strlen(name), "ő");
        tray[i] = (struct ff_purchase_item){ff_fixture_product(&fx, name, 1 + i), 1};
    }
    ff_fixture_again(&fx);
    ck_assert_int_eq(
        ff_test_buy_tray(&fx.cx, anna, tray, FF_PURCHASE_MAX_LINES, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq((int)p.items.n, FF_PURCHASE_MAX_LINES);
    ck_assert_int_eq(p.total, 50 * 51 / 2);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, p.id, &p), FF_OK);
    ck_assert_int_eq((int)p.items.n, FF_PURCHASE_MAX_LINES);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(total_has_a_bound)
{
    struct ff_purchase p;
    int64_t rich = ff_fixture_person(&fx, "E3", "Rich", FF_MONEY_WALLET_MAX);
    const struct ff_purchase_item tray[] = {{soup, 10}, {roll, 1}};
    ff_test_change(&fx, "UPDATE product SET price_minor = 1000000 WHERE name = 'Soup';"
                        "UPDATE product SET price_minor = 1 WHERE name = 'Roll'");
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, rich, tray, 2, ff_test_key(1), &p),
                     FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "max"), FF_MONEY_TOTAL_MAX);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, rich, tray, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.total, FF_MONEY_TOTAL_MAX);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- monthly limit ---- */

START_TEST(monthly_limit_counts_what_the_person_pays)
{
    struct ff_purchase p, rolls;
    struct ff_undo u;
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 1000 WHERE number = 'E1'");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_MONTHLY_LIMIT);
    ck_assert_int_eq(ff_test_param(&fx.cx, "limit"), 1000);
    ck_assert_int_eq(ff_test_param(&fx.cx, "spent"), 700);
    ck_assert_int_eq(ff_test_param(&fx.cx, "required"), 350);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 5, ff_test_key(3), &rolls), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 1, ff_test_key(4), &p), FF_MONTHLY_LIMIT);
    ck_assert_int_eq(ff_test_undo(&fx.cx, rolls.id, ff_test_key(5), &u), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 5, ff_test_key(6), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 9, ff_test_key(7), &p), FF_OK); /* no limit */
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(limit_of_zero_allows_nothing)
{
    struct ff_purchase p;
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 0");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 1, ff_test_key(1), &p), FF_MONTHLY_LIMIT);
    assert_no_trace();
}
END_TEST

START_TEST(new_month_starts_a_new_count)
{
    struct ff_purchase p;
    int64_t april;
    ck_assert(ff_instant_parse("2026-04-01T08:00:00Z", &april));
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 700");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 1, ff_test_key(2), &p), FF_MONTHLY_LIMIT);
    ck_assert(ff_clock_advance_to(fx.clock, april));
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(3), &p), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT month_spent_minor FROM wallet WHERE month = "
                                         "'2026-04'"),
                     350);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT day_spent_minor FROM wallet WHERE day = "
                                         "'2026-04-01'"),
                     350);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(new_day_of_the_month_keeps_the_months_count)
{
    struct ff_purchase p;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 86400000));
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT month_spent_minor FROM wallet WHERE "
                                         "last_journal_id = 4"),
                     1050);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT day_spent_minor FROM wallet WHERE "
                                         "last_journal_id = 4"),
                     350);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- who buys for whom ---- */

START_TEST(person_buys_for_nobody_else)
{
    struct ff_purchase p;
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    fx.cx.who.user_id = 1;
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 1, ff_test_key(1), &p), FF_NOT_FOUND);
    ck_assert_int_eq(ff_test_buy(&fx.cx, 999, soup, 1, ff_test_key(2), &p), FF_NOT_FOUND);
    assert_no_trace();
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(3), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, 0, soup, 1, ff_test_key(4), &p), FF_OK);
    ck_assert_int_eq(p.employee_id, anna);
}
END_TEST

START_TEST(manager_buys_within_the_department)
{
    struct ff_purchase p;
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (4,'Kitchen','k');"
                        "UPDATE employee SET department_id = 4 WHERE number = 'E1'");
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.user_id = 1;
    fx.cx.who.department_id = 4;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 1, ff_test_key(2), &p), FF_NOT_FOUND);
    fx.cx.who.employee_id = bela; /* the manager's own person sits elsewhere */
    ck_assert_int_eq(ff_test_buy(&fx.cx, 0, soup, 1, ff_test_key(3), &p), FF_OK);
    ck_assert_int_eq(p.employee_id, bela);
}
END_TEST

START_TEST(caller_without_a_person_must_say_who_buys)
{
    struct ff_purchase p;
    ck_assert_int_eq(ff_test_buy(&fx.cx, 0, soup, 1, ff_test_key(1), &p), FF_VALIDATION);
    ck_assert_int_eq((int)fx.cx.err.n_fields, 1);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, "/employeeId");
    assert_no_trace();
}
END_TEST

START_TEST(kiosk_is_written_on_the_purchase)
{
    struct ff_purchase p = {0}, again = {0};
    ff_test_change(&fx, "INSERT INTO device (id, name, created_at_ms) VALUES (3,'Canteen',0)");
    ff_fixture_as(&fx, FF_ROLE_PERSON, FF_SELF, anna);
    fx.cx.who.device_id = 3;
    ck_assert_int_eq(ff_test_buy(&fx.cx, 0, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_str_eq(p.device, "Canteen");
    ck_assert_int_eq(ff_test_buy(&fx.cx, 0, soup, 1, ff_test_key(1), &again), FF_OK);
    ck_assert_str_eq(again.device, "Canteen");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT device_id FROM journal WHERE kind = 'purchase'"),
                     3);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- once ---- */

START_TEST(repeated_request_gets_the_first_answer)
{
    struct ff_purchase first = {0}, again = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &first), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 1, ff_test_key(2), &again), FF_OK);
    ff_test_change(&fx, "UPDATE product SET price_minor = 999");
    for (int k = 0; k < 3; k++) {
        memset(&again, 0, sizeof again);
        ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &again), FF_OK);
        ck_assert_int_eq(again.id, first.id);
        ck_assert_int_eq(again.total, 700);
        ck_assert_int_eq(again.balance_after, 4300); /* of then */
        ck_assert_int_eq(again.replayed, 1);
        ck_assert_int_eq(again.undone, 0);
        ck_assert_int_eq((int)again.items.n, 1);
    }
    ck_assert_int_eq(bookings(), 2);
}
END_TEST

START_TEST(same_key_for_another_tray_is_refused)
{
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_KEY_REUSED);
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 2, ff_test_key(1), &p), FF_KEY_REUSED);
    ck_assert_int_eq(bookings(), 1);
}
END_TEST

START_TEST(late_retry_of_an_undone_purchase_charges_nothing)
{
    struct ff_purchase first = {0}, again = {0};
    struct ff_undo u = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &first), FF_OK);
    ck_assert_int_eq(ff_test_undo(&fx.cx, first.id, ff_test_key(2), &u), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &again), FF_OK);
    ck_assert_int_eq(again.id, first.id);
    ck_assert_int_eq(again.undone, 1);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.undo_until, FF_NULL_INT);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000);
    ck_assert_int_eq(bookings(), 1);
}
END_TEST

START_TEST(retry_is_answered_whatever_changed_since)
{
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ff_test_change(&fx, "UPDATE employee SET is_active = 0, monthly_limit_minor = 0;"
                        "UPDATE product SET is_archived = 1");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.replayed, 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_buy");
    TCase *t = tcase_create("buy");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, purchase_tells_all_that_was_booked);
    tcase_add_test(t, answer_and_record_are_the_same);
    tcase_add_test(t, same_product_twice_is_one_line);
    tcase_add_test(t, number_of_statements_is_fixed);
    tcase_add_test(t, old_purchase_keeps_name_and_price);
    tcase_add_test(t, another_total_than_expected_is_refused);
    tcase_add_test(t, product_that_cannot_be_sold_is_named);
    tcase_add_test(t, floor_names_what_is_missing);
    tcase_add_test(t, inactive_person_buys_nothing);
    tcase_add_loop_test(t, tray_has_bounds, 0, (int)(sizeof trays / sizeof trays[0]));
    tcase_add_test(t, fifty_lines_with_long_names_are_sealed_and_proved);
    tcase_add_test(t, total_has_a_bound);
    tcase_add_test(t, monthly_limit_counts_what_the_person_pays);
    tcase_add_test(t, limit_of_zero_allows_nothing);
    tcase_add_test(t, new_month_starts_a_new_count);
    tcase_add_test(t, new_day_of_the_month_keeps_the_months_count);
    tcase_add_test(t, person_buys_for_nobody_else);
    tcase_add_test(t, manager_buys_within_the_department);
    tcase_add_test(t, caller_without_a_person_must_say_who_buys);
    tcase_add_test(t, kiosk_is_written_on_the_purchase);
    tcase_add_test(t, repeated_request_gets_the_first_answer);
    tcase_add_test(t, same_key_for_another_tray_is_refused);
    tcase_add_test(t, late_retry_of_an_undone_purchase_charges_nothing);
    tcase_add_test(t, retry_is_answered_whatever_changed_since);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
