/* SPDX-License-Identifier: MIT */
/* purchase_undo_watch.c - eating and undoing: the window of a category, the alert of many undos,
 * the report of who undoes and where. */
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/report/undos.h"
#include "domain/site/site.h"

enum { HOUR_MS = 3600000 };

static struct ff_fixture fx;
static int64_t anna, bela, soup, bun, next_key;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 50000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 50000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    bun = ff_fixture_product(&fx, "Bun", 100);
    ff_test_change(&fx, "UPDATE product SET category_id = 3 WHERE name = 'Bun'");
    ff_test_change(&fx, "INSERT INTO device (id, name, created_at_ms) VALUES (5, 'Kiosk', 1)");
    next_key = 100;
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

static void at_kiosk(int64_t who)
{
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, FF_ROLE_PERSON, FF_SELF, who);
    fx.cx.who.device_id = 5;
}

static int64_t buy(int64_t who, const struct ff_purchase_item *items, size_t n,
                   struct ff_purchase *p)
{
    at_kiosk(who);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, who, items, n, ff_test_key(next_key++), p), FF_OK);
    return p->id;
}

static enum ff_rc undo(int64_t purchase)
{
    struct ff_undo u;
    return ff_test_undo(&fx.cx, purchase, ff_test_key(next_key++), &u);
}

static int64_t buy_soup(int64_t who)
{
    struct ff_purchase p = {0};
    const struct ff_purchase_item one = {soup, 1};
    return buy(who, &one, 1, &p);
}

static void set_alert(int64_t person, int64_t kiosk)
{
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_UNDO_ALERT_COUNT |
                                               1u << FF_SITE_UNDO_ALERT_KIOSK_COUNT |
                                               1u << FF_SITE_UNDO_ALERT_HOURS,
                                        .undo_alert_count = person,
                                        .undo_alert_kiosk_count = kiosk,
                                        .undo_alert_hours = 2};
    as_operator();
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
}

static int64_t alerts(void)
{
    return ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'purchase.undo_alert'");
}

/* Seconds of the site's 300 that are told at once, read back, and listed. */
static void check_window(const struct ff_purchase_item *items, size_t n, int64_t seconds)
{
    struct ff_purchase p = {0}, read = {0};
    struct ff_list list;
    int64_t total;
    const char *next;
    const struct ff_purchase_filter f = {.employee_id = anna, .page = 1, .limit = 1};
    const int64_t id = buy(anna, items, n, &p);
    ck_assert_int_eq(p.undo_seconds, seconds);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &read), FF_OK);
    ck_assert_int_eq(read.undo_seconds, seconds);
    ck_assert_int_eq(ff_purchase_list(&fx.cx, &f, &list, &total, &next), FF_OK);
    ck_assert_int_eq(((struct ff_purchase *)list.items)->undo_seconds, seconds);
}

START_TEST(the_shortest_window_of_the_lines_counts)
{
    const struct ff_purchase_item both[] = {{soup, 1}, {bun, 1}};
    check_window(both, 2, 300);
    ff_test_change(&fx, "UPDATE category SET undo_seconds = 60 WHERE id = 3");
    check_window(both, 2, 60);
    check_window(&both[0], 1, 300);
    ff_test_change(&fx, "UPDATE category SET undo_seconds = 900 WHERE id = 3");
    check_window(both, 2, 300);
    check_window(&both[1], 1, 900);
    ff_test_change(&fx, "UPDATE category SET undo_seconds = 0 WHERE id = 3");
    check_window(&both[1], 1, 0);
}
END_TEST

START_TEST(what_is_past_its_categorys_window_stays_bought)
{
    struct ff_purchase p = {0};
    const struct ff_purchase_item one = {bun, 1};
    ff_test_change(&fx, "UPDATE category SET undo_seconds = 60 WHERE id = 3");
    const int64_t in_time = buy(anna, &one, 1, &p), late = buy(anna, &one, 1, &p);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 59999));
    at_kiosk(anna);
    ck_assert_int_eq(undo(in_time), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 60000));
    at_kiosk(anna);
    ck_assert_int_eq(undo(late), FF_UNDO_WINDOW);
}
END_TEST

