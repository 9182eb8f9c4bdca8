/* SPDX-License-Identifier: MIT */
/* ledger_approval.c - the rule of two persons: what waits, who may decide it, that it is booked
 * once and with the checks of that moment, and what becomes of what nobody decides. */
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/ledger/approval.h"
#include "domain/site/site.h"

enum { ABOVE = 2000, DAY_MS = 86400000 };

static struct ff_fixture fx;
static int64_t anna, bela, asker, other, next_key;

static void set_above(int64_t above)
{
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_APPROVAL_ABOVE,
                                        .approval_above = above};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
}

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 0);
    ff_fixture_again(&fx);
    asker = ff_test_user(&fx, "asker@example.com", "manager", 0);
    ff_fixture_again(&fx);
    other = ff_test_user(&fx, "other@example.com", "manager", bela);
    set_above(ABOVE);
    next_key = 100;
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

/* A manager of the whole canteen, who may be a person with a wallet. */
static void as(int64_t user, int64_t employee)
{
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_ALL, employee);
    fx.cx.who.user_id = user;
}

static void as_operator(void)
{
    ff_fixture_again(&fx);
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true};
}

static enum ff_rc top_up(int64_t who, int64_t amount, int64_t n, struct ff_movement *m)
{
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(n), "test", who, 0, &amount, sizeof amount, &idem);
    return ff_ledger_topup(&fx.cx, who, amount, "cash", "envelope", &idem, m);
}

static enum ff_rc pay_out(int64_t who, int64_t amount, struct ff_movement *m)
{
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(next_key++), "test", who, 0, &amount, sizeof amount, &idem);
    return ff_ledger_payout(&fx.cx, who, amount, "cash", NULL, &idem, m);
}

/* A top-up of Anna that waits. */
static int64_t asked(void)
{
    struct ff_movement m = {0};
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, ABOVE + 1, 1, &m), FF_OK);
    ck_assert_int_eq(m.id, FF_NULL_INT);
    ck_assert_str_eq(m.approval_state, "pending");
    return m.approval_id;
}

START_TEST(up_to_the_limit_it_is_booked_at_once)
{
    struct ff_movement m = {0};
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, ABOVE, 1, &m), FF_OK);
    ck_assert_int_ne(m.id, FF_NULL_INT);
    ck_assert_int_eq(m.approval_id, FF_NULL_INT);
    set_above(FF_NULL_INT);
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, 10 * ABOVE, 2, &m), FF_OK);
    ck_assert_int_ne(m.id, FF_NULL_INT);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000 + 11 * ABOVE);
}
END_TEST

START_TEST(above_it_nothing_is_booked_before_another_person_agrees)
{
    struct ff_approval a;
    const int64_t id = asked();
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000);
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_OK);
    ck_assert_str_eq(a.state, "approved");
    ck_assert_int_eq(a.decided_by, other);
    ck_assert_int_eq(a.journal_id, 2);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000 + ABOVE + 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT actor_user_id FROM journal WHERE id = 2"), other);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(who_asked_and_whose_wallet_it_is_may_not_agree)
{
    struct ff_approval a;
    struct ff_movement m = {0};
    int64_t id = asked();
    as(asker, 0);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_SELF_ACTION);
    as(asker, 0);
    ck_assert_int_eq(top_up(bela, ABOVE + 1, 2, &m), FF_OK);
    id = m.approval_id;
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_SELF_ACTION);
    as(other, bela);
    ck_assert_int_eq(ff_approval_reject(&fx.cx, id, "mine", &a), FF_SELF_ACTION);
    as_operator();
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_OK);
    ck_assert_int_eq(a.decided_by, FF_NULL_INT);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), ABOVE + 1);
}
END_TEST

START_TEST(a_repetition_is_told_of_the_same_approval_and_later_of_its_booking)
{
    struct ff_approval a;
    struct ff_movement m = {0};
    const int64_t id = asked();
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, ABOVE + 1, 1, &m), FF_OK);
    ck_assert_int_eq(m.replayed, 1);
    ck_assert_int_eq(m.approval_id, id);
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, ABOVE + 2, 1, &m), FF_KEY_REUSED);
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_OK);
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, ABOVE + 1, 1, &m), FF_OK);
    ck_assert_int_eq(m.id, a.journal_id);
    ck_assert_int_eq(m.approval_id, id);
    ck_assert_str_eq(m.approval_state, "approved");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000 + ABOVE + 1);
}
END_TEST

