/* SPDX-License-Identifier: MIT */
/* db_lock.c - one process a data directory, closed to others; and what opening says when it cannot.
 */
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ff_store store;

static void open_store(void)
{
    ff_store_open(&store);
}

static void close_store(void)
{
    ff_store_close(&store);
}

static unsigned mode_of(const char *name)
{
    char path[512];
    struct stat st;
    ck_assert_int_eq(stat(*name ? ff_store_path(&store, name, path) : store.dir, &st), 0);
    return st.st_mode & 0777;
}

START_TEST(a_second_open_is_refused_and_names_the_holder)
{
    struct ff_db *second = NULL;
    struct ff_db_options o = {.dir = store.dir};
    char pid[32];
    int exit_hint = 0;
    snprintf(pid, sizeof pid, "pid %ld", (long)getpid());
    ck_assert_int_eq(ff_db_open(&store.cx, &o, &second, &exit_hint), FF_BUSY);
    ck_assert_int_eq(exit_hint, 75);
    ck_assert_ptr_null(second);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, pid));
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "since 2026-03-02T11:45:00.000Z"));
}
END_TEST

START_TEST(the_lock_ends_with_its_holder)
{
    ff_store_reopen(&store);
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK);
}
END_TEST

START_TEST(looking_beside_the_holder_is_allowed)
{
    struct ff_db *beside = NULL;
    struct ff_db_options o = {.dir = store.dir, .read_only = true};
    int exit_hint = -1;
    ck_assert_int_eq(ff_db_open(&store.cx, &o, &beside, &exit_hint), FF_OK);
    ck_assert_int_eq(exit_hint, 0);
    ff_db_close(beside);
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK);
}
END_TEST

START_TEST(making_a_database_over_another_is_refused)
{
    int exit_hint = 0;
    ff_store_close_db(&store);
    ck_assert(ff_db_exists(store.dir));
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){.create = true}, &exit_hint),
                     FF_ALREADY_EXISTS);
    ck_assert_int_eq(exit_hint, 73);
}
END_TEST

START_TEST(a_missing_database_says_how_to_make_one)
{
    char path[512];
    int exit_hint = 0;
    ff_store_close_db(&store);
    ck_assert_int_eq(unlink(ff_store_path(&store, FF_DB_FILE, path)), 0);
    ck_assert(!ff_db_exists(store.dir));
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){0}, &exit_hint), FF_NOT_FOUND);
    ck_assert_int_eq(exit_hint, 66);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "feastfrenzy init"));
}
END_TEST

START_TEST(a_directory_that_is_not_there_is_made_only_by_create)
{
    int exit_hint = 0;
    ff_store_close_db(&store);
    ff_remove_tree(store.dir);
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){0}, &exit_hint), FF_NOT_FOUND);
    ff_store_again(&store);
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){.create = true}, &exit_hint),
                     FF_OK);
    ck_assert_uint_eq(mode_of(""), 0700);
}
END_TEST

START_TEST(directory_and_files_are_closed_to_others)
{
    char path[512];
    ck_assert_uint_eq(mode_of(""), 0700);
    ck_assert_uint_eq(mode_of(FF_DB_FILE), 0600);
    ck_assert_uint_eq(mode_of(FF_DB_FILE "-wal"), 0600);
    ck_assert_uint_eq(mode_of(FF_DB_FILE "-shm"), 0600);
    ck_assert_uint_eq(mode_of("feastfrenzy.lock"), 0600);
    ff_store_close_db(&store);
    ck_assert_int_eq(chmod(store.dir, 0755), 0);
    ck_assert_int_eq(chmod(ff_store_path(&store, FF_DB_FILE, path), 0644), 0);
    ff_store_reopen(&store);
    ck_assert_uint_eq(mode_of(""), 0700);
    ck_assert_uint_eq(mode_of(FF_DB_FILE), 0600);
}
END_TEST

START_TEST(a_name_that_is_too_long_is_refused)
{
    char dir[700];
    struct ff_db *db = NULL;
    struct ff_db_options o = {.dir = dir};
    int exit_hint = 0;
    memset(dir, 'x', sizeof dir);
    dir[sizeof dir - 1] = 0;
    ck_assert_int_eq(ff_db_open(&store.cx, &o, &db, &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 78);
}
END_TEST

START_TEST(a_file_in_the_place_of_the_directory_is_refused)
{
    char path[512];
    struct ff_db *db = NULL;
    struct ff_db_options o = {.dir = ff_store_path(&store, "feastfrenzy.lock", path),
                              .create = true};
    int exit_hint = 0;
    ck_assert_int_ne(ff_db_open(&store.cx, &o, &db, &exit_hint), FF_OK);
    ck_assert_int_ne(exit_hint, 0);
    ck_assert_ptr_null(db);
}
END_TEST

START_TEST(a_lock_file_that_is_a_link_is_refused)
{
    char path[512];
    int exit_hint = 0;
    ff_store_close_db(&store);
    ck_assert_int_eq(unlink(ff_store_path(&store, "feastfrenzy.lock", path)), 0);
    ck_assert_int_eq(symlink("elsewhere", path), 0);
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){0}, &exit_hint), FF_STORAGE_FAULT);
    ck_assert_int_eq(exit_hint, 74);
}
END_TEST

START_TEST(the_directory_is_known)
{
    ck_assert_str_eq(ff_db_dir(store.db), store.dir);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_lock");
    TCase *cases = tcase_create("data directory");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_test(cases, a_second_open_is_refused_and_names_the_holder);
    tcase_add_test(cases, the_lock_ends_with_its_holder);
    tcase_add_test(cases, looking_beside_the_holder_is_allowed);
    tcase_add_test(cases, making_a_database_over_another_is_refused);
    tcase_add_test(cases, a_missing_database_says_how_to_make_one);
    tcase_add_test(cases, a_directory_that_is_not_there_is_made_only_by_create);
    tcase_add_test(cases, directory_and_files_are_closed_to_others);
    tcase_add_test(cases, a_name_that_is_too_long_is_refused);
    tcase_add_test(cases, a_file_in_the_place_of_the_directory_is_refused);
    tcase_add_test(cases, a_lock_file_that_is_a_link_is_refused);
    tcase_add_test(cases, the_directory_is_known);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
