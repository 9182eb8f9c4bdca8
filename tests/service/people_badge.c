/* SPDX-License-Identifier: MIT */
/* people_badge.c - badges and day cards: whose they are, when they are nobody's, what is kept. */
#include "../lib/canteen.h"
#include "../lib/money.h"
#include "auth/auth.h"

#define HOUR_MS INT64_C(3600000)

static struct ff_fixture fx;
static int64_t anna, bela;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E-1", "Ács Anna", 5000);
    bela = ff_fixture_person(&fx, "E-2", "Ábel Béla", 5000);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* Who identifies by it; 0: nobody. */
static int64_t holder(const char *badge)
{
    int64_t id = 0;
    ff_fixture_again(&fx);
    return ff_employee_by_badge(&fx.cx, badge, &id) ? 0 : id;
}

static int64_t give(int64_t person, const char *badge, const char *label)
{
    struct ff_badge made;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_badge_add(&fx.cx, person, badge, label, &made) == FF_OK, "%s",
                  fx.cx.err.detail);
    return made.id;
}

START_TEST(badges_are_listed_with_label_state_and_last_use)
{
    struct ff_list list;
    int64_t total;
    give(anna, "FF-0001", "key ring");
    give(anna, "FF-0002", NULL);
    ck_assert_int_eq(holder("FF-0001"), anna);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_list(&fx.cx, anna, 1, 10, &list, &total), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 3);
    const struct ff_badge *b = list.items;
    ck_assert_int_eq(total, 2);
    ck_assert_str_eq(b[0].label, "key ring");
    ck_assert_str_eq(b[0].state, "active");
    ck_assert_int_eq(b[0].used_at, FF_TEST_NOW);
    ck_assert_str_eq(b[1].label, "");
    ck_assert(b[1].used_at == FF_NULL_INT);
}
END_TEST

START_TEST(use_is_noted_once_an_hour)
{
    static const char used[] = "SELECT used_at_ms FROM badge";
    give(anna, "FF-0001", NULL);
    ck_assert_int_eq(holder("FF-0001"), anna);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR_MS - 1);
    ck_assert_int_eq(holder("FF-0001"), anna);
    ck_assert_int_eq(ff_test_number(&fx, used), FF_TEST_NOW);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR_MS);
    ck_assert_int_eq(holder("FF-0001"), anna);
    ck_assert_int_eq(ff_test_number(&fx, used), FF_TEST_NOW + HOUR_MS);
}
END_TEST

START_TEST(a_lost_badge_is_blocked_and_the_others_go_on)
{
    struct ff_badge b;
    int64_t id = give(anna, "FF-0001", NULL);
    give(anna, "FF-0002", NULL);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_block(&fx.cx, anna, id, true, &b), FF_OK);
    ck_assert_str_eq(b.state, "blocked");
    ck_assert_int_eq(holder("FF-0001"), 0);
    ck_assert_int_eq(holder("FF-0002"), anna);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_ALREADY_EXISTS);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, bela, "FF-0001", NULL, NULL), FF_ALREADY_EXISTS);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_block(&fx.cx, anna, id, false, &b), FF_OK);
    ck_assert_int_eq(holder("FF-0001"), anna);
}
END_TEST

START_TEST(a_removed_badge_may_be_given_to_anybody)
{
    int64_t id = give(anna, "FF-0001", NULL);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_remove(&fx.cx, anna, id), FF_OK);
    ck_assert_int_eq(holder("FF-0001"), 0);
    give(bela, "FF-0001", NULL);
    ck_assert_int_eq(holder("FF-0001"), bela);
}
END_TEST

START_TEST(a_badge_is_changed_through_its_own_person_only)
{
    struct ff_badge b;
    struct ff_list list;
    int64_t total, id = give(anna, "FF-0001", NULL);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_block(&fx.cx, bela, id, true, &b), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_remove(&fx.cx, bela, id), FF_NOT_FOUND);
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, bela);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_list(&fx.cx, anna, 1, 10, &list, &total), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_block(&fx.cx, anna, id, true, &b), FF_NOT_FOUND);
    ck_assert_int_eq(holder("FF-0001"), anna);
}
END_TEST

/* ---- day cards ---- */

static int64_t card(const char *label, const char *badge)
{
    struct ff_day_card made;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_day_card_add(&fx.cx, label, badge, &made) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_int_eq(made.lent, 0);
    return made.id;
}

