/* SPDX-License-Identifier: MIT */
/* ledger_month.c - closing a month: what it refuses, what it stores, that nothing of it ever
 * changes, and that a verify finds whatever somebody changes all the same. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/month.h"
#include "domain/ledger/verify.h"
#include "domain/purchase/refund.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup, next_key;

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
    ff_fixture_again(&fx);
}

/* The clock stands at 2 March; Anna brings 50.00. */
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

static int64_t buy(int64_t who, int64_t pieces)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, soup, pieces, ff_test_key(next_key++), &p), FF_OK);
    return p.id;
}

static enum ff_rc shut(const char *month, struct ff_month *out)
{
    ff_fixture_again(&fx);
    return ff_month_close(&fx.cx, month, out);
}

static struct ff_verify_report prove(void)
{
    struct ff_verify_report r;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    return r;
}

/* March: 50.00 in, 7.00 out. Closed on 2 April. */
static void march(void)
{
    struct ff_month m;
    buy(anna, 2);
    at("2026-04-02T10:00:00Z");
    ck_assert_int_eq(shut("2026-03", &m), FF_OK);
}

START_TEST(a_month_that_is_not_over_stays_open)
{
    struct ff_month m;
    buy(anna, 1);
    ck_assert_int_eq(shut("2026-03", &m), FF_PERIOD_OPEN);
    at("2026-03-31T21:59:59Z"); /* one second to midnight in Budapest */
    ck_assert_int_eq(shut("2026-03", &m), FF_PERIOD_OPEN);
    ck_assert_int_eq(shut("2026-04", &m), FF_PERIOD_OPEN);
    at("2026-03-31T22:00:00Z");
    ck_assert_int_eq(shut("2026-03", &m), FF_OK);
    ck_assert_str_eq(m.state, "closed");
}
END_TEST

START_TEST(months_are_closed_in_order)
{
    struct ff_month m;
    buy(anna, 1);
    at("2026-04-10T10:00:00Z");
    buy(anna, 1);
    at("2026-05-10T10:00:00Z");
    ck_assert_int_eq(shut("2026-04", &m), FF_PERIOD_OPEN);
    ck_assert_str_eq(ff_test_said(&fx.cx, "month"), "2026-03");
    ck_assert_int_eq(shut("2026-03", &m), FF_OK);
    ck_assert_int_eq(shut("2026-04", &m), FF_OK);
    ck_assert_int_eq(shut("2026-02", &m), FF_NOT_FOUND);
    ck_assert_int_eq(shut("2026-13", &m), FF_NOT_FOUND);
    ck_assert_int_eq(shut("march", &m), FF_NOT_FOUND);
    ck_assert(prove().ok);
}
END_TEST

START_TEST(closing_stores_a_statement_for_each_person)
{
    struct ff_month m;
    march();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_get(&fx.cx, "2026-03", &m), FF_OK);
    ck_assert_int_eq(m.people, 2);
    ck_assert_int_eq(m.opening, 0);
    ck_assert_int_eq(m.credits, 5000);
    ck_assert_int_eq(m.debits, 700);
    ck_assert_int_eq(m.closing, 4300);
    ck_assert_int_eq(m.journals, 2);
    ck_assert_int_eq(m.head_id, 2);
    ck_assert_uint_eq(strlen(m.head_hash), 64);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM statement"), 2);
    ck_assert(prove().ok);
}
END_TEST

START_TEST(closing_a_closed_month_answers_the_same)
{
    struct ff_month first, again;
    buy(anna, 1);
    at("2026-04-02T10:00:00Z");
    ck_assert_int_eq(shut("2026-03", &first), FF_OK);
    char *hash = ff_test_keep(first.head_hash);
    const int64_t closed_at = first.closed_at;
    buy(anna, 1);
    at("2026-04-03T10:00:00Z");
    ck_assert_int_eq(shut("2026-03", &again), FF_OK);
    ck_assert_str_eq(again.head_hash, hash);
    ck_assert_int_eq(again.closed_at, closed_at);
    ck_assert_int_eq(again.head_id, 2);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'period.close'"), 1);
}
END_TEST

