/* SPDX-License-Identifier: MIT */
/* purchase_refund.c - the tax inside a price, and giving pieces back: at the price that was paid,
 * to the unit, never beyond what was bought, by somebody else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/verify.h"
#include "domain/purchase/refund.h"

#define DAY INT64_C(86400000)

static struct ff_fixture fx;
static int64_t anna, soup, cake, next_key;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 10000);
    soup = ff_fixture_product(&fx, "Soup", 333);
    cake = ff_fixture_product(&fx, "Cake", 199);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000 WHERE id = 1");
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 190000 WHERE id = 2");
    next_key = 100;
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

/* Three soups and one cake: 1198. */
static int64_t buy(void)
{
    const struct ff_purchase_item tray[] = {{soup, 3}, {cake, 1}};
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, tray, 2, ff_test_key(next_key++), &p), FF_OK);
    return p.id;
}

static enum ff_rc back(int64_t id, const struct ff_refund_piece *pieces, size_t n,
                       struct ff_refund *out)
{
    struct ff_refund_piece *lines;
    struct ff_idem idem;
    ff_fixture_again(&fx);
    lines = ff_alloc(&fx.cx, (n + 1) * sizeof *lines);
    if (n)
        memcpy(lines, pieces, n * sizeof *lines);
    const struct ff_refund_new in = {.lines = {lines, n}, .reason = "spoilt"};
    ff_idem_make(&fx.cx, ff_test_key(next_key++), "createRefund", 0, id, pieces, n * sizeof *pieces,
                 &idem);
    return ff_purchase_refund(&fx.cx, id, &in, &idem, out);
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

static const struct ff_refund_line *line(const struct ff_refund *r, size_t i)
{
    ck_assert_uint_gt(r->lines.n, i);
    return (const struct ff_refund_line *)r->lines.items + i;
}

START_TEST(tax_goes_to_an_account_of_its_rate)
{
    struct ff_purchase p = {0};
    const int64_t id = buy();
    ck_assert_int_eq(account("vat:70000"), 65);  /* 999 at 7 % */
    ck_assert_int_eq(account("vat:190000"), 32); /* 199 at 19 % */
    ck_assert_int_eq(account("revenue:sales"), 1198 - 65 - 32);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &p), FF_OK);
    const struct ff_purchase_line *l = p.items.items;
    ck_assert_int_eq(l[0].tax_rate, 70000);
    ck_assert_int_eq(l[0].tax, 65);
    ck_assert_int_eq(l[1].tax, 32);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(two_lines_of_one_rate_share_an_account)
{
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000 WHERE id = 2");
    (void)buy();
    ck_assert_int_eq(account("vat:70000"), 65 + 13);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM entry WHERE journal_id = 2"), 3);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(a_changed_rate_leaves_old_lines_alone)
{
    struct ff_refund r = {0};
    const int64_t id = buy();
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 200000, price_minor = 1");
    ck_assert_int_eq(back(id, NULL, 0, &r), FF_OK);
    ck_assert_int_eq(r.amount, 1198);
    ck_assert_int_eq(account("vat:70000"), 0);
    ck_assert_int_eq(account("vat:190000"), 0);
    ck_assert_int_eq(account("revenue:sales"), 0);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(pieces_go_back_one_by_one_and_the_last_takes_the_rest)
{
    struct ff_refund r = {0};
    const int64_t id = buy();
    const struct ff_refund_piece one = {1, 1};
    ck_assert_int_eq(back(id, &one, 1, &r), FF_OK);
    ck_assert_int_eq(r.amount, 333);
    ck_assert_int_eq(r.balance_after, 10000 - 1198 + 333);
    ck_assert_int_eq(line(&r, 0)->tax, 21); /* 65 / 3 */
    ck_assert_int_eq(back(id, &one, 1, &r), FF_OK);
    ck_assert_int_eq(line(&r, 0)->tax, 21);
    ck_assert_int_eq(back(id, &one, 1, &r), FF_OK);
    ck_assert_int_eq(line(&r, 0)->tax, 23);
    ck_assert_int_eq(account("vat:70000"), 0);
    ck_assert_int_eq(back(id, &one, 1, &r), FF_ALREADY_REFUNDED);
    ck_assert_int_eq(ff_test_param(&fx.cx, "left"), 0);
    ck_assert_int_eq(ff_test_param(&fx.cx, "lineNo"), 1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 10000 - 199);
    ck_assert_int_eq(ff_test_books(&fx), 5);
}
END_TEST

START_TEST(all_that_is_left_goes_back_when_no_line_is_named)
{
    struct ff_refund r = {0};
    struct ff_purchase p = {0};
    const int64_t id = buy();
    const struct ff_refund_piece two = {1, 2};
    ck_assert_int_eq(back(id, &two, 1, &r), FF_OK);
    ck_assert_int_eq(back(id, NULL, 0, &r), FF_OK);
    ck_assert_uint_eq(r.lines.n, 2);
    ck_assert_int_eq(r.amount, 333 + 199);
    ck_assert_int_eq(back(id, NULL, 0, &r), FF_ALREADY_REFUNDED);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 10000);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &p), FF_OK);
    ck_assert_int_eq(((const struct ff_purchase_line *)p.items.items)[0].refunded, 3);
}
END_TEST

