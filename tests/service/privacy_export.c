/* SPDX-License-Identifier: MIT */
/* privacy_export.c - a person's own copy: a row planted in every table that tells of them is found
 * in it, and nothing of anybody else. */
#include <time.h>

#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/audit/audit.h"
#include "domain/audit/queue.h"
#include "domain/privacy/privacy.h"
#include "domain/privacy/tables.h"
#include "domain/subsidy/allowance.h"

static struct ff_fixture fx;
static int64_t anna, bela, user;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "EMP-ANNA", "Anna Ábrahám", 5000);
    bela = ff_fixture_person(&fx, "EMP-BELA", "Béla Kovács", 5000);
    ff_test_change(&fx, "UPDATE employee SET email = 'anna@example.com' WHERE id = 1");
    user = ff_test_user(&fx, "anna@example.com", "manager", anna);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* A large arena: exports are larger than a request. */
static const char *export_of(int64_t employee_id, bool as_csv)
{
    static char *kept;
    struct ff_text text;
    struct ff_arena *own = fx.cx.arena, *large = ff_arena_new(64 << 20);
    fx.cx.arena = large;
    enum ff_rc rc = ff_privacy_export(&fx.cx, employee_id, as_csv, &text);
    ck_assert_msg(rc == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_uint_eq(strlen(text.text), text.n);
    free(kept);
    kept = strdup(text.text);
    fx.cx.arena = own;
    ff_arena_free(large);
    return kept;
}

static void give_allowance(void)
{
    const struct ff_allowance_new in = {.amount = 100,
                                        .expires_on = "2030-12-31",
                                        .employee_ids = {&anna, 1},
                                        .group_id = FF_NULL_INT,
                                        .department_id = FF_NULL_INT,
                                        .all = FF_NULL_INT,
                                        .cost_centre_id = FF_NULL_INT};
    struct ff_allowance_run run;
    struct ff_idem idem;
    ff_idem_make(&fx.cx, ff_test_key(3), "giveAllowance", 0, 0, "", 0, &idem);
    ck_assert_int_eq(ff_allowance_give(&fx.cx, &in, &idem, &run), FF_OK);
}

/* Something in every table that tells of Anna; what the tests of their own services prove is put
 * there by hand. */
static void plant(void)
{
    struct ff_purchase p;
    struct ff_movement t;
    ff_fixture_product(&fx, "Soup of Monday", 300);
    ff_fixture_again(&fx);
    struct ff_badge badge;
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-SECRET-7", NULL, &badge), FF_OK);
    ff_test_sign_in(&fx, "anna@example.com");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 1, 2, ff_test_key(1), &p), FF_OK);
    give_allowance();
    fx.cx.who.user_id = user;
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 700, ff_test_key(2), &t), FF_OK);
    fx.cx.who.user_id = 0;
    ff_test_change(&fx,
                   "INSERT INTO one_time_code (code_hash, purpose, employee_id, created_at_ms, "
                   "expires_at_ms) VALUES (zeroblob(32), 'invite', 1, 1, 2)");
    ff_test_change(&fx, "INSERT INTO mail_outbox (kind, address, due_at_ms, created_at_ms) VALUES "
                        "('reset', 'anna@example.com', 1, 2)");
    ff_test_change(&fx, "INSERT INTO own_limit VALUES (1, 100, 200, 50, 60, '2026-03-03')");
    ff_test_change(&fx, "INSERT INTO product_ban (employee_id, product_id, reason, created_at_ms) "
                        "VALUES (1, 1, 'asked for by Anna', 5)");
    ff_test_change(&fx, "INSERT INTO spend_counter VALUES ('2026-03', 1, 900, 1, 0, 0)");
    ff_test_change(&fx, "INSERT INTO erasure (employee_id, erased_at_ms, actor_user_id, reason) "
                        "SELECT 2, 3, id, 'asked for by letter' FROM user_account");
    ff_test_change(&fx,
                   "INSERT INTO approval (kind, employee_id, amount_minor, source, asked_by, "
                   "asked_at_ms, idem_scope, idem_key, request_fp) SELECT 'topup', 1, 900, 'cash', "
                   "MIN(id), 4, -1, 'privacy-approval-1', zeroblob(16) FROM user_account");
    ff_test_change(
        &fx, "INSERT INTO stock_level (product_id, kind, is_negative_ok) VALUES (1, 'shelf', 1)");
    ff_test_change(
        &fx, "INSERT INTO stock_move (product_id, kind, delta, level_after, actor_user_id, at_ms) "
             "SELECT 1, 'receive', 5, 5, id, 1 FROM user_account");
    ff_test_change(&fx, "INSERT INTO till_session (name, account_id, float_minor, opened_by, "
                        "opened_at_ms, after_journal_id, idem_scope, idem_key, request_fp) SELECT "
                        "'Counter', 1, 0, MIN(id), 4, 0, -1, 'privacy-the-till-1', zeroblob(16) "
                        "FROM user_account");
    ff_test_change(&fx,
                   "INSERT INTO statement SELECT p.id, a.id, 0, 0, 0, 0 FROM period p, account a "
                   "WHERE a.employee_id = 1 AND a.kind = 'wallet'");
    ff_test_change(&fx,
                   "INSERT INTO payroll_batch (period_id, profile_name, layout, minimum_minor, "
                   "file_head, file_hash, created_at_ms) SELECT MIN(id), 'Office', 'header=1', "
                   "1, x'', zeroblob(32), 5 FROM period");
    ff_test_change(&fx,
                   "INSERT INTO payroll_item (batch_id, employee_id, journal_id, amount_minor, "
                   "number, name) VALUES (1, 1, 1, 900, 'EMP-ANNA', 'Anna Ábrahám')");
    const struct ff_audit_value old = {.name = "name", .text = "Anna Maiden"};
    const struct ff_audit change = {.action = "employee.change",
                                    .entity = "employee",
                                    .entity_id = anna,
                                    .subject = FF_AUDIT_EMPLOYEE,
                                    .subject_id = anna,
                                    .reason = "married",
                                    .before = &old,
                                    .n_before = 1};
    const struct ff_audit_value foreign = {.name = "name", .text = "Béla Foreign"};
    const struct ff_audit other = {.action = "employee.change",
                                   .entity = "employee",
                                   .entity_id = bela,
                                   .subject = FF_AUDIT_EMPLOYEE,
                                   .subject_id = bela,
                                   .before = &foreign,
                                   .n_before = 1};
    const struct ff_audit look = {.action = "employee.read",
                                  .entity = "employee",
                                  .entity_id = anna,
                                  .subject = FF_AUDIT_EMPLOYEE,
                                  .subject_id = anna};
    ff_audit_note(&fx.cx, &look);
    ff_audit_note(&fx.cx, &change);
    fx.cx.who.user_id = user; /* what she did about somebody else */
    ff_audit_note(&fx.cx, &other);
    fx.cx.who.user_id = 0;
    ck_assert_int_eq(ff_audit_flush(&fx.cx), FF_OK);
    ff_fixture_again(&fx);
}

