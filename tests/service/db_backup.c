/* SPDX-License-Identifier: MIT */
/* db_backup.c - a copy made while others write is whole; a damaged one is found; a restored one is
 * the old state, and what was there is kept. */
#include "../lib/gate.h"
#include "../lib/ledger_rows.h"
#include "../lib/store.h"
#include "db/engine.h"

#include <check.h>
#include <dirent.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ff_store store;

static enum ff_rc run_text(struct ff_ctx *cx, void *arg)
{
    int rc = ff_sq_exec(cx->conn->sq, arg);
    return rc ? ff_sq_fail(cx, cx->conn->sq, rc, "test") : FF_OK;
}

static void run(const char *text)
{
    char copy[400];
    ck_assert_uint_lt(strlen(text), sizeof copy);
    snprintf(copy, sizeof copy, "%s", text);
    ck_assert_msg(ff_db_write(&store.cx, run_text, copy) == FF_OK, "%s", store.cx.err.detail);
}

/* With a ledger of two journals. */
static void open_store(void)
{
    char path[512];
    sqlite3 *sq;
    ff_store_open(&store);
    ff_store_close_db(&store);
    ck_assert_int_eq(
        ff_sq_open(&store.cx, ff_store_path(&store, FF_DB_FILE, path), SQLITE_OPEN_READWRITE, &sq),
        FF_OK);
    ck_assert_int_eq(ff_sq_exec(sq, "PRAGMA foreign_keys=ON"), SQLITE_OK);
    ck_assert_int_eq(ff_sq_exec(sq, ff_ledger_rows), SQLITE_OK);
    sqlite3_close(sq);
    ff_store_reopen(&store);
}

static void close_store(void)
{
    ff_store_close(&store);
}

static int64_t ask_file(const char *path, const char *text)
{
    sqlite3 *sq;
    int64_t n = -1;
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READONLY, &sq), FF_OK);
    ck_assert_msg(ff_sq_int(sq, text, &n) == SQLITE_OK, "%s: %s", text, sqlite3_errmsg(sq));
    sqlite3_close(sq);
    return n;
}

static void change_file(const char *path, const char *text)
{
    sqlite3 *sq;
    ck_assert_int_eq(ff_sq_open(&store.cx, path, SQLITE_OPEN_READWRITE, &sq), FF_OK);
    ck_assert_msg(ff_sq_exec(sq, text) == SQLITE_OK, "%s", sqlite3_errmsg(sq));
    sqlite3_close(sq);
}

static void backup_to(const char *file, struct ff_backup_info *info)
{
    ck_assert_msg(ff_backup_create(&store.cx, file, info) == FF_OK, "%s", store.cx.err.detail);
}

static int count_parts(const char *dir)
{
    int n = 0;
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));)
        n += strncmp(e->d_name, ".part-", 6) == 0 || strncmp(e->d_name, ".restore-", 9) == 0;
    if (d)
        closedir(d);
    return n;
}

/* ---- making ---- */