/* I16, over three months and a person who comes in the second. */
START_TEST(closing_of_one_month_is_opening_of_the_next)
{
    struct ff_month m;
    struct ff_list rows;
    int64_t total;
    march();
    const int64_t csilla = ff_fixture_person(&fx, "E3", "Csilla Balog", 1000);
    buy(anna, 1);
    buy(csilla, 2);
    at("2026-05-02T10:00:00Z");
    ck_assert_int_eq(shut("2026-04", &m), FF_OK);
    ck_assert_int_eq(m.opening, 4300);
    ck_assert_int_eq(m.closing, 4300 + 1000 - 3 * 350);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_rows(&fx.cx, anna, 1, 10, &rows, &total), FF_OK);
    const struct ff_month_row *r = rows.items;
    ck_assert_int_eq(total, 2);
    ck_assert_str_eq(r[0].month, "2026-04");
    ck_assert_int_eq(r[0].opening, r[1].closing);
    ck_assert_int_eq(r[0].closing, 3950);
    ck_assert_int_eq(r[0].allowance_opening, FF_NULL_INT);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_rows(&fx.cx, csilla, 1, 10, &rows, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    ck_assert_int_eq(ff_month_rows(&fx.cx, 99, 1, 10, &rows, &total), FF_NOT_FOUND);
    ck_assert(prove().ok);
}
END_TEST

START_TEST(a_late_entry_goes_to_the_earliest_open_day)
{
    struct ff_month m;
    struct ff_list list;
    int64_t total;
    march();
    buy(anna, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_list(&fx.cx, 1, 10, &list, &total), FF_OK);
    const struct ff_month *months = list.items;
    ck_assert_int_eq(total, 2);
    ck_assert_str_eq(months[0].month, "2026-04");
    ck_assert_str_eq(months[0].state, "open");
    ck_assert_int_eq(months[0].debits, 350);
    ck_assert_int_eq(months[0].credits, 0);
    ck_assert_int_eq(months[0].journals, 1);
    ck_assert_int_eq(months[0].closing, FF_NULL_INT);
    ck_assert_str_eq(months[1].state, "closed");
    ck_assert_int_eq(months[1].journals, 2);
    at("2026-05-01T10:00:00Z");
    ck_assert_int_eq(shut("2026-04", &m), FF_OK);
}
END_TEST

/* ---- frozen ---- */

static const char *const forbidden[] = {
    "UPDATE period SET state = 'open' WHERE state = 'closed'",
    "UPDATE period SET closed_hash = zeroblob(32) WHERE state = 'closed'",
    "DELETE FROM period WHERE state = 'closed'",
    "UPDATE statement SET opening_minor = opening_minor + 1, closing_minor = closing_minor + 1",
    "DELETE FROM statement",
    "INSERT INTO statement VALUES (1, (SELECT MAX(id) FROM account), 0, 0, 0, 0)",
};

START_TEST(the_database_itself_keeps_a_closed_month)
{
    march();
    ck_assert(!ff_test_try(&fx, forbidden[_i]));
}
END_TEST

START_TEST(a_month_is_not_closed_at_a_journal_that_is_none)
{
    buy(anna, 1);
    ck_assert(!ff_test_try(&fx, "UPDATE period SET state = 'closed', closed_journal_id = 1, "
                                "closed_hash = zeroblob(32), closed_at_ms = 1, "
                                "first_journal_id = 1, last_journal_id = 2"));
    ck_assert(!ff_test_try(&fx, "UPDATE period SET state = 'closed'"));
}
END_TEST

