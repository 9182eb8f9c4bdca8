/* SPDX-License-Identifier: MIT */
/* privacy_erase.c - after an erasure nothing in the files says who the person was, the books prove,
 * money is settled, nobody comes back; and what a restore brings back goes again. */
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/audit/audit.h"
#include "domain/audit/queue.h"
#include "domain/privacy/privacy.h"
#include "domain/privacy/tables.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ff_fixture fx;
static int64_t anna, bela;

static const struct ff_erasure_new left = {.reason = "left the company"};
static const struct ff_erasure_new paid_out = {.reason = "left the company", .settle = "payout"};
static const struct ff_erasure_new written_off = {.reason = "left the company",
                                                  .settle = "writeoff"};

/* What may be nowhere afterwards: as it was written, and as the searches fold it. */
static const char *const planted[] = {"Plántednáme", "planted",     "PLANTED",         "NUM-77310",
                                      "num-77310",   "BADGE-90210", "Pocket telephone"};

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "NUM-77310", "Anna Plántednáme", 1200);
    bela = ff_fixture_person(&fx, "EMP-BELA", "Béla Kovács", 5000);
    ff_fixture_product(&fx, "Soup", 300);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static enum ff_rc erase(int64_t id, const struct ff_erasure_new *in, struct ff_erasure *out)
{
    *out = (struct ff_erasure){0};
    ff_fixture_again(&fx);
    return ff_privacy_erase(&fx.cx, id, in, out);
}

static void plant(void)
{
    struct ff_purchase p;
    const struct ff_audit_value before = {.name = "name", .text = "Anna Plántednáme-Before"};
    const struct ff_audit_value after = {.name = "name", .text = "Anna Plántednáme"};
    const struct ff_audit change = {.action = "employee.change",
                                    .entity = "employee",
                                    .entity_id = anna,
                                    .subject = FF_AUDIT_EMPLOYEE,
                                    .subject_id = anna,
                                    .reason = "Frau Plántednáme married",
                                    .before = &before,
                                    .n_before = 1,
                                    .after = &after,
                                    .n_after = 1};
    ff_test_change(&fx, "UPDATE employee SET email = 'planted@example.com' WHERE id = 1");
    ff_test_user(&fx, "planted@example.com", "employee", anna);
    ff_test_change(&fx, "UPDATE user_account SET name = 'Anna Plántednáme'");
    ff_test_sign_in(&fx, "planted@example.com");
    ff_test_change(&fx, "UPDATE session SET label = 'Pocket telephone of PLANTED'");
    ff_fixture_again(&fx);
    struct ff_badge badge;
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "BADGE-90210", NULL, &badge), FF_OK);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "2580"), FF_OK);
    ff_test_change(&fx, "UPDATE badge SET label = 'PLANTED''s fob'");
    ff_test_change(&fx,
                   "INSERT INTO one_time_code (code_hash, purpose, employee_id, created_at_ms, "
                   "expires_at_ms) VALUES (zeroblob(32), 'invite', 1, 1, 2)");
    ff_test_change(&fx, "INSERT INTO mail_outbox (kind, address, due_at_ms, created_at_ms) VALUES "
                        "('reset', 'planted@example.com', 1, 2)");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 1, 1, ff_test_key(1), &p), FF_OK);
    ff_audit_note(&fx.cx, &change);
    ck_assert_int_eq(ff_audit_flush(&fx.cx), FF_OK);
    ff_fixture_again(&fx);
}

START_TEST(afterwards_no_file_says_who_it_was)
{
    struct ff_erasure e;
    plant();
    ck_assert_ptr_nonnull(ff_test_says_in(fx.dir, "Plántednáme"));
    ck_assert_msg(erase(anna, &paid_out, &e) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_int_eq(e.is_scrubbed, 1);
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        const char *where = ff_test_says_in(fx.dir, planted[i]);
        ck_assert_msg(!where, "%s is in %s", planted[i], where);
    }
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM session"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM badge"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM one_time_code"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM mail_outbox"), 0);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM subject_key WHERE seal_key IS NOT NULL AND "
                            "((kind = 1 AND subject_id = 1) OR kind = 2)"),
        0);
}
END_TEST

