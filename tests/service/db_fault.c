/* SPDX-License-Identifier: MIT */
/* db_fault.c - what the writer says when the disk fails under it: a full disk changes nothing and
 * goes on; a failed sync leaves an unknown outcome and ends all writing.
 * fdatasync is replaced in this program, and the engine's write call through its own table. */
#include "../lib/gate.h"
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int syncs_to_fail, write_errno, syncs;
static atomic_bool is_slow; /* the disk, at each write */

int fdatasync(int fd)
{
    atomic_fetch_add(&syncs, 1);
    if (atomic_load(&syncs_to_fail) > 0) {
        atomic_fetch_sub(&syncs_to_fail, 1);
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static ssize_t failing_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    enum { SLOW_NS = 100000 };
    if (atomic_load(&write_errno)) {
        errno = atomic_load(&write_errno);
        return -1;
    }
    int64_t until_ns = atomic_load(&is_slow) ? ff_clock_machine_ns() + SLOW_NS : 0;
    while (ff_clock_machine_ns() < until_ns)
        ;
    return pwrite(fd, bytes, n, at);
}

static struct ff_store store;

static void open_store(void)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)failing_pwrite);
    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)failing_pwrite);
    ff_store_open(&store);
}

static void close_store(void)
{
    atomic_store(&syncs_to_fail, 0);
    atomic_store(&write_errno, 0);
    atomic_store(&is_slow, false);
    ff_store_close(&store);
}

struct row {
    int64_t id;
    int64_t head_seen;
};

static enum ff_rc insert_row(struct ff_ctx *cx, void *arg)
{
    struct row *r = arg;
    char text[200];
    snprintf(text, sizeof text, "INSERT INTO period (id, starts_on, ends_on) VALUES (%d, '%d', '')",
             (int)r->id, (int)r->id);
    r->head_seen = ff_db_ledger_head(cx)->id++;
    int rc = ff_sq_exec(cx->conn->sq, text);
    return rc ? ff_sq_fail(cx, cx->conn->sq, rc, "test") : FF_OK;
}

static int64_t count(void)
{
    int64_t n = -1;
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK);
    ck_assert_int_eq(ff_sq_int(store.cx.conn->sq, "SELECT COUNT(*) FROM period", &n), SQLITE_OK);
    ff_db_release(&store.cx);
    return n;
}

enum { MIB = 1 << 20, MIB_PAGES = MIB / FF_DB_PAGE_BYTES };

static enum ff_rc insert_megabytes(struct ff_ctx *cx, void *arg)
{
    char text[160];
    for (int i = 0; i < *(int *)arg; i++) {
        snprintf(text, sizeof text,
                 "INSERT INTO account (code, kind) VALUES (hex(randomblob(%d)), 'cash')", MIB / 4);
        int rc = ff_sq_exec(cx->conn->sq, text);
        if (rc)
            return ff_sq_fail(cx, cx->conn->sq, rc, "test");
    }
    return FF_OK;
}

static struct ff_db_stats stats_now(void)
{
    struct ff_db_stats stats;
    ff_db_get_stats(store.db, &stats);
    return stats;
}

START_TEST(one_commit_is_one_sync)
{
    struct row r = {1, -1};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    int before = atomic_load(&syncs);
    r.id = 2;
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    ck_assert_int_eq(atomic_load(&syncs) - before, 1);
}
END_TEST

/* As in a large file, where each page lies somewhere else. */
START_TEST(after_a_long_checkpoint_the_next_comes_sooner)
{
    int megabytes = 10; /* each half a MiB, and again in the index */
    ck_assert_int_eq(store.db->writer.rush_pages, 16 * MIB / (FF_DB_PAGE_BYTES + 24));
    atomic_store(&is_slow, true);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_megabytes, &megabytes), FF_OK);
    while (stats_now().checkpoints == 0)
        sched_yield();
    atomic_store(&is_slow, false);
    struct row r = {1, -1}; /* the writer is through with it once it takes a job */
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    ck_assert_int_lt(store.db->writer.rush_pages, 8 * MIB_PAGES);
}
END_TEST