static const struct {
    const char *sql, *table, *finding;
} changes[] = {
    {"UPDATE statement SET opening_minor = 1, closing_minor = closing_minor + 1 WHERE "
     "closing_minor = 4300",
     "statement", "opening_minor"},
    {"UPDATE statement SET debit_minor = debit_minor + 5, credit_minor = credit_minor + 5",
     "statement", "debit_minor"},
    {"DELETE FROM statement WHERE closing_minor = 4300", "statement", "no row"},
    {"UPDATE period SET closed_hash = zeroblob(32) WHERE state = 'closed'", "period",
     "closed_hash"},
    {"UPDATE period SET closed_journal_id = 77 WHERE state = 'closed'", "period", "not there"},
    {"UPDATE period SET last_journal_id = 1 WHERE state = 'closed'", "statement", ""},
    {"UPDATE period SET state = 'open' WHERE state = 'closed'", "", NULL},
};

START_TEST(verify_finds_what_was_changed_in_a_closed_month)
{
    march();
    ck_assert(prove().ok);
    ff_test_unguard(&fx, changes[_i].sql);
    const struct ff_verify_report r = prove();
    if (!changes[_i].finding)
        return; /* an open month proves nothing: the head that was noted elsewhere does */
    ck_assert(!r.ok);
    ck_assert_str_eq(r.table, changes[_i].table);
    ck_assert_msg(strstr(r.finding, changes[_i].finding), "%s", r.finding);
}
END_TEST

START_TEST(books_that_do_not_prove_are_not_closed)
{
    struct ff_month m;
    buy(anna, 1);
    at("2026-04-02T10:00:00Z");
    ff_test_unguard(&fx, "UPDATE wallet SET balance_minor = balance_minor + 1");
    ck_assert_int_eq(shut("2026-03", &m), FF_STORAGE_FAULT);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM statement"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM period WHERE state = 'closed'"), 0);
}
END_TEST

START_TEST(the_rest_is_proved_from_the_head_on)
{
    struct ff_verify_report proved, rest;
    buy(anna, 1);
    proved = prove();
    ck_assert(proved.ok);
    buy(anna, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify_since(&fx.cx, &proved, &rest), FF_OK);
    ck_assert(rest.ok);
    ck_assert_int_eq(rest.journals, 1);
    proved.head_hash[0] ^= 1;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify_since(&fx.cx, &proved, &rest), FF_OK);
    ck_assert(!rest.ok);
}
END_TEST

/* ---- purchases of a closed month ---- */

START_TEST(a_purchase_of_a_closed_month_is_not_undone)
{
    struct ff_undo undo;
    const int64_t id = buy(anna, 1);
    march();
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, bela);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(1), &undo), FF_UNDO_WINDOW);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000 - 3 * 350);
}
END_TEST

START_TEST(its_refund_is_dated_in_the_open_month_and_points_to_it)
{
    struct ff_month m;
    const int64_t id = buy(anna, 1);
    march();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, id, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'refund' AND "
                                         "business_date = '2026-04-02' AND reverses_id = 2"),
                     1);
    at("2026-05-02T10:00:00Z");
    ck_assert_int_eq(shut("2026-04", &m), FF_OK);
    ck_assert_int_eq(m.credits, 350);
    ck_assert(prove().ok);
}
END_TEST

/* ---- the statement of a closed month ---- */

static char *csv_of(int64_t who, const char *month)
{
    struct ff_statement s;
    struct ff_text text;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_statement(&fx.cx, who, month, &s), FF_OK);
    ck_assert_int_eq(ff_statement_csv(&fx.cx, &s, 2, &text), FF_OK);
    return ff_test_keep(text.text);
}

START_TEST(a_closed_statement_is_the_same_for_ever)
{
    march();
    char *before = csv_of(anna, "2026-03");
    ck_assert_str_eq(before, "businessDate,recordedAt,kind,journalId,amount,balance,reason\r\n"
                             "2026-03-01,,opening,,,0.00,\r\n"
                             "2026-03-02,2026-03-02T11:45:00.000Z,opening,1,50.00,50.00,\r\n"
                             "2026-03-02,2026-03-02T11:45:00.000Z,purchase,2,-7.00,43.00,\r\n"
                             "2026-04-01,,closing,,,43.00,\r\n");
    buy(anna, 3);
    ff_test_change(&fx,
                   "UPDATE employee SET name = 'Anna Kis', number = 'E77' WHERE number = 'E1'");
    char *after = csv_of(anna, "2026-03");
    ck_assert_str_eq(after, before);
}
END_TEST