START_TEST(a_row_in_every_table_is_found_in_both_forms)
{
    char empty[64], title[64];
    plant();
    const char *json = export_of(anna, false);
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        const char *section = ff_privacy_tables[i].section;
        if (!section)
            continue;
        snprintf(title, sizeof title, "\n\"%s\":[{", section);
        ck_assert_msg(strstr(json, title), "nothing in %s: plant a row of %s", section,
                      ff_privacy_tables[i].name);
    }
    ck_assert_ptr_nonnull(strstr(json, "\"number\":\"EMP-ANNA\",\"name\":\"Anna Ábrahám\""));
    ck_assert_ptr_nonnull(strstr(json, "\"email\":\"anna@example.com\""));
    ck_assert_ptr_nonnull(strstr(json, "\"name\":\"Soup of Monday\",\"quantity\":2"));
    ck_assert_ptr_nonnull(strstr(json, "\"action\":\"employee.read\""));
    ck_assert_ptr_nonnull(strstr(json, "\"balance\":4400"));
    ck_assert_ptr_nonnull(strstr(
        json,
        "\"oldValues\":{\"name\":\"Anna Maiden\"},\"newValues\":null,\"reason\":\"married\""));
    const char *csv = export_of(anna, true);
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        const char *section = ff_privacy_tables[i].section;
        if (!section)
            continue;
        snprintf(title, sizeof title, "\r\n\r\n%s\r\n", section);
        const char *at = strstr(csv, title);
        ck_assert_msg(at, "%s is missing", section);
        const char *header = strstr(at + 4, "\r\n") + 2, *row = strstr(header, "\r\n") + 2;
        snprintf(empty, sizeof empty, "%.2s", row);
        ck_assert_msg(strcmp(empty, "\r\n") != 0, "nothing in %s", section);
    }
    ck_assert_ptr_nonnull(strstr(csv, "\"{\"\"name\"\":\"\"Anna Maiden\"\"}\",,married\r\n"));
    ck_assert_ptr_nonnull(strstr(csv, "\r\n44.00,0.00,open,")); /* decimals of the currency */
}
END_TEST

START_TEST(nothing_of_others_and_no_secret_is_in_it)
{
    static const char *const others[] = {"EMP-BELA", "Béla", "FF-SECRET",
                                         "argon2",   "hash", "fingerprint"};
    plant();
    for (int as_csv = 0; as_csv < 2; as_csv++) {
        const char *text = export_of(anna, as_csv);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            ck_assert_msg(!strstr(text, others[i]), "%s is in it", others[i]);
    }
    const char *text = export_of(bela, false);
    ck_assert_ptr_null(strstr(text, "Anna"));
    ck_assert_ptr_null(strstr(text, "anna@"));
    ck_assert_ptr_nonnull(strstr(text, "\"purchases\":[]"));
}
END_TEST

START_TEST(a_formula_in_a_name_stays_a_name)
{
    ff_test_change(&fx, "UPDATE employee SET name = '=1+1' WHERE id = 1");
    ck_assert_ptr_nonnull(strstr(export_of(anna, true), ",'=1+1,"));
    ck_assert_ptr_nonnull(strstr(export_of(anna, false), "\"name\":\"=1+1\""));
}
END_TEST

