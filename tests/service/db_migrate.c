/* SPDX-License-Identifier: MIT */
/* db_migrate.c - up, down and up again changes nothing; what does not fit is refused with both
 * versions named; a copy is made first. */
#include "../lib/ledger_rows.h"
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ff_store store;
static char path[512];

/* A database at the newest version with a ledger in it, closed. */
static void make_filled(void)
{
    sqlite3 *sq;
    ff_store_open(&store);
    ff_store_close_db(&store);
    ff_store_path(&store, FF_DB_FILE, path);
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READWRITE, &sq), FF_OK);
    ck_assert_int_eq(ff_sq_exec(sq, "PRAGMA foreign_keys=ON"), SQLITE_OK);
    ck_assert_msg(ff_sq_exec(sq, ff_ledger_rows) == SQLITE_OK, "%s", sqlite3_errmsg(sq));
    /* step 12 begins the history of prices with the price that is there */
    ck_assert_int_eq(ff_sq_exec(sq, "INSERT INTO product_price (product_id, price_minor, "
                                    "recorded_at_ms, applied_at_ms) SELECT id, price_minor, "
                                    "updated_at_ms, updated_at_ms FROM product ORDER BY id"),
                     SQLITE_OK);
    sqlite3_close(sq);
}

static void remove_filled(void)
{
    ff_store_close(&store);
}

static void change(const char *text)
{
    sqlite3 *sq;
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READWRITE, &sq), FF_OK);
    ck_assert_msg(ff_sq_exec(sq, text) == SQLITE_OK, "%s", sqlite3_errmsg(sq));
    sqlite3_close(sq);
}

static int64_t ask(const char *text)
{
    sqlite3 *sq;
    int64_t n = -1;
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READWRITE, &sq), FF_OK);
    ck_assert_msg(ff_sq_int(sq, text, &n) == SQLITE_OK, "%s: %s", text, sqlite3_errmsg(sq));
    sqlite3_close(sq);
    return n;
}

static int write_row(void *out, int n, char **values, char **names)
{
    (void)names;
    for (int i = 0; i < n; i++)
        fprintf(out, "%s|", values[i] ? values[i] : "NULL");
    fputc('\n', out);
    return 0;
}

static int write_table(void *arg, int n, char **values, char **names)
{
    void **to = arg;
    (void)n, (void)names;
    fprintf(to[0], "-- %s\n", values[0]);
    char *text = sqlite3_mprintf("SELECT * FROM %s ORDER BY 1, 2", values[0]);
    sqlite3_exec(to[1], text, write_row, to[0], NULL);
    sqlite3_free(text);
    return 0;
}

/* Schema and, with `rows`, all rows as text; to be freed. */
static char *dump(bool rows)
{
    sqlite3 *sq;
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    void *to[2] = {out, NULL};
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READWRITE, &sq), FF_OK);
    to[1] = sq;
    sqlite3_exec(sq, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
                 write_row, out, NULL);
    if (rows)
        sqlite3_exec(sq, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
                     write_table, to, NULL);
    sqlite3_close(sq);
    fclose(out);
    return text;
}

static void move_to(int version)
{
    ck_assert_msg(ff_migrate_file(&store.cx, path, version) == FF_OK, "%s", store.cx.err.detail);
    ck_assert_int_eq(ask("PRAGMA user_version"), version);
    ck_assert_int_eq(ask("SELECT COUNT(*) FROM schema_migration"), version);
}

START_TEST(every_step_down_and_up_again_keeps_schema_and_rows)
{
    char *before = dump(true);
    ck_assert_ptr_nonnull(strstr(before, "key-of-the-purchase"));
    for (int version = FF_SCHEMA_VERSION - 1; version >= 1; version--) {
        move_to(version);
        move_to(FF_SCHEMA_VERSION);
        char *after = dump(true);
        ck_assert_str_eq(after, before);
        free(after);
    }
    free(before);
}
END_TEST

START_TEST(all_the_way_down_leaves_only_the_bookkeeping)
{
    char *before = dump(false);
    move_to(0);
    ck_assert_int_eq(ask("SELECT COUNT(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"), 1);
    move_to(FF_SCHEMA_VERSION);
    char *after = dump(false);
    ck_assert_str_eq(after, before);
    free(before);
    free(after);
}
END_TEST

