/* SPDX-License-Identifier: MIT */
/* ledger_post.c - booking: accounts, wallets, dates and periods, top-ups, balances of the past. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"
#include "base/money.h"
#include "domain/site/site.h"

#define HOUR INT64_C(3600000)
#define DAY  (24 * HOUR)

static struct ff_fixture fx;
static int64_t anna, soup;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 0);
    soup = ff_fixture_product(&fx, "Soup", 350);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static int64_t account_balance(const char *code)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(SUM(amount_minor),0) FROM entry JOIN account ON id = account_id "
             "WHERE code = '%s'",
             code);
    return ff_test_number(&fx, sql);
}

/* Moves the clock to an instant in UTC. */
static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
}

START_TEST(opening_and_topup_move_money_from_outside)
{
    struct ff_movement t = {0};
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 500, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 2000, ff_test_key(2), &t), FF_OK);
    ck_assert_int_eq(t.balance_after, 2500);
    ck_assert_int_eq(t.amount, 2000);
    ck_assert_int_eq(t.employee_id, anna);
    ck_assert_int_eq(t.recorded_at, FF_TEST_NOW);
    ck_assert_int_eq(t.replayed, 0);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 2500);
    ck_assert_int_eq(account_balance("opening"), -500);
    ck_assert_int_eq(account_balance("cash:main"), -2000);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(bank_topup_uses_the_bank_account)
{
    struct ff_idem idem;
    struct ff_movement t = {0};
    ff_idem_make(&fx.cx, ff_test_key(1), "createTopup", 0, anna, NULL, 0, &idem);
    ck_assert_int_eq(ff_ledger_topup(&fx.cx, anna, 100, "bank", NULL, &idem, &t), FF_OK);
    ck_assert_int_eq(account_balance("bank"), -100);
    ck_assert_int_eq(account_balance("cash:main"), 0);
}
END_TEST

START_TEST(topup_is_booked_once_per_key)
{
    struct ff_movement first = {0}, again = {0};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 700, ff_test_key(1), &first), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 700, ff_test_key(1), &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.id, first.id);
    ck_assert_int_eq(again.balance_after, 700);
    ck_assert_int_eq(again.recorded_at, first.recorded_at);
    ck_assert_int_eq(again.amount, 700);
    ck_assert_int_eq(again.employee_id, anna);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 701, ff_test_key(1), &again), FF_KEY_REUSED);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 700);
}
END_TEST

START_TEST(opening_is_booked_once_per_key)
{
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 500, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 500, ff_test_key(1)), FF_ALREADY_EXISTS);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 500);
}
END_TEST

START_TEST(same_key_of_another_caller_is_another_key)
{
    struct ff_movement t = {0};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 700, ff_test_key(1), &t), FF_OK);
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .user_id = 7};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &t), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 800);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(DISTINCT idem_scope) FROM journal"), 2);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT actor_user_id FROM journal WHERE id = 2"), 7);
}
END_TEST

static const struct amount_case {
    int64_t amount;
    enum ff_rc rc;
} amounts[] = {
    {0, FF_AMOUNT_OUT_OF_RANGE},
    {-1, FF_AMOUNT_OUT_OF_RANGE},
    {1, FF_OK},
    {FF_MONEY_TOTAL_MAX, FF_OK},
    {FF_MONEY_TOTAL_MAX + 1, FF_AMOUNT_OUT_OF_RANGE},
    {INT64_MAX, FF_AMOUNT_OUT_OF_RANGE},
    {INT64_MIN, FF_AMOUNT_OUT_OF_RANGE},
};

START_TEST(topup_amounts_have_bounds)
{
    const struct amount_case *c = &amounts[_i];
    struct ff_movement t = {0};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, c->amount, ff_test_key(1), &t), c->rc);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), c->rc ? 0 : c->amount);
    if (c->rc)
        ck_assert_int_eq(ff_test_param(&fx.cx, "max"), FF_MONEY_TOTAL_MAX);
}
END_TEST

