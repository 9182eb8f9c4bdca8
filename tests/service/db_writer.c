/* SPDX-License-Identifier: MIT */
/* db_writer.c - the writer's contract: group commit, one savepoint a job, the queue and its bounds.
 */
#include "../lib/gate.h"
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

/* ---- jobs ---- */

struct row {
    int64_t id;
    enum ff_rc end_with; /* what the job returns after its insert */
};

static enum ff_rc insert(struct ff_ctx *cx, int64_t id)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MIGRATION_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_MIGRATION_ADD_VERSION, id);
    ff_db_text(st, FF_P_MIGRATION_ADD_NAME, "test");
    ff_db_text(st, FF_P_MIGRATION_ADD_CHECKSUM,
               "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    ff_db_int(st, FF_P_MIGRATION_ADD_NOW, 0);
    return ff_db_run(cx, st);
}

static enum ff_rc insert_row(struct ff_ctx *cx, void *arg)
{
    const struct row *r = arg;
    enum ff_rc rc = insert(cx, r->id);
    if (rc || !r->end_with)
        return rc;
    return FF_FAIL(cx, r->end_with, "as the test wants it");
}

/* Ids of all rows that the tests made, as text: "1000 1002 ". */
static const char *rows(struct ff_store *s)
{
    static char text[256];
    bool row;
    FF_STMT *st = NULL;
    size_t n = 0;
    ck_assert_int_eq(ff_db_query(&s->cx, FF_Q_MIGRATION_LIST, &st), FF_OK);
    *text = 0;
    while (ff_db_row(&s->cx, st, &row) == FF_OK && row) {
        int64_t id = ff_db_col_int(st, FF_C_MIGRATION_LIST_VERSION);
        if (id >= 1000)
            n += (size_t)snprintf(text + n, sizeof text - n, "%" PRId64 " ", id);
    }
    ff_stmt_release(&st);
    ff_db_release(&s->cx);
    return text;
}

/* Jobs with a savepoint each, and without: what they leave behind is the same. */
static enum ff_rc (*const ways[])(struct ff_ctx *cx, ff_db_job fn, void *arg) = {ff_db_write,
                                                                                 ff_db_write_lean};
static int way;

static void go(int i)
{
    way = i;
}

static void start(struct ff_caller *c, ff_db_job fn, void *arg)
{
    ff_store_caller(&store, &c->cx);
    c->write = ways[way];
    ff_caller_start(c, fn, arg);
}

static enum ff_rc finish(struct ff_caller *c)
{
    pthread_join(c->thread, NULL);
    ff_store_no_caller(&c->cx);
    return c->rc;
}

/* ---- batches ---- */

START_TEST(a_failing_job_leaves_the_others_of_its_batch)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r[4] = {{1000, FF_OK}, {1001, FF_NOT_FOUND}, {1002, FF_OK}, {1003, FF_OK}};
    static struct ff_caller first, c[4];
    struct ff_db_stats stats;
    go(_i);
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    for (int i = 0; i < 4; i++)
        start(&c[i], insert_row, &r[i]);
    ff_wait_for_queue(store.db, 4);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(finish(&c[i]), r[i].end_with);
    ck_assert_str_eq(rows(&store), "1000 1002 1003 ");
    ff_db_get_stats(store.db, &stats);
    ck_assert_int_ge(stats.largest_batch, 2);
    ck_assert_int_eq(stats.jobs, 5);
    ck_assert_int_lt(stats.commits, 5);
    ck_assert_int_eq(stats.reruns, way);
}
END_TEST

/* A job as slow as on a small machine. */
static enum ff_rc slow_insert(struct ff_ctx *cx, void *arg)
{
    enum { SLOW_NS = 3000000 };
    int64_t until_ns = ff_clock_machine_ns() + SLOW_NS;
    while (ff_clock_machine_ns() < until_ns)
        ;
    return insert_row(cx, arg);
}

