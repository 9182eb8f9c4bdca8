/* SPDX-License-Identifier: MIT */
/* purchase_read.c - reading purchases back: one, by key, lists by page and cursor, usuals; each
 * within the caller's reach and with a fixed number of statements. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"
#include "domain/report/rollup.h"

#define DAY INT64_C(86400000)

static struct ff_fixture fx;
static int64_t anna, bela, soup, roll;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 50000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 50000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    roll = ff_fixture_product(&fx, "Roll", 60);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static int64_t bought(int64_t employee, int64_t key)
{
    const struct ff_purchase_item tray[] = {{soup, 1}, {roll, 2}};
    struct ff_purchase p = {0};
    size_t n = (size_t)(key % 2) + 1;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, employee, tray, n, ff_test_key(key), &p), FF_OK);
    return p.id;
}

/* Twelve for Anna with one for Bela after each, and a top-up between. */
static int64_t annas[12], belas[12];
static void fill(void)
{
    struct ff_movement t;
    for (int i = 0; i < 12; i++) {
        annas[i] = bought(anna, 100 + i);
        belas[i] = bought(bela, 200 + i);
    }
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(1), &t), FF_OK);
    ff_fixture_again(&fx);
}

struct answer {
    struct ff_list rows;
    int64_t total;
    const char *next;
};

static struct answer list(struct ff_purchase_filter f)
{
    struct answer a;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_list(&fx.cx, &f, &a.rows, &a.total, &a.next), FF_OK);
    return a;
}

static const struct ff_purchase *row(const struct answer *a, size_t i)
{
    ck_assert_int_lt((int)i, (int)a->rows.n);
    return (const struct ff_purchase *)a->rows.items + i;
}

#define PAGE(p, l) .employee_id = FF_NULL_INT, .page = (p), .limit = (l)

START_TEST(page_of_all_has_items_of_every_row)
{
    fill();
    struct answer a = list((struct ff_purchase_filter){PAGE(1, 10)});
    ck_assert_int_eq(fx.cx.statements, 3);
    ck_assert_int_eq(a.total, 24);
    ck_assert_ptr_null(a.next);
    ck_assert_int_eq((int)a.rows.n, 10);
    ck_assert_int_eq(row(&a, 0)->id, belas[11]);
    ck_assert_int_eq(row(&a, 1)->id, annas[11]);
    for (size_t i = 0; i < a.rows.n; i++) {
        const struct ff_purchase *p = row(&a, i);
        const struct ff_purchase_line *line = p->items.items;
        int64_t sum = 0;
        ck_assert(i == 0 || row(&a, i - 1)->id > p->id);
        ck_assert_int_ge((int)p->items.n, 1);
        for (size_t k = 0; k < p->items.n; k++) {
            ck_assert_int_eq(line[k].line_no, (int64_t)k + 1);
            sum += line[k].total;
        }
        ck_assert_int_eq(sum, p->total);
    }
    a = list((struct ff_purchase_filter){PAGE(3, 10)});
    ck_assert_int_eq((int)a.rows.n, 4);
    ck_assert_int_eq(row(&a, 3)->id, annas[0]);
    a = list((struct ff_purchase_filter){PAGE(4, 10)});
    ck_assert_int_eq((int)a.rows.n, 0);
    ck_assert_int_eq(a.total, 24);
    ck_assert_int_eq(fx.cx.statements, 2); /* no rows: no items to ask for */
}
END_TEST

START_TEST(own_list_shows_the_own_only)
{
    fill();
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    struct answer a = list((struct ff_purchase_filter){PAGE(1, 5)});
    ck_assert_int_eq(fx.cx.statements, 4); /* wallet, total, rows, items */
    ck_assert_int_eq(a.total, 12);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(row(&a, i)->id, annas[11 - i]);
        ck_assert_int_eq(row(&a, i)->employee_id, anna);
        ck_assert_int_eq((int)row(&a, i)->items.n, i % 2 == 0 ? 2 : 1);
    }
    struct ff_purchase_filter foreign = {PAGE(1, 5)};
    foreign.employee_id = bela;
    a = list(foreign);
    ck_assert_int_eq(a.total, 0);
    ck_assert_int_eq((int)a.rows.n, 0);
    foreign.employee_id = 9999;
    a = list(foreign);
    ck_assert_int_eq(a.total, 0);
}
END_TEST