START_TEST(a_backup_says_what_it_is)
{
    struct ff_backup_info made, seen;
    char digest[65], folder[512], name[64];
    int64_t bytes;
    struct stat st;
    backup_to(NULL, &made);
    ck_assert_int_eq(made.schema_version, FF_SCHEMA_VERSION);
    ck_assert_int_eq(made.head_id, 2);
    ck_assert(ff_digest_file(made.file, digest, &bytes));
    ck_assert_str_eq(digest, made.digest);
    ck_assert_int_eq(bytes, made.bytes);
    snprintf(name, sizeof name, "/backups/feastfrenzy-20260302T114500Z-v%d-%.8s.db",
             FF_SCHEMA_VERSION, digest);
    ck_assert_ptr_nonnull(strstr(made.file, name));
    ck_assert_int_eq(stat(made.file, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(ff_backup_verify(&store.cx, made.file, &seen), FF_OK);
    ck_assert_str_eq(seen.digest, made.digest);
    ck_assert_int_eq(seen.head_id, 2);
    ck_assert_int_eq(count_parts(ff_store_path(&store, "backups", folder)), 0);
    ff_backup_newest(store.dir, folder);
    ck_assert_ptr_nonnull(strstr(made.file, folder));
}
END_TEST

START_TEST(a_digest_is_sha256)
{
    char path[512], digest[65];
    int64_t bytes;
    FILE *f = fopen(ff_store_path(&store, "abc", path), "wb");
    fputs("abc", f);
    fclose(f);
    ck_assert(ff_digest_file(path, digest, &bytes));
    ck_assert_str_eq(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert_int_eq(bytes, 3);
    ck_assert(!ff_digest_file("/nowhere/at/all", digest, &bytes));
}
END_TEST

START_TEST(a_backup_never_overwrites)
{
    struct ff_backup_info info;
    char path[512];
    backup_to(ff_store_path(&store, "mine.db", path), &info);
    ck_assert_str_eq(info.file, path);
    ck_assert_int_eq(ff_backup_create(&store.cx, path, &info), FF_ALREADY_EXISTS);
    ck_assert_int_eq(count_parts(store.dir), 0);
}
END_TEST

START_TEST(a_backup_into_nowhere_says_so)
{
    struct ff_backup_info info;
    ck_assert_int_eq(ff_backup_create(&store.cx, "/nowhere/at/all/x.db", &info), FF_STORAGE_FAULT);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "cannot be made"));
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK); /* the database itself is well */
}
END_TEST

struct writer {
    pthread_t thread;
    struct ff_ctx cx;
    atomic_bool *over;
    int64_t n;
    int no;
};

static void *write_on(void *arg)
{
    struct writer *w = arg;
    char text[200];
    while (!atomic_load(w->over)) {
        snprintf(text, sizeof text,
                 "INSERT INTO account (code, kind) VALUES ('cash:%d-%" PRId64 "', 'cash')", w->no,
                 w->n);
        if (ff_db_write(&w->cx, run_text, text))
            break;
        w->n++;
    }
    return NULL;
}

START_TEST(a_backup_made_while_others_write_is_whole)
{
    enum { N = 4 };
    static struct writer w[N];
    atomic_bool over = false;
    struct ff_backup_info info;
    char path[512];
    int64_t written = 0;
    for (int i = 0; i < N; i++) {
        w[i].over = &over;
        w[i].no = i;
        ff_store_caller(&store, &w[i].cx);
        ck_assert_int_eq(pthread_create(&w[i].thread, NULL, write_on, &w[i]), 0);
    }
    backup_to(ff_store_path(&store, "live.db", path), &info);
    atomic_store(&over, true);
    for (int i = 0; i < N; i++) {
        pthread_join(w[i].thread, NULL);
        ck_assert_int_eq(w[i].cx.err.rc, FF_OK);
        written += w[i].n;
        ff_store_no_caller(&w[i].cx);
    }
    ck_assert_int_eq(ff_backup_verify(&store.cx, path, &info), FF_OK);
    /* Nobody left a gap: what is in the copy is a state that was. */
    ck_assert_int_le(ask_file(path, "SELECT COUNT(*) - 3 FROM account"), written);
    ck_assert_int_eq(ask_file(path, "SELECT MAX(id) - COUNT(*) FROM account"), 0);
}
END_TEST

static void *backup_thread(void *arg)
{
    struct writer *w = arg;
    struct ff_backup_info info;
    char path[512];
    w->n = ff_backup_create(&w->cx, ff_store_path(&store, "first.db", path), &info);
    return NULL;
}

struct busy {
    pthread_t thread;
    struct ff_ctx cx;
    struct ff_gate gate;
};

static void *hold_writer(void *arg)
{
    struct busy *b = arg;
    ck_assert_int_eq(ff_db_write(&b->cx, ff_gate_job, &b->gate), FF_OK);
    return NULL;
}

