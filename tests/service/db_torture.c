/* SPDX-License-Identifier: MIT */
/* db_torture.c - every call that can fail is made to fail once, one at a time: of memory, of files,
 * of the engine.  Whatever happens, the error is reported, nothing leaks, and what is in the
 * directory afterwards is the state of before or the one asked for, whole.
 * The linker gives us the calls of our own code (--wrap); the engine's own calls stay real. */
#include "../lib/ledger_rows.h"
#include "../lib/store.h"
#include "base/log.h"
#include "db/engine.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* ---- failing the n-th call ---- */

enum how { NO_MEMORY, NO_STORAGE, NO_ROOM };
static const struct {
    int engine, system;
} codes[] = {{SQLITE_NOMEM, ENOMEM}, {SQLITE_IOERR_WRITE, EIO}, {SQLITE_FULL, ENOSPC}};

static atomic_int left; /* calls until one fails; 0: none will */
static atomic_int how;
static const char *_Atomic failed_call;

static bool is_due(const char *call)
{
    if (atomic_load(&left) <= 0 || atomic_fetch_sub(&left, 1) != 1)
        return false;
    atomic_store(&failed_call, call);
    errno = codes[atomic_load(&how)].system;
    return true;
}

static int engine_code(void)
{
    return codes[atomic_load(&how)].engine;
}

