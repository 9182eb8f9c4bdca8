/* SPDX-License-Identifier: MIT */
/* purchase_restrictions.c - blocked people, bans, caps by piece, the limits people set for
 * themselves, and the override of all that: who may, what it skips, what it leaves, what the record
 * says. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "base/money.h"
#include "domain/limits/limits.h"

static struct ff_fixture fx;
static int64_t anna, bela, cake, cola, next_key;

static void setup(void)
{
    struct ff_product p;
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 10000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 10000);
    cake = ff_fixture_product(&fx, "Cake", 100);
    ff_fixture_again(&fx);
    const struct ff_product_in in = ff_test_dish("Cola", 200, "beverage");
    ck_assert_int_eq(ff_product_create(&fx.cx, &in, &p), FF_OK);
    cola = p.id;
    next_key = 100;
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc buy(int64_t who, int64_t product, int64_t pieces, int64_t *id)
{
    struct ff_purchase p;
    ff_fixture_again(&fx);
    enum ff_rc rc = ff_test_buy(&fx.cx, who, product, pieces, ff_test_key(next_key++), &p);
    if (id)
        *id = p.id;
    return rc;
}

static enum ff_rc force(int64_t who, int64_t product, int64_t pieces, struct ff_purchase *out)
{
    struct ff_purchase_item item = {product, pieces};
    const struct ff_purchase_override why = {"fire drill, pays tomorrow"};
    const struct ff_purchase_new in = {.items = {.items = &item, .n = 1},
                                       .expected_total = FF_NULL_INT,
                                       .employee_id = who,
                                       .override = &why};
    struct ff_idem idem;
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, ff_test_key(next_key++), "force", who, 0, &item, sizeof item, &idem);
    return ff_purchase_create(&fx.cx, &in, &idem, out);
}

static void now(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
}

static void block(int64_t who, const char *reason)
{
    struct ff_employee e;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_limits_block(&fx.cx, who, reason, &e), FF_OK);
    ck_assert_int_eq(e.blocked, reason != NULL);
}

static int64_t ban(int64_t who, int64_t product, int64_t category)
{
    const struct ff_ban in = {
        .product_id = product, .category_id = category, .reason = "asked for it"};
    struct ff_ban b;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_ban_add(&fx.cx, who, &in, &b) == FF_OK, "%s", fx.cx.err.detail);
    return b.id;
}

static void cap(int64_t product, int64_t per_purchase, int64_t per_day)
{
    const struct ff_cap in = {product, per_purchase, per_day};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_cap_set(&fx.cx, &in), FF_OK);
}

/* ---- blocked ---- */

START_TEST(a_blocked_person_keeps_everything_and_cannot_buy)
{
    struct ff_movement m;
    struct ff_undo undo;
    int64_t id;
    ck_assert_int_eq(buy(anna, cake, 1, &id), FF_OK);
    block(anna, "card was lost");
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_EMPLOYEE_BLOCKED);
    ck_assert_int_eq(buy(bela, cake, 1, NULL), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 500, ff_test_key(next_key++), &m), FF_OK);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(next_key++), &undo), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 10500);
    block(anna, NULL);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
}
END_TEST

START_TEST(nobody_lifts_a_bound_from_themselves)
{
    struct ff_employee e;
    const int64_t id = ban(anna, cake, FF_NULL_INT);
    const struct ff_ban in = {.product_id = cola, .category_id = FF_NULL_INT, .reason = "mine"};
    struct ff_ban b;
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, anna);
    ck_assert_int_eq(ff_limits_block(&fx.cx, anna, NULL, &e), FF_SELF_ACTION);
    ff_err_clear(&fx.cx);
    ck_assert_int_eq(ff_ban_remove(&fx.cx, anna, id), FF_SELF_ACTION);
    ff_err_clear(&fx.cx);
    ck_assert_int_eq(ff_ban_add(&fx.cx, anna, &in, &b), FF_SELF_ACTION);
}
END_TEST

/* ---- bans ---- */

START_TEST(a_ban_is_of_a_product_or_of_a_category)
{
    const int64_t one = ban(anna, cake, FF_NULL_INT);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_PRODUCT_BANNED);
    ck_assert_int_eq(ff_test_param(&fx.cx, "productId"), cake);
    ck_assert_int_eq(buy(anna, cola, 1, NULL), FF_OK);
    ck_assert_int_eq(buy(bela, cake, 1, NULL), FF_OK);
    (void)ban(anna, FF_NULL_INT, 2); /* beverages */
    ck_assert_int_eq(buy(anna, cola, 1, NULL), FF_PRODUCT_BANNED);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ban_remove(&fx.cx, anna, one), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    ck_assert_int_eq(ff_ban_remove(&fx.cx, bela, one), FF_NOT_FOUND);
}
END_TEST