START_TEST(two_backups_at_once_are_one_too_many)
{
    struct busy busy = {.gate = FF_GATE_INIT};
    struct writer first = {.n = -1};
    struct ff_backup_info info;
    char path[512];
    ff_store_caller(&store, &busy.cx);
    ff_store_caller(&store, &first.cx);
    ck_assert_int_eq(pthread_create(&busy.thread, NULL, hold_writer, &busy), 0);
    ff_gate_wait_entered(&busy.gate);
    ck_assert_int_eq(pthread_create(&first.thread, NULL, backup_thread, &first), 0);
    for (bool queued = false; !queued; sched_yield()) {
        pthread_mutex_lock(&store.db->writer.lock);
        queued = store.db->writer.copy != NULL;
        pthread_mutex_unlock(&store.db->writer.lock);
    }
    ck_assert_int_eq(ff_backup_create(&store.cx, ff_store_path(&store, "second.db", path), &info),
                     FF_BUSY);
    ff_gate_open(&busy.gate);
    pthread_join(busy.thread, NULL);
    pthread_join(first.thread, NULL);
    ck_assert_int_eq(first.n, FF_OK);
    ck_assert_int_ne(access(path, F_OK), 0);
    ff_store_no_caller(&busy.cx);
    ff_store_no_caller(&first.cx);
}
END_TEST

START_TEST(a_looker_beside_can_make_a_backup)
{
    struct ff_backup_info info;
    int exit_hint;
    ff_store_close_db(&store);
    ck_assert_int_eq(ff_store_try(&store, (struct ff_db_options){.read_only = true}, &exit_hint),
                     FF_OK);
    backup_to(NULL, &info);
    ck_assert_int_eq(info.head_id, 2);
}
END_TEST

START_TEST(an_empty_ledger_can_be_backed_up)
{
    struct ff_store empty;
    struct ff_backup_info info;
    ff_store_open(&empty);
    ck_assert_int_eq(ff_backup_create(&empty.cx, NULL, &info), FF_OK);
    ck_assert_int_eq(info.head_id, 0);
    ff_store_close(&empty);
}
END_TEST

/* ---- verifying ---- */

static void damage(const char *file, long at, int with)
{
    FILE *f = fopen(file, "r+b");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fseek(f, at, SEEK_SET), 0);
    int was = fgetc(f);
    ck_assert_int_eq(fseek(f, at, SEEK_SET), 0);
    fputc(was ^ with, f);
    fclose(f);
}

START_TEST(any_damaged_byte_of_a_named_backup_is_found)
{
    struct ff_backup_info made, seen;
    backup_to(NULL, &made);
    for (long at = 0; at < made.bytes; at += 997) {
        damage(made.file, at, 1 << at % 8);
        ck_assert_msg(ff_backup_verify(&store.cx, made.file, &seen) == FF_STORAGE_FAULT, "byte %ld",
                      at);
        ff_store_again(&store);
        damage(made.file, at, 1 << at % 8);
    }
    ck_assert_int_eq(ff_backup_verify(&store.cx, made.file, &seen), FF_OK);
}
END_TEST

static const struct {
    const char *what;
    long page, offset; /* of the byte that is turned over */
} wounds[] = {
    {"the magic", 0, 3},
    {"the schema's page type", 0, 100},
    {"a page's type", 2, 0},
    {"a page's cell count", 2, 4},
};

START_TEST(a_damaged_page_is_found_under_any_name)
{
    struct ff_backup_info info;
    char path[512];
    backup_to(ff_store_path(&store, "mine.db", path), &info);
    damage(path, wounds[_i].page * FF_DB_PAGE_BYTES + wounds[_i].offset, 0x7F);
    ck_assert_msg(ff_backup_verify(&store.cx, path, &info) == FF_STORAGE_FAULT, "%s",
                  wounds[_i].what);
}
END_TEST