START_TEST(a_closed_statement_names_nobody_but_the_page_does)
{
    struct ff_statement s;
    struct ff_text page;
    march();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_statement(&fx.cx, anna, "2026-03", &s), FF_OK);
    ck_assert_ptr_null(s.name);
    ck_assert_ptr_null(s.number);
    ck_assert_int_eq(s.is_closed, 1);
    ck_assert_int_eq(s.debits, 700);
    ck_assert_int_eq(s.credits, 5000);
    ck_assert_int_eq(ff_statement_page(&fx.cx, &s, &page), FF_OK);
    ck_assert_ptr_nonnull(strstr(page.text, "Anna Nagy"));
    ck_assert_ptr_nonnull(strstr(page.text, "43.00"));
    ck_assert_ptr_null(strstr(page.text, "style"));
}
END_TEST

START_TEST(an_open_month_has_a_statement_as_of_now)
{
    struct ff_statement s;
    march();
    buy(anna, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_statement(&fx.cx, anna, "2026-04", &s), FF_OK);
    ck_assert_str_eq(s.name, "Anna Nagy");
    ck_assert_int_eq(s.opening, 4300);
    ck_assert_int_eq(s.closing, 3950);
    ck_assert_int_eq(ff_month_statement(&fx.cx, anna, "april", &s), FF_VALIDATION);
}
END_TEST

START_TEST(a_closed_statement_is_the_persons_own)
{
    struct ff_statement s;
    struct ff_list rows;
    int64_t total;
    march();
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, bela);
    ck_assert_int_eq(ff_month_statement(&fx.cx, anna, "2026-03", &s), FF_NOT_FOUND);
    ck_assert_int_eq(ff_month_rows(&fx.cx, anna, 1, 10, &rows, &total), FF_NOT_FOUND);
    ck_assert_int_eq(ff_month_statement(&fx.cx, bela, "2026-03", &s), FF_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger_month");
    TCase *closing = tcase_create("closing"), *frozen = tcase_create("frozen"),
          *statement = tcase_create("statement");
    tcase_add_checked_fixture(closing, open_all, close_all);
    tcase_add_checked_fixture(frozen, open_all, close_all);
    tcase_add_checked_fixture(statement, open_all, close_all);
    tcase_add_test(closing, a_month_that_is_not_over_stays_open);
    tcase_add_test(closing, months_are_closed_in_order);
    tcase_add_test(closing, closing_stores_a_statement_for_each_person);
    tcase_add_test(closing, closing_a_closed_month_answers_the_same);
    tcase_add_test(closing, closing_of_one_month_is_opening_of_the_next);
    tcase_add_test(closing, a_late_entry_goes_to_the_earliest_open_day);
    tcase_add_test(closing, books_that_do_not_prove_are_not_closed);
    tcase_add_test(closing, the_rest_is_proved_from_the_head_on);
    tcase_add_test(closing, a_purchase_of_a_closed_month_is_not_undone);
    tcase_add_test(closing, its_refund_is_dated_in_the_open_month_and_points_to_it);
    tcase_add_loop_test(frozen, the_database_itself_keeps_a_closed_month, 0, FF_ROWS(forbidden));
    tcase_add_test(frozen, a_month_is_not_closed_at_a_journal_that_is_none);
    tcase_add_loop_test(frozen, verify_finds_what_was_changed_in_a_closed_month, 0,
                        FF_ROWS(changes));
    tcase_add_test(statement, a_closed_statement_is_the_same_for_ever);
    tcase_add_test(statement, a_closed_statement_names_nobody_but_the_page_does);
    tcase_add_test(statement, an_open_month_has_a_statement_as_of_now);
    tcase_add_test(statement, a_closed_statement_is_the_persons_own);
    suite_add_tcase(suite, closing);
    suite_add_tcase(suite, frozen);
    suite_add_tcase(suite, statement);
    return ff_test_run(suite);
}
