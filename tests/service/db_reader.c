/* SPDX-License-Identifier: MIT */
/* db_reader.c - named queries through a borrowed reader: one snapshot a request, statements that
 * put themselves away, values by type, and what is refused outside the writer. */
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

static enum ff_rc run_text(struct ff_ctx *cx, void *arg)
{
    int rc = ff_sq_exec(cx->conn->sq, arg);
    return rc ? ff_sq_fail(cx, cx->conn->sq, rc, "test") : FF_OK;
}

static int64_t steps(struct ff_ctx *cx)
{
    bool row = false;
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(cx, FF_Q_DB_PROBE, &st), FF_OK);
    ck_assert_int_eq(ff_db_row(cx, st, &row), FF_OK);
    ck_assert(row);
    return ff_db_col_int(st, FF_C_DB_PROBE_STEPS);
}

static char one_more[] = "INSERT INTO schema_migration VALUES (1000, 'x', '0123456789abcdef"
                         "0123456789abcdef0123456789abcdef0123456789abcdef', 0)";

START_TEST(a_request_sees_one_state_until_it_ends)
{
    struct ff_ctx other;
    ff_store_caller(&store, &other);
    int64_t before = steps(&store.cx);
    ck_assert_int_eq(ff_db_write(&other, run_text, one_more), FF_OK);
    ck_assert_int_eq(steps(&store.cx), before);
    ff_db_release(&store.cx);
    ff_db_release(&store.cx); /* harmless twice */
    ck_assert_int_eq(steps(&store.cx), before + 1);
    ff_store_no_caller(&other);
}
END_TEST

static int64_t slow_ones(void)
{
    struct ff_db_stats stats;
    ff_db_get_stats(store.db, &stats);
    return stats.slow;
}

START_TEST(a_statement_that_takes_long_is_named)
{
    bool row = false;
    FF_STMT *st = NULL;
    store.db->slow_ms = 60000;
    (void)steps(&store.cx);
    ck_assert_int_eq(slow_ones(), 0);
    store.db->slow_ms = 20;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_DB_PROBE, &st), FF_OK);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_OK);
    for (int64_t until = ff_clock_machine_ms() + 40; ff_clock_machine_ms() < until;)
        continue;
    ff_stmt_release(&st);
    ck_assert_int_eq(slow_ones(), 1);
}
END_TEST

START_TEST(a_writer_reads_its_own_write_afterwards)
{
    int64_t before = steps(&store.cx); /* a snapshot from before the write */
    ck_assert_int_eq(ff_db_write(&store.cx, run_text, one_more), FF_OK);
    ck_assert_int_eq(steps(&store.cx), before + 1);
}
END_TEST

START_TEST(statements_are_counted)
{
    store.cx.statements = 0;
    (void)steps(&store.cx);
    (void)steps(&store.cx);
    ck_assert_uint_eq(store.cx.statements, 2);
}
END_TEST

START_TEST(a_statement_is_prepared_once)
{
    FF_STMT *first = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_DB_PROBE, &first), FF_OK);
    sqlite3_stmt *sq = first->sq;
    ff_stmt_release(&first);
    ck_assert_ptr_null(first);
    ff_stmt_release(&first);
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_DB_PROBE, &first), FF_OK);
    ck_assert_ptr_eq(first->sq, sq);
}
END_TEST

START_TEST(a_query_inside_its_own_loop_gets_a_statement_of_its_own)
{
    bool row, inner;
    int64_t pairs = 0;
    FF_STMT *outer = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_MIGRATION_LIST, &outer), FF_OK);
    while (ff_db_row(&store.cx, outer, &row) == FF_OK && row) {
        FF_STMT *st = NULL;
        ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_MIGRATION_LIST, &st), FF_OK);
        while (ff_db_row(&store.cx, st, &inner) == FF_OK && inner)
            pairs++;
    }
    ck_assert_int_eq(pairs, FF_SCHEMA_VERSION * FF_SCHEMA_VERSION);
}
END_TEST

START_TEST(a_statement_runs_again_after_its_last_row)
{
    bool row;
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_MIGRATION_LIST, &st), FF_OK);
    for (int round = 0; round < 2; round++) {
        int n = 0;
        while (ff_db_row(&store.cx, st, &row) == FF_OK && row)
            n++;
        ck_assert_int_eq(n, FF_SCHEMA_VERSION);
    }
}
END_TEST