START_TEST(the_books_stay_and_prove)
{
    struct ff_erasure e;
    struct ff_purchase p;
    plant();
    const int64_t before = ff_test_books(&fx);
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_books(&fx), before + 1); /* the pay-out */
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
    ck_assert_int_eq(ff_purchase_get(&fx.cx, before, &p), FF_OK);
    ck_assert_str_eq(p.employee_name, "Erased person 1");
}
END_TEST

/* ---- money ---- */

START_TEST(nobody_goes_while_money_is_open)
{
    struct ff_erasure e;
    ck_assert_int_eq(erase(anna, &left, &e), FF_ERASURE_BALANCE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "balance"), 1200);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM erasure"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM employee WHERE name LIKE 'Anna%'"),
                     1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 1200);
}
END_TEST

START_TEST(a_payout_takes_the_rest_out_of_the_till)
{
    struct ff_erasure e;
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ck_assert_str_eq(e.settle, "payout");
    ck_assert_int_gt(e.journal_id, 0);
    ck_assert_int_eq(ff_test_number(&fx,
                                    "SELECT balance_minor FROM wallet w JOIN account a ON a.id "
                                    "= w.account_id WHERE a.employee_id = 1"),
                     0);
    ck_assert_int_eq(ff_test_number(&fx,
                                    "SELECT amount_minor FROM entry e JOIN account a ON a.id = "
                                    "e.account_id JOIN journal j ON j.id = e.journal_id WHERE "
                                    "a.code = 'cash:main' AND j.kind = 'payout'"),
                     1200);
    ff_fixture_again(&fx);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(a_debt_is_written_off_and_never_paid_out)
{
    struct ff_erasure e;
    struct ff_purchase p;
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -1000");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 1, 5, ff_test_key(1), &p), FF_OK); /* -300 */
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_ERASURE_BALANCE);
    ck_assert_int_eq(ff_test_param(&fx.cx, "balance"), -300);
    ck_assert_int_eq(erase(anna, &written_off, &e), FF_OK);
    ck_assert_str_eq(e.settle, "writeoff");
    ck_assert_int_eq(ff_test_number(&fx,
                                    "SELECT amount_minor FROM entry e JOIN account a ON a.id = "
                                    "e.account_id WHERE a.code = 'adjust:writeoff'"),
                     -300);
    ff_fixture_again(&fx);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(an_empty_wallet_needs_no_settlement)
{
    struct ff_erasure e;
    struct ff_purchase p;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 1, 4, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(erase(anna, &left, &e), FF_OK);
    ck_assert_ptr_null(e.settle);
    ck_assert_int_eq(e.journal_id, FF_NULL_INT);
}
END_TEST

START_TEST(nothing_is_booked_on_the_wallet_any_more)
{
    struct ff_erasure e;
    struct ff_purchase p;
    struct ff_undo u;
    struct ff_movement t;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 1, 1, ff_test_key(1), &p), FF_OK);
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 100, ff_test_key(2), &t), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, p.id, ff_test_key(3), &u), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_ne(ff_test_buy(&fx.cx, anna, 1, 1, ff_test_key(4), &p), FF_OK);
    ff_fixture_again(&fx);
    (void)ff_test_books(&fx);
}
END_TEST

/* ---- once, and for good ---- */

START_TEST(a_second_time_tells_the_same)
{
    struct ff_erasure first, second;
    ck_assert_int_eq(erase(anna, &paid_out, &first), FF_OK);
    ck_assert_int_eq(first.replayed, 0);
    ck_assert_int_eq(erase(anna, &written_off, &second), FF_OK);
    ck_assert_int_eq(second.replayed, 1);
    ck_assert_int_eq(second.erased_at, first.erased_at);
    ck_assert_str_eq(second.settle, "payout");
    ck_assert_int_eq(second.journal_id, first.journal_id);
    ck_assert_int_eq(second.is_scrubbed, 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'payout'"), 1);
}
END_TEST

START_TEST(nobody_comes_back)
{
    struct ff_erasure e;
    struct ff_employee person;
    struct ff_text text;
    struct ff_employee_filter all = ff_test_staff(1, 10);
    struct ff_list list;
    int64_t total;
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_get(&fx.cx, anna, &person), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "2580"), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    struct ff_badge badge;
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "BADGE-90210", NULL, &badge), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_privacy_export(&fx.cx, anna, false, &text), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_list(&fx.cx, &all, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    /* the number is free for another */
    ck_assert_int_gt(ff_fixture_person(&fx, "NUM-77310", "Somebody else", 0), bela);
}
END_TEST

