/* SPDX-License-Identifier: MIT */
/* identity_kiosk.c - identifying at a kiosk: one form, allowed by the site, and what the person
 * then sees of themselves. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/identity.h"
#include "../lib/money.h"
#include "auth/private.h"
#include "domain/identity/identity.h"
#include "domain/identity/kiosk.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"
#include "domain/purchase/purchase.h"
#include "domain/site/site.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

static struct ff_fixture fx;
static int64_t anna, bela;
static const char *device;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 2500);
    bela = ff_fixture_person(&fx, "EMP002", "Béla", 0);
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    device = ff_test_kiosk(&fx, "Canteen kiosk");
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* As the device. */
static enum ff_rc identify(const struct ff_identify *in, struct ff_kiosk_visit *out)
{
    const struct ff_credentials c = {.device_cookie = device};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_identity_authenticate(&fx.cx, &c), FF_OK);
    return ff_kiosk_identify(&fx.cx, in, out);
}

/* As the person of a visit. */
static enum ff_rc as_person(const char *token)
{
    const struct ff_credentials c = {.bearer = token, .device_cookie = device};
    ff_fixture_again(&fx);
    enum ff_rc rc = ff_identity_authenticate(&fx.cx, &c);
    fx.cx.who.scope = FF_SELF;
    return rc;
}

static struct ff_identify by_badge(const char *badge)
{
    return (struct ff_identify){.badge = badge, .employee_id = FF_NULL_INT};
}

static struct ff_identify by_number(const char *number, const char *pin)
{
    return (struct ff_identify){.number = number, .pin = pin, .employee_id = FF_NULL_INT};
}

static struct ff_identify by_name(int64_t id, const char *pin)
{
    return (struct ff_identify){.employee_id = id, .pin = pin};
}

START_TEST(each_of_the_three_forms_finds_the_person)
{
    const struct ff_identify forms[] = {by_badge("FF-0001"), by_number("EMP001", "1397"),
                                        by_name(anna, "1397")};
    struct ff_kiosk_visit visit;
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(identify(&forms[i], &visit), FF_OK);
        ck_assert_uint_eq(strlen(visit.token), 43);
        ck_assert_int_eq(visit.idle_seconds, 60);
        ck_assert_int_eq(visit.person.employee_id, anna);
    }
}
END_TEST

START_TEST(the_person_sees_name_balance_and_nothing_bought_yet)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    ck_assert_str_eq(visit.person.name, "Anna Kovács");
    ck_assert_str_eq(visit.person.first_name, "Anna");
    ck_assert_str_eq(visit.person.initials, "AK");
    ck_assert_str_eq(visit.person.number, "EMP001");
    ck_assert_ptr_null(visit.person.department);
    ck_assert_int_eq(visit.person.balance, 2500);
    ck_assert_int_eq(visit.person.floor, 0);
    ck_assert_int_eq(visit.person.spendable, 2500);
    ck_assert(visit.person.spend.monthly_limit == FF_NULL_INT);
    ck_assert_int_eq(visit.person.spend.month_spent, 0);
    ck_assert_ptr_null(visit.person.locale);
    ck_assert_uint_eq(visit.person.usuals.n, 0);
    ck_assert_uint_eq(visit.person.last_purchases.n, 0);
}
END_TEST

START_TEST(the_person_sees_the_last_five_purchases_newest_first)
{
    const int64_t soup = ff_fixture_product(&fx, "Soup", 100);
    const int64_t tea = ff_fixture_product(&fx, "Tea", 50);
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    struct ff_purchase bought;
    ff_fixture_again(&fx);
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(ff_test_buy(&fx.cx, anna, i == 0 ? tea : soup, 1, ff_test_key(i), &bought),
                         FF_OK);
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    const struct ff_purchase *last = visit.person.last_purchases.items;
    const int64_t *usuals = visit.person.usuals.items;
    ck_assert_uint_eq(visit.person.last_purchases.n, 5);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(last[i].total, 100);
        ck_assert_int_eq(last[i].employee_id, anna);
        ck_assert(i == 0 || last[i].id < last[i - 1].id);
    }
    ck_assert_uint_eq(visit.person.usuals.n, 2);
    ck_assert_int_eq(usuals[0], soup);
    ck_assert_int_eq(usuals[1], tea);
    ck_assert_int_eq(visit.person.balance, 2500 - 550);
    ck_assert_int_eq(visit.person.spend.month_spent, 550);
}
END_TEST

START_TEST(identifying_asks_a_bounded_number_of_statements)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    ck_assert_uint_le(fx.cx.statements, 9);
    const char *token = visit.token;
    char kept[FF_SECRET_CAP];
    memcpy(kept, token, sizeof kept);
    ck_assert_int_eq(as_person(kept), FF_OK);
    ck_assert_int_eq(ff_kiosk_me(&fx.cx, &visit.person), FF_OK);
    ck_assert_uint_le(fx.cx.statements, 7);
}
END_TEST