START_TEST(it_is_decided_once)
{
    struct ff_approval a;
    const int64_t id = asked();
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_OK);
    as(other, bela); /* the reply was lost */
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_OK);
    ck_assert_str_eq(a.state, "approved");
    as(other, bela);
    ck_assert_int_eq(ff_approval_reject(&fx.cx, id, "no", &a), FF_APPROVAL_DECIDED);
    ck_assert_str_eq(ff_test_said(&fx.cx, "state"), "approved");
    as_operator();
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_APPROVAL_DECIDED);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 5000 + ABOVE + 1);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(a_rejected_one_books_nothing_and_stays_rejected)
{
    struct ff_approval a;
    struct ff_movement m = {0};
    const int64_t id = asked();
    as(asker, 0); /* who asked may take it back */
    ck_assert_int_eq(ff_approval_reject(&fx.cx, id, "wrong person", &a), FF_OK);
    ck_assert_str_eq(a.state, "rejected");
    ck_assert_str_eq(a.refusal, "wrong person");
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, ABOVE + 1, 1, &m), FF_OK);
    ck_assert_str_eq(m.approval_state, "rejected");
    ck_assert_int_eq(m.id, FF_NULL_INT);
    ck_assert_int_eq(ff_test_books(&fx), 1);
}
END_TEST

START_TEST(the_checks_are_those_of_the_moment_of_booking)
{
    struct ff_approval a;
    struct ff_movement m = {0};
    as(asker, 0);
    ck_assert_int_eq(pay_out(anna, 5001, &m), FF_INSUFFICIENT_BALANCE);
    as(asker, 0);
    ck_assert_int_eq(pay_out(anna, 4000, &m), FF_OK);
    const int64_t id = m.approval_id;
    as(asker, 0);
    ck_assert_int_eq(pay_out(anna, 1500, &m), FF_OK);
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_INSUFFICIENT_BALANCE);
    as(asker, 0);
    ck_assert_int_eq(top_up(anna, 500, 3, &m), FF_OK);
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_OK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 0);
}
END_TEST

START_TEST(after_a_week_it_has_expired_and_the_housekeeping_says_so)
{
    struct ff_approval a;
    int64_t n = 0;
    const int64_t id = asked();
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + FF_APPROVAL_DAYS * (int64_t)DAY_MS - 1));
    as_operator();
    ck_assert_int_eq(ff_approval_expire(&fx.cx, &n), FF_OK);
    ck_assert_int_eq(n, 0);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + FF_APPROVAL_DAYS * (int64_t)DAY_MS));
    as_operator();
    ck_assert_int_eq(ff_approval_get(&fx.cx, id, &a), FF_OK);
    ck_assert_str_eq(a.state, "expired");
    as(other, bela);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_APPROVAL_DECIDED);
    as_operator();
    ck_assert_int_eq(ff_approval_expire(&fx.cx, &n), FF_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM approval WHERE state = 'expired'"),
                     1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = "
                                         "'approval.expire'"),
                     1);
}
END_TEST

START_TEST(the_command_line_books_at_once_and_the_record_says_so)
{
    struct ff_movement m = {0};
    as_operator();
    ck_assert_int_eq(top_up(anna, ABOVE + 1, 1, &m), FF_OK);
    ck_assert_int_eq(m.id, 2);
    ck_assert_int_eq(m.approval_id, FF_NULL_INT);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM approval"), 0);
}
END_TEST

START_TEST(the_inbox_shows_what_is_in_reach_by_state)
{
    struct ff_approval a;
    struct ff_list list;
    int64_t total;
    const int64_t id = asked();
    struct ff_approval_filter f = {.page = 1, .limit = 10, .state = "pending"};
    as(other, bela);
    ck_assert_int_eq(ff_approval_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    ck_assert_str_eq(((struct ff_approval *)list.items)->number, "E1");
    ck_assert_str_eq(((struct ff_approval *)list.items)->note, "envelope");
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, bela); /* of no department */
    ck_assert_int_eq(ff_approval_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(total, 0);
    ck_assert_int_eq(ff_approval_approve(&fx.cx, id, &a), FF_NOT_FOUND);
    f.state = "approved";
    as(other, bela);
    ck_assert_int_eq(ff_approval_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(total, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger_approval");
    TCase *cases = tcase_create("approval");
    tcase_add_checked_fixture(cases, open_all, close_all);
    tcase_add_test(cases, up_to_the_limit_it_is_booked_at_once);
    tcase_add_test(cases, above_it_nothing_is_booked_before_another_person_agrees);
    tcase_add_test(cases, who_asked_and_whose_wallet_it_is_may_not_agree);
    tcase_add_test(cases, a_repetition_is_told_of_the_same_approval_and_later_of_its_booking);
    tcase_add_test(cases, it_is_decided_once);
    tcase_add_test(cases, a_rejected_one_books_nothing_and_stays_rejected);
    tcase_add_test(cases, the_checks_are_those_of_the_moment_of_booking);
    tcase_add_test(cases, after_a_week_it_has_expired_and_the_housekeeping_says_so);
    tcase_add_test(cases, the_command_line_books_at_once_and_the_record_says_so);
    tcase_add_test(cases, the_inbox_shows_what_is_in_reach_by_state);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
