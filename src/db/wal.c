/* SPDX-License-Identifier: MIT */
/* wal.c - when the WAL goes into the main file.
 * Only the writer does it, in its own thread: the engine's known race between a checkpoint and a
 * commit needs two connections (library-traps.md F4).  It waits for an idle moment, because a
 * checkpoint in the middle of the rush halves the throughput; 64 MiB is the bound in any case. */
#include "base/log.h"
#include "db/engine.h"

enum {
    FRAME_BYTES = FF_DB_PAGE_BYTES + 24,
    IDLE_PAGES = 4 * 1024 * 1024 / FRAME_BYTES,
    FORCED_PAGES = 64 * 1024 * 1024 / FRAME_BYTES
};

/* Called by the engine after each commit with the number of pages in the WAL. */
static int after_commit(void *arg, sqlite3 *sq, const char *name, int pages)
{
    struct ff_writer *w = arg;
    (void)sq, (void)name;
    if (pages < w->wal_pages)
        w->wal_copied = 0; /* it began anew */
    w->wal_pages = pages;
    atomic_store(&w->wal_bytes, (int64_t)pages * FRAME_BYTES);
    return SQLITE_OK;
}

void ff_wal_watch(struct ff_writer *w)
{
    sqlite3_wal_hook(w->conn->sq, after_commit, w);
}

bool ff_wal_is_due(const struct ff_writer *w, bool idle)
{
    /* What readers hold back cannot be copied: count from what has been copied. */
    int pages = w->wal_pages - w->wal_copied;
    return pages > (idle ? IDLE_PAGES : FORCED_PAGES);
}

static void checkpointed(struct ff_writer *w, int rc)
{
    w->wal_copied = w->wal_pages; /* what is held back or failed is tried when as much has come */
    if (rc == SQLITE_OK || rc == SQLITE_BUSY) {
        atomic_fetch_add(&w->checkpoints, 1);
        return;
    }
    ff_logf(FF_LOG_ERROR, NULL, "database: checkpoint: %s (%d)", sqlite3_errmsg(w->conn->sq), rc);
    if (ff_sq_is_fault(rc))
        atomic_store(&w->failed, true);
}

void ff_wal_checkpoint(struct ff_writer *w)
{
    /* RESTART waits for readers of the old part, so that the file can begin anew. */
    bool forced = w->wal_pages > FORCED_PAGES;
    checkpointed(
        w, sqlite3_wal_checkpoint_v2(w->conn->sq, NULL,
                                     forced ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
                                     NULL, NULL));
}

void ff_wal_finish(struct ff_writer *w)
{
    checkpointed(
        w, sqlite3_wal_checkpoint_v2(w->conn->sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
}

int ff_wal_truncate(struct ff_writer *w)
{
    enum { MOMENT_MS = 50 };
    int left = 0, copied = 0;
    sqlite3_busy_timeout(w->conn->sq, MOMENT_MS);
    int rc =
        sqlite3_wal_checkpoint_v2(w->conn->sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, &left, &copied);
    sqlite3_busy_timeout(w->conn->sq, FF_DB_BUSY_MS);
    checkpointed(w, rc);
    if (rc == SQLITE_OK) {
        w->wal_pages = w->wal_copied = 0;
        atomic_store(&w->wal_bytes, 0);
    }
    return rc;
}