START_TEST(slow_jobs_share_a_commit_too)
{
    enum { JOBS = 12, COMMITS_MAX = 7 };
    struct ff_gate gate = FF_GATE_INIT;
    static struct ff_caller first, c[JOBS];
    struct row r[JOBS];
    struct ff_db_stats stats;
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    for (int i = 0; i < JOBS; i++) {
        r[i] = (struct row){1000 + i, FF_OK};
        start(&c[i], slow_insert, &r[i]);
    }
    ff_wait_for_queue(store.db, JOBS);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK);
    for (int i = 0; i < JOBS; i++)
        ck_assert_int_eq(finish(&c[i]), FF_OK);
    ff_db_get_stats(store.db, &stats);
    ck_assert_int_eq(stats.jobs, JOBS + 1);
    ck_assert_int_le(stats.commits, COMMITS_MAX); /* a batch lasts 20 ms */
    ck_assert_uint_eq(stats.queue.count, JOBS + 1);
    ck_assert_uint_eq(stats.sync.count, (uint64_t)stats.commits);
    ck_assert_uint_lt(stats.sync.sum, stats.commit.sum);
    ck_assert_uint_gt(stats.queue.sum, 0);
}
END_TEST

START_TEST(the_error_of_a_failed_job_is_its_own)
{
    struct row r = {1000, FF_NOT_FOUND};
    ck_assert_int_eq(ways[_i](&store.cx, insert_row, &r), FF_NOT_FOUND);
    ck_assert_int_eq(store.cx.err.rc, FF_NOT_FOUND);
    ck_assert_str_eq(store.cx.err.detail, "as the test wants it");
    ck_assert_ptr_null(store.cx.conn);
    r.end_with = FF_OK; /* the error of before does not stick */
    ck_assert_int_eq(ways[_i](&store.cx, insert_row, &r), FF_OK);
    ck_assert_int_eq(store.cx.err.rc, FF_OK);
}
END_TEST

enum { N_CALLERS = 64, N_EACH = 20 };

static enum ff_rc insert_one_of_many(struct ff_ctx *cx, void *arg)
{
    return insert(cx, *(int64_t *)arg);
}

static void *many(void *arg)
{
    struct ff_caller *c = arg;
    for (int64_t i = 0; i < N_EACH && !c->rc; i++) {
        int64_t id = *(int64_t *)c->arg + i;
        c->rc = ff_db_write(&c->cx, insert_one_of_many, &id);
    }
    return NULL;
}

START_TEST(sixty_four_callers_lose_nothing)
{
    static struct ff_caller c[N_CALLERS];
    static int64_t base[N_CALLERS];
    struct ff_db_stats stats;
    bool row;
    for (int i = 0; i < N_CALLERS; i++) {
        base[i] = 1000 + i * N_EACH;
        ff_store_caller(&store, &c[i].cx);
        c[i].arg = &base[i];
        ck_assert_int_eq(pthread_create(&c[i].thread, NULL, many, &c[i]), 0);
    }
    for (int i = 0; i < N_CALLERS; i++)
        ck_assert_int_eq(finish(&c[i]), FF_OK);
    FF_STMT *st = NULL;
    ck_assert_int_eq(ff_db_query(&store.cx, FF_Q_DB_PROBE, &st), FF_OK);
    ck_assert_int_eq(ff_db_row(&store.cx, st, &row), FF_OK);
    ck_assert_int_eq(ff_db_col_int(st, FF_C_DB_PROBE_STEPS),
                     FF_SCHEMA_VERSION + N_CALLERS * N_EACH);
    ff_db_get_stats(store.db, &stats);
    ck_assert_int_eq(stats.jobs, N_CALLERS * N_EACH);
    ck_assert_int_lt(stats.commits, stats.jobs); /* commits were shared */
    ck_assert(!stats.failed);
}
END_TEST

/* ---- jobs inside jobs ---- */

