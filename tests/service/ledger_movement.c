/* SPDX-License-Identifier: MIT */
/* ledger_movement.c - pay-outs, adjustments, write-offs, taking them back, and the statement that
 * lists them: to the unit, once, by somebody else, never below the floor but for the bank. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "base/money.h"
#include "domain/ledger/month.h"
#include "domain/ledger/opening_import.h"
#include "domain/ledger/statement.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup, next_key;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 0);
    soup = ff_fixture_product(&fx, "Soup", 350);
    next_key = 100;
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static struct ff_idem key(const void *what, size_t n)
{
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(next_key++), "test", 0, 0, what, n, &idem);
    return idem;
}

static enum ff_rc payout(int64_t who, int64_t amount, struct ff_movement *out)
{
    ff_fixture_again(&fx);
    const struct ff_idem idem = key(&amount, sizeof amount);
    return ff_ledger_payout(&fx.cx, who, amount, "cash", "leaves", &idem, out);
}

static enum ff_rc adjust(int64_t who, int64_t amount, const char *reason, struct ff_movement *out)
{
    ff_fixture_again(&fx);
    const struct ff_idem idem = key(&amount, sizeof amount);
    return ff_ledger_adjust(&fx.cx, who, amount, reason, "counted again", &idem, out);
}

static enum ff_rc take_back(int64_t journal, const char *reason, struct ff_movement *out)
{
    ff_fixture_again(&fx);
    const struct ff_idem idem = key(&journal, sizeof journal);
    return ff_ledger_void(&fx.cx, journal, reason, NULL, &idem, out);
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

START_TEST(a_payout_gives_what_is_there_and_no_more)
{
    struct ff_movement m = {0};
    ck_assert_int_eq(payout(anna, 5001, &m), FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "missing"), 1);
    ck_assert_int_eq(payout(anna, 0, &m), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(payout(anna, FF_MONEY_TOTAL_MAX + 1, &m), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(payout(999, 1, &m), FF_NOT_FOUND);
    ck_assert_int_eq(payout(anna, 5000, &m), FF_OK);
    ck_assert_str_eq(m.kind, "payout");
    ck_assert_int_eq(m.amount, -5000);
    ck_assert_int_eq(m.balance_after, 0);
    ck_assert_int_eq(account("cash:main"), 5000);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(an_overdraft_is_not_paid_out)
{
    struct ff_movement m = {0};
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -1000");
    ck_assert_int_eq(payout(bela, 1, &m), FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(adjust(bela, -1000, "correction", &m), FF_OK);
    ck_assert_int_eq(adjust(bela, -1, "correction", &m), FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(m.balance_after, -1000);
}
END_TEST

START_TEST(each_reason_has_its_account)
{
    struct ff_movement m = {0};
    ck_assert_int_eq(adjust(anna, 120, "goodwill", &m), FF_OK);
    ck_assert_str_eq(m.kind, "adjust");
    ck_assert_str_eq(m.reason, "goodwill");
    ck_assert_int_eq(adjust(anna, -20, "correction", &m), FF_OK);
    ck_assert_int_eq(adjust(anna, 1, "rounding", &m), FF_OK);
    ck_assert_int_eq(m.balance_after, 5101);
    ck_assert_int_eq(account("adjust:goodwill"), -120);
    ck_assert_int_eq(account("adjust:correction"), 20);
    ck_assert_int_eq(account("adjust:rounding"), -1);
    ck_assert_int_eq(adjust(anna, 0, "correction", &m), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(adjust(anna, INT64_MIN, "correction", &m), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(ff_test_books(&fx), 4);
}
END_TEST

START_TEST(a_writeoff_forgives_a_debt_and_nothing_else)
{
    struct ff_movement m = {0};
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -1000");
    ck_assert_int_eq(adjust(bela, 1, "writeoff", &m), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(adjust(bela, -300, "correction", &m), FF_OK);
    ck_assert_int_eq(adjust(bela, 301, "writeoff", &m), FF_AMOUNT_OUT_OF_RANGE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "max"), 300);
    ck_assert_int_eq(adjust(bela, 300, "writeoff", &m), FF_OK);
    ck_assert_str_eq(m.kind, "writeoff");
    ck_assert_int_eq(m.balance_after, 0);
    ck_assert_int_eq(account("adjust:writeoff"), -300);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(nobody_books_for_themselves)
{
    struct ff_movement m = {0};
    int64_t topup;
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &m), FF_OK);
    topup = m.id;
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, anna);
    ck_assert_int_eq(payout(anna, 1, &m), FF_SELF_ACTION);
    ck_assert_int_eq(adjust(anna, 1, "goodwill", &m), FF_SELF_ACTION);
    ck_assert_int_eq(take_back(topup, "booked_twice", &m), FF_SELF_ACTION);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5100);
}
END_TEST

START_TEST(a_booking_is_taken_back_once_and_exactly)
{
    struct ff_movement was = {0}, m = {0};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 700, ff_test_key(1), &was), FF_OK);
    ck_assert_int_eq(take_back(was.id, "wrong_person", &m), FF_OK);
    ck_assert_str_eq(m.kind, "void");
    ck_assert_str_eq(m.reason, "wrong_person");
    ck_assert_int_eq(m.amount, -700);
    ck_assert_int_eq(m.balance_after, 5000);
    ck_assert_int_eq(m.reverses_id, was.id);
    ck_assert_int_eq(take_back(was.id, "wrong_person", &m), FF_ALREADY_UNDONE);
    ck_assert_int_eq(account("cash:main"), 0);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(only_the_bank_pushes_a_wallet_below_its_floor)
{
    struct ff_movement was = {0}, m = {0};
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 700, ff_test_key(1), &was), FF_OK);
    ck_assert_int_eq(payout(bela, 600, &m), FF_OK);
    ck_assert_int_eq(take_back(was.id, "wrong_amount", &m), FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(take_back(was.id, "bank_return", &m), FF_OK);
    ck_assert_int_eq(m.balance_after, -600);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT enforce_floor FROM journal WHERE kind = 'void'"),
                     0);
    ck_assert_int_eq(ff_test_books(&fx), 4);
}
END_TEST

START_TEST(a_payout_taken_back_may_not_overfill_the_wallet)
{
    struct ff_movement was = {0}, m = {0};
    ck_assert_int_eq(payout(anna, 5000, &was), FF_OK);
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, FF_MONEY_WALLET_MAX, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(take_back(was.id, "wrong_person", &m), FF_BALANCE_LIMIT);
}
END_TEST

START_TEST(purchases_openings_and_voids_are_not_taken_back_here)
{
    struct ff_purchase p = {0};
    struct ff_movement was = {0}, m = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(take_back(p.id, "booked_twice", &m), FF_NOT_FOUND);
    ck_assert_int_eq(take_back(1, "booked_twice", &m), FF_NOT_FOUND);
    ck_assert_int_eq(take_back(77, "booked_twice", &m), FF_NOT_FOUND);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 10, ff_test_key(2), &was), FF_OK);
    ck_assert_int_eq(take_back(was.id, "booked_twice", &m), FF_OK);
    ck_assert_int_eq(take_back(m.id, "booked_twice", &m), FF_NOT_FOUND);
}
END_TEST

START_TEST(the_same_key_gives_the_same_answer)
{
    struct ff_movement first = {0}, again = {0};
    const int64_t amount = 40;
    const struct ff_idem idem = key(&amount, sizeof amount);
    ck_assert_int_eq(ff_ledger_adjust(&fx.cx, anna, -40, "correction", "x", &idem, &first), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_adjust(&fx.cx, anna, -40, "correction", "x", &idem, &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.id, first.id);
    ck_assert_int_eq(again.amount, -40);
    ck_assert_str_eq(again.reason, "correction");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 4960);
}
END_TEST

/* ---- opening balances by CSV ---- */

