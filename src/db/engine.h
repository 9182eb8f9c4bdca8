/* SPDX-License-Identifier: MIT */
/* engine.h - what the files of src/db share and nobody else sees: connections, statements, the
 * reader pool, the writer, the data directory.  The only header that includes sqlite3.h. */
#ifndef FF_DB_ENGINE_H
#define FF_DB_ENGINE_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>

#include "db/backup.h"
#include "db/db.h"
#include "db/files.h"
#include "db/migrate.h"

#define FF_DB_LOCK "feastfrenzy.lock"

enum {
    FF_DB_APPLICATION_ID = 0x46465A31, /* "FFZ1" in the file's header */
    FF_DB_PAGE_BYTES = 4096,
    FF_DB_BUSY_MS = 2000, /* for outside processes: inside there is one writer */
    FF_DB_PATH_CAP = 512,
    FF_DB_MAX_READERS = 64
};

/* How a command line ends, of sysexits and operator.md. */
enum {
    FF_EXIT_NO_INPUT = 66,
    FF_EXIT_INTERNAL = 70,
    FF_EXIT_CANNOT_CREATE = 73,
    FF_EXIT_IO = 74,
    FF_EXIT_TRY_LATER = 75,
    FF_EXIT_NO_PERMISSION = 77,
    FF_EXIT_CONFIG = 78
};

/* ---- connections ---- */
enum ff_control {
    FF_CTL_BEGIN,
    FF_CTL_BEGIN_IMMEDIATE,
    FF_CTL_COMMIT,
    FF_CTL_ROLLBACK,
    FF_CTL_SAVEPOINT,
    FF_CTL_RELEASE,
    FF_CTL_ROLLBACK_TO,
    FF_CTL_COUNT
};

enum { FF_STMT_NUMBERS = 20 }; /* as many as the longest insert has parameters */

/* One execution of a named query. Lives in its connection's cache, or by itself when the cached one
 * is busy or its connection has been given back before it (`conn` is NULL then). */
struct ff_stmt {
    sqlite3_stmt *sq;
    struct ff_conn *conn;
    const struct ff_query_info *info;
    struct ff_stmt *next_open; /* list of the connection's statements in use */
    bool is_open, is_started, is_spare;
    uint64_t bound, held; /* parameters bound since it was asked for, and those that hold a value */
    int64_t began_ms;     /* of the execution under way; with the database's slow_ms only */
    const char *request_id; /* of who runs it, borrowed */
    /* Parameters that hold a number, and which: what comes again is not bound again. */
    uint64_t numbered;
    int64_t numbers[FF_STMT_NUMBERS];
};

struct ff_conn {
    sqlite3 *sq;
    struct ff_db *db;
    bool is_writer;
    struct ff_stmt **stmts; /* FF_Q_COUNT, made on first use */
    struct ff_stmt *open;
    sqlite3_stmt *control[FF_CTL_COUNT];
    int64_t stop_at_ms;        /* monotonic; a statement running past it is stopped; 0: never */
    ff_table_set wrote;        /* tables written by the job that runs */
    ff_table_set wrote_before; /* and by the earlier ones of the batch, also those that failed */
    bool is_broken;            /* the storage failed under this connection */
    bool in_batch;             /* the writer's transaction is open */
};

/* What kind of connection the settings are for. */
enum ff_conn_kind { FF_CONN_READER, FF_CONN_WRITER };

/* Opens `path` with every setting of architecture.md and security.md S65 set, read back and
 * compared. FF_STORAGE_FAULT names the setting that did not hold. */
FF_MUST_CHECK enum ff_rc ff_conn_open(struct ff_ctx *cx, struct ff_db *db, enum ff_conn_kind kind,
                                      struct ff_conn **conn);
void ff_conn_close(struct ff_conn *conn);

/* Reads all settings of an open connection again; FF_STORAGE_FAULT names the first that differs. */
FF_MUST_CHECK enum ff_rc ff_conn_verify(struct ff_ctx *cx, const struct ff_conn *conn);

/* Runs a transaction word; the engine's result code. */
int ff_conn_control(struct ff_conn *conn, enum ff_control word);

/* ---- errors and small reads on a bare handle ---- */
/* The class of an engine's result code (extended). */
enum ff_rc ff_sq_class(int code, const char *message);
/* True when no further write may be tried after it. */
bool ff_sq_is_fault(int code);
/* Records the failure in the context, with the engine's own words only in the log. */
FF_MUST_CHECK enum ff_rc ff_sq_fail(struct ff_ctx *cx, sqlite3 *sq, int code, const char *doing);
/* Runs engine words that give no row; the engine's result code. */
int ff_sq_exec(sqlite3 *sq, const char *text);
/* The first column of the first row; the engine's result code. */
int ff_sq_int(sqlite3 *sq, const char *text, int64_t *out);
int ff_sq_text(sqlite3 *sq, const char *text, char *out, size_t cap);
/* quick_check and foreign_key_check on a bare handle; FF_STORAGE_FAULT with the first finding. */
FF_MUST_CHECK enum ff_rc ff_sq_check(struct ff_ctx *cx, sqlite3 *sq);