static enum ff_rc outer(struct ff_ctx *cx, void *arg)
{
    struct row inner = {1001, FF_IN_USE};
    (void)arg;
    ck_assert(ff_db_in_writer(cx));
    enum ff_rc rc = insert(cx, 1000);
    if (rc)
        return rc;
    ff_db_ledger_head(cx)->id = 41;
    ck_assert_int_eq(ff_db_write(cx, insert_row, &inner), FF_IN_USE);
    ff_err_clear(cx);
    ck_assert_int_eq(ff_db_ledger_head(cx)->id, 41);
    inner = (struct row){1002, FF_OK};
    rc = ff_db_write(cx, insert_row, &inner);
    ff_db_ledger_head(cx)->id = 0;
    return rc;
}

START_TEST(a_job_in_a_job_fails_alone)
{
    ck_assert(!ff_db_in_writer(&store.cx));
    ck_assert_int_eq(ways[_i](&store.cx, outer, NULL), FF_OK);
    ck_assert_str_eq(rows(&store), "1000 1002 ");
}
END_TEST

static enum ff_rc refuse(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    return FF_FAIL(cx, FF_NOT_FOUND, "as the test wants it");
}

START_TEST(a_refusal_that_changed_nothing_costs_the_batch_nothing)
{
    struct ff_db_stats stats;
    ck_assert_int_eq(ff_db_write_lean(&store.cx, refuse, NULL), FF_NOT_FOUND);
    ff_db_get_stats(store.db, &stats);
    ck_assert_int_eq(stats.reruns, 0);
}
END_TEST

/* ---- the chain's head ---- */

struct move {
    int64_t seen;
    enum ff_rc end_with;
};

static enum ff_rc move_head(struct ff_ctx *cx, void *arg)
{
    struct move *m = arg;
    struct ff_chain_head *head = ff_db_ledger_head(cx);
    m->seen = head->id++;
    memset(head->hash, (int)head->id, sizeof head->hash);
    return m->end_with ? FF_FAIL(cx, m->end_with, "as the test wants it") : FF_OK;
}

START_TEST(the_head_comes_back_when_a_job_fails)
{
    struct move m[] = {{-1, FF_OK}, {-1, FF_NOT_FOUND}, {-1, FF_OK}};
    ck_assert_int_eq(ways[_i](&store.cx, move_head, &m[0]), FF_OK);
    ck_assert_int_eq(ways[_i](&store.cx, move_head, &m[1]), FF_NOT_FOUND);
    ck_assert_int_eq(ways[_i](&store.cx, move_head, &m[2]), FF_OK);
    ck_assert_int_eq(m[0].seen, 0);
    ck_assert_int_eq(m[1].seen, 1);
    ck_assert_int_eq(m[2].seen, 1);
}
END_TEST

/* ---- what the savepoint cannot see by itself ---- */

static enum ff_rc leave_dangling(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    int rc = ff_sq_exec(
        cx->conn->sq, "INSERT INTO account (id, code, kind) VALUES (1, 'cash:main', 'cash');"
                      "INSERT INTO entry (journal_id, account_id, amount_minor) VALUES (9, 1, 5)");
    ck_assert_msg(rc == SQLITE_OK, "%s", sqlite3_errmsg(cx->conn->sq));
    return FF_OK;
}

START_TEST(a_job_that_leaves_entries_without_journal_fails_alone)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r = {1000, FF_OK};
    struct ff_caller first, bad, good;
    go(_i);
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    start(&bad, leave_dangling, NULL);
    start(&good, insert_row, &r);
    ff_wait_for_queue(store.db, 2);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK);
    ck_assert_int_eq(finish(&bad), FF_INTERNAL);
    ck_assert_int_eq(finish(&good), FF_OK);
    ck_assert_str_eq(rows(&store), "1000 ");
}
END_TEST