START_TEST(a_failed_sync_is_an_unknown_outcome_and_ends_all_writing)
{
    struct row r = {1, -1};
    atomic_store(&syncs_to_fail, 1);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_STORAGE_FAULT);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "same key"));
    ck_assert(stats_now().failed);
    int64_t commits = stats_now().commits;
    int n_syncs = atomic_load(&syncs);
    r.id = 2;
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_STORAGE_FAULT);
    ck_assert_int_eq(atomic_load(&syncs), n_syncs); /* no commit is tried any more */
    ck_assert_int_eq(stats_now().commits, commits);
    ck_assert_int_eq(r.head_seen, 0); /* the second was not even run */
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_STORAGE_FAULT);
    ff_store_reopen(&store); /* as the next start does */
    ck_assert(!stats_now().failed);
    ck_assert_int_le(count(), 1);
}
END_TEST

/* Jobs with a savepoint each, and without. */
static enum ff_rc (*const ways[])(struct ff_ctx *cx, ff_db_job fn, void *arg) = {ff_db_write,
                                                                                 ff_db_write_lean};

static void start(struct ff_caller *c, int way, ff_db_job fn, void *arg)
{
    ff_store_caller(&store, &c->cx);
    c->write = ways[way];
    ff_caller_start(c, fn, arg);
}

static enum ff_rc finish(struct ff_caller *c)
{
    pthread_join(c->thread, NULL);
    enum ff_rc rc = c->cx.err.rc == c->rc ? c->rc : FF_RC_COUNT;
    ff_store_no_caller(&c->cx);
    return rc;
}

/* Fails by its own rule, after it has seen an insert of the same batch. */
static enum ff_rc refuse(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    return FF_FAIL(cx, FF_NOT_FOUND, "as the test wants it");
}

START_TEST(all_of_a_batch_fail_with_its_commit)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r[2] = {{1, -1}, {2, -1}};
    static struct ff_caller first, a, b, c;
    start(&first, 0, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    start(&a, _i, insert_row, &r[0]);
    start(&b, _i, insert_row, &r[1]);
    start(&c, _i, refuse, NULL);
    while (stats_now().queue_length != 3)
        sched_yield();
    atomic_store(&syncs_to_fail, 1); /* the gate's own batch has nothing to sync */
    ff_gate_open(&gate);
    (void)finish(&first);
    ck_assert_int_eq(finish(&a), FF_STORAGE_FAULT);
    ck_assert_int_eq(finish(&b), FF_STORAGE_FAULT);
    ck_assert_int_eq(finish(&c), FF_STORAGE_FAULT);
}
END_TEST

/* Its row stays behind when nobody undoes it. */
static enum ff_rc insert_and_fail(struct ff_ctx *cx, void *arg)
{
    enum ff_rc rc = insert_row(cx, arg);
    return rc ? rc : refuse(cx, NULL);
}

/* A job that fails and two rows, held until `prepare` has done its work. The first comes first, so
 * that its batch is run again whoever else is in it. */
static void run_three(void (*prepare)(void), enum ff_rc out[3])
{
    static struct ff_caller first, c[3];
    struct row r[3] = {{1, -1}, {2, -1}, {3, -1}};
    struct ff_gate gate = FF_GATE_INIT;
    start(&first, 0, ff_gate_job, &gate);
    ff_gate_wait_entered(&gate);
    for (int i = 0; i < 3; i++)
        start(&c[i], 1, i == 0 ? insert_and_fail : insert_row, &r[i]);
    ff_wait_for_queue(store.db, 3);
    prepare();
    ff_gate_open(&gate);
    (void)finish(&first);
    for (int i = 0; i < 3; i++)
        out[i] = finish(&c[i]);
}

static void fail_next_sync(void)
{
    atomic_store(&syncs_to_fail, 1);
}

START_TEST(a_batch_that_was_run_again_fails_with_its_commit)
{
    enum ff_rc rc[3];
    run_three(fail_next_sync, rc);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(rc[i], FF_STORAGE_FAULT);
    ck_assert(stats_now().failed);
    ck_assert_int_ge(stats_now().reruns, 1);
}
END_TEST

static sqlite3_stmt *real_rollback;