static enum ff_rc open_by(const char *csv, bool dry_run, struct ff_import_result *out)
{
    const struct ff_import_file file = {
        .text = csv, .n = strlen(csv), .amounts = FF_AMOUNTS_DECIMAL, .dry_run = dry_run};
    ff_fixture_again(&fx);
    return ff_ledger_import_openings(&fx.cx, &file, out);
}

START_TEST(openings_come_in_by_a_file_once)
{
    static const char csv[] = "number,amount\nE2,12.50\nE3,0.00\n";
    struct ff_import_result r;
    ff_fixture_person(&fx, "E3", "Cili Nagy", 0);
    ck_assert_int_eq(open_by(csv, true, &r), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), 0);
    ck_assert_int_eq(open_by(csv, false, &r), FF_OK);
    ck_assert_int_eq(r.rows, 2);
    ck_assert_int_eq(r.created, 1);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), 1250);
    ck_assert_int_eq(account("opening"), -6250);
    ck_assert_int_eq(open_by(csv, false, &r), FF_OPENING_BOOKED);
    ck_assert_int_eq(open_by(csv, true, &r), FF_OPENING_BOOKED);
    fx.cx.who.user_id = 7; /* by whomever */
    ck_assert_int_eq(open_by(csv, false, &r), FF_OPENING_BOOKED);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(one_bad_opening_refuses_the_file_and_is_named)
{
    struct ff_import_result r;
    ck_assert_int_eq(open_by("number,amount\nE2,1.00\nE1,1.00\nE9,1.00\nE2,2.00\n", false, &r),
                     FF_IMPORT_ROWS);
    ck_assert_int_eq(ff_test_param(&fx.cx, "bad"), 3);
    ff_test_field(&fx.cx, 0, "/line/3/number", "VALUE");
    ff_test_field(&fx.cx, 1, "/line/4/number", "VALUE");
    ff_test_field(&fx.cx, 2, "/line/5/number", "VALUE");
    ck_assert_int_eq(open_by("number,amount\nE2,1000000.01\n", false, &r), FF_IMPORT_ROWS);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), 0);
    ck_assert_int_eq(ff_test_books(&fx), 1);
}
END_TEST

