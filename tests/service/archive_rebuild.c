/* SPDX-License-Identifier: MIT */
/* archive_rebuild.c - wallets and counters made again from the journals alone: equal to the unit,
 * and whatever somebody changed by hand is named. */
#include <stdio.h>
#include <sys/stat.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "db/backup.h"
#include "domain/archive/rebuild.h"
#include "domain/report/rollup.h"
#include "domain/stock/stock.h"
#include "domain/subsidy/allowance.h"

#define DAY INT64_C(86400000)

static struct ff_fixture fx;
static int64_t anna, bela, soup;
static char file[128], names[2048];

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 0);
    soup = ff_fixture_product(&fx, "Soup", 350);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000");
    snprintf(file, sizeof file, "%s/rebuilt.db", fx.dir);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static int64_t buy(int64_t who, int64_t pieces, int key)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, soup, pieces, ff_test_key(key), &p), FF_OK);
    return p.id;
}

/* All that can happen to two people over two days; the second wallet ends below 0. */
static void live(void)
{
    struct ff_movement m = {0};
    struct ff_undo u = {0};
    (void)buy(anna, 2, 1);
    const int64_t undone = buy(anna, 1, 2), refunded = buy(anna, 3, 3);
    ck_assert_int_eq(ff_test_undo(&fx.cx, undone, ff_test_key(4), &u), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + DAY));
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 1000, ff_test_key(5), &m), FF_OK);
    ck_assert_int_eq(ff_test_refund(&fx.cx, refunded, ff_test_key(6)), FF_OK);
    (void)buy(anna, 1, 7);
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -1000 WHERE account_id = "
                        "(SELECT id FROM account WHERE code = 'wallet:2')");
    (void)buy(bela, 4, 8);
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = 0");
    ff_fixture_again(&fx);
}

/* The first day's sums, as the housekeeping makes them. */
static void sum_up(void)
{
    bool more = true;
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 2 * DAY));
    while (more) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    }
}

/* An allowance that is used in part, and bread on the shelf, ten less three. */
static void give_and_count(void)
{
    const struct ff_allowance_new in = {.amount = 500,
                                        .expires_on = "2026-12-31",
                                        .employee_ids = {&anna, 1},
                                        .group_id = FF_NULL_INT,
                                        .department_id = FF_NULL_INT,
                                        .all = FF_NULL_INT,
                                        .cost_centre_id = FF_NULL_INT};
    const struct ff_stock_in shelf = {
        .set = 1u << FF_STOCK_KIND | 1u << FF_STOCK_TRACKED, .kind = "shelf", .tracked = 1};
    const struct ff_idem keys[] = {{.key = "an-allowance-to-use"}, {.key = "ten-pieces-of-bread"}};
    const int64_t bread = ff_fixture_product(&fx, "Bread", 100);
    struct ff_allowance_run run;
    struct ff_stock level;
    struct ff_stock_move moved;
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_allowance_give(&fx.cx, &in, &keys[0], &run), FF_OK);
    ck_assert_msg(ff_stock_change(&fx.cx, bread, &shelf, &level) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_int_eq(ff_stock_receive(&fx.cx, bread, 10, FF_NULL_INT, NULL, &keys[1], &moved),
                     FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, bread, 3, ff_test_key(60), &p), FF_OK);
    ck_assert_int_eq(p.allowance, 300);
}

static void note(void *arg, const struct ff_difference *d)
{
    char *at = names + strlen(names);
    (void)arg;
    snprintf(at, (size_t)(names + sizeof names - at), "%s %s %s: %s, %s\n", d->table, d->key,
             d->column ? d->column : "-", d->rebuilt ? d->rebuilt : "-",
             d->living ? d->living : "-");
}

static struct ff_rebuild_report rebuild(enum ff_rc expected)
{
    struct ff_rebuild_report r;
    struct stat st;
    names[0] = '\0';
    ff_fixture_again(&fx);
    const enum ff_rc rc = ff_rebuild(&fx.cx, file, note, NULL, &r);
    ck_assert_msg(rc == expected, "%d: %s %s", rc, fx.cx.err.detail, r.finding ? r.finding : "");
    ck_assert_int_eq(stat(file, &st) == 0, expected == FF_OK);
    (void)remove(file);
    return r;
}

START_TEST(what_the_journals_say_is_what_is_there)
{
    live();
    const struct ff_rebuild_report r = rebuild(FF_OK);
    ck_assert_str_eq(names, "");
    ck_assert_int_eq(r.differences, 0);
    ck_assert_int_eq(r.journals, ff_test_books(&fx));
    ck_assert_int_eq(r.wallets, 2);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), -400);
}
END_TEST

START_TEST(sums_of_ended_days_are_made_again)
{
    live();
    sum_up();
    give_and_count();
    ck_assert_int_gt(ff_test_number(&fx, "SELECT COUNT(*) FROM account_day"), 3);
    ck_assert_int_gt(ff_test_number(&fx, "SELECT COUNT(*) FROM spend_counter"), 1);
    (void)buy(anna, 1, 50); /* not in them yet */
    (void)rebuild(FF_OK);
    ck_assert_str_eq(names, "");
}
END_TEST

