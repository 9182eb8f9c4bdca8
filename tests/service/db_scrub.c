/* SPDX-License-Identifier: MIT */
/* db_scrub.c - what was overwritten leaves the files, also where a page that was split kept a copy;
 * rows, references and guards are afterwards as they were. */
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ff_store store;
static sqlite3 *sq;

static void run(const char *text)
{
    char *why = NULL;
    ck_assert_msg(sqlite3_exec(sq, text, NULL, NULL, &why) == SQLITE_OK, "%s: %s", text, why);
}

static int64_t ask(const char *text)
{
    int64_t n = -1;
    ck_assert_msg(ff_sq_int(sq, text, &n) == SQLITE_OK, "%s: %s", text, sqlite3_errmsg(sq));
    return n;
}

static void setup(void)
{
    char path[512];
    ff_store_open(&store);
    ff_store_path(&store, FF_DB_FILE, path);
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READWRITE, &sq), FF_OK);
    run("PRAGMA secure_delete = 1; PRAGMA wal_autocheckpoint = 0");
}

static void teardown(void)
{
    sqlite3_close(sq);
    ff_store_close(&store);
}

static int times_in(const char *suffix, const char *word)
{
    static char bytes[32 << 20];
    char path[512], name[64];
    int n = 0;
    snprintf(name, sizeof name, "%s%s", FF_DB_FILE, suffix);
    ff_store_path(&store, name, path);
    FILE *file = fopen(path, "rb");
    size_t len = strlen(word), size = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file)
        (void)fclose(file);
    for (size_t i = 0; i + len <= size; i++)
        n += bytes[i] == word[0] && memcmp(bytes + i, word, len) == 0;
    return n;
}

/* Names that the index gets in another order than the table: its pages split in their middle. */
static void crowd(void)
{
    run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        "INSERT INTO employee (id, number, name, name_fold, created_at_ms, updated_at_ms) "
        "SELECT i, 'C' || i, 'Crowd', printf('%s%05dcrowdword', substr('ABCDEFGH', 1 + i % 8, i % "
        "7), i), 1, 1 FROM n");
}

START_TEST(copies_that_split_pages_kept_go_too)
{
    crowd();
    run("UPDATE employee SET name_fold = 'erased person ' || id");
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    ck_assert_int_eq((int)ask("SELECT COUNT(*) FROM employee WHERE name_fold LIKE '%crowd%'"), 0);
    ck_assert_msg(times_in("", "crowdword") > 0,
                  "nothing to scrub: make the pages split otherwise");
    ck_assert_msg(ff_db_scrub(&store.cx, FF_TABLE_EMPLOYEE) == FF_OK, "%s", store.cx.err.detail);
    ck_assert_int_eq(times_in("", "crowdword"), 0);
    ck_assert_int_eq(times_in("-wal", "crowdword"), 0);
}
END_TEST

START_TEST(rows_references_and_guards_stay)
{
    static const char sum[] =
        "SELECT SUM(id * 31 + length(name_fold) * version) + SUM(created_at_ms) FROM employee";
    crowd();
    run("INSERT INTO account (code, kind, employee_id) SELECT 'wallet:' || id, 'wallet', id FROM "
        "employee");
    run("INSERT INTO badge (badge_hash, employee_id, created_at_ms) SELECT randomblob(32), id, 1 "
        "FROM employee WHERE id < 50");
    const int64_t before = ask(sum), badges = ask("SELECT SUM(id) FROM badge");
    ck_assert_int_eq(
        ff_db_scrub(&store.cx, FF_TABLE_EMPLOYEE | FF_TABLE_BADGE | FF_TABLE_USER_ACCOUNT), FF_OK);
    ck_assert_int_eq(ask(sum), before);
    ck_assert_int_eq(ask("SELECT SUM(id) FROM badge"), badges);
    ck_assert_int_eq(ask("SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
    ck_assert_int_eq(
        ask("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
    ck_assert_int_eq(ff_conn_verify(&store.cx, store.db->writer.conn), FF_OK);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK);
}
END_TEST

static enum ff_rc nothing(struct ff_ctx *cx, void *arg)
{
    (void)cx, (void)arg;
    return FF_OK;
}

START_TEST(a_reader_of_the_old_state_holds_it_back_for_a_moment_only)
{
    struct ff_ctx reader = store.cx;
    FF_STMT *st = NULL;
    bool row;
    crowd();
    reader.conn = NULL;
    ck_assert_int_eq(ff_db_query(&reader, FF_Q_EMPLOYEE_COUNT, &st), FF_OK);
    ck_assert_int_eq(ff_db_row(&reader, st, &row), FF_OK);
    ck_assert_int_eq(ff_db_scrub(&store.cx, FF_TABLE_EMPLOYEE), FF_BUSY);
    ff_err_clear(&store.cx);
    ck_assert_int_eq(ff_db_write(&store.cx, nothing, NULL), FF_OK); /* selling goes on */
    ff_db_release(&reader);
    ck_assert_int_eq(ff_db_scrub(&store.cx, FF_TABLE_EMPLOYEE), FF_OK);
    ck_assert_int_eq(times_in("-wal", "crowdword"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_scrub");
    TCase *cases = tcase_create("scrub");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, copies_that_split_pages_kept_go_too);
    tcase_add_test(cases, rows_references_and_guards_stay);
    tcase_add_test(cases, a_reader_of_the_old_state_holds_it_back_for_a_moment_only);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
