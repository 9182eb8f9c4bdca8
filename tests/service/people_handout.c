/* SPDX-License-Identifier: MIT */
/* people_handout.c - sheets of cards and PINs: who is on them, that what they say works, and that
 * nothing of it is kept in clear. */
#include <time.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "base/qr.h"
#include "domain/people/handout.h"

static struct ff_fixture fx;
static int64_t anna, bela;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E-1", "Ács <Anna> & Co", 5000);
    bela = ff_fixture_person(&fx, "E-2", "Ábel Béla", 5000);
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1,'Kitchen',"
                        "'kitchen')");
    ff_test_change(&fx, "UPDATE employee SET department_id = 1 WHERE id = 1");
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static const struct ff_handout everybody = {0, 0};

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

START_TEST(a_sheet_gives_each_person_a_further_badge)
{
    struct ff_text sheet;
    int64_t n;
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    ck_assert_int_eq(ff_card_sheet(&fx.cx, &everybody, &sheet, &n), FF_OK);
    ck_assert_int_eq(n, 2);
    ck_assert_uint_eq(count(sheet.text, "<g "), 2);
    ck_assert_uint_eq(count(sheet.text, "<path "), 2);
    ck_assert_uint_eq(count(sheet.text, "<svg "), 1);
    ck_assert_ptr_nonnull(strstr(sheet.text, ">Ács &lt;Anna> &amp; Co<"));
    ck_assert_ptr_nonnull(strstr(sheet.text, ">Kitchen<"));
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge WHERE employee_id = 1"), 2);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge WHERE employee_id = 2 AND "
                                         "label = 'card 2026-03-02'"),
                     1);
}
END_TEST

START_TEST(a_sheet_is_of_the_callers_people_only)
{
    struct ff_text sheet;
    int64_t n;
    const struct ff_handout one = {.employee_id = bela};
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 1;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_card_sheet(&fx.cx, &everybody, &sheet, &n), FF_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(ff_card_sheet(&fx.cx, &one, &sheet, &n), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_pin_sheet(&fx.cx, &one, &sheet, &n), FF_NOT_FOUND);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge WHERE employee_id = 2"), 0);
}
END_TEST

/* The PIN on the card of a person. */
static void pin_of(const char *sheet, const char *number, char pin[9])
{
    const char *at = strstr(sheet, number);
    ck_assert_ptr_nonnull(at);
    at = strstr(at, "font-size=\"700\"");
    ck_assert_ptr_nonnull(at);
    at = strchr(at, '>') + 1;
    ck_assert_uint_eq(strspn(at, "0123456789"), 4);
    memcpy(pin, at, 4);
    pin[4] = '\0';
}

START_TEST(first_pins_go_to_those_without_one_and_work)
{
    struct ff_text sheet;
    int64_t n, id = 0;
    char pin[9];
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_pin_sheet(&fx.cx, &everybody, &sheet, &n), FF_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_ptr_null(strstr(sheet.text, "E-1"));
    pin_of(sheet.text, "E-2", pin);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-2", 0, pin, &id), FF_OK);
    ck_assert_int_eq(id, bela);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "1397", &id), FF_OK);
}
END_TEST

START_TEST(a_single_person_gets_a_new_pin_in_place_of_the_old)
{
    struct ff_text sheet;
    int64_t n, id = 0;
    char pin[9];
    const struct ff_handout one = {.employee_id = anna};
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_pin_sheet(&fx.cx, &one, &sheet, &n), FF_OK);
    pin_of(sheet.text, "E-1", pin);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, pin, &id), FF_OK);
    if (strcmp(pin, "1397") != 0)
        ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "1397", &id), FF_PIN_INVALID);
}
END_TEST

START_TEST(nobody_without_a_pin_gives_an_empty_sheet)
{
    struct ff_text sheet;
    int64_t n;
    ff_test_change(&fx, "UPDATE employee SET pin_hash = 'x'");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_pin_sheet(&fx.cx, &everybody, &sheet, &n), FF_OK);
    ck_assert_int_eq(n, 0);
    ck_assert_uint_eq(count(sheet.text, "<svg "), 0);
}
END_TEST

static void hire(int n)
{
    ff_test_change(
        &fx, ff_arena_printf(fx.arena,
                             "WITH RECURSIVE i(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM i "
                             "WHERE n < %d) INSERT INTO employee (number, name, name_fold, "
                             "created_at_ms, updated_at_ms) SELECT 'N' || n, 'Person ' || n, "
                             "'person ' || n, 0, 0 FROM i",
                             99 + n));
}

/* 300 people in an afternoon: here in seconds. The bound is generous, for a loaded machine. */
START_TEST(three_hundred_people_get_cards_and_pins)
{
    struct ff_text sheet;
    int64_t n;
    hire(298);
    ff_arena_free(fx.arena);
    fx.arena = ff_arena_new(64 << 20);
    fx.cx.arena = fx.arena;
    const time_t began = time(NULL);
    ck_assert_int_eq(ff_card_sheet(&fx.cx, &everybody, &sheet, &n), FF_OK);
    ck_assert_int_eq(n, 300);
    ck_assert_uint_eq(count(sheet.text, "<svg "), 30);
    ck_assert_uint_lt(sheet.n, 2 << 20);
    ck_assert_int_eq(ff_pin_sheet(&fx.cx, &everybody, &sheet, &n), FF_OK);
    ck_assert_int_eq(n, 300);
    ck_assert_int_lt(time(NULL) - began, 60);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(DISTINCT pin_hash) FROM employee"), 300);
}
END_TEST

START_TEST(more_than_a_thousand_are_told_to_print_by_department)
{
    struct ff_text sheet;
    int64_t n;
    hire(999);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_card_sheet(&fx.cx, &everybody, &sheet, &n), FF_VALIDATION);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("people_handout");
    TCase *cases = tcase_create("handout");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_sheet_gives_each_person_a_further_badge);
    tcase_add_test(cases, a_sheet_is_of_the_callers_people_only);
    tcase_add_test(cases, first_pins_go_to_those_without_one_and_work);
    tcase_add_test(cases, a_single_person_gets_a_new_pin_in_place_of_the_old);
    tcase_add_test(cases, nobody_without_a_pin_gives_an_empty_sheet);
    tcase_add_test(cases, three_hundred_people_get_cards_and_pins);
    tcase_add_test(cases, more_than_a_thousand_are_told_to_print_by_department);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