START_TEST(more_than_was_bought_is_refused_by_service_and_database)
{
    struct ff_refund r = {0};
    const int64_t id = buy();
    const struct ff_refund_piece four = {1, 4};
    const struct ff_refund_piece ninth = {9, 1};
    const struct ff_refund_piece twice[] = {{1, 1}, {1, 1}};
    ck_assert_int_eq(back(id, &four, 1, &r), FF_ALREADY_REFUNDED);
    ck_assert_int_eq(ff_test_param(&fx.cx, "left"), 3);
    ck_assert_int_eq(back(id, &ninth, 1, &r), FF_VALIDATION);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, "/lines/0/lineNo");
    ck_assert_int_eq(back(id, twice, 2, &r), FF_VALIDATION);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, "/lines/1/lineNo");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 10000 - 1198);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM refund_line"), 0);
}
END_TEST

START_TEST(an_undone_purchase_is_not_refunded_and_a_refunded_one_not_undone)
{
    struct ff_refund r = {0};
    struct ff_undo u = {0};
    const struct ff_refund_piece one = {2, 1};
    const int64_t first = buy(), second = buy();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, first, ff_test_key(1), &u), FF_OK);
    ck_assert_int_eq(back(first, NULL, 0, &r), FF_ALREADY_UNDONE);
    ck_assert_int_eq(back(second, &one, 1, &r), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, second, ff_test_key(2), &u), FF_ALREADY_REFUNDED);
    ck_assert_int_eq(ff_test_books(&fx), 5);
}
END_TEST

START_TEST(nobody_refunds_their_own_and_nobody_too_late)
{
    struct ff_refund r = {0};
    const int64_t id = buy();
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, anna);
    ck_assert_int_eq(back(id, NULL, 0, &r), FF_REFUND_OWN);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, 0);
    ck_assert_int_eq(back(999, NULL, 0, &r), FF_NOT_FOUND);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + FF_REFUND_DAYS * DAY + 1));
    ck_assert_int_eq(back(id, NULL, 0, &r), FF_UNDO_WINDOW);
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
    fx.cx.who.is_cli = true;
    ck_assert_int_eq(back(id, NULL, 0, &r), FF_OK);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(a_refund_gives_the_months_limit_back)
{
    struct ff_refund r = {0};
    struct ff_wallet w = {0};
    const struct ff_refund_piece one = {1, 1};
    const int64_t id = buy();
    ck_assert_int_eq(back(id, &one, 1, &r), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_get(&fx.cx, anna, &w), FF_OK);
    ck_assert_int_eq(w.month_spent, 1198 - 333);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(the_same_key_is_one_refund)
{
    struct ff_refund first = {0}, again = {0};
    const int64_t id = buy();
    const struct ff_refund_new in = {.reason = "goodwill"};
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(1), "createRefund", 0, id, "x", 1, &idem);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_refund(&fx.cx, id, &in, &idem, &first), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_refund(&fx.cx, id, &in, &idem, &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.id, first.id);
    ck_assert_int_eq(again.amount, first.amount);
    ck_assert_uint_eq(again.lines.n, 2);
    ck_assert_str_eq(again.reason, "goodwill");
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

/* ---- what an intruder with the file could change, verify names ---- */

static const struct {
    const char *change, *finding;
} lies[] = {
    {"UPDATE refund_line SET qty = 4 WHERE journal_id = 3", "qty, at most"},
    {"UPDATE refund_line SET gross_minor = 332 WHERE journal_id = 3", "gross_minor"},
    {"UPDATE refund_line SET tax_minor = 20 WHERE journal_id = 3", "tax_minor"},
    {"UPDATE refund_line SET line_no = 2 WHERE journal_id = 3", "gross_minor"},
    {"UPDATE refund_line SET purchase_id = 1 WHERE journal_id = 3", "purchase_id"},
    {"UPDATE refund_line SET journal_id = 77 WHERE journal_id = 4", "refund lines"},
    {"DELETE FROM refund_line WHERE journal_id = 4", "refund lines"},
};

START_TEST(verify_names_a_changed_refund)
{
    struct ff_refund r = {0};
    struct ff_verify_report report;
    const struct ff_refund_piece one = {1, 1}, two = {1, 2};
    const int64_t id = buy();
    ck_assert_int_eq(back(id, &one, 1, &r), FF_OK);
    ck_assert_int_eq(back(id, &two, 1, &r), FF_OK);
    ff_test_unguard(&fx, lies[_i].change);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &report), FF_OK);
    ck_assert(!report.ok);
    ck_assert_msg(strstr(report.finding, lies[_i].finding) != NULL, "%s", report.finding);
}
END_TEST

