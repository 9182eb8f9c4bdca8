/* SPDX-License-Identifier: MIT */
/* site_counter.c - the stop switch, closed days and the message to all kiosks; what they refuse,
 * what goes on, and that a purchase asks them without a statement. */
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/purchase/refund.h"
#include "domain/site/counter.h"
#include "domain/site/site.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 0);
    soup = ff_fixture_product(&fx, "Soup", 350);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static void as_operator(void)
{
    ff_fixture_again(&fx);
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true};
}

static enum ff_rc buy_as(enum ff_role role, enum ff_scope scope, int64_t self, int64_t key,
                         struct ff_purchase *p)
{
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, role, scope, self);
    return ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(key), p);
}

START_TEST(a_stopped_counter_refuses_everybody_with_its_message)
{
    struct ff_purchase p = {0};
    struct ff_counter c;
    as_operator();
    ck_assert_int_eq(ff_counter_stop(&fx.cx, "Fire drill"), FF_OK);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 1, &p), FF_SELLING_STOPPED);
    ck_assert_str_eq(ff_test_said(&fx.cx, "message"), "Fire drill");
    ck_assert_int_eq(buy_as(FF_ROLE_ADMIN, FF_ALL, bela, 2, &p), FF_SELLING_STOPPED);
    as_operator();
    ck_assert_int_eq(ff_counter_get(&fx.cx, &c), FF_OK);
    ck_assert_int_eq(c.selling, 0);
    ck_assert_str_eq(c.stop_message, "Fire drill");
    ck_assert_int_eq(c.stopped_at, FF_TEST_NOW);
    ck_assert_int_eq(ff_counter_start(&fx.cx), FF_OK);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 1, &p), FF_OK); /* the same key */
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(undo_refund_and_repetition_go_on_while_nothing_is_sold)
{
    struct ff_purchase first = {0}, second = {0}, again = {0};
    struct ff_undo undo;
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 1, &first), FF_OK);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 2, &second), FF_OK);
    as_operator();
    ck_assert_int_eq(ff_counter_stop(&fx.cx, NULL), FF_OK);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 1, &again), FF_OK);
    ck_assert_int_eq(again.id, first.id);
    ck_assert_int_eq(ff_test_undo(&fx.cx, first.id, ff_test_key(3), &undo), FF_OK);
    as_operator();
    ck_assert_int_eq(ff_test_refund(&fx.cx, second.id, ff_test_key(4)), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000);
}
END_TEST

START_TEST(a_closed_day_is_for_managers_who_book_for_others_alone)
{
    struct ff_purchase p = {0};
    struct ff_closed_day day;
    struct ff_counter c;
    as_operator();
    ck_assert_int_eq(ff_closed_day_put(&fx.cx, "2026-03-02", "Inventory", &day), FF_OK);
    ck_assert_int_eq(ff_closed_day_put(&fx.cx, "2026-03-03", "Inventory too", &day), FF_OK);
    ck_assert_int_eq(ff_counter_get(&fx.cx, &c), FF_OK);
    ck_assert_str_eq(c.closed_today, "Inventory");
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 1, &p), FF_CLOSED_DAY);
    ck_assert_str_eq(ff_test_said(&fx.cx, "date"), "2026-03-02");
    ck_assert_str_eq(ff_test_said(&fx.cx, "name"), "Inventory");
    ck_assert_int_eq(buy_as(FF_ROLE_EMPLOYEE, FF_SELF, anna, 1, &p), FF_CLOSED_DAY);
    ck_assert_int_eq(buy_as(FF_ROLE_MANAGER, FF_ALL, anna, 1, &p), FF_CLOSED_DAY);
    ck_assert_int_eq(buy_as(FF_ROLE_MANAGER, FF_ALL, bela, 1, &p), FF_OK);
    as_operator();
    ck_assert_int_eq(ff_closed_day_delete(&fx.cx, "2026-03-02"), FF_OK);
    ck_assert_int_eq(ff_closed_day_delete(&fx.cx, "2026-03-02"), FF_NOT_FOUND);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 2, &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 12 * 3600000)); /* past midnight */
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 3, &p), FF_CLOSED_DAY);
}
END_TEST