START_TEST(wallet_never_holds_more_than_its_maximum)
{
    struct ff_movement t = {0};
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, FF_MONEY_WALLET_MAX + 1, ff_test_key(1)),
                     FF_AMOUNT_OUT_OF_RANGE);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, FF_MONEY_WALLET_MAX, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 1, ff_test_key(2), &t), FF_BALANCE_LIMIT);
    ck_assert_int_eq(ff_test_param(&fx.cx, "balance"), FF_MONEY_WALLET_MAX);
    ck_assert_int_eq(ff_test_param(&fx.cx, "amount"), 1);
    ck_assert_int_eq(ff_test_param(&fx.cx, "max"), FF_MONEY_WALLET_MAX);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), FF_MONEY_WALLET_MAX);
    ck_assert_int_eq(ff_test_books(&fx), 1);
}
END_TEST

START_TEST(nobody_tops_up_the_own_wallet)
{
    struct ff_movement t = {0};
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, anna);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &t), FF_SELF_ACTION);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 0);
}
END_TEST

START_TEST(topup_reaches_the_own_department_only)
{
    struct ff_movement t = {0};
    int64_t bela = ff_fixture_person(&fx, "E2", "Bela Kis", 0);
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1,'Kitchen','k');"
                        "UPDATE employee SET department_id = 1 WHERE number = 'E1'");
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 1;
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &t), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 100, ff_test_key(2), &t), FF_NOT_FOUND);
    ck_assert_int_eq(ff_test_topup(&fx.cx, 999, 100, ff_test_key(3), &t), FF_NOT_FOUND);
    fx.cx.who.site_wide = true;
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 100, ff_test_key(4), &t), FF_OK);
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_MANAGER, .scope = FF_DEPT};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(5), &t), FF_NOT_FOUND);
    fx.cx.who.scope = FF_NONE;
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(6), &t), FF_NOT_FOUND);
}
END_TEST

/* ---- days and months ---- */

static const struct day_case {
    const char *instant, *business_date;
    int day_start_min;
} days[] = {
    {"2026-03-02T22:59:59.999Z", "2026-03-02", 0}, /* a millisecond before midnight in Budapest */
    {"2026-03-02T23:00:00.000Z", "2026-03-03", 0},
    {"2026-03-03T02:59:59.999Z", "2026-03-02", 240}, /* the night shift's day begins at four */
    {"2026-03-03T03:00:00.000Z", "2026-03-03", 240},
    {"2026-03-31T21:59:59.999Z", "2026-03-31", 0}, /* summer time, end of a month */
    {"2026-03-31T22:00:00.000Z", "2026-04-01", 0},
    {"2026-12-31T23:00:00.000Z", "2027-01-01", 0},
    {"2028-02-29T12:00:00.000Z", "2028-02-29", 0},
};

START_TEST(business_date_follows_zone_and_day_start)
{
    const struct day_case *c = &days[_i];
    struct ff_purchase p = {0};
    char sql[80];
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 1000, ff_test_key(1)), FF_OK);
    snprintf(sql, sizeof sql, "UPDATE site SET day_start_min = %d", c->day_start_min);
    ff_test_change(&fx, sql);
    ff_site_free(fx.site);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_site_load(&fx.cx, &fx.site), FF_OK);
    fx.cx.site = fx.site;
    at(c->instant);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert_str_eq(p.business_date, c->business_date);
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM wallet WHERE day = '%s'", c->business_date);
    ck_assert_int_eq(ff_test_number(&fx, sql), 1);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM journal j JOIN period p ON p.id = j.period_id "
                            "WHERE j.id = 2 AND j.business_date BETWEEN starts_on AND ends_on"),
        1);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(period_is_made_on_first_use)
{
    struct ff_movement t = {0};
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM period"), 0);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &t), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(2), &t), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM period WHERE starts_on = "
                                         "'2026-03-01' AND ends_on = '2026-03-31'"),
                     1);
    at("2026-04-10T10:00:00Z");
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(3), &t), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM period"), 2);
}
END_TEST

