/* SPDX-License-Identifier: MIT */
/* payroll.c - what is owed at the end of a month goes to payroll once, within cap and minimum; what
 * comes back is owed again; what is confirmed leaves nothing; the file never changes. */
#include <stdio.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/ledger/month.h"
#include "domain/ledger/verify.h"
#include "domain/payroll/payroll.h"
#include "domain/privacy/privacy.h"

static struct ff_fixture fx;
static int64_t anna, bela, csilla, soup, profile, next_key;

static void at(const char *instant)
{
    int64_t ms;
    ck_assert(ff_instant_parse(instant, &ms));
    ck_assert(ff_clock_advance_to(fx.clock, ms));
    ff_fixture_again(&fx);
}

static void buy(int64_t who, int64_t pieces)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, who, soup, pieces, ff_test_key(next_key++), &p), FF_OK);
}

static void shut(const char *month)
{
    struct ff_month m;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_month_close(&fx.cx, month, &m), FF_OK);
}

static struct ff_idem key(const char *what)
{
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(next_key++), what, 0, 0, "", 0, &idem);
    return idem;
}

static int64_t make_profile(const char *name)
{
    static struct ff_payroll_column columns[] = {{"number", "Personnel"},
                                                 {"wageType", NULL},
                                                 {"name", "Name; whose"},
                                                 {"to", "Until"},
                                                 {"amount", "Betrag"}};
    const struct ff_payroll_profile in = {.name = name,
                                          .columns = {columns, 5},
                                          .separator = "semicolon",
                                          .decimal_mark = "comma",
                                          .date_format = "dotted",
                                          .has_bom = 1,
                                          .has_header = FF_NULL_INT,
                                          .wage_type = "4711"};
    struct ff_payroll_profile out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_create(&fx.cx, &in, &out), FF_OK);
    return out.id;
}

/* March on credit: Anna owes 7.00, Bela 17.50, Csilla has 10.00. It is 2 April, and closed. */
static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 0);
    bela = ff_fixture_person(&fx, "E2", "=Bela; \"Kis\"", 0);
    csilla = ff_fixture_person(&fx, "E3", "Csilla Balog", 1000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -100000");
    next_key = 100;
    buy(anna, 2);
    buy(bela, 5);
    profile = make_profile("Payroll office");
    at("2026-04-02T10:00:00Z");
    shut("2026-03");
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc create(const char *month, int64_t cap, int64_t minimum,
                         struct ff_payroll_batch *out)
{
    const struct ff_payroll_new in = {
        .month = month, .profile_id = profile, .cap = cap, .minimum = minimum};
    ff_fixture_again(&fx);
    const struct ff_idem idem = key("create");
    return ff_payroll_create(&fx.cx, &in, &idem, out);
}

static enum ff_rc reject(int64_t batch, const char *number, struct ff_payroll_batch *out)
{
    struct ff_payroll_rejection one = {number, "account closed"};
    const struct ff_list list = {&one, 1};
    ff_fixture_again(&fx);
    const struct ff_idem idem = key("reject");
    return ff_payroll_reject(&fx.cx, batch, &list, &idem, out);
}

static enum ff_rc confirm(int64_t batch, int64_t amount, struct ff_payroll_batch *out)
{
    ff_fixture_again(&fx);
    const struct ff_idem idem = key("confirm");
    return ff_payroll_confirm(&fx.cx, batch, amount, &idem, out);
}

static char *file(int64_t batch)
{
    struct ff_text text;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_file(&fx.cx, batch, &text), FF_OK);
    ck_assert_uint_eq(text.n, strlen(text.text));
    return ff_test_keep(text.text);
}

static int64_t account(const char *code)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(SUM(amount_minor),0) FROM entry JOIN account ON id = account_id "
             "WHERE code = '%s'",
             code);
    return ff_test_number(&fx, sql);
}

static void proved(void)
{
    struct ff_verify_report r;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_msg(r.ok, "%s %lld: %s", r.table, (long long)r.id, r.finding);
}