START_TEST(asking_costs_a_purchase_no_statement)
{
    struct ff_purchase p = {0};
    struct ff_closed_day day;
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 3, &p), FF_OK); /* makes accounts */
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 1, &p), FF_OK);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 4, &p), FF_OK); /* by what is kept */
    const unsigned before = fx.cx.statements;
    as_operator();
    for (int i = 10; i < 30; i++) {
        const char *date = ff_arena_printf(fx.arena, "2026-07-%d", i);
        ck_assert_int_eq(ff_closed_day_put(&fx.cx, date, "Summer", &day), FF_OK);
    }
    ck_assert_int_eq(ff_counter_notice(&fx.cx, "Hello", FF_NULL_INT), FF_OK);
    ck_assert_int_eq(buy_as(FF_ROLE_PERSON, FF_SELF, anna, 2, &p), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, before);
}
END_TEST

START_TEST(a_notice_ends_at_its_instant)
{
    struct ff_counter c;
    as_operator();
    ck_assert_int_eq(ff_counter_notice(&fx.cx, "Soup is late", FF_TEST_NOW + 1000), FF_OK);
    ck_assert_int_eq(ff_counter_get(&fx.cx, &c), FF_OK);
    ck_assert_str_eq(c.notice, "Soup is late");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 1000));
    ck_assert_int_eq(ff_counter_get(&fx.cx, &c), FF_OK);
    ck_assert_ptr_null(c.notice);
    ck_assert_int_eq(ff_counter_notice(&fx.cx, "Too late", FF_TEST_NOW), FF_VALIDATION);
    as_operator();
    ck_assert_int_eq(ff_counter_notice(&fx.cx, "For good", FF_NULL_INT), FF_OK);
    ck_assert_int_eq(ff_counter_notice(&fx.cx, NULL, FF_NULL_INT), FF_OK);
    ck_assert_int_eq(ff_counter_get(&fx.cx, &c), FF_OK);
    ck_assert_ptr_null(c.notice);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = "
                                         "'notice.change'"),
                     3);
}
END_TEST

START_TEST(the_rules_outlive_a_restart)
{
    struct ff_counter c;
    struct ff_closed_day day;
    struct ff_list list;
    int64_t total;
    as_operator();
    ck_assert_int_eq(ff_counter_stop(&fx.cx, "Power cut"), FF_OK);
    ck_assert_int_eq(ff_closed_day_put(&fx.cx, "2026-12-24", "Eve", &day), FF_OK);
    ck_assert_int_eq(ff_closed_day_put(&fx.cx, "2026-12-24", "Christmas Eve", &day), FF_OK);
    ck_assert_int_eq(ff_closed_day_put(&fx.cx, "2026-13-24", "?", &day), FF_VALIDATION);
    as_operator();
    struct ff_site *again = NULL, *own = fx.cx.site;
    ck_assert_int_eq(ff_site_load(&fx.cx, &again), FF_OK);
    fx.cx.site = again;
    ck_assert_int_eq(ff_counter_get(&fx.cx, &c), FF_OK);
    ck_assert_str_eq(c.stop_message, "Power cut");
    ck_assert_int_eq(ff_closed_day_list(&fx.cx, "2026-12-01", 1, 10, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    ck_assert_str_eq(((struct ff_closed_day *)list.items)->name, "Christmas Eve");
    fx.cx.site = own;
    ff_site_free(again);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("site_counter");
    TCase *cases = tcase_create("counter");
    tcase_add_checked_fixture(cases, open_all, close_all);
    tcase_add_test(cases, a_stopped_counter_refuses_everybody_with_its_message);
    tcase_add_test(cases, undo_refund_and_repetition_go_on_while_nothing_is_sold);
    tcase_add_test(cases, a_closed_day_is_for_managers_who_book_for_others_alone);
    tcase_add_test(cases, asking_costs_a_purchase_no_statement);
    tcase_add_test(cases, a_notice_ends_at_its_instant);
    tcase_add_test(cases, the_rules_outlive_a_restart);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
