/* SPDX-License-Identifier: MIT */
/* pool.c - read-only connections, borrowed for one request.
 * The request sees one snapshot: the transaction begins when the reader is borrowed (its content is
 * fixed by the first read) and ends when it is given back.  The last one given back is the first
 * one lent again: its pages are warm. */
#include "db/engine.h"

enum ff_rc ff_pool_open(struct ff_ctx *cx, struct ff_db *db, int n)
{
    struct ff_pool *pool = &db->pool;
    while (pool->n < n) {
        struct ff_conn *conn = NULL;
        enum ff_rc rc = ff_conn_open(cx, db, FF_CONN_READER, &conn);
        if (rc)
            return rc;
        pool->all[pool->n++] = conn;
        pool->free[pool->n_free++] = conn;
    }
    return FF_OK;
}

void ff_pool_close(struct ff_pool *pool)
{
    for (int i = 0; i < pool->n; i++)
        ff_conn_close(pool->all[i]);
    pool->n = pool->n_free = 0;
}

static struct ff_conn *take(struct ff_pool *pool, int64_t wait_ms)
{
    struct ff_conn *conn = NULL;
    pthread_mutex_lock(&pool->lock);
    if (!pool->n_free) {
        struct timespec end = ff_wait_end(wait_ms);
        while (!pool->n_free && !pthread_cond_timedwait(&pool->freed, &pool->lock, &end))
            ;
    }
    if (pool->n_free)
        conn = pool->free[--pool->n_free];
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

enum ff_rc ff_pool_borrow(struct ff_ctx *cx)
{
    struct ff_conn *conn = take(&cx->db->pool, cx->db->queue_wait_ms);
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