START_TEST(a_cut_backup_is_found)
{
    struct ff_backup_info info;
    char path[512];
    backup_to(ff_store_path(&store, "mine.db", path), &info);
    ck_assert_int_eq(truncate(path, info.bytes - FF_DB_PAGE_BYTES), 0);
    ck_assert_int_eq(ff_backup_verify(&store.cx, path, &info), FF_STORAGE_FAULT);
}
END_TEST

static const struct {
    const char *change, *word;
} forgeries[] = {
    {"PRAGMA application_id=7", "not a FeastFrenzy database"},
    {"PRAGMA user_version=99", "version 99"},
    {"PRAGMA journal_mode=WAL", "-wal file is missing"},
    {"UPDATE schema_migration SET checksum = replace(checksum, substr(checksum, 1, 1), 'x')",
     "Step 1"},
    {"PRAGMA foreign_keys=OFF; UPDATE employee SET department_id = 9", "damaged"},
    {"DROP TRIGGER entry_no_update; UPDATE entry SET amount_minor = 301 WHERE account_id = 2",
     "add up"},
};

START_TEST(a_backup_that_does_not_fit_is_refused)
{
    struct ff_backup_info info;
    char path[512];
    backup_to(ff_store_path(&store, "mine.db", path), &info);
    change_file(path, forgeries[_i].change);
    ck_assert_int_eq(ff_backup_verify(&store.cx, path, &info), FF_STORAGE_FAULT);
    ck_assert_msg(strstr(store.cx.err.detail, forgeries[_i].word), "%s", store.cx.err.detail);
}
END_TEST

START_TEST(what_is_no_backup_is_refused)
{
    struct ff_backup_info info;
    char path[512];
    ck_assert_int_eq(ff_backup_verify(&store.cx, "/nowhere/at/all.db", &info), FF_NOT_FOUND);
    ff_store_again(&store);
    ck_assert_int_eq(ff_backup_verify(&store.cx, store.dir, &info), FF_NOT_FOUND);
    ff_store_again(&store);
    ck_assert_int_eq(ff_backup_verify(&store.cx, ff_store_path(&store, FF_DB_FILE, path), &info),
                     FF_BAD_REQUEST);
}
END_TEST

/* ---- restoring ---- */

START_TEST(restoring_brings_the_old_state_and_keeps_the_new)
{
    struct ff_backup_info info;
    char kept[512], path[512];
    backup_to(NULL, &info);
    run("UPDATE employee SET name = 'Berta'");
    ff_store_close_db(&store);
    ck_assert_msg(ff_backup_restore(&store.cx, store.dir, info.file, kept) == FF_OK, "%s",
                  store.cx.err.detail);
    ck_assert_int_eq(ask_file(ff_store_path(&store, FF_DB_FILE, path),
                              "SELECT COUNT(*) FROM employee WHERE name = 'Anna'"),
                     1);
    ck_assert_ptr_nonnull(strstr(kept, "feastfrenzy.db.before-restore-20260302T114500Z"));
    ck_assert_int_eq(ask_file(kept, "SELECT COUNT(*) FROM employee WHERE name = 'Berta'"), 1);
    ck_assert_int_eq(count_parts(store.dir), 0);
    ff_store_reopen(&store);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK);
}
END_TEST

START_TEST(restoring_under_a_running_server_is_refused)
{
    struct ff_backup_info info;
    char kept[512];
    backup_to(NULL, &info);
    ck_assert_int_eq(ff_backup_restore(&store.cx, store.dir, info.file, kept), FF_BUSY);
    ck_assert_int_eq(ff_db_probe(&store.cx), FF_OK);
}
END_TEST

