/* SPDX-License-Identifier: MIT */
/* kept.c - answers of statements that the writer keeps from job to job. See decision 0024.
 *
 * Invariants.  Only what is committed is kept: neither kept nor given while a job of the open
 * transaction, undone or not, has written a table that the statement reads.  Generations move
 * between batches and in this thread, so what they say of a kept answer holds for the whole job. */
#include <assert.h>
#include <string.h>

#include "db/engine.h"

static struct ff_kept *place_of(struct ff_writer *w, enum ff_query query, int64_t key)
{
    /* neighbours in a place each */
    return &w->kept[((uint64_t)key + (uint64_t)query * 31) % FF_KEPT_PLACES];
}

/* In a job, and has the open transaction left the tables alone? A copy that is put together is
 * written in other ways too. */
static bool is_settled(const struct ff_ctx *cx, ff_table_set tables)
{
    return ff_db_in_writer(cx) && !cx->db->is_scratch &&
           !((cx->conn->wrote | cx->conn->wrote_before) & tables);
}

bool ff_db_keeps(const struct ff_ctx *cx, enum ff_query query)
{
    return is_settled(cx, ff_queries[query].reads);
}

bool ff_db_kept(struct ff_ctx *cx, enum ff_query query, int64_t key, void *out, size_t size)
{
    const ff_table_set tables = ff_queries[query].reads;
    assert(size <= FF_KEPT_BYTES);
    if (!is_settled(cx, tables))
        return false;
    const struct ff_kept *k = place_of(&cx->db->writer, query, key);
    if (!k->is_used || k->query != query || k->key != key ||
        k->generation != ff_db_generation(cx->db, tables))
        return false;
    memcpy(out, k->bytes, size);
    cx->tables_read |= tables;
    return true;
}

void ff_db_keep(struct ff_ctx *cx, enum ff_query query, int64_t key, const void *value, size_t size)
{
    const ff_table_set tables = ff_queries[query].reads;
    assert(size <= FF_KEPT_BYTES);
    if (!is_settled(cx, tables))
        return;
    struct ff_kept *k = place_of(&cx->db->writer, query, key);
    k->is_used = true;
    k->query = query;
    k->key = key;
    k->generation = ff_db_generation(cx->db, tables);
    memcpy(k->bytes, value, size);
}