START_TEST(a_statement_that_outlives_its_reader_is_refused_not_used)
{
    bool row;
    FF_STMT *st = NULL, *spare = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_MIGRATION_LIST, &st), FF_OK);
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_MIGRATION_LIST, &spare), FF_OK);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_OK);
    ff_db_release(&store.cx);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_INTERNAL);
    ck_assert(!row);
    ff_store_again(&store);
    ck_assert_int_eq(steps(&store.cx), FF_SCHEMA_VERSION); /* the reader is whole */
}
END_TEST

START_TEST(a_change_outside_the_writer_is_refused)
{
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_MIGRATION_REMOVE, &st), FF_INTERNAL);
    ck_assert_ptr_null(st);
    ck_assert_int_eq(ff_sq_exec(store.cx.conn->sq, "DELETE FROM schema_migration") & 0xff,
                     SQLITE_READONLY);
}
END_TEST

START_TEST(a_row_nobody_asked_for_is_an_error)
{
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_DB_PROBE, &st), FF_OK);
    ck_assert_int_eq(ff_db_run(&store.cx, st), FF_INTERNAL);
}
END_TEST

/* ---- values ---- */

static enum ff_rc put_product(struct ff_ctx *cx, void *arg)
{
    bool row;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_INSERT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRODUCT_INSERT_NAME, arg);
    ff_db_text(st, FF_P_PRODUCT_INSERT_NAME_FOLD, "soup");
    ff_db_int(st, FF_P_PRODUCT_INSERT_PRICE, 500);
    ff_db_opt_int(st, FF_P_PRODUCT_INSERT_CATEGORY_ID, 1);
    ff_db_text(st, FF_P_PRODUCT_INSERT_DESCRIPTION, "");
    ff_db_int(st, FF_P_PRODUCT_INSERT_AVAILABLE, 1);
    ff_db_text(st, FF_P_PRODUCT_INSERT_EMOJI, NULL);
    ff_db_int(st, FF_P_PRODUCT_INSERT_SORT, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_TAX_RATE, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_DIETS, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_MENU_ONLY, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_NOW, FF_TEST_NOW);
    return ff_db_row(cx, st, &row);
}

static enum ff_rc put_category_null(struct ff_ctx *cx, void *arg)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_CATEGORY_INSERT, &st);
    bool row;
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_CATEGORY_INSERT_NAME, INT64_MIN);
    ff_db_text(st, FF_P_CATEGORY_INSERT_NAME_FOLD, arg);
    return ff_db_row(cx, st, &row);
}

START_TEST(values_come_back_as_they_went_in)
{
    bool row = false;
    char soup[] = "Gulyásleves", glaze[5];
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_write(&store.cx, put_product, soup), FF_OK);
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_PRODUCT_GET, &st), FF_OK);
    ff_db_int(st, FF_P_PRODUCT_GET_ID, 1);
    ff_db_int(st, FF_P_PRODUCT_GET_ARCHIVED, 1);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_OK);
    ck_assert(row);
    const char *name = ff_db_col_text(&store.cx, st, FF_C_PRODUCT_GET_NAME);
    ck_assert_int_eq(ff_db_col_opt_int(st, FF_C_PRODUCT_GET_PRICE), 500);
    ck_assert(ff_db_col_null(st, FF_C_PRODUCT_GET_EMOJI));
    ck_assert_ptr_null(ff_db_col_text(&store.cx, st, FF_C_PRODUCT_GET_EMOJI));
    ck_assert_int_eq(ff_db_col_int(st, FF_C_PRODUCT_GET_EMOJI), 0);
    ck_assert_int_eq(ff_db_col_opt_int(st, FF_C_PRODUCT_GET_EMOJI), INT64_MIN);
    ck_assert(!ff_db_col_blob(st, FF_C_PRODUCT_GET_EMOJI, glaze, 4));
    ck_assert(!ff_db_col_blob(st, FF_C_PRODUCT_GET_NAME, glaze, 4)); /* of another size */
    ff_stmt_release(&st);
    ff_db_release(&store.cx);
    ck_assert_str_eq(name, "Gulyásleves"); /* the arena's, not the statement's */
}
END_TEST

/* Asks for product 1; the parameters that are not NULL here are bound. */
static bool is_found(const int64_t *id, const int64_t *archived)
{
    bool row = false;
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_PRODUCT_GET, &st), FF_OK);
    if (id)
        ff_db_opt_int(st, FF_P_PRODUCT_GET_ID, *id);
    if (archived)
        ff_db_int(st, FF_P_PRODUCT_GET_ARCHIVED, *archived);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_OK);
    return row;
}