/* ---- readers ---- */
struct ff_pool {
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t freed;
    struct ff_conn *all[FF_DB_MAX_READERS], *free[FF_DB_MAX_READERS];
    int n, n_opening, n_free;
    int most; /* that are opened, each when all others are lent */
};

/* Opens the first of at most `most` readers; borrows one for cx, which may have to wait (FF_BUSY).
 */
FF_MUST_CHECK enum ff_rc ff_pool_open(struct ff_ctx *cx, struct ff_db *db, int most);
void ff_pool_close(struct ff_pool *pool);
FF_MUST_CHECK enum ff_rc ff_pool_borrow(struct ff_ctx *cx);

/* Takes the open statements away from a connection that is given back: their owners may still
 * release them, but not step. */
void ff_stmt_orphan_all(struct ff_conn *conn);
void ff_stmt_free_all(struct ff_conn *conn);

/* ---- the writer ---- */
/* A batch ends after so much. A full queue is through soonest in as few commits as possible, so the
 * time is that of 256 purchases or of four slow syncs; it keeps slow jobs from making the first of
 * them wait. */
enum { FF_BATCH_MAX_JOBS = 256, FF_BATCH_MAX_MS = 20 };

/* On the caller's stack. `rc` belongs to the writer until the word says done. */
struct ff_job {
    struct ff_job *next;
    struct ff_ctx *cx;
    ff_db_job fn;
    void *arg;
    bool is_lean;     /* runs without a savepoint */
    int64_t asked_ns; /* when it came into the queue, on the machine's clock */
    enum ff_rc rc;
    atomic_uint word;
};

/* fn without a savepoint, in the writer's batch. *left_rows: it failed after it had changed
 * something, so the batch has to be undone. */
FF_MUST_CHECK enum ff_rc ff_job_run_bare(struct ff_ctx *cx, ff_db_job fn, void *arg,
                                         bool *left_rows);
/* fn in a savepoint on the writer's connection: all of it or nothing. */
FF_MUST_CHECK enum ff_rc ff_job_run(struct ff_ctx *cx, ff_db_job fn, void *arg);
/* True when the engine has rolled the whole transaction back by itself (disk full, I/O error). */
bool ff_job_is_undone(const struct ff_conn *conn);
/* The heads of the two chains. */
struct ff_heads {
    struct ff_chain_head ledger, audit;
};
/* Reads both from the database. */
FF_MUST_CHECK enum ff_rc ff_job_load_heads(struct ff_ctx *cx, struct ff_heads *heads);
/* Replaces the context's error: nothing was done, ask again in a second. Returns rc. */
enum ff_rc ff_job_refuse(struct ff_ctx *cx, enum ff_rc rc, const char *why);

/* A copy of the whole database into `to`, made between batches; on the caller's stack. */
struct ff_copy {
    sqlite3 *to;
    sqlite3_backup *run;
    int rc; /* SQLITE_DONE when complete */
    atomic_uint word;
};

/* Tables whose old bytes are to leave the files, done between batches; on the caller's stack. */
struct ff_scrub {
    ff_table_set tables;
    int rc; /* the engine's */
    atomic_uint word;
};

/* One kept answer; kept.c. */
enum { FF_KEPT_PLACES = 4096 }; /* a canteen's people and products; touched as they are used */
struct ff_kept {
    uint64_t generation; /* of the tables that the query reads */
    int64_t key;
    enum ff_query query;
    bool is_used;
    unsigned char bytes[FF_KEPT_BYTES];
};

struct ff_writer {
    struct ff_db *db;
    struct ff_conn *conn;
    pthread_t thread;
    pthread_mutex_t lock; /* guards first, last, n, copy, scrub, is_idle */
    pthread_cond_t work;  /* a job, a copy or the end has come */
    struct ff_job *first, *last;
    size_t n, max;
    struct ff_copy *copy;
    struct ff_scrub *scrub;
    bool is_running, is_idle;
    atomic_bool is_stopping;
    atomic_bool failed;        /* an outcome is unknown or the storage broke: no commit any more */
    atomic_size_t n_callers;   /* inside ff_db_write */
    struct ff_heads heads;     /* of the chains; the writer's thread only */
    struct ff_kept *kept;      /* FF_KEPT_PLACES; likewise */
    int wal_pages, wal_copied; /* pages in the WAL, and those already in the main file */
    int rush_pages;            /* so many new ones are copied even while jobs wait */
    int64_t recent_sync_ns;    /* of a commit, in the mean of the last few */
    atomic_int_least64_t commits, jobs, largest_batch, wal_bytes, checkpoints, last_commit_ms;
    atomic_int_least64_t ledger_height, reruns;
    struct ff_histogram batch, queue_ns, commit_ns, sync_ns, checkpoint_ns;
};