START_TEST(a_ban_names_one_thing_that_is_there_once)
{
    const struct ff_ban none = {
        .product_id = FF_NULL_INT, .category_id = FF_NULL_INT, .reason = "x y"};
    const struct ff_ban both = {.product_id = cake, .category_id = 1, .reason = "x y"};
    const struct ff_ban gone = {.product_id = 999, .category_id = FF_NULL_INT, .reason = "x y"};
    const struct ff_ban good = {.product_id = cake, .category_id = FF_NULL_INT, .reason = "x y"};
    struct ff_ban b;
    ck_assert_int_eq(ff_ban_add(&fx.cx, anna, &none, &b), FF_VALIDATION);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ban_add(&fx.cx, anna, &both, &b), FF_VALIDATION);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ban_add(&fx.cx, anna, &gone, &b), FF_VALIDATION);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ban_add(&fx.cx, anna, &good, &b), FF_OK);
    ck_assert_str_eq(b.product, "Cake");
    ck_assert_int_eq(ff_ban_add(&fx.cx, anna, &good, &b), FF_ALREADY_EXISTS);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ban_add(&fx.cx, 999, &good, &b), FF_NOT_FOUND);
}
END_TEST

/* ---- caps ---- */

START_TEST(a_cap_takes_its_pieces_and_no_more)
{
    cap(cake, 2, FF_NULL_INT);
    ck_assert_int_eq(buy(anna, cake, 3, NULL), FF_QUANTITY_CAP);
    ck_assert_int_eq(ff_test_param(&fx.cx, "max"), 2);
    ck_assert_int_eq(buy(anna, cake, 2, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 2, NULL), FF_OK); /* each purchase for itself */
    cap(cake, FF_NULL_INT, FF_NULL_INT);
    ck_assert_int_eq(buy(anna, cake, 9, NULL), FF_OK);
}
END_TEST

START_TEST(a_cap_of_the_day_counts_what_stayed)
{
    int64_t first, second;
    struct ff_undo undo;
    cap(cake, FF_NULL_INT, 3);
    ck_assert_int_eq(buy(anna, cake, 2, &first), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 2, NULL), FF_QUANTITY_CAP);
    ck_assert_int_eq(ff_test_param(&fx.cx, "left"), 1);
    ck_assert_int_eq(buy(bela, cake, 3, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 1, &second), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_QUANTITY_CAP);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, second, ff_test_key(next_key++), &undo), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, first, ff_test_key(next_key++)), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 3, NULL), FF_QUANTITY_CAP);
    ck_assert_int_eq(buy(anna, cake, 2, NULL), FF_OK);
    now("2026-03-02T23:00:00Z"); /* midnight in Budapest */
    ck_assert_int_eq(buy(anna, cake, 3, NULL), FF_OK);
    ff_test_books(&fx);
}
END_TEST

START_TEST(nothing_configured_costs_no_statement)
{
    for (int i = 0; i < 3; i++) /* until the writer knows all that it may keep */
        ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    const unsigned plain = fx.cx.statements;
    cap(cake, 50, FF_NULL_INT);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, plain + 1); /* a cap is never kept */
    cap(cake, FF_NULL_INT, 50);
    (void)ban(anna, cola, FF_NULL_INT);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, plain + 2);
}
END_TEST

/* ---- own limits ---- */

static struct ff_own_limits own(int64_t daily, int64_t monthly, enum ff_rc rc)
{
    const struct ff_actor operator= fx.cx.who;
    struct ff_own_limits out = {0};
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    ck_assert_int_eq(ff_own_limits_set(&fx.cx, anna, daily, monthly, &out), rc);
    fx.cx.who = operator;
    return out;
}

START_TEST(an_own_limit_is_lowered_at_once_and_raised_tomorrow)
{
    struct ff_own_limits o = own(300, FF_NULL_INT, FF_OK);
    ck_assert_int_eq(o.daily, 300);
    ck_assert_ptr_null(o.next_from);
    ck_assert_int_eq(buy(anna, cake, 4, NULL), FF_DAILY_LIMIT);
    ck_assert_int_eq(buy(anna, cake, 3, NULL), FF_OK);
    o = own(500, 800, FF_OK);
    ck_assert_int_eq(o.daily, 300);
    ck_assert_int_eq(o.next_daily, 500);
    ck_assert_int_eq(o.monthly, 800); /* from none to one is lower */
    ck_assert_str_eq(o.next_from, "2026-03-03");
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_DAILY_LIMIT);
    now("2026-03-02T22:59:59Z");
    ck_assert_int_eq(buy(anna, cake, 1, NULL), FF_DAILY_LIMIT);
    now("2026-03-02T23:00:00Z");
    ck_assert_int_eq(buy(anna, cake, 6, NULL), FF_DAILY_LIMIT);
    ck_assert_int_eq(buy(anna, cake, 5, NULL), FF_OK);
    o = own(FF_NULL_INT, FF_NULL_INT, FF_OK);
    ck_assert_int_eq(o.daily, 500);
    ck_assert_int_eq(o.next_daily, FF_NULL_INT);
    now("2026-03-04T11:00:00Z");
    ck_assert_int_eq(buy(anna, cake, 9, NULL), FF_OK);
}
END_TEST