START_TEST(cursor_walks_all_and_ends)
{
    fill();
    int64_t seen = 0, last = INT64_MAX;
    struct ff_purchase_filter f = {PAGE(1, 7)};
    f.by_cursor = true;
    for (;;) {
        struct answer a = list(f);
        ck_assert_int_eq(a.total, -1);
        ck_assert_int_eq(fx.cx.statements, 2);
        for (size_t i = 0; i < a.rows.n; i++, seen++) {
            ck_assert_int_lt(row(&a, i)->id, last);
            ck_assert_int_ge((int)row(&a, i)->items.n, 1);
            last = row(&a, i)->id;
        }
        if (!a.next)
            break;
        ck_assert_int_eq((int)a.rows.n, 7);
        f.after = strtoll(a.next, NULL, 10);
        ck_assert_int_eq(f.after, last);
    }
    ck_assert_int_eq(seen, 24);
    ck_assert_int_eq(last, annas[0]);
    f.limit = 24;
    f.after = 0;
    struct answer a = list(f);
    ck_assert_ptr_null(a.next); /* exactly full: nothing follows */
    ck_assert_int_eq((int)a.rows.n, 24);
}
END_TEST

START_TEST(a_list_takes_as_many_statements_however_many_rows_it_has)
{
    fill();
    for (int64_t limit = 1; limit <= 20; limit += 19) {
        struct ff_purchase_filter f = {PAGE(1, limit)};
        ck_assert_int_eq((int)list(f).rows.n, limit);
        ck_assert_int_eq(fx.cx.statements, 3);
        f.employee_id = anna;
        (void)list(f);
        ck_assert_int_eq(fx.cx.statements, 4);
        f.by_cursor = true;
        (void)list(f);
        ck_assert_int_eq(fx.cx.statements, 3);
    }
}
END_TEST

/* Everybody's, one person's, and what a manager of Anna's department sees. */
static void count_all(int64_t all, int64_t annas_own)
{
    struct ff_purchase_filter f = {PAGE(1, 1)};
    ck_assert_int_eq(list(f).total, all);
    f.employee_id = anna;
    ck_assert_int_eq(list(f).total, annas_own);
    f.employee_id = FF_NULL_INT;
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 4;
    ck_assert_int_eq(list(f).total, annas_own);
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, bela);
    fx.cx.who.department_id = 4;
    ck_assert_int_eq(list(f).total, all);
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
}

static void sum_up(void)
{
    bool more = true;
    while (more) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    }
    ff_fixture_again(&fx);
}

START_TEST(totals_are_the_same_before_and_after_days_are_summed_up)
{
    fill();
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (4,'Kitchen','k');"
                        "UPDATE employee SET department_id = 4 WHERE number = 'E1'");
    count_all(24, 12);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + DAY));
    sum_up();
    ck_assert_int_eq(ff_test_number(&fx, "SELECT purchases FROM rollup_state"), 24);
    count_all(24, 12);
    (void)bought(anna, 500);
    count_all(25, 13);
}
END_TEST

/* The total of every range between some days, also open ones, against what is there. */
static void count_ranges(int64_t employee, const char *whose)
{
    enum { N_DATES = 12 };
    static const char *const dates[N_DATES] = {
        NULL,         "2026-02-01", "2026-03-01", "2026-03-02", "2026-03-20", "2026-04-01",
        "2026-04-02", "2026-04-30", "2026-05-01", "2026-05-20", "2026-06-01", "2027-01-01"};
    for (size_t i = 0; i < N_DATES * N_DATES; i++) {
        const char *from = dates[i / N_DATES], *to = dates[i % N_DATES];
        char sql[300];
        struct ff_purchase_filter f = {PAGE(1, 1), .from = from, .to = to};
        f.employee_id = employee;
        snprintf(sql, sizeof sql,
                 "SELECT COUNT(*) FROM purchase p JOIN journal j ON j.id = p.journal_id WHERE "
                 "%s AND j.business_date >= '%s' AND j.business_date < '%s'",
                 whose, from ? from : "", to ? to : "9");
        const int64_t there = ff_test_number(&fx, sql), told = list(f).total;
        ck_assert_msg(told == there, "%s: %lld", sql, (long long)told);
    }
}

static void count_all_ranges(void)
{
    count_ranges(FF_NULL_INT, "true");
    count_ranges(anna, "employee_id = 1");
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 4;
    count_ranges(FF_NULL_INT, "employee_id = 1");
    ff_fixture_as(&fx, FF_ROLE_ADMIN, FF_ALL, 0);
}

