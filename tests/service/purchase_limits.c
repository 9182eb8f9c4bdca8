/* SPDX-License-Identifier: MIT */
/* purchase_limits.c - what people may spend: each limit at, below and above its bound, whose limit
 * it is, over midnight and the end of a month, given back to the purchase's own day, and never in
 * the way of money that comes in. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "base/money.h"
#include "domain/people/group.h"
#include "domain/site/site.h"

static struct ff_fixture fx;
static int64_t anna, bela, penny, next_key;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 10000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 10000);
    penny = ff_fixture_product(&fx, "Penny sweet", 100);
    next_key = 100;
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* So many sweets at 1.00. */
static enum ff_rc buy(int64_t who, int64_t pieces, int64_t *id)
{
    struct ff_purchase p;
    ff_fixture_again(&fx);
    enum ff_rc rc = ff_test_buy(&fx.cx, who, penny, pieces, ff_test_key(next_key++), &p);
    if (id)
        *id = p.id;
    return rc;
}

static void limit(const char *what, int64_t minor)
{
    ff_test_change(&fx, ff_arena_printf(fx.arena, "UPDATE employee SET %s = %lld WHERE id = %lld",
                                        what, (long long)minor, (long long)anna));
}

static struct ff_balance view(int64_t who)
{
    struct ff_balance b;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_view(&fx.cx, who, FF_NULL_INT, &b), FF_OK);
    return b;
}

/* The business day of the fixture begins at midnight in Budapest. */
static void now(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
}

/* ---- the bounds ---- */

struct bound {
    const char *column;
    enum ff_rc refusal;
    int64_t before, pieces;
    bool is_refused;
};

static const struct bound bounds[] = {
    {"purchase_limit_minor", FF_PURCHASE_LIMIT, 0, 4, false},
    {"purchase_limit_minor", FF_PURCHASE_LIMIT, 0, 5, false},
    {"purchase_limit_minor", FF_PURCHASE_LIMIT, 0, 6, true},
    {"purchase_limit_minor", FF_PURCHASE_LIMIT, 5, 5, false}, /* each for itself */
    {"daily_limit_minor", FF_DAILY_LIMIT, 2, 2, false},
    {"daily_limit_minor", FF_DAILY_LIMIT, 2, 3, false},
    {"daily_limit_minor", FF_DAILY_LIMIT, 2, 4, true},
    {"monthly_limit_minor", FF_MONTHLY_LIMIT, 2, 2, false},
    {"monthly_limit_minor", FF_MONTHLY_LIMIT, 2, 3, false},
    {"monthly_limit_minor", FF_MONTHLY_LIMIT, 2, 4, true},
};

START_TEST(a_limit_takes_all_of_itself_and_no_more)
{
    const struct bound *b = &bounds[_i];
    limit(b->column, 500);
    if (b->before)
        ck_assert_int_eq(buy(anna, b->before, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, b->pieces, NULL), b->is_refused ? b->refusal : FF_OK);
    if (b->is_refused) {
        ck_assert_int_eq(ff_test_param(&fx.cx, "limit"), 500);
        ck_assert_int_eq(ff_test_param(&fx.cx, "required"), b->pieces * 100);
    }
    ck_assert_int_eq(ff_fixture_balance(&fx, anna),
                     10000 - 100 * (b->before + (b->is_refused ? 0 : b->pieces)));
    ck_assert_int_eq(buy(bela, 9, NULL), FF_OK); /* nobody else's */
    ff_test_books(&fx);
}
END_TEST

START_TEST(of_two_limits_the_first_in_order_answers)
{
    limit("purchase_limit_minor", 300);
    limit("daily_limit_minor", 200);
    limit("monthly_limit_minor", 100);
    ck_assert_int_eq(buy(anna, 4, NULL), FF_PURCHASE_LIMIT);
    ck_assert_int_eq(buy(anna, 3, NULL), FF_DAILY_LIMIT);
    ck_assert_int_eq(buy(anna, 2, NULL), FF_MONTHLY_LIMIT);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_OK);
    limit("purchase_limit_minor", 0);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_PURCHASE_LIMIT);
    limit("monthly_limit_minor", 99999); /* above what is there: the floor comes last */
    limit("daily_limit_minor", 99999);
    limit("purchase_limit_minor", 99999);
    ck_assert_int_eq(buy(anna, 99, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_INSUFFICIENT_BALANCE);
}
END_TEST

/* ---- whose limit ---- */

static struct ff_group group_of_anna(struct ff_group_in in)
{
    struct ff_group g;
    struct ff_employee e;
    in.name = "Trainees";
    in.set |= 1u << FF_GROUP_NAME;
    if (!(in.set >> FF_GROUP_OVERDRAFT & 1))
        in.overdraft = FF_NULL_INT;
    ck_assert_int_eq(ff_group_create(&fx.cx, &in, &g), FF_OK);
    const struct ff_employee_in place = {.set = 1u << FF_EMPLOYEE_GROUP_ID, .group_id = g.id};
    ck_assert_int_eq(ff_employee_get(&fx.cx, anna, &e), FF_OK);
    ck_assert_int_eq(ff_employee_change(&fx.cx, anna, e.version, &place, &e), FF_OK);
    return g;
}

