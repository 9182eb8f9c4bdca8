/* SPDX-License-Identifier: MIT */
/* scrub.c - takes the bytes of what was erased out of the files.
 * secure_delete zeroes a row where it lies, but a page that was split or merged before may still
 * hold an older copy of it in its unused middle. So the tables in question are emptied, which
 * zeroes their pages, and filled again from memory, all in one transaction; then the WAL, which
 * holds the old pages, is copied into the main file and cut to nothing.
 * Only tables that grow with the people, not with their purchases, are rewritten this way. */
#include <stdio.h>

#include "base/log.h"
#include "db/engine.h"

/* One table: out into memory (temp_store), emptied, filled again. */
static int rewrite(sqlite3 *sq, const char *table)
{
    char out[160], empty[160], in[160];
    snprintf(out, sizeof out, "CREATE TEMP TABLE scrub AS SELECT * FROM main.%s", table);
    snprintf(empty, sizeof empty, "DELETE FROM main.%s", table);
    snprintf(in, sizeof in, "INSERT INTO main.%s SELECT * FROM temp.scrub", table);
    const char *const steps[] = {out, empty, in, "DROP TABLE temp.scrub"};
    int rc = SQLITE_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !rc; i++)
        rc = ff_sq_exec(sq, steps[i]);
    return rc;
}

static int rewrite_all(struct ff_writer *w, ff_table_set tables)
{
    int rc = ff_conn_control(w->conn, FF_CTL_BEGIN_IMMEDIATE);
    for (int i = 0; i < FF_TABLE_COUNT && !rc; i++) {
        if (tables >> i & 1)
            rc = rewrite(w->conn->sq, ff_table_names[i]);
    }
    if (!rc)
        return ff_conn_control(w->conn, FF_CTL_COMMIT);
    if (!sqlite3_get_autocommit(w->conn->sq))
        (void)ff_conn_control(w->conn, FF_CTL_ROLLBACK);
    return rc;
}

/* Rows are taken out and put back as they were: references and triggers would only be in the way.
 * Both are on again, and read back, before anything else is written. */
static int set_guards(struct ff_writer *w, int on)
{
    int keys = -1, triggers = -1;
    sqlite3_db_config(w->conn->sq, SQLITE_DBCONFIG_ENABLE_FKEY, on, &keys);
    sqlite3_db_config(w->conn->sq, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, &triggers);
    return keys == on && triggers == on ? SQLITE_OK : SQLITE_ERROR;
}

static int scrub(struct ff_writer *w, ff_table_set tables)
{
    int rc = set_guards(w, 0);
    if (!rc)
        rc = rewrite_all(w, tables);
    if (set_guards(w, 1)) {
        atomic_store(&w->failed, true); /* nothing may be written without them */
        return SQLITE_ERROR;
    }
    if (rc && ff_sq_is_fault(rc))
        atomic_store(&w->failed, true);
    return rc ? rc : ff_wal_truncate(w);
}

void ff_scrub_run(struct ff_writer *w, struct ff_scrub *job)
{
    bool refused = atomic_load(&w->failed) || atomic_load(&w->is_stopping);
    job->rc = refused ? SQLITE_BUSY : scrub(w, job->tables);
    if (job->rc && (job->rc & 0xff) != SQLITE_BUSY)
        ff_logf(FF_LOG_ERROR, NULL, "database: scrub: %s (%d)", sqlite3_errmsg(w->conn->sq),
                job->rc);
    pthread_mutex_lock(&w->lock);
    w->scrub = NULL;
    pthread_mutex_unlock(&w->lock);
    ff_wait_done(&job->word);
}

enum ff_rc ff_db_scrub(struct ff_ctx *cx, ff_table_set tables)
{
    struct ff_writer *w = &cx->db->writer;
    struct ff_scrub job = {.tables = tables};
    bool taken = false;
    ff_db_release(cx); /* the own snapshot would hold the WAL back */
    pthread_mutex_lock(&w->lock);
    if (w->is_running && !w->scrub && !atomic_load(&w->is_stopping) && !atomic_load(&w->failed)) {
        w->scrub = &job;
        taken = true;
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    if (!taken)
        return FF_FAIL(cx, FF_BUSY, "The files are being rewritten already, or not at all.");
    (void)ff_wait(&job.word, -1);
    if ((job.rc & 0xff) == SQLITE_BUSY)
        return FF_FAIL(cx, FF_BUSY, "Somebody still reads the old state.");
    return job.rc ? ff_sq_fail(cx, NULL, job.rc, "rewriting tables") : FF_OK;
}