START_TEST(totals_of_ranges_come_from_months_and_days)
{
    struct ff_purchase_filter f = {PAGE(1, 1), .from = "2026-03-20", .to = "2026-05-10"};
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (4,'Kitchen','k');"
                        "UPDATE employee SET department_id = 4 WHERE number = 'E1'");
    for (int i = 0; i < 40; i++) {
        ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 2 * i * DAY));
        (void)bought(i % 3 ? anna : bela, 300 + i);
        if (i == 30)
            sum_up();
    }
    count_all_ranges();
    sum_up();
    count_all_ranges();
    ff_test_change(&fx, "UPDATE purchase_day SET purchases = purchases + 1000;"
                        "UPDATE spend_counter SET purchases = purchases + 1000");
    ck_assert_int_gt(list(f).total, 1000);
    f.employee_id = anna;
    ck_assert_int_gt(list(f).total, 1000);
    f.to = "2026-04-30"; /* no whole month */
    ck_assert_int_lt(list(f).total, 1000);
}
END_TEST

/* Each page of the file is of its own moment: nothing holds the write-ahead log for long. */
START_TEST(an_export_gives_the_reader_back)
{
    struct ff_purchase_filter f = {PAGE(1, 1)};
    struct ff_text text;
    int lines = 0;
    for (int i = 0; i < 101; i++)
        (void)bought(i % 2 ? anna : bela, 2 * i); /* one line each */
    ck_assert_int_eq(ff_purchase_export(&fx.cx, &f, 2, &text), FF_OK);
    ck_assert_ptr_null(fx.cx.conn);
    for (size_t i = 0; i < text.n; i++)
        lines += text.text[i] == '\n';
    ck_assert_int_eq(lines, 1 + 101);
}
END_TEST

START_TEST(dates_are_half_open)
{
    static int64_t days[4];
    for (int i = 0; i < 4; i++) {
        ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + i * DAY));
        days[i] = bought(anna, 10 + i);
    }
    struct ff_purchase_filter f = {PAGE(1, 10)};
    f.from = "2026-03-03";
    f.to = "2026-03-05";
    for (int own = 0; own < 2; own++) {
        f.employee_id = own ? anna : FF_NULL_INT;
        struct answer a = list(f);
        ck_assert_int_eq(fx.cx.statements, own ? 5 : 4);
        ck_assert_int_eq(a.total, 2);
        ck_assert_int_eq(row(&a, 0)->id, days[2]);
        ck_assert_int_eq(row(&a, 1)->id, days[1]);
        ck_assert_int_ge((int)row(&a, 1)->items.n, 1);
        f.by_cursor = true;
        a = list(f);
        ck_assert_int_eq((int)a.rows.n, 2);
        f.by_cursor = false;
    }
    f = (struct ff_purchase_filter){PAGE(1, 10), .from = "2026-03-04"};
    ck_assert_int_eq(list(f).total, 2);
    f = (struct ff_purchase_filter){PAGE(1, 10), .to = "2026-03-03"};
    ck_assert_int_eq(list(f).total, 1);
    f = (struct ff_purchase_filter){PAGE(1, 10), .from = "2027-01-01"};
    ck_assert_int_eq(list(f).total, 0);
    ck_assert_int_eq((int)list(f).rows.n, 0);
    f = (struct ff_purchase_filter){PAGE(1, 10), .to = "2020-01-01"};
    ck_assert_int_eq(list(f).total, 0);
    f = (struct ff_purchase_filter){PAGE(1, 10), .from = "2026-03-05", .to = "2026-03-03"};
    ck_assert_int_eq(list(f).total, 0);
}
END_TEST

START_TEST(manager_sees_the_department_and_the_own)
{
    fill();
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (4,'Kitchen','k');"
                        "UPDATE employee SET department_id = 4 WHERE number = 'E1'");
    ff_fixture_as(&fx, FF_ROLE_MANAGER, FF_DEPT, 0);
    fx.cx.who.department_id = 4;
    struct ff_purchase p;
    struct answer a = list((struct ff_purchase_filter){PAGE(1, 100)});
    ck_assert_int_eq(a.total, 12);
    ck_assert_int_eq((int)a.rows.n, 12);
    for (size_t i = 0; i < a.rows.n; i++)
        ck_assert_int_eq((int)row(&a, i)->items.n, i % 2 == 0 ? 2 : 1);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, annas[0], &p), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, belas[0], &p), FF_NOT_FOUND);
    fx.cx.who.employee_id = bela;
    a = list((struct ff_purchase_filter){PAGE(1, 100)});
    ck_assert_int_eq(a.total, 24);
}
END_TEST