START_TEST(who_owes_is_deducted_and_nobody_else)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.n_items, 2);
    ck_assert_int_eq(b.total, 2450);
    ck_assert_str_eq(b.state, "open");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 0);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), 0);
    ck_assert_int_eq(ff_fixture_balance(&fx, csilla), 1000);
    ck_assert_int_eq(account("payroll:2026-03"), -2450);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'payroll.create'"), 1);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'ledger.payroll'"), 2);
    proved();
}
END_TEST

START_TEST(the_file_is_the_same_on_every_download)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    const int64_t id = b.id;
    const char *first = file(id);
    ck_assert_str_eq(first, "\xef\xbb\xbf"
                            "Personnel;wageType;\"Name; whose\";Until;Betrag\r\n"
                            "E1;4711;Anna Nagy;31.03.2026;7,00\r\n"
                            "E2;4711;\"'=Bela; \"\"Kis\"\"\";31.03.2026;17,50\r\n");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_batch(&fx.cx, id, &b), FF_OK);
    ck_assert_str_eq(b.state, "exported");
    ff_test_change(&fx, "UPDATE employee SET name = 'Anna Kis', number = 'E9' WHERE number = 'E1'");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_delete(&fx.cx, profile, 1), FF_OK);
    ck_assert_str_eq(file(id), first);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'payroll.export'"), 1);
}
END_TEST

START_TEST(a_changed_file_is_not_given_out)
{
    struct ff_payroll_batch b;
    struct ff_text text;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    ff_test_change(&fx, "UPDATE payroll_item SET line = x'41' WHERE number = 'E1'");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_file(&fx.cx, b.id, &text), FF_STORAGE_FAULT);
}
END_TEST

START_TEST(cap_and_minimum_leave_the_rest_in_the_wallet)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", 1000, 701, &b), FF_OK);
    ck_assert_int_eq(b.n_items, 1);
    ck_assert_int_eq(b.total, 1000);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), -750);
    ck_assert_int_eq(create("2026-03", 1000, 701, &b), FF_PAYROLL_STATE);
    ck_assert_int_eq(create("2026-03", 1200, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.n_items, 2);
    ck_assert_int_eq(b.total, 700 + 200);
    proved();
}
END_TEST

START_TEST(what_payroll_rejects_is_owed_again_and_a_second_batch_holds_only_that)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    const int64_t first = b.id;
    file(first);
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = 0");
    ck_assert_int_eq(reject(first, "E2", &b), FF_OK);
    ck_assert_int_eq(b.n_rejected, 1);
    ck_assert_int_eq(b.due, 700);
    ck_assert_int_eq(ff_fixture_balance(&fx, bela), -1750);
    ck_assert_int_eq(account("payroll:2026-03"), -700);
    ck_assert_int_eq(reject(first, "E2", &b), FF_PAYROLL_STATE);
    ck_assert_int_eq(reject(first, "E3", &b), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/items/0/employeeNumber", "VALUE");
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.n_items, 1);
    ck_assert_int_eq(b.total, 1750);
    proved();
    const int64_t second = b.id;
    file(second);
    ck_assert_int_eq(confirm(first, 700, &b), FF_OK);
    ck_assert_int_eq(confirm(second, 1750, &b), FF_OK);
    ck_assert_int_eq(account("payroll:2026-03"), 0);
    ck_assert_int_eq(account("bank"), -2450);
    proved();
}
END_TEST

START_TEST(a_batch_is_confirmed_once_and_to_the_unit)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    const int64_t id = b.id;
    ck_assert_int_eq(confirm(id, 2450, &b), FF_PAYROLL_STATE);
    file(id);
    ck_assert_int_eq(confirm(id, 2449, &b), FF_VALIDATION);
    ck_assert_int_eq(ff_test_param(&fx.cx, "expected"), 2450);
    ck_assert_int_eq(confirm(id, 2450, &b), FF_OK);
    ck_assert_str_eq(b.state, "confirmed");
    ck_assert_int_eq(confirm(id, 2450, &b), FF_PAYROLL_STATE);
    ck_assert_int_eq(reject(id, "E1", &b), FF_PAYROLL_STATE);
    ck_assert_int_eq(confirm(99, 1, &b), FF_NOT_FOUND);
    proved();
}
END_TEST