START_TEST(the_database_itself_lets_nobody_come_back)
{
    struct ff_erasure e;
    char *why = NULL;
    char path[128];
    sqlite3 *sq = NULL;
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    snprintf(path, sizeof path, "%s/feastfrenzy.db", fx.dir);
    ck_assert_int_eq(sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    static const char *const tries[] = {
        "UPDATE employee SET name = 'Anna' WHERE id = 1",
        "INSERT INTO badge (badge_hash, employee_id, created_at_ms) VALUES (zeroblob(32), 1, 1)",
        "DELETE FROM erasure"};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        ck_assert_int_eq(sqlite3_exec(sq, tries[i], NULL, NULL, &why), SQLITE_CONSTRAINT);
        ck_assert_str_eq(why, "append_only");
        sqlite3_free(why);
    }
    sqlite3_close(sq);
}
END_TEST

START_TEST(the_sign_in_ends_at_once)
{
    struct ff_erasure e;
    plant();
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT is_active FROM user_account"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account WHERE password_hash = "
                                         "'!' AND email = 'erased-1@erased.invalid'"),
                     1);
    ck_assert_int_gt(ff_test_number(&fx, "SELECT token_version FROM user_account"), 1);
}
END_TEST

/* ---- who and why ---- */

START_TEST(who_asked_and_why_is_kept_and_names_nobody)
{
    static const char *const naming[] = {"Plántednáme left", "anna left us", "number NUM-77310",
                                         "PLANTEDNAME", "wrote planted@example.com"};
    struct ff_erasure e;
    plant();
    for (size_t i = 0; i < sizeof naming / sizeof *naming; i++) {
        const struct ff_erasure_new in = {.reason = naming[i], .settle = "payout"};
        ck_assert_msg(erase(anna, &in, &e) == FF_VALIDATION, "%s", naming[i]);
        ff_test_field(&fx.cx, 0, "/reason", "VALUE");
    }
    const int64_t admin = ff_test_user(&fx, "admin@example.com", "admin", 0);
    ff_fixture_again(&fx);
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .user_id = admin};
    struct ff_erasure out = {0};
    ck_assert_int_eq(ff_privacy_erase(&fx.cx, anna, &paid_out, &out), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT actor_user_id FROM erasure WHERE reason = "
                                         "'left the company'"),
                     admin);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = "
                                         "'employee.erase' AND entity_id = 1"),
                     1);
}
END_TEST

START_TEST(nobody_erases_themselves_and_a_missing_person_is_missing)
{
    struct ff_erasure e;
    ck_assert_int_eq(erase(99, &left, &e), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    fx.cx.who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .employee_id = anna};
    ck_assert_int_eq(ff_privacy_erase(&fx.cx, anna, &paid_out, &e), FF_SELF_ACTION);
}
END_TEST

/* ---- the bytes: more of it in db_scrub.c ---- */

/* A reader that still looks at the old state holds the WAL back: said, and done later. */
START_TEST(what_a_reader_holds_back_is_done_later)
{
    struct ff_erasure e;
    struct ff_ctx reader;
    struct ff_employee person;
    struct ff_purge_watch watch = {0};
    struct ff_purge_report report;
    ff_test_caller(&fx, &reader);
    ck_assert_int_eq(ff_employee_get(&reader, bela, &person), FF_OK);
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ck_assert_int_eq(e.is_scrubbed, 0);
    ff_test_no_caller(&reader);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_privacy_purge(&fx.cx, &watch, &report), FF_OK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT is_scrubbed FROM erasure"), 1);
    ck_assert_ptr_null(ff_test_says_in(fx.dir, "NUM-77310"));
}
END_TEST

/* ---- after a restore ---- */

static void write_list(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/keys/erased", fx.dir);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    (void)fclose(file);
}

static const char *list_line(int64_t id, int64_t created, const char *settle)
{
    static char line[96];
    snprintf(line, sizeof line, "%lld %lld 5 %s\n", (long long)id, (long long)created, settle);
    return line;
}

