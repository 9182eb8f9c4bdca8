/* SPDX-License-Identifier: MIT */
/* open.c - opening a data directory in the order that keeps it safe: directory, lock, version,
 * migration (with a copy first), the writer, the readers; and closing it the other way round. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "db/engine.h"

enum { STATEMENT_MS = 2000, QUEUE_WAIT_MS = 5000 };

static int exit_of(enum ff_rc rc)
{
    switch (rc) {
    case FF_BUSY:
        return FF_EXIT_TRY_LATER;
    case FF_STORAGE_FULL:
    case FF_STORAGE_FAULT:
        return FF_EXIT_IO;
    default:
        return FF_EXIT_INTERNAL;
    }
}

/* ---- versions ---- */

struct versions {
    int64_t application, schema;
    char journal[16];
};

static enum ff_rc read_versions(struct ff_ctx *cx, const struct ff_db *db, sqlite3 *sq,
                                struct versions *v)
{
    char newest[FF_DB_PATH_CAP];
    int rc = ff_sq_int(sq, "PRAGMA application_id", &v->application);
    if (!rc)
        rc = ff_sq_int(sq, "PRAGMA user_version", &v->schema);
    if (!rc)
        rc = ff_sq_text(sq, "PRAGMA journal_mode", v->journal, sizeof v->journal);
    if (!rc)
        return FF_OK;
    if (!ff_sq_is_fault(rc))
        return ff_sq_fail(cx, sq, rc, "reading the versions");
    /* Never start anew over a ledger that cannot be read. */
    ff_backup_newest(db->dir, newest);
    ff_logf(FF_LOG_ERROR, NULL, "database: %s (%d)", sqlite3_errmsg(sq), rc);
    return FF_FAIL(cx, FF_STORAGE_FAULT,
                   "The database cannot be read (%s). It was left as it is; %s%.120s.",
                   sqlite3_errstr(rc),
                   *newest ? "restore the newest backup: feastfrenzy restore "
                           : "there is no backup beside it",
                   newest);
}

static enum ff_rc refuse_newer(struct ff_ctx *cx, const struct ff_db *db, const struct versions *v)
{
    char copy[FF_DB_PATH_CAP];
    ff_backup_newest_safety(db->dir, copy);
    return FF_FAIL(cx, FF_STORAGE_FAULT,
                   "The database has version %d, but this program knows only version %d: install "
                   "a newer program, or restore the backup made before the update%s%.90s.",
                   (int)v->schema, FF_SCHEMA_VERSION, *copy ? ": backups/" : "", copy);
}

static enum ff_rc refuse_version(struct ff_ctx *cx, const struct ff_db *db,
                                 const struct versions *v, int *exit_hint)
{
    *exit_hint = FF_EXIT_CONFIG;
    if (v->application != FF_DB_APPLICATION_ID)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The database file is not one of FeastFrenzy.");
    if (v->schema > FF_SCHEMA_VERSION)
        return refuse_newer(cx, db, v);
    return FF_FAIL(cx, FF_STORAGE_FAULT,
                   "The database has version %d and must be moved to version %d first: start the "
                   "server or run `feastfrenzy migrate`.",
                   (int)v->schema, FF_SCHEMA_VERSION);
}

/* Brings the file to this program's version or says why not. */
static enum ff_rc settle_version(struct ff_ctx *cx, struct ff_db *db, const struct ff_db_options *o,
                                 int *exit_hint)
{
    struct versions v = {0};
    sqlite3 *sq = NULL;
    int flags = o->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    enum ff_rc rc = ff_sq_open(cx, db->path, flags, &sq);
    if (rc)
        return rc;
    if ((rc = read_versions(cx, db, sq, &v)))
        goto done;
    bool older = v.schema < FF_SCHEMA_VERSION;
    if (v.application != FF_DB_APPLICATION_ID || v.schema > FF_SCHEMA_VERSION ||
        (older && (o->no_migrate || o->read_only))) {
        rc = refuse_version(cx, db, &v, exit_hint);
        goto done;
    }
    if (o->read_only)
        db->is_rollback = strcmp(v.journal, "wal") != 0;
    if ((rc = ff_migrate_verify(cx, sq))) {
        *exit_hint = FF_EXIT_CONFIG;
        goto done;
    }
    if (older && !(rc = ff_backup_safety(cx, sq, db->dir, (int)v.schema, FF_SCHEMA_VERSION)))
        rc = ff_migrate_to(cx, sq, FF_SCHEMA_VERSION);
done:
    sqlite3_close(sq);
    return rc;
}

/* Under another name until it is complete: a power cut leaves no half database behind. */
static enum ff_rc make_new(struct ff_ctx *cx, const struct ff_db *db)
{
    char path[FF_DB_PATH_CAP];
    if (!ff_dir_path(path, db->dir, FF_DB_FILE ".new"))
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the data directory is too long.");
    (void)unlink(path);
    FILE *f = fopen(path, "wxe"); /* the umask may be wide: made empty, then closed to others */
    bool made = f && fchmod(fileno(f), 0600) == 0;
    if (f && fclose(f))
        made = false;
    if (!made)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The database file cannot be made.");
    enum ff_rc rc = ff_migrate_create(cx, path);
    if (!rc && (!ff_file_sync(path) || rename(path, db->path) || !ff_dir_sync(db->dir)))
        rc = FF_FAIL(cx, FF_STORAGE_FAULT, "The new database could not be put in place.");
    if (rc)
        (void)unlink(path);
    return rc;
}

/* ---- open and close ---- */

