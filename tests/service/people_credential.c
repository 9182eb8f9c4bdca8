/* SPDX-License-Identifier: MIT */
/* people_credential.c - PINs and badges, and the names a kiosk may offer. */
#include "../lib/canteen.h"
#include "../lib/money.h"
#include "auth/auth.h"
#include "domain/people/badge.h"
#include "domain/site/site.h"

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

static void deactivate(int64_t id)
{
    struct ff_employee e;
    const struct ff_employee_in in = {.set = 1u << FF_EMPLOYEE_ACTIVE, .active = 0};
    ck_assert_int_eq(ff_employee_change(&fx.cx, id, 1, &in, &e), FF_OK);
}

struct pin {
    const char *pin, *code; /* NULL: taken */
};

static const struct pin pins[] = {
    {"1397", NULL},          {"13971397", NULL},  {"1212", NULL},        {"0012", NULL},
    {"1235", NULL},          {"9012", NULL},      {"139", "PATTERN"},    {"139713971", "PATTERN"},
    {"", "PATTERN"},         {"139a", "PATTERN"}, {" 1397", "PATTERN"},  {"-139", "PATTERN"},
    {"１３９７", "PATTERN"}, {"1111", "VALUE"},   {"00000000", "VALUE"}, {"1234", "VALUE"},
    {"4321", "VALUE"},       {"45678", "VALUE"},  {"87654321", "VALUE"},
};

START_TEST(a_pin_is_four_to_eight_digits_and_not_a_trivial_one)
{
    struct ff_employee e;
    enum ff_rc rc = ff_employee_set_pin(&fx.cx, anna, pins[_i].pin);
    ck_assert_int_eq(rc, pins[_i].code ? FF_VALIDATION : FF_OK);
    if (rc)
        ff_test_field(&fx.cx, 0, "/pin", pins[_i].code);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_get(&fx.cx, anna, &e), FF_OK);
    ck_assert_int_eq(e.has_pin, !rc);
    ck_assert_int_eq(e.version, 1);
}
END_TEST

START_TEST(a_pin_identifies_by_number_and_by_id)
{
    int64_t id = 0;
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "1397", &id), FF_OK);
    ck_assert_int_eq(id, anna);
    id = 0;
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, NULL, anna, "1397", &id), FF_OK);
    ck_assert_int_eq(id, anna);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "2486"), FF_OK);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "2486", &id), FF_OK);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "1397", &id), FF_PIN_INVALID);
}
END_TEST

START_TEST(unknown_people_and_wrong_pins_fail_alike)
{
    static const struct {
        const char *number, *pin;
        int64_t id;
    } tries[] = {{"E-1", "1398", 0}, {"E-1", "", 0},     {"E-2", "1397", 0}, {"E-99", "1397", 0},
                 {"e-1", "1397", 0}, {NULL, "1397", 99}, {NULL, "1397", 2},  {NULL, "7931", 1}};
    int64_t id = 0;
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    for (int i = 0; i < FF_ROWS(tries); i++) {
        ff_test_change(&fx, "DELETE FROM attempt");
        ff_fixture_again(&fx);
        ck_assert_int_eq(
            ff_employee_by_pin(&fx.cx, tries[i].number, tries[i].id, tries[i].pin, &id),
            FF_PIN_INVALID);
        ck_assert_str_eq(fx.cx.err.detail, "The number or the PIN is wrong.");
        ck_assert_uint_eq(fx.cx.statements, 9);
        ck_assert_int_eq(id, 0);
    }
}
END_TEST

START_TEST(a_blocked_person_learns_it_only_with_the_right_pin)
{
    int64_t id;
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    deactivate(anna);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "1398", &id), FF_PIN_INVALID);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "E-1", 0, "1397", &id), FF_EMPLOYEE_INACTIVE);
}
END_TEST

/* ---- too many tries ---- */

enum { MINUTE_MS = 60000 };

static enum ff_rc by_pin(const char *number, int64_t id, const char *pin)
{
    int64_t found;
    ff_fixture_again(&fx);
    return ff_employee_by_pin(&fx.cx, number, id, pin, &found);
}