/* Stands for a word that the engine refuses and leaves the transaction as it is. */
static void refuse_to_roll_back(void)
{
    struct ff_conn *conn = store.db->writer.conn;
    real_rollback = conn->control[FF_CTL_ROLLBACK];
    ck_assert_int_eq(
        sqlite3_prepare_v2(conn->sq, "SELECT 1", -1, &conn->control[FF_CTL_ROLLBACK], NULL),
        SQLITE_OK);
}

START_TEST(a_batch_that_cannot_be_undone_is_not_saved)
{
    enum ff_rc rc[3];
    run_three(refuse_to_roll_back, rc);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(rc[i], FF_STORAGE_FAULT);
    ck_assert(stats_now().failed);
    ck_assert_int_eq(count(), 0);
    sqlite3_finalize(real_rollback);
}
END_TEST

/* A gate after which no further job joins the batch: its time is over. */
static enum ff_rc long_gate(struct ff_ctx *cx, void *arg)
{
    enum ff_rc rc = ff_gate_job(cx, arg);
    int64_t end = ff_clock_mono_ms(cx->db->mono) + 2 * FF_BATCH_MAX_MS;
    while (ff_clock_mono_ms(cx->db->mono) < end)
        sched_yield();
    return rc;
}

START_TEST(what_waits_behind_a_failed_commit_is_refused)
{
    struct ff_gate gate = FF_GATE_INIT;
    struct row r[2] = {{1, -1}, {2, -1}};
    struct ff_caller first, waiting;
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r[0]), FF_OK);
    start(&first, 0, long_gate, &gate);
    ff_gate_wait_entered(&gate);
    start(&waiting, 0, insert_row, &r[1]);
    while (stats_now().queue_length != 1)
        sched_yield();
    atomic_store(&store.db->writer.failed, true);
    ff_gate_open(&gate);
    (void)finish(&first);
    ck_assert_int_eq(finish(&waiting), FF_STORAGE_FAULT);
    ck_assert_int_eq(r[1].head_seen, -1);
}
END_TEST

START_TEST(a_full_disk_changes_nothing_and_goes_on_when_there_is_room)
{
    struct row r = {1, -1};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    atomic_store(&write_errno, ENOSPC);
    r.id = 2;
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_STORAGE_FULL);
    ck_assert(!stats_now().failed);
    ck_assert_int_eq(count(), 1); /* reading goes on */
    atomic_store(&write_errno, 0);
    r.id = 3;
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    ck_assert_int_eq(r.head_seen, 0); /* the head was read again: there is no journal */
    ck_assert_int_eq(count(), 2);
}
END_TEST

START_TEST(a_write_error_ends_all_writing)
{
    struct row r = {1, -1};
    atomic_store(&write_errno, EIO);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_STORAGE_FAULT);
    ck_assert(stats_now().failed);
    atomic_store(&write_errno, 0);
    ff_store_reopen(&store);
    ck_assert_int_eq(count(), 0);
}
END_TEST

/* More than the cache holds, so that the engine must write in the middle of the transaction. */
static enum ff_rc insert_much(struct ff_ctx *cx, void *arg)
{
    enum ff_rc rc = FF_OK;
    enum ff_rc *statements_after = arg;
    for (int i = 0; i < 12000 && !rc; i++) {
        char text[200];
        snprintf(text, sizeof text,
                 "INSERT INTO account (code, kind) VALUES ('%d' || hex(zeroblob(1500)), 'cash')",
                 i);
        int code = ff_sq_exec(cx->conn->sq, text);
        if (code)
            rc = ff_sq_fail(cx, cx->conn->sq, code, "test");
    }
    if (rc) { /* a job that does not notice: nothing it does may commit alone */
        FF_STMT *st = NULL;
        bool row;
        *statements_after = ff_db_query(cx, FF_Q_DB_PROBE, &st);
        if (!*statements_after)
            *statements_after = ff_db_row(cx, st, &row);
    }
    return rc;
}

START_TEST(a_disk_that_fills_in_the_middle_of_a_job_undoes_the_batch)
{
    enum ff_rc later = FF_OK;
    atomic_store(&write_errno, ENOSPC);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_much, &later), FF_STORAGE_FULL);
    ck_assert_int_eq(later, FF_STORAGE_FULL);
    ck_assert(!stats_now().failed);
    atomic_store(&write_errno, 0);
    struct row r = {1, -1};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    ck_assert_int_eq(count(), 1);
}
END_TEST