START_TEST(the_own_copy_needs_no_employee_and_the_command_line_has_none)
{
    struct ff_text text;
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .user_id = user};
    const char *json = export_of(0, false);
    ck_assert_ptr_nonnull(strstr(json, "\n\"account\":[{"));
    ck_assert_ptr_nonnull(strstr(json, "\n\"person\":[]"));
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true};
    ck_assert_int_eq(ff_privacy_export(&fx.cx, 0, false, &text), FF_NOT_FOUND);
}
END_TEST

START_TEST(it_is_recorded_that_somebody_took_a_copy)
{
    (void)export_of(anna, false);
    ck_assert_int_eq(ff_audit_flush(&fx.cx), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx,
                                    "SELECT COUNT(*) FROM audit WHERE action = "
                                    "'employee.export' AND subject_kind = 1 AND subject_id = 1"),
                     1);
    ff_fixture_again(&fx);
    ck_assert_ptr_nonnull(strstr(export_of(anna, false), "\"action\":\"employee.export\""));
}
END_TEST

/* Five years of a hungry person: 6 purchases each working day, by hand for the sake of time; the
 * triggers do not look, nothing here proves books. */
static const char five_years[] =
    "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 8500) "
    "INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, period_id, "
    "idem_scope, idem_key, request_fp, prev_hash, hash) "
    "SELECT i, 'purchase', 1600000000000 + i * 20000000, 0, '2026-03-02', "
    "(SELECT MIN(id) FROM period), 0, 'five-years-key-' || i, zeroblob(16), zeroblob(32), "
    "zeroblob(32) FROM n;"
    "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, "
    "subsidy_minor) SELECT id, 1, 900, 900, 0, 0 FROM journal WHERE id >= 1000;"
    "INSERT INTO entry SELECT j.id, a.id, -900, 4100 FROM journal j, account a "
    "WHERE j.id >= 1000 AND a.employee_id = 1;"
    "WITH l(k) AS (VALUES (1), (2), (3)) INSERT INTO purchase_line "
    "SELECT j.id, k, 1, 'Goulash with bread', 1, 300, 300, 0, 0, 0, 0, 300 FROM journal j, l "
    "WHERE j.id >= 1000;";

static double seconds(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int times(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
        n++;
    return n;
}

#ifdef FF_SANITIZED
enum { PATIENCE_S = 60 };
#else
enum { PATIENCE_S = 5 };
#endif

START_TEST(five_years_of_purchases_are_whole_and_quick)
{
    ff_test_unguard(&fx, five_years);
    for (int as_csv = 0; as_csv < 2; as_csv++) {
        double began = seconds();
        const char *text = export_of(anna, as_csv);
        double took = seconds() - began;
        fprintf(stderr, "five years as %s: %.2f s, %zu bytes\n", as_csv ? "csv" : "json", took,
                strlen(text));
        ck_assert_msg(took < PATIENCE_S, "%f s", took);
        ck_assert_int_eq(times(text, "Goulash with bread"), 3 * 7501);
    }
    ck_assert_int_eq(times(export_of(anna, false), "\"fromWallet\":900"), 7501);
    ck_assert_int_eq(times(export_of(anna, false), "\"lineNo\":3"), 7501);
}
END_TEST

/* What is looked for window by window is found in each of them, and an empty one ends nothing. */
START_TEST(bookings_are_found_however_far_apart)
{
    char text[700];
    snprintf(text, sizeof text,
             "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 90000) "
             "INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, "
             "period_id, actor_user_id, idem_scope, idem_key, request_fp, prev_hash, hash) "
             "SELECT i, 'topup', 1600000000000 + i, 0, '2026-03-02', (SELECT MIN(id) FROM period), "
             "CASE WHEN i IN (1000, 50000, 90000) THEN %lld END, 0, 'far-apart-key-' || i, "
             "zeroblob(16), zeroblob(32), zeroblob(32) FROM n",
             (long long)user);
    ff_test_unguard(&fx, text);
    const char *json = export_of(anna, false);
    const char *at = strstr(json, "\n\"bookings\":[");
    ck_assert_ptr_nonnull(at);
    ck_assert_ptr_nonnull(strstr(at, "[{\"id\":1000,"));
    ck_assert_ptr_nonnull(strstr(at, ",{\"id\":50000,"));
    ck_assert_ptr_nonnull(strstr(at, ",{\"id\":90000,"));
    ck_assert_int_eq(times(at, "{\"id\":"), 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("privacy_export");
    TCase *cases = tcase_create("export");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_row_in_every_table_is_found_in_both_forms);
    tcase_add_test(cases, nothing_of_others_and_no_secret_is_in_it);
    tcase_add_test(cases, a_formula_in_a_name_stays_a_name);
    tcase_add_test(cases, the_own_copy_needs_no_employee_and_the_command_line_has_none);
    tcase_add_test(cases, it_is_recorded_that_somebody_took_a_copy);
    tcase_add_test(cases, five_years_of_purchases_are_whole_and_quick);
    tcase_add_test(cases, bookings_are_found_however_far_apart);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