START_TEST(who_came_back_goes_again)
{
    int64_t again = -1;
    write_list(list_line(anna, FF_TEST_NOW, "payout"));
    ck_assert_msg(ff_privacy_reconcile(&fx.cx, &again) == FF_OK, "%s", fx.cx.err.detail);
    ck_assert_int_eq(again, 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'payout'"), 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT is_repeat + is_scrubbed FROM erasure"), 2);
    ck_assert_ptr_null(ff_test_says_in(fx.dir, "Plántednáme"));
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_privacy_reconcile(&fx.cx, &again), FF_OK);
    ck_assert_int_eq(again, 0);
}
END_TEST

START_TEST(money_that_came_back_is_settled_whatever_it_is)
{
    int64_t again = -1;
    struct ff_purchase p;
    ff_test_change(&fx, "UPDATE wallet SET floor_minor = -1000");
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, 1, 5, ff_test_key(1), &p), FF_OK); /* -300 */
    ff_fixture_again(&fx);
    write_list(list_line(anna, FF_TEST_NOW, "payout"));
    ck_assert_int_eq(ff_privacy_reconcile(&fx.cx, &again), FF_OK);
    ck_assert_int_eq(again, 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM journal WHERE kind = 'writeoff'"),
                     1);
    ff_fixture_again(&fx);
    (void)ff_test_books(&fx);
}
END_TEST

START_TEST(somebody_else_with_the_same_id_stays)
{
    int64_t again = -1;
    write_list(list_line(anna, FF_TEST_NOW - 1, "none"));
    ck_assert_int_eq(ff_privacy_reconcile(&fx.cx, &again), FF_OK);
    ck_assert_int_eq(again, 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM erasure"), 0);
}
END_TEST

START_TEST(the_list_is_written_at_once_and_made_whole_again)
{
    struct ff_erasure e;
    char path[128];
    struct stat st;
    int64_t again;
    snprintf(path, sizeof path, "%s/keys/erased", fx.dir);
    ck_assert_int_eq(erase(anna, &paid_out, &e), FF_OK);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(unlink(path), 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_privacy_reconcile(&fx.cx, &again), FF_OK);
    ck_assert_int_eq(again, 0);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert(ff_erased_list_exists(fx.dir));
    ck_assert(ff_test_file_says(path, " payout\n"));
}
END_TEST

START_TEST(a_list_that_cannot_be_read_is_said)
{
    static const char *const broken[] = {"1 2\n", "x\n", "1 2 3 payout", "1 2 3 payout more\n"};
    int64_t again;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        ff_fixture_again(&fx);
        write_list(broken[i]);
        ck_assert_msg(ff_privacy_reconcile(&fx.cx, &again) == FF_INTERNAL, "%s", broken[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("privacy_erase");
    TCase *cases = tcase_create("erase");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, afterwards_no_file_says_who_it_was);
    tcase_add_test(cases, the_books_stay_and_prove);
    tcase_add_test(cases, nobody_goes_while_money_is_open);
    tcase_add_test(cases, a_payout_takes_the_rest_out_of_the_till);
    tcase_add_test(cases, a_debt_is_written_off_and_never_paid_out);
    tcase_add_test(cases, an_empty_wallet_needs_no_settlement);
    tcase_add_test(cases, nothing_is_booked_on_the_wallet_any_more);
    tcase_add_test(cases, a_second_time_tells_the_same);
    tcase_add_test(cases, nobody_comes_back);
    tcase_add_test(cases, the_database_itself_lets_nobody_come_back);
    tcase_add_test(cases, the_sign_in_ends_at_once);
    tcase_add_test(cases, who_asked_and_why_is_kept_and_names_nobody);
    tcase_add_test(cases, nobody_erases_themselves_and_a_missing_person_is_missing);
    tcase_add_test(cases, what_a_reader_holds_back_is_done_later);
    tcase_add_test(cases, who_came_back_goes_again);
    tcase_add_test(cases, money_that_came_back_is_settled_whatever_it_is);
    tcase_add_test(cases, somebody_else_with_the_same_id_stays);
    tcase_add_test(cases, the_list_is_written_at_once_and_made_whole_again);
    tcase_add_test(cases, a_list_that_cannot_be_read_is_said);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}