START_TEST(a_version_that_is_not_there_is_refused)
{
    ck_assert_int_eq(ff_migrate_file(&store.cx, path, FF_SCHEMA_VERSION + 1), FF_STORAGE_FAULT);
    ff_store_again(&store);
    ck_assert_int_eq(ff_migrate_file(&store.cx, path, -1), FF_STORAGE_FAULT);
    ff_store_again(&store);
    ck_assert_int_eq(ff_migrate_file(&store.cx, "/nowhere/at/all.db", 1), FF_STORAGE_FAULT);
    ck_assert_int_eq(ask("PRAGMA user_version"), FF_SCHEMA_VERSION);
}
END_TEST

/* ---- opening ---- */

static enum ff_rc open_now(struct ff_db_options options, int *exit_hint)
{
    ff_store_again(&store);
    enum ff_rc rc = ff_store_try(&store, options, exit_hint);
    if (!rc)
        ff_store_close_db(&store);
    return rc;
}

static void expect_words(const char *a, const char *b)
{
    ck_assert_msg(strstr(store.cx.err.detail, a) && strstr(store.cx.err.detail, b), "%s",
                  store.cx.err.detail);
}

START_TEST(a_newer_database_is_refused_with_both_versions)
{
    char ours[32];
    int exit_hint = 0;
    snprintf(ours, sizeof ours, "version %d", FF_SCHEMA_VERSION);
    change("PRAGMA user_version=99");
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 78);
    expect_words("version 99", ours);
    expect_words("install a newer program", "before the update.");
    ck_assert_int_eq(ask("PRAGMA user_version"), 99);
}
END_TEST

static int count_copies(void)
{
    char folder[512];
    int n = 0;
    DIR *dir = opendir(ff_store_path(&store, "backups", folder));
    for (struct dirent *e; dir && (e = readdir(dir));) {
        n += strncmp(e->d_name, "before-update-", 14) == 0;
        ck_assert_int_ne(strncmp(e->d_name, ".part-", 6), 0); /* nothing half is left */
    }
    if (dir)
        closedir(dir);
    return n;
}

START_TEST(an_older_database_is_moved_after_a_copy)
{
    char *before = dump(true);
    int exit_hint = 0;
    for (int i = 0; i < 5; i++) {
        move_to(FF_SCHEMA_VERSION - 1);
        ck_assert(ff_clock_advance_to(store.clock, FF_TEST_NOW + i * 1000));
        ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_OK);
        ck_assert_int_eq(ask("PRAGMA user_version"), FF_SCHEMA_VERSION);
        ck_assert_int_eq(count_copies(), i < 3 ? i + 1 : 3);
    }
    change("UPDATE schema_migration SET applied_at_ms = 1772451900000");
    char *after = dump(true);
    ck_assert_str_eq(after, before);
    free(before);
    free(after);
}
END_TEST

START_TEST(the_copy_before_an_update_can_be_opened_by_the_old_program)
{
    int exit_hint = 0;
    char name[96];
    move_to(FF_SCHEMA_VERSION - 1);
    char *before = dump(true);
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_OK);
    snprintf(name, sizeof name, "backups/before-update-20260302T114500Z-v%d-to-v%d.db",
             FF_SCHEMA_VERSION - 1, FF_SCHEMA_VERSION);
    ff_store_path(&store, name, path);
    char *copy = dump(true);
    ck_assert_str_eq(copy, before);
    free(before);
    free(copy);
    ff_store_path(&store, FF_DB_FILE, path);
    change("PRAGMA user_version=99"); /* and a newer database names it */
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    expect_words(name, "version 99");
}
END_TEST

static const struct ff_db_options careful[] = {{.no_migrate = true}, {.read_only = true}};

START_TEST(who_may_not_migrate_is_told_both_versions)
{
    char ours[32], theirs[32];
    int exit_hint = 0;
    snprintf(ours, sizeof ours, "version %d", FF_SCHEMA_VERSION);
    snprintf(theirs, sizeof theirs, "version %d", FF_SCHEMA_VERSION - 1);
    move_to(FF_SCHEMA_VERSION - 1);
    ck_assert_int_eq(open_now(careful[_i], &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 78);
    expect_words(ours, theirs);
    ck_assert_int_eq(ask("PRAGMA user_version"), FF_SCHEMA_VERSION - 1);
    ck_assert_int_eq(count_copies(), 0);
}
END_TEST

START_TEST(a_step_that_fails_leaves_the_old_version)
{
    int exit_hint = 0;
    move_to(1);
    change("CREATE INDEX journal_time ON journal(hash)"); /* in the way of step 2 */
    char *before = dump(true);
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_INTERNAL);
    ck_assert_int_eq(exit_hint, 70);
    char *after = dump(true);
    ck_assert_str_eq(after, before);
    ck_assert_int_eq(ask("PRAGMA user_version"), 1);
    free(before);
    free(after);
}
END_TEST