START_TEST(an_empty_canteen_is_rebuilt_too)
{
    ff_test_unguard(&fx, "DELETE FROM entry; DELETE FROM journal;"
                         "UPDATE wallet SET balance_minor = 0, last_journal_id = 0");
    const struct ff_rebuild_report r = rebuild(FF_OK);
    ck_assert_str_eq(names, "");
    ck_assert_int_eq(r.journals, 0);
}
END_TEST

START_TEST(the_file_is_a_backup_that_proves)
{
    struct ff_rebuild_report r;
    struct ff_backup_info info;
    live();
    ck_assert_int_eq(ff_rebuild(&fx.cx, file, NULL, NULL, &r), FF_OK);
    ck_assert_int_eq(ff_backup_verify(&fx.cx, file, &info), FF_OK);
    ck_assert_int_eq(info.head_id, r.journals);
    ck_assert_int_eq(ff_rebuild(&fx.cx, file, NULL, NULL, &r), FF_ALREADY_EXISTS);
}
END_TEST

/* What somebody with the file could change in a sum, and how it is told. */
static const struct {
    const char *change, *told;
} changes[] = {
    {"UPDATE wallet SET balance_minor = balance_minor + 1 WHERE account_id = (SELECT id FROM "
     "account WHERE code = 'wallet:1')",
     "wallet 1 balance_minor: 3950, 3951\n"},
    {"UPDATE wallet SET day_spent_minor = 0 WHERE account_id = (SELECT id FROM account WHERE "
     "code = 'wallet:1')",
     "wallet 1 day_spent_minor: 350, 0\n"},
    {"UPDATE wallet SET month_spent_minor = 7 WHERE account_id = (SELECT id FROM account WHERE "
     "code = 'wallet:1')",
     "wallet 1 month_spent_minor: 1050, 7\n"},
    {"UPDATE wallet SET last_journal_id = 1 WHERE account_id = (SELECT id FROM account WHERE "
     "code = 'wallet:1')",
     "wallet 1 last_journal_id: "},
    {"UPDATE account_day SET sum_minor = sum_minor - 1 WHERE account_id = (SELECT id FROM account "
     "WHERE code = 'opening')",
     "account_day 2026-03-02/"},
    {"UPDATE sales_product SET pieces = 99 WHERE business_date = '2026-03-02' AND department_id = "
     "0",
     "sales_product 2026-03-02/0/1/70000 pieces: 5, 99\n"},
    {"UPDATE stock_level SET quantity = 9", "stock_level 2 quantity: 7, 9\n"},
    {"UPDATE allowance_grant SET left_minor = 500", "allowance_grant "},
    {"DELETE FROM spend_counter WHERE employee_id = 2", "spend_counter 2026-03/2 -: a row, -\n"},
    {"UPDATE spend_counter SET spent_minor = 0 WHERE employee_id = 2",
     "spend_counter 2026-03/2 spent_minor: 1400, 0\n"},
};

START_TEST(a_sum_that_was_changed_by_hand_is_named)
{
    live();
    sum_up();
    give_and_count();
    ff_test_unguard(&fx, changes[_i].change);
    const struct ff_rebuild_report r = rebuild(FF_OK);
    ck_assert_int_eq(r.differences, 1);
    ck_assert_msg(strncmp(names, changes[_i].told, strlen(changes[_i].told)) == 0, "%s", names);
}
END_TEST

/* What somebody could change in the journals themselves. */
static const char *const lies[] = {
    "UPDATE entry SET amount_minor = amount_minor + 1 WHERE journal_id = 3 AND balance_after IS "
    "NOT NULL",
    "UPDATE entry SET balance_after = balance_after + 1 WHERE journal_id = 3 AND balance_after IS "
    "NOT NULL",
    "UPDATE journal SET hash = zeroblob(32) WHERE id = 3",
    "UPDATE journal SET recorded_at_ms = 0 WHERE id = 3",
    "PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE id = 3",
    "PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE journal_id = 3",
    "UPDATE refund_line SET qty = 4",
};

START_TEST(a_journal_that_cannot_have_been_booked_stops_it)
{
    live();
    ff_test_unguard(&fx, lies[_i]);
    const struct ff_rebuild_report r = rebuild(FF_STORAGE_FAULT);
    ck_assert_int_gt(r.stopped_at, 2);
    ck_assert_ptr_nonnull(r.finding);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("archive_rebuild");
    TCase *t = tcase_create("rebuild");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, what_the_journals_say_is_what_is_there);
    tcase_add_test(t, sums_of_ended_days_are_made_again);
    tcase_add_test(t, an_empty_canteen_is_rebuilt_too);
    tcase_add_test(t, the_file_is_a_backup_that_proves);
    tcase_add_loop_test(t, a_sum_that_was_changed_by_hand_is_named, 0, FF_ROWS(changes));
    tcase_add_loop_test(t, a_journal_that_cannot_have_been_booked_stops_it, 0, FF_ROWS(lies));
    suite_add_tcase(s, t);
    return ff_test_run(s);
}
