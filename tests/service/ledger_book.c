/* SPDX-License-Identifier: MIT */
/* ledger_book.c - the books as a treasurer reads them: balances now and at the end of a day, with
 * and without the sums of ended days; journals page by page; the export to the unit. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/book.h"
#include "domain/ledger/month.h"
#include "domain/report/rollup.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup;

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
    ff_fixture_again(&fx);
}

static void buy(int64_t who, int64_t pieces, int64_t key)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, soup, pieces, ff_test_key(key), &p), FF_OK);
}

/* 2 March: openings of 50.00 and 10.00, soup for 7.00. 3 March: a top-up of 5.00, soup for 3.50. */
static void open_all(void)
{
    struct ff_movement m;
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 1000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    ff_test_change(&fx, "UPDATE product SET tax_rate_ppm = 70000");
    buy(anna, 2, 1);
    at("2026-03-03T10:00:00Z");
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 500, ff_test_key(2), &m), FF_OK);
    buy(bela, 1, 3);
    ff_fixture_again(&fx);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static int64_t balance(const char *code, const char *date)
{
    struct ff_trial t;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_book_trial(&fx.cx, date, &t), FF_OK);
    ck_assert_int_eq(t.sum, 0);
    ck_assert_int_eq(t.debits, t.credits);
    const struct ff_trial_row *r = t.rows.items;
    for (size_t i = 0; i < t.rows.n; i++) {
        ck_assert_int_eq(r[i].credit - r[i].debit, r[i].balance);
        if (strcmp(r[i].code, code) == 0)
            return r[i].balance;
    }
    return 0;
}

static void check_balances(void)
{
    ck_assert_int_eq(balance("wallet:*", NULL), 4300 + 1150);
    ck_assert_int_eq(balance("cash:main", NULL), -500);
    ck_assert_int_eq(balance("opening", NULL), -6000);
    ck_assert_int_eq(balance("revenue:sales", NULL) + balance("vat:70000", NULL), 1050);
    ck_assert_int_eq(balance("wallet:*", "2026-03-02"), 5300);
    ck_assert_int_eq(balance("cash:main", "2026-03-02"), 0);
    ck_assert_int_eq(balance("vat:70000", "2026-03-02"), 46);
    ck_assert_int_eq(balance("wallet:*", "2026-03-01"), 0);
    ck_assert_int_eq(balance("wallet:*", "2027-01-01"), 5450);
}

START_TEST(the_trial_balance_comes_to_nothing_on_every_day)
{
    bool more = true;
    check_balances();
    at("2026-03-05T10:00:00Z");
    while (more)
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    ck_assert_int_gt(ff_test_number(&fx, "SELECT COUNT(*) FROM account_day"), 0);
    check_balances();
}
END_TEST

START_TEST(each_account_has_its_balance)
{
    struct ff_list list;
    int64_t total, sum = 0;
    ck_assert_int_eq(ff_book_accounts(&fx.cx, NULL, NULL, 1, 100, &list, &total), FF_OK);
    const struct ff_account *a = list.items;
    ck_assert_int_eq(total, (int64_t)list.n);
    for (size_t i = 0; i < list.n; i++)
        sum += a[i].balance;
    ck_assert_int_eq(sum, 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_book_accounts(&fx.cx, "2026-03-02", "wallet", 2, 1, &list, &total), FF_OK);
    a = list.items;
    ck_assert_int_eq(total, 2);
    ck_assert_uint_eq(list.n, 1);
    ck_assert_int_eq(a->employee_id, bela);
    ck_assert_int_eq(a->balance, 1000);
}
END_TEST

static struct ff_list journals(struct ff_journal_filter f, const char **next)
{
    struct ff_list list;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_book_journals(&fx.cx, &f, &list, next), FF_OK);
    return list;
}

START_TEST(journals_come_newest_first_with_their_entries)
{
    const char *next;
    struct ff_list list = journals(
        (struct ff_journal_filter){.account_id = FF_NULL_INT, .after = FF_NULL_INT, .limit = 2},
        &next);
    const struct ff_journal *j = list.items;
    ck_assert_uint_eq(list.n, 2);
    ck_assert_int_eq(j[0].id, 5);
    ck_assert_str_eq(j[0].kind, "purchase");
    ck_assert_uint_eq(j[0].entries.n, 3);
    ck_assert_str_eq(next, "4");
    list = journals((struct ff_journal_filter){.account_id = FF_NULL_INT, .after = 4, .limit = 10},
                    &next);
    ck_assert_uint_eq(list.n, 3);
    ck_assert_ptr_null(next);
}
END_TEST

START_TEST(journals_are_filtered_by_kind_account_and_day)
{
    const char *next;
    const int64_t cash = ff_test_number(&fx, "SELECT id FROM account WHERE code = 'cash:main'");
    struct ff_journal_filter f = {.account_id = cash, .after = FF_NULL_INT, .limit = 10};
    struct ff_list list = journals(f, &next);
    ck_assert_uint_eq(list.n, 1);
    ck_assert_int_eq(((const struct ff_journal *)list.items)->id, 4);
    f = (struct ff_journal_filter){
        .kind = "purchase", .account_id = FF_NULL_INT, .after = FF_NULL_INT, .limit = 10};
    ck_assert_uint_eq(journals(f, &next).n, 2);
    f.kind = NULL;
    f.to = "2026-03-03";
    ck_assert_uint_eq(journals(f, &next).n, 3);
    f.from = "2026-03-03";
    f.to = "2026-03-04";
    ck_assert_uint_eq(journals(f, &next).n, 2);
    f.from = "2026-04-01";
    f.to = NULL;
    ck_assert_uint_eq(journals(f, &next).n, 0);
}
END_TEST