START_TEST(many_undos_of_a_person_are_told_within_the_hours)
{
    set_alert(2, FF_NULL_INT);
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK);
    ck_assert_int_eq(alerts(), 0);
    ck_assert_int_eq(undo(buy_soup(bela)), FF_OK); /* another one's */
    ck_assert_int_eq(alerts(), 0);
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK);
    ck_assert_int_eq(alerts(), 1);
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK);
    ck_assert_int_eq(alerts(), 2);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 2 * HOUR_MS + 1));
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK); /* the others are too old */
    ck_assert_int_eq(alerts(), 2);
}
END_TEST

START_TEST(many_undos_at_a_kiosk_are_told_too)
{
    set_alert(FF_NULL_INT, 2);
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK);
    ck_assert_int_eq(undo(buy_soup(bela)), FF_OK);
    ck_assert_int_eq(alerts(), 1);
}
END_TEST

START_TEST(what_a_manager_undoes_for_others_does_not_count)
{
    set_alert(1, 1);
    const int64_t id = buy_soup(anna);
    as_operator();
    ck_assert_int_eq(undo(id), FF_OK);
    ck_assert_int_eq(alerts(), 0);
    struct ff_undo_report r;
    as_operator();
    ck_assert_int_eq(ff_report_undos(&fx.cx, NULL, NULL, &r), FF_OK);
    ck_assert_uint_eq(r.persons.n, 0);
}
END_TEST

START_TEST(the_report_names_persons_and_kiosks_most_first)
{
    struct ff_undo_report r;
    struct ff_text text;
    ck_assert_int_eq(undo(buy_soup(bela)), FF_OK);
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK);
    ck_assert_int_eq(undo(buy_soup(anna)), FF_OK);
    (void)buy_soup(bela);
    as_operator();
    ck_assert_int_eq(ff_report_undos(&fx.cx, "2026-03-02", "2026-03-03", &r), FF_OK);
    ck_assert_int_eq(r.undos, 3);
    ck_assert_int_eq(r.amount, 1050);
    ck_assert_uint_eq(r.persons.n, 2);
    ck_assert_int_eq(((struct ff_undo_row *)r.persons.items)[0].id, anna);
    ck_assert_int_eq(((struct ff_undo_row *)r.persons.items)[0].amount, 700);
    ck_assert_uint_eq(r.kiosks.n, 1);
    ck_assert_int_eq(((struct ff_undo_row *)r.kiosks.items)[0].undos, 3);
    ck_assert_int_eq(ff_undos_csv(&fx.cx, &r, 2, &text), FF_OK);
    ck_assert_str_eq(text.text, "kind,id,number,name,undos,amount\r\n"
                                "person,1,E1,Anna Nagy,2,7.00\r\n"
                                "person,2,E2,Bela Kis,1,3.50\r\n"
                                "kiosk,5,,Kiosk,3,10.50\r\n");
    as_operator();
    ck_assert_int_eq(ff_report_undos(&fx.cx, "2026-03-03", "2026-03-04", &r), FF_OK);
    ck_assert_int_eq(r.undos, 0);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0); /* of no department */
    ck_assert_int_eq(ff_report_undos(&fx.cx, "2026-03-02", "2026-03-03", &r), FF_OK);
    ck_assert_uint_eq(r.persons.n + r.kiosks.n, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("purchase_undo_watch");
    TCase *cases = tcase_create("watch");
    tcase_add_checked_fixture(cases, open_all, close_all);
    tcase_add_test(cases, the_shortest_window_of_the_lines_counts);
    tcase_add_test(cases, what_is_past_its_categorys_window_stays_bought);
    tcase_add_test(cases, many_undos_of_a_person_are_told_within_the_hours);
    tcase_add_test(cases, many_undos_at_a_kiosk_are_told_too);
    tcase_add_test(cases, what_a_manager_undoes_for_others_does_not_count);
    tcase_add_test(cases, the_report_names_persons_and_kiosks_most_first);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
