/* SPDX-License-Identifier: MIT */
/* db_guards.c - what the database refuses by itself, whatever the program does: each tried with raw
 * SQL on a bare connection.  A correct journal of the same shape is accepted first, so that a
 * refusal is for the reason named.  Source: ledger.md. */
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define H1 "x'1111111111111111111111111111111111111111111111111111111111111111'"
#define H2 "x'2222222222222222222222222222222222222222222222222222222222222222'"
#define H3 "x'3333333333333333333333333333333333333333333333333333333333333333'"
#define ZERO "zeroblob(32)"
#define FP "zeroblob(16)"

#define COLUMNS "INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, period_id," \
                " idem_scope, idem_key, request_fp, prev_hash, hash, reverses_id, reason_code, enforce_floor) VALUES "
/* id, kind, time, date, period, key, previous hash, hash, reverses, reason, floor */
#define JOURNAL(id, kind, at, date, period, key, prev, hash, reverses, reason, floor) \
    COLUMNS "(" #id ", '" kind "', " #at ", " #at ", '" date "', " #period ", 0, '" key "', " FP ", " \
    prev ", " hash ", " reverses ", " reason ", " #floor ");"
#define SALE(id, prev, hash) \
    JOURNAL(id, "purchase", 2000, "2026-03-02", 1, "key-of-the-sale-" #id, prev, hash, "NULL", "NULL", 1)
#define ENTRY(journal, account, amount, after) \
    "INSERT INTO entry (journal_id, account_id, amount_minor, balance_after) VALUES (" \
    #journal ", " #account ", " #amount ", " after ");"
/* the same of a wallet, which moves by it */
#define MOVED(journal, account, amount, after) \
    ENTRY(journal, account, amount, after) \
    "UPDATE wallet SET balance_minor = " after ", last_journal_id = " #journal " WHERE account_id = " #account ";"

/* Account 1 is a wallet with 10.00 and floor 0, 2 the revenue, 3 the opening account, 4 a closed
 * wallet; journal 1 is the opening; period 1 is March, period 2 February and closed. */
static const char setting[] =
    "INSERT INTO employee (id, number, name, name_fold, created_at_ms, updated_at_ms)"
    " VALUES (1, 'E1', 'Anna', 'anna', 0, 0), (2, 'E2', 'Bela', 'bela', 0, 0);"
    "INSERT INTO account (id, code, kind, employee_id) VALUES (1, 'wallet:1', 'wallet', 1),"
    " (2, 'revenue:sales', 'revenue', NULL), (3, 'opening', 'opening', NULL), (4, 'wallet:2', 'wallet', 2);"
    "INSERT INTO wallet (account_id, floor_minor, balance_minor) VALUES (1, 0, 0), (4, 0, 0);"
    "UPDATE wallet SET state = 'closed' WHERE account_id = 4;"
    "INSERT INTO period (id, starts_on, ends_on, state) VALUES (1, '2026-03-01', '2026-03-31', 'open'),"
    " (2, '2026-02-01', '2026-02-28', 'closed');"
    "BEGIN;"
    MOVED(1, 1, 1000, "1000") ENTRY(1, 3, -1000, "NULL")
    JOURNAL(1, "opening", 1000, "2026-03-02", 1, "key-of-the-opening", ZERO, H1, "NULL", "NULL", 1)
    "COMMIT;";

#define GOOD_ENTRIES(id) MOVED(id, 1, -300, "700") ENTRY(id, 2, 300, "NULL")
#define GOOD_SALE GOOD_ENTRIES(2) SALE(2, H1, H2)
#define PURCHASE_ROWS \
    "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, subsidy_minor) VALUES (2, 1, 300, 300, 0, 0);" \
    "INSERT INTO purchase_line VALUES (2, 1, 7, 'Soup', 1, 300, 300, 0, 0, 0, 0, 300);"
#define VOID(id, key, prev, hash) \
    JOURNAL(id, "void", 3000, "2026-03-02", 1, key, prev, hash, "2", "NULL", 1)

struct trial {
    const char *what, *sql;
    int code;            /* extended, SQLITE_OK: accepted */
    const char *message; /* of the engine, or part of it */
};

static const struct trial trials[] = {
    { "a correct sale", GOOD_ENTRIES(2) PURCHASE_ROWS SALE(2, H1, H2), SQLITE_OK, "" },
    { "a correct undo", GOOD_SALE MOVED(3, 1, 300, "1000") ENTRY(3, 2, -300, "NULL")
      VOID(3, "key-of-the-first-undo", H2, H3), SQLITE_OK, "" },
    { "below the floor with a reason", MOVED(2, 1, -1300, "-300") ENTRY(2, 2, 1300, "NULL")
      JOURNAL(2, "purchase", 2000, "2026-03-02", 1, "key-of-an-override", H1, H2, "NULL", "'manager_override'", 0),
      SQLITE_OK, "" },

    { "entries without a journal at COMMIT", GOOD_ENTRIES(2), SQLITE_CONSTRAINT_FOREIGNKEY, "" },
    { "purchase without a journal at COMMIT", "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, subsidy_minor) VALUES (2, 1, 300, 300, 0, 0);",
      SQLITE_CONSTRAINT_FOREIGNKEY, "" },
    { "entries that do not balance", MOVED(2, 1, -300, "700") ENTRY(2, 2, 299, "NULL") SALE(2, H1, H2),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a single entry", MOVED(2, 1, -300, "700") SALE(2, H1, H2), SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "no entry", SALE(2, H1, H2), SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "an entry of zero", ENTRY(2, 2, 0, "NULL"), SQLITE_CONSTRAINT_CHECK, "" },
    { "an entry beyond its bound", ENTRY(2, 2, 100000000001, "NULL"), SQLITE_CONSTRAINT_CHECK, "" },
    { "a gap", GOOD_ENTRIES(3) SALE(3, H1, H2), SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a gap with an empty predecessor", GOOD_ENTRIES(3) SALE(3, ZERO, H2), SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a wrong predecessor", GOOD_ENTRIES(2) SALE(2, H3, H2), SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "time that goes back", GOOD_ENTRIES(2)
      JOURNAL(2, "purchase", 999, "2026-03-02", 1, "key-of-the-past-sale", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a closed period", GOOD_ENTRIES(2)
      JOURNAL(2, "purchase", 2000, "2026-02-10", 2, "key-of-a-late-sale", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a date outside its period", GOOD_ENTRIES(2)
      JOURNAL(2, "purchase", 2000, "2026-04-01", 1, "key-of-a-wrong-date", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "below the floor", MOVED(2, 1, -1001, "-1") ENTRY(2, 2, 1001, "NULL") SALE(2, H1, H2),
      SQLITE_CONSTRAINT_TRIGGER, "insufficient_funds" },
    { "below the floor without a reason", MOVED(2, 1, -1001, "-1") ENTRY(2, 2, 1001, "NULL")
      JOURNAL(2, "purchase", 2000, "2026-03-02", 1, "key-of-no-reason-", H1, H2, "NULL", "NULL", 0),
      SQLITE_CONSTRAINT_CHECK, "" },
    { "a wallet changed by hand", "UPDATE wallet SET balance_minor = 999999 WHERE account_id = 1;",
      SQLITE_CONSTRAINT_TRIGGER, "wallet_without_entry" },
    { "a wallet changed by an old entry", GOOD_SALE
      "UPDATE wallet SET balance_minor = 1000, last_journal_id = 1 WHERE account_id = 1;",
      SQLITE_CONSTRAINT_TRIGGER, "wallet_without_entry" },
    { "a wrong balance in the entry", MOVED(2, 1, -300, "800"), SQLITE_CONSTRAINT_TRIGGER, "wallet_without_entry" },
    { "a wallet that its entry did not move", ENTRY(2, 1, -300, "700") ENTRY(2, 2, 300, "NULL") SALE(2, H1, H2),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "an entry that repeats the balance of a wallet it did not move", ENTRY(2, 1, -300, "1000") ENTRY(2, 2, 300, "NULL")
      SALE(2, H1, H2), SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a wallet's last journal changed by hand", "UPDATE wallet SET last_journal_id = 2 WHERE account_id = 1;",
      SQLITE_CONSTRAINT_TRIGGER, "wallet_without_entry" },
    { "a wallet moved twice by one entry", GOOD_ENTRIES(2)
      "UPDATE wallet SET balance_minor = 700, last_journal_id = 2 WHERE account_id = 1;",
      SQLITE_CONSTRAINT_TRIGGER, "wallet_without_entry" },
    { "a wallet entry without balance", ENTRY(2, 1, -300, "NULL") ENTRY(2, 2, 300, "NULL") SALE(2, H1, H2),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a balance on a shared account", MOVED(2, 1, -300, "700") ENTRY(2, 2, 300, "300") SALE(2, H1, H2),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "a late entry into a sealed journal", ENTRY(1, 2, 300, "NULL"), SQLITE_CONSTRAINT_TRIGGER, "entry_refused" },
    { "an entry that moves a closed wallet", MOVED(2, 4, 300, "300"), SQLITE_CONSTRAINT_TRIGGER, "wallet_without_entry" },
    { "an entry on a closed wallet that does not move", ENTRY(2, 4, 300, "300") ENTRY(2, 2, -300, "NULL") SALE(2, H1, H2),
      SQLITE_CONSTRAINT_TRIGGER, "journal_refused" },
    { "an entry on no account", ENTRY(2, 99, 300, "NULL"), SQLITE_CONSTRAINT_FOREIGNKEY, "" },
    { "a second undo", GOOD_SALE MOVED(3, 1, 300, "1000") ENTRY(3, 2, -300, "NULL")
      VOID(3, "key-of-the-first-undo", H2, H3)
      MOVED(4, 1, 300, "1300") ENTRY(4, 2, -300, "NULL") VOID(4, "key-of-the-second-undo", H3, H1),
      SQLITE_CONSTRAINT_UNIQUE, "" },
    { "an undo of nothing", MOVED(2, 1, 300, "1300") ENTRY(2, 2, -300, "NULL")
      JOURNAL(2, "void", 2000, "2026-03-02", 1, "key-of-an-empty-undo", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_CHECK, "" },
    { "a key used twice", GOOD_ENTRIES(2)
      JOURNAL(2, "purchase", 2000, "2026-03-02", 1, "key-of-the-opening", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_UNIQUE, "" },
    { "a key that is too short", GOOD_ENTRIES(2)
      JOURNAL(2, "purchase", 2000, "2026-03-02", 1, "short-key", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_CHECK, "" },
    { "a hash of another length", GOOD_ENTRIES(2) SALE(2, H1, "x'22'"), SQLITE_CONSTRAINT_CHECK, "" },
    { "a kind nobody knows", GOOD_ENTRIES(2)
      JOURNAL(2, "present", 2000, "2026-03-02", 1, "key-of-the-present", H1, H2, "NULL", "NULL", 1),
      SQLITE_CONSTRAINT_CHECK, "" },
    { "a float in the money", ENTRY(2, 2, 1.5, "NULL"), SQLITE_CONSTRAINT_DATATYPE, "" },
    { "a float in the balance", ENTRY(2, 1, -300, "700.5"), SQLITE_CONSTRAINT_DATATYPE, "" },
    { "a text in the money", ENTRY(2, 2, 'ten', "NULL"), SQLITE_CONSTRAINT_DATATYPE, "" },

    { "an UPDATE of a journal", "UPDATE journal SET business_date = '2026-03-03';", SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "a DELETE of a journal", "DELETE FROM journal;", SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "an UPDATE of an entry", "UPDATE entry SET amount_minor = 1;", SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "a DELETE of an entry", "DELETE FROM entry;", SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "an UPDATE of a purchase", GOOD_ENTRIES(2) PURCHASE_ROWS SALE(2, H1, H2) "UPDATE purchase SET gross_minor = 300;",
      SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "a DELETE of a purchase", GOOD_ENTRIES(2) PURCHASE_ROWS SALE(2, H1, H2) "DELETE FROM purchase;",
      SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "an UPDATE of a line", GOOD_ENTRIES(2) PURCHASE_ROWS SALE(2, H1, H2) "UPDATE purchase_line SET name_snapshot = 'Tea';",
      SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "a DELETE of a line", GOOD_ENTRIES(2) PURCHASE_ROWS SALE(2, H1, H2) "DELETE FROM purchase_line;",
      SQLITE_CONSTRAINT_TRIGGER, "append_only" },
    { "a REPLACE of a journal", GOOD_ENTRIES(2)
      "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE id = 1;", SQLITE_CONSTRAINT_TRIGGER, "" },

    { "a line that does not multiply", GOOD_ENTRIES(2) "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, subsidy_minor) VALUES (2, 1, 300, 300, 0, 0);"
      "INSERT INTO purchase_line VALUES (2, 1, 7, 'Soup', 2, 300, 300, 0, 0, 0, 0, 300);", SQLITE_CONSTRAINT_CHECK, "" },
    { "a line nobody pays", GOOD_ENTRIES(2) "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, subsidy_minor) VALUES (2, 1, 300, 300, 0, 0);"
      "INSERT INTO purchase_line VALUES (2, 1, 7, 'Soup', 1, 300, 300, 0, 0, 0, 0, 299);", SQLITE_CONSTRAINT_CHECK, "" },
    { "a purchase nobody pays", "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, subsidy_minor) VALUES (2, 1, 300, 299, 0, 0);", SQLITE_CONSTRAINT_CHECK, "" },
    { "a balance beyond its bound", MOVED(2, 1, 100000001, "100001001"), SQLITE_CONSTRAINT_CHECK, "" },
    { "a floor above zero", "UPDATE wallet SET floor_minor = 1;", SQLITE_CONSTRAINT_CHECK, "" },
    { "a wallet of nobody", "INSERT INTO account (code, kind) VALUES ('wallet:9', 'wallet');", SQLITE_CONSTRAINT_CHECK, "" },
    { "a shared account of somebody", "INSERT INTO account (code, kind, employee_id) VALUES ('cash:9', 'cash', 1);",
      SQLITE_CONSTRAINT_CHECK, "" },
    { "a second wallet of one person", "INSERT INTO account (code, kind, employee_id) VALUES ('wallet:9', 'wallet', 1);",
      SQLITE_CONSTRAINT_UNIQUE, "" },
    { "a person with a ledger deleted", "DELETE FROM employee WHERE id = 1;", SQLITE_CONSTRAINT_FOREIGNKEY, "" },
    { "a price of zero", "INSERT INTO product (name, name_fold, price_minor, category_id, created_at_ms, updated_at_ms)"
      " VALUES ('Soup', 'soup', 0, 1, 0, 0);", SQLITE_CONSTRAINT_CHECK, "" },
    { "a second site", "INSERT INTO site (id, name, currency, decimals, locale, time_zone)"
      " VALUES (2, 'x', 'EUR', 2, 'en', 'UTC');", SQLITE_CONSTRAINT_CHECK, "" },
};
/* clang-format on */

static struct ff_store store;
static sqlite3 *raw;

static void open_raw(void)
{
    char path[512];
    ff_store_open(&store);
    ff_store_close_db(&store);
    ck_assert_int_eq(
        ff_sq_open(&store.cx, ff_store_path(&store, FF_DB_FILE, path), SQLITE_OPEN_READWRITE, &raw),
        FF_OK);
    ck_assert_int_eq(ff_sq_exec(raw, "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"),
                     SQLITE_OK);
    ck_assert_msg(ff_sq_exec(raw, setting) == SQLITE_OK, "%s", sqlite3_errmsg(raw));
}

static void close_raw(void)
{
    sqlite3_close(raw);
    ff_store_close(&store);
}

START_TEST(the_database_refuses_by_itself)
{
    const struct trial *t = &trials[_i];
    char *message = NULL;
    ck_assert_int_eq(ff_sq_exec(raw, "BEGIN IMMEDIATE"), SQLITE_OK);
    int code = sqlite3_exec(raw, t->sql, NULL, NULL, &message);
    if (code == SQLITE_OK)
        code = sqlite3_exec(raw, "COMMIT", NULL, NULL, &message);
    ck_assert_msg(code == t->code, "%s: %d instead of %d (%s)", t->what, code, t->code, message);
    if (t->code)
        ck_assert_msg(strstr(message, t->message) != NULL, "%s: %s", t->what, message);
    if (t->code == SQLITE_CONSTRAINT_TRIGGER && strcmp(t->message, "insufficient_funds") == 0)
        ck_assert_int_eq(ff_sq_class(code, message), FF_INSUFFICIENT_BALANCE);
    sqlite3_free(message);
}
END_TEST

/* Inserting a journal asks every table that may have waited for it, since its entries are waiting:
 * a table walked from its front would make each purchase slower than the one before. */
START_TEST(a_new_journal_walks_no_table)
{
    sqlite3_stmt *st = NULL;
    int waits = 0, asked = 0;
    ck_assert_int_eq(sqlite3_prepare_v2(raw, "EXPLAIN " SALE(2, H1, H2), -1, &st, NULL), SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *opcode = (const char *)sqlite3_column_text(st, 1);
        if (strcmp(opcode, "FkIfZero") == 0) {
            waits = sqlite3_column_int(st, 2); /* 1: a reference that may wait for COMMIT */
            asked += waits;
        }
        ck_assert_msg(!waits || strcmp(opcode, "Rewind") != 0, "at %d", sqlite3_column_int(st, 0));
    }
    sqlite3_finalize(st);
    ck_assert_int_gt(asked, 0);
}
END_TEST

static const struct {
    int code;
    const char *message;
    enum ff_rc rc;
} classes[] = {
    {SQLITE_OK, "", FF_OK},
    {SQLITE_DONE, "", FF_OK},
    {SQLITE_CONSTRAINT_UNIQUE, "", FF_ALREADY_EXISTS},
    {SQLITE_CONSTRAINT_PRIMARYKEY, "", FF_ALREADY_EXISTS},
    {SQLITE_CONSTRAINT_ROWID, "", FF_ALREADY_EXISTS},
    {SQLITE_CONSTRAINT_FOREIGNKEY, "", FF_IN_USE},
    {SQLITE_CONSTRAINT_TRIGGER, "insufficient_funds", FF_INSUFFICIENT_BALANCE},
    {SQLITE_CONSTRAINT_TRIGGER, "journal_refused", FF_INTERNAL},
    {SQLITE_CONSTRAINT_TRIGGER, NULL, FF_INTERNAL},
    {SQLITE_CONSTRAINT_CHECK, "", FF_INTERNAL},
    {SQLITE_CONSTRAINT_DATATYPE, "", FF_INTERNAL},
    {SQLITE_BUSY, "", FF_BUSY},
    {SQLITE_BUSY_SNAPSHOT, "", FF_BUSY},
    {SQLITE_LOCKED, "", FF_BUSY},
    {SQLITE_INTERRUPT, "", FF_BUSY},
    {SQLITE_FULL, "", FF_STORAGE_FULL},
    {SQLITE_IOERR_FSYNC, "", FF_STORAGE_FAULT},
    {SQLITE_IOERR_NOMEM, "", FF_INTERNAL},
    {SQLITE_CORRUPT, "", FF_STORAGE_FAULT},
    {SQLITE_CORRUPT_INDEX, "", FF_STORAGE_FAULT},
    {SQLITE_NOTADB, "", FF_STORAGE_FAULT},
    {SQLITE_CANTOPEN, "", FF_STORAGE_FAULT},
    {SQLITE_READONLY, "", FF_STORAGE_FAULT},
    {SQLITE_NOMEM, "", FF_INTERNAL},
    {SQLITE_MISUSE, "", FF_INTERNAL},
};

START_TEST(result_codes_have_one_meaning)
{
    ck_assert_int_eq(ff_sq_class(classes[_i].code, classes[_i].message), classes[_i].rc);
    ck_assert_int_eq(ff_sq_is_fault(classes[_i].code), classes[_i].rc == FF_STORAGE_FAULT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_guards");
    TCase *cases = tcase_create("guards");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_raw, close_raw);
    tcase_add_loop_test(cases, the_database_refuses_by_itself, 0, sizeof trials / sizeof *trials);
    tcase_add_test(cases, a_new_journal_walks_no_table);
    suite_add_tcase(suite, cases);
    TCase *codes = tcase_create("codes");
    tcase_add_loop_test(codes, result_codes_have_one_meaning, 0, sizeof classes / sizeof *classes);
    suite_add_tcase(suite, codes);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