START_TEST(a_negative_balance_leaves_nothing_to_spend_but_down_to_the_floor)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -1000");
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    ck_assert_int_eq(visit.person.floor, -1000);
    ck_assert_int_eq(visit.person.spendable, 3500);
}
END_TEST

/* ---- which form ---- */

#define NO FF_NULL_INT
static const struct {
    struct ff_identify in;
    const char *pointer;
} malformed[] = {
    {{NULL, NULL, NULL, NO}, ""},
    {{NULL, NULL, "1397", NO}, ""},
    {{"FF-0001", "EMP001", "1397", NO}, ""},
    {{"FF-0001", NULL, NULL, 1}, ""},
    {{NULL, "EMP001", "1397", 1}, ""},
    {{"FF-0001", "EMP001", "1397", 1}, ""},
    {{"FF-0001", NULL, "1397", NO}, "/pin"},
    {{NULL, "EMP001", NULL, NO}, "/pin"},
    {{NULL, NULL, NULL, 1}, "/pin"},
};

START_TEST(exactly_one_form_is_taken)
{
    struct ff_kiosk_visit visit;
    ck_assert_int_eq(identify(&malformed[_i].in, &visit), FF_VALIDATION);
    ck_assert_uint_eq(fx.cx.err.n_fields, 1);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, malformed[_i].pointer);
}
END_TEST

static const struct {
    const char *sql;
    bool badge, number, name;
} allowed[] = {
    {"UPDATE site SET identify_badge = 0", false, true, true},
    {"UPDATE site SET identify_number = 0", true, false, true},
    {"UPDATE site SET identify_name = 0", true, true, false},
};

START_TEST(the_site_decides_which_forms_there_are)
{
    const struct ff_identify badge = by_badge("FF-0001"), number = by_number("EMP001", "1397"),
                             name = by_name(anna, "1397");
    struct ff_kiosk_visit visit;
    ff_test_change(&fx, allowed[_i].sql);
    ff_site_free(fx.site);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_site_load(&fx.cx, &fx.site), FF_OK);
    fx.cx.site = fx.site;
    ck_assert_int_eq(identify(&badge, &visit), allowed[_i].badge ? FF_OK : FF_FORBIDDEN);
    ck_assert_int_eq(identify(&number, &visit), allowed[_i].number ? FF_OK : FF_FORBIDDEN);
    ck_assert_int_eq(identify(&name, &visit), allowed[_i].name ? FF_OK : FF_FORBIDDEN);
}
END_TEST

/* ---- refusals ---- */

START_TEST(a_badge_must_be_exactly_one_that_is_known)
{
    static const char *const badges[] = {"FF-0002", "FF-000", "FF-00011", "*"};
    struct ff_kiosk_visit visit;
    for (size_t i = 0; i < sizeof badges / sizeof *badges; i++) {
        const struct ff_identify in = by_badge(badges[i]);
        ck_assert_int_eq(identify(&in, &visit), FF_BADGE_UNKNOWN);
    }
}
END_TEST

START_TEST(a_wrong_pin_no_pin_and_an_unknown_person_get_the_same_answer)
{
    const struct ff_identify wrong[] = {by_number("EMP001", "1398"), by_number("EMP002", "1397"),
                                        by_number("EMP999", "1397"), by_name(anna, "1398"),
                                        by_name(bela, "1397"),       by_name(999, "1397")};
    struct ff_kiosk_visit visit;
    char detail[256] = "";
    for (int i = 0; i < ROWS(wrong); i++) {
        ck_assert_int_eq(identify(&wrong[i], &visit), FF_PIN_INVALID);
        if (i > 0)
            ck_assert_str_eq(detail, fx.cx.err.detail);
        memcpy(detail, fx.cx.err.detail, sizeof detail);
        ck_assert_uint_eq(fx.cx.err.n_params, 0);
    }
}
END_TEST

START_TEST(every_pin_takes_a_slot_whoever_it_is_for)
{
    const struct ff_identify some[] = {by_number("EMP001", "1397"), by_number("EMP002", "1397"),
                                       by_number("EMP999", "1397"), by_name(999, "1397")};
    struct ff_kiosk_visit visit;
    fx.auth->pins.unused = 0;
    fx.auth->pins.wait_ms = 1;
    for (int i = 0; i < ROWS(some); i++)
        ck_assert_int_eq(identify(&some[i], &visit), FF_BUSY);
}
END_TEST

START_TEST(an_inactive_person_is_told_so)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    ff_test_change(&fx, "UPDATE employee SET is_active = 0");
    ck_assert_int_eq(identify(&in, &visit), FF_EMPLOYEE_INACTIVE);
}
END_TEST

/* ---- the visit ---- */