START_TEST(five_wrong_pins_lock_a_person_however_named)
{
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(by_pin("E-1", 0, "1398"), FF_PIN_INVALID);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(by_pin(NULL, anna, "1398"), FF_PIN_INVALID);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_ACCOUNT_LOCKED);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 900);
    ck_assert_int_eq(by_pin(NULL, anna, "1397"), FF_ACCOUNT_LOCKED);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 15 * MINUTE_MS - 1);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_ACCOUNT_LOCKED);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 1);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 15 * MINUTE_MS);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_OK);
}
END_TEST

START_TEST(the_right_pin_forgives_and_others_are_not_concerned)
{
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, bela, "2468"), FF_OK);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(by_pin("E-1", 0, "1398"), FF_PIN_INVALID);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_OK);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(by_pin("E-1", 0, "1398"), FF_PIN_INVALID);
    ck_assert_int_eq(by_pin("E-2", 0, "2468"), FF_OK);
}
END_TEST

START_TEST(a_new_pin_ends_the_wait)
{
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(by_pin("E-1", 0, "1398"), FF_PIN_INVALID);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_ACCOUNT_LOCKED);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "2486"), FF_OK);
    ck_assert_int_eq(by_pin("E-1", 0, "2486"), FF_OK);
}
END_TEST

START_TEST(a_number_that_nobody_has_is_locked_like_one_that_somebody_has)
{
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(by_pin("E-99", 0, "1398"), FF_PIN_INVALID);
    ck_assert_int_eq(by_pin("E-99", 0, "1398"), FF_ACCOUNT_LOCKED);
    ck_assert_int_eq(fx.cx.err.retry_after_s, 900);
}
END_TEST

START_TEST(thirty_wrong_pins_at_one_kiosk_lock_its_pins_and_no_other_kiosks)
{
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    fx.cx.who.device_id = 3;
    for (int i = 0; i < 30; i++)
        ck_assert_int_eq(by_pin(NULL, 100 + i, "1398"), FF_PIN_INVALID);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_ACCOUNT_LOCKED);
    int64_t id;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_by_badge(&fx.cx, "FF-0001", &id), FF_OK);
    fx.cx.who.device_id = 4;
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_OK);
}
END_TEST

START_TEST(a_site_may_want_longer_pins)
{
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_PIN_DIGITS, .pin_digits = 6};
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "13975"), FF_VALIDATION);
    ck_assert_str_eq(fx.cx.err.fields[0].detail, "A PIN has 6 to 8 digits.");
    ff_fixture_again(&fx);
    ck_assert_int_eq(by_pin("E-1", 0, "1397"), FF_OK); /* what was set stays good */
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "139757"), FF_OK);
}
END_TEST

START_TEST(a_badge_is_one_persons)
{
    int64_t id = 0;
    struct ff_employee e;
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK); /* nothing new */
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0002", NULL, NULL), FF_OK);
    ck_assert_int_eq(ff_badge_add(&fx.cx, bela, "FF-0001", NULL, NULL), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "badge");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_by_badge(&fx.cx, "FF-0002", &id), FF_OK);
    ck_assert_int_eq(id, anna);
    ck_assert_uint_eq(fx.cx.statements, 2); /* found, and its use noted */
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_by_badge(&fx.cx, "FF-0002", &id), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_int_eq(ff_employee_get(&fx.cx, anna, &e), FF_OK);
    ck_assert_int_eq(e.badges, 2);
    ck_assert_int_eq(ff_employee_by_badge(&fx.cx, "ff-0001", &id), FF_BADGE_UNKNOWN);
    ff_fixture_again(&fx);
    deactivate(anna);
    ck_assert_int_eq(ff_employee_by_badge(&fx.cx, "FF-0001", &id), FF_EMPLOYEE_INACTIVE);
}
END_TEST

