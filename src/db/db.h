/* SPDX-License-Identifier: MIT */
/* db.h - the seam to the database engine: named queries, a pool of readers, THE writer.
 * Queries live in sql/query/; sqlgen checks them against the schema at build time and emits,
 * in build/gen/queries.h, FF_Q_<NAME> (the query), FF_P_<NAME>_<PARAM> (1-based parameter) and
 * FF_C_<NAME>_<COLUMN> (0-based column). Nothing outside src/db includes the engine's header.
 * Source: architecture.md, sql-subset.md. */
#ifndef FF_DB_DB_H
#define FF_DB_DB_H

#include "base/ctx.h"
#include "base/metrics.h"
#include "base/version.h"
#include "gen/queries.h"

struct ff_db_options {
    const char *dir;      /* the data directory; the file is feastfrenzy.db in it */
    bool read_only;       /* look beside a running server: no lock, no writer */
    bool create;          /* make a new database */
    bool no_migrate;      /* refuse an older schema instead of migrating */
    bool allow_remote_fs; /* the directory may be on a network: rollback journal, no WAL */
    bool is_scratch;      /* a copy that is put together: its guards may be lifted (table.h) */
    int readers;          /* 0: twice the cores */
    size_t queue_max;     /* jobs that may wait for the writer; 0: 4096 */
    int queue_wait_ms; /* how long a job may wait in the queue, or a request for a reader; 0: 5000
                        */
    int statement_ms;  /* a reader's statement is stopped after this; 0: 2000. Not one of a context
                        * that is_unhurried */
    bool rerun_jobs;   /* undo each job once and run it again: shows whether it can (tests) */
    int slow_ms;       /* a statement that takes so long is named in the log; 0: none is */
};

/* Opens the data directory: lock (FF_BUSY when another process holds it), file system check,
 * version check, migration with a safety copy first, settings read back and asserted, writer thread
 * started. On success *db is owned by the caller; on failure the detail says what to do and
 * `exit_hint` (sysexits) how the command line should end. */
FF_MUST_CHECK enum ff_rc ff_db_open(struct ff_ctx *cx, const struct ff_db_options *options,
                                    struct ff_db **db, int *exit_hint);

/* Stops the writer (jobs already taken finish, waiting ones fail with FF_SHUTTING_DOWN),
 * checkpoints, closes. */
void ff_db_close(struct ff_db *db);

/* Forgets the pages that readers keep of what they read; nobody waits longer than a moment for it.
 */
void ff_db_shrink(struct ff_db *db);

/* Before ff_db_close: stops what readers still compute, such as the check of the books. Writing
 * goes on. */
void ff_db_give_up_reads(struct ff_db *db);

/* ---- statements ---- */
struct ff_stmt;
void ff_stmt_release(struct ff_stmt **handle);
/* A statement handle that resets itself and clears its bindings at the end of the block. */
#define FF_STMT __attribute__((cleanup(ff_stmt_release))) struct ff_stmt

/* The prepared statement of `query` on the context's connection; borrows a reader for the context
 * when it has none. A query that writes is refused (FF_INTERNAL) outside the writer. */
FF_MUST_CHECK enum ff_rc ff_db_query(struct ff_ctx *cx, enum ff_query query, struct ff_stmt **st);

void ff_db_int(struct ff_stmt *st, int parameter, int64_t value);
void ff_db_opt_int(struct ff_stmt *st, int parameter, int64_t value); /* INT64_MIN binds NULL */
void ff_db_text(struct ff_stmt *st, int parameter,
                const char *text); /* NULL binds NULL; must live until the step */
void ff_db_blob(struct ff_stmt *st, int parameter, const void *bytes, size_t n);

/* Steps. *row: a row is there. FF_ALREADY_EXISTS for a unique clash, FF_IN_USE for a foreign key,
 * FF_INSUFFICIENT_BALANCE when the floor guard refused, FF_INTERNAL when another guard refused,
 * FF_STORAGE_FULL, FF_STORAGE_FAULT. */