static struct ff_db *allocate(const struct ff_db_options *o)
{
    struct ff_db *db = calloc(1, sizeof *db);
    pthread_condattr_t monotonic;
    if (!db)
        return NULL;
    db->lock_fd = -1;
    db->is_read_only = o->read_only;
    db->is_rollback = o->allow_remote_fs;
    db->is_scratch = o->is_scratch;
    db->rerun_jobs = o->rerun_jobs;
    db->statement_ms = o->statement_ms ? o->statement_ms : STATEMENT_MS;
    db->slow_ms = o->slow_ms;
    db->queue_wait_ms = o->queue_wait_ms ? o->queue_wait_ms : QUEUE_WAIT_MS;
    snprintf(db->dir, sizeof db->dir, "%s", o->dir);
    db->mono = ff_clock_new_system();
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&db->pool.lock, NULL);
    pthread_cond_init(&db->pool.freed, &monotonic);
    pthread_mutex_init(&db->writer.lock, NULL);
    pthread_cond_init(&db->writer.work, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return db;
}

static int reader_count(const struct ff_db_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    long n = o->readers > 0 ? o->readers : 2 * (cores > 0 ? cores : 1);
    return n > FF_DB_MAX_READERS ? FF_DB_MAX_READERS : (int)n;
}

static enum ff_rc open_inside(struct ff_ctx *cx, struct ff_db *db, const struct ff_db_options *o,
                              int *exit_hint)
{
    enum ff_rc rc = ff_dir_check(cx, o, exit_hint);
    if (rc)
        return rc;
    *exit_hint = 0;
    (void)ff_dir_path(db->path, db->dir, FF_DB_FILE); /* its length was checked */
    if (!o->read_only && (rc = ff_dir_lock(cx, db->dir, &db->lock_fd)))
        return rc;
    if (o->create && (rc = make_new(cx, db)))
        return rc;
    if ((rc = settle_version(cx, db, o, exit_hint)))
        return rc;
    if (!o->read_only && (rc = ff_writer_start(cx, db, o->queue_max)))
        return rc;
    return ff_pool_open(cx, db, reader_count(o));
}

enum ff_rc ff_db_open(struct ff_ctx *cx, const struct ff_db_options *options, struct ff_db **out,
                      int *exit_hint)
{
    *exit_hint = 0;
    struct ff_db *db = allocate(options);
    enum ff_rc rc = db ? open_inside(cx, db, options, exit_hint)
                       : FF_FAIL(cx, FF_INTERNAL, "No memory for the database.");
    if (rc) {
        if (!*exit_hint)
            *exit_hint = exit_of(rc);
        ff_db_close(db);
        return rc;
    }
    *out = db;
    return FF_OK;
}

void ff_db_close(struct ff_db *db)
{
    if (!db)
        return;
    struct ff_writer *w = &db->writer;
    ff_writer_stop(w);
    ff_pool_close(&db->pool);
    if (w->conn && atomic_load(&w->failed)) /* what is in the WAL is left for the next start */
        sqlite3_db_config(w->conn->sq, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    else if (w->conn && !db->is_rollback)
        ff_wal_finish(w);
    ff_conn_close(w->conn);
    free(w->kept);
    if (db->lock_fd >= 0)
        close(db->lock_fd);
    pthread_mutex_destroy(&db->pool.lock);
    pthread_cond_destroy(&db->pool.freed);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->work);
    ff_clock_free(db->mono);
    free(db);
}

/* ---- state ---- */

uint64_t ff_db_generation(struct ff_db *db, ff_table_set tables)
{
    enum { HALF = 64 };
    uint64_t newest = 0;
    if (tables == FF_TABLES_ALL)
        return atomic_load(&db->newest);
    tables &= FF_TABLE_BIT(FF_TABLE_COUNT) - 1;
    for (int base = 0; base < FF_TABLE_COUNT; base += HALF) {
        for (uint64_t left = (uint64_t)(tables >> base); left; left &= left - 1) {
            uint64_t one = atomic_load(&db->generation[base + __builtin_ctzll(left)]);
            newest = one > newest ? one : newest;
        }
    }
    return newest;
}

void ff_db_give_up_reads(struct ff_db *db)
{
    atomic_store(&db->is_giving_up, true);
}

void ff_db_get_stats(struct ff_db *db, struct ff_db_stats *stats)
{
    struct ff_writer *w = &db->writer;
    pthread_mutex_lock(&w->lock);
    size_t waiting = w->n;
    pthread_mutex_unlock(&w->lock);
    *stats = (struct ff_db_stats){.commits = atomic_load(&w->commits),
                                  .jobs = atomic_load(&w->jobs),
                                  .largest_batch = atomic_load(&w->largest_batch),
                                  .queue_length = (int64_t)waiting,
                                  .wal_bytes = atomic_load(&w->wal_bytes),
                                  .checkpoints = atomic_load(&w->checkpoints),
                                  .slow = atomic_load(&db->slow),
                                  .ledger_height = atomic_load(&w->ledger_height),
                                  .reruns = atomic_load(&w->reruns),
                                  .failed = atomic_load(&w->failed)};
    ff_histogram_read(&w->batch, &stats->batch);
    ff_histogram_read(&w->queue_ns, &stats->queue);
    ff_histogram_read(&w->commit_ns, &stats->commit);
    ff_histogram_read(&w->sync_ns, &stats->sync);
    ff_histogram_read(&w->checkpoint_ns, &stats->checkpoint);
}

const char *ff_db_dir(const struct ff_db *db)
{
    return db->dir;
}
