/* SPDX-License-Identifier: MIT */
/* db_settings.c - every connection has every setting: read back here with a list of our own, not
 * with the one that sets them. */
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ff_store store;

static void open_store(void)
{
    ff_store_open(&store);
}

static void close_store(void)
{
    ff_store_close(&store);
}

/* clang-format off */
static const struct {
    const char *pragma, *reader, *writer;
} wanted[] = {
    { "journal_mode",       "wal",      "wal" },
    { "synchronous",        "2",        "2" },
    { "foreign_keys",       "1",        "1" },
    { "trusted_schema",     "0",        "0" },
    { "recursive_triggers", "1",        "1" },
    { "cell_size_check",    "1",        "1" },
    { "secure_delete",      "1",        "1" },
    { "temp_store",         "2",        "2" },
    { "mmap_size",          "0",        "0" },
    { "busy_timeout",       "2000",     "2000" },
    { "wal_autocheckpoint", "0",        "0" },
    { "journal_size_limit", "67108864", "67108864" },
    { "query_only",         "1",        "0" },
    { "application_id",     "1179015729", "1179015729" }, /* 0x46465A31 */
    { "auto_vacuum",        "0",        "0" },
};

static const struct {
    int op, reader, writer;
} switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE,             1, 1 },
    { SQLITE_DBCONFIG_DQS_DML,               0, 0 },
    { SQLITE_DBCONFIG_DQS_DDL,               0, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, 0 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0, 0 },
    { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,      1, 0 },
    { SQLITE_DBCONFIG_WRITABLE_SCHEMA,       0, 0 },
    { SQLITE_DBCONFIG_ENABLE_QPSG,           1, 1 },
};
/* clang-format on */

static void check_settings(struct ff_conn *conn, bool writer)
{
    char text[64], now[64];
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        snprintf(text, sizeof text, "PRAGMA %s", wanted[i].pragma);
        ck_assert_int_eq(ff_sq_text(conn->sq, text, now, sizeof now), SQLITE_OK);
        ck_assert_msg(strcmp(now, writer ? wanted[i].writer : wanted[i].reader) == 0,
                      "%s of the %s is %s", wanted[i].pragma, writer ? "writer" : "reader", now);
    }
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        int value = -1;
        sqlite3_db_config(conn->sq, switches[i].op, -1, &value);
        ck_assert_msg(value == (writer ? switches[i].writer : switches[i].reader),
                      "switch %d of the %s is %d", switches[i].op, writer ? "writer" : "reader",
                      value);
    }
    ck_assert_int_eq(sqlite3_limit(conn->sq, SQLITE_LIMIT_SQL_LENGTH, -1), 100000);
    ck_assert_int_eq(sqlite3_limit(conn->sq, SQLITE_LIMIT_VARIABLE_NUMBER, -1), 250);
    ck_assert_int_eq(sqlite3_limit(conn->sq, SQLITE_LIMIT_EXPR_DEPTH, -1), 100);
    ck_assert_int_eq(sqlite3_db_readonly(conn->sq, "main"), writer ? 0 : 1);
}

static enum ff_rc check_writer(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    check_settings(cx->conn, true);
    return ff_conn_verify(cx, cx->conn);
}

START_TEST(every_reader_and_the_writer_have_all_settings)
{
    struct ff_ctx other;
    ff_store_caller(&store, &other);
    ck_assert_int_eq(ff_pool_borrow(&store.cx), FF_OK);
    ck_assert_int_eq(ff_pool_borrow(&other), FF_OK);
    ff_db_release(&store.cx);
    ff_db_release(&other);
    ff_store_no_caller(&other);
    ck_assert_int_eq(store.db->pool.n, 2);
    for (int i = 0; i < store.db->pool.n; i++) {
        check_settings(store.db->pool.all[i], false);
        ck_assert_int_eq(ff_conn_verify(&store.cx, store.db->pool.all[i]), FF_OK);
    }
    ck_assert_int_eq(ff_db_write(&store.cx, check_writer, NULL), FF_OK);
}
END_TEST

static const struct {
    const char *change, *named;
} losses[] = {
    {"PRAGMA foreign_keys=OFF", "foreign_keys"},
    {"PRAGMA synchronous=NORMAL", "synchronous"},
    {"PRAGMA wal_autocheckpoint=1000", "wal_autocheckpoint"},
    {"PRAGMA query_only=0", "query_only"},
};

START_TEST(a_lost_setting_is_named)
{
    struct ff_conn *conn = store.db->pool.all[0];
    ck_assert_int_eq(ff_sq_exec(conn->sq, losses[_i].change), SQLITE_OK);
    ck_assert_int_eq(ff_conn_verify(&store.cx, conn), FF_STORAGE_FAULT);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, losses[_i].named));
}
END_TEST

START_TEST(a_lost_switch_or_limit_is_noticed)
{
    struct ff_conn *conn = store.db->pool.all[0];
    sqlite3_db_config(conn->sq, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    ck_assert_int_eq(ff_conn_verify(&store.cx, conn), FF_STORAGE_FAULT);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "defensive"));
    sqlite3_db_config(conn->sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    ff_store_again(&store);
    sqlite3_limit(conn->sq, SQLITE_LIMIT_EXPR_DEPTH, 1000);
    ck_assert_int_eq(ff_conn_verify(&store.cx, conn), FF_STORAGE_FAULT);
}
END_TEST

START_TEST(the_schema_version_is_in_the_file)
{
    int64_t version = 0;
    ck_assert_int_eq(ff_sq_int(store.db->pool.all[0]->sq, "PRAGMA user_version", &version),
                     SQLITE_OK);
    ck_assert_int_eq(version, ff_db_schema_version());
    ck_assert_int_eq(version, ff_n_migrations - 1);
}
END_TEST

START_TEST(a_beside_looker_has_reader_settings)
{
    struct ff_store beside;
    int exit_hint;
    ff_store_dir(&beside);
    ff_remove_tree(beside.dir);
    memcpy(beside.dir, store.dir, sizeof beside.dir);
    ck_assert_int_eq(ff_store_try(&beside, (struct ff_db_options){.read_only = true}, &exit_hint),
                     FF_OK);
    for (int i = 0; i < beside.db->pool.n; i++)
        check_settings(beside.db->pool.all[i], false);
    ck_assert_int_eq(ff_db_check(&beside.cx), FF_OK);
    ff_store_close_db(&beside);
    ff_arena_free(beside.arena);
    ff_clock_free(beside.clock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_settings");
    TCase *cases = tcase_create("settings");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_test(cases, every_reader_and_the_writer_have_all_settings);
    tcase_add_loop_test(cases, a_lost_setting_is_named, 0, sizeof losses / sizeof *losses);
    tcase_add_test(cases, a_lost_switch_or_limit_is_noticed);
    tcase_add_test(cases, the_schema_version_is_in_the_file);
    tcase_add_test(cases, a_beside_looker_has_reader_settings);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