static enum ff_rc lend(int64_t id, int64_t person, struct ff_day_card *out)
{
    ff_fixture_again(&fx);
    return ff_day_card_lend(&fx.cx, id, person, out);
}

START_TEST(a_day_card_is_nobodys_until_lent_and_after_the_day)
{
    struct ff_day_card c;
    struct ff_employee e;
    int64_t id = card("7", "DAY-7");
    ck_assert_int_eq(holder("DAY-7"), 0);
    ck_assert_int_eq(lend(id, anna, &c), FF_OK);
    ck_assert_int_eq(c.lent, 1);
    ck_assert_int_eq(c.employee_id, anna);
    /* 11:45 UTC is 12:45 in Budapest: midnight there is 23:00 UTC */
    const int64_t midnight = FF_TEST_NOW + 11 * HOUR_MS + HOUR_MS / 4;
    ck_assert_int_eq(c.expires_at, midnight);
    ck_assert_int_eq(holder("DAY-7"), anna);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_get(&fx.cx, anna, &e), FF_OK);
    ck_assert_int_eq(e.badges, 0); /* it is the canteen's */
    ff_clock_advance_to(fx.clock, midnight - 1);
    ck_assert_int_eq(holder("DAY-7"), anna);
    ff_clock_advance_to(fx.clock, midnight);
    ck_assert_int_eq(holder("DAY-7"), 0);
    ck_assert_int_eq(lend(id, bela, &c), FF_OK); /* no cleaning up */
    ck_assert_int_eq(holder("DAY-7"), bela);
}
END_TEST

START_TEST(a_lent_card_is_not_lent_again_before_it_is_back)
{
    struct ff_day_card c;
    int64_t id = card("7", "DAY-7");
    ck_assert_int_eq(lend(id, anna, &c), FF_OK);
    ck_assert_int_eq(lend(id, anna, &c), FF_OK);
    ck_assert_int_eq(lend(id, bela, &c), FF_IN_USE);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_day_card_return(&fx.cx, id), FF_OK);
    ck_assert_int_eq(holder("DAY-7"), 0);
    ck_assert_int_eq(lend(id, bela, &c), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_day_card_remove(&fx.cx, id), FF_OK);
    ck_assert_int_eq(holder("DAY-7"), 0);
    ck_assert_int_eq(lend(id, bela, &c), FF_NOT_FOUND);
}
END_TEST

START_TEST(labels_and_cards_are_unique_and_a_card_is_no_ones_badge)
{
    struct ff_day_card c;
    card("7", "DAY-7");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_day_card_add(&fx.cx, "7", "DAY-8", &c), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "label");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_day_card_add(&fx.cx, "8", "DAY-7", &c), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "badge");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "DAY-7", NULL, NULL), FF_ALREADY_EXISTS);
}
END_TEST

START_TEST(a_manager_sees_who_has_a_card_of_the_own_people_only)
{
    struct ff_day_card c;
    struct ff_list list;
    int64_t total, id = card("7", "DAY-7");
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1,'A','a'),"
                        "(2,'B','b')");
    ff_test_change(&fx, "UPDATE employee SET department_id = id");
    ck_assert_int_eq(lend(id, anna, &c), FF_OK);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, bela);
    fx.cx.who.department_id = 2;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_day_card_list(&fx.cx, 1, 10, &list, &total), FF_OK);
    const struct ff_day_card *cards = list.items;
    ck_assert_int_eq(cards[0].lent, 1);
    ck_assert(cards[0].employee_id == FF_NULL_INT);
    ck_assert_ptr_null(cards[0].employee);
    ck_assert_int_eq(lend(id, anna, &c), FF_NOT_FOUND);
    ck_assert_int_eq(lend(id, bela, &c), FF_IN_USE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("people_badge");
    TCase *cases = tcase_create("badge");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, badges_are_listed_with_label_state_and_last_use);
    tcase_add_test(cases, use_is_noted_once_an_hour);
    tcase_add_test(cases, a_lost_badge_is_blocked_and_the_others_go_on);
    tcase_add_test(cases, a_removed_badge_may_be_given_to_anybody);
    tcase_add_test(cases, a_badge_is_changed_through_its_own_person_only);
    tcase_add_test(cases, a_day_card_is_nobodys_until_lent_and_after_the_day);
    tcase_add_test(cases, a_lent_card_is_not_lent_again_before_it_is_back);
    tcase_add_test(cases, labels_and_cards_are_unique_and_a_card_is_no_ones_badge);
    tcase_add_test(cases, a_manager_sees_who_has_a_card_of_the_own_people_only);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