START_TEST(a_step_that_leaves_dangling_rows_is_taken_back)
{
    move_to(FF_SCHEMA_VERSION - 1);
    change("PRAGMA foreign_keys=OFF; UPDATE employee SET department_id = 77");
    ck_assert_int_eq(ff_migrate_file(&store.cx, path, FF_SCHEMA_VERSION), FF_IN_USE);
    ck_assert_int_eq(ask("PRAGMA user_version"), FF_SCHEMA_VERSION - 1);
}
END_TEST

/* ---- the record of the steps ---- */

static const struct {
    const char *change, *word;
} forgeries[] = {
    {"UPDATE schema_migration SET checksum = replace(checksum, substr(checksum, 1, 1), 'x')"
     " WHERE version = 1",
     "Step 1"},
    {"DELETE FROM schema_migration WHERE version = 1", "Step 1"},
    {"DELETE FROM schema_migration WHERE version = (SELECT MAX(version) FROM schema_migration)",
     "but has taken"},
    {"INSERT INTO schema_migration SELECT 99, name, checksum, 0 FROM schema_migration"
     " WHERE version = 1",
     "was changed"},
};

START_TEST(a_record_that_does_not_fit_is_refused)
{
    int exit_hint = 0;
    change(forgeries[_i].change);
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 78);
    expect_words(forgeries[_i].word, "");
    ff_store_again(&store);
    ck_assert_int_eq(ff_migrate_file(&store.cx, path, 1), FF_STORAGE_FAULT);
}
END_TEST

/* ---- files that are none of ours ---- */

static void overwrite(const char *text)
{
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    for (int i = 0; i < 200; i++)
        fputs(text, f);
    fclose(f);
}

START_TEST(a_damaged_file_is_left_alone_and_the_way_back_is_named)
{
    struct ff_backup_info info;
    int exit_hint = 0;
    char newest[512];
    ff_store_reopen(&store);
    ck_assert_int_eq(ff_backup_create(&store.cx, NULL, &info), FF_OK);
    ff_store_close_db(&store);
    overwrite("this is not a database, it is a text about lunch\n");
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 74);
    ff_backup_newest(store.dir, newest);
    expect_words("feastfrenzy restore", newest);
    FILE *f = fopen(path, "rb");
    char first[5] = "";
    ck_assert_uint_eq(fread(first, 1, 4, f), 4);
    fclose(f);
    ck_assert_str_eq(first, "this");
}
END_TEST

START_TEST(a_damaged_file_without_backup_says_so)
{
    int exit_hint = 0;
    overwrite("this is not a database, it is a text about lunch\n");
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    expect_words("no backup", "left as it is");
}
END_TEST

START_TEST(a_foreign_database_is_refused)
{
    int exit_hint = 0;
    change("PRAGMA application_id=1");
    ck_assert_int_eq(open_now((struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 78);
    expect_words("not one of FeastFrenzy", "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_migrate");
    TCase *cases = tcase_create("steps");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, make_filled, remove_filled);
    tcase_add_test(cases, every_step_down_and_up_again_keeps_schema_and_rows);
    tcase_add_test(cases, all_the_way_down_leaves_only_the_bookkeeping);
    tcase_add_test(cases, a_version_that_is_not_there_is_refused);
    tcase_add_test(cases, a_newer_database_is_refused_with_both_versions);
    tcase_add_test(cases, an_older_database_is_moved_after_a_copy);
    tcase_add_test(cases, the_copy_before_an_update_can_be_opened_by_the_old_program);
    tcase_add_loop_test(cases, who_may_not_migrate_is_told_both_versions, 0, 2);
    tcase_add_test(cases, a_step_that_fails_leaves_the_old_version);
    tcase_add_test(cases, a_step_that_leaves_dangling_rows_is_taken_back);
    tcase_add_loop_test(cases, a_record_that_does_not_fit_is_refused, 0,
                        sizeof forgeries / sizeof *forgeries);
    tcase_add_test(cases, a_damaged_file_is_left_alone_and_the_way_back_is_named);
    tcase_add_test(cases, a_damaged_file_without_backup_says_so);
    tcase_add_test(cases, a_foreign_database_is_refused);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