START_TEST(the_head_is_the_last_journal)
{
    struct ff_book_head head;
    ck_assert_int_eq(ff_book_head(&fx.cx, &head), FF_OK);
    ck_assert_int_eq(head.id, 5);
    ck_assert_uint_eq(strlen(head.hash), 64);
}
END_TEST

/* ---- export ---- */

static enum ff_rc map(const struct ff_account_map_row *rows, size_t n)
{
    const struct ff_account_map in = {.rows = {.items = (void *)(uintptr_t)rows, .n = n}};
    struct ff_account_map out;
    ff_fixture_again(&fx);
    return ff_account_map_put(&fx.cx, &in, &out);
}

static char *export(bool by_day)
{
    struct ff_text text;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_book_export(&fx.cx, "2026-03", by_day, 2, &text), FF_OK);
    return ff_test_keep(text.text);
}

START_TEST(the_export_turns_the_sign_and_names_the_sites_accounts)
{
    static const struct ff_account_map_row rows[] = {{"wallet:*", "1755", "Staff canteen"},
                                                     {"wallet:1", "1756", "=Anna"},
                                                     {"opening", "9000", NULL}};
    ck_assert_int_eq(map(rows, 3), FF_OK);
    ck_assert_str_eq(export(false),
                     "date,journalId,kind,text,account,number,name,debit,credit\r\n"
                     "2026-03-02,1,opening,opening,wallet:1,1756,'=Anna,,50.00\r\n"
                     "2026-03-02,1,opening,opening,opening,9000,,50.00,\r\n"
                     "2026-03-02,2,opening,opening,opening,9000,,10.00,\r\n"
                     "2026-03-02,2,opening,opening,wallet:2,1755,Staff canteen,,10.00\r\n"
                     "2026-03-02,3,purchase,purchase,wallet:1,1756,'=Anna,7.00,\r\n"
                     "2026-03-02,3,purchase,purchase,revenue:sales,,,,6.54\r\n"
                     "2026-03-02,3,purchase,purchase,vat:70000,,,,0.46\r\n"
                     "2026-03-03,4,topup,topup,wallet:2,1755,Staff canteen,,5.00\r\n"
                     "2026-03-03,4,topup,topup,cash:main,,,5.00,\r\n"
                     "2026-03-03,5,purchase,purchase,wallet:2,1755,Staff canteen,3.50,\r\n"
                     "2026-03-03,5,purchase,purchase,revenue:sales,,,,3.27\r\n"
                     "2026-03-03,5,purchase,purchase,vat:70000,,,,0.23\r\n");
}
END_TEST

START_TEST(the_export_by_day_sums_up_and_names_no_person)
{
    static const struct ff_account_map_row rows[] = {{"wallet:*", "1755", "Staff canteen"}};
    ck_assert_int_eq(map(rows, 1), FF_OK);
    const char *text = export(true);
    ck_assert_ptr_nonnull(
        strstr(text, "2026-03-02,opening,wallet:*,1755,Staff canteen,,60.00\r\n"));
    ck_assert_ptr_nonnull(strstr(text, "2026-03-02,opening,opening,,,60.00,\r\n"));
    ck_assert_ptr_null(strstr(text, "wallet:1"));
}
END_TEST

START_TEST(the_export_of_a_closed_month_gives_the_same_bytes)
{
    struct ff_month m;
    at("2026-04-02T10:00:00Z");
    ck_assert_int_eq(ff_month_close(&fx.cx, "2026-03", &m), FF_OK);
    const char *before = export(false);
    buy(anna, 1, 9);
    ck_assert_str_eq(export(false), before);
}
END_TEST

START_TEST(a_code_is_mapped_once)
{
    static const struct ff_account_map_row rows[] = {{"bank", "1", NULL}, {"bank", "2", NULL}};
    struct ff_account_map now;
    ck_assert_int_eq(map(rows, 2), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/rows/1/code", "VALUE");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_account_map_get(&fx.cx, &now), FF_OK);
    ck_assert_uint_eq(now.rows.n, 0);
    ck_assert_int_eq(map(rows, 1), FF_OK);
    ck_assert_int_eq(map(rows + 1, 1), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM account_map WHERE number = '2'"), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger_book");
    TCase *t = tcase_create("book");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, the_trial_balance_comes_to_nothing_on_every_day);
    tcase_add_test(t, each_account_has_its_balance);
    tcase_add_test(t, journals_come_newest_first_with_their_entries);
    tcase_add_test(t, journals_are_filtered_by_kind_account_and_day);
    tcase_add_test(t, the_head_is_the_last_journal);
    tcase_add_test(t, the_export_turns_the_sign_and_names_the_sites_accounts);
    tcase_add_test(t, the_export_by_day_sums_up_and_names_no_person);
    tcase_add_test(t, the_export_of_a_closed_month_gives_the_same_bytes);
    tcase_add_test(t, a_code_is_mapped_once);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