/* Asks for the id of a row whose foreign key is wrong. */
static enum ff_rc take_id_of_bad_row(struct ff_ctx *cx, void *arg)
{
    bool row;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PRODUCT_INSERT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_PRODUCT_INSERT_NAME, "Soup");
    ff_db_text(st, FF_P_PRODUCT_INSERT_NAME_FOLD, "soup");
    ff_db_int(st, FF_P_PRODUCT_INSERT_PRICE, 500);
    ff_db_int(st, FF_P_PRODUCT_INSERT_CATEGORY_ID, 99);
    ff_db_text(st, FF_P_PRODUCT_INSERT_DESCRIPTION, "");
    ff_db_int(st, FF_P_PRODUCT_INSERT_AVAILABLE, 1);
    ff_db_int(st, FF_P_PRODUCT_INSERT_SORT, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_TAX_RATE, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_DIETS, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_MENU_ONLY, 0);
    ff_db_int(st, FF_P_PRODUCT_INSERT_NOW, 0);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    *(int64_t *)arg = ff_db_col_int(st, FF_C_PRODUCT_INSERT_ID);
    return FF_OK;
}

START_TEST(a_row_that_refers_to_nothing_gives_no_id)
{
    int64_t id = 0;
    ck_assert_int_eq(ff_db_write(&store.cx, take_id_of_bad_row, &id), FF_IN_USE);
    ck_assert_int_eq(id, 0);
}
END_TEST

/* ---- generations ---- */

START_TEST(generations_move_with_the_tables_that_were_written)
{
    uint64_t steps = ff_db_generation(store.db, FF_TABLE_SCHEMA_MIGRATION);
    uint64_t products = ff_db_generation(store.db, FF_TABLE_PRODUCT);
    struct row good = {1000, FF_OK}, bad = {1001, FF_NOT_FOUND};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &bad), FF_NOT_FOUND);
    ck_assert_uint_eq(ff_db_generation(store.db, FF_TABLE_SCHEMA_MIGRATION), steps);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &good), FF_OK);
    ck_assert_uint_gt(ff_db_generation(store.db, FF_TABLE_SCHEMA_MIGRATION), steps);
    ck_assert_uint_gt(ff_db_generation(store.db, FF_TABLE_SCHEMA_MIGRATION | FF_TABLE_PRODUCT),
                      steps + products);
    ck_assert_uint_eq(ff_db_generation(store.db, FF_TABLE_PRODUCT), products);
}
END_TEST

START_TEST(triggers_count_among_the_tables_written)
{
    ck_assert(ff_queries[FF_Q_ALLOWANCE_USE_ADD].writes & FF_TABLE_ALLOWANCE_USE);
    ck_assert(ff_queries[FF_Q_ALLOWANCE_USE_ADD].writes & FF_TABLE_ALLOWANCE_GRANT);
    ck_assert(!(ff_queries[FF_Q_ALLOWANCE_USE_ADD].writes & FF_TABLE_PRODUCT));
}
END_TEST

/* ---- the queue's bounds ---- */

static void open_with(struct ff_db_options options)
{
    int exit_hint;
    ff_store_dir(&store);
    options.create = true;
    ck_assert_int_eq(ff_store_try(&store, options, &exit_hint), FF_OK);
}

START_TEST(a_full_queue_says_busy_and_does_nothing)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r[3] = {{1000, FF_OK}, {1001, FF_OK}, {1002, FF_OK}};
    static struct ff_caller first, c[2];
    open_with((struct ff_db_options){.queue_max = 2});
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    start(&c[0], insert_row, &r[0]);
    start(&c[1], insert_row, &r[1]);
    ff_wait_for_queue(store.db, 2);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r[2]), FF_BUSY);
    ck_assert_int_eq(store.cx.err.retry_after_s, 1);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK);
    ck_assert_int_eq(finish(&c[0]), FF_OK);
    ck_assert_int_eq(finish(&c[1]), FF_OK);
    ck_assert_str_eq(rows(&store), "1000 1001 ");
    ff_store_close(&store);
}
END_TEST

START_TEST(a_job_that_waited_too_long_is_never_run)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r[3] = {{1000, FF_OK}, {1001, FF_OK}, {1002, FF_OK}};
    static struct ff_caller first, c[3];
    open_with((struct ff_db_options){.queue_wait_ms = 20});
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    for (int i = 0; i < 3; i++) /* they give up in some order: all places of the queue */
        start(&c[i], insert_row, &r[i]);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(finish(&c[i]), FF_BUSY);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK); /* taken: it waits however long it takes */
    ck_assert_str_eq(rows(&store), "");
    ff_store_close(&store);
}
END_TEST