START_TEST(the_same_key_books_once)
{
    struct ff_payroll_batch first, again;
    const struct ff_payroll_new in = {
        .month = "2026-03", .profile_id = profile, .cap = FF_NULL_INT, .minimum = FF_NULL_INT};
    ff_fixture_again(&fx);
    const struct ff_idem idem = key("create");
    ck_assert_int_eq(ff_payroll_create(&fx.cx, &in, &idem, &first), FF_OK);
    const int64_t id = first.id;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_create(&fx.cx, &in, &idem, &again), FF_OK);
    ck_assert_int_eq(again.id, id);
    ck_assert_int_eq(again.replayed, 1);
    file(id);
    struct ff_payroll_rejection one = {"E1", "left"};
    const struct ff_list list = {&one, 1};
    ff_fixture_again(&fx);
    const struct ff_idem back = key("reject");
    ck_assert_int_eq(ff_payroll_reject(&fx.cx, id, &list, &back, &first), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_reject(&fx.cx, id, &list, &back, &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.n_rejected, 1);
    ff_fixture_again(&fx);
    const struct ff_idem arrival = key("confirm");
    ck_assert_int_eq(ff_payroll_confirm(&fx.cx, id, 1750, &arrival, &first), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_confirm(&fx.cx, id, 1750, &arrival, &again), FF_OK);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(account("bank"), -1750);
    proved();
}
END_TEST

START_TEST(an_open_month_has_no_batch)
{
    struct ff_payroll_batch b;
    buy(anna, 1);
    ck_assert_int_eq(create("2026-04", FF_NULL_INT, FF_NULL_INT, &b), FF_PERIOD_OPEN);
    ck_assert_int_eq(create("2026-05", FF_NULL_INT, FF_NULL_INT, &b), FF_NOT_FOUND);
    profile = 99;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_NOT_FOUND);
}
END_TEST

/* Two months at once: nothing is deducted twice, whichever comes first. */
START_TEST(two_months_deduct_no_unit_twice)
{
    struct ff_payroll_batch b;
    buy(anna, 1);
    at("2026-05-02T10:00:00Z");
    shut("2026-04");
    ck_assert_int_eq(create(_i ? "2026-03" : "2026-04", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    const int64_t first = b.total;
    const enum ff_rc rc = create(_i ? "2026-04" : "2026-03", FF_NULL_INT, FF_NULL_INT, &b);
    ck_assert_int_eq(rc, _i ? FF_OK : FF_PAYROLL_STATE);
    ck_assert_int_eq(first + (rc ? 0 : b.total), 700 + 350 + 1750);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 0);
    proved();
}
END_TEST

static void erase(int64_t who, const char *settle)
{
    struct ff_erasure out;
    const struct ff_erasure_new in = {.reason = "left the company", .settle = settle};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_privacy_erase(&fx.cx, who, &in, &out), FF_OK);
}

START_TEST(an_erased_person_leaves_the_file_and_a_rejection_is_written_off)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    const int64_t id = b.id;
    file(id);
    erase(anna, NULL);
    const char *text = file(id);
    ck_assert_ptr_null(strstr(text, "Anna"));
    ck_assert_ptr_null(strstr(text, "E1;"));
    ck_assert_ptr_nonnull(strstr(text, ";7,00\r\n"));
    ck_assert_ptr_nonnull(strstr(text, "E2;4711;"));
    char number[32];
    snprintf(number, sizeof number, "erased-%lld", (long long)anna);
    ck_assert_int_eq(reject(id, number, &b), FF_OK);
    ck_assert_int_eq(account("adjust:writeoff"), -700);
    ck_assert_int_eq(account("payroll:2026-03"), -1750);
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_PAYROLL_STATE);
    proved();
}
END_TEST

START_TEST(who_is_erased_before_has_no_line)
{
    struct ff_payroll_batch b;
    erase(anna, "writeoff");
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    ck_assert_int_eq(b.n_items, 1);
}
END_TEST

/* ---- what the database keeps, and what verify finds ---- */

static const char *const forbidden[] = {
    "UPDATE payroll_batch SET cap_minor = 1",
    "UPDATE payroll_batch SET file_hash = zeroblob(32)",
    "DELETE FROM payroll_batch",
    "UPDATE payroll_item SET amount_minor = 1",
    "UPDATE payroll_item SET journal_id = 1",
    "DELETE FROM payroll_item",
};