START_TEST(a_badge_is_kept_as_a_keyed_hash_only)
{
    unsigned char hash[32];
    char hex[65], sql[160];
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    ff_auth_badge_hash(fx.auth, "FF-0001", hash);
    ff_hex(hash, sizeof hash, hex);
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM badge WHERE badge_hash = x'%s'", hex);
    ck_assert_int_eq(ff_test_number(&fx, sql), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge WHERE "
                                         "CAST(badge_hash AS TEXT) LIKE '%FF-0001%'"),
                     0);
}
END_TEST

START_TEST(credentials_of_foreign_people_are_not_there)
{
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, bela, "1397"), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, bela, "FF-0002", NULL, NULL), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM employee WHERE pin_hash IS NOT NULL"), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge"), 0);
}
END_TEST

/* ---- the kiosk's names ---- */

/* "id:initials:recent" of a page, and "/total". */
static const char *faces(const struct ff_list_filter *f)
{
    static char out[256];
    struct ff_list list;
    int64_t total;
    ff_fixture_again(&fx);
    ck_assert_msg(ff_face_list(&fx.cx, f, &list, &total) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_uint_eq(fx.cx.statements, 2);
    const struct ff_face *items = list.items;
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list.n; i++)
        at += (size_t)snprintf(out + at, sizeof out - at, "%d:%s:%d ", (int)items[i].id,
                               items[i].initials, (int)items[i].recent);
    snprintf(out + at, sizeof out - at, "/%d", (int)total);
    return out;
}

START_TEST(those_who_bought_lately_come_first)
{
    static const int64_t day = INT64_C(86400000);
    struct ff_list_filter f = {.page = 1, .limit = 10};
    struct ff_purchase p;
    int64_t soup = ff_fixture_product(&fx, "Gulyásleves", 890);
    ck_assert_str_eq(faces(&f), "2:ÁB:0 1:ÁA:0 /2");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_str_eq(faces(&f), "1:ÁA:1 2:ÁB:0 /2");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 14 * day));
    ck_assert_str_eq(faces(&f), "1:ÁA:1 2:ÁB:0 /2");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 15 * day));
    ck_assert_str_eq(faces(&f), "2:ÁB:0 1:ÁA:0 /2");
}
END_TEST

START_TEST(names_can_be_searched_and_paged_and_the_blocked_are_not_there)
{
    struct ff_list_filter f = {.page = 2, .limit = 1};
    ck_assert_str_eq(faces(&f), "1:ÁA:0 /2");
    f = (struct ff_list_filter){.page = 1, .limit = 10, .q = "bel"};
    ck_assert_str_eq(faces(&f), "2:ÁB:0 /1");
    f.q = "E-1"; /* numbers are not searched: they are the other half of a sign-in */
    ck_assert_str_eq(faces(&f), "/0");
    f.q = NULL;
    deactivate(bela);
    ck_assert_str_eq(faces(&f), "1:ÁA:0 /1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("people_credential");
    TCase *cases = tcase_create("credential");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_pin_is_four_to_eight_digits_and_not_a_trivial_one, 0,
                        FF_ROWS(pins));
    tcase_add_test(cases, a_pin_identifies_by_number_and_by_id);
    tcase_add_test(cases, unknown_people_and_wrong_pins_fail_alike);
    tcase_add_test(cases, a_blocked_person_learns_it_only_with_the_right_pin);
    tcase_add_test(cases, five_wrong_pins_lock_a_person_however_named);
    tcase_add_test(cases, the_right_pin_forgives_and_others_are_not_concerned);
    tcase_add_test(cases, a_new_pin_ends_the_wait);
    tcase_add_test(cases, a_number_that_nobody_has_is_locked_like_one_that_somebody_has);
    tcase_add_test(cases, thirty_wrong_pins_at_one_kiosk_lock_its_pins_and_no_other_kiosks);
    tcase_add_test(cases, a_site_may_want_longer_pins);
    tcase_add_test(cases, a_badge_is_one_persons);
    tcase_add_test(cases, a_badge_is_kept_as_a_keyed_hash_only);
    tcase_add_test(cases, credentials_of_foreign_people_are_not_there);
    tcase_add_test(cases, those_who_bought_lately_come_first);
    tcase_add_test(cases, names_can_be_searched_and_paged_and_the_blocked_are_not_there);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