static void *close_it(void *arg)
{
    ff_db_close(arg);
    return NULL;
}

START_TEST(closing_finishes_what_was_taken_and_refuses_what_waits)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r = {1000, FF_OK};
    struct ff_caller first, waiting;
    pthread_t closer;
    start(&first, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    start(&waiting, insert_row, &r);
    ff_wait_for_queue(store.db, 1);
    ck_assert_int_eq(pthread_create(&closer, NULL, close_it, store.db), 0);
    ck_assert_int_eq(finish(&waiting), FF_SHUTTING_DOWN);
    ff_gate_open(&gate);
    ck_assert_int_eq(finish(&first), FF_OK);
    pthread_join(closer, NULL);
    store.db = store.cx.db = NULL;
    ff_store_reopen(&store);
    ck_assert_str_eq(rows(&store), "");
}
END_TEST

static void *priority_asked_for(void *arg)
{
    if (sysconf(_SC_NPROCESSORS_ONLN) > 1)
        (void)setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) - 19);
    *(int *)arg = getpriority(PRIO_PROCESS, 0);
    return NULL;
}

static enum ff_rc note_priority(struct ff_ctx *cx, void *arg)
{
    (void)cx;
    *(int *)arg = getpriority(PRIO_PROCESS, 0);
    return FF_OK;
}

/* Where it is not allowed (to a thread of this test either) and on one core it is as all others. */
START_TEST(the_writer_goes_before_those_who_wait_for_it)
{
    int wanted = 99, got = 99;
    const int own = getpriority(PRIO_PROCESS, 0);
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, priority_asked_for, &wanted), 0);
    pthread_join(thread, NULL);
    ck_assert_int_eq(ff_db_write(&store.cx, note_priority, &got), FF_OK);
    ck_assert_int_eq(got, wanted);
    ck_assert_int_eq(getpriority(PRIO_PROCESS, 0), own);
}
END_TEST

START_TEST(a_database_opened_for_reading_takes_no_job)
{
    struct row r = {1000, FF_OK};
    int exit_hint;
    ff_store_close_db(&store);
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){.read_only = true}, &exit_hint),
                     FF_OK);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_INTERNAL);
    ck_assert_str_eq(rows(&store), "");
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK);
}
END_TEST

/* ---- the WAL ---- */

struct bulk {
    int64_t first, n;
};

static enum ff_rc insert_bulk(struct ff_ctx *cx, void *arg)
{
    const struct bulk *b = arg;
    char text[200];
    for (int64_t i = 0; i < b->n; i++) {
        snprintf(text, sizeof text,
                 "INSERT INTO account (code, kind) VALUES ('%" PRId64 "' || hex(zeroblob(2000)),"
                 " 'cash')",
                 b->first + i);
        int rc = ff_sq_exec(cx->conn->sq, text);
        if (rc)
            return ff_sq_fail(cx, cx->conn->sq, rc, "bulk");
    }
    return FF_OK;
}

START_TEST(the_wal_is_moved_when_the_writer_is_idle)
{
    struct ff_db_stats stats;
    for (int64_t i = 0; i < 3; i++) {
        struct bulk b = {i * 400, 400};
        ck_assert_int_eq(ff_db_write(&store.cx, insert_bulk, &b), FF_OK);
    }
    do { /* the writer does it after it has answered */
        sched_yield();
        ff_db_get_stats(store.db, &stats);
    } while (stats.checkpoints == 0);
    struct bulk more = {5000, 1};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_bulk, &more), FF_OK);
    ff_db_get_stats(store.db, &stats);
    ck_assert_int_lt(stats.wal_bytes, 4 * 1024 * 1024); /* it began anew */
}
END_TEST

static enum ff_rc look(struct ff_ctx *cx)
{
    bool row;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DB_PROBE, &st);
    return rc ? rc : ff_db_row(cx, st, &row);
}