static void site(enum ff_site_field field, int64_t value)
{
    const struct ff_site_patch patch = {.set = 1u << field,
                                        .overdraft = value,
                                        .wallet_max = value,
                                        .purchase_limit = value,
                                        .daily_limit = value,
                                        .monthly_limit = value};
    ff_fixture_again(&fx);
    ck_assert_msg(ff_site_change(&fx.cx, &patch) == FF_OK, "%s", fx.cx.err.detail);
}

START_TEST(the_persons_limit_wins_then_the_groups_then_the_sites)
{
    site(FF_SITE_DAILY_LIMIT, 300);
    ck_assert_int_eq(buy(anna, 4, NULL), FF_DAILY_LIMIT);
    ck_assert_int_eq(view(anna).spend.daily_limit, 300);
    (void)group_of_anna(
        (struct ff_group_in){.set = 1u << FF_GROUP_DAILY_LIMIT, .daily_limit = 200});
    ck_assert_int_eq(buy(anna, 3, NULL), FF_DAILY_LIMIT);
    ck_assert_int_eq(buy(bela, 3, NULL), FF_OK);
    limit("daily_limit_minor", 500); /* also when it is more */
    ck_assert_int_eq(buy(anna, 5, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_DAILY_LIMIT);
    site(FF_SITE_DAILY_LIMIT, FF_NULL_INT);
    ck_assert_int_eq(buy(bela, 9, NULL), FF_OK);
}
END_TEST

/* ---- time ---- */

START_TEST(a_day_and_a_month_end_at_midnight_of_the_site)
{
    limit("daily_limit_minor", 300);
    limit("monthly_limit_minor", 500);
    now("2026-03-30T21:59:59Z"); /* summer time: 23:59:59 */
    ck_assert_int_eq(buy(anna, 3, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_DAILY_LIMIT);
    ck_assert_int_eq(view(anna).left_today, 0);
    now("2026-03-30T22:00:00Z");
    ck_assert_int_eq(view(anna).left_today, 200); /* the month leaves no more */
    ck_assert_int_eq(buy(anna, 3, NULL), FF_MONTHLY_LIMIT);
    ck_assert_int_eq(buy(anna, 2, NULL), FF_OK);
    now("2026-03-31T21:59:59Z");
    ck_assert_int_eq(buy(anna, 1, NULL), FF_MONTHLY_LIMIT);
    now("2026-03-31T22:00:00Z"); /* April */
    ck_assert_int_eq(view(anna).left_this_month, 500);
    ck_assert_int_eq(buy(anna, 3, NULL), FF_OK);
    ff_test_books(&fx);
}
END_TEST

START_TEST(what_comes_back_frees_its_own_day_and_month)
{
    int64_t monday, tuesday;
    struct ff_undo undo;
    limit("daily_limit_minor", 300);
    limit("monthly_limit_minor", 700);
    ck_assert_int_eq(buy(anna, 3, &monday), FF_OK);
    ck_assert_int_eq(ff_test_undo(&fx.cx, monday, ff_test_key(next_key++), &undo), FF_OK);
    ck_assert_int_eq(buy(anna, 3, &monday), FF_OK);
    now("2026-03-03T11:00:00Z");
    ck_assert_int_eq(buy(anna, 3, &tuesday), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, monday, ff_test_key(next_key++)), FF_OK);
    ck_assert_int_eq(view(anna).spend.day_spent, 300); /* Tuesday's stays */
    ck_assert_int_eq(view(anna).spend.month_spent, 300);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_DAILY_LIMIT);
    now("2026-04-01T11:00:00Z");
    ck_assert_int_eq(buy(anna, 3, NULL), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_refund(&fx.cx, tuesday, ff_test_key(next_key++)), FF_OK);
    ck_assert_int_eq(view(anna).spend.month_spent, 300); /* April's stays */
    struct ff_spend march;
    int64_t then;
    ck_assert(ff_instant_parse("2026-03-04T00:00:00Z", &then));
    ck_assert_int_eq(ff_wallet_spent_at(&fx.cx, anna, then, &march), FF_OK);
    ck_assert_int_eq(march.month_spent, 300); /* as it stood then: the Tuesday */
    ff_test_books(&fx);
}
END_TEST