FF_MUST_CHECK enum ff_rc ff_db_row(struct ff_ctx *cx, struct ff_stmt *st, bool *row);
/* Runs a statement that gives no row. */
FF_MUST_CHECK enum ff_rc ff_db_run(struct ff_ctx *cx, struct ff_stmt *st);
/* Rows changed by the last ff_db_run on this statement's connection. */
int64_t ff_db_changes(struct ff_stmt *st);

int64_t ff_db_col_int(struct ff_stmt *st, int column);     /* NULL reads as 0 */
int64_t ff_db_col_opt_int(struct ff_stmt *st, int column); /* NULL reads as INT64_MIN */
const char *ff_db_col_text(struct ff_ctx *cx, struct ff_stmt *st,
                           int column); /* copied to the arena; NULL for NULL */
/* Copies a blob of exactly n bytes; false when NULL or of another size. */
bool ff_db_col_blob(struct ff_stmt *st, int column, void *out, size_t n);
/* The whole of a blob or text, copied to the arena with a NUL behind it; NULL for NULL or when the
 * arena is exhausted (error recorded). */
const void *ff_db_col_bytes(struct ff_ctx *cx, struct ff_stmt *st, int column, size_t *n);
bool ff_db_col_null(struct ff_stmt *st, int column);

/* ---- queries that are not known where they run: by names instead of constants ---- */
/* The parameter of that name (without the colon); 0: the query has none. */
int ff_db_parameter(struct ff_stmt *st, const char *name);
int ff_db_columns(struct ff_stmt *st);
const char *ff_db_column_name(struct ff_stmt *st, int column); /* as long as the statement */
bool ff_db_col_is_text(struct ff_stmt *st, int column);        /* of the row that is there */

/* Ends the request's read snapshot and gives the reader back. Called by the dispatcher; harmless
 * without one. */
void ff_db_release(struct ff_ctx *cx);

/* ---- writing ---- */
typedef enum ff_rc (*ff_db_job)(struct ff_ctx *cx, void *arg);

/* Runs fn(cx, arg) on the writer's connection inside a savepoint; returns after the commit that
 * makes it durable, or with nothing done. fn may run again, so it resets its output first and has
 * no side effect but the database. It ends the request's read snapshot first: a statement that is
 * still open can then be released but no longer stepped. Called from inside a job it runs fn in a
 * savepoint of its own. FF_INTERNAL when the database was opened for reading. Errors: fn's own,
 * FF_BUSY (queue full or the wait passed its deadline while queued), FF_SHUTTING_DOWN,
 * FF_STORAGE_FULL, FF_STORAGE_FAULT (outcome unknown: ask again with the same key). */
FF_MUST_CHECK enum ff_rc ff_db_write(struct ff_ctx *cx, ff_db_job fn, void *arg);

/* The same for a job that hardly ever fails once it has changed something: it runs without a
 * savepoint, which spares the copies of its pages; should it fail so after all, its whole batch is
 * undone and run again. */
FF_MUST_CHECK enum ff_rc ff_db_write_lean(struct ff_ctx *cx, ff_db_job fn, void *arg);

/* True inside a job. */
bool ff_db_in_writer(const struct ff_ctx *cx);

/* Takes what was deleted or overwritten in `tables` (a mask) out of the files as well: their pages
 * and those of their indexes are written anew, since a page that was split or merged may keep bytes
 * of a row that is gone, and the WAL is copied into the main file and cut to nothing. Outside a
 * job; takes as long as copying those tables. FF_BUSY while a reader still looks at the old state,
 * or when there is no writer to do it: ask again. */
FF_MUST_CHECK enum ff_rc ff_db_scrub(struct ff_ctx *cx, ff_table_set tables);

/* The head of the ledger's chain, kept by the writer: copied at SAVEPOINT, restored on ROLLBACK,
 * read anew after a failed COMMIT. Only inside a job. `id` 0: no journal yet (hash all zero). */
struct ff_chain_head {
    int64_t id;
    int64_t recorded_at_ms;
    unsigned char hash[32];
};
struct ff_chain_head *ff_db_ledger_head(struct ff_ctx *cx);

/* The same of the audit's chain: `id` is the row's seq. */
struct ff_chain_head *ff_db_audit_head(struct ff_ctx *cx);

