/* SPDX-License-Identifier: MIT */
/* db_remote_fs.c - file systems that lose locks or writes are known by their number; who insists
 * gets the rollback journal, which needs no shared memory. */
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    uint64_t magic;
    const char *name; /* NULL: fine */
} kinds[] = {
    {0x6969, "NFS"},
    {0x517B, "SMB"},
    {0xFF534D42, "CIFS"},
    {0xFFFFFFFFFF534D42, "CIFS"}, /* as a 32 bit f_type with its sign extended */
    {0xFE534D42, "SMB2"},
    {0x01021997, "9p"},
    {0x65735546, "FUSE"},
    {0x5346414F, "AFS"},
    {0x00C36400, "Ceph"},
    {0xEF53, NULL},     /* ext4 */
    {0x58465342, NULL}, /* xfs */
    {0x9123683E, NULL}, /* btrfs */
    {0x2FC12FC1, NULL}, /* zfs */
    {0x01021994, NULL}, /* tmpfs */
    {0x794C7630, NULL}, /* overlay */
};

START_TEST(network_file_systems_are_known)
{
    const char *name = ff_dir_remote_name(kinds[_i].magic);
    if (kinds[_i].name)
        ck_assert_str_eq(name, kinds[_i].name);
    else
        ck_assert_ptr_null(name);
}
END_TEST

static struct ff_store store;

static void open_remote(void)
{
    int exit_hint;
    ff_store_dir(&store);
    ck_assert_int_eq(ff_store_try(&store,
                                  (struct ff_db_options){.create = true, .allow_remote_fs = true},
                                  &exit_hint),
                     FF_OK);
}

static void close_remote(void)
{
    ff_store_close(&store);
}

static enum ff_rc rename_food(struct ff_ctx *cx, void *arg)
{
    int rc = ff_sq_exec(cx->conn->sq, arg);
    return rc ? ff_sq_fail(cx, cx->conn->sq, rc, "test") : FF_OK;
}

static int64_t count_meals(void)
{
    int64_t n = -1;
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK);
    ck_assert_int_eq(
        ff_sq_int(store.cx.conn->sq, "SELECT COUNT(*) FROM category WHERE name = 'meal'", &n),
        SQLITE_OK);
    return n;
}

START_TEST(who_insists_gets_a_rollback_journal)
{
    char mode[16], to_meal[] = "UPDATE category SET name = 'meal' WHERE id = 1";
    ck_assert_int_eq(ff_db_write(&store.cx, rename_food, to_meal), FF_OK);
    ck_assert_int_eq(count_meals(), 1);
    ck_assert_int_eq(ff_sq_text(store.cx.conn->sq, "PRAGMA journal_mode", mode, sizeof mode),
                     SQLITE_OK);
    ck_assert_str_eq(mode, "delete");
}
END_TEST

START_TEST(a_commit_that_readers_hold_up_changes_nothing)
{
    char to_meal[] = "UPDATE category SET name = 'meal' WHERE id = 1";
    struct ff_ctx other;
    ff_store_caller(&store, &other);
    sqlite3_busy_timeout(store.db->writer.conn->sq, 10);
    ck_assert_int_eq(count_meals(), 0); /* holds its snapshot from here on */
    ck_assert_int_eq(ff_db_write(&other, rename_food, to_meal), FF_BUSY);
    ff_db_release(&store.cx);
    ck_assert_int_eq(count_meals(), 0);
    ff_db_release(&store.cx);
    ck_assert_int_eq(ff_db_write(&other, rename_food, to_meal), FF_OK);
    ck_assert_int_eq(count_meals(), 1);
    ff_store_no_caller(&other);
}
END_TEST

START_TEST(back_on_a_local_disk_it_is_a_wal_again)
{
    char mode[16];
    ff_store_reopen(&store);
    ck_assert_int_eq(
        ff_sq_text(store.db->pool.all[0]->sq, "PRAGMA journal_mode", mode, sizeof mode), SQLITE_OK);
    ck_assert_str_eq(mode, "wal");
}
END_TEST

START_TEST(a_beside_looker_takes_the_mode_it_finds)
{
    struct ff_db *beside = NULL;
    struct ff_db_options o = {.dir = store.dir, .read_only = true};
    int exit_hint;
    ck_assert_int_eq(ff_db_open(&store.cx, &o, &beside, &exit_hint), FF_OK);
    ff_db_close(beside);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_remote_fs");
    TCase *table = tcase_create("table");
    tcase_add_loop_test(table, network_file_systems_are_known, 0, sizeof kinds / sizeof *kinds);
    suite_add_tcase(suite, table);
    TCase *cases = tcase_create("rollback journal");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_remote, close_remote);
    tcase_add_test(cases, who_insists_gets_a_rollback_journal);
    tcase_add_test(cases, a_commit_that_readers_hold_up_changes_nothing);
    tcase_add_test(cases, back_on_a_local_disk_it_is_a_wal_again);
    tcase_add_test(cases, a_beside_looker_takes_the_mode_it_finds);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