static void put(const char *name, const char *text)
{
    char path[512];
    FILE *f = fopen(ff_store_path(&store, name, path), "wb");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

START_TEST(restoring_over_a_ruin_takes_its_leftovers_away)
{
    struct ff_backup_info info;
    char kept[512], path[512];
    backup_to(NULL, &info);
    ff_store_close_db(&store);
    put(FF_DB_FILE, "a ruin");
    put(FF_DB_FILE "-wal", "stale");
    put(FF_DB_FILE "-shm", "stale");
    ck_assert_int_eq(ff_backup_restore(&store.cx, store.dir, info.file, kept), FF_OK);
    ck_assert_int_ne(access(ff_store_path(&store, FF_DB_FILE "-wal", path), F_OK), 0);
    ck_assert_int_ne(access(ff_store_path(&store, FF_DB_FILE "-shm", path), F_OK), 0);
    ck_assert_int_eq(access(kept, F_OK), 0);
    ff_store_reopen(&store);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK);
}
END_TEST

START_TEST(a_bad_backup_is_never_restored)
{
    struct ff_backup_info info;
    char kept[512], path[512];
    backup_to(NULL, &info);
    damage(info.file, info.bytes - 1, 1);
    ff_store_close_db(&store);
    ck_assert_int_eq(ff_backup_restore(&store.cx, store.dir, info.file, kept), FF_STORAGE_FAULT);
    ck_assert_int_eq(
        ask_file(ff_store_path(&store, FF_DB_FILE, path), "SELECT COUNT(*) FROM journal"), 2);
}
END_TEST

START_TEST(restoring_into_a_new_directory_makes_it)
{
    struct ff_backup_info info;
    struct ff_store other;
    char kept[512], path[512];
    backup_to(NULL, &info);
    ff_store_dir(&other);
    ff_remove_tree(other.dir);
    ck_assert_int_eq(ff_backup_restore(&store.cx, other.dir, info.file, kept), FF_OK);
    ck_assert_str_eq(kept, "");
    ck_assert_int_eq(
        ask_file(ff_store_path(&other, FF_DB_FILE, path), "SELECT COUNT(*) FROM journal"), 2);
    ff_store_reopen(&other);
    ff_store_close(&other);
}
END_TEST

START_TEST(restoring_into_nowhere_says_so)
{
    struct ff_backup_info info;
    char kept[512];
    backup_to(NULL, &info);
    ck_assert_int_eq(ff_backup_restore(&store.cx, "/nowhere/at/all", info.file, kept),
                     FF_STORAGE_FAULT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db_backup");
    TCase *cases = tcase_create("backups");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, open_store, close_store);
    tcase_add_test(cases, a_backup_says_what_it_is);
    tcase_add_test(cases, a_digest_is_sha256);
    tcase_add_test(cases, a_backup_never_overwrites);
    tcase_add_test(cases, a_backup_into_nowhere_says_so);
    tcase_add_test(cases, a_backup_made_while_others_write_is_whole);
    tcase_add_test(cases, two_backups_at_once_are_one_too_many);
    tcase_add_test(cases, a_looker_beside_can_make_a_backup);
    tcase_add_test(cases, an_empty_ledger_can_be_backed_up);
    tcase_add_test(cases, any_damaged_byte_of_a_named_backup_is_found);
    tcase_add_loop_test(cases, a_damaged_page_is_found_under_any_name, 0,
                        sizeof wounds / sizeof *wounds);
    tcase_add_test(cases, a_cut_backup_is_found);
    tcase_add_loop_test(cases, a_backup_that_does_not_fit_is_refused, 0,
                        sizeof forgeries / sizeof *forgeries);
    tcase_add_test(cases, what_is_no_backup_is_refused);
    tcase_add_test(cases, restoring_brings_the_old_state_and_keeps_the_new);
    tcase_add_test(cases, restoring_under_a_running_server_is_refused);
    tcase_add_test(cases, restoring_over_a_ruin_takes_its_leftovers_away);
    tcase_add_test(cases, a_bad_backup_is_never_restored);
    tcase_add_test(cases, restoring_into_a_new_directory_makes_it);
    tcase_add_test(cases, restoring_into_nowhere_says_so);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