/* What an earlier job kept of `query`'s answer to `key`, copied to `out` (`size` bytes); false when
 * nothing is kept, when a table that the query reads was written since, this batch included, and
 * outside a job. */
enum { FF_KEPT_BYTES = 184 };
bool ff_db_kept(struct ff_ctx *cx, enum ff_query query, int64_t key, void *out, size_t size);
/* Would an answer of `query` be kept now? */
bool ff_db_keeps(const struct ff_ctx *cx, enum ff_query query);
/* Keeps an answer just read in this job for later ones; at most FF_KEPT_BYTES, without pointers.
 * A number of places, the newest stays in each. Never a balance, a limit or a level. */
void ff_db_keep(struct ff_ctx *cx, enum ff_query query, int64_t key, const void *value,
                size_t size);

/* The number of the newest commit that wrote one of `tables` (a mask of FF_TABLE_* from queries.h),
 * set after that commit and before its callers wake. Equal before and after means unchanged; not
 * above what it was of FF_TABLES_ALL before a snapshot was opened: that snapshot shows `tables` as
 * they are. */
uint64_t ff_db_generation(struct ff_db *db, ff_table_set tables);

/* ---- state ---- */
struct ff_db_stats {
    int64_t commits, jobs, largest_batch, queue_length, wal_bytes, checkpoints;
    int64_t reruns;                 /* batches that were undone for one job, and run again */
    int64_t slow;                   /* statements that took longer than slow_ms */
    int64_t ledger_height;          /* journals in the chain, as of the last commit */
    struct ff_histogram_view batch; /* jobs a commit, from 1 */
    /* The rest from FF_LATENCY_FIRST_NS. queue: from asking until taken. commit: from the first job
     * of a batch until durable; sync: of that, writing and syncing the WAL. */
    struct ff_histogram_view queue, commit, sync, checkpoint;
    bool failed; /* a commit ended with an unknown outcome: the process must end */
};
void ff_db_get_stats(struct ff_db *db, struct ff_db_stats *stats);
int ff_db_schema_version(void);            /* of this program */
struct ff_library ff_db_library(void);     /* SQLite */
struct ff_library ff_digest_library(void); /* OpenSSL */
const char *ff_db_dir(const struct ff_db *db);
/* True when the file is there (so `create` would refuse). */
bool ff_db_exists(const char *dir);
/* A cheap probe for readiness: one read and the age of the last successful write probe. */
FF_MUST_CHECK enum ff_rc ff_db_probe(struct ff_ctx *cx);
/* On the context's reader, for as long as they take; FF_STORAGE_FAULT with the first finding: every
 * page (quick_check), every reference (foreign_key_check), or both. A context without a reader gets
 * one for each part and keeps the last, so that no snapshot lasts long; but for the pages. */
FF_MUST_CHECK enum ff_rc ff_db_check_pages(struct ff_ctx *cx);
FF_MUST_CHECK enum ff_rc ff_db_check_references(struct ff_ctx *cx);
FF_MUST_CHECK enum ff_rc ff_db_check(struct ff_ctx *cx);
/* Do the settings of the context's reader hold, synchronous FULL first of all? FF_STORAGE_FAULT
 * names the one that does not. */
FF_MUST_CHECK enum ff_rc ff_db_check_settings(struct ff_ctx *cx);
/* When the newest journal was recorded, UTC ms; 0 when there is none. */
FF_MUST_CHECK enum ff_rc ff_db_newest(struct ff_ctx *cx, int64_t *recorded_at_ms);

/* The database's file in the data directory. */
#define FF_DB_FILE "feastfrenzy.db"

/* ---- looked at from outside, without opening it ---- */
/* The name of the network file system `dir` is on; NULL: a local one, or there is no `dir`. */
const char *ff_db_remote_fs(const char *dir);
/* Size of the write-ahead log; 0: none. */
int64_t ff_db_wal_bytes(const char *dir);
/* True while a process holds the data directory; `holder` gets what it says of itself. */
bool ff_db_is_held(const char *dir, char holder[160]);

#endif