START_TEST(entry_of_a_closed_month_goes_to_the_next_open_day)
{
    struct ff_movement t = {0};
    ff_test_change(&fx, "INSERT INTO period (starts_on, ends_on, state) VALUES "
                        "('2026-03-01','2026-03-31','closed'),('2026-04-01','2026-04-30','closed'),"
                        "('2026-05-01','2026-05-31','open')");
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &t), FF_OK);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE business_date = '2026-05-01'"), 1);
    ff_test_unguard(&fx, "UPDATE period SET state = 'closed'");
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(2), &t), FF_INTERNAL);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 100);
}
END_TEST

START_TEST(recorded_time_never_goes_back)
{
    struct ff_movement first = {0}, second = {0};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &first), FF_OK);
    struct ff_clock *early = ff_clock_new_test(FF_TEST_NOW - DAY);
    fx.cx.clock = early;
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(2), &second), FF_OK);
    fx.cx.clock = fx.clock;
    ff_clock_free(early);
    ck_assert_int_eq(second.recorded_at, first.recorded_at);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(occurred_at_is_kept_beside_recorded_at)
{
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 1000, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE occurred_at_ms = recorded_at_ms"),
        2);
}
END_TEST

/* ---- the past ---- */

static int64_t balance_at(int64_t ms)
{
    int64_t balance = -1;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_balance_at(&fx.cx, anna, ms, &balance), FF_OK);
    return balance;
}

START_TEST(balance_at_any_instant)
{
    struct ff_movement t = {0};
    struct ff_purchase p = {0};
    struct ff_undo u = {0};
    int64_t bela = ff_fixture_person(&fx, "E2", "Bela Kis", 900);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 1000, ff_test_key(1), &t), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR));
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 1, ff_test_key(3), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(4), &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 2 * HOUR));
    ck_assert_int_eq(ff_test_undo(&fx.cx, p.id, ff_test_key(5), &u), FF_OK);

    ck_assert_int_eq(balance_at(0), 0);
    ck_assert_int_eq(balance_at(FF_TEST_NOW - 1), 0);
    ck_assert_int_eq(balance_at(FF_TEST_NOW), 1000);
    ck_assert_int_eq(balance_at(FF_TEST_NOW + HOUR - 1), 1000);
    ck_assert_int_eq(balance_at(FF_TEST_NOW + HOUR), 300);
    ck_assert_int_eq(balance_at(FF_TEST_NOW + 2 * HOUR), 650);
    ck_assert_int_eq(balance_at(INT64_MAX), 650);
    ck_assert_int_eq(fx.cx.statements, 1);
}
END_TEST

START_TEST(view_of_the_past_counts_what_was_spent_by_then)
{
    struct ff_balance b;
    struct ff_purchase p = {0};
    struct ff_undo u = {0};
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 5000");
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 5000, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(2), &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR));
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(3), &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR + 1000));
    ck_assert_int_eq(ff_test_undo(&fx.cx, p.id, ff_test_key(4), &u), FF_OK);

    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 1);
    ck_assert_int_eq(b.spend.month_spent, 350);
    ck_assert_int_eq(b.balance, 4650);
    ck_assert_int_eq(b.spendable, 4650);
    ck_assert_int_eq(b.floor, 0);
    ck_assert_int_eq(b.spend.monthly_limit, 5000);
    ck_assert_int_eq(b.at, FF_TEST_NOW + HOUR + 1000);

    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_TEST_NOW + HOUR, &b), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 3);
    ck_assert_int_eq(b.spend.month_spent, 1050);
    ck_assert_int_eq(b.balance, 3950);
    ck_assert_int_eq(b.at, FF_TEST_NOW + HOUR);

    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_TEST_NOW - DAY * 60, &b), FF_OK);
    ck_assert_int_eq(b.spend.month_spent, 0);
    ck_assert_int_eq(b.balance, 0);
    ck_assert_int_eq(b.spendable, 0);

    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, INT64_MAX, &b), FF_OK);
    ck_assert_int_eq(b.at, FF_TEST_NOW + HOUR + 1000);
}
END_TEST

START_TEST(view_stays_within_reach)
{
    struct ff_balance b;
    int64_t bela = ff_fixture_person(&fx, "E2", "Bela Kis", 900);
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, bela, FF_NULL_INT, &b), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, 999, FF_NULL_INT, &b), FF_NOT_FOUND);
}
END_TEST