START_TEST(one_purchase_within_reach)
{
    struct ff_purchase p;
    int64_t id = bought(anna, 1), other = bought(bela, 2);
    ff_fixture_as(&fx, FF_ROLE_EMPLOYEE, FF_SELF, anna);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, id, &p), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 2);
    ck_assert_str_eq(p.employee_name, "Anna Nagy");
    ck_assert_int_eq((int)p.items.n, 2);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, other, &p), FF_NOT_FOUND);
    char foreign[sizeof fx.cx.err.detail], missing[sizeof foreign];
    snprintf(foreign, sizeof foreign, "%s", fx.cx.err.detail);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, 77, &p), FF_NOT_FOUND);
    snprintf(missing, sizeof missing, "%s", fx.cx.err.detail);
    ck_assert_int_eq((int)strlen(foreign) - (int)strlen(missing), -1); /* but for the number */
}
END_TEST

START_TEST(key_finds_the_callers_own_purchase)
{
    struct ff_purchase p = {0};
    struct ff_movement t;
    ff_fixture_as(&fx, FF_ROLE_PERSON, FF_SELF, anna);
    ff_test_change(&fx, "INSERT INTO device (id, name, created_at_ms) VALUES (3,'Canteen',0)");
    fx.cx.who.device_id = 3;
    int64_t id = bought(anna, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 3);
    ck_assert_int_eq(p.id, id);
    ck_assert_int_eq((int)p.items.n, 2);
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(9), &p), FF_NOT_FOUND);
    fx.cx.who.employee_id = bela; /* the next one at the same kiosk */
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(1), &p), FF_NOT_FOUND);
    fx.cx.who.employee_id = anna; /* at another place */
    fx.cx.who.device_id = 0;
    fx.cx.who.user_id = 8;
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(1), &p), FF_NOT_FOUND);
    fx.cx.who = (struct ff_actor){.is_cli = true, .scope = FF_ALL};
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 5, ff_test_key(3), &t), FF_OK);
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(3), &p), FF_NOT_FOUND); /* a top-up */
}
END_TEST

START_TEST(usuals_are_what_was_bought_most)
{
    struct ff_list ids;
    struct ff_undo u;
    struct ff_purchase p = {0};
    static int64_t dishes[10];
    for (int i = 0; i < 10; i++) {
        char name[16];
        snprintf(name, sizeof name, "Dish %d", i);
        dishes[i] = ff_fixture_product(&fx, name, 100);
    }
    ck_assert_int_eq(ff_purchase_usuals(&fx.cx, anna, &ids), FF_OK);
    ck_assert_int_eq((int)ids.n, 0);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 50, ff_test_key(1), &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 61 * DAY)); /* long ago now */
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(ff_test_buy(&fx.cx, anna, dishes[i], i + 1, ff_test_key(10 + i), &p),
                         FF_OK);
    ck_assert_int_eq(ff_test_undo(&fx.cx, p.id, ff_test_key(30), &u), FF_OK); /* dish 9 */
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, dishes[0], 9, ff_test_key(31), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 9, ff_test_key(32), &p), FF_OK);
    ff_test_change(&fx, "UPDATE product SET is_archived = 1 WHERE name = 'Dish 7'");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_usuals(&fx.cx, anna, &ids), FF_OK);
    ck_assert_int_eq(fx.cx.statements, 1);
    ck_assert_int_eq((int)ids.n, 8);
    const int64_t *id = ids.items;
    ck_assert_int_eq(id[0], soup); /* nine each: the older product first */
    ck_assert_int_eq(id[1], dishes[8]);
    ck_assert_int_eq(id[2], dishes[6]);
    ck_assert_int_eq(id[7], dishes[1]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_read");
    TCase *t = tcase_create("read");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, page_of_all_has_items_of_every_row);
    tcase_add_test(t, own_list_shows_the_own_only);
    tcase_add_test(t, cursor_walks_all_and_ends);
    tcase_add_test(t, a_list_takes_as_many_statements_however_many_rows_it_has);
    tcase_add_test(t, totals_are_the_same_before_and_after_days_are_summed_up);
    tcase_add_test(t, totals_of_ranges_come_from_months_and_days);
    tcase_add_test(t, an_export_gives_the_reader_back);
    tcase_add_test(t, dates_are_half_open);
    tcase_add_test(t, manager_sees_the_department_and_the_own);
    tcase_add_test(t, one_purchase_within_reach);
    tcase_add_test(t, key_finds_the_callers_own_purchase);
    tcase_add_test(t, usuals_are_what_was_bought_most);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