START_TEST(what_is_not_bound_is_null_whatever_was_bound_before)
{
    char soup[] = "Soup";
    const int64_t one = 1, none = INT64_MIN;
    ck_assert_int_eq(ff_db_write(&store.cx, put_product, soup), FF_OK);
    ck_assert(is_found(&one, &one));
    ck_assert(!is_found(NULL, &one));
    ck_assert(is_found(&one, &one));
    ck_assert(!is_found(&none, &one));
    ck_assert(!is_found(NULL, &one));
    ck_assert(!is_found(&one, NULL));
}
END_TEST

/* A number that comes again is not bound again; it is when there was something else in between. */
START_TEST(a_number_after_a_text_is_that_number)
{
    char soup[] = "Soup";
    const int64_t one = 1, two = 2;
    ck_assert_int_eq(ff_db_write(&store.cx, put_product, soup), FF_OK);
    ck_assert(is_found(&one, &one));
    bool row = true;
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_PRODUCT_GET, &st), FF_OK);
    ff_db_text(st, FF_P_PRODUCT_GET_ID, "soup");
    ff_db_int(st, FF_P_PRODUCT_GET_ARCHIVED, 1);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_OK);
    ck_assert(!row);
    ff_stmt_release(&st);
    ck_assert(is_found(&one, &one));
    ck_assert(!is_found(&two, &one));
    ck_assert(is_found(&one, &one));
}
END_TEST

START_TEST(a_unique_clash_is_told_apart)
{
    char soup[] = "Soup";
    ck_assert_int_eq(ff_db_write(&store.cx, put_product, soup), FF_OK);
    ck_assert_int_eq(ff_db_write(&store.cx, put_product, soup), FF_ALREADY_EXISTS);
    ck_assert_ptr_null(strstr(store.cx.err.detail, "product")); /* no SQL in the detail */
}
END_TEST

START_TEST(a_null_where_none_may_be_is_our_own_mistake)
{
    char fold[] = "nothing";
    ck_assert_int_eq(ff_db_write(&store.cx, put_category_null, fold), FF_INTERNAL);
}
END_TEST

static enum ff_rc count_changes(struct ff_ctx *cx, void *arg)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MIGRATION_REMOVE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_MIGRATION_REMOVE_VERSION, 1000);
    if ((rc = ff_db_run(cx, st)))
        return rc;
    *(int64_t *)arg = ff_db_changes(st);
    return FF_OK;
}

START_TEST(changes_are_counted)
{
    int64_t n = -1;
    ck_assert_int_eq(ff_db_write(&store.cx, count_changes, &n), FF_OK);
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(ff_db_write(&store.cx, run_text, one_more), FF_OK);
    ck_assert_int_eq(ff_db_write(&store.cx, count_changes, &n), FF_OK);
    ck_assert_int_eq(n, 1);
}
END_TEST

/* ---- limits ---- */

static void open_with(struct ff_db_options options)
{
    int exit_hint;
    ff_store_dir(&store);
    options.create = true;
    ck_assert_int_eq(ff_store_try(&store, options, &exit_hint), FF_OK);
}

START_TEST(when_all_readers_are_out_the_next_is_told_to_come_back)
{
    struct ff_ctx other;
    open_with((struct ff_db_options){.readers = 1, .queue_wait_ms = 10});
    ff_store_caller(&store, &other);
    (void)steps(&store.cx);
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&other, FF_Q_DB_PROBE, &st), FF_BUSY);
    ck_assert_int_eq(other.err.retry_after_s, 1);
    ff_err_clear(&other);
    ck_assert_int_eq(ff_db_check(&other), FF_BUSY);
    ff_db_release(&store.cx);
    ff_err_clear(&other);
    ck_assert_int_eq(steps(&other), FF_SCHEMA_VERSION);
    ff_store_no_caller(&other);
    ff_store_close(&store);
}
END_TEST