START_TEST(wallet_tells_this_months_spending_only)
{
    struct ff_wallet w;
    struct ff_balance b;
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_opening(&fx.cx, anna, 5000, ff_test_key(1)), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 2, ff_test_key(2), &p), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_get(&fx.cx, anna, &w), FF_OK);
    ck_assert_int_eq(w.month_spent, 700);
    ck_assert_int_eq(w.last_journal_id, 2);
    ck_assert_int_eq(w.floor, 0);
    at("2026-04-01T10:00:00Z");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_get(&fx.cx, anna, &w), FF_OK);
    ck_assert_int_eq(w.month_spent, 0);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.spend.month_spent, 0);
    ck_assert_int_eq(ff_wallet_get(&fx.cx, 999, &w), FF_NOT_FOUND);
}
END_TEST

START_TEST(overdraft_is_spendable)
{
    struct ff_balance b;
    struct ff_purchase p = {0};
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -400");
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.spendable, 400);
    ck_assert_int_eq(b.floor, -400);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(p.balance_after, -350);
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -100");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.spendable, 0); /* below the new floor: nothing is forced up */
}
END_TEST

/* ---- what the database itself refuses ---- */

static enum ff_rc post_raw(struct ff_ctx *cx, void *arg)
{
    return ff_ledger_post(cx, arg);
}

/* Correction account to wallet. */
static struct ff_posting posting;

static void ready(const struct ff_idem *idem, int64_t wallet, int64_t amount)
{
    posting =
        (struct ff_posting){.kind = "adjust", .idem = idem, .enforce_floor = true, .n_entries = 2};
    posting.entries[0] = (struct ff_entry){.account_id = 900, .amount = -amount};
    posting.entries[1] = (struct ff_entry){.account_id = wallet, .amount = amount};
}

static enum ff_rc posted(void)
{
    ff_fixture_again(&fx);
    return ff_db_write(&fx.cx, post_raw, &posting);
}

START_TEST(guards_stand_behind_every_posting)
{
    struct ff_wallet w;
    struct ff_idem idem;
    ff_test_change(&fx, "INSERT INTO account (id, code, kind) VALUES (900, 'adjust:correction', "
                        "'adjust')");
    ck_assert_int_eq(ff_wallet_get(&fx.cx, anna, &w), FF_OK);
    ff_idem_make(&fx.cx, "test-key-00000001", "post", 0, 0, NULL, 0, &idem);
    ready(&idem, w.account_id, 100);
    ck_assert_int_eq(posted(), FF_OK);
    ck_assert_int_eq(posting.journal_id, 1);
    ck_assert_int_lt(posting.entries[0].account_id, posting.entries[1].account_id); /* sorted */
    ck_assert_int_eq(posting.entries[0].balance_after, 100);
    ck_assert_int_eq(posting.entries[1].balance_after, FF_NULL_INT);

    ff_idem_make(&fx.cx, "test-key-00000002", "post", 0, 0, NULL, 0, &idem);
    ready(&idem, w.account_id, -101);
    ck_assert_int_eq(posted(), FF_INSUFFICIENT_BALANCE);
    ready(&idem, w.account_id, 10);
    posting.entries[0].amount = -9;
    ck_assert_int_eq(posted(), FF_INTERNAL);
    ready(&idem, w.account_id, 10);
    posting.n_entries = 1;
    ck_assert_int_eq(posted(), FF_INTERNAL);
    ready(&idem, w.account_id, 0);
    ck_assert_int_ne(posted(), FF_OK);
    ready(&idem, 999, 10);
    ck_assert_int_ne(posted(), FF_OK);
    ready(&idem, w.account_id, 10);
    posting.kind = "gift";
    ck_assert_int_ne(posted(), FF_OK);

    ready(&idem, w.account_id, -150);
    posting.enforce_floor = false;
    posting.reason_code = "bank_return";
    posting.occurred_at_ms = FF_TEST_NOW - DAY;
    ck_assert_int_eq(posted(), FF_OK);
    ck_assert_int_eq(posting.journal_id, 2); /* no gap: the refused ones took no number */
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), -50);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT recorded_at_ms - occurred_at_ms FROM journal "
                                         "WHERE id = 2"),
                     DAY);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