START_TEST(the_database_itself_keeps_a_batch)
{
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    ck_assert(!ff_test_try(&fx, forbidden[_i]));
}
END_TEST

static const char *const changes[] = {
    "UPDATE payroll_item SET amount_minor = amount_minor + 1",
    "DELETE FROM payroll_item WHERE number = 'E1'",
    "UPDATE payroll_batch SET state = 'confirmed', confirmed_at_ms = 1",
};

START_TEST(verify_finds_payroll_that_is_not_what_was_booked)
{
    struct ff_payroll_batch b;
    struct ff_verify_report r;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    proved();
    ff_test_unguard(&fx, changes[_i]);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert(!r.ok);
}
END_TEST

/* ---- profiles ---- */

START_TEST(a_profile_needs_whose_and_how_much)
{
    struct ff_payroll_column columns[] = {{"number", NULL}, {"name", NULL}, {"amount", NULL}};
    struct ff_payroll_profile in = {
        .name = "Second", .columns = {columns, 2}, .has_bom = 0, .has_header = 0};
    struct ff_payroll_profile out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_create(&fx.cx, &in, &out), FF_VALIDATION);
    in.columns.n = 3;
    in.name = "payroll OFFICE";
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_create(&fx.cx, &in, &out), FF_ALREADY_EXISTS);
    in.name = "Second";
    in.amounts = "minor";
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_create(&fx.cx, &in, &out), FF_OK);
    ck_assert_str_eq(out.separator, "comma");
    ck_assert_int_eq(out.has_header, 0);
    profile = out.id;
    struct ff_payroll_batch b;
    ck_assert_int_eq(create("2026-03", FF_NULL_INT, FF_NULL_INT, &b), FF_OK);
    ck_assert_str_eq(file(b.id), "E1,Anna Nagy,700\r\nE2,\"'=Bela; \"\"Kis\"\"\",1750\r\n");
}
END_TEST

START_TEST(a_profile_is_changed_by_version)
{
    struct ff_payroll_column columns[] = {{"number", NULL}, {"amount", NULL}};
    const struct ff_payroll_profile in = {
        .name = "Other", .columns = {columns, 2}, .has_bom = 0, .has_header = 1};
    struct ff_payroll_profile out;
    struct ff_list list;
    int64_t total;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_put(&fx.cx, profile, 1, &in, &out), FF_OK);
    ck_assert_int_eq(out.version, 2);
    ck_assert_uint_eq(out.columns.n, 2);
    ck_assert_int_eq(ff_payroll_profile_put(&fx.cx, profile, 1, &in, &out), FF_VERSION_CONFLICT);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profiles(&fx.cx, 1, 10, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_payroll_profile_delete(&fx.cx, profile, 2), FF_OK);
    ck_assert_int_eq(ff_payroll_profile(&fx.cx, profile, &out), FF_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("payroll");
    TCase *t = tcase_create("payroll");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, who_owes_is_deducted_and_nobody_else);
    tcase_add_test(t, the_file_is_the_same_on_every_download);
    tcase_add_test(t, a_changed_file_is_not_given_out);
    tcase_add_test(t, cap_and_minimum_leave_the_rest_in_the_wallet);
    tcase_add_test(t, what_payroll_rejects_is_owed_again_and_a_second_batch_holds_only_that);
    tcase_add_test(t, a_batch_is_confirmed_once_and_to_the_unit);
    tcase_add_test(t, the_same_key_books_once);
    tcase_add_test(t, an_open_month_has_no_batch);
    tcase_add_loop_test(t, two_months_deduct_no_unit_twice, 0, 2);
    tcase_add_test(t, an_erased_person_leaves_the_file_and_a_rejection_is_written_off);
    tcase_add_test(t, who_is_erased_before_has_no_line);
    tcase_add_loop_test(t, the_database_itself_keeps_a_batch, 0, FF_ROWS(forbidden));
    tcase_add_loop_test(t, verify_finds_payroll_that_is_not_what_was_booked, 0, FF_ROWS(changes));
    tcase_add_test(t, a_profile_needs_whose_and_how_much);
    tcase_add_test(t, a_profile_is_changed_by_version);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}