/* clang-format off */
#define WRAP(type, name, parameters, arguments, failure) \
    type __real_##name parameters; \
    type __wrap_##name parameters; \
    type __wrap_##name parameters \
    { return is_due(#name) ? (failure) : __real_##name arguments; }

WRAP(void *, calloc, (size_t n, size_t size), (n, size), NULL)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
WRAP(int, mkstemp, (char *path), (path), -1)
WRAP(int, rename, (const char *from, const char *to), (from, to), -1)
WRAP(int, link, (const char *from, const char *to), (from, to), -1)
WRAP(int, fsync, (int fd), (fd), -1)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
WRAP(int, statfs, (const char *path, struct statfs *fs), (path, fs), -1)
WRAP(int, ftruncate, (int fd, off_t n), (fd, n), -1)
WRAP(ssize_t, pwrite, (int fd, const void *bytes, size_t n, off_t at), (fd, bytes, n, at), -1)
WRAP(ssize_t, write, (int fd, const void *bytes, size_t n), (fd, bytes, n), -1)
WRAP(ssize_t, read, (int fd, void *bytes, size_t n), (fd, bytes, n), -1)
WRAP(FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL)
WRAP(int, pthread_create, (pthread_t *id, const pthread_attr_t *attr, void *(*fn)(void *), void *arg),
     (id, attr, fn, arg), EAGAIN)
WRAP(int, sqlite3_step, (sqlite3_stmt *st), (st), engine_code())
WRAP(int, sqlite3_prepare_v2, (sqlite3 *sq, const char *text, int n, sqlite3_stmt **st, const char **tail),
     (sq, text, n, st, tail), engine_code())
WRAP(int, sqlite3_prepare_v3,
     (sqlite3 *sq, const char *text, int n, unsigned flags, sqlite3_stmt **st, const char **tail),
     (sq, text, n, flags, st, tail), engine_code())
WRAP(int, sqlite3_exec,
     (sqlite3 *sq, const char *text, int (*row)(void *, int, char **, char **), void *arg, char **message),
     (sq, text, row, arg, message), engine_code())
WRAP(sqlite3_backup *, sqlite3_backup_init, (sqlite3 *to, const char *a, sqlite3 *from, const char *b),
     (to, a, from, b), NULL)
WRAP(int, sqlite3_backup_step, (sqlite3_backup *run, int pages), (run, pages), engine_code())
WRAP(int, sqlite3_wal_checkpoint_v2, (sqlite3 *sq, const char *name, int mode, int *a, int *b),
     (sq, name, mode, a, b), engine_code())
WRAP(int, EVP_DigestUpdate, (void *md, const void *bytes, size_t n), (md, bytes, n), 0)
/* clang-format on */

int __real_sqlite3_open_v2(const char *path, sqlite3 **sq, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **sq, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **sq, int flags, const char *vfs)
{
    *sq = NULL;
    return is_due("sqlite3_open_v2") ? engine_code() : __real_sqlite3_open_v2(path, sq, flags, vfs);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return is_due("open") ? -1 : __real_open(path, flags, mode);
}

/* ---- what is tortured ---- */

static struct ff_store store;

/* A bare handle, made without our own calls. */
static sqlite3 *raw(const char *path)
{
    sqlite3 *sq = NULL;
    ck_assert_int_eq(__real_sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    return sq;
}

static int64_t ask(const char *path, const char *text)
{
    int64_t n = -1;
    sqlite3 *sq = raw(path);
    ck_assert_msg(ff_sq_int(sq, text, &n) == SQLITE_OK, "%s: %s", text, sqlite3_errmsg(sq));
    sqlite3_close(sq);
    return n;
}

static void change(const char *path, const char *text)
{
    sqlite3 *sq = raw(path);
    ck_assert_msg(ff_sq_exec(sq, text) == SQLITE_OK, "%s", sqlite3_errmsg(sq));
    sqlite3_close(sq);
}

static const struct ff_db_options small = {.readers = 1};

static enum ff_rc open_small(void)
{
    int exit_hint = 0;
    enum ff_rc rc = ff_store_try(&store, small, &exit_hint);
    ck_assert_int_eq(rc == FF_OK, exit_hint == 0);
    return rc;
}

/* A closed database with a ledger in it. */
static void make_filled(void)
{
    char path[512];
    ff_store_open(&store);
    ff_store_close_db(&store);
    change(ff_store_path(&store, FF_DB_FILE, path), "PRAGMA foreign_keys=ON");
    change(path, ff_ledger_rows);
}

/* It opens, is whole, and has its two journals. */
static void expect_well(void)
{
    char path[512];
    int64_t bad = 0;
    ff_store_again(&store);
    if (!store.db)
        ck_assert_msg(open_small() == FF_OK, "%s", store.cx.err.detail);
    ck_assert_msg(ff_db_check(&store.cx) == FF_OK, "%s", store.cx.err.detail);
    bad = ask(ff_store_path(&store, FF_DB_FILE, path), "SELECT COUNT(*) <> 2 FROM journal");
    ck_assert_int_eq(bad, 0);
}

static int count_leftovers(void)
{
    char path[512];
    int n = 0;
    const char *folders[] = {".", "backups"};
    for (int i = 0; i < 2; i++) {
        DIR *dir = opendir(ff_store_path(&store, folders[i], path));
        for (struct dirent *e; dir && (e = readdir(dir));)
            n += strncmp(e->d_name, ".part-", 6) == 0 || strncmp(e->d_name, ".restore-", 9) == 0;
        if (dir)
            closedir(dir);
    }
    return n;
}

static enum ff_rc do_create(void)
{
    int exit_hint = 0;
    struct ff_db_options o = small;
    o.create = true;
    return ff_store_try(&store, o, &exit_hint);
}

static void after_create(enum ff_rc rc)
{
    ff_store_again(&store);
    if (rc) /* either nothing is there, or all of it */
        ck_assert_msg((ff_db_exists(store.dir) ? open_small() : do_create()) == FF_OK, "%s",
                      store.cx.err.detail);
    ck_assert_int_eq(ff_db_check(&store.cx), FF_OK);
}

static void make_old(void)
{
    char path[512];
    make_filled();
    ck_assert_int_eq(ff_migrate_file(&store.cx, ff_store_path(&store, FF_DB_FILE, path), 1), FF_OK);
}

static void after_open(enum ff_rc rc)
{
    (void)rc;
    expect_well();
}

static enum ff_rc insert_period(struct ff_ctx *cx, void *arg)
{
    bool row;
    FF_STMT *st = NULL, *out = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_MIGRATION_ADD, &st);
    (void)arg;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_MIGRATION_ADD_VERSION, 1000);
    ff_db_text(st, FF_P_MIGRATION_ADD_NAME, "test");
    ff_db_text(st, FF_P_MIGRATION_ADD_CHECKSUM,
               "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    ff_db_int(st, FF_P_MIGRATION_ADD_NOW, 0);
    if ((rc = ff_db_run(cx, st)) || (rc = ff_db_query(cx, FF_Q_MIGRATION_LIST, &out)))
        return rc;
    return ff_db_row(cx, out, &row);
}

static enum ff_rc outer_job(struct ff_ctx *cx, void *arg)
{
    return ff_db_write(cx, insert_period, arg);
}

static void make_open(void)
{
    make_filled();
    ck_assert_int_eq(open_small(), FF_OK);
}

static enum ff_rc do_write(void)
{
    return ff_db_write(&store.cx, outer_job, NULL);
}

static void after_write(enum ff_rc rc)
{
    char path[512];
    ff_store_close_db(&store);
    int64_t n = ask(ff_store_path(&store, FF_DB_FILE, path),
                    "SELECT COUNT(*) FROM schema_migration WHERE version = 1000");
    if (rc != FF_STORAGE_FAULT) /* then nobody need know */
        ck_assert_int_eq(n, rc == FF_OK);
    change(path, "DELETE FROM schema_migration WHERE version = 1000");
    expect_well();
}

static enum ff_rc do_read(void)
{
    enum ff_rc rc = ff_db_probe(&store.cx);
    return rc ? rc : ff_db_check(&store.cx);
}

static enum ff_rc do_backup(void)
{
    struct ff_backup_info info;
    return ff_backup_create(&store.cx, NULL, &info);
}

static void after_backup(enum ff_rc rc)
{
    struct ff_backup_info info;
    char name[512], file[512];
    ck_assert_int_eq(count_leftovers(), 0);
    expect_well();
    ff_db_release(&store.cx);
    ff_backup_newest(store.dir, name);
    if (!rc)
        ck_assert_int_ne(*name, 0);
    if (!*name)
        return;
    ck_assert_int_lt(snprintf(file, sizeof file, "%s/backups/%.100s", store.dir, name), 512);
    ck_assert_int_eq(ff_backup_verify(&store.cx, file, &info), FF_OK);
}

static void make_backed_up(void)
{
    struct ff_backup_info info;
    char path[512];
    make_open();
    ck_assert_int_eq(ff_backup_create(&store.cx, ff_store_path(&store, "b.db", path), &info),
                     FF_OK);
    ff_store_close_db(&store);
}

static enum ff_rc do_verify(void)
{
    struct ff_backup_info info;
    char path[512];
    return ff_backup_verify(&store.cx, ff_store_path(&store, "b.db", path), &info);
}

static enum ff_rc do_restore(void)
{
    char path[512], kept[512];
    return ff_backup_restore(&store.cx, store.dir, ff_store_path(&store, "b.db", path), kept);
}

static void after_restore(enum ff_rc rc)
{
    (void)rc;
    ck_assert_int_eq(count_leftovers(), 0);
    expect_well();
}

static void make_old_closed(void)
{
    make_old();
}

static enum ff_rc do_migrate_dir(void)
{
    int version = 0;
    enum ff_rc rc = ff_migrate_have(&store.cx, store.dir, &version);
    return rc ? rc : ff_migrate_dir(&store.cx, store.dir, FF_SCHEMA_VERSION);
}

static void make_empty(void)
{
    ff_store_dir(&store);
}

static const struct {
    const char *name;
    void (*before)(void);
    enum ff_rc (*run)(void);
    void (*after)(enum ff_rc rc);
    int at_least; /* calls that can fail */
} victims[] = {
    {"making a database", make_empty, do_create, after_create, 80},
    {"opening an older one", make_old, open_small, after_open, 80},
    {"migrating a directory", make_old_closed, do_migrate_dir, after_open, 20},
    {"writing", make_open, do_write, after_write, 10},
    {"reading", make_open, do_read, after_open, 5},
    {"making a backup", make_open, do_backup, after_backup, 15},
    {"verifying one", make_backed_up, do_verify, after_open, 10},
    {"restoring one", make_backed_up, do_restore, after_restore, 15},
};
enum { N_VICTIMS = sizeof victims / sizeof *victims };

/* A schema has hundreds of statements, and each call that fails begins with all of them: past the
 * first ones every thirty-first is enough for a day's work (no multiple of three: each way to fail
 * has its turn). `make torture` takes each. */
static int stride(int victim, int n)
{
    enum { FIRST = 30, FIRST_OF_MANY = 10, MANY = 20, SOME = 31 };
    const int first = victims[victim].at_least < MANY ? FIRST : FIRST_OF_MANY;
    return n < first || getenv("FF_EVERY_CALL") ? 1 : SOME;
}

START_TEST(one_failing_call_is_reported_and_does_no_harm)
{
    int victim = _i, n = 0;
    for (bool fired = true; fired; n += stride(victim, n)) {
        victims[victim].before();
        ff_store_again(&store);
        atomic_store(&failed_call, NULL);
        atomic_store(&how, n % 3);
        atomic_store(&left, n + 1);
        enum ff_rc rc = victims[victim].run();
        atomic_store(&left, 0);
        fired = atomic_load(&failed_call) != NULL;
        ck_assert_msg(rc == store.cx.err.rc, "%s, call %d (%s): %d but %d", victims[victim].name, n,
                      fired ? failed_call : "-", rc, store.cx.err.rc);
        ck_assert(fired || rc == FF_OK);
        victims[victim].after(rc);
        ff_store_close(&store);
    }
    ck_assert_int_ge(n, victims[victim].at_least);
}
END_TEST

int main(void)
{
    /* Thousands of small databases: what a sync is worth is measured elsewhere. */
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1);
    Suite *suite = suite_create("db_torture");
    TCase *cases = tcase_create("one failing call");
    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, one_failing_call_is_reported_and_does_no_harm, 0, N_VICTIMS);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    ff_log_setup(FF_LOG_ERROR, FF_LOG_TEXT);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
