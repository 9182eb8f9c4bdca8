/* SPDX-License-Identifier: MIT */
/* keep.c - the key of a cacheable reply and the generations it hangs on. The arguments are written
 * from the struct they were read into, so that two spellings of one question are one key. */
#include "http/keep.h"

#include "cache/lru.h"
#include "db/db.h"

enum { KEY_MAX = 4096 };

/* Rows differ by role and scope; within a scope narrower than all, by who asks. */
static void write_key(const struct ff_req *rq, struct ff_buf *key)
{
    const struct ff_actor *who = &rq->cx->who;
    ff_buf_str(key, rq->route->operation);
    ff_buf_printf(key, "|%d.%d.%d|", (int)who->role, (int)who->scope, who->site_wide);
    if (who->scope != FF_ALL)
        ff_buf_printf(key, "%lld.%lld.%lld|", (long long)who->department_id,
                      (long long)who->employee_id, (long long)who->user_id);
    ff_buf_int(key, rq->id);
    ff_buf_char(key, '|');
    if (rq->route->query)
        ff_json_write(key, rq->route->query, rq->query);
}

static uint64_t generation_now(void *db, ff_table_set tables)
{
    return ff_db_generation(db, tables);
}

bool ff_keep_find(struct ff_keep *keep, const struct ff_req *rq, struct ff_buf *value)
{
    struct ff_ctx *cx = rq->cx;
    keep->is_asked = cx->cache && (rq->route->flags & FF_R_CACHEABLE) && !rq->wants_csv && !rq->key;
    if (!keep->is_asked)
        return false;
    ff_buf_init(&keep->key, KEY_MAX);
    write_key(rq, &keep->key);
    if (ff_lru_get(cx->cache, &keep->key, ff_clock_mono_ms(cx->clock), generation_now, cx->db,
                   value))
        return true;
    ff_db_release(cx);
    cx->tables_read = 0;
    keep->generation = ff_db_generation(cx->db, FF_TABLES_ALL);
    return false;
}

void ff_keep_store(const struct ff_keep *keep, const struct ff_req *rq, int64_t valid_until,
                   const struct ff_buf *value)
{
    struct ff_ctx *cx = rq->cx;
    const int64_t left = valid_until - ff_clock_now_ms(cx->clock);
    struct ff_lru_stamp stamp = {.tables = cx->tables_read,
                                 .generation = ff_db_generation(cx->db, cx->tables_read),
                                 .born_ms = ff_clock_mono_ms(cx->clock)};
    if (valid_until)
        stamp.until_ms = stamp.born_ms + left;
    if (keep->is_asked && cx->tables_read && (!valid_until || left > 0) &&
        ff_db_generation(cx->db, FF_TABLES_ALL) == keep->generation)
        ff_lru_put(cx->cache, &keep->key, value, &stamp);
}

void ff_keep_end(struct ff_keep *keep)
{
    if (keep->is_asked)
        ff_buf_free(&keep->key);
}