START_TEST(an_own_limit_is_not_above_what_is_set_and_the_persons_alone)
{
    struct ff_own_limits o;
    struct ff_balance b;
    ff_test_change(&fx, "UPDATE employee SET daily_limit_minor = 400");
    (void)own(401, FF_NULL_INT, FF_VALIDATION);
    (void)own(400, FF_NULL_INT, FF_OK);
    (void)own(200, FF_NULL_INT, FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_own_limits_set(&fx.cx, anna, 300, FF_NULL_INT, &o), FF_FORBIDDEN);
    ff_err_clear(&fx.cx);
    ck_assert_int_eq(ff_own_limits_get(&fx.cx, anna, &o), FF_OK); /* who manages may see it */
    ck_assert_int_eq(o.daily, 200);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, anna, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.spend.daily_limit, 200);
    ck_assert_int_eq(b.left_today, 200);
    ff_test_change(&fx, "UPDATE employee SET daily_limit_minor = 100"); /* the lower one holds */
    ck_assert_int_eq(buy(anna, cake, 2, NULL), FF_DAILY_LIMIT);
}
END_TEST

/* ---- override ---- */

START_TEST(an_override_skips_every_bound_but_the_wallets)
{
    struct ff_purchase p;
    ff_test_change(&fx, "UPDATE employee SET purchase_limit_minor = 0, daily_limit_minor = 0, "
                        "monthly_limit_minor = 0");
    (void)own(0, 0, FF_OK);
    (void)ban(anna, cake, FF_NULL_INT);
    cap(cake, 1, 1);
    block(anna, "card was lost");
    ck_assert_int_eq(buy(anna, cake, 2, NULL), FF_EMPLOYEE_BLOCKED);
    ck_assert_int_eq(force(anna, cake, 99, &p), FF_OK);
    ck_assert_int_eq(force(anna, cake, 9, &p), FF_OK); /* below the floor */
    ck_assert_int_eq(p.balance_after, -800);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE reason_code = "
                                         "'manager_override' AND enforce_floor = 0"),
                     2);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT day_spent_minor FROM wallet WHERE balance_minor < 0"),
        10800); /* counted all the same */
    ff_test_change(&fx, "UPDATE employee SET is_active = 0");
    ck_assert_int_eq(force(anna, cake, 1, &p), FF_EMPLOYEE_INACTIVE);
    ff_test_books(&fx);
}
END_TEST

START_TEST(an_override_names_both_persons_and_the_reason)
{
    struct ff_purchase p;
    const int64_t user = ff_test_user(&fx, "boss@example.com", "manager", bela);
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, bela);
    fx.cx.who.user_id = user;
    ck_assert_int_eq(force(anna, cake, 1, &p), FF_OK);
    char sql[256];
    snprintf(
        sql, sizeof sql,
        "SELECT COUNT(*) FROM audit WHERE action = 'purchase.override' AND entity_id = %lld AND "
        "user_id = %lld AND subject_id = %lld AND detail IS NOT NULL",
        (long long)p.id, (long long)user, (long long)anna);
    ck_assert_int_eq(ff_test_number(&fx, sql), 1);
}
END_TEST

START_TEST(nobody_overrides_for_themselves_or_without_the_power)
{
    struct ff_purchase p;
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, anna);
    ck_assert_int_eq(force(anna, cake, 1, &p), FF_SELF_ACTION);
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    ck_assert_int_eq(force(bela, cake, 1, &p), FF_FORBIDDEN);
    ff_fixture_as(&fx, FF_ROLE_PERSON, FF_SELF, anna);
    ck_assert_int_eq(force(anna, cake, 1, &p), FF_FORBIDDEN);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM purchase"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("purchase_restrictions");
    TCase *cases = tcase_create("restrictions");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_blocked_person_keeps_everything_and_cannot_buy);
    tcase_add_test(cases, nobody_lifts_a_bound_from_themselves);
    tcase_add_test(cases, a_ban_is_of_a_product_or_of_a_category);
    tcase_add_test(cases, a_ban_names_one_thing_that_is_there_once);
    tcase_add_test(cases, a_cap_takes_its_pieces_and_no_more);
    tcase_add_test(cases, a_cap_of_the_day_counts_what_stayed);
    tcase_add_test(cases, nothing_configured_costs_no_statement);
    tcase_add_test(cases, an_own_limit_is_lowered_at_once_and_raised_tomorrow);
    tcase_add_test(cases, an_own_limit_is_not_above_what_is_set_and_the_persons_alone);
    tcase_add_test(cases, an_override_skips_every_bound_but_the_wallets);
    tcase_add_test(cases, an_override_names_both_persons_and_the_reason);
    tcase_add_test(cases, nobody_overrides_for_themselves_or_without_the_power);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
