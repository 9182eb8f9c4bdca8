/* SPDX-License-Identifier: MIT */
/* pool.c - read-only connections, borrowed for one request.
 * The request sees one snapshot: the transaction begins when the reader is borrowed (its content is
 * fixed by the first read) and ends when it is given back.  The last one given back is the first
 * one lent again: its pages are warm. */
#include "db/engine.h"

/* One that is open goes to `all`. The lock is not held meanwhile: it takes a millisecond or two. */
static enum ff_rc open_one(struct ff_ctx *cx, struct ff_db *db, struct ff_conn **out)
{
    struct ff_pool *pool = &db->pool;
    enum ff_rc rc = ff_conn_open(cx, db, FF_CONN_READER, out);
    pthread_mutex_lock(&pool->lock);
    pool->n_opening--;
    if (!rc)
        pool->all[pool->n++] = *out;
    pthread_mutex_unlock(&pool->lock);
    return rc;
}

enum ff_rc ff_pool_open(struct ff_ctx *cx, struct ff_db *db, int most)
{
    struct ff_pool *pool = &db->pool;
    struct ff_conn *conn = NULL;
    pool->most = most;
    pool->n_opening = 1;
    enum ff_rc rc = open_one(cx, db, &conn);
    if (!rc)
        pool->free[pool->n_free++] = conn;
    return rc;
}

void ff_pool_close(struct ff_pool *pool)
{
    for (int i = 0; i < pool->n; i++)
        ff_conn_close(pool->all[i]);
    pool->n = pool->n_free = 0;
}

/* A free reader, with the lock held; waits for one at most so long. */
static struct ff_conn *pop(struct ff_pool *pool, int64_t wait_ms)
{
    if (!pool->n_free && wait_ms > 0) {
        struct timespec end = ff_wait_end(wait_ms);
        while (!pool->n_free && !pthread_cond_timedwait(&pool->freed, &pool->lock, &end))
            ;
    }
    return pool->n_free ? pool->free[--pool->n_free] : NULL;
}

static struct ff_conn *take(struct ff_ctx *cx)
{
    struct ff_pool *pool = &cx->db->pool;
    pthread_mutex_lock(&pool->lock);
    const bool grows = !pool->n_free && pool->n + pool->n_opening < pool->most;
    struct ff_conn *conn = grows ? NULL : pop(pool, cx->db->queue_wait_ms);
    pool->n_opening += grows;
    pthread_mutex_unlock(&pool->lock);
    if (!grows || open_one(cx, cx->db, &conn) == FF_OK)
        return conn;
    ff_err_clear(cx); /* those that are open do, if it takes longer */
    pthread_mutex_lock(&pool->lock);
    conn = pop(pool, cx->db->queue_wait_ms);
    pthread_mutex_unlock(&pool->lock);
    return conn;
}

static void give_back(struct ff_pool *pool, struct ff_conn *conn)
{
    pthread_mutex_lock(&pool->lock);
    pool->free[pool->n_free++] = conn;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_signal(&pool->freed); /* outside: nobody wakes into the lock */
}

void ff_db_shrink(struct ff_db *db)
{
    struct ff_pool *pool = &db->pool;
    pthread_mutex_lock(&pool->lock);
    for (int i = 0; i < pool->n_free; i++)
        (void)sqlite3_db_release_memory(pool->free[i]->sq);
    pthread_mutex_unlock(&pool->lock);
}

enum ff_rc ff_pool_borrow(struct ff_ctx *cx)
{
    struct ff_conn *conn = take(cx);
    if (!conn) {
        enum ff_rc busy = FF_FAIL(cx, FF_BUSY, "All readers of the database are busy.");
        cx->err.retry_after_s = 1;
        return busy;
    }
    int rc = ff_conn_control(conn, FF_CTL_BEGIN);
    if (rc) {
        enum ff_rc failed = ff_sq_fail(cx, conn->sq, rc, "beginning a snapshot");
        give_back(&cx->db->pool, conn);
        return failed;
    }
    cx->conn = conn;
    return FF_OK;
}

void ff_db_release(struct ff_ctx *cx)
{
    struct ff_conn *conn = cx->conn;
    if (!conn || conn->is_writer)
        return;
    ff_stmt_orphan_all(conn);
    conn->stop_at_ms = 0;
    /* A failed read may have ended the transaction already. */
    if (!sqlite3_get_autocommit(conn->sq))
        (void)ff_conn_control(conn, FF_CTL_ROLLBACK);
    cx->conn = NULL;
    give_back(&conn->db->pool, conn);
}