FF_MUST_CHECK enum ff_rc ff_writer_start(struct ff_ctx *cx, struct ff_db *db, size_t queue_max);
/* Stops the thread; waiting jobs fail. The connection stays open. */
void ff_writer_stop(struct ff_writer *w);
/* Takes jobs from the queue, runs and commits them, and wakes their callers. */
void ff_batch_run(struct ff_writer *w);
/* The oldest waiting job, NULL when none waits. */
struct ff_job *ff_queue_take(struct ff_writer *w);
/* Fails all that wait. */
void ff_queue_drain(struct ff_writer *w, enum ff_rc rc, const char *why);
/* Copies the database into `to` on the writer's connection between batches; the engine's code. */
FF_MUST_CHECK enum ff_rc ff_writer_copy(struct ff_ctx *cx, sqlite3 *to);

/* wal.c: moves the WAL into the main file when the policy says so. */
void ff_wal_watch(struct ff_writer *w);
bool ff_wal_is_due(const struct ff_writer *w, bool quiet);
void ff_wal_checkpoint(struct ff_writer *w);
/* The last one: leaves no WAL behind. */
void ff_wal_finish(struct ff_writer *w);
/* The same while readers may be there: waits for them no longer than a moment; the engine's code.
 */
int ff_wal_truncate(struct ff_writer *w);

/* scrub.c: does what was asked for, in the writer's thread. */
void ff_scrub_run(struct ff_writer *w, struct ff_scrub *job);

/* wait.c: a thread waits for one word to change; no lock, one wake-up, monotonic timeout. */
enum { FF_WAIT_PENDING, FF_WAIT_SLEEPING, FF_WAIT_DONE };
/* True when done, false when `timeout_ms` (-1: none) went by. */
bool ff_wait(atomic_uint *word, int64_t timeout_ms);
/* The moment in `ms` from now, for a condition on the monotonic clock. */
struct timespec ff_wait_end(int64_t ms);
/* Sets the word done and wakes its waiter; the word may be gone right after. */
void ff_wait_done(atomic_uint *word);

/* ---- the data directory ---- */
/* `dir`/`name` into out; false when it does not fit. */
bool ff_dir_path(char out[FF_DB_PATH_CAP], const char *dir, const char *name);
/* The name of a file system that loses locks or writes (statfs f_type), NULL for others. */
const char *ff_dir_remote_name(uint64_t magic);
/* Makes (create) or checks the directory: there, local, 0700. */
FF_MUST_CHECK enum ff_rc ff_dir_check(struct ff_ctx *cx, const struct ff_db_options *options,
                                      int *exit_hint);
/* One process a directory: *fd holds the lock until it is closed. FF_BUSY names the holder. */
FF_MUST_CHECK enum ff_rc ff_dir_lock(struct ff_ctx *cx, const char *dir, int *fd);

/* ---- schema ---- */
FF_MUST_CHECK enum ff_rc ff_migrate_to(struct ff_ctx *cx, sqlite3 *sq, int version);
/* Compares the recorded checksums with the program's. */
FF_MUST_CHECK enum ff_rc ff_migrate_verify(struct ff_ctx *cx, sqlite3 *sq);
/* A new database at the program's version at `path`, closed again, in rollback journal mode. */
FF_MUST_CHECK enum ff_rc ff_migrate_create(struct ff_ctx *cx, const char *path);

/* A handle for work before the settings matter: versions, migration, backups. */
FF_MUST_CHECK enum ff_rc ff_sq_open(struct ff_ctx *cx, const char *path, int flags, sqlite3 **sq);

/* The copy that is made before a migration; kept are the newest 3. */
FF_MUST_CHECK enum ff_rc ff_backup_safety(struct ff_ctx *cx, sqlite3 *sq, const char *dir, int from,
                                          int to);
/* As ff_backup_newest, of the copies made before an update. */
void ff_backup_newest_safety(const char *dir, char out[FF_DB_PATH_CAP]);

struct ff_db {
    char dir[FF_DB_PATH_CAP], path[FF_DB_PATH_CAP];
    bool is_read_only, is_rollback; /* rollback journal in place of the WAL: network file systems */
    bool is_scratch;                /* its guards may be lifted */
    int lock_fd;
    int64_t statement_ms, queue_wait_ms, slow_ms;
    bool rerun_jobs;
    atomic_int_least64_t slow;
    atomic_bool is_giving_up; /* readers' statements stop: the program ends */
    struct ff_clock *mono;    /* the system's, whatever the context's clock says */
    struct ff_pool pool;
    struct ff_writer writer;
    atomic_uint_least64_t generation[FF_TABLE_COUNT]; /* the newest commit that wrote it */
    atomic_uint_least64_t newest;                     /* of all; set last */
};

#endif