START_TEST(the_database_refuses_what_the_service_would_not_do)
{
    struct ff_refund r = {0};
    const int64_t id = buy();
    const struct ff_refund_piece one = {1, 1};
    ck_assert_int_eq(back(id, &one, 1, &r), FF_OK);
    ck_assert(!ff_test_try(&fx, "INSERT INTO refund_line VALUES (2, 1, 99, 3, 999, 65)"));
    ck_assert(!ff_test_try(&fx, "INSERT INTO refund_line VALUES (2, 1, 99, 2, 667, 44)"));
    ck_assert(!ff_test_try(&fx, "INSERT INTO refund_line VALUES (2, 1, 3, 1, 333, 21)"));
    ck_assert(!ff_test_try(&fx, "UPDATE refund_line SET qty = 2"));
    ck_assert(!ff_test_try(&fx, "DELETE FROM refund_line"));
}
END_TEST

/* Piece by piece, all comes back to who paid it, and no pocket ever more than it gave. */
START_TEST(pieces_go_back_to_the_pockets_that_paid)
{
    static const struct ff_refund_line lines[] = {
        {1, 3, 3, 0, 1, 1},      {2, 5, 10, 1, 3, 7},       {3, 7, 7, 0, 3, 2},
        {4, 3, 999, 65, 500, 0}, {5, 4, 1332, 87, 0, 1332}, {6, 99, 9900, 0, 1, 9898}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct ff_refund_line left = lines[i], share;
        for (int64_t step = 1; left.quantity > 0; step = step % 3 + 1) {
            ff_refund_share(&lines[i], &left, step < left.quantity ? step : left.quantity, &share);
            ck_assert_int_eq(share.gross, share.quantity * (lines[i].gross / lines[i].quantity));
            left.quantity -= share.quantity;
            left.gross -= share.gross;
            left.tax -= share.tax;
            left.subsidy -= share.subsidy;
            left.allowance -= share.allowance;
            ck_assert(share.subsidy >= 0 && share.allowance >= 0);
            ck_assert_int_ge(share.gross, share.subsidy + share.allowance);
            ck_assert(left.subsidy >= 0 && left.allowance >= 0);
            ck_assert_int_ge(left.gross, left.subsidy + left.allowance);
        }
        ck_assert(!left.gross && !left.tax && !left.subsidy && !left.allowance);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("purchase_refund");
    TCase *t = tcase_create("refunds");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, pieces_go_back_to_the_pockets_that_paid);
    tcase_add_test(t, tax_goes_to_an_account_of_its_rate);
    tcase_add_test(t, two_lines_of_one_rate_share_an_account);
    tcase_add_test(t, a_changed_rate_leaves_old_lines_alone);
    tcase_add_test(t, pieces_go_back_one_by_one_and_the_last_takes_the_rest);
    tcase_add_test(t, all_that_is_left_goes_back_when_no_line_is_named);
    tcase_add_test(t, more_than_was_bought_is_refused_by_service_and_database);
    tcase_add_test(t, an_undone_purchase_is_not_refunded_and_a_refunded_one_not_undone);
    tcase_add_test(t, nobody_refunds_their_own_and_nobody_too_late);
    tcase_add_test(t, a_refund_gives_the_months_limit_back);
    tcase_add_test(t, the_same_key_is_one_refund);
    tcase_add_loop_test(t, verify_names_a_changed_refund, 0, FF_ROWS(lies));
    tcase_add_test(t, the_database_refuses_what_the_service_would_not_do);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