START_TEST(me_shows_the_person_of_the_visit_and_leaving_ends_it)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    struct ff_kiosk_person me;
    char token[FF_SECRET_CAP];
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    memcpy(token, visit.token, sizeof token);
    ck_assert_int_eq(as_person(token), FF_OK);
    ck_assert_int_eq(ff_kiosk_me(&fx.cx, &me), FF_OK);
    ck_assert_int_eq(me.employee_id, anna);
    ck_assert_int_eq(me.balance, 2500);
    ff_kiosk_leave(&fx.cx);
    ck_assert_int_eq(as_person(token), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(identifying_is_a_sign_of_life_of_the_kiosk)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 90000);
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT last_seen_at_ms FROM device"),
                     FF_TEST_NOW + 90000);
}
END_TEST

static const struct {
    const char *name, *currency, *greeted;
} names[] = {
    {"Anna Kovács", "EUR", "Anna"},
    {"Anna Mária Kovács", "EUR", "Anna"},
    {"Béla", "EUR", "Béla"},
    {"Kovács Anna", "HUF", "Anna"},
    {"Dr. Kovács Anna Mária", "HUF", "Mária"},
    {"Béla", "HUF", "Béla"},
};

START_TEST(people_are_greeted_by_their_given_name)
{
    const struct ff_identify in = by_badge("FF-0001");
    struct ff_kiosk_visit visit;
    ff_test_change(&fx, ff_arena_printf(fx.arena, "UPDATE employee SET name = '%s' WHERE id = %d",
                                        names[_i].name, (int)anna));
    ff_test_change(
        &fx, ff_arena_printf(fx.arena, "UPDATE site SET currency = '%s'", names[_i].currency));
    ff_site_free(fx.site);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_site_load(&fx.cx, &fx.site), FF_OK);
    fx.cx.site = fx.site;
    ck_assert_int_eq(identify(&in, &visit), FF_OK);
    ck_assert_str_eq(visit.person.first_name, names[_i].greeted);
}
END_TEST

enum { VISITORS = 100, THREADS = 4 };

static char tokens[VISITORS][FF_SECRET_CAP];

/* Each thread is some of the visitors: all of them come, none of them meets another's visit. */
static void *come_and_look(void *arg)
{
    const int first = *(const int *)arg;
    bool well = true;
    for (int i = first; i < VISITORS; i += THREADS) {
        const struct ff_credentials at_kiosk = {.device_cookie = device};
        const struct ff_identify in = by_badge("FF-0001");
        struct ff_kiosk_visit visit;
        struct ff_ctx cx;
        ff_test_caller(&fx, &cx);
        well &= !ff_identity_authenticate(&cx, &at_kiosk) && !ff_kiosk_identify(&cx, &in, &visit);
        if (well)
            memcpy(tokens[i], visit.token, sizeof tokens[i]);
        ff_test_no_caller(&cx);
        const struct ff_credentials person = {.bearer = tokens[i], .device_cookie = device};
        ff_test_caller(&fx, &cx);
        well &= !ff_identity_authenticate(&cx, &person) && cx.who.employee_id == anna;
        ff_test_no_caller(&cx);
    }
    return well ? arg : NULL;
}

START_TEST(a_hundred_visits_live_side_by_side)
{
    pthread_t threads[THREADS];
    int firsts[THREADS];
    ff_fixture_again(&fx);
    for (int i = 0; i < THREADS; i++) {
        firsts[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, come_and_look, &firsts[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *well = NULL;
        pthread_join(threads[i], &well);
        ck_assert_ptr_nonnull(well);
    }
    for (int i = 0; i < VISITORS; i += 2) {
        ck_assert_int_eq(as_person(tokens[i]), FF_OK);
        ff_kiosk_leave(&fx.cx);
    }
    for (int i = 0; i < VISITORS; i++)
        ck_assert_int_eq(as_person(tokens[i]), i % 2 ? FF_OK : FF_TOKEN_INVALID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity_kiosk");
    TCase *cases = tcase_create("kiosk");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, each_of_the_three_forms_finds_the_person);
    tcase_add_test(cases, the_person_sees_name_balance_and_nothing_bought_yet);
    tcase_add_test(cases, the_person_sees_the_last_five_purchases_newest_first);
    tcase_add_test(cases, identifying_asks_a_bounded_number_of_statements);
    tcase_add_test(cases, a_negative_balance_leaves_nothing_to_spend_but_down_to_the_floor);
    tcase_add_loop_test(cases, exactly_one_form_is_taken, 0, ROWS(malformed));
    tcase_add_loop_test(cases, the_site_decides_which_forms_there_are, 0, ROWS(allowed));
    tcase_add_test(cases, a_badge_must_be_exactly_one_that_is_known);
    tcase_add_test(cases, a_wrong_pin_no_pin_and_an_unknown_person_get_the_same_answer);
    tcase_add_test(cases, every_pin_takes_a_slot_whoever_it_is_for);
    tcase_add_test(cases, an_inactive_person_is_told_so);
    tcase_add_test(cases, me_shows_the_person_of_the_visit_and_leaving_ends_it);
    tcase_add_test(cases, identifying_is_a_sign_of_life_of_the_kiosk);
    tcase_add_loop_test(cases, people_are_greeted_by_their_given_name, 0, ROWS(names));
    tcase_add_test(cases, a_hundred_visits_live_side_by_side);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