START_TEST(readers_are_opened_when_they_are_needed_and_bounded)
{
    static struct ff_ctx others[FF_DB_MAX_READERS];
    open_with((struct ff_db_options){.readers = 1000, .queue_wait_ms = 10});
    ck_assert_int_eq(store.db->pool.n, 1);
    for (int i = 0; i < FF_DB_MAX_READERS; i++) {
        ff_store_caller(&store, &others[i]);
        ck_assert_int_eq(steps(&others[i]), FF_SCHEMA_VERSION);
        ck_assert_int_eq(store.db->pool.n, i + 1);
    }
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_DB_PROBE, &st), FF_BUSY);
    ff_err_clear(&store.cx);
    for (int i = 0; i < FF_DB_MAX_READERS; i++) {
        ff_db_release(&others[i]);
        ff_store_no_caller(&others[i]);
    }
    ff_db_shrink(store.db);
    ck_assert_int_eq(steps(&store.cx), FF_SCHEMA_VERSION);
    ck_assert_int_eq(store.db->pool.n, FF_DB_MAX_READERS);
    ff_store_close(&store);
}
END_TEST

/* Reads the long list until its time is over or the list is; the result. */
static enum ff_rc read_long_list(int64_t *n)
{
    bool row = true;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(&store.cx, FF_Q_MIGRATION_LIST, &st);
    for (*n = 0; !rc && row; ++*n)
        rc = ff_db_row(&store.cx, st, &row);
    return rc;
}

START_TEST(a_question_that_takes_too_long_is_stopped)
{
    char many[] =
        "INSERT INTO schema_migration WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL"
        " SELECT i + 1 FROM n WHERE i < 200000) SELECT i, 'x', hex(zeroblob(32)), 0 FROM n";
    int64_t n = 0;
    open_with((struct ff_db_options){.statement_ms = 1});
    ck_assert_int_eq(ff_db_write(&store.cx, run_text, many), FF_OK);
    ck_assert_int_eq(read_long_list(&n), FF_BUSY);
    ck_assert_int_lt(n, 199000);
    ff_store_again(&store);
    store.cx.is_unhurried = true; /* a proof is not stopped */
    ck_assert_int_eq(read_long_list(&n), FF_OK);
    ck_assert_int_gt(n, 199000);
    store.cx.is_unhurried = false;
    ff_store_again(&store);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK); /* which may take its time */
    ff_store_close(&store);
}
END_TEST

START_TEST(a_damaged_page_is_found_by_the_check)
{
    char path[512];
    ff_store_open(&store);
    ff_store_close_db(&store);
    FILE *f = fopen(ff_store_path(&store, FF_DB_FILE, path), "r+b");
    ck_assert_int_eq(fseek(f, 4 * FF_DB_PAGE_BYTES, SEEK_SET), 0);
    fputs("no page any more", f);
    fclose(f);
    ff_store_reopen(&store);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_STORAGE_FAULT);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "damaged"));
    ff_store_close(&store);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_reader");
    TCase *cases = tcase_create("reading");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_test(cases, a_request_sees_one_state_until_it_ends);
    tcase_add_test(cases, a_statement_that_takes_long_is_named);
    tcase_add_test(cases, a_writer_reads_its_own_write_afterwards);
    tcase_add_test(cases, statements_are_counted);
    tcase_add_test(cases, a_statement_is_prepared_once);
    tcase_add_test(cases, a_query_inside_its_own_loop_gets_a_statement_of_its_own);
    tcase_add_test(cases, a_statement_runs_again_after_its_last_row);
    tcase_add_test(cases, a_statement_that_outlives_its_reader_is_refused_not_used);
    tcase_add_test(cases, a_change_outside_the_writer_is_refused);
    tcase_add_test(cases, a_row_nobody_asked_for_is_an_error);
    tcase_add_test(cases, values_come_back_as_they_went_in);
    tcase_add_test(cases, what_is_not_bound_is_null_whatever_was_bound_before);
    tcase_add_test(cases, a_number_after_a_text_is_that_number);
    tcase_add_test(cases, a_unique_clash_is_told_apart);
    tcase_add_test(cases, a_null_where_none_may_be_is_our_own_mistake);
    tcase_add_test(cases, changes_are_counted);
    suite_add_tcase(suite, cases);
    TCase *limits = tcase_create("limits");
    tcase_set_timeout(limits, 60);
    tcase_add_test(limits, when_all_readers_are_out_the_next_is_told_to_come_back);
    tcase_add_test(limits, readers_are_opened_when_they_are_needed_and_bounded);
    tcase_add_test(limits, a_question_that_takes_too_long_is_stopped);
    tcase_add_test(limits, a_damaged_page_is_found_by_the_check);
    suite_add_tcase(suite, limits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