/* ---- the statement ---- */

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
}

START_TEST(a_void_of_a_closed_month_is_dated_in_the_open_one)
{
    struct ff_movement was = {0}, m = {0};
    struct ff_month closed;
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 700, ff_test_key(1), &was), FF_OK);
    at("2026-04-02T10:00:00Z");
    ck_assert_msg(ff_month_close(&fx.cx, "2026-03", &closed) == FF_OK, "%s", fx.cx.err.detail);
    ff_fixture_again(&fx);
    ck_assert_int_eq(take_back(was.id, "wrong_person", &m), FF_OK);
    ck_assert_int_eq(m.amount, -700);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal j JOIN period p ON p.id = "
                                         "j.period_id WHERE j.kind = 'void' AND j.business_date = "
                                         "'2026-04-02' AND p.starts_on = '2026-04-01'"),
                     1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE business_date < "
                                         "'2026-04-01' AND kind = 'void'"),
                     0);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

/* Opening 5000 on 2 March, then over the month's end. */
static void live(void)
{
    struct ff_purchase p = {0};
    struct ff_movement m = {0};
    at("2026-03-30T10:00:00Z");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(1), &p), FF_OK);
    at("2026-03-31T21:59:59Z"); /* 23:59:59 in Budapest */
    ck_assert_int_eq(adjust(anna, 50, "goodwill", &m), FF_OK);
    at("2026-03-31T22:00:00Z"); /* the first of April */
    ck_assert_int_eq(payout(anna, 1000, &m), FF_OK);
    at("2026-04-02T10:00:00Z");
    ff_fixture_again(&fx);
}

static const struct ff_statement_line *line(const struct ff_statement *s, size_t i)
{
    ck_assert_uint_gt(s->lines.n, i);
    return (const struct ff_statement_line *)s->lines.items + i;
}

START_TEST(opening_and_movements_make_the_closing_balance)
{
    struct ff_statement march, april;
    live();
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, "2026-03-01", "2026-04-01", &march), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 4); /* whose, which journals, the opening, the lines */
    ck_assert_str_eq(march.number, "E1");
    ck_assert_str_eq(march.name, "Anna Nagy");
    ck_assert_int_eq(march.opening, 0);
    ck_assert_int_eq(march.closing, 4350);
    ck_assert_uint_eq(march.lines.n, 3);
    ck_assert_str_eq(line(&march, 0)->kind, "opening");
    ck_assert_int_eq(line(&march, 1)->amount, -700);
    ck_assert_int_eq(line(&march, 1)->balance, 4300);
    ck_assert_str_eq(line(&march, 2)->reason, "goodwill");
    ck_assert_int_eq(line(&march, 2)->balance, 4350);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, NULL, NULL, &april), FF_OK);
    ck_assert_str_eq(april.from, "2026-04-01");
    ck_assert_str_eq(april.to, "2026-05-01");
    ck_assert_int_eq(april.opening, march.closing);
    ck_assert_int_eq(april.closing, 3350);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), april.closing);
}
END_TEST

