/* SPDX-License-Identifier: MIT */
/* wal.c - when the WAL goes into the main file.
 * Only the writer does it, in its own thread: the engine's known race between a checkpoint and a
 * commit needs two connections (library-traps.md F4).  So purchases wait for it, and it must be
 * neither long nor frequent: two syncs whatever it copies, and some milliseconds for each thousand
 * pages.  The writer does it when nobody has come for a moment and 4 MiB are there, in a rush after
 * 16 MiB, or as much less as it takes to be brief: in a large file each page lies somewhere else.
 * The WAL then begins anew by itself, in the same file: its length does not change, so the commits'
 * fdatasync writes no metadata. */
#include "base/log.h"
#include "db/engine.h"

enum {
    FRAME_BYTES = FF_DB_PAGE_BYTES + 24,
    QUIET_PAGES = 4 * 1024 * 1024 / FRAME_BYTES,
    RUSH_PAGES = 16 * 1024 * 1024 / FRAME_BYTES,
    BRIEF_NS = 10000000, /* for its pages, in a rush */
    READERS_MS = 10,     /* how long purchases wait for readers of the old part */
    SCRUB_MS = 50
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
    w->rush_pages = RUSH_PAGES;
    sqlite3_wal_hook(w->conn->sq, after_commit, w);
}

bool ff_wal_is_due(const struct ff_writer *w, bool quiet)
{
    /* What readers hold back cannot be copied: count from what has been copied. */
    int pages = w->wal_pages - w->wal_copied;
    return pages > (quiet ? QUIET_PAGES : w->rush_pages);
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

/* How many pages the next one may find in a rush, after `pages` that took so long: its two syncs
 * are as slow as the disk whatever is copied. */
static void keep_brief(struct ff_writer *w, int pages, int64_t took_ns)
{
    int64_t goal_ns = BRIEF_NS + 2 * w->recent_sync_ns;
    int64_t next = pages * goal_ns / (took_ns > 0 ? took_ns : 1);
    w->rush_pages = next > RUSH_PAGES ? RUSH_PAGES : next < QUIET_PAGES ? QUIET_PAGES : (int)next;
}

/* Copies, waiting for readers up to `wait_ms`; the engine's code. */
static int copy_pages(struct ff_writer *w, int mode, int wait_ms)
{
    int pages = w->wal_pages - w->wal_copied;
    int64_t began_ns = ff_clock_machine_ns();
    sqlite3_busy_timeout(w->conn->sq, wait_ms);
    int rc = sqlite3_wal_checkpoint_v2(w->conn->sq, NULL, mode, NULL, NULL);
    sqlite3_busy_timeout(w->conn->sq, FF_DB_BUSY_MS);
    checkpointed(w, rc);
    int64_t took_ns = ff_clock_machine_ns() - began_ns;
    ff_histogram_add(&w->checkpoint_ns, FF_LATENCY_FIRST_NS, (uint64_t)took_ns);
    if (mode == SQLITE_CHECKPOINT_PASSIVE) /* the others wait for readers */
        keep_brief(w, pages, took_ns);
    return rc;
}

void ff_wal_checkpoint(struct ff_writer *w)
{
    /* It began not anew after the last one: a reader was there in that moment. RESTART waits for
     * those, since with many short reads there is always one. */
    bool has_grown = w->wal_pages > 2 * RUSH_PAGES;
    (void)copy_pages(w, has_grown ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
                     READERS_MS);
}

void ff_wal_finish(struct ff_writer *w)
{
    (void)copy_pages(w, SQLITE_CHECKPOINT_TRUNCATE, FF_DB_BUSY_MS);
}

int ff_wal_truncate(struct ff_writer *w)
{
    int rc = copy_pages(w, SQLITE_CHECKPOINT_TRUNCATE, SCRUB_MS);
    if (rc == SQLITE_OK) {
        w->wal_pages = w->wal_copied = 0;
        atomic_store(&w->wal_bytes, 0);
    }
    return rc;
}