START_TEST(the_write_probe_reaches_the_disk)
{
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK); /* a commit was just now: nothing to do */
    int before = atomic_load(&syncs);
    atomic_store(&store.db->writer.last_commit_ms, ff_clock_mono_ms(store.db->mono) - 60000);
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK);
    ck_assert_int_gt(atomic_load(&syncs), before);
    atomic_store(&store.db->writer.last_commit_ms, ff_clock_mono_ms(store.db->mono) - 60000);
    atomic_store(&write_errno, EIO);
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_STORAGE_FAULT);
}
END_TEST

START_TEST(a_checkpoint_that_fails_ends_all_writing)
{
    struct row r = {1, -1};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    ff_writer_stop(&store.db->writer); /* so that its connection is ours */
    atomic_store(&syncs_to_fail, 1);
    ff_wal_checkpoint(&store.db->writer);
    ck_assert(stats_now().failed);
}
END_TEST

START_TEST(a_checkpoint_on_a_full_disk_is_put_off)
{
    struct row r = {1, -1};
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
    ff_writer_stop(&store.db->writer);
    atomic_store(&write_errno, ENOSPC);
    ff_wal_checkpoint(&store.db->writer);
    ck_assert(!stats_now().failed);
    ck_assert(!ff_wal_is_due(&store.db->writer, true));
    atomic_store(&write_errno, 0);
    ff_store_reopen(&store);
    ck_assert_int_eq(count(), 1);
}
END_TEST

START_TEST(a_backup_onto_a_full_disk_leaves_nothing_and_harms_nobody)
{
    struct ff_backup_info info;
    struct row r = {1, -1};
    char path[512];
    atomic_store(&write_errno, ENOSPC);
    ck_assert_int_eq(ff_backup_create(&store.cx, ff_store_path(&store, "b.db", path), &info),
                     FF_STORAGE_FULL);
    ck_assert_int_ne(access(path, F_OK), 0);
    atomic_store(&write_errno, 0);
    ff_store_again(&store);
    ck_assert_int_eq(ff_db_write(&store.cx, insert_row, &r), FF_OK);
}
END_TEST

START_TEST(no_new_database_is_left_on_a_full_disk)
{
    struct ff_store other;
    int exit_hint = 0;
    ff_store_dir(&other);
    atomic_store(&write_errno, ENOSPC);
    ck_assert_int_eq(ff_store_try(&other, (struct ff_db_options){.create = true}, &exit_hint),
                     FF_STORAGE_FULL);
    ck_assert_int_eq(exit_hint, 74);
    ck_assert(!ff_db_exists(other.dir));
    atomic_store(&write_errno, 0);
    atomic_store(&is_slow, false);
    ff_store_close(&other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_fault");
    TCase *cases = tcase_create("a failing disk");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_test(cases, one_commit_is_one_sync);
    tcase_add_test(cases, after_a_long_checkpoint_the_next_comes_sooner);
    tcase_add_test(cases, a_failed_sync_is_an_unknown_outcome_and_ends_all_writing);
    tcase_add_loop_test(cases, all_of_a_batch_fail_with_its_commit, 0, 2);
    tcase_add_test(cases, a_batch_that_was_run_again_fails_with_its_commit);
    tcase_add_test(cases, a_batch_that_cannot_be_undone_is_not_saved);
    tcase_add_test(cases, what_waits_behind_a_failed_commit_is_refused);
    tcase_add_test(cases, a_full_disk_changes_nothing_and_goes_on_when_there_is_room);
    tcase_add_test(cases, a_write_error_ends_all_writing);
    tcase_add_test(cases, a_disk_that_fills_in_the_middle_of_a_job_undoes_the_batch);
    tcase_add_test(cases, the_write_probe_reaches_the_disk);
    tcase_add_test(cases, a_checkpoint_that_fails_ends_all_writing);
    tcase_add_test(cases, a_checkpoint_on_a_full_disk_is_put_off);
    tcase_add_test(cases, a_backup_onto_a_full_disk_leaves_nothing_and_harms_nobody);
    tcase_add_test(cases, no_new_database_is_left_on_a_full_disk);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