START_TEST(a_quiet_wallet_has_a_statement_too)
{
    struct ff_statement s;
    live();
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, bela, "2026-03-01", "2026-04-01", &s), FF_OK);
    ck_assert_uint_eq(s.lines.n, 0);
    ck_assert_int_eq(s.opening, 0);
    ck_assert_int_eq(s.closing, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, "2027-01-01", "2027-02-01", &s), FF_OK);
    ck_assert_int_eq(s.opening, 3350);
}
END_TEST

static const struct {
    const char *from, *to, *pointer;
} ranges[] = {
    {"2026-03-01", NULL, "?to"},         {NULL, "2026-03-01", "?from"},
    {"2026-03-01", "2026-03-01", "?to"}, {"2026-03-02", "2026-03-01", "?to"},
    {"2025-03-01", "2026-03-03", "?to"},
};

START_TEST(a_range_has_bounds)
{
    struct ff_statement s;
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, ranges[_i].from, ranges[_i].to, &s),
                     FF_VALIDATION);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, ranges[_i].pointer);
}
END_TEST

START_TEST(a_statement_is_the_persons_own)
{
    struct ff_statement s;
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, bela);
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, NULL, NULL, &s), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, NULL, NULL, &s), FF_OK);
}
END_TEST

START_TEST(the_csv_says_the_same)
{
    struct ff_statement s;
    struct ff_text text;
    live();
    ck_assert_int_eq(ff_wallet_statement(&fx.cx, anna, "2026-03-30", "2026-04-02", &s), FF_OK);
    ck_assert_int_eq(ff_statement_csv(&fx.cx, &s, 2, &text), FF_OK);
    ck_assert_str_eq(text.text,
                     "businessDate,recordedAt,kind,journalId,amount,balance,reason\r\n"
                     "2026-03-30,,opening,,,50.00,\r\n"
                     "2026-03-30,2026-03-30T10:00:00.000Z,purchase,2,-7.00,43.00,\r\n"
                     "2026-03-31,2026-03-31T21:59:59.000Z,adjust,3,0.50,43.50,goodwill\r\n"
                     "2026-04-01,2026-03-31T22:00:00.000Z,payout,4,-10.00,33.50,\r\n"
                     "2026-04-02,,closing,,,33.50,\r\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger_movement");
    TCase *moves = tcase_create("moves"), *statement = tcase_create("statement");
    tcase_add_checked_fixture(moves, open_all, close_all);
    tcase_add_checked_fixture(statement, open_all, close_all);
    tcase_add_test(moves, a_payout_gives_what_is_there_and_no_more);
    tcase_add_test(moves, an_overdraft_is_not_paid_out);
    tcase_add_test(moves, each_reason_has_its_account);
    tcase_add_test(moves, a_writeoff_forgives_a_debt_and_nothing_else);
    tcase_add_test(moves, nobody_books_for_themselves);
    tcase_add_test(moves, a_booking_is_taken_back_once_and_exactly);
    tcase_add_test(moves, only_the_bank_pushes_a_wallet_below_its_floor);
    tcase_add_test(moves, a_payout_taken_back_may_not_overfill_the_wallet);
    tcase_add_test(moves, purchases_openings_and_voids_are_not_taken_back_here);
    tcase_add_test(moves, the_same_key_gives_the_same_answer);
    tcase_add_test(moves, openings_come_in_by_a_file_once);
    tcase_add_test(moves, one_bad_opening_refuses_the_file_and_is_named);
    tcase_add_test(moves, a_void_of_a_closed_month_is_dated_in_the_open_one);
    tcase_add_test(statement, opening_and_movements_make_the_closing_balance);
    tcase_add_test(statement, a_quiet_wallet_has_a_statement_too);
    tcase_add_loop_test(statement, a_range_has_bounds, 0, FF_ROWS(ranges));
    tcase_add_test(statement, a_statement_is_the_persons_own);
    tcase_add_test(statement, the_csv_says_the_same);
    suite_add_tcase(suite, moves);
    suite_add_tcase(suite, statement);
    return ff_test_run(suite);
}