/* I25 of ledger.md. */
START_TEST(limits_refuse_debits_only)
{
    struct ff_movement m;
    struct ff_undo undo;
    int64_t undone, refunded;
    ck_assert_int_eq(buy(anna, 3, &undone), FF_OK);
    ck_assert_int_eq(buy(anna, 2, &refunded), FF_OK);
    limit("purchase_limit_minor", 0);
    limit("daily_limit_minor", 0);
    limit("monthly_limit_minor", 0);
    site(FF_SITE_WALLET_MAX, 1);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_PURCHASE_LIMIT);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, undone, ff_test_key(next_key++), &undo), FF_OK);
    ck_assert_int_eq(ff_test_refund(&fx.cx, refunded, ff_test_key(next_key++)), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 10000);
    site(FF_SITE_WALLET_MAX, FF_MONEY_WALLET_MAX);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 500, ff_test_key(next_key++), &m), FF_OK);
    ff_test_books(&fx);
}
END_TEST

/* ---- the wallet's own bounds ---- */

START_TEST(an_overdraft_is_the_persons_the_groups_or_the_sites)
{
    struct ff_employee e;
    struct ff_group g;
    ck_assert_int_eq(view(anna).floor, 0);
    site(FF_SITE_OVERDRAFT, 1000);
    ck_assert_int_eq(view(anna).floor, -1000);
    ck_assert_int_eq(view(bela).floor, -1000);
    g = group_of_anna((struct ff_group_in){.set = 1u << FF_GROUP_OVERDRAFT, .overdraft = 500});
    ck_assert_int_eq(view(anna).floor, -500);
    struct ff_group_in more = {.set = 1u << FF_GROUP_OVERDRAFT, .overdraft = 700};
    ck_assert_int_eq(ff_group_change(&fx.cx, g.id, g.version, &more, &g), FF_OK);
    ck_assert_int_eq(view(anna).floor, -700);
    ck_assert_int_eq(view(bela).floor, -1000);
    ck_assert_int_eq(ff_employee_get(&fx.cx, anna, &e), FF_OK);
    const struct ff_employee_in own = {.set = 1u << FF_EMPLOYEE_OVERDRAFT, .overdraft = 0};
    ck_assert_int_eq(ff_employee_change(&fx.cx, anna, e.version, &own, &e), FF_OK);
    ck_assert_int_eq(view(anna).floor, 0);
    site(FF_SITE_OVERDRAFT, 200);
    ck_assert_int_eq(view(anna).floor, 0); /* the person's own stays */
    ck_assert_int_eq(view(bela).floor, -200);
    int64_t cili = ff_fixture_person(&fx, "E3", "Cili Vas", 0); /* a new wallet has it at once */
    ck_assert_int_eq(view(cili).floor, -200);
    ck_assert_int_eq(buy(cili, 2, NULL), FF_OK);
    ck_assert_int_eq(buy(cili, 1, NULL), FF_INSUFFICIENT_BALANCE);
    ff_test_books(&fx);
}
END_TEST

START_TEST(an_overdraft_taken_back_leaves_what_is_owed)
{
    struct ff_movement m;
    site(FF_SITE_OVERDRAFT, 1000);
    ck_assert_int_eq(buy(anna, 99, NULL), FF_OK);
    ck_assert_int_eq(buy(anna, 9, NULL), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), -800);
    site(FF_SITE_OVERDRAFT, 0);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), -800);
    ck_assert_int_eq(view(anna).spendable, 0);
    ck_assert_int_eq(buy(anna, 1, NULL), FF_INSUFFICIENT_BALANCE);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 500, ff_test_key(next_key++), &m), FF_OK);
    ck_assert_int_eq(m.balance_after, -300); /* money may come, also below the floor */
    ff_test_books(&fx);
}
END_TEST

START_TEST(the_sites_maximum_binds_topups)
{
    struct ff_movement m;
    site(FF_SITE_WALLET_MAX, 10500);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 501, ff_test_key(next_key++), &m),
                     FF_BALANCE_LIMIT);
    ck_assert_int_eq(ff_test_param(&fx.cx, "max"), 10500);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 500, ff_test_key(next_key++), &m), FF_OK);
    ck_assert_int_eq(m.balance_after, 10500);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("purchase_limits");
    TCase *cases = tcase_create("limits");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_limit_takes_all_of_itself_and_no_more, 0, FF_ROWS(bounds));
    tcase_add_test(cases, of_two_limits_the_first_in_order_answers);
    tcase_add_test(cases, the_persons_limit_wins_then_the_groups_then_the_sites);
    tcase_add_test(cases, a_day_and_a_month_end_at_midnight_of_the_site);
    tcase_add_test(cases, what_comes_back_frees_its_own_day_and_month);
    tcase_add_test(cases, limits_refuse_debits_only);
    tcase_add_test(cases, an_overdraft_is_the_persons_the_groups_or_the_sites);
    tcase_add_test(cases, an_overdraft_taken_back_leaves_what_is_owed);
    tcase_add_test(cases, the_sites_maximum_binds_topups);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