/* What a report or an export does: its snapshot is older than all that is written meanwhile. */
START_TEST(a_long_reader_lets_the_wal_grow_but_holds_up_nobody)
{
    /* 100 MB; if they waited, it would be 2 s each, and not now and then on a busy machine */
    enum { TIMES = 30, EACH = 400, TOO_LONG_MS = 1500, FEW = 3 };
    struct ff_ctx reader;
    struct ff_db_stats stats;
    int late = 0;
    ff_store_caller(&store, &reader);
    ck_assert_int_eq(look(&reader), FF_OK);
    for (int64_t i = 0; i < TIMES; i++) {
        struct bulk b = {i * EACH, EACH};
        int64_t began_ms = ff_clock_machine_ms();
        ck_assert_int_eq(ff_db_write(&store.cx, insert_bulk, &b), FF_OK);
        late += ff_clock_machine_ms() - began_ms >= TOO_LONG_MS;
    }
    ff_db_get_stats(store.db, &stats);
    ck_assert_int_gt(stats.wal_bytes, 64 * 1024 * 1024);
    ck_assert_int_le(late, FEW);
    ff_store_no_caller(&reader);
    for (int64_t i = TIMES; stats.wal_bytes > 8 * 1024 * 1024; i++) {
        struct bulk b = {i * EACH, EACH};
        ck_assert_int_lt(i, 3 * TIMES); /* it begins anew once nobody looks at the old part */
        ck_assert_int_eq(ff_db_write(&store.cx, insert_bulk, &b), FF_OK);
        ff_db_get_stats(store.db, &stats);
    }
}
END_TEST

START_TEST(closing_leaves_one_file)
{
    char path[512];
    int64_t accounts = 0;
    struct bulk b = {1, 7};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_bulk, &b), FF_OK);
    ff_store_close_db(&store);
    FILE *wal = fopen(ff_store_path(&store, FF_DB_FILE "-wal", path), "rb");
    ck_assert_ptr_null(wal);
    ff_store_reopen(&store);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK);
    ck_assert_int_eq(ff_sq_int(store.cx.conn->sq, "SELECT COUNT(*) FROM account", &accounts),
                     SQLITE_OK);
    ck_assert_int_eq(accounts, 7);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_writer");
    TCase *cases = tcase_create("an open database");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_loop_test(cases, a_failing_job_leaves_the_others_of_its_batch, 0, 2);
    tcase_add_test(cases, slow_jobs_share_a_commit_too);
    tcase_add_loop_test(cases, the_error_of_a_failed_job_is_its_own, 0, 2);
    tcase_add_test(cases, sixty_four_callers_lose_nothing);
    tcase_add_loop_test(cases, a_job_in_a_job_fails_alone, 0, 2);
    tcase_add_test(cases, a_refusal_that_changed_nothing_costs_the_batch_nothing);
    tcase_add_loop_test(cases, the_head_comes_back_when_a_job_fails, 0, 2);
    tcase_add_loop_test(cases, a_job_that_leaves_entries_without_journal_fails_alone, 0, 2);
    tcase_add_test(cases, a_row_that_refers_to_nothing_gives_no_id);
    tcase_add_test(cases, generations_move_with_the_tables_that_were_written);
    tcase_add_test(cases, triggers_count_among_the_tables_written);
    tcase_add_test(cases, closing_finishes_what_was_taken_and_refuses_what_waits);
    tcase_add_test(cases, the_writer_goes_before_those_who_wait_for_it);
    tcase_add_test(cases, a_database_opened_for_reading_takes_no_job);
    tcase_add_test(cases, the_wal_is_moved_when_the_writer_is_idle);
    tcase_add_test(cases, a_long_reader_lets_the_wal_grow_but_holds_up_nobody);
    tcase_add_test(cases, closing_leaves_one_file);
    suite_add_tcase(suite, cases);
    TCase *bounds = tcase_create("bounds of the queue");
    tcase_set_timeout(bounds, 60);
    tcase_add_test(bounds, a_full_queue_says_busy_and_does_nothing);
    tcase_add_test(bounds, a_job_that_waited_too_long_is_never_run);
    suite_add_tcase(suite, bounds);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