static enum ff_rc make_account(struct ff_ctx *cx, void *arg)
{
    return ff_ledger_account(cx, "subsidy:kitchen", "subsidy", arg);
}

START_TEST(shared_account_is_made_once)
{
    int64_t first = 0, again = 0;
    ck_assert_int_eq(ff_db_write(&fx.cx, make_account, &first), FF_OK);
    ck_assert_int_eq(ff_db_write(&fx.cx, make_account, &again), FF_OK);
    ck_assert_int_gt(first, 0);
    ck_assert_int_eq(first, again);
}
END_TEST

START_TEST(fingerprint_covers_each_part)
{
    struct ff_idem base, other[5];
    ff_idem_make(&fx.cx, "k", "op", 1, 2, "body", 4, &base);
    ff_idem_make(&fx.cx, "k", "oq", 1, 2, "body", 4, &other[0]);
    ff_idem_make(&fx.cx, "k", "op", 3, 2, "body", 4, &other[1]);
    ff_idem_make(&fx.cx, "k", "op", 1, 3, "body", 4, &other[2]);
    ff_idem_make(&fx.cx, "k", "op", 1, 2, "bodz", 4, &other[3]);
    ff_idem_make(&fx.cx, "k", "op", 1, 2, "body", 3, &other[4]);
    for (int i = 0; i < 5; i++)
        ck_assert(memcmp(base.fingerprint, other[i].fingerprint, sizeof base.fingerprint) != 0);
    ff_idem_make(&fx.cx, "k", "op", 1, 2, "body", 4, &other[0]);
    ck_assert_mem_eq(base.fingerprint, other[0].fingerprint, sizeof base.fingerprint);
    ck_assert_int_eq(base.scope, 0);
    fx.cx.who = (struct ff_actor){.user_id = 5};
    ff_idem_make(&fx.cx, "k", "op", 1, 2, "body", 4, &other[0]);
    ck_assert_int_eq(other[0].scope, -5);
    fx.cx.who.device_id = 3;
    ff_idem_make(&fx.cx, "k", "op", 1, 2, "body", 4, &other[0]);
    ck_assert_int_eq(other[0].scope, 3);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ledger_post");
    TCase *t = tcase_create("post");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, opening_and_topup_move_money_from_outside);
    tcase_add_test(t, bank_topup_uses_the_bank_account);
    tcase_add_test(t, topup_is_booked_once_per_key);
    tcase_add_test(t, opening_is_booked_once_per_key);
    tcase_add_test(t, same_key_of_another_caller_is_another_key);
    tcase_add_loop_test(t, topup_amounts_have_bounds, 0, (int)(sizeof amounts / sizeof amounts[0]));
    tcase_add_test(t, wallet_never_holds_more_than_its_maximum);
    tcase_add_test(t, nobody_tops_up_the_own_wallet);
    tcase_add_test(t, topup_reaches_the_own_department_only);
    tcase_add_loop_test(t, business_date_follows_zone_and_day_start, 0,
                        (int)(sizeof days / sizeof days[0]));
    tcase_add_test(t, period_is_made_on_first_use);
    tcase_add_test(t, entry_of_a_closed_month_goes_to_the_next_open_day);
    tcase_add_test(t, recorded_time_never_goes_back);
    tcase_add_test(t, occurred_at_is_kept_beside_recorded_at);
    tcase_add_test(t, balance_at_any_instant);
    tcase_add_test(t, view_of_the_past_counts_what_was_spent_by_then);
    tcase_add_test(t, view_stays_within_reach);
    tcase_add_test(t, wallet_tells_this_months_spending_only);
    tcase_add_test(t, overdraft_is_spendable);
    tcase_add_test(t, guards_stand_behind_every_posting);
    tcase_add_test(t, shared_account_is_made_once);
    tcase_add_test(t, fingerprint_covers_each_part);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
